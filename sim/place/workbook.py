"""The longest sheet of an Excel workbook as rows of text: CBS publishes some tables only so."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.errors import BadInput

WORKBOOKS = (".xlsx", ".xlsm", ".xls")
WIDEST = 1_000
"""Columns that are read of a sheet."""

_COMMA = re.compile(r"-?\d{1,12},\d{1,15}", re.ASCII)


def workbook_rows(path: Path, most: int) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of each row, as text with a decimal point.

    Args:
        path: an Excel workbook.
        most: rows at most.

    Raises:
        BadInput: it is no workbook that can be read, or is too long.
    """
    if path.suffix.lower() == ".xls":
        problem = "is a workbook of an Excel before 2007"
        raise BadInput(str(path), problem, allowed="the sheet saved as .xlsx or as CSV")
    try:
        import openpyxl
    except ImportError:
        raise BadInput(
            str(path), "is an Excel workbook, and openpyxl is not installed",
            allowed="the extra: pip install 'regiosim[cbs]', or the sheet saved as CSV",
        ) from None  # fmt: skip
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = max(book.worksheets, key=lambda one: one.max_row or 0)
            rows = sheet.iter_rows(values_only=True, max_row=most + 2, max_col=WIDEST)
            found = [[_text(cell) for cell in row] for row in rows]
        finally:
            book.close()
    except OSError as error:
        raise BadInput(str(path), f"cannot be read ({error.strerror or error})") from None
    except Exception:  # openpyxl raises whatever comes up inside a spoiled archive
        raise BadInput(
            str(path), "cannot be read as an Excel workbook",
            allowed="a workbook of Excel 2007 or later, or the sheet saved as CSV",
        ) from None  # fmt: skip
    if len(found) > most + 1:
        raise BadInput(str(path), "is too long", allowed=f"at most {most:,} lines")
    wide = max((k + 1 for row in found for k, cell in enumerate(row) if cell), default=0)
    yield from ((number, row[:wide]) for number, row in enumerate(found, 1))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if math.isfinite(cell) and cell.is_integer() else repr(cell)
    text = str(cell).strip()
    return text.replace(",", ".") if _COMMA.fullmatch(text) else text
