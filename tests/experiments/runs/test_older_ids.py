"""Folders whose ids are of the older kind, from the text of the rules: read, and told apart."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from experiments import Scenario, run, sweep
from experiments.cli.app import DONE, main
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.store.folder import SweepFolder
from experiments.sweeps.store.layout import BATCHES
from experiments.sweeps.store.merging import merge
from experiments.sweeps.store.status import status
from results.reports.about import unlike
from results.store.checksums import CHECKSUMS
from results.store.folder import FolderRefused
from results.store.ids import IDENTITY
from results.store.reading import StoreRefused, manifest, tables
from tests.sweeping import experiment

OLDER = {"kind": "text", "version": 1}


def doctored(folder: Path, **changed: Any) -> Path:
    """Give a folder the manifest that it would have had, ids of the older kind, no checksums."""
    about = {
        **json.loads((folder / "manifest.json").read_text()),
        "id": "0" * 16,
        "rules": "1" * 16,
    }
    del about["identity"]
    (folder / "manifest.json").write_text(json.dumps({**about, **changed}), encoding="utf-8")
    (folder / CHECKSUMS).unlink()
    return folder


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("now") / "run"
    short = Scenario("synthetic:1:3", "historic-nl", start="2006Q1", end="2006Q4", engine="python")
    run(short, out=folder)
    assert manifest(folder)["identity"] == IDENTITY
    return folder


@pytest.fixture
def older(now: Path, tmp_path: Path) -> Path:
    return doctored(Path(shutil.copytree(now, tmp_path / "older")))


@pytest.fixture
def begun(tmp_path: Path) -> SweepFolder:
    """A sweep that has its folder and no batch yet."""
    folder = SweepFolder(tmp_path / "sweep", make_plan(read_experiment(experiment(tmp_path))))
    folder.open(lambda: {"inert": [], "probed": ""})
    assert manifest(folder.target)["identity"] == IDENTITY
    folder.check()
    return folder


def test_an_older_run_still_opens(older: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(older)]) == DONE
    page = (older / "report.html").read_text(encoding="utf-8")
    assert "identity.kind" in page and "text" in page
    assert main(["query", str(older), "SELECT count(*) AS n FROM series"]) == DONE
    assert main(["story", str(older)]) == DONE
    assert capsys.readouterr().err == ""


def test_compare_says_that_ids_of_two_kinds_cannot_be_compared(
    now: Path, older: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", str(now), str(older), "--out", str(tmp_path / "c")]) == DONE
    shown = capsys.readouterr().out
    assert "ids of two kinds cannot be compared" in shown
    assert "kind syntax, version 2" in shown and "kind text, version 1" in shown
    assert "cannot be compared" in (tmp_path / "c" / "report.html").read_text(encoding="utf-8")


def test_rules_are_compared_by_ids_of_one_kind(now: Path, older: Path) -> None:
    about, old = manifest(now), manifest(older)
    assert unlike(about, about) == [] == unlike(old, old)
    assert unlike(about, {**about, "rules": "x"}) == [("rules of the model", about["rules"], "x")]
    assert unlike(old, {**old, "rules": "x"}) == [("rules of the model", old["rules"], "x")]


def test_an_unfinished_sweep_of_the_older_kind_is_refused(begun: SweepFolder) -> None:
    folder = doctored(begun.target)
    before = sorted(path.name for path in folder.rglob("*"))
    with pytest.raises(FolderRefused) as refused:
        sweep(begun.plan, folder)
    said = str(refused.value)
    assert str(folder / "manifest.json") in said
    assert "ids of another kind (text, version 1; this program makes syntax, version 2)" in said
    assert "Name a new folder" in said and "set of rules" not in said
    assert sorted(path.name for path in folder.rglob("*")) == before
    with pytest.raises(StoreRefused, match=r"another kind \(text, version 1\)"):
        tables(folder)
    assert status(folder)["identity"] == OLDER and not status(folder)["finished"]
    assert main(["status", str(folder)]) == DONE


def test_other_rules_of_the_same_kind_are_other_rules(begun: SweepFolder) -> None:
    doctored(begun.target, identity=IDENTITY)
    with pytest.raises(FolderRefused, match="another set of rules"):
        begun.check()


def test_shards_of_two_kinds_are_not_merged(begun: SweepFolder, tmp_path: Path) -> None:
    assert (begun.target / BATCHES).is_dir()
    other = doctored(Path(shutil.copytree(begun.target, tmp_path / "other")))
    with pytest.raises(StoreRefused, match=r"ids of another kind \(text, version 1\)"):
        merge([begun.target, other], tmp_path / "merged")
