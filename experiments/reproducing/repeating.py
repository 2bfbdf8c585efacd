"""Repeat what a folder holds, from the folder alone, and say whether it came out the same."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.reproducing.child import repeat
from experiments.reproducing.choosing import evenly
from results.reports.about import unlike
from results.store.folder import RunFolder
from results.store.manifests import (
    BUSINESS_CASE,
    COMPARISON,
    DISCOVERY,
    OF_OTHERS,
    SCORECARD,
    SENSITIVITY,
    SWEEP,
)
from results.store.reading import StoreRefused, manifest
from results.store.recorded import RecordedRuns, numbers_of, read_table
from results.store.same import Tally, compare

ENGINE = "engine"


@dataclass(frozen=True, repr=False)
class Reproduction:
    """What came out when a folder was repeated.

    Attributes:
        folder: the folder that was repeated.
        kind: ``run``, ``sweep``, ``comparison``, ``scorecard``, ``business-case``,
            ``sensitivity`` or ``discovery``.
        runs: how many runs were repeated.
        of: how many the folder holds.
        tables: what was compared of each table.
        differs: in what the two manifests differ: name, recorded, now.
    """

    folder: Path
    kind: str
    runs: int
    of: int
    tables: tuple[Tally, ...]
    differs: tuple[tuple[str, str, str], ...]

    @property
    def identical(self) -> bool:
        """Whether every value that was recorded came out again, to the bit."""
        return all(one.same for one in self.tables)

    def described(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return {
            "folder": str(self.folder), "kind": self.kind,
            "verdict": "identical" if self.identical else "differs",
            "runs": self.runs, "of": self.of,
            "tables": [one.described() for one in self.tables],
            "differs": [
                {"name": name, "recorded": one, "now": two} for name, one, two in self.differs
            ],
        }  # fmt: skip

    def __repr__(self) -> str:
        how = "identical" if self.identical else "differs"
        return f"<Reproduction of {str(self.folder)!r}: {how}, {self.runs} of {self.of} runs>"


def reproduce(
    folder: Path | str,
    *,
    sample: int | None = None,
    out: Path | str | None = None,
    engine: str | None = None,
) -> Reproduction:
    """Repeat the run, sweep, comparison or scorecard of a folder from what its manifest holds.

    No file but those of the folder is needed. Each run or sweep is repeated in a process of its
    own, with the rules that it had, and compared value by value with what is recorded.

    Args:
        folder: what ``run``, ``sweep``, ``compare`` or ``scorecard`` left; of a sweep that is
            not finished, or a shard, the runs that it has are repeated.
        sample: only so many runs, spread evenly; of runs and sweeps.
        out: a new or empty folder for what came out, with ``reproduction.json``.
        engine: another than the recorded one.

    Raises:
        BadInput: an argument cannot be used.
        StoreRefused: the folder cannot be read, or does not hold what repeating it takes.
        FolderRefused: ``out`` cannot take it.
    """
    from experiments.runs.arguments import Argument, BadArgument

    folder, about = Path(folder), manifest(folder)
    if sample is not None and sample < 1:
        raise BadArgument(Argument("sample", sample), "is out of range", allowed="1 or more")
    if engine is not None:
        _check_engine(engine, about)
    target = None if out is None else RunFolder(out)  # one that is in use is refused at once
    with tempfile.TemporaryDirectory(prefix="regiosim-") as name:
        aside = Path(name)
        if about.get("kind") in OF_OTHERS:
            if sample is not None:
                raise BadArgument(
                    Argument("sample", sample), "cannot be taken of a "
                    f"{about['kind']}, which is one mean over all its runs",
                    allowed="it whole, or {sample} of its runs' folders",
                )  # fmt: skip
            how = {
                COMPARISON: _comparison, SCORECARD: _scorecard, BUSINESS_CASE: _case,
                SENSITIVITY: _sensitivity, DISCOVERY: _discovery,
            }  # fmt: skip
            found = how[about["kind"]](folder, about, aside, engine)
        else:
            found = _runs(folder, aside, sample, engine)
        if target is not None:
            _keep(found, aside, target)
    return found


def _keep(found: Reproduction, aside: Path, target: RunFolder) -> None:
    """Keep the tables that came out, each side of a comparison in a folder of its own."""
    with target as folder:
        for side in sorted(path.parent for path in aside.glob("*/again")):
            name = side.name if found.kind in OF_OTHERS else ""
            shutil.copytree(side / "again", folder.folder / name, dirs_exist_ok=True)
        folder.json("reproduction", found.described())


def _check_engine(engine: str, about: Mapping[str, Any]) -> None:
    from experiments.runs.arguments import Argument, BadArgument

    two = [about.get("first"), about.get("second")]
    sides = two if about.get("kind") in OF_OTHERS else [about]
    if any(side and side.get("kind") == SWEEP for side in sides) and engine != "compiled":
        raise BadArgument(
            Argument("engine", engine), "runs no sweep", allowed="compiled for a sweep"
        )


def _runs(folder: Path, aside: Path, sample: int | None, engine: str | None) -> Reproduction:
    """Repeat a run or a sweep, or runs of it."""
    recorded = RecordedRuns(folder)
    there = sorted(recorded.numbers.values())
    chosen = [there[place] for place in evenly(len(there), sample)]
    again = RecordedRuns(repeat(recorded.about, chosen, aside / "runs", engine))
    leave = (ENGINE,) if engine else ()
    tables = (*_others(recorded, again, chosen, leave), _series(recorded, again, chosen))
    kind = SWEEP if recorded.about.get("kind") == SWEEP else "run"
    differs = (*unlike(recorded.about, again.about), *_borrowed(recorded.about, again.about))
    return Reproduction(folder, kind, len(chosen), len(there), tables, differs)


def _borrowed(about: Mapping[str, Any], again: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return that a manifest lacked the files of its regions, unless the content proves them."""
    lent = [one["region"] for one in again["regions"] if one["files"]]
    if about.get("regions") or not lent or about.get("content", "") == again.get("content"):
        return []
    return [("files of the region", "not in this manifest", f"those of {', '.join(lent)} here")]


