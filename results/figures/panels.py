"""What panels have in common: their grid, names, scales, bands, and dates of policy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import Formatter, MaxNLocator

from results.figures.letters import width, wrap
from results.figures.style import GREY, SMALL, SOFT, TEXT, WIDTH, sheet
from results.words.figures import percent, say
from results.words.numbers import number
from results.words.outcomes import Word

ACROSS = 2
TALL = 2.0
"""Inches of a row of panels."""
FEW_TICKS = 4
"""Steps between the numbers below a panel, at most."""
DATES = 6
"""Dates of policy that are marked: the first ones; a note says how many more there are."""
DASHES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)),
                           (0, (7, 2)))  # fmt: skip
UNIT = "unit"
"""Marks the text with the unit of a panel."""
POINTS = ("o", "s", "^", "D", "v", "P", "X", "<")


class Mark(NamedTuple):
    """A date of policy on an axis of years."""

    at: float
    """Place on the axis: 2018 is the middle of that year, 2017.5 its first day."""
    text: str
    """What happens, in the language of the figure."""


class Look(NamedTuple):
    """How a line is drawn: a colour, and dashes for who sees none."""

    colour: str
    dash: Any = "-"
    marker: str = "o"


class PlainNumbers(Formatter):
    """Writes numbers as people do, 120,000, with more digits where two would look the same."""

    def __init__(self, language: str = "en") -> None:
        self.language = language

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return a single number as text."""
        return number(x, self.language)

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return what is written at each tick of an axis."""
        texts = [number(value, self.language) for value in values]
        for digits in range(4, 10):
            if len(set(texts)) == len(set(values)):
                break
            texts = [f"{value:,.{digits}f}" for value in values]
            if self.language == "nl":
                texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
        return texts


def plain_numbers(axes: Axes, x: bool = False, language: str = "en") -> None:
    """Write the numbers of the value axis as people do: 120,000."""
    axis = axes.xaxis if x else axes.yaxis
    axis.set_major_formatter(PlainNumbers(language))


def few_ticks(axes: Axes, values: Iterable[float], inches: float) -> None:
    """Put as many round numbers below a panel as fit side by side, of so many inches; a few."""
    widest = max(width(number(value), SMALL) for value in values)
    fitting = int((inches - 0.2) / (widest + 0.12))
    axes.xaxis.set_major_locator(MaxNLocator(min(max(fitting, 1), FEW_TICKS)))


def grid(
    count: int, tall: float = TALL, across: int = ACROSS, shared: bool = True
) -> tuple[Figure, list[Axes]]:
    """Return a figure with ``count`` panels, at least one, in rows of two.

    Args:
        count: of panels.
        tall: inches of a row.
        across: panels in a row.
        shared: panels have one axis of x: its numbers stand below the lowest of each column.
    """
    across = min(across, max(count, 1))
    down = max(-(-count // across), 1)
    figure = sheet(tall * down + 0.25)
    axes = list(figure.subplots(down, across, squeeze=False, sharex=shared).flat)
    for spare in axes[max(count, 1) :]:
        spare.remove()
    return figure, axes[: max(count, 1)]


def room(across: int) -> float:
    """Return the inches that the title of a panel has."""
    return WIDTH / across - 0.62


def name_panel(axes: Axes, word: Word, language: str, across: int = ACROSS, more: str = "") -> None:
    """Write the name of an outcome above a panel, and below it the unit of a year's value.

    Args:
        axes: the panel.
        word: what the outcome is called.
        language: ``en`` or ``nl``.
        across: panels in a row.
        more: what to say after the unit.
    """
    name = wrap(word.label(language), room(across), TEXT, 2, bold=True)
    unit = ", ".join(part for part in (word.unit_in(language), more) if part)
    lines = wrap(unit, room(across), SMALL) if unit else []
    axes.set_title("\n".join(name), fontsize=TEXT, pad=5 + 11.5 * len(lines), linespacing=1.1)
    for old in [text for text in axes.texts if text.get_gid() == UNIT]:
        old.remove()
    axes.annotate("\n".join(lines), (0.0, 1.0), xycoords="axes fraction", xytext=(0, 4),
                  textcoords="offset points", ha="left", va="bottom", fontsize=SMALL,
                  linespacing=1.1, gid=UNIT)  # fmt: skip
    plain_numbers(axes, language=language)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))


def from_zero(axes: Axes, lowest: float, word: Word, language: str) -> bool:
    """Let the value axis begin at 0 where values lie near it, or say that it does not.

    Returns:
        Whether it begins at 0 or below.
    """
    low, high = axes.get_ylim()
    if lowest >= 0 and low < 0.6 * high:
        axes.set_ylim(bottom=0.0)
        low = 0.0
    if low > 0:
        name_panel(axes, word, language, more=say("not from zero", language))
    return low <= 0


def year_axis(axes: Axes, language: str = "en", ticks: int = 5) -> None:
    """Show whole years only, at most about ``ticks`` of them."""
    axes.xaxis.set_major_locator(
        MaxNLocator(nbins=ticks, steps=[1, 2, 5, 10], integer=True, min_n_ticks=2)
    )
    axes.margins(x=0.03)
    axes.set_xlabel(say("year", language))


def show_years(panels: Sequence[Axes], across: int, language: str = "en") -> None:
    """Write years and their name below the last panel of each column."""
    for place, axes in enumerate(panels):
        last = place + across >= len(panels)
        axes.tick_params(labelbottom=last)
        year_axis(axes, language)
        if not last:
            axes.set_xlabel("")


def draw_band(axes: Axes, band: pd.DataFrame, look: Look, name: str = "") -> Line2D:
    """Draw one outcome's median line and 10-90% band by year; return the line."""
    if (band["high"] > band["low"]).any():
        axes.fill_between(
            band["year"], band["low"], band["high"], color=look.colour, alpha=0.2, linewidth=0
        )
    (line,) = axes.plot(
        band["year"],
        band["median"],
        color=look.colour,
        linewidth=1.8,
        linestyle=look.dash,
        marker=look.marker if len(band) < 8 else None,
        label=name or None,
    )
    return line


