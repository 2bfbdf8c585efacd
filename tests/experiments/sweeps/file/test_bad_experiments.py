"""Experiments that cannot be run are refused whole: one clear line, exit code 2, nothing made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments import sweep
from experiments.cli import sweep as cli_sweep
from experiments.cli.app import BAD_INPUT, main
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.file.shipped import shipped_names
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.store.about import manifest_of
from experiments.sweeps.work import sweeping
from experiments.sweeps.work.children import environment
from results.store.folder import to_json
from sim.errors import BadInput
from tests.bad_experiments import CASES
from tests.bad_experiments.rows import FILES, LEVER, RANGE, RATE, SOBOL, Bad, runs

SOME = ("empty", "not TOML", "a key unknown", "a regime unknown", "to before from", "one value",
        "high outside", "points no power of two", "a point outside")  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def good(here: Path) -> Path:
    return put(Bad("good", runs(), ()), here)


def put(bad: Bad, folder: Path) -> Path:
    """Write a row of the table, with its points; return its path."""
    path = folder / "bad.toml"
    for target, text in ((path, bad.text), (folder / "points.csv", bad.points)):
        if text is not None:
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run the command line, which must say one line, and return it."""
    assert main(["sweep", *arguments]) == BAD_INPUT
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("regiosim: ") and shown.err.count("\n") == 1, shown.err
    return shown.err


def by_command(*arguments: str) -> str:
    """Run the command line as a process, which must say one line, and return it."""
    command = [sys.executable, "-m", "experiments", "sweep", *arguments]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=300)
    assert done.returncode == BAD_INPUT, done.stderr
    assert done.stdout == "" and "Traceback" not in done.stderr
    assert done.stderr.startswith("regiosim: ") and done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def row(name: str) -> Bad:
    return next(bad for bad in CASES if bad.name == name)


def test_the_rows_are_many_and_have_names_of_their_own() -> None:
    assert len(CASES) > 250
    assert len({bad.name for bad in CASES}) == len(CASES)
    assert all(bad.says for bad in CASES)


@pytest.mark.parametrize("text", [LEVER, RANGE + SOBOL, RATE, ""])
def test_what_the_rows_start_from_can_be_run(text: str, here: Path) -> None:
    plan = make_plan(read_experiment(put(Bad("good", runs(text), ()), here)))
    assert plan.runs >= 1 and plan.batches >= 1


def test_files_of_other_editors_are_read(here: Path) -> None:
    text = runs(RANGE + SOBOL.replace("[design]", "[design] # d\u00e9j\u00e0 vu"))
    ids = set()
    for data in (text.encode(), text.encode("utf-8-sig"), text.replace("\n", "\r\n").encode()):
        ids.add(make_plan(read_experiment(put(Bad("good", data, ()), here))).id)
    assert len(ids) == 1


@pytest.mark.parametrize("bad", CASES, ids=[bad.name for bad in CASES])
def test_a_bad_experiment_is_refused_in_one_line_before_anything_is_made(
    bad: Bad, here: Path
) -> None:
    path = put(bad, here)
    before = sorted(here.rglob("*"))
    with pytest.raises(BadInput) as caught:
        sweep(path, here / "out", workers=1)
    message = str(caught.value)
    assert message.startswith((f"{path}: ", f"{here / 'points.csv'}")), message
    assert "\n" not in message
    for part in bad.says:
        assert part in message, message
    assert "--" not in message, "an option of another command"
    assert sorted(here.rglob("*")) == before


@pytest.mark.parametrize("name", SOME)
def test_the_command_line_says_the_same(
    name: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = refused([str(put(row(name), here)), "--out", "out"], capsys)
    assert all(part in message for part in row(name).says)
    assert not (here / "out").exists()


def test_a_process_says_it_in_one_line(here: Path) -> None:
    message = by_command(str(put(row("a value outside"), here)), "--out", "out", "--workers", "1")
    assert all(part in message for part in row("a value outside").says)
    assert not (here / "out").exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--shard", "0/2"], "there is no shard 0 of 2. Allowed: i/n with i from 1 to n"),
        (["--shard", "3/2"], "there is no shard 3 of 2"),
        (["--shard", "1/0"], "there is no shard 1 of 0"),
        (["--shard", "x"], "'x' cannot be read"),
        (["--shard", "-1/2"], "'-1/2' cannot be read"),
        (["--shard", "1/2/3"], "'1/2/3' cannot be read"),
        (["--workers", "0"], "--workers: 0 is out of range. Allowed: 1 or more"),
        (["--workers", "two"], "--workers"),
        (["--out", "bad.toml"], "bad.toml is a file. Name a folder"),
        (["--out", "bad.toml/deep"], "bad.toml is a file, so bad.toml/deep cannot be made"),
        (["--out", "."], "not empty and holds no sweep"),
        (["--out", "full"], "full is not empty and holds no sweep"),
        (["--out", "run"], "run holds a run, not a sweep"),
        (["--out", "swept"], "swept holds a sweep of another experiment ('other'"),
        (["--plan", "--out", "swept"], "swept holds a sweep of another experiment ('other'"),
    ],
)
def test_bad_options_are_refused_before_anything_is_made(
    more: list[str], says: str, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = good.parent
    other = make_plan(read_experiment(put(Bad("other", runs(RATE), ()), here)))
    put(Bad("good", runs(), ()), here)
    for name, text in (
        ("full/note.txt", "keep"),
        ("run/manifest.json", json.dumps({"schema_version": "1", "id": "0" * 16})),
        ("swept/manifest.json", to_json({**manifest_of(other), "name": "other"})),
    ):
        (here / name).parent.mkdir()
        (here / name).write_text(text)
    before = sorted(here.rglob("*"))
    assert says in refused([str(good), *more], capsys)
    assert sorted(here.rglob("*")) == before


def test_a_folder_that_cannot_be_made_is_refused(
    good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ran(*_: object) -> None:
        raise AssertionError("something was run")

    monkeypatch.setattr(sweeping, "probe", ran)
    monkeypatch.setattr(sweeping, "is_warm", lambda: True)
    monkeypatch.setattr(cli_sweep, "warm_if_cold", lambda _: None)
    if Path("/proc/self").is_dir():  # not even the superuser makes a folder there
        assert "/proc/x cannot be made" in refused([str(good), "--out", "/proc/x"], capsys)
    monkeypatch.setattr(os, "access", lambda *_: False)
    message = refused([str(good), "--out", "locked/out"], capsys)
    assert "cannot be written to" in message
    assert not (good.parent / "locked").exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("transitoin", "Did you mean 'transition'?"),
        ("mechanisms", "one of: ranges, screening, sobol-nation, sobol-region, transition"),
        ("nowhere.toml", "neither a file nor the name of a shipped experiment"),
        ("x/transition.toml", "Did you mean 'transition'?"),
        (".", "cannot be read (Is a directory)"),
    ],
)
def test_a_file_that_is_not_there(
    given: str, says: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert says in refused([given], capsys)


def test_an_experiment_that_comes_along_is_found_by_its_name(here: Path) -> None:
    assert "transition" in shipped_names() and "mechanisms" not in shipped_names()
    for name in shipped_names():
        experiment = read_experiment(name)
        assert experiment.name == name
        assert make_plan(experiment).runs > 0
    (here / "transition").write_text(runs(), encoding="utf-8")
    assert read_experiment("transition").name == "bad"
