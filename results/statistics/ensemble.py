"""Reading many runs at once: a year's outcomes as one array, and bands over time, with DuckDB.

A large sweep has tens of millions of rows. They never become a frame: DuckDB reads the Parquet
file a row group at a time, and what comes back is one number per run and outcome, or per year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from results.statistics.reduce import HIGH, LOW, yearly
from results.store.checksums import StoreRefused
from results.store.reading import declared_outcomes, is_sweep, manifest, read, tables
from results.store.schema import FIRST_YEAR, QUARTERS, year_of
from results.words.outcomes import Words

ARM = ("region", "regime", "package")
_AT_ONCE = 8_000_000
"""Values whose quantiles are taken in one pass (64 MB, and as much again while it grows)."""
_VECTORS = 100
"""Vectors of 2,048 rows that are taken over from DuckDB at a time."""


class NotRecorded(ValueError):
    """A year that a folder did not record; ``years`` are those that it did."""

    def __init__(self, folder: Path, years: Sequence[int], year: int) -> None:
        super().__init__(f"{folder} recorded {years[0]}-{years[-1]}, not {year}")
        self.years = tuple(years)


@dataclass(frozen=True)
class Ensemble:
    """The finished runs of a folder, of a run or a sweep, and their outcomes in one year."""

    folder: Path
    about: Mapping[str, Any]
    runs: pd.DataFrame
    """A row per finished run: run_id, seed, arm, point and factors as far as there are any."""
    outcomes: tuple[str, ...]
    words: Words
    year: int
    values: NDArray[np.float64]
    """Shape (runs, outcomes), in each outcome's unit; NaN where it has no value."""
    failed: pd.DataFrame
    """A row per failed run, with its reason."""

    @property
    def factors(self) -> tuple[str, ...]:
        """Names of the columns of ``runs`` that the design varies."""
        named = [str(one["name"]) for one in self.about.get("factors") or []]
        return tuple(name for name in named if name in self.runs)


def literal(path: Path) -> str:
    """Return a path as ``read_parquet`` takes it: a bracket or star in it is no pattern."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))


def reader() -> duckdb.DuckDBPyConnection:
    """Return a connection for our own questions: in memory, nothing spilled to disk."""
    quiet = {"temp_directory": "", "python_enable_replacements": "false"}
    connection = duckdb.connect(":memory:", config=dict(quiet))
    connection.execute("SET preserve_insertion_order = false")
    return connection


def recorded_outcomes(path: Path) -> tuple[str, ...]:
    """Return the outcomes of a sweep's series in the order in which they were recorded."""
    file = pq.ParquetFile(path)
    if not file.num_row_groups:
        return ()
    column = file.read_row_group(0, columns=["outcome"])["outcome"]
    return tuple(str(name) for name in column.unique().to_pylist())


def ended(ticks: Iterable[int]) -> list[int]:
    """Return the years of which the fourth quarter is among some quarters, in order.

    What a year came to is what that quarter holds. Where there is none, all years of the quarters.
    """
    every = [int(tick) for tick in ticks]
    fourth = [tick for tick in every if tick % QUARTERS == QUARTERS - 1]
    return sorted({int(year_of(tick)) for tick in fourth or every})


def years_of(folder: Path | str) -> list[int]:
    """Return the years that a run or a sweep recorded, in order; of a sweep those that ended."""
    folder = Path(folder)
    if not is_sweep(manifest(folder)):
        series = read(folder, "series")
        ticks = series.loc[series["scope"] == "all", "tick"].unique()
        return sorted({int(year) for year in year_of(ticks)})
    found = tables(folder)
    if "series" not in found:
        if "done" in read(folder, "runs")["status"].astype(str).to_numpy():
            raise StoreRefused(f"{folder / 'series.parquet'} does not exist, and runs are done.")
        return []  # every run failed
    path = literal(found["series"])
    with reader() as connection:
        rows = connection.execute("SELECT DISTINCT tick FROM read_parquet(?)", [[path]]).fetchall()
    return ended(tick for (tick,) in rows)


