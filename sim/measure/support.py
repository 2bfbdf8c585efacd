"""What support practices receive, from whom, and what follows from it."""

from __future__ import annotations

from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from agents.words import Function, Kind
from sim.common.substitution import support_shifted, wind_down
from sim.measure.column import Column, flow, made, stock
from sim.tables import Tables


class Support(Column):
    """Coverage, suppliers, members and renewal."""

    COVERAGE = stock(
        "share",
        "support received, by patients",
        "Coverage of functions",
        "Dekking van functies",
    )
    UNSUPPORTED_SHARE = stock(
        "share",
        "patients whose practice has no supplier but itself",
        "Share without support",
        "Aandeel zonder ondersteuning",
        empty=1.0,
    )
    SUPPLIERS_PER_PRACTICE = stock(
        "suppliers",
        "different suppliers of a practice, hubs included",
        "Suppliers per practice",
        "Leveranciers per praktijk",
        empty=0.0,
    )
    SUPPLIERS_WITHOUT_HUBS = stock(
        "suppliers",
        "the same without the hub",
        "Suppliers per practice, hubs left out",
        "Leveranciers per praktijk zonder wijkhubs",
        empty=0.0,
    )
    ENGAGEMENT = stock(
        "share",
        "engagement of the average affiliated patient's organisation",
        "Engagement",
        "Betrokkenheid",
        empty=0.0,
    )
    MANDATE_SHARE = stock(
        "share",
        "practices that mandate their organisation",
        "Mandate",
        "Mandaat",
        empty=0.0,
    )
    PLUS_SHARE = stock(
        "share",
        "patients whose practice follows the PLUS package",
        "Patients under the PLUS package",
        "Patiënten onder het PLUS-pakket",
        empty=0.0,
    )
    SHARED_TABLES = stock(
        "share",
        "of practices' dealings with external parties, what goes over a shared table of "
        "their organisation",
        "Dealings over a shared table",
        "Afspraken via een gezamenlijke tafel",
        empty=0.0,
    )
    RENEWAL = stock(
        "share",
        "how far practices renewed their work, by patients",
        "Renewal of practices",
        "Vernieuwing van praktijken",
    )
    SUBSTITUTION = flow(
        "EUR",
        "second-line cost saved by support and engagement (C09)",
        "Substitution",
        "Substitutie",
    )


_DUTCH = (
    "Dekking: ICT",
    "Dekking: bedrijfsvoering",
    "Dekking: kwaliteit",
    "Dekking: innovatie",
    "Dekking: zorgmanagement",
    "Dekking: externe afspraken",
    "Dekking: huisvesting",
)

CoverageByFunction: type[Column] = made(
    "CoverageByFunction",
    {
        f"COVERAGE_{function.name}": stock(
            "share",
            f"coverage of {function.word}",
            f"Coverage: {function.word.replace('-', ' ')}",
            dutch,
        )
        for function, dutch in zip(Function, _DUTCH, strict=True)
    },
)
"""Coverage by function: the place of a function is its code."""


@rule
def measure_support(
    tables: Tables,
    rows: IntArray,
    count: int,
    insured: float,
    by_function: FloatArray,
    out: FloatArray,
) -> None:
    """Fill coverage by function (``CoverageByFunction``), and the stocks of ``Support``."""
    bare = 0.0
    covered = 0.0
    engaged = 0.0
    affiliated = 0.0
    mandates = 0.0
    suppliers = 0.0
    hubs = 0.0
    renewed = 0.0
    for r in range(count):
        practice = tables.practices[rows[r]]
        patients = float(practice.patients)
        covered = covered + patients * practice.coverage
        renewed = renewed + patients * practice.renewal
        if practice.suppliers == 0:
            bare = bare + patients
        suppliers = suppliers + float(practice.suppliers)
        if served_by_hub(tables, rows[r]):
            hubs = hubs + 1.0
        for f in range(len(by_function)):
            by_function[f] += patients * practice.by_function[f] / insured
        if practice.mandate:
            mandates = mandates + 1.0
        if practice.plus:
            out[Support.PLUS_SHARE] += patients / insured
        if practice.organisation != NONE:
            affiliated = affiliated + patients
            engaged = engaged + patients * tables.organisations[practice.organisation].engagement
        shared = tables.scratch.seen_shared[rows[r]]
        out[Support.SHARED_TABLES] += patients * shared / insured
    out[Support.UNSUPPORTED_SHARE] = bare / insured
    out[Support.SUPPLIERS_PER_PRACTICE] = suppliers / float(count)
    out[Support.SUPPLIERS_WITHOUT_HUBS] = (suppliers - hubs) / float(count)
    out[Support.COVERAGE] = covered / insured
    out[Support.RENEWAL] = renewed / insured
    if affiliated > 0.0:
        out[Support.ENGAGEMENT] = engaged / affiliated
    out[Support.MANDATE_SHARE] = mandates / float(count)


@rule
def served_by_hub(tables: Tables, i: int) -> bool:
    """Return whether a hub supplies practice ``i`` with anything (after ``see_practices``)."""
    practice = tables.practices[i]
    functions = len(tables.functions)
    first = int(tables.offsets[Kind.HUB])
    last = int(tables.offsets[Kind.ORGANISATION])
    for g in range(len(tables.groups)):
        if tables.scratch.rows[i][g] != g:
            continue  # the suppliers of the group before
        for c in range(g * functions, (g + 1) * functions):
            supplier = practice.supplier[c]
            if first <= supplier and supplier < last:
                return True
    return False


@rule
def measure_substitution(tables: Tables, rows: IntArray, count: int, out: FloatArray) -> None:
    """Fill what support saves of hospital care this quarter: the flow of ``Support``."""
    params = tables.params[0]
    saved = 0.0
    for r in range(count):
        practice = tables.practices[rows[r]]
        supported = float(practice.patients) * practice.coverage
        supported = supported * wind_down(practice.renewal, params)
        engagement = 1.0
        if practice.organisation != NONE:
            engagement = tables.organisations[practice.organisation].engagement
        hospital = tables.scratch.seen_hospital[rows[r]]
        saved = saved + support_shifted(supported, engagement, hospital, params)
    out[Support.SUBSTITUTION] = 0.25 * params.value_substitution * saved
