"""The tables of a sweep's report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from results.reports.page import Cell, Part
from results.statistics.clustered import as_table
from results.statistics.compare import NOTE
from results.statistics.effects import Arms, Contrast, by_group
from results.statistics.ensemble import Ensemble
from results.statistics.modality import CHANCE, LEAST, Modality, modality
from results.statistics.replication import (
    ABOUT_ZERO,
    EPSILON,
    NOT_REACHED,
    Needed,
    replicates_needed,
)
from results.statistics.replication import LEAST as FEWEST
from results.words.numbers import number

SETTINGS = 3
"""Settings of an alternative that are shown."""
WIDE = 5
"""Columns of numbers that fit beside the names of outcomes."""
REASONS = 12
"""Reasons of failed runs that are listed."""
Row = list[str | Cell]


def span(factor: Mapping[str, Any]) -> str:
    """Return the values or the range of a factor in words."""
    values = factor.get("values")
    if values:
        return ", ".join(number(v) if _is_number(v) else str(v).lower() if isinstance(v, bool)
                         else str(v) for v in values)  # fmt: skip
    low, high = factor.get("low"), factor.get("high")
    return "–" if low is None and high is None else f"{number(low)} to {number(high)}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _meaning(factor: Mapping[str, Any]) -> str:
    """Return what a factor is, and what it sets where that is not its name."""
    text = str(factor.get("text") or "")
    keys = factor.get("keys") or []
    if factor.get("alternatives"):
        many = [f"{value} sets {_some(texts)}" for value, texts in factor["alternatives"].items()]
        return f"{text} ({'; '.join(many)})".strip()
    if keys and keys != [factor.get("name")]:
        return f"{text} (sets {', '.join(keys)})".strip()
    return text or "–"


def _some(settings: Sequence[str]) -> str:
    """Return the first few settings in words."""
    rest = len(settings) - SETTINGS
    shown = ", ".join(settings[:SETTINGS]) or "nothing"
    return f"{shown} and {rest} more (see the manifest)" if rest > 0 else shown


def design_parts(about: Mapping[str, Any], points: pd.DataFrame) -> list[Part]:
    """Return the question, the design and its arms.

    Args:
        about: the manifest of a sweep.
        points: its table of points, a row per arm and row of the design.
    """
    design = about.get("design") or {}
    seeds = about.get("seeds") or []
    arms = [", ".join(str(arm[k]) for k in ("region", "regime", "package") if arm.get(k))
            for arm in about.get("arms") or []]  # fmt: skip
    rows = [
        ["Design", str(design.get("kind", "–"))],
        ["Arms (region, regime, package)", "; ".join(arms) or "–"],
        ["Points, over all arms", number(points["point"].nunique())],
        ["Replicates per point", str(about.get("replicates", "–"))],
        ["Seeds", f"{seeds[0]} to {seeds[-1]}, the same in every point" if seeds else "–"],
        ["Runs", number(about.get("runs"))],
    ]
    if len(points) > points["point"].nunique():
        rows.insert(3, ["Rows of the design", f"{number(len(points))}; rows alike are run once"])
    factors = [
        [str(one.get(key) or "–") for key in ("name", "role")]
        + [span(one), str(one.get("unit") or "–"), str(one.get("distribution") or "–")]
        + [str(one.get("source") or "–"), _meaning(one)]
        for one in about.get("factors") or []
    ]
    head = ["Factor", "Role", "Values or range", "Unit", "Distribution", "Source", "What it is"]
    text = " ".join(str(about[key]) for key in ("question", "text") if about.get(key))
    return [
        Part("Question", text=text or "The experiment states no question."),
        Part("Design", rows),
        Part("Factors", factors, head, "" if factors else "Nothing is varied but arms and seeds."),
    ]


def failed_part(many: Ensemble | None, failed: pd.DataFrame) -> list[Part]:
    """Return how many runs failed and why; nothing where none did."""
    if failed.empty:
        return []
    counts = failed["reason"].fillna("no reason given").astype(str).value_counts()
    rows = [[reason, str(count)] for reason, count in counts.head(REASONS).items()]
    if len(counts) > REASONS:
        rest = int(counts.iloc[REASONS:].sum())
        rows.append([f"{len(counts) - REASONS} other reasons", str(rest)])
    done = 0 if many is None else len(many.runs)
    text = f"{len(failed)} of {len(failed) + done} runs failed and are left out of every number. "
    if "point" in failed:
        worst = failed["point"].value_counts()
        text += f"They lie at {len(worst)} points, most of them at point {worst.index[0]} "
        text += f"({worst.iloc[0]}): what fails together may hide what the others show."
    return [Part("Failed runs", [list(map(str, row)) for row in rows], ["Reason", "Runs"], text)]


def inert_part(about: Mapping[str, Any]) -> list[Part]:
    """Return the factors that moved no recorded outcome in a probe; nothing where all did."""
    names, unknown = about.get("inert") or [], about.get("not_probed") or []
    if not names:
        return []
    text = (
        "In a probe before the sweep these moved no recorded outcome. What they show below is "
        f"chance. Probed: {about.get('probed') or 'the manifest does not say how'}."
    )
    if unknown:
        text += f" Not probed: {', '.join(map(str, unknown))}."
    return [Part("Factors that moved nothing", [[str(name), ""] for name in names], text=text)]


def outcomes_part(many: Ensemble, arms: Arms) -> list[Part]:
    """Return median and 10-90% of each outcome in the last year, per arm."""
    parts = []
    for start in range(0, len(arms.names), WIDE):
        chosen = range(start, min(start + WIDE, len(arms.names)))
        rows: list[Row] = []
        for place, outcome in enumerate(many.outcomes):
            cuts = by_group(many.values[:, place], arms.of_run, len(arms.names))
            cells = [
                Cell(number(cuts[k, 1]), f"{number(cuts[k, 0])} to {number(cuts[k, 2])}")
                for k in chosen
            ]
            rows.append([many.words[outcome].with_unit, *cells])
        more = f" (arms {start + 1} to {chosen[-1] + 1})" if len(arms.names) > WIDE else ""
        text = (
            "Median over all points and seeds; in small print the 10-90% range, which holds "
            "what the factors do and chance together."
        )
        head = ["Outcome (unit)", *(arms.names[k] for k in chosen)]
        parts.append(Part(f"Outcomes at the end of {many.year}{more}", rows, head, text,
                          numbers=True))  # fmt: skip
    return parts


def effects_parts(
    many: Ensemble, effects: pd.DataFrame, contrasts: Sequence[Contrast]
) -> list[Part]:
    """Return the main effects: outcomes down, contrasts across, with intervals over seeds."""
    if effects.empty:
        return []
    at = {(row["contrast"], row["outcome"]): row for row in effects.to_dict("records")}
    seeds = int(effects["seeds"].max())
    text = (
        "Highest level minus lowest, or highest tenth of the points minus lowest; words and arms "
        f"minus the first. Averaged over everything else, at the end of {many.year}. "
    )
    if seeds < 2:
        text += "With one seed there is no interval over seeds. "
    else:
        text += f"In small print the 95% interval over {seeds} seeds. {NOTE} "
    if any(one.tenths for one in contrasts):
        text += (
            "About: the middle of a tenth. Points ±: two standard errors from which points fell "
            "into a tenth, where other factors vary too; an effect smaller than that may be theirs."
        )
    parts = []
    wide = -(-len(contrasts) // -(-len(contrasts) // WIDE))  # as many in each table
    for start in range(0, len(contrasts), wide):
        chosen = list(enumerate(contrasts))[start : start + wide]
        rows: list[Row] = []
        for outcome in many.outcomes:
            cells: list[str | Cell] = [many.words[outcome].with_unit]
            for place, _ in chosen:
                cells.append(_effect_cell(at[place, outcome]))
            rows.append(cells)
        # A space without width, so that the name of a design can be broken.
        called = [f"{one.factor}: {one.text}".replace("/", "/\u200b") for _, one in chosen]
        head = ["Outcome (unit)", *called]
        more = f" ({start // wide + 1})" if len(contrasts) > wide else ""
        parts.append(Part(f"Main effects{more}", rows, head, text if not start else "",
                          numbers=True))  # fmt: skip
    return parts


def _effect_cell(row: Mapping[Any, Any]) -> Cell:
    notes = []
    if row["seeds"] >= 2:
        notes.append(f"{number(row['low'])} to {number(row['high'])}")
    if not pd.isna(row["points_error"]):
        notes.append(f"points ±{number(row['points_error'])}")
    return Cell(number(row["difference"]), "\n".join(notes))


def samples_of(many: Ensemble, outcome: str) -> NDArray[np.float64]:
    """Return the replicates of every point, shape (points, replicates), in the outcome's unit."""
    values = many.values[:, many.outcomes.index(outcome)]
    point = many.runs["point"].to_numpy(dtype=np.int64)
    return as_table(values, point, many.runs["replicate"].to_numpy(dtype=np.int64))


