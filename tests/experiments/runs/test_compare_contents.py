"""Runs are paired by what regions, packages and rules hold, and every difference is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from support import small
from sweep_folder import Factor, Made, write_sweep

from experiments import BadInput, Scenario, compare, run
from experiments.cli.app import DONE, main
from results.reports.about import unlike
from results.statistics.contents import named_alike, with_states
from results.statistics.ensemble import ensemble
from results.statistics.pairs import keys_of, match
from results.store.reading import manifest
from results.store.stored import read
from sim.place.write import write_region
from tests.scenarios import kept

PACKAGE = """\
[package]
name = "mine"
text = "a test"
source = "assumed"

[[policy.stance]]
from = 2006-07-01
value = {value}
unit = "share"
source = "assumed"
range = [0.0, 0.5]
"""


def ran(place: Path, name: str, region: Path, package: Path | None = None) -> Path:
    packages = () if package is None else (str(package),)
    asked = Scenario(str(region), "historic-nl", packages, start="2006Q1", end="2006Q4",
                     engine="python")  # fmt: skip
    return kept(run(asked), place / name)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with runs: as it is, under other names, region and package edited."""
    place = tmp_path_factory.mktemp("contents")
    region, package = place / "one" / "mine", place / "one" / "p.toml"
    write_region(small(1), region)
    package.write_text(PACKAGE.format(value=0.3), encoding="utf-8")
    ran(place, "plain", region)
    ran(place, "packed", region, package)
    shutil.copytree(region, place / "two" / "other")
    (place / "two" / "q.toml").write_text(package.read_text(), encoding="utf-8")
    ran(place, "renamed", place / "two" / "other", place / "two" / "q.toml")
    package.write_text(PACKAGE.format(value=0.4), encoding="utf-8")
    ran(place, "repacked", region, package)
    text = (region / "region.toml").read_text(encoding="utf-8")
    (region / "region.toml").write_text(text.replace("default = 0.5", "default = 0.4"))
    assert "default = 0.4" in (region / "region.toml").read_text()
    ran(place, "edited", region)
    return place


def differences(place: Path, one: str, two: str) -> dict[str, tuple[str, str]]:
    rows = unlike(manifest(place / one), manifest(place / two))
    return {name: (a, b) for name, a, b in rows}


def test_equal_contents_under_other_names_are_paired_without_a_difference(place: Path) -> None:
    assert differences(place, "packed", "renamed") == {}
    table = compare(place / "packed", place / "renamed")
    assert set(table["n"]) <= {0, 1} and (table["difference"].dropna() == 0.0).all()


def test_a_region_that_was_edited_is_another_region(place: Path) -> None:
    with pytest.raises(BadInput) as refused:
        compare(place / "plain", place / "edited")
    said = str(refused.value)
    assert "regions do not hold the same" in said and "region.toml" in said
    assert "default = 0.5 | default = 0.4" in said


