"""Supply contracts: whoever buys has one with each supplier, whatever it buys there."""

from __future__ import annotations

from agents.compiled.record import NONE, IntArray
from agents.compiled.rule import rule
from agents.practice import Practice
from agents.title import Title
from agents.words import CostKind, Kind, Phase
from sim.common.alliances import alliance_of
from sim.common.booking import work_together
from sim.common.buyers import served_at_home
from sim.ledger import moment, party
from sim.phases.contracts.hours import HOURLY, soften, title_hours, trust_in
from sim.tables import Tables


@rule
def count_bought(tables: Tables, u: int, title: Title) -> tuple[int, float]:
    """Return how many functions of a title the unit buys from others, and their ``soften`` summed.

    Trust in a supplier is that of the unit's chair.
    """
    practice = tables.practices[tables.units[u].chair]
    mine = party(tables, Kind.UNIT, u)
    functions = len(tables.functions)
    bought = 0
    eased = 0.0
    for f in range(functions):
        supplier = practice.supplier[f]
        if title.functions[f] > 0.0 and supplier != NONE and supplier != mine:
            bought = bought + 1
            eased = eased + soften(trust_in(tables, practice, supplier), 0.0, tables)
    return bought, eased


@rule
def bought_in(tables: Tables, u: int, c: int) -> int:
    """Return from whom unit ``u`` buys cell ``c`` (group x function), ``NONE`` if from nobody."""
    unit = tables.units[u]
    supplier = int(unit.chosen[c])
    if supplier == NONE or supplier == party(tables, Kind.UNIT, u):
        return NONE
    if tables.practices[unit.chair].supplier[c] != supplier:
        return NONE
    return supplier


@rule
def serves_under(tables: Tables, practice: Practice, supplier: int, title: Title) -> bool:
    """Return whether a supplier serves a practice in anything that a title pays."""
    functions = len(tables.functions)
    for c in range(len(practice.supplier)):
        g = c // functions
        f = c - g * functions
        if practice.supplier[c] == supplier and title.groups[g] > 0.0 and title.functions[f] > 0.0:
            return True
    return False


@rule
def contract_suppliers(tables: Tables, u: int, tick: int) -> None:
    """Book a quarter of the contracts of unit ``u`` with its suppliers, both sides, one for each.

    Hours per kind are those of the title that asks most, of the titles that the supplier serves.
    """
    unit = tables.units[u]
    suppliers = tables.practices[unit.chair].supplier
    functions = len(tables.functions)
    me = party(tables, Kind.UNIT, u)
    for c in range(len(unit.chosen)):
        if unit.chosen[c] == me or unit.chosen[c] == NONE:
            continue  # what it does itself, or nobody does
        if c >= functions and unit.chosen[c] == unit.chosen[c - functions]:
            if suppliers[c] == suppliers[c - functions]:
                continue  # most cells: whoever sells it does so for the group before
        supplier = bought_in(tables, u, c)
        first = supplier != NONE
        for d in range(c):
            if not first:
                break
            if unit.chosen[d] == unit.chosen[c] and bought_in(tables, u, d) == supplier:
                first = False
        if first:
            _contract_supplier(tables, u, supplier, tick)


@rule
def _contract_supplier(tables: Tables, u: int, supplier: int, tick: int) -> None:
    unit = tables.units[u]
    chair = tables.practices[unit.chair]
    me = party(tables, Kind.UNIT, u)
    trust = trust_in(tables, chair, supplier)
    pair = tables.params[0].transaction_pair_member * soften(trust, 0.0, tables)
    most = tables.scratch.most_hours
    for kind in range(HOURLY):
        most[kind] = 0.0
    asked = False
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if unit.contract[k] == NONE or not title.active:
            continue
        if serves_under(tables, chair, supplier, title):
            asked = True
            for kind in range(HOURLY):
                most[kind] = max(most[kind], title_hours(title, kind, tables))
    for kind in range(HOURLY):
        hours = 0.25 * pair * most[kind]
        if hours > 0.0:
            work_together(tables, me, supplier, kind, hours, moment(tick, Phase.CONTRACTS))
    if asked:
        unit.supplies = unit.supplies + 1


@rule
def contract_entrants(tables: Tables, o: int, tick: int) -> None:
    """Book a quarter of the contracts of organisation ``o`` with whom it buys from, both sides."""
    organisation = tables.organisations[o]
    organisation.supplies = 0
    for f in range(len(tables.functions)):
        first = organisation.bought[f] != NONE
        for d in range(f):
            if organisation.bought[d] == organisation.bought[f]:
                first = False
        if first:
            organisation.supplies = organisation.supplies + 1
            _contract_entrant(tables, o, int(organisation.bought[f]), tick)


