"""What the parties of a run are called in a story, and what its tables know of events."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from results.reports.illustrations import few_columns, read_if_there
from results.store.manifests import MANIFEST
from results.store.reading import manifest, read
from results.words.events import STAGES
from results.words.texts import say
from results.words.titles import title_name

NAMED = ("subregion-formed", "subregion-ended")
"""Events of which the table of municipalities tells the name of a sub-region."""

Details = dict[Hashable, str]
"""What tables know of events, by their place in the frame of events."""

PLACED = ("hub", "organisation", "partner", "practice", "unit")
"""Kinds of party that are called after the municipality they are in."""

STAGED = ("hub-advanced", "hub-fell-back")
"""Events of which the table of hubs tells the stage that was reached."""

CONTRACTED = ("contract-won", "contract-lost", "check-failed")
"""Events of which tables of payees tell the title."""


def spoken_names(folder: Path | str, language: str = "en") -> dict[str, str]:
    """Return what each party of the first run is called, by ``kind:id``.

    Hubs, organisations, external parties, practices and units have the name of their
    municipality, and a number (in the order of their ids) where there are several in it.
    """
    folder = Path(folder)
    places = first_run(read(folder, "municipalities")).drop_duplicates("id")
    towns = dict(zip(places["row"], places["name"].astype(str), strict=True))
    names = {
        f"municipality:{number}": say("story.municipality", language, name=str(name))
        for number, name in zip(places["id"], places["name"], strict=True)
    }
    for kind in PLACED:
        found = first_run(few_columns(folder, f"{kind}s", ("run_id", "id", "municipality")))
        if {"id", "municipality"} <= set(found):
            names |= _placed(kind, found, towns, language)
    names |= _given_names(folder, places)
    if (folder / MANIFEST).is_file():
        # What a region calls organisations that are there when a run starts.
        names |= (manifest(folder).get("starting") or {}).get("names") or {}
    insurers = first_run(few_columns(folder, "insurers", ("run_id", "id", "name")))
    if len(insurers):
        insurers = insurers.drop_duplicates("id")
        for number, name in zip(insurers["id"], insurers["name"].astype(str), strict=True):
            names[f"insurer:{number}"] = name
    return names


def _given_names(folder: Path, places: pd.DataFrame) -> dict[str, str]:
    """Return the names that a region gives to external parties and to the ROS of its areas."""
    found = first_run(few_columns(folder, "partners", ("run_id", "id", "name")))
    if "name" not in found or "ros_name" not in places:
        return {}
    named = found.dropna(subset=["name"]).drop_duplicates("id")
    guided = places.dropna(subset=["ros_name"])
    return {
        **{f"partner:{k}": str(n) for k, n in zip(named["id"], named["name"], strict=True)},
        # A ROS has the number of its row, from 1.
        **{
            f"ros:{int(row) + 1}": str(name)
            for row, name in zip(guided["ros"], guided["ros_name"], strict=True)
        },
    }


def _placed(
    kind: str, table: pd.DataFrame, towns: Mapping[Any, str], language: str
) -> dict[str, str]:
    """Return the names of parties of one kind: hub Zeist, or hub Zeist 2 where there are more."""
    found = table.drop_duplicates("id").sort_values("id")
    elsewhere = say("story.elsewhere", language)
    where = [towns.get(row, elsewhere) for row in found["municipality"]]
    many, seen = Counter(where), Counter[str]()
    word = say(f"story.{kind}", language)
    names = {}
    for number, town in zip(found["id"], where, strict=True):
        seen[town] += 1
        which = f" {seen[town]}" if many[town] > 1 else ""
        names[f"{kind}:{number}"] = f"{word} {town}{which}"
    return names


def called(names: Mapping[str, str], party: str, language: str = "en") -> str:
    """Return what a party is called; one that no table knows by its kind and number."""
    if party in names:
        return names[party]
    kind, _, number = party.partition(":")
    if kind in ("ros", "outside"):
        return say(f"story.{kind}", language)
    return f"{say(f'story.{kind}', language)} {number}" if kind in PLACED else party


def find_party(names: Mapping[str, str], asked: str) -> str:
    """Return the ``kind:id`` of a party that is asked for by it, or by its name in either case."""
    if asked in names:
        return asked
    known = {_loose(name): party for party, name in names.items()}
    return known.get(_loose(asked), asked)


def _loose(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip().casefold()


def spoken_details(folder: Path | str, events: pd.DataFrame, language: str = "en") -> Details:
    """Return what tables know of an event of the first run, by its place in ``events``.

    The stage that a hub reached, the title of a contract that is won or lost, and the name of a
    sub-region. Where the quarter of an event was not recorded there is no stage and no title.
    """
    mine = first_run(events)
    found = _subregions(Path(folder), mine)
    titles = {plain(str(name)): str(name) for name in manifest(folder).get("titles") or []}
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
            names = titles_of(state, str(event))
            # Contracts of one quarter are noted in the order of titles.
            nth = before[date, agent, event]
            before[date, agent, event] += 1
            if nth < len(names):
                name = names[nth]
                found[place] = title_name(titles.get(plain(name), name), language)
    return found


def _subregions(folder: Path, events: pd.DataFrame) -> Details:
    """Return the names of sub-regions that form or end, by the municipality that the event names.

    Folders of before there were names have none.
    """
    rows = events[events["event"].isin(NAMED) & events["other"].notna()]
    places = first_run(few_columns(folder, "municipalities", ("run_id", "id", "subregion")))
    if rows.empty or "subregion" not in places:
        return {}
    named = {
        f"municipality:{k}": str(s) for k, s in zip(places["id"], places["subregion"], strict=True)
    }
    return {
        place: named.get(str(other), "")
        for place, other in zip(rows.index, rows["other"], strict=True)
    }


def plain(name: str) -> str:
    """Return a title's name as it stands in names of columns."""
    return name.replace("-", "_").replace(" ", "_")


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


def first_run(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the first run; all of them where a table does not tell runs apart."""
    if not len(rows) or "run_id" not in rows:
        return rows
    mine: pd.DataFrame = rows[rows["run_id"] == rows["run_id"].iloc[0]]
    return mine
