"""What reports have in common: their file, and what is declared of the values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from results.reports.about import flat
from results.reports.page import Part
from results.words.citation import how_to_cite_all
from results.words.numbers import NONE, value_text
from results.words.texts import say
from results.words.units import DUTCH

REPORT = "report.html"
REWRITTEN = ("report", "figures/")
"""How the paths of all files begin that are made anew when a report is."""
SUMMARY = (
    "organisations",
    "organisation_size_weighted",
    "hubs_running",
    "transaction_cost_per_insured",
    "trust",
)
"""Outcomes of which the summary has a sentence."""
_NAMES = ("name", "key")
_FIRST = ("value", "unit", "range", "years", "source", "text")
"""What an entry says of a value, in the order of the columns."""
_HEADS = {name: name for name in _FIRST} | {"text": "meaning"}


def closing(about: Mapping[str, Any], rest: Mapping[str, Any], language: str) -> list[Part]:
    """Return how every report on one folder ends, folded: values declared, and the manifest.

    Args:
        about: the manifest.
        rest: what of it has no section of its own.
        language: ``en`` or ``nl``.
    """
    return [
        *cite_part([about], language),
        *(declared(about, key, language) for key in ("assumed", "stale") if about.get(key)),
        manifest_part(rest, say("page.manifest", language), language),
    ]


def cite_part(abouts: Sequence[Mapping[str, Any]], language: str) -> list[Part]:
    """Return how to cite what a report shows; nothing where earlier manifests do not say."""
    reference = how_to_cite_all(abouts, language)
    return [Part(say("page.cite", language), text=reference)] if reference else []


def manifest_part(rest: Mapping[str, Any], title: str, language: str) -> Part:
    """Return names and values of a manifest, in its own words."""
    return Part(title, flat(rest), text=say("page.manifest_text", language), folded=True)


def declared(about: Mapping[str, Any], key: str, language: str) -> Part:
    """Return a list of the manifest as a table: a row a value, a column for what is said of it."""
    entries = _entries(about.get(key) or [])
    said = dict.fromkeys(name for one in entries for name in one if name not in _NAMES)
    columns = [*(name for name in _FIRST if name in said), *(n for n in said if n not in _FIRST)]
    heads = [say(f"page.{_HEADS[name]}", language) if name in _HEADS else name for name in columns]
    rows = [
        [_called(one), *(_shown(name, one.get(name), language) for name in columns)]
        for one in entries
    ]
    return Part(
        say(f"page.{key}", language),
        rows,
        [say("page.name", language), *heads],
        say(f"page.{key}_text", language, count=len(entries)),
        folded=True,
    )


def _entries(found: Any) -> list[Mapping[str, Any]]:
    """Return what is declared as a list of entries, however a manifest writes it."""
    if isinstance(found, Mapping):
        said = {name: v if isinstance(v, Mapping) else {"value": v} for name, v in found.items()}
        return [{"name": name, **one} for name, one in said.items()]
    return [one if isinstance(one, Mapping) else {"name": one} for one in found]


def _called(entry: Mapping[str, Any]) -> str:
    return str(next((entry[name] for name in _NAMES if name in entry), NONE))


def _shown(name: str, value: Any, language: str) -> str:
    """Return one thing that is said of a value: a range of two numbers, a unit, a number, words."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        if name == "range" and len(value) == 2:
            low, high = (value_text(end, language) for end in value)
            return say("page.to", language, low=low, high=high)
        return ", ".join(value_text(one, language) for one in value)
    if name == "unit" and language == "nl":
        return DUTCH.get(str(value), value_text(value, language))
    return value_text(value, language)
