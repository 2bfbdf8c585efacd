"""The report on two runs that were paired by seed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from results.figures import run as draw
from results.figures.dates import policy_marks
from results.reports.about import flat, rest_of, unlike
from results.reports.declared import REPORT, SUMMARY_NL
from results.reports.fair import fair
from results.reports.illustrations import save_all
from results.reports.page import Cell, Illustration, Part, write_page
from results.statistics.compare import NOTE, Side, paired, two_groups
from results.store.reading import declared_outcomes, manifest, read
from results.words.numbers import number
from results.words.outcomes import Words


def _short(about: Mapping[str, Any], other: Mapping[str, Any], folder: Path) -> str:
    """Return the shortest name that tells a run from the other."""
    for key in ("regime", "region", "package", "name"):
        one, two = ((m.get("scenario") or {}).get(key) for m in (about, other))
        if one and one != two:
            return str(one)
    return folder.name


def paired_part(
    table: pd.DataFrame, words: Words, label_a: str, label_b: str, note: str = ""
) -> Part:
    """Return paired differences as a section, ``note`` after what the numbers are."""
    rows: list[list[str | Cell]] = []
    for row in table.to_dict("records"):
        called = words[row["outcome"]]
        interval = "–" if row["n"] < 2 else f"{number(row['low'])} to {number(row['high'])}"
        rows.append(
            [
                called.with_unit,
                number(row["mean_a"]),
                number(row["mean_b"]),
                Cell(number(row["difference"]), interval),
                number(row["effect"]),
                number(row["share_positive"]),
                two_groups(row) or "–",
                str(row["n"]),
            ]
        )
    count = "Seeds" if "points" in table else "Pairs"
    head = ["Outcome (unit)", label_a, label_b, "Difference", "d_z", "Share positive"]
    head += ["Two groups", count]
    return Part(
        f"Paired differences: {label_b} minus {label_a}",
        rows,
        head,
        f"At the end of {', '.join(str(y) for y in sorted(set(table['year'])))}, the same seeds "
        f"in both. {fair(table)}{note}In small print the 95% interval. {NOTE} d_z: difference in "
        "standard deviations of the differences. Two groups: the differences of seeds have two "
        "peaks, so that their mean describes neither.",
        numbers=True,
    )


def write_comparison(
    folder: Path | str,
    run_a: Path | str,
    run_b: Path | str,
    label_a: str = "",
    label_b: str = "",
    at: str | int = "last year",
) -> Path:
    """Write ``report.html`` and figures in ``folder``, on two runs paired by seed.

    Raises:
        ValueError: nothing can be paired, or the runs cannot be read.
    """
    folder, run_a, run_b = Path(folder), Path(run_a), Path(run_b)
    about_a, about_b = manifest(run_a), manifest(run_b)
    words = Words(declared_outcomes(run_a), declared_outcomes(run_b))
    a, b = (Side(read(run, "series"), read(run, "runs")) for run in (run_a, run_b))
    table = paired(a, b, words, at)
    label_a = label_a or _short(about_a, about_b, run_a)
    label_b = label_b or _short(about_b, about_a, run_b)
    shown = [
        Illustration(
            "comparison",
            draw.comparison(
                a.series,
                b.series,
                words,
                label_a,
                label_b,
                dates=policy_marks(about_a, about_b),
                table=table,
            ),
            "Both over time. Line: median; band: 10-90% of the replicates.",
            f"Small line charts by year, one per outcome, for {label_a} and {label_b}.",
        ),
        Illustration(
            "paired_differences",
            draw.paired_differences(table, words, label_a, label_b),
            f"{label_b} minus {label_a}, seed by seed, in standard deviations of the differences. "
            f"Blue: the 95% interval leaves out 0. {NOTE}",
            f"Forest plot: the paired differences of {len(table)} outcomes with 95% intervals.",
        ),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    parts = [
        Part("What differs", unlike(about_a, about_b), ["Scenario", label_a, label_b]),
        paired_part(table, words, label_a, label_b),
        Part(f"Manifest of {label_a}", flat(rest_of(about_a)), place="end"),
        Part(f"Manifest of {label_b}", flat(rest_of(about_b)), place="end"),
    ]
    return write_page(
        folder / REPORT,
        f"Primary care collaboration: {label_a} and {label_b}",
        comparison_nl(table, words, label_a, label_b),
        parts,
        save_all(shown, folder),
    )


def comparison_nl(table: pd.DataFrame, words: Words, label_a: str, label_b: str) -> list[str]:
    """Return the summary of a comparison in Dutch."""
    lines = [
        f"Dit verslag vergelijkt {label_b} met {label_a}, steeds met dezelfde seeds. De "
        "intervallen (95%) gaan over toeval in de simulatie, niet over de werkelijkheid."
    ]
    if said := fair(table, "nl"):
        lines.append(said)
    for row in table[table["outcome"].isin(SUMMARY_NL)].to_dict("records"):
        called = words[row["outcome"]]
        low, high = number(row["low"], "nl"), number(row["high"], "nl")
        lines.append(
            f"{called.dutch}, {row['year']}: verschil {number(row['difference'], 'nl')} "
            f"({low} tot {high}){called.unit_nl}."
        )
    return lines
