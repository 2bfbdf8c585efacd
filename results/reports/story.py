"""A run's events as a story: year by year who decided what, and how many practices moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from results.reports.illustrations import read_if_there
from results.store.reading import read
from results.words.events import CAUSES, COUNTED, EVENTS, STAGES

Details = dict[Hashable, str]
"""What tables know of events, by their place in the frame of events."""

STAGED = ("hub-advanced", "hub-fell-back")
"""Events of which the table of hubs tells the stage that was reached."""

CONTRACTED = ("contract-won", "contract-lost", "check-failed")
"""Events of which tables of payees tell the title."""


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
    insurers = read_if_there(Path(folder), "insurers")
    if len(insurers):
        insurers = insurers.drop_duplicates("id")
        for number, name in zip(insurers["id"], insurers["name"].astype(str), strict=True):
            names[f"insurer:{number}"] = name
    return names


def spoken_details(folder: Path | str, events: pd.DataFrame, language: str = "en") -> Details:
    """Return what tables know of an event of the first run, by its place in ``events``.

    The stage that a hub reached, and the title of a contract that is won or lost. Where the
    quarter of an event was not recorded there is nothing.
    """
    found: Details = {}
    mine = first_run(events)
    for kind in ("hub", "organisation"):
        table = read_if_there(Path(folder), f"{kind}s")
        rows = mine[mine["agent"].astype(str).str.startswith(f"{kind}:")]
        rows = rows[rows["event"].isin((*STAGED, *CONTRACTED))]
        if table.empty or rows.empty:
            continue
        table = table[table["run_id"] == rows["run_id"].iloc[0]]
        at = {key: k for k, key in enumerate(zip(table["date"], table["id"], strict=True))}
        before: Counter[tuple[Any, ...]] = Counter()
        for place, date, agent, event in zip(
            rows.index, rows["date"], rows["agent"].astype(str), rows["event"], strict=True
        ):
            k = at.get((date, int(agent.split(":")[1])))
            if k is None:
                continue
            state = table.iloc[k]
            if event in STAGED:
                found[place] = STAGES[int(state["stage"])].say(language)
                continue
            titles = titles_of(state, str(event))
            # Contracts of one quarter are noted in the order of titles.
            nth = before[date, agent, event]
            before[date, agent, event] += 1
            if nth < len(titles):
                found[place] = titles[nth]
    return found


def titles_of(state: pd.Series, event: str) -> list[str]:
    """Return titles of which a contract begins, ends or fails a check, by a payee's ``state``."""
    names = [
        str(name).removeprefix("agreed_")
        for name in state.index
        if str(name).startswith("agreed_") and f"failed_{str(name)[7:]}" in state.index
    ]
    found = []
    for name in names:
        now, later = pd.notna(state[f"contract_{name}"]), pd.notna(state[f"agreed_{name}"])
        begins, ends = later and not now, now and not later
        fails = state[f"failed_{name}"] > 0
        if {"contract-won": begins, "contract-lost": ends, "check-failed": fails}[event]:
            found.append(name.replace("_", "-"))
    return found


def first_run(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events of the first run."""
    return events[events["run_id"] == events["run_id"].iloc[0]] if len(events) else events


def about(events: pd.DataFrame, party: str) -> pd.DataFrame:
    """Return what ``party`` (kind:id) does, and what others do that names it."""
    return events[(events["agent"] == party) | (events["other"] == party)]


def tell(
    events: pd.DataFrame,
    names: Mapping[str, str],
    every: bool = False,
    language: str = "en",
    details: Details | None = None,
) -> list[str]:
    """Return the story of one run, a line per event; with ``every`` also those that are counted.

    ``language``: ``en`` or ``nl``; ``details``: see ``spoken_details``.
    """
    known = details or {}
    lines = []
    first = first_run(events)
    for year, rows in first.groupby(first["date"].dt.year):
        told = rows if every else rows[~rows["event"].isin(COUNTED)]
        for place, row in zip(told.index, told.to_dict("records"), strict=True):
            who = str(row["agent"])
            other = "" if pd.isna(row["other"]) else str(row["other"])
            said = EVENTS[str(row["event"])].say(
                language, names.get(other, other), known.get(place, "")
            )
            why = CAUSES[str(row["cause"])].say(language)
            lines.append(f"{year}Q{row['date'].quarter}  {names.get(who, who)} {said} [{why}]")
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
