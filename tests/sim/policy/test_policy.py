"""Policy: every number is dated and sourced, values are right by hand, names are found."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from policies import TICKS, equal, policy, same, tick, value

from agents.compiled.record import dtype_of
from agents.title import Policy, Title
from agents.words import Function, Kind, Origin
from sim.errors import BadInput
from sim.policy import load
from sim.policy.dates import parse_date, start_of, tick_of
from sim.policy.keys import POLICY_SERIES
from sim.policy.load import describe, load_regime, load_title, regime_names, title_names
from sim.policy.read import read_toml
from sim.policy.schema import TitleFile
from sim.policy.values import is_assumed

FOLDER = Path(load.__file__).parent
DATA = sorted(FOLDER.rglob("*.toml"))
FILES = sorted(path.stem for path in load.REGIMES.glob("*.toml"))
ID = re.compile(r"\b(F0\d\d|C\d\d|S[0-4]\b|X\d+|A1[a-f]|B\b)")


def numbers(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every table of a file that holds a number, with its path."""
    if isinstance(node, list):
        for part in node:
            yield from numbers(part, path)
    elif isinstance(node, dict):
        if any(type(v) in (int, float) for v in node.values()):
            yield path, node
        for key, part in node.items():
            yield from numbers(part, f"{path}.{key}")


# Data


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_every_number_has_unit_and_source(path: Path) -> None:
    found = list(numbers(read_toml(path)))
    assert found or "regimes" in path.parts
    for where, table in found:
        assert table.get("unit"), where
        source = table.get("source", "")
        assert source == "by definition" or is_assumed(source) or ID.search(source), where
        if is_assumed(source):
            low, high = table["range"]
            assert low < high, where
        if "functions" not in where:
            assert "from" in table, where


def test_every_source_of_a_number_is_in_the_bibliography() -> None:
    page = (FOLDER.parents[1] / "docs" / "bibliography.md").read_text(encoding="utf-8")
    root = FOLDER.parents[1]
    code = [path for part in ("agents", "sim", "experiments") for path in (root / part).rglob("*")]
    pages = [path for path in (root / "docs").glob("*.md") if path.name != "bibliography.md"]
    read = [path for path in [*DATA, *code, *pages] if path.suffix in {".py", ".toml", ".md"}]
    cited = {
        found
        for path in read
        for found in re.findall(r"\b(?:F0\d\d|C\d\d|X\d+)\b", path.read_text(encoding="utf-8"))
    }
    assert len(cited) > 90 and {one for one in cited if f"\n| {one} |" not in page} == set()


@pytest.mark.parametrize("name", title_names())
def test_a_title_has_a_source_and_units_that_fit(name: str) -> None:
    title = load_title(name)
    assert ID.search(title.source)
    assert title.payer == "insurer"
    unit = {
        "insured": "EUR per insured/yr",
        "two-part": "EUR per insured/yr",
        "patient": "EUR per burden-weighted patient/yr",
    }[title.unit]
    assert all(dated.unit == unit for dated in title.rate)
    assert all(dated.unit == "EUR/yr" for dated in title.lump)
    assert bool(title.lump) == (title.unit == "two-part")
    assert title.rate or title.negotiated or title.margin


def test_the_keys_of_a_title_are_the_fields_of_the_record() -> None:
    fields = {field.name for field in Title.fields} - {"active"}
    assert fields == set(TitleFile.model_fields) - {
        "name", "text", "source", "payer", "start", "until",
    }  # fmt: skip
    assert {field.name for field in Policy.fields} == set(POLICY_SERIES)


@pytest.mark.parametrize("name", regime_names())
def test_every_regime_loads(name: str) -> None:
    regime = load_regime(name)
    titles, series, names = regime.tables(TICKS)
    assert titles.dtype == dtype_of(Title) and series.dtype == dtype_of(Policy)
    assert titles.shape == (TICKS, len(names)) and series.shape == (TICKS,)
    assert len(set(names)) == len(names)
    assert np.all(np.abs(titles["functions"].sum(axis=2) - 1.0) < 1e-9)
    for field in Title.fields:
        assert np.all(np.isfinite(titles[field.name]))
    assert np.all(series["gp_care"] > 0.0) and np.all(series["macro"] > 0.0)
    assert regime.name == name and regime.text and regime.source
    assert json.loads(json.dumps(regime.content())) == regime.content()
    assert regime.assumed()


