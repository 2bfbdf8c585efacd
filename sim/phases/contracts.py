"""Phase 6, contracts: who holds which area, who is eligible, and what is agreed."""

from __future__ import annotations

from agents.draws import draw, stream
from agents.record import NONE, IntArray
from agents.regio_organisatie import RegioOrganisatie, bargain_fee, drift_slack
from agents.rule import rule
from agents.title import Title
from agents.vocabulary import (
    CAUSE_AREA,
    CAUSE_CHECK_BACK,
    CAUSE_CONTIGUITY,
    CAUSE_ELIGIBLE,
    CAUSE_FORM,
    CAUSE_MANDATE,
    CAUSE_NONE,
    CAUSE_PLAN,
    CONTRACT_LOST,
    CONTRACT_WON,
    FUNCTIONS,
    HUB,
    INSURER,
    NETWORK,
    OF_BOTH,
    OF_INHABITANTS,
    OF_PRACTICES,
    ORGANISATION,
    TALKS_DELAYED,
    UNIT,
)
from sim.ledger import note, party
from sim.world import Tables

TALKS = stream("contract.talks")
HOUSING = FUNCTIONS.index("housing")


@rule
def agree_contracts(tables: Tables, tick: int) -> None:
    """Fourth quarter: measure areas and agree the contracts of next year."""
    if tick % 4 != 3:
        return
    measure_areas(tables)
    later = min(tick + 1, len(tables.titles) - 1)
    for k in range(len(tables.tariffs)):
        title = tables.titles[later][k]
        for o in range(tables.counter[0].organisations):
            _review_organisation(tables, o, k, title, tick)
        for u in range(tables.counter[0].units):
            _review_unit(tables, u, k, title, tick)
        for h in range(len(tables.hubs)):
            _review_hub(tables, h, k, title, tick)
    compare_costs(tables)
    for o in range(tables.counter[0].organisations):
        if tables.organisations[o].alive:
            _agree_fee(tables, o, tick)


@rule
def measure_areas(tables: Tables) -> None:
    """Find the alliance that holds at least half of each municipality, and measure its area."""
    counter = tables.counter[0]
    for o in range(counter.organisations):
        organisation = tables.organisations[o]
        organisation.held = 0
        organisation.area_insured = 0
        organisation.area_practices = 0
        organisation.area_mandated = 0
        organisation.area_mandated_insured = 0
        organisation.contiguous = False
    counts = tables.marks[0]
    for o in range(counter.organisations):
        counts[o] = 0
    for m in range(len(tables.municipalities)):
        _measure_municipality(tables, m, counts)
    reached = tables.marks[1]
    stack = tables.marks[2]
    for o in range(counter.organisations):
        if tables.organisations[o].held > 0:
            tables.organisations[o].contiguous = _is_contiguous(tables, o, reached, stack)


@rule
def alliance_of(tables: Tables, o: int) -> int:
    """Return the organisation that contracts for ``o``: its lead, or itself."""
    lead = tables.organisations[o].lead
    return o if lead == NONE else lead


@rule
def _measure_municipality(tables: Tables, m: int, counts: IntArray) -> None:
    place = tables.municipalities[m]
    place.lead = NONE
    for step in range(3):
        for h in range(place.first_hub, place.first_hub + place.hubs):
            i = tables.hubs[h].first
            while i != NONE:
                practice = tables.practices[i]
                if practice.alive:
                    holder = NONE
                    if practice.organisation != NONE:
                        holder = alliance_of(tables, practice.organisation)
                    if step == 0 and holder != NONE:
                        counts[holder] += 1
                        # Half exactly may be held by two: the one with more patients has it.
                        if 2 * counts[holder] >= place.practices:
                            place.lead = _larger(tables, place.lead, holder)
                    elif step == 1 and holder != NONE:
                        counts[holder] = 0
                    elif step == 2 and place.lead != NONE:
                        _add_to_area(tables, place.lead, holder, i)
                i = practice.next_in_hub
    if place.lead != NONE:
        tables.organisations[place.lead].held = tables.organisations[place.lead].held + 1


