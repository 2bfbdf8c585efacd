"""A table that lies column by column is to Python and to kernels what a structured array is."""

from __future__ import annotations

import copy
import pickle
from typing import Annotated, Any, NamedTuple

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core.errors import TypingError
from support import small, start_of

from agents.compiled.bundle import bundle
from agents.compiled.columns import (
    ColumnTable,
    bytes_of,
    column_table,
    most_rows,
    parts_of,
    row_by_row,
)
from agents.compiled.lookups import copy_first, copy_rows
from agents.compiled.record import NONE, FloatArray, IntArray, Record, columns_of, table_of
from agents.compiled.rule import OPTIONS
from sim.errors import BadInput
from sim.tables import BY_COLUMN, RECORDS

KERNEL = OPTIONS | {"cache": False}


class Trial(Record):
    """A record of every kind of field, numbers and flags in turn."""

    old: Annotated[bool, "", "", "a flag first: what follows is aligned"]
    length: Annotated[float, "km", "0..1", ""]
    many: Annotated[int, "", "", ""]
    parts: Annotated[FloatArray, 3, "", "", ""]
    new: Annotated[bool, "", "", ""]
    rows: Annotated[IntArray, 2, "row", "", ""]


@bundle(same=frozenset({"fixed"}))
class Held(NamedTuple):
    """Tables of both kinds, and numbers of one and two axes."""

    columns: Any
    whole: Any
    fixed: Any
    numbers: Any
    grid: Any


def filled(rows: int, make: Any = columns_of) -> Any:
    table = make(Trial, rows)
    table["old"] = np.arange(rows) % 2 == 0
    table["length"] = np.arange(rows) / 7
    table["many"] = np.arange(rows) * 3
    table["parts"] = np.arange(3 * rows).reshape(rows, 3) / 11
    table["new"] = np.arange(rows) % 3 == 0
    table["rows"] = np.arange(2 * rows).reshape(rows, 2)
    return table


def held(rows: int = 5) -> Held:
    whole = filled(rows, table_of)
    grid = np.stack([whole, whole])
    return Held(filled(rows), whole, filled(2, table_of), np.arange(4.0), grid)


@pytest.mark.parametrize("name", sorted(BY_COLUMN))
def test_columns_follow_one_another_with_nothing_between(name: str) -> None:
    table = columns_of(RECORDS[name], 7)
    before = bytes_of(table).__array_interface__["data"][0]
    for column in sorted(table.columns.values(), key=lambda c: c.__array_interface__["data"][0]):
        assert column.__array_interface__["data"][0] == before and column.flags["ALIGNED"]
        before += column.nbytes
    assert before - bytes_of(table).__array_interface__["data"][0] == table.nbytes
    assert len(table) == 7 and not bytes_of(table).any()
    assert table.row_dtype == table_of(RECORDS[name], 1).dtype


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 9))
def test_what_is_done_to_it_does_what_it_does_to_a_structured_array(data: Any, rows: int) -> None:
    table, whole = filled(rows), filled(rows, table_of)
    number = st.integers(-rows, rows - 1)
    mask = st.lists(st.booleans(), min_size=rows, max_size=rows).map(np.array)
    for _ in range(data.draw(st.integers(1, 5))):
        key: Any = data.draw(st.one_of(number, mask, st.slices(rows)))
        name = data.draw(st.sampled_from(Trial.fields)).name
        value = data.draw(st.integers(0, 1))
        what = data.draw(st.sampled_from(["cell", "column", "rows"]))
        if what == "cell":
            table[key][name], whole[key][name] = value, value
        elif what == "column":
            table[name][key], whole[name][key] = value, value
        else:
            other = filled(rows, table_of)[::-1].copy()
            if isinstance(key, int):
                key = slice(key % rows, key % rows + 1)
            table[key], whole[key] = filled(rows)[::-1][key], other[key]
        assert row_by_row(table).tobytes() == whole.tobytes()
    assert [row["many"] for row in table] == whole["many"].tolist()
    assert [list(row) for row in table[:1]] == [list(whole.dtype.names)]


def test_copies_have_cells_of_their_own() -> None:
    table = filled(4)
    for made in (table.copy(), copy.deepcopy(table), pickle.loads(pickle.dumps(table))):
        assert isinstance(made, ColumnTable) and np.asarray(made == table).all()
        made["many"][1] = 99
        assert made[1]["many"] == 99 and table[1]["many"] == 3
        assert (made != table).tolist() == [False, True, False, False]
    some = table[1:3]
    some["many"] = 5
    assert table["many"].tolist() == [0, 5, 5, 9] and len(some) == some.size == 2
    blank = columns_of(Trial, 4)
    for part, source in zip(parts_of(blank), parts_of(table), strict=True):
        part[:3] = source[:3].copy("K")
    assert (blank == table).tolist() == [True, True, True, False]
    chosen = table[table["many"] == 5]
    chosen["many"] = 0
    assert table["many"].tolist() == [0, 5, 5, 9]


@numba.njit(**KERNEL)  # type: ignore[misc]  # Numba's own decorator has no types
def add_up(tables: Held, i: int, k: int) -> float:
    """Read and write every kind of cell of a row of both tables."""
    total = tables.numbers[k] + tables.fixed[k % 2].length + tables.grid[1][i].parts[k]
    row = tables.columns[i]
    other = tables.whole[i]
    row.parts[k] = row.parts[k] + 1.0
    other.parts[k] = other.parts[k] + 1.0
    row.old = not row.old
    other.old = not other.old
    row.many = row.many + len(tables.columns)
    other.many = other.many + len(tables.whole)
    return total + row.length + other.length + row.parts[k] - other.parts[k] + row.rows[1]


