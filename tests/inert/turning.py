"""Turn what the files of a region say, and see whether any outcome moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from experiments.runs.opening import begin_of
from sim.engines.compiled import Recording, RunFailed
from sim.engines.threads import run_many
from sim.errors import BadInput
from sim.parameters import parameter_values
from sim.place.load import load_region, region_names
from sim.place.region import Region
from sim.policy.load import load_regime
from sim.start import make_tables
from tests.inert.data import CHAINS, FIGURES, STATES, Datum
from tests.inert.run import COUNTRIES, REGIMES, SHIPPED

LAST = 99
"""2030Q4."""


class Seen(NamedTuple):
    """Of one key or column in one region: whether it could be turned, and moved an outcome."""

    datum: Datum
    region: str
    turned: bool
    regime: str


def stated_regions() -> tuple[str, ...]:
    """Return the shipped regions that have a starting state."""
    return tuple(name for name in region_names() if load_region(name).states)


def _series(region: Region, regime: str, tick: int) -> bytes | None:
    """Return all outcomes of a run with the first seed, or None where it cannot be run."""
    policy = load_regime(regime)
    try:
        titles, rows, _ = policy.tables(LAST + 1, region.insurers)
        values = parameter_values()
        begin = begin_of(tick, region, policy, values)
        start = make_tables(region, values, titles, rows, begin)
    except BadInput:
        return None
    (series,) = run_many(start, [(1, 1)], Recording(tick, LAST, False, True))
    return None if isinstance(series, RunFailed) else series.tobytes()


def _ticks(datum: Datum, region: Region) -> list[int]:
    return [state.quarter for state in region.states] if datum.kind == "state" else [0]


def see(datum: Datum, name: str) -> Seen:
    """Return whether a key or a column moves some outcome of a region, and in which regime."""
    region = load_region(name)
    plain = datum.beside(region)
    could = False
    for regime in REGIMES:
        for tick in _ticks(datum, region):
            before = _series(plain, regime, tick)
            if before is None:
                continue
            for turned in datum.turned(plain):
                after = _series(turned, regime, tick) if turned != plain else None
                could = could or after is not None
                if after is not None and after != before:
                    return Seen(datum, name, True, regime)
    return Seen(datum, name, could, "")


def seen_everywhere() -> Iterator[Seen]:
    """Return what each key and column moves in each region of this screen."""
    for datum in (*FIGURES, *CHAINS):
        for name in (*SHIPPED, *COUNTRIES):
            yield see(datum, name)
    for datum in STATES:
        for name in stated_regions():
            yield see(datum, name)


def tables(found: list[Seen]) -> list[str]:
    """Return two tables of Markdown: figures and chains by region, states by region."""
    lines = []
    for title, kinds, regions in (
        ("Figures and chains of a region", ("column", "key", "chain"), (*SHIPPED, *COUNTRIES)),
        ("Starting states", ("state",), stated_regions()),
    ):
        mine = [one for one in found if one.datum.kind in kinds]
        lines += ["", f"### {title}", "", "| what | " + " | ".join(regions) + " |"]
        lines.append("|" + "---|" * (len(regions) + 1))
        for name in dict.fromkeys(one.datum.name for one in mine):
            cells = {one.region: _word(one) for one in mine if one.datum.name == name}
            lines.append(f"| `{name}` | " + " | ".join(cells[region] for region in regions) + " |")
    return lines


def _word(one: Seen) -> str:
    if one.regime:
        return "moves"
    return "**nothing**" if one.turned else "-"


def dead(found: list[Seen]) -> list[str]:
    """Return what moves nothing in any region."""
    alive = {one.datum.name for one in found if one.regime}
    return [name for name in dict.fromkeys(one.datum.name for one in found) if name not in alive]
