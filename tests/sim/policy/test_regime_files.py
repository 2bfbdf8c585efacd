"""A regime on a base says what it changes, and no more: titles more or less, and other values."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sim.errors import BadInput
from sim.policy import load
from sim.policy.design import design_names
from sim.policy.keys import POLICY_SERIES, TITLE_SERIES
from sim.policy.load import load_regime, regime_names
from sim.policy.overrides import Overrides
from sim.policy.regime import Regime
from sim.policy.schema import TitlePatch
from sim.policy.values import Dated, Series

SHIPPED = {path.stem: path for path in load.REGIMES.glob("*.toml")}
BASE = "historic-nl"
HEAD = 'name = "trial"\ntext = "A trial."\nsource = "F034"\n'
ON_BASE = HEAD + f'base = "{BASE}"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Copy the policy files to a folder that regimes are then read from."""
    for name in ("titles", "regimes"):
        shutil.copytree(load.REGIMES.parent / name, tmp_path / name)
    monkeypatch.setattr(load, "TITLES", tmp_path / "titles")
    monkeypatch.setattr(load, "REGIMES", tmp_path / "regimes")
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    for one in (load.load_title, load._read_file, load._load_file):
        one.cache_clear()


def trial(folder: Path, text: str, name: str = "trial") -> Path:
    path = folder / "regimes" / f"{name}.toml"
    path.write_text(text.replace('"trial"', f'"{name}"', 1), encoding="utf-8")
    return path


# Titles


def test_a_title_added_to_the_base_reaches_every_regime_and_design(folder: Path) -> None:
    title = (folder / "titles" / "ros.toml").read_text(encoding="utf-8")
    (folder / "titles" / "new.toml").write_text(title.replace('"ros"', '"new"', 1))
    base = folder / "regimes" / f"{BASE}.toml"
    text = base.read_text(encoding="utf-8")
    base.write_text(text.replace('    "ros",\n', '    "ros",\n    "new",\n', 1), encoding="utf-8")
    for name in regime_names():
        titles, _, names = load_regime(name).tables(100)
        assert "new" in names, name
        assert titles["rate"][0, names.index("new")] == 1.3
    dropping = '\nadd = ["wsv"]\ndrop = ["new", "gez"]\n'
    trial(folder, ON_BASE + dropping)
    assert not {"new", "gez"} & set(load_regime("trial").names())


def test_only_a_regime_without_a_base_lists_its_titles() -> None:
    lists = {name: load._read_file(name)[0].titles for name in SHIPPED}
    assert {name for name, titles in lists.items() if titles is not None} == {BASE}


def test_what_is_added_takes_the_place_of_what_is_dropped(folder: Path) -> None:
    before = load_regime(BASE).names()
    trial(folder, ON_BASE + 'add = ["wsv", "s3-plus"]\ndrop = ["praktijkmanagement", "gez"]\n')
    names = load_regime("trial").names()
    assert before[2:5] == ("keten-dbc", "gez", "owz")
    assert names[2:6] == ("keten-dbc", "wsv", "s3-plus", "owz")
    assert "praktijkmanagement" not in names and len(names) == len(before)
    trial(folder, ON_BASE + 'add = ["wsv"]\n', "more")
    assert load_regime("more").names() == (*before, "wsv")
    trial(folder, ON_BASE + 'drop = ["owz"]\n', "less")
    assert load_regime("less").names() == tuple(name for name in before if name != "owz")


def test_a_base_may_have_a_base(folder: Path) -> None:
    trial(folder, ON_BASE.replace(BASE, "unicum") + 'add = ["praktijkmanagement"]\n')
    regime, unicum = load_regime("trial"), load_regime("unicum")
    assert regime.names() == (*unicum.names(), "praktijkmanagement")
    assert regime.content()["titles"][:-1] == unicum.content()["titles"]
    assert regime.policy == unicum.policy


VALUE = '\nfrom = 2019-01-01\nvalue = 1.0\nunit = "share"\nsource = "F034"\n'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (ON_BASE + 'drop = ["wsv"]\n', ["drop", "'historic-nl' has no title 'wsv'", "owz"]),
        (ON_BASE + 'add = ["ros"]\n', ["add", "'historic-nl' has title 'ros' already", "wsv"]),
        (ON_BASE + 'add = ["ros"]\ndrop = ["ros"]\n', ["add", "'ros' already"]),
        (ON_BASE + 'add = ["wvs"]\n', ["add", "unknown title 'wvs'", "mean 'wsv'"]),
        (ON_BASE + 'drop = ["praktijkmanagment"]\n', ["drop", "mean 'praktijkmanagement'"]),
        (ON_BASE + 'drop = ["gez", "gez"]\n', ["drop", "'gez' is there twice"]),
        (ON_BASE + 'add = "wsv"\n', ["add", "a list"]),
        (ON_BASE + 'titles = ["ros"]\nadd = ["wsv"]\n', ["titles", "'historic-nl' gives them"]),
        (ON_BASE + 'titles = ["ros"]\n', ["titles", "add = [...] and drop = [...]"]),
        (ON_BASE + 'dorp = ["gez"]\n', ["dorp", "unknown key", "mean 'drop'"]),
        (HEAD + 'titles = ["ros"]\nadd = ["wsv"]\n', ["add", "no base to change"]),
        (HEAD + 'drop = ["ros"]\n', ["drop", "no base to change"]),
        (HEAD, ["titles", "is missing"]),
        (HEAD + 'titles = ["rso"]\n', ["titles", "unknown title 'rso'", "mean 'ros'"]),
        (HEAD + 'titles = ["ros", "ros"]\n', ["titles", "'ros' is there twice"]),
        (HEAD + 'titles = ["ros"]\n', ["policy.macro", "is missing"]),
        (HEAD + 'base = "historic-n"\n', ["base", "unknown regime", "mean 'historic-nl'"]),
        (HEAD + 'base = "design:bundled/practice/act"\n', ["base", "unknown regime"]),
        (HEAD + 'base = "trial"\n', ["base", "circle: trial -> trial"]),
        (HEAD + 'base = "other"\n', ["base", "circle: trial -> other -> trial"]),
        (ON_BASE + 'drop = ["gez"]\n[[title.gez.in_force]]' + VALUE, ["no title 'gez'"]),
        (ON_BASE + "[[title.wsv.in_force]]" + VALUE, ["add = ['wsv'], so can a regime"]),
    ],
)  # fmt: skip
def test_a_bad_regime_is_refused(folder: Path, text: str, parts: list[str]) -> None:
    other = HEAD.replace('"trial"', '"other"') + 'base = "trial"\n'
    (folder / "regimes" / "other.toml").write_text(other, encoding="utf-8")
    path = trial(folder, text)
    with pytest.raises(BadInput) as caught:
        load_regime("trial")
    message = str(caught.value)
    assert str(path) in message or "other.toml" in message
    for part in parts:
        assert part in message, message


