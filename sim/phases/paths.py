"""Phase 2, first part: how patient groups grow this year, and how many are in a programme."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.sizes import CHAINS
from agents.words import Group, Kind
from sim.common.programmes import runs_programme
from sim.ledger import note, party
from sim.tables import Tables


@rule
def follow_paths(tables: Tables, tick: int) -> None:
    """Patient groups get this year's growth and inclusion; programmes take new chains in."""
    year = 2006 + tick // 4
    for g in range(len(tables.groups)):
        set_group(tables, g, year)
    if tables.params[0].demand_chains:
        for n in range(len(tables.chains)):
            # The first year in which patients join.
            if year == tables.chains[n].begins + 1:
                widen_programmes(tables, int(tables.chains[n].group), tick)


@rule
def set_group(tables: Tables, g: int, year: int) -> None:
    """Set the growth per insured of group ``g`` in this year, and its share in a programme."""
    group = tables.groups[g]
    joined = joined_by(tables, g, year)
    group.growth = growth_of(tables, g, year) * ((1.0 + joined) / (1.0 + group.joined))
    group.joined = joined
    # Of those who had it before; who joins from a new chain is in the programme by definition.
    within = included_by(tables, g, year)
    group.inclusion = (within + joined) / (1.0 + joined)


@rule
def part_of_way(year: int, first: int, last: int) -> float:
    """Return the part of the way from year ``first`` to ``last`` that is behind, 0..1."""
    if year <= first:
        return 0.0
    if year >= last:
        return 1.0
    return float(year - first) / float(last - first)


@rule
def growth_of(tables: Tables, g: int, year: int) -> float:
    """Return the factor on patients of group ``g`` per insured this year, without new chains."""
    params = tables.params[0]
    if g < CHAINS:
        if params.demand_inclusion:
            return 1.0 + params.demand_ageing
        return 1.0 + params.population_chain_growth
    if g == Group.GGZ:
        before = params.demand_ggz_shift * part_of_way(
            year - 1, params.demand_from, params.demand_until
        )
        now = params.demand_ggz_shift * part_of_way(year, params.demand_from, params.demand_until)
        return (1.0 + now) / (1.0 + before)
    if g == Group.FRAIL:
        more = 1.0 + params.population_frail_growth
        # F018 is of all the frail: growth of the insured is part of it.
        if params.demand_frail_anchor:
            more = more / (1.0 + params.population_growth)
        return more
    return 1.0


@rule
def joined_by(tables: Tables, g: int, year: int) -> float:
    """Return patients of new chains in group ``g``, as a share of those who had it before."""
    prevalence = tables.groups[g].prevalence
    if not tables.params[0].demand_chains or prevalence <= 0.0:
        return 0.0
    total = 0.0
    for n in range(len(tables.chains)):
        chain = tables.chains[n]
        if chain.group == g:
            way = part_of_way(year, chain.begins, chain.grown)
            total = total + chain.prevalence * chain.inclusion * way
    return total / prevalence


@rule
def included_by(tables: Tables, g: int, year: int) -> float:
    """Return the share of group ``g`` in a programme, of those who had it before new chains."""
    params = tables.params[0]
    first = tables.groups[g].first
    if g >= CHAINS or not params.demand_inclusion:
        return first
    way = part_of_way(year, params.demand_from, params.demand_until)
    return first + (1.0 - first) * params.demand_reached * way


@rule
def widen_programmes(tables: Tables, g: int, tick: int) -> None:
    """Note which organisations take a new chain into their programme of group ``g``."""
    for o in range(tables.counter[0].organisations):
        if runs_programme(tables, o, g):
            me = party(tables, Kind.ORGANISATION, o)
            note(tables, tick, me, Event.PROGRAMME_WIDENED, NONE, Cause.POLICY)
