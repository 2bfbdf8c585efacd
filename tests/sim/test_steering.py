"""Regional tables: seats, insurers, the chair, an agenda that follows trust, and what it does."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from support import NONE, Quarters, both, events_of, params, row, series_of, start_of

from agents.events import Event
from agents.municipality import Municipality
from agents.steering import Steering, trouble_at, want_seat, widen_agenda
from agents.words import Condition, Domain, Progress
from sim.common.agenda import agenda_of, agenda_with, mandate_at
from sim.measure.outcomes import NAMES
from sim.phases.hubs.hubs import _read_conditions
from sim.phases.public.municipal import ros_assigns
from sim.phases.public.steering import hours_of_chair, meet_at_tables, review_tables
from sim.place.load import load_region
from sim.place.partners import cut
from sim.tables import Tables

AGENDA = NAMES.index("regional_agenda")


def test_a_seat_by_hand() -> None:
    place = row(Municipality, trust=0.7)
    # -2 + 4 * .7 + .6
    seen = both(want_seat, place, 0.6, params())
    assert seen == pytest.approx(1 / (1 + math.exp(-1.4)), rel=1e-12)


def test_a_chair_calms_a_crowd() -> None:
    table = row(Steering, seats=5, organisations=2, partners=4)
    # .04 by itself, and .01 * half for each of 12 others.
    assert both(trouble_at, table, 2, params()) == pytest.approx(0.04 + 0.06, rel=1e-12)
    alone = params(table_chair=0.0)
    assert both(trouble_at, table, 2, alone) == pytest.approx(0.04 + 0.12, rel=1e-12)


def test_an_agenda_follows_trust_as_far_as_the_process_has_come() -> None:
    table = row(Steering, trust=0.8, progress=2, agenda=0.2)
    # Half a year's gap in a year, towards .8 * 2/4.
    assert both(widen_agenda, table, params()) == pytest.approx(0.2 + 0.125 * 0.2, rel=1e-12)
    table.progress = 0
    assert both(widen_agenda, table, params()) == pytest.approx(0.175, rel=1e-12)


def test_the_map_is_cut_into_groups_of_some_municipalities() -> None:
    region = load_region("synthetic:40:1")
    groups = cut(region, [1.0] * 40, 6.0, 0.0)
    sizes = np.bincount(groups)
    assert 3 <= sizes.min() and sizes.max() <= 9 and sizes.sum() == 40
    tables = start_of(10)
    assert tables.steerings["municipalities"].tolist() == [6, 4]
    for s, table in enumerate(tables.steerings):
        here = tables.municipalities["steering"] == s
        assert here.sum() == table["municipalities"]
        assert tables.municipalities["id"][here].min() == table["id"]
        assert tables.municipalities["id"][int(table["municipality"])] == table["id"]
    assert not tables.steerings["formed"].any()


@pytest.fixture
def six() -> Iterator[Tables]:
    """Six municipalities, all led by one organisation and willing, some years on."""
    tables = Quarters(start_of(6, values={"table.on": False})).step(40)
    tables.params["table_on"], tables.params["table_base"] = True, 1e9
    tables.params["table_convene"] = 1.0
    tables.municipalities["lead"][:] = 0
    tables.organisations["alive"][0] = True
    tables.partners["agreement"][:] = NONE
    tables.counter["event_lines"][0] = 0
    yield tables


def told(tables: Tables) -> list[int]:
    """What happened this quarter, as codes."""
    return [int(w) for w in tables.events[: int(tables.counter["event_lines"][0])]["what"]]


def test_who_sits_at_a_table(six: Tables) -> None:
    partners = six.municipalities["partners"][0]
    six.partners["agreement"][partners[Domain.GGZ]] = 0
    shares = six.municipalities["shares"]
    shares[:] = 0.0
    shares[:, :3] = [0.6, 0.25, 0.15]
    six.municipalities["preferred"][:] = 0
    review_tables(six, 43)
    table = six.steerings[0]
    assert table["formed"] and table["seats"] == 6
    assert table["insurers"].tolist() == [0, 1]
    assert (table["organisations"], table["partners"]) == (1, 1)
    assert told(six) == [Event.TABLE_CONVENED]
    # A second insurer of less than its least has no seat.
    six.params["table_insurer_least"] = 0.26
    review_tables(six, 43)
    assert table["insurers"].tolist() == [0, NONE]


def test_a_table_ends_where_too_few_sit(six: Tables) -> None:
    review_tables(six, 43)
    six.steerings["agenda"], six.steerings["progress"] = 0.5, 3
    six.params["table_base"] = -1e9
    review_tables(six, 43)
    table = six.steerings[0]
    assert not table["formed"] and table["agenda"] == 0.0 and table["progress"] == Progress.NONE
    assert told(six)[-1] == Event.TABLE_ENDED
    assert told(six).count(Event.SEAT_LEFT) == 6


@pytest.mark.parametrize(
    ("key", "value"),
    [("table_least", 7), ("table_chair_hours", 1e9), ("table_from", 2018), ("decide_ros", False)],
)
def test_no_table_without_seats_hours_its_time_or_a_chair(
    six: Tables, key: str, value: float
) -> None:
    six.params[key] = value
    review_tables(six, 43)
    # All six are enough where seven would be asked.
    assert bool(six.steerings["formed"][0]) == (key == "table_least")


def test_tables_begin_in_their_year(six: Tables) -> None:
    six.params["table_from"] = 2017
    review_tables(six, 43)
    assert six.steerings["formed"][0]


def test_the_chair_takes_hours_from_guidance(six: Tables) -> None:
    six.hubs["stage"][:], six.hubs["active"][:] = 1, 1.0
    six.ros["yearly"][0] = 10 * 120.0 * float(six.params["supply_wage"][0])
    assert ros_assigns(six, 0, 43) == 10
    six.steerings["formed"][0] = True
    assert hours_of_chair(six, 0) == 120.0
    assert ros_assigns(six, 0, 43) == 9


def test_a_table_meets_with_both_insurers(six: Tables) -> None:
    review_tables(six, 43)
    six.steerings["insurers"][0] = [0, 1]
    before = float(six.organisations["hours"][0])
    theirs = six.insurers["hours"].copy()
    meet_at_tables(six, 44)
    # A quarter of 24 hours with each of two.
    assert six.organisations["hours"][0] - before == pytest.approx(12.0, rel=1e-12)
    assert (six.insurers["hours"] - theirs)[:3].tolist() == pytest.approx([6.0, 6.0, 0.0])


def test_what_is_on_the_agenda_needs_no_checking_back(six: Tables) -> None:
    six.steerings["formed"][0], six.steerings["agenda"][0] = True, 0.4
    six.steerings["insurers"][0] = [0, 1]
    six.municipalities["seated"][:] = [True, True, False, True, True, True]
    six.municipalities["preferred"][:3] = [0, 2, 0]
    six.insurers["manager"][:3] = 0.5
    assert agenda_of(six, 0) == 0.4 and agenda_of(six, 2) == 0.0
    assert agenda_with(six, 0, 1) == 0.4 and agenda_with(six, 0, 2) == 0.0
    assert mandate_at(six, 0) == pytest.approx(0.5 + 0.5 * 0.4, rel=1e-12)
    # Its own insurer is not at the table; it is not there itself.
    assert mandate_at(six, 1) == mandate_at(six, 2) == 0.5


def test_an_agenda_is_a_shared_ambition_of_hubs(six: Tables) -> None:
    h = int(six.municipalities["first_hub"][0])
    six.hubs["plan"][h] = six.hubs["progress"][h] = 0
    _read_conditions(six, h)
    assert six.hubs["conditions"][h, Condition.AMBITION] == 0.0
    six.municipalities["seated"][0] = True
    six.steerings["formed"][0], six.steerings["agenda"][0] = True, 0.4
    _read_conditions(six, h)
    assert six.hubs["conditions"][h, Condition.AMBITION] == 0.4


def test_tables_come_about_and_switched_off_they_do_not() -> None:
    on, off = start_of(10), start_of(10, values={"table.on": False})
    seen = [events_of(on, seed) for seed in (1, 2)]
    for name in ("table-convened", "table-ended", "seat-taken", "seat-left", "agenda-widened"):
        assert sum(one[name] for one in seen) > 0, name
    assert not any(number for name, number in events_of(off).items() if name.startswith("table-"))
    late = [series_of(on, seed)[-20:, 0, AGENDA].mean() for seed in range(1, 7)]
    assert np.mean(late) > 0.1
    assert (series_of(off)[:, 0, AGENDA] == 0.0).all()
    assert (series_of(on)[:16, 0, AGENDA] == 0.0).all()