def _series(recorded: RecordedRuns, again: RecordedRuns, chosen: list[int]) -> Tally:
    tally = Tally("series")
    for numbers in recorded.groups(chosen):
        one, two = (side.series(side.of(numbers)) for side in (recorded, again))
        compare(tally, one, two)
    return tally


def _others(
    recorded: RecordedRuns, again: RecordedRuns, chosen: list[int], leave: tuple[str, ...]
) -> Iterator[Tally]:
    """Give what was found of every table but the series."""
    names = [name for name in recorded.names if name not in ("runs", "series", "points")]
    every = (recorded.about.get("scenario") or {}).get("record") == "all"
    whole = [number for number in chosen if every or number == 0]
    for name, numbers in [("runs", chosen), *((name, whole) for name in names if whole)]:
        tally = Tally(name)
        one, two = (side.table(name, side.of(numbers)) for side in (recorded, again))
        if one is None or two is None:
            tally.notes["not there now"] = True
        else:
            compare(tally, one, two, leave)
        yield tally


def _comparison(
    folder: Path, about: Mapping[str, Any], aside: Path, engine: str | None
) -> Reproduction:
    """Repeat both sides of a comparison whole, compare them anew, and both comparisons."""
    from experiments.runs.compare import compare as compare_anew
    from experiments.runs.compare import comparison_table

    sides = {key: about[key] for key in ("first", "second") if key in about}
    made, differs, runs = [], [], 0
    for key, one in sides.items():
        count = _count(one)
        made.append(repeat(one, _every(one), aside / key, engine))
        runs += count
        differs += [(f"{key}: {n}", a, b) for n, a, b in unlike(one, manifest(made[-1]))]
    second = made[1] if len(made) > 1 else None
    table = comparison_table(compare_anew(made[0], second, by=about["by"]))
    recorded = read_table(folder / "comparison.parquet")
    tally = Tally("comparison")
    compare(tally, recorded, table)
    return Reproduction(folder, COMPARISON, runs, runs, (tally,), tuple(differs))


