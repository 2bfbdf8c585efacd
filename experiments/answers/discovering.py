"""Under which factors an outcome is of interest: boxes by PRIM, in a finished sweep."""

from __future__ import annotations

import math
import re
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from experiments.answers.sensitivity import chosen_of, swept_of
from experiments.runs.arguments import Argument, BadArgument, check_language, whole_number
from experiments.runs.cite import cited
from experiments.runs.provenance import provenance
from results.reports.crate import Made, write_crate
from results.reports.discovery import Asked, write_discovery
from results.statistics.discovery import Discovered
from results.statistics.discovery import discover as search
from results.statistics.sensitivity.notes import none_in
from results.statistics.swept import FULL, LISTED, SCHEME, TRAJECTORIES, Swept, layout_of
from results.store.folder import RunFolder
from results.store.manifests import DISCOVERY
from results.store.schema import SCHEMA_VERSION, Spec, arrow_schema, table_from_columns
from sim.errors import BadInput

ARM = ("region", "regime", "package")
ALLOWED = '"above 3", "below 0.5", "top 20%" or "bottom 20%"'
_NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
_WHERE = re.compile(rf"(above|below)\s+({_NUMBER})|(top|bottom)\s+(\d+(?:\.\d+)?)\s*%")
SPECS: dict[str, tuple[Spec, ...]] = {
    "boxes": (
        Spec("box", "i8", "", "number of the box", "1.."),
        Spec("density", "f8", "share", "of the held-out runs in it that meet it", "0..1"),
        Spec("density_low", "f8", "share", "lower end of its 95% interval", "0..1"),
        Spec("density_high", "f8", "share", "upper end of its 95% interval", "0..1"),
        Spec("coverage", "f8", "share", "of the held-out runs that meet it, those in it", "0..1"),
        Spec("coverage_low", "f8", "share", "lower end of its 95% interval", "0..1"),
        Spec("coverage_high", "f8", "share", "upper end of its 95% interval", "0..1"),
        Spec("mass", "f8", "share", "of the held-out points that are in it", "0..1"),
        Spec("base", "f8", "share", "of all held-out runs that meet it", "0..1"),
        Spec("searched", "f8", "share", "density among the runs on which it was found", "0..1"),
        Spec("searched_base", "f8", "share", "of all runs there that meet it", "0..1"),
        Spec("chance", "f8", "share", "random dealings of held-out points as dense", "0..1"),
    ),
    "limits": (
        Spec("box", "i8", "", "number of the box", "1.."),
        Spec("factor", "str", "", "name of the factor, or of what tells arms apart"),
        Spec("low", "f8", "see factor", "from this value on", "", "it has no such end"),
        Spec("high", "f8", "see factor", "up to this value", "", "it has no such end"),
        Spec("words", "str", "", "of words and switches, which; empty for numbers"),
        Spec("chance", "f8", "share", "random divisions of held-out points that part as well",
             "0..1", "it parts none of them"),
        Spec("holds", "?", "", "held-out points confirm it (chance up to 0.05)"),
    ),
}  # fmt: skip


class Threshold(NamedTuple):
    """What is of interest: values beyond a number."""

    above: bool
    value: float


def discover(
    folder: Path | str,
    outcome: str,
    where: str,
    *,
    year: int | None = None,
    seed: int = 1,
    out: Path | str | None = None,
    language: str = "en",
) -> tuple[Discovered, Asked]:
    """Return boxes of factors in which runs of a sweep are of interest, and what was asked.

    Args:
        folder: of a sweep; of one still at work its whole points.
        outcome: one that it recorded.
        where: ``above 3``, ``below 0.5``, ``top 20%`` or ``bottom 20%`` of all runs.
        year: that is looked at; without, the last one that was recorded to its end.
        seed: of what is held out.
        out: a new or empty folder for report, tables as CSV and Parquet, and manifest.
        language: of the report, ``en`` or ``nl``.

    Raises:
        BadInput: an argument cannot be used, or nothing can be searched.
        StoreRefused: the folder is not that of a sweep.
        FolderRefused: ``out`` cannot take it.
    """
    _parsed(where)
    check_language(Argument("language", language))
    seed = whole_number(Argument("seed", seed), 0)
    if find_spec("ema_workbench") is None:
        raise BadInput(
            "discover", "boxes are found with ema_workbench, which is not installed",
            allowed="the extra: pip install 'regiosim[analysis]'",
        )  # fmt: skip
    target = None if out is None else RunFolder(out, "a discovery")
    began = time.time()
    found = swept_of(folder, year)
    chosen_of(found, [outcome])
    table, group, values = points_of(found, outcome)
    if not len(values):
        raise BadArgument(Argument("", str(found.folder)), none_in((outcome,), found.year))
    threshold = threshold_of(where, values)
    met = values > threshold.value if threshold.above else values < threshold.value
    try:
        boxes = search(table, group, met, seed)
    except ValueError as error:
        raise BadArgument(Argument("", str(found.folder)), str(error)) from None
    asked = Asked(outcome, threshold.above, threshold.value, where)
    if target is None:
        return boxes, asked
    made = {
        "schema_version": SCHEMA_VERSION, "kind": DISCOVERY, "first": dict(found.about),
        "outcomes": [outcome], "where": where, "year": found.year, "done": found.done,
        "seed": seed, "cite": cited(), **provenance(),
    }  # fmt: skip
    with target as place:
        write_discovery(place.folder, boxes, asked, (found, made), language)
        place.json("manifest", made)
        for name, frame in frames_of(boxes).items():
            place.table(name, tables_of(name, frame))
            frame.to_csv(place.path(f"{name}.csv"), index=False, lineterminator="\n")
        write_crate(place.folder, made, Made(began, time.time()))
    return boxes, asked


