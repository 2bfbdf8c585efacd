"""Two folders on the same seeds, or the levels of a factor of one: paired differences, a report."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from agents.parameters import DECLARED
from experiments.runs.arguments import Argument, BadArgument, check_language
from experiments.runs.cite import cited
from experiments.runs.provenance import provenance
from results.reports.about import unlike
from results.reports.crate import Made, write_crate
from results.reports.differing import regions_unlike
from results.statistics.compare import Side, paired
from results.statistics.contents import drawn_of
from results.store.folder import RunFolder
from results.store.manifests import COMPARISON
from results.store.reading import (
    StoreRefused,
    declared_outcomes,
    is_sweep,
    manifest,
    outcome_of,
    read,
)
from results.store.schema import SCHEMA_VERSION, Spec, arrow_schema, table_from_columns
from results.words.outcomes import Words
from sim.errors import BadInput
from sim.reading.names import composed

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_TEXTS = {
    "outcome": "name of the outcome",
    "first": "level of the factor that the others are compared with",
    "level": "level that is compared with it",
    "year": "year compared: the last that both recorded",
    "n": "pairs with a value on both sides; in sweeps seeds, averaged over points",
    "mean_a": "mean of the first",
    "mean_b": "mean of the second",
    "difference": "mean of second minus first",
    "low": "lower end of the 95% interval of the difference",
    "high": "upper end of the 95% interval of the difference",
    "sd": "standard deviation of the differences",
    "effect": "difference in standard deviations of the differences (d_z)",
    "effect_low": "lower end of its 95% interval",
    "effect_high": "upper end of its 95% interval",
    "share_positive": "share of pairs in which the second is higher",
    "group_low": "mean of the lower of two groups of differences, in the outcome's unit",
    "group_high": "mean of the higher of two groups of differences, in the outcome's unit",
    "group_share": "share of the pairs in the higher of two groups of differences",
    "bimodal": "points at which the differences of seeds fall into two groups",
    "bimodal_tested": "points with enough seeds to judge that",
    "pairs": "pairs of runs with a value on both sides",
    "points": "points of the design, with their arm, that were paired",
    "gap_low": "tenth percentile of the differences over all pairs",
    "gap_high": "ninetieth percentile of the differences over all pairs",
    "unpaired_a": "finished runs of the first without a partner",
    "unpaired_b": "finished runs of the second without a partner",
    "uncertainty": "what the intervals are about",
}

_UNITS = {
    **dict.fromkeys(("mean_a", "mean_b", "difference", "low", "high", "sd"), "see outcome"),
    **dict.fromkeys(("group_low", "group_high", "gap_low", "gap_high"), "see outcome"),
    **dict.fromkeys(("effect", "effect_low", "effect_high"), "sd"),
    **dict.fromkeys(("share_positive", "group_share"), "share"),
}


class InFolder(Protocol):
    """What has a folder: a sweep, or what ``read`` opened."""

    @property
    def folder(self) -> Path:
        """The folder of a run or a sweep."""


class InMemory(Protocol):
    """What has its tables in memory: the result of a run."""

    @property
    def tables(self) -> dict[str, pa.Table]:
        """Tables by name, ``series`` and ``runs`` among them."""

    @property
    def manifest(self) -> dict[str, Any]:
        """What was run."""


class _Pair(NamedTuple):
    """The folders that are compared, and what they are called in messages."""

    first: Path
    second: Path | None
    where: str


def compare(
    dir_a: Path | str | InFolder | InMemory,
    dir_b: Path | str | InFolder | InMemory | None = None,
    out: Path | str | None = None,
    by: str | None = None,
    language: str = "en",
) -> pd.DataFrame:
    """Return the paired difference b - a of every outcome, seed by seed, in their last year.

    Sweeps are paired by arm, by the values of their factors and by seed, a sweep and a run
    where the factors agree; ``results.statistics.clustered`` says what the columns are then.

    Args:
        dir_a: the first run or sweep: its folder, a ``Result``, a ``Sweep``, or what ``read``
            opened.
        dir_b: the second; without, ``by`` is needed.
        out: a new or empty folder for report.html, figures and comparison.parquet.
        by: name of a factor of the sweep ``dir_a`` (or regime, package): each of its levels is
            compared with the first.
        language: of the report, ``en`` or ``nl``.

    Returns:
        A row per outcome (with ``by``, per outcome and level): mean_a, mean_b, difference and
        its 95% interval low to high in the unit of the outcome, effect in standard deviations,
        n pairs. Intervals show simulation noise only.

    Raises:
        BadInput: an argument cannot be used, or nothing be paired.
        StoreRefused: a folder is not a run's or a sweep's, or is of another version.
        FolderRefused: ``out`` cannot take the report.
    """
    check_language(Argument("language", language))
    if by is not None and not isinstance(by, str):
        raise BadArgument(
            Argument("by", by), "is no text", allowed="the name of one factor, or regime, package"
        )
    if (dir_b is None) == (by is None):
        raise BadArgument(
            Argument("", f"{dir_a}"), "is compared with another one, or by a factor of its own",
            allowed="two runs or sweeps, or one sweep and {by} FACTOR",
        )  # fmt: skip
    by = None if by is None else composed(by)
    with tempfile.TemporaryDirectory(prefix="regiosim-") as aside:
        first = _folder_of(dir_a, Path(aside, "first"))
        second = None if dir_b is None else _folder_of(dir_b, Path(aside, "second"))
        where = f"{dir_a}" if second is None else f"{dir_a} and {dir_b}"
        if dir_a is dir_b:
            second = first
        return _compared(_Pair(first, second, where), out, by, language)


def _folder_of(side: Path | str | InFolder | InMemory, aside: Path) -> Path:
    """Return the folder of one side; of a result in memory, one with what is compared of it."""
    if isinstance(side, str | Path):
        return Path(side)
    if hasattr(side, "folder"):
        return Path(side.folder)
    if not (hasattr(side, "tables") and hasattr(side, "manifest")):
        raise BadArgument(
            Argument("", repr(side)), "cannot be compared",
            allowed="a folder, the result of run or sweep, or what read opened",
        )  # fmt: skip
    with RunFolder(aside) as folder:
        for name in ("series", "runs"):
            folder.table(name, side.tables[name])
        folder.json("manifest", side.manifest)
    return aside


def _compared(pair: _Pair, out: Path | str | None, by: str | None, language: str) -> pd.DataFrame:
    if out is None:
        return _table(pair, by)
    began = time.time()
    with RunFolder(out, "a comparison") as folder:
        table = _table(pair, by)
        _report(folder.folder, pair, by, table, language)
        about = _manifest(pair, by)
        folder.json("manifest", about)
        folder.table("comparison", comparison_table(table))
        write_crate(folder.folder, about, Made(began, time.time()))
    return table


def comparison_table(table: pd.DataFrame) -> pa.Table:
    """Return what ``compare`` found as the table that a comparison's folder keeps."""
    columns: list[tuple[Spec, Any]] = []
    for name in table.columns:
        values = table[name].to_numpy()
        kind = {"f": "f8", "i": "i8"}.get(values.dtype.kind, "str")
        columns.append((_spec(str(name), kind), values))
    return table_from_columns(columns)