@pytest.mark.parametrize(
    ("name", "year"),
    [("historic-nl", 2018), ("unicum", 2019), ("zilveren-kruis", 2019), ("eemland", 2018),
     ("menzis", 2018), ("zorg-en-zekerheid", 2018)],
)  # fmt: skip
def test_the_bargained_fee_is_paid_once(name: str, year: int) -> None:
    titles, _, _ = load_regime(name).tables(TICKS)
    total = (titles["negotiated"] * titles["active"]).sum(axis=1)
    assert np.all(total[: tick(year)] == 0.0)
    assert total[tick(year) :] == pytest.approx(1.0)


@pytest.mark.parametrize("name", [*FILES, "design:bundled/practice/act"])
def test_chain_income_of_members_does_not_change_while_oi_titles_move(name: str) -> None:
    # Chain care goes on whatever O&I title pays for its organisation: keten-zorg stays 3.0.
    titles, _, _ = load_regime(name).tables(TICKS)
    income = (titles["margin"] * titles["in_force"] * titles["active"]).sum(axis=1)
    assert income[tick(2010) :] == pytest.approx(3.0, abs=0.002)


# Golden values, by hand


def test_run_down_of_health_centre_money() -> None:
    # F052: in full to 2018, then a third less each year; in force while something is paid.
    regime = load_regime("historic-nl")
    assert [float(value(regime, "gez", "in_force", y)) for y in range(2018, 2023)] == [
        1.0, 0.667, 0.333, 0.0, 0.0,
    ]  # fmt: skip
    assert value(regime, "gez", "in_force", 2018, 4) == 1.0
    assert value(regime, "gez", "active", 2020, 4) and not value(regime, "gez", "active", 2021)
    assert value(regime, "gez", "receiver", 2010) == Kind.HUB
    assert value(regime, "gez", "origin", 2010) == Origin.HEALTH_CENTRE
    assert value(regime, "ros", "origin", 2010) == -1


def test_chain_care_at_start_and_in_full() -> None:
    regime = load_regime("historic-nl")
    assert not value(regime, "keten-dbc", "active", 2006, 4)
    assert value(regime, "keten-dbc", "in_force", 2007) == 0.5
    assert value(regime, "keten-dbc", "in_force", 2009, 4) == 0.5
    assert value(regime, "keten-dbc", "in_force", 2010) == 1.0
    assert list(value(regime, "keten-dbc", "groups", 2010)) == [1, 1, 1, 0, 0, 0]
    # Included and burden-weighted patients per insured, with the defaults of agents.care:
    # .055*.65*1 + .12*.22*.6 + .024*.40*1 = .03575 + .01584 + .0096 = .06119; times 61 = 3.73.
    rate = float(value(regime, "keten-dbc", "rate", 2010))
    assert rate * (0.055 * 0.65 + 0.12 * 0.22 * 0.6 + 0.024 * 0.40) == pytest.approx(2.75, abs=0.01)


def test_conditions_of_the_titles_of_2018() -> None:
    # F050: from 1 January 2018. F053: 80% of practices, one area, 100,000 insured. F039: 3 years.
    regime = load_regime("historic-nl")
    for name in ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg"):
        assert not value(regime, name, "active", 2017, 4)
        assert value(regime, name, "active", 2018)
        assert value(regime, name, "mandate", 2018) == 0.80
        assert value(regime, name, "minimum", 2018) == 100_000
        assert value(regime, name, "term", 2018) == 3.0
        assert value(regime, name, "contract", 2018) and value(regime, name, "regioplan", 2018)
        assert value(regime, name, "contiguous", 2018)
        assert value(regime, name, "receiver", 2018) == Kind.ORGANISATION


def test_policy_by_hand() -> None:
    regime = load_regime("historic-nl")
    # Growth room 2, 3, 4, 5% (B): 17 * 1.02 * 1.03 * 1.04 * 1.05 = 19.503, rounded to a cent.
    assert policy(regime, "macro", 2022) == 17.0
    assert policy(regime, "macro", 2026) == round(17.0 * 1.02 * 1.03 * 1.04 * 1.05, 2) == 19.50
    assert policy(regime, "macro", 2030) == 19.50
    # Derived from B: 3,251.5M / 16.528M = 197; 4,729.5M / 17.46M = 271. F037: 2.5bn / 16.7M = 150.
    assert policy(regime, "gp_care", 2017) == round(3251.5 / 16.528)
    assert policy(regime, "gp_care", 2018) == round(3430.9 / 16.479)
    assert policy(regime, "gp_care", 2019) == round(3659.9 / 16.552)
    assert policy(regime, "gp_care", 2020) == round(3940.6 / 16.644)
    assert policy(regime, "gp_care", 2021) == round(4041.0 / 16.700)
    assert policy(regime, "gp_care", 2024) == round(4729.5 / 17.46)
    assert policy(regime, "gp_care", 2012) == round(2500 / 16.7)
    assert [policy(regime, "stance", y) for y in (2017, 2018, 2022)] == [0.0, 0.05, 0.1]
    # F034: ROS 20-25M over 16.7M insured is 1.20-1.50.
    assert 20 / 16.7 <= float(value(regime, "ros", "rate", 2014)) <= 25 / 16.7


