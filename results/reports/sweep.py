"""The report of a sweep: one HTML file that opens offline."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from results.reports.about import flat
from results.reports.declared import REPORT, SUMMARY_NL, provenance
from results.reports.illustrations import save_all
from results.reports.page import Illustration, Part, write_page
from results.reports.sweep_illustrations import (
    FACTORS,
    factor_figures,
    heat_maps,
    over_time,
    overview,
    ranked,
    shown_outcomes,
    two_groups,
)
from results.reports.sweep_parts import (
    design_parts,
    effects_parts,
    failed_part,
    inert_part,
    judge,
    modes_part,
    outcomes_part,
    replicates_part,
)
from results.statistics.effects import Arms, Contrast, arms_of, axis_of, contrasts, main_effects
from results.statistics.ensemble import Ensemble, bands_by_arm, ensemble, years_of
from results.statistics.modality import Modality
from results.statistics.replication import Needed
from results.store.reading import manifest, read
from results.words.numbers import number

APART = (
    "factors",
    "arms",
    "assumed",
    "stale",
    "question",
    "text",
    "inert",
    "probed",
    "kind",
    "cite",
)
"""Entries of a manifest that have a section of their own."""


def write_sweep_report(folder: Path | str, save_figures: bool = True) -> Path:
    """Write ``report.html`` in a sweep's folder, and its figures in ``figures/``.

    Args:
        folder: the folder of a finished sweep.
        save_figures: write the figures as files as well.

    Returns:
        The report's path.
    """
    folder = Path(folder)
    about = manifest(folder)
    name = str(about.get("name") or folder.name)
    footnote = f"{name}, sweep {str(about.get('id') or '')[:10]}"
    parts = design_parts(about, read(folder, "points"))
    shown: list[Illustration] = []
    if years_of(folder):
        many = ensemble(folder)
        lines, more, shown = _results(many, footnote)
        parts += more
    else:
        failed = read(folder, "runs")
        lines = [f"Dit verslag beschrijft de sweep {name}: alle {len(failed)} runs zijn mislukt."]
        parts += failed_part(None, failed)
    shown = save_all(shown, folder) if save_figures else shown
    parts += [
        *provenance(about),
        Part(
            "From the manifest",
            flat({key: value for key, value in about.items() if key not in APART}),
            place="end",
        ),
    ]
    title = f"Primary care collaboration: {name}"
    return write_page(folder / REPORT, title, lines, parts, shown)


def _results(many: Ensemble, footnote: str) -> tuple[list[str], list[Part], list[Illustration]]:
    """Return the Dutch summary, the tables and the figures of finished runs."""
    arms = arms_of(many)
    entries = [one for one in many.about.get("factors") or [] if one.get("name") in many.factors]
    axes = [axis_of(many, one) for one in entries]
    levers = [axis for axis, one in zip(axes, entries, strict=True) if one.get("role") == "lever"]
    chosen = contrasts(many, axes, arms)
    effects = main_effects(many, chosen)
    judged = judge(many)
    keys = shown_outcomes(many)
    parts = [
        replicates_part(many, judged, keys),
        *failed_part(many, many.failed),
        *inert_part(many.about),
        *outcomes_part(many, arms),
        *effects_parts(many, effects, chosen),
        modes_part(many, judged),
    ]
    bands = bands_by_arm(many, keys, arms.of_run)
    drawn = ranked(levers or axes, effects, chosen)
    shown = [over_time(many, bands, arms, footnote)]
    shown += overview(many, effects, chosen, footnote)
    shown += factor_figures(many, drawn[:FACTORS], arms, footnote, (effects, chosen))
    valued = [axis for axis in levers if not axis.tenths and len(axis.names) > 1]
    if len(valued) > 1:
        shown += heat_maps(many, (valued[0], valued[1]), arms, footnote)
    shown += two_groups(many, judged, footnote)
    return summary_nl(many, arms, effects, chosen, judged), parts, shown


def summary_nl(
    many: Ensemble,
    arms: Arms,
    effects: pd.DataFrame,
    chosen: Sequence[Contrast],
    judged: Mapping[str, tuple[Needed, Modality]],
) -> list[str]:
    """Return the summary in Dutch: what was varied, what came out, what weighs most."""
    about = many.about
    count, failed = len(many.runs), len(many.failed)
    words = ", ".join(many.factors) or "alleen de armen"
    lines = [
        f"Dit verslag beschrijft de sweep {about.get('name') or many.folder.name}: "
        f"{number(count, 'nl')} runs van een model van samenwerking in de eerstelijnszorg, over "
        f"{len(arms.names)} {'arm' if len(arms.names) == 1 else 'armen'}, "
        f"{number(many.runs['point'].nunique(), 'nl')} punten en "
        f"{many.runs['seed'].nunique()} seeds. Gevarieerd: {words}. Tussen haakjes staat waar 80% "
        "van de runs ligt (10-90%), over alle punten en seeds.",
    ]
    if failed:
        lines.append(f"{number(failed, 'nl')} runs zijn mislukt en niet meegeteld.")
    for outcome in [name for name in SUMMARY_NL if name in many.outcomes] or many.outcomes[:5]:
        lines += _outcome_nl(many, arms, outcome)
    lines += _weighs_most_nl(many, effects, chosen)
    flagged = [many.words[o].dutch for o, (_, found) in judged.items() if found.flagged.any()]
    if flagged:
        lines.append(
            "Herhalingen van eenzelfde punt vallen soms in twee groepen uiteen, zodat een "
            f"gemiddelde ze niet beschrijft: {', '.join(flagged)}."
        )
    if about.get("inert"):
        names = ", ".join(map(str, about["inert"]))
        lines.append(f"In een proef vooraf deden deze factoren niets: {names}.")
    return lines


def _outcome_nl(many: Ensemble, arms: Arms, outcome: str) -> list[str]:
    column = many.values[:, many.outcomes.index(outcome)]
    called, said = many.words[outcome], []
    for place, name in enumerate(arms.names[:4]):
        mine = column[(arms.of_run == place) & np.isfinite(column)]
        if len(mine):
            low, middle, high = (number(cut, "nl") for cut in np.quantile(mine, [0.1, 0.5, 0.9]))
            arm = f"{name} " if len(arms.names) > 1 else ""
            said.append(f"{arm}{middle} ({low} tot {high})")
    if not said:
        return []
    return [f"{called.dutch}, mediaan in {many.year}: {'; '.join(said)}{called.unit_nl}."]


def _weighs_most_nl(many: Ensemble, effects: pd.DataFrame, chosen: Sequence[Contrast]) -> list[str]:
    """Return per outcome of the summary the factor whose effect is largest."""
    lines = []
    for outcome in [name for name in SUMMARY_NL if name in many.outcomes][:3]:
        rows = effects[effects["outcome"] == outcome] if len(effects) else effects
        known = [row for row in rows.to_dict("records") if np.isfinite(row["effect"])]
        if not known:
            continue
        called = many.words[outcome]
        # An interval that holds zero says nothing of which is largest; one seed gives no interval.
        known = [row for row in known if not row["low"] <= 0.0 <= row["high"]]
        if not known:
            lines.append(f"Voor {called.dutch.lower()} is van geen factor een verschil te zien.")
            continue
        row = max(known, key=lambda row: abs(row["effect"]))
        contrast = chosen[int(row["contrast"])]
        interval = ""
        if np.isfinite(row["low"]):
            low, high = number(row["low"], "nl"), number(row["high"], "nl")
            interval = f" ({low} tot {high}, 95%-interval over seeds)"
        factor = "de arm" if contrast.factor == "arm" else contrast.factor
        text = re.sub(r"(\d)\.(\d)", r"\1,\2", contrast.text.replace("about", "ongeveer"))
        lines.append(
            f"Het meest weegt voor {called.dutch.lower()} {factor} ({text}): verschil "
            f"{number(row['difference'], 'nl')}{interval}."
        )
    return lines
