"""The report of one run, or of a sweep: one HTML file that opens offline."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from results.reports.about import flat, name_of, rest_of
from results.reports.declared import REPORT, REWRITTEN, SUMMARY_NL, provenance
from results.reports.illustrations import illustrate, read_if_there, save_all
from results.reports.page import Cell, Part, write_page
from results.reports.sweep import write_sweep_report
from results.statistics.reduce import KEY_YEARS, bands, yearly
from results.store.keeping import rewriting
from results.store.reading import declared_outcomes, is_sweep, manifest, read
from results.words.numbers import number
from results.words.outcomes import Words
from results.words.shown import KEY_OUTCOMES


def key_outcomes(series: pd.DataFrame, words: Words) -> Part:
    """Return the table of key outcomes: mean and 10-90% over replicates at a few years."""
    band = bands(yearly(series, words, KEY_OUTCOMES))
    recorded = set(band["year"])
    at = {(row["outcome"], row["year"]): row for row in band.to_dict("records")}
    years = [year for year in KEY_YEARS if year in recorded] or sorted(recorded)[-1:]
    rows: list[list[str | Cell]] = []
    for outcome in KEY_OUTCOMES:
        if not any((outcome, year) in at for year in years):
            continue
        called = words[outcome]
        cells: list[Cell] = []
        for year in years:
            row = at.get((outcome, year))
            span = f"{number(row['low'])} to {number(row['high'])}" if row else ""
            cells.append(Cell(number(row["mean"] if row else None), span))
        rows.append([called.with_unit, *cells])
    return Part(
        "Key outcomes",
        rows,
        ["Outcome (unit)", *map(str, years)],
        "Mean over replicates; in small print the 10-90% range of the replicates. "
        f"{words.of_years}",
        numbers=True,
    )


def _replicates(runs: pd.DataFrame) -> Part:
    done = runs[runs["status"] == "done"] if "status" in runs else runs
    seeds = sorted(int(seed) for seed in done["seed"]) if "seed" in done else []
    gapless = bool(seeds) and seeds == list(range(seeds[0], seeds[0] + len(seeds)))
    listed = (
        f"{seeds[0]} to {seeds[-1]}" if gapless and len(seeds) > 1 else ", ".join(map(str, seeds))
    )
    rows = [["Replicates", str(len(done))], ["Seeds", listed or "–"]]
    failed = runs[runs["status"] != "done"] if "status" in runs else runs.iloc[:0]
    if len(failed):
        reasons = ", ".join(sorted({str(r) for r in failed.get("reason", pd.Series()).dropna()}))
        rows.append(["Failed runs (left out)", f"{len(failed)}: {reasons}"])
    return Part("Replicates and seeds", rows)


def summary_nl(about: Mapping[str, Any], series: pd.DataFrame, words: Words) -> list[str]:
    """Return the summary in Dutch: what was run, and how key outcomes changed."""
    runs = int(series["run_id"].nunique())
    times = "één herhaling" if runs == 1 else f"{runs} herhalingen"
    lines = [
        f"Dit verslag beschrijft {name_of(about) or 'een run'}: hoe samenwerking in de "
        f"eerstelijnszorg zich in het model ontwikkelt, over {times}. Tussen haakjes staat waar "
        "80% van de herhalingen ligt (10-90%). Voorraden gelden aan het eind van het jaar."
    ]
    for outcome in SUMMARY_NL:
        band = bands(yearly(series, words, [outcome]))
        if band.empty:
            continue
        first, last = band.iloc[0], band.iloc[-1]
        called = words[outcome]
        low, high = number(last["low"], "nl"), number(last["high"], "nl")
        lines.append(
            f"{called.dutch}: gemiddeld {number(first['mean'], 'nl')} in {first['year']} en "
            f"{number(last['mean'], 'nl')} in {last['year']} ({low} tot {high})"
            f"{called.unit_nl}."
        )
    return lines


def write_report(
    folder: Path | str, edges: pd.DataFrame | None = None, save_figures: bool = True
) -> Path:
    """Write ``report.html`` in the folder of a run or a sweep, and its figures in ``figures/``.

    Args:
        folder: folder with manifest.json, series and runs, and whatever other tables there are.
        edges: borders of municipalities, columns a and b; without, from their table.
        save_figures: write the figures as files as well.

    Returns:
        The report's path.
    """
    folder = Path(folder)
    about = manifest(folder)
    with rewriting(folder, *REWRITTEN):
        if is_sweep(about):
            return write_sweep_report(folder, save_figures)
        return _write(folder, about, edges, save_figures)


def _write(
    folder: Path, about: Mapping[str, Any], edges: pd.DataFrame | None, save_figures: bool
) -> Path:
    """Write the report of a run."""
    series, words = read(folder, "series"), Words(declared_outcomes(folder))
    shown = illustrate(folder, edges)
    shown = save_all(shown, folder) if save_figures else shown
    parts = [
        Part("Scenario", flat(about.get("scenario") or {})),
        _replicates(read_if_there(folder, "runs")),
        key_outcomes(series, words),
        *provenance(about),
        Part("From the manifest", flat(rest_of(about)), place="end"),
    ]
    title = f"Primary care collaboration: {name_of(about) or folder.name}"
    return write_page(folder / REPORT, title, summary_nl(about, series, words), parts, shown)
