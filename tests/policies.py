"""Short ways for tests to ask what a regime says in a quarter, and to write a package."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.policy import load
from sim.policy.regime import Regime

TICKS = 100
FILES = sorted(path.stem for path in load.REGIMES.glob("*.toml"))
"""The regimes of files: what the package brings along, without designs."""

HEAD = '[package]\nname = "trial"\ntext = "A trial."\nsource = "assumed"\n'


def tick(year: int, quarter: int = 1) -> int:
    return (year - 2006) * 4 + quarter - 1


def value(regime: Regime, title: str, key: str, year: int, quarter: int = 1) -> Any:
    titles, _, names = regime.tables(TICKS)
    return titles[key][tick(year, quarter), names.index(title)]


def policy(regime: Regime, key: str, year: int) -> float:
    return float(regime.tables(TICKS)[1][key][tick(year), 0])


def same(one: Regime, other: Regime) -> bool:
    tables, others = one.tables(TICKS), other.tables(TICKS)
    return equal(tables[0], others[0]) and equal(tables[1], others[1]) and tables[2] == others[2]


def equal(one: NDArray[Any], other: NDArray[Any]) -> bool:
    """Compare field by field: the padding between fields of a table has no fixed content."""
    names = one.dtype.names or ()
    return one.shape == other.shape and all(np.array_equal(one[n], other[n]) for n in names)


def package(folder: Path, text: str) -> Path:
    path = folder / "trial.toml"
    path.write_text(text, encoding="utf-8")
    return path
