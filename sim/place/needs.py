"""What a table says of the need of districts: their elderly, and who has a low income."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from sim.place.cells import Line
from sim.place.reader import Reader
from sim.place.towns import old_fields, old_is_counted
from sim.place.vintages import is_unknown

WORDS = ("those of 65 or older", "low incomes")
"""What columns of need hold, in the order in which a folder has them (``settle.NEED``)."""


class Asked(NamedTuple):
    """How a table says it: in which columns, and whether the elderly are numbers or percent."""

    old: tuple[str, ...]
    counted: bool
    low_income: bool


def how_said(reader: Reader, lines: Sequence[Line]) -> Asked:
    """Return how a table says what its districts need."""
    fields = old_fields(reader)
    if not set(fields) <= set(reader.columns):
        fields = ()
    counted = bool(fields) and old_is_counted(reader, lines, {})
    return Asked(fields, counted, "low_income" in reader.columns)


def need_of(
    reader: Reader, line: Line, people: int, asked: Asked
) -> tuple[float | None, float | None]:
    """Return percent of 65 or older, and with one of the 40% lowest incomes; None: not known."""
    old = None
    if asked.old and not any(is_unknown(reader.cell(line, name)) for name in asked.old):
        most = float(people) if asked.counted else 100.0
        values = [reader.number(line, name, (0.0, most)) for name in asked.old]
        if people and not any(value is None for value in values):
            total = math.fsum(value for value in values if value is not None)
            old = min(100.0, 100.0 * total / people if asked.counted else total)
    low = None
    if asked.low_income and not is_unknown(reader.cell(line, "low_income")):
        low = reader.number(line, "low_income", (0.0, 100.0))
    return old, low


def filled(found: Sequence[float | None], people: Sequence[int]) -> list[float | None]:
    """Return figures of the districts of a municipality, those not known as the mean of others."""
    known = [(value, n) for value, n in zip(found, people, strict=True) if value is not None]
    if not known:
        return list(found)
    mean = math.fsum(value * n for value, n in known) / sum(n for _, n in known)
    return [round(mean if value is None else value, 4) for value in found]


def said_of(known: Sequence[bool]) -> str:
    """Return in words what is listed of need, in the order of ``WORDS``, and what is not."""
    listed = [word for word, has in zip(WORDS, known, strict=True) if has]
    drawn = [word for word, has in zip(WORDS, known, strict=True) if not has]
    text = f"; {' and '.join(listed)} as listed" if listed else ""
    return text + (f"; {' and '.join(drawn)} not listed: drawn in a run" if drawn else "")
