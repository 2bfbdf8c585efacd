"""Paired differences as sections, figures at the head and sentences of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from results.figures import run as draw
from results.reports.declared import SUMMARY
from results.reports.fair import fair
from results.reports.page import Card, Cell, Illustration, Part, breakable
from results.statistics.compare import LEVEL
from results.statistics.modality import LEAST
from results.words.numbers import NONE, number, percent, span
from results.words.outcomes import Words
from results.words.shown import HEADLINES, KEY_OUTCOMES
from results.words.texts import say

Row = Mapping[Any, Any]


class Sides(NamedTuple):
    """What two sides of a comparison are called, and the language of its report."""

    a: str
    b: str
    language: str = "en"

    def say(self, key: str, **values: str | int) -> str:
        """Return a text of ``results/words/texts/versus.toml`` with the names of both."""
        return say(f"versus.{key}", self.language, **{"a": self.a, "b": self.b, **values})

    def number(self, value: Any) -> str:
        """Return a number as text."""
        return number(value, self.language)


def is_faint(row: Row) -> bool:
    """Return whether an interval does not tell a difference from zero; False without one."""
    return bool(row["low"] <= 0.0 <= row["high"])


def is_zero(row: Row) -> bool:
    """Return whether an outcome is zero on both sides of every pair."""
    return row["n"] > 0 and row["mean_a"] == row["mean_b"] == 0.0 and not row["sd"] > 0.0


def intervals(table: pd.DataFrame, sides: Sides) -> str:
    """Return how many intervals are shown, how many leave out zero, and how many by chance would.

    An interval without a width is of an outcome that differs by one amount in every pair.
    """
    rows = table[[not is_zero(row) for row in table.to_dict("records")]] if len(table) else table
    wide = rows[rows["high"] > rows["low"]]
    if wide.empty:
        return ""
    apart = int(((wide["low"] > 0) | (wide["high"] < 0)).sum())
    chance = sides.number(round((1 - LEVEL) * len(wide), 1))
    return sides.say("intervals", shown=len(wide), chance=chance, apart=apart)


def cards(table: pd.DataFrame, words: Words, sides: Sides) -> list[Card]:
    """Return the differences that are shown first, those of the headlines of a run."""
    at = {row["outcome"]: row for row in table.to_dict("records")}
    found = []
    for outcome in (name for name in HEADLINES if name in at):
        row, called = at[outcome], words[outcome]
        name, unit = called.label(sides.language), called.unit_in(sides.language)
        means = sides.say("between", a=sides.number(row["mean_a"]), b=sides.number(row["mean_b"]))
        band = [means] if row["n"] < 2 else [span(row["low"], row["high"], sides.language), means]
        found.append(
            Card(name, _signed(row["difference"], sides), unit if unit.lower() not in name.lower()
                 else "", "\n".join(band), is_faint(row))
        )  # fmt: skip
    return found


def _signed(value: float, sides: Sides) -> str:
    """Return a difference with its sign: +1.2, −0.3."""
    text = sides.number(abs(value))
    return text if text in ("0", NONE) else f"{'+' if value > 0 else '−'}{text}"


def cards_note(table: pd.DataFrame, sides: Sides) -> str:
    """Return what the figures at the head are."""
    seeds = int(table["n"].max()) if len(table) else 0
    return sides.say("cards", n=seeds) if seeds > 1 else sides.say("cards_one")


def paired_parts(
    table: pd.DataFrame, words: Words, sides: Sides, note: str = "", folded: bool = False
) -> list[Part]:
    """Return paired differences as sections: key outcomes, then all others folded.

    Args:
        table: rows of ``results.statistics.compare.paired`` or of sweeps.
        words: what outcomes are called.
        sides: what both sides are called.
        note: more on what the numbers are.
        folded: fold key outcomes too.
    """
    rows = [row for row in table.to_dict("records") if not is_zero(row)]
    zero = [row["outcome"] for row in table.to_dict("records") if is_zero(row)]
    first = [row for row in rows if row["outcome"] in KEY_OUTCOMES]
    rest = [row for row in rows if row["outcome"] not in KEY_OUTCOMES]
    if not first:
        first, rest = rest, []
    years = ", ".join(str(year) for year in sorted(set(table["year"])))
    text = [sides.say("text", years=years, note=sides.say("note")), note, _groups_text(rows, sides)]
    after = [intervals(table, sides)]
    if zero:
        names = ", ".join(words[name].label(sides.language) for name in zero)
        after.append(sides.say("zero", names=names))
    done = _table(first, words, sides)
    parts = [
        Part(sides.say("title"), done, _head(rows, sides), " ".join(filter(None, text)),
             " ".join(filter(None, after)), folded, numbers=True)
    ]  # fmt: skip
    if rest:
        more = _table(rest, words, sides)
        parts.append(Part(sides.say("title_more"), more, _head(rows, sides), folded=True,
                          numbers=True))  # fmt: skip
    return parts


def _head(rows: Sequence[Row], sides: Sides) -> list[str]:
    means = [sides.say("mean_of", name=breakable(name)) for name in (sides.a, sides.b)]
    names = [*means, *(sides.say(key) for key in ("difference", "effect", "positive", "groups"))]
    count = sides.say("seeds" if rows and "points" in rows[0] else "pairs")
    return [say("page.outcome", sides.language), *names, count]


def _table(rows: Sequence[Row], words: Words, sides: Sides) -> list[list[str | Cell]]:
    return [_row(row, words, sides) for row in rows]


def _row(row: Row, words: Words, sides: Sides) -> list[str | Cell]:
    band = "" if row["n"] < 2 else span(row["low"], row["high"], sides.language)
    faint = is_faint(row)
    numbers = [_cell(row[name], sides, faint) for name in ("mean_a", "mean_b")]
    numbers.append(_cell(row["difference"], sides, faint)._replace(band=band))
    numbers += [_cell(row[name], sides, faint) for name in ("effect", "share_positive")]
    groups = Cell(groups_said(row, sides), order=float(row["bimodal"]))
    name = words[row["outcome"]].label_with_unit(sides.language)
    return [name, *numbers, groups, Cell(str(row["n"]), order=float(row["n"]))]


def _cell(value: float, sides: Sides, faint: bool) -> Cell:
    known = float(value) if np.isfinite(value) else None
    return Cell(sides.number(value), order=known, faint=faint)


def groups_said(row: Row, sides: Sides) -> str:
    """Return the two groups of an outcome's differences, or in how many points there are two."""
    flagged, tested = int(row["bimodal"]), int(row["bimodal_tested"])
    if not flagged:
        return NONE
    if "points" in row:
        return sides.say("groups_points", flagged=flagged, tested=tested)
    share = row.get("group_share", float("nan"))
    if not np.isfinite(share):
        return sides.say("groups_flagged")
    shares = {"low_share": 1 - share, "high_share": share}
    means = {name: sides.number(row[f"group_{name}"]) for name in ("low", "high")}
    said = {name: percent(round(one, 2), sides.language) for name, one in shares.items()}
    return sides.say("groups_yes", **means, **said)


