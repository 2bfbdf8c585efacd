"""Single runs out of the series of a sweep, in whatever groups its rows stand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from results.store import picking
from results.store.checksums import StoreRefused
from results.store.picking import InSeries
from results.store.series import series_table

RUNS = ["c", "a", "b"]
TICKS = [7, 11]
SCOPES = ["all", "GM2", "GM1"]
OUTCOMES = ["trust", "hhi"]


def _table() -> tuple[pa.Table, np.ndarray]:
    values = np.random.default_rng(3).normal(size=(3, 2, 3, 2))
    values[1, 0, 2, 1] = np.nan
    return series_table(RUNS, TICKS, SCOPES, OUTCOMES, values), values


@pytest.mark.parametrize("rows", [1, 5, 12, 100])
@pytest.mark.parametrize("held", [1, 4])
def test_a_run_is_what_was_stored(
    rows: int, held: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picking, "HELD", held)
    table, values = _table()
    pq.write_table(table, tmp_path / "series.parquet", row_group_size=rows)
    stored = InSeries(tmp_path / "series.parquet", RUNS)
    for number in (2, 0, 1, 0):
        found = stored.pick(RUNS[number])
        assert (found.ticks.tolist(), found.scopes, found.outcomes) == (TICKS, SCOPES, OUTCOMES)
        assert np.array_equal(found.values, values[number], equal_nan=True)


def test_what_is_not_stored_as_it_should_be_is_refused(tmp_path: Path) -> None:
    table, _ = _table()
    turned = [*range(11, -1, -1), *range(12, 36)]
    apart = [*range(6), *range(12, 36), *range(6, 12)]
    mixed = [*range(1, -1, -1), *range(2, 36)]
    fewer = [*range(11), *range(12, 36)]
    for name, order, says in (
        ("turned", turned, "holds the rows of run c in another order"),
        ("mixed", mixed, "holds the rows of run c in another order"),
        ("fewer", fewer, "holds the rows of run c in another order"),
        ("apart", apart, "holds run c in two places"),
        ("none", range(12, 36), "does not hold run c"),
    ):
        path = tmp_path / f"{name}.parquet"
        pq.write_table(table.take(list(order)), path)
        with pytest.raises(StoreRefused, match=says):
            InSeries(path, RUNS).pick("c")
