"""The columns of every table: the data dictionary, made of what the records declare.

``python -m experiments.columns --write`` writes docs/columns.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import numpy as np
import pyarrow as pa

from experiments.answers.case_tables import schemas as case_schemas
from experiments.answers.discovering import schemas as discovery_schemas
from experiments.answers.sensitivity import schemas as sensitivity_schemas
from experiments.answers.tables import schemas as scorecard_schemas
from experiments.runs.answering import answer
from experiments.runs.compare import comparison_schema
from experiments.runs.frames import Names, series_of, tables_of
from experiments.runs.manifest import runs_of
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from experiments.runs.steps import nothing
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.store.about import points_table
from results.store.dictionary import Described, dictionary_of, stored_schemas
from results.words.tables import TABLES
from sim.engines.compiled import Recording
from sim.errors import BadInput, nearest
from sim.measure.outcomes import NAMES

PAGE = Path(__file__).resolve().parents[1] / "docs" / "columns.md"
REGION, REGIME = "unicum", "historic-nl"
BAR = "\\|"
HEAD = """\
# Columns

Every column of every table that a run, a sweep, a comparison or a scorecard leaves. Made of what
the records declare by `python -m experiments.columns --write`; each Parquet file says the same of
itself, and `regiosim columns FILE` (or a folder, or the name of a table) lists it, in full with
`--json` or `--csv`. Columns per title and insurer are those of `{region}` under `{regime}`. A name
that ends in `_*` stands for several columns; their places are behind the text. Where nothing is
said of nulls, there are none.
"""


def declared_schemas(region: str = REGION, regime: str = REGIME) -> dict[str, pa.Schema]:
    """Return the schema of every table that a folder of any kind has, by name.

    No run is made. Columns per title, insurer or factor are those of this region and regime.
    """
    scenario = Scenario(region, regime)
    names = Names(scenario.place, scenario.policy.names())
    found = tables_of(nothing(start_tables(scenario), Recording(0, 0, True)), "", names)
    none = np.zeros((0, 0, len(names.scopes()), len(NAMES)))
    found["series"] = series_of([], np.zeros(0, np.int64), names, none)
    found["runs"] = runs_of(scenario, [""], [none])
    schemas = {name: table.schema for name, table in found.items()}
    schemas |= {"points": _points(region, regime), "comparison": comparison_schema()}
    schemas |= scorecard_schemas() | case_schemas()
    schemas |= sensitivity_schemas() | discovery_schemas()
    return {name: schemas[name] for name in sorted(schemas, key=list(TABLES).index)}


def _points(region: str, regime: str) -> pa.Schema:
    runs = {"regions": [region], "regimes": [regime], "replicates": 1, "seed": 1}
    about = {"name": "columns", "question": "Which columns are there?", "runs": runs}
    return points_table(make_plan(read_experiment(about))).schema


def columns_of(asked: str | None = None) -> list[Described]:
    """Return the columns of all tables, of one, of a Parquet file or of the tables of a folder.

    Raises:
        BadInput: there is no such table, file or folder.
        StoreRefused: the file or folder cannot be read.
    """
    if asked is not None and Path(asked).exists():
        return list(dictionary_of(stored_schemas(Path(asked))))
    if asked is not None and asked not in TABLES:
        raise BadInput(
            f"table {asked!r}", "unknown", nearest=nearest(asked, TABLES),
            allowed=f"a Parquet file, a folder, {', '.join(TABLES)}",
        )  # fmt: skip
    schemas = declared_schemas()
    chosen = schemas if asked is None else {asked: schemas[asked]}
    return list(dictionary_of(chosen))


def page() -> str:
    """Return the page on columns in Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from HEAD.format(region=REGION, regime=REGIME).splitlines()
    for table, rows in groupby(columns_of(), key=lambda row: row.table):
        yield from ("", f"## {table}", "", TABLES[table], "")
        yield "| column | type | unit | range | null | what it is |"
        yield "|---|---|---|---|---|---|"
        for row in rows:
            cells = (f"`{row.column}`", row.type, row.unit, row.range, row.null, row.text)
            yield f"| {' | '.join(cell.replace('|', BAR) for cell in cells)} |"


def main(arguments: list[str] | None = None) -> int:
    """Print the page on columns, or write it; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m experiments.columns", description=main.__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/columns.md")
    given = parser.parse_args(arguments)

    def work() -> None:
        if given.write:
            PAGE.write_text(page(), encoding="utf-8")
        else:
            print(page(), end="")

    return answer(work)


if __name__ == "__main__":
    sys.exit(main())
