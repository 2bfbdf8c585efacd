"""Which folders a sweep refuses: of another sweep, of a run, and with another at work in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from experiments import Scenario, run, sweep
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.store.folder import SweepFolder, at_work
from results.store.folder import FolderRefused
from results.store.keeping import note_checksums
from results.store.reading import manifest
from tests.sweeping import inline


def test_another_experiment_or_a_run_is_refused(
    plan: Plan, path: Path, calm: Path, tmp_path: Path
) -> None:
    text = path.read_text(encoding="utf-8")
    (tmp_path / "same.toml").write_text(text.replace("get lost", "go missing"), encoding="utf-8")
    assert make_plan(read_experiment(tmp_path / "same.toml")).id == plan.id
    (tmp_path / "other.toml").write_text(text.replace("1.5]", "1.25]"), encoding="utf-8")
    with pytest.raises(FolderRefused, match="another experiment"):
        sweep(tmp_path / "other.toml", calm, executor=inline)
    run(Scenario("synthetic:1:3", "historic-nl", end="2007Q4", start="2006Q1"), out=tmp_path / "r")
    with pytest.raises(FolderRefused, match="holds a run"):
        sweep(plan, tmp_path / "r", executor=inline)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderRefused, match="holds no sweep"):
        sweep(plan, tmp_path / "full", executor=inline)
    with pytest.raises(FolderRefused, match="is a file"):
        sweep(plan, path, executor=inline)
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["notes.txt"]


def test_other_rules_or_another_version_are_refused(plan: Plan, calm: Path, tmp_path: Path) -> None:
    import json

    out = tmp_path / "sweep"
    shutil.copytree(calm, out)
    about = manifest(out)
    for key, value, said in (
        ("rules", "0123", "another set of rules"),
        ("versions", {"regiosim": "0.0.1"}, "another version of regiosim"),
    ):
        changed = {**about, "id": "0000", key: value}
        (out / "manifest.json").write_text(json.dumps(changed), encoding="utf-8")
        note_checksums(out, ["manifest.json"])  # as that version would have written it
        with pytest.raises(FolderRefused, match=said):
            sweep(plan, out, executor=inline)


def test_two_at_once_in_one_folder_are_refused(plan: Plan, tmp_path: Path) -> None:
    out = tmp_path / "sweep"
    sweep(plan, out, shard="1/2", executor=inline)
    with at_work(out, 2, 2):
        for shard in ("2/2", ""):  # who does the whole would finish it under the other's hands
            with pytest.raises(FolderRefused, match="another process"):
                sweep(plan, out, shard=shard, executor=inline)
        assert not sweep(plan, out, shard="1/2", executor=inline).finished
    with at_work(out), pytest.raises(FolderRefused, match="another process"):
        sweep(plan, out, shard="2/2", executor=inline)
    assert not sweep(plan, out, shard="2/2", executor=inline).finished


def stopped() -> dict[str, Any]:
    raise KeyboardInterrupt


@pytest.mark.parametrize("there", [False, True])
def test_stopped_while_it_is_probed_a_sweep_leaves_what_was_there(
    plan: Plan, tmp_path: Path, there: bool
) -> None:
    out = tmp_path / "above" / "sweep"
    if there:
        out.mkdir(parents=True)
    with pytest.raises(KeyboardInterrupt), at_work(out):
        SweepFolder(out, plan).open(stopped)
    assert out.is_dir() is there and out.parent.is_dir() is there
    assert [str(path) for path in out.parent.rglob("*")] == [str(out)] * there
