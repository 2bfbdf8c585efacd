"""How to cite a run, a sweep or what follows from it, in the words of a reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    return how_to_cite_all([about], language)


def how_to_cite_all(abouts: Sequence[Mapping[str, Any]], language: str = "en") -> str:
    """Return the same for several runs and sweeps, each version of the program once."""
    named: dict[str, list[str]] = {}
    for about in abouts:
        program = _program(about, language)
        if program:
            _, run, sweep = _SAID[language]
            kind = sweep if about.get("kind") == "sweep" else run
            called = [f"{kind} {about['id']}."] if "id" in about else []
            named.setdefault(program, []).extend(called)
    return " ".join(" ".join([program, *dict.fromkeys(ids)]) for program, ids in named.items())


def _program(about: Mapping[str, Any], language: str) -> str:
    """Return the reference to the program alone, or nothing."""
    cite = about.get("cite")
    if not isinstance(cite, Mapping) or not cite.get("version"):
        return ""
    year = str(cite.get("released", ""))[:4]
    program = f"{cite.get('title')}, {_SAID[language][0]} {cite['version']} {_KINDS[language]}"
    return f"{cite.get('authors')} ({year}). {program}."
