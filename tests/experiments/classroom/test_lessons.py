"""The story and the sheets: what is said follows from what came out, whole in both languages."""

from __future__ import annotations

import html
import re
from typing import get_args

import pytest

from experiments.classroom.lessons.answers import Answer, Answered, _answer, _Raw, answers
from experiments.classroom.lessons.debrief import answer_to
from experiments.classroom.lessons.plan import plans
from experiments.classroom.lessons.sheet import LENGTHS, About, sheet
from experiments.classroom.lessons.story import Direction, Language, Policy, story
from experiments.mechanisms import Effect
from experiments.runs.scenario import Scenario
from sim.measure.outcomes import OUTCOMES

LANGUAGES = get_args(Language)
ABOUT = About("synthetic:2", 4, "0")


def scenario_of(region: str, policy: Policy, seeds: int) -> Scenario:
    return Scenario(region, policy.regime, end="2030Q4", replicates=seeds)


def raw(mean: float, half: float, place: int = 0) -> _Raw:
    finding = story()[0].finding[place]
    outcome = next(one for one in OUTCOMES if one.name == finding.outcome)
    return _Raw(outcome, 0.9, 0.9 + mean, Effect(mean, mean - half, mean + half, 0.0), finding)


def answered(*means: float) -> list[Answered]:
    rows = [raw(mean, 0.001, k) for k, mean in enumerate(means)]
    told = [_answer(row, {row.effect for row in rows}) for row in rows]
    money = _answer(raw(0.0, 0.1)._replace(finding=None), set())
    return [Answered(story()[0], tuple(told), money)]


@pytest.fixture(scope="module")
def found() -> list[Answered]:
    return answers(story()[:1], "synthetic:2", scenario_of, seeds=4)


def test_what_is_said_follows_the_sign_and_what_counts_as_a_difference() -> None:
    said: dict[Direction, Answer] = {}
    for mean in (0.1, -0.1, 0.019, -0.019):
        one = raw(mean, 0.001)
        told = _answer(one, {one.effect})
        said[told.direction] = told
        assert told.direction == ("same" if abs(mean) < 0.02 else "more" if mean > 0 else "less")
        assert one.finding and told.why == one.finding.why(told.direction)
    assert "B is 0.1 higher (0.099 to 0.101)" in said["more"].said("en", 60)
    assert "B is 0,1 lager (-0,101 tot -0,099)" in said["less"].said("nl", 60)
    assert "0.019 lower (-0.02 to -0.018), too little to count" in said["same"].said("en", 60)
    assert "te weinig om hier als verschil te tellen" in said["same"].said("nl", 60)


def test_a_difference_that_does_not_stand_is_none() -> None:
    one = _answer(raw(0.5, 0.001), set())
    assert one.direction == "same"
    assert "no difference that counts and that 60 runs can tell" in one.said("en", 60)


def test_runs_without_a_difference_give_none(found: list[Answered]) -> None:
    # The translation of this test leaves the levers alone, so that A and B are the same runs.
    assert {answer.direction for answer in found[0].findings} == {"same"}
    assert found[0].money.effect.mean == 0.0
    assert found[0].money.a > 0.0


def test_the_debriefing_names_what_moved_and_what_did_not() -> None:
    moved, _, scale, limits = plans().debrief
    one = answered(-0.1, 1.0, 0.0)
    first, second = answer_to(moved, one, "en", 60)
    assert "patients of member practices" in first and "effective number" in first
    assert "coverage" in second and "coverage" not in first
    assert "effective number" in answer_to(scale, one, "en", 60)[0]
    assert "effective number" not in answer_to(scale, answered(-0.1, 0.0, 0.0), "en", 60)[0]
    assert answer_to(limits, one, "nl", 60) == [limits.answer and limits.answer.nl]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("minutes", LENGTHS)
def test_a_sheet_is_whole_in_its_language(
    minutes: int, language: Language, found: list[Answered]
) -> None:
    page = html.unescape(sheet(minutes, language, found, ABOUT))
    other: Language = "en" if language == "nl" else "nl"
    assert f'<html lang="{language}">' in page
    assert story()[0].question.say(language) in page
    for text in (plans().words.purpose, *(one.question for one in plans().debrief)):
        assert text.say(language) in page
        assert text.say(other) not in page
    assert not re.search(r"https?://|<script|src=", page)


def test_a_text_differs_in_its_two_languages() -> None:
    for step in story():
        texts = [step.title, step.setting, step.changed, step.question, *step.options]
        texts += [one.why(way) for one in step.finding for way in get_args(Direction)]
        assert not [text for text in texts if text.en == text.nl]


def test_every_outcome_that_a_step_finds_can_be_watched_in_it() -> None:
    for step in story():
        missing = {one.outcome for one in step.finding} - set(step.watch)
        assert len(missing) <= 1, (step.name, missing)
