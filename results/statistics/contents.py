"""What regions and packages of two folders hold: by that they are paired, never by their names."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

CODES = 8
"""Letters of a hash that tell two regions of one name apart for a reader."""

Contents = dict[str, str]
"""By the text of a column of runs: a hash of what is called so."""


def contents_of(about: Mapping[str, Any], column: str) -> Contents | None:
    """Return what the regions or the packages of a manifest hold, by their text in tables.

    Args:
        about: the manifest of a run or a sweep.
        column: ``region`` or ``package``.

    Returns:
        None where the manifest, of an earlier version, does not say.
    """
    arms = about.get("arms")
    if arms:
        key = f"{column}_content"
        if not all(key in arm for arm in arms):
            return None
        return {str(arm.get(column, "")): str(arm[key]) for arm in arms}
    scenario = about.get("scenario") or {}
    if column == "region":
        regions = about.get("regions")
        return {str(scenario.get("region")): str(regions[0]["content"])} if regions else None
    if column == "package" and "packages" in about:
        name, packages = str(scenario.get("package") or ""), about["packages"]
        if all("sha256" in one for one in packages):
            return {name: content_of([str(one["sha256"]) for one in packages])}
    return None


def with_states(
    one: Contents, two: Contents, abouts: Sequence[Mapping[str, Any]]
) -> tuple[Contents, Contents]:
    """Return what regions hold with the state that runs begin in, where only that tells them apart.

    Regions of two folders that differ in their states are paired all the same: states are what is
    compared then. Two of one folder that do are two, each with its like on the other side.

    Args:
        one: contents of the regions of one side.
        two: those of the other.
        abouts: the manifests of both.
    """
    if all(len(set(side.values())) == len(side) for side in (one, two)):
        return one, two
    first, second = (
        {text: content_of([content, _state_of(about, text)]) for text, content in side.items()}
        for side, about in zip((one, two), abouts, strict=True)
    )
    return first, second


def _state_of(about: Mapping[str, Any], region: str) -> str:
    """Return a hash of the state that runs of a region begin in; empty where they have none."""
    starting = about.get("starting") or {}
    found = starting.get(region, {}) if about.get("arms") else starting
    return str(found.get("content", ""))


def drawn_of(about: Mapping[str, Any]) -> str | None:
    """Return a hash of what the population of a run is drawn from: its region, but for new chains.

    Args:
        about: the manifest of a run.

    Returns:
        None where the manifest, of an earlier version, does not say.
    """
    regions = about.get("regions")
    return str(regions[0].get("without_chains", regions[0]["content"])) if regions else None


def content_of(hashes: Sequence[str]) -> str:
    """Return a hash of several packages, from those of their texts in order; empty for none."""
    if not hashes:
        return ""
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:16]


def named_alike(one: Contents, two: Contents) -> tuple[dict[str, str], dict[str, str]]:
    """Return new texts for those of both sides: equal where the contents are, else unlike."""
    known = {content: text for text, content in one.items()}
    second = {}
    for text, content in two.items():
        shown = known.get(content, text)
        if content not in known and text in one:
            shown = f"{text} ({content[:CODES]})"
        second[text] = shown
    apart = {text for text in one if text in two and two[text] not in known}
    first = {t: f"{t} ({c[:CODES]})" if t in apart else t for t, c in one.items()}
    return first, {t: first.get(shown, shown) if two[t] in known else shown
                   for t, shown in second.items()}  # fmt: skip
