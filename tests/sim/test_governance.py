"""Governance: legal form and rights of councils, committees, dialogue, outside advisers."""

from __future__ import annotations

import pytest
from support import NONE, Quarters, Values, both, events_of, params, row, start_of

from agents.events import Cause
from agents.organisation.governance import (
    Body,
    chance_plan,
    ease,
    grant_hub_rights,
    rights_by_form,
    seats_of_others,
    value_form,
    want_dialogue,
)
from agents.organisation.regio_organisatie import RegioOrganisatie, cost_coordination, have_say
from agents.words import Kind, LegalForm
from sim.phases.hubs.hubs import hub_develops
from sim.phases.organisations.governance import body_of, prefer_form

# Legal form


def test_forms_differ_in_votes_and_in_the_rights_they_bring() -> None:
    forms = range(len(LegalForm))
    assert [both(seats_of_others, f, params()) for f in forms] == [0.0, 0.0, 0.67, 0.5, 0.33]
    assert [both(rights_by_form, f) for f in forms] == [(0, 0), (0, 0), (1, 0), (1, 2), (2, 1)]


def test_the_worth_of_a_form_by_hand() -> None:
    body = Body(autonomy=0.5, disciplines=0.6, hubs=0.4, scale=1.5, forced=0.5)
    # -2 - 1.5 * .5 * seats + 3 * .5 * seats = -2 + .75 * seats, and the pull of each form.
    expected = {
        LegalForm.PROFESSIONS: (-2 + 0.75 * 0.67 + 2 * 0.6, Cause.DISCIPLINES),
        LegalForm.NEIGHBOURHOODS: (-2 + 0.75 * 0.5 + 2 * 0.4, Cause.HUBS),
        LegalForm.FOUNDATION: (-2 + 0.75 * 0.33 + 0.5 * 1.5, Cause.SCALE),
    }
    for form, (value, cause) in expected.items():
        seen = both(value_form, form, body, params())
        assert seen[0] == pytest.approx(value, rel=1e-12) and seen[1] == cause
    assert both(value_form, LegalForm.COOPERATIVE, body, params())[0] == 0.0


def test_votes_of_others_dilute_the_say_of_members_and_cost_a_board() -> None:
    # Half of the say goes where others hold all votes.
    assert both(have_say, 2, 0.5, params()) == pytest.approx(0.8 * 0.75, rel=1e-12)
    body = row(RegioOrganisatie, structure=2, municipalities=1)
    alone = both(cost_coordination, body, params())
    body.seats = 0.5
    assert both(cost_coordination, body, params()) - alone == pytest.approx(30_000.0, rel=1e-12)


def field(values: Values | None = None, quarters: int = 60, seed: int = 1) -> Quarters:
    """UNICUM after some years."""
    run = Quarters(start_of(10, values=values or {}), seed=seed)
    run.step(quarters)
    return run


def someone(run: Quarters) -> int:
    """The organisation of the first open practice that has one."""
    practices = run.tables.practices
    return int(
        practices["organisation"][practices["alive"] & (practices["organisation"] != NONE)][0]
    )


def test_members_see_their_own_hubs_when_they_choose_a_form() -> None:
    run = field()
    tables = run.tables
    o = someone(run)
    before = body_of(tables, o, 60)
    tables.hubs["disciplines"][:] = 0.9
    tables.hubs["stage"][:] = 3
    tables.practices["active"][:] = True
    tables.policy["multidisciplinary"][60] = 0.7
    after = body_of(tables, o, 60)
    assert after.disciplines == pytest.approx(0.9) and before.disciplines < 0.9
    assert after.hubs == pytest.approx(1.0) and before.hubs < 1.0
    assert (before.forced, after.forced) == (0.0, 0.7)
    assert after.autonomy == before.autonomy and after.scale == before.scale


def test_the_form_that_is_worth_most_is_chosen_and_switched_off_it_is_a_cooperative() -> None:
    for key, form in (
        ("disciplines", LegalForm.PROFESSIONS),
        ("hubs", LegalForm.NEIGHBOURHOODS),
        ("scale", LegalForm.FOUNDATION),
    ):
        values: Values = {f"governance.{key}": 10.0, "choice.noise": 0.0}
        run = field(values)
        run.tables.practices["active"][:] = True
        run.tables.hubs["stage"][:] = 3
        assert prefer_form(run.tables, someone(run), 60)[0] == form
    off = field({"governance.forms": False})
    alive = off.tables.organisations
    alive = alive[alive["alive"] & ~alive["entrant"]]
    assert set(alive["legal"]) == {LegalForm.COOPERATIVE} and (alive["seats"] == 0.0).all()


