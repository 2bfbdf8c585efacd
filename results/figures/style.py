"""One look for every figure, without touching a notebook's own settings.

Figures are plain ``matplotlib.figure.Figure`` objects: no pyplot window, no global state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import Formatter, MaxNLocator

from results.store.folder import whole_file
from results.words.numbers import number
from results.words.shown import DISCLAIMER

PALETTE: tuple[str, ...] = (
    "#0173b2",
    "#de8f05",
    "#029e73",
    "#d55e00",
    "#cc78bc",
    "#ca9161",
    "#56b4e9",
    "#c9b800",
)
"""seaborn's colour-blind palette without its grey and pink; yellow darkened for white paper."""
GREY = "#8a8a8a"
PALE = "#e4e9ed"
INK = "#26323a"
DPI = 150

P = ParamSpec("P")


def _settings() -> Any:
    return {
        **sns.axes_style("whitegrid"),
        **sns.plotting_context("notebook", font_scale=0.85),
        "font.family": ["DejaVu Sans"],
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": "#aab4ba",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlelocation": "left",
        "axes.titlesize": 10,
        "axes.titleweight": "bold",
        "grid.color": "#e6eaec",
        "legend.frameon": False,
        "xtick.color": INK,
        "ytick.color": INK,
        "svg.hashsalt": "regiosim",
        "svg.fonttype": "path",
        "path.simplify": True,
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


def blank(width: float, height: float, title: str, name: str, subtitle: str = "") -> Figure:
    """Return an empty figure (inches) with titles, the disclaimer and the run's name."""
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    edge = 0.12 / width
    foot, head = 0.30 / height, (0.68 if subtitle else 0.44) / height
    figure.set_layout_engine(ConstrainedLayoutEngine(rect=(0, foot, 1, 1 - foot - head)))
    top = 1 - 0.12 / height
    figure.text(edge, top, title, ha="left", va="top", fontsize=12, fontweight="bold")
    below = 1 - 0.40 / height
    figure.text(edge, below, subtitle, ha="left", va="top", fontsize=9.5)
    low = 0.09 / height
    figure.text(edge, low, DISCLAIMER, ha="left", va="bottom", fontsize=8, color="#5a666d")
    figure.text(1 - edge, low, name, ha="right", va="bottom", fontsize=8, color="#5a666d")
    return figure


def texts(figure: Figure) -> list[str]:
    """Return what is written on the figure outside its panels: titles, footnote, name."""
    return [text.get_text() for text in figure.texts if text.get_text()]


def year_axis(axes: Axes, ticks: int = 7) -> None:
    """Show whole years only, at most about ``ticks`` of them."""
    axes.xaxis.set_major_locator(
        MaxNLocator(nbins=ticks, steps=[1, 2, 5, 10], integer=True, min_n_ticks=2)
    )
    axes.set_xlabel("year")
    axes.margins(x=0.02)


class PlainNumbers(Formatter):
    """Writes numbers as people do, 120,000, with more digits where two would look the same."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return a single number as text."""
        return number(x)

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return what is written at each tick of an axis."""
        texts = [number(value) for value in values]
        for digits in range(4, 10):
            if len(set(texts)) == len(set(values)):
                break
            texts = [f"{value:,.{digits}f}" for value in values]
        return texts


def plain_numbers(axes: Axes, x: bool = False) -> None:
    """Write the numbers of the value axis as people do: 120,000."""
    axis = axes.xaxis if x else axes.yaxis
    axis.set_major_formatter(PlainNumbers())


def draw_band(axes: Axes, band: pd.DataFrame, colour: str, name: str = "") -> None:
    """Draw one outcome's median line and 10-90% band by year."""
    axes.fill_between(
        band["year"], band["low"], band["high"], color=colour, alpha=0.22, linewidth=0
    )
    axes.plot(
        band["year"],
        band["median"],
        color=colour,
        linewidth=1.8,
        marker="o" if len(band) < 8 else None,
        label=name or None,
    )


def say_empty(axes: Axes, text: str) -> None:
    """Say in an empty panel why it is empty."""
    axes.text(0.5, 0.5, text, ha="center", va="center", color=GREY, transform=axes.transAxes)
    axes.set_xticks([])
    axes.set_yticks([])


def save(figure: Figure, folder: Path | str, name: str) -> list[Path]:
    """Write NAME.png (150 dpi) and NAME.svg; the same figure gives the same bytes.

    Returns:
        The two files. Each appears whole or not at all.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    empty: dict[str, dict[str, None]] = {"png": {"Software": None}, "svg": {"Date": None}}
    for kind, metadata in empty.items():
        target = folder / f"{name}.{kind}"
        with house_style(), whole_file(target) as aside:
            figure.savefig(aside, format=kind, dpi=DPI, metadata=metadata)
        figure.set_layout_engine("none")  # laid out once: it costs more than drawing
        files.append(target)
    return files
