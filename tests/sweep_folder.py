"""A made-up sweep folder of the form that ``regiosim sweep`` leaves, for tests and measurements.

``python tests/sweep_folder.py DIR --runs 100000`` makes a large one and measures what reads it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from experiments.runs.frames import declared_outcomes
from results.store.folder import to_json
from results.store.ids import IDENTITY
from results.store.schema import SCHEMA_VERSION, Spec, table_from_columns
from results.store.series import series_table
from results.words.shown import KEY_OUTCOMES

BATCH = 50
"""Runs in a row group."""
NOISE = 0.1
MORE = tuple(f"coverage_{k}" for k in range(8))
Respond = Callable[[Mapping[str, NDArray[Any]], NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True)
class Factor:
    """A column of the design: levels, or a range that is drawn from."""

    name: str
    levels: tuple[float | bool | str, ...] | None = None
    low: float = 0.0
    high: float = 1.0
    role: str = "lever"

    @property
    def kind(self) -> str:
        """The kind of its column."""
        first = (self.levels or (0.0,))[0]
        return "?" if isinstance(first, bool) else "str" if isinstance(first, str) else "f8"

    def described(self) -> dict[str, Any]:
        """Its entry in the manifest."""
        return {
            "name": self.name, "role": self.role, "unit": "share", "source": "assumed, S2 Q2",
            "text": f"what {self.name} <stands> for", "low": self.low, "high": self.high,
            "distribution": "values" if self.levels else "uniform",
            "values": list(self.levels) if self.levels else None,
        }  # fmt: skip


@dataclass(frozen=True)
class Made:
    """What a made-up sweep holds; ``respond`` gives the last year's values, (runs, outcomes)."""

    factors: Sequence[Factor] = (Factor("choice.money", (0.1, 0.2, 0.4)),)
    arms: Sequence[tuple[str, str, str]] = (("unicum", "historic-nl", ""),)
    points: int = 0
    replicates: int = 20
    outcomes: Sequence[str] = KEY_OUTCOMES[:3]
    years: Sequence[int] = tuple(range(2011, 2031))
    respond: Respond | None = None
    failed: Sequence[int] = ()
    inert: Sequence[str] = ()
    name: str = "made-up"
    draw: int = 0
    settings: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def design(self) -> dict[str, NDArray[Any]]:
        """Return each factor's value per point of one arm: every combination, or random points."""
        if not self.points:
            rows = list(itertools.product(*(one.levels or (one.low,) for one in self.factors)))
            return {
                one.name: np.array([row[k] for row in rows]) for k, one in enumerate(self.factors)
            }
        random = np.random.default_rng(self.draw)
        return {
            one.name: np.array(one.levels)[random.integers(0, len(one.levels), self.points)]
            if one.levels
            else one.low + (one.high - one.low) * (np.arange(self.points) + random.random()) /
            self.points if k == 0 else random.uniform(one.low, one.high, self.points)
            for k, one in enumerate(self.factors)
        }  # fmt: skip


def _response(made: Made, cells: Mapping[str, NDArray[Any]], seeds: NDArray[Any]) -> NDArray[Any]:
    """Return values of the last year, shape (runs, outcomes): a sum of effects and noise."""
    noise = np.array([np.random.default_rng(int(s)).normal(size=len(made.outcomes)) for s in seeds])
    if made.respond is not None:
        return made.respond(cells, noise)
    total = np.ones(len(seeds))
    for place, values in enumerate(cells.values()):
        codes = values if values.dtype.kind in "fb" else np.array([len(v) / 10 for v in values])
        total = total + codes.astype(float) / (place + 1)
    slopes = 1.0 + np.arange(len(made.outcomes)) / 4
    return total[:, None] * slopes + NOISE * noise


