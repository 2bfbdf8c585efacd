"""What each factor of a sweep does to each outcome: by level or tenth, and in one number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from results.statistics.clustered import seed_means
from results.statistics.compare import difference
from results.statistics.ensemble import ARM, Ensemble
from results.statistics.pairs import SEEDS
from results.statistics.reduce import HIGH, LOW
from results.words.numbers import number, span
from results.words.texts import say

MOST_LEVELS = 12
"""A factor of numbers with more values than this is shown by tenths."""
TENTHS = 10
ARM_FACTOR = "arm"
"""What a contrast of arms has in the place of a factor's name."""


class Arms(NamedTuple):
    """The arms of a sweep."""

    names: tuple[str, ...]
    """What tells one arm from the others, in the order of the manifest."""
    of_run: NDArray[np.int64]
    """Number of the arm of each finished run."""


class Axis(NamedTuple):
    """A factor cut into groups: its levels, or tenths of the design's points."""

    name: str
    unit: str
    names: tuple[str, ...]
    """What each group is called."""
    places: NDArray[np.float64]
    """Where each group lies on an axis: its middle value, or 0, 1, 2, ... for words."""
    of_run: NDArray[np.int64]
    """Number of the group of each finished run."""
    words: bool
    """The levels have no order."""
    tenths: bool
    logarithmic: bool


class Contrast(NamedTuple):
    """One group of a factor against another."""

    factor: str
    text: str
    """Which minus which."""
    low: NDArray[np.bool_]
    """Runs of the group that is subtracted."""
    high: NDArray[np.bool_]
    tenths: bool
    words: bool
    """Of several levels without order, or arms, against the first of them."""
    level: str = ""
    """The group that the other is subtracted from."""


def arms_of(many: Ensemble, language: str = "en") -> Arms:
    """Return the arms of a sweep, with names that say in what they differ."""
    columns = [name for name in ARM if name in many.runs]
    declared = [tuple(str(arm.get(name) or "") for name in columns)
                for arm in many.about.get("arms") or []]  # fmt: skip
    rows = list(zip(*(many.runs[name].astype(str) for name in columns), strict=True))
    order = list(dict.fromkeys([*declared, *dict.fromkeys(rows)]))
    place = {arm: k for k, arm in enumerate(order)}
    unlike = [k for k in range(len(columns)) if len({arm[k] for arm in order}) > 1]
    kept = unlike or list(range(len(columns)))
    none = say("sweep.no_package", language)
    names = tuple(", ".join(arm[k] for k in kept if arm[k]) or none for arm in order)
    return Arms(names, np.array([place[row] for row in rows], dtype=np.int64))


def seed_numbers(many: Ensemble) -> NDArray[np.int64]:
    """Return the number of each run's seed, from 0; population seeds tell seeds apart."""
    columns = [name for name in SEEDS if name in many.runs]
    return np.asarray(many.runs.groupby(columns, sort=True).ngroup(), dtype=np.int64)


