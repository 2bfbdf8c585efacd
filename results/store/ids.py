"""The kind of id that a folder carries: which ids can be compared with each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

IDENTITY: dict[str, str | int] = {"kind": "syntax", "version": 2}
"""How this program makes the hash of rules, and so every id: from what the rules say."""

_OLDER = {"kind": "text", "version": 1}
"""What a manifest means that does not say: a hash of the text and the paths of the rules."""


def identity_of(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the kind of identity that the manifest of a run or a sweep carries."""
    found = about.get("identity")
    return dict(found) if isinstance(found, Mapping) else dict(_OLDER)


def is_comparable(about: Mapping[str, Any], other: Mapping[str, Any] | None = None) -> bool:
    """Return whether two manifests, or one and this program, carry ids of one kind."""
    return identity_of(about) == (IDENTITY if other is None else identity_of(other))


def identity_words(about: Mapping[str, Any]) -> str:
    """Return the kind of identity in words: ``syntax, version 2``."""
    found = identity_of(about)
    return f"{found.get('kind')}, version {found.get('version')}"
