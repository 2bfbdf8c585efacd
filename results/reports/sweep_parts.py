"""The tables of a sweep's report: outcomes, main effects, replicates and their groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from results.reports.page import Cell, Part, breakable
from results.reports.sweep_design import told
from results.statistics.clustered import as_table
from results.statistics.compare import LEVEL
from results.statistics.effects import ARM_FACTOR, Arms, Contrast, by_group
from results.statistics.ensemble import Ensemble
from results.statistics.modality import CHANCE, LEAST, Modality, groups_of, modality
from results.statistics.replication import (
    ABOUT_ZERO,
    EPSILON,
    NOT_REACHED,
    Needed,
    replicates_needed,
)
from results.statistics.replication import LEAST as FEWEST
from results.words.numbers import NONE, number, percent, span
from results.words.shown import KEY_OUTCOMES
from results.words.texts import say

WIDE = 5
"""Columns of numbers that fit beside the names of outcomes."""
LONG = 16
"""Rows from which a table is folded."""
HEAVIEST = 3
"""Contrasts of an outcome that are named as weighing most."""
Row = list[str | Cell]


def factor_name(contrast: Contrast, language: str) -> str:
    """Return what a contrast is of: the factor's name, or the arm."""
    return told("arm", language) if contrast.factor == ARM_FACTOR else contrast.factor


def outcomes_part(many: Ensemble, arms: Arms, language: str) -> list[Part]:
    """Return mean and 10-90% of each outcome in the last year, per arm."""
    parts = []
    for start in range(0, len(arms.names), WIDE):
        chosen = range(start, min(start + WIDE, len(arms.names)))
        rows: list[Row] = []
        for place, outcome in enumerate(many.outcomes):
            column = many.values[:, place]
            cuts = by_group(column, arms.of_run, len(arms.names))
            cells = []
            for k in chosen:
                mean = mean_of(column, arms.of_run == k)
                cells.append(Cell(number(mean, language), span(cuts[k, 0], cuts[k, 2], language),
                                  mean if np.isfinite(mean) else None))  # fmt: skip
            rows.append([many.words[outcome].label_with_unit(language), *cells])
        title = told("outcomes", language, year=str(many.year))
        if len(arms.names) > WIDE:
            title = told("outcomes_arms", language, year=str(many.year), first=start + 1,
                         last=chosen[-1] + 1)  # fmt: skip
        head = [say("page.outcome", language), *(breakable(arms.names[k]) for k in chosen)]
        parts.append(Part(title, rows, head, told("outcomes_text", language),
                          folded=len(rows) > LONG or start > 0, numbers=True))  # fmt: skip
    return parts


def mean_of(column: NDArray[np.float64], rows: NDArray[np.bool_]) -> float:
    """Return the mean of the finite values of some runs, NaN where there are none."""
    known = column[rows & np.isfinite(column)]
    return float(known.mean()) if len(known) else float("nan")


def most_part(
    many: Ensemble, effects: pd.DataFrame, contrasts: Sequence[Contrast], language: str
) -> list[Part]:
    """Return per key outcome the contrasts that weigh most; nothing with few contrasts."""
    if len(contrasts) <= HEAVIEST or effects.empty:
        return []
    rows: list[Row] = []
    for outcome in (name for name in KEY_OUTCOMES if name in many.outcomes):
        mine = effects[effects["outcome"] == outcome]
        apart = mine[(mine["low"] > 0) | (mine["high"] < 0)]
        if apart.empty:
            continue
        order = apart["effect"].abs().sort_values(ascending=False, kind="stable").index
        cells: list[str | Cell] = []
        for row in apart.loc[order[:HEAVIEST]].to_dict("records"):
            contrast = contrasts[int(row["contrast"])]
            name = breakable(f"{factor_name(contrast, language)}: {contrast.text}")
            cells.append(f"{name} ({number(row['effect'], language)})")
        cells += [NONE] * (HEAVIEST - len(cells))
        rows.append([many.words[outcome].label(language), *cells])
    if not rows:
        return []
    places = [told("most_place", language, place=k + 1) for k in range(HEAVIEST)]
    text = told("most_text", language, count=HEAVIEST)
    return [Part(told("most", language), rows, [told("outcome", language), *places], text)]


