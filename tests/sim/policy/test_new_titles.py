"""New titles: declared whole in a package, switched on, and checked as shipped ones are."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from pathlib import Path

import pytest
from policies import HEAD, TICKS, package, value

from agents.sizes import TITLES
from sim.errors import BadInput
from sim.ledger import COSTS, POSTINGS
from sim.policy import declared
from sim.policy.load import declared_in, load_regime, load_title, title_names
from sim.policy.schema import TitleFile

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "examples" / "coordination.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
NAME = "regioplan-coordination"


def test_a_declared_title_is_on_from_its_date() -> None:
    regime = load_regime("unicum", packages=[EXAMPLE])
    assert regime.names() == (*load_regime("unicum").names(), NAME)
    assert [float(value(regime, NAME, "lump", year)) for year in (2018, 2019)] == [0.0, 80000.0]
    assert [bool(value(regime, NAME, "active", year)) for year in (2018, 2019)] == [False, True]
    assert regime.content()["titles"][-1]["name"] == NAME
    assert declared_in([EXAMPLE])[NAME] == regime.titles[-1]


@pytest.mark.parametrize("name", title_names())
def test_a_shipped_title_can_be_declared_under_another_name(name: str) -> None:
    # A declaration takes whatever the file of a title takes, and makes the same of it.
    title = load_title(name)
    raw = {
        field.alias or key: getattr(title, key)
        for key, field in TitleFile.model_fields.items()
        if key in title.model_fields_set and key != "name"
    }
    other = declared.declared_title("my-title", raw, "mine.toml")
    assert other == title.model_copy(update={"name": "my-title"})


def test_a_later_package_changes_a_title_of_an_earlier_one(tmp_path: Path) -> None:
    text = (
        f'[[title.{NAME}.lump]]\nfrom = 2021-01-01\nvalue = 1\nunit = "EUR/yr"\nsource = "F034"\n'
    )
    later = package(tmp_path, HEAD + text)
    regime = load_regime("unicum", packages=[EXAMPLE, later])
    assert [float(value(regime, NAME, "lump", year)) for year in (2020, 2021)] == [80000.0, 1.0]
    with pytest.raises(BadInput, match="has no title"):
        load_regime("unicum", packages=[later, EXAMPLE])
    with pytest.raises(BadInput, match="declared already"):
        load_regime("unicum", packages=[EXAMPLE, EXAMPLE])


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        (f'add = ["{NAME}"]', "", ["declared but not switched on", f'add = ["{NAME}"]']),
        ('receiver = "organisation"', 'receiver = "region"', ["receiver", "hub, organisation"]),
        ('receiver = "organisation"', "", ["receiver", "is missing"]),
        ("contract = true", 'payer = "municipality"', ["payer", "Allowed: insurer"]),
        ('source = "assumed"\nfrom', "from", ["source", "is missing"]),
        ('unit = "lump-sum"', 'unit = "insured"', ["lump", "does nothing", "'two-part'"]),
        ("contract = true", "contact = true", ["contact", "mean 'contract'"]),
        ("contract = true", "contract = 1", ["contract", "true or false"]),
        ("agreements = 0.6", "agreements = 0.5", ["functions", "add up to 0.9"]),
        ("range = [40000, 160000]", "", ["lump[1]", "has no range"]),
        ("value = 80000", "value = 8000", ["outside its own range"]),
        ('unit = "EUR/yr"', 'unit = "EUR"', ["lump", "'EUR'"]),
        ("from = 2019-01-01   ", "until = 2018-01-01\nfrom = 2019-01-01   ", ["before its start"]),
        ("contract = true", 'name = "other"', ["name", "'other' is not"]),
        ("[[title.regioplan-coordination.lump]]", "[[title.regioplan-coordination.cap]]", ["unit"]),
    ],
)
def test_a_bad_declaration_is_refused(tmp_path: Path, old: str, new: str, parts: list[str]) -> None:
    assert old in TEXT
    path = package(tmp_path, TEXT.replace(old, new, 1))
    with pytest.raises(BadInput) as caught:
        load_regime("unicum", packages=[path])
    message = str(caught.value)
    assert message.startswith(str(path))
    for part in parts:
        assert part in message, message


@pytest.mark.parametrize("name", ["Regioplan", "a_b", "a--b", "1a", "premium", "x" * 41, '"a b"'])
def test_a_name_that_tables_cannot_have_is_refused(tmp_path: Path, name: str) -> None:
    plain = name.strip('"')
    text = TEXT.replace(f'add = ["{NAME}"]', f'add = ["{plain}"]').replace(NAME, name)
    with pytest.raises(BadInput, match="cannot be the name of a title"):
        load_regime("unicum", packages=[package(tmp_path, text)])


def test_no_posting_of_the_ledger_is_a_name_of_a_title() -> None:
    words = {*POSTINGS.values(), *COSTS.values()} - set(declared.TAKEN)
    assert not [word for word in words if declared._NAME.fullmatch(word)]
    assert set(declared.TAKEN) <= set(POSTINGS.values())


def test_a_rate_in_the_unit_of_another_way_of_paying_is_refused(tmp_path: Path) -> None:
    rate = TEXT.replace("lump]]", "rate]]").replace('"EUR/yr"', '"EUR per act"')
    for unit, allowed in (("insured", "'EUR per insured/yr'"), ("lump-sum", "lump, for a lump")):
        text = rate.replace('unit = "lump-sum"', f'unit = "{unit}"')
        with pytest.raises(BadInput, match="does not go with unit") as caught:
            load_regime("unicum", packages=[package(tmp_path, text)])
        assert allowed in str(caught.value)
    nothing = TEXT.replace("value = 80000", "value = 0").replace("[40000,", "[0,")
    with pytest.raises(BadInput, match="pays nothing"):
        load_regime("unicum", packages=[package(tmp_path, nothing)])


def test_a_shipped_title_cannot_be_declared_anew(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="'ros' comes with the program"):
        load_regime("unicum", packages=[package(tmp_path, TEXT.replace(NAME, "ros"))])


def test_no_more_titles_than_tables_have_columns(tmp_path: Path) -> None:
    block = TEXT[TEXT.index(f"[title.{NAME}]") :]
    room = TITLES - len(load_regime("unicum").names())
    for many in (room, room + 1):
        names = [f"more-{k}" for k in range(many)]
        head = HEAD + f"add = {names}\n".replace("'", '"')
        path = package(tmp_path, head + "".join(block.replace(NAME, name) for name in names))
        if many == room:
            assert load_regime("unicum", packages=[path]).tables(TICKS)[0].shape[1] == TITLES
        else:
            with pytest.raises(BadInput, match=f"makes {TITLES + 1} titles.*at most {TITLES}"):
                load_regime("unicum", packages=[path])