@rule
def _larger(tables: Tables, a: int, b: int) -> int:
    if a == NONE or a == b:
        return b
    first = tables.organisations[a]
    second = tables.organisations[b]
    if first.patients == second.patients:
        return a if first.id < second.id else b
    return a if first.patients > second.patients else b


@rule
def _add_to_area(tables: Tables, lead: int, holder: int, i: int) -> None:
    practice = tables.practices[i]
    organisation = tables.organisations[lead]
    organisation.area_practices = organisation.area_practices + 1
    organisation.area_insured = organisation.area_insured + practice.patients
    if holder == lead and practice.mandate:
        organisation.area_mandated = organisation.area_mandated + 1
        organisation.area_mandated_insured = organisation.area_mandated_insured + practice.patients


@rule
def _is_contiguous(tables: Tables, o: int, reached: IntArray, stack: IntArray) -> bool:
    """Return whether the municipalities held by ``o`` are in one piece (depth-first)."""
    start = NONE
    for m in range(len(tables.municipalities)):
        reached[m] = 0
        if tables.municipalities[m].lead == o and start == NONE:
            start = m
    if start == NONE:
        return False
    stack[0] = start
    reached[start] = 1
    depth = 1
    count = 0
    while depth > 0:
        depth = depth - 1
        m = stack[depth]
        count = count + 1
        place = tables.municipalities[m]
        for b in range(place.neighbour_count):
            other = place.neighbours[b]
            if reached[other] == 0 and tables.municipalities[other].lead == o:
                reached[other] = 1
                stack[depth] = other
                depth = depth + 1
    return bool(count == tables.organisations[o].held)


@rule
def meet_conditions(organisation: RegioOrganisatie, title: Title) -> int:
    """Return 0 where an organisation meets a title's conditions, else the cause it fails on."""
    if title.mandate > 0.0:
        practices = float(organisation.area_mandated) / float(max(1, organisation.area_practices))
        insured = float(organisation.area_mandated_insured) / float(
            max(1, organisation.area_insured)
        )
        if title.mandate_of == OF_PRACTICES or title.mandate_of == OF_BOTH:
            if practices < title.mandate:
                return CAUSE_MANDATE
        if title.mandate_of == OF_INHABITANTS or title.mandate_of == OF_BOTH:
            if insured < title.mandate:
                return CAUSE_MANDATE
    if title.minimum > 0 and organisation.area_insured < title.minimum:
        return CAUSE_AREA
    if title.legal_person and organisation.legal == NETWORK:
        return CAUSE_FORM
    if title.contiguous and not organisation.contiguous:
        return CAUSE_CONTIGUITY
    if title.regioplan and not organisation.regioplan:
        return CAUSE_PLAN
    return CAUSE_NONE


@rule
def _settle(
    tables: Tables, who: int, insurer: int, start: int, cause: int, now: tuple[bool, int]
) -> int:
    """Return the start of the contract from next quarter on, and note a change.

    ``now`` is (wanted, tick): whether the title still exists for this party, and when. A
    renewed contract keeps its first start; one that lost its ground ends with its term.
    """
    wanted, tick = now
    if wanted and cause == CAUSE_NONE:
        if start == NONE:
            note(tables, tick, who, CONTRACT_WON, insurer, CAUSE_ELIGIBLE)
            return tick + 1
        return start
    if start != NONE:
        note(tables, tick, who, CONTRACT_LOST, insurer, cause)
    return NONE


