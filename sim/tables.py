"""The tables of one run: what every rule of a phase reads and writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from numpy.typing import NDArray

from agents.books import Account, Counter, EventLine, LedgerLine, Tariff
from agents.care import CareFunction, Chain, PatientGroup
from agents.compiled.bundle import bundle
from agents.compiled.columns import ColumnTable, most_rows
from agents.compiled.record import IntArray, Record, columns_of, dtype_of, table_of
from agents.kinds import KINDS
from agents.opening import Opening
from agents.parameters import Parameters
from agents.steering import Steering
from agents.title import Policy, Title
from sim.scratch import Scratch

Table = Any
"""A structured ndarray or a ``ColumnTable`` in the compiled engines, plain rows in the twin."""

BY_COLUMN = frozenset({"practices", "units", "hubs", "organisations"})
"""Tables that are as long as a country is large: these lie in memory column by column."""


@bundle(same=frozenset({"params", "counter", "functions", "groups", "offsets"}))
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


def too_long(rows: Mapping[str, int]) -> str:
    """Return what is wrong where a table by name has more rows than it can have, else ''."""
    for name in sorted(BY_COLUMN):
        most = most_rows(dtype_of(RECORDS[name]))
        if rows[name] > most:
            return f"its table of {name} has {rows[name]:,} rows, more than {most:,}"
    return ""


def blank_table(name: str, rows: int) -> NDArray[Any] | ColumnTable:
    """Return a table of ``Tables`` by its name with so many empty rows."""
    make = columns_of if name in BY_COLUMN else table_of
    return make(RECORDS[name], rows)
