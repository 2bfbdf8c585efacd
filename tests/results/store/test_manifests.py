"""A manifest that was edited by hand is refused with file and key, by every command."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from made_runs import write_run
from sweep_folder import write_sweep

from experiments.cli.app import BAD_INPUT, main
from results.store.manifests import StoreRefused, read_manifest
from results.store.reading import manifest
from tests.edited import put_manifest

COMMANDS = [
    ["report", "{}"], ["query", "{}", "SELECT count(*) FROM runs"], ["story", "{}"],
    ["status", "{}"], ["compare", "{}", "other"], ["reproduce", "{}"], ["merge", "{}"],
]  # fmt: skip
EDITS: dict[str, Any] = {
    "scenario is a list": ("scenario", []),
    "scenario is gone": ("scenario", None),
    "scenario is empty": ("scenario", {}),
    "kind is another": ("kind", "walk"),
    "kind is a number": ("kind", 3),
    "seeds are a text": ("seeds", "1, 2"),
    "versions are a list": ("versions", ["numpy"]),
    "packages are texts": ("packages", ["p.toml"]),
    "packages lack a text": ("packages", [{"file": "p.toml"}]),
    "regions lack files": ("regions", [{"region": "unicum", "content": "1"}]),
    "runs are negative": ("runs", -1),
    "batches do not fit": ("batches", 10**9),
    "factors are no tables": ("factors", ["choice.money"]),
    "arms are no tables": ("arms", [1]),
    "a key of one's own": ("note", "mine"),
}


def refuse(*given: Any) -> Path:
    """Stand for a repetition, which takes long: what it reads is tested with it."""
    raise StoreRefused("not repeated here")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("folders")
    return {"run": write_run(place / "run"), "sweep": write_sweep(place / "sweep"),
            "other": write_run(place / "other")}  # fmt: skip


@pytest.mark.parametrize("kind", ["run", "sweep"])
@pytest.mark.parametrize("edit", EDITS)
def test_no_command_breaks_over_an_edited_manifest(
    edit: str, kind: str, folders: dict[str, Path], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr("experiments.reproducing.repeating.repeat", refuse)
    monkeypatch.setattr("results.reports.run.write_page", lambda *_: tmp_path / "page")
    monkeypatch.setattr("results.reports.run.illustrate", lambda *_: [])
    monkeypatch.setattr("results.reports.sweep.write_page", lambda *_: tmp_path / "page")
    monkeypatch.setattr("results.reports.sweep.years_of", lambda *_: [])
    shutil.copytree(folders["other"], tmp_path / "other")
    shutil.copytree(folders[kind], tmp_path / "edited")
    monkeypatch.chdir(tmp_path)
    path, (key, value) = Path("edited", "manifest.json"), EDITS[edit]
    about = json.loads(path.read_text())
    about[key] = value
    if value is None:
        del about[key]
    put_manifest(path.parent, about)
    for command in COMMANDS:
        code = main([one.replace("{}", "edited") for one in command])
        said = capsys.readouterr().err
        assert code in (0, BAD_INPUT), command
        lines = [line for line in said.splitlines() if not line.startswith("Repeating")]
        assert len(lines) == (code == BAD_INPUT), (command, said)


def put(place: Path, about: Any) -> Path:
    path = place / "manifest.json"
    path.write_text(about if isinstance(about, str) else json.dumps(about), encoding="utf-8")
    return path


@pytest.mark.parametrize(("about", "said"), [
    ({"scenario": []}, "scenario: [] does not fit. Allowed: names and values between { and }"),
    ({"scenario": {"seed": "1"}}, 'scenario.seed: "1" does not fit. Allowed: a whole number'),
    ({"runs": True}, "runs: true does not fit. Allowed: a whole number"),
    ({"replicates": 0}, "replicates: 0 is out of range"),
    ({"kind": "walk"}, "kind: 'walk' is unknown. Allowed: run, sweep, comparison"),
    ({"packages": [{"file": "a"}]}, "packages[1].text is missing"),
    ({"kind": "comparison", "first": {"seeds": 1}}, "first.seeds: 1 does not fit"),
    ({"runs": 10, "batch": 4, "batches": 2}, "batches: 2 does not fit 10 runs in batches of 4"),
    ("[]", "holds no names and values"),
    ("{", "is not JSON"),
    ('{"a":' * 5000 + "1" + "}" * 5000, "is nested too deeply"),
    ('{"a":' * 60 + "1" + "}" * 60, "is nested too deeply"),
])  # fmt: skip
def test_what_does_not_fit_is_named(about: Any, said: str, tmp_path: Path) -> None:
    path = put(tmp_path, about)
    with pytest.raises(StoreRefused) as refused:
        manifest(tmp_path)
    assert str(path) in str(refused.value) and said in str(refused.value)


def test_a_key_that_is_missing_is_named_where_it_is_asked_for(tmp_path: Path) -> None:
    found = read_manifest(put(tmp_path, {"id": "1", "scenario": {"regoin": "unicum"}}))
    assert found["id"] == "1" and found.get("seeds") is None and "seeds" not in found
    with pytest.raises(StoreRefused, match=r"the key scenario\.region is missing.*'regoin'"):
        found["scenario"]["region"]
    assert json.loads(json.dumps(found)) == copy.deepcopy(dict(found)) == found