@rule
def _review_organisation(tables: Tables, o: int, k: int, title: Title, tick: int) -> None:
    organisation = tables.organisations[o]
    if not organisation.alive:
        return
    if not title.contract:
        # Paid without a contract: nothing to agree, no condition to meet.
        held = title.active and title.receiver == ORGANISATION
        organisation.agreed[k] = tick + 1 if held else NONE
        return
    wanted = title.active and title.receiver == ORGANISATION and organisation.members > 0
    cause = CAUSE_NONE
    if wanted and title.mandate > 0.0 and organisation.lead != NONE:
        wanted = False
    if wanted:
        cause = meet_conditions(organisation, title)
        years = float(tick + 1 - organisation.contract[k]) / 4.0
        within = organisation.contract[k] != NONE and years % title.term != 0.0
        if cause != CAUSE_NONE and within:
            cause = CAUSE_NONE
    place = tables.municipalities[organisation.municipality]
    insurer = party(tables, INSURER, place.preferred)
    me = party(tables, ORGANISATION, o)
    if wanted and cause == CAUSE_NONE and title.negotiated > 0.0:
        if organisation.contract[k] == NONE and _talks_delayed(tables, o, k, tick):
            wanted = False
    organisation.agreed[k] = _settle(
        tables, me, insurer, organisation.contract[k], cause, (wanted, tick)
    )


@rule
def _talks_delayed(tables: Tables, o: int, k: int, tick: int) -> bool:
    """Return whether first talks run over the year's end: a manager must check back (C51)."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    z = tables.municipalities[organisation.municipality].preferred
    manager = tables.insurers[z].manager
    close = manager + (1.0 - manager) * params.contract_checkback
    if draw(tables.counter[0].seed, TALKS, organisation.id, 0, tick) < close:
        return False
    later = min(tick + 1, len(tables.titles) - 1)
    first = True
    for j in range(k):
        if tables.titles[later][j].active and tables.titles[later][j].negotiated > 0.0:
            first = False
    if first:
        # One set of talks, whatever the number of titles.
        me = party(tables, ORGANISATION, o)
        note(tables, tick, me, TALKS_DELAYED, party(tables, INSURER, z), CAUSE_CHECK_BACK)
    return True


@rule
def _review_unit(tables: Tables, u: int, k: int, title: Title, tick: int) -> None:
    unit = tables.units[u]
    wanted = title.active and title.receiver == UNIT and unit.alive
    if not wanted and unit.contract[k] == NONE:
        return
    insurer = party(tables, INSURER, tables.municipalities[unit.municipality].preferred)
    me = party(tables, UNIT, u)
    cause = CAUSE_NONE
    if unit.patients < title.minimum:
        cause = CAUSE_AREA
    unit.agreed[k] = _settle(tables, me, insurer, unit.contract[k], cause, (wanted, tick))


@rule
def _review_hub(tables: Tables, h: int, k: int, title: Title, tick: int) -> None:
    hub = tables.hubs[h]
    wanted = title.active and title.receiver == HUB and hub.stage > 0 and hub.practices > 0
    if wanted and title.origin >= 0 and hub.origin != title.origin:
        wanted = False
    if not wanted and hub.contract[k] == NONE:
        return
    insurer = party(tables, INSURER, tables.municipalities[hub.municipality].preferred)
    me = party(tables, HUB, h)
    hub.agreed[k] = _settle(tables, me, insurer, hub.contract[k], CAUSE_NONE, (wanted, tick))


@rule
def _agree_fee(tables: Tables, o: int, tick: int) -> None:
    """Bargain the fee of a lead with a negotiated title, phased in from its first contract."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    start = NONE
    term = 1.0
    checked = False
    later = min(tick + 1, len(tables.titles) - 1)
    for k in range(len(tables.tariffs)):
        title = tables.titles[later][k]
        if organisation.agreed[k] != NONE:
            checked = checked or title.checks
            if title.negotiated > 0.0:
                start = min(start, organisation.agreed[k])
                term = max(term, title.term)
    organisation.slack = drift_slack(organisation, checked, params)
    organisation.level = organisation.cost_factor * (1.0 + organisation.slack)
    if start == NONE:
        organisation.agreed_fee = 0.0
        organisation.legacy = 0.0
        organisation.history = 0.0
        organisation.weight = 0.0
        return
    years = float(tick + 1 - start) / 4.0
    if start == tick + 1:
        organisation.legacy = legacy_of(tables, o)
    # Between renewals the fee is what it was agreed to be.
    if organisation.history <= 0.0 or years % term == 0.0:
        organisation.history = bargain_fee(organisation, params)
    ramp = min(1.0, (years + 1.0) / params.contract_ramp)
    organisation.weight = benchmark_weight(tables, years, tick)
    # Housing is left out of the comparison (C38).
    compared = organisation.weight * (1.0 - tables.functions[HOUSING].variable)
    agreed = ramp * organisation.history * (1.0 - compared)
    organisation.agreed_fee = agreed + organisation.weight * organisation.benchmark_last


