"""A figure drawn as the bytes of its files, by this process or by one beside it."""

from __future__ import annotations

import io
from concurrent.futures import Future
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from results.figures.style import DPI, house_style

READABLE = 11.0
"""Least height of letters in a figure, in pixels of the page."""
WIDEST = 1200
"""Most that a figure is made wide for that."""
PLACES = 9
"""Digits of where a panel stands, as a part of the figure."""


class Picture(NamedTuple):
    """A figure as drawn: the bytes of two files, and the width that it needs to be read."""

    png: bytes
    svg: bytes
    least: int
    """Pixels."""


class Hands(Protocol):
    """Whoever draws figures beside this process."""

    def begin(self, figure: Figure) -> Future[Picture]:
        """Have a figure drawn; until that has begun it can be cancelled and drawn here."""


def picture_of(figure: Figure) -> Picture:
    """Return a figure as PNG (160 dpi) and SVG; the same figure gives the same bytes."""
    png, svg = io.BytesIO(), io.BytesIO()
    # ``savefig`` would draw everything twice for each file.
    with house_style():
        figure.set_dpi(DPI)
        canvas = FigureCanvasAgg(figure)
        lay_out(figure)
        # Of flat colours: the least compression takes a fifth of the time for a few bytes more.
        canvas.print_png(png, metadata={"Software": None}, pil_kwargs={"compress_level": 1})
        FigureCanvasSVG(figure).print_svg(svg, metadata={"Date": None})
        FigureCanvasAgg(figure)
    return Picture(png.getvalue(), svg.getvalue(), least_width(figure))


def lay_out(figure: Figure) -> None:
    """Put panels where they fit, once and for all: it costs more than drawing.

    The solver of the layout goes through its variables in an order of memory, and with it the last
    bit of a place differs from one process to the next: places are rounded.
    """
    engine = figure.get_layout_engine()
    if engine is None or not figure.axes:
        return
    engine.execute(figure)
    figure.set_layout_engine("none")
    for panel in figure.axes:
        panel.set_position(Bbox(np.round(panel.get_position(original=True).get_points(), PLACES)))


def least_width(figure: Figure) -> int:
    """Return the width in pixels at which the smallest letters of a drawn figure can be read."""
    sizes = [
        float(text.get_fontsize())
        for text in figure.findobj(Text)
        if isinstance(text, Text) and text.get_visible() and text.get_text().strip()
    ]
    if not sizes:
        return 0
    wide = READABLE * 72.0 * figure.get_figwidth() / min(sizes)
    return min(round(wide), WIDEST)


def write(picture: Picture, folder: Path | str, name: str) -> list[Path]:
    """Write NAME.png and NAME.svg; return the two, each of which appears whole or not at all."""
    # What draws for another process writes nothing, and has no use for tables.
    from results.store.folder import whole_file

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = [(folder / f"{name}.png", picture.png), (folder / f"{name}.svg", picture.svg)]
    for path, data in files:
        with whole_file(path) as aside:
            aside.write_bytes(data)
    return [path for path, _ in files]


def save(figure: Figure, folder: Path | str, name: str) -> list[Path]:
    """Draw a figure and write its two files."""
    return write(picture_of(figure), folder, name)
