"""What the command line refuses: one message, exit code 2, nothing left behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from experiments.beside import Begun
from experiments.sweeps.work import ahead
from experiments.sweeps.work.ahead import begin
from results.store.claims import claimed
from tests.commands import RUN, SHORT, refused, shell

BROKEN = '[package]\nname = "p"\ntext = = "t"\n'
UNKNOWN = '[package]\nname = "p"\ntext = "t"\nsource = "s"\n[title.ros]\nrat = 3\n'


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--region", "unicun"], "Did you mean 'unicum'?"),
        (["--region", "synthetic:0"], "1..10000"),
        (["--regime", "historic"], "Did you mean 'historic-nl'?"),
        (["--regime", "design:bundled/hub/insure"], "Did you mean 'design:"),
        (["--set", "title.ros.rat=3"], "Did you mean 'rate'?"),
        (["--set", "title.rosa.rate=3"], "Did you mean 'ros'?"),
        (["--set", "choice.mony=1"], "Did you mean 'choice.money'?"),
        (["--set", "choice.money=99"], "out of range"),
        (["--set", "choice.money@2019Q1=1"], "takes no date"),
        (["--set", "title.ros.rate@2019-02-01=1"], "start of a quarter"),
        (["--set", "choice.money"], "name=value"),
        (["--set", "choice.money=1", "--set", "choice.money=2"], "set twice"),
        (["--regime", "design:bundled/practice/act", *SHORT], "it would do nothing"),
        (["--replicates", "1000000000"], "1 .. 100,000"),
        (["--package", "nowhere.toml"], "nowhere.toml"),
        (["--from", "2030Q1", "--to", "2020Q4"], "before --from"),
        (["--from", "2005Q4"], "2006Q1"),
        (["--to", "2030Q5"], "--to"),
        (["--switch", "later"], "--switch"),
        (["--seed", "-1"], "2^63-1"),
        (["--seed", str(2**63)], "2^63-1"),
        (["--seed", str(2**63 - 1), "--replicates", "2"], "2^63-1"),
        (["--population-seed", str(2**63)], "2^63-1"),
        (["--replicates", "0"], "--replicates"),
        (["--seed", "one"], "--seed"),
        (["--record", "dayly"], "yearly, quarterly, all"),
        (["--engine", "fast"], "compiled, mesa, python"),
        (["--colour", "red"], "--colour"),
    ],
)
def test_bad_input_is_one_message_and_leaves_nothing(
    more: list[str], says: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert says in refused([*RUN, *more], capsys)
    assert not list(here.iterdir())


@pytest.mark.parametrize(("text", "says"), [(BROKEN, "line 3"), (UNKNOWN, "Did you mean 'rate'?")])
def test_a_bad_package_is_named_with_line_or_key(
    text: str, says: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "mine.toml").write_text(text)
    message = refused([*RUN, "--package", "mine.toml"], capsys)
    assert "mine.toml" in message and says in message
    assert [path.name for path in here.iterdir()] == ["mine.toml"]


def test_an_output_folder_in_use_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "mine").mkdir()
    (here / "mine" / "note.txt").write_text("keep")
    assert "not empty" in refused([*RUN, "--out", "mine"], capsys)
    below = str(here / "mine" / "note.txt" / "deeper")
    assert "is a file" in refused([*RUN, "--out", below], capsys)
    assert [path.name for path in here.rglob("*")] == ["mine", "note.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no folders")
def test_an_unwritable_place_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = refused([*RUN, *SHORT, "--quiet", "--out", "/proc/regiosim/run"], capsys)
    assert "/proc/regiosim" in message


def test_other_commands_explain_bad_input(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "what `regiosim parameters` lists" in refused(["parameters", "choise.mony"], capsys)
    assert "Did you mean 'trust'?" in refused(["outcomes", "trusted"], capsys)
    assert "Did you mean 'ros'?" in refused(["titles", "rosa"], capsys)
    assert "not the folder of a run" in refused(["report", "."], capsys)
    assert "does not exist" in refused(["compare", ".", "."], capsys)
    refused(["rum"], capsys)
    refused(["run", "--regime", "historic-nl"], capsys)


def test_a_question_to_no_folder_of_a_run_is_one_message(here: Path) -> None:
    """In a process of its own: which modules are there decides what is explained."""
    for folder in ("nowhere", "."):
        done = shell(f'regiosim query {folder} "SELECT 1"', here)
        assert done.returncode == 2 and done.stderr.count("\n") == 1
        assert "is not the folder of a run or a sweep" in done.stderr


def test_a_folder_that_another_works_on_is_one_message(here: Path) -> None:
    """In a process of its own, too: a report imports less than other commands."""
    (here / "run").mkdir()
    (here / "run" / "manifest.json").write_text("{}", encoding="utf-8")
    with claimed(here / "run", "a run"):
        done = shell("regiosim report run", here)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert "is at work on run" in done.stderr


def test_a_refused_sweep_leaves_no_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[Begun] = []

    def noted() -> Begun:
        made.append(begin())
        return made[-1]

    monkeypatch.setattr(ahead, "begin", noted)
    monkeypatch.setattr("sim.engines.cores.cores", lambda: 3)
    refused(["sweep", "nowhere.toml"], capsys)
    assert len(made) == 2 and all(one.process.poll() is not None for one in made)
    refused(["sweep", "nowhere.toml", "--plan"], capsys)
    assert len(made) == 2
