"""Where in a sweep's factors an outcome is of interest: boxes by PRIM, judged on what was held out.

Half of the points and half of the seeds are searched; the others, which had no say in a box, tell
whether it holds there. Friedman and Fisher (1999), by the EMA workbench.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from results.statistics.sensitivity.resampled import FEWEST_SEEDS

MOST_BOXES = 3
LEAST_MASS = 0.05
"""Share of the searched runs that a box holds at least."""
FEWEST = 40
"""Points without which nothing is searched: as many as fall into a box of the least mass twice."""
DRAWS = 2000
SURE = 0.05

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


class Limit(NamedTuple):
    """What a box asks of one factor.

    Attributes:
        factor: its name.
        low: from which value on; NaN without such an end.
        high: up to which value; NaN without such an end.
        words: of a factor of words or switches, those that it may be.
        chance: share of random divisions of held-out points that this limit separates as well;
            NaN where it parts none of them.
    """

    factor: str
    low: float
    high: float
    words: tuple[str, ...]
    chance: float

    @property
    def holds(self) -> bool:
        """Whether held-out points confirm it."""
        return bool(self.chance <= SURE)


class Box(NamedTuple):
    """A box, judged on points and seeds that it was not found on.

    Attributes:
        limits: what it asks.
        density: share of the held-out runs in it that are of interest.
        density_ends: its 95% interval over points, and over seeds where five were held out.
        coverage: share of the held-out runs of interest that are in it.
        coverage_ends: its 95% interval, likewise.
        mass: share of the held-out points that are in it.
        searched: density where it was found, on other seeds.
        searched_base: share of all runs there that are of interest.
        chance: share of random dealings of held-out points in which as large a box is as dense.
    """

    limits: tuple[Limit, ...]
    density: float
    density_ends: tuple[float, float]
    coverage: float
    coverage_ends: tuple[float, float]
    mass: float
    searched: float
    searched_base: float
    chance: float

    @property
    def holds(self) -> bool:
        """Whether it is denser than chance, with ``MOST_BOXES`` looked for."""
        return bool(self.chance <= SURE / MOST_BOXES)


class Discovered(NamedTuple):
    """What was found.

    Attributes:
        boxes: those that hold, in the order in which they were found.
        failed: how many were found and do not hold.
        base: share of all held-out runs that are of interest.
        searched: points that were searched.
        held: points that were held out.
        seeds: seeds that were searched and held out; the same one where there is no other.
    """

    boxes: tuple[Box, ...]
    failed: int
    base: float
    searched: int
    held: int
    seeds: tuple[int, int]


def discover(
    table: pd.DataFrame, group: NDArray[np.int64], of_interest: Truths, seed: int = 1
) -> Discovered:
    """Return boxes of factors in which runs are of interest more often than elsewhere.

    Args:
        table: a row per point, a column per factor: numbers, switches or words.
        group: points of one group, which share their sampled values, are on one side.
        of_interest: whether each run is, shape ``(points, seeds)``.
        seed: of what is held out, and of random divisions.

    Raises:
        ValueError: there are too few points, or all runs or none are of interest.
    """
    if len(table) < FEWEST:
        raise ValueError(f"{len(table)} whole points are too few to search: {FEWEST} or more")
    if of_interest.all() or not of_interest.any():
        raise ValueError(f"{'all' if of_interest.all() else 'no'} runs meet it: no box parts them")
    random = np.random.default_rng(seed)
    groups = random.permutation(np.unique(group))
    searched = np.isin(group, groups[: len(groups) // 2])
    seeds = of_interest.shape[1]
    own, other = (slice(None, None, 2), slice(1, None, 2)) if seeds > 1 else (slice(None),) * 2
    found = of_interest[searched][:, own]
    held = table[~searched].reset_index(drop=True)
    judged = of_interest[~searched][:, other]
    boxes, failed = [], 0
    if found.any() and not found.all():
        for limits, density in _search(table[searched], found):
            box = _judge(limits, (density, float(found.mean())), held, judged, random)
            if box.holds:
                boxes.append(box)
            else:
                failed += 1
                break  # what is left is sparser still
    counts = found.shape[1], judged.shape[1]
    return Discovered(
        tuple(boxes), failed, float(judged.mean()), int(searched.sum()), len(held), counts
    )


def _search(table: pd.DataFrame, found: Truths) -> Iterator[tuple[list[Limit], float]]:
    """Give boxes of PRIM with their density, each the one that gains most on the whole.

    Of the boxes on the way of peeling the one is taken whose share of runs times its density
    beyond that of all runs is largest.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the workbench warns of what it lacks
        from ema_workbench.analysis import prim

        factors = [name for name in table if table[name].nunique() > 1]
        names = [f"x{place}" for place in range(len(factors))]
        seeds = found.shape[1]
        rows = table[factors].loc[table.index.repeat(seeds)].reset_index(drop=True)
        rows.columns = pd.Index(names)
        met = found.astype(int).ravel()
        for name in names:
            if rows[name].dtype.kind in "iuf":
                rows[name] = rows[name].astype(float)
            else:
                rows[name] = rows[name].astype(str).astype("category")
        base = float(met.mean())
        search = prim.Prim(rows, met, threshold=base, mass_min=LEAST_MASS)
        for _ in range(MOST_BOXES):
            box = search.find_box()
            if box is None:
                return
            way = box.peeling_trajectory
            best = int((way["mass"] * (way["density"] - base)).to_numpy(dtype=float).argmax())
            called = dict(zip(names, factors, strict=True))
            limits = _limits(box.box_lims[best], search.box_init, called)
            if not limits:
                return
            box.select(best)
            yield limits, float(way["density"].iloc[best])


