"""One self-contained HTML page: tables and figures inlined, nothing fetched.

It works without its script, which sorts tables and opens what is folded when it is printed or
followed to. The page's own policy allows no other script and no request.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from results.figures.drawing import Picture, picture_of
from results.figures.style import DPI
from results.store.folder import whole_file
from results.words.texts import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BROAD = 6.0
"""Inches of a figure from which it does not stand beside another."""


class Illustration(NamedTuple):
    """A figure with the caption and the alternative text that the report gives it."""

    name: str
    figure: Figure
    caption: str
    alt: str
    picture: Picture | None = None
    """What it looks like, if it was drawn already."""


class Cell(NamedTuple):
    """A number in a table, and the band around it in small print.

    Attributes:
        text: what is written.
        band: in small print below it.
        order: what its column is sorted by; without, the text.
        faint: its interval does not tell it from zero.
    """

    text: str
    band: str = ""
    order: float | None = None
    faint: bool = False


class Card(NamedTuple):
    """A figure at the head of a page: what it is, its value, its unit, and what is around it."""

    name: str
    value: str
    unit: str = ""
    band: str = ""
    faint: bool = False


@dataclass(frozen=True)
class Part:
    """A section of a report.

    Attributes:
        title: its heading, and its line in the contents.
        rows: a table, the first cell of a row is its head.
        head: names of the table's columns.
        text: what stands above the table.
        after: what stands below it.
        folded: only the heading is seen until a reader opens it.
        numbers: the table holds numbers, and can be sorted.
        lists: headings with lines below them.
        figures: what is drawn, with captions.
    """

    title: str
    rows: Sequence[Sequence[str | Cell]] = ()
    head: Sequence[str] = ()
    text: str = ""
    after: str = ""
    folded: bool = False
    numbers: bool = False
    lists: Sequence[tuple[str, Sequence[str]]] = ()
    figures: Sequence[Illustration] = ()


@dataclass(frozen=True)
class Report:
    """A whole page.

    Attributes:
        name: what it is about.
        kind: what kind of report it is, above the name.
        facts: what it is, names and values.
        cards: the figures that matter.
        about: what the figures are, below them.
        summary: sentences.
        parts: sections, in the order in which they stand.
        language: ``en`` or ``nl``.
    """

    name: str
    kind: str
    facts: Sequence[tuple[str, str]]
    cards: Sequence[Card]
    about: str
    summary: Sequence[str]
    parts: Sequence[Part]
    language: str = "en"


def breakable(text: str) -> str:
    """Return a name with spaces without width, so that that of a design can be broken."""
    return text.replace("/", "/\u200b")


def _picture(item: Illustration) -> dict[str, Any]:
    """Return a figure as the template takes it: its bytes as text, its size in pixels."""
    picture = item.picture or picture_of(item.figure)
    wide, high = (round(inches * DPI) for inches in item.figure.get_size_inches())
    return {
        "data": base64.b64encode(picture.png).decode("ascii"),
        "caption": item.caption, "alt": item.alt, "wide": wide, "high": high,
        "least": picture.least, "broad": item.figure.get_figwidth() > BROAD,
    }  # fmt: skip


def write_page(target: Path, report: Report) -> Path:
    """Write a report in its language; all text from runs is escaped."""
    environment = Environment(
        loader=PackageLoader("results.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    loader = environment.loader
    assert loader is not None
    script, style = (loader.get_source(environment, name)[0] for name in ("page.js", "page.css"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")

    def told(key: str, **values: str | int) -> str:
        return say(f"page.{key}", report.language, **values)

    text = environment.get_template("report.html.j2").render(
        report=report,
        say=told,
        picture=_picture,
        script=Markup(script),
        style=Markup(style),
        digest=digest,
    )
    with whole_file(target) as aside:
        aside.write_text(text, encoding="utf-8", newline="\n")
    return target
