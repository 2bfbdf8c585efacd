"""Phase 12, second part: practices renew their work, by support and by what others show."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.practice import renew
from agents.words import Function, Kind
from sim.tables import Tables


@rule
def spread_innovation(tables: Tables, tick: int) -> None:
    """Let every practice renew; all look at what others were at the start of the quarter."""
    params = tables.params[0]
    rows = tables.counter[0].practices
    shown = tables.scratch.shown
    after = tables.scratch.renewed
    _show_results(tables, tick)
    for i in range(rows):
        practice = tables.practices[i]
        if practice.alive:
            ahead = 0.0
            if practice.organisation != NONE:
                ahead = max(0.0, shown[practice.organisation] - practice.renewal)
            support = practice.by_function[Function.INNOVATION]
            further = lead_of_neighbours(tables, i)
            supplied = lead_of_supplier(tables, i)
            after[i] = renew(practice, support, further, ahead, supplied, params)
    for i in range(rows):
        if tables.practices[i].alive:
            tables.practices[i].renewal = after[i]


@rule
def lead_of_supplier(tables: Tables, i: int) -> float:
    """Return by how much the organisation that supplies ``i`` with innovation is further."""
    practice = tables.practices[i]
    last = (len(tables.groups) - 1) * len(tables.functions)
    o = int(practice.supplier[last + Function.INNOVATION]) - int(tables.offsets[Kind.ORGANISATION])
    # Nobody at all is a number above every row.
    if o < 0 or o >= tables.counter[0].organisations:
        return 0.0
    return max(0.0, tables.organisations[o].renewed - practice.renewal)


@rule
def lead_of_neighbours(tables: Tables, i: int) -> float:
    """Return by how much others in the hub area are further than practice ``i``, on average."""
    mine = tables.practices[i].renewal
    total = 0.0
    others = 0
    j = tables.hubs[tables.practices[i].hub].first
    while j != NONE:
        other = tables.practices[j]
        if other.alive and j != i:
            others = others + 1
            total = total + max(0.0, other.renewal - mine)
        j = other.next_in_hub
    return total / float(max(1, others))


@rule
def asks_results(tables: Tables, tick: int) -> bool:
    """Return whether any title in force asks for open results: else nobody is looked at."""
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if title.active and title.open_results:
            return True
    return False


@rule
def is_open(tables: Tables, i: int, tick: int) -> bool:
    """Return whether practice ``i`` is in a site that must show its results."""
    practice = tables.practices[i]
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if title.active and title.open_results:
            if title.receiver == Kind.HUB and tables.hubs[practice.hub].contract[k] != NONE:
                return True
            if title.receiver == Kind.UNIT and tables.units[practice.unit].contract[k] != NONE:
                return True
    return False


@rule
def shows_all(tables: Tables, o: int, tick: int) -> bool:
    """Return whether organisation ``o`` is a site itself, which shows its results to everyone."""
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if title.active and title.open_results and title.receiver == Kind.ORGANISATION:
            if tables.organisations[o].contract[k] != NONE:
                return True
    return False


@rule
def _show_results(tables: Tables, tick: int) -> None:
    """Average the renewal of practices in open sites, per organisation (0 without any).

    What an organisation shows that is a site itself, all see.
    """
    shown = tables.scratch.shown
    count = tables.scratch.open_sites
    for o in range(tables.counter[0].organisations):
        shown[o] = 0.0
        count[o] = 0.0
    if not asks_results(tables, tick):
        return
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if practice.alive and practice.organisation != NONE and is_open(tables, i, tick):
            shown[practice.organisation] += practice.renewal
            count[practice.organisation] += 1.0
    best = 0.0
    for o in range(tables.counter[0].organisations):
        shown[o] = shown[o] / max(1.0, count[o])
        if tables.organisations[o].alive and shows_all(tables, o, tick):
            best = max(best, tables.organisations[o].renewed)
    for o in range(tables.counter[0].organisations):
        shown[o] = max(shown[o], best)
