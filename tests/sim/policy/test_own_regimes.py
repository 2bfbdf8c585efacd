"""A regime of one's own: a file anywhere, by what it says and never by its name or place."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from policies import same

from sim.errors import BadInput
from sim.policy import load
from sim.policy.load import describe, is_regime_file, load_regime

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "examples" / "three_years.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")


def written(folder: Path, old: str = "", new: str = "") -> str:
    assert old in TEXT
    path = folder / "mine.toml"
    path.write_text(TEXT.replace(old, new, 1) if old else TEXT, encoding="utf-8")
    return str(path)


def test_a_copy_of_a_shipped_regime_under_another_name_is_that_regime(tmp_path: Path) -> None:
    copy = shutil.copy(load.REGIMES / "gez-stays.toml", tmp_path / "copy.toml")
    one, other = load_regime("gez-stays"), load_regime(str(copy))
    assert same(one, other) and one.content() == other.content()
    assert one.file is None and other.file is not None and other.file[0] == "copy.toml"


def test_it_says_what_it_changes_and_keeps_its_text(tmp_path: Path) -> None:
    regime, base = load_regime(written(tmp_path)), load_regime("historic-nl")
    assert regime.name == "three-years" and regime.file == ("mine.toml", TEXT)
    assert set(regime.names()) - set(base.names()) == {"wsv", "regioplan-coordination"}
    assert set(base.names()) - set(regime.names()) == {"owz"}
    assert regime.content() == load_regime(str(EXAMPLE)).content()
    assert "title.regioplan-coordination.lump@2019-01-01" in regime.assumed()
    rows = describe(str(EXAMPLE))
    assert ("regioplan-coordination", "lump", 80000.0) in {(r.title, r.key, r.value) for r in rows}


def test_a_file_is_told_from_a_name() -> None:
    paths = ("mine.toml", "./mine", "folder/mine.toml", "C:\\mine")
    assert all(is_regime_file(one) for one in paths)
    assert not any(is_regime_file(one) for one in ("unicum", "design:bundled/practice/act", "mine"))


def test_what_is_set_comes_on_top_of_a_file(tmp_path: Path) -> None:
    setting = "title.regioplan-coordination.lump@2022Q1=90000"
    regime = load_regime(written(tmp_path), settings=[setting])
    (title,) = (one for one in regime.titles if one.name == "regioplan-coordination")
    assert [dated.value for dated in title.series("lump")] == [80000.0, 90000.0]


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('name = "three-years"', 'name = "unicum"', ["name", "says something else"]),
        ('name = "three-years"', 'name = "design:mine"', ["name", "cannot be the name"]),
        ('name = "three-years"', 'name = "a b"', ["name", "cannot be the name"]),
        ('base = "historic-nl"', 'base = "historic"', ["base", "mean 'historic-nl'"]),
        ('base = "historic-nl"\n', "", ["add", "no base to change"]),
        ('base = "historic-nl"', 'bsae = "historic-nl"', ["bsae", "mean 'base'"]),
        ('drop = ["owz"]', 'drop = ["owx"]', ["drop", "mean 'owz'"]),
        (', "regioplan-coordination"]', "]", ["declared but not switched on"]),
        ('"wsv", "regioplan', '"wsw", "regioplan', ["add", "mean 'wsv'"]),
        ("value = 0.70", 'value = "0.70"', ["mandate[1].value", "a number"]),
        ("from = 2021-01-01", "from = 2021-02-01", ["start of a quarter"]),
        ("name =", "name = =", ["not valid TOML", "line 2"]),
    ],
)
def test_a_bad_file_is_one_message(tmp_path: Path, old: str, new: str, parts: list[str]) -> None:
    path = written(tmp_path, old, new)
    with pytest.raises(BadInput) as caught:
        load_regime(path)
    message = str(caught.value)
    assert message.startswith(path) and "\n" not in message
    for part in parts:
        assert part in message, message


def test_a_file_that_is_not_there_and_a_name_that_is_none() -> None:
    with pytest.raises(BadInput, match=r"mine\.toml: (cannot be read|this file is missing)"):
        load_regime("mine.toml")
    with pytest.raises(BadInput, match="or the path of a TOML file"):
        load_regime("mine")
