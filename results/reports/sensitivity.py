"""The report on a sweep's sensitivity: sentences, figures, and a table for each outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from results.figures.sensitivity import LEADING, what_matters
from results.reports.about import rest_of
from results.reports.alone import alone
from results.reports.declared import REPORT, closing
from results.reports.illustrations import save_all
from results.reports.page import Card, Cell, Illustration, Part, Report, breakable, write_page
from results.statistics.sensitivity.answered import ALONE, CROSSED, Answered
from results.statistics.sensitivity.rows import SAMPLE
from results.statistics.swept import FULL, LISTED, SCHEME, TRAJECTORIES
from results.words.numbers import NONE, number, percent, span
from results.words.texts import say

SAID = 6
"""Outcomes of which the summary has a sentence, and that are drawn."""
OPEN = 4
"""Tables that are not folded."""
NAMED = 4
"""Factors that a sentence names after the first, and that it says are not told from zero."""
_SHARES = ("S1", "ST", "S2")
_ORDER = ("mu*", "mu", "sigma", "ST", "S1", "PAWN", "effect")
_MEANT = {
    TRAJECTORIES: "d_morris", SCHEME: "d_saltelli", FULL: "d_factorial", CROSSED: "d_levels",
    LISTED: "d_points",
}  # fmt: skip


class _Told(NamedTuple):
    """An answer and the language in which it is told."""

    answer: Answered
    language: str
    draws: int

    def say(self, key: str, **values: str | int) -> str:
        """Return a text of ``results/words/texts/sensitivity.toml``."""
        return say(f"sensitivity.{key}", self.language, **values)

    def number(self, value: Any) -> str:
        """Return a number as text."""
        return number(value, self.language)

    def outcome(self, name: str) -> str:
        """Return what an outcome is called."""
        return self.answer.found.words[name].label(self.language)

    def factor(self, name: str) -> str:
        """Return what a row of a table is called."""
        if not name:
            return self.say("of_one_run")
        return self.say("sampled") if name == SAMPLE else breakable(name)


def is_told(row: Mapping[Any, Any]) -> bool:
    """Return whether an index is told from that of a factor which does nothing."""
    if row["index"] == "PAWN":
        return bool(row["value"] > row["idle"])
    if pd.isna(row["low"]) or row["value"] < row["idle"]:
        return False
    below = row["high"] < 0.0 and row["index"] not in _SHARES  # a share of variance is never below
    return bool(row["low"] > 0.0 or below)


def ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one group: index by index, factors by size, seeds last."""
    places = {index: place for place, index in enumerate(_ORDER)}
    rank = rows["index"].map(places).fillna(len(places)).astype(float)
    rank += (rows["index"] == "S_seed") * 2.0
    size = -rows["value"].abs()
    keys = pd.DataFrame({"rank": rank, "size": size}).sort_values(["rank", "size"], kind="stable")
    return rows.loc[keys.index]


def notes_of(answer: Answered, language: str) -> list[str]:
    """Return what is to be said beside the answers, a sentence each."""
    return [say(f"sensitivity.{one.key}", language, **one.values) for one in answer.notes]


_NOTES = ("partly", "failed", "lacking", "one_seed", "few_seeds", "constant", "empty",
          "below_mean", "all_noise", "only_seeds")  # fmt: skip
"""Keys of those sentences."""


@alone
def write_sensitivity(
    folder: Path, answer: Answered, made: Mapping[str, Any], language: str = "en"
) -> Path:
    """Write ``report.html`` and the figures in ``folder``.

    Args:
        folder: where to.
        answer: what the sweep says.
        made: the manifest of the answer; ``first`` is that of the sweep.
        language: ``en`` or ``nl``.
    """
    told, found = _Told(answer, language, int(made["draws"])), answer.found
    about = made["first"]
    name = str(about.get("name") or found.folder.name)
    drawn = save_all(list(_figures(told, name)), folder)
    rest = {key: value for key, value in rest_of(made).items() if key != "first"}
    report = Report(
        name=told.say("name", name=name),
        kind=told.say("kind"),
        facts=[
            (told.say("sweep"), f"{name} ({str(about.get('id') or '')[:10]})"),
            (told.say("design"), str(about["design"]["kind"])),
            (told.say("year"), str(found.year)),
            (told.say("runs"), told.say("runs_of", done=told.number(found.done),
                                        runs=told.number(found.runs))),
            (told.say("seeds"), told.number(found.seeds)),
        ],
        cards=list(_cards(told)),
        about=told.say("cards_note", index=answer.main),
        summary=[*_summary(told), *notes_of(answer, language)],
        parts=[
            Part(told.say("question"), text=str(about.get("question") or NONE)),
            Part(say("page.figures", language), figures=drawn),
            *_tables(told),
            Part(told.say("meaning"), lists=[("", list(_meaning(told)))]),
            *closing({**about, "cite": made.get("cite")}, rest, language),
        ],
        language=language,
    )  # fmt: skip
    return write_page(folder / REPORT, report)


