"""How to cite a run, a sweep or what follows from it, in the words of a reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_KINDS = {"en": "[computer program]", "nl": "[computerprogramma]"}
_SAID = {"en": ("version", "Run", "Sweep"), "nl": ("versie", "Run", "Sweep")}


def how_to_cite(about: Mapping[str, Any], language: str = "en") -> str:
    """Return a reference to the program and to the run or sweep, out of its manifest.

    ``The regiosim developers (2026). regiosim, version 0.1.0 [computer program]. Run 1a2b.``

    Args:
        about: the manifest.
        language: ``en`` or ``nl``.

    Returns:
        The reference; empty where a manifest of an earlier version does not say.
    """
    cite = about.get("cite")
    if not isinstance(cite, Mapping) or not cite.get("version"):
        return ""
    version, run, sweep = _SAID[language]
    year = str(cite.get("released", ""))[:4]
    program = f"{cite.get('title')}, {version} {cite['version']} {_KINDS[language]}"
    kind = sweep if about.get("kind") == "sweep" else run
    called = f" {kind} {about['id']}." if "id" in about else ""
    return f"{cite.get('authors')} ({year}). {program}.{called}"
