"""What the points of a sweep gave on their seeds, of one that is finished or still at work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from results.statistics.ensemble import NotRecorded, ended, ensemble
from results.store.batches import FIXED, label_of, read_batch
from results.store.checksums import StoreRefused
from results.store.reading import is_sweep, outcome_of, read
from results.store.schema import FIRST_YEAR, QUARTERS
from results.words.outcomes import Words

LISTED = "points"
"""The kind of a design whose points are those of a file."""
FULL = "factorial"
TRAJECTORIES = "morris"
SCHEME = "saltelli"


@dataclass(frozen=True)
class Swept:
    """A sweep by points and seeds.

    Attributes:
        folder: where it is.
        about: its manifest.
        points: a row per row of the design, as ``points.parquet`` has them.
        outcomes: names of what was recorded.
        words: what these are called.
        year: of the values.
        values: shape ``(points, seeds, outcomes)``, in each outcome's unit; NaN where a run is
            not done, failed, or has no value.
        done: runs that are there, failed ones too.
        failed: how many of them failed.
    """

    folder: Path
    about: Mapping[str, Any]
    points: pd.DataFrame
    outcomes: tuple[str, ...]
    words: Words
    year: int
    values: NDArray[np.float64]
    done: int
    failed: int

    @property
    def runs(self) -> int:
        """Runs that the sweep has when it is finished."""
        return int(self.about["runs"])

    @property
    def seeds(self) -> int:
        """Seeds that every point has."""
        return int(self.values.shape[1])

    def of(self, outcome: str) -> NDArray[np.float64]:
        """Return the values of one outcome, shape ``(points, seeds)``."""
        return self.values[:, :, self.outcomes.index(outcome)]


def swept(
    folder: Path | str, declared: Mapping[str, Mapping[str, str]], year: int | None = None
) -> Swept:
    """Return what a sweep's folder holds, or as much of it as is there.

    Args:
        folder: of a sweep.
        declared: what outcomes are called, where the folder does not say so yet.
        year: that is looked at; without, the last that was recorded to its end.

    Raises:
        StoreRefused: it is no sweep's folder, or no run of it is done.
        NotRecorded: that year was not.
        ValueError: no run finished.
    """
    folder = Path(folder)
    about = outcome_of(folder)
    if not is_sweep(about):
        raise StoreRefused(
            f"{folder} holds a run, which varies nothing. Name the folder of a sweep "
            "(regiosim sweep EXPERIMENT.toml --out DIR)."
        )
    points = read(folder, "points")
    if not (folder / "runs.parquet").is_file():
        return _at_work(folder, about, points, Words(declared), year)
    many = ensemble(folder, year)
    seats = many.runs["point"].to_numpy() - 1, many.runs["replicate"].to_numpy() - 1
    values = _empty(about, len(many.outcomes))
    values[seats] = many.values
    values = _shared(about, values)
    return Swept(folder, about, points, many.outcomes, many.words, many.year, values,
                 int(about["runs"]), len(many.failed))  # fmt: skip


def _empty(about: Mapping[str, Any], outcomes: int) -> NDArray[np.float64]:
    return np.full((int(about["points"]), int(about["replicates"]), outcomes), np.nan)


def _shared(about: Mapping[str, Any], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values of the seeds that every point has: a sweep with targets adds some."""
    until = about.get("until")
    return values[:, : min(until["seeds"])] if until else values


def _at_work(
    folder: Path, about: Mapping[str, Any], points: pd.DataFrame, words: Words, year: int | None
) -> Swept:
    """Return what the batches hold that are there and whole."""
    tables = []
    for path in sorted((folder / "batches").glob("*.parquet")):
        try:
            if label_of(path).sweep == about["id"]:
                tables.append(read_batch(path).to_pandas())
        except StoreRefused:  # as the sweep itself will: it runs this batch again
            continue
    if not tables:
        raise StoreRefused(f"{folder} holds no finished runs yet: go on with the sweep.")
    runs = pd.concat(tables, ignore_index=True)
    done, failed = runs["run"].nunique(), int((runs["status"] == "failed").sum())
    rows = runs[(runs["status"] == "done") & (runs["scope"] == "all")]
    outcomes = tuple(name for name in runs.columns if name not in (*FIXED, "tick", "scope"))
    years = ended(rows["tick"].dropna().unique())
    if not years:
        raise StoreRefused(f"{folder} holds no run that did not fail.")
    if year is not None and year not in years:
        raise NotRecorded(folder, years, year)
    year = years[-1] if year is None else year
    rows = rows[rows["tick"] == (year - FIRST_YEAR) * QUARTERS + QUARTERS - 1]
    values = _empty(about, len(outcomes))
    seats = rows["point"].to_numpy(dtype=int) - 1, rows["replicate"].to_numpy(dtype=int) - 1
    values[seats] = rows[list(outcomes)].to_numpy(dtype=float)
    values = _shared(about, values)
    return Swept(folder, about, points, outcomes, words, year, values, done, failed)


