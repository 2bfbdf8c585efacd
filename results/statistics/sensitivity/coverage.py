"""How often the intervals hold the truth: on functions whose indices are known, with seed noise.

``python -m results.statistics.sensitivity.coverage`` prints the table of docs/sensitivity.md.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from results.statistics.sensitivity.resampled import Floats, interval
from results.statistics.sensitivity.steps import Trajectories, effects_of
from results.statistics.sensitivity.variance import Scheme

GRID = 4
_A = np.array([0.0, 1.0, 4.5, 9.0])


class Known(NamedTuple):
    """A function over the unit cube whose indices are known."""

    name: str
    of: Callable[[Floats], Floats]
    variance: float
    first: Floats
    total: Floats


def _ishigami(x: Floats) -> Floats:
    angle = np.pi * (2.0 * x - 1.0)
    bent = 7.0 * np.sin(angle[..., 1]) ** 2
    return np.asarray(np.sin(angle[..., 0]) * (1.0 + 0.1 * angle[..., 2] ** 4) + bent)


def _g(x: Floats) -> Floats:
    return np.asarray(np.prod((np.abs(4.0 * x - 2.0) + _A) / (1.0 + _A), axis=-1))


def ishigami() -> Known:
    """Return the function of Ishigami and Homma, with a = 7 and b = 0.1."""
    fourth, eighth = np.pi**4 / 5.0, np.pi**8 / 9.0
    one = 0.5 * (1.0 + 0.1 * fourth) ** 2
    both = 0.5 * 0.01 * (eighth - fourth**2)
    two = 49.0 / 8.0
    all_of_it = one + two + both
    first = np.array([one, two, 0.0]) / all_of_it
    return Known("Ishigami", _ishigami, all_of_it, first,
                 first + np.array([both, 0.0, both]) / all_of_it)  # fmt: skip


def g_function() -> Known:
    """Return Sobol's g-function with a = 0, 1, 4.5 and 9."""
    own = 1.0 / 3.0 / (1.0 + _A) ** 2
    variance = float(np.prod(1.0 + own) - 1.0)
    total = own * np.prod(1.0 + own) / (1.0 + own)
    return Known("g-function", _g, variance, own / variance, total / variance)


class Case(NamedTuple):
    """What is tried how often.

    Attributes:
        known: the function.
        blocks: base points, or trajectories.
        seeds: of each point.
        share: of one run's variance that noise makes.
        points: ``random``, ``sobol`` or ``morris``.
        common: how strongly a seed bends the effect of the first factor everywhere, in standard
            deviations of the function.
    """

    known: Known
    blocks: int
    seeds: int
    share: float
    points: str = "random"
    common: float = 0.0


CASES = (
    Case(ishigami(), 128, 5, 0.3), Case(g_function(), 128, 10, 0.5),
    Case(ishigami(), 512, 10, 0.5), Case(ishigami(), 128, 20, 0.3, "random", 0.5),
    Case(ishigami(), 128, 5, 0.3, "sobol"), Case(g_function(), 128, 10, 0.5, "sobol"),
    Case(ishigami(), 20, 5, 0.3, "morris"), Case(g_function(), 20, 5, 0.3, "morris"),
)  # fmt: skip


def covered(case: Case, times: int, draws: int = 200) -> tuple[list[str], Floats]:
    """Return what is estimated, and how often its interval held the truth.

    Args:
        case: what is tried.
        times: how often.
        draws: of points and seeds, for each interval.

    Returns:
        Names of the estimates, and shares of the times, one for each.
    """
    truth, names = (_steps_truth if case.points == "morris" else _shares_truth)(case)
    held = np.zeros(len(truth))
    for number in range(times):
        found = _once(case, number, draws)[:, : len(truth)]
        held += (found[0] <= truth + 1e-9) & (truth - 1e-9 <= found[1])
    return names, held / times


def _once(case: Case, number: int, draws: int) -> Floats:
    """Return the ends of all intervals of one made-up sweep, shape (2, estimates)."""
    random = np.random.default_rng(number)
    factors = len(case.known.first)
    points = _points(case, factors, number, random)
    values = case.known.of(points)
    deviation = np.sqrt(case.known.variance)
    noise = deviation * np.sqrt(case.share / (1.0 - case.share))
    outcomes = values[..., None] + noise * random.standard_normal((*values.shape, case.seeds))
    bend = case.common * deviation * random.standard_normal(case.seeds)
    outcomes += points[..., :1] * bend
    way: Scheme | Trajectories = Scheme(outcomes, factors)
    if case.points == "morris":
        way = Trajectories(effects_of(outcomes, np.diff(points, axis=1)), outcomes)
    ends = interval(way.estimate, case.blocks, case.seeds, draws=draws, seed=number)
    return np.stack([ends.low, ends.high])


def _points(case: Case, factors: int, number: int, random: np.random.Generator) -> Floats:
    if case.points == "random":
        a, b = random.random((2, case.blocks, factors))
        mixed = [np.where(np.arange(factors) == k, b, a) for k in range(factors)]
        return np.stack([a, *mixed, b], axis=1)
    names = [str(k) for k in range(factors)]
    problem = {"num_vars": factors, "names": names, "bounds": [[0.0, 1.0]] * factors}
    if case.points == "morris":
        from SALib.sample import morris

        drawn = morris.sample(problem, case.blocks, num_levels=GRID, seed=number + 1)
    else:
        from SALib.sample import sobol

        drawn = sobol.sample(problem, case.blocks, calc_second_order=False, seed=number + 1)
    return np.asarray(drawn).reshape(case.blocks, -1, factors)


def _shares_truth(case: Case) -> tuple[Floats, list[str]]:
    within = case.share / (1.0 - case.share) + case.common**2 / 3.0
    share = within / (1.0 + within)
    names = [f"{index} {k + 1}" for index in ("S1", "ST") for k in range(len(case.known.first))]
    return np.array([*case.known.first, *case.known.total, share]), [*names, "S_seed"]


def _steps_truth(case: Case) -> tuple[Floats, list[str]]:
    """Return the indices over all steps of the grid."""
    factors = len(case.known.first)
    every = np.array(list(itertools.product(np.linspace(0.0, 1.0, GRID), repeat=factors)))
    step = GRID / (2.0 * (GRID - 1.0))
    parts = []
    for k in range(factors):
        low = every[every[:, k] < 1.0 - step + 1e-9]
        high = low + step * (np.arange(factors) == k)
        parts.append((case.known.of(high) - case.known.of(low)) / step)
    table = np.array(parts)
    names = [f"{index} {k + 1}" for index in ("mu*", "mu", "sigma") for k in range(factors)]
    return np.concatenate([np.abs(table).mean(1), table.mean(1), table.std(1)]), names


def lines(times: int) -> Iterator[str]:
    """Give the table of all cases in Markdown."""
    yield "| function | points | blocks | seeds | seed noise | intervals hold it | least |"
    yield "|---|---|---|---|---|---|---|"
    for case in CASES:
        names, found = covered(case, times)
        noise = f"{case.share:.0%}" + (", bends" if case.common else "")
        least = int(np.argmin(found))
        yield (
            f"| {case.known.name} | {case.points} | {case.blocks} | {case.seeds} | {noise} | "
            f"{found.mean():.1%} | {found[least]:.1%} ({names[least]}) |"
        )


def main() -> int:
    """Print how often intervals hold the truth; return the exit code."""
    for line in lines(200):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
