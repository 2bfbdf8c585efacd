"""The story of a run: every event is told or counted, and the periods of regions add up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from agents.events import Event
from experiments import Scenario, run
from experiments.cli import main
from results.reports.story import COUNTED, PERIODS, period_counts, spoken_names, tell
from results.store.reading import read


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
    told = [line for line in lines if "[" in line]
    assert len(told) == len(rare) > 10
    year = next(line for line in lines if line.startswith("2012    "))
    joined = ((events["event"] == "joined") & (events["date"].dt.year == 2012)).sum()
    assert f"{joined} joined" in year


def test_a_line_says_when_who_what_with_whom_and_why(folder: Path) -> None:
    events = read(folder, "events")
    first = events[events["event"] == "founded"].iloc[0]
    names = spoken_names(folder)
    line = next(line for line in tell(events, names) if ": founded " in line)
    assert line.startswith(f"{first['date'].year}Q4  ")
    assert f"{names[first['agent']]}: founded {names[first['other']]} [isolation]" in line
    assert line.count("(") == 2  # both with the municipality they are in


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
    assert ": founded " in capsys.readouterr().out
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
    assert tell(events, {"insurer:1": "CZ"}) == [
        "2020Q4  organisation:7: check failed CZ [results]",
        "2020Q4  organisation:7: contract lost CZ [results]",
        "2020Q4  hub:3: money disputed organisation:7 [loss]",
        "2020    1 disputed, 1 hub-secured",
    ]
