"""The report on two runs that were paired by seed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from results.figures import run as draw
from results.figures.dates import policy_marks
from results.reports.about import rest_of, unlike
from results.reports.alone import alone
from results.reports.declared import REPORT, cite_part, manifest_part
from results.reports.differences import Sides, cards, cards_note, forest, paired_parts, summary
from results.reports.illustrations import save_all
from results.reports.page import Illustration, Part, Report, write_page
from results.statistics.compare import Side, paired
from results.store.reading import declared_outcomes, manifest, read
from results.words.outcomes import Words
from results.words.texts import say


def _short(about: Mapping[str, Any], other: Mapping[str, Any], folder: Path) -> str:
    """Return the shortest name that tells a run from the other."""
    for key in ("regime", "region", "package", "name"):
        one, two = ((m.get("scenario") or {}).get(key) for m in (about, other))
        if one and one != two:
            return str(one)
    return folder.name


def differs_part(about_a: Mapping[str, Any], about_b: Mapping[str, Any], sides: Sides) -> Part:
    """Return in what of what was asked two manifests differ."""
    rows = unlike(about_a, about_b)
    text = sides.say("differs_text" if rows else "differs_none")
    return Part(sides.say("differs"), rows, [sides.say("asked"), sides.a, sides.b], text)


@alone
def write_comparison(
    folder: Path | str,
    run_a: Path | str,
    run_b: Path | str,
    label_a: str = "",
    label_b: str = "",
    at: str | int = "last year",
    language: str = "en",
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
    sides = Sides(label_a, label_b, language)
    shown = [
        Illustration(
            "comparison",
            draw.comparison(
                a.series,
                b.series,
                words,
                label_a,
                label_b,
                dates=policy_marks(about_a, about_b, language=language),
                table=table,
                language=language,
            ),
            sides.say("figure_both"),
            sides.say("figure_both_alt"),
        ),
        forest(table, words, sides, "paired_differences"),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    seeds = str(int(table["n"].max())) if len(table) else "0"
    report = Report(
        name=sides.say("name"),
        kind=sides.say("kind"),
        facts=[
            (sides.say("first"), label_a),
            (sides.say("second"), label_b),
            (sides.say("pairs"), seeds),
            (sides.say("compared"), ", ".join(sorted({str(year) for year in table["year"]}))),
        ],
        cards=cards(table, words, sides),
        about=cards_note(table, sides),
        summary=summary(table, words, sides),
        parts=[
            *paired_parts(table, words, sides),
            Part(say("page.figures", language), figures=save_all(shown, folder)),
            differs_part(about_a, about_b, sides),
            *cite_part([about_a, about_b], language),
            *(manifest_part(rest_of(about), say("page.manifest_of", language, name=name), language)
              for name, about in ((label_a, about_a), (label_b, about_b))),
        ],
        language=language,
    )  # fmt: skip
    return write_page(folder / REPORT, report)
