"""Which figures a run's folder allows, with their captions and alternative texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from results.figures import run as draw
from results.reports.about import name_of
from results.reports.page import Illustration
from results.statistics.reduce import bands, yearly
from results.store.reading import declared_outcomes, manifest, read
from results.words.numbers import number
from results.words.outcomes import Words
from results.words.shown import COST_PHASES


def read_if_there(folder: Path, name: str) -> pd.DataFrame:
    """Return a table of a run's folder, or an empty frame where it was not recorded."""
    exists = (folder / f"{name}.parquet").is_file()
    return read(folder, name) if exists else pd.DataFrame()


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


def _change(series: pd.DataFrame, words: Words, outcome: str) -> str:
    band = bands(yearly(series, words, [outcome]))
    if band.empty:
        return f"{words[outcome].english}: not recorded."
    first, last = band.iloc[0], band.iloc[-1]
    return (
        f"{words[outcome].english}: median {number(first['median'])} in {first['year']} and "
        f"{number(last['median'])} in {last['year']} "
        f"(10-90%: {number(last['low'])} to {number(last['high'])})."
    )


def illustrate(folder: Path | str, edges: pd.DataFrame | None = None) -> list[Illustration]:
    """Return the figures that the tables of a run allow.

    Args:
        folder: a run's folder.
        edges: borders of municipalities, columns a and b; without, from their table.
    """
    folder = Path(folder)
    name = name_of(manifest(folder))
    series, words = read(folder, "series"), Words(declared_outcomes(folder))
    shown = [
        Illustration(
            "organisations",
            draw.organisations_over_time(series, words, name),
            "How many organisations there are, and how many equal ones would be as concentrated. "
            "Line: median; band: 10-90% of the replicates.",
            f"Two line charts by year. {_change(series, words, 'organisations')} "
            f"{_change(series, words, 'effective_organisations')}",
        )
    ]
    phases = [f"transaction_cost_{phase}" for phase in COST_PHASES]
    if series["outcome"].isin(phases).any():
        shown.append(
            Illustration(
                "transaction_cost",
                draw.transaction_cost_by_phase(series, words, name),
                "Transaction cost per insured, by what it is spent on, and coordination inside "
                "organisations (hatched), which is kept apart. Mean of the replicates.",
                f"Stacked bars by year. {_change(series, words, 'transaction_cost_per_insured')}",
            )
        )
    return shown + _pictures(folder, name, edges)


def _pictures(folder: Path, name: str, edges: pd.DataFrame | None) -> list[Illustration]:
    organisations, practices = (
        read_if_there(folder, "organisations"),
        read_if_there(folder, "practices"),
    )
    hubs, places = read_if_there(folder, "hubs"), read_if_there(folder, "municipalities")
    shown = []
    if len(organisations):
        shown.append(
            Illustration(
                "organisation_sizes",
                draw.size_distribution(organisations, name=name),
                "Registered patients per organisation in the first replicate. The shaded range "
                "was observed in 2014; defaults were calibrated to it, so it is no evidence.",
                "Points on a logarithmic scale, a row per year: how many registered patients "
                "each organisation has, with the median and the range observed in 2014.",
            )
        )
    if min(len(practices), len(hubs), len(organisations), len(places)):
        shown.append(
            Illustration(
                "who_with_whom",
                draw.who_with_whom(
                    practices,
                    hubs,
                    organisations,
                    places,
                    borders(places) if edges is None else edges,
                    name,
                ),
                "Who works with whom at the last recorded quarter of the first replicate. Places "
                "of practices are drawn by the model, not real addresses.",
                "Map: practices as points in the colour of their organisation with a line to "
                "it, hubs as diamonds, municipalities as discs.",
            )
        )
    return shown


def save_all(shown: Iterable[Illustration], folder: Path) -> list[Illustration]:
    """Write every figure to ``figures/`` and return them with what was drawn."""
    done = []
    for item in shown:
        png, _ = draw.save(item.figure, folder / "figures", item.name)
        done.append(item._replace(png=png.read_bytes()))
    return done