def test_unicum_has_three_components_from_2019() -> None:
    regime = load_regime("unicum")
    titles, _, names = regime.tables(TICKS)
    assert "praktijkmanagement" not in names
    components = ~titles["bundled"][tick(2019)] & (titles["negotiated"][tick(2019)] > 0.0)
    assert components.sum() == 3
    assert not value(regime, "wijkmanagement", "active", 2018, 4)
    assert value(regime, "wijkmanagement", "active", 2019)
    assert value(regime, "wijkmanagement", "mandate", 2022) == 0.80
    # From 2019 for three years: to the end of 2021 (F056).
    assert value(regime, "wijkmanagement", "term", 2019) == 3.0


THREE = ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
SAYS = {
    "unicum": {
        "-praktijkmanagement",
        *(f"{title}.active" for title in THREE),
        "ondersteuning-ketenzorg.bundled",
    },
    "gez-stays": {
        "gez.in_force", "gez.active", "owz.in_force", "owz.active", "wijkmanagement.negotiated",
    },
    "zilveren-kruis": {f"{title}.{key}" for title in THREE for key in ("active", "mandate")},
    "eemland": {"policy.base_amount", "policy.projects"},
    "two-part": {"+basis-en-stap", *(f"-{title}" for title in THREE)},
    "integral-tariff": {
        "s1-oi.rate", "keten-dbc.rate", "keten-dbc.in_force", "keten-dbc.active",
        "-praktijkmanagement", *(f"-{title}" for title in THREE),
    },
    "menzis": {"+menzis-regio", "policy.benchmark", *(f"-{title}" for title in THREE)},
    "zorg-en-zekerheid": {"+wsv", "-owz"},
    "plus-practices": {"+s3-plus"},
    "innovation-sites": {"+innovatie"},
}  # fmt: skip
"""All in which each regime differs from historic-nl: keys, and titles more or less."""


@pytest.mark.parametrize("name", sorted(SAYS))
def test_a_regime_differs_from_its_base_in_what_it_says_and_no_more(name: str) -> None:
    base, base_policy, old = load_regime("historic-nl").tables(TICKS)
    titles, series, names = load_regime(name).tables(TICKS)
    found = {f"+{n}" for n in names if n not in old} | {f"-{n}" for n in old if n not in names}
    for title in set(names) & set(old):
        one, other = titles[:, names.index(title)], base[:, old.index(title)]
        found |= {
            f"{title}.{key}"
            for key in one.dtype.names
            # What a title says before it starts counts for nothing.
            if (one[key] != other[key])[one["active"] | (key == "active")].any()
        }
    found |= {f"policy.{key}" for key in POLICY_SERIES if (series[key] != base_policy[key]).any()}
    assert found == SAYS[name]


def test_every_regime_says_how_it_differs() -> None:
    assert set(SAYS) == set(FILES) - {"historic-nl"}
    assert {read_toml(load.REGIMES / f"{name}.toml")["base"] for name in SAYS} == {"historic-nl"}


def test_money_that_stays_and_who_pays_for_it() -> None:
    regime = load_regime("gez-stays")
    assert [float(value(regime, "gez", "in_force", y)) for y in (2018, 2019, 2030)] == [1.0] * 3
    # Thirds of .15, as long as the run-down took: .40 - .05, - .10, - .15.
    parts = [float(value(regime, "wijkmanagement", "negotiated", y)) for y in range(2018, 2022)]
    assert parts == [0.40, 0.35, 0.30, 0.25]


def test_all_gps_and_the_years_of_the_transition() -> None:
    # F052, X10: contracts and run-down in 2019-2021, with the mandate of all.
    regime = load_regime("zilveren-kruis")
    for title in THREE:
        assert not value(regime, title, "active", 2018, 4) and value(regime, title, "active", 2019)
        assert value(regime, title, "mandate", 2019) == 1.0
        given = next(t for t in regime.titles if t.name == title).mandate
        assert given[-1].alternatives == (0.80, 0.85)
    # Slower is not allowed: no value of a range lies above what the transition gives.
    shares = next(t for t in regime.titles if t.name == "gez").in_force
    assert [dated.range for dated in shares[-3:]] == [(0.0, 0.667), (0.0, 0.333), None]
    assert value(regime, "gez", "in_force", 2021) == 0.0


