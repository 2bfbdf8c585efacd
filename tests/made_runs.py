"""Made-up runs for tests: tables, series and folders as a run leaves them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from matplotlib.figure import Figure

from experiments.runs.frames import declared_outcomes
from results.statistics.compare import Side
from results.store.folder import RunFolder
from results.store.reading import to_frame
from results.store.schema import NONE, OUTCOMES_KEY, VERSION_KEY
from results.store.series import series_table
from results.words.outcomes import Words
from results.words.shown import COST_KINDS

OUTCOMES = [
    "organisations",
    "effective_organisations",
    "trust",
    *(f"transaction_cost_{kind}" for kind in COST_KINDS),
]
DECLARED = declared_outcomes()
WORDS = Words(DECLARED)
NAME = "UNICUM, historic-nl, run 1a2b"
FIELDS = [
    ("patients", "f8", 0, "patients", "0..", "registered patients"),
    ("organisation", "i8", 0, "row", "", "organisation, or none"),
    ("active", "?", 0, "", "", "active in its hub"),
    ("trust", "f8", 2, "share", "0..1", "trust in a counterpart"),
]
DTYPE = [("patients", "f8"), ("organisation", "i8"), ("active", "?"), ("trust", "f8", (2,))]


def records() -> np.ndarray:
    table = np.zeros(4, dtype=DTYPE)
    table["patients"] = [3000.0, 4000.0, 3100.0, np.nan]
    table["organisation"] = [0, NONE, 1, 2**39]
    table["active"] = [True, False, True, True]
    table["trust"] = np.arange(8).reshape(4, 2) / 10
    return table


def synthetic(runs: int = 5, seed: int = 0, quarterly: bool = True) -> pd.DataFrame:
    draws = np.random.default_rng(seed)
    ticks = np.arange(20, 100) if quarterly else np.arange(23, 100, 4)
    values = draws.uniform(1.0, 2.0, (runs, len(ticks), 1, len(OUTCOMES)))
    names = [f"run-{seed}-{place}" for place in range(runs)]
    return to_frame(series_table(names, ticks, ["all"], OUTCOMES, values, DECLARED))


def runs_of(series: pd.DataFrame) -> pd.DataFrame:
    names = series["run_id"].unique().astype(str)
    return pd.DataFrame({"run_id": names, "seed": range(len(names)), "status": "done"})


def side_of(series: pd.DataFrame) -> Side:
    return Side(series, runs_of(series))


def region(ticks: tuple[int, ...] = (23, 99)) -> dict[str, pd.DataFrame]:
    """Return six practices, two organisations (rows 3 and 5), three municipalities."""
    joined = pd.array([3, 3, 5, 5, 5, None], dtype="Int64")
    places = {"x": [0.0, 10.0, 5.0], "y": [0.0, 1.0, 8.0]}
    tables: dict[str, dict[str, Any]] = {
        "practices": {
            "row": range(6), "alive": True, "patients": 3400.0, "organisation": joined,
            "x": [0.1, 1.0, 9.0, 10.0, 11.0, 5.0], "y": [0.5, 1.0, 2.0, 0.5, 1.0, 8.5],
        },
        "organisations": {
            "row": [3, 4, 5], "alive": [True, False, True], "x": [0.5, 4.0, 10.0],
            "y": [1.0, 4.0, 1.0], "patients": [6800.0, 0.0, 10200.0], "members": [2, 0, 3],
        },
        "hubs": {"row": range(3), **places, "stage": [0, 2, 4]},
        "municipalities": {
            "row": range(3), "name": ["A & B", "<C>", "D"], **places,
            "population": [50e3, 20e3, 9e3], "neighbours_0": pd.array([1, 0, 0], dtype="Int64"),
            "neighbours_1": pd.array([2, None, None], dtype="Int64"),
        },
    }  # fmt: skip
    return {
        name: pd.concat([pd.DataFrame({"run_id": "r", "tick": tick, **cols}) for tick in ticks])
        for name, cols in tables.items()
    }


def panels(figure: Figure) -> list[Any]:
    return list(figure.axes)


def write_run(target: Path, seed: int = 0, regime: str = "historic-nl") -> Path:
    series = synthetic(seed=seed)
    with RunFolder(target) as folder:
        frames: dict[str, pd.DataFrame] = {"series": series, "runs": runs_of(series), **region()}
        for name, frame in frames.items():
            table = pa.Table.from_pandas(frame, preserve_index=False)
            notes = {VERSION_KEY: b"1"}
            if name == "series":
                notes[OUTCOMES_KEY] = json.dumps(DECLARED).encode()
            folder.table(name, table.replace_schema_metadata(notes))
        folder.json(
            "manifest",
            {
                "id": "1a2b",
                "schema_version": "1",
                "scenario": {"region": "UNICUM", "regime": regime, "set": {"b": 0.2}},
                "assumed": [{"name": "trust.<gain>", "value": 0.1}],
                "stale": ["contract.vvv"],
                "versions": {"numpy": "2.4"},
            },
        )
    return target
