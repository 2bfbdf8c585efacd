"""Functions that are looked at by themselves: no practice of the town has such suppliers."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

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
        practices=[SimpleNamespace(weights=[0.25, 0.75]), SimpleNamespace(weights=[0.5, 0.5])],
        scratch=SimpleNamespace(
            rows=[[0, 1], [0, 0]],
            delivered=[[1.0, 0.5, 0.2, 0.0], [1.0, 1.0, 0.0, 0.0]],
            hands=[[7, 8, 8, 9], [7, 9, 5, 5]],
            movable=[0.4, 0.6],
            matched=[9.0, 9.0],
        ),
    )


def shares(share_hand: Function) -> str:
    """What one practice gets from the hand of its neighbour."""
    # First group .25 * .4 by hand 7; hand 8 is not the other's, and of the second group hand 8 is
    # not either, and by hand 9 it gets nothing.
    if abs(share_hand(_neighbours(), 0, 1) - 0.1) > 1e-12:
        return "the first beside the second"
    # First group .5 * .4 by hand 7, second .5 * .6 by hand 9.
    if abs(share_hand(_neighbours(), 1, 0) - 0.5) > 1e-12:
        return "the second beside the first"
    return ""


def matches(match_rows: Function) -> str:
    """Which functions of a group are in the hand of the neighbour."""
    for i, j, g, said in (
        (0, 1, 0, [0.4, 0.0]),
        (0, 1, 1, [0.0, 0.0]),
        (1, 0, 1, [0.0, 0.6]),
    ):
        tables = _neighbours()
        match_rows(tables, i, j, g)
        if tables.scratch.matched != said:
            return f"practice {i} beside {j}, group {g}"
    return ""


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
