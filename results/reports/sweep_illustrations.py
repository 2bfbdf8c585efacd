"""Which figures a sweep allows, with their captions and alternative texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from results.figures import heat
from results.figures import sweep as draw
from results.figures.dates import policy_marks
from results.figures.factor import untold_of
from results.reports.page import Illustration
from results.reports.sweep_parts import samples_of
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


def _rest(many: Ensemble, outcomes: Sequence[str]) -> str:
    left = len(many.outcomes) - len(outcomes)
    return f" {left} more outcomes are in the tables." if left else ""


def _band(arms: Arms, axis: Axis | None = None) -> str:
    """Return what is drawn around or instead of a band."""
    if axis is not None and axis.words:
        return "The bar holds 80%"
    return "The band holds 80%" if len(arms.names) <= draw.BANDS else "The line is the median"


def _change(bands: pd.DataFrame, words: Words, outcome: str, arm: int) -> str:
    rows = bands[(bands["outcome"] == outcome) & (bands["arm"] == arm)]
    if rows.empty:
        return f"{words[outcome].english}: no value."
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"{words[outcome].english}: median {number(first['median'])} in {first['year']} and "
        f"{number(last['median'])} in {last['year']}."
    )


def over_time(many: Ensemble, bands: pd.DataFrame, arms: Arms, name: str) -> Illustration:
    """Return the figure of outcomes over time, per arm."""
    outcomes = shown_outcomes(many)
    hidden = len(arms.names) - draw.LINES
    more = f" The first {draw.LINES} of {len(arms.names)} arms." if hidden > 0 else ""
    return Illustration(
        "outcomes_over_time",
        draw.bands_over_time(
            bands, outcomes, arms.names, many.words, name, policy_marks(many.about)
        ),
        f"{'Each arm over' if len(arms.names) > 1 else 'Over'} time. {_band(arms)} of all "
        f"runs: what the factors do and chance together.{more}{_rest(many, outcomes)}",
        "Small line charts by year, one per outcome. "
        + " ".join(_change(bands, many.words, outcome, 0) for outcome in outcomes[:3]),
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
    weighed: tuple[pd.DataFrame, Sequence[Contrast]],
) -> list[Illustration]:
    """Return a figure per factor: median and 10-90% by level or by tenth, per arm.

    ``weighed`` are the main effects and their contrasts: what they do not tell from zero is grey.
    """
    outcomes, found = shown_outcomes(many), []
    for place, axis in enumerate(axes, start=1):
        column = many.values[:, many.outcomes.index(outcomes[0])]
        ends = by_group(column, axis.of_run, len(axis.names))[[0, -1], 1]
        groups = "tenths of the points" if axis.tenths else "levels"
        found.append(
            Illustration(
                f"factor_{place}",
                draw.factor_effect(
                    many, axis, arms, outcomes, name, untold=untold_of(axis, *weighed)
                ),
                f"What {axis.name} does: outcomes of {many.year} by its {groups}. "
                f"{_band(arms, axis)} of the runs of a group, over all other factors and seeds."
                f"{_rest(many, outcomes)}",
                f"Small charts by {groups} of {axis.name}, one per outcome. "
                f"{many.words[outcomes[0]].english}: median {number(ends[0])} at {axis.names[0]} "
                f"and {number(ends[1])} at {axis.names[-1]}.",
            )
        )
    return found


def heat_maps(many: Ensemble, pair: tuple[Axis, Axis], arms: Arms, name: str) -> list[Illustration]:
    """Return a heat map of two levers with values, per arm."""
    outcomes, found = shown_outcomes(many), []
    for arm, called in enumerate(arms.names[:HEATED]):
        rows = arms.of_run == arm
        if not rows.any():
            continue
        where = f" ({called})" if len(arms.names) > 1 else ""
        title = f"{pair[0].name} and {pair[1].name} together{where}"
        found.append(
            Illustration(
                f"heat_map_{arm + 1}",
                heat.heat_map(many, pair, rows, outcomes, title, name),
                f"{title}: the median of {many.year} for each combination. Where a row or column "
                "changes the pattern of another, the two levers depend on each other.",
                f"Heat maps, one per outcome, of {pair[0].name} across and {pair[1].name} up.",
            )
        )
    return found


def overview(
    many: Ensemble, effects: pd.DataFrame, contrasts: Sequence[Contrast], name: str
) -> list[Illustration]:
    """Return the figure of what moves what, where there is more than one contrast."""
    if not 2 <= len(contrasts) <= 24:
        return []
    # Words and arms by the level that is set against the first.
    names = [
        f"{one.factor}: {one.text.partition(' minus ')[0]}" if one.words else one.factor
        for one in contrasts
    ]
    return [
        Illustration(
            "what_moves_what",
            heat.overview(effects, many.words, names, list(many.outcomes), name),
            "The main effects of the tables above, in standard deviations of all runs: what "
            "weighs most, for which outcome. Intervals are in the tables.",
            f"A table of colours: {len(many.outcomes)} outcomes down, {len(names)} contrasts "
            "across.",
        )
    ]


def two_groups(
    many: Ensemble, judged: Mapping[str, tuple[Needed, Modality]], name: str
) -> list[Illustration]:
    """Return histograms of the points whose replicates fall apart most evenly."""
    samples = []
    # A point's number is the place of its row: rows are points with a finished run, in order.
    points = np.unique(many.runs["point"].to_numpy())
    for outcome, (_, found) in judged.items():
        if found.flagged.any():
            even = np.where(found.flagged, np.minimum(found.above, 1 - found.above), -1.0)
            row = int(even.argmax())
            values = samples_of(many, outcome)[row]
            samples.append(
                (
                    float(even[row]),
                    (
                        outcome,
                        f"point {points[row]}",
                        values[np.isfinite(values)],
                        float(found.split[row]),
                    ),
                )
            )
    if not samples:
        return []
    samples.sort(key=lambda pair: -pair[0])
    chosen = [sample for _, sample in samples[:SEEN]]
    return [
        Illustration(
            "two_groups",
            draw.groups_seen(chosen, many.words, name),
            "For each outcome with points in two groups, the point that is divided most evenly: "
            "its replicates. Which factors a point has is in points.parquet.",
            f"Histograms of replicates at {len(chosen)} points, each with two peaks.",
        )
    ]
