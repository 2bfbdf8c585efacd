"""What figures of a sweep have in common: how its arms are drawn and named."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.lines import Line2D

from results.figures.panels import DASHES, POINTS
from results.figures.style import PALETTE
from results.words.figures import say

BANDS = 3
"""With more arms than this, bands cover one another: lines only."""
LINES = len(PALETTE)
"""Arms that are drawn; the others are in the tables."""


def own_word(text: str, language: str) -> str:
    """Return a level or arm in the language of a figure where its name is a word of ours."""
    return say(text, language) if text in ("off", "on", "(no package)") else text


def marked(arms: Sequence[str], language: str, words: bool = False) -> list[Line2D]:
    """Return a mark of each arm for the legend: a line, or the point of a factor of words."""
    if len(arms) < 2:
        return []
    return [
        Line2D(
            [], [], color=PALETTE[k], linewidth=1.8, label=own_word(arm, language),
            linestyle="none" if words else DASHES[k], marker=POINTS[k],
        )
        for k, arm in enumerate(arms[:LINES])
    ]  # fmt: skip


def many_arms(arms: Sequence[str], language: str) -> str:
    """Return how many arms are drawn, where there are more."""
    hidden = len(arms) > LINES
    return say("many arms", language, shown=LINES, count=len(arms)) if hidden else ""