def _parsed(where: str) -> re.Match[str]:
    found = _WHERE.fullmatch(str(where).strip().lower())
    share = None if found is None else found[4]
    if (
        found is None
        or (share is not None and not 0.0 < float(share) < 100.0)
        or (share is None and not math.isfinite(float(found[2])))
    ):
        raise BadArgument(Argument("where", where), "cannot be read", allowed=ALLOWED)
    return found


def threshold_of(where: str, values: np.ndarray) -> Threshold:
    """Return what ``where`` asks; a share is one of all runs in ``values``.

    Raises:
        BadArgument: it cannot be read.
    """
    found = _parsed(where)
    if found[1]:
        return Threshold(found[1] == "above", float(found[2]))
    share = float(found[4]) / 100.0
    top = found[3] == "top"
    return Threshold(top, float(np.quantile(values, 1.0 - share if top else share)))


def points_of(found: Swept, outcome: str) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Return factors of the whole points, which share their sampled values, and their outcomes.

    Where there are several arms, what tells them apart is a factor too. Of Saltelli's scheme only
    the two independent samples are taken.

    Returns:
        Factors, a row per point; the number of the row of the sample; shape ``(points, seeds)``.

    Raises:
        BadArgument: the design is none that can be searched.
    """
    layout = layout_of(found)
    if layout.kind == TRAJECTORIES:
        raise BadArgument(
            Argument("", str(found.folder)), "trajectories of morris are no sample that a box "
            "could be found in",
            allowed="kind = 'latin-hypercube', 'sobol', 'saltelli', 'factorial' or 'points'",
        )  # fmt: skip
    rows = np.arange(len(found.points))
    size = layout.seats.shape[2]
    group = rows if layout.kind == FULL else rows % size
    names = [str(one["name"]) for one in found.about["factors"]]
    names += [name for name in ARM if found.points[name].nunique() > 1]
    kept = np.ones(len(rows), dtype=bool)
    if layout.kind == SCHEME:
        count = len(layout.sampled)
        block = (2 * count if found.about["design"].get("second_order") else count) + 2
        kept = np.isin(rows % size % block, (0, block - 1))
    values = found.of(outcome)[layout.seats.ravel()]
    kept &= np.isfinite(values).all(axis=1)
    table = found.points.loc[kept, names].reset_index(drop=True)
    if layout.kind != LISTED:
        return table, group[kept], values[kept]
    alike = pd.factorize(found.points.loc[kept, "point"])[0]
    return table, alike, values[kept]


def frames_of(found: Discovered) -> dict[str, pd.DataFrame]:
    """Return the tables that a folder keeps, by name."""
    boxes: list[dict[str, Any]] = [
        {
            "box": place, "density": box.density, "density_low": box.density_ends[0],
            "density_high": box.density_ends[1], "coverage": box.coverage,
            "coverage_low": box.coverage_ends[0], "coverage_high": box.coverage_ends[1],
            "mass": box.mass, "base": found.base, "searched": box.searched,
            "searched_base": box.searched_base, "chance": box.chance,
        }
        for place, box in enumerate(found.boxes, 1)
    ]  # fmt: skip
    limits = [
        {
            "box": place, "factor": one.factor, "low": one.low, "high": one.high,
            "words": ", ".join(one.words), "chance": one.chance, "holds": one.holds,
        }
        for place, box in enumerate(found.boxes, 1)
        for one in box.limits
    ]  # fmt: skip
    parts: dict[str, list[dict[str, Any]]] = {"boxes": boxes, "limits": limits}
    return {
        name: pd.DataFrame(rows, columns=[one.name for one in SPECS[name]])
        for name, rows in parts.items()
    }


def tables_of(name: str, frame: pd.DataFrame) -> pa.Table:
    """Return a table as its folder keeps it."""
    return table_from_columns([(spec, frame[spec.name].to_list()) for spec in SPECS[name]])


def schemas() -> dict[str, pa.Schema]:
    """Return the columns of both tables, by name."""
    return {name: arrow_schema(specs) for name, specs in SPECS.items()}
