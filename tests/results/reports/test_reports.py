"""Reports and comparisons: pages that open offline, and pairs made by seed."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from made_pages import fetches_nothing
from made_runs import (
    OUTCOMES,
    WORDS,
    side_of,
    synthetic,
    write_run,
)

from results.reports.about import unlike
from results.reports.run import write_report
from results.reports.versus import write_comparison
from results.statistics.compare import Side, difference, pair_runs, paired
from results.store.folder import RunFolder
from results.store.reading import read, to_frame
from results.store.schema import VERSION_KEY
from results.store.series import series_table
from results.words.numbers import number

# --- comparison ---------------------------------------------------------------------------------


def test_paired_differences_against_hand_computed_numbers() -> None:
    # Differences 1, 2, 3: mean 2, sd 1; t(2, 0.975) = 4.302653, half width 4.302653/sqrt(3).
    found = difference(np.array([1.0, 1.0, 1.0]), np.array([2.0, 3.0, 4.0]))
    assert found["difference"] == 2.0 and found["sd"] == 1.0 and found["effect"] == 2.0
    assert found["high"] - 2.0 == pytest.approx(4.302653 / np.sqrt(3), abs=1e-6)
    assert found["low"] == pytest.approx(-0.484138, abs=1e-6)
    assert found["mean_a"] == 1.0 and found["mean_b"] == 3.0 and found["share_positive"] == 1.0


def test_pairs_are_made_by_seed_not_by_order() -> None:
    values = np.array([1.0, 2.0, 3.0]).reshape(3, 1, 1, 1)
    a = to_frame(series_table(["a0", "a1", "a2"], [99], ["all"], ["trust"], values))
    b = to_frame(series_table(["b2", "b0", "b1"], [99], ["all"], ["trust"], values))
    runs_a = pd.DataFrame({"run_id": ["a0", "a1", "a2"], "seed": [0, 1, 2]})
    runs_b = pd.DataFrame({"run_id": ["b2", "b0", "b1"], "seed": [2, 0, 1]})
    row = paired(Side(a, runs_a), Side(b, runs_b), WORDS).iloc[0]
    # seeds 0, 1, 2: b - a = 2-1, 3-2, 1-3 = 1, 1, -2
    assert row["n"] == 3 and row["difference"] == 0.0
    assert row["sd"] == pytest.approx(np.sqrt(3.0))
    assert row["share_positive"] == pytest.approx(2 / 3)
    assert row["year"] == 2030 and row["uncertainty"] == "simulation noise"


def test_identical_series_differ_by_zero() -> None:
    series = synthetic()
    table = paired(side_of(series), side_of(series), WORDS)
    assert list(table["outcome"]) == OUTCOMES
    zero = ["difference", "low", "high", "sd", "effect", "effect_low", "share_positive"]
    assert (table[zero] == 0.0).all(axis=None)


def test_one_pair_has_no_interval_and_constant_gaps_no_effect() -> None:
    one = difference(np.array([1.0]), np.array([3.0]))
    assert one["difference"] == 2.0
    assert np.isnan([one["low"], one["high"], one["sd"], one["effect"]]).all()
    same = difference(np.array([0.1, 0.2, 0.3]), np.array([1.1, 1.2, 1.3]))
    assert same["sd"] == 0.0 and same["low"] == same["high"] == pytest.approx(1.0)
    assert np.isnan(same["effect"])


def test_values_missing_on_one_side_are_not_paired() -> None:
    values = np.array([1.0, np.nan, 3.0]).reshape(3, 1, 1, 1)
    a = to_frame(series_table(["a", "b", "c"], [99], ["all"], ["trust"], values))
    b = to_frame(series_table(["a", "b", "c"], [99], ["all"], ["trust"], np.ones((3, 1, 1, 1))))
    row = paired(side_of(a), side_of(b), WORDS).iloc[0]
    assert row["n"] == 2 and row["difference"] == -1.0


def test_what_cannot_be_paired_says_so() -> None:
    a = pd.DataFrame({"run_id": ["a", "b"], "seed": [1, 1]})
    b = pd.DataFrame({"run_id": ["c"], "seed": [2], "status": ["done"]})
    with pytest.raises(ValueError, match="several runs with seed 1"):
        pair_runs(a, b)
    with pytest.raises(ValueError, match="nothing"):
        pair_runs(a.iloc[:1], b)
    with pytest.raises(ValueError, match="nothing"):
        pair_runs(b, b.assign(status="failed"))
    series = synthetic()
    with pytest.raises(ValueError, match="2011-2030"):
        paired(side_of(series), side_of(series), WORDS, "2040")


# --- reports ------------------------------------------------------------------------------------


def check_page(page: Path, count: int) -> str:
    html = page.read_text(encoding="utf-8")
    images = re.findall(r'<img src="([^"]{0,40})[^>]*? alt="([^"]+)"', html)
    assert len(images) == count
    assert all(src.startswith("data:image/png;base64,iVBORw0KGgo") for src, _ in images)
    return fetches_nothing(html)


def test_report_holds_every_figure_and_fetches_nothing(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    page = write_report(run)
    bare = check_page(page, 4)
    assert {p.name for p in (run / "figures").iterdir()} == {
        f"{name}.{kind}"
        for name in ("organisations", "transaction_cost", "organisation_sizes", "who_with_whom")
        for kind in ("png", "svg")
    }
    for part in ("Summary", "The whole scenario", "Key outcomes", "Assumed values", "0–4"):
        assert part in bare
    for year in (2011, 2018, 2022, 2030):
        assert f">{year}</th>" in bare
    assert "trust.&lt;gain&gt;" in bare and "<gain>" not in bare
    series = read(run, "series")
    last = series[(series["outcome"] == "organisations") & (series["tick"] == 99)]["value"]
    assert f">{number(last.mean())}<" in bare
    assert bare.index("Key figures") < bare.index("Contents") < bare.index("<img")


def test_report_of_a_run_without_tables(tmp_path: Path) -> None:
    series = synthetic(runs=1)[lambda rows: rows["outcome"] == "organisations"]
    with RunFolder(tmp_path / "run") as folder:
        table = pa.Table.from_pandas(series, preserve_index=False)
        folder.table("series", table.replace_schema_metadata({VERSION_KEY: b"1"}))
        folder.json("manifest", {})
        write_report(folder.folder, save_figures=False)
    bare = check_page(tmp_path / "run" / "report.html", 1)
    assert "one replicate" in bare and not (tmp_path / "run" / "figures").exists()


def test_report_is_the_same_twice(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    first = write_report(run).read_bytes()
    assert write_report(run).read_bytes() == first


def test_comparison_report_pairs_two_runs(tmp_path: Path) -> None:
    a = write_run(tmp_path / "a", 1)
    b = write_run(tmp_path / "b", 2, "two-part")
    bare = check_page(write_comparison(tmp_path / "both", a, b), 2)
    assert "Paired differences: two-part minus historic-nl" in bare
    assert "simulation noise" in bare and "What differs" in bare
    assert "11 intervals of 95% are shown" in bare and "about 0.6 of them" in bare
    table = paired(*(Side(read(x, "series"), read(x, "runs")) for x in (a, b)), WORDS)
    trust = table.set_index("outcome").loc["trust"]
    assert f">{number(trust['difference'])}<" in bare


def test_what_was_asked_of_two_sweeps_is_told_apart_by_name() -> None:
    first = {"kind": "sweep", "constants": ["a.b=1", "c=true"], "seeds": [1, 9], "id": "x"}
    second = {"kind": "sweep", "constants": ["c=true", "a.b=2", "d=5"], "seeds": [1, 9], "id": "y"}
    assert unlike(first, second) == [("constants.a.b", "1", "2"), ("constants.d", "–", "5")]
    assert unlike(first, first) == []
