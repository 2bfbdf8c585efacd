"""A process that draws figures for another: ``python -m experiments.runs.artist``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from experiments.serving import serve


def draw() -> Callable[[Any], Any]:
    """Return what answers a figure by what it looks like."""
    from results.figures.drawing import picture_of

    return picture_of


if __name__ == "__main__":
    serve(draw)
