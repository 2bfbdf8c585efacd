"""Answers to the questions of a debriefing, from what came out of the steps that were run."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.classroom.lessons.answers import Answer, Answered, in_text
from experiments.classroom.lessons.plan import Question
from experiments.classroom.lessons.story import Language

SCALE = ("organisations", "effective_organisations", "organisation_size_weighted")
"""Outcomes that say how large and how many: the question of the model."""

WORDS = {
    "moved": {"en": "Moved:", "nl": "In beweging kwam:"},
    "still": {"en": "Hardly moved:", "nl": "Nauwelijks in beweging kwam:"},
    "none": {"en": "nothing", "nl": "niets"},
    "in": {"en": "in", "nl": "in"},
    "equal": {
        "en": "In none of these steps does it move beyond what chance gives.",
        "nl": "In geen van deze stappen beweegt het meer dan toeval geeft.",
    },
    "money": {
        "en": "What comes out there may come from the money.",
        "nl": "Wat daar uitkomt kan van het geld komen.",
    },
    "scale_moved": {
        "en": "In this lesson it moved scale or number:",
        "nl": "In deze les bewoog schaal of aantal:",
    },
    "scale_still": {
        "en": "In none of the steps that ask it do scale or number move.",
        "nl": "In geen van de stappen die ernaar vragen bewegen schaal of aantal.",
    },
    "scale_unasked": {
        "en": "The steps of this lesson do not ask it: look at the organisations under both "
        "policies of the last step.",
        "nl": "De stappen van deze les vragen er niet naar: kijk naar de organisaties onder beide "
        "maatregelen van de laatste stap.",
    },
    "scale": {
        "en": "Designs that differ in payment alone, and pay the same, hardly do: chance and "
        "assumed values decide most of it (docs/emergence.md).",
        "nl": "Ontwerpen die alleen in bekostiging verschillen en evenveel betalen doen dat "
        "nauwelijks: toeval en aangenomen waarden beslissen het meeste (docs/emergence.md).",
    },
}


def _listed(found: Sequence[tuple[Answered, Answer]], language: Language) -> str:
    names = [
        f"{in_text(answer.outcome, language)} ({one.step.title.say(language)})"
        for one, answer in found
    ]
    return ("; ".join(names) or WORDS["none"][language]) + "."


def _moved(answered: Sequence[Answered], language: Language) -> list[str]:
    pairs = [(one, answer) for one in answered for answer in one.findings]
    moved = [pair for pair in pairs if pair[1].direction != "same"]
    still = [pair for pair in pairs if pair[1].direction == "same"]
    return [
        f"{WORDS['moved'][language]} {_listed(moved, language)}",
        f"{WORDS['still'][language]} {_listed(still, language)}",
    ]


def _money(answered: Sequence[Answered], language: Language, seeds: int) -> list[str]:
    moved = [one for one in answered if one.money.direction != "same"]
    if not moved:
        return [WORDS["equal"][language]]
    lines = [f"{one.step.title.say(language)}. {one.money.said(language, seeds)}" for one in moved]
    return [*lines, WORDS["money"][language]]


def _scale(answered: Sequence[Answered], language: Language) -> list[str]:
    asked = [
        (one, answer) for one in answered for answer in one.findings if answer.outcome.name in SCALE
    ]
    moved = [pair for pair in asked if pair[1].direction != "same"]
    if not asked:
        head = WORDS["scale_unasked"][language]
    elif moved:
        head = f"{WORDS['scale_moved'][language]} {_listed(moved, language)}"
    else:
        head = WORDS["scale_still"][language]
    return [head, WORDS["scale"][language]]


def answer_to(
    question: Question, answered: Sequence[Answered], language: Language, seeds: int
) -> list[str]:
    """Return the answer to a question as sentences, one a line."""
    if question.answer:
        return [question.answer.say(language)]
    if question.about == "moved":
        return _moved(answered, language)
    if question.about == "money":
        return _money(answered, language, seeds)
    return _scale(answered, language)
