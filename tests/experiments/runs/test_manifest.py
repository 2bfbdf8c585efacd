"""What a manifest holds: all that was run, as it was read before the run, and what it assumes."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import platform
from pathlib import Path

import pytest
from support import small

import experiments.runs.run as module
from experiments import Scenario, run
from experiments.compiling.kernels import is_warm, warm_up
from experiments.runs.called import called
from experiments.runs.manifest import manifest_of
from experiments.runs.provenance import code, versions
from experiments.runs.start import start_tables
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.store.about import manifest_of as manifest_of_sweep
from results.store.folder import to_json
from sim.measure.outcomes import NAMES
from sim.place.write import write_region
from sim.tables import Tables
from tests.scenarios import changed

PACKAGE = """\
[package]
name = "mine"
text = "a test"
source = "assumed"

[[policy.stance]]
from = 2007-01-01
value = {value}
unit = "share"
source = "assumed"
range = [0.0, 0.5]
"""
SHORT = {"start": "2007Q1", "end": "2007Q4", "engine": "python"}


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    if not is_warm():
        warm_up()


@pytest.fixture
def region(tmp_path: Path) -> Path:
    write_region(small(1), tmp_path / "mine")
    return tmp_path / "mine"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(PACKAGE.format(value=0.3), encoding="utf-8")
    return path


def test_files_are_in_it_in_full(region: Path, package: Path) -> None:
    about = manifest_of(_checked(Scenario(str(region), "historic-nl", packages=(str(package),))))
    (entry,) = about["regions"]
    texts = {one["file"]: one["text"] for one in entry["files"]}
    assert texts == {p.name: p.read_text(encoding="utf-8") for p in region.iterdir()}
    assert entry["region"] == str(region) and entry["municipalities"] == 1
    (one,) = about["packages"]
    assert one["text"] == package.read_text() and one["path"] == str(package)
    assert one["sha256"] == hashlib.sha256(package.read_bytes()).hexdigest()


def _checked(scenario: Scenario) -> Scenario:
    scenario.check()
    return scenario


def test_a_region_that_comes_along_is_in_it_too_and_a_made_one_is_its_name() -> None:
    about = manifest_of(_checked(Scenario("unicum", "historic-nl")))
    files = [one["file"] for one in about["regions"][0]["files"]]
    assert files == ["municipalities.csv", "neighbours.csv", "region.toml"]
    made = manifest_of(_checked(changed()))["regions"][0]
    assert made["region"] == "synthetic:2:1" and made["files"] == [] and made["content"]


def test_what_is_edited_while_it_runs_was_not_run(
    region: Path, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit(scenario: Scenario) -> Tables:
        package.write_text(PACKAGE.format(value=0.4), encoding="utf-8")
        (region / "municipalities.csv").unlink()
        return start_tables(scenario)

    asked = Scenario(str(region), "historic-nl", packages=(str(package),), **SHORT)
    expected = run(asked).series
    monkeypatch.setattr(module, "start_tables", edit)
    found = run(Scenario(str(region), "historic-nl", packages=(str(package),), **SHORT))
    assert found.manifest["packages"][0]["text"] == PACKAGE.format(value=0.3)
    assert found.series["value"].equals(expected["value"])


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="pipes have no path here")
def test_a_package_may_come_from_a_pipe() -> None:
    end, start = os.pipe()
    os.write(start, PACKAGE.format(value=0.3).encode())
    os.close(start)
    try:
        found = run(Scenario("synthetic:1:3", "historic-nl", (f"/dev/fd/{end}",), **SHORT))
    finally:
        os.close(end)
    assert found.manifest["packages"][0]["text"] == PACKAGE.format(value=0.3)
    assert found.manifest["packages"][0]["path"] == f"/dev/fd/{end}"


def test_it_tells_code_versions_machine_and_command() -> None:
    with called(["run", "--seed", "5"]):
        about = manifest_of(_checked(changed()))
    assert about["command"] == ["regiosim", "run", "--seed", "5"]
    assert manifest_of(changed())["command"] == "Python"
    assert {"scipy", "jinja2", "matplotlib", "duckdb", "pyarrow", "seaborn"} <= set(versions())
    assert "pytest" not in versions(), "needed by tests only"
    assert set(about["machine"]) >= {"architecture", "processor", "system", "release"}
    assert code().get("commit") or code().get("wheel") or code()["sources"]


def test_it_names_no_user_and_no_folder_but_those_typed(region: Path) -> None:
    about = manifest_of(_checked(Scenario("unicum", "historic-nl")))
    text = to_json(about)
    assert str(Path.home()) + "/" not in text and os.getcwd() not in text
    assert f'"{getpass.getuser()}"' not in text and f'"{platform.node()}"' not in text


def test_each_assumed_value_has_unit_range_and_meaning() -> None:
    rows = manifest_of(_checked(changed()))["assumed"]
    assert len(rows) > 100 and len({one["name"] for one in rows}) == len(rows)
    for one in rows:
        assert set(one) == {"name", "value", "unit", "range", "source", "text"}, one
        assert one["text"] and one["source"].lower().startswith("assumed"), one
        switch = isinstance(one["value"], bool)
        assert switch or one["range"] is not None, one
        if one["range"] and not isinstance(one["value"], list):
            assert one["range"][0] <= one["value"] <= one["range"][1], one
    kinds = {one["name"].partition(".")[0] for one in rows}
    assert {"title", "policy", "choice"} <= kinds


def test_outcomes_are_defined_in_it() -> None:
    found = manifest_of(_checked(changed()))["definitions"]
    assert tuple(found) == NAMES
    assert found["hhi"]["text"] and found["oi_per_insured"]["unit"] == "EUR per insured"
    assert found["oi_per_insured"]["yearly"] == "sum"


def test_a_sweep_reads_each_file_once(region: Path, package: Path, tmp_path: Path) -> None:
    text = (
        'name = "own"\nquestion = "Is all of it kept?"\n[runs]\nregions = ["REGION"]\n'
        'regimes = ["historic-nl"]\npackages = [["mine.toml"]]\nfrom = "2009Q1"\nto = "2010Q4"\n'
        '[design]\nkind = "points"\nfile = "points.csv"\n'
    ).replace("REGION", str(region))
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    (tmp_path / "points.csv").write_text("choice.trust\n0.5\n1.5\n", encoding="utf-8")
    plan = make_plan(read_experiment(tmp_path / "own.toml"))
    for path in (package, region / "region.toml", tmp_path / "own.toml", tmp_path / "points.csv"):
        path.write_text("changed", encoding="utf-8")
    about = json.loads(to_json(manifest_of_sweep(plan)))
    assert about["experiment_file"]["text"] == text
    assert about["experiment_file"]["points"]["text"] == "choice.trust\n0.5\n1.5\n"
    assert about["packages"][0]["text"] == PACKAGE.format(value=0.3)
    assert about["packages"][0]["path"] == "mine.toml", "as the experiment says"
    assert len(about["regions"][0]["files"]) == 5
    scenario = plan.scenario(0)
    stances = [one.value for one in scenario.policy.policy["stance"]]
    assert 0.3 in stances, "points are made of the same text"
