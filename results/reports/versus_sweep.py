"""The report on two sweeps, or on the levels of one factor of a sweep, paired point by point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from results.reports.about import rest_of
from results.reports.alone import alone
from results.reports.declared import REPORT, cite_part, manifest_part
from results.reports.differences import Sides, cards, cards_note, forest, paired_parts, summary
from results.reports.illustrations import save_all
from results.reports.page import Card, Cell, Illustration, Part, Report, write_page
from results.reports.versus import differs_part
from results.store.reading import declared_outcomes, is_sweep, manifest
from results.words.numbers import span
from results.words.outcomes import Words
from results.words.texts import say

DRAWN = 6
"""Levels of which a figure is drawn; the others are in the tables."""
OPEN = 2
"""Levels up to which tables of key outcomes are not folded."""


def name_of_sweep(about: Mapping[str, Any], folder: Path) -> str:
    """Return the name of a sweep, or regime and region of a run, as far as a manifest says them."""
    if is_sweep(about):
        return str(about.get("name") or folder.name)
    return str((about.get("scenario") or {}).get("regime") or folder.name)


def _spread(table: pd.DataFrame, words: Words, sides: Sides) -> Part:
    """Return how differences vary over points and seeds, and what was left out."""
    rows: list[list[str | Cell]] = []
    for row in table.to_dict("records"):
        wide = span(row["gap_low"], row["gap_high"], sides.language)
        counts = [
            Cell(sides.number(row[name]), order=float(row[name])) for name in ("points", "pairs")
        ]
        rows.append([words[row["outcome"]].label_with_unit(sides.language), wide, *counts])
    first = table.iloc[0] if len(table) else {"unpaired_a": 0, "unpaired_b": 0}
    heads = [sides.say(key) for key in ("spread_range", "points", "pairs")]
    unpaired = {"a": str(first["unpaired_a"]), "b": str(first["unpaired_b"])}
    return Part(
        sides.say("spread"), rows, [say("page.outcome", sides.language), *heads],
        sides.say("spread_text", **unpaired), folded=True, numbers=True,
    )  # fmt: skip


@alone
def write_folders(
    folder: Path | str,
    dir_a: Path | str,
    dir_b: Path | str,
    table: pd.DataFrame,
    language: str = "en",
) -> Path:
    """Write ``report.html`` and figures in ``folder`` on two folders, one of a sweep or both.

    Args:
        folder: where to.
        dir_a: the first.
        dir_b: the second.
        table: what ``results.statistics.clustered.compare_folders`` says of them.
        language: ``en`` or ``nl``.
    """
    folder, dir_a, dir_b = Path(folder), Path(dir_a), Path(dir_b)
    abouts = manifest(dir_a), manifest(dir_b)
    words = Words(declared_outcomes(dir_a), declared_outcomes(dir_b))
    one, two = (name_of_sweep(about, where) for about, where in zip(abouts, (dir_a, dir_b),
                                                                    strict=True))  # fmt: skip
    if one == two:
        one, two = dir_a.name, dir_b.name
    sides = Sides(one, two, language)
    parts = [
        *paired_parts(table, words, sides, sides.say("clusters")),
        Part(say("page.figures", language), figures=_saved(
            [forest(table, words, sides, "paired_differences")], folder)),
        _spread(table, words, sides),
        differs_part(*abouts, sides),
        *cite_part(abouts, language),
        *(manifest_part(_short(about), say("page.manifest_of", language, name=name), language)
          for name, about in zip((one, two), abouts, strict=True)),
    ]  # fmt: skip
    first = table.iloc[0] if len(table) else {"unpaired_a": 0, "unpaired_b": 0}
    unpaired = {"a": str(first["unpaired_a"]), "b": str(first["unpaired_b"])}
    facts = [
        (sides.say("first"), one),
        (sides.say("second"), two),
        *_counts(table, sides),
        (sides.say("unpaired"), sides.say("two_numbers", **unpaired)),
    ]
    return write_page(
        folder / REPORT,
        Report(
            sides.say("name"), sides.say("kind"), facts, cards(table, words, sides),
            cards_note(table, sides), summary(table, words, sides), parts, language,
        ),
    )  # fmt: skip


def _counts(table: pd.DataFrame, sides: Sides) -> list[tuple[str, str]]:
    """Return how many points and seeds were compared, and in which year."""
    most = table[["points", "n"]].max() if len(table) else {"points": 0, "n": 0}
    years = ", ".join(sorted({str(year) for year in table["year"]}))
    return [
        (sides.say("points"), sides.number(most["points"])),
        (sides.say("seeds"), sides.number(most["n"])),
        (sides.say("compared"), years),
    ]


@alone
def write_levels(
    folder: Path | str, sweep: Path | str, by: str, table: pd.DataFrame, language: str = "en"
) -> Path:
    """Write ``report.html`` and figures in ``folder`` on the levels of one factor of a sweep.

    Args:
        folder: where to.
        sweep: the sweep's folder.
        by: name of the factor.
        table: what ``results.statistics.clustered.compare_levels`` says of it.
        language: ``en`` or ``nl``.
    """
    folder, sweep = Path(folder), Path(sweep)
    about, words = manifest(sweep), Words(declared_outcomes(sweep))
    parts: list[Part] = []
    shown: list[Illustration] = []
    lines: list[str] = []
    heads: list[Card] = []
    none = say("versus.none", language)
    groups = [(str(level), rows) for level, rows in table.groupby("level", sort=False)]
    base = str(table["first"].iloc[0]) if len(table) else ""
    sides = Sides(f"{by} = {base or none}", "", language)
    for place, (level, rows) in enumerate(groups):
        sides = sides._replace(b=f"{by} = {level or none}")
        many = len(groups) > OPEN
        parts += paired_parts(rows, words, sides, sides.say("clusters"), folded=many)
        parts.append(_spread(rows, words, sides))
        lines += summary(rows, words, sides)
        if place < DRAWN:
            name = f"paired_differences_{place + 1}"
            shown.append(forest(rows.reset_index(drop=True), words, sides, name))
        heads = heads or cards(rows, words, sides)
    first = sides._replace(b=f"{by} = {groups[0][0] or none}") if groups else sides
    figures = Part(say("page.figures", language), figures=_saved(shown, folder))
    manifest_ = manifest_part(_short(about), say("page.manifest", language), language)
    name = say("versus.by", language, name=name_of_sweep(about, sweep), factor=by)
    levels = ", ".join([base or none, *(level or none for level, _ in groups)])
    facts = [
        (say("versus.factor", language), by),
        (say("versus.levels", language), levels),
        *_counts(table, first),
    ]
    return write_page(
        folder / REPORT,
        Report(
            name, first.say("kind"), facts, heads, cards_note(table, first), lines,
            [*parts, figures, *cite_part([about], language), manifest_], language,
        ),
    )  # fmt: skip


def _short(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return a manifest without its long lists."""
    left_out = ("experiment", "factors")
    return {key: value for key, value in rest_of(about).items() if key not in left_out}


def _saved(shown: Sequence[Illustration], folder: Path) -> list[Illustration]:
    folder.mkdir(parents=True, exist_ok=True)
    return save_all(shown, folder)
