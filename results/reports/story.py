"""A run's events as a story: year by year who decided what, and how many practices moved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from results.reports.illustrations import read_if_there
from results.store.reading import read

COUNTED = (
    "practice-opened", "practice-closed", "practice-merged", "practice-grew", "joined", "left",
    "mandate-given", "mandate-withdrawn", "hub-joined", "hub-left", "plus-joined", "plus-left",
    "supplier-chosen", "hub-guided", "step-taken", "hub-advanced", "hub-fell-back", "plan-drafted",
    "disputed", "hub-secured", "unbundled",
)  # fmt: skip
"""Events of which there are many: told as numbers a year. All others get a line each."""


class Period(NamedTuple):
    """One of the periods in which regions formed (S4; A1f), first to last year."""

    name: str
    first: int
    last: int


PERIODS = (
    Period("natural growth", 2006, 2015),
    Period("redesign", 2016, 2021),
    Period("one norm", 2022, 9999),
)


def spoken_names(folder: Path | str) -> dict[str, str]:
    """Return ``kind:id`` with the place it belongs to, for parties that the tables know."""
    places = read(folder, "municipalities").drop_duplicates("id")
    towns = dict(zip(places["row"], places["name"].astype(str), strict=True))
    names = {
        f"municipality:{number}": str(name)
        for number, name in zip(places["id"], places["name"], strict=True)
    }
    for kind in ("hub", "organisation", "partner"):
        found = read_if_there(Path(folder), f"{kind}s")
        if len(found):
            found = found.drop_duplicates("id")
            for number, row in zip(found["id"], found["municipality"], strict=True):
                names[f"{kind}:{number}"] = f"{kind}:{number} ({towns.get(row, 'elsewhere')})"
    return names


def tell(events: pd.DataFrame, names: Mapping[str, str], every: bool = False) -> list[str]:
    """Return the story of one run, a line per event; with ``every`` also those that are counted."""
    first = events[events["run_id"] == events["run_id"].iloc[0]] if len(events) else events
    lines = []
    for year, rows in first.groupby(first["date"].dt.year):
        told = rows if every else rows[~rows["event"].isin(COUNTED)]
        for row in told.to_dict("records"):
            who, other = str(row["agent"]), row["other"]
            whom = "" if pd.isna(other) else f" {names.get(str(other), str(other))}"
            what = str(row["event"]).replace("-", " ")
            quarter = f"{year}Q{row['date'].quarter}"
            lines.append(f"{quarter}  {names.get(who, who)}: {what}{whom} [{row['cause']}]")
        if not every:
            many = rows[rows["event"].isin(COUNTED)]["event"].astype(str).value_counts()
            counts = ", ".join(f"{many[name]} {name}" for name in COUNTED if name in many)
            if counts:
                lines.append(f"{year}    {counts}")
    return lines


def period_counts(events: pd.DataFrame) -> list[dict[str, Any]]:
    """Return how often each event happened in each period of region formation, per run.

    Counted over the years that were recorded.
    """
    runs = max(1, events["run_id"].nunique())
    years = events["date"].dt.year
    rows = []
    for event in sorted(events["event"].astype(str).unique()):
        mine = years[events["event"] == event]
        row: dict[str, Any] = {"event": event}
        for period in PERIODS:
            inside = int(((mine >= period.first) & (mine <= period.last)).sum())
            row[period.name] = round(inside / runs, 2)
        rows.append(row)
    return rows
