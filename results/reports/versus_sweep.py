"""The report on two sweeps, or on the levels of one factor of a sweep, paired point by point."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from results.figures import run as draw
from results.reports.about import flat, unlike
from results.reports.declared import REPORT
from results.reports.illustrations import save_all
from results.reports.page import Cell, Illustration, Part, write_page
from results.reports.versus import comparison_nl, paired_part
from results.statistics.compare import NOTE
from results.store.reading import declared_outcomes, is_sweep, manifest
from results.words.numbers import number
from results.words.outcomes import Words

CLUSTERS = (
    "A seed's differences are averaged over points first: the same seed occurs in every point, "
    "and the interval is over seeds. "
)
DRAWN = 6
"""Levels of which a figure is drawn; the others are in the tables."""


def name_of_sweep(about: Mapping[str, Any], folder: Path) -> str:
    """Return the name of a sweep, or regime and region of a run, as far as a manifest says them."""
    if is_sweep(about):
        return str(about.get("name") or folder.name)
    return str((about.get("scenario") or {}).get("regime") or folder.name)


def _spread(table: pd.DataFrame, words: Words) -> Part:
    """Return how differences vary over points and seeds, and what was left out."""
    rows: list[list[str | Cell]] = []
    for row in table.to_dict("records"):
        span = f"{number(row['gap_low'])} to {number(row['gap_high'])}"
        counts = [str(row["points"]), str(row["pairs"])]
        rows.append([words[row["outcome"]].with_unit, span, *counts])
    first = table.iloc[0] if len(table) else {"unpaired_a": 0, "unpaired_b": 0}
    return Part(
        "How differences vary",
        rows,
        ["Outcome (unit)", "10-90% of the pairs", "Points", "Pairs"],
        "Over points and seeds together: how much what changes depends on the rest. Finished "
        f"runs without a partner: {first['unpaired_a']} and {first['unpaired_b']}.",
        numbers=True,
    )


def _forest(
    table: pd.DataFrame, words: Words, label_a: str, label_b: str, name: str
) -> Illustration:
    return Illustration(
        name,
        draw.paired_differences(table, words, label_a, label_b),
        f"{label_b} minus {label_a}, in standard deviations of the differences per seed. Blue: "
        f"the 95% interval leaves out 0. {NOTE}",
        f"Forest plot: the paired differences of {len(table)} outcomes with 95% intervals.",
    )


def write_folders(
    folder: Path | str, dir_a: Path | str, dir_b: Path | str, table: pd.DataFrame
) -> Path:
    """Write ``report.html`` and figures in ``folder`` on two folders, one of a sweep or both.

    Args:
        folder: where to.
        dir_a: the first.
        dir_b: the second.
        table: what ``results.statistics.clustered.compare_folders`` says of them.
    """
    folder, dir_a, dir_b = Path(folder), Path(dir_a), Path(dir_b)
    abouts = manifest(dir_a), manifest(dir_b)
    words = Words(declared_outcomes(dir_a), declared_outcomes(dir_b))
    one, two = (name_of_sweep(about, where) for about, where in zip(abouts, (dir_a, dir_b),
                                                                    strict=True))  # fmt: skip
    if one == two:
        one, two = dir_a.name, dir_b.name
    parts = [
        paired_part(table, words, one, two, CLUSTERS),
        _spread(table, words),
        Part("What differs", unlike(*abouts), ["What was asked", one, two]),
        *(Part(f"Manifest of {name}", flat(_short(about)), place="end")
          for name, about in zip((one, two), abouts, strict=True)),
    ]  # fmt: skip
    shown = [_forest(table, words, one, two, "paired_differences")]
    return _write(folder, f"{one} and {two}", comparison_nl(table, words, one, two), parts, shown)


def write_levels(folder: Path | str, sweep: Path | str, by: str, table: pd.DataFrame) -> Path:
    """Write ``report.html`` and figures in ``folder`` on the levels of one factor of a sweep.

    Args:
        folder: where to.
        sweep: the sweep's folder.
        by: name of the factor.
        table: what ``results.statistics.clustered.compare_levels`` says of it.
    """
    folder, sweep = Path(folder), Path(sweep)
    about, words = manifest(sweep), Words(declared_outcomes(sweep))
    parts, shown, lines = [], [], []
    for place, (level, rows) in enumerate(table.groupby("level", sort=False)):
        pair = (str(rows["first"].iloc[0]), str(level))
        first, second = (f"{by} = {value or '(none)'}" for value in pair)
        parts += [paired_part(rows, words, first, second, CLUSTERS), _spread(rows, words)]
        lines += comparison_nl(rows, words, first, second)
        if place < DRAWN:
            name = f"paired_differences_{place + 1}"
            shown.append(_forest(rows.reset_index(drop=True), words, first, second, name))
    parts.append(Part("Manifest", flat(_short(about)), place="end"))
    return _write(folder, f"{name_of_sweep(about, sweep)} by {by}", lines, parts, shown)


def _short(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return a manifest without its long lists."""
    left_out = ("assumed", "experiment", "factors")
    return {key: value for key, value in about.items() if key not in left_out}


def _write(
    folder: Path, title: str, lines: list[str], parts: list[Part], shown: list[Illustration]
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    whole = f"Primary care collaboration: {title}"
    return write_page(folder / REPORT, whole, lines, parts, save_all(shown, folder))
