"""From long outcome tables to what figures and reports show: years, bands, replicates.

A long table has the columns run_id, tick, date, scope, outcome and value.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from results.store.schema import year_of
from results.words.outcomes import Words

LOW, HIGH = 0.10, 0.90
KEY_YEARS = (2011, 2018, 2022, 2030)


def yearly(
    series: pd.DataFrame,
    words: Words,
    outcomes: Sequence[str] | None = None,
    scope: str = "all",
) -> pd.DataFrame:
    """Return one value per run, year and outcome: run_id, year, outcome, value.

    How quarters make a year, ``words`` say: a stock is that of the year's last recorded quarter,
    a flow the sum of the quarters, some are their mean. Works the same on quarterly and on yearly
    records. A year of which fewer quarters were recorded than of the fullest year of that table is
    left out for sums and means.
    """
    chosen = series[series["scope"] == scope]
    if outcomes is not None:
        chosen = chosen[chosen["outcome"].isin(list(outcomes))]
    frame = chosen[["run_id", "tick", "outcome", "value"]].assign(year=year_of(chosen["tick"]))
    how = {name: words[str(name)].yearly for name in frame["outcome"].unique()}
    averages = [name for name, kind in how.items() if kind == "mean"]
    flow = frame["outcome"].isin([*averages, *(n for n, kind in how.items() if kind == "sum")])
    keys = ["run_id", "year", "outcome"]
    stocks = frame[~flow].sort_values("tick", kind="stable").drop_duplicates(keys, keep="last")
    quarters = frame.groupby("year")["tick"].nunique()
    whole = quarters.index[quarters == quarters.max()]
    flows = frame[flow & frame["year"].isin(whole)].groupby(keys, observed=True)["value"]
    sums = flows.sum(min_count=1).reset_index()
    means = flows.mean().reset_index()
    averaged = sums["outcome"].isin(averages)
    sums.loc[averaged, "value"] = means.loc[averaged, "value"]
    both = pd.concat([stocks[[*keys, "value"]], sums])
    both = both.astype({"run_id": str, "outcome": str})
    return both.sort_values(keys, ignore_index=True)


def bands(years: pd.DataFrame) -> pd.DataFrame:
    """Return mean, median and the 10-90% band over replicates, per outcome and year.

    Columns: outcome, year, runs (with a value), mean, median, low, high.
    """
    values = years.dropna(subset=["value"]).groupby(["outcome", "year"], sort=True)["value"]
    return pd.DataFrame(
        {
            "runs": values.size(),
            "mean": values.mean(),
            "median": values.median(),
            "low": values.quantile(LOW),
            "high": values.quantile(HIGH),
        }
    ).reset_index()


def replicates(series: pd.DataFrame) -> int:
    """Return how many runs a table holds."""
    return int(series["run_id"].nunique())


def first_run(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the first run in ``frame``."""
    return frame[frame["run_id"] == frame["run_id"].iloc[0]] if len(frame) else frame


def at_tick(frame: pd.DataFrame, tick: int | None = None) -> pd.DataFrame:
    """Return the first run's rows at ``tick``, or at its last recorded tick, indexed by row.

    The index is the column ``row`` that other tables refer to; without one, the position.
    """
    run = first_run(frame)
    if tick is None and len(run):
        tick = int(run["tick"].max())
    rows = run[run["tick"] == tick].reset_index(drop=True)
    return rows.set_index("row") if "row" in rows else rows


def alive(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are alive; all of them where a table does not say."""
    return frame[frame["alive"].astype(bool)] if "alive" in frame else frame