def test_forced_mixed_boards_bring_votes_of_others() -> None:
    def seats(setting: tuple[str, ...]) -> float:
        total = 0.0
        for seed in (1, 2, 3, 4):
            run = Quarters(start_of(10, settings=setting), seed=seed)
            run.step(60)
            alive = run.tables.organisations[run.tables.organisations["alive"]]
            total += float(alive["seats"].mean())
        return total

    assert seats(("policy.multidisciplinary=1",)) > seats(())


# Councils of hubs


def test_hubs_that_distrust_the_region_get_rights_one_at_a_time() -> None:
    body = row(RegioOrganisatie)
    assert both(grant_hub_rights, body, 0.49, params()) == 1
    assert both(grant_hub_rights, body, 0.5, params()) == 0
    body.hub_rights = 2
    assert both(grant_hub_rights, body, 0.0, params()) == 2


def test_standing_in_the_region_takes_the_sting_out_of_dependence() -> None:
    """Equal standing lowers conflict (C60): hubs that depend trust more with a council."""

    def trust(rights: bool) -> float:
        values: Values = {
            "governance.hub_rights": rights, "governance.hub_trust": 1.0,
            "hub.agreement": 0.0, "trust.bad_dependence": 1.0, "governance.forms": False,
        }  # fmt: skip
        run = field(values, 100)
        hubs = run.tables.hubs
        assert bool((hubs["standing"] > 0.0).any()) is rights
        return float(run.tables.practices["hub_trust"][run.tables.practices["active"]].mean())

    assert trust(True) > trust(False) + 0.02


# Committees


def test_committees_decide_on_few_plans_a_quarter_and_charge_their_hours() -> None:
    # Only committees approve plans here: nobody else who pays a hub does.
    run = field({"decide.hub": False, "plan.payer": 0.0}, 61)
    tables = run.tables
    o = someone(run)
    here = [h for h in range(len(tables.hubs)) if tables.hubs["practices"][h] > 1][:4]
    mine = [i for i in range(len(tables.practices)) if tables.practices["hub"][i] in here]
    tables.practices["organisation"][mine] = o
    tables.organisations["regioplan"][o] = True
    tables.organisations["carried"][o] = 0.0
    tables.organisations["purse"][o] = 1.0  # it has money for hubs
    tables.hubs["stage"][here], tables.hubs["plan"][here] = 1, 1
    # Two plans a quarter of 400 that wait: hardly a chance. Of two that wait: both.
    for waiting, approved in ((400_000, 0), (2, 4)):
        tables.organisations["waiting"][o] = waiting
        for h in here:
            hub_develops(tables, h, 61)
        assert int((tables.hubs["plan"][here] >= 2).sum()) == approved
        assert tables.organisations["carried"][o] == 12.0 * approved
    assert int(tables.offsets[Kind.ORGANISATION]) > int(tables.offsets[Kind.HUB])


# Dialogue and advisers


def test_dialogue_while_mandates_fall_short_by_hand() -> None:
    assert both(want_dialogue, 0.79, 0.8, params()) == 6.0
    assert both(want_dialogue, 0.8, 0.8, params()) == 0.0
    # Half of the missing contacts come about, three in ten bad ones do not happen.
    assert both(ease, 6.0, params()) == pytest.approx((0.75, 0.7), rel=1e-12)
    assert both(ease, 0.0, params()) == (0.5, 1.0)


def test_dialogue_costs_hours_of_both_sides_and_builds_trust() -> None:
    short = {"organisation.lead": -20.0}
    asked = ("title.keten-dbc.mandate=1",)
    seen = []
    for hours in (0.0, 20.0):
        values: Values = {**short, "governance.dialogue": hours}
        run = Quarters(start_of(10, values=values, settings=asked), seed=2)
        run.step(44)
        tables = run.tables
        assert bool((tables.organisations["dialogue"] > 0.0).any()) is (hours > 0.0)
        members = tables.practices["organisation"] != NONE
        alive = tables.practices["alive"] & members
        seen.append((
            float(tables.practices["hours"][alive].mean()),
            float(tables.practices["trust"][alive].max(axis=1).mean()),
        ))  # fmt: skip
    assert seen[1][0] > seen[0][0] + 1.0
    assert seen[1][1] > seen[0][1] + 0.01


def test_advisers_make_up_for_a_young_cooperation_by_hand() -> None:
    # .8 a year from a trust of .6 on; half of it at .3; with advisers in full.
    assert both(chance_plan, 0.6, False, params()) == pytest.approx(0.8, rel=1e-12)
    assert both(chance_plan, 0.3, False, params()) == pytest.approx(0.4, rel=1e-12)
    assert both(chance_plan, 0.3, True, params()) == pytest.approx(0.8, rel=1e-12)


def test_only_where_cooperation_is_young_are_advisers_hired() -> None:
    for trust, hired in ((-0.2, True), (0.2, False)):
        found = sum(
            events_of(start_of(10, values={"trust.start": trust}), seed)["advisers-hired"]
            for seed in (1, 2, 3)
        )
        assert (found > 0) is hired