def test_the_example_of_the_docs_is_a_regime(folder: Path) -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "data.md"
    blocks = re.findall(r"^```toml\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)
    (text,) = (block for block in blocks if "\nbase = " in block)
    (folder / "regimes" / "two-years.toml").write_text(text, encoding="utf-8")
    assert "two-years" in regime_names()
    regime = load_regime("two-years")
    assert regime.names()[4] == "wsv" and "owz" not in regime.names()
    titles, _, names = regime.tables(100)
    assert titles["term"][-1, names.index("regiomanagement")] == 2.0
    assert repeated(load_regime(BASE), load._read_file("two-years")[1]) == []


# Values


def repeated(base: Regime, own: Overrides) -> list[str]:
    """Return what a regime says though its base says the same, of the same source.

    A number that happens to be that of the base but has a source or a range of its own is a
    statement of its own: it does not change with the base.
    """
    titles = {title.name: title for title in base.titles}
    found = []
    for name, patch in own.titles.items():
        if name in titles:
            found += [f"{name}.{key}" for key in _repeated_keys(titles[name], patch)]
    for key in POLICY_SERIES:
        series: Series = getattr(own.policy, key)
        found += [f"policy.{key}@{one.start}" for one in series if _says(base.policy[key], one)]
    return found


def _repeated_keys(title: TitlePatch, patch: TitlePatch) -> Iterator[str]:
    for key in patch.model_fields_set:
        old, new = getattr(title, key), getattr(patch, key)
        if key in TITLE_SERIES:
            yield from (f"{key}@{one.start}" for one in new if _says(old, one))
        elif old == new:
            yield key


def _says(series: Series, one: Dated) -> bool:
    """Return whether the value in force on that day is this one, from the same source."""
    held = [dated for dated in series if dated.start <= one.start][-1:]
    return any(
        (old.value, old.source, old.range) == (one.value, one.source, one.range) for old in held
    )


@pytest.mark.parametrize("name", sorted(set(SHIPPED) - {BASE}))
def test_a_regime_repeats_nothing_of_its_base(name: str) -> None:
    head, own = load._read_file(name)
    assert head.base is not None
    assert repeated(load_regime(head.base), own) == []


REPEATS: Mapping[str, str] = {
    '[title.gez]\nreceiver = "hub"\n': "gez.receiver",
    "[title.gez]\ncontract = true\n": "gez.contract",
    '[[title.ros.rate]]\nfrom = 2012-01-01\nvalue = 1.3\nunit = "EUR per insured/yr"\n'
    'source = "F034; F038"\nrange = [1.2, 1.5]\n': "ros.rate@2012-01-01",
    '[[policy.benchmark]]\nfrom = 2007-01-01\nvalue = 0\nunit = "share"\n'
    'source = "F040, F041: proposed in 2014, not in force before the contracts of 2018"\n':
    "policy.benchmark@2007-01-01",
}  # fmt: skip


@pytest.mark.parametrize("text", REPEATS)
def test_what_is_repeated_is_seen(folder: Path, text: str) -> None:
    trial(folder, ON_BASE + text)
    assert repeated(load_regime(BASE), load._read_file("trial")[1]) == [REPEATS[text]]
    own_source = re.sub('source = ".*"', 'source = "F077"', text)
    trial(folder, ON_BASE + own_source, "own")
    is_static = text == own_source
    assert bool(repeated(load_regime(BASE), load._read_file("own")[1])) == is_static
    assert load_regime("trial").content()["titles"] == load_regime(BASE).content()["titles"]


def test_designs_keep_titles_of_their_base_that_are_there() -> None:
    design = load.design_file()
    titles = {title.name: title for title in load_regime(design.base).titles}
    assert set(design.keep) <= set(titles)
    # What is no O&I stays whatever the list says.
    assert all(titles[name].oi for name in design.keep)
    assert len(design_names()) == 24
