"""What payers spend by title and year, out of a ledger."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd
import pyarrow as pa

from results.store.schema import FIRST_YEAR, QUARTERS


def outlay_of(ledger: pa.Table, payer: str = "insurer") -> pd.DataFrame:
    """Return what one kind of payer paid by title in each whole year: year, title, eur.

    The ledger of a country has ten million rows: DuckDB adds them up without making a frame.

    Args:
        ledger: postings of one run, with tick, payer (``kind:id``), title and cents.
        payer: kind of payer.
    """
    with duckdb.connect(":memory:") as connection:
        connection.register("postings", ledger)
        found = connection.execute(
            "SELECT $1 + tick // $2 AS year, title::VARCHAR AS title, sum(cents) / 100.0 AS eur "
            "FROM postings WHERE split_part(payer, ':', 1) = $3 "
            "GROUP BY ALL HAVING sum(cents) <> 0 ORDER BY ALL",
            [FIRST_YEAR, QUARTERS, payer],
        ).df()
        ticks = connection.execute("SELECT DISTINCT tick FROM postings").df()["tick"]
    quarters = (FIRST_YEAR + ticks // QUARTERS).value_counts()
    whole = quarters.index[quarters == QUARTERS]
    return pd.DataFrame(found[found["year"].isin(whole)]).reset_index(drop=True)


def in_millions(outlays: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the mean of several runs in EUR M: a row per title, a column per year."""
    rows = pd.concat(outlays).groupby(["title", "year"])["eur"].sum() / len(outlays) / 1e6
    return rows.unstack("year").fillna(0.0)