def _spec(name: str, kind: str) -> Spec:
    """Return the column of a comparison: its unit is the outcome's, or standard deviations."""
    null = "too few pairs" if kind == "f8" else ""
    return Spec(name, kind, _UNITS.get(name, ""), _TEXTS.get(name, ""), "", null)


def comparison_schema() -> pa.Schema:
    """Return the columns that the table of a comparison may have."""
    numbers = ("n", "year", "pairs", "points", "bimodal", "bimodal_tested")
    words = ("outcome", "first", "level", "uncertainty")
    whole = (*numbers, "unpaired_a", "unpaired_b")
    kinds = dict.fromkeys(whole, "i8") | dict.fromkeys(words, "str")
    return arrow_schema([_spec(name, kinds.get(name, "f8")) for name in _TEXTS])


def _manifest(pair: _Pair, by: str | None) -> dict[str, Any]:
    """Return what a comparison was made of: both manifests in full, and in what they differ."""
    first = manifest(pair.first)
    found: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION, "kind": COMPARISON, "by": by, "first": first,
        "cite": cited(), **provenance(),
    }  # fmt: skip
    if pair.second is not None:
        second = manifest(pair.second)
        found |= {"second": second, "differs": [list(row) for row in unlike(first, second)]}
    return found


def _report(folder: Path, pair: _Pair, by: str | None, table: pd.DataFrame, language: str) -> None:
    first, second, _ = pair
    if second is None:
        from results.reports.versus_sweep import write_levels

        write_levels(folder, first, str(by), table, language)
    elif _sweeps(first, second):
        from results.reports.versus_sweep import write_folders

        write_folders(folder, first, second, table, language)
    else:
        from results.reports.versus import write_comparison

        write_comparison(folder, first, second, language=language)


