"""What is pinned: outcomes, events and books of a few small runs, as flat files of text.

A line says by itself what it is about, and lines are sorted, so that a difference between two
versions of a file can be read in review. Everything is found by name.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from experiments import Scenario, run

REGIONS = ("synthetic:3:2", "synthetic:6:5")
"""One organisation among 24 practices; up to four among 63, which merge and end."""

REGIMES = ("historic-nl", "unicum", "design:component/practice/act", "plus-practices")
"""The last because no other has a PLUS package."""

POOR = (
    *("hub.cost=20", "municipality.cofunding=0", "title.gez.rate=0", "title.owz.rate=0"),
    *("plan.kept=false", "plan.funded=false"),
)
DEAR = ("unicum", "historic-nl with dear hubs")
"""UNICUM with dear hubs: three and one of them end in years that are pinned. Few seeds do."""

YEARS = (2008, 2014, 2019, 2024, 2030)

KEYS: dict[str, tuple[str, ...]] = {
    "outcomes": ("region", "regime", "scope", "outcome"),
    "events": ("region", "regime", "event", "cause"),
    "ledger": ("region", "regime", "title", "phase"),
}
"""The files, and the columns that say what a line is about; the other columns are numbers."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "outcomes": tuple(str(year) for year in YEARS),
    "events": ("count",),
    "ledger": ("cents", "hours"),
}

DIGITS = 12
RELATIVE, ABSOLUTE = 1e-11, 1e-12
"""What writing 12 digits may lose, and what is zero but for rounding."""

FOLDER = Path(__file__).parent

Numbers = dict[tuple[str, ...], tuple[str, ...]]
"""Lines of a file: what a line is about, and its numbers as written."""


def written(value: float) -> str:
    """Return a number with the digits that count; a whole one without a point."""
    if abs(value) < ABSOLUTE:
        return "0"
    if isinstance(value, int):
        return str(value)
    return f"{value:.{DIGITS}g}"


def measure() -> dict[str, Numbers]:
    """Run every region under every regime and return the lines of all files."""
    found: dict[str, Numbers] = {name: {} for name in KEYS}
    for region in REGIONS:
        for regime in REGIMES:
            result = run(Scenario(region, regime, start="2006Q1", record="yearly"))
            found["outcomes"].update(_outcomes(result.series, (region, regime)))
            found["events"].update(_events(result.events, (region, regime)))
            found["ledger"].update(_ledger(result.ledger, (region, regime)))
    poor = run(
        Scenario("unicum", "historic-nl", settings=POOR, start="2006Q1", record="yearly", seed=202)
    )
    found["outcomes"].update(_outcomes(poor.series, DEAR))
    return found


def _outcomes(series: Any, case: tuple[str, str]) -> Iterator[tuple[Any, Any]]:
    """Every outcome of the whole and of the first municipality, in the years that are pinned."""
    values: dict[tuple[str, ...], dict[int, float]] = defaultdict(dict)
    scopes = ("all", min(set(series["scope"]) - {"all"}))
    columns = (series[name] for name in ("date", "scope", "outcome", "value"))
    for date, scope, outcome, value in zip(*columns, strict=True):
        if scope in scopes and date.year in YEARS:
            values[*case, scope, outcome][date.year] = value
    for key, years in values.items():
        yield key, tuple(written(years[year]) for year in YEARS)


def _events(events: Any, case: tuple[str, str]) -> Iterator[tuple[Any, Any]]:
    """How often each event came about by each cause."""
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    for event, cause in zip(events["event"], events["cause"], strict=True):
        counts[*case, event, cause] += 1
    for key, count in counts.items():
        yield key, (written(count),)


def _ledger(ledger: Any, case: tuple[str, str]) -> Iterator[tuple[Any, Any]]:
    """All cents and hours of each title or posting, by phase of the quarter."""
    cents: dict[tuple[str, ...], int] = defaultdict(int)
    hours: dict[tuple[str, ...], list[float]] = defaultdict(list)
    columns = (ledger[name] for name in ("title", "phase", "cents", "hours"))
    for title, phase, paid, spent in zip(*columns, strict=True):
        key = (*case, title, str(phase))
        cents[key] += int(paid)
        hours[key].append(spent)
    for key, paid in cents.items():
        yield key, (written(paid), written(math.fsum(hours[key])))


def read(name: str, folder: Path = FOLDER) -> Numbers:
    """Return the lines of a file as it was last renewed; none where there is no file."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return {}
    width = len(KEYS[name])
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        return {tuple(cells[:width]): tuple(cells[width:]) for cells in lines}


def write(name: str, new: Numbers, folder: Path = FOLDER) -> None:
    """Write a file; a number that did not move keeps the digits that it had."""
    old = read(name, folder)
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow((*KEYS[name], *COLUMNS[name]))
        for key in sorted(new):
            before = old.get(key, ())
            same = len(before) == len(new[key])
            kept = zip(before if same else new[key], new[key], strict=True)
            lines.writerow((*key, *(b if close(b, n) else n for b, n in kept)))


def close(one: str, other: str) -> bool:
    """Return whether two written numbers are the same but for rounding."""
    return one == other or math.isclose(
        float(one), float(other), rel_tol=RELATIVE, abs_tol=ABSOLUTE
    )


def differences(name: str, old: Numbers, new: Numbers) -> list[str]:
    """Return a sentence for every number that moved, came or went."""
    said = []
    for key in sorted(old.keys() | new.keys()):
        about = ", ".join(f"{k} {v}" for k, v in zip(KEYS[name], key, strict=True))
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            words = "is new" if before is None else "is gone"
            said.append(f"{about}: {words} ({', '.join(after or before or ())})")
            continue
        for column, was, now in zip(COLUMNS[name], before, after, strict=True):
            if not close(was, now):
                share = f" ({float(now) / float(was) - 1:+.2%})" if float(was) else ""
                said.append(f"{about}, {column}: was {was}, is {now}{share}")
    return said
