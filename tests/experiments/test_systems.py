"""The page on the systems of the sources: what it names is there, what it shows was measured."""

from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path

import pytest

import experiments.systems as module
from experiments.mechanisms import contrasts
from experiments.systems import (
    CATALOGUE,
    FIGURES,
    PAGE,
    Figure,
    System,
    catalogue,
    check_system,
    figures,
    page,
    source_of,
)
from sim.errors import BadInput
from sim.parameters import parameter_values
from sim.policy.load import load_regime
from sim.policy.overrides import is_policy_setting

ROOT = Path(__file__).resolve().parents[2]
SYSTEMS = catalogue().systems()
AN_ID = re.compile(r"\b(?:F\d{3}|C\d{2}|X\d{1,2})\b")
FIRM = Figure("hubs", "-2", "-3", "-1", stands=True)
LOOSE = Figure("hubs", "-1", "-3", "+1", stands=False)
MADE = System(
    name="made", dutch="gemaakt", sources="S1", rules=["agents.hub.serve"], data=["hub.cost"],
    rows=["mergers"], simpler="nothing",
)  # fmt: skip


def test_the_page_is_of_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m experiments.systems --write"


def test_there_are_48_systems_each_once_and_in_one_row() -> None:
    assert len(SYSTEMS) == len({system.name for system in SYSTEMS}) == 48
    rows = re.findall(r"^\| (\d+)\. \*\*(.*?)\*\*<br>", PAGE.read_text(encoding="utf-8"), re.M)
    assert rows == [(str(k + 1), system.name) for k, system in enumerate(SYSTEMS)]


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
def test_rules_can_be_imported_and_rows_change_what_is_declared(system: System) -> None:
    for rule in system.rules:
        name, _, attribute = rule.rpartition(".")
        assert callable(getattr(importlib.import_module(name), attribute)), rule
    known = {contrast.name: contrast for contrast in contrasts()}
    for row in system.rows:
        contrast = known[row]
        settings = contrast.changed
        policy = [text for text in settings if is_policy_setting(text)]
        parameter_values([text for text in settings if text not in policy])
        load_regime(contrast.other or contrast.regime, settings=policy)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
def test_some_row_moves_what_stands_or_the_page_says_why_none_does(system: System) -> None:
    text = FIGURES.read_text(encoding="utf-8")
    lines = {line.split(" | ")[0].strip("| "): line for line in text.splitlines()}
    assert any("**" in lines[row] for row in system.rows) != bool(system.nothing)
    assert not system.nothing or system.nothing in PAGE.read_text(encoding="utf-8")


def test_what_is_named_by_id_or_in_dutch_is_explained() -> None:
    text = CATALOGUE.read_text(encoding="utf-8") + PAGE.read_text(encoding="utf-8")
    facts = (ROOT / "docs" / "bibliography.md").read_text(encoding="utf-8")
    assert {one for one in AN_ID.findall(text) if f"| {one} |" not in facts} == set()
    words = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    dutch = [word for system in SYSTEMS for word in system.dutch.split("; ")]
    assert [word for word in dutch if word not in words] == []


def test_what_is_not_in_the_model_has_a_source_and_a_reason() -> None:
    absent = catalogue().absent
    assert {one.now for one in absent} == {"missing", "data only"}
    assert len({(one.source, one.what) for one in absent}) == len(absent) > 40
    for one in absent:
        assert re.match(r"S[0-4]\b", one.source) and len(one.why) > 20, one.what
    # What is told as a key of the program is one.
    for name in re.findall(r"`([a-z]+\.\w+)`", " ".join(one.why for one in absent)):
        assert source_of(name), name


def test_figures_are_read_as_they_stand_in_the_table() -> None:
    cells = ["**-175 (-200, -150)**", *["+0 (+0, +0)"] * 8]
    change = (
        "`a.b=0`; `coverage` 2011-2017: **-0.1 (-0.2, -0.05)**; `trust` 2014-2014: +1e-08 (-1, +1)"
    )
    row = " | ".join(["| a row", "(e)", change, *cells]) + " |"
    found = figures(f"{module.BEGIN}\n{row}\n{module.END}")["a row"]
    assert [str(one) for one in found[:3]] == [
        "`coverage` 2011-2017 -0.1 (-0.2, -0.05)", "`trust` 2014 +1e-08 (-1, +1)",
        "scale -175 (-200, -150)",
    ]  # fmt: skip
    assert [one.stands for one in found] == [True, False, True, *[False] * 8]
    assert found[2].clearness == 7.0


@pytest.mark.parametrize(
    ("changed", "known", "says"),
    [
        ({"rules": ["agents.hub.no_rule"]}, {"mergers": [FIRM]}, "'agents.hub.no_rule' cannot be"),
        ({"rules": ["agents.no_file.serve"]}, {"mergers": [FIRM]}, "cannot be imported"),
        ({"rows": ["mergrs"]}, {"mergers": [FIRM]}, "Did you mean 'mergers'"),
        ({}, {}, "is not measured yet in docs/mechanisms.md"),
        ({}, {"mergers": [LOOSE]}, "none moves anything that stands"),
        ({"nothing": "none"}, {"mergers": [FIRM]}, "a row moves something that stands"),
    ],
)
def test_a_system_that_names_what_is_not_so_is_refused(
    changed: dict[str, object], known: dict[str, list[Figure]], says: str
) -> None:
    check_system(MADE, {"mergers": [FIRM]})
    with pytest.raises(BadInput) as caught:
        check_system(MADE.model_copy(update=changed), known)
    assert says in str(caught.value) and "systems.toml: made" in str(caught.value)


@pytest.mark.parametrize("name", ["hub.cots", "title.gezz", "regime.unicun", "policy.nothing"])
def test_data_that_nothing_is_called_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="is no parameter, title.NAME"):
        source_of(name)


def test_without_the_table_of_figures_there_is_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "FIGURES", tmp_path / "mechanisms.md")
    assert module.main([]) == 2
    assert "mechanisms.md: is not here" in capsys.readouterr().err


def test_a_catalogue_that_cannot_be_read_ends_in_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = CATALOGUE.read_text(encoding="utf-8")
    assert len(tomllib.loads(text)["group"]) == len(catalogue().group)
    broken = tmp_path / "systems.toml"
    broken.write_text(text.replace("simpler =", "simplr =", 1), encoding="utf-8")
    monkeypatch.setattr(module, "CATALOGUE", broken)
    before = PAGE.read_bytes()
    assert module.main(["--write"]) == 2
    shown = capsys.readouterr().err
    assert shown.startswith("regiosim: ") and "simplr" in shown and "Traceback" not in shown
    assert PAGE.read_bytes() == before
