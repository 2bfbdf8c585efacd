"""Outcomes measured at the end of a quarter, for the whole region and per municipality.

Measuring reads the tables and writes only into ``out``: recording more changes nothing.
"""

from __future__ import annotations

from agents.compiled.record import FloatArray, IntArray
from agents.compiled.rule import inlined, kernel, rule
from sim.measure.alternatives import score_otherwise
from sim.measure.cost import (
    Cost,
    CostByKind,
    add_ros,
    measure_costs,
    measure_ratios,
    sum_kinds,
)
from sim.measure.criteria import Criteria, Scope, measure_criteria
from sim.measure.demand import Demand, measure_demand
from sim.measure.fees import Fees, measure_fees
from sim.measure.fit import Fit, measure_fit
from sim.measure.hubs import Hubs, measure_hubs, measure_upkeep
from sim.measure.need import Need, ScaleByFunction, measure_need
from sim.measure.outcomes import EVERY_THEME, bit_of, first_of
from sim.measure.practices import EVERYWHERE, Lists, gather, measure_lists
from sim.measure.regional import Regional, measure_regional
from sim.measure.room import Room, measure_room
from sim.measure.scale import Scale, measure_scale
from sim.measure.seen import see_need, see_practices, see_tables
from sim.measure.support import (
    CoverageByFunction,
    Support,
    measure_substitution,
    measure_support,
)
from sim.measure.trust import Trust, measure_trust
from sim.tables import Tables

SCALE, SCALE_END = first_of(Scale), first_of(Scale) + len(Scale)
FIT, FIT_END = first_of(Fit), first_of(Fit) + len(Fit)
COST, COST_END = first_of(Cost), first_of(Cost) + len(Cost)
KINDS, KINDS_END = first_of(CostByKind), first_of(CostByKind) + len(CostByKind)
SUPPORT, SUPPORT_END = first_of(Support), first_of(Support) + len(Support)
BY_FUNCTION = first_of(CoverageByFunction)
BY_FUNCTION_END = BY_FUNCTION + len(CoverageByFunction)
TRUST, TRUST_END = first_of(Trust), first_of(Trust) + len(Trust)
HUBS, HUBS_END = first_of(Hubs), first_of(Hubs) + len(Hubs)
LISTS, LISTS_END = first_of(Lists), first_of(Lists) + len(Lists)
CRITERIA, CRITERIA_END = first_of(Criteria), first_of(Criteria) + len(Criteria)
REGIONAL, REGIONAL_END = first_of(Regional), first_of(Regional) + len(Regional)
NEED, NEED_END = first_of(Need), first_of(Need) + len(Need)
BY_SCALE, BY_SCALE_END = first_of(ScaleByFunction), first_of(ScaleByFunction) + len(ScaleByFunction)
DEMAND, DEMAND_END = first_of(Demand), first_of(Demand) + len(Demand)
ROOM, ROOM_END = first_of(Room), first_of(Room) + len(Room)
FEES, FEES_END = first_of(Fees), first_of(Fees) + len(Fees)


ASK_SCALE, ASK_FIT, ASK_TRUST = bit_of(Scale), bit_of(Fit), bit_of(Trust)
ASK_SUPPORT = bit_of(Support) | bit_of(CoverageByFunction)
ASK_NEED = bit_of(Need) | bit_of(ScaleByFunction)
ASK_HUBS, ASK_CRITERIA, ASK_DEMAND = bit_of(Hubs), bit_of(Criteria), bit_of(Demand)
ASK_REGIONAL, ASK_ROOM, ASK_FEES = bit_of(Regional), bit_of(Room), bit_of(Fees)
"""Themes that are measured where one of their outcomes is asked for; lists and cost always are."""


@rule
def wants(asked: int, themes: int) -> bool:
    """Return whether one of some themes is among those asked for."""
    return asked & themes != 0


@kernel
def measure_all(tables: Tables, tick: int, rows: IntArray, out: FloatArray) -> None:
    """Fill ``out`` (shape ``(scopes, outcomes)``): the whole first, then each municipality.

    ``rows`` is room for as many rows as there are practices.
    """
    measure_scopes(tables, tick, rows, out, True, EVERY_THEME)


@inlined
def measure_scopes(
    tables: Tables, tick: int, rows: IntArray, out: FloatArray, stocks: bool, asked: int
) -> None:
    """Fill ``out`` as ``measure_all`` does; ``stocks`` and ``asked``: see ``measure_part``."""
    # Of practices everything is seen with the whole, which holds them all.
    measure_part(tables, EVERYWHERE, tick, rows, out[0], stocks, asked, False)
    for m in range(len(out) - 1):
        measure_part(tables, m, tick, rows, out[m + 1], stocks, asked, True)


