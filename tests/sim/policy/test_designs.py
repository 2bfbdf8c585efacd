"""The 24 designs pay the same and cover each function once."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import numpy as np
import pytest
from policies import TICKS, equal, tick, value

from agents.words import Function, Kind, PayUnit
from sim.errors import BadInput
from sim.policy.design import conditioned_names, design_names
from sim.policy.load import load_regime, regime_names


def test_there_are_24_designs_each_with_conditions_or_without() -> None:
    names = design_names()
    assert len(set(names)) == 24
    assert len({*names, *conditioned_names()}) == 48
    assert {*names, *conditioned_names()} <= set(regime_names())
    assert "design:component/practice/two-part" in names


@pytest.mark.parametrize("name", [*design_names(), *conditioned_names()])
def test_a_design_pays_the_same_and_covers_each_function_once(name: str) -> None:
    bundling, route, unit, *asked = name.removeprefix("design:").split("/")
    regime = load_regime(name)
    titles, series, names = regime.tables(TICKS)
    base, base_series, base_names = load_regime("historic-nl").tables(TICKS)
    switch, old = tick(2018), len(base_names)
    assert equal(titles[:switch, :old], base[:switch])
    assert equal(series, base_series)
    assert not titles["active"][:switch, old:].any()
    left = {names[i] for i in range(old) if titles["active"][switch:, i].any()}
    assert left == {"s1-oi", "ros", "keten-zorg"}
    new = titles[switch:, old:]
    assert new["active"].all() and new["oi"].all() and new["contract"].all()
    assert (new["in_force"] == 1.0).all()
    # Mean of 100-120M over 16.7M insured is 6.59 (F023, F038).
    assert new["neutral"].sum(axis=1) == pytest.approx(6.6, abs=1e-12)
    earmarked = (new["functions"] * new["neutral"][..., None]).sum(axis=1) / 6.6
    assert earmarked[0] == pytest.approx([0.22, 0.25, 0.13, 0.05, 0.20, 0.10, 0.05])
    if bundling == "component":
        assert new.shape[1] == len(Function) and not new["bundled"].any()
        assert np.array_equal(new["functions"][0], np.eye(len(Function)))
    else:
        assert new.shape[1] == 1 and new["bundled"].all()
    assert (new["unit"] == PayUnit.of(unit)).all()
    shares = {"lump-sum": (1.0, 0.0), "two-part": (0.5, 0.5)}.get(unit, (0.0, 1.0))
    assert (new["lump"] == shares[0]).all() and (new["rate"] == shares[1]).all()
    assert (new["cap"].sum(axis=1) > 0.0).all() == (unit == "effort")
    organisation = route == "organisation"
    assert (new["receiver"] == (Kind.ORGANISATION if organisation else Kind.UNIT)).all()
    # A term of three years for all (F039), no condition; the sources' own where they are asked.
    strict = organisation and asked == ["conditions"]
    assert (new["term"] == (1.0 if asked and not organisation else 3.0)).all()
    assert (new["mandate"] == (0.80 if strict else 0.0)).all()
    assert (new["minimum"] == (100_000 if strict else 0)).all()
    for key in ("contiguous", "regioplan", "legal_person"):
        assert (new[key] == strict).all()


def test_the_switch_moves_the_design() -> None:
    name = "design:bundled/organisation/insured"
    early = load_regime(name, switch="2012Q3")
    assert value(early, "keten-dbc", "active", 2012, 2)
    assert not value(early, "keten-dbc", "active", 2012, 3)
    assert value(early, "design-bundled", "active", 2012, 3)
    assert value(early, "design-bundled", "neutral", 2012, 3) == 6.6
    assert not value(early, "design-bundled", "active", 2012, 2)
    assert not value(early, "wijkmanagement", "active", 2018)
    assert early.content() != load_regime(name).content()
    for bad in ("2018", "2018-02-01", "2005Q1", "soon"):
        with pytest.raises(BadInput, match="--switch"):
            load_regime(name, switch=bad)
