"""A run that starts later than in 2006: its population, what stands there, and what follows."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from starting import BODY, HUB, OTHER, QUARTER, STATE, later
from support import Quarters, column, same_bits, start_of, title_names_of

from agents.compiled.draws import whole
from agents.compiled.record import NONE
from agents.events import Event
from agents.words import Kind, LegalForm, Manager, Plan, Rights, Stage
from sim.engines.compiled import Recording, fresh, populate, run
from sim.engines.model import CareModel
from sim.engines.threads import run_many
from sim.place.load import load_region
from sim.standing import number_of
from sim.tables import Tables

PEOPLE = ("id", "alive", "form", "patients", "groups", "weights", "burden", "x", "y", "closed")
"""What is of the population, and no decision."""


def opened(start: Tables, seed: int = 1) -> Tables:
    tables = fresh(start)
    populate(tables, start, (seed, seed))
    return tables


def living(tables: Tables) -> np.ndarray:
    rows = tables.practices[: int(tables.counter["practices"][0])]
    return rows[rows["alive"]]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_population_is_that_of_a_whole_run(seed: int) -> None:
    whole_run, short = Quarters(start_of(2), seed), Quarters(later(None), seed)
    short.tick = QUARTER
    whole_run.step(QUARTER + 1)
    short.step()
    for field in PEOPLE:
        one, two = whole_run.tables.practices[field], short.tables.practices[field]
        assert one.tobytes() == two.tobytes(), field
    for field in ("population", "share_65", "practices"):
        one = whole_run.tables.municipalities[field]
        assert one.tobytes() == short.tables.municipalities[field].tobytes(), field
    assert whole_run.tables.groups.tobytes() == short.tables.groups.tobytes()


def test_a_run_that_starts_at_the_start_is_the_same_to_the_bit() -> None:
    one, two = Quarters(start_of(2)), Quarters(later(None, tick=0))
    assert same_bits(one.step(12), two.step(12)) == []


@pytest.mark.parametrize("engine", ["mesa", "python"])
def test_engines_give_the_same_bits(engine: str) -> None:
    start = later()
    compiled, model = Quarters(start), CareModel(start, engine=engine)
    compiled.tick = QUARTER
    assert model.tick == QUARTER
    for _ in range(8):
        compiled.step()
        model.step()
        if model.twin:
            model.twin.write_back(model.tables)
        assert same_bits(compiled.tables, model.tables) == []


def test_a_whole_run_and_a_batch_start_there_too() -> None:
    start, recording = later(), Recording(QUARTER, QUARTER + 7, True)
    alone = [run(start, (seed, seed), recording) for seed in (1, 2, 3)]
    together = run_many(start, [(seed, seed) for seed in (1, 2, 3)], recording, 1)
    assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))
    assert not np.array_equal(alone[0], alone[1])


# Organisations


def test_shares_of_practices_are_members_and_mandate() -> None:
    tables = opened(later())
    people = living(tables)
    for m in range(2):
        here = people[people["municipality"] == m]
        before = 0.0
        for o, body in enumerate((BODY, OTHER)):
            share = dict(body.members)[m]
            first, after = whole(before * len(here)), whole((before + share) * len(here))
            mine = here[here["organisation"] == o]
            assert len(mine) == after - first > 0
            assert mine["mandate"].sum() == whole(body.mandate * len(mine))
            assert mine["plus"].sum() == whole(body.plus * len(mine))
            before += share
    assert not people[people["organisation"] == NONE]["mandate"].any()
    bodies = tables.organisations[:2]
    for o in range(2):
        mine = people[people["organisation"] == o]
        assert bodies["members"][o] == len(mine)
        assert bodies["patients"][o] == bodies["insured"][o] == mine["patients"].sum()


def test_who_is_a_member_is_drawn_with_the_population() -> None:
    # In 2011: from 2012 on practices open and close, which the seed of behaviour draws.
    bodies = tuple(replace(body, contracts=()) for body in STATE.organisations)
    start = later(replace(STATE, organisations=bodies, hubs=()), tick=20)
    one, other = opened(start, 1), opened(start, 2)
    again = fresh(start)
    populate(again, start, (7, 1))
    assert np.array_equal(living(one)["organisation"], living(again)["organisation"])
    assert living(one)["organisation"].tobytes() != living(other)["organisation"].tobytes()


def test_members_know_their_organisation_and_are_in_its_programmes() -> None:
    tables = opened(later())
    for practice in living(tables):
        o = practice["organisation"]
        if o != NONE:
            assert o in practice["counterpart"]
            runs = tables.organisations["programmes"][o] == 1
            assert (practice["chain"][runs] == o).all()
            assert (practice["chain"][~runs] == NONE).all()


def test_form_rights_plan_lead_and_money_are_as_given() -> None:
    tables = opened(later())
    one, other = tables.organisations[0], tables.organisations[1]
    assert (one["legal"], other["legal"]) == (LegalForm.FOUNDATION, LegalForm.COOPERATIVE)
    # A foundation has no members: its council approves (A1f).
    assert (one["rights"], other["rights"]) == (Rights.APPROVAL, Rights.NONE)
    assert one["seats"] == tables.params["governance_seats_foundation"][0] > 0.0
    assert one["regioplan"] and one["plan_until"] == 64 and not other["regioplan"]
    assert other["lead"] == 0 and one["lead"] == NONE
    assert one["cost_factor"] != other["cost_factor"] > 0.0
    account = tables.accounts[tables.offsets[Kind.ORGANISATION]]
    assert account["balance"] == 300_000 and one["purse"] == 2000.0
    assert tables.accounts["balance"].sum() == 0


def test_a_contract_runs_and_pays_what_was_bargained_as_far_as_it_has_grown() -> None:
    quarters = Quarters(later())
    quarters.tick = QUARTER
    tables = quarters.step()
    one = tables.organisations[0]
    assert (one["contract"] == 52).sum() == len(BODY.contracts[0].titles) == 3
    # In its second of three years: two thirds of EUR 8.
    assert one["history"] == 8.0 and one["legacy"] == 2.9
    assert one["fee"] == pytest.approx(8.0 * 2.0 / 3.0)
    assert one["bargained"] > 0.0 and one["oi"] > 0.0
    # Who is led holds none, and is paid by its lead; what needs no contract is paid to both.
    free = title_names_of("historic-nl").index("keten-zorg")
    for o in range(2):
        assert tables.organisations["contract"][o, free] == QUARTER
    assert (np.delete(tables.organisations["contract"][1], free) == NONE).all()
    assert tables.organisations["revenue"][1] > 0.0


def test_with_its_organisation_a_region_is_another_one_years_later() -> None:
    recording = Recording(QUARTER, QUARTER + 15, False)
    seeds = [(seed, seed) for seed in range(1, 9)]
    found = {}
    for name, state in (("with", STATE), ("without", None)):
        series = np.array(run_many(later(state), seeds, recording, 1))
        found[name] = series
    for outcome in ("coverage", "affiliated_share"):
        means = {k: np.mean([column(one, outcome)[-1] for one in v]) for k, v in found.items()}
        assert means["with"] > means["without"] + 0.02, (outcome, means)


def test_sub_regions_of_a_divided_organisation_are_those_of_its_members() -> None:
    whole_region = load_region("unicum")
    assert len({m.subregion for m in whole_region.municipalities}) == 2
    everywhere = tuple((m, 1.0) for m in range(10))
    for divided, parts in ((True, 2), (False, 0)):
        state = replace(
            STATE, organisations=(replace(BODY, members=everywhere, divided=divided),), hubs=()
        )
        tables = opened(later(state, municipalities=10))
        assert tables.organisations["subregions"][0] == parts
        assert (tables.organisations["own"][0] > 0) == divided


# Hubs


def test_a_hub_is_as_the_state_says_and_others_as_in_2006() -> None:
    tables, whole_run = opened(later()), opened(start_of(2))
    then = int(tables.municipalities["first_hub"][1])
    hub = tables.hubs[then]
    assert (hub["stage"], hub["plan"]) == (Stage.DRIVER, Plan.APPROVED)
    assert hub["approved"] and not hub["ran"]
    assert hub["manager"] == Manager.REGION and hub["employer"] == 0 and hub["fte"] > 0.0
    assert tables.municipalities["adviser"].tolist() == [False, True]
    here = living(tables)[living(tables)["hub"] == then]
    assert here["active"].sum() == whole(HUB.active * len(here)) > 0
    assert tables.accounts["balance"][tables.offsets[Kind.HUB] + then] == 50_000
    for h in range(len(tables.hubs)):
        if h != then:
            for field in ("stage", "plan", "origin"):
                assert tables.hubs[field][h] == whole_run.hubs[field][h]


def test_hubs_are_contracted_for_what_titles_pay_in_that_quarter() -> None:
    tables = opened(later())
    then = int(tables.municipalities["first_hub"][1])
    held = tables.hubs["contract"][then]
    assert set(held[held != NONE].tolist()) == {8}  # OWZ, still paid in 2020
    gone = opened(later(None, tick=72))  # 2024: GEZ and OWZ have run down
    assert (gone.hubs["contract"] == NONE).all()


def test_reserves_are_let_out_over_the_years_that_the_source_says() -> None:
    rich = replace(STATE, organisations=(), hubs=(replace(HUB, employer=None, manager="none",
                                                          reserves=60_000.0),))  # fmt: skip
    quarters = Quarters(later(rich))
    quarters.tick = QUARTER
    then = int(quarters.tables.municipalities["first_hub"][1])
    account = int(quarters.tables.offsets[Kind.HUB]) + then
    left = [quarters.step(4).accounts["balance"][account] / 100.0 for _ in range(5)]
    assert 60_000.0 > left[0] > left[1] > left[2] > left[3] > left[4]
    assert left[4] < 0.5 * 60_000.0


# What has run down, and what is told


def test_older_money_has_run_down_since_the_contract_or_the_end_of_leniency() -> None:
    # UNICUM in 2020: the lead holds a contract since 2019Q1, when the dates begin to run down.
    tables = opened(later())
    assert tables.municipalities["lead"].tolist() == [0, 0]
    assert tables.municipalities["run_down"].tolist() == [52, 52]
    # Without a contract leniency ends two years later; before that no clock runs.
    assert (opened(later(None)).municipalities["run_down"] == NONE).all()
    late = opened(later(None, tick=64)).municipalities
    assert late["run_down"].tolist() == [60, 60] and not late["run_over"].any()
    over = opened(later(None, tick=80)).municipalities
    assert over["run_over"].all()
    by_date = opened(later(values={"transition.by_date": True})).municipalities
    assert (by_date["run_down"] == NONE).all()


def test_events_tell_who_is_there_once() -> None:
    quarters = Quarters(later())
    quarters.tick = QUARTER
    counts = []
    for _ in range(2):
        tables = quarters.step()
        told = quarters.events()
        stood = told[told["what"] == Event.STOOD]
        counts.append(len(stood))
        if len(counts) == 1:
            hubs = tables.offsets[Kind.HUB] + np.flatnonzero(opened(later()).hubs["stage"] > 0)
            bodies = tables.offsets[Kind.ORGANISATION] + np.arange(2)
            assert sorted(stood["party"]) == sorted([*hubs, *bodies])
            assert set(stood["tick"]) == {QUARTER}
    assert counts[1] == 0
    early = Quarters(start_of(2))
    early.step()
    assert Event.STOOD not in early.events()["what"]


def test_ids_are_those_of_founders() -> None:
    region = load_region("unicum")
    tables = opened(later())
    for o, body in enumerate((BODY, OTHER)):
        founder = tables.hubs["id"][tables.organisations["founder"][o]]
        assert tables.organisations["id"][o] == founder * 1000 + body.since
        assert number_of(region, body) == tables.organisations["id"][o]


def test_trust_of_a_state_stands_in_the_place_of_that_of_2006() -> None:
    usual = opened(later()).municipalities["trust"].tolist()
    more = opened(later(replace(STATE, trust=0.8))).municipalities["trust"].tolist()
    assert usual == [0.5, 0.5] and more == [0.8, 0.8]
