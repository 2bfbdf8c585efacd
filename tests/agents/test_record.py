"""Records: one class gives columns, plain rows, casts, units and clear refusals."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
import pytest

from agents.compiled.columns import RowCells
from agents.compiled.record import (
    NONE,
    RESERVED,
    FloatArray,
    IntArray,
    Record,
    dtype_of,
    load_plain,
    store_plain,
    table_of,
)
from agents.practice import Practice
from sim.tables import RECORDS


class Trial(Record):
    """A record with a column of every kind."""

    count: Annotated[int, "patients", "0..", "how many"]
    weight: Annotated[float, "kg", "0..", "how heavy"]
    open: Annotated[bool, "", "", "whether"]
    shares: Annotated[FloatArray, "share", "0..1", "parts", 3]
    links: Annotated[IntArray, "row", "", "others", 2]


class Longer(Trial):
    """One column more than its base."""

    extra: Annotated[int, "", "", "one more"]


def test_fields_carry_kind_width_unit_limits_and_text() -> None:
    assert [(f.name, f.kind, f.width) for f in Trial.fields] == [
        ("count", "i8", 0), ("weight", "f8", 0), ("open", "?", 0),
        ("shares", "f8", 3), ("links", "i8", 2),
    ]  # fmt: skip
    assert Trial.fields[0][3:] == ("patients", "0..", "how many")
    assert [f.name for f in Longer.fields] == [*(f.name for f in Trial.fields), "extra"]
    kinds = dtype_of(Trial)
    assert kinds.names == ("count", "weight", "open", "shares", "links")
    assert kinds["shares"].shape == (3,) and kinds["weight"] == np.float64


def test_a_misspelt_field_is_refused_with_the_nearest_name() -> None:
    row: Any = Trial.plain()
    with pytest.raises(AttributeError, match=r"Trial has no field 'wieght'.*'weight'"):
        row.wieght = 1.0
    with pytest.raises(AttributeError, match=r"Practice has no field 'autonmy'.*'autonomy'"):
        Practice.plain().autonmy = 1.0
    with pytest.raises(AttributeError, match=r"no field 'zzzz'$"):
        row.zzzz = 1


def test_values_are_cast_as_a_table_would() -> None:
    row: Any = Trial.plain()
    row.count, row.weight, row.open = 3.0, 2, 1
    assert (row.count, row.weight, row.open) == (3, 2.0, True)
    assert [type(v) for v in (row.count, row.weight, row.open)] == [int, float, bool]
    with pytest.raises(ValueError, match=r"2\.5 is not a whole number"):
        row.count = 2.5
    with pytest.raises(AttributeError, match="fixed array"):
        row.shares = np.zeros(3)
    row.shares[1] = 0.5
    assert row.shares.tolist() == [0.0, 0.5, 0.0]


def test_row_cells_read_and_write_the_table() -> None:
    table = table_of(Trial, 2)
    view: Any = Trial.plain()
    object.__setattr__(view, "_cells", RowCells(table, 1))
    view.count = 4
    view.shares[2] = 0.25
    assert table["count"].tolist() == [0, 4] and table["shares"][1, 2] == 0.25
    table["weight"][1] = 1.5
    assert view.weight == 1.5 and type(view.weight) is float and type(view.open) is bool
    assert len(view._cells) == 5 and list(view._cells)[0] == "count"
    with pytest.raises(TypeError):
        del view._cells["count"]


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_every_table_survives_the_way_to_plain_rows_and_back(name: str) -> None:
    record = RECORDS[name]
    table = table_of(record, 3)
    number = 1
    for field in record.fields:
        cells = table[field.name]
        for index in np.ndindex(cells.shape):
            cells[index] = number % 2 == 0 if field.kind == "?" else number + 2**40
            number += 1
    back = table_of(record, 3)
    rows = load_plain(record, table)
    store_plain(record, rows, back)
    assert back.tobytes() == table.tobytes()
    # A plain row owns its arrays: it is no window on the table.
    wide = next((f.name for f in record.fields if f.width), None)
    if wide:
        getattr(rows[0], wide)[0] = 0
        assert table[wide][0, 0] != 0


def test_a_blank_row_is_what_an_empty_table_holds() -> None:
    for record in RECORDS.values():
        back = table_of(record, 1)
        back.view(np.uint8)[:] = 255
        store_plain(record, [record.plain()], back)
        for field in record.fields:
            assert not np.any(back[field.name]), f"{record.__name__}.{field.name}"


def test_no_one_lies_outside_every_table_and_survives_float() -> None:
    assert NONE == 2**40 and int(float(NONE)) == NONE
    with pytest.raises(IndexError):
        np.zeros(10)[NONE]


@pytest.mark.parametrize("name", ["max", "shape", "model", "unique_id", "pos", "random", "time"])
def test_names_that_others_use_are_refused(name: str) -> None:
    assert name in RESERVED
    with pytest.raises(TypeError, match="uses this name already"):
        type("Bad", (Record,), {"__annotations__": {name: Annotated[int, "", "", ""]},
                                "__module__": __name__})  # fmt: skip


def test_columns_of_no_kind_or_without_width_are_refused() -> None:
    with pytest.raises(TypeError, match="not a column type"):
        type("Bad", (Record,), {"__annotations__": {"a": Annotated[str, "", "", ""]},
                                "__module__": __name__})  # fmt: skip
    with pytest.raises(TypeError, match="needs a width"):
        type("Bad", (Record,), {"__annotations__": {"a": Annotated[FloatArray, "", "", ""]},
                                "__module__": __name__})  # fmt: skip
    with pytest.raises(TypeError, match="a scalar has none"):
        type("Bad", (Record,), {"__annotations__": {"a": Annotated[float, "", "", "", 3]},
                                "__module__": __name__})  # fmt: skip


def test_no_field_of_any_table_has_a_reserved_name() -> None:
    for record in RECORDS.values():
        assert not {f.name for f in record.fields} & RESERVED
