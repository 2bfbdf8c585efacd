"""Two runs on the same seeds: paired differences with intervals.

The intervals show simulation noise: what another set of seeds could have given. They are no
evidence about the world.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from results.statistics.modality import LEAST, Modality, modality
from results.statistics.reduce import yearly
from results.words.outcomes import Words

NOTE = "Intervals are over seeds (simulation noise), not evidence about the world."
LEVEL = 0.95
STATISTICS = (
    "n",
    "mean_a",
    "mean_b",
    "difference",
    "low",
    "high",
    "sd",
    "effect",
    "effect_low",
    "effect_high",
    "share_positive",
)
GROUPS = ("group_low", "group_high", "group_share")
"""Of differences in two groups: the mean of each, and the share of the pairs in the higher."""
COLUMNS = ("outcome", "year", *STATISTICS, *GROUPS, "bimodal", "bimodal_tested", "uncertainty")


def pair_runs(runs_a: pd.DataFrame, runs_b: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of finished runs with one seed: seed, run_a, run_b.

    Where both tables have ``population_seed``, that has to agree too.

    Raises:
        ValueError: a seed occurs twice in one table, or no seed occurs in both.
    """
    keys = ["seed"]
    if "population_seed" in runs_a and "population_seed" in runs_b:
        keys.append("population_seed")
    sides = []
    for side, runs in (("a", runs_a), ("b", runs_b)):
        done = runs[runs["status"] == "done"] if "status" in runs else runs
        chosen = done[[*keys, "run_id"]].rename(columns={"run_id": f"run_{side}"})
        twice = chosen.loc[chosen.duplicated(keys), "seed"]
        if len(twice):
            raise ValueError(
                f"table {side} has several runs with seed {twice.iloc[0]}. "
                "Choose one scenario of it first: a pair is one run of each."
            )
        sides.append(chosen.astype({f"run_{side}": str}))
    pairs = sides[0].merge(sides[1], on=keys, how="inner").sort_values(keys, ignore_index=True)
    if pairs.empty:
        raise ValueError(
            "no finished run of one has the seeds of a finished run of the other, so nothing "
            "can be paired. Run both with the same --seed, --population-seed and --replicates."
        )
    return pairs


def _year(a: pd.DataFrame, b: pd.DataFrame, at: str | int) -> int:
    common = sorted(set(a["year"]) & set(b["year"]))
    if not common:
        raise ValueError("the two have no year in common")
    if at == "last year":
        return int(common[-1])
    if not str(at).isdigit() or int(at) not in common:
        raise ValueError(
            f"at {at!r} is neither 'last year' nor a year that both recorded: "
            f"{common[0]}-{common[-1]}"
        )
    return int(at)


def difference(a: np.ndarray, b: np.ndarray) -> dict[str, float]:
    """Return what pairs (a, b) say: means, b - a with its 95% t-interval, effect size d_z.

    Fewer than two pairs have no interval. Where all pairs differ by the same amount, the
    interval is that amount and an effect size exists only when it is 0.
    """
    gaps = b - a
    n = len(gaps)
    found = dict.fromkeys(STATISTICS, math.nan) | {"n": float(n)}
    if not n:
        return found
    mean = float(gaps.mean())
    found |= {
        "mean_a": float(a.mean()),
        "mean_b": float(b.mean()),
        "difference": mean,
        "share_positive": float((gaps > 0).mean()),
    }
    if n < 2:
        return found
    sd = float(gaps.std(ddof=1))
    if sd <= 1e-12 * float(max(np.abs(a).max(), np.abs(b).max())):
        sd = 0.0
    from scipy.special import stdtrit  # here: one run has no interval, and it takes long

    half = float(stdtrit(n - 1, 0.5 + LEVEL / 2)) * sd / math.sqrt(n)
    found |= {"sd": sd, "low": mean - half, "high": mean + half}
    if sd:
        found |= {
            "effect": mean / sd,
            "effect_low": (mean - half) / sd,
            "effect_high": (mean + half) / sd,
        }
    elif mean == 0:
        found |= {"effect": 0.0, "effect_low": 0.0, "effect_high": 0.0}
    return found


class Side(NamedTuple):
    """One of two runs that are compared.

    ``series`` is its long outcome table; ``runs`` has run_id and seed (status, population_seed).
    """

    series: pd.DataFrame
    runs: pd.DataFrame


def paired(
    first: Side,
    second: Side,
    words: Words,
    at: str | int = "last year",
    scope: str = "all",
) -> pd.DataFrame:
    """Return the paired difference b - a of each outcome that both recorded.

    Args:
        first: one run, a.
        second: the other, b.
        words: what the store says of outcomes.
        at: ``last year`` (the last that both recorded) or a year.
        scope: ``all``, or a region's or municipality's code.

    Returns:
        One row per outcome: outcome, year, n (pairs with a value on both sides), mean_a, mean_b,
        difference, low and high (95% t-interval), sd of the differences, effect (difference in
        standard deviations of the differences, Cohen's d_z) with its interval, share_positive,
        group_low, group_high and group_share (means of two groups of differences and the share of
        the pairs in the higher; NaN where they do not fall apart), bimodal (1 where the
        differences fall into two groups) of bimodal_tested (0 where there are too few pairs to
        judge), and uncertainty, which says what the interval is about.

    Raises:
        ValueError: nothing can be paired.
    """
    pairs = pair_runs(first.runs, second.runs)
    a, b = (yearly(side.series, words, scope=scope) for side in (first, second))
    year = _year(a, b, at)
    left = a[a["year"] == year].pivot(index="run_id", columns="outcome", values="value")
    right = b[b["year"] == year].pivot(index="run_id", columns="outcome", values="value")
    rows = []
    for outcome in [name for name in _order(first.series) if name in left and name in right]:
        one = left[outcome].reindex(pairs["run_a"]).to_numpy(dtype=float)
        two = right[outcome].reindex(pairs["run_b"]).to_numpy(dtype=float)
        both = np.isfinite(one) & np.isfinite(two)
        gaps = (two - one)[both]
        modes = modality(gaps)
        rows.append(
            {
                "outcome": outcome,
                "year": year,
                **difference(one[both], two[both]),
                **_halves(gaps, modes),
                "bimodal": modes.flagged.sum(),
                "bimodal_tested": modes.tested.sum(),
            }
        )
    table = pd.DataFrame(rows, columns=list(COLUMNS[:-1]))
    whole = ["n", "bimodal", "bimodal_tested"]
    table[whole] = table[whole].astype(int)
    table["uncertainty"] = "simulation noise"
    return table


def _halves(gaps: np.ndarray, modes: Modality) -> dict[str, float]:
    """Return means and share of the two groups of a sample of differences."""
    if not modes.flagged[0]:
        return dict.fromkeys(GROUPS, math.nan)
    above = gaps > modes.split[0]
    halves = float(gaps[~above].mean()), float(gaps[above].mean()), float(above.mean())
    return dict(zip(GROUPS, halves, strict=True))


def two_groups(row: Mapping[Any, Any]) -> str:
    """Return what a row says about two groups: '', 'yes', 'in 3 of 40 points', or too few."""
    flagged, tested = int(row["bimodal"]), int(row["bimodal_tested"])
    if not tested:
        return f"under {LEAST} seeds"
    if not flagged:
        return ""
    return "yes" if tested == 1 else f"in {flagged} of {tested} points"


def _order(series: pd.DataFrame) -> list[str]:
    """Return outcomes in the order in which they were recorded."""
    return [str(name) for name in series["outcome"].drop_duplicates()]
