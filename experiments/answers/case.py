"""The business case of a region: archetypal forms, what each costs, and what is needed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from agents.words import Function, Group
from experiments.answers.case_tables import tables_of
from experiments.answers.costing import FACILITY, Line, People, lines_of, people_of
from experiments.answers.declared import CaseFile, Form, case_file
from experiments.answers.payers import titles_for
from experiments.runs.arguments import Argument, BadArgument, check_language, whole_number
from experiments.runs.manifest import manifest_of
from experiments.runs.quarters import LAST_YEAR
from experiments.runs.scenario import Scenario
from results.reports.business import write_case
from results.reports.crate import Made, write_crate
from results.statistics.business import Case, delivered_of, paid_of
from results.store.folder import RunFolder
from results.store.manifests import BUSINESS_CASE
from results.store.reading import has_table, is_sweep, outcome_of, read
from results.store.schema import FIRST_YEAR, QUARTERS
from sim.reading.dates import tick_of

MILLION = 1e6
OWN = "own means"
"""Who pays where no title does: the party itself, from contributions of its members."""


def business_case(
    region: str,
    *,
    regime: str = "historic-nl",
    year: int = 2022,
    packages: tuple[str, ...] = (),
    settings: Mapping[str, Any] | tuple[str, ...] = (),
    run: Path | str | None = None,
    out: Path | str | None = None,
    language: str = "en",
) -> Case:
    """Return what archetypal forms of organisation cost in a region, and what is needed.

    No run is made: the cost functions of the model are applied to the region's inhabitants of
    2022, per function and patient group, at full support.

    Args:
        region: a shipped region, a folder, or ``synthetic:MUNICIPALITIES:SEED``.
        regime: whose titles pay.
        year: in which they do.
        packages: files that override policy.
        settings: parameters and title keys, as of ``Scenario``.
        run: folder of a run: who delivers in it, and what its titles paid.
        out: a new or empty folder for report, tables as CSV and Parquet, figure and manifest.
        language: of the report, ``en`` or ``nl``.

    Raises:
        BadInput: an argument cannot be used.
        StoreRefused: the folder of the run cannot be read.
        FolderRefused: ``out`` cannot take it.
    """
    check_language(Argument("language", language))
    year = whole_number(
        Argument("year", year), FIRST_YEAR, high=LAST_YEAR, allowed=f"{FIRST_YEAR} to {LAST_YEAR}"
    )
    scenario = Scenario(
        region, regime, packages=packages, settings=settings, start=f"{year}Q1", end=f"{year}Q4"
    )
    scenario.check()
    began = time.time()
    target = None if out is None else RunFolder(out, "a business case")
    found = case_of(scenario, year, None if run is None else Path(run))
    if target is not None:
        about = {**manifest_of(scenario), "kind": BUSINESS_CASE, "case": case_file().model_dump()}
        if run is not None:
            about["first"] = outcome_of(run)
        with target as folder:
            write_case(folder.folder, found, about, language)
            folder.json("manifest", about)
            for name, frame in frames_of(found).items():
                folder.table(name, tables_of(name, frame))
                frame.to_csv(folder.path(f"{name}.csv"), index=False, lineterminator="\n")
            write_crate(folder.folder, about, Made(began, time.time()))
    return found


def case_of(scenario: Scenario, year: int, run: Path | None = None) -> Case:
    """Return the business case of a scenario's region, with the titles of a year."""
    declared = case_file()
    people = people_of(scenario.place, scenario.values)
    tick = (year - FIRST_YEAR) * QUARTERS + QUARTERS - 1
    rows = [
        row
        for form in declared.form
        for line in lines_of(form, people, scenario.values)
        for row in _rows(form, line, people, _payment(scenario, tick, form, line))
    ]
    groups = dict(zip(Group.words(), people.groups, strict=True))
    parts = pd.DataFrame(_parts(declared, people))
    anchors = pd.DataFrame([one.model_dump() for one in declared.anchor])
    found = Case(
        scenario.region, year, people.insured, float(declared.country.insured), groups,
        pd.DataFrame(rows), parts, anchors,
    )  # fmt: skip
    if run is None:
        return found
    delivered, paid = _of_run(scenario, run)
    return replace(found, delivered=delivered, paid=paid)


def frames_of(found: Case) -> dict[str, pd.DataFrame]:
    """Return the tables that a folder keeps, by name; those of a run only where there is one."""
    frames = {"business": found.lines, "needed": found.parts, "anchors": found.anchors}
    more = {"delivered": found.delivered, "paid": found.paid}
    return {**frames, **{name: frame for name, frame in more.items() if len(frame)}}


