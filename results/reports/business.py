"""The report on a business case: forms, their cost, what is needed, and who delivers in a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from results.figures.business import cost_of_forms
from results.reports.about import rest_of
from results.reports.alone import alone
from results.reports.declared import REPORT, declared, manifest_part
from results.reports.illustrations import save_all
from results.reports.page import Card, Cell, Illustration, Part, Report, write_page
from results.statistics.business import Case
from results.words.numbers import NONE, number, percent, span, value_text
from results.words.texts import say
from results.words.titles import title_name

_WORDS = {
    "gp-units": "business.gp_units", "health-centres": "business.health_centres",
    "mono-region": "business.mono_region", "multi-region": "business.multi_region",
    "umbrella": "business.umbrella",
    "ict": "business.ict", "operations": "business.operations", "quality": "business.quality",
    "innovation": "business.innovation", "care-management": "business.care_management",
    "agreements": "business.agreements", "housing": "business.housing",
    "coordination": "business.coordination", "upkeep": "business.upkeep",
    "manager": "business.manager",
    "practice": "business.practice", "unit": "business.unit", "hub": "business.hub",
    "organisation": "business.organisation", "facility": "business.facility",
    "nobody": "business.nobody", "ros": "business.ros", "insurer": "business.insurer",
    "municipality": "business.municipality", "own means": "business.own_means",
    "far": "business.far", "near": "business.near", "beside": "business.beside",
    "diabetes": "business.diabetes", "cvrm": "business.cvrm", "copd": "business.copd",
    "ggz": "business.ggz", "frail": "business.frail", "other": "business.other",
    "chains": "business.chains", "local": "business.local", "saving": "business.saving",
    "sum": "business.sum",
    "now_share": "business.now_share", "now_money": "business.now_money",
    "needed_share": "business.needed_share", "needed_money": "business.needed_money",
    "ratio": "business.ratio", "ratio_later": "business.ratio_later",
    "money_later": "business.money_later", "gp_care": "business.gp_care",
    "% of GP care": "business.percent_of_care", "EUR M/yr": "business.millions",
    "factor": "business.factor_unit",
}  # fmt: skip


class _Told(NamedTuple):
    """A business case and the language in which it is told."""

    found: Case
    language: str

    def say(self, key: str, **values: str | int) -> str:
        """Return a text of ``results/words/texts/business.toml``."""
        return say(f"business.{key}", self.language, **values)

    def word(self, name: str) -> str:
        """Return what a form, an item, a party or a patient group is called."""
        return say(_WORDS[name], self.language) if name in _WORDS else name

    def cell(self, value: float, digits: int = 2) -> Cell:
        """Return a number as a cell."""
        if pd.isna(value):
            return Cell(NONE)
        # Rounded twice, 31.15 would be 31.1 here and 31.2 where it is rounded once.
        shown = value if abs(value) >= 10 else round(value, digits)
        return Cell(number(shown, self.language), order=float(value))

    def between(self, low: float, high: float) -> Cell:
        """Return a range as a cell, sorted by its low end."""
        ends = (round(low, 2), round(high, 2))
        return Cell(span(*ends, self.language), order=float(low))

    def titles(self, names: str) -> str:
        """Return what titles are called, of their names after each other."""
        found = (title_name(name, self.language) for name in names.split(", ") if name)
        return ", ".join(found)


@alone
def write_case(
    folder: Path | str, found: Case, about: Mapping[str, Any], language: str = "en"
) -> Path:
    """Write ``report.html`` and the figure of a business case in ``folder``.

    Args:
        folder: where to.
        found: the business case.
        about: its manifest.
        language: ``en`` or ``nl``.
    """
    folder, told = Path(folder), _Told(found, language)
    folder.mkdir(parents=True, exist_ok=True)
    figure = Illustration(
        "business_case", cost_of_forms(found, told.word, found.now, language=language),
        told.say("figure"), told.say("figure_alt"),
    )  # fmt: skip
    drawn = save_all([figure], folder)
    left = {"case", "first", "definitions"}
    rest = {key: value for key, value in rest_of(about).items() if key not in left}
    report = Report(
        name=told.say("name", region=found.region),
        kind=told.say("kind"),
        facts=[
            (told.say("region"), found.region),
            (told.say("insured"), number(found.insured, language)),
            (told.say("titles_of"), f"{about['scenario']['regime']}, {found.year}"),
        ],
        cards=[
            Card(_begun(told.word(form)), number(found.per_insured(form), language),
                 told.say("each"))
            for form in found.forms
        ],
        about=told.say("cards_note"),
        summary=list(_summary(told)),
        parts=[
            Part(told.say("cost"), figures=drawn),
            _forms_part(told),
            _functions_part(told),
            _groups_part(told),
            _needed_part(told),
            _anchors_part(told),
            *_run_parts(told),
            *([declared(about, "assumed", language)] if about.get("assumed") else []),
            manifest_part(rest, say("page.manifest", language), language),
        ],
        language=language,
    )  # fmt: skip
    return write_page(folder / REPORT, report)


def _begun(words: str) -> str:
    """Return words as they begin a line, where GPs keep their capitals."""
    return words[:1].upper() + words[1:]


def _summary(told: _Told) -> Iterator[str]:
    found, language = told.found, told.language
    costs = {form: found.per_insured(form) for form in found.forms}
    least, most = min(costs, key=lambda one: costs[one]), max(costs, key=lambda one: costs[one])
    yield told.say("summary", region=found.region)
    yield told.say(
        "summary_range", least=told.word(least), most=told.word(most),
        low=number(round(costs[least], 1), language), high=number(round(costs[most], 1), language),
    )  # fmt: skip
    low, high = found.needed()
    now, then = found.now
    yield told.say(
        "summary_needed", needed=span(round(low, 1), round(high, 1), language),
        now=span(round(now, 1), round(then, 1), language),
    )  # fmt: skip
    yield told.say("summary_norm")
    yield told.say("summary_assumed")


def _forms_part(told: _Told) -> Part:
    found = told.found
    rows: list[list[str | Cell]] = []
    for form in found.forms:
        lines = found.lines[found.lines["form"] == form]
        sums = {part: lines.loc[lines["part"] == part, "cost"].sum() / found.insured
                for part in ("far", "near", "beside")}  # fmt: skip
        fixed = lines["fixed"].sum() / found.insured
        cells = [told.cell(one) for one in (found.per_insured(form), *sums.values(), fixed)]
        total = told.cell(lines["cost"].sum() / 1e6)
        rows.append([told.word(form), *cells, total])
    heads = [told.say(key) for key in ("form", "total", "part_far", "part_near", "part_beside",
                                       "of_it_fixed", "total_region")]  # fmt: skip
    return Part(told.say("forms"), rows, heads, told.say("forms_text"), numbers=True)


def _functions_part(told: _Told) -> Part:
    found = told.found
    rows: list[list[str | Cell]] = []
    keys = ["form", "item", "part", "by", "scale", "bodies", "payer", "titles"]
    sums = found.lines.groupby(keys, sort=False)["per_insured"].sum().reset_index()
    for row in sums.to_dict("records"):
        payers = ", ".join(told.word(one) for one in row["payer"].split(", "))
        titles = told.titles(row["titles"])
        paid = f"{payers}: {titles}" if titles else payers
        what = f"{told.word(row['form'])}: {told.word(row['item'])} ({told.word(row['part'])})"
        rows.append(
            [what, told.word(row["by"]), told.cell(row["scale"], 0), told.cell(row["per_insured"]),
             paid]
        )  # fmt: skip
    heads = [told.say(key) for key in ("what", "who", "scale", "each", "paid_by")]
    return Part(
        told.say("functions"), rows, heads, told.say("functions_text", year=found.year),
        folded=True, numbers=True,
    )  # fmt: skip


def _groups_part(told: _Told) -> Part:
    found = told.found
    sums = found.lines.groupby(["group", "form"], sort=False)["cost"].sum()
    rows: list[list[str | Cell]] = []
    for group, patients in found.groups.items():
        cells = [
            Cell(number(round(sums[group, form] / found.insured, 2), told.language),
                 told.say("per_patient", value=number(round(sums[group, form] / patients, 1),
                                                      told.language)) if patients else "",
                 float(sums[group, form]))
            for form in found.forms
        ]  # fmt: skip
        rows.append([told.word(group), told.cell(patients, 0), *cells])
    heads = [told.say("group"), told.say("patients"), *(told.word(form) for form in found.forms)]
    return Part(told.say("groups"), rows, heads, told.say("groups_text"), numbers=True)


def _needed_part(told: _Told) -> Part:
    rows: list[list[str | Cell]] = []
    for row in told.found.parts.to_dict("records"):
        own = [row[f"{end}_own"] / 1e6 for end in ("low", "high")]
        region = [row[f"{end}_region"] / 1e6 for end in ("low", "high")]
        rows.append(
            [f"{told.word(row['part'])} ({row['source']})", told.between(row["low"], row["high"]),
             told.between(row["low_per_insured"], row["high_per_insured"]),
             told.between(*region), told.between(*own)]
        )  # fmt: skip
    heads = [told.say(key) for key in ("part", "country", "each", "at_mean", "by_own")]
    return Part(told.say("needed"), rows, heads, told.say("needed_text"), told.say("norm"),
                numbers=True)  # fmt: skip


def _anchors_part(told: _Told) -> Part:
    rows: list[list[str | Cell]] = []
    country = told.found.country
    for row in told.found.anchors.to_dict("records"):
        each = Cell(NONE)
        if row["unit"] == "EUR M/yr":
            each = told.between(row["low"] * 1e6 / country, row["high"] * 1e6 / country)
        ends = " – ".join(value_text(row[end], told.language) for end in ("low", "high"))
        rows.append([f"{told.word(row['name'])} ({row['source']})",
                     f"{ends} {told.word(row['unit'])}", each])  # fmt: skip
    heads = [told.say(key) for key in ("stated", "amount", "each")]
    return Part(told.say("anchors"), rows, heads, told.say("anchors_text"), numbers=True)


def _run_parts(told: _Told) -> Iterator[Part]:
    found, language = told.found, told.language
    if len(found.delivered):
        rows: list[list[str | Cell]] = [
            [f"{told.word(row['item'])}: {told.word(row['by'])}",
             Cell(percent(round(row["share"], 3), language), order=row["share"]),
             Cell(percent(round(row["coverage"], 3), language), order=row["coverage"])]
            for row in found.delivered.to_dict("records")
        ]  # fmt: skip
        heads = [told.say(key) for key in ("who_in_run", "share", "coverage")]
        yield Part(told.say("delivered"), rows, heads, told.say("delivered_text"), numbers=True)
    if len(found.paid):
        paid: list[list[str | Cell]] = [
            [title_name(row["title"], language), told.word(row["payer"]),
             told.word(row["receiver"]), told.cell(row["per_insured"])]
            for row in found.paid.to_dict("records")
        ]  # fmt: skip
        heads = [told.say(key) for key in ("title", "payer", "receiver", "each")]
        year = int(found.paid["year"].iloc[0])
        yield Part(told.say("paid", year=year), paid, heads, told.say("paid_text"), numbers=True)
