"""Known answers on a region: concentration, supply without fixed cost, accounts (model.md, 7)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support import Quarters, column, series_of, start_of

from agents.words import Kind

# Indices


def test_concentration_lies_between_its_bounds(history: np.ndarray[Any, Any]) -> None:
    hhi = column(history, "hhi")
    practices = column(history, "practices")
    organisations = column(history, "organisations")
    # J parties (organisations, and practices without one) at most: 1/J <= HHI <= 1.
    assert (hhi <= 1.0 + 1e-12).all()
    assert (hhi >= 1.0 / (practices + organisations) - 1e-12).all()
    effective = column(history, "effective_organisations")
    assert effective * hhi == pytest.approx(np.ones(len(hhi)), rel=1e-12)
    # Renyi numbers fall with their order: 1/HHI (order 2) <= exp Shannon (order 1).
    assert (effective <= column(history, "effective_shannon") * (1 + 1e-12)).all()
    assert organisations.max() > 0


def test_without_any_organisation_concentration_is_that_of_lists() -> None:
    quarters = Quarters(start_of(1, values={"choice.refuse": True}))
    tables = quarters.step(8)
    lists = tables.practices["patients"][tables.practices["alive"]].astype(float)
    expected = float(((lists / lists.sum()) ** 2).sum())
    series = series_of(start_of(1, values={"choice.refuse": True}), last=7)
    assert column(series, "hhi")[-1] == pytest.approx(expected, rel=1e-12)


# Toy setting: no fixed cost


def test_without_fixed_cost_nobody_needs_anybody() -> None:
    # F = 0 (scale_economies 0), money via units: a unit supplies itself as well as anyone could,
    # without distance or lack of trust, so (no noise, no taste, equal costs) all supply themselves.
    values = {
        "supply.economies": 0.0, "choice.noise": 0.0, "choice.taste": 0.0, "supply.spread": 0.0,
        "decide.unit": False,
    }  # fmt: skip
    start = start_of(2, "design:component/practice/insured", values, switch="2010Q1")
    quarters = Quarters(start)
    tables = quarters.step(60)
    alive = tables.practices[tables.practices["alive"]]
    own = int(tables.offsets[Kind.UNIT]) + alive["unit"]
    assert (alive["supplier"] == own[:, None]).all()
    # With fixed cost they do not: the test can fail.
    values["supply.economies"] = 2.0
    tables = Quarters(
        start_of(2, "design:component/practice/insured", values, switch="2010Q1")
    ).step(60)
    alive = tables.practices[tables.practices["alive"]]
    assert (alive["supplier"] != (int(tables.offsets[Kind.UNIT]) + alive["unit"])[:, None]).any()


# Accounts


def test_parties_are_numbered_by_their_accounts(start: Any) -> None:
    # outside first, then insurers, municipalities, ROS, practices, units, hubs, organisations,
    # external parties.
    sizes = [len(start.insurers), len(start.municipalities), len(start.ros), len(start.practices),
             len(start.units), len(start.hubs), len(start.organisations),
             len(start.partners)]  # fmt: skip
    assert start.offsets.tolist() == [0, 1, *(1 + np.cumsum(sizes)).tolist()]
    assert start.offsets[Kind.INSURER] == 1 and len(start.accounts) == start.offsets[-1]
