"""Which levers a region and its regimes offer, and what each position does to their tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from experiments.classroom.levers import (
    LeverTable,
    Span,
    lever_file,
    settings_of,
    span_of,
)
from experiments.classroom.patches import Patch, Shaped, agree, bits, changed, columns_of, patch_of
from experiments.classroom.tables import DATED
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from sim.policy.design import design_file
from sim.reading.dates import tick_of
from sim.run_down import tie_titles
from sim.tables import Tables


class Ground(NamedTuple):
    """A region under a regime as shipped: its scenario, tables, and the names of its titles."""

    scenario: Scenario
    start: Tables

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles, in the order of their columns."""
        return self.scenario.policy.names()

    def in_force(self, since: int) -> list[str]:
        """Return the titles that pay in some quarter from ``since`` on."""
        active = self.start.titles["active"]
        return [name for k, name in enumerate(self.titles) if active[since:, k].any()]


class Offer(NamedTuple):
    """A lever in a regime: its patch, where it stands by itself, and from which quarter it acts."""

    patch: Patch
    value: float
    since: int


@lru_cache(maxsize=128)
def ground(region: str, regime: str) -> Ground:
    """Return a region under a regime, as a lesson runs it."""
    scenario = Scenario(region, regime, record="yearly")
    return Ground(scenario, start_tables(scenario))


def settings_at(lever: LeverTable, on: Ground, value: float) -> list[str]:
    """Return what ``--set`` would be told for a position of a lever under a regime."""
    since = 0 if lever.since is None else tick_of(lever.since)
    return settings_of(lever, on.scenario.policy, on.in_force(since), value)


def settings_in(region: str, regime: str, levers: Mapping[str, float]) -> list[str]:
    """Return a policy's levers as texts after ``--set``, in the order of the file of levers.

    Args:
        region: a shipped region, a folder, or a made country.
        regime: one that lessons offer.
        levers: positions by name of a lever.
    """
    on = ground(region, regime)
    return [
        text
        for lever in lever_file().lever
        if lever.name in levers
        for text in settings_at(lever, on, levers[lever.name])
    ]


def of_policy(lever: LeverTable, regime: str) -> bool:
    """Return whether a lever sets titles or policy alone: then only their tables are made anew."""
    keys = lever.keys_in(regime)
    return bool(lever.other) or all(key.startswith(("title.", "policy.")) for key in keys)


def tables_at(lever: LeverTable, on: Ground, value: float) -> Tables:
    """Return the starting tables for a position of a lever."""
    old = on.scenario
    scenario = Scenario(
        old.region, old.regime, settings=settings_at(lever, on, value), record="yearly"
    )
    if not of_policy(lever, old.regime):
        return start_tables(scenario)
    titles, policy, _ = scenario.policy.tables(old.last + 1, old.place.insurers)
    tariffs = on.start.tariffs.copy()
    tie_titles(titles, tariffs, old.values)
    return on.start._replace(titles=titles, policy=policy, tariffs=tariffs)


def stands_at(lever: LeverTable, on: Ground, span: Span) -> float | None:
    """Return where a lever stands in a regime as shipped, or None where it has no place there.

    That is the value of the first cell that it changes, before it does.
    """
    for value in (span.high, span.low):
        found = _first_before(lever, on, tables_at(lever, on, value))
        if found is not None:
            return found
    return None


def _first_before(lever: LeverTable, on: Ground, moved: Tables) -> float | None:
    """Return what is in the first cell of the lever's own keys that it changes."""
    keys = {key.rpartition(".")[2] for key in lever.keys_in(on.scenario.regime)}
    keys |= {key.replace(".", "_", 1) for key in lever.keys_in(on.scenario.regime)}
    if lever.other:
        keys = {"in_force"}
    for name in ("params", *DATED):
        old, new = getattr(on.start, name), getattr(moved, name)
        for column, _, kind, _ in columns_of(name):
            if column in keys and old is not new:
                before, now = (bits(one[column], kind).ravel() for one in (old, new))
                rows = np.flatnonzero(before != now)
                if len(rows):
                    return float(old[column].ravel()[rows[0]])
    return None


