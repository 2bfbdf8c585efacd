"""Golden values of the shipped regimes, by hand, and in what each differs from its base."""

from __future__ import annotations

import pytest
from policies import FILES, TICKS, policy, tick, value

from agents.words import Function, Kind, Origin
from sim.policy import load
from sim.policy.keys import POLICY_SERIES
from sim.policy.load import load_regime
from sim.policy.read import read_toml


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
    # The room: 12 as decided in 2006, grown by 2.5% a year in 2014-2017; decided anew in 2018.
    assert policy(regime, "room", 2013) == 12.0
    assert policy(regime, "room", 2017) == pytest.approx(12.0 * 1.025**4, rel=1e-12)
    assert policy(regime, "room", 2018) == policy(regime, "macro", 2030) == 15.0
    # B: EUR 471M on 3,430.9M in four years is 13.7%, and 1.033**4 = 1.1387.
    assert round((1.0 + 471.0 / 3430.9) ** 0.25 - 1.0, 3) == policy(regime, "growth", 2019) == 0.033
    assert policy(regime, "room", 2022) == pytest.approx(15.0 * 1.033**4, rel=1e-12)
    # Growth room 2, 3, 4, 5% (B).
    grown = 15.0 * 1.033**4 * 1.02 * 1.03 * 1.04 * 1.05
    assert policy(regime, "room", 2026) == pytest.approx(grown, rel=1e-12)
    assert policy(regime, "room", 2030) == policy(regime, "room", 2026)
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
    "zilveren-kruis": {f"{title}.{key}" for title in THREE for key in ("active", "mandate")}
    | {f"{title}.{key}" for title in THREE for key in ("mandate_say", "mandate_short")},
    "eemland": {"policy.base_amount", "policy.projects"},
    "two-part": {"+basis-en-stap", *(f"-{title}" for title in THREE)},
    "integral-tariff": {
        "s1-oi.rate", "keten-dbc.rate", "keten-dbc.in_force", "keten-dbc.active",
        "-praktijkmanagement", *(f"-{title}" for title in THREE),
    },
    "per-insurer": {
        "+gez-elsewhere", "+menzis-regio", "+s3-plus", "+wsv",
        # Without a region every title holds everywhere, and policy is that of all: nothing else
        # differs (of Menzis: test_one_insurer_has_no_norm).
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


def test_one_insurer_has_no_norm() -> None:
    regime = load_regime("per-insurer")
    assert regime.of_insurers() == {"Menzis": {"benchmark": {"2022-01-01": 0.0}}}
    weight = regime.tables(TICKS, ("Achmea", "Menzis"))[1]["benchmark"][tick(2030)]
    assert list(weight) == [1.0, 0.0]


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
    # A region of 400,000, with .19 included and weighted patients for each: 1,600,000 +
    # 9.6 * (300,000 + 76,000) = 5,209,600, which is 13 each.
    regime = load_regime("two-part")
    lump, rate, above, step = (
        float(value(regime, "basis-en-stap", key, 2021))
        for key in ("lump", "rate", "above", "patient_step")
    )
    counted = 400_000 - above + step * 0.19 * 400_000
    assert (lump + rate * counted) / 400_000 == pytest.approx(13.0, abs=0.03)
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
