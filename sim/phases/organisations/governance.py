"""Phase 5: organisations govern themselves: rights, legal form, regioplan, advisers, dialogue."""

from __future__ import annotations

from agents.compiled.draws import draw, gumbel, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.governance import (
    Body,
    grant_hub_rights,
    rights_by_form,
    seats_of_others,
    value_form,
    want_dialogue,
)
from agents.organisation.regio_organisatie import grant_rights
from agents.words import CostKind, Kind, LegalForm, Phase, Plan, Stage
from sim.common.booking import work_alone
from sim.common.funding import funder_of, trust_in_funder
from sim.common.in_force import title_holds_at
from sim.ledger import moment, note, party
from sim.phases.organisations.leads import asked_mandate
from sim.phases.organisations.plans import plan_ahead
from sim.tables import Tables

FORM = stream("organisation.form")
RECONSIDER = stream("organisation.form.review")
INCORPORATE = stream("organisation.incorporate")


@rule
def govern(tables: Tables, o: int, tick: int) -> None:
    """Let organisation ``o`` review rights, form, dialogue and, where asked, its regioplan."""
    organisation = tables.organisations[o]
    me = party(tables, Kind.ORGANISATION, o)
    m = organisation.municipality
    norm = asked_mandate(tables, m, tick)
    rights = grant_rights(organisation, norm)
    if rights != organisation.rights:
        organisation.rights = rights
        note(tables, tick, me, Event.RIGHTS_GRANTED, NONE, Cause.MANDATE)
    _review_dialogue(tables, o, norm, tick)
    _review_hub_council(tables, o, tick)
    later = min(tick + 1, len(tables.titles) - 1)
    asked = False
    person = False
    for k in range(len(tables.tariffs)):
        title = tables.titles[later][k]
        holds = title.active and title_holds_at(tables, title, m)
        if holds and title.receiver == Kind.ORGANISATION:
            asked = asked or title.regioplan
            person = person or title.legal_person
    _review_form(tables, o, person, tick)
    organisation.advised = False
    plan_ahead(tables, o, asked, tick)


@rule
def look_at_hubs(tables: Tables) -> None:
    """Sum into scratch, per organisation, the trust of hubs it funds, and their number."""
    for o in range(tables.counter[0].organisations):
        tables.scratch.hubs_trust[o] = 0.0
        tables.scratch.hubs_funded[o] = 0.0
    for h in range(len(tables.hubs)):
        if tables.hubs[h].plan >= Plan.APPROVED:
            o = funder_of(tables, h)
            if o != NONE:
                tables.scratch.hubs_trust[o] = tables.scratch.hubs_trust[o] + trust_in_funder(
                    tables, h, o
                )
                tables.scratch.hubs_funded[o] = tables.scratch.hubs_funded[o] + 1.0


@rule
def _review_dialogue(tables: Tables, o: int, norm: float, tick: int) -> None:
    organisation = tables.organisations[o]
    share = float(organisation.mandated) / float(max(1, organisation.members))
    hours = want_dialogue(share, norm, tables.params[0])
    if (hours > 0.0) != (organisation.dialogue > 0.0):
        what = Event.DIALOGUE_BEGUN if hours > 0.0 else Event.DIALOGUE_ENDED
        note(tables, tick, party(tables, Kind.ORGANISATION, o), what, NONE, Cause.MANDATE)
    organisation.dialogue = hours


@rule
def _review_hub_council(tables: Tables, o: int, tick: int) -> None:
    """Grant the hubs that ``o`` funds rights while those who take part distrust it (C60)."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    count = tables.scratch.hubs_funded[o]
    if not params.governance_hub_rights or count <= 0.0:
        return
    rights = grant_hub_rights(organisation, tables.scratch.hubs_trust[o] / count, params)
    if rights != organisation.hub_rights:
        organisation.hub_rights = rights
        me = party(tables, Kind.ORGANISATION, o)
        note(tables, tick, me, Event.HUB_COUNCIL, NONE, Cause.DEPENDENCE)


@rule
def body_of(tables: Tables, o: int, tick: int) -> Body:
    """Return what members of ``o`` see when they choose its legal form."""
    params = tables.params[0]
    autonomy = 0.0
    degree = 0.0
    running = 0.0
    patients = 0.0
    count = 0
    i = tables.organisations[o].first
    while i != NONE:
        practice = tables.practices[i]
        hub = tables.hubs[practice.hub]
        total = 0.0
        for d in range(len(hub.disciplines)):
            total = total + hub.disciplines[d]
        degree = degree + total / float(len(hub.disciplines))
        autonomy = autonomy + practice.autonomy
        patients = patients + float(practice.patients)
        if practice.active and hub.stage >= Stage.DRIVER:
            running = running + float(practice.patients)
        count = count + 1
        i = practice.next_member
    n = float(max(1, count))
    scale = n / params.engagement_half
    # The insurer at its seat asks a board of all disciplines.
    seat = tables.municipalities[tables.organisations[o].municipality]
    forced = tables.policy[tick][seat.policy_of].multidisciplinary
    return Body(
        autonomy=autonomy / n,
        disciplines=degree / n,
        hubs=running / max(1.0, patients),
        scale=scale,
        forced=forced,
    )


@rule
def prefer_form(tables: Tables, o: int, tick: int) -> tuple[int, int]:
    """Return the legal form that members of ``o`` prefer, and why."""
    params = tables.params[0]
    if not params.governance_forms:
        return LegalForm.COOPERATIVE, Cause.AUTONOMY
    organisation = tables.organisations[o]
    body = body_of(tables, o, tick)
    best: int = LegalForm.COOPERATIVE
    why: int = Cause.AUTONOMY
    most = -1.0e300
    for form in range(LegalForm.COOPERATIVE, LegalForm.FOUNDATION + 1):
        value, cause = value_form(form, body, params)
        if organisation.legal != LegalForm.NETWORK and form != organisation.legal:
            value = value - params.governance_switch
        # The draw of a form is for good: who reconsiders does so because something changed.
        lot = draw(tables.counter[0].seed, FORM, organisation.id, form, 0)
        value = value + params.choice_noise * gumbel(lot)
        if value > most:
            most = value
            best = form
            why = cause
    return best, why


@rule
def _review_form(tables: Tables, o: int, person: bool, tick: int) -> None:
    """Become a legal person where payers ask for one (F054); later perhaps another (S4)."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    seed = tables.counter[0].seed
    if organisation.legal == LegalForm.NETWORK:
        if not person:
            return
        if draw(seed, INCORPORATE, organisation.id, 0, tick) >= params.organisation_incorporate:
            return
    elif draw(seed, RECONSIDER, organisation.id, 0, tick) >= params.governance_review:
        return
    form, cause = prefer_form(tables, o, tick)
    if form == organisation.legal:
        return
    what = Event.INCORPORATED if organisation.legal == LegalForm.NETWORK else Event.FORM_CHANGED
    me = party(tables, Kind.ORGANISATION, o)
    note(tables, tick, me, what, NONE, cause)
    organisation.legal = form
    organisation.seats = seats_of_others(form, params)
    members, hubs = rights_by_form(form)
    organisation.rights = max(int(organisation.rights), members)
    if params.governance_hub_rights:
        organisation.hub_rights = max(int(organisation.hub_rights), hubs)
    if params.transaction_on:
        hours = params.organisation_incorporation
        other = party(tables, Kind.OUTSIDE, 0)
        work_alone(tables, me, other, CostKind.CONTRACT, hours, moment(tick, Phase.ORGANISATIONS))
