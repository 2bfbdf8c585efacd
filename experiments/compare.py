"""Two run folders on the same seeds: paired differences, and a report on them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from results.compare import paired
from results.schema import Spec, table_from_columns
from results.store import RunFolder, StoreRefused, manifest, read
from sim.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

_TEXTS = {
    "outcome": "name of the outcome",
    "year": "year compared: the last that both recorded",
    "n": "pairs with a value on both sides",
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
    "uncertainty": "what the intervals are about",
}


def compare(dir_a: Path | str, dir_b: Path | str, out: Path | str | None = None) -> pd.DataFrame:
    """Return the paired difference b - a of every outcome, seed by seed, in their last year.

    Args:
        dir_a: folder of the first run.
        dir_b: folder of the second run.
        out: a new or empty folder for report.html, figures and comparison.parquet.

    Raises:
        BadInput: nothing can be paired.
        StoreRefused: a folder is not a run's, or is of another version.
        FolderRefused: ``out`` cannot take the report.
    """
    if out is None:
        return _paired(Path(dir_a), Path(dir_b))
    with RunFolder(out) as folder:
        table = _paired(Path(dir_a), Path(dir_b))
        from results.versus import write_comparison

        write_comparison(folder.folder, dir_a, dir_b)
        columns: list[tuple[Spec, Any]] = []
        for name in table.columns:
            values = table[name].to_numpy()
            kind = {"f": "f8", "i": "i8"}.get(values.dtype.kind, "str")
            columns.append((Spec(str(name), kind, "", _TEXTS.get(str(name), "")), values))
        folder.table("comparison", table_from_columns(columns))
    return table


def _check_pair(dir_a: Path, dir_b: Path) -> None:
    """Refuse two folders that are one, or whose runs are not about the same place and years."""
    first, second = (manifest(folder).get("scenario", {}) for folder in (dir_a, dir_b))
    if dir_a.resolve() == dir_b.resolve():
        raise BadInput(f"{dir_a} and {dir_b}", "are the same folder", allowed="two runs")
    for key in ("region", "to"):
        a, b = first.get(key), second.get(key)
        if a is None or a != b:
            raise BadInput(
                f"{dir_a} and {dir_b}",
                f"cannot be paired: their {key} is {a!r} and {b!r}",
                allowed="runs of one region up to the same quarter, under two regimes or settings",
            )


def _paired(dir_a: Path, dir_b: Path) -> pd.DataFrame:
    _check_pair(dir_a, dir_b)
    tables = [read(folder, name) for folder in (dir_a, dir_b) for name in ("series", "runs")]
    try:
        return paired(tables[0], tables[2], tables[1], tables[3])
    except StoreRefused:
        raise
    except ValueError as error:
        raise BadInput(f"{dir_a} and {dir_b}", str(error)) from None
