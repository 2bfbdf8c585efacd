"""Which figures a run's report has, with their captions and alternative texts.

A new figure is a function here that takes a ``Drawn`` and returns an ``Illustration``, and its name
in ``FIGURES``. What it draws with is in ``results.figures``: ``outcomes_over_time`` draws any
outcomes by year; a kind of picture that is not there yet is a function of a file of that folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from results.figures import run as draw
from results.figures.dates import policy_marks
from results.figures.panels import Mark
from results.reports.about import name_of
from results.reports.page import Illustration
from results.statistics.reduce import bands, yearly
from results.store.reading import declared_outcomes, has_table, manifest, read
from results.words.numbers import number
from results.words.outcomes import Words
from results.words.shown import COST_KINDS


def read_if_there(folder: Path, name: str) -> pd.DataFrame:
    """Return a table of a run's folder, or an empty frame where it was not recorded."""
    return read(folder, name) if has_table(folder, name) else pd.DataFrame()


def borders(municipalities: pd.DataFrame) -> pd.DataFrame:
    """Return borders (columns a, b) from a table's columns ``neighbours_0``, ``neighbours_1``..."""
    found = [name for name in municipalities if re.fullmatch(r"neighbours?_\d+", str(name))]
    if not found or municipalities.empty:
        return pd.DataFrame({"a": [], "b": []})
    last = municipalities[municipalities["tick"] == municipalities["tick"].max()]
    rows = last["row"] if "row" in last else pd.Series(range(len(last)), index=last.index)
    long = pd.concat([pd.DataFrame({"a": rows, "b": last[name]}) for name in found]).dropna()
    long = long.astype(int)
    return long[long["a"] < long["b"]].drop_duplicates().reset_index(drop=True)


@dataclass(frozen=True)
class Drawn:
    """What a figure may draw of a run: its outcomes, and the tables that were recorded.

    Attributes:
        folder: the run's folder.
        name: run and regime, for the footnote of a figure.
        series: outcomes by quarter, scope and replicate (``series.parquet``).
        words: what the store says of outcomes.
        edges: borders of municipalities, columns a and b; None: from their table.
        dates: of policy, that figures over time mark.
    """

    folder: Path
    name: str
    series: pd.DataFrame
    words: Words
    edges: pd.DataFrame | None = None
    dates: tuple[Mark, ...] = ()

    def table(self, name: str) -> pd.DataFrame:
        """Return a table such as ``hubs``, or an empty frame where it was not recorded."""
        return read_if_there(self.folder, name)


def _change(run: Drawn, outcome: str) -> str:
    called, band = run.words[outcome].english, bands(yearly(run.series, run.words, [outcome]))
    if band.empty:
        return f"{called}: not recorded."
    first, last = band.iloc[0], band.iloc[-1]
    return (
        f"{called}: median {number(first['median'])} in {first['year']} and "
        f"{number(last['median'])} in {last['year']} "
        f"(10-90%: {number(last['low'])} to {number(last['high'])})."
    )


def organisations(run: Drawn) -> Illustration:
    """How many organisations there are, by year."""
    return Illustration(
        "organisations",
        draw.organisations_over_time(run.series, run.words, run.name, run.dates),
        "How many organisations there are, and how many equal ones would be as concentrated. "
        "Line: median; band: 10-90% of the replicates.",
        f"Two line charts by year. {_change(run, 'organisations')} "
        f"{_change(run, 'effective_organisations')}",
    )


def transaction_cost(run: Drawn) -> Illustration | None:
    """What dealing with each other costs, by what it is spent on."""
    kinds = [f"transaction_cost_{kind}" for kind in COST_KINDS]
    if not run.series["outcome"].isin(kinds).any():
        return None
    return Illustration(
        "transaction_cost",
        draw.transaction_cost_by_kind(run.series, run.words, run.name, run.dates),
        "Transaction cost per insured, by kind of cost, and coordination inside "
        "organisations (hatched), which is kept apart. Mean of the replicates.",
        f"Stacked bars by year. {_change(run, 'transaction_cost_per_insured')}",
    )


def organisation_sizes(run: Drawn) -> Illustration | None:
    """How large organisations are, at the end of a few years."""
    table = run.table("organisations")
    if table.empty:
        return None
    return Illustration(
        "organisation_sizes",
        draw.size_distribution(table, name=run.name),
        "Registered patients per organisation in the first replicate. The shaded range "
        "was observed in 2014; defaults were calibrated to it, so it is no evidence.",
        "Points on a logarithmic scale, a row per year: how many registered patients "
        "each organisation has, with the median and the range observed in 2014.",
    )


def who_with_whom(run: Drawn) -> Illustration | None:
    """The map of the region at its last recorded quarter."""
    names = ("practices", "hubs", "organisations", "municipalities")
    practices, hubs, organisations, places = (run.table(name) for name in names)
    if not min(len(practices), len(hubs), len(organisations), len(places)):
        return None
    edges = borders(places) if run.edges is None else run.edges
    return Illustration(
        "who_with_whom",
        draw.who_with_whom(practices, hubs, organisations, places, edges, run.name),
        "Who works with whom at the last recorded quarter of the first replicate. Places "
        "of practices are drawn by the model, not real addresses.",
        "Map: practices as points in the colour of their organisation with a line to "
        "it, hubs as diamonds, municipalities as discs.",
    )


FIGURES: tuple[Callable[[Drawn], Illustration | None], ...] = (
    organisations,
    transaction_cost,
    organisation_sizes,
    who_with_whom,
)
"""The figures of a run's report, in this order; None: the run did not record what it needs."""


def illustrate(folder: Path | str, edges: pd.DataFrame | None = None) -> list[Illustration]:
    """Return the figures that the tables of a run allow.

    Args:
        folder: a run's folder.
        edges: borders of municipalities, columns a and b; without, from their table.
    """
    folder = Path(folder)
    words = Words(declared_outcomes(folder))
    about = manifest(folder)
    series, marks = read(folder, "series"), policy_marks(about)
    run = Drawn(folder, name_of(about), series, words, edges, marks)
    return [shown for shown in (figure(run) for figure in FIGURES) if shown is not None]


def save_all(shown: Iterable[Illustration], folder: Path) -> list[Illustration]:
    """Write every figure to ``figures/`` and return them with what was drawn."""
    done = []
    for item in shown:
        png, _ = draw.save(item.figure, folder / "figures", item.name)
        done.append(item._replace(png=png.read_bytes()))
    return done
