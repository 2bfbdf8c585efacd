"""Which figures a run's report has, with their captions and alternative texts.

A new figure is a function here that takes a ``Drawn`` and returns an ``Illustration``, and its name
in ``FIGURES``; what it says stands in ``results/words/texts/run.toml``. What it draws with is in
``results.figures``: ``outcomes_over_time`` draws any outcomes by year; a kind of picture that is
not there yet is a function of a file of that folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
from matplotlib.figure import Figure

from results.figures import run as draw
from results.figures.dates import policy_marks
from results.figures.drawing import Hands, Picture, picture_of, write
from results.figures.panels import Mark
from results.reports.about import name_of
from results.reports.page import Illustration
from results.statistics.reduce import bands, yearly
from results.store.checksums import as_written
from results.store.reading import declared_outcomes, has_table, manifest, read, to_frame
from results.words.numbers import number
from results.words.outcomes import Words
from results.words.shown import COST_KINDS
from results.words.texts import say


def read_if_there(folder: Path, name: str) -> pd.DataFrame:
    """Return a table of a run's folder, or an empty frame where it was not recorded."""
    return read(folder, name) if has_table(folder, name) else pd.DataFrame()


def few_columns(folder: Path, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """Return some columns of a table as far as it has them; an empty frame without the table."""
    if not has_table(folder, name):
        return pd.DataFrame()
    path = as_written(folder / f"{name}.parquet")
    there = pq.read_schema(path).names
    wanted = [one for one in columns if one in there]
    return to_frame(pq.read_table(path, columns=wanted, page_checksum_verification=True))


def last_rows(folder: Path, name: str) -> pd.DataFrame:
    """Return a table at the first run's last recorded quarter; empty where it was not recorded.

    A table of all quarters has a hundred times as many rows as a map shows.
    """
    if not has_table(folder, name):
        return pd.DataFrame()
    path = as_written(folder / f"{name}.parquet")
    rows = pq.read_table(path, page_checksum_verification=True)
    if len(rows):
        rows = rows.filter(pc.equal(rows["run_id"], rows["run_id"][0]))
        rows = rows.filter(pc.equal(rows["tick"], pc.max(rows["tick"])))
    return to_frame(rows)


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
        language: of what is written, ``en`` or ``nl``.
        dates: of policy, that figures over time mark.
    """

    folder: Path
    name: str
    series: pd.DataFrame
    words: Words
    edges: pd.DataFrame | None = None
    language: str = "en"
    dates: tuple[Mark, ...] = ()

    @cached_property
    def bands(self) -> pd.DataFrame:
        """Mean, median and 10-90% per year of every outcome."""
        return bands(yearly(self.series, self.words))

    def table(self, name: str) -> pd.DataFrame:
        """Return a table such as ``hubs``, or an empty frame where it was not recorded."""
        return read_if_there(self.folder, name)

    def say(self, key: str, **values: str | int) -> str:
        """Return a text of ``results/words/texts/run.toml``."""
        return say(f"run.{key}", self.language, **values)


def _change(run: Drawn, outcome: str) -> str:
    called = run.words[outcome].label(run.language)
    band = run.bands[run.bands["outcome"] == outcome]
    if band.empty:
        return run.say("not_recorded", name=called)
    first, last = band.iloc[0], band.iloc[-1]
    return run.say(
        "median_change",
        name=called,
        first=number(first["median"], run.language),
        last=number(last["median"], run.language),
        low=number(last["low"], run.language),
        high=number(last["high"], run.language),
        **{"from": int(first["year"]), "to": int(last["year"])},
    )


def organisations(run: Drawn) -> Illustration:
    """How many organisations there are, by year."""
    changes = (_change(run, name) for name in ("organisations", "effective_organisations"))
    first, second = changes
    return Illustration(
        "organisations",
        draw.organisations_over_time(
            run.series, run.words, run.name, run.dates, language=run.language
        ),
        run.say("figure_organisations"),
        run.say("figure_organisations_alt", first=first, second=second),
    )


def transaction_cost(run: Drawn) -> Illustration | None:
    """What dealing with each other costs, by what it is spent on."""
    kinds = [f"transaction_cost_{kind}" for kind in COST_KINDS]
    if not run.series["outcome"].isin(kinds).any():
        return None
    return Illustration(
        "transaction_cost",
        draw.transaction_cost_by_kind(
            run.series, run.words, run.name, run.dates, language=run.language
        ),
        run.say("figure_cost"),
        run.say("figure_cost_alt", first=_change(run, "transaction_cost_per_insured")),
    )


def organisation_sizes(run: Drawn) -> Illustration | None:
    """How large organisations are, at the end of a few years."""
    table = run.table("organisations")
    if table.empty:
        return None
    return Illustration(
        "organisation_sizes",
        draw.size_distribution(table, name=run.name, language=run.language),
        run.say("figure_sizes"),
        run.say("figure_sizes_alt"),
    )


def who_with_whom(run: Drawn) -> Illustration | None:
    """The map of the region at its last recorded quarter."""
    names = ("practices", "hubs", "organisations", "municipalities")
    practices, hubs, organisations, places = (last_rows(run.folder, name) for name in names)
    if not min(len(practices), len(hubs), len(organisations), len(places)):
        return None
    edges = borders(places) if run.edges is None else run.edges
    return Illustration(
        "who_with_whom",
        draw.who_with_whom(
            practices, hubs, organisations, places, edges, run.name, language=run.language
        ),
        run.say("figure_map"),
        run.say("figure_map_alt"),
    )


FIGURES: tuple[Callable[[Drawn], Illustration | None], ...] = (
    organisations,
    transaction_cost,
    organisation_sizes,
    who_with_whom,
)
"""The figures of a run's report, in this order; None: the run did not record what it needs."""


def illustrate(
    folder: Path | str, edges: pd.DataFrame | None = None, language: str = "en"
) -> Iterator[Illustration]:
    """Give the figures that the tables of a run allow, one after the other.

    Args:
        folder: a run's folder.
        edges: borders of municipalities, columns a and b; without, from their table.
        language: of what is written, ``en`` or ``nl``.
    """
    folder = Path(folder)
    words = Words(declared_outcomes(folder))
    about = manifest(folder)
    series, marks = read(folder, "series"), policy_marks(about, language=language)
    run = Drawn(folder, name_of(about, language), series, words, edges, language, marks)
    for figure in FIGURES:
        shown = figure(run)
        if shown is not None:
            yield shown


def save_all(
    shown: Iterable[Illustration], folder: Path, hands: Hands | None = None
) -> list[Illustration]:
    """Write every figure to ``figures/`` and return them with what was drawn.

    Args:
        shown: the figures; while one is drawn by ``hands``, the next is made here.
        folder: of the report.
        hands: who draws beside this process; without, all is drawn here.

    Returns:
        All, in their order.
    """
    given = [(item, hands.begin(item.figure) if hands else None) for item in shown]
    done = []
    for item, begun in reversed(given):  # the last first: the others are drawn meanwhile
        picture = _picture(item.figure, begun)
        write(picture, folder / "figures", item.name)
        done.append(item._replace(picture=picture))
    return done[::-1]


def _picture(figure: Figure, begun: Future[Picture] | None) -> Picture:
    """Return what others drew of a figure; draw it here if they did not begin, or could not."""
    if begun is not None and not begun.cancel():
        with suppress(Exception):  # that they are gone, or whatever is said again here
            return begun.result()
    return picture_of(figure)