@dataclass(frozen=True)
class Layout:
    """How the points of a design lie: arms, combinations of levels, and the points of a sample.

    Attributes:
        kind: of the design.
        sampled: entries of the factors that have a range, in the order of the design.
        crossed: entries of those whose levels are crossed, or are listed.
        levels: of each crossed factor, in the order of the design.
        arms: what tells each arm: region, regime, package.
        seats: number of the point, from 0, shape ``(arms, combinations of levels, rows)``.
        table: values of the sampled factors in a sample, shape ``(rows, factors)``.
    """

    kind: str
    sampled: tuple[Mapping[str, Any], ...]
    crossed: tuple[Mapping[str, Any], ...]
    levels: tuple[tuple[Any, ...], ...]
    arms: tuple[tuple[str, str, str], ...]
    seats: NDArray[np.int64]
    table: NDArray[np.float64]

    def held(self, combination: int) -> dict[str, Any]:
        """Return the levels of a combination, by the names of their factors."""
        sizes = [len(one) for one in self.levels]
        places = np.unravel_index(combination, sizes) if sizes else ()
        pairs = zip(self.crossed, self.levels, places, strict=True)
        return {str(one["name"]): levels[int(place)] for one, levels, place in pairs}


def layout_of(found: Swept) -> Layout:
    """Return how the points of a sweep lie.

    Raises:
        StoreRefused: they are not those that the manifest tells of.
    """
    about, points = found.about, found.points
    kind = str((about.get("design") or {}).get("kind"))
    factors = tuple(about.get("factors") or [])
    ranged = () if kind in (FULL, LISTED) else tuple(
        one for one in factors if one.get("distribution") != "values"
    )  # fmt: skip
    crossed = tuple(one for one in factors if one not in ranged)
    words = [points[name].astype(str) for name in ("region", "regime", "package")]
    every = list(zip(*words, strict=True))
    arms = tuple(dict.fromkeys(every))
    rows = len(points) // max(len(arms), 1)
    first = points.iloc[:rows]
    levels: tuple[tuple[Any, ...], ...] = ()
    if kind != LISTED:
        levels = tuple(tuple(dict.fromkeys(first[one["name"]].tolist())) for one in crossed)
    many = int(np.prod([len(one) for one in levels], dtype=np.int64))
    if len(arms) * rows != len(points) or not many or rows % many:
        raise _unfit(found)
    seats = points["point"].to_numpy(dtype=np.int64).reshape(len(arms), many, rows // many) - 1
    sample = first.iloc[: rows // many]
    table = sample[[str(one["name"]) for one in ranged]].to_numpy(dtype=float)
    layout = Layout(kind, ranged, crossed, levels, arms, seats, table)
    _check(found, layout, every)
    return layout


def _check(found: Swept, layout: Layout, arms: Sequence[tuple[str, str, str]]) -> None:
    """Refuse points that lie otherwise than the design says."""
    count = layout.seats.shape[1] * layout.seats.shape[2]
    fits = list(arms) == [arm for arm in layout.arms for _ in range(count)]
    first = found.points.iloc[:count]
    if layout.kind != LISTED:
        for combination in range(layout.seats.shape[1]):
            size = layout.seats.shape[2]
            some = first.iloc[combination * size : (combination + 1) * size]
            held = layout.held(combination)
            fits = fits and all((some[name] == value).all() for name, value in held.items())
    if not fits:
        raise _unfit(found)


def _unfit(found: Swept) -> StoreRefused:
    return StoreRefused(
        f"{found.folder / 'points.parquet'}: its rows do not lie as the design of the manifest "
        "says: one of the two was changed."
    )
