"""What a sweep with targets found out: how well the mean of each point is known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from results.reports.page import Cell, Part
from results.statistics.until import (
    ABOUT_ZERO,
    NOT_REACHED,
    REACHED,
    TOO_FEW,
    VERDICTS,
    known_means,
)
from results.words.numbers import NONE, number, percent, span
from results.words.outcomes import Words
from results.words.texts import say

ROWS = 200
"""Rows of points and targets that a page shows."""
FOLDED = 16
"""Rows from which the table is folded."""
_SAID = {
    VERDICTS[REACHED]: "targets.is_reached", VERDICTS[NOT_REACHED]: "targets.is_not_reached",
    VERDICTS[ABOUT_ZERO]: "targets.is_about_zero", VERDICTS[TOO_FEW]: "targets.is_too_few",
}  # fmt: skip
_SWAPPED = str.maketrans(",.", ".,")


def until_part(
    about: Mapping[str, Any], points: pd.DataFrame, words: Words, language: str
) -> list[Part]:
    """Return what was asked, what is known and with how many seeds; nothing without targets.

    Args:
        about: the manifest of a finished sweep.
        points: its table of points.
        words: what outcomes are called.
        language: ``en`` or ``nl``.
    """
    if "until" not in about:
        return []
    table = known_means(about)
    table["off"] = table["verdict"] != VERDICTS[REACHED]
    first = table.sort_values(["off", "seeds"], ascending=False, kind="stable").head(ROWS)
    named = _named(points)
    rows: list[list[str | Cell]] = []
    for row in first.to_dict("records"):
        mean, half = _with_half(row["mean"], row["half_width"], language)
        order = row["mean"] if math.isfinite(row["mean"]) else None
        rows.append(
            [
                named.get(int(row["point"]), str(row["point"])),
                _target(row, words, language),
                Cell(number(row["seeds"], language), order=row["seeds"]),
                Cell(mean, half, order),
                say(_SAID[row["verdict"]], language),
            ]
        )  # fmt: skip
    head = [say(f"targets.{key}", language) for key in ("point", "outcome", "seeds", "mean")]
    text = [_asked(about, words, language)]
    off = int(table.loc[table["off"], "point"].nunique())
    key = "targets.not_reached" if off else "targets.reached"
    text.append(say(key, language, **({"count": number(off, language)} if off else {})))
    text.append(say("targets.meaning", language))
    if len(table) > len(rows):
        counts = {"all": number(len(table), language), "shown": number(len(rows), language)}
        text.append(say("targets.shown", language, **counts))
    head.append(say("targets.verdict", language))
    title = say("targets.title", language)
    return [Part(title, rows, head, " ".join(text), folded=len(rows) > FOLDED, numbers=True)]


def _asked(about: Mapping[str, Any], words: Words, language: str) -> str:
    until = about["until"]
    asked = [_target(one, words, language) for one in until["targets"]]
    counts = {
        "points": len(until["seeds"]), "pilot": until["pilot"], "most": until["most"],
        "runs": about["runs"],
    }  # fmt: skip
    said = {key: number(value, language) for key, value in counts.items()}
    seeds = _as_many(until["seeds"], language)
    return say("targets.asked", language, asked="; ".join(asked), seeds=seeds, **said)


def _as_many(counts: Sequence[int], language: str) -> str:
    """Return how many seeds points have, as one number where all have as many."""
    low, high = min(counts), max(counts)
    return number(low, language) if low == high else span(low, high, language)


def _target(one: Mapping[Any, Any], words: Words, language: str) -> str:
    """Return a target in words; a width in the outcome's unit has that unit behind it."""
    called, size = words[one["outcome"]], float(one["width"])
    width = percent(size, language)
    if not one["relative"]:
        width = f"{number(size, language)} {called.unit_in(language)}".strip()
    name = called.label(language)
    return say("targets.target", language, name=name, year=str(one["year"]), width=width)


def _with_half(mean: float, half: float, language: str) -> tuple[str, str]:
    """Return a mean with as many decimals as two figures of its half-width have, and that."""
    if not math.isfinite(half):
        return number(mean, language), NONE
    places = max(0, 1 - math.floor(math.log10(half))) if half > 0.0 else 3
    said = f"{mean:,.{places}f}", f"± {half:,.{places}f}"
    return said if language == "en" else (said[0].translate(_SWAPPED), said[1].translate(_SWAPPED))


def _named(points: pd.DataFrame) -> dict[int, str]:
    """Return each point by its number: what tells it from the others, in the words of the table."""
    first = points.drop_duplicates("point")
    told = [
        name for name in first.columns
        if name not in ("row", "point", "settings") and first[name].astype(str).nunique() > 1
    ]  # fmt: skip
    arm = ("region", "regime", "package")
    found = {}
    for row in first.to_dict("records"):
        words = [str(row[k]) if k in arm else f"{k}={_short(row[k])}" for k in told]
        found[int(row["point"])] = f"{row['point']}: {', '.join(words)}" if words else "1"
    return found


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def seeds_between(about: Mapping[str, Any], language: str) -> str:
    """Return in words how many seeds points have, where they have their own number of them."""
    seeds = _as_many(about["until"]["seeds"], language)
    return say("targets.seeds_between", language, first=str(about["seeds"][0]), seeds=seeds)
