"""What each mechanism does: it is switched off, and the difference is measured on the same seeds.

``python -m experiments.mechanisms`` prints the table, ``--write`` puts it into
docs/mechanisms.md. Intervals are over seeds: simulation noise, no evidence about the world. Of the
many differences of a table those are bold that stand when the share of false ones among them is
held to 5% (Benjamini and Hochberg): of 700 intervals of 95% some 35 leave zero out by chance.
"""

from __future__ import annotations

import argparse
import math
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.special import stdtr, stdtrit
from scipy.stats import false_discovery_control

from agents.compiled.record import FloatArray
from experiments.runs.answering import answer
from experiments.runs.quarters import FIRST
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from sim.engines.compiled import Recording, RunFailed
from sim.engines.threads import run_many
from sim.errors import BadInput, nearest
from sim.measure.outcomes import NAMES
from sim.measure.years import yearly

CATALOGUE = Path(__file__).resolve().parent / "catalogue" / "mechanisms.toml"
PAGE = Path(__file__).resolve().parent.parent / "docs" / "mechanisms.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"


class Measure(NamedTuple):
    """An outcome as it stands in the table: averaged over these years, times a factor."""

    outcome: str
    heading: str
    unit: str
    first: int = 2026
    last: int = 2030
    factor: float = 1.0


MEASURES = (
    Measure("organisation_size_weighted", "scale", "1,000 patients", factor=1e-3),
    Measure("effective_organisations", "organisations", "effective number"),
    Measure("suppliers_per_practice", "suppliers", "per practice"),
    Measure("transaction_cost_per_insured", "transaction cost", "EUR per insured/yr"),
    Measure("eligible_share", "under contract 2021-25", "share", 2021, 2025),
    Measure("oi_per_insured", "money for O&I", "EUR per insured/yr"),
    Measure("coverage", "coverage", "share"),
    Measure("hub_stage", "hubs", "mean stage, 0-4"),
    Measure("trust", "trust", "share"),
)
"""Scale, fragmentation twice, transaction cost, and what comes of it."""


class Contrast(NamedTuple):
    """Two scenarios that differ in one thing: a mechanism off, or another regime."""

    name: str
    where: str
    region: str = "unicum"
    regime: str = "historic-nl"
    other: str = ""
    plain: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    start: str = FIRST

    def more(self) -> list[Measure]:
        """Return measures of this contrast alone, from ``OUTCOME@FIRST-LAST`` in ``also``."""
        out = []
        for text in self.also:
            outcome, years = text.split("@")
            first, last = years.split("-")
            out.append(Measure(outcome, f"`{outcome}` {years}", "", int(first), int(last)))
        return out

    def change(self) -> str:
        """Return what differs, as it is written in the table."""
        place = "" if self.region == "unicum" else f" in `{self.region}`"
        if self.other:
            return f"`{self.regime}` to `{self.other}`{place}"
        settings = ", ".join(f"`{text}`" for text in self.changed if text not in self.plain)
        under = "" if self.regime == "historic-nl" else f" under `{self.regime}`"
        since = "" if self.start == FIRST else f" from {self.start}"
        return settings + under + place + since


def contrasts() -> list[Contrast]:
    """Return the contrasts of the catalogue, in its order."""
    entries = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["contrast"]
    out = []
    for entry in entries:
        lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
        out.append(Contrast(**{**entry, **lists}))
    return out


FALSE = 0.05
"""Share of false differences that is accepted among the bold ones of a table."""


class Effect(NamedTuple):
    """The mean difference of one outcome, its 95% interval over seeds, and the chance of it.

    ``chance``: of a mean at least as far from zero where there is no difference (t test).
    """

    mean: float
    low: float
    high: float
    chance: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0.0 or self.high < 0.0