@rule
def measure(tables: Tables, m: int, tick: int, rows: IntArray, out: FloatArray) -> None:
    """Fill ``out`` (shape ``(outcomes,)``) for municipality ``m`` or ``EVERYWHERE``."""
    measure_part(tables, m, tick, rows, out, True, EVERY_THEME, False)


@rule
def measure_part(
    tables: Tables,
    m: int,
    tick: int,
    rows: IntArray,
    out: FloatArray,
    stocks: bool,
    asked: int,
    seen: bool,
) -> None:
    """Fill ``out`` as ``measure`` does: lists, cost, and the themes ``asked``; of others it is 0.

    Without ``stocks`` only what a year sums is sure to be there. ``seen`` says that scratch holds
    already what is seen of practices.
    """
    for p in range(len(out)):
        out[p] = 0.0
    count = gather(tables, m, rows)
    insured = measure_lists(tables, rows, count, out[LISTS:LISTS_END])
    if count == 0 or insured <= 0.0:
        return
    if not seen:
        see_tables(tables, rows, count)
        if stocks and wants(asked, ASK_NEED):
            see_need(tables, rows, count)
        if stocks and wants(asked, ASK_SUPPORT | ASK_CRITERIA):
            see_practices(tables, rows, count, wants(asked, ASK_CRITERIA))
    cost = out[COST:COST_END]
    by_kind = out[KINDS:KINDS_END]
    measure_costs(tables, rows, count, insured, by_kind, cost)
    sum_kinds(tables, by_kind, cost)
    add_ros(tables, m, cost)
    measure_flows(tables, m, tick, rows, count, insured, asked, out)
    if stocks:
        measure_stocks(tables, m, rows, count, insured, asked, out)
    for kind in range(len(by_kind)):
        by_kind[kind] = by_kind[kind] / insured
    measure_ratios(tables, tick, count, insured, cost)


@rule
def measure_flows(
    tables: Tables,
    m: int,
    tick: int,
    rows: IntArray,
    count: int,
    insured: float,
    asked: int,
    out: FloatArray,
) -> None:
    """Fill what a year sums of the themes asked for, beside lists and cost."""
    if wants(asked, ASK_SUPPORT):
        measure_substitution(tables, rows, count, out[SUPPORT:SUPPORT_END])
    if wants(asked, ASK_HUBS):
        measure_upkeep(tables, m, insured, out[HUBS:HUBS_END])
    if wants(asked, ASK_REGIONAL):
        measure_regional(tables, tick, rows, count, insured, out[REGIONAL:REGIONAL_END])
    if wants(asked, ASK_ROOM):
        measure_room(tables, m, rows, count, insured, out[ROOM:ROOM_END])
    if wants(asked, ASK_FEES):
        measure_fees(tables, rows, count, insured, out[FEES:FEES_END])


@rule
def measure_stocks(
    tables: Tables,
    m: int,
    rows: IntArray,
    count: int,
    insured: float,
    asked: int,
    out: FloatArray,
) -> None:
    """Fill what a year has the last of, of the themes asked for; cost is measured already."""
    if wants(asked, ASK_SUPPORT):
        by_function = out[BY_FUNCTION:BY_FUNCTION_END]
        measure_support(tables, rows, count, insured, by_function, out[SUPPORT:SUPPORT_END])
    if wants(asked, ASK_SCALE):
        measure_scale(tables, rows, count, insured, out[SCALE:SCALE_END])
    if wants(asked, ASK_FIT):
        measure_fit(tables, m, insured, out[FIT:FIT_END])
    if wants(asked, ASK_DEMAND):
        measure_demand(tables, rows, count, insured, out[DEMAND:DEMAND_END])
    if wants(asked, ASK_TRUST):
        measure_trust(tables, rows, count, out[TRUST:TRUST_END])
    if wants(asked, ASK_HUBS):
        measure_hubs(tables, m, insured, out[HUBS:HUBS_END])
    if wants(asked, ASK_NEED):
        scale = out[BY_SCALE:BY_SCALE_END]
        measure_need(tables, rows, count, insured, scale, out[NEED:NEED_END])
    if wants(asked, ASK_CRITERIA):
        oi = out[COST + Cost.OI_SPENDING]
        scope = see_scope(tables, rows, count, insured, oi, out[KINDS:KINDS_END])
        if tables.params[0].criterion_alternative:
            score_otherwise(tables, rows, scope, out[CRITERIA:CRITERIA_END])
        else:
            measure_criteria(tables, rows, scope, out[CRITERIA:CRITERIA_END])


@rule
def see_scope(
    tables: Tables, rows: IntArray, count: int, insured: float, oi: float, by_kind: FloatArray
) -> Scope:
    """Return what criteria share of these practices; ``by_kind`` is EUR of cost by kind."""
    need = 0.0
    for r in range(count):
        need = need + tables.practices[rows[r]].burden
    spent = 0.0
    for kind in range(len(by_kind)):
        spent = spent + by_kind[kind]
    return Scope(count, insured, need, oi, spent)