def axis_of(many: Ensemble, factor: Mapping[str, Any], language: str = "en") -> Axis:
    """Return a factor's groups; ``factor`` is its entry in the manifest.

    Levels are groups where there are at most twelve, or where they are words or switches. More
    values are cut into tenths: equal numbers of the design's points, in order of the factor.
    """
    name, unit = str(factor["name"]), str(factor.get("unit") or "")
    values = many.runs[name]
    logarithmic = str(factor.get("distribution") or "").startswith("log")
    if values.dtype.kind == "b":
        codes = values.to_numpy().astype(np.int64)
        states = tuple(say(f"sweep.{state}", language) for state in ("off", "on"))
        return _cut(name, unit, states, codes, np.array([0.0, 1.0]), words=True)
    if values.dtype.kind not in "if":
        texts = values.astype(str)
        said = [str(one) for one in factor.get("values") or []]
        order = list(dict.fromkeys([*(s for s in said if s in set(texts)), *texts.unique()]))
        place = {text: k for k, text in enumerate(order)}
        codes = texts.map(place).to_numpy(dtype=np.int64)
        return _cut(name, unit, tuple(order), codes, np.arange(float(len(order))), words=True)
    numbers = values.to_numpy(dtype=float)
    distinct, codes = np.unique(numbers, return_inverse=True)
    if len(distinct) <= MOST_LEVELS:
        names = tuple(number(one, language) for one in distinct)
        found = _cut(name, unit, names, codes.astype(np.int64), distinct)
        return found._replace(logarithmic=logarithmic)
    tenth = (np.arange(len(distinct)) * TENTHS // len(distinct))[codes]
    middles = np.array([np.median(numbers[tenth == k]) for k in range(TENTHS)])
    spans = [(numbers[tenth == k].min(), numbers[tenth == k].max()) for k in range(TENTHS)]
    names = tuple(span(low, high, language) for low, high in spans)
    found = _cut(name, unit, names, tenth.astype(np.int64), middles)
    return found._replace(logarithmic=logarithmic, tenths=True)


def _cut(
    name: str,
    unit: str,
    names: tuple[str, ...],
    codes: NDArray[np.int64],
    places: NDArray[np.float64],
    words: bool = False,
) -> Axis:
    return Axis(name, unit, names, places, codes, words, False, False)


def by_group(
    values: NDArray[np.float64], groups: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    """Return median and 10-90% of the finite values of each group: shape (count, 3), low first.

    Args:
        values: shape (runs,), in the outcome's unit.
        groups: number of the group of each run.
        count: how many groups there are; one without values is NaN.
    """
    found = np.full((count, 3), np.nan)
    for place in range(count):
        chosen = values[(groups == place) & np.isfinite(values)]
        if len(chosen):
            found[place] = np.quantile(chosen, [LOW, 0.5, HIGH])
    return found


def contrasts(
    many: Ensemble, axes: Sequence[Axis], arms: Arms, language: str = "en"
) -> list[Contrast]:
    """Return what is set against what: highest and lowest level or tenth; for words, the first.

    Arms come first where there are several, each against the first of them.
    """
    found = []
    for place, name in enumerate(arms.names[1:], start=1):
        text = say("sweep.minus", language, high=name, low=arms.names[0])
        sides = arms.of_run == 0, arms.of_run == place
        found.append(Contrast(ARM_FACTOR, text, *sides, False, True, name))
    for axis in axes:
        last = len(axis.names) - 1
        for place in range(1, last + 1) if axis.words else [last]:
            if not last:  # a factor with one value moves nothing
                continue
            ends = axis.names[place], axis.names[0]
            if axis.tenths:
                ends = (_about(axis.places[-1], language), _about(axis.places[0], language))
            text = say("sweep.minus", language, high=ends[0], low=ends[1])
            several = axis.words and last > 1
            sides = axis.of_run == 0, axis.of_run == place
            level = axis.names[place]
            found.append(Contrast(axis.name, text, *sides, axis.tenths, several, level))
    return found


def _about(value: float, language: str) -> str:
    return say("sweep.about", language, value=number(value, language))


def main_effects(many: Ensemble, chosen: Sequence[Contrast]) -> pd.DataFrame:
    """Return the difference that each contrast makes to each outcome, with intervals.

    Columns: contrast (its number), outcome, difference, low and high (95% t-interval over seeds;
    NaN with one seed), seeds, points_error (two standard errors of the difference of point means,
    for tenths: which points fell into a tenth is chance too; NaN for levels) and effect, the
    difference in standard deviations of all runs.
    """
    point = many.runs["point"].to_numpy(dtype=np.int64)
    seed = seed_numbers(many)
    seeds = int(seed.max()) + 1 if len(seed) else 0
    rows = []
    for number_, contrast in enumerate(chosen):
        for place, outcome in enumerate(many.outcomes):
            column = many.values[:, place]
            known = np.isfinite(column)
            sides = [known & side for side in (contrast.low, contrast.high)]
            means = [seed_means(column[s], _dense(point[s]), seed[s], seeds) for s in sides]
            both = np.isfinite(means[0]) & np.isfinite(means[1])
            found = difference(means[0][both], means[1][both])
            spread = float(column[known].std()) if known.any() else 0.0
            gap = found["difference"]
            if not both.any() and sides[0].any() and sides[1].any():  # each side its own seeds
                gap = float(column[sides[1]].mean() - column[sides[0]].mean())
            rows.append(
                {
                    "contrast": number_,
                    "outcome": outcome,
                    "difference": gap,
                    "low": found["low"],
                    "high": found["high"],
                    "seeds": int(found["n"]),
                    "points_error": _points_error(column, point, sides)
                    if contrast.tenths
                    else np.nan,
                    "effect": gap / spread if spread > 0 else 0.0,
                }
            )
    return pd.DataFrame(rows)


def _dense(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return codes without gaps."""
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)


def _points_error(
    column: NDArray[np.float64], point: NDArray[np.int64], sides: Sequence[NDArray[np.bool_]]
) -> float:
    """Return two standard errors of the difference between the point means of two groups."""
    total = 0.0
    for side in sides:
        codes = _dense(point[side])
        if not len(codes) or codes.max() < 1:
            return float("nan")
        means = np.bincount(codes, column[side]) / np.bincount(codes)
        total += means.var(ddof=1) / len(means)
    return 2 * float(np.sqrt(total))
