"""The report of a sweep: one HTML file that opens offline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from results.figures.drawing import Hands
from results.reports.about import rest_of
from results.reports.alone import alone
from results.reports.declared import REPORT, SUMMARY, closing
from results.reports.illustrations import save_all
from results.reports.page import Card, Illustration, Part, Report, write_page
from results.reports.sweep_design import (
    design_facts,
    factors_part,
    failed_part,
    inert_part,
    question_part,
    told,
)
from results.reports.sweep_illustrations import (
    FACTORS,
    factor_figures,
    heat_maps,
    over_time,
    overview,
    ranked,
    shown_outcomes,
    two_groups,
)
from results.reports.sweep_parts import (
    effects_parts,
    factor_name,
    judge,
    mean_of,
    modes_part,
    most_part,
    outcomes_part,
    replicates_part,
)
from results.reports.sweep_until import until_part
from results.statistics.effects import (
    Arms,
    Axis,
    Contrast,
    arms_of,
    axis_of,
    contrasts,
    main_effects,
)
from results.statistics.ensemble import Ensemble, bands_by_arm, ensemble, years_of
from results.statistics.modality import Modality
from results.statistics.reduce import HIGH, LOW
from results.statistics.replication import Needed
from results.store.reading import manifest, read
from results.words.numbers import number, span
from results.words.shown import HEADLINES
from results.words.texts import say

APART = (
    "factors",
    "arms",
    "assumed",
    "stale",
    "question",
    "text",
    "inert",
    "probed",
    "kind",
    "cite",
    "until",
)
"""Entries of a manifest that have a section of their own."""
SAID = 4
"""Arms of which the summary gives values."""


@dataclass(frozen=True)
class Findings:
    """What the finished runs of a sweep say."""

    many: Ensemble
    arms: Arms
    axes: Sequence[Axis]
    levers: Sequence[Axis]
    """Those axes that are of levers."""
    effects: pd.DataFrame
    contrasts: Sequence[Contrast]
    judged: Mapping[str, tuple[Needed, Modality]]
    language: str

    def number(self, value: Any) -> str:
        """Return a number as text."""
        return number(value, self.language)

    def say(self, key: str, **values: str | int) -> str:
        """Return a text of ``results/words/texts/sweep.toml``."""
        return told(key, self.language, **values)


@alone
def write_sweep_report(
    folder: Path | str,
    save_figures: bool = True,
    language: str = "en",
    hands: Hands | None = None,
) -> Path:
    """Write ``report.html`` in a sweep's folder, and its figures in ``figures/``.

    Args:
        folder: the folder of a finished sweep.
        save_figures: write the figures as files as well.
        language: ``en`` or ``nl``.
        hands: who draws the files of figures beside this process; without, all is drawn here.

    Returns:
        The report's path.
    """
    folder = Path(folder)
    about = manifest(folder)
    name = str(about.get("name") or folder.name)
    footnote = told("footnote", language, name=name, id=str(about.get("id") or "")[:10])
    lines: list[str] = []
    parts: list[Part] = []
    cards: list[Card] = []
    note = ""
    failed = 0
    if years_of(folder):
        many = ensemble(folder)
        failed = len(many.failed)
        found = _findings(many, language)
        drawn = _figures(found, footnote)
        shown = save_all(drawn, folder, hands) if save_figures else list(drawn)
        lines, parts = summary(found), _parts(found, shown)
        cards, note = _cards(found)
    else:
        runs = read(folder, "runs")
        failed = len(runs)
        lines = [told("summary_all_failed", language, count=number(failed, language))]
        parts = [factors_part(about, language), *failed_part(None, runs, language)]
    rest = {key: value for key, value in rest_of(about).items() if key not in APART}
    report = Report(
        name=name,
        kind=told("kind", language),
        facts=design_facts(about, read(folder, "points"), failed, language),
        cards=cards,
        about=note,
        summary=lines,
        parts=[question_part(about, language), *parts, *closing(about, rest, language)],
        language=language,
    )
    return write_page(folder / REPORT, report)


def _findings(many: Ensemble, language: str) -> Findings:
    """Return what finished runs say."""
    arms = arms_of(many, language)
    entries = [one for one in many.about.get("factors") or [] if one.get("name") in many.factors]
    axes = [axis_of(many, one, language) for one in entries]
    levers = [axis for axis, one in zip(axes, entries, strict=True) if one.get("role") == "lever"]
    chosen = contrasts(many, axes, arms, language)
    effects = main_effects(many, chosen)
    return Findings(many, arms, axes, levers, effects, chosen, judge(many), language)


def _figures(found: Findings, footnote: str) -> Iterator[Illustration]:
    """Give the figures of finished runs, one after the other."""
    many, arms, language = found.many, found.arms, found.language
    weighed = (found.effects, found.contrasts)
    bands = bands_by_arm(many, shown_outcomes(many), arms.of_run)
    yield over_time(many, bands, arms, footnote, language)
    yield from overview(many, *weighed, footnote, language)
    drawn = ranked(found.levers or found.axes, *weighed)[:FACTORS]
    yield from factor_figures(many, drawn, arms, footnote, language, weighed)
    valued = [axis for axis in found.levers if not axis.tenths and len(axis.names) > 1]
    if len(valued) > 1:
        yield from heat_maps(many, (valued[0], valued[1]), arms, footnote, language)
    yield from two_groups(many, found.judged, footnote, language)


def _parts(found: Findings, shown: Sequence[Illustration]) -> list[Part]:
    """Return the sections of a sweep: what weighs most before what it was made of."""
    many, language = found.many, found.language
    return [
        *failed_part(many, many.failed, language),
        *most_part(many, found.effects, found.contrasts, language),
        *until_part(many.about, read(many.folder, "points"), many.words, language),
        *outcomes_part(many, found.arms, language),
        *effects_parts(many, found.effects, found.contrasts, language),
        Part(say("page.figures", language), figures=shown),
        modes_part(many, found.judged, language),
        replicates_part(many, found.judged, shown_outcomes(many), language),
        factors_part(many.about, language),
        *inert_part(many.about, language),
    ]


def _cards(found: Findings) -> tuple[list[Card], str]:
    """Return the figures at the head, of the first arm, and what they are."""
    many, language = found.many, found.language
    rows = found.arms.of_run == 0
    cards = []
    for outcome in (name for name in HEADLINES if name in many.outcomes):
        column = many.values[:, many.outcomes.index(outcome)]
        known = column[rows & np.isfinite(column)]
        if not len(known):
            continue
        called = many.words[outcome]
        name, unit = called.label(language), called.unit_in(language)
        low, high = np.quantile(known, [LOW, HIGH])
        cards.append(Card(name, found.number(known.mean()), unit if unit.lower() not in name.lower()
                          else "", span(low, high, language)))  # fmt: skip
    arm = found.say("cards_arm", arm=found.arms.names[0]) if len(found.arms.names) > 1 else ""
    runs = found.number(int(rows.sum()))
    note = found.say("cards", runs=runs, year=str(many.year), arm=arm) if cards else ""
    return cards, note


def summary(found: Findings) -> list[str]:
    """Return the summary: what was varied, what came out, what weighs most."""
    many, about = found.many, found.many.about
    factors = ", ".join(many.factors) or found.say("only_arms")
    counts = {
        "runs": len(many.runs),
        "arms": len(found.arms.names),
        "points": many.runs["point"].nunique(),
        "seeds": many.runs["seed"].nunique(),
    }
    key = "summary" if len(found.arms.names) > 1 else "summary_one_arm"
    spoken = {name: found.number(count) for name, count in counts.items()}
    said = found.say(key, factors=factors, **spoken)
    lines = [f"{said} {found.say('summary_band')}"]
    if len(many.failed):
        lines.append(found.say("summary_failed", count=found.number(len(many.failed))))
    for outcome in [name for name in SUMMARY if name in many.outcomes] or many.outcomes[:5]:
        lines += _outcome(found, outcome)
    lines += _weighs_most(found)
    flagged = [
        many.words[outcome].label(found.language)
        for outcome, (_, modes) in found.judged.items()
        if modes.flagged.any()
    ]
    if flagged:
        lines.append(found.say("summary_groups", names=", ".join(flagged)))
    if about.get("inert"):
        lines.append(found.say("summary_inert", names=", ".join(map(str, about["inert"]))))
    return lines


def _outcome(found: Findings, outcome: str) -> list[str]:
    many = found.many
    column = many.values[:, many.outcomes.index(outcome)]
    called, said = many.words[outcome], []
    for place, name in enumerate(found.arms.names[:SAID]):
        mine = column[(found.arms.of_run == place) & np.isfinite(column)]
        if len(mine):
            low, high = np.quantile(mine, [LOW, HIGH])
            arm = f"{name} " if len(found.arms.names) > 1 else ""
            cuts = {"mean": mean_of(column, found.arms.of_run == place), "low": low, "high": high}
            cut = {key: found.number(value) for key, value in cuts.items()}
            said.append(found.say("summary_value", arm=arm, **cut))
    if not said:
        return []
    return [
        found.say(
            "summary_outcome", name=called.label(found.language), year=str(many.year),
            values="; ".join(said), unit=called.unit_after(found.language),
        )
    ]  # fmt: skip


def _weighs_most(found: Findings) -> list[str]:
    """Return per outcome of the summary the factor whose effect is largest."""
    lines = []
    for outcome in [name for name in SUMMARY if name in found.many.outcomes][:3]:
        effects = found.effects
        rows = effects[effects["outcome"] == outcome] if len(effects) else effects
        known = [row for row in rows.to_dict("records") if np.isfinite(row["effect"])]
        if not known:
            continue
        name = found.many.words[outcome].label(found.language)
        name = name[:1].lower() + name[1:]
        # An interval that holds zero says nothing of which is largest; one seed gives no interval.
        known = [row for row in known if not row["low"] <= 0.0 <= row["high"]]
        if not known:
            lines.append(found.say("summary_none", name=name))
            continue
        row = max(known, key=lambda row: abs(row["effect"]))
        contrast = found.contrasts[int(row["contrast"])]
        interval = ""
        if np.isfinite(row["low"]):
            cut = {key: found.number(row[key]) for key in ("low", "high")}
            interval = found.say("summary_interval", **cut)
        factor = factor_name(contrast, found.language)
        if contrast.factor not in found.many.factors:
            factor = found.say("the_arm")
        lines.append(
            found.say(
                "summary_most", name=name, factor=factor, contrast=contrast.text,
                difference=found.number(row["difference"]), interval=interval,
            )
        )  # fmt: skip
    return lines
