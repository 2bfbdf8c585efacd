"""The report of one run, or of a sweep: one HTML file that opens offline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from results.figures.drawing import Hands
from results.reports.about import flat, name_of, rest_of
from results.reports.alone import alone
from results.reports.declared import REPORT, REWRITTEN, SUMMARY, closing
from results.reports.illustrations import illustrate, read_if_there, save_all
from results.reports.page import Card, Cell, Illustration, Part, Report, write_page
from results.reports.story import story_part
from results.statistics.headline import headlines
from results.statistics.modality import groups_of
from results.statistics.reduce import KEY_YEARS, bands, replicates, yearly
from results.store.keeping import rewriting
from results.store.reading import declared_outcomes, is_sweep, outcome_of, read
from results.words.dates import spoken_date
from results.words.numbers import number, span
from results.words.outcomes import Words
from results.words.shown import KEY_OUTCOMES
from results.words.texts import say


@alone
def write_report(
    folder: Path | str,
    edges: pd.DataFrame | None = None,
    save_figures: bool = True,
    language: str = "en",
    hands: Hands | None = None,
) -> Path:
    """Write ``report.html`` in the folder of a run or a sweep, and its figures in ``figures/``.

    Args:
        folder: folder with manifest.json, series and runs, and whatever other tables there are.
        edges: borders of municipalities, columns a and b; without, from their table.
        save_figures: write the figures as files as well.
        language: of the report and the figures, ``en`` or ``nl``.
        hands: who draws the files of figures beside this process; without, all is drawn here.

    Returns:
        The report's path.
    """
    folder = Path(folder)
    about = outcome_of(folder)
    with rewriting(folder, *REWRITTEN):
        if is_sweep(about):
            from results.reports.sweep import write_sweep_report  # here: a run has no use for it

            return write_sweep_report(folder, save_figures, language, hands)
        found = illustrate(folder, edges, language)
        shown = save_all(found, folder, hands) if save_figures else list(found)
        return write_page(folder / REPORT, _report(folder, about, shown, language))


def _report(
    folder: Path, about: Mapping[str, Any], shown: Sequence[Illustration], language: str
) -> Report:
    series, words = read(folder, "series"), Words(declared_outcomes(folder))
    runs = read_if_there(folder, "runs")
    many = replicates(series)
    found = headlines(series, words, language)
    key = "run.about_many" if many > 1 else "run.about_one"
    year = found[0].year if found else 0
    cards = [
        Card(one.name, number(one.mean, language),
             one.unit if one.unit.lower() not in one.name.lower() else "",
             span(one.low, one.high, language) if many > 1 else "")
        for one in found
    ]  # fmt: skip
    return Report(
        name=name_of(about, language) or folder.name,
        kind=say("run.kind", language),
        facts=_facts(about, runs, language),
        cards=cards,
        about=say(key, language, runs=many, year=year) if cards else "",
        summary=summary(about, series, words, language),
        parts=[
            key_part(series, words, language),
            Part(say("page.figures", language), figures=shown),
            *story_part(folder, language),
            *all_part(series, words, language),
            Part(
                say("run.scenario", language),
                flat(about.get("scenario") or {}),
                text=say("page.manifest_text", language),
                folded=True,
            ),
            *closing(about, rest_of(about), language),
        ],
        language=language,
    )


def _facts(about: Mapping[str, Any], runs: pd.DataFrame, language: str) -> list[tuple[str, str]]:
    """Return what was run: names and values."""
    scenario = about.get("scenario") or {}
    rows = [(name, scenario.get(name)) for name in ("region", "regime", "package", "settings")]
    if about.get("rules_file"):
        rows.append(("rules", about["rules_file"]["file"]))
    found = [(say(f"run.{name}", language), _listed(value)) for name, value in rows if value]
    if scenario.get("from"):
        first, last = (spoken_date(str(scenario[key]), language) for key in ("from", "to"))
        found.append((say("run.years", language), f"{first} – {last}"))
    return [*found, *_replicates(runs, language)]


def _listed(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={one}" for key, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _replicates(runs: pd.DataFrame, language: str) -> list[tuple[str, str]]:
    done = runs[runs["status"] == "done"] if "status" in runs else runs
    seeds = sorted(int(seed) for seed in done["seed"]) if "seed" in done else []
    gapless = len(seeds) > 1 and seeds == list(range(seeds[0], seeds[0] + len(seeds)))
    listed = f"{seeds[0]}–{seeds[-1]}" if gapless else ", ".join(map(str, seeds)) or "–"
    key = "run.seeds" if len(seeds) > 1 else "run.seed"
    said = say(key, language, count=len(done), seeds=listed)
    rows = [(say("run.replicates", language), said)]
    failed = runs[runs["status"] != "done"] if "status" in runs else runs.iloc[:0]
    if len(failed):
        reasons = ", ".join(sorted({str(r) for r in failed.get("reason", pd.Series()).dropna()}))
        said = say("run.reasons", language, count=len(failed), reasons=reasons)
        rows.append((say("run.failed", language), said))
    return rows


def summary(
    about: Mapping[str, Any], series: pd.DataFrame, words: Words, language: str
) -> list[str]:
    """Return the summary: what was run, and how a few outcomes changed."""
    many = replicates(series)
    key = "run.many_times" if many > 1 else "run.one_time"
    times = say(key, language, count=many)
    name = name_of(about, language) or say("run.a_run", language)
    said = say("run.summary", language, name=name, times=times)
    lines = [f"{said} {say('run.summary_band', language)}" if many > 1 else said]
    found = bands(yearly(series, words, SUMMARY))
    for outcome in SUMMARY:
        band = found[found["outcome"] == outcome]
        if band.empty:
            continue
        first, last = band.iloc[0], band.iloc[-1]
        called = words[outcome]
        cuts = {"first": first["mean"], "last": last["mean"], "low": last["low"],
                "high": last["high"]}  # fmt: skip
        lines.append(
            say(
                "run.changed_many" if many > 1 else "run.changed_one",
                language,
                name=called.label(language),
                unit=called.unit_after(language),
                **{"from": int(first["year"]), "to": int(last["year"])},
                **{key: number(value, language) for key, value in cuts.items()},
            )
        )
    return lines


def key_part(series: pd.DataFrame, words: Words, language: str) -> Part:
    """Return the table of key outcomes: mean and 10-90% over replicates at a few years."""
    values = yearly(series, words, KEY_OUTCOMES)
    band = bands(values)
    recorded = set(band["year"])
    at = {(row["outcome"], row["year"]): row for row in band.to_dict("records")}
    years = [year for year in KEY_YEARS if year in recorded] or sorted(recorded)[-1:]
    many, rows, split = replicates(series), [], []
    for outcome in KEY_OUTCOMES:
        if not any((outcome, year) in at for year in years):
            continue
        called = words[outcome]
        cells: list[str | Cell] = [called.label_with_unit(language)]
        for year in years:
            row = at.get((outcome, year))
            mine = values[(values["outcome"] == outcome) & (values["year"] == year)]
            cells.append(_cell(row, mine["value"], many, language))
        rows.append(cells)
        if any(isinstance(cell, Cell) and "\n" in cell.band for cell in cells):
            split.append(called.label(language))
    key = "run.key_many" if many > 1 else "run.key_one"
    names = ", ".join(split)
    return Part(
        say("run.key", language),
        rows,
        [say("page.outcome", language), *map(str, years)],
        say(key, language, years=words.of_years(language)),
        say("run.groups_text", language, names=names) if split else "",
        numbers=True,
    )


def _cell(row: Mapping[Any, Any] | None, values: pd.Series, many: int, language: str) -> Cell:
    """Return the mean of one outcome and year, its band, and its groups where there are two."""
    if row is None:
        return Cell(number(None))
    notes = [span(row["low"], row["high"], language)] if many > 1 else []
    groups = groups_of(values.to_numpy(dtype=float))
    if groups is not None:
        low, high = (number(mean, language) for mean in (groups.low, groups.high))
        counts = {"low_count": groups.low_count, "high_count": groups.high_count}
        notes.append(say("run.groups", language, low=low, high=high, **counts))
    mean = float(row["mean"])
    return Cell(number(mean, language), "\n".join(notes), mean)


def all_part(series: pd.DataFrame, words: Words, language: str) -> list[Part]:
    """Return every outcome in the last year, folded; nothing where none was recorded."""
    band = bands(yearly(series, words))
    if band.empty:
        return []
    many, last = replicates(series) > 1, int(band["year"].max())
    rows: list[list[str | Cell]] = []
    known = band[band["year"] == last].set_index("outcome").to_dict("index")
    for outcome in (str(name) for name in series["outcome"].drop_duplicates()):
        if outcome not in known:
            continue
        row = known[outcome]
        cells: list[str | Cell] = [words[outcome].label_with_unit(language)]
        shown = ("mean", "median") if many else ("mean",)
        cells += [Cell(number(row[name], language), order=float(row[name])) for name in shown]
        if many:
            cells.append(span(row["low"], row["high"], language))
        rows.append(cells)
    heads = ("mean", "median", "band") if many else ("value",)
    return [
        Part(
            say("run.all", language, year=last),
            rows,
            [say("page.outcome", language), *(say(f"run.{name}", language) for name in heads)],
            words.of_years(language),
            folded=True,
            numbers=True,
        )
    ]
