"""Phase 6, second part: what others cost, and how much that weighs in a fee (F040, F041)."""

from __future__ import annotations

from agents.compiled.rule import rule
from agents.title import NATIONAL
from sim.phases.contracts.efficient import compare_efficient_costs, is_peer
from sim.tables import Tables


@rule
def benchmark_weight(tables: Tables, m: int, years: float, tick: int) -> float:
    """Return the weight of the benchmark after so many years under contract (growth path, F041).

    It is that of the insurer whose policy holds at the seat, ``m``, which bargains the fee.
    """
    z = tables.municipalities[m].policy_of
    later = min(tick + 1, len(tables.policy) - 1)
    most = tables.policy[later][z].benchmark
    since = 0.0
    quarter = later
    while quarter >= 0 and tables.policy[quarter][z].benchmark > 0.0:
        since = since + 0.25
        quarter = quarter - 1
    steps = min(years, since) / tables.params[0].contract_path
    return most * min(1.0, steps)


@rule
def compare_costs(tables: Tables) -> None:
    """Measure each contract holder by the mean cost of the others, corrected for need (F040).

    Costs that are not shown cannot be compared: peers are those that show them (S1-138). This
    year's figure sets the tariff two years later: what was measured last year moves up.
    """
    quarter = tables.counter[0].quarter
    ahead = min(quarter + 9, len(tables.policy) - 1)
    weighs = 0.0
    for z in range(len(tables.insurers)):
        weighs = max(weighs, tables.policy[ahead][z].benchmark)
    if weighs <= 0.0:
        # Nobody is measured before two years ahead of the first tariff that depends on it.
        return
    if _compare_need(tables) == 0:
        return
    if tables.params[0].contract_efficient_cost:
        compare_efficient_costs(tables)
    else:
        _compare_spending(tables)


@rule
def _compare_need(tables: Tables) -> int:
    """Write into scratch who is compared, and their need against the mean; return how many."""
    compared = tables.scratch.compared
    relative = tables.scratch.need
    count = 0
    burden = 0.0
    insured = 0.0
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        compared[o] = 0
        organisation.benchmark_last = organisation.benchmark
        if organisation.alive and organisation.fee > 0.0:
            compared[o] = 1
            count = count + 1
            relative[o] = need_of(tables, o)
            burden = burden + relative[o] * float(organisation.patients)
            insured = insured + float(organisation.patients)
    mean_need = burden / max(1.0, insured)
    for o in range(tables.counter[0].organisations):
        if compared[o] == 1:
            relative[o] = relative[o] / mean_need if mean_need > 0.0 else 1.0
    return count


@rule
def _compare_spending(tables: Tables) -> None:
    """Measure by what others spend per insured, whatever they deliver for it."""
    compared = tables.scratch.compared
    relative = tables.scratch.need
    total = 0.0
    known = 0
    for o in range(tables.counter[0].organisations):
        if compared[o] == 1 and is_peer(tables, o):
            known = known + 1
            total = total + tables.organisations[o].unit_cost / max(0.01, relative[o])
    norm = tables.policy[tables.counter[0].quarter][NATIONAL].norm
    for o in range(tables.counter[0].organisations):
        if compared[o] == 1:
            organisation = tables.organisations[o]
            peers = norm
            own = 0.0
            others = known
            if is_peer(tables, o):
                own = organisation.unit_cost / max(0.01, relative[o])
                others = known - 1
            if others >= tables.params[0].contract_peers:
                peers = (total - own) / float(others)
            organisation.benchmark = peers * relative[o]


@rule
def need_of(tables: Tables, o: int) -> float:
    """Return the burden-weighted patients per named insured of organisation ``o``."""
    organisation = tables.organisations[o]
    total = 0.0
    for g in range(len(tables.groups)):
        total = total + organisation.groups[g] * tables.groups[g].burden
    return total / float(max(1, organisation.insured))
