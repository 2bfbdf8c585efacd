"""The twin: the same rules and phases as plain Python, on ordinary Mesa agents.

Every rule and phase is rebuilt in a namespace of its own (``plain_functions``), so that the
compiled functions in the same process stay as they are. A subclass of an agent may override a
rule of its kind; the twin then hands the call to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from agents.compiled.face import Face
from agents.compiled.record import load_plain, store_plain
from agents.compiled.rule import RULES, key_of, plain_functions
from agents.kinds import KIND_OF
from sim.errors import BadInput
from sim.scratch import copy_scratch
from sim.tables import RECORDS, Tables


def rules_of(table: str) -> dict[str, bool]:
    """Return the rules of the kind in this table, each with whether a subclass may override it.

    It may where the first argument is a row of that kind; a rule on bare numbers has no row.
    """
    found, kind = {}, KIND_OF[table]
    for (module, name), kernel in RULES.items():
        if module == kind.home:
            plain = getattr(kernel, "py_func", kernel)
            first = next(iter(plain.__annotations__.values()), "")
            found[name] = first == kind.record.__name__
    return found


def overrides(classes: dict[str, type[Face]]) -> dict[tuple[str, str], str]:
    """Return (module, rule) -> table for every rule that one of ``classes`` overrides."""
    found = {}
    for table, kind in classes.items():
        rules = rules_of(table)
        for name in sorted(rules):
            if not hasattr(kind, name):
                continue
            if not rules[name]:
                allowed = ", ".join(sorted(n for n, overridable in rules.items() if overridable))
                raise BadInput(
                    f"class {kind.__name__}",
                    f"{name} is a rule on bare numbers, which no subclass can override",
                    allowed=allowed,
                )
            found[KIND_OF[table].home, name] = table
    return found


def _hand_over(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def wrap(rule: Callable[..., Any]) -> Callable[..., Any]:
        def call(row: Any, *arguments: Any) -> Any:
            method = getattr(row, name, None)
            return rule(row, *arguments) if method is None else method(*arguments)

        return call

    return wrap


class Twin:
    """Tables of plain rows with plain functions over them."""

    def __init__(self, start: Tables, classes: dict[str, type[Face]]) -> None:
        self.start = start
        self.classes = classes
        wrappers = {key: _hand_over(key[1]) for key in overrides(classes)}
        self.functions = plain_functions(wrappers)
        self.tables = self._load(start)

    def _load(self, start: Tables) -> Tables:
        columns: dict[str, Any] = {}
        for name, table in zip(Tables._fields, start, strict=True):
            if name == "scratch":
                columns[name] = copy_scratch(table)
            elif name not in RECORDS:
                columns[name] = table.copy()
            elif table.ndim == 2:
                columns[name] = [load_plain(RECORDS[name], row) for row in table]
            elif name in ("ledger", "events"):
                columns[name] = [RECORDS[name].plain() for _ in range(len(table))]
            else:
                columns[name] = load_plain(self.classes.get(name, RECORDS[name]), table)
        return Tables(**columns)

    def call(self, kernel: Callable[..., Any], *arguments: Any) -> Any:
        """Call the plain version of a rule or phase on the plain tables."""
        return self.functions[key_of(kernel)](self.tables, *arguments)

    def write_back(self, tables: Tables) -> None:
        """Write the plain rows into ``tables``, so that both can be compared or recorded."""
        for name, table in zip(Tables._fields, tables, strict=True):
            rows = getattr(self.tables, name)
            if name == "scratch":
                continue  # nothing in it outlives a phase
            if name not in RECORDS:
                np.copyto(table, rows)
            elif name in ("ledger", "events"):
                count = getattr(
                    self.tables.counter[0], "ledger_lines" if name == "ledger" else "event_lines"
                )
                store_plain(RECORDS[name], rows[:count], table)
            elif table.ndim < 2:
                store_plain(RECORDS[name], rows, table)