def name_share(axes: Axes, band: pd.DataFrame, share: float, colour: str) -> None:
    """Write the share of a group of runs at the end of its line."""
    last = band.iloc[-1]
    axes.annotate(
        percent(share), (last["year"], last["median"]), xytext=(0, 3), ha="right", va="bottom",
        textcoords="offset points", fontsize=SMALL, color=colour, fontweight="bold",
    )  # fmt: skip


def within(dates: Sequence[Mark], years: pd.Series) -> list[Mark]:
    """Return the dates of policy that lie among the years that are drawn, in order."""
    if years.empty:
        return []
    return sorted(mark for mark in dates if years.min() - 0.5 < mark.at <= years.max() + 0.5)


def mark_dates(axes: Axes, dates: Sequence[Mark]) -> None:
    """Draw dates of policy, each with its letter."""
    for place, mark in enumerate(dates[:DATES]):
        axes.axvline(mark.at, color=GREY, linewidth=0.9, linestyle=":", zorder=0.5)
        axes.annotate(
            "abcdef"[place], (mark.at, 1.0), xycoords=("data", "axes fraction"), xytext=(1.5, -1),
            textcoords="offset points", ha="left", va="top", fontsize=SMALL, color=SOFT,
        )  # fmt: skip


def dates_note(dates: Sequence[Mark], language: str) -> str:
    """Return what the letters at dates of policy stand for."""
    if not dates:
        return ""
    said = [f"{'abcdef'[place]} {mark.text}" for place, mark in enumerate(dates[:DATES])]
    if len(dates) > DATES:
        said.append(say("more dates", language, count=len(dates) - DATES))
    return say("policy", language, dates="; ".join(said))


def scales_note(zeros: Sequence[bool], language: str, one: bool = False) -> str:
    """Return what is said of scales: whether panels share one, and where they begin."""
    scale = say("one scale" if one else "own scales", language) + ", " if len(zeros) > 1 else ""
    begins = say("from zero" if all(zeros) else "from zero unless", language)
    text = scale + begins
    return text[:1].upper() + text[1:] if len(zeros) > 1 else ""


def sentences(*parts: str) -> str:
    """Return sentences of a note one after the other, without those that are empty."""
    return " ".join(part for part in parts if part)


def say_empty(axes: Axes, text: str) -> None:
    """Say in an empty panel why it is empty."""
    said = "\n".join(wrap(text, 2.0, SMALL, 3))
    axes.text(0.5, 0.5, said, ha="center", va="center", color=GREY, transform=axes.transAxes)
    axes.set_xticks([])
    axes.set_yticks([])
