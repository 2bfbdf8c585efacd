"""The tables of one run: what every rule of a phase reads and writes."""

from __future__ import annotations

from typing import Any, NamedTuple

from agents.books import Account, Counter, EventLine, LedgerLine, Tariff
from agents.care import CareFunction, Chain, PatientGroup
from agents.compiled.bundle import bundle
from agents.compiled.record import IntArray, Record
from agents.kinds import KINDS
from agents.opening import Opening
from agents.parameters import Parameters
from agents.steering import Steering
from agents.title import Policy, Title
from sim.scratch import Scratch

Table = Any
"""A structured ndarray in the compiled engines, a list of plain rows in the twin."""


@bundle(same={"params": 0, "counter": 0, "functions": 0, "groups": 0, "offsets": 0})
class Tables(NamedTuple):
    """Everything a run reads and writes.

    A row is called by the same letter everywhere, as an argument and as an index: ``i`` is a
    practice (``j`` a second one), ``u`` a GP unit, ``h`` a hub, ``o`` an organisation (``a`` and
    ``b`` two side by side), ``m`` a municipality, ``z`` an insurer, ``r`` a ROS, ``q`` an
    external party, ``s`` a regional table, ``k`` a title and its tariff, ``f`` a function, ``g``
    a patient group; ``a`` is an account too, ``n`` a line of the books. A longer name says more:
    ``best``, ``host``.
    A draw is a ``lot``.
    """

    params: Table
    counter: Table
    functions: Table
    groups: Table
    chains: Table
    steerings: Table
    opening: Table
    titles: Table
    policy: Table
    tariffs: Table
    municipalities: Table
    insurers: Table
    ros: Table
    practices: Table
    units: Table
    hubs: Table
    organisations: Table
    partners: Table
    accounts: Table
    ledger: Table
    events: Table
    offsets: IntArray
    scratch: Scratch


RECORDS: dict[str, type[Record]] = {
    "params": Parameters,
    "counter": Counter,
    "functions": CareFunction,
    "groups": PatientGroup,
    "chains": Chain,
    "steerings": Steering,
    "opening": Opening,
    "titles": Title,
    "policy": Policy,
    "tariffs": Tariff,
    **{kind.table: kind.record for kind in KINDS},
    "accounts": Account,
    "ledger": LedgerLine,
    "events": EventLine,
}
"""The record of each table, by its name in ``Tables``."""
