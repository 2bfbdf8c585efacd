"""What the model answers to the questions of the story, in a region: run when a lesson is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from agents.compiled.record import FloatArray
from experiments.classroom.lessons.story import Direction, Finding, Language, Policy, Said, Step
from experiments.mechanisms import Effect, Measure, all_years, effect_of, mean_of, stands
from experiments.runs.scenario import Scenario
from results.words.numbers import number
from results.words.units import unit_of_year
from sim.measure.outcomes import OUTCOMES, Outcome

SEEDS = 60
"""Paired runs that an answer is given from."""
MONEY = "oi_per_insured"
"""What is shown beside every answer: an effect may come from the money."""

Translate = Callable[[str, Policy, int], Scenario]
"""From a region, a policy and a number of seeds to the scenario that runs it."""
Progress = Callable[[int, int], None]
"""Hears how many policies of how many were run."""


def label_of(outcome: Outcome, language: Language) -> str:
    """Return what an outcome is called."""
    return outcome.dutch if language == "nl" else outcome.english


def in_text(outcome: Outcome, language: Language) -> str:
    """Return the same within a sentence: no capital, but that of an abbreviation stays."""
    label = label_of(outcome, language)
    return label[0].lower() + label[1:] if label[1:2].islower() else label


class Answer(NamedTuple):
    """What came out of one outcome: means under A and B, and B less A with its 95% interval.

    ``direction`` is ``same`` unless the difference stands among all answers of the story when
    the share of false ones is held to 5%, and is as large as the finding asks (``least``).
    """

    outcome: Outcome
    a: float
    b: float
    effect: Effect
    direction: Direction
    why: Said | None
    least: float

    def said(self, language: Language, seeds: int) -> str:
        """Return what came out as a sentence with its numbers."""
        label = label_of(self.outcome, language)
        unit = unit_of_year(self.outcome.unit, self.outcome.yearly, language)
        head = f"{label} ({unit})" if unit and unit.lower() not in label.lower() else label
        a, b = number(self.a, language), number(self.b, language)
        low, high = number(self.effect.low, language), number(self.effect.high, language)
        size = number(abs(self.effect.mean), language)
        up = self.effect.mean > 0
        way = {"en": "higher" if up else "lower", "nl": "hoger" if up else "lager"}
        words = {
            "en": {
                "more": f"{head}: {a} under A, {b} under B: B is {size} higher ({low} to {high}).",
                "less": f"{head}: {a} under A, {b} under B: B is {size} lower ({low} to {high}).",
                "same": f"{head}: {a} under A, {b} under B: no difference that counts and that "
                f"{seeds} runs can tell ({low} to {high}).",
                "tiny": f"{head}: {a} under A, {b} under B: B is {size} {way['en']} ({low} to "
                f"{high}), too little to count as a difference here.",
            },
            "nl": {
                "more": f"{head}: {a} onder A, {b} onder B: B is {size} hoger ({low} tot {high}).",
                "less": f"{head}: {a} onder A, {b} onder B: B is {size} lager ({low} tot {high}).",
                "same": f"{head}: {a} onder A, {b} onder B: geen verschil dat meetelt en dat "
                f"{seeds} runs kunnen aantonen ({low} tot {high}).",
                "tiny": f"{head}: {a} onder A, {b} onder B: B is {size} {way['nl']} ({low} tot "
                f"{high}), te weinig om hier als verschil te tellen.",
            },
        }
        tiny = self.effect.clear and abs(self.effect.mean) < self.least
        return words[language]["tiny" if tiny else self.direction]


class Answered(NamedTuple):
    """A step with the answers to its findings, and what both policies cost."""

    step: Step
    findings: tuple[Answer, ...]
    money: Answer


class _Raw(NamedTuple):
    outcome: Outcome
    a: float
    b: float
    effect: Effect
    finding: Finding | None


def _outcome(name: str) -> Outcome:
    return next(one for one in OUTCOMES if one.name == name)


def _raw(step: Step, a: FloatArray, b: FloatArray) -> list[_Raw]:
    rows = []
    for finding in (*step.finding, None):
        outcome = _outcome(finding.outcome if finding else MONEY)
        measure = Measure(outcome.name, outcome.english, outcome.unit, *step.years)
        one, other = mean_of(a, measure), mean_of(b, measure)
        effect = effect_of(other - one)
        rows.append(_Raw(outcome, float(one.mean()), float(other.mean()), effect, finding))
    return rows


def direction_of(mean: float, stand: bool, least: float) -> Direction:
    """Return how B comes out against A.

    Args:
        mean: mean of B - A over pairs.
        stand: whether that is told from zero.
        least: below it a difference counts as none.
    """
    if not stand or abs(mean) < least:
        return "same"
    return "more" if mean > 0 else "less"


def _answer(raw: _Raw, stand: set[Effect]) -> Answer:
    least = raw.finding.least if raw.finding else 0.0
    direction = direction_of(raw.effect.mean, raw.effect in stand, least)
    why = raw.finding.why(direction) if raw.finding else None
    return Answer(raw.outcome, raw.a, raw.b, raw.effect, direction, why, least)


def _key(policy: Policy) -> str:
    return policy.model_dump_json()


def answers(
    steps: Sequence[Step],
    region: str,
    translate: Translate,
    seeds: int = SEEDS,
    progress: Progress | None = None,
) -> list[Answered]:
    """Run both policies of every step on the same seeds and return what came out.

    A policy of several steps is run once.

    Args:
        steps: the story, or part of it.
        region: a shipped region, a folder, or a made country.
        translate: makes a scenario of a policy.
        seeds: paired runs a step, 2 or more.
        progress: hears how far the work is.

    Raises:
        BadInput: a policy cannot be run in this region.
        RunFailed: a run did not finish.
    """
    policies = {_key(policy): policy for step in steps for policy in (step.a, step.b)}
    runs: dict[str, FloatArray] = {}
    for key, policy in policies.items():
        runs[key] = all_years(translate(region, policy, seeds))
        if progress is not None:
            progress(len(runs), len(policies))
    found = [_raw(step, runs[_key(step.a)], runs[_key(step.b)]) for step in steps]
    stand = stands(row.effect for rows in found for row in rows)
    told = [[_answer(row, stand) for row in rows] for rows in found]
    return [Answered(step, tuple(row[:-1]), row[-1]) for step, row in zip(steps, told, strict=True)]