@rule
def benchmark_weight(tables: Tables, years: float, tick: int) -> float:
    """Return the weight of the benchmark after so many years under contract (growth path, F041)."""
    later = min(tick + 1, len(tables.policy) - 1)
    most = tables.policy[later].benchmark
    since = 0.0
    t = later
    while t >= 0 and tables.policy[t].benchmark > 0.0:
        since = since + 0.25
        t = t - 1
    steps = min(years, since) / tables.params[0].contract_path
    return most * min(1.0, steps)


@rule
def compare_costs(tables: Tables) -> None:
    """Measure each contract holder by the mean cost of the others, corrected for need (F040).

    This year's figure sets the tariff two years later: what was measured last year moves up.
    """
    quarter = tables.counter[0].quarter
    ahead = min(quarter + 9, len(tables.policy) - 1)
    if tables.policy[ahead].benchmark <= 0.0:
        # Nobody is measured before two years ahead of the first tariff that depends on it.
        return
    held = tables.marks[0]
    relative = tables.sums[0]
    count = 0
    burden = 0.0
    insured = 0.0
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        held[o] = 0
        organisation.benchmark_last = organisation.benchmark
        if organisation.alive and organisation.fee > 0.0:
            held[o] = 1
            count = count + 1
            relative[o] = need_of(tables, o)
            burden = burden + relative[o] * float(organisation.patients)
            insured = insured + float(organisation.patients)
    if count == 0:
        return
    mean_need = burden / max(1.0, insured)
    total = 0.0
    for o in range(tables.counter[0].organisations):
        if held[o] == 1:
            relative[o] = relative[o] / mean_need if mean_need > 0.0 else 1.0
            total = total + tables.organisations[o].unit_cost / max(0.01, relative[o])
    norm = tables.policy[quarter].norm
    for o in range(tables.counter[0].organisations):
        if held[o] == 1:
            organisation = tables.organisations[o]
            peers = norm
            if count > tables.params[0].contract_peers:
                own = organisation.unit_cost / max(0.01, relative[o])
                peers = (total - own) / float(count - 1)
            organisation.benchmark = peers * relative[o]


@rule
def need_of(tables: Tables, o: int) -> float:
    """Return the burden-weighted patients per named insured of organisation ``o``."""
    organisation = tables.organisations[o]
    total = 0.0
    for g in range(len(tables.groups)):
        total = total + organisation.groups[g] * tables.groups[g].burden
    return total / float(max(1, organisation.insured))


@rule
def legacy_of(tables: Tables, o: int) -> float:
    """Return EUR per insured a year that fixed O&I titles brought the alliance of ``o``."""
    money = 0.0
    insured = 0
    for other in range(tables.counter[0].organisations):
        ally = tables.organisations[other]
        if ally.alive and alliance_of(tables, other) == o:
            money = money + ally.legacy_revenue
            insured = insured + ally.patients
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        if tables.municipalities[hub.municipality].lead == o:
            money = money + 4.0 * hub.oi
    return money / float(max(1, insured))
