"""Dates of policy that figures mark, from what a manifest says of a run or a sweep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from results.figures.panels import Mark
from results.words.figures import say

NAMED = 3
"""Names that are written at a date; of more, how many."""
_QUARTER = re.compile(r"(\d{4})Q([1-4])", re.ASCII | re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d\d)-\d\d", re.ASCII)


def policy_marks(*abouts: Mapping[str, Any], language: str = "en") -> tuple[Mark, ...]:
    """Return when titles and designs start and end, and when settings hold from, in order.

    Manifests of earlier versions tell only of designs and settings.

    Args:
        abouts: a manifest, or those of runs that are compared: what they share is said once.
        language: ``en`` or ``nl``.
    """
    said: dict[tuple[int, int], list[str]] = {}
    for (at, what), names in [one for about in abouts for one in _dated(about).items()]:
        quarter = _quarter(at)
        if quarter:
            rest = len(names) - NAMED
            listed = ", ".join(names[:NAMED])
            if rest > 0:
                listed = f"{listed} {say('more dates', language, count=rest)}"
            texts = said.setdefault(quarter, [])
            text = say(f"date {what}", language, names=listed)
            texts += [text] if text not in texts else []
    return tuple(
        Mark(
            year - 0.5 + (number - 1) / 4,
            f"{say('quarter', language, year=year, number=number)} {', '.join(texts)}",
        )
        for (year, number), texts in sorted(said.items())
    )


def _quarter(at: str) -> tuple[int, int] | None:
    """Return the year and quarter of 2018Q1 or 2018-01-01."""
    if found := _QUARTER.fullmatch(at):
        return int(found[1]), int(found[2])
    found = _DAY.fullmatch(at)
    return (int(found[1]), (int(found[2]) - 1) // 3 + 1) if found else None


def _dated(about: Mapping[str, Any]) -> dict[tuple[str, str], list[str]]:
    """Return by date and kind of change what changes."""
    found: dict[tuple[str, str], list[str]] = {}
    scenario = about.get("scenario") or {}
    if "policy_dates" in about:
        for one in about["policy_dates"]:
            found[str(one["at"]), str(one["what"])] = [str(name) for name in one["names"]]
    elif str(scenario.get("regime", "")).startswith("design:"):
        found[str(scenario.get("switch", "")), "design"] = [str(scenario["regime"])]
    settings: Iterable[Any] = scenario.get("settings") or about.get("constants") or ()
    for text in settings if isinstance(settings, list | tuple) else ():
        name, at = str(text).partition("=")[0].rpartition("@")[::2]
        if name:
            found.setdefault((at.strip(), "set"), []).append(name.strip())
    return found