def _payment(scenario: Scenario, tick: int, form: Form, line: Line) -> tuple[str, str]:
    """Return who pays a line, and by which titles; a facility body by those of whom it serves."""
    by = form.far if line.by == FACILITY else line.by
    names = titles_for(scenario.policy, tick, by, line.item)
    payers = {one.name: str(one.static("payer")) for one in scenario.policy.titles}
    who = sorted({payers[name] for name in names})
    return ", ".join(who) or OWN, ", ".join(names)


def _rows(form: Form, line: Line, people: People, payment: tuple[str, str]) -> list[dict[str, Any]]:
    """Return a line divided over the patient groups by burden, as the model divides practices."""
    rows = []
    for group, weight, patients in zip(Group.words(), people.weights, people.groups, strict=True):
        cost = (line.fixed + line.variable) * weight
        rows.append(
            {
                "form": form.name, "item": line.item, "part": line.part, "group": group,
                "by": line.by, "bodies": line.bodies, "scale": line.scale,
                "fixed": line.fixed * weight, "variable": line.variable * weight, "cost": cost,
                "per_insured": cost / people.insured,
                "per_patient": cost / patients if patients > 0.0 else float("nan"),
                "payer": payment[0], "titles": payment[1],
            }
        )  # fmt: skip
    return rows


def _parts(declared: CaseFile, people: People) -> list[dict[str, Any]]:
    """Return the six parts of needed O&I and their sum, for the country and for a region.

    By its own patients: of GGZ and the frail as many times the national mean as the region has
    of them per insured.
    """
    country = declared.country
    ggz = people.groups[Group.GGZ] / people.insured
    frail = people.groups[Group.FRAIL] / people.insured
    more = {"insured": 1.0, "ggz": ggz / _national_ggz(), "frail": frail / country.frail}
    rows = []
    for part in declared.part:
        low, high = (end * MILLION / country.insured for end in (part.low, part.high))
        rows.append(
            {
                "part": part.name, "low": part.low, "high": part.high,
                "low_per_insured": low, "high_per_insured": high,
                "low_region": low * people.insured, "high_region": high * people.insured,
                "by": part.by, "factor": more[part.by],
                "low_own": low * people.insured * more[part.by],
                "high_own": high * people.insured * more[part.by], "source": part.source,
            }
        )  # fmt: skip
    sums = pd.DataFrame(rows).sum(numeric_only=True).to_dict()
    total = {**sums, "part": "sum", "by": "", "source": "F036", "factor": float("nan")}
    return [*rows, {key: total[key] for key in rows[0]}]


def _national_ggz() -> float:
    """Return patients with GGZ per insured in a place of middling urbanity, as declared."""
    from agents.parameters import DECLARED

    return float(DECLARED["group.ggz.prevalence"].value)


def _of_run(scenario: Scenario, run: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return who delivers in a run, and what its titles paid in its last whole year."""
    about = outcome_of(run)
    if is_sweep(about) or not has_table(run, "practices"):
        raise BadArgument(
            Argument("run", str(run)), "is no run that kept its practices",
            allowed="the folder that `regiosim run` left",
        )  # fmt: skip
    practices, ledger = read(run, "practices"), read(run, "ledger")
    names = [one.replace("-", "_") for one in Function.words()]
    delivered = delivered_of(practices, names, [one.replace("-", "_") for one in Group.words()])
    delivered["item"] = delivered["item"].str.replace("_", "-")
    tick = int(ledger["tick"].max())
    tick -= (tick + 1) % QUARTERS
    first = practices["run_id"].astype(str) == str(practices["run_id"].iloc[0])
    insured = float(practices.loc[first & (practices["tick"] == tick), "patients"].sum())
    titles = [str(one) for one in about["titles"]]
    oi = [one.name for one in scenario.policy.titles if not one.static("oi")]
    return delivered, paid_of(ledger, [one for one in titles if one not in oi], insured, tick)


def case_again(about: Mapping[str, Any], scenario: Scenario, run: Path | None) -> Case:
    """Return a business case anew, of the scenario that its manifest holds."""
    return case_of(scenario, FIRST_YEAR + tick_of_end(about) // QUARTERS, run)


def tick_of_end(about: Mapping[str, Any]) -> int:
    """Return the last quarter that a manifest asks for."""
    from sim.reading.dates import parse_date

    return tick_of(parse_date(str(about["scenario"]["to"]), "to"))
