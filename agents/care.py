"""Functions of O&I and patient groups: their cost and need, as declared, ranged parameters."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from agents.compiled.record import Record, table_of
from agents.parameters import DECLARED, Declared
from agents.parameters.plausible import plausible_range
from agents.words import Function, Group


class CareFunction(Record):
    """One of the seven functions."""

    fixed: Annotated[float, "share", "0..1", "share of all fixed cost"]
    variable: Annotated[float, "share", "0..1", "share of all variable cost"]
    local: Annotated[float, "share", "0..1", "share of variable cost that cannot move up"]
    level: Annotated[int, "code", "0..1", "preferred level: 0 local, 1 regional"]


class PatientGroup(Record):
    """One of the six patient groups."""

    prevalence: Annotated[float, "share", "0..1", "of registered patients"]
    inclusion: Annotated[float, "share", "0..1", "of those, in a programme"]
    burden: Annotated[float, "weight", "0..", "work per patient, diabetes 1"]


_COST = "assumed; A1d cost drivers"
_LEVEL = "S1 4.2 (A1d)"
# fixed share, variable share, local share, preferred level
_FUNCTIONS = {
    "ict": (0.35, 0.12, 0.2, 1),
    "operations": (0.25, 0.25, 0.4, 1),
    "quality": (0.12, 0.13, 0.3, 1),
    "innovation": (0.08, 0.04, 0.2, 1),
    "care-management": (0.10, 0.28, 0.6, 0),
    "agreements": (0.10, 0.10, 0.3, 1),
    "housing": (0.0, 0.08, 1.0, 0),
}
# prevalence, inclusion, burden, source of the inclusion
_GROUPS = {
    "diabetes": (0.055, 0.65, 1.0, "F014"),
    "cvrm": (0.12, 0.22, 0.6, "F014"),
    "copd": (0.024, 0.40, 1.0, "F014"),
    "ggz": (0.09, 1.0, 0.8, "assumed"),
    "frail": (0.0, 1.0, 2.0, "assumed"),
    "other": (1.0, 1.0, 0.15, "assumed"),
}


def _declare(name: str, value: float, high: float, unit: str, source: str, text: str) -> None:
    kind = "i8" if isinstance(value, int) else "f8"
    plausible = plausible_range(name, value, (0.0, high), source, kind)
    DECLARED[name] = Declared(name, "", value, 0.0, high, unit, source, text, kind, *plausible)


for _name, (_fixed, _variable, _local, _level) in _FUNCTIONS.items():
    _declare(f"function.{_name}.fixed", _fixed, 1.0, "share", _COST, "share of fixed cost")
    _declare(f"function.{_name}.variable", _variable, 1.0, "share", _COST, "share of variable cost")
    _declare(f"function.{_name}.local", _local, 1.0, "share", "assumed; A1d", "cannot move up")
    _declare(
        f"function.{_name}.level", _level, 1.0, "code", _LEVEL, "preferred: 0 local, 1 regional"
    )
for _name, (_prevalence, _inclusion, _burden, _source) in _GROUPS.items():
    # The other patients are all that are left: they have no prevalence to set.
    if _name != "other":
        _declare(
            f"group.{_name}.prevalence",
            _prevalence,
            1.0,
            "share",
            "assumed",
            "of registered patients (frail: besides F011 by age)",
        )
    _declare(
        f"group.{_name}.inclusion", _inclusion, 1.0, "share", _source, "of patients, in a programme"
    )
    _declare(
        f"group.{_name}.burden", _burden, 20.0, "weight", "assumed", "work per patient, diabetes 1"
    )


def function_table(values: dict[str, float | int | bool]) -> NDArray[np.void]:
    """Return the table of functions (seven rows) from parameter values by dotted name."""
    table = table_of(CareFunction, len(Function))
    for k, name in enumerate(Function.words()):
        for column in ("fixed", "variable", "local", "level"):
            table[column][k] = values[f"function.{name}.{column}"]
    # Shares of a whole: what is set for one function is taken from the others.
    for column in ("fixed", "variable"):
        total = math.fsum(table[column])
        if total > 0.0:
            table[column] /= total
    return table


def group_table(values: dict[str, float | int | bool]) -> NDArray[np.void]:
    """Return the table of patient groups (six rows) from parameter values by dotted name."""
    table = table_of(PatientGroup, len(Group))
    for g, name in enumerate(Group.words()):
        for column in ("prevalence", "inclusion", "burden"):
            if f"group.{name}.{column}" not in values:
                table[column][g] = 1.0  # the other patients: all that are left
                continue
            table[column][g] = values[f"group.{name}.{column}"]
    return table