def test_a_base_amount_and_a_step() -> None:
    # A region of 400,000: 1,600,000 + 12 * 300,000 = 5,200,000, which is 13 each.
    regime = load_regime("two-part")
    lump, rate, above = (
        float(value(regime, "basis-en-stap", key, 2021)) for key in ("lump", "rate", "above")
    )
    assert (lump + rate * (400_000 - above)) / 400_000 == 13.0
    assert value(regime, "basis-en-stap", "minimum", 2021) == above
    assert value(regime, "basis-en-stap", "functions", 2021)[Function.HOUSING] == 0.0


def test_oi_inside_the_tariffs_for_care() -> None:
    # 2022: .06119 * 1.02 ** 16 = .0840 included and weighted patients an insured; at 54 that is
    # 4.54. With 9.45 for registration 13.99: 13 of contracts, .5 praktijkmanagement, .5 s1-oi.
    regime = load_regime("integral-tariff")
    patients = 0.06119 * 1.02**16
    chain = float(value(regime, "keten-dbc", "rate", 2022)) * patients
    assert chain + float(value(regime, "s1-oi", "rate", 2022)) == pytest.approx(14.0, abs=0.02)
    assert not regime.tables(TICKS)[0]["mandate"].any()


def test_money_of_two_insurers() -> None:
    menzis = load_regime("menzis")
    assert value(menzis, "menzis-regio", "checks", 2018)
    assert value(menzis, "menzis-regio", "open_costs", 2018)
    assert value(menzis, "menzis-regio", "term", 2018) == 1.0
    assert not menzis.tables(TICKS)[0]["mandate"].any()
    wsv = load_regime("zorg-en-zekerheid")
    assert value(wsv, "wsv", "receiver", 2010) == Kind.HUB
    assert value(wsv, "wsv", "origin", 2010) == Origin.WSV
    assert value(wsv, "wsv", "active", 2021, 4) and not value(wsv, "wsv", "active", 2022)


# Names, listings and hashes


@pytest.mark.parametrize(
    ("name", "near"),
    [("historic-n", "historic-nl"), ("unicom", "unicum"),
     ("design:bundled/organisation/lumpsum", "design:bundled/organisation/lump-sum")],
)  # fmt: skip
def test_a_misspelt_regime_names_its_nearest(name: str, near: str) -> None:
    with pytest.raises(BadInput, match=re.escape(f"Did you mean {near!r}?")):
        load_regime(name)


def test_a_misspelt_title_names_its_nearest() -> None:
    with pytest.raises(BadInput, match="Did you mean 'keten-dbc'"):
        describe("ketendbc")
    with pytest.raises(BadInput, match="Did you mean 'wijkmanagement'"):
        load_title("wijkmanagment")


@pytest.mark.parametrize("name", [*title_names(), *regime_names()])
def test_every_listed_row_has_a_source(name: str) -> None:
    rows = describe(name)
    assert rows
    for row in rows:
        assert row.source and row.start and row.key
        assert row.unit or not isinstance(row.value, float)


def test_content_holds_what_changes_tables_and_no_words() -> None:
    regime = load_regime("historic-nl")
    text = json.dumps(regime.content())
    assert regime.text not in text and "assumed" not in text
    for setting in ("title.ros.rate@2029Q4=2", "title.ros.contract=true", "policy.stance=0.2"):
        changed = load_regime("historic-nl", settings=[setting])
        assert changed.content() != regime.content() and not same(changed, regime)
    unchanged = load_regime("historic-nl", settings=["title.ros.rate=1.3"])
    assert unchanged.content() == regime.content()


def test_a_shorter_table_is_the_start_of_a_longer_one() -> None:
    regime = load_regime("unicum")
    short, long = regime.tables(7), regime.tables(TICKS)
    assert equal(short[0], long[0][:7])
    with pytest.raises(ValueError, match="at least one quarter"):
        regime.tables(0)


def test_quarters_and_dates() -> None:
    assert tick_of(start_of(0)) == 0 and str(start_of(0)) == "2006-01-01"
    assert str(start_of(53)) == "2019-04-01" and tick_of(parse_date("2019Q2", "x")) == 53
