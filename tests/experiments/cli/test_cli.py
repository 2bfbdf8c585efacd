"""The command line: exit codes, messages, lists, and nothing left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from agents.compiled.record import table_of
from experiments import Scenario
from experiments.cli.app import BAD_INPUT, DONE, FAILED, INTERRUPTED, SIGNALLED, main
from experiments.compiling.kernels import is_warm, warm_up
from experiments.runs.start import start_tables
from experiments.runs.version import VERSION
from results.store.reading import manifest, read
from sim.tables import RECORDS, Tables

ROOT = Path(__file__).resolve().parents[3]
RUN = ["run", "--region", "synthetic:2:1", "--regime", "historic-nl"]
SHORT = ["--from", "2006Q1", "--to", "2009Q4"]
BROKEN = '[package]\nname = "p"\ntext = = "t"\n'
UNKNOWN = '[package]\nname = "p"\ntext = "t"\nsource = "s"\n[title.ros]\nrat = 3\n'


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    if not is_warm():
        warm_up()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("runs")
    more = ["--replicates", "2", "--quiet", "--record", "yearly"]
    for name, setting in (("a", "choice.money=0.1"), ("b", "choice.money=0.5")):
        out = ["--out", str(folder / name), "--set", setting]
        assert main([*RUN, *SHORT, *more, *out]) == DONE
    return folder / "a", folder / "b"


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str], code: int = BAD_INPUT) -> str:
    assert main(arguments) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("regiosim: ") and shown.err.count("\n") == 1, shown.err
    assert "Traceback" not in shown.err
    return shown.err


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


def test_a_run_with_everything(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*RUN, *SHORT, "--replicates", "3"]) == DONE
    shown = capsys.readouterr().out
    (folder,) = (here / "runs").iterdir()
    assert folder.name == f"synthetic-2-1-historic-nl-{manifest(folder)['id']}"
    assert str(Path("runs") / folder.name) in shown
    assert "Trust (share)\t2009" in shown and " to " in shown
    assert (folder / "report.html").is_file()
    again = refused([*RUN, *SHORT], capsys)
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
    assert {row["n"] for row in rows if row["outcome"] == "trust"} == {2}
    for name in ("regions", "regimes", "titles", "parameters", "phases", "outcomes"):
        assert main([name, "--json"]) == DONE
        assert json.loads(capsys.readouterr().out)


def test_compare_writes_a_report(
    two_runs: tuple[Path, Path], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *map(str, two_runs), "--out", "both"]) == DONE
    assert "transaction_cost_per_insured\t2009" in capsys.readouterr().out
    assert (here / "both" / "report.html").is_file()
    assert list(read(here / "both", "comparison")["n"].unique()) == [2]


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
    assert "series.parquet is damaged" in said


def test_report_draws_again(
    two_runs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    (two_runs[0] / "report.html").unlink()
    assert main(["report", str(two_runs[0]), "--quiet"]) == DONE
    assert (two_runs[0] / "report.html").is_file()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("command", "shows"),
    [
        (["regions"], "unicum"),
        (["regions"], "eemland"),
        (["regions"], "oostelijk-zuid-limburg"),
        (["regions", "unicum"], "population"),
        (["regimes"], "historic-nl"),
        (["regimes", "historic-nl"], "EUR"),
        (["titles"], "keten-dbc"),
        (["titles", "keten-dbc"], "source"),
        (["parameters"], "choice.money"),
        (["parameters", "choice"], "choice.money"),
        (["parameters", "choice.money"], "1/kEUR"),
        (["phases"], "payment"),
        (["phases", "8"], "pay_titles"),
        (["outcomes"], "transaction_cost_per_insured"),
        (["outcomes", "hhi"], "share"),
        (["--version"], VERSION),
        ([], "Usage"),
        (["warm"], "compiled"),
    ],
)
def test_lists_are_plain_when_piped(
    command: list[str], shows: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == DONE
    shown = capsys.readouterr()
    assert shows in shown.out and "\x1b" not in shown.out
    assert shown.err == ""


@pytest.mark.parametrize(
    "command", ["run", "compare", "report", "warm", "regions", "regimes", "titles", "parameters",
                "phases", "outcomes", "rules", "story", "geography"],
)  # fmt: skip
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == DONE
    assert "Usage" in capsys.readouterr().out


def test_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION


def test_help_is_light() -> None:
    code = (
        "import sys; from experiments.cli import main; main(['run', '--help']); "
        "print([m for m in ('numba', 'pandas', 'mesa', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.rstrip().endswith("[]"), done.stdout + done.stderr


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
    def full(*given: object) -> None:
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
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGINT, INTERRUPTED),
        (signal.SIGTERM, SIGNALLED + 15),
        (signal.SIGUSR1, SIGNALLED + signal.SIGUSR1),
    ],
)
def test_a_stopped_run_leaves_nothing(number: signal.Signals, code: int, tmp_path: Path) -> None:
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
    assert process.returncode == code, err
    assert err.count("\n") == 1 and "nothing half-written was left behind" in err and not out
    assert not list(tmp_path.iterdir())
