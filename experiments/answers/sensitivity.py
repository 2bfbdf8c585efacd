"""Which factors of a sweep matter, by what its design allows to say: indices with intervals."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from experiments.runs.arguments import Argument, BadArgument, check_language, whole_number
from experiments.runs.cite import cited
from experiments.runs.frames import declared_outcomes
from experiments.runs.provenance import provenance
from results.reports.crate import Made, write_crate
from results.reports.sensitivity import write_sensitivity
from results.statistics.ensemble import NotRecorded
from results.statistics.sensitivity.answered import Answered, answered
from results.statistics.sensitivity.notes import CannotAnswer
from results.statistics.sensitivity.resampled import DRAWS
from results.statistics.swept import Swept, swept
from results.store.folder import RunFolder
from results.store.manifests import SENSITIVITY
from results.store.reading import StoreRefused
from results.store.schema import SCHEMA_VERSION, Spec, arrow_schema, table_from_columns
from results.words.shown import KEY_OUTCOMES
from sim.errors import nearest

FEW = 12
"""Outcomes up to which all are looked at; of more the key outcomes."""
LEAST_DRAWS, MOST_DRAWS = 50, 10_000
_WHERE = "region, regime and packages of the arm: "
SPECS: tuple[Spec, ...] = (
    Spec("outcome", "str", "", "name of the outcome"),
    Spec("region", "str", "", f"{_WHERE}region"),
    Spec("regime", "str", "", f"{_WHERE}regime"),
    Spec("package", "str", "", f"{_WHERE}files that override policy"),
    Spec("held", "str", "", "levels of crossed factors at which it holds; empty: over all"),
    Spec("design", "str", "", "what gave it: a kind of design, levels, or one at a time"),
    Spec("index", "str", "", "mu*, mu, sigma, S1, ST, S2, PAWN, effect or S_seed"),
    Spec("factor", "str", "", "name of the factor; empty for S_seed"),
    Spec("other", "str", "", "S2: the other of the pair; effect: from what to what"),
    Spec("value", "f8", "see unit", "the index", "", "seeds make all of the variance"),
    Spec("low", "f8", "see unit", "lower end of its 95% interval", "", "it has none"),
    Spec("high", "f8", "see unit", "upper end of its 95% interval", "", "it has none"),
    Spec(
        "idle",
        "f8",
        "see unit",
        "PAWN, mu*: 95% of factors without effect stay below",
        "0..",
        "another index, or one seed",
    ),
    Spec("points", "i8", "points", "that it is made of", "1.."),
    Spec("unit", "str", "", "share, 1 (PAWN), or that of the outcome"),
    Spec("seeds", "i8", "seeds", "of each point", "1.."),
)


def sensitivity(
    folder: Path | str,
    outcomes: Sequence[str] | str | None = None,
    *,
    year: int | None = None,
    draws: int = DRAWS,
    out: Path | str | None = None,
    language: str = "en",
) -> Answered:
    """Return what a sweep's design says of its factors.

    Args:
        folder: of a sweep that is finished or still at work; of the latter whole points only.
        outcomes: one or more that it recorded; without, all of them where they are few, otherwise
            the key outcomes.
        year: that is looked at; without, the last one that was recorded to its end.
        draws: how often points and seeds are drawn anew for the 95% intervals.
        out: a new or empty folder for report, table as CSV and Parquet, figures and manifest.
        language: of the report, ``en`` or ``nl``.

    Raises:
        BadInput: an argument cannot be used, or the design gives no answer.
        StoreRefused: the folder is not that of a sweep.
        FolderRefused: ``out`` cannot take it.
    """
    check_language(Argument("language", language))
    draws = whole_number(
        Argument("draws", draws), LEAST_DRAWS, high=MOST_DRAWS,
        allowed=f"{LEAST_DRAWS} to {MOST_DRAWS:,}",
    )  # fmt: skip
    target = None if out is None else RunFolder(out, "a sensitivity analysis")
    began = time.time()
    found = swept_of(folder, year)
    chosen = chosen_of(found, outcomes)
    answer = _answered(found, chosen, draws)
    if target is None:
        return answer
    made = {
        "schema_version": SCHEMA_VERSION, "kind": SENSITIVITY, "first": dict(found.about),
        "outcomes": list(chosen), "draws": draws, "year": found.year, "done": found.done,
        "cite": cited(), **provenance(),
    }  # fmt: skip
    with target as place:
        write_sensitivity(place.folder, answer, made, language)
        place.json("manifest", made)
        place.table("sensitivity", table_of(answer.frame))
        answer.frame.to_csv(place.path("sensitivity.csv"), index=False, lineterminator="\n")
        write_crate(place.folder, made, Made(began, time.time()))
    return answer


def swept_of(folder: Path | str, year: int | None) -> Swept:
    """Return what a sweep's folder holds.

    Raises:
        BadArgument: that year was not recorded, or no run finished.
        StoreRefused: the folder is not that of a sweep.
    """
    if year is not None:
        year = whole_number(Argument("year", year), 0)
    try:
        return swept(folder, declared_outcomes(), year)
    except NotRecorded as error:
        first, last = error.years[0], error.years[-1]
        allowed = f"{first} to {last}" if first < last else f"{first}"
        raise BadArgument(
            Argument("year", year), f"is no year that {folder} recorded to its end", allowed=allowed
        ) from None
    except ValueError as error:
        if isinstance(error, StoreRefused):
            raise
        raise BadArgument(Argument("", "the sweep"), str(error)) from None


def chosen_of(found: Swept, outcomes: Sequence[str] | str | None) -> tuple[str, ...]:
    """Return the outcomes that are looked at.

    Raises:
        BadArgument: one of them was not recorded.
    """
    if outcomes is None or not len(outcomes):
        key = tuple(name for name in KEY_OUTCOMES if name in found.outcomes)
        few = len(found.outcomes) <= FEW or not key
        return found.outcomes[:FEW] if few else key
    asked = [outcomes] if isinstance(outcomes, str) else list(outcomes)
    for name in asked:
        if name not in found.outcomes:
            many = len(found.outcomes) > FEW
            allowed = ", ".join(found.outcomes[:FEW]) + (", ..." if many else "")
            raise BadArgument(
                Argument("outcome", name), "was not recorded in this sweep",
                allowed=f"{allowed}: what [record] of the experiment names",
                nearest=nearest(str(name), found.outcomes),
            )  # fmt: skip
    return tuple(dict.fromkeys(asked))


def _answered(found: Swept, outcomes: Sequence[str], draws: int) -> Answered:
    try:
        return answered(found, outcomes, draws=draws)
    except CannotAnswer as error:
        raise BadArgument(Argument("", f"{found.folder}"), str(error)) from None


def again(folder: Path, about: Mapping[str, Any]) -> pd.DataFrame:
    """Return the table of a repeated sweep, by what the manifest of the answer says."""
    found = swept_of(folder, int(about["year"]))
    return _answered(found, [str(one) for one in about["outcomes"]], int(about["draws"])).frame


def table_of(frame: pd.DataFrame) -> pa.Table:
    """Return the table of indices as its folder keeps it."""
    return table_from_columns([(spec, frame[spec.name].to_numpy()) for spec in SPECS])


def schemas() -> dict[str, pa.Schema]:
    """Return the columns of the table of indices, by its name."""
    return {"sensitivity": arrow_schema(SPECS)}
