"""What full support costs, at any scale."""

from __future__ import annotations

import math

from agents.compiled.rule import rule
from agents.words import Function
from sim.tables import Tables


@rule
def full_cost(tables: Tables, f: int, patients: float, factor: float, spared: float) -> float:
    """Return EUR a year of the part of function ``f`` that can move up, at full coverage.

    ``spared`` is the share of fixed cost that someone else carries.
    """
    if patients <= 0.0:
        return 0.0
    params = tables.params[0]
    function = tables.functions[f]
    sets = math.ceil(patients / params.supply_capacity)
    fixed = params.supply_economies * params.supply_fixed * function.fixed * sets
    fixed = fixed * (1.0 - spared)
    variable = params.supply_variable * function.variable * (1.0 - function.local) * patients
    return (fixed + variable) * factor


@rule
def promise(tables: Tables, f: int, patients: float, factor: float, per_patient: float) -> float:
    """Return the coverage of function ``f`` that EUR ``per_patient`` a year buys.

    ``patients`` are the supplier's with this buyer's, ``factor`` is that of its costs.
    """
    if patients <= 0.0:
        return 0.0
    full = full_cost(tables, f, patients, factor, 0.0)
    if full <= 0.0:
        return 1.0
    return min(1.0, per_patient * patients / full)


@rule
def local_cost(tables: Tables, patients: float, m: int) -> float:
    """Return EUR a year of all functions' local parts for these patients at full coverage.

    Housing costs what it does in municipality ``m`` (C38).
    """
    total = 0.0
    for f in range(len(tables.functions)):
        function = tables.functions[f]
        part = function.variable * function.local
        if f == Function.HOUSING:
            part = part * tables.municipalities[m].housing
        total = total + part
    return tables.params[0].supply_variable * total * patients
