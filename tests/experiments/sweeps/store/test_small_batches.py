"""Batches of one run, as those of a country: the same store, and little memory for many of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments import sweep
from experiments.sweeps.store import finish
from results.store.batches import heads_of, long
from tests.made_sweeps import Maker, made, made_plan, nothing_runs

__all__ = ["nothing_runs"]
MANY = 3000
ROOM = 40.0
"""MB for the heads and series of so many runs: they take 18, and kept apart 70."""


def plain(path: Path) -> pa.Table:
    """Return a table with words in the place of numbers that stand for words."""
    table = pq.read_table(path)
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            words = table[field.name].cast(field.type.value_type)
            table = table.set_column(place, field.name, words)
    return table.replace_schema_metadata(None).combine_chunks()


@pytest.mark.usefixtures("nothing_runs")
def test_batches_of_one_run_make_the_store_of_larger_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = made_plan(tmp_path)
    sweep(plan, tmp_path / "large", executor=Maker(), language="")
    monkeypatch.setattr(finish, "FEW", 5)
    monkeypatch.setattr(finish, "ROWS_IN_GROUP", 700)
    sweep(replace(plan, size=1), tmp_path / "small", executor=Maker(), language="")
    assert pq.ParquetFile(tmp_path / "small" / "series.parquet").num_row_groups > 2
    for name in ("runs.parquet", "series.parquet"):
        assert plain(tmp_path / "small" / name) == plain(tmp_path / "large" / name)


def memory() -> float:
    """Return the MB that this process holds now."""
    with open("/proc/self/status", encoding="utf-8") as lines:
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1024


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="asks /proc for memory")
def test_many_small_batches_take_little_memory(tmp_path: Path) -> None:
    plan = replace(made_plan(tmp_path, replicates=1), size=1)
    data = made(plan, 0).data
    heads, series = finish.Gathered(), finish.Gathered()
    before = memory()
    for _ in range(MANY):
        table = pq.read_table(pa.BufferReader(data))
        heads.add(heads_of(table))
        series.add(long(table))
    assert memory() - before < ROOM
    assert len(heads.take()) == MANY and len(series.take()) == MANY * 8 * 4
    assert heads.rows == 0
