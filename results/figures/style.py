"""One look for every figure, without touching a notebook's own settings.

Figures are plain ``matplotlib.figure.Figure`` objects: no pyplot window, no global state, and
nothing of the settings of whoever runs them. A figure is 5.2 inches wide: on a screen of 390
pixels a point of print is then about a pixel, and no print is smaller than 9 points. Wider ones
are for a box that scrolls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import Any, NamedTuple, ParamSpec

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from results.figures.letters import fit, width, wrap
from results.words.shown import DISCLAIMER, DISCLAIMER_NL

PALETTE = (
    "#0173b2", "#de8f05", "#029e73", "#d55e00", "#cc78bc", "#ca9161", "#56b4e9", "#c9b800",
)  # fmt: skip
"""seaborn's colour-blind palette without its pink and grey, its yellow darkened for white paper.

Dashes, markers or hatches tell its colours apart without colour. Written out, as the white grid
below: seaborn brings half of SciPy along, which takes longer than a short run.
"""
GREY = "#8a8a8a"
PALE = "#e4e9ed"
INK = "#26323a"
SOFT = "#5a666d"
WIDTH = 5.2
"""Inches of a figure."""
TEXT, SMALL, TITLE = 10.0, 9.0, 12.0
"""Points of print: of names, of the smallest print, and of a figure's title."""
DPI = 160
MARGIN = 0.06
"""Inches at the left and right of what is written around the panels."""

P = ParamSpec("P")


class Heading(NamedTuple):
    """What is written around the panels of a figure."""

    title: str
    note: str
    """What line and band are, of how many runs: sentences below the panels."""
    name: str
    """Run and regime, or sweep."""
    language: str
    key: Sequence[Artist] = ()
    """What the legend above the panels lists, by its labels."""


@lru_cache(maxsize=1)
def _defaults() -> dict[str, Any]:
    """Return the settings that decide on how a figure looks, as Matplotlib has them by itself."""
    apart = ("backend", "date.", "docstring.", "interactive", "keymap.", "timezone", "tk.",
             "toolbar", "webagg.")  # fmt: skip
    return {key: mpl.rcParamsDefault[key] for key in mpl.rcParamsDefault
            if not key.startswith(apart)}  # fmt: skip


def _settings() -> Any:
    return {
        **_defaults(),
        "axes.axisbelow": True,
        "axes.grid": True,
        "lines.solid_capstyle": "round",
        "patch.edgecolor": "w",
        "patch.force_edgecolor": True,
        "xtick.bottom": False,
        "ytick.left": False,
        # Whatever a name holds, it is no mathematics.
        "text.parse_math": False,
        "axes.formatter.use_mathtext": False,
        "font.family": ["DejaVu Sans"],
        "font.size": TEXT,
        "text.color": INK,
        "axes.edgecolor": "#aab4ba",
        "axes.labelcolor": INK,
        "axes.labelsize": SMALL,
        "axes.linewidth": 0.8,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlelocation": "left",
        "axes.titlesize": TEXT,
        "axes.titleweight": "bold",
        "grid.color": "#e6eaec",
        "grid.linewidth": 0.7,
        "hatch.linewidth": 0.6,
        "legend.fontsize": SMALL,
        "legend.frameon": False,
        "legend.handlelength": 1.9,
        "lines.markersize": 4.5,
        "xtick.color": INK,
        "xtick.labelsize": SMALL,
        "ytick.color": INK,
        "ytick.labelsize": SMALL,
        "svg.hashsalt": "regiosim",
        "svg.fonttype": "path",
    }


@contextmanager
def house_style() -> Iterator[None]:
    """Use the settings of regiosim's figures inside the block only."""
    with mpl.rc_context(rc=_settings()):
        yield


def styled(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """Let a drawing function run in the house style."""

    @wraps(draw)
    def inside(*args: P.args, **kwargs: P.kwargs) -> Figure:
        with house_style():
            return draw(*args, **kwargs)

    return inside


def sheet(height: float, inches: float = WIDTH) -> Figure:
    """Return an empty figure whose panels get so many inches of height (``finish`` adds more).

    It has no canvas before ``finish``: seaborn would draw all of it for every heat map.
    """
    return Figure(figsize=(inches, height))


def finish(figure: Figure, heading: Heading) -> Figure:
    """Write title and legend above the panels of a ``sheet``, note and names below; return it.

    The figure grows by the room that these take.
    """
    FigureCanvasAgg(figure)
    wide, panels = figure.get_size_inches()
    room = wide - 2 * MARGIN
    title = wrap(heading.title, room, TITLE, 3, bold=True)
    rows, columns = _columns(heading.key, room)
    above = _lines(title, TITLE) + 0.08
    head = above + (rows * _line(SMALL) + 0.1 if rows else 0.0)
    said = DISCLAIMER_NL if heading.language == "nl" else DISCLAIMER
    below = [*wrap(heading.note, room, SMALL, 9), *wrap(said, room, SMALL),
             *wrap(heading.name, room, SMALL)]  # fmt: skip
    foot = _lines([line for line in below if line], SMALL) + 0.1
    tall = panels + head + foot
    figure.set_size_inches(wide, tall)
    rect = (0.0, foot / tall, 1.0, panels / tall)
    figure.set_layout_engine(
        ConstrainedLayoutEngine(rect=rect, w_pad=0.05, h_pad=0.05, wspace=0.03, hspace=0.03)
    )
    edge = MARGIN / wide
    figure.text(edge, 1 - 0.04 / tall, "\n".join(title), ha="left", va="top", fontsize=TITLE,
                fontweight="bold", linespacing=1.2)  # fmt: skip
    if rows:
        figure.legend(
            handles=list(heading.key),
            labels=[fit(one.get_label(), room - 0.5, SMALL) for one in heading.key], ncols=columns,
            loc="upper left", bbox_to_anchor=(edge, 1 - above / tall), borderaxespad=0.0,
            borderpad=0.0, columnspacing=1.2, labelspacing=0.25,
        )  # fmt: skip
    _write_below(figure, heading, said, foot)
    return figure


def _write_below(figure: Figure, heading: Heading, said: str, foot: float) -> None:
    """Write note, disclaimer and name from the top of the foot down."""
    wide, tall = figure.get_size_inches()
    room, top = wide - 2 * MARGIN, foot - 0.05
    for text, most, colour in ((heading.note, 9, INK), (said, 2, SOFT), (heading.name, 2, SOFT)):
        lines = wrap(text, room, SMALL, most)
        if not text:
            continue
        figure.text(MARGIN / wide, top / tall, "\n".join(lines), ha="left", va="top",
                    fontsize=SMALL, color=colour, linespacing=1.2)  # fmt: skip
        top -= _lines(lines, SMALL)


def _line(size: float) -> float:
    """Return the inches that a line of print takes."""
    return size * 1.4 / 72


def _lines(lines: Sequence[str], size: float) -> float:
    return len(lines) * _line(size)


def _columns(key: Sequence[Artist], room: float) -> tuple[int, int]:
    """Return rows and columns of a legend that fits so many inches."""
    wide = [width(fit(one.get_label(), room - 0.5, SMALL), SMALL) + 0.5 for one in key]
    for columns in range(min(len(wide), 4), 1, -1):
        rows = -(-len(wide) // columns)
        if sum(max(wide[k : k + rows]) for k in range(0, len(wide), rows)) <= room:
            return rows, columns
    return len(wide), 1


def texts(figure: Figure) -> list[str]:
    """Return what is written on the figure outside its panels, each on one line."""
    return [text.get_text().replace("\n", " ") for text in figure.texts if text.get_text()]
