"""What reports have in common: their file, their summary, and what is declared of the values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from results.reports.about import flat
from results.reports.page import Part

REPORT = "report.html"
ASSUMED = "values have no source but an assumption: vary them before relying on a result."
REWRITTEN = ("report", "figures/")
"""How the paths of all files begin that are made anew when a report is."""
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
    """Return what a reader should know of the values: which are assumed, and which are old."""
    return [
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
