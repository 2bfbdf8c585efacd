"""A sheet for the teacher, ready to print: one HTML page, nothing fetched, no script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from experiments.classroom.lessons.answers import Answered, in_text
from experiments.classroom.lessons.debrief import answer_to
from experiments.classroom.lessons.plan import Block, Plans, plans
from experiments.classroom.lessons.story import Language, Step
from experiments.classroom.levers import Twice
from results.words.shown import DISCLAIMER, DISCLAIMER_NL
from sim.measure.outcomes import OUTCOMES

LENGTHS = tuple(lesson.minutes for lesson in plans().lesson)
"""Minutes of the lessons that there are."""


class About(NamedTuple):
    """Where the answers of a sheet come from: region, paired runs a step, version of the model."""

    region: str
    seeds: int
    version: str


HEADS = {
    "en": {
        "minutes": "minutes", "goal": "What it is for", "needs": "What is needed",
        "plan": "Plan", "from": "from", "to": "to", "roles": "Roles", "wants": "wants",
        "watches": "judges by", "steps": "The steps, with their answers",
        "question": "Question", "options": "To choose from", "came": "What came out",
        "money": "The money", "debrief": "Debriefing", "each": "In each step",
        "made": "Answers: {region}, {seeds} paired runs a step, regiosim {version}.",
        "still": "Leave this step out: in this region it changes nothing. What does nothing here:",
    },
    "nl": {
        "minutes": "minuten", "goal": "Waar het om gaat", "needs": "Wat er nodig is",
        "plan": "Verloop", "from": "van", "to": "tot", "roles": "Rollen", "wants": "wil",
        "watches": "oordeelt op", "steps": "De stappen, met hun antwoorden",
        "question": "Vraag", "options": "Te kiezen uit", "came": "Wat eruit kwam",
        "money": "Het geld", "debrief": "Nabespreking", "each": "In elke stap",
        "made": "Antwoorden: {region}, {seeds} gepaarde runs per stap, regiosim {version}.",
        "still": "Sla deze stap over: in deze regio verandert hij niets. Wat hier niets doet:",
    },
}  # fmt: skip


class _Timed(NamedTuple):
    block: Block
    begins: int
    ends: int


def _timed(blocks: Sequence[Block]) -> list[_Timed]:
    rows, at = [], 0
    for block in blocks:
        rows.append(_Timed(block, at, at + block.minutes))
        at += block.minutes
    return rows


def _labels(names: Sequence[str], language: Language) -> str:
    known = {one.name: in_text(one, language) for one in OUTCOMES}
    return ", ".join(known[name] for name in names)


def sheet(
    minutes: int,
    language: Language,
    answered: Sequence[Answered],
    about: About,
    still: Sequence[tuple[Step, Sequence[Twice]]] = (),
) -> str:
    """Return the sheet of a lesson as HTML.

    Args:
        minutes: one of ``LENGTHS``.
        language: ``en`` or ``nl``; all of the sheet is in it.
        answered: every step of the story with its answers, but those of ``still``.
        about: where these come from.
        still: steps that are left out in this region, with the labels of levers that do nothing.
    """
    found: Plans = plans()
    lesson = found.of(minutes)
    mine = [one for one in answered if one.step.name in lesson.steps]
    environment = Environment(
        loader=PackageLoader("experiments.classroom.lessons"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("sheet.html.j2").render(
        language=language,
        heads=HEADS[language],
        words=found.words,
        disclaimer=DISCLAIMER_NL if language == "nl" else DISCLAIMER,
        minutes=minutes,
        blocks=_timed(lesson.block),
        roles=[(role, _labels(role.watches, language)) for role in found.role],
        answered=mine,
        still=[
            (step, ", ".join(getattr(label, language) for label in labels))
            for step, labels in still
            if step.name in lesson.steps
        ],
        debrief=[(one, answer_to(one, mine, language, about.seeds)) for one in found.debrief],
        seeds=about.seeds,
        made=HEADS[language]["made"].format(**about._asdict()),
    )
