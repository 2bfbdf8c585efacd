"""What a run leaves: tables with units, folders whole or absent, figures, reports, pairs."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from matplotlib.figure import Figure

from results import figures
from results.compare import difference, pair_runs, paired
from results.illustrations import borders
from results.labels import COST_PHASES, DISCLAIMER, DISCLAIMER_NL
from results.reduce import bands, number, yearly
from results.report import write_report
from results.schema import NONE, VERSION_KEY, Spec, dates, table_from_columns, table_from_records
from results.store import (
    FolderRefused,
    RunFolder,
    StoreRefused,
    manifest,
    outcome_units,
    read,
    series_table,
    to_frame,
    units,
    whole_file,
    write_parquet,
)
from results.style import texts
from results.versus import write_comparison

OUTCOMES = [
    "organisations",
    "effective_organisations",
    "trust",
    *(f"transaction_cost_{phase}" for phase in COST_PHASES),
]
NAME = "UNICUM, historic-nl, run 1a2b"
FIELDS = [
    ("patients", "f8", 0, "patients", "0..", "registered patients"),
    ("organisation", "i8", 0, "row", "", "organisation, or none"),
    ("active", "?", 0, "", "", "active in its hub"),
    ("trust", "f8", 2, "share", "0..1", "trust in a counterpart"),
]
DTYPE = [("patients", "f8"), ("organisation", "i8"), ("active", "?"), ("trust", "f8", (2,))]


def records() -> np.ndarray:
    table = np.zeros(4, dtype=DTYPE)
    table["patients"] = [3000.0, 4000.0, 3100.0, np.nan]
    table["organisation"] = [0, NONE, 1, 2**39]
    table["active"] = [True, False, True, True]
    table["trust"] = np.arange(8).reshape(4, 2) / 10
    return table


def synthetic(runs: int = 5, seed: int = 0, quarterly: bool = True) -> pd.DataFrame:
    draws = np.random.default_rng(seed)
    ticks = np.arange(20, 100) if quarterly else np.arange(23, 100, 4)
    values = draws.uniform(1.0, 2.0, (runs, len(ticks), 1, len(OUTCOMES)))
    names = [f"run-{seed}-{place}" for place in range(runs)]
    return to_frame(series_table(names, ticks, ["all"], OUTCOMES, values, {"trust": "share"}))


def runs_of(series: pd.DataFrame) -> pd.DataFrame:
    names = series["run_id"].unique().astype(str)
    return pd.DataFrame({"run_id": names, "seed": range(len(names)), "status": "done"})


def region(ticks: tuple[int, ...] = (23, 99)) -> dict[str, pd.DataFrame]:
    """Return six practices, two organisations (rows 3 and 5), three municipalities."""
    joined = pd.array([3, 3, 5, 5, 5, None], dtype="Int64")
    places = {"x": [0.0, 10.0, 5.0], "y": [0.0, 1.0, 8.0]}
    tables: dict[str, dict[str, Any]] = {
        "practices": {
            "row": range(6), "alive": True, "patients": 3400.0, "organisation": joined,
            "x": [0.1, 1.0, 9.0, 10.0, 11.0, 5.0], "y": [0.5, 1.0, 2.0, 0.5, 1.0, 8.5],
        },
        "organisations": {
            "row": [3, 4, 5], "alive": [True, False, True], "x": [0.5, 4.0, 10.0],
            "y": [1.0, 4.0, 1.0], "patients": [6800.0, 0.0, 10200.0], "members": [2, 0, 3],
        },
        "hubs": {"row": range(3), **places, "stage": [0, 2, 4]},
        "municipalities": {
            "row": range(3), "name": ["A & B", "<C>", "D"], **places,
            "population": [50e3, 20e3, 9e3], "neighbours_0": pd.array([1, 0, 0], dtype="Int64"),
            "neighbours_1": pd.array([2, None, None], dtype="Int64"),
        },
    }  # fmt: skip
    return {
        name: pd.concat([pd.DataFrame({"run_id": "r", "tick": tick, **cols}) for tick in ticks])
        for name, cols in tables.items()
    }


def panels(figure: Figure) -> list[Any]:
    return list(figure.axes)


def write_run(target: Path, seed: int = 0, regime: str = "historic-nl") -> Path:
    series = synthetic(seed=seed)
    with RunFolder(target) as folder:
        frames: dict[str, pd.DataFrame] = {"series": series, "runs": runs_of(series), **region()}
        for name, frame in frames.items():
            table = pa.Table.from_pandas(frame, preserve_index=False)
            folder.table(name, table.replace_schema_metadata({VERSION_KEY: b"1"}))
        folder.json(
            "manifest",
            {
                "id": "1a2b",
                "schema_version": "1",
                "scenario": {"region": "UNICUM", "regime": regime, "set": {"b": 0.2}},
                "assumed": [{"name": "trust.<gain>", "value": 0.1}],
                "stale": ["contract.vvv"],
                "versions": {"numpy": "2.4"},
            },
        )
    return target


# --- schema and store ---------------------------------------------------------------------------


def test_dates_start_each_quarter() -> None:
    found = [str(day) for day in dates([0, 3, 4, 99]).astype("datetime64[D]")]
    assert found == ["2006-01-01", "2006-10-01", "2007-01-01", "2030-10-01"]


def test_records_travel_with_units_and_come_back(tmp_path: Path) -> None:
    extra = [(Spec("name", "str", "", "a name"), ["a", "b", "c", "d"])]
    table = table_from_records(
        records(), FIELDS, "r1", [0, 0, 1, 1], {"trust": ["near", "far"]}, extra
    )
    write_parquet(table, tmp_path / "practices.parquet")
    frame = read(tmp_path, "practices")
    assert list(frame) == [
        "run_id", "tick", "date", "row", "name", "patients", "organisation", "active",
        "trust_near", "trust_far",
    ]  # fmt: skip
    assert list(frame["row"]) == [0, 1, 0, 1]
    assert list(frame["organisation"].isna()) == [False, True, False, False]
    assert frame["organisation"].dtype == pd.Int64Dtype()
    assert frame["organisation"].iloc[3] == 2**39
    assert table["patients"].null_count == 1
    assert list(frame["trust_far"]) == [0.1, 0.3, 0.5, 0.7]
    assert units(tmp_path, "practices")["patients"] == "patients"
    field = pq.read_schema(tmp_path / "practices.parquet").field("trust_far")
    assert field.metadata[b"range"] == b"0..1"
    assert field.metadata[b"description"] == b"trust in a counterpart (far)"


def test_tables_refuse_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="width 2 but 1 labels"):
        table_from_records(records(), FIELDS, "r", 0, {"trust": ["one"]})
    with pytest.raises(ValueError, match="occur twice: a"):
        table_from_columns([(Spec("a", "f8"), [1.0]), (Spec("a", "f8"), [1.0])])
    with pytest.raises(ValueError, match="not one of f8"):
        table_from_columns([(Spec("a", "f4"), [1.0])])
    assert table_from_records(records()[:0], FIELDS, "r", 0).num_rows == 0


def test_floats_are_split_streams_and_text_is_dictionaries(tmp_path: Path) -> None:
    write_run(tmp_path / "run")
    group = pq.read_metadata(tmp_path / "run" / "series.parquet").row_group(0)
    found = {group.column(i).path_in_schema: group.column(i) for i in range(group.num_columns)}
    assert "BYTE_STREAM_SPLIT" in found["value"].encodings
    assert "RLE_DICTIONARY" not in found["value"].encodings
    assert "RLE_DICTIONARY" in found["outcome"].encodings
    assert {column.compression for column in found.values()} == {"ZSTD"}


def test_series_equals_the_naive_construction() -> None:
    runs, ticks, scopes, outcomes = ["b", "a"], [3, 7, 11], ["all", "GM1"], ["x", "y"]
    values = np.arange(24, dtype=float).reshape(2, 3, 2, 2)
    values[1, 2, 0, 1] = np.nan
    table = series_table(runs, np.array(ticks), scopes, outcomes, values, {"x": "EUR"})
    naive = [
        (run, tick, scope, outcome, values[r, t, s, o])
        for r, run in enumerate(runs)
        for t, tick in enumerate(ticks)
        for s, scope in enumerate(scopes)
        for o, outcome in enumerate(outcomes)
    ]
    columns = ["run_id", "tick", "scope", "outcome", "value"]
    frame = to_frame(table).astype({"run_id": str, "scope": str, "outcome": str})
    expected = pd.DataFrame(naive, columns=columns)
    pd.testing.assert_frame_equal(frame[columns], expected, check_dtype=False)
    assert table["value"].null_count == 1
    assert list(frame["date"].dt.year.unique()) == [2006, 2007, 2008]
    with pytest.raises(ValueError, match="shape"):
        series_table(runs, ticks, scopes, outcomes, values[:1])


def test_outcome_units_and_version_are_read_back(tmp_path: Path) -> None:
    table = series_table(["r"], [3], ["all"], ["x"], np.ones((1, 1, 1, 1)), {"x": "EUR"})
    write_parquet(table, tmp_path / "series.parquet")
    assert outcome_units(tmp_path) == {"x": "EUR"}
    write_parquet(table.replace_schema_metadata({VERSION_KEY: b"9"}), tmp_path / "old.parquet")
    with pytest.raises(StoreRefused, match="schema version 9, this program reads 1"):
        read(tmp_path, "old")
    write_parquet(table.replace_schema_metadata({}), tmp_path / "foreign.parquet")
    with pytest.raises(StoreRefused, match="not written by regiosim"):
        units(tmp_path, "foreign")
    with pytest.raises(StoreRefused, match="has foreign, old, series"):
        read(tmp_path, "ledger")
    with pytest.raises(StoreRefused, match="not the folder of a run"):
        manifest(tmp_path)
    (tmp_path / "manifest.json").write_text('{"schema_version": "0"}')
    with pytest.raises(StoreRefused, match="schema version 0"):
        manifest(tmp_path)


# --- folders ------------------------------------------------------------------------------------


def test_a_run_appears_whole(tmp_path: Path) -> None:
    target = tmp_path / "new" / "parents" / "run"
    with RunFolder(target) as folder:
        folder.json("manifest", {"b": np.int64(1), "a": Path("x/y"), "ë": [np.float64(0.5)]})
        folder.path("figures/one.txt").write_text("x")
        assert not target.exists()
    text = (target / "manifest.json").read_text(encoding="utf-8")
    assert text == '{\n  "a": "x/y",\n  "b": 1,\n  "ë": [\n    0.5\n  ]\n}\n'
    assert [p.name for p in target.parent.iterdir()] == ["run"]
    assert manifest(target)["b"] == 1


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_an_error_leaves_nothing_behind(tmp_path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), RunFolder(tmp_path / "new" / "parent" / "run") as folder:
        folder.json("manifest", {})
        folder.path("figures/deep/a.txt").write_text("x")
        raise error
    assert list(tmp_path.iterdir()) == []


def test_an_error_leaves_an_empty_target_and_other_runs_alone(tmp_path: Path) -> None:
    (tmp_path / "runs" / "empty").mkdir(parents=True)
    with pytest.raises(ValueError), RunFolder(tmp_path / "runs" / "empty"):
        raise ValueError
    assert [p.name for p in (tmp_path / "runs").iterdir()] == ["empty"]
    with RunFolder(tmp_path / "runs" / "empty") as folder:
        folder.json("manifest", {})
    assert (tmp_path / "runs" / "empty" / "manifest.json").is_file()


def test_folders_that_cannot_take_a_run_are_refused_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").write_text("x")
    with pytest.raises(FolderRefused, match="not empty"):
        RunFolder(tmp_path / "full")
    with pytest.raises(FolderRefused, match="is a file. Name a folder"):
        RunFolder(tmp_path / "full" / "a")
    with pytest.raises(FolderRefused, match="is a file, so"):
        RunFolder(tmp_path / "full" / "a" / "b" / "c")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(FolderRefused, match="current folder"):
        RunFolder(Path("."))
    monkeypatch.setattr("results.folder.os.access", lambda *_: False)
    with pytest.raises(FolderRefused, match="cannot be written"):
        RunFolder(tmp_path / "new" / "run")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["full", "here"]


def test_a_folder_that_cannot_be_made_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    folder = RunFolder(tmp_path / "run")
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(FolderRefused, match="Permission denied"), folder:
        pass


def test_a_target_filled_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(FolderRefused, match="another run"), RunFolder(tmp_path / "run") as folder:
        folder.json("manifest", {})
        (tmp_path / "run").mkdir()
        (tmp_path / "run" / "theirs").write_text("x")
    assert [p.name for p in tmp_path.rglob("*")] == ["run", "theirs"]


def test_names_stay_inside_the_folder(tmp_path: Path) -> None:
    with RunFolder(tmp_path / "run") as folder:
        for name in ("../out.json", "/x", "."):
            with pytest.raises(ValueError, match="inside the run's folder"):
                folder.path(name)
        with pytest.raises(ValueError, match="JSON"):
            folder.json("manifest", {"a": float("nan")})
    with pytest.raises(RuntimeError, match="`with` block"):
        folder.path("late")


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM"])
def test_a_killed_run_leaves_only_its_partial(tmp_path: Path, how: str) -> None:
    script = (
        "import signal, sys, time\n"
        "from pathlib import Path\n"
        "from results.store import RunFolder\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))\n"
        "with RunFolder(Path(sys.argv[1])) as folder:\n"
        "    folder.json('manifest', {})\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "runs" / "one")]
    root = str(Path(__file__).resolve().parents[1])
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        child.send_signal(getattr(signal, how))
        child.wait(timeout=20)
    left = [p.name for p in tmp_path.glob("runs/*")]
    assert left == ([f".one.partial-{child.pid}"] if how == "SIGKILL" else [])
    with RunFolder(tmp_path / "runs" / "one") as folder:  # the target is still free
        folder.json("manifest", {})


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with whole_file(target) as aside:
        aside.write_text("old")
    with pytest.raises(KeyboardInterrupt), whole_file(target) as aside:
        aside.write_text("half")
        raise KeyboardInterrupt
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


# --- years, bands, numbers ----------------------------------------------------------------------


def test_stocks_are_of_the_last_quarter_and_flows_are_summed() -> None:
    ticks = [0, 1, 2, 3, 4, 5]
    values = np.array([[1, 10], [2, 20], [3, 30], [np.nan, 40], [5, 50], [6, 60]], dtype=float)
    table = series_table(
        ["r"], ticks, ["all"], ["trust", "transaction_cost"], values.reshape(1, 6, 1, 2)
    )
    years = yearly(to_frame(table)).set_index(["outcome", "year"])["value"]
    assert np.isnan(years["trust", 2006])  # not the third quarter's 3
    assert years["trust", 2007] == 6
    assert years["transaction_cost", 2006] == 100
    assert ("transaction_cost", 2007) not in years.index  # half a year
    assert yearly(to_frame(table), scope="GM9").empty


def test_bands_are_quantiles_over_replicates() -> None:
    series = synthetic(runs=7)
    band = bands(yearly(series, ["trust"])).set_index("year")
    last = series[(series["outcome"] == "trust") & (series["tick"] == 99)]["value"]
    assert band.loc[2030, "low"] == pytest.approx(np.quantile(last, 0.1))
    assert band.loc[2030, "high"] == pytest.approx(np.quantile(last, 0.9))
    assert band.loc[2030, "median"] == pytest.approx(np.median(last))
    assert band.loc[2030, "runs"] == 7


@pytest.mark.parametrize(
    ("value", "english", "dutch"),
    [(1234567.8, "1,234,568", "1.234.568"), (12.34, "12.3", "12,3"), (0.5, "0.5", "0,5"),
     (-0.0, "0", "0"), (None, "–", "–"), (np.nan, "–", "–"), (100.0, "100", "100"),
     (0.00012, "0.00012", "0,00012")],
)  # fmt: skip
def test_numbers_are_written_as_people_do(value: float, english: str, dutch: str) -> None:
    assert (number(value), number(value, "nl")) == (english, dutch)


# --- figures ------------------------------------------------------------------------------------


def test_bands_in_the_figure_are_the_computed_ones() -> None:
    series = synthetic(runs=7)
    figure = figures.organisations_over_time(series, NAME)
    assert [axes.get_title(loc="left") for axes in panels(figure)] == [
        "Organisations", "Effective number of organisations",
    ]  # fmt: skip
    band = bands(yearly(series, ["organisations"]))
    axes = panels(figure)[0]
    np.testing.assert_allclose(axes.get_lines()[0].get_xdata(), band["year"])
    np.testing.assert_allclose(axes.get_lines()[0].get_ydata(), band["median"])
    corners = axes.collections[0].get_paths()[0].vertices
    for year, low, high in zip(band["year"], band["low"], band["high"], strict=True):
        at = corners[corners[:, 0] == year][:, 1]
        assert at.min() == pytest.approx(low) and at.max() == pytest.approx(high)
    assert axes.get_ylabel() == "organisations" and axes.get_xlabel() == "year"


def test_stacked_bars_add_up_to_the_mean_cost() -> None:
    series = synthetic(runs=3)
    figure = figures.transaction_cost_by_phase(series, NAME)
    axes = panels(figure)[0]
    heights = sum(np.array([bar.get_height() for bar in phase]) for phase in axes.containers)
    cost = series[series["outcome"].astype(str).str.startswith("transaction_cost_")]
    total = cost.groupby(2006 + cost["tick"] // 4)["value"].sum() / 3
    np.testing.assert_allclose(heights, total)
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == list(COST_PHASES)[::-1]
    assert axes.get_ylabel() == "EUR per insured a year"


def test_sizes_are_shown_per_year_with_the_observed_range() -> None:
    organisations = region()["organisations"]
    figure = figures.size_distribution(organisations, (2011, 2018, 2030), NAME)
    axes = panels(figure)[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["2011", "2030"]
    assert [len(points.get_offsets()) for points in axes.collections] == [2, 2]
    assert sorted(axes.collections[0].get_offsets()[:, 0]) == [6800.0, 10200.0]
    shaded = axes.patches[0].get_extents().transformed(axes.transData.inverted())
    assert (shaded.x0, shaded.x1) == pytest.approx((6_000, 430_000))
    assert any("F006, S1 4.1.2" in text for text in texts(figure))
    assert "mean 8,500" in axes.texts[0].get_text()


def test_the_map_joins_practices_to_their_organisation_by_row() -> None:
    tables = region()
    edges = borders(tables["municipalities"])
    assert edges.to_numpy().tolist() == [[0, 1], [0, 2]]
    figure = figures.who_with_whom(
        tables["practices"], tables["hubs"], tables["organisations"], tables["municipalities"],
        edges, NAME,
    )  # fmt: skip
    axes = panels(figure)[0]
    assert "2030 Q4: 6 practices, 5 of them in 2 organisations" in texts(figure)
    written = [text.get_text() for text in axes.texts]
    assert {"1", "2", "A & B", "<C>"} <= set(written)
    lines = [c for c in axes.collections if type(c).__name__ == "LineCollection"]
    assert [len(c.get_segments()) for c in lines] == [2, 5]  # borders, members
    heads = {(0.5, 1.0), (10.0, 1.0)}
    ends = [{tuple(map(float, end)) for end in segment} for segment in lines[1].get_segments()]
    assert sorted(len(pair & heads) for pair in ends) == [1, 1, 1, 1, 1]
    legend = axes.get_legend()
    assert legend is not None
    assert legend.get_texts()[0].get_text() == "1: 10,200 patients, 3 practices"
    assert axes.get_aspect() == 1.0 and axes.get_xlabel() == "km"


def test_the_map_draws_a_region_without_organisations() -> None:
    tables = region()
    tables["practices"]["organisation"] = pd.array([pd.NA] * 12, dtype="Int64")
    none = tables["organisations"].iloc[:0]
    edges = pd.DataFrame({"a": [], "b": []})
    figure = figures.who_with_whom(
        tables["practices"], tables["hubs"].iloc[:0], none, tables["municipalities"], edges
    )
    assert "2030 Q4: 6 practices, 0 of them in 0 organisations" in texts(figure)


def test_comparison_shows_both_and_leaves_out_what_neither_has() -> None:
    a, b = synthetic(seed=1), synthetic(seed=2, quarterly=False)
    figure = figures.comparison(a, b, "old", "new", ["trust", "organisations", "hhi"])
    assert [axes.get_title(loc="left") for axes in panels(figure)] == ["Trust", "Organisations"]
    for axes in panels(figure):
        assert [line.get_label() for line in axes.get_lines()] == ["old", "new"]
    band = bands(yearly(b, ["trust"]))
    np.testing.assert_allclose(panels(figure)[0].get_lines()[1].get_ydata(), band["median"])


def test_forest_plot_shows_effects_and_their_intervals() -> None:
    a, b = synthetic(seed=1), synthetic(seed=2)
    table = paired(a, b, runs_of(a), runs_of(b))
    figure = figures.paired_differences(table, "old", "new")
    axes = panels(figure)[0]
    shown = np.concatenate([bars.lines[0].get_xdata() for bars in axes.containers])
    np.testing.assert_allclose(np.sort(shown), np.sort(table["effect"]))
    arms = [s for bars in axes.containers for s in bars.lines[2][0].get_segments()]
    np.testing.assert_allclose(np.sort([s[0, 0] for s in arms]), np.sort(table["effect_low"]))
    assert any("simulation noise" in text for text in texts(figure))
    assert len(axes.get_yticklabels()) == len(OUTCOMES)


def every_figure() -> dict[str, Any]:
    series, tables = synthetic(), region()
    edges = borders(tables["municipalities"])
    other = synthetic(seed=3)
    table = paired(series, other, runs_of(series), runs_of(other))
    empty = series.iloc[:0]
    return {
        "organisations": figures.organisations_over_time(series, NAME),
        "cost": figures.transaction_cost_by_phase(series, NAME),
        "sizes": figures.size_distribution(tables["organisations"], name=NAME),
        "map": figures.who_with_whom(
            tables["practices"], tables["hubs"], tables["organisations"],
            tables["municipalities"], edges, NAME,
        ),
        "comparison": figures.comparison(series, other, NAME, "b", ["trust"]),
        "differences": figures.paired_differences(table, NAME, "b"),
        "none": figures.organisations_over_time(empty, NAME),
        "no cost": figures.transaction_cost_by_phase(empty, NAME),
        "no sizes": figures.size_distribution(tables["organisations"].iloc[:0], name=NAME),
        "no comparison": figures.comparison(empty, empty, NAME, "b", ["trust"]),
        "no differences": figures.paired_differences(table.iloc[:0], NAME, "b"),
    }  # fmt: skip


def test_every_figure_says_what_it_is_and_leaves_settings_alone() -> None:
    before = dict(mpl.rcParams)
    drawn = every_figure()
    assert dict(mpl.rcParams) == before
    for name, figure in drawn.items():
        assert DISCLAIMER in texts(figure), name
        assert any(NAME in text for text in texts(figure)), name
        assert figure.axes, name


def test_saved_figures_are_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        tables = region()
        drawn = figures.who_with_whom(
            tables["practices"], tables["hubs"], tables["organisations"],
            tables["municipalities"], borders(tables["municipalities"]), NAME,
        )  # fmt: skip
        files = figures.save(drawn, tmp_path / folder, "map")
        assert [file.name for file in files] == ["map.png", "map.svg"]
    for name in ("map.png", "map.svg"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    svg = (tmp_path / "one" / "map.svg").read_text(encoding="utf-8")
    assert "<dc:date>" not in svg
    assert sorted(p.name for p in (tmp_path / "one").iterdir()) == ["map.png", "map.svg"]


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
    row = paired(a, b, runs_a, runs_b).iloc[0]
    # seeds 0, 1, 2: b - a = 2-1, 3-2, 1-3 = 1, 1, -2
    assert row["n"] == 3 and row["difference"] == 0.0
    assert row["sd"] == pytest.approx(np.sqrt(3.0))
    assert row["share_positive"] == pytest.approx(2 / 3)
    assert row["year"] == 2030 and row["uncertainty"] == "simulation noise"


def test_identical_series_differ_by_zero() -> None:
    series = synthetic()
    table = paired(series, series, runs_of(series), runs_of(series))
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
    row = paired(a, b, runs_of(a), runs_of(a)).iloc[0]
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
        paired(series, series, runs_of(series), runs_of(series), "2040")


# --- reports ------------------------------------------------------------------------------------


def check_page(page: Path, count: int) -> str:
    html = page.read_text(encoding="utf-8")
    images = re.findall(r'<img src="([^"]{0,40})[^>]*? alt="([^"]+)"', html)
    assert len(images) == count
    assert all(src.startswith("data:image/png;base64,iVBORw0KGgo") for src, _ in images)
    bare = re.sub(r"base64,[A-Za-z0-9+/=]+", "", html)
    assert not re.search(r'(src|href|url\()\s*=?\s*["\']?(https?:)?//', bare)
    assert "<script" not in bare and "<link" not in bare and "http" not in bare
    assert DISCLAIMER in bare and DISCLAIMER_NL in bare and 'lang="nl"' in bare
    return bare


def test_report_holds_every_figure_and_fetches_nothing(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    page = write_report(run)
    bare = check_page(page, 4)
    assert {p.name for p in (run / "figures").iterdir()} == {
        f"{name}.{kind}"
        for name in ("organisations", "transaction_cost", "organisation_sizes", "who_with_whom")
        for kind in ("png", "svg")
    }
    for part in ("Samenvatting", "Scenario", "Key outcomes", "Assumed parameters", "0 to 4"):
        assert part in bare
    for year in (2011, 2018, 2022, 2030):
        assert f">{year}</th>" in bare
    assert "trust.&lt;gain&gt;" in bare and "<gain>" not in bare
    series = read(run, "series")
    last = series[(series["outcome"] == "organisations") & (series["tick"] == 99)]["value"]
    assert f">{number(last.mean())}<" in bare


def test_report_of_a_run_without_tables(tmp_path: Path) -> None:
    series = synthetic(runs=1)[lambda rows: rows["outcome"] == "organisations"]
    with RunFolder(tmp_path / "run") as folder:
        table = pa.Table.from_pandas(series, preserve_index=False)
        folder.table("series", table.replace_schema_metadata({VERSION_KEY: b"1"}))
        folder.json("manifest", {})
        write_report(folder.folder, save_figures=False)
    bare = check_page(tmp_path / "run" / "report.html", 1)
    assert "één herhaling" in bare and not (tmp_path / "run" / "figures").exists()


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
    table = paired(read(a, "series"), read(b, "series"), read(a, "runs"), read(b, "runs"))
    trust = table.set_index("outcome").loc["trust"]
    assert f">{number(trust['difference'])}<" in bare
