"""How an organisation begins and ends, whoever founds it: hub areas, parts that leave, entrants."""

from __future__ import annotations

from agents.compiled.draws import draw, lognormal
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.organisation.regio_organisatie import cost_level
from sim.common.known import be_forgotten, become_known
from sim.ledger import Failure
from sim.tables import Tables


@rule
def start_organisation(tables: Tables, number: int, seat: int, costs: int, tick: int) -> int:
    """Start an organisation with id ``number`` seated in hub area ``seat``; return its row.

    It begins without members, contracts or lead, known to whom it is near, and with the trust of
    its municipality. ``costs`` is the stream that draws its lasting factor of costs. Where the
    table is full the run fails, and ``NONE`` is returned.
    """
    o = start_unknown(tables, number, seat, costs, tick)
    if o != NONE:
        become_known(tables, o)
    return o


@rule
def start_unknown(tables: Tables, number: int, seat: int, costs: int, tick: int) -> int:
    """Start an organisation as ``start_organisation`` does, of which nobody has heard yet."""
    counter = tables.counter[0]
    if counter.organisations >= len(tables.organisations):
        counter.failure = Failure.FULL_ORGANISATIONS
        return NONE
    o = int(counter.organisations)
    counter.organisations = o + 1
    hub = tables.hubs[seat]
    organisation = tables.organisations[o]
    organisation.id = number
    organisation.alive = True
    organisation.founder = seat
    organisation.first = NONE
    organisation.founded = tick
    organisation.municipality = hub.municipality
    organisation.x = hub.x
    organisation.y = hub.y
    organisation.lead = NONE
    _hold_nothing(tables, o)
    _take_up_work(tables, o, costs)
    return o


@rule
def take_up_work(tables: Tables, o: int, costs: int) -> None:
    """Give ``o`` the trust of its municipality and its costs, and let it be known nearby.

    ``costs`` is the stream that draws its lasting factor of costs.
    """
    _take_up_work(tables, o, costs)
    become_known(tables, o)


@rule
def _take_up_work(tables: Tables, o: int, costs: int) -> None:
    params = tables.params[0]
    organisation = tables.organisations[o]
    organisation.trust = tables.municipalities[organisation.municipality].trust_start
    lot = draw(tables.counter[0].seed, costs, organisation.id, 0, 0)
    organisation.cost_factor = lognormal(lot, 1.0, params.supply_spread)
    organisation.level = cost_level(organisation, params)


@rule
def end_organisation(tables: Tables, o: int) -> None:
    """End organisation ``o``, whose members are elsewhere already: nobody knows it any more."""
    be_forgotten(tables, o)
    organisation = tables.organisations[o]
    organisation.alive = False
    organisation.lead = NONE
    _hold_nothing(tables, o)


@rule
def _hold_nothing(tables: Tables, o: int) -> None:
    """Leave ``o`` without contracts, in force or agreed, and without suppliers."""
    organisation = tables.organisations[o]
    for k in range(len(organisation.contract)):
        organisation.contract[k] = NONE
        organisation.agreed[k] = NONE
    for f in range(len(organisation.bought)):
        organisation.bought[f] = NONE
