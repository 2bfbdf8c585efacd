"""Runs, comparisons and reports from the command line: exit codes, and nothing left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agents.compiled.record import table_of
from experiments import Scenario
from experiments.cli.app import BAD_INPUT, DONE, FAILED, INTERRUPTED, main
from experiments.runs.frames import declared_outcomes
from experiments.runs.start import start_tables
from results.statistics.headline import headlines
from results.statistics.reduce import yearly
from results.store.reading import manifest, read
from results.words.numbers import number
from results.words.outcomes import Words
from results.words.shown import HEADLINES
from sim.tables import RECORDS, Tables
from tests.commands import ROOT, RUN, SHORT, refused


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("runs")
    more = ["--replicates", "3", "--quiet", "--record", "yearly"]
    for name, setting in (("a", "choice.money=0.1"), ("b", "choice.money=0.5")):
        out = ["--out", str(folder / name), "--set", setting]
        assert main([*RUN, *SHORT, *more, *out]) == DONE
    return folder / "a", folder / "b"


def test_a_run_with_everything(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*RUN, *SHORT, "--replicates", "3"]) == DONE
    shown = capsys.readouterr().out
    (folder,) = (here / "runs").iterdir()
    assert folder.name == f"synthetic-2-1-historic-nl-{manifest(folder)['id']}-r3"
    assert str(Path("runs") / folder.name) in shown
    assert "Trust (share)\t2009" in shown and " to " in shown
    assert (folder / "report.html").is_file()
    again = refused([*RUN, *SHORT, "--replicates", "3"], capsys)
    assert "not empty" in again


def test_json_is_all_that_is_written(
    two_runs: tuple[Path, Path], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*RUN, *SHORT, "--json", "--out", "one"]) == DONE
    found = json.loads(capsys.readouterr().out)
    assert found["failed"] == 0 and found["id"] == manifest(here / "one")["id"]
    assert {"outcome", "unit", "year", "median", "low", "high"} <= set(found["figures"][0])
    assert main(["compare", *map(str, two_runs), "--json"]) == DONE
    rows = json.loads(capsys.readouterr().out)
    assert {row["n"] for row in rows if row["outcome"] == "trust"} == {3}
    for name in ("regions", "regimes", "titles", "parameters", "phases", "outcomes"):
        assert main([name, "--json"]) == DONE
        assert json.loads(capsys.readouterr().out)


TWO = """name = "two"
question = "Is there a report?"
[runs]
regions = ["synthetic:1:1"]
regimes = ["historic-nl"]
from = "2007Q1"
to = "2008Q4"
replicates = 2
[uncertainties."choice.trust"]
values = [0.5, 1.5]
"""


def test_a_run_without_a_report_gets_one_later(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*RUN, *SHORT, "--no-report", "--out", "bare"]) == DONE
    assert "Report:" not in capsys.readouterr().out
    assert not (here / "bare" / "report.html").exists()
    assert not (here / "bare" / "figures").exists()
    assert main(["report", "bare", "--lang", "nl"]) == DONE
    assert '<html lang="nl">' in (here / "bare" / "report.html").read_text(encoding="utf-8")
    assert len(list((here / "bare" / "figures").iterdir())) == 8
    capsys.readouterr()
    Path("two.toml").write_text(TWO, encoding="utf-8")
    assert main(["sweep", "two.toml", "--no-report", "--out", "swept"]) == DONE
    assert main(["sweep", "two.toml", "--no-report", "--out", "swept"]) == DONE
    assert not {"report.html", "figures"} & {path.name for path in (here / "swept").iterdir()}
    assert "Report:" not in capsys.readouterr().out
    assert main(["report", "swept"]) == DONE
    assert (here / "swept" / "report.html").is_file()
    capsys.readouterr()
    for part in (["--shard", "1/2"], ["--array", "2"]):
        said = refused(["sweep", "two.toml", "--no-report", "--out", "other", *part], capsys)
        assert f"--no-report: does nothing beside {part[0]}: merge makes the report" in said
    assert not (here / "other").exists()
    capsys.readouterr()
    for command in (["run"], ["report", "bare"], ["compare", "a", "b"], ["sweep", "transition"]):
        assert "allowed: en, nl" in refused([*command, "--lang", "de"], capsys).lower()


def test_console_report_and_compare_give_one_mean(
    two_runs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = two_runs
    words = Words(declared_outcomes())
    rows = yearly(read(first, "series"), words, HEADLINES)
    means = rows[rows["year"] == 2009].groupby("outcome")["value"].mean()
    medians = rows[rows["year"] == 2009].groupby("outcome")["value"].median()
    assert (means != medians).any()
    figures = {one.outcome: one for one in headlines(read(first, "series"), words)}
    html = (first / "report.html").read_text(encoding="utf-8")
    assert main(["compare", str(first), str(second)]) == DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("\t")[2:5] == ["mean, first", "mean, second", "mean difference"]
    told = {line.split("\t")[0]: line.split("\t")[2] for line in lines if "\t" in line}
    for outcome, mean in means.items():
        assert figures[outcome].mean == pytest.approx(mean)
        assert told[outcome] == number(mean)
        assert f'<span class="value">{number(mean)}</span>' in html
    assert "Mean of 3 replicates in 2009" in html


def test_compare_writes_a_report(
    two_runs: tuple[Path, Path], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *map(str, two_runs), "--out", "both"]) == DONE
    assert "transaction_cost_per_insured\t2009" in capsys.readouterr().out
    assert (here / "both" / "report.html").is_file()
    assert list(read(here / "both", "comparison")["n"].unique()) == [3]


def test_compare_refuses_what_cannot_be_paired(
    two_runs: tuple[Path, Path], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = map(str, two_runs)
    assert "the same folder" in refused(["compare", a, a], capsys)
    other = ["--region", "synthetic:2:2", "--regime", "historic-nl", "--out", "other", "--quiet"]
    assert main(["run", *other, *SHORT]) == DONE
    assert "their region" in refused(["compare", a, "other"], capsys)
    shutil.copytree(b, here / "broken")
    (here / "broken" / "series.parquet").write_text("junk")
    said = refused(["compare", a, "broken"], capsys)
    assert "series.parquet was changed after it was written" in said


def test_report_draws_again(
    two_runs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    (two_runs[0] / "report.html").unlink()
    assert main(["report", str(two_runs[0]), "--quiet"]) == DONE
    assert (two_runs[0] / "report.html").is_file()
    assert capsys.readouterr().out == ""


def test_a_region_can_be_written_and_run(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = ["geography", "synthetic", "--municipalities", "2", "--seed", "1", "--out", "mine"]
    assert main(made) == DONE
    assert main(["geography", "export", "--region", "./mine", "--out", "copy"]) == DONE
    capsys.readouterr()
    assert "not empty" in refused(made, capsys)
    one = Scenario("synthetic:2:1", "historic-nl")
    assert Scenario("./copy", "historic-nl").id == one.id


def test_a_full_disk_is_one_message(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*given: object, **how: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("results.reports.run.write_report", full)
    message = refused([*RUN, "--to", "2011Q1", "--out", "one"], capsys, FAILED)
    assert "No space left on device" in message
    assert not list(here.iterdir())


def test_failed_runs_give_exit_code_one(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def small_ledger(scenario: Scenario) -> Tables:
        return start_tables(scenario)._replace(ledger=table_of(RECORDS["ledger"], 150))

    monkeypatch.setattr("experiments.runs.run.start_tables", small_ledger)
    message = refused([*RUN, *SHORT, "--quiet", "--out", "one"], capsys, FAILED)
    assert "1 of 1 runs failed" in message and "ledger" in message
    assert list(read(here / "one", "runs")["status"]) == ["failed"]


def test_warm_says_when_nothing_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "REGIOSIM_CACHE": str(tmp_path / "file")}
    command = [sys.executable, "-m", "experiments", "warm"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == BAD_INPUT and "REGIOSIM_CACHE" in done.stderr
    assert done.stderr.count("\n") == 1 and not done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGUSR1])
def test_a_stopped_run_leaves_nothing(number: signal.Signals, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "experiments", *RUN, "--replicates", "100000"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
        # Jobs in the background start with interrupts ignored, and would hand that down.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    try:
        until = time.monotonic() + 300
        while not list(tmp_path.glob("runs/.*partial*")):
            assert process.poll() is None and time.monotonic() < until
            time.sleep(0.05)
        time.sleep(1.5)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == INTERRUPTED, err
    assert err.count("\n") == 1 and "nothing half-written was left behind" in err and not out
    assert not list(tmp_path.iterdir())
