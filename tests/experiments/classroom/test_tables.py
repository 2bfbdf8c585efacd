"""Starting tables as a block: nothing is lost, and runs share exactly the past that they have."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import pytest
from support import Quarters, start_of

from experiments.classroom.bundle import ahead, bundle, column_at, past_of
from experiments.classroom.offered import ground
from experiments.classroom.tables import (
    AHEAD,
    BUFFERS,
    DATED,
    Block,
    shape_of,
    solid,
    steps_of,
    stored,
)
from sim.engines.state import IN_USE
from sim.scratch import Scratch
from sim.tables import Tables

DESIGN = "design:bundled/organisation/patient/conditions"


def test_the_same_bytes_are_stored_once_and_without_zeros_at_their_end() -> None:
    block = Block()
    assert block.put(b"ab\0c\0\0") == [0, 4]
    assert block.put(b"de") == [4, 2]
    assert block.put(b"ab\0c\0\0\0\0") == [0, 4]
    assert block.put(b"\0\0") == [6, 0]
    assert zlib.decompress(block.deflated()) == b"ab\0cde"


def test_a_dated_table_is_stored_where_it_changes() -> None:
    table = np.array([[5, 1], [5, 1], [5, 3], [5, 3], [4, 3]], np.int64)
    steps, rows = steps_of(table)
    assert steps == [0, 2, 4]
    assert np.frombuffer(rows, np.int64).reshape(3, 2).tolist() == [[5, 1], [0, 2], [1, 0]]


def read(parts: dict[str, Any], block: bytes, start: Tables) -> dict[str, bytes]:
    """Read tables out of a block, as a page does."""
    out = {}
    for name, part, shape in zip(Tables._fields, parts["parts"], parts["shapes"], strict=False):
        table = getattr(start, name)
        assert shape == shape_of(table)
        if part is None:
            continue
        at, size = part["part"] if isinstance(part, dict) else part
        content = block[at : at + size]
        if isinstance(part, dict):
            wide = table.nbytes // len(table)
            rows = np.frombuffer(content.ljust(wide * len(part["steps"]), b"\0"), np.uint8)
            rows = np.bitwise_xor.accumulate(rows.reshape(-1, wide), axis=0)
            which = np.searchsorted(part["steps"], np.arange(len(table)), side="right") - 1
            content = rows[which].tobytes()
        out[name] = content.ljust(table.nbytes, b"\0")
    return out


@pytest.mark.parametrize("regime", ["historic-nl", DESIGN])
def test_what_is_read_from_a_block_are_the_tables(regime: str) -> None:
    block, start = Block(), ground("unicum", regime).start
    stored(ground("unicum", "menzis").start, block)
    parts = stored(start, block)
    found = read(parts, zlib.decompress(block.deflated()), start)
    assert set(found) == {*Tables._fields} - {*BUFFERS, "scratch"}
    for name, content in found.items():
        assert content == solid(getattr(start, name)).tobytes(), name
    assert parts["scratch"] == [list(room.shape) for room in start.scratch]
    for name in BUFFERS:
        assert not getattr(start, name).view(np.uint8).any(), name


def test_runs_part_before_the_first_quarter_that_reads_what_differs() -> None:
    regimes = ["historic-nl", "zilveren-kruis", "gez-stays", DESIGN]
    layout = bundle("unicum", regimes).description["layout"]
    # Titles of 2018 are read a quarter before, and choices of that quarter hang on them.
    assert layout["fork"] == 47
    levers = layout["regimes"]["historic-nl"]["levers"]
    early = {name for name, (_, _, acts) in levers.items() if acts}
    assert {"autonomy", "tradition", "checks"} <= early
    assert not early & {"threshold", "transition", "macro", "benchmark", "norm", "mandate"}
    pasts = {name: one["past"] for name, one in layout["regimes"].items()}
    assert pasts["historic-nl"] == pasts["zilveren-kruis"]
    assert len(set(pasts.values())) == 3  # gez-stays: nothing is tied to a run-down from the start


def test_a_past_is_what_is_read_before() -> None:
    start = start_of(1)
    for fork, same in ((47, True), (48, False)):
        titles = start.titles.copy()
        titles["minimum"][48] += 1
        moved = start._replace(titles=titles)
        assert (past_of(start, fork) == past_of(moved, fork)) is same
    other = start.params.copy()
    other["choice_trust"] += 1.0
    assert past_of(start, 47) != past_of(start._replace(params=other), 47)


def poisoned(start: Tables, fork: int) -> Tables:
    """Put nonsense into all that quarters before ``fork`` are not to read.

    The last quarter is left alone: tariffs are solved on it when a population is drawn.
    """
    made = {}
    for name in DATED:
        table = getattr(start, name).copy()
        for column in table.dtype.names:
            rows = table[column][fork + ahead(name, column) : -1]
            assert rows.size
            rows[...] = ~rows if rows.dtype == bool else rows * 3 + 7
        made[name] = table
    return start._replace(**made)


@pytest.mark.parametrize("regime", ["historic-nl", "menzis", DESIGN])
@pytest.mark.parametrize("fork", [12, 47, 51])
def test_quarters_read_no_further_ahead_than_is_said(regime: str, fork: int) -> None:
    start = start_of(4, regime)
    plain, odd = Quarters(start), Quarters(poisoned(start, fork))
    for one in (plain, odd):
        one.step(fork)
    for name, here, there in zip(Tables._fields, plain.tables, odd.tables, strict=True):
        if not isinstance(here, Scratch) and name not in (*DATED, *BUFFERS):
            assert solid(here).tobytes() == solid(there).tobytes(), name
    assert not stay_alike(plain, odd)  # nonsense that is read does make a difference


def stay_alike(plain: Quarters, odd: Quarters) -> bool:
    """Whether organisations are the same after a year more, in which neither run stops."""
    try:
        here, there = (one.step(4).organisations for one in (plain, odd))
    except AssertionError:
        return False
    return solid(here).tobytes() == solid(there).tobytes()


@pytest.mark.parametrize("regime", ["historic-nl", "two-part", DESIGN])
def test_rows_that_are_not_in_use_are_as_they_were_at_the_start(regime: str) -> None:
    start = start_of(4, regime)
    assert IN_USE == ("practices", "units", "organisations")
    for years in (0, 12, 24):
        tables = Quarters(start, seed=2).step(4 * years)
        for name in IN_USE:
            count = int(tables.counter[name][0])
            here, there = getattr(tables, name), getattr(start, name)
            assert years == 0 or 0 < count < len(here)
            assert solid(here[count:]).tobytes() == solid(there[count:]).tobytes(), name


def test_columns_are_found_by_their_bytes() -> None:
    assert AHEAD["policy.benchmark"] == ahead("policy", "benchmark") > ahead("policy", "norm")
    table = ground("unicum", "historic-nl").start.policy
    at = table.dtype.fields["benchmark"][1]
    assert [column_at("policy", at + k) for k in (0, 7)] == ["benchmark", "benchmark"]
