"""Phase 7: agreements of organisations with external parties, and dealing with them alone."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.partner import chance_agreement, widen
from agents.words import Condition, CostKind, Domain, Function, Kind, Phase, Progress
from sim.common.agenda import agenda_of
from sim.common.alliances import alliance_of, find_areas
from sim.common.booking import work_together
from sim.common.patients import load_of
from sim.common.trust import adjust_trust, fade_of, meet
from sim.ledger import moment, note, party
from sim.tables import Tables

AGREE = stream("partner.agreement")


@rule
def deal_with_partners(tables: Tables, tick: int, agreeing: bool) -> None:
    """Shared tables with external parties meet; where ``agreeing``, agreements are made or end."""
    params = tables.params[0]
    fade = fade_of(params)
    if agreeing:
        look_at_areas(tables)
    for q in range(len(tables.partners)):
        partner = tables.partners[q]
        if partner.domain == Domain.HAP:
            continue
        if agreeing:
            _review(tables, q, tick)
        if partner.agreement != NONE:
            bad = params.trust_bad
            went = meet(tables, partner.id, Kind.PARTNER, bad, params.trust_contact, tick)
            start = tables.municipalities[partner.municipality].trust_start
            partner.trust = adjust_trust(partner.trust, start, went, fade, params)
            partner.scope = widen(partner, params)
            _sit_together(tables, q, tick)
    share_youth(tables, tick)


@rule
def share_youth(tables: Tables, tick: int) -> None:
    """Municipalities pay for youth care from a year on, and sit at the table on it (F021)."""
    params = tables.params[0]
    if not params.partner_acts_youth or 2006 + tick // 4 < params.partner_youth_from:
        return
    for m in range(len(tables.municipalities)):
        place = tables.municipalities[m]
        place.youth_duty = True
        before = place.youth_table
        place.youth_table = 0.0
        q = place.partners[Domain.YOUTH]
        if q != NONE and tables.partners[q].agreement != NONE:
            place.youth_table = tables.partners[q].scope
            if before <= 0.0 and place.youth_table > 0.0:
                other = party(tables, Kind.ORGANISATION, tables.partners[q].agreement)
                me = party(tables, Kind.MUNICIPALITY, m)
                note(tables, tick, me, Event.YOUTH_SHARED, other, Cause.POLICY)


@rule
def _sit_together(tables: Tables, q: int, tick: int) -> None:
    """Book the hours that both sides spend at a shared table."""
    params = tables.params[0]
    if not params.transaction_on:
        return
    hours = 0.25 * params.transaction_pair_partner * params.transaction_monitor
    _book(tables, q, CostKind.MONITOR, hours, tick)


@rule
def _book(tables: Tables, q: int, kind: int, hours: float, tick: int) -> None:
    """Book hours of partner ``q`` and the organisation it has an agreement with, which pays."""
    body = party(tables, Kind.ORGANISATION, tables.partners[q].agreement)
    other = party(tables, Kind.PARTNER, q)
    work_together(tables, body, other, kind, hours, moment(tick, Phase.PUBLIC))


@rule
def look_at_areas(tables: Tables) -> None:
    """Sum all patients of each alliance, by its lead, and find areas of partners (scratch)."""
    find_areas(tables)
    for o in range(tables.counter[0].organisations):
        tables.scratch.allied[o] = 0.0
        tables.scratch.counted_for[o] = NONE
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if practice.alive and practice.organisation != NONE:
            lead = alliance_of(tables, practice.organisation)
            tables.scratch.allied[lead] = tables.scratch.allied[lead] + float(practice.patients)


@rule
def _count_here(tables: Tables, q: int, lead: int, i: int, leads: int) -> int:
    """Add practice ``i`` to what alliance ``lead`` has in the area of partner ``q``.

    Scratch holds the first ``leads`` alliances that were met there; returns how many it holds now.
    """
    scratch = tables.scratch
    if scratch.counted_for[lead] != q:
        scratch.counted_for[lead] = q
        scratch.here_patients[lead] = 0.0
        scratch.here_loads[lead] = 0.0
        scratch.leads_here[leads] = lead
        leads = leads + 1
    load = load_of(tables, i, tables.partners[q].domain)
    patients = float(tables.practices[i].patients)
    scratch.here_patients[lead] = scratch.here_patients[lead] + patients
    scratch.here_loads[lead] = scratch.here_loads[lead] + load
    return leads


@rule
def _holds_more(tables: Tables, lead: int, best: int) -> bool:
    """Return whether ``lead`` has more patients here than ``best`` (or any, where that is none)."""
    here = tables.scratch.here_patients
    if best == NONE:
        return bool(here[lead] > 0.0)
    if here[lead] == here[best]:
        return bool(tables.organisations[lead].id < tables.organisations[best].id)
    return bool(here[lead] > here[best])


@rule
def best_counterpart(tables: Tables, q: int) -> int:
    """Return the alliance with most patients in the area of partner ``q``, and note the fit.

    Scratch then holds patients in the area and dealings over them, by the alliance's lead: of those
    there, and of the one it has an agreement with. It must hold all patients of alliances
    (``look_at_areas``).
    """
    partner = tables.partners[q]
    if partner.agreement != NONE:
        tables.scratch.here_loads[partner.agreement] = 0.0
        tables.scratch.here_loads[alliance_of(tables, partner.agreement)] = 0.0
    inside = 0.0
    leads = 0
    for m in range(tables.scratch.area_first[q], tables.scratch.area_after[q]):
        place = tables.municipalities[m]
        if place.partners[partner.domain] != q:
            continue
        for h in range(place.first_hub, place.first_hub + place.hubs):
            i = tables.hubs[h].first
            while i != NONE:
                practice = tables.practices[i]
                if practice.alive:
                    inside = inside + float(practice.patients)
                    if practice.organisation != NONE:
                        lead = alliance_of(tables, practice.organisation)
                        leads = _count_here(tables, q, lead, i, leads)
                i = practice.next_in_hub
    best: int = NONE
    for n in range(leads):
        if _holds_more(tables, int(tables.scratch.leads_here[n]), best):
            best = int(tables.scratch.leads_here[n])
    partner.fit = 0.0
    if best != NONE:
        most = tables.scratch.here_patients[best]
        partner.fit = most / max(1.0, tables.scratch.allied[best] + inside - most)
    return best


@rule
def _read_conditions(tables: Tables, q: int, o: int) -> None:
    """Read the five conditions of partner ``q`` and organisation ``o`` off the state."""
    partner = tables.partners[q]
    organisation = tables.organisations[o]
    steps = 0.0
    hubs = 0.0
    agenda = 0.0
    for m in range(tables.scratch.area_first[q], tables.scratch.area_after[q]):
        place = tables.municipalities[m]
        if place.partners[partner.domain] == q:
            agenda = max(agenda, agenda_of(tables, m))
            for h in range(place.first_hub, place.first_hub + place.hubs):
                steps = steps + float(tables.hubs[h].progress) / float(Progress.SECURE)
                hubs = hubs + 1.0
    partner.conditions[Condition.AMBITION] = tables.params[0].condition_drafted
    if organisation.regioplan:
        partner.conditions[Condition.AMBITION] = 1.0
    ambition = max(float(partner.conditions[Condition.AMBITION]), agenda)
    partner.conditions[Condition.AMBITION] = ambition
    partner.conditions[Condition.INTERESTS] = partner.fit
    partner.conditions[Condition.PERSONAL] = partner.trust
    partner.conditions[Condition.PROFESSIONAL] = organisation.coverage[Function.OPERATIONS]
    partner.conditions[Condition.PROCESS] = steps / max(1.0, hubs)


@rule
def worth_a_table(tables: Tables, q: int, o: int) -> bool:
    """Return whether an agreement saves members more hours than it takes both sides.

    After ``best_counterpart``, which counts members in the area by what dealings take them.
    """
    params = tables.params[0]
    saved = (
        2.0 * tables.scratch.here_loads[o] * params.transaction_dealings * tables.partners[q].trust
    )
    once = params.transaction_search + params.transaction_bargain + params.transaction_contract
    taken = once / params.transaction_member_term + params.transaction_monitor
    return bool(saved > 2.0 * params.transaction_pair_partner * taken)


@rule
def partner_reviews(tables: Tables, q: int, tick: int) -> int:
    """Let partner ``q`` and the organisation that fits best agree, or part; return that row."""
    look_at_areas(tables)
    return _review(tables, q, tick)


@rule
def _review(tables: Tables, q: int, tick: int) -> int:
    params = tables.params[0]
    partner = tables.partners[q]
    if not params.partner_agree:
        return NONE
    best = best_counterpart(tables, q)
    me = party(tables, Kind.PARTNER, q)
    if partner.agreement != NONE:
        # Who leads now sits at the table in the place of who did, as long as it is worth it.
        holder = partner.agreement
        if tables.organisations[holder].alive:
            holder = alliance_of(tables, holder)
        if worth_a_table(tables, q, holder):
            partner.agreement = holder
            return holder
        other = party(tables, Kind.ORGANISATION, partner.agreement)
        note(tables, tick, me, Event.PARTNER_ENDED, other, Cause.COST)
        partner.agreement = NONE
        partner.scope = 0.0
        return NONE
    if best == NONE or not worth_a_table(tables, q, best):
        return NONE
    _read_conditions(tables, q, best)
    chance, cause = chance_agreement(partner, params)
    organisation = tables.organisations[best]
    lot = draw(tables.counter[0].seed, AGREE, partner.id, organisation.id, tick)
    if lot >= chance:
        return NONE
    partner.agreement = best
    note(tables, tick, me, Event.PARTNER_AGREED, party(tables, Kind.ORGANISATION, best), cause)
    if params.transaction_on:
        once = params.transaction_search + params.transaction_bargain + params.transaction_contract
        hours = params.transaction_pair_partner * once
        _book(tables, q, CostKind.CONTRACT, hours, tick)
    return best
