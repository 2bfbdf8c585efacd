"""Helpers of the tests: small runs, sound regions, plain and compiled rules, bit equality."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from numpy.typing import NDArray

import agents.care  # noqa: F401  (declares the parameters of functions and groups)
from agents.compiled.record import NONE, FloatArray, Record, store_plain, table_of
from agents.compiled.rule import plain_functions
from agents.events import Event
from agents.parameters import DECLARED
from agents.sizes import INSURERS, NEIGHBOURS
from agents.words import Origin
from sim.engines.compiled import Recording, advance, fresh, populate, run
from sim.measure.outcomes import NAMES
from sim.place.geometry import project
from sim.place.load import load_region
from sim.place.region import Region, StartingHub
from sim.place.tile import take
from sim.policy.load import load_regime
from sim.start import make_tables
from sim.tables import RECORDS, Tables

Values = Mapping[str, float | int | bool]
TICKS = 100
"""2006Q1 to 2030Q4."""

HUGE_MACRO = "policy.macro=10000"
"""A macro budget that never binds."""
LIVELY = {
    "organisation.found": 0.5, "merge.review": 1.0, "merge.base": 0.0, "merge.deficit": 2,
    "organisation.admission": 1, "organisation.subregion_cost": 0.0, "engagement.half": 20.0,
    "insurer.own_terms": 1000.0, "insurer.manager": 0.2, "supply.economies": 0.3,
    "transaction.dealings": 20.0, "governance.review": 0.5, "governance.switch": 0.0,
    "governance.hub_trust": 1.0,
}  # fmt: skip
"""Much happens: mergers, splits, closed doors, sub-regions, insurers of their own mind."""


@lru_cache(maxsize=16)
def small(municipalities: int) -> Region:
    """The first municipalities of UNICUM: 1 has about 17 practices, all 10 about 119."""
    return take(load_region("unicum"), municipalities)


@lru_cache(maxsize=64)
def _titles(
    regime: str, ticks: int, settings: tuple[str, ...], switch: str, insurers: tuple[str, ...] = ()
) -> Any:
    return load_regime(regime, settings=settings, switch=switch).tables(ticks, insurers)


def title_names_of(regime: str, settings: Sequence[str] = ()) -> tuple[str, ...]:
    """The names of a regime's titles in the order of the table's columns."""
    names: tuple[str, ...] = _titles(regime, TICKS, tuple(settings), "2018Q1")[2]
    return names


def with_partnership(municipalities: int) -> Region:
    """Some municipalities of UNICUM, with a neighbourhood partnership (WSV) in the first."""
    region = small(municipalities)
    first = region.municipalities[0]
    taken = {hub.district for hub in first.hubs}
    free = next(d for d in range(len(first.districts)) if d not in taken)
    hubs = (*first.hubs, StartingHub(free, "wsv", "made for a test"))
    return replace(region, municipalities=(replace(first, hubs=hubs), *region.municipalities[1:]))


def start_of(
    region: Region | int = 1,
    regime: str = "historic-nl",
    values: Values | None = None,
    *,
    ticks: int = TICKS,
    settings: Sequence[str] = (),
    switch: str = "2018Q1",
) -> Tables:
    """Return starting tables; ``region`` may be a number of municipalities of UNICUM."""
    place = small(region) if isinstance(region, int) else region
    titles, policy, _ = _titles(regime, ticks, tuple(settings), switch, place.insurers)
    all_values = {name: declared.value for name, declared in DECLARED.items()}
    unknown = set(values or {}) - set(all_values)
    assert not unknown, unknown
    return make_tables(place, {**all_values, **(values or {})}, titles.copy(), policy.copy())


def series_of(start: Tables, seed: int = 1, last: int = TICKS - 1) -> FloatArray:
    """Run the compiled engine and return all it measures, every quarter and municipality."""
    return run(start, (seed, seed), Recording(0, last, True))


def column(series: FloatArray, name: str, scope: int = 0) -> FloatArray:
    """One outcome per quarter, of the whole (scope 0) or a municipality."""
    picked: FloatArray = series[:, scope, NAMES.index(name)]
    return picked


class Quarters:
    """A compiled run, stepped from Python so that tests can look at (and touch) its tables."""

    def __init__(self, start: Tables, seed: int = 1, population_seed: int | None = None) -> None:
        self.tables = fresh(start)
        populate(self.tables, start, (seed, seed if population_seed is None else population_seed))
        self.tick = 0

    def step(self, quarters: int = 1) -> Tables:
        """Run the next quarters; a failed run is an error."""
        for _ in range(quarters):
            advance(self.tables, self.tick)
            assert self.tables.counter["failure"][0] == 0, f"quarter {self.tick}"
            self.tick += 1
        return self.tables

    def ledger(self) -> NDArray[Any]:
        """The lines of the last quarter."""
        lines: NDArray[Any] = self.tables.ledger[: self.tables.counter["ledger_lines"][0]]
        return lines

    def events(self) -> NDArray[Any]:
        """The events of the last quarter."""
        lines: NDArray[Any] = self.tables.events[: self.tables.counter["event_lines"][0]]
        return lines


def events_of(start: Tables, seed: int = 1, last: int = TICKS - 1) -> dict[str, int]:
    """Run, and count events by name."""
    quarters = Quarters(start, seed)
    counts = dict.fromkeys(Event.words(), 0)
    for _ in range(last + 1):
        quarters.step()
        for code in quarters.events()["what"]:
            counts[Event.words()[code]] += 1
    return counts


@lru_cache(maxsize=1)
def _plain() -> dict[tuple[str, str], Callable[..., Any]]:
    return plain_functions()


def plain(kernel: Any) -> Callable[..., Any]:
    """The plain Python version of a rule."""
    return _plain()[kernel.__module__, kernel.__name__]


def row(record: type[Record], **cells: Any) -> Any:
    """A plain row of a record with these cells; the others are zero."""
    made = record.plain()
    for name, value in cells.items():
        if isinstance(value, list | tuple):
            getattr(made, name)[:] = value
        else:
            setattr(made, name, value)
    return made


def _compiled_argument(argument: Any) -> Any:
    if isinstance(argument, Record):
        table = table_of(type(argument), 1)
        store_plain(type(argument), [argument], table)
        return table[0]
    return argument


def both(kernel: Any, *arguments: Any) -> Any:
    """Call a rule plain and compiled on the same rows; they must agree; return the result."""
    one = plain(kernel)(*arguments)
    other = kernel(*[_compiled_argument(a) for a in arguments])
    assert one == other, f"{kernel.__name__}: plain {one!r}, compiled {other!r}"
    return one


def params(**values: float | int | bool) -> Any:
    """A plain row of parameters: the defaults, with these fields replaced."""
    from agents.parameters import Parameters

    cells = {d.field: d.value for d in DECLARED.values() if d.field}
    return row(Parameters, **{**cells, **values})


def same_bits(one: Tables, other: Tables) -> list[str]:
    """Return ``table.field`` where two sets of tables differ by a bit (used rows of books only)."""
    out = []
    used = {"ledger": "ledger_lines", "events": "event_lines"}
    for name in Tables._fields:
        a, b = getattr(one, name), getattr(other, name)
        if name not in RECORDS:
            continue
        if name in used:
            count = int(one.counter[used[name]][0])
            a, b = a[:count], b[:count]
        for field in a.dtype.names:
            if a[field].tobytes() != b[field].tobytes():
                out.append(f"{name}.{field}")
    return out


def sound(region: Region) -> None:
    """Check what must hold in every region: positions, sums, shares, hubs and sources."""
    count = len(region.municipalities)
    assert len({m.code for m in region.municipalities}) == count
    assert list(region.neighbours) == sorted(set(region.neighbours))
    assert all(0 <= i < j < count for i, j in region.neighbours)
    degree = [0] * count
    for pair in region.neighbours:
        for i in pair:
            degree[i] += 1
    assert max(degree) <= NEIGHBOURS
    assert len(region.insurers) <= INSURERS
    for m in region.municipalities:
        assert sum(d.population for d in m.districts) == m.population
        assert len(m.shares) == len(region.insurers)
        assert abs(math.fsum(m.shares) - 1) <= 1e-12
        assert m.preferred in region.insurers
        assert 0 <= m.share_65 <= 1 and 1 <= m.urbanity <= 5 and 0 <= m.trust <= 1
        assert project(m.lat, m.lon, region.origin) == (m.x, m.y)
        for hub in m.hubs:
            assert 0 <= hub.district < len(m.districts)
            assert hub.origin in Origin.words() and hub.source
    assert region.source
    assert {"neighbours", "districts", "insurers", "trust"} <= set(region.sources)


def living(table: NDArray[Any]) -> NDArray[Any]:
    """The rows of a table whose agent is alive."""
    rows: NDArray[Any] = table[table["alive"]]
    return rows


__all__ = [
    "HUGE_MACRO",
    "NONE",
    "TICKS",
    "Quarters",
    "both",
    "column",
    "events_of",
    "living",
    "params",
    "plain",
    "row",
    "same_bits",
    "series_of",
    "small",
    "sound",
    "start_of",
    "title_names_of",
    "with_partnership",
]
