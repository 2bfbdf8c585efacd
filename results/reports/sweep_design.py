"""What a sweep asked, what failed and what did nothing: sections and facts of its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from results.reports.page import Cell, Part
from results.reports.sweep_until import seeds_between
from results.statistics.ensemble import Ensemble
from results.words.numbers import NONE, number, span, value_text
from results.words.texts import say

SETTINGS = 3
"""Settings of an alternative that are shown."""
REASONS = 12
"""Reasons of failed runs that are listed."""
MANY = 12
"""Factors from which their table is folded."""
ROLES = ("lever", "uncertainty")


def told(key: str, language: str, **values: str | int) -> str:
    """Return a text of ``results/words/texts/sweep.toml``."""
    return say(f"sweep.{key}", language, **values)


def values_of(factor: Mapping[str, Any], language: str = "en") -> str:
    """Return the values or the range of a factor in words."""
    values = factor.get("values")
    if values:
        return ", ".join(number(v, language) if _is_number(v) else str(v).lower()
                         if isinstance(v, bool) else str(v) for v in values)  # fmt: skip
    low, high = factor.get("low"), factor.get("high")
    return NONE if low is None and high is None else span(low, high, language)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _meaning(factor: Mapping[str, Any], language: str) -> str:
    """Return what a factor is, and what it sets where that is not its name."""
    text = str(factor.get("text") or "")
    keys = factor.get("keys") or []
    if factor.get("alternatives"):
        many = [
            told("sets", language, value=str(value), settings=_some(texts, language))
            for value, texts in factor["alternatives"].items()
        ]
        return told("sets_all", language, text=text, sets="; ".join(many)).strip()
    if keys and keys != [factor.get("name")]:
        return told("sets_keys", language, text=text, keys=", ".join(keys)).strip()
    return text or NONE


def _some(settings: Sequence[str], language: str) -> str:
    """Return the first few settings in words."""
    rest = len(settings) - SETTINGS
    shown = ", ".join(settings[:SETTINGS]) or told("nothing", language)
    return told("and_more", language, shown=shown, rest=rest) if rest > 0 else shown


def design_facts(
    about: Mapping[str, Any], points: pd.DataFrame, failed: int, language: str
) -> list[tuple[str, str]]:
    """Return the design of a sweep and its arms, as names and values.

    Args:
        about: the manifest of a sweep.
        points: its table of points, a row per arm and row of the design.
        failed: how many runs failed.
        language: ``en`` or ``nl``.
    """
    design = about.get("design") or {}
    seeds = about.get("seeds") or []
    arms = [", ".join(str(arm[k]) for k in ("region", "regime", "package") if arm.get(k))
            for arm in about.get("arms") or []]  # fmt: skip
    distinct = points["point"].nunique()
    same = NONE
    if seeds:
        same = told("seeds_same", language, first=str(seeds[0]), last=str(seeds[-1]))
    replicates = value_text(about.get("replicates"), language)
    if "until" in about:
        replicates, same = seeds_between(about, language), NONE
    rows = [
        ("design", str(design.get("kind", NONE))),
        ("arms", "; ".join(arms) or NONE),
        ("points", number(distinct, language)),
        ("replicates", replicates),
        ("seeds", same),
        ("runs", number(about.get("runs"), language)),
    ]
    if len(points) > distinct:
        many = told("rows_alike", language, count=number(len(points), language))
        rows.insert(3, ("rows", many))
    if failed:
        rows.append(("failed_of", number(failed, language)))
    return [(told(name, language), value) for name, value in rows]


def question_part(about: Mapping[str, Any], language: str) -> Part:
    """Return the question, in the experiment's own words."""
    text = " ".join(str(about[key]) for key in ("question", "text") if about.get(key))
    return Part(told("question", language), text=text or told("no_question", language))


def factors_part(about: Mapping[str, Any], language: str) -> Part:
    """Return the factors: their role, values, unit and source."""
    entries = about.get("factors") or []
    rows = [
        [str(one.get("name") or NONE), _role(one, language), values_of(one, language)]
        + [str(one.get(key) or NONE) for key in ("unit", "distribution", "source")]
        + [_meaning(one, language)]
        for one in entries
    ]
    head = [told(key, language) for key in ("factor", "role", "values")]
    head += [say("page.unit", language), told("distribution", language)]
    head += [say(f"page.{key}", language) for key in ("source", "meaning")]
    text = told("factors_text" if entries else "no_factors", language)
    return Part(told("factors", language), rows, head, text, folded=len(entries) > MANY)


def _role(factor: Mapping[str, Any], language: str) -> str:
    role = str(factor.get("role") or NONE)
    return told(f"role_{role}", language) if role in ROLES else role


def failed_part(many: Ensemble | None, failed: pd.DataFrame, language: str) -> list[Part]:
    """Return how many runs failed and why; nothing where none did."""
    if failed.empty:
        return []
    none = told("no_reason", language)
    counts = failed["reason"].astype(object).fillna(none).astype(str).value_counts()
    found = [(str(reason), int(count)) for reason, count in counts.head(REASONS).items()]
    if len(counts) > REASONS:
        rest = told("failed_more", language, count=len(counts) - REASONS)
        found.append((rest, int(counts.iloc[REASONS:].sum())))
    done = 0 if many is None else len(many.runs)
    text = [told("failed_text", language, failed=len(failed), all=len(failed) + done)]
    if "point" in failed:
        worst = failed["point"].value_counts()
        text.append(
            told("failed_where", language, points=len(worst), worst=str(worst.index[0]),
                 count=int(worst.iloc[0]))
        )  # fmt: skip
    rows: list[list[str | Cell]] = [
        [reason, Cell(number(count, language), order=count)] for reason, count in found
    ]
    heads = [told(key, language) for key in ("reason", "runs")]
    return [Part(told("failed", language), rows, heads, " ".join(text), numbers=True)]


def inert_part(about: Mapping[str, Any], language: str) -> list[Part]:
    """Return the factors that moved no recorded outcome in a probe; nothing where all did."""
    names, unknown = about.get("inert") or [], about.get("not_probed") or []
    if not names:
        return []
    probed = str(about.get("probed") or told("not_said", language))
    text = told("inert_text", language, probed=probed)
    if unknown:
        text += " " + told("not_probed", language, names=", ".join(map(str, unknown)))
    rows = [[str(name)] for name in names]
    return [Part(told("inert", language), rows, text=text)]