def _firsts(told: _Told) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give for each outcome the rows of its first place that order the factors."""
    seen: set[str] = set()
    for outcome, _, design, rows in told.answer.groups():
        if outcome in seen or design == CROSSED or _leading(rows).empty:
            continue
        seen.add(outcome)
        yield outcome, rows


def _leading(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the index by which factors are ordered, the largest first."""
    known = ordered(rows[rows["value"].notna()])
    index = next((one for one in LEADING if one in set(known["index"])), "")
    return known[known["index"] == index]


def _cards(told: _Told) -> Iterator[Card]:
    for outcome, rows in list(_firsts(told))[:SAID]:
        row = _leading(rows).iloc[0].to_dict()
        band = span(row["low"], row["high"], told.language) if pd.notna(row["low"]) else ""
        unit = f"{row['index']}: {breakable(str(row['factor']))}"
        value = told.number(row["value"])
        yield Card(told.outcome(outcome), value, unit, band, not is_told(row))


def _summary(told: _Told) -> Iterator[str]:
    for outcome, rows in list(_firsts(told))[:SAID]:
        lead = _leading(rows).to_dict("records")
        yes, no = [row for row in lead if is_told(row)], [row for row in lead if not is_told(row)]
        more = ""
        if len(yes) > 1:
            then = (f"{row['factor']} ({_value(told, row)})" for row in yes[1 : 1 + NAMED])
            more += told.say("then", names=", ".join(then))
        if no and yes:
            names = [str(row["factor"]) for row in no[:NAMED]]
            more += told.say("untold", names=", ".join(names) + (", …" if len(no) > NAMED else ""))
        seeds = rows[rows["index"] == "S_seed"]
        if len(seeds) and pd.notna(seeds["value"].iloc[0]):
            share = percent(round(float(seeds["value"].iloc[0]), 3), told.language)
            more += told.say("by_seeds", share=share)
        if not yes:
            yield told.say("said_none", outcome=told.outcome(outcome), more=more)
            continue
        yield _sentence(told, outcome, rows, yes[0], more)


def _value(told: _Told, row: Mapping[Any, Any]) -> str:
    value = row["value"]
    return percent(round(value, 3), told.language) if row["index"] == "ST" else told.number(value)


def _sentence(
    told: _Told, outcome: str, rows: pd.DataFrame, row: Mapping[Any, Any], more: str
) -> str:
    """Return what is said of the factor that weighs most."""
    language = told.language
    said: dict[str, str | int] = {
        "outcome": told.outcome(outcome), "factor": str(row["factor"]), "more": more,
        "value": _value(told, row), "low": told.number(row["low"]),
        "high": told.number(row["high"]),
    }  # fmt: skip
    unit = told.answer.found.words[outcome].unit_in(language)
    if row["index"] == "mu*":
        return told.say("said_morris", **said, unit=unit)
    if row["index"] == "effect":
        return told.say("said_effect", **said, unit=unit, move=str(row["other"]))
    if row["index"] == "PAWN":
        return told.say("said_pawn", **said, idle=told.number(row["idle"]))
    alone = rows[(rows["index"] == "S1") & (rows["factor"] == row["factor"])]["value"].iloc[0]
    for end in ("low", "high"):
        said[end] = percent(round(row[end], 3), language)
    return told.say("said_share", **said, first=percent(round(float(alone), 3), language))


def _figures(told: _Told, name: str) -> Iterator[Illustration]:
    for outcome, rows in list(_firsts(told))[:SAID]:
        figure = what_matters(
            ordered(rows), told.answer.found.words[outcome], name, language=told.language,
            told=[is_told(row) for row in ordered(rows).to_dict("records")],
        )  # fmt: skip
        caption = told.say("figure", outcome=told.outcome(outcome))
        yield Illustration(f"sensitivity_{outcome}", figure, caption, told.say("figure_alt"))