def _sweeps(*folders: Path) -> bool:
    """Say whether one of the folders is a sweep's."""
    return any([is_sweep(outcome_of(folder)) for folder in folders])


def _table(pair: _Pair, by: str | None) -> pd.DataFrame:
    first, second, where = pair
    try:
        if second is None:
            return _levels(first, str(by))
        sweeps = _sweeps(first, second)
        if first.resolve() == second.resolve():
            allowed = "two of them, or {by} FACTOR"
            raise BadArgument(Argument("", where), "are the same folder", allowed=allowed)
        if sweeps:
            from results.statistics.clustered import compare_folders

            values = {name: declared.value for name, declared in DECLARED.items()}
            return compare_folders(first, second, values)
        return _paired(first, second, where)
    except (BadInput, StoreRefused):
        raise
    except ValueError as error:
        raise BadInput(where, str(error)) from None


def _levels(folder: Path, by: str) -> pd.DataFrame:
    if not is_sweep(outcome_of(folder)):
        place, allowed = Argument("", f"{folder}"), "{by} a factor of a sweep"
        raise BadArgument(place, "is the folder of a run", allowed=allowed)
    from results.statistics.clustered import compare_levels

    return compare_levels(folder, by)


def _check_equal(
    where: str, key: str, first: dict[str, Any], second: dict[str, Any], allowed: str
) -> None:
    a, b = (about["scenario"][key] for about in (first, second))
    if a != b:
        raise BadInput(where, f"cannot be paired: their {key} is {a!r} and {b!r}", allowed=allowed)


def _paired(dir_a: Path, dir_b: Path, where: str) -> pd.DataFrame:
    """Compare two runs, which have to be about the same place and years.

    A population is drawn from what a region holds, and the seed: two regions of one name that hold
    something else cannot be paired, and one region under two names can, with new chains or without.
    """
    first, second = (outcome_of(folder) for folder in (dir_a, dir_b))
    allowed = "runs of one region up to the same quarter, under two regimes or settings"
    drawn, other = drawn_of(first), drawn_of(second)
    if drawn is None or other is None:  # of an earlier version: only names are known
        _check_equal(where, "region", first, second, allowed)
    elif drawn != other:
        said = "; ".join(f"{n}: {one} | {two}" for n, one, two in regions_unlike(first, second))
        raise BadInput(
            where, f"cannot be paired: their regions do not hold the same ({said})", allowed=allowed
        )
    _check_equal(where, "to", first, second, allowed)
    one, two = (Side(read(folder, "series"), read(folder, "runs")) for folder in (dir_a, dir_b))
    return paired(one, two, Words(declared_outcomes(dir_a), declared_outcomes(dir_b)))
