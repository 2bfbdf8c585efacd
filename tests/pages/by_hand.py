"""What a folder's tables say, read without the program's own statistics: rows, sums and sorting.

The numbers of documented commands are held against these. Nothing of ``results.statistics`` or of
``results.store.views`` is used; how quarters make a year is read from the table itself.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from scipy.stats import t as student

Values = dict[str, float]
"""A value per seed, or per run."""


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """All rows of one table."""
    found: list[dict[str, Any]] = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return found


def ways(folder: Path) -> dict[str, str]:
    """How quarters make a year of each outcome: sum, mean or last."""
    notes = pq.read_schema(folder / "series.parquet").metadata
    declared = next(json.loads(v) for k, v in notes.items() if k.endswith(b"outcomes"))
    return {name: one["yearly"] for name, one in declared.items()}


def years(folder: Path, outcome: str, year: int) -> Values:
    """The value of one outcome of the whole region in one year, by run."""
    how = ways(folder)[outcome]
    quarters: dict[str, dict[int, float]] = defaultdict(dict)
    table = pq.read_table(
        folder / "series.parquet", filters=[("outcome", "==", outcome), ("scope", "==", "all")]
    )
    for row in table.to_pylist():
        if 2006 + row["tick"] // 4 == year:
            quarters[row["run_id"]][row["tick"]] = row["value"]
    made = {}
    for run, values in quarters.items():
        ordered = [values[tick] for tick in sorted(values)]
        if len(ordered) > 1 and how != "last":
            assert len(ordered) == 4, f"{outcome} in {year} has {len(ordered)} quarters"
            made[run] = math.fsum(ordered) / (4 if how == "mean" else 1)
        else:
            made[run] = ordered[-1]
    return made


def quantile(values: Sequence[float], share: float) -> float:
    """The quantile by straight lines between sorted values."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def interval(differences: Sequence[float]) -> tuple[float, float]:
    """The 95% interval of a mean by Student's t."""
    many, middle = len(differences), mean(differences)
    spread = math.sqrt(math.fsum((d - middle) ** 2 for d in differences) / (many - 1))
    reach = float(student.ppf(0.975, many - 1)) * spread / math.sqrt(many)
    return middle - reach, middle + reach


def by_seed(folder: Path, values: Values) -> dict[int, float]:
    """The same values by seed; each seed occurs once."""
    seeds = {row["run_id"]: row["seed"] for row in rows(folder, "runs")}
    found = {seeds[run]: value for run, value in values.items()}
    assert len(found) == len(values)
    return found