def all_years(scenario: Scenario) -> FloatArray:
    """Return every outcome of every year from 2006 on: shape ``(replicates, years, outcomes)``.

    Years before a run starts are NaN.

    Raises:
        RunFailed: a run did not finish; what it would have said is unknown.
    """
    recording = Recording(scenario.opens, scenario.last, False, True)
    unknown = np.full((scenario.opens // 4, len(NAMES)), np.nan)
    seeds = [(scenario.seed + k, scenario.seed + k) for k in range(scenario.replicates)]
    rows = []
    for series in run_many(start_tables(scenario), seeds, recording):
        if isinstance(series, RunFailed):
            raise series
        values, _ = yearly(series, scenario.opens)
        rows.append(np.concatenate([unknown, values[:, 0]]))
    return np.array(rows)


def mean_of(values: FloatArray, measure: Measure) -> FloatArray:
    """Return one measure, averaged over its years: shape ``(replicates,)``."""
    years = values[:, measure.first - 2006 : measure.last - 2005, NAMES.index(measure.outcome)]
    return np.asarray(measure.factor * years.mean(axis=1))


def effect_of(differences: FloatArray) -> Effect:
    """Return mean and 95% interval of paired differences (shape ``(replicates,)``)."""
    n = len(differences)
    mean = float(differences.mean())
    error = float(differences.std(ddof=1)) / math.sqrt(n)
    half = float(stdtrit(n - 1, 0.975)) * error
    chance = float(mean == 0.0)
    if error > 0.0:
        chance = 2.0 * float(stdtr(n - 1, -abs(mean) / error))
    return Effect(mean, mean - half, mean + half, chance)


def stands(effects: Iterable[Effect]) -> set[Effect]:
    """Return the effects that stand with the share of false ones among them held to ``FALSE``."""
    known = sorted(set(effects))
    if not known:
        return set()
    held = false_discovery_control([effect.chance for effect in known])
    return {effect for effect, share in zip(known, held, strict=True) if share <= FALSE}


class Bench:
    """Runs contrasts, each distinct scenario once."""

    def __init__(self, replicates: int, region: str = "", seed: int = 1) -> None:
        self.region, self.replicates, self.seed = region, replicates, seed
        self._known: dict[tuple[str, ...], FloatArray] = {}

    def values(self, contrast: Contrast, regime: str, settings: tuple[str, ...]) -> FloatArray:
        """Return what one side of a contrast gives: shape ``(replicates, years, outcomes)``."""
        region = self.region or contrast.region
        key = (region, regime, contrast.start, *settings)
        if key not in self._known:
            self._known[key] = all_years(
                Scenario(
                    region, regime, settings=settings, end="2030Q4", begin=contrast.start,
                    seed=self.seed, replicates=self.replicates,
                )
            )  # fmt: skip
        return self._known[key]

    def effects(self, contrast: Contrast) -> dict[str, Effect]:
        """Return what changes from ``contrast.plain`` to ``contrast.changed``, per measure."""
        plain = self.values(contrast, contrast.regime, contrast.plain)
        changed = self.values(contrast, contrast.other or contrast.regime, contrast.changed)
        return {
            m.heading: effect_of(mean_of(changed, m) - mean_of(plain, m))
            for m in (*MEASURES, *contrast.more())
        }


def table(bench: Bench, chosen: Iterable[Contrast]) -> list[str]:
    """Return the table as lines of Markdown; bold are the effects that stand (``stands``)."""
    heads = [f"{m.heading} ({m.unit})" for m in MEASURES]
    lines = ["| " + " | ".join(["mechanism", "in", "change", *heads]) + " |"]
    lines.append("|" + "---|" * (len(heads) + 3))
    measured = []
    for contrast in chosen:
        measured.append((contrast, bench.effects(contrast)))
        print(f"{len(measured)}: {contrast.name}", file=sys.stderr, flush=True)
    firm = stands(effect for _, effects in measured for effect in effects.values())

    def cell(effect: Effect) -> str:
        text = f"{effect.mean:+.3g} ({effect.low:+.3g}, {effect.high:+.3g})"
        return f"**{text}**" if effect in firm else text

    for contrast, effects in measured:
        cells = [cell(effects[m.heading]) for m in MEASURES]
        change = "; ".join(
            [contrast.change()]
            + [f"{m.heading}: {cell(effects[m.heading])}" for m in contrast.more()]
        )
        lines.append("| " + " | ".join([contrast.name, contrast.where, change, *cells]) + " |")
    return lines


def write(lines: list[str], head: str) -> None:
    """Put the table between its two marks in docs/mechanisms.md."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    body = "\n".join([BEGIN, head, "", *lines, END])
    PAGE.write_text(f"{before}{body}{after}", encoding="utf-8")


def chosen_contrasts(words: list[str]) -> list[Contrast]:
    """Return the contrasts whose name contains one of ``words``, or all of them.

    Raises:
        BadInput: a word is in no name.
    """
    known = contrasts()
    for word in words:
        if not any(word in c.name for c in known):
            names = [c.name for c in known]
            raise BadInput(
                f"mechanism {word!r}", "is in no name", allowed=", ".join(names),
                nearest=nearest(word, names),
            )  # fmt: skip
    return [c for c in known if not words or any(w in c.name for w in words)]


def measure_mechanisms(given: argparse.Namespace) -> None:
    """Print or write the table that was asked for.

    Raises:
        BadInput: what was asked cannot be done.
        RunFailed: a run did not finish.
    """
    if given.replicates < 2:
        raise BadInput("--replicates", str(given.replicates), allowed="2 or more: an interval")
    if given.write and (given.words or given.region):
        raise BadInput("--write", "is for the whole table", allowed="no words and no --region")
    if given.write and not PAGE.exists():
        raise BadInput("--write", f"there is no {PAGE.name} here", allowed="a checkout with docs/")
    chosen = chosen_contrasts(given.words)
    lines = table(Bench(given.replicates, given.region), chosen)
    head = (
        f"Region {given.region or 'unicum'} unless another is named, {given.replicates} seeds, "
        "means over 2026-2030 unless other years are named, changed less plain, with 95% "
        "intervals over seeds; bold what stands with 5% of false differences among the bold ones."
    )
    if given.write:
        write(lines, head)
    else:
        print(head, *lines, sep="\n")


def main(arguments: list[str] | None = None) -> int:
    """Measure every mechanism of the catalogue, or some; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m experiments.mechanisms",
        description="Measure what each mechanism does: off against on, on the same seeds.",
    )
    parser.add_argument("words", nargs="*", help="only mechanisms whose name contains one of these")
    parser.add_argument("--region", default="", help="this region for all")
    parser.add_argument("--replicates", type=int, default=200, help="seeds (default: 200)")
    parser.add_argument("--write", action="store_true", help="write docs/mechanisms.md")
    given = parser.parse_args(arguments)
    return answer(lambda: measure_mechanisms(given))


if __name__ == "__main__":
    sys.exit(main())