def test_packages_of_one_name_are_told_apart(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = differences(place, "packed", "repacked")
    first, second = found["package"]
    assert first.startswith("p.toml (") and second.startswith("p.toml (") and first != second
    assert found["package: first line unlike"] == ("line 8: value = 0.3", "value = 0.4")
    assert "0.4 from 2006-07-01" in found["policy.stance"][1]
    assert main(["compare", str(place / "packed"), str(place / "repacked")]) == DONE
    assert "Differs: package: p.toml (" in capsys.readouterr().out
    found = differences(place, "plain", "packed")
    assert found["package"][0] == "–" and found["policy.stance"][1]


def test_rules_of_a_users_own_are_a_difference(place: Path) -> None:
    plain = manifest(place / "plain")
    own = {"file": "mine.py", "sha256": "ab" * 32, "text": "def a():\n    return 1\n",
           "replaced": ["agents.practice.give_mandate"]}  # fmt: skip
    other = {**own, "text": own["text"].replace("1", "2"), "sha256": "cd" * 32}
    rows = dict((n, (a, b)) for n, a, b in unlike(plain, {**plain, "rules_file": own}))
    assert rows == {"file of rules": ("–", "mine.py (abababab) for agents.practice.give_mandate")}
    rows = dict((n, (a, b)) for n, a, b in unlike({**plain, "rules_file": own},
                                                 {**plain, "rules_file": other}))  # fmt: skip
    assert rows["file of rules: first line unlike"] == ("line 2: return 1", "return 2")


@pytest.mark.parametrize(("key", "name"), [
    ("versions", "version of numba"), ("machine", "machine: processor"), ("code", "code: commit"),
    ("parameters", "choice.money"), ("definitions", "definitions.hhi.unit"),
])  # fmt: skip
def test_every_part_of_a_manifest_is_compared(place: Path, key: str, name: str) -> None:
    plain = json.loads((place / "plain" / "manifest.json").read_text())
    other = json.loads(json.dumps(plain))
    inner: Any = other[key]
    path = name.removeprefix("version of ").removeprefix(f"{key}: ").removeprefix(f"{key}.")
    *above, last = [path] if key == "parameters" else path.split(".")
    for part in above:
        inner = inner[part]
    inner[last] = "other"
    assert [row[0] for row in unlike(plain, other)] == [name]
    assert unlike(plain, plain) == []


def test_a_comparison_keeps_both_manifests(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.runs.compare._report", lambda *given: None)
    compare(place / "plain", place / "packed", out=tmp_path / "both")
    about = read(tmp_path / "both").manifest
    assert about["first"] == manifest(place / "plain")
    assert about["second"] == manifest(place / "packed")
    assert [row[0] for row in about["differs"]][0] == "package"


def test_sweeps_are_paired_by_content_too(tmp_path: Path) -> None:
    made = Made(factors=[Factor("choice.money", (0.1, 0.2))], arms=[("a", "old", "p.toml")],
                outcomes=("trust",), replicates=3)  # fmt: skip
    folders = [write_sweep(tmp_path / name, made) for name in ("one", "two")]
    arms = [{"region": "a", "regime": "old", "package": "p.toml", "region_content": "1" * 16,
             "package_content": "2" * 16}]  # fmt: skip
    for folder, content in zip(folders, ("1" * 16, "3" * 16), strict=True):
        about = json.loads((folder / "manifest.json").read_text())
        about["arms"] = [{**arms[0], "region_content": content}]
        (folder / "manifest.json").write_text(json.dumps(about))
    with pytest.raises(BadInput, match=r"no region occurs in both.*a \(11111111\).*a \(33333333\)"):
        compare(*folders)


@pytest.mark.parametrize("swapped", [False, True])
def test_regions_that_differ_in_their_states_only_are_two(tmp_path: Path, swapped: bool) -> None:
    made = Made(factors=[Factor("choice.money", (0.1, 0.2))], outcomes=("trust",), replicates=3,
                arms=[("a", "old", ""), ("b", "old", "")])  # fmt: skip
    folders = [write_sweep(tmp_path / name, made) for name in ("one", "two")]
    for folder, states in zip(folders, ("xy", "yx" if swapped else "xy"), strict=True):
        about = json.loads((folder / "manifest.json").read_text())
        about["arms"] = [{"region": name, "regime": "old", "package": "", "region_content": "1",
                          "package_content": ""} for name in "ab"]  # fmt: skip
        about["starting"] = {"a": {"content": states[0]}, "b": {"content": states[1]}}
        (folder / "manifest.json").write_text(json.dumps(about))
    pairs = match(*keys_of(*(ensemble(folder) for folder in folders), {}))
    assert len(pairs.a) == len(pairs.b) == 2 * 2 * 3 and pairs.unpaired == (0, 0)
    regions = [ensemble(folder).runs["region"].astype(str).to_numpy() for folder in folders]
    assert ((regions[0][pairs.a] == regions[1][pairs.b]) != swapped).all()


def test_states_count_only_where_regions_of_one_side_are_alike() -> None:
    abouts = [{"arms": [1], "starting": {"a": {"content": "x"}, "b": {"content": "y"}}},
              {"starting": {"content": "x"}}]  # fmt: skip
    assert with_states({"a": "1"}, {"c": "1"}, abouts) == ({"a": "1"}, {"c": "1"})
    one, two = with_states({"a": "1", "b": "1"}, {"c": "1"}, abouts)
    assert one["a"] == two["c"] != one["b"]


def test_names_are_alike_where_contents_are() -> None:
    assert named_alike({"a": "1"}, {"b": "1"}) == ({"a": "a"}, {"b": "a"})
    assert named_alike({"a": "1"}, {"a": "2"}) == ({"a": "a (1)"}, {"a": "a (2)"})
    first, second = named_alike({"a": "1", "b": "2"}, {"b": "1", "c": "2"})
    assert (first["a"], first["b"]) == (second["b"], second["c"])
