"""Results from the front door: lines that say what they are, folders written, read and compared."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import regiosim
from results.store.folder import FolderRefused
from results.store.reading import StoreRefused

README = Path(__file__).resolve().parents[2] / "README.md"
ASKED: dict[str, Any] = {
    "region": "synthetic:2:1", "regime": "historic-nl", "start": "2006Q1", "end": "2008Q4",
    "replicates": 3,
}  # fmt: skip
SWEPT: dict[str, Any] = {
    "name": "small",
    "question": "Does a sweep of a mapping work?",
    "runs": {"regions": ["synthetic:2:1"], "regimes": ["historic-nl"], "from": "2006Q1",
             "to": "2008Q4", "replicates": 3},
    "uncertainties": {"money.scale": {"values": [0.5, 1.5]}},
}  # fmt: skip


@pytest.fixture(scope="module")
def plain() -> regiosim.Result:
    return regiosim.run(regiosim.Scenario(**ASKED))


@pytest.fixture(scope="module")
def other() -> regiosim.Result:
    return regiosim.run(regiosim.Scenario(**ASKED, settings={"money.scale": 0.5}))


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> regiosim.Sweep:
    return regiosim.sweep(SWEPT, tmp_path_factory.mktemp("swept") / "small", workers=1)


def test_a_result_says_what_it_is_on_one_line(
    plain: regiosim.Result, other: regiosim.Result
) -> None:
    name = plain.manifest["id"]
    said = f"<Result {name}: synthetic:2:1 under historic-nl, 2006Q1 to 2008Q4, 3 runs>"
    assert repr(plain) == said
    assert "under historic-nl with 1 set, 2006Q1" in repr(other)
    one = copy.copy(plain)
    one.tables, one.failed = {**plain.tables, "runs": plain.tables["runs"].slice(0, 1)}, 1
    assert repr(one).endswith("1 run, 1 failed>")


def test_a_result_writes_the_folder_that_a_run_leaves(
    plain: regiosim.Result, tmp_path: Path
) -> None:
    written = plain.write(tmp_path / "later")
    assert written == tmp_path / "later"
    regiosim.run(regiosim.Scenario(**ASKED), out=tmp_path / "at-once")
    files = [
        {path.relative_to(tmp_path / name) for path in (tmp_path / name).rglob("*")}
        for name in ("later", "at-once")
    ]
    assert files[0] == files[1] and Path("report.html") in files[0]
    for name in ("series", "events", "practices"):
        one, two = (regiosim.read(tmp_path / folder, name) for folder in ("later", "at-once"))
        pd.testing.assert_frame_equal(one, two, check_exact=True)
    manifests = [(tmp_path / name / "manifest.json").read_bytes() for name in ("later", "at-once")]
    assert manifests[0] == manifests[1]


def test_a_folder_in_use_is_refused_and_left_alone(plain: regiosim.Result, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("keep")
    with pytest.raises(FolderRefused, match="is not empty"):
        plain.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_years_are_those_of_a_question_in_sql(plain: regiosim.Result, tmp_path: Path) -> None:
    folder = plain.write(tmp_path / "run", report="")
    keys = ["run_id", "year", "outcome"]
    asked = regiosim.query(folder, "SELECT run_id, year, outcome, value FROM yearly").astype(
        {"run_id": str, "outcome": str}
    )
    own = plain.yearly.sort_values(keys, ignore_index=True)
    assert len(own) > 500 and plain.yearly is plain.yearly
    pd.testing.assert_frame_equal(
        asked.sort_values(keys, ignore_index=True), own, check_dtype=False, rtol=1e-12
    )
    stored = regiosim.read(folder)
    pd.testing.assert_frame_equal(
        stored.yearly.astype({"run_id": str, "outcome": str}), own, check_dtype=False, rtol=1e-12
    )
    assert stored.yearly is stored.yearly and "yearly" in dir(stored)


def test_a_run_is_read_back_as_it_was(plain: regiosim.Result, tmp_path: Path) -> None:
    stored = regiosim.read(plain.write(tmp_path / "run"))
    assert set(stored.names) == set(plain.tables)
    assert stored.manifest == plain.manifest
    for name in stored.names:
        pd.testing.assert_frame_equal(getattr(stored, name), plain.frame(name), check_exact=True)
    assert stored.series is stored.frame("series")
    assert {"series", "events", "manifest", "folder"} <= set(dir(stored))
    assert repr(stored) == f"<run in {str(tmp_path / 'run')!r}, {len(stored.names)} tables>"
    with pytest.raises(AttributeError, match="'serie' is no table here: .*series"):
        _ = stored.serie
    assert copy.copy(stored).names == stored.names
    with pytest.raises(StoreRefused, match="has no tables"):
        regiosim.read(tmp_path)


def test_a_sweep_is_made_of_a_mapping_and_read_back(swept: regiosim.Sweep) -> None:
    assert repr(swept) == f"<Sweep 'small' in {str(swept.folder)!r}: 2 points x 3 seeds, finished>"
    assert (swept.runs["status"] == "done").all() and len(swept.runs) == 6
    stored = regiosim.read(swept.folder)
    assert repr(stored) == f"<sweep in {str(swept.folder)!r}, 3 tables>"
    pd.testing.assert_frame_equal(stored.points, swept.points)
    assert set(stored.yearly["run_id"]) == set(swept.runs["run_id"])
    assert set(stored.points["settings"]) == {"money.scale=0.5", "money.scale=1.5"}


def test_results_and_their_folders_compare_alike(
    plain: regiosim.Result, other: regiosim.Result, tmp_path: Path
) -> None:
    folders = [plain.write(tmp_path / "a"), other.write(tmp_path / "b")]
    table = regiosim.compare(*folders)
    assert (table["n"] == 3).any() and (table["difference"] != 0.0).any()
    opened = [regiosim.read(folder) for folder in folders]
    for one, two in ((plain, other), (plain, folders[1]), (str(folders[0]), other), opened):
        pd.testing.assert_frame_equal(regiosim.compare(one, two), table, check_exact=True)
    regiosim.compare(plain, other, out=tmp_path / "both")
    stored = regiosim.read(tmp_path / "both")
    assert repr(stored) == f"<comparison in {str(tmp_path / 'both')!r}, 1 table>"
    assert stored.manifest["kind"] == "comparison" and list(stored.comparison["outcome"]) == list(
        table["outcome"]
    )
    assert (tmp_path / "both" / "report.html").is_file()
    with pytest.raises(AttributeError, match="'yearly' is no table here: comparison"):
        _ = stored.yearly


def test_a_sweep_is_compared_by_a_factor_and_with_a_result(
    swept: regiosim.Sweep, other: regiosim.Result
) -> None:
    levels = regiosim.compare(swept, by="money.scale")
    assert set(levels["first"]) == {"0.5"} and set(levels["level"]) == {"1.5"}
    with_run = regiosim.compare(swept, other)
    # The run is one of the points: the same but for the last bits of sums over the year.
    assert set(with_run["pairs"]) == {3}
    assert with_run["mean_a"].to_numpy() == pytest.approx(
        with_run["mean_b"].to_numpy(), rel=1e-12, nan_ok=True
    )


def test_what_cannot_be_compared_is_named(plain: regiosim.Result) -> None:
    with pytest.raises(regiosim.BadInput, match=f"{plain!r}: are the same folder"):
        regiosim.compare(plain, plain)
    with pytest.raises(regiosim.BadInput, match="^7: cannot be compared"):
        regiosim.compare(plain, 7)  # type: ignore[arg-type]
    shorter = regiosim.run(regiosim.Scenario(**{**ASKED, "end": "2007Q4"}))
    with pytest.raises(regiosim.BadInput, match="^<Result .*: cannot be paired: their to is"):
        regiosim.compare(plain, shorter)


def examples(text: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_examples_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = examples(README.read_text(encoding="utf-8"))
    assert found and "import regiosim" in found[0]
    space: dict[str, Any] = {}
    for number, source in enumerate(found):
        exec(compile(source, f"README example {number}", "exec"), space)
    assert (tmp_path / "runs" / "autonomy" / "report.html").is_file()
    assert space["second"].manifest["parameters_set"] == {"choice.autonomy": 2.5}
    assert (space["first"].runs["status"] == "done").all()