def ensemble(folder: Path | str, year: int | None = None, words: Words | None = None) -> Ensemble:
    """Return the finished runs of a folder and their outcomes in one year, for the whole region.

    Args:
        folder: folder of a run or a sweep.
        year: without, the last that was recorded to its end.
        words: of outcomes; without, what the folder itself says.

    Raises:
        StoreRefused: the folder cannot be read.
        NotRecorded: not in that year.
        ValueError: no run finished.
    """
    folder = Path(folder)
    about, runs = manifest(folder), read(folder, "runs")
    done = (runs["status"] == "done" if "status" in runs else runs["run_id"].notna()).astype(bool)
    failed, runs = (runs[kept].reset_index(drop=True) for kept in (~done, done))
    years = years_of(folder)
    if not years:
        raise ValueError(f"{folder} has no finished run")
    if year is not None and year not in years:
        raise NotRecorded(folder, years, year)
    year = years[-1] if year is None else year
    words = words or Words(declared_outcomes(folder))
    if is_sweep(about):
        outcomes = recorded_outcomes(tables(folder)["series"])
        values = _values(folder, runs, outcomes, (year - FIRST_YEAR) * QUARTERS + QUARTERS - 1)
    else:
        series = read(folder, "series")
        outcomes = tuple(str(name) for name in series["outcome"].drop_duplicates())
        rows = yearly(series, words)
        wide = rows[rows["year"] == year].pivot(index="run_id", columns="outcome", values="value")
        wide = wide.reindex(index=runs["run_id"].astype(str), columns=list(outcomes))
        values = wide.to_numpy(dtype=float)
    return Ensemble(folder, about, runs, outcomes, words, year, values, failed)


def _numbered(names: Sequence[str], extra: Mapping[str, Any] | None = None) -> pa.Table:
    """Return names with their place, to join with."""
    place = pa.array(np.arange(len(names), dtype=np.int32))
    return pa.table({"name": pa.array(list(names), pa.string()), "place": place, **(extra or {})})


def _values(
    folder: Path, runs: pd.DataFrame, outcomes: Sequence[str], tick: int
) -> NDArray[np.float64]:
    """Return shape (runs, outcomes): what each finished run recorded in one quarter."""
    table = np.full((len(runs), len(outcomes)), np.nan)
    with reader() as connection:
        connection.register("ids", _numbered([str(one) for one in runs["run_id"]]))
        connection.register("wanted", _numbered(outcomes))
        answer = connection.execute(
            "SELECT ids.place AS run, wanted.place AS outcome, value "
            "FROM read_parquet(?) AS series "
            "JOIN ids ON series.run_id = ids.name JOIN wanted ON series.outcome = wanted.name "
            "WHERE tick = ? AND scope = 'all' AND value IS NOT NULL",
            [[literal(tables(folder)["series"])], tick],
        )
        while len(part := answer.fetch_df_chunk(_VECTORS)):
            table[part["run"], part["outcome"]] = part["value"]
    return table


def bands_by_arm(many: Ensemble, outcomes: Sequence[str], arms: NDArray[np.int64]) -> pd.DataFrame:
    """Return mean, median and the 10-90% band over a sweep's runs, per arm, outcome and year.

    Args:
        many: a sweep.
        outcomes: names of outcomes.
        arms: number of the arm of each run, shape (runs,).

    Returns:
        Columns arm, outcome, year, runs (with a value), mean, median, low, high.
    """
    part = max(1, _AT_ONCE // max(len(many.runs) * len(years_of(many.folder)), 1))
    found = []
    with reader() as connection:
        ids = [str(one) for one in many.runs["run_id"]]
        connection.register("ids", _numbered(ids, {"arm": pa.array(arms)}))
        for start in range(0, len(outcomes), part):
            chosen = list(outcomes[start : start + part])
            found.append(
                connection.execute(
                    "SELECT arm, outcome, tick, count(value) AS runs, avg(value) AS mean, "
                    f"quantile_cont(value, [{LOW}, 0.5, {HIGH}]) AS cuts "
                    "FROM read_parquet(?) AS series JOIN ids ON series.run_id = ids.name "
                    "WHERE scope = 'all' AND outcome IN (SELECT unnest(?)) AND value IS NOT NULL "
                    "GROUP BY arm, outcome, tick",
                    [[literal(tables(many.folder)["series"])], chosen],
                ).fetchall()
            )
    rows = [
        (arm, outcome, int(year_of(tick)), runs, mean, middle, low, high)
        for some in found
        for arm, outcome, tick, runs, mean, (low, middle, high) in some
    ]
    names = ["arm", "outcome", "year", "runs", "mean", "median", "low", "high"]
    table = pd.DataFrame(rows, columns=names)
    return table.sort_values(["arm", "outcome", "year"], ignore_index=True)
