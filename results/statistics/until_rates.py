"""How often means are as well known as ``results.statistics.until`` says, made-up and real ones.

``python -m results.statistics.until_rates`` measures it, over 1,000 repetitions each of a pilot of
20 seeds and widths of 0.4, 0.2 and 0.1 standard deviations of the outcome: the share of means that
lie within the width that was asked for, and, behind the bar, the seeds of the middle repetition.

==========================  ============  ============  ============
width, in sd                         0.4           0.2           0.1
==========================  ============  ============  ============
normal                      0.998 |   59  0.966 |  115  0.963 |  443
uniform                     0.995 |   59  0.965 |  111  0.962 |  436
lognormal, sigma 0.5        0.997 |   59  0.945 |  113  0.957 |  448
exponential                 0.990 |   59  0.943 |  116  0.961 |  452
lognormal, sigma 1          0.995 |   59  0.958 |   92  0.931 |  430
half and half, 6 sd apart   0.997 |   59  0.973 |  111  0.958 |  438
80 and 20%, 6 sd apart      0.989 |   59  0.957 |  117  0.963 |  448
90 and 10%, 6 sd apart      0.990 |   59  0.953 |  120  0.967 |  460
95 and 5%, 6 sd apart       0.996 |   59  0.954 |  122  0.968 |  464
0 or 1, half each           0.998 |   59  0.968 |  111  0.957 |  443
0 or 1, 1 in 10%            1.000 |   59  0.937 |  116  0.957 |  462
==========================  ============  ============  ============

Widths that are a share of the mean come after these: 0.92 or more of the repetitions that end.
With the folder of a run or a sweep (``... until_rates DIR``) the outcomes of its last year are what
is drawn from, with replacement: each outcome of each point that has the most seeds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from results.statistics.modality_rates import mixed
from results.statistics.until import REACHED, Floats, Width, settled

Draw = Callable[[np.random.Generator, tuple[int, int]], Floats]
WIDTHS = (0.4, 0.2, 0.1)
"""In standard deviations of the outcome."""
PILOT = 20
MOST = 2000
REPETITIONS = 1000


class Outcome(NamedTuple):
    """A made-up outcome: how it is drawn, its mean and its standard deviation."""

    draw: Draw
    mean: float
    spread: float


class Rates(NamedTuple):
    """What repetitions gave.

    Attributes:
        covered: of those that reached the width, the share whose mean is that near the true one.
        in_interval: of the same, those whose own interval, which may be narrower, holds it.
        seeds: that the middle repetition took.
        reached: share that reached the width.
    """

    covered: float
    in_interval: float
    seeds: float
    reached: float


def _groups(share: float, apart: float) -> Outcome:
    """Return an outcome of two normal groups: ``share`` of the runs is ``apart`` higher."""
    spread = float(np.sqrt(1.0 + share * (1.0 - share) * apart**2))
    high = mixed(1.0 - share, apart)
    return Outcome(lambda random, shape: high(random, shape) * 1.0, share * apart, spread)


def _share(share: float) -> Outcome:
    """Return an outcome that is 1 in a share of the runs, else 0."""
    return Outcome(
        lambda random, shape: (random.uniform(size=shape) < share).astype(np.float64),
        share, float(np.sqrt(share * (1.0 - share))),
    )  # fmt: skip


def _lognormal(sigma: float) -> Outcome:
    square = sigma**2
    spread = float(np.sqrt((np.exp(square) - 1.0) * np.exp(square)))
    mean = float(np.exp(square / 2.0))
    return Outcome(lambda random, shape: random.lognormal(sigma=sigma, size=shape), mean, spread)


MADE: dict[str, Outcome] = {
    "normal": Outcome(lambda random, shape: random.normal(size=shape), 0.0, 1.0),
    "uniform": Outcome(lambda random, shape: random.uniform(size=shape), 0.5, 12.0**-0.5),
    "lognormal, sigma 0.5": _lognormal(0.5),
    "exponential": Outcome(lambda random, shape: random.exponential(size=shape), 1.0, 1.0),
    "lognormal, sigma 1": _lognormal(1.0),
    "half and half, 6 sd apart": _groups(0.5, 6.0),
    "80 and 20%, 6 sd apart": _groups(0.2, 6.0),
    "90 and 10%, 6 sd apart": _groups(0.1, 6.0),
    "95 and 5%, 6 sd apart": _groups(0.05, 6.0),
    "0 or 1, half each": _share(0.5),
    "0 or 1, 1 in 10%": _share(0.1),
}


FIVE = Outcome(lambda random, shape: random.normal(5.0, 1.0, shape), 5.0, 1.0)
"""A normal outcome that has a mean of which a width can be a share."""


def rates(
    outcome: Outcome,
    width: float,
    repetitions: int = REPETITIONS,
    seed: int = 1,
    most: int = MOST,
    relative: bool = False,
) -> Rates:
    """Return how often the mean of an outcome is where it is said to be.

    Args:
        outcome: that is drawn.
        width: asked for, in standard deviations of the outcome.
        repetitions: how often.
        seed: of what is drawn.
        most: seeds of a repetition, at most.
        relative: whether it is asked for as a share of the mean, which is then not zero.
    """
    asked = width * outcome.spread / (abs(outcome.mean) if relative else 1.0)
    values = outcome.draw(np.random.default_rng(seed), (repetitions, most))
    found = settled(values, PILOT, Width(asked, relative), most)
    off = np.abs(found.mean - outcome.mean)
    within = off <= asked * (np.abs(found.mean) if relative else 1.0)
    reached = found.verdict == REACHED
    return Rates(
        float(within[reached].mean()), float((off <= found.half)[reached].mean()),
        float(np.median(found.seeds)), float(reached.mean()),
    )  # fmt: skip


def pool_of(values: Floats) -> Outcome:
    """Return an outcome that is drawn out of values that were seen, with replacement."""
    return Outcome(
        lambda random, shape: values[random.integers(0, len(values), shape)],
        float(values.mean()), float(values.std()),
    )  # fmt: skip


def _pools(folder: str) -> dict[str, Outcome]:
    """Return the outcomes of a folder's last year, of its points with the most seeds."""
    from results.statistics.ensemble import ensemble

    many = ensemble(folder)
    points = many.runs["point"] if "point" in many.runs else np.ones(len(many.runs), dtype=int)
    number, counts = np.unique(points, return_counts=True)
    found = {}
    for point in number[counts == counts.max()]:
        for place, name in enumerate(many.outcomes):
            values = many.values[np.asarray(points == point), place]
            if np.isfinite(values).all() and values.std() > 1e-12 * abs(values.mean()):
                found[f"{name}, point {point}" if len(number) > 1 else name] = pool_of(values)
    return found


def _shown(title: str, outcomes: Mapping[str, Outcome], relative: bool) -> list[list[float]]:
    """Print a row per outcome; return what share is covered, by outcome and width."""
    print(f"{title:42}", *(f"{width:>12}" for width in WIDTHS))
    every = []
    for name, outcome in outcomes.items():
        found = [rates(outcome, width, relative=relative) for width in WIDTHS]
        every.append([one.covered for one in found])
        print(f"{name:42}", *(f"{one.covered:.3f} | {one.seeds:4.0f}" for one in found))
    return every


def main(arguments: Sequence[str]) -> None:
    """Print how often means lie where they are said to be."""
    outcomes = _pools(arguments[0]) if arguments else MADE
    every = _shown("width, in standard deviations", outcomes, False)
    if not arguments:
        shares = {name: one for name, one in MADE.items() if one.mean}
        _shown("the same, asked for as a share", {**shares, "normal, mean 5": FIVE}, True)
    else:
        for what, share in (("least", 0.0), ("tenth", 0.1), ("middle", 0.5)):
            cuts = np.quantile(np.array(every), share, axis=0)
            print(f"{what + ' of them':42}", *(f"{one:.3f}       " for one in cuts))


if __name__ == "__main__":
    main(sys.argv[1:])
