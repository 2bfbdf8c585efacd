"""What a factor of a sweep does: outcomes of the last year by its levels, or by tenths."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator
from numpy.typing import NDArray

from results.figures.arms import BANDS, LINES, many_arms, marked, own_word
from results.figures.letters import fit, width, wrap
from results.figures.panels import (
    DASHES,
    POINTS,
    Look,
    few_ticks,
    from_zero,
    grid,
    name_panel,
    plain_numbers,
    room,
    say_empty,
    scales_note,
    sentences,
)
from results.figures.style import GREY, PALETTE, SMALL, Heading, finish, styled
from results.statistics.clustered import as_table
from results.statistics.effects import Arms, Axis, Contrast, by_group
from results.statistics.ensemble import Ensemble
from results.statistics.modality import modality
from results.words.figures import percent, say
from results.words.numbers import number
from results.words.units import DUTCH

JUDGED = 200
"""Runs of a cell of which it is judged whether they fall into two groups; of more, evenly taken."""


def level_names(axis: Axis, language: str) -> list[str]:
    """Return what the groups of a factor are called: words, on and off, or the number of each."""
    if axis.words:
        return [own_word(text, language) for text in axis.names]
    return [number(place, language) for place in axis.places]


def level_labels(axis: Axis, inches: float, language: str, lines: int = 2) -> tuple[list[str], str]:
    """Return what stands at each level of a factor, and what a note has to say of it.

    Names stand there where each fits its room, else numbers, which the note explains.

    Args:
        axis: the factor.
        inches: room of each name.
        language: ``en`` or ``nl``.
        lines: that a name may take.
    """
    names = level_names(axis, language)
    wrapped = [wrap(text, inches, SMALL, lines) for text in names]
    if not axis.words or not any(line.endswith("…") for one in wrapped for line in one):
        return ["\n".join(one) for one in wrapped], ""
    said = "; ".join(f"{k} {fit(text, 2.4, SMALL)}" for k, text in enumerate(names, start=1))
    numbers = [str(k) for k in range(1, len(names) + 1)]
    return numbers, say("numbered", language, name=axis.name, names=said)


def unit_of(axis: Axis, language: str) -> str:
    """Return the unit of a factor in ``en`` or ``nl``."""
    return DUTCH.get(axis.unit, axis.unit) if language == "nl" else axis.unit


def untold(effects: pd.DataFrame) -> pd.Series:
    """Return for each main effect whether it is not told from zero.

    Told is one whose interval over seeds leaves out zero and, between tenths, that is larger than
    two standard errors over points. With one seed only the latter is known.
    """
    seeds = (effects["low"] <= 0) & (effects["high"] >= 0)
    points = effects["difference"].abs() <= effects["points_error"]
    return seeds | points | effects["difference"].isna()


def untold_of(
    axis: Axis, effects: pd.DataFrame, chosen: Sequence[Contrast]
) -> frozenset[str] | None:
    """Return the outcomes for which no contrast of a factor is told from zero.

    None where there are no intervals.

    Args:
        axis: the factor.
        effects: what ``results.statistics.effects.main_effects`` returns.
        chosen: the contrasts, by their numbers in ``effects``.
    """
    mine = [k for k, one in enumerate(chosen) if one.factor == axis.name]
    rows = effects[effects["contrast"].isin(mine)] if len(effects) else effects
    if not len(rows) or not rows["low"].notna().any():
        return None
    found = rows.assign(untold=untold(rows)).groupby("outcome")["untold"].all()
    return frozenset(str(name) for name in found.index[found])


@styled
def factor_effect(
    many: Ensemble,
    axis: Axis,
    arms: Arms,
    outcomes: Sequence[str],
    name: str = "",
    *,
    untold: Collection[str] | None = None,
    language: str = "en",
) -> Figure:
    """Draw outcomes of the last year by the levels of a factor, or by tenths, per arm.

    Runs of a group that fall into two are drawn as two points.

    Args:
        many: a sweep.
        axis: the factor and its groups.
        arms: the arms of the sweep.
        outcomes: what to draw, in this order.
        name: the sweep, in the footnote.
        untold: outcomes for which no interval tells what the factor does from zero: grey. None:
            there are no intervals.
        language: ``en`` or ``nl``.
    """
    shown = min(len(arms.names), LINES)
    figure, panels = grid(len(outcomes), tall=2.0, shared=False)
    zeros, split = [], False
    for place, (axes, outcome) in enumerate(zip(panels, outcomes, strict=False)):
        name_panel(axes, many.words[outcome], language)
        column = many.values[:, many.outcomes.index(outcome)]
        least = np.inf
        for arm in range(shown):
            rows = arms.of_run == arm
            cuts, halves = cuts_of(column[rows], axis.of_run[rows], len(axis.names))
            split |= bool(halves)
            colour = GREY if outcome in (untold or ()) else PALETTE[arm]
            look = Look(colour, DASHES[arm], POINTS[arm])
            least = min(least, float(np.nanmin(cuts, initial=np.inf)))
            cuts[list(halves)] = np.nan  # a median between two groups describes neither
            _line(axes, axis, cuts, look, (arm, shown))
            _split(axes, axis, halves, look, (arm, shown))
        _factor_axis(axes, axis, place + 2 >= len(outcomes), language)
        zeros.append(from_zero(axes, least, many.words[outcome], language))
    if not outcomes:
        say_empty(panels[0], say("no value", language))
    groups = say("tenths" if axis.tenths else "levels", language)
    said = "factor point" if axis.words else "factor line" if shown <= BANDS else "factor median"
    note = sentences(
        say(said, language, year=many.year, groups=groups, runs=number(len(many.runs), language)),
        say("factor split", language) if split else "",
        "" if untold is None else say(
            "factor grey", language, grey=sum(one in untold for one in outcomes),
            tested=len(outcomes),
        ),
        level_labels(axis, (room(2) - 0.1) / len(axis.names), language)[1],
        many_arms(arms.names, language),
        scales_note(zeros, language),
    )  # fmt: skip
    key = marked(arms.names, language, axis.words)
    return finish(figure, Heading(say("factor", language, name=axis.name), note, name, language,
                                  key))  # fmt: skip


Halves = dict[int, tuple[tuple[float, float], tuple[float, float]]]
"""Per group of runs in two groups, the median and share of each."""


def cuts_of(
    column: NDArray[np.float64], of_run: NDArray[np.int64], groups: int
) -> tuple[NDArray[np.float64], Halves]:
    """Return 10%, median and 90% of each group, and the groups whose runs fall into two."""
    cuts = by_group(column, of_run, groups)
    halves: Halves = {}
    known = np.isfinite(column)
    if not known.any():
        return cuts, halves
    codes = np.unique(of_run[known])
    table = as_table(column[known], of_run[known], np.arange(int(known.sum())))
    for code, row in zip(codes, table, strict=True):
        values = row[np.isfinite(row)]
        found = modality(values[:: -(-len(values) // JUDGED)])
        if found.flagged[0]:
            low, high = values[values <= found.split[0]], values[values > found.split[0]]
            share = len(high) / len(values)
            halves[int(code)] = (
                (float(np.median(low)), 1 - share),
                (float(np.median(high)), share),
            )
    return cuts, halves


def _places(axis: Axis, arm: tuple[int, int]) -> NDArray[np.float64]:
    """Return where an arm, of so many, stands: arms of a factor of words stand side by side."""
    if not axis.words:
        return axis.places
    place, arms = arm
    return axis.places + (place - (arms - 1) / 2) * min(0.16, 0.6 / arms)


def _line(
    axes: Axes, axis: Axis, cuts: NDArray[np.float64], look: Look, arm: tuple[int, int]
) -> None:
    """Draw one arm: a line and band over numbers, points with bars over words."""
    low, middle, high = cuts.T
    x = _places(axis, arm)
    if axis.words:
        bars = np.vstack([middle - low, high - middle])
        axes.errorbar(x, middle, yerr=bars, fmt=look.marker, color=look.colour, capsize=3,
                      markersize=5, linewidth=1.4)  # fmt: skip
        return
    if arm[1] <= BANDS:
        axes.fill_between(x, low, high, color=look.colour, alpha=0.2, linewidth=0)
    axes.plot(x, middle, color=look.colour, linewidth=1.8, marker=look.marker, markersize=4,
              linestyle=look.dash)  # fmt: skip


def _split(axes: Axes, axis: Axis, halves: Halves, look: Look, arm: tuple[int, int]) -> None:
    """Draw groups of runs in two groups as two open points, with their shares if there is room."""
    x = _places(axis, arm)
    for group, two in halves.items():
        axes.plot([x[group]] * 2, [at for at, _ in two], color=look.colour, linewidth=0.9,
                  linestyle=":")  # fmt: skip
        for at, share in two:
            axes.plot(x[group], at, marker="D", markersize=3 + 5 * share, markerfacecolor="white",
                      markeredgecolor=look.colour, markeredgewidth=1.4, zorder=5,
                      clip_on=False)  # fmt: skip
            if arm[1] == 1 and len(axis.names) <= 4:
                axes.annotate(percent(share), (x[group], at), xytext=(6, 0), va="center",
                              textcoords="offset points", fontsize=SMALL)  # fmt: skip


def _factor_axis(axes: Axes, axis: Axis, last: bool, language: str) -> None:
    """Label the axis of a factor: words by name or number, numbers with their unit."""
    inches = room(2) - 0.25
    unit = fit(unit_of(axis, language), inches, SMALL)
    shown = f"{axis.name} ({unit})" if unit else axis.name
    if axis.words:
        labels, _ = level_labels(axis, (room(2) - 0.1) / len(axis.names), language)
        axes.set_xticks(axis.places, labels)
        axes.set_xlim(axis.places.min() - 0.5, axis.places.max() + 0.5)
        axes.grid(axis="x", visible=False)
    else:
        _number_axis(axes, axis)
        plain_numbers(axes, x=True, language=language)
    lines = wrap(shown, inches, SMALL)
    if axes.get_xscale() == "log":
        lines.append(say("logarithmic", language))
    axes.set_xlabel("\n".join(lines) if last else "")


def _number_axis(axes: Axes, axis: Axis) -> None:
    """Choose where a factor of numbers has ticks: at its levels, or a few round numbers."""
    if axis.logarithmic and axis.places.min() > 0:
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0), numticks=5))
        axes.xaxis.set_minor_locator(NullLocator())
        return
    gaps = np.diff(np.sort(axis.places)) / max(float(np.ptp(axis.places)), 1e-300)
    widest = max(width(number(place), SMALL) for place in axis.places)
    if len(axis.places) <= 6 and gaps.min(initial=1.0) * (room(2) - 0.2) > widest + 0.08:
        axes.set_xticks(axis.places)
    else:
        few_ticks(axes, axis.places, room(2))