def judge(many: Ensemble) -> dict[str, tuple[Needed, Modality]]:
    """Return per outcome what its replicates say at every point."""
    found = {}
    for outcome in many.outcomes:
        table = samples_of(many, outcome)
        found[outcome] = (replicates_needed(table), modality(table))
    return found


def replicates_part(
    many: Ensemble, judged: Mapping[str, tuple[Needed, Modality]], keys: Sequence[str]
) -> Part:
    """Return how many replicates would do per outcome, and whether there are enough."""
    given = int(many.about.get("replicates") or 0)
    title = "Replicates, and how many would do"
    if all((needed.seen < FEWEST).all() for needed, _ in judged.values()):
        text = f"Fewer than {FEWEST} replicates per point: how many would do cannot be said."
        return Part(title, text=text)
    rows: list[Row] = []
    short, unknown = [], []
    for outcome, (needed, _) in judged.items():
        answers = needed.replicates[needed.replicates > 0]
        known = needed.cv[np.isfinite(needed.cv)]
        unsettled = int((needed.verdict == NOT_REACHED).sum())
        middle = number(float(np.median(answers))) if len(answers) else "–"
        most = f"at most {answers.max()}" if len(answers) else ""
        if unsettled and outcome in keys:
            short.append(many.words[outcome].english)
        zero = int((needed.verdict == ABOUT_ZERO).sum())
        if zero and outcome in keys:
            unknown.append(many.words[outcome].english)
        rows.append(
            [
                many.words[outcome].english,
                number(float(np.median(known))) if len(known) else "–",
                Cell(middle, most),
                f"{len(answers)} of {len(needed.seen)}",
                str(unsettled),
                str(zero),
            ]
        )
    head = ["Outcome", "Coefficient of variation", "Would do", "Points with an answer",
            "Not reached", "Mean not told from 0"]  # fmt: skip
    enough = (
        f"By this rule {given} replicates are enough for the key outcomes at every point."
        if not short
        else f"By this rule {given} replicates are too few, somewhere, for: {', '.join(short)}."
    )
    if unknown:
        enough = "" if not short else f"{enough} "
        enough += "No answer, because the mean cannot be told from zero, somewhere for: "
        enough += f"{', '.join(unknown)}."
    text = (
        "Per point: the least number of replicates from which the coefficient of variation "
        f"differs by less than {EPSILON} from that of every larger number (Lee et al. 2015, JASSS "
        "18(4) 4); the median over points, in small print the largest. Not reached: it still "
        "moves, or fewer replicates lie beyond it than it has. Mean not told from 0: within two "
        f"standard errors of it, where the coefficient means nothing. {enough}"
    )
    return Part(title, rows, head, text, numbers=True)