def test_kernels_read_and_write_both_alike() -> None:
    tables = held()
    before = filled(5)
    for i in range(5):
        found = add_up(tables, i, 2)
        assert found == 2.0 + (3 * i + 2) / 11 + 2 * (i / 7) + 2 * i + 1
    assert row_by_row(tables.columns).tobytes() == tables.whole.tobytes()
    assert (tables.columns["old"] != before["old"]).all()
    assert (tables.columns["many"] == before["many"] + 5).all()


@numba.njit(**KERNEL)  # type: ignore[misc]  # Numba's own decorator has no types
def go_through(tables: Held) -> float:
    """Go through rows, numbers and cells as one does in Python, and use cells as arrays."""
    total = 0.0
    for row in tables.columns:
        total = total + row.parts.sum() + row.parts[1:].sum() - row.parts[1]
        for number in row.rows:
            total = total + number
    for row in tables.whole:
        total = total - np.sum(row.parts) - row.parts[2]
    for line in tables.grid:
        for row in line:
            total = total + row.many
    for number in tables.numbers:
        total = total + number
    return total


def test_loops_go_through_rows_and_cells_and_cells_are_arrays() -> None:
    assert go_through(held()) == sum(range(10)) + 2 * 3 * sum(range(5)) + 6.0


@pytest.mark.parametrize("row", [5, -1, NONE])
def test_no_row_of_that_number_is_an_error(row: int) -> None:
    tables = held()
    with pytest.raises(IndexError):
        add_up(tables, row, 0)
    for cell in (3, -1, NONE):
        with pytest.raises(IndexError):
            add_up(tables, 0, cell)
    assert row_by_row(tables.columns).tobytes() == filled(5, table_of).tobytes()


@numba.njit(**KERNEL)  # type: ignore[misc]  # Numba's own decorator has no types
def put_both(to: Held, source: Held) -> None:
    """Copy tables of both kinds."""
    copy_rows(to.columns, source.columns)
    copy_rows(to.whole, source.whole)


def test_all_rows_are_copied_at_once_or_none() -> None:
    blank = held()._replace(columns=columns_of(Trial, 5), whole=table_of(Trial, 5))
    put_both(blank, held())
    assert np.asarray(blank.columns == filled(5)).all()
    assert blank.whole.tobytes() == filled(5, table_of).tobytes()
    with pytest.raises(IndexError, match="differ in length"):
        put_both(blank, held(4))


@numba.njit(**KERNEL)  # type: ignore[misc]  # Numba's own decorator has no types
def put_some(to: Held, source: Held, rows: int) -> None:
    """Copy the first rows of a table by column."""
    copy_first(to.columns, source.columns, rows)


@pytest.mark.parametrize("rows", [0, 1, 3, 5])
def test_so_many_rows_are_copied_and_no_other(rows: int) -> None:
    blank, source = held()._replace(columns=columns_of(Trial, 5)), held()
    put_some(blank, source, rows)
    made, before = row_by_row(blank.columns), row_by_row(columns_of(Trial, 5))
    assert made[:rows].tobytes() == row_by_row(source.columns)[:rows].tobytes()
    assert made[rows:].tobytes() == before[rows:].tobytes()


def test_more_rows_than_there_are_are_not_copied() -> None:
    blank = held()._replace(columns=columns_of(Trial, 5))
    for rows in (6, -1):
        with pytest.raises(IndexError):
            put_some(blank, held(), rows)
    with pytest.raises(IndexError, match="differ in length"):
        put_some(blank, held(4), 3)
    assert row_by_row(blank.columns).tobytes() == row_by_row(columns_of(Trial, 5)).tobytes()
    with pytest.raises(TypingError):
        put_some(blank._replace(columns=blank.whole), held()._replace(columns=held().whole), 3)


def test_some_rows_are_no_table_for_a_kernel() -> None:
    tables = held()
    with pytest.raises(TypingError, match="Selection"):
        add_up(tables._replace(columns=tables.columns[:3]), 0, 0)


def test_tables_as_long_as_a_country_lie_by_column() -> None:
    start = start_of(1, ticks=4)
    assert {n for n in start._fields if isinstance(getattr(start, n), ColumnTable)} == BY_COLUMN


def test_more_rows_than_numpy_takes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = table_of(Trial, 0).dtype
    most = most_rows(row)
    assert most * 58 < 2**31 <= (most + 1) * 58
    with pytest.raises(ValueError, match=f"at most {most:,} lie column by column"):
        column_table(row, most + 1)
    monkeypatch.setattr("sim.tables.most_rows", lambda row: 10)
    with pytest.raises(BadInput, match=r"region unicum.*too large: its table of hubs has.*fewer"):
        start_of(small(10), ticks=4)


@pytest.mark.parametrize("name", ["whole", "numbers", "grid"])
def test_what_does_not_lie_in_one_piece_is_refused(name: str) -> None:
    tables = held()
    spread = np.repeat(getattr(tables, name), 2, axis=-1)[..., ::2]
    fixed = getattr(tables, name).copy()
    fixed.setflags(write=False)
    for table in (spread, fixed):
        with pytest.raises(TypeError, match="in one piece, or is only to be read"):
            add_up(tables._replace(**{name: table}), 0, 0)