def offer_of(lever: LeverTable, on: Ground) -> Offer | None:
    """Return what a lever does in a regime, or None where that is nothing."""
    span = span_of(lever)
    if not _has_needed(lever, on):
        return None
    try:
        value = stands_at(lever, on, span)
        if value is None:
            return None
        if lever.other:
            value = float(_years_shipped(lever, on, span))
        elif lever.keys_in(on.scenario.regime)[0] == "title.*.neutral":
            # In parts: the whole that gives this part.
            value = design_file().neutral[0].value
        others = [v for v in span.positions() if v != value]
        patch = patch_of(on.start, partial(tables_at, lever, on), others)
    except Shaped as shaped:
        raise ValueError(f"lever {lever.name} changes the shape of table {shaped}") from None
    tables = {cells.table for cells in patch.cells()} if patch else set()
    if patch is None or (lever.moves and lever.moves not in tables):
        return None
    return Offer(patch, value, since_of(patch, on.start))


def _has_needed(lever: LeverTable, on: Ground) -> bool:
    """Return whether a title in force from the lever's beginning on says what the lever needs."""
    if not lever.needs or lever.keys_in(on.scenario.regime) != lever.keys:
        return True
    since = 0 if lever.since is None else tick_of(lever.since)
    titles = on.start.titles[since:]
    return bool((titles["active"] & (titles[lever.needs] > 0.0)).any())


def _years_shipped(lever: LeverTable, on: Ground, span: Span) -> float:
    """Return the position that changes nothing, or one below all where there is none."""
    for value in span.positions():
        if not changed(on.start, tables_at(lever, on, value)):
            return value
    return span.low - span.step


def since_of(patch: Patch, start: Tables) -> int:
    """Return the first quarter whose row of a dated table a patch changes; 0: the start itself."""
    ticks: list[int] = []
    for cells in patch.cells():
        if cells.table not in DATED:
            return 0
        table = getattr(start, cells.table)
        ticks.append(cells.offset // (table.nbytes // len(table)))
    return min(ticks)


class Known(NamedTuple):
    """An offer that was worked out: in which words the lever was said, and for which tables."""

    words: list[str]
    start: Tables
    offer: Offer


_KNOWN: dict[str, list[Known]] = {}


def offers(region: str, regimes: list[str]) -> dict[str, dict[str, Offer]]:
    """Return the offer of each lever in each regime, for levers that do something there.

    What was worked out elsewhere is taken over where the lever is said in the same words, and the
    tables that it changes are the same. All offers of a regime are then tried at once.

    Raises:
        ValueError: together they do not make the tables of their settings together.
    """
    out: dict[str, dict[str, Offer]] = {}
    for name in regimes:
        on = ground(region, name)
        out[name] = _offers_of(on, _KNOWN)
        if not fit_together(on, out[name]):
            out[name] = _offers_of(on, {})
            if not fit_together(on, out[name]):
                raise ValueError(f"levers in {region} under {name} do not fit together")
    return out


def _offers_of(on: Ground, known: dict[str, list[Known]]) -> dict[str, Offer]:
    found: dict[str, Offer] = {}
    for lever in lever_file().lever:
        if lever.kind == "choice":
            continue
        keys = lever.keys_in(on.scenario.regime)
        words = [*settings_at(lever, on, span_of(lever).high), *keys]
        others = known.setdefault(lever.name, [])
        offer = next((k.offer for k in others if k.words == words and _holds(k, on)), None)
        if not _has_needed(lever, on):
            continue
        if offer is None:
            offer = offer_of(lever, on)
            if offer is not None:
                others.append(Known(words, on.start, offer))
        if offer is not None:
            found[lever.name] = offer
    return found


def _holds(known: Known, on: Ground) -> bool:
    """Return whether all tables that an offer changes are the same elsewhere."""
    tables = {cells.table for cells in known.offer.patch.cells()}
    pairs = ((getattr(known.start, name), getattr(on.start, name)) for name in tables)
    return all(a is b or np.array_equal(a, b) for a, b in pairs)


def fit_together(on: Ground, found: dict[str, Offer]) -> bool:
    """Return whether all levers, moved at once, make the tables of all their settings."""
    levers = {lever.name: lever for lever in lever_file().lever}
    written, settings = [], []
    for name, offer in found.items():
        value = next(v for v in reversed(span_of(levers[name]).positions()) if v != offer.value)
        written += offer.patch.written(value)
        settings += settings_at(levers[name], on, value)
    scenario = on.scenario
    moved = Scenario(scenario.region, scenario.regime, settings=settings, record="yearly")
    return agree(on.start, start_tables(moved), written)
