"""How to cite what a run or a sweep left, as its manifest says it."""

from __future__ import annotations

from experiments.runs.version import AUTHORS, RELEASED, VERSION


def cited() -> dict[str, str]:
    """Return what a manifest says of the program for whoever cites it."""
    return {
        "authors": AUTHORS, "title": "regiosim", "version": VERSION, "released": RELEASED,
        "type": "computer program", "licence": "Apache-2.0",
    }  # fmt: skip
