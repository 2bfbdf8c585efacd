"""Phase 12, meetings and trust: contacts go well or badly, and trust follows."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import inlined, rule
from agents.events import Cause, Event
from agents.organisation.governance import ease
from agents.words import Domain, Kind, Level, Meeting, PayUnit, Stage
from sim.common.agenda import mandate_at
from sim.common.claims import place_of_payee
from sim.common.openness import note_openness, suspect
from sim.common.trust import adjust_trust, fade_of, meet
from sim.ledger import note, party
from sim.tables import Tables


@rule
def hold_meetings(tables: Tables, tick: int) -> None:
    """Let every pair that deals with each other meet, or not, and adjust its trust."""
    params = tables.params[0]
    grumble = effort_share(tables, tick)
    fade = fade_of(params)
    note_openness(tables, tick)
    for i in range(tables.counter[0].practices):
        if tables.practices[i].alive:
            practice_meets(tables, i, tick, grumble, fade)
            tables.practices[i].kept = tables.practices[i].kept + 1
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        if organisation.alive and organisation.contracts > 0:
            start = tables.municipalities[organisation.municipality].trust_start
            bad = params.trust_bad + params.trust_bad_effort * grumble
            suspicion = params.trust_bad_hidden if organisation.hidden else 0.0
            went = meet_payer(tables, Kind.ORGANISATION, o, bad, suspicion, tick)
            organisation.trust = adjust_trust(organisation.trust, start, went, fade, params)
    for u in range(tables.counter[0].units):
        unit = tables.units[u]
        if unit.alive and unit.contracts > 0:
            start = tables.municipalities[unit.municipality].trust_start
            bad = params.trust_bad + params.trust_bad_effort * grumble
            suspicion = suspect(tables, unit.contract, tick)
            went = meet_payer(tables, Kind.UNIT, u, bad, suspicion, tick)
            unit.trust = adjust_trust(unit.trust, start, went, fade, params)
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        if hub.contracts > 0:
            start = tables.municipalities[hub.municipality].trust_start
            bad = params.trust_bad
            suspicion = suspect(tables, hub.contract, tick)
            went = meet_payer(tables, Kind.HUB, h, bad, suspicion, tick)
            hub.trust = adjust_trust(hub.trust, start, went, fade, params)
    for m in range(len(tables.municipalities)):
        _municipality_meets(tables, m, tick, fade)


@rule
def meet_payer(tables: Tables, kind: int, row: int, bad: float, suspicion: float, tick: int) -> int:
    """Let an organisation, unit or hub meet its insurer; return how that went (see ``meet``).

    ``suspicion`` is what hidden costs add to the chance of a bad contact. A contact that only
    they spoil is a dispute.
    """
    contact = tables.params[0].trust_contact
    number = id_of(tables, kind, row)
    calm = meet(tables, number, Kind.INSURER, bad, contact, tick)
    if suspicion <= 0.0:
        return int(calm)
    went = meet(tables, number, Kind.INSURER, bad + suspicion, contact, tick)
    if went < calm:
        place = tables.municipalities[place_of_payee(tables, kind, row)]
        insurer = party(tables, Kind.INSURER, place.preferred)
        note(tables, tick, party(tables, kind, row), Event.DISPUTED, insurer, Cause.HIDDEN)
    return int(went)


@rule
def id_of(tables: Tables, kind: int, row: int) -> int:
    """Return the stable id of an organisation, unit or hub."""
    if kind == Kind.ORGANISATION:
        return int(tables.organisations[row].id)
    if kind == Kind.UNIT:
        return int(tables.units[row].id)
    return int(tables.hubs[row].id)


@rule
def effort_share(tables: Tables, tick: int) -> float:
    """Return the share of what O&I titles paid this quarter that was by act or effort (C25).

    Money counts, not titles: a bundle cut into seven weighs what it weighed.
    """
    paid = 0.0
    bother = 0.0
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if title.oi:
            euros = tables.tariffs[k].paid
            paid = paid + euros
            if title.unit == PayUnit.ACT or title.unit == PayUnit.EFFORT:
                bother = bother + euros
    if paid <= 0.0:
        return 0.0
    return bother / paid


@inlined
def imposed_scale(tables: Tables, i: int) -> float:
    """Return the share of functions that prefer the local level but come from above (C15)."""
    practice = tables.practices[i]
    functions = len(tables.functions)
    organisations = int(tables.offsets[Kind.ORGANISATION])
    total = 0.0
    if practice.suppliers == 0:
        return total  # nobody beyond its unit
    for f in range(functions):
        if tables.functions[f].level == Level.LOCAL:
            for g in range(len(tables.groups)):
                supplier = practice.supplier[g * functions + f]
                if supplier != NONE and supplier >= organisations:
                    total = total + practice.weights[g] * tables.functions[f].variable
    return total


@inlined
def practice_meets(tables: Tables, i: int, tick: int, grumble: float, fade: float) -> None:
    """Adjust the trust of practice ``i`` in organisations, its hub and its payer."""
    params = tables.params[0]
    practice = tables.practices[i]
    start = tables.municipalities[practice.municipality].trust_start
    loss = 0.0
    if practice.last_coverage > 0.0 and practice.coverage < practice.last_coverage:
        loss = 1.0 - practice.coverage / practice.last_coverage
    # A hub with little autonomy beside the region feels unequal (C60, C61).
    hub = tables.hubs[practice.hub]
    unequal = params.trust_bad_dependence * (1.0 - hub.autonomy)
    imposed = params.trust_bad_scale * imposed_scale(tables, i)
    organisations = int(tables.offsets[Kind.ORGANISATION])
    # Whoever merged with the out-of-hours service is met at its shifts, by every practice there.
    host = NONE
    hap = tables.municipalities[practice.municipality].partners[Domain.HAP]
    if hap != NONE:
        host = tables.partners[hap].organisation
    for k in range(len(practice.counterpart)):
        o = practice.counterpart[k]
        if o == NONE:
            continue
        organisation = tables.organisations[o]
        went: int = Meeting.NONE
        supplied = practice.main != NONE and practice.main == organisations + o
        for g in range(len(practice.chain)):
            supplied = supplied or practice.chain[g] == o
        if o == practice.organisation or supplied or o == host:
            bad = params.trust_bad + params.trust_bad_loss * loss
            say = organisation.say
            if o != practice.organisation:
                # A buyer has no vote: only a council of users gives it a say (C17).
                say = params.unit_council_say if organisation.council else 0.0
            distant = (1.0 - organisation.engagement) * (1.0 - say)
            bad = bad + params.trust_bad_say * distant
            if organisation.hidden:
                # Who has a say gets to see the books (C28).
                bad = bad + params.trust_bad_hidden * (1.0 - say)
            bad = bad + imposed
            if practice.active:
                bad = bad + unequal
            contact = params.trust_contact
            if o == practice.organisation:
                contact, calm = ease(organisation.dialogue, params)
                bad = bad * calm
            went = meet(tables, practice.id, organisation.id, bad, contact, tick)
        practice.trust[k] = adjust_trust(practice.trust[k], start, went, fade, params)
    went = Meeting.NONE
    if hub.stage > Stage.NONE and practice.active:
        bad = params.trust_bad + unequal
        went = meet(tables, practice.id, hub.id, bad, params.trust_contact, tick)
    practice.hub_trust = adjust_trust(practice.hub_trust, start, went, fade, params)
    bad = params.trust_bad + params.trust_bad_loss * loss + params.trust_bad_effort * grumble
    went = meet(tables, practice.id, Kind.INSURER, bad, params.trust_contact, tick)
    practice.payer_trust = adjust_trust(practice.payer_trust, start, went, fade, params)


@rule
def _municipality_meets(tables: Tables, m: int, tick: int, fade: float) -> None:
    """A municipality meets whom it deals with; many counterparts make bad contacts likelier."""
    params = tables.params[0]
    place = tables.municipalities[m]
    went: int = Meeting.NONE
    if place.counterparts > 0:
        bad = params.trust_bad + params.trust_bad_counterparts * float(place.counterparts - 1)
        # Who deals with boards does not wait for managers who ask first (C51).
        if not place.boards:
            bad = bad + params.trust_bad_checkback * (1.0 - mandate_at(tables, m))
        went = meet(tables, place.id, Kind.MUNICIPALITY, bad, params.trust_contact, tick)
    place.trust = adjust_trust(place.trust, place.trust_start, went, fade, params)
