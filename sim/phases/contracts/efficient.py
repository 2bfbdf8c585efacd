"""Phase 6, second part: what support costs, and how a fee follows it (S1 4.4.2-3, C26, F040)."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.title import NATIONAL
from agents.words import Kind
from sim.common.alliances import alliance_of
from sim.ledger import note, party
from sim.tables import Tables

FIRST_YEAR = 4
"""Quarters under contract without which nothing is measured: a study asks for a year's books."""

NEXT_TO_NOTHING = 0.001
"""Share of full support below which nobody can tell what more of it would cost (assumed)."""


@rule
def is_peer(tables: Tables, o: int) -> bool:
    """Return whether others can be compared with contract holder ``o``."""
    return bool(not tables.params[0].contract_open_peers or not tables.organisations[o].hidden)


@rule
def part_for_work(tables: Tables, o: int) -> float:
    """Return what of one euro of its fee ``o`` has for work of its own: the rest is for hubs.

    Zero in its first year under contract.
    """
    tick = tables.counter[0].quarter
    organisation = tables.organisations[o]
    part = 0.0
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        start = organisation.contract[k]
        if title.active and start != NONE and tick - start >= FIRST_YEAR:
            part = part + title.negotiated * (1.0 - title.for_hubs)
    return part


@rule
def cost_of_standard(tables: Tables, o: int) -> float:
    """Return what the standard of support costs the alliance of ``o``, EUR per insured a year.

    Its work as it is, and support in proportion: the standard over what is delivered. Zero where
    next to nothing is delivered: nobody can tell what that would cost.
    """
    work = 0.0
    support = 0.0
    delivered = 0.0
    insured = 0.0
    for other in range(tables.counter[0].organisations):
        ally = tables.organisations[other]
        if ally.alive and alliance_of(tables, other) == o:
            work = work + ally.work_cost
            support = support + ally.support_cost
            delivered = delivered + ally.delivered
            insured = insured + float(max(ally.insured, ally.patients))
    if delivered <= NEXT_TO_NOTHING * insured:
        return 0.0
    return work / insured + tables.params[0].contract_standard * support / delivered


@rule
def publish_norm(tables: Tables, level: float) -> float:
    """Move the published norm towards what the standard costs; return it.

    ``level`` is the mean over all holders, as a fee would have to be (0: nobody is measured): a
    study of cost asks everyone and names nobody. All are EUR per insured a year.
    """
    counter = tables.counter[0]
    norm = tables.policy[counter.quarter][NATIONAL].norm
    if level > 0.0:
        away = level - norm - counter.norm_moved
        counter.norm_moved = counter.norm_moved + tables.params[0].contract_norm_follows * away
    return max(0.0, norm + counter.norm_moved)


@rule
def compare_efficient_costs(tables: Tables) -> None:
    """Measure each contract holder by what the standard of support costs others (C26, F040).

    Scratch must say who is compared, and their need against the mean (``compare_costs``).
    """
    compared = tables.scratch.compared
    relative = tables.scratch.need
    cost = tables.scratch.standard_cost
    total = 0.0
    count = 0
    open_total = 0.0
    known = 0
    for o in range(tables.counter[0].organisations):
        cost[o] = 0.0
        part = part_for_work(tables, o)
        if compared[o] == 0 or part <= 0.0:
            continue
        cost[o] = cost_of_standard(tables, o) / (max(0.01, relative[o]) * part)
        if cost[o] > 0.0:
            count = count + 1
            total = total + cost[o]
            if is_peer(tables, o):
                known = known + 1
                open_total = open_total + cost[o]
    norm = publish_norm(tables, total / float(max(1, count)))
    for o in range(tables.counter[0].organisations):
        if compared[o] == 0:
            continue
        others = known
        own = 0.0
        if cost[o] > 0.0 and is_peer(tables, o):
            others = known - 1
            own = cost[o]
        level = norm
        if others >= tables.params[0].contract_peers:
            level = (open_total - own) / float(others)
        tables.organisations[o].benchmark = level * relative[o]


@rule
def benchmark_in_fee(tables: Tables, o: int, tick: int) -> float:
    """Return the benchmark in the fee of ``o`` for next year, EUR per insured a year.

    It stands until the reset: so long whoever works for less keeps what that leaves.
    """
    params = tables.params[0]
    organisation = tables.organisations[o]
    newest = float(organisation.benchmark_last)
    held = float(tick - organisation.based)
    if not params.contract_efficient_cost:
        return newest
    if organisation.first_base <= 0.0 and newest <= 0.0:
        # What was not measured yet cannot weigh.
        organisation.weight = 0.0
    if organisation.weight <= 0.0:
        forget_benchmark(tables, o)
        return 0.0
    if organisation.first_base <= 0.0:
        organisation.first_base = newest
        organisation.fee_base = newest
        organisation.based = tick
    elif newest > 0.0 and held >= 4.0 * params.contract_reset:
        cause: int = Cause.GAIN if newest < organisation.fee_base else Cause.COST
        place = tables.municipalities[organisation.municipality]
        insurer = party(tables, Kind.INSURER, place.preferred)
        me = party(tables, Kind.ORGANISATION, o)
        note(tables, tick, me, Event.FEE_RESET, insurer, cause)
        organisation.fee_base = newest
        organisation.based = tick
    return float(organisation.fee_base)


@rule
def forget_benchmark(tables: Tables, o: int) -> None:
    """Leave ``o`` without a benchmark in its fee."""
    organisation = tables.organisations[o]
    organisation.fee_base = 0.0
    organisation.first_base = 0.0
