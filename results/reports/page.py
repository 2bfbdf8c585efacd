"""One self-contained HTML page: tables and figures inlined, no scripts, nothing fetched."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from matplotlib.figure import Figure

from results.figures.style import DPI, house_style
from results.store.folder import whole_file
from results.words.shown import DISCLAIMER, DISCLAIMER_NL

PURPOSE = (
    "It shows how assumptions about payment titles, trust and cost work out in a model. "
    "The numbers describe that model, not what will happen or what is best in a real region."
)
PURPOSE_NL = (
    "Het laat zien hoe aannames over bekostiging, vertrouwen en kosten uitwerken in een model. "
    "De getallen beschrijven dat model, niet wat er zal gebeuren of wat het beste is in een "
    "echte regio."
)


class Illustration(NamedTuple):
    """A figure with the caption and the alternative text that the report gives it."""

    name: str
    figure: Figure
    caption: str
    alt: str
    png: bytes = b""
    """The figure as already drawn, if it was."""


class Cell(NamedTuple):
    """A number in a table, and the band around it in small print."""

    text: str
    band: str = ""


@dataclass(frozen=True)
class Part:
    """A section of a report with an optional table; ``place`` is ``top`` or ``end``."""

    title: str
    rows: Sequence[Sequence[str | Cell]] = ()
    head: Sequence[str] = ()
    text: str = ""
    place: str = "top"
    numbers: bool = False


def _inline(item: Illustration) -> str:
    data = item.png
    if not data:
        stream = io.BytesIO()
        with house_style():
            item.figure.savefig(stream, format="png", dpi=DPI, metadata={"Software": None})
        data = stream.getvalue()
    return base64.b64encode(data).decode("ascii")


def write_page(
    target: Path,
    title: str,
    summary_nl: Sequence[str],
    parts: Sequence[Part],
    figures: Sequence[Illustration],
) -> Path:
    """Write a report in English with a Dutch summary; all text from runs is escaped."""
    environment = Environment(
        loader=PackageLoader("results.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template("report.html.j2").render(
        title=title,
        disclaimer=DISCLAIMER,
        disclaimer_nl=DISCLAIMER_NL,
        purpose=PURPOSE,
        purpose_nl=PURPOSE_NL,
        summary_nl=summary_nl,
        tables=parts,
        figures=[
            {"data": _inline(item), "caption": item.caption, "alt": item.alt} for item in figures
        ],
    )
    with whole_file(target) as aside:
        aside.write_text(text, encoding="utf-8", newline="\n")
    return target
