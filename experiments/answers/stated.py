"""What the sources state of designs on the eight criteria: ``stated.toml``, read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from agents.words import PayUnit
from results.statistics.scorecard import CHOICES, CRITERIA, Stated
from sim.errors import BadInput
from sim.policy.design import BUNDLINGS, ROUTES
from sim.policy.read import read_toml, validate
from sim.policy.values import Names, Strict, Text

FILE = Path(__file__).parent / "stated.toml"
_LEVELS = dict(zip(CHOICES, (BUNDLINGS, ROUTES, tuple(PayUnit.words())), strict=True))


class StatedRow(Strict):
    """One row of the file."""

    criterion: int = Field(ge=0, le=CRITERIA)
    choice: Literal["bundling", "route", "unit"]
    asks: Literal["best", "alike", "no-better", "nothing"]
    better: Names
    worse: Names
    inferred: bool = False
    source: Text
    text: Text


class StatedFile(Strict):
    """All rows."""

    stated: list[StatedRow]


@lru_cache(maxsize=1)
def stated_rows() -> tuple[Stated, ...]:
    """Return what is stated, row by row.

    Raises:
        BadInput: the file cannot be used.
    """
    return read_stated(FILE)


def read_stated(path: Path) -> tuple[Stated, ...]:
    """Return the rows of a file such as ``stated.toml``.

    Raises:
        BadInput: a key or a value in it cannot be used.
    """
    found = validate(StatedFile, read_toml(path), str(path))
    for place, row in enumerate(found.stated, 1):
        for name in (*row.better, *row.worse):
            known = _LEVELS[row.choice]
            if name not in known:
                where = f"{path}: stated[{place}]"
                raise BadInput(where, f"{row.choice} has no {name!r}", allowed=", ".join(known))
    return rows_of(row.model_dump() for row in found.stated)


def rows_of(entries: Iterable[Mapping[str, Any]]) -> tuple[Stated, ...]:
    """Return stated rows of entries as a manifest keeps them."""
    return tuple(
        Stated(
            row["criterion"],
            row["choice"],
            row["asks"],
            tuple(row["better"]),
            tuple(row["worse"]),
            row["inferred"],
            row["source"],
            row["text"],
        )
        for row in entries
    )


def entries_of(rows: Iterable[Stated]) -> list[dict[str, Any]]:
    """Return stated rows as a manifest keeps them."""
    return [{k: list(v) if isinstance(v, tuple) else v for k, v in row._asdict().items()}
            for row in rows]  # fmt: skip
