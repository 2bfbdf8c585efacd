"""Single functions that organisations have done by a larger body, the largest deciding first."""

from __future__ import annotations

from agents.compiled.draws import stream
from agents.compiled.elementary import is_multiple
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.practice import distance
from agents.unit import scale_noise, value_new, value_supplier
from agents.words import Kind
from sim.common.cost import promise
from sim.common.market import contract_of, per_member
from sim.ledger import note, party
from sim.phases.suppliers.larger import does_for_others, joint_promise
from sim.phases.suppliers.orders import shake
from sim.tables import Tables

DONE = stream("organisation.outsource")


@rule
def outsource(tables: Tables, tick: int) -> None:
    """Let organisations have done what they do themselves, where contracts begin or are renewed.

    The largest decides first: who may do something for others has then settled its own.
    """
    for n in range(list_by_size(tables)):
        _organisation_outsources(tables, int(tables.scratch.by_size[n]), tick)


@rule
def _larger(tables: Tables, one: int, other: int) -> bool:
    """Return whether ``one`` has more patients than ``other``, or as many and the lower id."""
    a = tables.organisations[one]
    b = tables.organisations[other]
    if a.patients != b.patients:
        return bool(a.patients > b.patients)
    return bool(a.id < b.id)


@rule
def list_by_size(tables: Tables) -> int:
    """Write organisations with members into scratch, the largest first; return how many.

    A heap with the smallest on top (Williams): it makes no array, and asks of no pair twice.
    """
    rows = tables.scratch.by_size
    count = 0
    for o in range(tables.counter[0].organisations):
        if tables.organisations[o].alive and not tables.organisations[o].entrant:
            rows[count] = o
            count = count + 1
    for top in range(count // 2):
        _sink(tables, count // 2 - 1 - top, count)
    for out in range(count - 1):
        last = count - 1 - out
        smallest = rows[0]
        rows[0] = rows[last]
        rows[last] = smallest
        _sink(tables, 0, last)
    return count


@rule
def _sink(tables: Tables, place: int, count: int) -> None:
    """Let what stands at ``place`` of the heap sink below all that are smaller."""
    rows = tables.scratch.by_size
    child = 2 * place + 1
    while child < count:
        if child + 1 < count and _larger(tables, rows[child], rows[child + 1]):
            child = child + 1
        if not _larger(tables, rows[place], rows[child]):
            break
        smaller = rows[child]
        rows[child] = rows[place]
        rows[place] = smaller
        place = child
        child = 2 * place + 1


@rule
def paid_for_members(tables: Tables, o: int, tick: int) -> float:
    """Return what all titles pay ``o`` for a patient of its members, EUR a year."""
    total = 0.0
    for k in range(len(tables.tariffs)):
        total = total + per_member(tables, o, k, tick)
    return total


@rule
def renews(tables: Tables, o: int, k: int, tick: int) -> bool:
    """Return whether the contract of ``o`` for title ``k`` begins or is renewed now."""
    start = tables.organisations[contract_of(tables, o, k)].contract[k]
    return bool(is_multiple(float(tick - start) / 4.0, tables.titles[tick][k].term))


@rule
def _organisation_outsources(tables: Tables, o: int, tick: int) -> None:
    total = paid_for_members(tables, o, tick)
    for k in range(len(tables.tariffs)):
        rate = per_member(tables, o, k, tick)
        if rate <= 0.0 or not renews(tables, o, k, tick):
            continue
        for f in range(len(tables.functions)):
            part = tables.titles[tick][k].functions[f]
            if part > 0.0 and tables.organisations[o].bought[f] == NONE:
                _outsource_function(tables, o, f, rate * part, rate * part / total, tick)


@rule
def _outsource_function(
    tables: Tables, o: int, f: int, per_patient: float, stake: float, tick: int
) -> None:
    """Let ``o`` have function ``f`` done by the larger body whose joint scale promises most.

    It weighs promise, trust and distance as over entrants. ``per_patient`` is EUR a year,
    ``stake`` its share of all that ``o`` is paid for members. Scratch must hold where
    organisations are (``place_others``).
    """
    params = tables.params[0]
    organisation = tables.organisations[o]
    patients = float(max(1, organisation.patients))
    money = per_patient * patients
    own = promise(tables, f, patients, organisation.level, per_patient)
    trust = tables.municipalities[organisation.municipality].trust_start
    highest = value_supplier(own, params.trust_self, 0.0, money, params)
    highest = highest + value_new(organisation.renewed, params)
    best: int = NONE
    for other in range(tables.counter[0].organisations):
        # Most are out of reach along one axis already.
        if abs(organisation.x - tables.scratch.others_x[other]) > params.choice_vision:
            continue
        if not does_for_others(tables, o, other, f):
            continue
        covered = joint_promise(tables, o, other, f, per_patient)
        if covered <= own:
            continue
        body = tables.organisations[other]
        km = distance(organisation.x, organisation.y, body.x, body.y)
        value = value_supplier(covered, trust, km, money, params)
        value = value + value_new(body.renewed, params)
        gain = params.choice_money * money * (covered - own) / 1000.0
        lots = DONE + f
        noise = scale_noise(stake, gain, params)
        value = value + shake(tables, organisation.id, body.id, lots, noise, tick)
        if value > highest:
            highest = value
            best = other
    if best == NONE:
        return
    organisation.bought[f] = party(tables, Kind.ORGANISATION, best)
    tables.organisations[best].hosts = tables.organisations[best].hosts + 1
    me = party(tables, Kind.ORGANISATION, o)
    note(tables, tick, me, Event.OUTSOURCED, int(organisation.bought[f]), Cause.SCALE)