def effects_parts(
    many: Ensemble, effects: pd.DataFrame, contrasts: Sequence[Contrast], language: str
) -> list[Part]:
    """Return the main effects: outcomes down, contrasts across, with intervals over seeds.

    Key outcomes come first; tables of the others, and those after the first, are folded.
    """
    if effects.empty:
        return []
    keys = [name for name in many.outcomes if name in KEY_OUTCOMES]
    rest = [name for name in many.outcomes if name not in keys]
    if not keys:
        keys, rest = rest, []
    parts = _effects_tables(many, effects, contrasts, (keys, "effects"), language)
    text, after = _effects_text(many, effects, contrasts, language)
    parts[0] = replace(parts[0], text=text, after=after)
    if rest:
        parts += _effects_tables(many, effects, contrasts, (rest, "effects_rest"), language)
    return parts


def _effects_text(
    many: Ensemble, effects: pd.DataFrame, contrasts: Sequence[Contrast], language: str
) -> tuple[str, str]:
    """Return what is said above and below the tables of main effects."""
    seeds = int(effects["seeds"].max())
    text = [told("effects_text", language, year=str(many.year))]
    if seeds < 2:
        text.append(told("effects_one", language))
    else:
        text.append(told("effects_interval", language, seeds=seeds))
        text.append(say("versus.note", language))
    if any(one.tenths for one in contrasts):
        text.append(told("effects_tenths", language))
    wide = effects[effects["high"] > effects["low"]]
    if wide.empty:
        return " ".join(text), ""
    apart = int(((wide["low"] > 0) | (wide["high"] < 0)).sum())
    chance = number(round((1 - LEVEL) * len(wide), 1), language)
    shown = say("versus.intervals", language, shown=len(wide), chance=chance, apart=apart)
    return " ".join(text), shown


