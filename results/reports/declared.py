"""What reports have in common: their file, their summary, and what is declared of the values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from results.reports.about import flat
from results.reports.page import Part
from results.words.citation import how_to_cite

REPORT = "report.html"
REWRITTEN = ("report", "figures/")
"""How the paths of all files begin that are made anew when a report is."""
ASSUMED = "values have no source but an assumption: vary them before relying on a result."
STALE = (
    "sourced amounts are used long after the date they hold from (`years` beyond it); amounts are "
    "not indexed, so a package that dates a newer one replaces them."
)
SUMMARY_NL = (
    "organisations",
    "organisation_size_weighted",
    "hubs_running",
    "transaction_cost_per_insured",
    "trust",
)


def provenance(about: Mapping[str, Any]) -> list[Part]:
    """Return how to cite a run, and what to know of its values: what is assumed, what is old."""
    reference = how_to_cite(about)
    return [
        *([Part("How to cite", text=reference, place="end")] if reference else []),
        declared(about, "assumed", "Assumed parameters", ASSUMED),
        declared(about, "stale", "Amounts past their date", STALE),
    ]


def declared(about: Mapping[str, Any], key: str, title: str, text: str) -> Part:
    """Return a list of the manifest as a section at the end."""
    entries = about.get(key) or []
    rows = flat(dict(entries)) if isinstance(entries, Mapping) else _listed(entries)
    return Part(title, rows, text=f"{len(entries)} {text}", place="end")


def _listed(entries: Iterable[Any]) -> list[tuple[str, str]]:
    rows = []
    for entry in entries:
        if isinstance(entry, Mapping):
            name = str(entry.get("name", entry.get("key", "–")))
            rest = [f"{k}: {v}" for k, v in entry.items() if k not in ("name", "key")]
            rows.append((name, "; ".join(rest)))
        else:
            rows.append((str(entry), ""))
    return rows
