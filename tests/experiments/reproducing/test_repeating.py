"""Folders are repeated from what they hold, and every bit that came out otherwise is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support import small

import experiments.reproducing.repeating as module
from experiments import BadInput, Scenario, compare, reproduce, run, sweep
from experiments.cli.app import BAD_INPUT, DONE, FAILED, main
from experiments.compiling.kernels import is_warm, warm_up
from experiments.reproducing import again, child
from experiments.reproducing.choosing import evenly
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.planning import make_plan
from results.store.folder import write_parquet
from results.store.reading import StoreRefused, manifest
from sim.place.write import write_region
from tests.edited import put_manifest
from tests.own_rules import NEVER, RUN, regiosim
from tests.scenarios import kept
from tests.sweeping import experiment, inline

PACKAGE = """\
[package]
name = "mine"
text = "a test"
source = "assumed"

[[policy.stance]]
from = 2008-01-01
value = 0.3
unit = "share"
source = "assumed"
range = [0.0, 0.5]
"""


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    if not is_warm():
        warm_up()


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repeat in this process: a process of its own only takes longer."""

    def repeated(
        about: Mapping[str, Any], chosen: Sequence[int], aside: Path, engine: str | None = None
    ) -> Path:
        request = child.written(about, chosen, aside, engine)
        if again.main([str(request)]) != DONE:
            raise StoreRefused("refused")
        return aside / child.OUT

    monkeypatch.setattr(module, "repeat", repeated)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run's folder; all that it was made of is gone."""
    place = tmp_path_factory.mktemp("made")
    write_region(small(1), place / "mine")
    (place / "mine.toml").write_text(PACKAGE, encoding="utf-8")
    asked = Scenario(
        str(place / "mine"), "historic-nl", packages=(str(place / "mine.toml"),),
        settings={"choice.autonomy": 2.5}, start="2007Q1", end="2009Q4", replicates=5,
    )  # fmt: skip
    kept(run(asked), place / "run")
    shutil.rmtree(place / "mine")
    (place / "mine.toml").unlink()
    return Path((place / "run").rename(place / "moved"))


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a finished sweep of an experiment whose file is gone."""
    place = tmp_path_factory.mktemp("swept")
    path = experiment(place, replicates=2, points=2)
    sweep(path, place / "sweep", executor=inline)
    path.unlink()
    return place / "sweep"


def changed(folder: Path, target: Path, table: str, column: str, row: int) -> Path:
    """Copy a folder, and change the last bit of one number in it."""
    shutil.copytree(folder, target)
    found = pq.read_table(target / f"{table}.parquet")
    values = found[column].to_numpy().copy()
    values[row] = np.nextafter(values[row], np.inf)
    place = found.column_names.index(column)
    found = found.set_column(place, found.schema.field(place), pa.array(values))
    write_parquet(found, target / f"{table}.parquet")
    return target


@pytest.mark.usefixtures("here")
def test_a_run_is_repeated_from_its_folder_alone(made: Path, tmp_path: Path) -> None:
    found = reproduce(made, out=tmp_path / "again")
    assert found.identical and (found.runs, found.of) == (5, 5)
    assert {one.table for one in found.tables} >= {"runs", "series", "practices", "ledger"}
    assert all(one.values > 0 for one in found.tables if one.table in ("runs", "series", "ledger"))
    assert not found.differs, "same code, same machine"
    kept = json.loads((tmp_path / "again" / "reproduction.json").read_text())
    assert kept == found.described() and kept["verdict"] == "identical"
    assert pq.read_table(tmp_path / "again" / "series.parquet").equals(
        pq.read_table(made / "series.parquet")
    )


@pytest.mark.usefixtures("here")
def test_a_sample_of_a_run_is_spread_over_its_seeds(made: Path) -> None:
    found = reproduce(made, sample=2)
    assert found.identical and (found.runs, found.of) == (2, 5)
    series = next(one for one in found.tables if one.table == "series")
    assert series.rows * 5 == pq.read_metadata(made / "series.parquet").num_rows * 2


def test_samples_are_even_and_the_same_every_time() -> None:
    assert evenly(10, None) == list(range(10)) == evenly(10, 99)
    assert evenly(10, 1) == [0] and evenly(10, 2) == [0, 9] and evenly(10, 4) == [0, 3, 6, 9]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("table", "column", "of"), [
    ("series", "value", "practices"), ("practices", "x", "x"),
])  # fmt: skip
def test_one_changed_bit_is_told(
    table: str, column: str, of: str, made: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    folder = changed(made, tmp_path / "copy", table, column, 0)
    first = pq.read_table(made / "series.parquet")["outcome"][0].as_py()
    name = first if table == "series" else of
    assert main(["reproduce", str(folder), "--sample", "1", "--json"]) == FAILED
    said = json.loads(capsys.readouterr().out)
    rows = {one["table"]: one for one in said["tables"]}
    assert said["verdict"] == "differs" and rows[table]["unlike"] == 1
    assert rows[table]["of"][0]["name"] == name and rows[table]["of"][0]["largest"] > 0
    assert sum(one["unlike"] for one in said["tables"]) == 1
    assert main(["reproduce", str(folder), "--sample", "1"]) == FAILED
    shown = capsys.readouterr().out
    assert shown.startswith("differs: 1 of 5 runs repeated, 1 of ")
    assert f"{table}: {name}: 1 unlike, by " in shown and "Nothing in the manifest tells" in shown


@pytest.mark.usefixtures("here")
def test_a_sweep_is_repeated_whole_or_in_part(swept: Path) -> None:
    whole = reproduce(swept)
    assert whole.identical and whole.kind == "sweep" and whole.runs == whole.of == 16
    some = reproduce(swept, sample=3)
    assert some.identical and some.runs == 3
    rows = {one.table: one.rows for one in some.tables}
    assert rows["runs"] == 3 and rows["series"] == 3 * 2 * 4


@pytest.mark.usefixtures("here")
def test_a_shard_is_repeated_as_far_as_it_goes(tmp_path: Path) -> None:
    path = experiment(tmp_path, replicates=8, points=8)
    sweep(path, tmp_path / "shard", shard="2/4", executor=inline)
    path.unlink()
    found = reproduce(tmp_path / "shard", sample=5)
    assert found.identical and (found.runs, found.of) == (5, 64)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("shard", ["", "2/2"])
def test_runs_that_share_a_past_are_repeated_too(shard: str, tmp_path: Path) -> None:
    path = experiment(tmp_path, replicates=16, points=2)
    text = path.read_text(encoding="utf-8")
    for before, after in (
        ('from = "2009Q1"\nto = "2010Q4"', 'from = "2018Q1"\nto = "2019Q4"'),
        ('"2008Q1"', '"2019Q1"'), ("title.ros.rate", "title.ros.rate@2019Q1"),
    ):  # fmt: skip
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    plan = make_plan(read_experiment(path))
    assert plan.order is not None and plan.order.largest > 1 and plan.batches > 1
    sweep(plan, tmp_path / "out", executor=inline, shard=shard)
    found = reproduce(tmp_path / "out")
    assert found.identical and found.runs == (64 if shard else plan.runs), found
    assert reproduce(tmp_path / "out", sample=5).identical


@pytest.mark.usefixtures("here")
def test_a_comparison_is_repeated_from_both_manifests(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    shutil.copytree(made, tmp_path / "a")
    plain = Scenario(**{**_asked(made, tmp_path), "settings": ()})
    kept(run(plain), tmp_path / "b")
    monkeypatch.setattr("experiments.runs.compare._report", lambda *given: None)
    compare(tmp_path / "a", tmp_path / "b", out=tmp_path / "both")
    shutil.rmtree(tmp_path / "a")
    shutil.rmtree(tmp_path / "b")
    about = manifest(tmp_path / "both")
    assert about["kind"] == "comparison" and len(about["differs"]) == 1
    found = reproduce(tmp_path / "both")
    assert found.identical and found.kind == "comparison" and found.runs == 10
    assert main(["reproduce", str(tmp_path / "both"), "--sample", "3"]) == BAD_INPUT
    assert "--sample" in capsys.readouterr().err


def _asked(made: Path, aside: Path) -> dict[str, Any]:
    from experiments.reproducing.material import scenario_arguments

    return scenario_arguments(manifest(made), aside / "material", aside, None)


def test_rules_of_a_users_own_come_back_in_a_process_of_their_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "never.py"
    rules.write_text(NEVER, encoding="utf-8")
    more = ("--engine", "python", "--rules", str(rules), "--out", "run")
    assert regiosim(*RUN, *more, cwd=tmp_path).returncode == DONE
    rules.unlink()
    assert main(["reproduce", str(tmp_path / "run")]) == DONE
    assert capsys.readouterr().out.startswith("identical: 1 of 1 run repeated")
    # Without them something else comes out, and the manifest says why.
    about = json.loads((tmp_path / "run" / "manifest.json").read_text())
    del about["rules_file"]
    put_manifest(tmp_path / "run", about)
    assert main(["reproduce", str(tmp_path / "run")]) == FAILED
    assert "Not as it was: rules of the model: " in capsys.readouterr().out


@pytest.mark.usefixtures("here")
def test_a_folder_of_an_earlier_version_says_what_it_lacks(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    about = json.loads((made / "manifest.json").read_text())
    shutil.copytree(made, tmp_path / "old")
    for key in ("regions", "parameters", "policy", "code", "machine"):
        del about[key]
    put_manifest(tmp_path / "old", about)
    said = "does not hold the files of the region"
    with pytest.raises(StoreRefused, match="refused"):
        reproduce(tmp_path / "old")
    assert said in capsys.readouterr().err
    # Where the region is at its old place the content tells whether it is the same.
    place = Path(about["scenario"]["region"])
    write_region(small(1), place)
    found = reproduce(tmp_path / "old", sample=1)
    assert found.identical and "so that no difference" in found.differs[-1][0]
    text = (place / "region.toml").read_text(encoding="utf-8")
    (place / "region.toml").write_text(text.replace("default = 0.5", "default = 0.4"))
    found = reproduce(tmp_path / "old", sample=1)
    shutil.rmtree(place)
    assert not found.identical
    assert {"content: region, titles, policy or parameters", "files of the region"} <= {
        row[0] for row in found.differs
    }


def test_what_cannot_be_repeated_is_one_message(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(BadInput, match="sample=0: is out of range"):
        reproduce(made, sample=0)
    assert main(["reproduce", str(tmp_path)]) == BAD_INPUT
    assert main(["reproduce", str(made), "--out", str(made)]) == BAD_INPUT
    said = capsys.readouterr().err
    assert "manifest.json does not exist" in said and "not empty" in said
    assert said.count("regiosim: ") == 2 and "Traceback" not in said


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("kind", "path", "value", "said"), [
    ("run", ["scenario", "regime"], "historic", "regime 'historic': unknown"),
    ("run", ["scenario", "settings"], ["choice.x=1"], "unknown name 'choice.x'"),
    ("run", ["packages", 0, "text"], "no = 1", "the table [package] is missing"),
    ("run", ["scenario", "switch"], None, "the key scenario.switch is missing"),
    ("sweep", ["experiment_file", "text"], "[", "experiment_file.text in manifest.json is"),
    ("sweep", ["experiment_file"], {"file": "a"}, ""),
    ("sweep", ["experiment"], {}, ""),
])  # fmt: skip
def test_a_manifest_edited_by_hand_is_one_message(
    kind: str, path: list[Any], value: Any, said: str, made: Path, swept: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    shutil.copytree(made if kind == "run" else swept, tmp_path / "edited")
    about = json.loads((tmp_path / "edited" / "manifest.json").read_text())
    inner: Any = about
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    if value is None:
        del inner[path[-1]]
    put_manifest(tmp_path / "edited", about)
    code = main(["reproduce", str(tmp_path / "edited"), "--sample", "1", "--quiet"])
    assert code == (BAD_INPUT if said else DONE)
    assert said in capsys.readouterr().err
