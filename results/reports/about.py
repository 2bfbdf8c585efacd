"""What a manifest says, as text and rows for reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from results.reports.differing import (
    assumed_unlike,
    files_unlike,
    made_unlike,
    regions_unlike,
    rules_file_unlike,
    values_unlike,
)
from results.store.ids import identity_of, identity_words, is_comparable
from results.store.reading import is_sweep
from results.words.texts import say

APART = frozenset(
    {
        "scenario", "seeds", "assumed", "stale", "cite", "definitions", "parameters", "policy",
        "policies",
    }
)  # fmt: skip
"""Entries of a manifest that have a section of their own, or are too long for a page."""

HELD = ("regions", "packages", "parameters", "policy", "policies", "code", "machine")
"""Entries that earlier manifests do not have."""

TOLD = (APART - {"definitions"}) | {
    "schema_version", "kind", "id", "identity", "content", "command", "rules", "rules_file",
    "policy_dates", "state", "continued",
    "regions", "packages", "regime_files", "code", "machine", "versions", "titles", "insurers",
    "parameters_set", "experiment", "experiment_file", "arms", "factors", "constants", "rows",
    "runs", "batches", "design", "points", "population_seed", "start", "from", "to", "switch",
    "record", "scopes", "inert", "probed", "not_probed", "until",
}  # fmt: skip
"""Entries whose differences are told by their parts, or follow from others."""

SWEPT = (
    "arms", "factors", "design", "points", "seeds", "population_seed", "start", "from", "to",
    "switch", "record", "scopes",
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
    """Return all in which two runs or sweeps differ: what was asked, with what, and what made it.

    Regions, packages and rules are told apart by what they hold, not by their names, where both
    manifests hold them. Ids, commands and what follows from the rest are no differences.

    Each row: name, first and second.
    """
    by_content = {"region": "regions" in a and "regions" in b, "package": _have_texts(a, b)}
    asked = _asked_alike(a, b, [key for key, known in by_content.items() if known])
    one, two = (dict(flat(each)) for each in asked)
    names = [*one, *(name for name in two if name not in one)]
    rows = [(name, one.get(name, "–"), two.get(name, "–")) for name in names]
    rows = [row for row in rows if row[1] != row[2]]
    rows += regions_unlike(a, b) if by_content["region"] else []
    rows += files_unlike(a, b, "packages", "package") if by_content["package"] else []
    rows += files_unlike(a, b, "regime_files", "regime file")
    rows += rules_file_unlike(a, b) + _rules(a, b)
    rows += values_unlike(a, b, [*_set_in(a), *_set_in(b)])
    rows += _rest_unlike(a, b) + assumed_unlike(a, b)
    contents = [str(about.get("content", "–")) for about in (a, b)]
    parts = all("policy" in about and "parameters" in about for about in (a, b))
    if contents[0] != contents[1] and not (parts and rows):
        rows.append(("content: region, titles, policy or parameters", contents[0], contents[1]))
    return rows + made_unlike(a, b) + _absent(a, b)


def _asked_alike(
    a: Mapping[str, Any], b: Mapping[str, Any], told: list[str]
) -> list[dict[str, Any]]:
    """Return what was asked of both, without names of which the contents are ``told``."""
    asked = [_asked(about) for about in (a, b)]
    known = all("region_content" in arm for about in (a, b) for arm in about.get("arms") or [])
    left_out = ("region", "package") if known else ("region_content", "package_content")
    for one in asked:
        for key in told:
            one.pop(key, None)
        if one.get("arms"):
            one["arms"] = [{k: v for k, v in arm.items() if k not in left_out}
                           for arm in one["arms"]]  # fmt: skip
    return asked


def _have_texts(*abouts: Mapping[str, Any]) -> bool:
    entries = [one for about in abouts for one in about.get("packages") or []]
    return all("packages" in about for about in abouts) and all("text" in one for one in entries)


def _set_in(about: Mapping[str, Any]) -> list[str]:
    """Return the names that were set, without their dates."""
    scenario = about.get("scenario") or {}
    texts = [*(scenario.get("settings") or []), *(about.get("constants") or [])]
    return [str(text).partition("=")[0].partition("@")[0].strip() for text in texts]


def _rest_unlike(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return differences in entries of both that no other function tells."""
    rows = []
    for key in a:
        if key in b and key not in TOLD and a[key] != b[key]:
            one, two = (dict(flat(about[key], key)) for about in (a, b))
            names = dict.fromkeys([*one, *two])
            rows += [(name, one.get(name, "–"), two.get(name, "–")) for name in names]
    return [row for row in rows if row[1] != row[2]]


def _absent(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return what only one manifest of two of one kind holds: no difference in it can be told."""
    if is_sweep(a) != is_sweep(b):
        return []
    sides = [[key for key in HELD if key in about] for about in (a, b)]
    if sides[0] == sides[1]:
        return []
    one, two = (
        ", ".join(key for key in mine if key not in other) or "–"
        for mine, other in (sides, sides[::-1])
    )
    return [("only in one manifest, so that no difference in it can be told", one, two)]


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
        return {**dict(about["scenario"]), **_own_policy(about.get("insurers") or {})}
    pairs = [str(text).partition("=") for text in about.get("constants") or []]
    constants = {name: value for name, _, value in pairs}
    until = about.get("until") or {}
    targets = {"until": [one["asked"] for one in until["targets"]]} if until else {}
    return {**{key: about[key] for key in SWEPT if key in about}, **targets, "constants": constants}


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
    return {key: _shortened(value) for key, value in known.items() if key not in APART}


def _shortened(value: Any) -> Any:
    """Return an entry without the texts of files: their hashes are there, and the manifest."""
    if isinstance(value, Mapping):
        own = "sha256" in value
        return {k: _shortened(v) for k, v in value.items() if not (own and k == "text")}
    return [_shortened(one) for one in value] if isinstance(value, list) else value
