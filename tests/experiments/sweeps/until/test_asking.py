"""What ``--until`` takes and refuses, what the command says, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from experiments import sweep
from experiments.cli.app import BAD_INPUT, DONE, main
from experiments.cli.ends import UNREACHED
from experiments.cli.reached import _span
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.file.until import read_targets
from experiments.sweeps.plan.stages import with_targets
from results.statistics.until import Width
from sim.errors import BadInput
from tests.made_sweeps import Maker, made_plan
from tests.stopped import TARGET, light
from tests.sweeping import SMALL


def written(folder: Path, *changes: tuple[str, str], replicates: int = 20) -> Path:
    text = SMALL.format(replicates=replicates, points=2)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "outcome", "year", "width", "said"),
    [
        ("trust +- 0.02", "trust", 2010, Width(0.02), "trust@2010 +- 0.02"),
        ("trust@2009+-0.02", "trust", 2009, Width(0.02), "trust@2009 +- 0.02"),
        (" trust ± 5% ", "trust", 2010, Width(0.05, True), "trust@2010 +- 5%"),
        ("coverage +/- 1e-3", "coverage", 2010, Width(0.001), "coverage@2010 +- 0.001"),
    ],
)
def test_a_target_is_read(
    text: str, outcome: str, year: int, width: Width, said: str, tmp_path: Path
) -> None:
    experiment = read_experiment(written(tmp_path))
    (target,) = read_targets(text, experiment)
    assert (target.outcome, target.year, target.width, target.text) == (outcome, year, width, said)
    assert read_targets(target.text, experiment) == (target,)


REFUSED = {
    "trsut +- 1": "outcome 'trsut' is unknown. .*did you mean 'trust'",
    "hhi +- 1": "hhi is not recorded",
    "trust": "has no width",
    "trust +-": "has no width",
    "trust +- -1": "a width of -1 can never be reached",
    "trust +- 0%": "a width of 0% can never be reached",
    "trust +- much": "'much' is not a number",
    "trust +- 0,5": "write a decimal point, not a comma",
    "trust +- 1 euro": "'1 euro' is not a number",
    "trust@2031 +- 1": "the year '2031' is not recorded. Allowed: 2009 to 2010",
    "trust@last +- 1": "the year 'last' is not recorded",
    "trust + 1": "is unclear",
    "+- 1": "is unclear",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_target_is_refused_in_one_message(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import re

    out = tmp_path / "out"
    code = main(["sweep", str(written(tmp_path)), "--out", str(out), "--until", text])
    said = capsys.readouterr().err
    assert code == BAD_INPUT and not out.exists()
    (line,) = said.strip().splitlines()
    assert line.startswith(f"regiosim: --until {text}: "), line
    assert re.search(REFUSED[text], line, re.IGNORECASE), line


@pytest.mark.parametrize(
    ("changes", "replicates", "problem"),
    [
        ((), 8, "begins with the replicates of the file, and 8 are too few"),
        ((('points = 2', 'points = 2\n'), ('[record]', '[record]\nwhen = "quarterly"')), 20,
         "record.when is 'quarterly'"),
        ((('"latin-hypercube"', '"morris"'),), 20, "does not go with a morris design"),
    ],
)  # fmt: skip
def test_an_experiment_that_cannot_answer_is_refused(
    changes: tuple[tuple[str, str], ...], replicates: int, problem: str, tmp_path: Path
) -> None:
    if any("morris" in after for _, after in changes):
        pytest.importorskip("SALib")
    experiment = read_experiment(written(tmp_path, *changes, replicates=replicates))
    with pytest.raises(BadInput, match=problem):
        read_targets("trust +- 1", experiment)


def test_options_that_do_not_go_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(written(tmp_path))
    for more, problem in (
        (["--most", "50"], "--most: 50 does nothing without --until"),
        (["--until", TARGET, "--most", "10"], "is fewer than the 20 replicates"),
        (["--until", TARGET, "--most", "2000000"], "is too much"),
        (["--until", TARGET, "--shard", "1/2"], "--shard 1/2: does not go with --until"),
        (["--until", TARGET, "--until", "trust@2010 +- 1"], "is asked for twice"),
    ):
        assert main(["sweep", path, "--out", str(tmp_path / "out"), *more]) == BAD_INPUT
        assert problem in capsys.readouterr().err
    with pytest.raises(BadInput, match="does not go with until"):
        sweep(path, tmp_path / "out", until=TARGET, shard="1/2")
    assert not (tmp_path / "out").exists()


def test_targets_in_another_order_are_the_same_sweep(tmp_path: Path) -> None:
    plan = made_plan(tmp_path, replicates=20)
    both = ["trust +- 1", "coverage +- 5%"]
    ids = [with_targets(plan, some).id for some in (both, both[::-1], both[:1])]
    assert ids[0] == ids[1] != ids[2] and plan.id not in ids


@pytest.fixture
def nothing_slow() -> Iterator[None]:
    with light():
        yield


@pytest.mark.parametrize(("width", "code"), [("0.07", UNREACHED), ("0.5", DONE)])
def test_the_command_says_what_is_reached_and_ends_so(
    width: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], nothing_slow: None
) -> None:
    plan = made_plan(tmp_path, replicates=20)
    out, target = tmp_path / "out", f"trust +- {width}"
    sweep(plan, out, executor=Maker(), until=target, most=80)
    command = ["sweep", str(plan.experiment.path), "--out", str(out), "--until", target]
    command += ["--most", "80"]
    assert main(command) == code
    shown = capsys.readouterr()
    assert f"trust@2010 +- {width}" in shown.out
    assert ("not reached" in shown.err) == (code == UNREACHED)
    assert ("a larger --most" in shown.err) == (code == UNREACHED)
    assert main([*command, "--json"]) == code
    said = json.loads(capsys.readouterr().out)
    assert said["reached"] == (code == DONE) and len(said["seeds"]) == 8
    assert said["until"][0]["asked"] == f"trust@2010 +- {width}"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_report_says_what_was_asked_and_what_each_point_took(
    language: str, tmp_path: Path, nothing_slow: None
) -> None:
    from results.reports.sweep import write_sweep_report

    plan = made_plan(tmp_path, replicates=20)
    done = sweep(plan, tmp_path / "out", executor=Maker(), until=TARGET, most=80)
    page = write_sweep_report(done.folder, False, language).read_text(encoding="utf-8")
    title, off = {
        "en": ("Seeds until means are known", "not reached with the seeds allowed"),
        "nl": ("Seeds tot gemiddelden bekend zijn", "niet bereikt met de toegestane seeds"),
    }[language]
    assert title in page and off in page
    for row in done.until.to_dict("records"):
        half = f"± {row['half_width']:.3f}"
        assert (half if language == "en" else half.replace(".", ",")) in page


def test_the_plan_is_that_of_the_pilot_with_how_large_it_may_become(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["sweep", str(written(tmp_path)), "--until", "coverage +- 5%", "--most", "90"]
    assert main([*command, "--plan", "--json"]) == DONE
    said = json.loads(capsys.readouterr().out)
    assert (said["runs"], said["runs_at_most"], said["most_seeds"]) == (160, 720, 90)
    assert said["until"] == ["coverage@2010 +- 5%"]
    assert main([*command, "--plan"]) == DONE
    assert "coverage@2010 +- 5%" in capsys.readouterr().out


def test_what_is_the_same_at_all_points_is_said_once() -> None:
    assert _span(pd.Series([1200, 1200]), ",") == "1,200"
    assert _span(pd.Series([0.0101, 0.0204]), ".3g") == "0.0101 to 0.0204"