def _tables(told: _Told) -> Iterator[Part]:
    for count, (outcome, place, design, rows) in enumerate(told.answer.groups()):
        where = [one for one in place[:3] if one] if len(told.answer.layout.arms) > 1 else []
        where += [place.held] if place.held else []
        title = told.say("table", outcome=told.outcome(outcome))
        if where:
            title = told.say("table_at", outcome=told.outcome(outcome), where=", ".join(where))
        if design == ALONE:
            yield _moves_table(told, title, rows, count >= OPEN)
            continue
        yield _table(told, title, rows, count >= OPEN)
        pairs = rows[rows["index"] == "S2"]
        if len(pairs):
            yield _pairs_table(told, outcome, pairs)


def _table(told: _Told, title: str, rows: pd.DataFrame, folded: bool) -> Part:
    heads = [index for index in _ORDER if index in set(rows["index"])]
    by = {(row["factor"], row["index"]): row for row in rows.to_dict("records")}
    factors = dict.fromkeys(str(one) for one in ordered(rows)["factor"] if one)
    lines: list[list[str | Cell]] = [
        [told.factor(name), *(_cell(told, by.get((name, index))) for index in heads)]
        for name in factors
    ]
    if ("", "S_seed") in by:  # a share, in a column of its own beside effects
        lines = [[*line, Cell(NONE)] for line in lines]
        lines.append([told.factor(""), *[Cell(NONE)] * len(heads), _cell(told, by["", "S_seed"])])
        heads = [*heads, "S_seed"]
    return Part(title, lines, [told.say("factor"), *heads], _text(told, rows), folded=folded,
                numbers=True)  # fmt: skip


def _text(told: _Told, rows: pd.DataFrame) -> str:
    first = rows.iloc[0]
    unit = told.say("unit_share")
    if set(rows["index"]) & {"mu*", "effect"}:
        unit = told.answer.found.words[str(first["outcome"])].unit_in(told.language)
    if set(rows["index"]) == {"PAWN"}:
        unit = "PAWN"
    return told.say("text", points=told.number(int(first["points"])), unit=unit,
                    seeds=told.number(int(first["seeds"])))  # fmt: skip


def _cell(told: _Told, row: Mapping[Any, Any] | None) -> Cell:
    if row is None or pd.isna(row["value"]):
        return Cell(NONE)
    band = ""
    if row["index"] == "PAWN":
        band = told.say("idle", idle=told.number(row["idle"]))
    elif pd.notna(row["low"]):
        band = span(row["low"], row["high"], told.language)
    faint = bool(band) and not is_told(row)
    return Cell(told.number(row["value"]), band, float(row["value"]), faint)


def _pairs_table(told: _Told, outcome: str, rows: pd.DataFrame) -> Part:
    lines: list[list[str | Cell]] = [
        [f"{row['factor']} × {row['other']}", _cell(told, row)]
        for row in ordered(rows).to_dict("records")
    ]
    title = told.say("table_pairs", outcome=told.outcome(outcome))
    return Part(title, lines, [told.say("pair"), "S2"], folded=True, numbers=True)


def _moves_table(told: _Told, title: str, rows: pd.DataFrame, folded: bool) -> Part:
    lines: list[list[str | Cell]] = [
        [told.factor(str(row["factor"])), str(row["other"]), _cell(told, row)]
        for row in ordered(rows).to_dict("records")
    ]
    heads = [told.say("factor"), told.say("move"), told.say("effect")]
    return Part(title, lines, heads, _text(told, rows), folded=folded, numbers=True)


def _meaning(told: _Told) -> Iterator[str]:
    frame, kind = told.answer.frame, told.answer.layout.kind
    yield told.say(_MEANT.get(kind, "d_sampled"))
    if (frame["design"] == CROSSED).any():
        yield told.say(_MEANT[CROSSED])
    if (frame["index"] == "PAWN").any():
        yield told.say("about_pawn", bands=told.say("bands"))
    if (frame["index"] == "S_seed").any():
        yield told.say("about_seeds")
    if kind == LISTED:
        yield told.say("about_paired")
    elif frame["low"].notna().any():
        yield told.say("about_intervals", draws=told.number(told.draws))
