"""Commands that run, ask and compare: their numbers, worked out anew from rows of the tables."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.pages.by_hand import by_seed, interval, mean, quantile, rows, years
from tests.pages.commands import ROOT, Shown, documented


def number(text: str) -> float:
    """A number as it is printed."""
    return float(text.replace(",", ""))


def near(shown: str, value: float) -> bool:
    """Whether a printed number is ``value`` in three significant digits or more."""
    return math.isclose(number(shown), value, rel_tol=5e-3, abs_tol=5e-4)


def results_of(shown: Shown) -> Path:
    (line,) = (row[0] for row in shown if row[0].startswith("Results:"))
    return Path(line.split(maxsplit=1)[1])


@documented("run --region unicum --regime unicum --replicates 20 --seed 7")
@documented(
    "run --region unicum --regime historic-nl --to 2018Q4 --replicates 20 --keep-state "
    "--out runs/base"
)
@documented("run --continue runs/base --out runs/as-it-was")
@documented("run --continue runs/base --set title.ros.rate@2021Q1=2.5 --out runs/more-ros")
@documented("run --region unicum --regime docs/examples/three_years.toml")
@documented("run --region unicum --regime unicum --package docs/examples/coordination.toml")
@documented(
    "run --region unicum --regime unicum --package docs/examples/coordination.toml "
    "--to 2022Q4 --out runs/coordination"
)
@documented("run --region ./polder --regime historic-nl")
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
def run_shows_means_of_its_runs(shown: Shown) -> None:
    folder = results_of(shown)
    names = {row["label_en"]: name for name, row in outcomes_of(folder).items()}
    figures = [row for row in shown if len(row) > 2 and row[1].isdigit()]
    assert len(figures) >= 6
    for name, year, middle, *band in figures:
        outcome = names[re.sub(r" \([^()]*\)$", "", name)]
        values = list(years(folder, outcome, int(year)).values())
        assert near(middle, mean(values)), (outcome, middle)
        if band:
            low, high = band[0].split(" to ")
            assert near(low, quantile(values, 0.1)) and near(high, quantile(values, 0.9))


def outcomes_of(folder: Path) -> dict[str, dict[str, str]]:
    """What a folder declares of its outcomes."""
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


@documented("compare runs/as-it-was runs/more-ros")
def compare_gives_what_a_branch_does(shown: Shown) -> None:
    check_pairs(shown, Path("runs/as-it-was"), Path("runs/more-ros"))


@documented("compare a b")
def compare_gives_what_rules_do(shown: Shown) -> None:
    check_pairs(shown, Path("a"), Path("b"))


def check_pairs(shown: Shown, first: Path, second: Path) -> None:
    head = next(row for row in shown if "mean difference" in row)
    table = [dict(zip(head, row, strict=True)) for row in shown if len(row) == len(head)][1:]
    assert len(table) > 50
    for row in table:
        year = int(row["year"])
        a, b = (by_seed(f, years(f, row["outcome"], year)) for f in (first, second))
        differences = [b[seed] - a[seed] for seed in sorted(a.keys() & b.keys())]
        assert len(differences) == int(row["pairs"])
        assert near(row["mean, first"], mean(list(a.values()))), row
        assert near(row["mean difference"], mean(differences)), row
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
        assert near(row["mean difference"], mean(other) - mean(first)), row


@documented("story runs/A")
def story_counts_events(shown: Shown) -> None:
    """A year's line counts what happened in it; who joined is counted in no other line."""
    told: Counter[int] = Counter()
    for (line,) in shown:
        year, joined = (
            re.match(r"In all of (\d{4}):", line),
            re.search(r"accessions .*?\((\d+)", line),
        )
        if year and joined:
            told[int(year[1])] += int(joined[1])
    events = [row for row in rows(Path("runs/A"), "events") if row["event"] == "joined"]
    assert told == Counter(2006 + row["tick"] // 4 for row in events)


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
    "sweep transition",
    instead="sweep transition-1.toml --out runs/transition",
    why="2,000 runs are long, and one of these two finds what the other did",
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
