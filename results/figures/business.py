"""The figure of a business case: what each form costs per insured, function by function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from results.figures.letters import wrap
from results.figures.panels import PlainNumbers, sentences
from results.figures.style import (
    GREY,
    PALETTE,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    Heading,
    finish,
    sheet,
    styled,
)
from results.statistics.business import Case
from results.words.figures import say

HATCHES = ("", "//", "", "..", "", "\\\\", "", "xx", "oo", "++")
"""Beside colours, so that no two items are told apart by colour alone."""


@styled
def cost_of_forms(
    found: Case, word: Callable[[str], str], now: tuple[float, float], *, language: str = "en"
) -> Figure:
    """Draw what each form costs in EUR per insured a year, beside present and needed O&I.

    Args:
        found: the business case.
        word: what a form or an item is called.
        now: present O&I of the country, EUR per insured, low and high.
        language: ``en`` or ``nl``.
    """
    forms = found.forms
    items = list(dict.fromkeys(str(one) for one in found.lines["item"]))
    figure = sheet(0.7 + 0.46 * len(forms), WIDTH)
    axes = figure.subplots()
    for span, colour, at in ((now, GREY, 1.0), (found.needed(), SOFT, 1.0)):
        axes.axvspan(*span, color=colour, alpha=0.25, linewidth=0, ymax=at)
    before = [0.0] * len(forms)
    key = []
    for place, item in enumerate(items):
        values = [found.per_insured(form, item) for form in forms]
        look: dict[str, Any] = {
            "facecolor": PALETTE[place % len(PALETTE)],
            "hatch": HATCHES[place % len(HATCHES)],
        }
        axes.barh(range(len(forms)), values, left=before, height=0.6, edgecolor="white", **look)
        key.append(Patch(label=word(item), edgecolor="white", **look))
        before = [start + value for start, value in zip(before, values, strict=True)]
    names = ["\n".join(wrap(word(form), 1.5, TEXT, 2)) for form in forms]
    axes.set_yticks(range(len(forms)), names, fontsize=TEXT)
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(say("case axis", language), fontsize=SMALL)
    axes.xaxis.set_major_formatter(PlainNumbers(language))
    note = sentences(say("case note", language), say("case bands", language))
    return finish(figure, Heading(say("case", language), note, found.region, language, key))
