"""Functions of O&I, patient groups and new chains: cost and need, as declared parameters."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.compiled.record import Record, table_of
from agents.parameters import DECLARED, Declared
from agents.parameters.plausible import plausible_range
from agents.sizes import CHAINS, YEARS_TO_2022
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
    inclusion: Annotated[float, "share", "0..1", "of those, in a programme now"]
    burden: Annotated[float, "weight", "0..", "work per patient, diabetes 1"]
    first: Annotated[float, "share", "0..1", "in a programme at the start (F014)"]
    start: Annotated[float, "factor", "0..", "on the prevalence, at the start"]
    growth: Annotated[float, "factor", "0..", "on patients per insured, this year"]
    joined: Annotated[float, "share", "0..", "patients of new chains, of those without"]


class Chain(Record):
    """A chain that came later, served by the programme of a patient group (F016)."""

    group: Annotated[int, "group code", "0..2", "patient group that its patients join"]
    prevalence: Annotated[float, "share", "0..1", "of registered patients, who have it"]
    begins: Annotated[int, "year", "2006..", "from which patients join"]
    grown: Annotated[int, "year", "2006..", "by which it has its inclusion"]
    inclusion: Annotated[float, "share", "0..1", "of those who have it, in the programme then"]


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
_PART = "derived; F030-F033 over assumed prevalences of 2011"
# prevalence, inclusion, burden, source of the inclusion, source of the burden. Support needed in
# EUR M (middles of F030-F033): local cooperation, for all patients, 247.5; on top of that chains
# 125, GGZ 30 and frail 27.5: .576, .291, .070 and .064 of all, which is D per insured. Of 2011
# .0565 have diabetes, .1233 CVRM, .0247 COPD (together .2045), .09 GGZ, .0130 are frail.
# Anyone's is .576 D = .22: chains are .0565*1 + .1233*.6 + .0247*1 - .2045*.22 = .291 D, D = .38.
# GGZ .22 + .070 D / .09 = .51, frail .22 + .064 D / .0130 = 2.1.
_GROUPS = {
    "diabetes": (0.055, 0.65, 1.0, "F014", "assumed"),
    "cvrm": (0.12, 0.22, 0.6, "F014", "assumed"),
    "copd": (0.024, 0.40, 1.0, "F014", "assumed"),
    "ggz": (0.09, 1.0, 0.51, "assumed", _PART),
    "frail": (0.0, 1.0, 2.1, "assumed", _PART),
    "other": (1.0, 1.0, 0.22, "assumed", _PART),
}
_ASSUMED_BURDENS = {"ggz": 0.8, "frail": 2.0, "other": 0.15}
"""Burdens before S1's parts were read: what ``demand.parts=false`` goes back to."""
# group that it joins, prevalence, first year, year by which it is grown, inclusion then. F016 says
# that they come; all numbers are assumed, such that both bring a twelfth more chain patients.
_CHAINS = {
    "asthma": (Group.COPD, 0.03, 2014, 2025, 0.25),
    "dementia": (Group.CVRM, 0.01, 2015, 2025, 0.40),
}
DECLARED_CHAINS = tuple(_CHAINS)
"""New chains whose numbers are parameters; a region may have others beside them."""


class ChainRow(NamedTuple):
    """A new chain in the order of the columns of its record (``Chain``)."""

    group: int
    prevalence: float
    begins: int
    grown: int
    inclusion: float


def _declare(
    name: str, value: float, high: float, unit: str, source: str, text: str, low: float = 0.0
) -> None:
    kind = "i8" if isinstance(value, int) else "f8"
    plausible = plausible_range(name, value, (low, high), source, kind)
    DECLARED[name] = Declared(name, "", value, low, high, unit, source, text, kind, *plausible)


for _name, (_fixed, _variable, _local, _level) in _FUNCTIONS.items():
    _declare(f"function.{_name}.fixed", _fixed, 1.0, "share", _COST, "share of fixed cost")
    _declare(f"function.{_name}.variable", _variable, 1.0, "share", _COST, "share of variable cost")
    _declare(f"function.{_name}.local", _local, 1.0, "share", "assumed; A1d", "cannot move up")
    _declare(
        f"function.{_name}.level", _level, 1.0, "code", _LEVEL, "preferred: 0 local, 1 regional"
    )
for _name, (_prevalence, _inclusion, _burden, _source, _part) in _GROUPS.items():
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
        f"group.{_name}.burden", _burden, 20.0, "weight", _part, "work per patient, diabetes 1"
    )
for _name, (_group, _prevalence, _begins, _grown, _inclusion) in _CHAINS.items():
    _declare(
        f"chain.{_name}.group", int(_group), CHAINS - 1.0, "code", "assumed; asthma F029",
        "group whose programme serves it: 0 diabetes, 1 CVRM, 2 COPD",
    )  # fmt: skip
    _declare(
        f"chain.{_name}.prevalence", _prevalence, 1.0, "share", "assumed; F016",
        "of registered patients, who have it",
    )  # fmt: skip
    _declare(
        f"chain.{_name}.from", _begins, 2100.0, "year", "assumed; F016",
        "after which its patients join a programme", 2006.0,
    )  # fmt: skip
    _declare(
        f"chain.{_name}.until", _grown, 2100.0, "year", "assumed; F016",
        "by which it has its inclusion", 2006.0,
    )  # fmt: skip
    _declare(
        f"chain.{_name}.inclusion", _inclusion, 1.0, "share", "assumed; F016",
        "of those who have it, in the programme by then",
    )  # fmt: skip


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
        if not values["demand.parts"] and name in _ASSUMED_BURDENS:
            table["burden"][g] = _ASSUMED_BURDENS[name]
    table["first"] = table["inclusion"]
    table["start"] = table["growth"] = 1.0
    if values["demand.frail_anchor"]:
        table["start"][Group.FRAIL] = _before_2022(values)
    return table


def _before_2022(values: dict[str, float | int | bool]) -> float:
    """Return the frail per insured of 2006 as a part of those of 2022, whose ages are known."""
    yearly = (1.0 + values["population.growth"]) / (1.0 + values["population.frail_growth"])
    part = 1.0
    for _ in range(YEARS_TO_2022):
        part = part * yearly
    return part


def declared_chain(values: Mapping[str, float | int | bool], name: str) -> ChainRow:
    """Return a chain that is declared, from parameter values by dotted name."""
    group, prevalence, begins, grown, inclusion = (
        values[f"chain.{name}.{key}"]
        for key in ("group", "prevalence", "from", "until", "inclusion")
    )
    return ChainRow(int(group), float(prevalence), int(begins), int(grown), float(inclusion))


def chain_table(
    values: dict[str, float | int | bool], own: Iterable[ChainRow] = ()
) -> NDArray[np.void]:
    """Return the table of new chains: those declared, and behind them a region's ``own``.

    Args:
        values: parameter values by dotted name.
        own: chains of the region.

    A chain that nobody has (prevalence 0) has no row: no organisation takes it in.
    """
    rows = [declared_chain(values, name) for name in DECLARED_CHAINS]
    kept = [row for row in (*rows, *own) if row.prevalence > 0.0]
    table = table_of(Chain, len(kept))
    for n, row in enumerate(kept):
        table[n] = tuple(row)
    return table
