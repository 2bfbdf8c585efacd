"""What a manifest says, as text and rows for reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from results.store.ids import identity_of, identity_words, is_comparable
from results.words.texts import say

APART = frozenset({"scenario", "seeds", "assumed", "stale", "cite"})
"""Entries of a manifest that have a section of their own."""


SWEPT = (
    "arms", "factors", "design", "points", "seeds", "population_seed", "from", "to", "switch",
    "record", "scopes",
)  # fmt: skip
"""Entries of a sweep's manifest that say what was asked, besides its constants."""


def flat(value: Any, above: str = "") -> list[tuple[str, str]]:
    """Return nested names and values as rows with dotted names."""
    if isinstance(value, Mapping):
        return [row for k, v in value.items() for row in flat(v, f"{above}.{k}" if above else k)]
    if isinstance(value, list | tuple):
        if any(isinstance(item, Mapping) for item in value):
            return [row for n, v in enumerate(value, 1) for row in flat(v, f"{above}.{n}")]
        return [(above, ", ".join(str(item) for item in value) or "–")]
    return [(above, "–" if value is None else str(value))]


def name_of(about: Mapping[str, Any], language: str = "en") -> str:
    """Return region, regime, rules of one's own and the run's id, as far as a manifest says."""
    scenario = about.get("scenario") or {}
    parts = [str(scenario[key]) for key in ("region", "regime", "package") if scenario.get(key)]
    if about.get("rules_file"):
        parts.append(say("run.rules_of", language, file=str(about["rules_file"]["file"])))
    if about.get("id"):
        parts.append(say("run.a_run_id", language, id=str(about["id"])[:10]))
    return ", ".join(parts)


def unlike(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return in what two runs or sweeps differ, by what was asked and by their rules.

    Each row: name, first and second.
    """
    one, two = dict(flat(_asked(a))), dict(flat(_asked(b)))
    names = [*one, *(name for name in two if name not in one)]
    rows = [(name, one.get(name, "–"), two.get(name, "–")) for name in names]
    return [row for row in rows if row[1] != row[2]] + _rules(a, b)


def _rules(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the rules of both where they differ, or where that cannot be told."""
    one, two = (str(about.get("rules", "–")) for about in (a, b))
    if is_comparable(a, b):
        return [("rules of the model", one, two)] if one != two else []
    one, two = (f"id of kind {identity_words(about)}" for about in (a, b))
    return [("rules of the model (ids of two kinds cannot be compared)", one, two)]


def _asked(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the scenario of a run, or what makes a sweep, with each constant by its name."""
    if about.get("scenario"):
        return {**about["scenario"], **_own_policy(about.get("insurers") or {})}
    pairs = [str(text).partition("=") for text in about.get("constants") or []]
    constants = {name: value for name, _, value in pairs}
    return {**{key: about[key] for key in SWEPT if key in about}, "constants": constants}


def _own_policy(insurers: Mapping[str, Any]) -> dict[str, Any]:
    """Return values of policy of single insurers, by their names as after ``--set``."""
    return {
        f"policy.{key}@{insurer}@{day}": value
        for insurer, keys in insurers.items()
        for key, days in keys.items()
        for day, value in days.items()
    }


def rest_of(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a manifest says beyond the entries that have a section of their own."""
    known = {**about, "identity": identity_of(about)} if "id" in about else about
    return {key: value for key, value in known.items() if key not in APART}
