"""Every command that the pages show is run, and its numbers are those of the tables.

The numbers are worked out anew in ``by_hand``, from rows and nothing else.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from by_hand import by_seed, interval, mean, quantile, rows, years
from documented import PAGES, ROOT, TRIED, commands, documented

from experiments.cli.app import main

pytestmark = pytest.mark.slow

Shown = list[list[str]]
"""What a command printed: rows of cells."""
MINE = """\
name = "mine"
question = "What does trust do?"
[runs]
regions = ["synthetic:1:3"]
regimes = ["historic-nl", "unicum"]
from = "2009Q1"
to = "2030Q4"
replicates = 3
[record]
outcomes = ["organisations", "trust", "oi_spending"]
[uncertainties."choice.money"]
values = [0.2, 0.4]
"""
_LESSONS = "experiments/classroom"
ELSEWHERE = {
    "lesson --region unicum": f"{_LESSONS}/test_lesson.py",
    "lesson --region unicum --lang nl --out klas.html": f"{_LESSONS}/test_lesson.py",
    "lesson --region unicum --lang nl --out klas.html --sheets": f"{_LESSONS}/test_sheets.py",
    "teach --region unicum": f"{_LESSONS}/test_teach.py",
    "teach --host 127.0.0.1 --port 0 --data a.sqlite": f"{_LESSONS}/test_teach.py",
    "view": "experiments/viewer/test_page.py",
    "view --region eemland --regime zilveren-kruis --seed 7 --port 8801": (
        "experiments/viewer/test_page.py"
    ),
    "sweep EXPERIMENT.toml --out DIR --cluster '/scratch/$USER/scheduler.json'": (
        "experiments/sweeps/work/test_over_dask.py"
    ),
}
"""Commands that serve, wait or need machines: which tests hold their numbers."""


def number(text: str) -> float:
    """A number as it is printed."""
    return float(text.replace(",", ""))


def near(shown: str, value: float) -> bool:
    """Whether a printed number is ``value`` in three significant digits or more."""
    return math.isclose(number(shown), value, rel_tol=5e-3, abs_tol=5e-4)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it who followed the pages up to here: runs A, B and a sweep."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "docs" / "examples", folder / "docs" / "examples")
    shutil.copytree(ROOT / "experiments" / "catalogue", folder / "experiments" / "catalogue")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        short = ["--region", "synthetic:2:1", "--replicates", "4", "--quiet"]
        for name, regime in (("runs/A", "historic-nl"), ("runs/B", "unicum")):
            assert main(["run", *short, "--regime", regime, "--out", name]) == 0
        shutil.copy("docs/examples/my_rules.py", "my_rules.py")
        whole = Path("experiments/catalogue/transition.toml").read_text(encoding="utf-8")
        assert whole.count("replicates = 20") == 1
        one_seed = whole.replace("replicates = 20", "replicates = 1")
        Path("transition-1.toml").write_text(one_seed, encoding="utf-8")
        Path("mine.toml").write_text(MINE, encoding="utf-8")
        assert main(["sweep", "mine.toml", "--out", "runs/mine", "--quiet"]) == 0
    return folder


@pytest.fixture
def typed(
    world: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[list[str]], Shown]:
    """Type a command in the reader's folder; what it shows, a list of cells per line."""
    monkeypatch.chdir(world)

    def type_in(arguments: list[str]) -> Shown:
        if "--rules" in arguments:  # rules are chosen before a process imports the model
            done = subprocess.run(
                [sys.executable, "-m", "experiments", *arguments],
                env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            return [line.split("\t") for line in done.stdout.splitlines()]
        capsys.readouterr()
        assert main(arguments) == 0
        return [line.split("\t") for line in capsys.readouterr().out.splitlines()]

    return type_in


def results_of(shown: Shown) -> Path:
    (line,) = (row[0] for row in shown if row[0].startswith("Results:"))
    return Path(line.split(maxsplit=1)[1])


@documented("run --region unicum --regime unicum --replicates 20 --seed 7")
@documented("run --region unicum --regime unicum --rules docs/examples/my_rules.py")
@documented("run --rules my_rules.py --region unicum --regime historic-nl --replicates 40")
@documented("run --region unicum --regime historic-nl --replicates 40 --out a")
@documented(
    "run --region unicum --regime historic-nl --replicates 40 --out b "
    "--rules docs/examples/my_rules.py"
)
@documented(
    "run --region unicum --regime historic-nl --set choice.autonomy=2.5 "
    "--set title.regiomanagement.mandate@2019-01-01=0.85"
)
@documented(
    "run --engine python --region synthetic:2:1 --regime historic-nl "
    "--from 2006Q1 --to 2007Q4 --record all --out runs/tried"
)
@documented(
    "run --engine python --region synthetic:2:1 --regime historic-nl "
    "--from 2006Q1 --to 2007Q4 --record all --out runs/before"
)
def run_shows_medians_of_its_runs(shown: Shown) -> None:
    folder = results_of(shown)
    names = {row["label_en"]: name for name, row in outcomes_of(folder).items()}
    figures = [row for row in shown if len(row) > 2 and row[1].isdigit()]
    assert len(figures) >= 6
    for name, year, middle, *band in figures:
        outcome = names[re.sub(r" \([^()]*\)$", "", name)]
        values = list(years(folder, outcome, int(year)).values())
        assert near(middle, quantile(values, 0.5)), (outcome, middle)
        if band:
            low, high = band[0].split(" to ")
            assert near(low, quantile(values, 0.1)) and near(high, quantile(values, 0.9))


def outcomes_of(folder: Path) -> dict[str, dict[str, str]]:
    """What a folder declares of its outcomes."""
    import pyarrow.parquet as pq

    notes = pq.read_schema(folder / "series.parquet").metadata
    found: dict[str, dict[str, str]] = next(
        json.loads(text) for key, text in notes.items() if key.endswith(b"outcomes")
    )
    return found


@documented(
    "query runs/A 'SELECT label, avg(value) AS mean, unit FROM yearly "
    "WHERE year = 2030 GROUP BY ALL'"
)
def query_gives_means_over_runs(shown: Shown) -> None:
    head, *found = shown
    assert head == ["label", "mean", "unit"]
    declared = outcomes_of(Path("runs/A"))
    assert len(found) == len(declared)
    values = {label: float(middle) for label, middle, _ in found}
    for outcome, one in declared.items():
        expected = mean(list(years(Path("runs/A"), outcome, 2030).values()))
        assert values[one["label_en"]] == pytest.approx(expected, rel=1e-9), outcome


@documented(
    "query runs/mine 'SELECT regime, outcome, median(value) AS value, unit\n"
    "  FROM yearly JOIN runs USING (run_id) WHERE year = 2030 GROUP BY ALL "
    "ORDER BY outcome, regime'"
)
def query_gives_medians_by_regime(shown: Shown) -> None:
    folder = Path("runs/mine")
    regimes = {row["run_id"]: row["regime"] for row in rows(folder, "runs")}
    assert len(shown) - 1 == 3 * 2
    for regime, outcome, value, _ in shown[1:]:
        values = years(folder, outcome, 2030)
        mine = [one for run, one in values.items() if regimes[run] == regime]
        assert len(mine) == 6
        assert float(value) == pytest.approx(quantile(mine, 0.5), rel=1e-9)


@documented("query runs/mine 'SHOW TABLES'")
def query_names_tables_and_views(shown: Shown) -> None:
    files = {path.stem for path in Path("runs/mine").glob("*.parquet")}
    assert {row[0] for row in shown[1:]} == files | {"outcomes", "yearly"}


@documented("query runs/mine 'DESCRIBE runs'")
def query_describes_columns(shown: Shown) -> None:
    assert [row[0] for row in shown[1:]] == list(rows(Path("runs/mine"), "runs")[0])


@documented("compare runs/A runs/B")
@documented("compare runs/A runs/B --out both")
def compare_gives_differences_of_pairs(shown: Shown) -> None:
    check_pairs(shown, Path("runs/A"), Path("runs/B"))


@documented("compare a b")
def compare_gives_what_rules_do(shown: Shown) -> None:
    check_pairs(shown, Path("a"), Path("b"))


def check_pairs(shown: Shown, first: Path, second: Path) -> None:
    head = next(row for row in shown if "difference" in row)
    table = [dict(zip(head, row, strict=True)) for row in shown if len(row) == len(head)][1:]
    assert len(table) > 50
    for row in table:
        year = int(row["year"])
        a, b = (by_seed(f, years(f, row["outcome"], year)) for f in (first, second))
        differences = [b[seed] - a[seed] for seed in sorted(a.keys() & b.keys())]
        assert len(differences) == int(row["pairs"])
        assert near(row["first"], mean(list(a.values()))), row
        assert near(row["difference"], mean(differences)), row
        low, high = row["95%"].split(" to ")
        expected = interval(differences)
        assert near(low, expected[0]) and near(high, expected[1]), row


@documented(
    "compare runs/A --by choice.money",
    instead="compare runs/mine --by choice.money",
    why="a run has no levels: A stands for a sweep there",
)
def compare_by_gives_differences_of_levels(shown: Shown) -> None:
    folder = Path("runs/mine")
    points = {row["point"]: row["choice.money"] for row in rows(folder, "points")}
    level = {row["run_id"]: points[row["point"]] for row in rows(folder, "runs")}
    head, *table = [row for row in shown if len(row) > 5]
    for cells in table:
        row = dict(zip(head, cells, strict=True))
        values = years(folder, row["outcome"], int(row["year"]))
        first, other = (
            [value for run, value in values.items() if level[run] == money] for money in (0.2, 0.4)
        )
        assert near(row["difference"], mean(other) - mean(first)), row


@documented("story runs/A")
def story_counts_events(shown: Shown) -> None:
    """A year's line counts what happened in it; who joined is counted in no other line."""
    told: Counter[int] = Counter()
    for when, counted in (row[0].split(maxsplit=1) for row in shown if row[0][:4].isdigit()):
        if when.isdigit():
            found = re.search(r"(\d+) joined", counted)
            told[int(when)] += int(found[1]) if found else 0
    events = [row for row in rows(Path("runs/A"), "events") if row["event"] == "joined"]
    assert +told == Counter(2006 + row["tick"] // 4 for row in events)


@documented("regimes")
def regimes_are_the_files(shown: Shown) -> None:
    files = {path.stem for path in (ROOT / "sim" / "policy" / "regimes").glob("*.toml")}
    designs = {row[0] for row in shown[1:] if row[0].startswith("design:")}
    assert {row[0] for row in shown[1:]} - designs == files


@documented("sweep transition --plan")
@documented("sweep experiments/catalogue/transition.toml --plan")
def plan_says_how_many_runs(shown: Shown) -> None:
    said = dict(row for row in shown if len(row) == 2)
    assert (said["arms"], said["points"], said["replicates"]) == ("1", "100", "20")
    assert said["runs"] == "2000"


@documented(
    "sweep transition", instead="sweep transition-1.toml --out runs/one", why="2,000 runs are long"
)
@documented(
    "sweep experiments/catalogue/transition.toml --out runs/transition",
    instead="sweep transition-1.toml --out runs/transition",
    why="2,000 runs are long",
)
def sweep_runs_every_point(shown: Shown) -> None:
    folder = results_of(shown)
    assert Counter(row["status"] for row in rows(folder, "runs")) == {"done": 100}
    assert len(rows(folder, "points")) == 4 * 5 * 5


@documented("status runs/transition")
def status_counts_runs(shown: Shown) -> None:
    assert re.search(r"\b100\b", " ".join(" ".join(row) for row in shown))


def test_every_command_of_the_pages_is_tried() -> None:
    shown = {command for page in PAGES for command in commands(page)}
    assert shown - set(TRIED) - set(ELSEWHERE) == set()
    assert (set(TRIED) | set(ELSEWHERE)) - shown == set()
    for path in ELSEWHERE.values():
        assert (ROOT / "tests" / path).is_file(), path


def test_documented_commands_give_the_numbers_of_their_tables(
    typed: Callable[[list[str]], Shown],
) -> None:
    """In the order of the pages, as later commands read what earlier ones wrote."""
    wrong = {}
    for page in PAGES:
        for command in dict.fromkeys(commands(page)):
            if command not in TRIED:
                continue
            one = TRIED[command]
            shown = typed(one.arguments(command))
            try:
                one.check(shown)
            except AssertionError as error:
                wrong[command] = f"{error}\n{shown[:12]}"
    assert not wrong, "\n\n".join(f"{command}: {what}" for command, what in wrong.items())
