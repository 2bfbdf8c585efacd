"""How a run begins: with a population, and in a later quarter than the first with what is there.

A run that starts later has lived through nothing. Its population is that of the quarter: lists,
patient groups and practices are followed up to it, as a whole run would follow them. What a
region says of organisations, hubs and contracts is in the starting tables; here its practices get
to know the organisations and take their places in them.
"""

from __future__ import annotations

from agents.compiled.draws import draw, stream, whole
from agents.compiled.record import NONE
from agents.compiled.rule import kernel, rule
from agents.events import Cause, Event
from agents.opening import Opening
from agents.organisation.governance import rights_by_form, seats_of_others
from agents.practice import distance, find_counterpart
from agents.sizes import CHAINS
from agents.words import Kind, Manager, Stage
from sim.common.founding import take_up_work
from sim.common.in_force import in_force_at
from sim.common.membership import count_members
from sim.common.programmes import runs_programme
from sim.common.subregions import own_subregion
from sim.ledger import note, party
from sim.phases.calendar import count_names
from sim.phases.contracts.areas import measure_areas
from sim.phases.contracts.transition import first_run_down, tied_in_full
from sim.phases.lists import meet_demand
from sim.phases.paths import follow_paths
from sim.population import draw_population, solve_tariffs
from sim.tables import Tables

COST = stream("opening.cost")
PLACE = stream("opening.place")


@kernel
def begin_run(tables: Tables) -> None:
    """Draw the population; for a later start, follow it up to then and put all in their places."""
    draw_population(tables)
    begin = int(tables.counter[0].quarter)
    if begin == 0:
        return
    for tick in range(4, begin, 4):
        follow_paths(tables, tick)
        meet_demand(tables, tick)
        # What practices did until then is told by nobody.
        tables.counter[0].event_lines = 0
    for o in range(tables.counter[0].organisations):
        open_organisation(tables, o)
    for n in range(len(tables.opening)):
        open_places(tables, n)
    count_members(tables)
    divide_by_name(tables)
    count_members(tables)
    employ_managers(tables)
    count_names(tables)
    measure_areas(tables, begin - 1)
    wind_clocks(tables, begin)
    tell_what_stands(tables, begin)
    solve_tariffs(tables)


