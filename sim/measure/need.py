"""At which scale functions are supplied, what full support would cost, and how its money falls."""

from __future__ import annotations

from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from agents.words import Function, Kind
from sim.common.cost import full_cost
from sim.common.delivery import served_by
from sim.measure.column import Column, made, stock
from sim.tables import Tables


class Need(Column):
    """O&I money against what is needed and against the year before."""

    OI_NEEDED_PER_INSURED = stock(
        "EUR per insured/yr",
        "what full support that can move up would cost with the present suppliers, at their scale "
        "and level of cost; without a supplier, as if the own unit did it",
        "O&I needed per insured",
        "Benodigde O&I per verzekerde",
    )
    BUDGET_FALL = stock(
        "share",
        "fall of a year's O&I per patient against the year before, by patients; known at the "
        "fourth quarter",
        "Fall of O&I budgets",
        "Daling van O&I-budgetten",
        empty=0.0,
    )
    BUDGET_SHOCK = stock(
        "share",
        "the same of the practice that lost most",
        "Largest fall of an O&I budget",
        "Grootste daling van een O&I-budget",
        empty=0.0,
    )


_DUTCH = (
    "Schaal: ICT",
    "Schaal: bedrijfsvoering",
    "Schaal: kwaliteit",
    "Schaal: innovatie",
    "Schaal: zorgmanagement",
    "Schaal: externe afspraken",
    "Schaal: huisvesting",
)

ScaleByFunction: type[Column] = made(
    "ScaleByFunction",
    {
        f"SCALE_{function.name}": stock(
            "patients",
            f"whom the supplier of {function.word} serves in it, mean over patients with one",
            f"Scale: {function.word.replace('-', ' ')}",
            dutch,
            empty=0.0,
        )
        for function, dutch in zip(Function, _DUTCH, strict=True)
    },
)
"""Size of suppliers by function: the place of a function is its code."""


@rule
def cost_factor_of(tables: Tables, supplier: int) -> float:
    """Return the factor on the cost of a supplier: of an organisation its level of cost."""
    hubs = int(tables.offsets[Kind.HUB])
    organisations = int(tables.offsets[Kind.ORGANISATION])
    if supplier >= organisations:
        return float(tables.organisations[supplier - organisations].level)
    if supplier >= hubs:
        return float(tables.hubs[supplier - hubs].cost_factor)
    return float(tables.units[supplier - int(tables.offsets[Kind.UNIT])].cost_factor)


@rule
def need_of_cell(tables: Tables, i: int, supplier: int, f: int) -> float:
    """Return EUR a patient a year that full supply of function ``f`` to practice ``i`` costs.

    Fixed cost that an organisation shares with the out-of-hours service is spared. Practices mostly
    follow who has the same supplier: its cost is worked out once (``forget_costs`` before).
    """
    scratch = tables.scratch
    if supplier != NONE and scratch.cost_known[f] == supplier:
        return float(scratch.cost_of_known[f])
    served = served_by(tables, supplier, f)
    if served <= 0.0:
        unit = tables.units[tables.practices[i].unit]
        people = float(max(1, unit.patients))
        return full_cost(tables, f, people, unit.cost_factor, 0.0) / people
    spared = 0.0
    organisations = int(tables.offsets[Kind.ORGANISATION])
    if supplier >= organisations:
        haps = tables.organisations[supplier - organisations].haps
        spared = tables.params[0].merge_sharing * haps
    cost = full_cost(tables, f, served, cost_factor_of(tables, supplier), spared) / served
    scratch.cost_known[f] = supplier
    scratch.cost_of_known[f] = cost
    return cost


@rule
def forget_costs(tables: Tables) -> None:
    """Know the cost of no supplier: those of the quarter before may have others now."""
    for f in range(len(tables.functions)):
        tables.scratch.cost_known[f] = NONE


@rule
def need_of(tables: Tables, i: int) -> float:
    """Return EUR a patient a year that full supply of all functions to practice ``i`` costs."""
    practice = tables.practices[i]
    functions = len(tables.functions)
    total = 0.0
    for f in range(functions):
        before = practice.supplier[f]
        cost = need_of_cell(tables, i, before, f)
        for g in range(len(tables.groups)):
            supplier = practice.supplier[g * functions + f]
            # Mostly one supplier serves all groups: its cost is worked out once.
            if supplier != before:
                cost = need_of_cell(tables, i, supplier, f)
                before = supplier
            total = total + practice.weights[g] * cost
    return total


@rule
def measure_need(
    tables: Tables, rows: IntArray, count: int, insured: float, scale: FloatArray, out: FloatArray
) -> None:
    """Fill the scale of each function (``ScaleByFunction``), what is needed, and how money falls.

    A practice's patients are divided over its groups by burden; ``see_need`` wrote its need.
    """
    most = 0.0
    for r in range(count):
        practice = tables.practices[rows[r]]
        part = float(practice.patients) / insured
        out[Need.BUDGET_FALL] += part * practice.oi_fall
        most = max(most, practice.oi_fall)
        out[Need.OI_NEEDED_PER_INSURED] += part * tables.scratch.seen_need[rows[r]]
    out[Need.BUDGET_SHOCK] = most
    for f in range(len(scale)):
        tables.scratch.scale_patients[f] = 0.0
    for r in range(count):
        add_scale(tables, rows[r], scale, tables.scratch.scale_patients)
    for f in range(len(scale)):
        people = tables.scratch.scale_patients[f]
        scale[f] = scale[f] / people if people > 0.0 else 0.0


@rule
def add_scale(tables: Tables, i: int, scale: FloatArray, people: FloatArray) -> None:
    """Add per function the patients whom suppliers of practice ``i`` serve, times its own patients.

    Both arrays have shape (functions,); ``people`` gets its patients that have a supplier.
    """
    practice = tables.practices[i]
    patients = float(practice.patients)
    functions = len(tables.functions)
    for f in range(functions):
        before = practice.supplier[f]
        served = served_by(tables, before, f)
        total = scale[f]
        with_one = people[f]
        for g in range(len(tables.groups)):
            supplier = practice.supplier[g * functions + f]
            # Mostly one supplier serves all groups: its size is looked up once.
            if supplier != before:
                served = served_by(tables, supplier, f)
                before = supplier
            if served > 0.0:
                here = patients * practice.weights[g]
                total = total + here * served
                with_one = with_one + here
        scale[f] = total
        people[f] = with_one
