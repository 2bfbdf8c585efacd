"""What a manifest says, as text and rows for reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

APART = frozenset({"scenario", "seeds", "assumed", "stale"})
"""Entries of a manifest that have a section of their own."""


def flat(value: Any, above: str = "") -> list[tuple[str, str]]:
    """Return nested names and values as rows with dotted names."""
    if isinstance(value, Mapping):
        return [row for k, v in value.items() for row in flat(v, f"{above}.{k}" if above else k)]
    if isinstance(value, list | tuple):
        if any(isinstance(item, Mapping) for item in value):
            return [row for n, v in enumerate(value, 1) for row in flat(v, f"{above}.{n}")]
        return [(above, ", ".join(str(item) for item in value) or "–")]
    return [(above, "–" if value is None else str(value))]


def name_of(about: Mapping[str, Any]) -> str:
    """Return region, regime, rules of one's own and the run's id, as far as a manifest says."""
    scenario = about.get("scenario") or {}
    parts = [str(scenario[key]) for key in ("region", "regime", "package") if scenario.get(key)]
    if about.get("rules_file"):
        parts.append(f"rules of {about['rules_file']['file']}")
    if about.get("id"):
        parts.append(f"run {str(about['id'])[:10]}")
    return ", ".join(parts)


def rest_of(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a manifest says beyond the entries that have a section of their own."""
    return {key: value for key, value in about.items() if key not in APART}
