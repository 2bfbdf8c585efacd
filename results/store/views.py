"""Views beside the tables of a folder: outcomes in words, and years of the whole region."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa

WORDS = ("unit", "yearly", "label_en", "label_nl", "text")
VIEWS = ("outcomes", "yearly")

YEARLY = """
CREATE VIEW yearly AS
WITH quarters AS (
  SELECT run_id, 2006 + tick // 4 AS year, tick, outcome::VARCHAR AS outcome, value
  FROM series WHERE scope = 'all'
), recorded AS (
  SELECT year, count(DISTINCT tick) AS n FROM quarters GROUP BY year
), years AS (
  SELECT run_id, year, outcome, list(value ORDER BY tick) AS parts
  FROM quarters GROUP BY run_id, year, outcome
)
SELECT
  run_id, year, outcome,
  CASE o.yearly
    WHEN 'sum' THEN list_sum(parts)
    WHEN 'mean' THEN list_avg(parts)
    ELSE parts[-1]
  END AS value,
  CASE o.yearly WHEN 'sum' THEN o.unit || ' a year' ELSE o.unit END AS unit,
  o.label_en AS label
FROM years
JOIN outcomes AS o USING (outcome)
JOIN recorded USING (year)
WHERE o.yearly NOT IN ('sum', 'mean') OR recorded.n = (SELECT max(n) FROM recorded)
"""
"""As ``results.statistics.reduce.yearly``: flows are summed, some averaged, stocks are those of the
last quarter; a year with fewer quarters than the fullest has no flows and no means."""


def add_views(
    connection: duckdb.DuckDBPyConnection, declared: Mapping[str, Mapping[str, str]]
) -> None:
    """Add the views ``outcomes`` and ``yearly`` to a connection that has ``series``.

    Args:
        connection: with the tables of a run or a sweep.
        declared: what the store says of each outcome: unit, how quarters make a year, labels.
    """
    columns = {"outcome": list(declared)}
    columns |= {word: [one.get(word, "") for one in declared.values()] for word in WORDS}
    texts = pa.schema((name, pa.string()) for name in columns)
    connection.register("outcomes", pa.table(columns, texts))
    connection.execute(YEARLY)
