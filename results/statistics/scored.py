"""A whole scorecard: verdicts, ranks of designs, other formulas, drawn weights, and the money."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from results.statistics.compare import difference
from results.statistics.scorecard import (
    AGREE,
    CHOICES,
    CRITERIA,
    DISAGREE,
    NO_VERDICT,
    OPEN,
    Contrast,
    Floats,
    Ranking,
    Stated,
    Weighted,
    by_rank,
    contrast,
    drawn_weights,
    levels_of,
    not_told_from_best,
    ranking,
    ranks,
    side,
    stated_scores,
    weighted,
    with_mean,
    won,
)

FORMULA, ALTERNATIVE = "formula", "alternative"
FORMULAS = (FORMULA, ALTERNATIVE)
SCORE, PLACE = "score", "rank"
SCALES = (SCORE, PLACE)
"""What weights weigh: scores as they are, or places between the worst design and the best."""
MONEY = "oi_per_insured"
OUTCOMES = tuple(f"criterion_{number}" for number in range(1, CRITERIA + 1))
VERDICTS = (AGREE, DISAGREE, OPEN, NO_VERDICT)
TOTALS = {"bundling": (4, 0), "route": (3, 3)}
"""On how many of eight criteria a level is stated to win: the levels in the order of the alphabet
(F047)."""


@dataclass(frozen=True)
class Scored:
    """Scores of D designs on N seeds, and what follows from them.

    Attributes:
        designs: names, ``design:bundled/practice/act``.
        seeds: of the runs.
        scores: by formula, shape (D, 1 + criteria, N); place 0 is the mean of the criteria.
        money: EUR of O&I per insured a year, shape (D, N).
        stated: what the sources state.
        draws: sets of weights that are drawn.
    """

    designs: tuple[str, ...]
    seeds: tuple[int, ...]
    scores: Mapping[str, Floats]
    money: Floats
    stated: tuple[Stated, ...]
    draws: int

    @cached_property
    def contrasts(self) -> dict[str, list[Contrast]]:
        """By formula: a contrast for each stated row, in its order."""
        return {
            formula: [contrast(self.designs, scores, row) for row in self.stated]
            for formula, scores in self.scores.items()
        }

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows have each verdict, by the formula."""
        found = [one.verdict for one in self.contrasts[FORMULA]]
        return {verdict: found.count(verdict) for verdict in VERDICTS}

    @cached_property
    def means(self) -> dict[str, Floats]:
        """By formula: means over seeds, shape (D, 1 + criteria)."""
        return {formula: scores.mean(axis=2) for formula, scores in self.scores.items()}

    def stated_of(self, criterion: int) -> Floats:
        """Return what is stated of each design on a criterion: how many rows call it best."""
        return stated_scores(self.designs, self.stated, criterion)

    @cached_property
    def rankings(self) -> list[tuple[Ranking, Ranking, Ranking]]:
        """Per criterion, 0 first: the order with the stated one by either formula, and both."""
        one, two = (self.scores[formula] for formula in FORMULAS)
        found = []
        for place in range(1 + CRITERIA):
            order = self.stated_of(place)
            found.append(
                (ranking(one[:, place], order), ranking(two[:, place], order),
                 ranking(one[:, place], two[:, place]))
            )  # fmt: skip
        return found

    @cached_property
    def weighings(self) -> dict[tuple[str, str], Weighted]:
        """By formula and scale: what drawn weights make of the designs."""
        weights = drawn_weights(self.draws)
        found = {}
        for formula, means in self.means.items():
            plain = means[:, 1:]
            for scale, scores in ((SCORE, plain), (PLACE, by_rank(plain))):
                found[formula, scale] = weighted(scores, weights)
        return found

    def best_by_level(self, formula: str, scale: str) -> dict[str, float]:
        """Return in which share of the draws a design with each level is best."""
        best = self.weighings[formula, scale].best
        levels = [dict.fromkeys(levels_of(one)[k] for one in self.designs) for k in range(3)]
        return {
            level: float(best[side(self.designs, choice, [level])].sum())
            for choice, names in zip(CHOICES, levels, strict=True)
            for level in names
        }

    def totals(self) -> list[dict[str, Any]]:
        """Return stated and simulated numbers of criteria won, a row for each level."""
        rows = []
        for choice, stated in TOTALS.items():
            here = (row for row in self.stated if row.choice == choice)
            levels = sorted({name for row in here for name in (*row.better, *row.worse)})
            counts = {formula: won(found, choice) for formula, found in self.contrasts.items()}
            for place, level in enumerate(levels):
                rows.append(
                    {
                        "choice": choice, "level": level, "stated": stated[place],
                        "simulated": counts[FORMULA][place],
                        "alternative": counts[ALTERNATIVE][place],
                        "neither": counts[FORMULA][2],
                        "neither_alternative": counts[ALTERNATIVE][2],
                    }
                )  # fmt: skip
        return rows

    @property
    def apart(self) -> float:
        """The largest difference of a design's mean money from that of all, as a share of it."""
        means = self.money.mean(axis=1)
        return float(np.abs(means / means.mean() - 1).max())

    @property
    def apart_at_most(self) -> float:
        """The same in hundredths of a percent, rounded up: what is not equal is never 0%."""
        return math.ceil(self.apart * 1e4) / 1e4

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return the tables that a folder keeps, by name."""
        return {
            "scorecard": pd.DataFrame([self._row(k) for k in range(len(self.stated))]),
            "totals": pd.DataFrame(self.totals()),
            "designs": pd.DataFrame(self._designs()),
            "orders": pd.DataFrame(self._orders()),
            "weights": pd.DataFrame(self._weights()),
            "scores": pd.DataFrame(self._scores()),
        }

    def _row(self, place: int) -> dict[str, Any]:
        one, two = (self.contrasts[formula][place] for formula in FORMULAS)
        row = one.stated
        first, second = (
            self.money[side(self.designs, row.choice, levels)].mean(axis=0)
            for levels in (row.better, row.worse)
        )
        return {
            "criterion": row.criterion, "choice": row.choice, "asks": row.asks,
            "first": ", ".join(row.better), "second": ", ".join(row.worse),
            "inferred": row.inferred, "source": row.source,
            "difference": one.difference, "low": one.low, "high": one.high,
            "verdict": one.verdict,
            "alternative": two.difference, "alternative_low": two.low,
            "alternative_high": two.high, "alternative_verdict": two.verdict,
            "money": difference(second, first)["difference"], "text": row.text,
        }  # fmt: skip

    def _designs(self) -> list[dict[str, Any]]:
        rows = []
        for place in range(1 + CRITERIA):
            one, two = (self.scores[formula][:, place] for formula in FORMULAS)
            order, other = ranks(one.mean(axis=1)), ranks(two.mean(axis=1))
            stated, top = self.stated_of(place), not_told_from_best(one)
            known = len(set(stated)) > 1
            for k, design in enumerate(self.designs):
                rows.append(
                    {
                        "design": design, "criterion": place, **_interval(one[k]),
                        "rank": order[k], "best": bool(top[k]),
                        "stated": stated[k] if known else np.nan,
                        "stated_rank": ranks(stated)[k] if known else np.nan,
                        "alternative": float(two[k].mean()), "alternative_rank": other[k],
                    }
                )  # fmt: skip
        return rows

    def _orders(self) -> list[dict[str, Any]]:
        rows = []
        for place, (stated, other, both) in enumerate(self.rankings):
            rows.append(
                {
                    "criterion": place, **_said("", stated), **_said("alternative_", other),
                    "both": both.tau, "both_low": both.low, "both_high": both.high,
                }
            )  # fmt: skip
        return rows

    def _weights(self) -> list[dict[str, Any]]:
        rows = []
        for (formula, scale), found in self.weighings.items():
            middle, low, high = found.tau
            for k, design in enumerate(self.designs):
                rows.append(
                    {
                        "formula": formula, "scale": scale, "design": design,
                        "best": float(found.best[k]), "rank": float(found.rank[k]),
                        "tau": middle, "tau_low": low, "tau_high": high,
                    }
                )  # fmt: skip
        return rows

    def _scores(self) -> list[dict[str, Any]]:
        rows = []
        for formula, scores in self.scores.items():
            for k, design in enumerate(self.designs):
                for place, outcome in enumerate(OUTCOMES, 1):
                    rows += [
                        {"design": design, "formula": formula, "outcome": outcome, "seed": seed,
                         "value": float(value)}
                        for seed, value in zip(self.seeds, scores[k, place], strict=True)
                    ]  # fmt: skip
        for k, design in enumerate(self.designs):
            rows += [
                {"design": design, "formula": FORMULA, "outcome": MONEY, "seed": seed,
                 "value": float(value)}
                for seed, value in zip(self.seeds, self.money[k], strict=True)
            ]  # fmt: skip
        return rows


def _said(name: str, found: Ranking) -> dict[str, Any]:
    return {
        f"{name}tau": found.tau, f"{name}low": found.low, f"{name}high": found.high,
        f"{name}verdict": found.verdict,
    }  # fmt: skip


def _interval(values: Floats) -> dict[str, float]:
    """Return the mean over seeds with its 95% interval."""
    found = difference(np.zeros(len(values)), values)
    return {"mean": found["mean_b"], "low": found["low"], "high": found["high"]}


def scored(
    values: pd.DataFrame, stated: Sequence[Stated], designs: Sequence[str], draws: int
) -> Scored:
    """Return the scorecard of a long table: design, formula, outcome, seed, value.

    Seeds without a value of every design, formula and criterion are left out for all.

    Raises:
        ValueError: fewer than two seeds are left.
    """
    wide = values.pivot_table(
        index="seed", columns=["formula", "outcome", "design"], values="value", observed=True
    ).dropna()
    if len(wide) < 2:
        raise ValueError("fewer than two seeds have finished runs of every design")

    def of(formula: str, outcome: str) -> Floats:
        found: Floats = wide[formula][outcome][list(designs)].to_numpy(dtype=float).T
        return found

    scores = {
        formula: with_mean(np.stack([of(formula, one) for one in OUTCOMES], axis=1))
        for formula in FORMULAS
    }
    seeds = tuple(int(seed) for seed in wide.index)
    return Scored(tuple(designs), seeds, scores, of(FORMULA, MONEY), tuple(stated), draws)