@rule
def _contract_entrant(tables: Tables, o: int, supplier: int, tick: int) -> None:
    organisation = tables.organisations[o]
    lead = tables.organisations[alliance_of(tables, o)]
    me = party(tables, Kind.ORGANISATION, o)
    trust = tables.municipalities[organisation.municipality].trust_start
    pair = tables.params[0].transaction_pair_member * soften(trust, 0.0, tables)
    for kind in range(HOURLY):
        most = 0.0
        for k in range(len(tables.tariffs)):
            title = tables.titles[tick][k]
            if not title.active or min(organisation.contract[k], lead.contract[k]) == NONE:
                continue
            for f in range(len(tables.functions)):
                if organisation.bought[f] == supplier and title.functions[f] > 0.0:
                    most = max(most, title_hours(title, kind, tables))
        hours = 0.25 * pair * most
        if hours > 0.0:
            work_together(tables, me, supplier, kind, hours, moment(tick, Phase.CONTRACTS))


@rule
def supplied_apart(tables: Tables, i: int, c: int) -> int:
    """Return who supplies cell ``c`` of practice ``i`` on a contract of its own, or ``NONE``.

    Not itself or its unit, whom its unit buys from, its own organisation (that is membership) or
    who does that for it, or an entrant: that sells to units and organisations.
    """
    practice = tables.practices[i]
    supplier = int(practice.supplier[c])
    if supplier == NONE or supplier < int(tables.offsets[Kind.HUB]):
        return NONE
    o = supplier - int(tables.offsets[Kind.ORGANISATION])
    if o >= 0 and (o == practice.organisation or tables.organisations[o].entrant):
        return NONE
    if tables.units[practice.unit].chosen[c] == supplier:
        return NONE
    if o >= 0 and practice.organisation != NONE:
        functions = len(tables.functions)
        f = c - (c // functions) * functions
        if tables.organisations[practice.organisation].bought[f] == supplier:
            return NONE
    return supplier


@rule
def like_before(suppliers: IntArray, chosen: IntArray, first: int, functions: int) -> bool:
    """Return whether the group whose cells begin at ``first`` is supplied as the one before it."""
    differs = 0
    for c in range(first, first + functions):
        differs = differs | (suppliers[c] ^ suppliers[c - functions])
        differs = differs | (chosen[c] ^ chosen[c - functions])
    return differs == 0


@rule
def contract_apart(tables: Tables, i: int, tick: int) -> None:
    """Book a quarter of the contracts of practice ``i`` itself with suppliers, one for each."""
    practice = tables.practices[i]
    practice.supplies = 0
    if served_at_home(tables, i):
        return
    suppliers = practice.supplier
    chosen = tables.units[practice.unit].chosen
    functions = len(tables.functions)
    for g in range(len(tables.groups)):
        if g > 0 and like_before(suppliers, chosen, g * functions, functions):
            continue  # most groups: whoever supplies it does so for the group before
        for c in range(g * functions, g * functions + functions):
            if is_first_apart(tables, i, c):
                _contract_one_apart(tables, i, int(suppliers[c]), tick)


@rule
def is_first_apart(tables: Tables, i: int, c: int) -> bool:
    """Return whether cell ``c`` of practice ``i`` is the first that its supplier has apart."""
    supplier = supplied_apart(tables, i, c)
    if supplier == NONE:
        return False
    suppliers = tables.practices[i].supplier
    for d in range(c):
        # Whoever supplies a cell before has its contract: mostly the first one looked at.
        if suppliers[d] == supplier and supplied_apart(tables, i, d) == supplier:
            return False
    return True


@rule
def _contract_one_apart(tables: Tables, i: int, supplier: int, tick: int) -> None:
    """Book a quarter of one such contract: the hours of a membership."""
    params = tables.params[0]
    practice = tables.practices[i]
    practice.supplies = practice.supplies + 1
    once = params.transaction_search + params.transaction_bargain + params.transaction_contract
    hours = once / params.transaction_member_term + params.transaction_monitor
    trust = trust_in(tables, practice, supplier)
    pair = params.transaction_pair_member * soften(trust, 0.0, tables)
    work_together(
        tables, party(tables, Kind.PRACTICE, i), supplier, CostKind.CONTRACT,
        0.25 * pair * hours, moment(tick, Phase.CONTRACTS),
    )  # fmt: skip