def _effects_tables(
    many: Ensemble,
    effects: pd.DataFrame,
    contrasts: Sequence[Contrast],
    which: tuple[Sequence[str], str],
    language: str,
) -> list[Part]:
    at = {(row["contrast"], row["outcome"]): row for row in effects.to_dict("records")}
    outcomes, title = which[0], told(which[1], language)
    parts = []
    wide = -(-len(contrasts) // -(-len(contrasts) // WIDE))  # as many in each table
    for start in range(0, len(contrasts), wide):
        chosen = list(enumerate(contrasts))[start : start + wide]
        rows: list[Row] = []
        for outcome in outcomes:
            cells: list[str | Cell] = [many.words[outcome].label_with_unit(language)]
            cells += [_effect_cell(at[place, outcome], language) for place, _ in chosen]
            rows.append(cells)
        names = [breakable(f"{factor_name(one, language)}: {one.text}") for _, one in chosen]
        called = title
        if len(contrasts) > wide:
            called = told("effects_part", language, title=title, first=start + 1,
                          last=start + len(chosen), all=len(contrasts))  # fmt: skip
        folded = start > 0 or which[1] != "effects" or len(rows) > LONG
        head = [say("page.outcome", language), *names]
        parts.append(Part(called, rows, head, folded=folded, numbers=True))
    return parts


def _effect_cell(row: Mapping[Any, Any], language: str) -> Cell:
    notes = []
    if row["seeds"] >= 2:
        notes.append(span(row["low"], row["high"], language))
    if not pd.isna(row["points_error"]):
        error = number(row["points_error"], language)
        notes.append(told("points_error", language, error=error))
    order = float(row["difference"]) if np.isfinite(row["difference"]) else None
    # Beside chance over seeds, that of which points fell into a tenth.
    faint = row["low"] <= 0.0 <= row["high"] or abs(row["difference"]) <= row["points_error"]
    return Cell(number(row["difference"], language), "\n".join(notes), order, bool(faint))


def samples_of(many: Ensemble, outcome: str) -> NDArray[np.float64]:
    """Return the replicates of every point, shape (points, replicates), in the outcome's unit."""
    values = many.values[:, many.outcomes.index(outcome)]
    point = many.runs["point"].to_numpy(dtype=np.int64)
    return as_table(values, point, many.runs["replicate"].to_numpy(dtype=np.int64))


def judge(many: Ensemble) -> dict[str, tuple[Needed, Modality]]:
    """Return per outcome what its replicates say at every point."""
    found = {}
    for outcome in many.outcomes:
        table = samples_of(many, outcome)
        found[outcome] = (replicates_needed(table), modality(table))
    return found


def replicates_part(
    many: Ensemble,
    judged: Mapping[str, tuple[Needed, Modality]],
    keys: Sequence[str],
    language: str,
) -> Part:
    """Return how many replicates would do per outcome, and whether there are enough."""
    given = int(many.about.get("replicates") or 0)
    title = told("needed", language)
    if all((needed.seen < FEWEST).all() for needed, _ in judged.values()):
        return Part(title, text=told("needed_few", language, least=FEWEST))
    rows: list[Row] = []
    short, unknown = [], []
    for outcome, (needed, _) in judged.items():
        if (needed.verdict == NOT_REACHED).any() and outcome in keys:
            short.append(many.words[outcome].label(language))
        if (needed.verdict == ABOUT_ZERO).any() and outcome in keys:
            unknown.append(many.words[outcome].label(language))
        rows.append([many.words[outcome].label(language), *_needed_cells(needed, language)])
    head = [told(key, language) for key in (
        "outcome", "variation", "would_do", "answered", "not_reached", "about_zero")]  # fmt: skip
    said = []
    if short:
        said.append(told("needed_short", language, given=given, names=", ".join(short)))
    elif not unknown:
        said.append(told("needed_enough", language, given=given))
    if unknown:
        said.append(told("needed_unknown", language, names=", ".join(unknown)))
    text = told("needed_text", language, epsilon=number(EPSILON, language))
    return Part(title, rows, head, " ".join([*said, text]), folded=True, numbers=True)


def _needed_cells(needed: Needed, language: str) -> list[Cell | str]:
    answers = needed.replicates[needed.replicates > 0]
    known = needed.cv[np.isfinite(needed.cv)]
    middle = float(np.median(answers)) if len(answers) else None
    most = told("at_most", language, count=int(answers.max())) if len(answers) else ""
    variation = float(np.median(known)) if len(known) else None
    counts = (int((needed.verdict == verdict).sum()) for verdict in (NOT_REACHED, ABOUT_ZERO))
    return [
        Cell(number(variation, language), order=variation),
        Cell(number(middle, language), most, middle),
        Cell(told("of", language, some=len(answers), all=len(needed.seen)), order=len(answers)),
        *(Cell(str(count), order=count) for count in counts),
    ]


def modes_part(
    many: Ensemble, judged: Mapping[str, tuple[Needed, Modality]], language: str
) -> Part:
    """Return at how many points the replicates of an outcome fall into two groups, and which."""
    title = told("modes", language)
    tested = {outcome: int(found.tested.sum()) for outcome, (_, found) in judged.items()}
    if not any(tested.values()):
        return Part(title, text=told("modes_few", language, least=LEAST))
    text = told("modes_text", language, chance=percent(CHANCE, language))
    found_rows: list[tuple[int, Row]] = []
    for outcome, (_, found) in judged.items():
        flagged = int(found.flagged.sum())
        if flagged:
            cells = _modes_cells(many, outcome, found, language)
            found_rows.append((flagged, [many.words[outcome].label(language), *cells]))
    if not found_rows:
        none = told("modes_none", language, count=number(sum(tested.values()), language))
        return Part(title, text=f"{text} {none}")
    found_rows.sort(key=lambda pair: -pair[0])
    head = [told(key, language) for key in (
        "outcome", "flagged", "by_chance", "smaller", "divided")]  # fmt: skip
    rows = [row for _, row in found_rows]
    return Part(title, rows, head, text, folded=len(rows) > LONG, numbers=True)


def _modes_cells(many: Ensemble, outcome: str, found: Modality, language: str) -> list[Cell | str]:
    flagged, tested = int(found.flagged.sum()), int(found.tested.sum())
    share = float(np.nanmedian(np.minimum(found.above, 1 - found.above)))
    row = most_divided(found)
    groups = groups_of(samples_of(many, outcome)[row])
    said = NONE
    if groups is not None:
        said = told(
            "divided_groups", language, point=str(point_numbers(many)[row]),
            low_count=groups.low_count, low=number(groups.low, language),
            high_count=groups.high_count, high=number(groups.high, language),
        )  # fmt: skip
    return [
        Cell(told("of", language, some=flagged, all=tested), order=flagged),
        Cell(number(tested * CHANCE, language), order=tested * CHANCE),
        Cell(percent(round(share, 2), language), order=share),
        said,
    ]


def most_divided(found: Modality) -> int:
    """Return the row of the flagged sample that is divided most evenly."""
    even = np.where(found.flagged, np.minimum(found.above, 1 - found.above), -1.0)
    return int(even.argmax())


def point_numbers(many: Ensemble) -> NDArray[np.int64]:
    """Return the number of the point of each row of a sample: points with a run, in order."""
    return np.unique(many.runs["point"].to_numpy(dtype=np.int64))
