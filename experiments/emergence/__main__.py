"""``python -m experiments.emergence``: measure what is called emergent, and write the page."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from experiments.emergence.field import Field, Place, WorldFailed
from experiments.emergence.groups import grouped, level_of, pairs_of
from experiments.emergence.hypercube import cells_of, decided, robust, run_cube
from experiments.emergence.judging import Bench, bench_of
from experiments.emergence.page import Measured, Region, page
from experiments.emergence.registry import ROLES, Registry, registry
from experiments.runs.answering import answer
from results.statistics.parts import FEWEST
from sim.errors import BadInput

PAGE = Path(__file__).resolve().parents[2] / "docs" / "emergence.md"
HOME = Place("unicum")
COUNTRY = Place("synthetic:40:1", 5.0)
POINT_SEEDS = 4
"""Paired seeds at a point of the hypercube; of the country, half as many."""
GROUP_TIMES = 4
"""Two groups are sought in so many times the seeds: one of 1% shows in most tables."""


Roles = tuple[tuple[str, ...], tuple[str, ...]]
"""Roles of the worlds in which patterns are tried, and contrasts."""


def say(text: str, begun: float) -> None:
    """Tell how far the work is."""
    print(f"{time.perf_counter() - begun:4.0f} s: {text}", file=sys.stderr, flush=True)


def measure_region(
    place: Place, what: Registry, seeds: int, points: int, own: int, roles: Roles
) -> Region:
    """Measure all claims in a region: ``own`` seeds at each point of the hypercube."""
    bench = bench_of(Field(place, range(1, seeds + 1)), what, *roles)
    cube = run_cube(place, cells_of(what, with_null=True), points, own)
    found = tuple(
        robust(cube, what, one.claim, place.times, first_null(bench, k))
        for k, one in enumerate(bench.judged)
    )
    return Region(place, seeds, bench, cube, found, tuple(decided(cube, what)))


def first_null(bench: Bench, k: int) -> float:
    """Return how far the first null model is from claim ``k`` at the default values."""
    return bench.judged[k].of_role("null")[0].apart.mean


def measure(seeds: int, points: int) -> Measured:
    """Measure everything of the page; the country with a third of seeds and points."""
    begun, what = time.perf_counter(), registry()
    home = measure_region(HOME, what, seeds, points, POINT_SEEDS, (ROLES, ROLES))
    say(HOME.region, begun)
    many = Field(HOME, range(1, GROUP_TIMES * seeds + 1))
    patterns = [claim for claim in what.claims if not claim.sign]
    levels = tuple(level_of(many, what, claim) for claim in patterns)
    sides = tuple(
        grouped(many, what, claim, arms) for claim in what.claims for arms in pairs_of(what, claim)
    )
    say("two groups", begun)
    few = max(2, seeds // 3), max(FEWEST, points // 3)
    roles = (ROLES[:2], ROLES[:1])
    country = measure_region(COUNTRY, what, *few, POINT_SEEDS // 2, roles)
    say(COUNTRY.region, begun)
    return Measured(home, country, levels, sides, len(many.seeds))


def work(given: argparse.Namespace) -> None:
    """Print or write the page that was asked for.

    Raises:
        BadInput: what was asked cannot be done.
    """
    if given.seeds < 2:
        raise BadInput("--seeds", str(given.seeds), allowed="2 or more: an interval")
    if given.points < FEWEST:
        raise BadInput("--points", str(given.points), allowed=f"{FEWEST} or more")
    if given.write and (given.seeds < 30 or given.points < 30):
        allowed = "30 seeds and 30 points or more"
        raise BadInput("--write", f"{given.seeds} seeds, {given.points} points", allowed=allowed)
    if given.write and not PAGE.parent.exists():
        raise BadInput("--write", f"there is no {PAGE.parent.name}/ here", allowed="a checkout")
    text = page(registry(), measure(given.seeds, given.points))
    if given.write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


def main(arguments: list[str] | None = None) -> int:
    """Measure what is called emergent; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m experiments.emergence",
        description="Hold what is called emergent against null models and plausible ranges.",
    )
    parser.add_argument("--seeds", type=int, default=30, help="paired seeds (default: 30)")
    parser.add_argument("--points", type=int, default=150, help="points (default: 150)")
    parser.add_argument("--write", action="store_true", help="write docs/emergence.md")
    given = parser.parse_args(arguments)
    return answer(lambda: work(given), WorldFailed)


if __name__ == "__main__":
    sys.exit(main())
