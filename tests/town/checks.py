"""Measure a town, and say which outcomes are not what was worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from agents.compiled.record import load_plain
from sim.measure.outcomes import NAMES
from sim.scratch import copy_scratch
from sim.tables import RECORDS, Tables
from tests.town.outcomes import IN_AARLE, IN_BEEK, WHOLE
from tests.town.tables import TICK, town

Measure = Callable[[Any, int, Any, Any], None]
"""``measure_all``, plain or compiled: fills (scopes, outcomes) for the whole and each place."""

Expected = tuple[Mapping[str, float], ...]
"""What each scope should have: the whole, then perhaps Aarle and Beek."""

SCOPES = ("the whole", "Aarle", "Beek")

RUBBISH = 777
"""What scratch room holds before measuring: nobody may read what an earlier phase left there."""


class Case(NamedTuple):
    """A change to the town, and what it makes of outcomes.

    Outcomes that ``expected`` does not name are as in the town itself, except where ``only``
    says that the change moves all of them and these were worked out.
    """

    name: str
    change: Callable[[Tables], None]
    expected: Mapping[str, float]
    only: bool = False

    def scopes(self) -> Expected:
        """Return the outcomes of the whole that are known."""
        return (self.expected if self.only else {**WHOLE, **self.expected},)


def _nothing(tables: Tables) -> None:
    """Leave the town as it is."""


TOWN = Case("the town", _nothing, {})


def tables_of(case: Case) -> Tables:
    """Return the tables of a case as structured arrays."""
    tables = town()
    case.change(tables)
    return tables


_PLAIN: dict[str, Tables] = {}
"""Plain tables by the name of the case: measuring only reads them, so they are made once."""


def plain_tables_of(case: Case) -> Tables:
    """Return the tables of a case as plain rows, without what no outcome reads."""
    if case.name not in _PLAIN:
        _PLAIN[case.name] = _plain(tables_of(case))
    return _PLAIN[case.name]


def _plain(tables: Tables) -> Tables:
    columns: dict[str, Any] = {}
    for name, table in zip(Tables._fields, tables, strict=True):
        if name == "scratch":
            columns[name] = copy_scratch(table)
        elif name not in RECORDS:
            columns[name] = table.copy()
        elif name in ("ledger", "events"):
            columns[name] = []
        elif table.ndim == 2:
            columns[name] = [load_plain(RECORDS[name], row) for row in table]
        else:
            columns[name] = load_plain(RECORDS[name], table)
    return Tables(**columns)


def spoil(tables: Tables) -> None:
    """Fill scratch room with rubbish."""
    for room in tables.scratch:
        room.fill(RUBBISH)


def measured(measure: Measure, tables: Tables) -> list[dict[str, float]]:
    """Return the outcomes of the whole, of Aarle and of Beek, by name."""
    spoil(tables)
    out = np.full((1 + len(tables.municipalities), len(NAMES)), float(RUBBISH))
    measure(tables, TICK, np.full(len(tables.practices), RUBBISH, np.int64), out)
    return [dict(zip(NAMES, row.tolist(), strict=True)) for row in out]


def same(one: float, other: float) -> bool:
    """Return whether two values agree to the nine decimals that are written down by hand."""
    return math.isclose(one, other, rel_tol=1e-12, abs_tol=6e-10)


class Wrong(NamedTuple):
    """An outcome that is not as worked out by hand."""

    case: str
    scope: str
    outcome: str
    found: float
    by_hand: float

    def __str__(self) -> str:
        return (
            f"{self.case}, {self.scope}, {self.outcome}: {self.found!r}, by hand {self.by_hand!r}"
        )


def wrong(case: Case, found: list[dict[str, float]]) -> list[Wrong]:
    """Return every outcome that is not as worked out by hand."""
    expected: Expected = (WHOLE, IN_AARLE, IN_BEEK) if case is TOWN else case.scopes()
    return [
        Wrong(case.name, scope, name, row[name], value)
        for scope, values, row in zip(SCOPES, expected, found, strict=False)
        for name, value in values.items()
        if not same(row[name], value)
    ]
