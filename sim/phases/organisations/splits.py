"""Phase 5, third part: parts that leave together, and the HAP."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.merger import annuity, chance_merge, chance_split, cost_merger
from agents.organisation.regio_organisatie import bargain_fee, cost_level
from agents.practice import find_counterpart
from agents.sizes import SPLIT_OFF
from agents.words import CostKind, Domain, Kind
from sim.common.booking import book_work
from sim.common.cost import full_cost
from sim.common.founding import start_organisation
from sim.common.in_force import title_holds_at
from sim.common.membership import recount
from sim.common.worth import money_at, move_reserves, worth_at
from sim.ledger import note, party
from sim.tables import Tables

PART = stream("split.review")
LEAVE = stream("split.agree")
OUT_OF_HOURS = stream("hap.review")
HAP_AGREE = stream("hap.agree")
COST = stream("split.cost")


@rule
def organisation_parts(tables: Tables, o: int, tick: int) -> None:
    """Let the members in one municipality leave together where that is worth its cost.

    The part with most to gain leaves, at most one a year. What it would lose is in the count:
    a contract that asks more insured than it has.
    """
    params = tables.params[0]
    counter = tables.counter[0]
    organisation = tables.organisations[o]
    least = 2 * max(1, params.organisation_minimum)
    if organisation.municipalities < 2 or organisation.members < least:
        return
    if draw(counter.seed, PART, organisation.id, 0, tick) >= params.merge_review:
        return
    whole = float(organisation.patients)
    money = money_at(tables, o, whole, tick)
    stay = worth_at(tables, o, organisation.members, whole, money)
    best = NONE
    most = 0.0
    here = tables.scratch.part_members
    held = tables.scratch.part_patients
    _count_parts(tables, o)
    i = organisation.first
    while i != NONE:
        m = tables.practices[i].municipality
        i = tables.practices[i].next_member
        members = here[m]
        # Every part once: by the first of its members.
        here[m] = 0
        if members < max(1, params.organisation_minimum) or members == organisation.members:
            continue
        own = worth_at(tables, o, members, held[m], _money_alone(tables, o, held[m], tick))
        gain = (own - stay) * held[m]
        if gain > most or (gain == most and best != NONE and m < best):
            most = gain
            best = m
    if best == NONE:
        return
    members, _, trust = _part_of(tables, o, best)
    cost = cost_merger(members, 0.0, params)
    chance, cause = chance_split(most * annuity(params), cost, trust, params)
    place = tables.municipalities[best]
    if draw(counter.seed, LEAVE, organisation.id, place.id, tick) >= chance:
        return
    _part_ways(tables, o, best, cost, cause, tick)


@rule
def _count_parts(tables: Tables, o: int) -> None:
    """Count members of ``o`` per municipality, and their patients (scratch)."""
    here = tables.scratch.part_members
    held = tables.scratch.part_patients
    for step in range(2):
        i = tables.organisations[o].first
        while i != NONE:
            practice = tables.practices[i]
            m = practice.municipality
            if step == 0:
                here[m] = 0
                held[m] = 0.0
            else:
                here[m] += 1
                held[m] += float(practice.patients)
            i = practice.next_member


@rule
def _money_alone(tables: Tables, o: int, insured: float, tick: int) -> float:
    """Return EUR per insured a year that a part expects by itself.

    Fixed titles, and a bargained fee only if it is large enough for one.
    """
    organisation = tables.organisations[o]
    fixed = organisation.legacy_revenue / float(max(1, organisation.patients))
    later = min(tick + 1, len(tables.titles) - 1)
    asked = False
    for k in range(len(tables.tariffs)):
        title = tables.titles[later][k]
        holds = title.active and title_holds_at(tables, title, organisation.municipality)
        if holds and title.receiver == Kind.ORGANISATION and title.negotiated > 0.0:
            asked = True
            if insured >= float(title.minimum):
                fee = bargain_fee(organisation, tables.params[0])
                fixed = fixed + title.negotiated * fee * title.in_force
    if not asked:
        fixed = max(fixed, organisation.yearly / float(max(1, organisation.patients)))
    return fixed


@rule
def _part_of(tables: Tables, o: int, m: int) -> tuple[int, float, float]:
    """Return of members of ``o`` in municipality ``m`` how many, their patients, their trust."""
    members = 0
    patients = 0.0
    total = 0.0
    count = 0
    place = tables.municipalities[m]
    for h in range(place.first_hub, place.first_hub + place.hubs):
        i = tables.hubs[h].first
        while i != NONE:
            practice = tables.practices[i]
            if practice.alive and practice.organisation == o:
                members = members + 1
                patients = patients + float(practice.patients)
                k = find_counterpart(practice, o)
                if k != NONE:
                    total = total + practice.trust[k]
                    count = count + 1
            i = practice.next_in_hub
    return members, patients, total / float(max(1, count))


@rule
def _part_ways(tables: Tables, o: int, m: int, cost: float, cause: int, tick: int) -> None:
    """Carry a split out: a new organisation of the members in ``m``, with its part of the money."""
    old = tables.organisations[o]
    place = tables.municipalities[m]
    seat = place.first_hub
    most = -1
    for h in range(place.first_hub, place.first_hub + place.hubs):
        if tables.hubs[h].practices > most:
            most = tables.hubs[h].practices
            seat = h
    number = SPLIT_OFF + tables.hubs[seat].id * 1000 + tick
    part = start_organisation(tables, number, seat, COST, tick)
    if part == NONE:
        return
    new = tables.organisations[part]
    new.structure = old.structure
    new.legal = old.legal
    new.rights = old.rights
    # Form and votes belong together: who leaves keeps the statutes it knows.
    new.seats = old.seats
    new.hub_rights = old.hub_rights
    new.trust = old.trust
    new.slack = old.slack
    new.invested = old.invested
    new.income_mean = old.income_mean
    new.income_variance = old.income_variance
    new.level = cost_level(new, tables.params[0])
    for g in range(len(new.programmes)):
        new.programmes[g] = old.programmes[g]
    _, patients, _ = _part_of(tables, o, m)
    share = patients / float(max(1, old.patients))
    new.legacy_revenue = share * old.legacy_revenue
    old.legacy_revenue = old.legacy_revenue - new.legacy_revenue
    new.purse = share * old.purse
    old.purse = old.purse - new.purse
    new.yearly = share * old.yearly
    old.yearly = old.yearly - new.yearly
    note(tables, tick, party(tables, Kind.ORGANISATION, part), Event.SPLIT,
         party(tables, Kind.ORGANISATION, o), cause)  # fmt: skip
    balance = tables.accounts[party(tables, Kind.ORGANISATION, o)].balance
    move_reserves(tables, o, part, int(share * float(balance)))
    _leave_together(tables, o, part, tick)
    book_work(tables, part, cost, CostKind.CONTRACT, tick)
    recount(tables, o, part)


@rule
def _leave_together(tables: Tables, o: int, part: int, tick: int) -> None:
    """Move the members of ``o`` in the municipality of ``part``; they trust who they know."""
    place = tables.municipalities[tables.organisations[part].municipality]
    for h in range(place.first_hub, place.first_hub + place.hubs):
        i = tables.hubs[h].first
        while i != NONE:
            practice = tables.practices[i]
            if practice.alive and practice.organisation == o:
                k = find_counterpart(practice, part)
                if k != NONE:
                    practice.organisation = part
                    practice.trust[k] = max(practice.trust[k], practice.hub_trust)
                    me = party(tables, Kind.PRACTICE, i)
                    note(
                        tables,
                        tick,
                        me,
                        Event.LEFT,
                        party(tables, Kind.ORGANISATION, o),
                        Cause.GAIN,
                    )
            i = practice.next_in_hub


@rule
def _largest_around(tables: Tables, q: int) -> int:
    """Return the organisation with most patients in the area of HAP ``q``, or ``NONE``.

    Scratch then holds how many each has there.
    """
    held = tables.scratch.hap_patients
    for o in range(tables.counter[0].organisations):
        held[o] = 0.0
    for m in range(tables.scratch.area_first[q], tables.scratch.area_after[q]):
        place = tables.municipalities[m]
        if place.partners[Domain.HAP] != q:
            continue
        for h in range(place.first_hub, place.first_hub + place.hubs):
            i = tables.hubs[h].first
            while i != NONE:
                practice = tables.practices[i]
                if practice.alive and practice.organisation != NONE:
                    held[practice.organisation] += float(practice.patients)
                i = practice.next_in_hub
    best = NONE
    for o in range(tables.counter[0].organisations):
        if held[o] > 0.0 and tables.organisations[o].alive:
            if best == NONE or held[o] > held[best]:
                best = o
            elif (
                held[o] == held[best] and tables.organisations[o].id < tables.organisations[best].id
            ):
                best = o
    return best


@rule
def review_hap(tables: Tables, q: int, tick: int) -> None:
    """Let the organisation with most patients in a HAP's area merge with it: shared fixed cost.

    Scratch must hold where areas lie (``find_areas``).
    """
    params = tables.params[0]
    hap = tables.partners[q]
    if hap.organisation != NONE:
        if tables.organisations[hap.organisation].alive:
            return
        hap.organisation = NONE
    if draw(tables.counter[0].seed, OUT_OF_HOURS, hap.id, 0, tick) >= params.merge_review:
        return
    best = _largest_around(tables, q)
    if best == NONE:
        return
    organisation = tables.organisations[best]
    share = tables.scratch.hap_patients[best] / float(max(1, organisation.patients))
    saved = 0.0
    for f in range(len(tables.functions)):
        alone = full_cost(tables, f, float(organisation.patients), organisation.level, 0.0)
        spared = params.merge_sharing * share
        both = full_cost(tables, f, float(organisation.patients), organisation.level, spared)
        saved = saved + alone - both
    place = tables.municipalities[organisation.municipality]
    pressure = tables.insurers[place.preferred].pressure
    cost = cost_merger(0, 0.0, params)
    chance, cause = chance_merge(saved * annuity(params), cost, place.trust, pressure, params)
    if draw(tables.counter[0].seed, HAP_AGREE, hap.id, organisation.id, tick) < chance:
        hap.organisation = best
        me = party(tables, Kind.ORGANISATION, best)
        note(tables, tick, me, Event.HAP_JOINED, party(tables, Kind.PARTNER, q), cause)
        book_work(tables, best, cost, CostKind.CONTRACT, tick)
