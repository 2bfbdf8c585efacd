"""``python -m experiments.answers.outlay``: what insurers spend on O&I, beside the sources.

Runs a whole country, adds up its ledger by title and year, and prints docs/outlay.md with its
tables measured anew, or writes it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from experiments.answers.page import renewed
from experiments.runs.answering import answer
from experiments.runs.run import run
from experiments.runs.scenario import Scenario
from results.statistics.outlay import in_millions, outlay_of
from sim.policy.read import read_toml, validate
from sim.policy.values import Names, Strict, Text

FILE = Path(__file__).parent / "outlay.toml"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "outlay.md"
COMMAND = "python -m experiments.answers.outlay --write"
COUNTRY, REGIME, SEEDS = "synthetic:345:1", "historic-nl", 3
SHOWN = (2008, 2011, 2014, 2017, 2018, 2019, 2020, 2021, 2023, 2025)


class Spent(Strict):
    """What a source says is spent, EUR M a year, on some titles."""

    name: Text
    titles: Names
    low: float
    high: float
    source: Text


class Anchor(Strict):
    """What all of it is in a year, EUR M."""

    year: int
    low: float
    high: float
    source: Text


class OutlayFile(Strict):
    """The whole file."""

    anchor: Anchor
    stated: list[Spent]


class Outlay(NamedTuple):
    """What insurers of a country spend.

    Attributes:
        millions: EUR M, a row per title and a column per year, mean over seeds.
        insured: by year, in millions.
        oi: which titles are O&I; other postings are their own cost, or income from care.
        others: which titles are none.
    """

    millions: pd.DataFrame
    insured: pd.Series
    oi: tuple[str, ...]
    others: tuple[str, ...]

    def total(self, year: int) -> float:
        """Return all O&I of a year, EUR M."""
        return float(self.millions.loc[self.millions.index.isin(self.oi), year].sum())

    def of(self, titles: Sequence[str], year: int) -> float:
        """Return what some titles paid in a year, EUR M."""
        return float(self.millions.loc[self.millions.index.isin(titles), year].sum())


@lru_cache(maxsize=1)
def stated() -> OutlayFile:
    """Return what the sources say is spent."""
    return validate(OutlayFile, read_toml(FILE), str(FILE))


def measure(region: str, seeds: int, last: int = SHOWN[-1]) -> Outlay:
    """Return what insurers spend in a region, mean over so many seeds, one run at a time."""
    outlays, insured = [], []
    for seed in range(1, seeds + 1):
        scenario = Scenario(region, REGIME, start="2006Q1", end=f"{last}Q4", seed=seed)
        found = run(scenario)
        outlays.append(outlay_of(found.tables["ledger"]))
        years = found.yearly.pivot(index="year", columns="outcome", values="value")
        insured.append(years["oi_spending"] / years["oi_per_insured"] / 1e6)
        titles = scenario.policy.titles
    oi = tuple(one.name for one in titles if one.static("oi"))
    others = tuple(one.name for one in titles if one.name not in oi)
    return Outlay(in_millions(outlays), pd.concat(insured, axis=1).mean(axis=1), oi, others)


def tables(found: Outlay, declared: OutlayFile) -> str:
    """Return the tables of the page in Markdown."""
    return "\n".join((*_beside(found, declared), "", *_by_year(found)))


def _beside(found: Outlay, declared: OutlayFile) -> Iterator[str]:
    """Give the titles of the anchor's year beside the sources, and the gap of these themselves."""
    anchor = declared.anchor
    year = anchor.year
    yield f"| {year}, EUR M | the sources | simulated | simulated, EUR per insured |"
    yield "|---|---|---|---|"
    people = float(found.insured[year])
    named: list[str] = []
    for one in declared.stated:
        named += one.titles
        spent = found.of(one.titles, year)
        says = f"{one.low:.0f}" if one.low == one.high else f"{one.low:.0f}-{one.high:.0f}"
        yield f"| {one.name} | {says} ({one.source}) | {spent:.1f} | {spent / people:.2f} |"
    rest = [name for name in found.oi if name not in named and found.of([name], year)]
    for name in rest:
        spent = found.of([name], year)
        yield f"| `{name}` | no figure | {spent:.1f} | {spent / people:.2f} |"
    low, high = (sum(getattr(one, end) for one in declared.stated) for end in ("low", "high"))
    parts = found.of(named, year)
    yield (
        f"| sum of what the sources name | {low:.0f}-{high:.0f} (X9) | {parts:.1f} | "
        f"{parts / people:.2f} |"
    )
    total = found.total(year)
    yield (
        f"| **all O&I** | **{anchor.low:.0f}-{anchor.high:.0f}** ({anchor.source}) | "
        f"**{total:.1f}** | **{total / people:.2f}** |"
    )
    yield ""
    yield (
        f"The sources' own gap (X9): {low - anchor.high:.0f} to {high - anchor.low:.0f}, between "
        f"the middles {(low + high - anchor.low - anchor.high) / 2:.0f}. Simulated against the "
        f"anchor: {_gap(total, anchor)}."
    )


def _gap(total: float, anchor: Anchor) -> str:
    if total < anchor.low:
        return f"{anchor.low - total:.1f} below its low end"
    if total > anchor.high:
        return f"{total - anchor.high:.1f} above its high end"
    return f"within it, {total - (anchor.low + anchor.high) / 2:+.1f} from its middle"


def _by_year(found: Outlay) -> Iterator[str]:
    years = [year for year in SHOWN if year in found.millions]
    yield f"| insurers' outlay, EUR M | {' | '.join(str(year) for year in years)} |"
    yield f"|---|{'---|' * len(years)}"
    for title in found.oi:
        if title in found.millions.index:
            yield _row(f"`{title}`", [found.of([title], year) for year in years])
    yield _row("**all O&I**", [found.total(year) for year in years])
    each = [found.total(year) / float(found.insured[year]) for year in years]
    yield _row("per insured, EUR", each, 2)
    care = [found.of(["chain care income", *found.others], year) for year in years]
    yield _row("beside it: income from chain care", care)
    own = ["operating cost", "transaction:claims"]
    yield _row("beside it: insurers' own cost of purchasing", [found.of(own, y) for y in years])


def _row(name: str, values: Sequence[float], digits: int = 1) -> str:
    cells = (f"{value:.{digits}f}" if value else "–" for value in values)
    return f"| {name} | {' | '.join(cells)} |"


def main(arguments: list[str] | None = None) -> int:
    """Print the page on insurers' outlay measured anew, or write it; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m experiments.answers.outlay", description=main.__doc__
    )
    parser.add_argument("--write", action="store_true", help="write docs/outlay.md")
    parser.add_argument("--region", default=COUNTRY, help="print the tables of another region")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="runs, seeds 1, 2, ...")
    given = parser.parse_args(arguments)

    def work() -> None:
        measured = tables(measure(given.region, given.seeds), stated())
        if given.region != COUNTRY:
            print(measured)
            return
        text = renewed(PAGE.read_text(encoding="utf-8"), measured, COMMAND)
        if given.write:
            PAGE.write_text(text, encoding="utf-8")
        else:
            print(text, end="")

    return answer(work)


if __name__ == "__main__":
    sys.exit(main())