def _scorecard(
    folder: Path, about: Mapping[str, Any], aside: Path, engine: str | None
) -> Reproduction:
    """Repeat the runs of a scorecard, score them anew, and compare every table."""
    from experiments.answers.scorecard import scored_again
    from experiments.answers.tables import tables_of

    count = _count(about["first"])
    made = repeat(about["first"], range(count), aside / "first", engine)
    tallies = []
    for name, frame in scored_again(made, about).frames().items():
        tally = Tally(name)
        compare(tally, read_table(folder / f"{name}.parquet"), tables_of(name, frame))
        tallies.append(tally)
    differs = [(f"runs: {n}", a, b) for n, a, b in unlike(about["first"], manifest(made))]
    return Reproduction(folder, SCORECARD, count, count, tuple(tallies), tuple(differs))


def _sensitivity(
    folder: Path, about: Mapping[str, Any], aside: Path, engine: str | None
) -> Reproduction:
    """Repeat the sweep of a sensitivity analysis, ask it anew, and compare the table."""
    from experiments.answers.sensitivity import again, table_of

    made, differs = _swept_again(folder, about, aside, engine)
    tally = Tally("sensitivity")
    compare(tally, read_table(folder / "sensitivity.parquet"), table_of(again(made, about)))
    count = _count(about["first"])
    return Reproduction(folder, SENSITIVITY, count, count, (tally,), differs)


def _discovery(
    folder: Path, about: Mapping[str, Any], aside: Path, engine: str | None
) -> Reproduction:
    """Repeat the sweep in which boxes were found, look for them anew, and compare the tables."""
    from experiments.answers.discovering import discover, frames_of, tables_of

    made, differs = _swept_again(folder, about, aside, engine)
    (outcome,), where = about["outcomes"], str(about["where"])
    year, seed = int(about["year"]), int(about["seed"])
    found, _ = discover(made, str(outcome), where, year=year, seed=seed)
    tallies = []
    for name, frame in frames_of(found).items():
        tally = Tally(name)
        compare(tally, read_table(folder / f"{name}.parquet"), tables_of(name, frame))
        tallies.append(tally)
    count = _count(about["first"])
    return Reproduction(folder, DISCOVERY, count, count, tuple(tallies), differs)


def _swept_again(
    folder: Path, about: Mapping[str, Any], aside: Path, engine: str | None
) -> tuple[Path, tuple[tuple[str, str, str], ...]]:
    """Repeat the sweep that an answer is of; return its folder and what is not as it was."""
    count = _count(about["first"])
    if int(about["done"]) < count:
        raise StoreRefused(
            f"{folder} answers a sweep of which {about['done']} of {count} runs were done: it "
            "cannot be repeated. Finish the sweep, and ask it again."
        )
    made = repeat(about["first"], _every(about["first"]), aside / "first", engine)
    rows = unlike(about["first"], manifest(made))
    return made, tuple((f"runs: {name}", one, two) for name, one, two in rows)


def _case(folder: Path, about: Mapping[str, Any], aside: Path, engine: str | None) -> Reproduction:
    """Work a business case out anew, with its run where it has one, and compare every table."""
    from experiments.answers.case import case_again, frames_of
    from experiments.answers.case_tables import tables_of
    from experiments.reproducing.material import scenario_arguments
    from experiments.runs.scenario import Scenario

    run, count = None, 0
    if "first" in about:
        count = _count(about["first"])
        run = repeat(about["first"], range(count), aside / "first", engine)
    scenario = Scenario(**scenario_arguments(about, aside, Path.cwd(), None))
    tallies = []
    for name, frame in frames_of(case_again(about, scenario, run)).items():
        tally = Tally(name)
        compare(tally, read_table(folder / f"{name}.parquet"), tables_of(name, frame))
        tallies.append(tally)
    return Reproduction(folder, BUSINESS_CASE, count, count, tuple(tallies), ())


def _count(about: Mapping[str, Any]) -> int:
    """Return how many runs a run's or a sweep's manifest asks for."""
    return int(about["runs"] if about.get("kind") == SWEEP else about["scenario"]["replicates"])


def _every(about: Mapping[str, Any]) -> list[int]:
    """Return the numbers of all runs that a run's or a sweep's manifest asks for."""
    if about.get("kind") == SWEEP:
        return [int(number) for number in numbers_of(about)]
    return list(range(_count(about)))
