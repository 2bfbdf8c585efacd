"""A run's events as a story: year by year who decided what, and how many practices moved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from results.reports.illustrations import read_if_there
from results.reports.page import Part
from results.reports.parties import (
    Details,
    called,
    find_party,
    first_run,
    spoken_details,
    spoken_names,
)
from results.words.dates import quarter
from results.words.events import CAUSES, COUNTED, COUNTS, EVENTS
from results.words.numbers import number
from results.words.texts import say

__all__ = [
    "about",
    "find_party",
    "first_run",
    "period_counts",
    "spoken_details",
    "spoken_names",
    "story_part",
    "tell",
    "tell_years",
]

NO_CAUSE = "none"
"""The cause of an event that nothing is said to have brought about."""


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
    """Return the story of one run, a sentence per event; see ``tell_years``."""
    years = tell_years(events, names, every, language, details)
    return [line for _, lines in years for line in lines]


def tell_years(
    events: pd.DataFrame,
    names: Mapping[str, str],
    every: bool = False,
    language: str = "en",
    details: Details | None = None,
) -> list[tuple[str, list[str]]]:
    """Return the story of one run: each year with its sentences, one per event.

    Args:
        events: what happened; the first run is told.
        names: what parties are called, by ``kind:id``: see ``spoken_names``.
        every: also tell the events of which there are many, which are else counted per year.
        language: ``en`` or ``nl``.
        details: what else is known of events: see ``spoken_details``.
    """
    known = details or {}
    years = []
    first = first_run(events)
    for year, rows in first.groupby(first["date"].dt.year):
        told = rows if every else rows[~rows["event"].isin(COUNTED)]
        lines = [
            _sentence(row, known.get(place, ""), names, language)
            for place, row in zip(told.index, told.to_dict("records"), strict=True)
        ]
        if not every:
            many = rows[rows["event"].isin(COUNTED)]["event"].astype(str).value_counts()
            counts = ", ".join(
                f"{COUNTS[name].say(language)} ({number(many[name], language)})"
                for name in COUNTED
                if name in many
            )
            if counts:
                lines.append(say("story.counted", language, year=str(year), counts=counts))
        years.append((str(year), lines))
    return years


def _sentence(row: Mapping[Any, Any], detail: str, names: Mapping[str, str], language: str) -> str:
    """Return one event as a sentence: when, who, what, with whom, and what weighed most."""
    who = called(names, str(row["agent"]), language)
    other = "" if pd.isna(row["other"]) else called(names, str(row["other"]), language)
    cause = str(row["cause"])
    return say(
        "story.told_plain" if cause == NO_CAUSE else "story.told",
        language,
        when=quarter(row["date"].year, row["date"].quarter, language),
        who=who[:1].upper() + who[1:],
        what=EVENTS[str(row["event"])].say(language, other, detail),
        why=CAUSES[cause].say(language),
    )


def story_part(folder: Path, language: str) -> list[Part]:
    """Return the story of a run's first replicate, folded; nothing where it was not recorded."""
    events = first_run(read_if_there(folder, "events"))
    if events.empty or not (folder / "municipalities.parquet").is_file():
        return []
    names = spoken_names(folder, language)
    details = spoken_details(folder, events, language)
    runs = first_run(read_if_there(folder, "runs"))
    seed = int(runs["seed"].iloc[0]) if "seed" in runs and len(runs) else 0
    return [
        Part(
            say("run.story", language),
            text=say("run.story_text", language, seed=seed),
            folded=True,
            lists=tell_years(events, names, False, language, details),
            after=say("run.story_left", language),
        )
    ]


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
