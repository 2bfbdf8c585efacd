"""Ordinary Mesa agents and plain rows: attributes, lists for arrays, no checks, no casts."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import mesa

from agents.kinds import KINDS
from agents.words import Function
from sim.scratch import Scratch
from sim.tables import RECORDS, Tables


class PlainRow:
    """A row that is no agent: parameters, titles, accounts."""


class PlainAgent(mesa.Agent):
    """An agent with plain attributes. It joins the model when its row comes to life."""

    def join(self, model: Any) -> None:
        """Become an agent of ``model``."""
        mesa.Agent.__init__(self, model)


AGENTS: dict[str, type[PlainAgent]] = {
    kind.table: type(kind.record.__name__, (PlainAgent,), {}) for kind in KINDS
}
"""The agent class of each table of agents."""


def plain_rows(kind: type[Any], table: Any) -> list[Any]:
    """Return objects of ``kind`` whose attributes are the cells of ``table``, arrays as lists."""
    names = table.dtype.names
    rows = []
    for values in zip(*(table[name].tolist() for name in names), strict=True):
        row = object.__new__(kind)
        row.__dict__.update(zip(names, values, strict=True))
        rows.append(row)
    return rows


def plain_tables(start: Tables) -> Tables:
    """Return the tables as lists of plain rows, and scratch room as lists of lists."""
    columns: dict[str, Any] = {}
    for name, table in zip(Tables._fields, start, strict=True):
        kind: type[Any] = AGENTS.get(name, PlainRow)
        if name == "scratch":
            columns[name] = Scratch(*(room.tolist() for room in table))
        elif name not in RECORDS:
            columns[name] = table.tolist()
        elif name in ("ledger", "events"):
            columns[name] = []
        elif table.ndim == 2:
            columns[name] = [plain_rows(kind, line) for line in table]
        else:
            columns[name] = plain_rows(kind, table)
    tables = Tables(**columns)
    _keep_sums(tables)
    return tables


def _keep_sums(tables: Tables) -> None:
    """Keep what never changes within a run, as attributes of their own."""
    tables.counter[0].tastes = {}
    for place in tables.municipalities:
        local = 0.0
        for f, function in enumerate(tables.functions):
            part = function.variable * function.local
            local = local + (part * place.housing if f == Function.HOUSING else part)
        place.local_cost = tables.params[0].supply_variable * local
        sums = accumulate(place.shares[: len(tables.insurers)])
        place.reached = [min(1.0, edge) for edge in sums]