def _limits(box: pd.DataFrame, whole: pd.DataFrame, called: dict[str, Any]) -> list[Limit]:
    """Return where a box is narrower than the whole."""
    limits = []
    nan = float("nan")
    for name, factor in called.items():
        ends, all_of_it = box[name].tolist(), whole[name].tolist()
        if isinstance(ends[0], set):
            if ends[0] != all_of_it[0]:
                words = tuple(sorted(str(one) for one in ends[0]))
                limits.append(Limit(str(factor), nan, nan, words, nan))
            continue
        low = float(ends[0]) if ends[0] > all_of_it[0] else nan
        high = float(ends[1]) if ends[1] < all_of_it[1] else nan
        if np.isfinite(low) or np.isfinite(high):
            limits.append(Limit(str(factor), low, high, (), nan))
    return limits


def inside(table: pd.DataFrame, limits: Sequence[Limit]) -> Truths:
    """Return which points are within all limits."""
    found = np.ones(len(table), dtype=bool)
    for one in limits:
        column = table[one.factor]
        if one.words:
            found &= column.astype(str).isin(one.words).to_numpy()
            continue
        values = column.to_numpy(dtype=float)
        found &= ~(values < one.low) & ~(values > one.high)
    return found


def _judge(
    limits: list[Limit],
    searched: tuple[float, float],
    held: pd.DataFrame,
    met: Truths,
    random: np.random.Generator,
) -> Box:
    shares = met.mean(axis=1)
    within = inside(held, limits)
    judged = []
    for one in limits:
        wider = inside(held, [other for other in limits if other is not one])
        judged.append(one._replace(chance=_chance(shares[wider], within[wider], random)))
    density, coverage = _worth(shares, within)
    ends = np.array([_worth(some, part) for some, part in _draws(met, within, random)])
    low, high = np.nanquantile(ends, [0.025, 0.975], axis=0) if within.any() else ends[:2]
    return Box(
        tuple(judged), density, (float(low[0]), float(high[0])), coverage,
        (float(low[1]), float(high[1])), float(within.mean()), *searched,
        _chance(shares, within, random),
    )  # fmt: skip


def _worth(shares: Floats, within: Truths) -> tuple[float, float]:
    """Return density and coverage of a box."""
    own, all_of_it = float(shares[within].sum()), float(shares.sum())
    count = int(within.sum())
    return own / count if count else float("nan"), own / all_of_it if all_of_it else float("nan")


def _draws(
    met: Truths, within: Truths, random: np.random.Generator
) -> Iterator[tuple[Floats, Truths]]:
    """Give held-out points drawn anew, by the seeds that are drawn anew where they are enough."""
    count, seeds = met.shape
    for _ in range(400):
        some = random.integers(0, count, count)
        few = random.integers(0, seeds, seeds) if seeds >= FEWEST_SEEDS else np.arange(seeds)
        yield met[some][:, few].mean(axis=1), within[some]


def _chance(shares: Floats, within: Truths, random: np.random.Generator) -> float:
    """Return how often points dealt at random are as dense within; NaN without two sides."""
    count = int(within.sum())
    if not 0 < count < len(within):
        return float("nan")
    found = shares[within].sum() - 1e-9
    dealt = [shares[random.permutation(len(shares))[:count]].sum() for _ in range(DRAWS)]
    return float((1 + np.sum(np.array(dealt) >= found)) / (1 + DRAWS))
