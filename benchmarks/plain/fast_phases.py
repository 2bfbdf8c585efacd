"""Faster plain versions of what every practice does each quarter."""

from __future__ import annotations

from typing import Any

from agents.compiled.record import NONE
from agents.organisation.governance import ease
from agents.words import Domain, Function, Kind, Level, Meeting, Stage
from benchmarks.plain.faster import instead_of
from sim.common.patients import cared_for
from sim.common.trust import meet


@instead_of("agents.practice")
def find_counterpart(practice: Any, organisation: int) -> int:
    """Return the position of ``organisation`` among the practice's counterparts, or ``NONE``."""
    known = practice.counterpart
    return known.index(organisation) if organisation in known else NONE


@instead_of("sim.common.trust")
def adjust_trust(trust: float, start: float, went: int, fade: float, params: Any) -> float:
    """Return trust after a quarter."""
    if went == Meeting.NONE:
        return float(trust + fade * (start - trust))
    if went == Meeting.GOOD:
        return float(trust + params.trust_gain * (1.0 - trust))
    return float(trust - params.trust_loss * trust)


@instead_of("sim.phases.meetings.meetings")
def imposed_scale(tables: Any, i: int) -> float:
    """Return the share of functions that prefer the local level but come from above."""
    practice = tables.practices[i]
    if practice.main == NONE:
        return 0.0
    first = tables.offsets[Kind.ORGANISATION]
    total = 0.0
    for f, function in enumerate(tables.functions):
        if function.level == Level.LOCAL:
            variable = function.variable
            for supplier, weight in zip(practice.supplier[f::7], practice.weights, strict=True):
                if first <= supplier < NONE:
                    total = total + weight * variable
    return total


@instead_of("sim.common.groups")
def weigh_groups(tables: Any, i: int) -> None:
    """Recompute burden and weights, and keep the cost weight of each cell of suppliers."""
    practice = tables.practices[i]
    burdens = [n * g.burden for n, g in zip(practice.groups, tables.groups, strict=True)]
    total = 0.0
    for burden in burdens:
        total = total + burden
    practice.burden = total
    if total > 0.0:
        practice.weights = [burden / total for burden in burdens]
    else:
        practice.weights = [1.0 / len(burdens)] * len(burdens)
    practice.cells = [w * f.variable for w in practice.weights for f in tables.functions]


@instead_of("sim.common.cost")
def local_cost(tables: Any, patients: float, m: int) -> float:
    """Return EUR a year of all functions' local parts for these patients in municipality ``m``."""
    return float(tables.municipalities[m].local_cost * patients)


@instead_of("sim.phases.supply.supply")
def _cover_practice(tables: Any, i: int) -> None:
    params = tables.params[0]
    practice = tables.practices[i]
    hub = tables.hubs[practice.hub]
    unit = tables.units[practice.unit]
    relief = 1.0 + params.innovation_relief * practice.renewal
    hours = 0.25 * params.choice_hours * relief - practice.hours
    hours = hours - unit.hours / max(1, unit.members)
    if practice.active and hub.stage > Stage.NONE:
        hours = hours - 0.25 * params.hub_meeting
    made_good = 0.0
    if practice.plus:
        hours = hours - 0.25 * params.plus_hours
    if practice.organisation != NONE:
        organisation = tables.organisations[practice.organisation]
        hours = hours - organisation.unpaid / max(1, organisation.members)
        if practice.plus:
            made_good = params.plus_effect * organisation.quality
    means = max(0.0, hours) * params.supply_wage + practice.money + practice.fees
    patients = max(1, practice.patients)
    if unit.members > 1:
        means = means + 0.25 * params.practice_saving * params.practice_reinvest * patients
    place = tables.municipalities[practice.municipality]
    own = means / max(0.01, 0.25 * (place.local_cost * patients))
    local = own + hub.local + params.hub_service * hub.service
    if practice.centre == practice.hub:
        local = local + hub.listed_local
    local = 0.0 if local < 0.0 else 1.0 if local > 1.0 else local
    units, hubs = tables.offsets[Kind.UNIT], tables.offsets[Kind.HUB]
    organisations = tables.offsets[Kind.ORGANISATION]
    practice.last_coverage = practice.coverage
    # Whose coverage reaches the practice, looked up once per supplier.
    reach = {}
    for supplier in set(practice.supplier):
        if supplier == NONE:
            continue
        if supplier >= organisations:
            reach[supplier] = tables.organisations[supplier - organisations].coverage
        elif supplier >= hubs:
            reach[supplier] = tables.hubs[supplier - hubs].coverage
        else:
            reach[supplier] = tables.units[supplier - units].coverage
    shared = cared_for(tables, i)
    total = 0.0
    received = []
    for f, function in enumerate(tables.functions):
        central = 0.0
        if reach:
            for supplier, weight in zip(practice.supplier[f::7], practice.weights, strict=True):
                if supplier != NONE:
                    central = central + weight * reach[supplier][f]
        both = function.local * local + (1.0 - function.local) * central
        both = both + made_good * (1.0 - both)
        if f == Function.CARE_MANAGEMENT or f == Function.AGREEMENTS:
            both = both + shared * (1.0 - both)
        received.append(both)
        total = total + function.variable * both
    practice.by_function = received
    practice.coverage = 0.0 if total < 0.0 else 1.0 if total > 1.0 else total


