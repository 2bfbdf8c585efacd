"""Phase 5, second part: organisations merge, are taken over, split, and divide into sub-regions."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE, IntArray
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.merger import annuity, chance_merge, cost_dispute, cost_merger
from agents.organisation.regio_organisatie import cost_level
from agents.practice import distance, find_counterpart
from agents.words import Admission, CostKind, Domain, Kind, Seeking
from sim.common.alliances import find_areas
from sim.common.booking import book_work
from sim.common.founding import end_organisation
from sim.common.known import place_others
from sim.common.membership import count_members, recount
from sim.common.worth import gain_of, move_reserves, trust_of
from sim.ledger import note, party
from sim.phases.organisations.lots import drawn_instead
from sim.phases.organisations.splits import organisation_parts, review_hap
from sim.phases.organisations.subregions import review_subregions
from sim.phases.organisations.unbundling import unbundle
from sim.tables import Tables

REVIEW = stream("merger.review")
AGREE = stream("merger.agree")


@rule
def reorganise(tables: Tables, tick: int) -> None:
    """Boards review mergers, splits, members elsewhere, sub-regions and out-of-hours care."""
    if not tables.params[0].decide_organisation:
        return
    params = tables.params[0]
    # Rights and mandates changed since members were counted: every board sees it, or none.
    count_members(tables)
    if params.merge_on or params.merge_absorb:
        _merge_all(tables, tick)
    if params.merge_split:
        existing = tables.counter[0].organisations
        for o in range(existing):
            if tables.organisations[o].alive:
                organisation_parts(tables, o, tick)
    unbundle(tables, tick)
    count_members(tables)
    for o in range(tables.counter[0].organisations):
        if params.organisation_subregions and tables.organisations[o].alive:
            review_subregions(tables, o, tick)
    if params.merge_hap:
        find_areas(tables)
        for q in range(len(tables.partners)):
            if tables.partners[q].domain == Domain.HAP:
                review_hap(tables, q, tick)
    count_members(tables)


@rule
def best_partner(tables: Tables, o: int, taken: IntArray, tick: int) -> tuple[int, float]:
    """Return the partner in reach with whom both sides gain most, and that gain in EUR a year.

    Scratch must hold where organisations are (``place_others``).
    """
    organisation = tables.organisations[o]
    best = NONE
    most = 0.0
    vision = tables.params[0].merge_vision
    for other in range(tables.counter[0].organisations):
        # Most are out of reach along one axis already.
        apart = abs(organisation.x - tables.scratch.others_x[other])
        if apart > vision or other == o or taken[other] == 1:
            continue
        candidate = tables.organisations[other]
        if distance(organisation.x, organisation.y, candidate.x, candidate.y) > vision:
            continue
        gain_a, gain_b, _ = gain_of(tables, o, other, tick)
        if gain_a <= 0.0 or gain_b <= 0.0:
            continue
        gain = gain_a * float(organisation.patients) + gain_b * float(candidate.patients)
        better = gain > most
        if gain == most and best != NONE:
            better = candidate.id < tables.organisations[best].id
        if better:
            most = gain
            best = other
    return best, most


@rule
def _set_out(tables: Tables, tick: int) -> None:
    """Write into scratch what everybody is ``Seeking``, and who cannot be had."""
    params = tables.params[0]
    seed = tables.counter[0].seed
    seeks = tables.scratch.seeks
    taken = tables.scratch.taken
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        seeks[o] = Seeking.NOTHING
        taken[o] = 0
        if not organisation.alive or organisation.members == 0:
            taken[o] = 1
        elif params.merge_absorb and organisation.deficit >= params.merge_deficit:
            seeks[o] = Seeking.HOST
        elif params.merge_on:
            if draw(seed, REVIEW, organisation.id, 0, tick) < params.merge_review:
                seeks[o] = Seeking.MERGER


@rule
def _merge_all(tables: Tables, tick: int) -> None:
    """Let every organisation that reviews seek a partner, in the order of their ids.

    A body that has merged this year is out of reach for others until the next: those look at
    the best that is left.
    """
    rows = tables.counter[0].organisations
    place_others(tables, NONE)
    seeks = tables.scratch.seeks
    taken = tables.scratch.taken
    _set_out(tables, tick)
    for _ in range(rows):
        first = NONE
        for o in range(rows):
            if seeks[o] != Seeking.NOTHING and taken[o] == 0:
                if first == NONE or tables.organisations[o].id < tables.organisations[first].id:
                    first = o
        if first == NONE:
            break
        if seeks[first] == Seeking.HOST:
            other, gain = best_host(tables, first, taken, tick)
        else:
            other, gain = best_partner(tables, first, taken, tick)
        seeks[first] = Seeking.NOTHING
        if other == NONE:
            continue
        cause = _agree_merger(tables, first, other, gain, tick)
        if cause == Cause.NONE:
            continue
        if tables.params[0].merge_random:
            first, other, cause = drawn_instead(tables, first, other, cause, tick)
        _merge(tables, first, other, cause, tick)
        # Boards meet in one quarter only: who was asked is not asked again this year.
        taken[first] = 1
        taken[other] = 1


@rule
def best_host(tables: Tables, o: int, taken: IntArray, tick: int) -> tuple[int, float]:
    """Return the body in reach that would take ``o`` over, and the gain in EUR a year.

    It is not smaller, and the one where members of ``o`` gain most. A host whose members would
    lose takes in only where admission is open. Scratch must hold where organisations are.
    """
    organisation = tables.organisations[o]
    best = NONE
    most = 0.0
    vision = tables.params[0].merge_vision
    for other in range(tables.counter[0].organisations):
        if abs(organisation.x - tables.scratch.others_x[other]) > vision:
            continue
        candidate = tables.organisations[other]
        if other == o or taken[other] == 1 or candidate.patients < organisation.patients:
            continue
        if distance(organisation.x, organisation.y, candidate.x, candidate.y) > vision:
            continue
        gain, host, _ = gain_of(tables, o, other, tick)
        if host < 0.0 and tables.params[0].organisation_admission == Admission.CONSENT:
            continue
        if gain > most:
            most = gain
            best = other
    return best, most * float(organisation.patients)


@rule
def _sides(tables: Tables, a: int, b: int) -> tuple[int, int]:
    """Return the larger of two bodies, the host, and the smaller, the guest."""
    one = tables.organisations[a]
    other = tables.organisations[b]
    if other.patients > one.patients or (other.patients == one.patients and other.id < one.id):
        return b, a
    return a, b


@rule
def _costs(tables: Tables, a: int, b: int, trust: float, tick: int) -> tuple[float, float]:
    """Return EUR once that a merger costs, and the disputes over money in it."""
    _, guest = _sides(tables, a, b)
    smaller = tables.organisations[guest]
    _, _, apart = gain_of(tables, a, b, tick)
    dispute = cost_dispute(apart, float(smaller.patients), trust, tables.params[0])
    return cost_merger(smaller.members, dispute, tables.params[0]), dispute


@rule
def _agree_merger(tables: Tables, a: int, b: int, gain: float, tick: int) -> int:
    """Let two boards decide on a merger; return the cause, or ``Cause.NONE`` if they do not."""
    params = tables.params[0]
    one = tables.organisations[a]
    other = tables.organisations[b]
    if params.merge_absorb and one.deficit >= params.merge_deficit:
        return Cause.DEFICIT
    trust = trust_of(tables, a, b, True)
    cost, _ = _costs(tables, a, b, trust, tick)
    seat = tables.municipalities[one.municipality].preferred
    away = tables.municipalities[other.municipality].preferred
    pressure = tables.insurers[seat].pressure
    chance, cause = chance_merge(gain * annuity(params), cost, trust, pressure, params)
    if seat != away:
        chance = chance * params.merge_across
    pair = min(one.id, other.id)
    lot = draw(tables.counter[0].seed, AGREE, pair, max(one.id, other.id), tick)
    return cause if lot < chance else Cause.NONE


@rule
def _merge(tables: Tables, a: int, b: int, cause: int, tick: int) -> None:
    """Carry out a merger: note it, book what it costs, and let the larger body take the other."""
    host, guest = _sides(tables, a, b)
    cost, dispute = _costs(tables, a, b, trust_of(tables, a, b, True), tick)
    what = Event.ABSORBED if cause == Cause.DEFICIT else Event.MERGED
    note(tables, tick, party(tables, Kind.ORGANISATION, guest), what,
         party(tables, Kind.ORGANISATION, host), cause)  # fmt: skip
    book_work(tables, host, cost - dispute, CostKind.CONTRACT, tick)
    book_work(tables, host, dispute, CostKind.REDISTRIBUTION, tick)
    take_over(tables, host, guest)


@rule
def _bring_members(tables: Tables, host: int, guest: int) -> None:
    """Make members of ``guest`` members of ``host``, which they know in its place."""
    i = tables.organisations[guest].first
    while i != NONE:
        practice = tables.practices[i]
        practice.organisation = host
        here = find_counterpart(practice, guest)
        trust = tables.municipalities[practice.municipality].trust_start
        if here != NONE:
            trust = practice.trust[here]
        there = find_counterpart(practice, host)
        if there == NONE and here != NONE:
            # The new body takes the place of the old one among those it knows.
            practice.counterpart[here] = host
        elif there != NONE:
            practice.trust[there] = 0.5 * (practice.trust[there] + trust)
        i = practice.next_member


@rule
def _inherit_partners(tables: Tables, host: int, guest: int) -> None:
    """Put ``host`` in the place of ``guest`` with external parties."""
    for q in range(len(tables.partners)):
        if tables.partners[q].organisation == guest:
            tables.partners[q].organisation = host
        if tables.partners[q].agreement == guest:
            tables.partners[q].agreement = host


@rule
def take_over(tables: Tables, host: int, guest: int) -> None:
    """Let ``host`` take in ``guest``: members with their mandates, money to the cent, contracts."""
    to = tables.organisations[host]
    gone = tables.organisations[guest]
    _bring_members(tables, host, guest)
    weight = float(gone.patients) / float(max(1, gone.patients + to.patients))
    to.slack = to.slack + weight * (gone.slack - to.slack)
    to.income = to.income + gone.income
    to.invested = to.invested + weight * (gone.invested - to.invested)
    to.income_mean = to.income_mean + weight * (gone.income_mean - to.income_mean)
    apart = gone.income_variance - to.income_variance
    to.income_variance = to.income_variance + weight * apart
    to.level = cost_level(to, tables.params[0])
    to.legacy_revenue = to.legacy_revenue + gone.legacy_revenue
    to.yearly = to.yearly + gone.yearly
    to.by_effort = to.by_effort + gone.by_effort
    to.work_cost = to.work_cost + gone.work_cost
    to.support_cost = to.support_cost + gone.support_cost
    to.delivered = to.delivered + gone.delivered
    to.purse = to.purse + gone.purse
    gone.purse = 0.0
    to.rights = max(to.rights, gone.rights)
    to.legal = max(to.legal, gone.legal)
    to.regioplan = to.regioplan or gone.regioplan
    to.plan_until = max(to.plan_until, gone.plan_until)
    for g in range(len(to.programmes)):
        to.programmes[g] = max(to.programmes[g], gone.programmes[g])
    for k in range(len(to.contract)):
        to.contract[k] = min(to.contract[k], gone.contract[k])
        to.agreed[k] = min(to.agreed[k], gone.agreed[k])
    if to.lead == guest:
        to.lead = NONE
    for o in range(tables.counter[0].organisations):
        if tables.organisations[o].lead == guest:
            tables.organisations[o].lead = host if o != host else NONE
    if to.lead != NONE and gone.fee > to.fee:
        to.lead = NONE
    if gone.fee > to.fee:
        to.fee = gone.fee
        to.transfer = gone.transfer
        to.history = gone.history
        to.legacy = gone.legacy
        to.benchmark = gone.benchmark
        to.fee_base = gone.fee_base
        to.first_base = gone.first_base
        to.based = gone.based
        to.passed = gone.passed
    _inherit_partners(tables, host, guest)
    move_reserves(
        tables, guest, host, tables.accounts[party(tables, Kind.ORGANISATION, guest)].balance
    )
    end_organisation(tables, guest)
    # What it had is with its host now.
    gone.members = 0
    gone.patients = 0
    gone.slack = 0.0
    gone.fee = 0.0
    gone.agreed_fee = 0.0
    gone.transfer = 0.0
    gone.agreed_transfer = 0.0
    recount(tables, host, guest)