@rule
def open_organisation(tables: Tables, o: int) -> None:
    """Let an organisation that the region gives stand as its form says, and be known."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    organisation.seats = seats_of_others(organisation.legal, params)
    members, hubs = rights_by_form(organisation.legal)
    organisation.rights = max(int(organisation.rights), members)
    if params.governance_hub_rights:
        organisation.hub_rights = max(int(organisation.hub_rights), hubs)
    take_up_work(tables, o, COST)


@rule
def open_places(tables: Tables, n: int) -> None:
    """Let the practices of line ``n`` be members, or take part in their hub."""
    line = tables.opening[n]
    if line.organisation != NONE:
        place = tables.municipalities[line.municipality]
        count = float(place.practices)
        first = whole(line.before * count)
        after = whole((line.before + line.share) * count)
        for h in range(place.first_hub, place.first_hub + place.hubs):
            i = tables.hubs[h].first
            while i != NONE:
                if tables.practices[i].alive:
                    rank = rank_there(tables, i, int(place.first_hub), int(place.hubs))
                    if first <= rank and rank < after:
                        _join(tables, i, line, rank - first, after - first)
                i = tables.practices[i].next_in_hub
    if line.hub != NONE:
        hub = tables.hubs[line.hub]
        count = whole(line.share * float(hub.practices))
        i = hub.first
        while i != NONE:
            if tables.practices[i].alive:
                tables.practices[i].active = rank_there(tables, i, int(line.hub), 1) < count
            i = tables.practices[i].next_in_hub


@rule
def rank_there(tables: Tables, i: int, first: int, hubs: int) -> int:
    """Return the place, from 0, of the lot of practice ``i`` among those of some hub areas."""
    seed = tables.counter[0].population_seed
    mine = draw(seed, PLACE, tables.practices[i].id, 0, 0)
    rank = 0
    for h in range(first, first + hubs):
        j = tables.hubs[h].first
        while j != NONE:
            other = tables.practices[j]
            if other.alive and draw(seed, PLACE, other.id, 0, 0) < mine:
                rank = rank + 1
            j = other.next_in_hub
    return rank


@rule
def _join(tables: Tables, i: int, line: Opening, place: int, members: int) -> None:
    """Make practice ``i`` a member, at this ``place`` among so many."""
    practice = tables.practices[i]
    practice.organisation = line.organisation
    practice.mandate = place < whole(line.mandate * float(members))
    practice.plus = place < whole(line.plus * float(members))
    if find_counterpart(practice, int(line.organisation)) == NONE:
        _know_own(tables, i)
    for g in range(CHAINS):
        if runs_programme(tables, int(line.organisation), g):
            practice.chain[g] = line.organisation


@rule
def _know_own(tables: Tables, i: int) -> None:
    """Let practice ``i`` know its organisation in the place of the farthest that it knows."""
    practice = tables.practices[i]
    slot = 0
    far = -1.0
    for k in range(len(practice.counterpart)):
        known = tables.organisations[practice.counterpart[k]]
        km = distance(practice.x, practice.y, known.x, known.y)
        if km > far:
            far = km
            slot = k
    practice.counterpart[slot] = practice.organisation
    practice.trust[slot] = tables.municipalities[practice.municipality].trust_start


@rule
def divide_by_name(tables: Tables) -> None:
    """Let who is said to be divided have a council in each sub-region of its members."""
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        if organisation.own <= 0:
            continue
        named, own = own_subregion(tables, o)
        organisation.subregions = named
        organisation.own = own if named > 1 else 0


@rule
def employ_managers(tables: Tables) -> None:
    """Let managers that the region gives work as many hours as the patients of their hub ask."""
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        if hub.manager != Manager.NONE:
            hub.fte = tables.params[0].hub_manager_fte * float(hub.patients) / 10_000.0


@rule
def tell_what_stands(tables: Tables, begin: int) -> None:
    """Note every organisation and hub that is there, for the books of the first quarter."""
    counter = tables.counter[0]
    counter.event_lines = 0
    for o in range(counter.organisations):
        me = party(tables, Kind.ORGANISATION, o)
        town = party(tables, Kind.MUNICIPALITY, int(tables.organisations[o].municipality))
        note(tables, begin, me, Event.STOOD, town, Cause.NONE)
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        if hub.stage > Stage.NONE:
            town = party(tables, Kind.MUNICIPALITY, int(hub.municipality))
            note(tables, begin, party(tables, Kind.HUB, h), Event.STOOD, town, Cause.NONE)
    counter.stood = counter.event_lines


@rule
def wind_clocks(tables: Tables, begin: int) -> None:
    """A run-down that began before the start goes on where it had come.

    It began with the contract of the lead, or when leniency was over (``sim.phases.contracts``).
    """
    params = tables.params[0]
    first = first_run_down(tables)
    if params.transition_by_date or first == NONE or first >= begin:
        return
    late = first
    while late < begin and float(late - first) < 4.0 * params.transition_lenient:
        late = late + 1
    for m in range(len(tables.municipalities)):
        place = tables.municipalities[m]
        since = late
        if place.lead != NONE and not place.left_out:
            since = min(since, max(first, _bargained_since(tables, int(place.lead), begin)))
        if since >= begin:
            continue
        place.run_down = since
        place.run_full = tied_in_full(tables, m, begin)
        place.run_over = True
        for k in range(len(tables.tariffs)):
            if tables.tariffs[k].run_down != NONE and in_force_at(tables, k, m, begin - 1) > 0.0:
                place.run_over = False


@rule
def _bargained_since(tables: Tables, o: int, begin: int) -> int:
    """Return the start of the oldest contract of ``o`` for a bargained fee, or ``NONE``."""
    since = NONE
    for k in range(len(tables.tariffs)):
        title = tables.titles[begin][k]
        if title.active and title.negotiated > 0.0:
            since = min(since, int(tables.organisations[o].contract[k]))
    return since
