"""Paired differences of many points at once: seeds are the clusters, points are averaged first.

The same seed occurs in every point, and pairs of one seed share its draws: they are not
independent. So a seed's differences are averaged over points, and the interval is over seeds.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from results.statistics.compare import COLUMNS, difference
from results.statistics.ensemble import Ensemble, ensemble, years_of
from results.statistics.modality import modality
from results.statistics.pairs import Pairs, keys_of, level_keys, level_sides, match
from results.statistics.reduce import HIGH, LOW
from results.store.reading import declared_outcomes
from results.words.outcomes import Words

MORE = ("pairs", "points", "gap_low", "gap_high", "unpaired_a", "unpaired_b")
"""Columns that a comparison of sweeps has beside those of a comparison of runs."""


def per_seed(
    values: NDArray[np.float64], point: NDArray[np.int64], seed: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the mean over points of each seed that occurs, in the order of their numbers."""
    means = seed_means(values, point, seed)
    kept: NDArray[np.float64] = means[np.isfinite(means)]
    return kept


def seed_means(
    values: NDArray[np.float64], point: NDArray[np.int64], seed: NDArray[np.int64], seeds: int = 0
) -> NDArray[np.float64]:
    """Return the mean of each seed over points; NaN for one that does not occur.

    Each point's own level is taken out first and the mean of all points put back, so that a
    seed which lacks a point (a failed run) is not judged by the points that it has.

    Args:
        values: shape (N,), finite.
        point: number of the point of each value, from 0.
        seed: number of its seed, from 0.
        seeds: how many seeds there are; without, the last that occurs.

    Returns:
        Shape (seeds,), in the unit of the values.
    """
    counts = np.bincount(point)
    level = np.bincount(point, values) / np.maximum(counts, 1)
    seen = np.bincount(seed, minlength=seeds)
    rest = np.bincount(seed, values - level[point], minlength=seeds)
    means = rest / np.maximum(seen, 1) + (level[counts > 0].mean() if len(values) else np.nan)
    return np.where(seen > 0, means, np.nan)


def as_table(
    values: NDArray[np.float64], point: NDArray[np.int64], order: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return values as a row per point, shape (points, most values of a point); NaN at the end.

    Args:
        values: shape (N,).
        point: number of the point of each value; those without values have no row.
        order: what a row is sorted by: the seed or the replicate.
    """
    sorted_ = np.lexsort((order, point))
    _, row, count = np.unique(point[sorted_], return_inverse=True, return_counts=True)
    column = np.arange(len(values)) - np.repeat(np.cumsum(count) - count, count)
    table = np.full((len(count), int(count.max(initial=0))), np.nan)
    table[row, column] = values[sorted_]
    return table


def _row(a: NDArray[np.float64], b: NDArray[np.float64], pairs: Pairs) -> dict[str, Any]:
    """Return what one outcome's pairs say."""
    both = np.isfinite(a) & np.isfinite(b)
    a, b, point, seed = a[both], b[both], pairs.point[both], pairs.seed[both]
    if not len(a):
        return {**difference(a, b), "pairs": 0, "points": 0, "bimodal": 0, "bimodal_tested": 0}
    gaps = b - a
    modes = modality(as_table(gaps, point, seed))
    low, high = np.quantile(gaps, [LOW, HIGH])
    return {
        **difference(per_seed(a, point, seed), per_seed(b, point, seed)),
        "share_positive": float((gaps > 0).mean()),
        "pairs": len(gaps),
        "points": len(np.unique(point)),
        "gap_low": float(low),
        "gap_high": float(high),
        "bimodal": int(modes.flagged.sum()),
        "bimodal_tested": int(modes.tested.sum()),
    }


def paired_table(a: Ensemble, b: Ensemble, pairs: Pairs) -> pd.DataFrame:
    """Return the paired difference b - a of each outcome that both recorded.

    Columns: those of ``results.statistics.compare.paired``, where n counts seeds, means and
    differences are over points and the interval is over seeds, and share_positive is of all
    pairs; pairs, points; gap_low and gap_high, the 10-90% range of the pairs (points and seeds
    together); bimodal, the points of which the differences fall into two groups, of
    bimodal_tested with enough seeds; unpaired_a and unpaired_b, finished runs without a partner.
    """
    rows = []
    for place, outcome in enumerate(a.outcomes):
        if outcome in b.outcomes:
            one = a.values[pairs.a, place]
            two = b.values[pairs.b, b.outcomes.index(outcome)]
            rows.append({"outcome": outcome, "year": a.year, **_row(one, two, pairs)})
    table = pd.DataFrame(rows, columns=[*COLUMNS[:-1], *MORE])
    whole = ["n", "pairs", "points", "bimodal", "bimodal_tested"]
    table[whole] = table[whole].astype(int)
    table["unpaired_a"], table["unpaired_b"] = pairs.unpaired
    table["uncertainty"] = "simulation noise"
    return table


def compare_folders(
    dir_a: Path | str, dir_b: Path | str, defaults: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """Return the paired differences of two folders of which at least one is a sweep's.

    Args:
        dir_a: the first.
        dir_b: the second.
        defaults: values of parameters that a folder does not say, because nothing set them.

    Raises:
        StoreRefused: a folder cannot be read.
        ValueError: nothing can be paired.
    """
    recorded = [set(years_of(folder)) for folder in (dir_a, dir_b)]
    for folder, years in zip((dir_a, dir_b), recorded, strict=True):
        if not years:
            raise ValueError(f"{folder} has no finished run")
    common = sorted(recorded[0] & recorded[1])
    if not common:
        raise ValueError("the two have no year in common")
    words = Words(declared_outcomes(dir_a), declared_outcomes(dir_b))
    a, b = (ensemble(folder, common[-1], words) for folder in (dir_a, dir_b))
    return paired_table(a, b, match(*keys_of(a, b, defaults or {})))


def compare_levels(folder: Path | str, by: str) -> pd.DataFrame:
    """Return each level of a factor against the first, paired by the rest of the design and seed.

    Columns: those of ``paired_table``, with ``first`` and ``level``, the levels compared.

    Raises:
        StoreRefused: the folder cannot be read.
        ValueError: there is no such factor, or its levels cannot be paired.
    """
    many = ensemble(folder)
    (base, rows), *others = level_sides(many, by)
    keys = level_keys(many, by)
    found = []
    for level, chosen in others:
        pairs = match(*(keys.iloc[side].reset_index(drop=True) for side in (rows, chosen)))
        pairs = pairs._replace(a=rows[pairs.a], b=chosen[pairs.b])
        table = paired_table(many, many, pairs)
        table.insert(1, "first", base)
        table.insert(2, "level", level)
        found.append(table)
    return pd.concat(found, ignore_index=True)
