"""The report on a scorecard: designs on the eight criteria, simulated beside stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from results.figures.scorecard import simulated_beside_stated
from results.reports.about import rest_of
from results.reports.alone import alone
from results.reports.declared import REPORT, manifest_part
from results.reports.fair import EQUAL, FEWEST
from results.reports.illustrations import save_all
from results.reports.page import Card, Cell, Illustration, Part, Report, breakable, write_page
from results.statistics.scorecard import (
    AGREE,
    CRITERIA,
    DISAGREE,
    MATTERS,
    NO_VERDICT,
    OPEN,
    OVER_ALL,
    Contrast,
    Ranking,
    levels_of,
    ranks,
)
from results.statistics.scored import ALTERNATIVE, FORMULA, FORMULAS, PLACE, SCALES, SCORE, Scored
from results.words.citation import how_to_cite
from results.words.numbers import NONE, number, percent, span
from results.words.texts import say

_WORDS = {
    AGREE: "scorecard.agrees", DISAGREE: "scorecard.disagrees", OPEN: "scorecard.open",
    NO_VERDICT: "scorecard.no_verdict",
    "bundling": "scorecard.bundling", "route": "scorecard.route", "unit": "scorecard.unit",
    "bundled": "scorecard.bundled", "component": "scorecard.component",
    "organisation": "scorecard.organisation", "practice": "scorecard.practice",
    "lump-sum": "scorecard.lump_sum", "insured": "scorecard.insured",
    "patient": "scorecard.patient", "act": "scorecard.act", "effort": "scorecard.effort",
    "two-part": "scorecard.two_part",
    "best": "scorecard.asks_best", "alike": "scorecard.asks_alike",
    "no-better": "scorecard.asks_no_better", "nothing": "scorecard.asks_nothing",
    FORMULA: "scorecard.formula", ALTERNATIVE: "scorecard.alternative",
    SCORE: "scorecard.scale_score", PLACE: "scorecard.scale_rank",
}  # fmt: skip
_CRITERIA = (
    "scorecard.over_all", "scorecard.demand", "scorecard.scales", "scorecard.coherence",
    "scorecard.continuity", "scorecard.added_value", "scorecard.commitment",
    "scorecard.innovation", "scorecard.trust",
)  # fmt: skip


class _Told(NamedTuple):
    """A scorecard and the language in which it is told."""

    found: Scored
    language: str

    def say(self, key: str, **values: str | int) -> str:
        """Return a text of ``results/words/texts/scorecard.toml``."""
        return say(f"scorecard.{key}", self.language, **values)

    def word(self, name: str) -> str:
        """Return what a level, a choice or a verdict is called."""
        return say(_WORDS[name], self.language) if name in _WORDS else name

    def criterion(self, place: int) -> str:
        """Return the name of a criterion; of 0, over all."""
        return say(_CRITERIA[place], self.language)

    def levels(self, names: Sequence[str]) -> str:
        """Return levels of a choice, one after another."""
        return ", ".join(self.word(name) for name in names)

    def number(self, value: float) -> Cell:
        """Return a score or a difference with two digits."""
        known = float(value) if np.isfinite(value) else None
        return Cell(
            number(round(value, 3) if known is not None else None, self.language), order=known
        )

    def interval(self, value: float, low: float, high: float, faint: bool = False) -> Cell:
        """Return a number with its interval below it."""
        known = float(value) if np.isfinite(value) else None
        if known is None:
            return Cell(NONE)
        text = number(round(value, 3), self.language)
        band = span(round(low, 3), round(high, 3), self.language)
        return Cell(text, band, known, faint)


@alone
def write_scorecard(
    folder: Path | str, found: Scored, about: Mapping[str, Any], language: str = "en"
) -> Path:
    """Write ``report.html`` and the figure of a scorecard in ``folder``.

    Args:
        folder: where to.
        found: the scorecard.
        about: its manifest; ``first`` is that of the runs.
        language: ``en`` or ``nl``.
    """
    folder = Path(folder)
    told, runs = _Told(found, language), about["first"]
    region = ", ".join(str(one["region"]) for one in runs["regions"])
    years = told.say("years", first=str(runs["from"])[:4], last=str(runs["to"])[:4])
    figure = Illustration(
        "scorecard",
        simulated_beside_stated(found, told.word, f"{region}, {years}", language=language),
        told.say("figure"), told.say("figure_alt"),
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    drawn = save_all([figure], folder)
    reference = how_to_cite(runs, language)
    cite = [Part(say("page.cite", language), text=reference)] if reference else []
    rest = {
        key: value for key, value in rest_of(runs).items() if key not in ("experiment", "factors")
    }
    report = Report(
        name=told.say("name", region=region),
        kind=told.say("kind"),
        facts=[
            (told.say("region"), region),
            (told.say("compared"), years),
            (told.say("count"), str(len(found.designs))),
            (told.say("seeds"), str(len(found.seeds))),
            (told.say("money"), told.say("euros", value=number(found.money.mean(), language))),
        ],
        cards=_cards(told),
        about=told.say("cards_note"),
        summary=_summary(told),
        parts=[
            Part(told.say("beside"), figures=drawn),
            *(_stated_part(told, choice) for choice in ("bundling", "route", "unit")),
            _totals_part(told),
            _orders_part(told),
            *_weights_parts(told),
            _money_part(told),
            _designs_part(told),
            *cite,
            manifest_part(rest, say("page.manifest", language), language),
        ],
        language=language,
    )  # fmt: skip
    return write_page(folder / REPORT, report)


def _cards(told: _Told) -> list[Card]:
    counts = told.found.counts
    judged = sum(counts[verdict] for verdict in (AGREE, DISAGREE, OPEN))
    of = told.say("of_judged", count=judged)
    cards = [
        Card(told.word(v).capitalize(), str(counts[v]), "", of) for v in (AGREE, DISAGREE, OPEN)
    ]
    money = told.found.money.mean(axis=1)
    band = span(money.min(), money.max(), told.language)
    apart = percent(told.found.apart_at_most, told.language)
    return [*cards, Card(told.say("money_apart"), apart, "", told.say("euros", value=band))]


def _summary(told: _Told) -> list[str]:
    found = told.found
    lines = [
        told.say("summary"),
        told.say("summary_reading", matters=number(MATTERS, told.language)),
    ]
    said = {"apart": percent(found.apart_at_most, told.language)}
    equal = found.apart <= EQUAL
    lines.append(told.say("money_equal", **said) if equal else told.say("money_unequal", **said))
    if len(found.seeds) < FEWEST:
        lines.append(told.say("few", least=FEWEST))
    for choice in ("bundling", "route", "unit"):
        lines.append(_choice_line(told, choice))
    flipped = [one for one, two in zip(*(found.contrasts[f] for f in FORMULAS), strict=True)
               if {one.verdict, two.verdict} == {AGREE, DISAGREE}]  # fmt: skip
    names = "; ".join(f"{told.word(one.stated.choice)}, {told.criterion(one.stated.criterion)}"
                      for one in flipped)  # fmt: skip
    lines.append(told.say("flipped", count=len(flipped), names=names) if flipped
                 else told.say("flipped_none"))  # fmt: skip
    return lines


def _choice_line(told: _Told, choice: str) -> str:
    rows = [one for one in told.found.contrasts[FORMULA] if one.stated.choice == choice]
    said = {
        verdict: ", ".join(_short(told, one.stated.criterion) for one in rows
                           if one.verdict == verdict) or NONE
        for verdict in (AGREE, DISAGREE, OPEN)
    }  # fmt: skip
    return told.say(
        "choice_line", choice=told.word(choice).capitalize(), agree=said[AGREE],
        disagree=said[DISAGREE], open=said[OPEN],
    )  # fmt: skip


def _short(told: _Told, place: int) -> str:
    return told.criterion(OVER_ALL).lower() if place == OVER_ALL else str(place)


def _stated_part(told: _Told, choice: str) -> Part:
    rows: list[list[str | Cell]] = []
    pairs = zip(*(told.found.contrasts[formula] for formula in FORMULAS), strict=True)
    for one, two in pairs:
        if one.stated.choice == choice:
            rows.append(_stated_row(told, one, two))
    heads = [told.say(key) for key in ("stated", "difference", "verdict", "by_alternative",
                                       "verdict_alternative")]  # fmt: skip
    return Part(
        told.say("stated_part", choice=told.word(choice)), rows, heads, told.say("stated_text"),
        told.say("inferred_note"), numbers=True,
    )  # fmt: skip


def _stated_row(told: _Told, one: Contrast, two: Contrast) -> list[str | Cell]:
    row = one.stated
    first, second = told.levels(row.better), told.levels(row.worse)
    stated = say(_WORDS[row.asks], told.language, first=first, second=second)
    said = {"criterion": told.criterion(row.criterion), "stated": stated, "source": row.source}
    name = told.say("from_inferred", **said) if row.inferred else told.say("from_source", **said)
    gaps = [told.interval(c.difference, c.low, c.high, c.low <= 0 <= c.high) for c in (one, two)]
    return [name, gaps[0], told.word(one.verdict), gaps[1], told.word(two.verdict)]


def _totals_part(told: _Told) -> Part:
    rows: list[list[str | Cell]] = []
    for one in told.found.totals():
        counts = [Cell(str(one[key]), order=float(one[key]))
                  for key in ("stated", "simulated", "alternative")]  # fmt: skip
        rows.append([f"{told.word(one['choice'])}: {told.word(one['level'])}", *counts])
    heads = [told.say("level"), told.say("won_stated"), told.say("won_simulated"),
             told.say("won_alternative")]  # fmt: skip
    return Part(told.say("totals"), rows, heads, told.say("totals_text"), numbers=True)


def _orders_part(told: _Told) -> Part:
    def cell(one: Ranking) -> Cell:
        return told.interval(one.tau, one.low, one.high, bool(one.low <= 0 <= one.high))

    rows: list[list[str | Cell]] = []
    for place in (*range(1, 1 + CRITERIA), OVER_ALL):
        stated, other, both = told.found.rankings[place]
        rows.append(
            [told.criterion(place), cell(stated), Cell(told.word(stated.verdict)), cell(other),
             Cell(told.word(other.verdict)), cell(both)]
        )  # fmt: skip
    heads = [told.say(key) for key in ("criterion", "tau_stated", "verdict", "tau_alternative",
                                       "verdict_alternative", "tau_both")]  # fmt: skip
    return Part(told.say("orders"), rows, heads, told.say("orders_text"), numbers=True)


def _weights_parts(told: _Told) -> list[Part]:
    found, language = told.found, told.language
    ways = [(formula, scale) for scale in SCALES for formula in FORMULAS]
    heads = [f"{told.word(scale)}, {told.word(formula)}" for formula, scale in ways]
    rows: list[list[str | Cell]] = []
    taus = [found.weighings[way].tau for way in ways]
    rows.append([told.say("tau_weights"), *(told.interval(*tau) for tau in taus)])
    shares = [found.best_by_level(*way) for way in ways]
    for level in shares[0]:
        cells = [Cell(percent(round(one[level], 3), language), order=one[level]) for one in shares]
        rows.append([told.say("best_level", level=told.word(level)), *cells])
    each: list[list[str | Cell]] = []
    for k, design in enumerate(found.designs):
        best = [float(found.weighings[way].best[k]) for way in ways]
        if max(best) > 0:
            cells = [Cell(percent(round(one, 3), language), order=one) for one in best]
            each.append([_design(told, design), *cells])
    text = told.say("weights_text", draws=number(found.draws, language))
    return [
        Part(told.say("weights"), rows, [told.say("level"), *heads], text, numbers=True),
        Part(told.say("weights_designs"), each, [told.say("design"), *heads],
             told.say("weights_designs_text"), folded=True, numbers=True),
    ]  # fmt: skip


def _design(told: _Told, design: str) -> str:
    return breakable(" / ".join(told.word(one) for one in levels_of(design)))


def _money_part(told: _Told) -> Part:
    money = told.found.money
    mean = float(money.mean())
    rows: list[list[str | Cell]] = []
    for design, one in zip(told.found.designs, money, strict=True):
        apart = float(one.mean()) / mean - 1
        rows.append(
            [_design(told, design), told.number(float(one.mean())),
             *(told.number(float(value)) for value in (one.std(ddof=1), one.min(), one.max())),
             Cell(percent(round(apart, 4), told.language), order=apart)]
        )  # fmt: skip
    heads = [told.say(key) for key in ("design", "money_mean", "money_sd", "money_least",
                                       "money_most", "money_gap")]  # fmt: skip
    return Part(told.say("money_part"), rows, heads, told.say("money_text"), folded=True,
                numbers=True)  # fmt: skip


def _designs_part(told: _Told) -> Part:
    means, order = told.found.means[FORMULA], [*range(1, 1 + CRITERIA), OVER_ALL]
    places = np.stack([ranks(means[:, place]) for place in range(1 + CRITERIA)], axis=1)
    rows: list[list[str | Cell]] = []
    for k, design in enumerate(told.found.designs):
        cells = [
            Cell(number(round(means[k, place], 2), told.language),
                 told.say("rank", place=number(places[k, place], told.language)),
                 float(means[k, place]))
            for place in order
        ]  # fmt: skip
        rows.append([_design(told, design), *cells])
    heads = [told.say("design"), *(_short(told, place) for place in order)]
    return Part(told.say("designs"), rows, heads, told.say("designs_text"), folded=True,
                numbers=True)  # fmt: skip
