"""Units of amounts: that in which the title pays, however it is spelled, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import BadInput
from sim.policy.keys import POLICY_SERIES, TITLE_SERIES
from sim.policy.load import load_regime, regime_names
from sim.policy.units import RATES, unit_in
from sim.policy.values import SPELLINGS, usual_unit

HEAD = '[package]\nname = "p"\ntext = "t"\nsource = "assumed"\n'


def package(folder: Path, key: str, unit: str, before: str = "") -> Path:
    path = folder / "p.toml"
    path.write_text(
        f"{HEAD}{before}[[title.{key}]]\nfrom = 2011-01-01\nvalue = 12.0\n"
        f'unit = "{unit}"\nsource = "assumed"\nrange = [1.0, 40.0]\n',
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("key", "unit", "own"),
    [
        ("gez.rate", "EUR per hour", "EUR per insured/yr"),
        ("gez.rate", "EUR per act", "EUR per insured/yr"),
        ("gez.rate", "share", "EUR per insured/yr"),
        ("keten-dbc.rate", "EUR per insured/yr", "EUR per burden-weighted patient/yr"),
    ],
)
def test_a_unit_unlike_that_of_the_title_is_refused(
    tmp_path: Path, key: str, unit: str, own: str
) -> None:
    path = package(tmp_path, key, unit)
    with pytest.raises(BadInput) as caught:
        load_regime("historic-nl", packages=[path])
    for part in (str(path), f"title.{key}", repr(unit), repr(own)):
        assert part in str(caught.value)


def test_a_title_that_pays_for_something_else_needs_amounts_in_its_unit(tmp_path: Path) -> None:
    late = package(tmp_path, "gez.rate", "EUR per act", '[title.gez]\nunit = "act"\n')
    late.write_text(late.read_text().replace("from = 2011-01-01", "from = 2019-01-01"))
    with pytest.raises(BadInput, match="'EUR per insured/yr', where a title that pays per act has"):
        load_regime("historic-nl", packages=[late])


def test_a_setting_has_the_unit_of_its_title() -> None:
    regime = load_regime("historic-nl", settings=["title.keten-dbc.rate=90", "title.gez.rate=9"])
    titles = {title.name: title for title in regime.titles}
    assert titles["keten-dbc"].series("rate")[0].unit == "EUR per burden-weighted patient/yr"
    assert titles["gez"].series("rate")[0].unit == "EUR per insured/yr"
    acts = load_regime("historic-nl", settings=["title.gez.rate=9", "title.gez.unit=act"])
    assert next(t for t in acts.titles if t.name == "gez").series("rate")[0].unit == "EUR per act"


def test_spellings_of_one_unit_are_one_content(tmp_path: Path) -> None:
    contents = []
    for unit in ("EUR per insured/yr", "EUR per insured per year", " EUR  per insured a year"):
        regime = load_regime("historic-nl", packages=[package(tmp_path, "gez.rate", unit)])
        contents.append(regime.content())
        assert next(t for t in regime.titles if t.name == "gez").series("rate")[-1].unit == (
            "EUR per insured/yr"
        )
    assert contents[0] == contents[1] == contents[2]


def test_the_table_of_spellings_leads_to_units_that_there_are() -> None:
    known = {u for rule in [*TITLE_SERIES.values(), *POLICY_SERIES.values()] for u in rule.units}
    assert set(SPELLINGS.values()) <= known and not set(SPELLINGS) & known
    assert all(usual_unit(unit) == unit for unit in known)
    assert set(RATES.values()) < set(TITLE_SERIES["rate"].units)


def test_every_shipped_amount_has_the_unit_of_its_title() -> None:
    for name in regime_names():
        for title in load_regime(name).titles:
            for key in ("lump", "rate"):
                unit = unit_in(title, key)  # None: a lump sum uses no rate
                assert all(dated.unit == unit for dated in title.series(key) if unit is not None)
