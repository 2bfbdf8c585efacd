"""External parties that act on patients of their own: dealings, care, disciplines, youth care."""

from __future__ import annotations

import numpy as np
import pytest
from support import NONE, Quarters, both, events_of, params, row, start_of

from agents.events import Cause
from agents.hub import Help, Hub, organise_discipline
from agents.municipality import Municipality, want_adviser
from agents.partner import kind_acts
from agents.words import Discipline, Domain, Group
from sim.common.patients import cared_for, load_of, part_of_burden, people_sent
from sim.common.substitution import support_shifted
from sim.phases.contracts.dealings import deal_alone
from sim.phases.public.partners import best_counterpart, look_at_areas, share_youth
from sim.tables import Tables

KINDS = ("hospital", "vvt", "ggz", "home_care", "youth")
ALIKE = {f"partner.acts_{kind}": False for kind in KINDS}


def met(values: dict[str, bool] | None = None) -> tuple[Tables, int]:
    """One municipality where a practice of 3,000 has 360 GGZ patients and 90 who are frail."""
    run = Quarters(start_of(1, values=values or {}))
    tables = run.step(1)
    i = int(np.flatnonzero(tables.practices["alive"])[0])
    practice = tables.practices[i]
    practice["patients"], practice["organisation"] = 3000, 0
    practice["groups"][:] = 0.0
    practice["groups"][Group.GGZ], practice["groups"][Group.FRAIL] = 360.0, 90.0
    practice["weights"][:] = 0.0
    practice["weights"][Group.GGZ], practice["weights"][Group.FRAIL] = 0.2, 0.1
    practice["burden"] = 1000.0
    tables.municipalities["share_65"][:] = 0.2
    tables.municipalities["adviser"][:] = False
    tables.partners["agreement"][:] = NONE
    return tables, i


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_switch(kind: str) -> None:
    code = Domain.of(kind.replace("_", "-"))
    assert both(kind_acts, code, params())
    assert not both(kind_acts, code, params(**{f"partner_acts_{kind}": False}))
    assert not both(kind_acts, Domain.HAP, params())


def test_dealings_go_with_patients_by_hand() -> None:
    tables, i = met()
    tables.municipalities["youth_duty"][:] = False
    # 360 of 300, 90 of 45, and 3000 * .8 * .24 * .1 = 57.6 of 65.
    assert load_of(tables, i, Domain.HOSPITAL) == 1.0
    assert load_of(tables, i, Domain.GGZ) == pytest.approx(1.2, rel=1e-12)
    assert load_of(tables, i, Domain.VVT) == load_of(tables, i, Domain.HOME_CARE) == 2.0
    assert load_of(tables, i, Domain.YOUTH) == pytest.approx(57.6 / 65, rel=1e-12)
    # The municipality beside them: 1.5 h each.
    hours = 1.5 * (1.0 + 1.2 + 2.0 + 2.0 + 57.6 / 65 + 1.0)
    assert deal_alone(tables, i) == pytest.approx(hours, rel=1e-12)
    # Once it pays for youth care, as many hours again over the young.
    tables.municipalities["youth_duty"][:] = True
    assert deal_alone(tables, i) == pytest.approx(hours + 1.5 * 57.6 / 65, rel=1e-12)
    # A table with the institution takes over half of its own.
    q = int(tables.municipalities["partners"][0, Domain.GGZ])
    tables.partners["agreement"][q], tables.partners["scope"][q] = 0, 0.5
    seen = hours + 1.5 * 57.6 / 65 - 1.5 * 0.6
    assert deal_alone(tables, i) == pytest.approx(seen, rel=1e-12)


def test_where_all_are_alike_dealings_are_too() -> None:
    tables, i = met(ALIKE)
    tables.municipalities["youth_duty"][:] = True
    assert deal_alone(tables, i) == pytest.approx(9.0, rel=1e-12)
    assert cared_for(tables, i) == 0.0