@instead_of("sim.phases.suppliers.clients")
def _count_practice(tables: Any, i: int) -> None:
    practice = tables.practices[i]
    units, hubs = tables.offsets[Kind.UNIT], tables.offsets[Kind.HUB]
    organisations = tables.offsets[Kind.ORGANISATION]
    functions = len(tables.functions)
    weights: dict[int, float] = {}
    for c, supplier in enumerate(practice.supplier):
        if supplier == NONE:
            continue
        g, f = divmod(c, functions)
        if supplier >= organisations:
            row = tables.organisations[supplier - organisations]
        elif supplier >= hubs:
            row = tables.hubs[supplier - hubs]
        else:
            row = tables.units[supplier - units]
        row.clients[f] += practice.patients * practice.weights[g]
        weights[supplier] = weights.get(supplier, 0.0) + practice.cells[c]
    largest = 0.0
    main = NONE
    for supplier, weight in weights.items():
        if weight > largest:
            largest = weight
            main = supplier
    practice.suppliers = sum(1 for supplier in weights if supplier >= hubs)
    if main != practice.main:
        practice.main = main
        practice.kept = 0


@instead_of("sim.phases.meetings.meetings")
def practice_meets(tables: Any, i: int, tick: int, grumble: float, fade: float) -> None:
    """Adjust the trust of practice ``i`` in organisations, its hub and its payer."""
    params = tables.params[0]
    practice = tables.practices[i]
    start = tables.municipalities[practice.municipality].trust_start
    loss = 0.0
    if practice.last_coverage > 0.0 and practice.coverage < practice.last_coverage:
        loss = 1.0 - practice.coverage / practice.last_coverage
    hub = tables.hubs[practice.hub]
    unequal = params.trust_bad_dependence * (1.0 - hub.autonomy)
    hap = tables.municipalities[practice.municipality].partners[Domain.HAP]
    host = NONE if hap == NONE else tables.partners[hap].organisation
    supplier = practice.main - tables.offsets[Kind.ORGANISATION]
    trusts = practice.trust
    for k, o in enumerate(practice.counterpart):
        if o == NONE:
            continue
        went: int = Meeting.NONE
        if o in (practice.organisation, supplier, host) or o in practice.chain:
            organisation = tables.organisations[o]
            bad = params.trust_bad + params.trust_bad_loss * loss
            say = organisation.say
            if o != practice.organisation:
                say = params.unit_council_say if organisation.council else 0.0
            distant = (1.0 - organisation.engagement) * (1.0 - say)
            bad = bad + params.trust_bad_say * distant
            if organisation.hidden:
                bad = bad + params.trust_bad_hidden * (1.0 - say)
            bad = bad + params.trust_bad_scale * imposed_scale(tables, i)
            if practice.active:
                bad = bad + unequal
            contact = params.trust_contact
            if o == practice.organisation:
                contact, calm = ease(organisation.dialogue, params)
                bad = bad * calm
            went = meet(tables, practice.id, organisation.id, bad, contact, tick)
        if went == Meeting.NONE:
            trusts[k] += fade * (start - trusts[k])
        else:
            trusts[k] = adjust_trust(trusts[k], start, went, fade, params)
    went = Meeting.NONE
    if hub.stage > Stage.NONE and practice.active:
        bad = params.trust_bad + unequal
        went = meet(tables, practice.id, hub.id, bad, params.trust_contact, tick)
    practice.hub_trust = adjust_trust(practice.hub_trust, start, went, fade, params)
    bad = params.trust_bad + params.trust_bad_loss * loss + params.trust_bad_effort * grumble
    went = meet(tables, practice.id, Kind.INSURER, bad, params.trust_contact, tick)
    practice.payer_trust = adjust_trust(practice.payer_trust, start, went, fade, params)
