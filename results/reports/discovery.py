"""The report on boxes: where in the factors of a sweep an outcome is of interest, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from results.reports.about import rest_of
from results.reports.alone import alone
from results.reports.declared import REPORT, closing
from results.reports.page import Card, Cell, Part, Report, breakable, write_page
from results.statistics.discovery import Box, Discovered, Limit
from results.statistics.swept import Swept
from results.words.numbers import NONE, number, percent, value_text
from results.words.texts import say


class Asked(NamedTuple):
    """What is of interest.

    Attributes:
        outcome: its name.
        above: whether values above the number are; otherwise those below.
        value: the number, in the outcome's unit.
        where: as it was asked.
    """

    outcome: str
    above: bool
    value: float
    where: str


class _Told(NamedTuple):
    """What was found and the language in which it is told."""

    found: Discovered
    asked: Asked
    swept: Swept
    language: str

    def say(self, key: str, **values: str | int) -> str:
        """Return a text of ``results/words/texts/discovery.toml``."""
        return say(f"discovery.{key}", self.language, **values)

    @property
    def subject(self) -> dict[str, str]:
        """What the outcome is called, and what it should be."""
        word = self.swept.words[self.asked.outcome]
        label, unit = word.label(self.language), word.unit_in(self.language)
        value = number(self.asked.value, self.language)
        value += f" {unit}" if word.unit != "share" and unit.lower() not in label.lower() else ""
        what = self.say("above" if self.asked.above else "below", value=value)
        return {"outcome": label[:1].lower() + label[1:], "what": what}

    def share(self, value: float) -> str:
        """Return a share as a percentage."""
        return NONE if np.isnan(value) else percent(round(value, 3), self.language)


def in_words(limit: Limit, language: str) -> str:
    """Return what a box asks of a factor."""
    low, high = (value_text(float(f"{end:.3g}"), language) for end in (limit.low, limit.high))
    if limit.words:
        words = say("discovery.or", language).join(limit.words)
        return say("discovery.limit_words", language, factor=limit.factor, words=words)
    if np.isnan(limit.low):
        return say("discovery.limit_below", language, factor=limit.factor, high=high)
    if np.isnan(limit.high):
        return say("discovery.limit_above", language, factor=limit.factor, low=low)
    return say("discovery.limit_between", language, factor=limit.factor, low=low, high=high)


def sentences_of(found: Discovered, asked: Asked, swept: Swept, language: str) -> list[str]:
    """Return what was found in sentences."""
    return list(_sentences(_Told(found, asked, swept, language)))


def _sentences(told: _Told) -> Iterator[str]:
    found, swept = told.found, told.swept
    base = told.share(found.base)
    if not found.boxes:
        yield told.say("none", base=base, **told.subject)
    for place, box in enumerate(found.boxes, 1):
        yield told.say(
            "found", place=place, base=base, density=told.share(box.density),
            limits=", ".join(in_words(one, told.language) for one in box.limits),
            low=told.share(box.density_ends[0]), high=told.share(box.density_ends[1]),
            coverage=told.share(box.coverage), least=told.share(box.coverage_ends[0]),
            most=told.share(box.coverage_ends[1]), **told.subject,
        )  # fmt: skip
        unsure = [one.factor for one in box.limits if not one.holds]
        if unsure:
            yield told.say("unsure", place=place, names=", ".join(unsure))
    if found.failed and found.boxes:
        yield told.say("failed")
    if swept.seeds == 1:
        yield told.say("one_seed")
    if swept.done < swept.runs:
        yield told.say("partly", done=swept.done, runs=swept.runs)


@alone
def write_discovery(
    folder: Path,
    found: Discovered,
    asked: Asked,
    made: tuple[Swept, Mapping[str, Any]],
    language: str = "en",
) -> Path:
    """Write ``report.html`` in ``folder``.

    Args:
        folder: where to.
        found: the boxes.
        asked: what is of interest.
        made: the sweep, and the manifest of the answer.
        language: ``en`` or ``nl``.
    """
    swept, own = made
    told, about = _Told(found, asked, swept, language), swept.about
    name = str(about.get("name") or swept.folder.name)
    rest = {key: value for key, value in rest_of(own).items() if key != "first"}
    pair = (number(found.searched, language), number(found.held, language))
    report = Report(
        name=told.say("name", **told.subject),
        kind=told.say("kind"),
        facts=[
            (told.say("sweep"), f"{name} ({str(about.get('id') or '')[:10]})"),
            (told.say("year"), str(swept.year)),
            (told.say("points"), told.say("two", first=pair[0], second=pair[1])),
            (told.say("seeds"), told.say("two", first=found.seeds[0], second=found.seeds[1])),
            (told.say("base"), told.share(found.base)),
        ],
        cards=[
            Card(f"{told.say('box')} {place}", told.share(box.density), "",
                 f"{told.share(box.density_ends[0])} – {told.share(box.density_ends[1])}")
            for place, box in enumerate(found.boxes, 1)
        ],
        about=told.say("density") if found.boxes else "",
        summary=list(_sentences(told)),
        parts=[
            Part(told.say("question"), text=str(about.get("question") or NONE)),
            *([_boxes_part(told)] if found.boxes else []),
            *(_limits_part(told, place, box) for place, box in enumerate(found.boxes, 1)),
            Part(told.say("meaning"), lists=[("", [told.say("about_search"),
                 told.say("about_chance"), told.say("about_ranges")])]),
            *closing({**about, "cite": own.get("cite")}, rest, language),
        ],
        language=language,
    )  # fmt: skip
    return write_page(folder / REPORT, report)


def _boxes_part(told: _Told) -> Part:
    rows: list[list[str | Cell]] = []
    for place, box in enumerate(told.found.boxes, 1):
        cells = [
            Cell(told.share(value), f"{told.share(ends[0])} – {told.share(ends[1])}", value)
            for value, ends in ((box.density, box.density_ends), (box.coverage, box.coverage_ends))
        ]
        there = told.say("of_all", base=told.share(box.searched_base))
        more = [Cell(told.share(box.mass), order=box.mass),
                Cell(told.share(box.searched), there, box.searched)]  # fmt: skip
        chance = Cell(number(box.chance, told.language), order=box.chance)
        rows.append([str(place), *cells, *more, chance])
    heads = [told.say(key) for key in ("box", "density", "coverage", "mass", "searched", "chance")]
    return Part(told.say("boxes"), rows, heads, numbers=True)


def _limits_part(told: _Told, place: int, box: Box) -> Part:
    rows: list[list[str | Cell]] = [
        [breakable(one.factor), in_words(one, told.language),
         Cell(number(one.chance, told.language), order=one.chance),
         value_text(one.holds, told.language)]
        for one in box.limits
    ]  # fmt: skip
    heads = [say("page.name", told.language), *(told.say(key) for key in ("limit", "chance",
                                                                         "holds"))]  # fmt: skip
    return Part(told.say("limits", place=place), rows, heads, numbers=True)