def test_tables_care_for_the_patients_of_their_party() -> None:
    tables, i = met()
    other = float(tables.groups["burden"][Group.OTHER])
    assert part_of_burden(tables, i, Domain.GGZ) == 0.2
    assert part_of_burden(tables, i, Domain.VVT) == 0.05
    assert part_of_burden(tables, i, Domain.HOSPITAL) == 0.0
    young = 57.6 * other / 1000.0
    assert part_of_burden(tables, i, Domain.YOUTH) == pytest.approx(young, rel=1e-12)
    assert cared_for(tables, i) == 0.0
    places = tables.municipalities["partners"][0]
    for domain, scope in ((Domain.GGZ, 0.5), (Domain.HOME_CARE, 0.8), (Domain.YOUTH, 0.25)):
        tables.partners["agreement"][places[domain]] = 0
        tables.partners["scope"][places[domain]] = scope
    expected = 0.3 * (0.5 * 0.2 + 0.8 * 0.05 + 0.25 * young)
    assert cared_for(tables, i) == pytest.approx(expected, rel=1e-12)
    # A hospital at the table cares for none of them; who has no organisation has no table.
    tables.partners["agreement"][places[Domain.HOSPITAL]] = 0
    tables.partners["scope"][places[Domain.HOSPITAL]] = 1.0
    assert cared_for(tables, i) == pytest.approx(expected, rel=1e-12)
    tables.practices["organisation"][i] = NONE
    assert cared_for(tables, i) == 0.0


def test_parties_send_people_to_hubs_where_their_table_leads() -> None:
    tables, _ = met()
    place = tables.municipalities[0]
    for domain, scope in ((Domain.GGZ, 0.6), (Domain.VVT, 0.4), (Domain.HOME_CARE, 0.2)):
        q = place["partners"][domain]
        tables.partners["agreement"][q], tables.partners["scope"][q] = 0, scope
    place["lead"] = 0
    assert people_sent(tables, 0, Discipline.GGZ) == 0.6
    nurses = people_sent(tables, 0, Discipline.DISTRICT_NURSING)
    assert nurses == pytest.approx(0.5 * (0.4 + 0.2), rel=1e-12)
    assert people_sent(tables, 0, Discipline.PHARMACY) == 0.0
    place["lead"] = 1
    assert people_sent(tables, 0, Discipline.GGZ) == 0.0


def test_a_discipline_organises_with_people_that_are_sent() -> None:
    # A quarter of .15 * .6 of the .4 that lacks, less a quarter of .15 of the way back.
    sent = Help(region=0.0, forced=0.0, sent=0.6)
    after = both(organise_discipline, row(Hub), 0.6, 0.4, sent, params())
    assert after == pytest.approx(0.6 + 0.25 * (0.15 * 0.6 * 0.4 - 0.15 * 0.2), rel=1e-12)


def test_a_hospital_adds_to_substitution_only_where_it_acts() -> None:
    # 1000 * .8 (root of .64) * (1 + .3 * .5)
    assert both(support_shifted, 1000.0, 0.64, 0.5, params()) == pytest.approx(920.0)
    off = params(partner_acts_hospital=False)
    assert both(support_shifted, 1000.0, 0.64, 0.5, off) == pytest.approx(800.0)


def test_a_table_is_worth_the_hours_that_its_patients_take() -> None:
    tables, i = met()
    q = int(tables.municipalities["partners"][0, Domain.VVT])
    tables.practices["organisation"][:] = NONE
    tables.practices["organisation"][i] = 0
    tables.organisations["lead"][0] = NONE
    look_at_areas(tables)
    assert best_counterpart(tables, q) == 0
    assert tables.scratch.here_loads[0] == 2.0


def test_municipalities_share_youth_care_from_2015() -> None:
    tables, _ = met()
    q = int(tables.municipalities["partners"][0, Domain.YOUTH])
    tables.partners["agreement"][q], tables.partners["scope"][q] = 0, 0.5
    tables.counter["event_lines"][0] = 0
    share_youth(tables, 35)
    assert not tables.municipalities["youth_duty"][0]
    for _ in range(2):
        share_youth(tables, 36)
    assert tables.municipalities["youth_duty"][0]
    assert tables.municipalities["youth_table"][0] == 0.5
    # It takes its seat once.
    assert tables.counter["event_lines"][0] == 1
    tables.partners["agreement"][q] = NONE
    share_youth(tables, 37)
    assert tables.municipalities["youth_table"][0] == 0.0


def test_a_table_on_youth_care_draws_a_municipality() -> None:
    place = row(Municipality, trust=0.1, youth_table=0.8)
    # -1 + 2 * .1 + .5 * .8
    chance, cause = both(want_adviser, place, 0.0, params())
    assert chance == pytest.approx(1 / (1 + np.exp(0.4)), rel=1e-12)
    assert cause == Cause.YOUTH


def test_seats_on_youth_care_show_in_events_and_go_with_the_switch() -> None:
    assert events_of(start_of(10))["youth-shared"] > 0
    assert events_of(start_of(10, values={"partner.acts_youth": False}))["youth-shared"] == 0