def _groups_text(rows: Sequence[Row], sides: Sides) -> str:
    if not any(row["bimodal_tested"] for row in rows):
        return sides.say("groups_few", least=LEAST)
    return sides.say("groups_text" if any(row["bimodal"] for row in rows) else "groups_none")


def summary(table: pd.DataFrame, words: Words, sides: Sides) -> list[str]:
    """Return the summary of a comparison: what is compared, and what differs most to a reader."""
    lines = [sides.say("summary")]
    if said := fair(table, sides.language):
        lines.append(said)
    for row in table[table["outcome"].isin(SUMMARY)].to_dict("records"):
        called = words[row["outcome"]]
        key = "summary_pair" if row["n"] < 2 else "summary_zero" if is_faint(row) else "summary_one"
        lines.append(
            sides.say(
                key, name=called.label(sides.language), year=str(row["year"]),
                unit=called.unit_after(sides.language),
                **{name: sides.number(row[name]) for name in ("difference", "low", "high")},
            )
        )  # fmt: skip
    return lines


def forest(table: pd.DataFrame, words: Words, sides: Sides, name: str) -> Illustration:
    """Return the figure of paired differences."""
    return Illustration(
        name,
        draw.paired_differences(table, words, sides.a, sides.b, language=sides.language),
        sides.say("figure_forest", note=sides.say("note")),
        sides.say("figure_forest_alt", count=len(table)),
    )