def modes_part(many: Ensemble, judged: Mapping[str, tuple[Needed, Modality]]) -> Part:
    """Return at how many points the replicates of an outcome fall into two groups."""
    title = "Replicates in two groups"
    tested = {outcome: int(found.tested.sum()) for outcome, (_, found) in judged.items()}
    if not any(tested.values()):
        return Part(title, text=f"Fewer than {LEAST} replicates per point: it was not judged.")
    rows: list[Row] = []
    for outcome, (_, found) in judged.items():
        flagged = int(found.flagged.sum())
        if not flagged:
            continue
        share = float(np.nanmedian(np.minimum(found.above, 1 - found.above)))
        rows.append(
            [
                many.words[outcome].english,
                f"{flagged} of {tested[outcome]}",
                number(tested[outcome] * CHANCE),
                f"{100 * share:.0f}%",
            ]
        )
    rows.sort(key=lambda row: -int(str(row[1]).split()[0]))
    head = ["Outcome", "Points flagged", "By chance at most", "Smaller group (median)"]
    text = (
        "Points whose replicates fall into two groups, which mean and standard deviation do not "
        "describe: a density with a valley a third lower than the lower of its peaks, and a "
        f"tenth of the replicates on either side. Of samples of one group up to {100 * CHANCE:g}% "
        "are flagged, far fewer of most shapes."
    )
    if not rows:
        text += f" None of {sum(tested.values())} samples was flagged."
    return Part(title, rows, head if rows else (), text, numbers=True)