def _runs(made: Made, points: dict[str, NDArray[Any]], count: int) -> dict[str, NDArray[Any]]:
    """Return the columns of every run, arms outermost, then points, then replicates."""
    arms, reps = len(made.arms), made.replicates
    total = arms * count * reps
    place = np.arange(total)
    found: dict[str, NDArray[Any]] = {
        "point": place // reps + 1,
        "replicate": place % reps + 1,
        "arm": place // (reps * count),
    }
    row = (place // reps) % count
    found |= {name: values[row] for name, values in points.items()}
    found["run_id"] = np.array([f"{made.name}-{made.draw}-{k:08x}" for k in place])
    return found


def write_sweep(target: Path | str, made: Made | None = None, finished: bool = True) -> Path:
    """Write the folder of a made-up sweep and return it."""
    made, target = made or Made(), Path(target)
    target.mkdir(parents=True)
    design = made.design()
    count = len(next(iter(design.values())))
    runs = _runs(made, design, count)
    (target / "manifest.json").write_text(to_json(_manifest(made, count)), encoding="utf-8")
    if not finished:
        return target
    names = {one.name: one for one in made.factors}
    factors = [
        (Spec(name, one.kind, "share", "a factor"), design[name]) for name, one in names.items()
    ]
    arms = len(made.arms)
    spread = [(spec, np.tile(values, arms)) for spec, values in factors]
    words = [
        (Spec(name, "str"), [arm[k] for arm in made.arms for _ in range(count)])
        for k, name in enumerate(("region", "regime", "package"))
    ]
    numbers = (Spec("point", "i8"), np.arange(1, arms * count + 1))
    _write(target, "points", table_from_columns([numbers, *words, *spread]))
    _write(target, "runs", _runs_table(made, runs))
    _write_series(target, made, runs)
    (target / "timings.json").write_text("{}\n")
    return target


def _write(target: Path, name: str, table: pa.Table) -> None:
    pq.write_table(table, target / f"{name}.parquet", compression="zstd")


def _runs_table(made: Made, runs: dict[str, NDArray[Any]]) -> pa.Table:
    count = len(runs["run_id"])
    broken = np.isin(np.arange(count), list(made.failed))
    columns: list[tuple[Spec, Any]] = [
        (Spec("run_id", "dictionary"), list(runs["run_id"])), (Spec("point", "i8"), runs["point"])
    ]  # fmt: skip
    columns += [
        (Spec(name, "dictionary"), [made.arms[arm][k] for arm in runs["arm"]])
        for k, name in enumerate(("region", "regime", "package"))
    ]
    columns += [
        (Spec("settings", "dictionary"), [made.settings] * count),
        (Spec("from", "dictionary"), ["2011Q1"] * count),
        (Spec("to", "dictionary"), ["2030Q4"] * count),
        (Spec("replicate", "i8"), runs["replicate"]),
        (Spec("seed", "i8"), runs["replicate"]),
        (Spec("population_seed", "i8"), runs["replicate"]),
        (Spec("status", "dictionary"), ["failed" if bad else "done" for bad in broken]),
        (Spec("reason", "str"), ["2019Q2: books <do> not close" if bad else None
                                 for bad in broken]),
    ]  # fmt: skip
    columns += [(Spec(one.name, one.kind), runs[one.name]) for one in made.factors]
    return table_from_columns(columns)


def _write_series(target: Path, made: Made, runs: dict[str, NDArray[Any]]) -> None:
    kept = np.setdiff1d(np.arange(len(runs["run_id"])), list(made.failed))
    ramp = np.linspace(0.2, 1.0, len(made.years))
    ticks = (np.array(made.years) - 2006) * 4 + 3
    writer = None
    for start in range(0, len(kept), BATCH):
        rows = kept[start : start + BATCH]
        cells = {one.name: runs[one.name][rows] for one in made.factors}
        cells["arm"] = runs["arm"][rows].astype(float)
        last = _response(made, cells, runs["replicate"][rows])
        values = last[:, None, None, :] * ramp[None, :, None, None]
        ids = [str(one) for one in runs["run_id"][rows]]
        table = series_table(ids, ticks, ["all"], list(made.outcomes), values, declared_outcomes())
        if writer is None:
            splits = {"use_dictionary": ["run_id", "tick", "date", "scope", "outcome"]}
            writer = pq.ParquetWriter(
                target / "series.parquet", table.schema, compression="zstd",
                use_byte_stream_split=["value"], **splits,
            )  # fmt: skip
        writer.write_table(table, row_group_size=len(table))
    if writer is not None:
        writer.close()


def _manifest(made: Made, count: int) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION, "kind": "sweep", "id": "0123456789abcdef",
        "name": made.name, "question": f"What does {made.factors[0].name} do & why?",
        "text": "Numbers that were made up.", "experiment": {"name": made.name},
        "factors": [one.described() for one in made.factors],
        "arms": [dict(zip(("region", "regime", "package"), arm, strict=True)) for arm in made.arms],
        "design": {"kind": "points" if made.points else "factorial", "points": count},
        "points": count, "replicates": made.replicates, "seeds": [1, made.replicates],
        "runs": len(made.arms) * count * made.replicates, "batches": 1, "inert": list(made.inert),
        "probed": "each factor at both ends, one seed", "identity": IDENTITY, "rules": "r1",
        "versions": {"numpy": "2"},
        "assumed": [{"name": "trust.<gain>", "value": 0.1, "unit": "share", "source": "assumed"}],
        "stale": [], **made.extra,
    }  # fmt: skip


def large(runs: int) -> Made:
    """Return a sweep of about ``runs`` runs: 4 factors, 2 arms, 20 outcomes, 20 years, 50 seeds."""
    return Made(
        factors=[
            Factor("choice.money"), Factor("choice.autonomy", high=3.0),
            Factor("merge.short", role="uncertainty"), Factor("unit.term", high=8.0),
        ],
        arms=[("unicum", "historic-nl", ""), ("unicum", "two-part", "")],
        points=max(runs // 100, 1), replicates=50, outcomes=[*KEY_OUTCOMES, *MORE], name="large",
    )  # fmt: skip


def measure(command: Sequence[str]) -> str:
    """Run a command and return its time and the peak memory of its process."""
    before = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", *command], stdout=subprocess.DEVNULL, check=False)
    taken = time.perf_counter() - before
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return f"{' '.join(command[1:3]):40.40s} exit {done.returncode} {taken:6.1f} s, {peak:5.0f} MB"


def main() -> None:
    """Make a large folder, then measure each command that reads it (the peak is of all so far)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--only", help="query, compare or report")
    asked = parser.parse_args()
    if not asked.folder.exists():
        write_sweep(asked.folder, large(asked.runs))
    print(json.dumps({"series_mb": (asked.folder / "series.parquet").stat().st_size >> 20}))
    sql = "SELECT outcome, avg(value) FROM series WHERE tick = 99 GROUP BY outcome"
    for command in (
        ["experiments", "query", str(asked.folder), sql, "--quiet"],
        ["experiments", "compare", str(asked.folder), "--by", "regime", "--quiet"],
        ["experiments", "report", str(asked.folder), "--quiet"],
    ):
        if asked.only in (None, command[1]):
            print(measure(command), flush=True)


if __name__ == "__main__":
    main()
