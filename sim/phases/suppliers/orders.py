"""What is bought at once, what it promises, and how chance weighs in choosing who supplies it."""

from __future__ import annotations

from typing import NamedTuple

from agents.compiled.draws import draw, gumbel
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from sim.common.cost import promise
from sim.common.taste import lasting
from sim.tables import Tables


class Order(NamedTuple):
    """What a unit buys at once: one patient group (all functions) or one function (all groups).

    The other of both is ``NONE``.
    """

    group: int
    function: int


@rule
def in_order(order: Order, g: int, f: int) -> bool:
    """Return whether function ``f`` for patient group ``g`` is part of what is bought."""
    return (order.group == NONE or order.group == g) and (
        order.function == NONE or order.function == f
    )


@rule
def promise_of(
    tables: Tables, order: Order, patients: float, factor: float, per_patient: float
) -> float:
    """Return the promise for one function, or over all functions weighted by their cost."""
    if order.function != NONE:
        return promise(tables, order.function, patients, factor, per_patient)
    total = 0.0
    for f in range(len(tables.functions)):
        part = per_patient * tables.functions[f].variable
        total = total + tables.functions[f].variable * promise(tables, f, patients, factor, part)
    return total


@rule
def shake(tables: Tables, number: int, other: int, lots: int, factor: float, tick: int) -> float:
    """Return taste and noise of one option, scaled by the stake of the choice.

    ``lots`` is the stream that draws the noise of what is bought.
    """
    params = tables.params[0]
    seed = tables.counter[0].seed
    total = 0.0
    if params.choice_taste > 0.0:
        total = params.choice_taste * lasting(tables, number, other, tick)
    lot = draw(seed, lots, number, other, tick)
    return factor * (total + params.choice_noise * gumbel(lot))
