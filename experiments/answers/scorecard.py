"""The scorecard: designs simulated on the eight criteria, beside what the sources state."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.answers.stated import entries_of, rows_of, stated_rows
from experiments.answers.tables import tables_of
from experiments.runs.arguments import (
    Argument,
    BadArgument,
    about,
    check_language,
    whole_number,
)
from experiments.runs.cite import cited
from experiments.runs.provenance import provenance
from experiments.runs.quarters import QUARTERS, quarter_name
from experiments.sweeps.work.filling import Progress
from experiments.sweeps.work.sweeping import sweep
from results.reports.crate import Made, write_crate
from results.reports.scorecard import write_scorecard
from results.statistics.reduce import yearly
from results.statistics.scored import ALTERNATIVE, FORMULA, MONEY, OUTCOMES, Scored, scored
from results.store.folder import RunFolder
from results.store.manifests import SCORECARD
from results.store.reading import declared_outcomes, manifest, read
from results.store.schema import SCHEMA_VERSION
from results.words.outcomes import Words
from sim.policy.design import conditioned_names, design_names
from sim.reading.dates import parse_date, tick_of

SWITCH = "criterion.alternative"
QUESTION = "Which ways to pay for O&I score best on the eight criteria, and does the source agree?"
FEWEST = 2
"""Seeds without which there is no interval."""
DRAWS = 10_000
MOST_DRAWS = 1_000_000


def experiment_of(
    region: str,
    *,
    replicates: int = 30,
    seed: int = 1,
    end: str = "2030Q4",
    switch: str = "2018Q1",
    years: int = 5,
    conditions: bool = False,
) -> dict[str, Any]:
    """Return the experiment of a scorecard: every design, by both formulas, on the same seeds.

    Raises:
        BadInput: an argument cannot be used.
    """
    replicates = whole_number(
        Argument("replicates", replicates), FEWEST, allowed=f"{FEWEST} or more"
    )
    years = whole_number(Argument("years", years), 1, allowed="1 or more")
    last, begin = _tick("end", end), _tick("switch", switch)
    first = last + 1 - 4 * years
    if last % 4 != 3:
        raise BadArgument(Argument("end", end), "does not end a year", allowed="a fourth quarter")
    if last < begin:
        raise BadArgument(
            Argument("end", end), "lies before the designs begin", allowed=f"from {switch} on"
        )
    if first < begin:
        raise BadArgument(
            Argument("years", years), "begin before the designs do",
            allowed=f"1 to {(last + 1 - begin) // 4} years of designs from {{switch}} to {{end}}",
        )  # fmt: skip
    names = conditioned_names() if conditions else design_names()
    runs = {
        "regions": [region], "regimes": names, "from": quarter_name(first), "to": end,
        "switch": switch, "replicates": replicates, "seed": seed,
    }  # fmt: skip
    return {
        "name": "scorecard", "question": QUESTION, "runs": runs,
        "record": {"outcomes": [*OUTCOMES, MONEY]},
        "uncertainties": {SWITCH: {"values": [False, True]}},
    }  # fmt: skip


def _tick(name: str, text: str) -> int:
    with about(Argument(name, text)):
        return tick_of(parse_date(text, name, QUARTERS))


def scorecard(
    region: str = "unicum",
    *,
    out: Path | str | None = None,
    draws: int = DRAWS,
    language: str = "en",
    workers: int | None = None,
    progress: Progress | None = None,
    **asked: Any,
) -> Scored:
    """Run the designs on the same seeds and hold them against what the sources state.

    Args:
        region: a shipped region, a folder, or ``synthetic:MUNICIPALITIES:SEED``.
        out: a new or empty folder for report, tables as CSV and Parquet, figure and manifest.
        draws: sets of weights of the criteria that are drawn.
        language: of the report, ``en`` or ``nl``.
        workers: processes; by default one per core.
        progress: called after every batch of runs.
        asked: replicates, seed, end, switch, years and conditions of ``experiment_of``.

    Raises:
        BadInput: an argument cannot be used.
        FolderRefused: ``out`` cannot take it.
    """
    check_language(Argument("language", language))
    draws = whole_number(
        Argument("draws", draws), 1, high=MOST_DRAWS, allowed=f"1 to {MOST_DRAWS:,}"
    )
    experiment = experiment_of(region, **asked)
    began = time.time()
    target = None if out is None else RunFolder(out, "a scorecard")
    if target is None:
        import tempfile

        with tempfile.TemporaryDirectory(prefix="regiosim-") as name:
            runs = Path(name, "runs")
            sweep(experiment, runs, workers=workers, progress=progress, language="")
            return scored_of(runs, stated_rows(), draws)
    with target as folder:
        runs = folder.folder / "runs"
        sweep(experiment, runs, workers=workers, progress=progress, language="")
        found = scored_of(runs, stated_rows(), draws)
        made = _manifest(manifest(runs), draws)
        shutil.rmtree(runs)
        _fill(folder, found, made, language)
        write_crate(folder.folder, made, Made(began, time.time()))
    return found


def scored_of(folder: Path, stated: Sequence[Any], draws: int) -> Scored:
    """Return the scorecard of a sweep's folder: means over the years that it recorded.

    Raises:
        BadArgument: too few seeds have finished runs.
    """
    series, runs = read(folder, "series"), read(folder, "runs")
    rows = yearly(series, Words(declared_outcomes(folder)))
    values = rows.groupby(["run_id", "outcome"], as_index=False)["value"].mean()
    known = runs[runs["status"] == "done"].astype({"run_id": str})
    values = values.merge(known[["run_id", "regime", "seed", SWITCH]], on="run_id")
    other = values[SWITCH].astype(bool)
    values = values.assign(
        formula=other.map({False: FORMULA, True: ALTERNATIVE}),
        design=values["regime"].astype(str), seed=values["seed"].astype(int),
    )  # fmt: skip
    values = values[(values["outcome"] != MONEY) | (values["formula"] == FORMULA)]
    designs = list(dict.fromkeys(str(one) for one in runs["regime"]))
    columns = ["design", "formula", "outcome", "seed", "value"]
    try:
        return scored(pd.DataFrame(values[columns]), stated, designs, draws)
    except ValueError as error:
        raise BadArgument(Argument("", "the scorecard"), str(error)) from None


def scored_again(folder: Path, recorded: Mapping[str, Any]) -> Scored:
    """Return the scorecard of repeated runs, by what its manifest says."""
    return scored_of(folder, rows_of(recorded["stated"]), int(recorded["draws"]))


def _manifest(runs: dict[str, Any], draws: int) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION, "kind": SCORECARD, "first": runs, "draws": draws,
        "stated": entries_of(stated_rows()), "cite": cited(), **provenance(),
    }  # fmt: skip


def _fill(folder: RunFolder, found: Scored, made: dict[str, Any], language: str) -> None:
    write_scorecard(folder.folder, found, made, language)
    folder.json("manifest", made)
    for name, frame in found.frames().items():
        folder.table(name, tables_of(name, frame))
        frame.to_csv(folder.path(f"{name}.csv"), index=False, lineterminator="\n")
