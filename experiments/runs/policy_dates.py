"""When policy changes in a run: what figures mark on an axis of years, from its manifest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from experiments.runs.quarters import quarter_name
from experiments.runs.scenario import Scenario
from sim.policy.design import PREFIX
from sim.policy.schema import TitleFile
from sim.reading.dates import parse_date, tick_of


def policy_dates(scenario: Scenario) -> list[dict[str, Any]]:
    """Return the dates on which titles start, are run down or end, and a design starts.

    Returns:
        By date: ``at`` (quarter, 2018Q1), ``what`` (design, start, down or end) and ``names`` (of
        titles, or of the design). What holds from the first quarter on has no entry. Where a
        design starts, the titles that it puts in place of others have none of their own.
    """
    found: dict[tuple[int, str], list[str]] = {}
    switch = -1
    if scenario.regime.startswith(PREFIX):
        switch = tick_of(parse_date(scenario.switch, "switch"))
        found[switch, "design"] = [scenario.regime]
    for title in scenario.policy.titles:
        for tick, what in _changes(title):
            if 0 < tick <= scenario.last and tick != switch:
                found.setdefault((tick, what), []).append(title.name)
    return [
        {"at": quarter_name(tick), "what": what, "names": names}
        for (tick, what), names in sorted(found.items())
    ]


def dates_of(scenarios: Iterable[Scenario]) -> list[dict[str, Any]]:
    """Return the dates of several scenarios, such as the arms of a sweep, each once."""
    found: dict[tuple[str, str], list[str]] = {}
    for scenario in scenarios:
        for one in policy_dates(scenario):
            names = found.setdefault((one["at"], one["what"]), [])
            names += [name for name in one["names"] if name not in names]
    return [{"at": at, "what": what, "names": names} for (at, what), names in sorted(found.items())]


def _changes(title: TitleFile) -> list[tuple[int, str]]:
    """Return the quarters in which a title starts, begins to be run down, and ends."""
    start = tick_of(title.start)
    changes = [(start, "start")]
    share = 0.0
    for dated in title.series("in_force"):
        tick, value = max(tick_of(dated.start), start), float(dated.value)
        if value < share:
            changes.append((tick, "end" if value == 0.0 else "down"))
        share = value
    if title.until is not None:
        changes.append((tick_of(title.until), "end"))
    downs = [tick for tick, what in changes if what == "down"]
    return [one for one in changes if one[1] != "down" or one[0] == downs[0]]
