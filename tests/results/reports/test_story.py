"""The story of a run: every event is told or counted, and the periods of regions add up."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from agents.events import Cause, Event
from agents.words import Stage
from experiments import Scenario, run
from experiments.cli import main
from results.reports.story import (
    PERIODS,
    about,
    find_party,
    period_counts,
    spoken_details,
    spoken_names,
    tell,
)
from results.store.reading import read
from results.store.schema import VERSION_KEY
from results.words.events import CAUSES, COUNTED, EVENTS, STAGES


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("story") / "one"
    run(Scenario("unicum", "historic-nl", start="2006Q1", end="2019Q4"), out=out)
    return out


def test_what_is_counted_exists() -> None:
    assert set(COUNTED) < set(Event.words())


def test_every_event_is_told_or_counted(folder: Path) -> None:
    events = read(folder, "events")
    names = spoken_names(folder)
    assert len(tell(events, names, every=True)) == len(events)
    lines = tell(events, names)
    rare = events[~events["event"].isin(COUNTED)]
    told = [line for line in lines if line.startswith("Q")]
    assert len(told) == len(rare) > 10
    year = next(line for line in lines if line.startswith("In all of 2012: "))
    joined = ((events["event"] == "joined") & (events["date"].dt.year == 2012)).sum()
    assert f"accessions to an organisation ({joined})" in year


def test_a_line_says_when_who_what_with_whom_and_why(folder: Path) -> None:
    events = read(folder, "events")
    first = events[events["event"] == "founded"].iloc[0]
    names = spoken_names(folder)
    line = next(line for line in tell(events, names) if " is founded by " in line)
    who, whom = names[first["agent"]], names[first["other"]]
    said = f"{who} is founded by practices of {whom}. Weighed most: nobody near to join."
    assert line == f"Q4 {first['date'].year}: {said[0].upper()}{said[1:]}"
    towns = set(read(folder, "municipalities")["name"].astype(str))
    assert all(any(town in name for town in towns) for name in (who, whom))


def test_no_line_has_a_code_where_there_is_a_name(folder: Path) -> None:
    events = read(folder, "events")
    for language in ("en", "nl"):
        names = spoken_names(folder, language)
        assert len(set(names.values())) == len(names)
        details = spoken_details(folder, events, language)
        for line in tell(events, names, True, language, details):
            assert not re.search(r"\b[a-z]+:\d", line), line
            assert line[0].isupper() or line[0].isdigit()
            assert line.endswith(".") and line.count(": ") <= 3


def test_parties_of_one_kind_and_place_are_numbered(tmp_path: Path) -> None:
    where = pd.array([0, 0, 1, None], dtype="Int64")
    tables = {
        "municipalities": {"row": [0, 1], "id": [355, 356], "name": ["Zeist", "De Bilt"]},
        "hubs": {"id": [7, 3, 5, 9], "municipality": where},
    }
    for name, columns in tables.items():
        frame = pd.DataFrame({"run_id": "r", **columns})
        table = pa.Table.from_pandas(frame, preserve_index=False)
        pq.write_table(
            table.replace_schema_metadata({VERSION_KEY: b"1"}), tmp_path / f"{name}.parquet"
        )
    names = spoken_names(tmp_path, "nl")
    assert names == {
        "municipality:355": "de gemeente Zeist", "municipality:356": "de gemeente De Bilt",
        "hub:3": "wijkhub Zeist 1", "hub:7": "wijkhub Zeist 2", "hub:5": "wijkhub De Bilt",
        "hub:9": "wijkhub buiten de regio",
    }  # fmt: skip
    assert find_party(names, "Wijkhub  zeist 2") == "hub:7" == find_party(names, "hub:7")
    assert find_party(names, "wijkhub Utrecht") == "wijkhub Utrecht"


def test_periods_add_up_to_all_events(folder: Path) -> None:
    events = read(folder, "events")
    rows = period_counts(events)
    total = sum(row[period.name] for row in rows for period in PERIODS)
    assert total == len(events)
    assert [p.first for p in PERIODS[1:]] == [p.last + 1 for p in PERIODS[:-1]]
    twice = pd.concat([events, events.assign(run_id="other")])
    assert period_counts(twice) == rows


def test_the_command_tells_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["story", str(folder)]) == 0
    assert " is founded by " in capsys.readouterr().out
    assert main(["story", str(folder), "--periods"]) == 0
    assert "natural growth" in capsys.readouterr().out


def test_a_folder_without_a_run_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["story", str(tmp_path)]) == 2
    shown = capsys.readouterr().err
    assert "events" in shown and "Traceback" not in shown


def test_checks_disputes_and_losses_are_told_with_their_cause() -> None:
    made = [
        ("organisation:7", "check-failed", "insurer:1", "results"),
        ("organisation:7", "contract-lost", "insurer:1", "results"),
        ("organisation:7", "disputed", "insurer:1", "hidden"),
        ("hub:3", "money-disputed", "organisation:7", "loss"),
        ("hub:3", "hub-secured", "organisation:7", "loss"),
    ]
    events = pd.DataFrame(made, columns=["agent", "event", "other", "cause"])
    events = events.assign(run_id="one", date=pd.Timestamp("2020-10-01"))
    names = {"insurer:1": "CZ"}
    title = "neighbourhood management"
    assert tell(events, names, details={0: title}) == [
        f"Q4 2020: Organisation 7 fails an outcome check for {title} of CZ. Weighed most: results.",
        "Q4 2020: Organisation 7 loses its contract with CZ. Weighed most: results.",
        "Q4 2020: Hub 3 disputes what it lost with organisation 7. Weighed most: loss.",
        "In all of 2020: disputes over costs (1), hubs made up for a loss (1).",
    ]
    assert tell(events, names, language="nl")[1] == (
        "4e kwartaal 2020: Organisatie 7 verliest het contract met CZ. "
        "Woog het zwaarst: resultaten."
    )


def test_every_event_and_cause_has_a_sentence_in_both_languages() -> None:
    assert set(EVENTS) == set(Event.words())
    assert set(CAUSES) == set(Cause.words())
    assert len(STAGES) == len(Stage.words())
    for said in (*EVENTS.values(), *CAUSES.values(), *STAGES):
        for language in ("en", "nl"):
            for known in (("", ""), ("A", ""), ("", "B"), ("A", "B")):
                text = said.say(language, *known)
                assert text and not set(text) & set("[]{}") and "  " not in text


def test_tables_tell_stage_and_title(folder: Path) -> None:
    events = read(folder, "events")
    details = spoken_details(folder, events)
    for event in ("hub-advanced", "hub-fell-back", "contract-won", "contract-lost"):
        mine = events[events["event"] == event].index
        assert len(mine) > 0 and all(place in details for place in mine), event
    first = events[events["event"] == "contract-won"].index[0]
    assert details[first] == "chain care"


def test_the_story_of_one_party(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = read(folder, "events")
    hub = str(events[events["event"] == "hub-advanced"]["agent"].iloc[0])
    assert main(["story", str(folder), "--of", hub, "--lang", "nl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(about(events, hub))
    name = spoken_names(folder, "nl")[hub]
    assert all(name in line.replace("W", "w") for line in lines)
    assert any("komt een fase verder: " in line for line in lines)
    assert main(["story", str(folder), "--of", name, "--lang", "nl"]) == 0
    assert capsys.readouterr().out.splitlines() == lines
    assert main(["story", str(folder), "--parties", "--lang", "nl"]) == 0
    assert f"{hub}\t{name}" in capsys.readouterr().out
    for wrong in (["--of", "hub:0"], ["--lang", "de"]):
        assert main(["story", str(folder), *wrong]) == 2
        assert wrong[0] in capsys.readouterr().err
    assert main(["story", str(folder), "--order"]) == 0
    assert "plan no later than service" in capsys.readouterr().out
