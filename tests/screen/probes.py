"""Functions that are looked at by themselves: no practice of the town has such suppliers."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from agents.compiled.record import NONE
from agents.words import Kind

Function = Callable[..., Any]


def compares(as_before: Function) -> str:
    """Two functions: the second group is as the first, the third differs in one, or in both."""
    for suppliers, first, said in (
        ([1, 2, 1, 2, 1, 3], 2, True),
        ([1, 2, 1, 2, 1, 3], 4, False),
        ([1, 2, 3, 2], 2, False),
        ([1, 2, 3, 4], 2, False),
    ):
        if as_before(SimpleNamespace(supplier=suppliers), first, 2) != said:
            return f"suppliers {suppliers} from {first} on"
    return ""


def _neighbours() -> SimpleNamespace:
    """Two groups, two functions of .4 and .6. The first practice has two rows, the other one."""
    return SimpleNamespace(
        groups=[0, 0],
        functions=[0, 0],
        hubs=[SimpleNamespace(first=0)],
        practices=[
            SimpleNamespace(weights=[0.25, 0.75], alive=True, hub=0, next_in_hub=1),
            SimpleNamespace(weights=[0.5, 0.5], alive=True, hub=0, next_in_hub=NONE),
        ],
        scratch=SimpleNamespace(
            rows=[[0, 1], [0, 0]],
            delivered=[[1.0, 0.5, 0.2, 0.0], [1.0, 1.0, 0.0, 0.0]],
            hands=[[7, 8, 8, 9], [7, 9, 5, 5]],
            movable=[0.4, 0.6],
        ),
    )


def matches(match_hands: Function) -> str:
    """Where a neighbour is served by the same hand, of the cells in which one gets anything."""
    # Of the first row of the first practice hand 7 is the other's too, 8 is not; of its second hand
    # 8 is not, and by hand 9 it gets nothing. The other way round hand 7 serves both in the first
    # group, hand 9 in the second.
    for i, j, said in ((0, 1, 0b0001), (1, 0, 0b1001), (0, 0, 0b0111), (1, 1, 0b1111)):
        if match_hands(_neighbours(), i, j) != said:
            return f"practice {i} beside {j}"
    return ""


def weighs(weigh_cells: Function) -> str:
    """What cells weigh: group after group, and within them function after function."""
    for i, bits, said in ((0, 0, 0.0), (0, 0b0001, 0.1), (1, 0b1001, 0.5), (0, 0b1010, 0.6)):
        if abs(weigh_cells(_neighbours(), i, bits) - said) > 1e-12:
            return f"practice {i}, cells {bits:04b}"
    return ""


def holds(hold_beside: Function) -> str:
    """What a practice shares with its neighbours, or with nobody."""
    for i, said in ((0, 0.1), (1, 0.5)):
        if abs(hold_beside(_neighbours(), i) - said) > 1e-12:
            return f"practice {i}"
    alone = _neighbours()
    alone.practices[1].alive = False
    # All cells but the last of its second group: 1 less .75 * .6.
    return "" if abs(hold_beside(alone, 0) - 0.55) < 1e-12 else "a practice alone"


def forgets(forget_costs: Function) -> str:
    """Whatever was known is not known any more."""
    scratch = SimpleNamespace(cost_known=[3, 4])
    forget_costs(SimpleNamespace(functions=[0, 0], scratch=scratch))
    return "" if scratch.cost_known == [NONE, NONE] else f"known: {scratch.cost_known}"


def finds_hubs(served_by_hub: Function) -> str:
    """Parties 10 to 19 are hubs. A group that has the row of one before is not looked at."""
    for suppliers, rows, said in (
        ([1, 2, 30, 12, 30, 12], [0, 1, 1], True),
        ([1, 10, 30, 31, 30, 31], [0, 1, 1], True),
        ([1, 2, 20, 31, 20, 31], [0, 1, 1], False),
        ([-1, 9, 30, 19, 30, 19], [0, 1, 1], True),
        ([1, 2, 12, 13, 30, 31], [0, 0, 2], False),
    ):
        tables = SimpleNamespace(
            practices=[SimpleNamespace(supplier=suppliers)],
            functions=[0, 0],
            groups=[0, 0, 0],
            offsets={Kind.HUB: 10, Kind.ORGANISATION: 20},
            scratch=SimpleNamespace(rows=[rows]),
        )
        if served_by_hub(tables, 0) != said:
            return f"suppliers {suppliers}"
    return ""
