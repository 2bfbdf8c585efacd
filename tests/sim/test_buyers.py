"""Units as buyers: suppliers kept for the term of a contract, and councils of users."""

from __future__ import annotations

import numpy as np
import pytest
from support import NONE, Quarters, both, events_of, living, params, row, start_of

from agents.events import Event
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.organisation.supplier import want_council
from agents.words import CostKind, Kind
from sim.phases.contracts.users import attend_councils
from sim.phases.suppliers.councils import review_councils

COMPONENT = "design:component/practice/insured"
BUNDLED = "design:bundled/practice/insured"
LONG = ("title.design-bundled.term=3",)
CHOSEN = Event.SUPPLIER_CHOSEN


def changes(term: bool, settings: tuple[str, ...]) -> dict[int, int]:
    """Units that chose another supplier, per year after the switch of 2018."""
    run = Quarters(start_of(10, BUNDLED, {"unit.term": term}, settings=settings), seed=1)
    run.step(48)
    out = {}
    for year in range(2018, 2028):
        run.step()
        first = int(run.tables.offsets[Kind.UNIT])
        events = run.events()
        who = events["party"][events["what"] == CHOSEN]
        out[year] = len({int(p) for p in who if first <= p < first + len(run.tables.units)})
        run.step(3)
    return out


def test_units_choose_again_when_their_contract_ends() -> None:
    kept = changes(True, LONG)
    # All choose in 2018; then only who lost its supplier before 2021, 2024 and 2027.
    assert kept[2018] > 20
    quiet = [kept[year] for year in (2019, 2020, 2022, 2023, 2025, 2026)]
    assert sum(quiet) < kept[2021] + kept[2024] + kept[2027]
    yearly = changes(False, LONG)
    assert sum(yearly[year] for year in (2019, 2020, 2022)) > sum(quiet[:3])


def test_a_term_of_one_year_is_a_choice_every_year() -> None:
    yearly = ("title.design-bundled.term=1",)
    assert changes(True, yearly) == changes(False, yearly)


def test_the_chance_of_a_council_by_hand() -> None:
    # A quarter of its income comes from buyers: .5 * .25; never more than all of it.
    body = row(RegioOrganisatie, sold=250.0, yearly=1000.0)
    assert both(want_council, body, params()) == pytest.approx(0.125, rel=1e-12)
    assert both(want_council, row(RegioOrganisatie, sold=9e9, yearly=1.0), params()) == 0.5
    assert both(want_council, row(RegioOrganisatie), params()) == 0.0


def test_councils_come_with_buyers_and_take_hours_of_both() -> None:
    run = Quarters(start_of(10, COMPONENT), seed=1)
    tables = run.step(64)
    bodies = living(tables.organisations)
    assert bodies["council"].any() and bodies["buyers"].sum() > 0
    assert np.all(bodies["sold"] <= bodies["yearly"] * (1 + 1e-9))
    u, c = next(
        (u, c) for u in range(int(tables.counter["units"][0])) for c in range(42)
        if tables.units["alive"][u] and tables.units["chosen"][u, c] != NONE
        and tables.units["chosen"][u, c] >= tables.offsets[Kind.ORGANISATION]
        and tables.practices["organisation"][tables.units["chair"][u]]
        != tables.units["chosen"][u, c] - tables.offsets[Kind.ORGANISATION]
    )  # fmt: skip
    o = int(tables.units["chosen"][u, c] - tables.offsets[Kind.ORGANISATION])
    tables.organisations["council"][:] = False
    tables.organisations["council"][o] = True
    before = tables.units[u]["hours"], tables.organisations[o]["hours"]
    cost = float(tables.units["transaction"][u, CostKind.MONITOR])
    attend_councils(tables, u, 63)
    # 6 h a year each: 1.5 h a quarter, 3 h at EUR 110 for both.
    assert tables.units["hours"][u] - before[0] == pytest.approx(1.5, rel=1e-9)
    assert tables.organisations["hours"][o] - before[1] == pytest.approx(1.5, rel=1e-9)
    assert tables.units["transaction"][u, CostKind.MONITOR] - cost == pytest.approx(330.0, rel=1e-9)
    # Nobody buys any more: the council ends.
    tables.units["chosen"][:] = NONE
    review_councils(tables, 64)
    assert tables.organisations["buyers"].sum() == 0 and not tables.organisations["council"].any()


def test_there_are_no_councils_where_there_are_no_buyers_or_no_will() -> None:
    assert events_of(start_of(4), 1)["council-formed"] == 0
    assert events_of(start_of(4, COMPONENT, {"unit.council": 0.0}), 1)["council-formed"] == 0
    assert events_of(start_of(4, COMPONENT), 1)["council-formed"] > 0
