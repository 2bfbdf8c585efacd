"""Which figures a sweep allows, with their captions and alternative texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from results.figures import heat
from results.figures import sweep as draw
from results.figures.dates import policy_marks
from results.figures.factor import untold_of
from results.reports.page import Illustration
from results.reports.sweep_design import told
from results.reports.sweep_parts import factor_name, most_divided, point_numbers, samples_of
from results.statistics.effects import Arms, Axis, Contrast, by_group
from results.statistics.ensemble import Ensemble
from results.statistics.modality import Modality
from results.statistics.replication import Needed
from results.words.numbers import number
from results.words.outcomes import Words
from results.words.shown import KEY_OUTCOMES

SHOWN = 12
"""Outcomes that figures show: key outcomes first, then others as recorded."""
FACTORS = 8
"""Factors that get a figure: those that move something most."""
HEATED = 3
"""Arms that get a heat map."""
SEEN = 6
"""Samples in two groups that are shown."""


def shown_outcomes(many: Ensemble) -> list[str]:
    """Return the outcomes that figures show, key outcomes first."""
    keys = [name for name in KEY_OUTCOMES if name in many.outcomes]
    return [*keys, *(name for name in many.outcomes if name not in keys)][:SHOWN]


def _rest(many: Ensemble, outcomes: Sequence[str], language: str) -> list[str]:
    left = len(many.outcomes) - len(outcomes)
    return [told("more_outcomes", language, count=left)] if left else []


def _band(arms: Arms, language: str, axis: Axis | None = None) -> str:
    """Return what is drawn around or instead of a band."""
    if axis is not None and axis.words:
        return told("bar_holds", language)
    return told("band_holds" if len(arms.names) <= draw.BANDS else "line_is", language)


def _change(bands: pd.DataFrame, words: Words, outcome: str, language: str) -> str:
    rows = bands[(bands["outcome"] == outcome) & (bands["arm"] == 0)]
    name = words[outcome].label(language)
    if rows.empty:
        return told("no_value", language, name=name)
    first, last = rows.iloc[0], rows.iloc[-1]
    return told(
        "change", language, name=name,
        first=number(first["median"], language), last=number(last["median"], language),
        **{"from": str(first["year"]), "to": str(last["year"])},
    )  # fmt: skip


def over_time(
    many: Ensemble, bands: pd.DataFrame, arms: Arms, name: str, language: str
) -> Illustration:
    """Return the figure of outcomes over time, per arm."""
    outcomes = shown_outcomes(many)
    key = "arms_over_time" if len(arms.names) > 1 else "over_time"
    said = [told(key, language, band=_band(arms, language))]
    if len(arms.names) > draw.LINES:
        said.append(told("first_arms", language, shown=draw.LINES, all=len(arms.names)))
    changes = " ".join(_change(bands, many.words, one, language) for one in outcomes[:3])
    return Illustration(
        "outcomes_over_time",
        draw.bands_over_time(
            bands,
            outcomes,
            arms.names,
            many.words,
            name,
            policy_marks(many.about, language=language),
            language=language,
        ),
        " ".join([*said, *_rest(many, outcomes, language)]),
        told("over_time_alt", language, changes=changes),
    )


def ranked(
    axes: Sequence[Axis], effects: pd.DataFrame, contrasts: Sequence[Contrast]
) -> list[Axis]:
    """Return factors, those that move some outcome most first."""
    most = dict.fromkeys((axis.name for axis in axes), 0.0)
    for place, contrast in enumerate(contrasts):
        mine = effects.loc[effects["contrast"] == place, "effect"].abs().max()
        if contrast.factor in most and np.isfinite(mine):
            most[contrast.factor] = max(most[contrast.factor], float(mine))
    return sorted(axes, key=lambda axis: -most[axis.name])


def factor_figures(
    many: Ensemble,
    axes: Sequence[Axis],
    arms: Arms,
    name: str,
    language: str,
    weighed: tuple[pd.DataFrame, Sequence[Contrast]],
) -> Iterator[Illustration]:
    """Give a figure per factor: median and 10-90% by level or by tenth, per arm.

    ``weighed`` are the main effects and their contrasts: what they do not tell from zero is grey.
    """
    outcomes = shown_outcomes(many)
    for place, axis in enumerate(axes, start=1):
        column = many.values[:, many.outcomes.index(outcomes[0])]
        ends = by_group(column, axis.of_run, len(axis.names))[[0, -1], 1]
        groups = told("tenths" if axis.tenths else "levels", language)
        does = told("factor_does", language, factor=axis.name, year=str(many.year), groups=groups,
                    band=_band(arms, language, axis))  # fmt: skip
        yield Illustration(
            f"factor_{place}",
            draw.factor_effect(
                many, axis, arms, outcomes, name, untold=untold_of(axis, *weighed),
                language=language,
            ),
            " ".join([does, *_rest(many, outcomes, language)]),
            told(
                "factor_does_alt", language, groups=groups, factor=axis.name,
                name=many.words[outcomes[0]].label(language),
                first=number(ends[0], language), low=axis.names[0],
                last=number(ends[1], language), high=axis.names[-1],
            ),
        )  # fmt: skip


def heat_maps(
    many: Ensemble, pair: tuple[Axis, Axis], arms: Arms, name: str, language: str
) -> Iterator[Illustration]:
    """Give a heat map of two levers with values, per arm."""
    outcomes = shown_outcomes(many)
    for arm, called in enumerate(arms.names[:HEATED]):
        rows = arms.of_run == arm
        if not rows.any():
            continue
        where = told("together_arm", language, arm=called) if len(arms.names) > 1 else ""
        names = {"a": pair[0].name, "b": pair[1].name}
        title = told("together", language, arm=where, **names)
        arm_name = called if len(arms.names) > 1 else ""
        drawn = heat.heat_map(many, pair, rows, outcomes, arm_name, name, language=language)
        yield Illustration(
            f"heat_map_{arm + 1}",
            drawn,
            told("heat", language, title=title, year=str(many.year)),
            told("heat_alt", language, **names),
        )


def overview(
    many: Ensemble, effects: pd.DataFrame, contrasts: Sequence[Contrast], name: str, language: str
) -> list[Illustration]:
    """Return the figure of what moves what, where there is more than one contrast."""
    if not 2 <= len(contrasts) <= 24:
        return []
    # Words and arms by the level that is set against the first.
    called = [factor_name(one, language) for one in contrasts]
    names = [
        f"{factor}: {one.level}" if one.words else factor
        for factor, one in zip(called, contrasts, strict=True)
    ]
    outcomes = list(many.outcomes)
    drawn = heat.overview(effects, many.words, names, outcomes, name, language=language)
    counts = {"outcomes": len(outcomes), "contrasts": len(names)}
    return [
        Illustration(
            "what_moves_what",
            drawn,
            told("moves", language),
            told("moves_alt", language, **counts),
        )
    ]


def two_groups(
    many: Ensemble,
    judged: Mapping[str, tuple[Needed, Modality]],
    name: str,
    language: str,
) -> list[Illustration]:
    """Return histograms of the points whose replicates fall apart most evenly."""
    samples = []
    points = point_numbers(many)
    for outcome, (_, found) in judged.items():
        if found.flagged.any():
            row = most_divided(found)
            values = samples_of(many, outcome)[row]
            even = float(min(found.above[row], 1 - found.above[row]))
            known = values[np.isfinite(values)]
            sample = (outcome, str(points[row]), known, float(found.split[row]))
            samples.append((even, sample))
    if not samples:
        return []
    samples.sort(key=lambda pair: -pair[0])
    chosen = [sample for _, sample in samples[:SEEN]]
    return [
        Illustration(
            "two_groups",
            draw.groups_seen(chosen, many.words, name, language=language),
            told("groups_figure", language),
            told("groups_figure_alt", language, count=len(chosen)),
        )
    ]
