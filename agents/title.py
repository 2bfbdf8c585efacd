"""Payment titles and policy as the kernels see them: a row per quarter and title or insurer.

A key of a title or of policy is declared here and nowhere else: what files may say, its limits and
units, the table and the list of keys follow from its line (``sim.policy.keys``). A truth value is a
flag; a number with limits is dated; a number without is the code of a word.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from agents.compiled.record import FloatArray, Record
from agents.compiled.rule import rule
from agents.words import PayUnit

ANY_ORIGIN = -1
"""The code of a title that pays hubs of every origin."""


class Default(NamedTuple):
    """What a key is where no file says it; without one it is 0 or false."""

    value: float


class National(NamedTuple):
    """Why no insurer has a value of its own of a key of policy: it is one for the country."""

    why: str


NATIONAL = 0
"""Row of policy in which a rule reads what is one for the country: it is the same in all."""


class Title(Record):
    """What one payment title says in one quarter. Money is EUR a year before ``money.scale``.

    Where one of several units is allowed (``A or B``) the first is that of ``--set``. The unit
    ``share`` of an amount is for designs, which solve the amounts themselves.
    """

    active: Annotated[bool, "", "", "in force this quarter"]
    receiver: Annotated[int, "kind code", "", "practice, unit, hub, organisation or ros"]
    oi: Annotated[bool, "", "", "counts as organisation and infrastructure (O&I)", Default(True)]
    bundled: Annotated[bool, "", "", "supplied per patient group; else function by function"]
    functions: Annotated[FloatArray, "share", "0..1, sum 1", "money earmarked per function", 7]
    groups: Annotated[FloatArray, "flag", "0 or 1", "patient groups it pays for", 6]
    unit: Annotated[int, "pay-unit code", "", "lump sum, insured, patient, act, effort, two-part"]
    lump: Annotated[
        float, "EUR/yr or share", "0..1e9", "per payee, for a lump sum or two-part title"
    ]
    rate: Annotated[
        float,
        "EUR per insured/yr or EUR per burden-weighted patient/yr or EUR per act or EUR per hour"
        " or share",
        "0..1e6",
        "per insured, patient, act or hour a year",
    ]
    above: Annotated[float, "insured", "0..1e8", "two-part: the rate counts insured above this"]
    patient_step: Annotated[
        float, "insured per burden-weighted patient", "0..1e3",
        "two-part: as how many insured the rate counts an included patient beside",
    ]  # fmt: skip
    housing_by_place: Annotated[
        float, "share", "0..1", "of its part for housing, paid by what housing costs at the payee's"
    ]
    cap: Annotated[float, "h per insured/yr", "0..1e3", "effort: hours paid at most"]
    negotiated: Annotated[float, "share", "0..1", "share of the bargained fee paid by this title"]
    neutral: Annotated[
        float,
        "EUR per insured/yr",
        "0..1e3",
        "solve tariffs to this (design.resolve)",
    ]
    margin: Annotated[float, "EUR per insured/yr", "0..1e3", "practice income passed on to members"]
    contract: Annotated[bool, "", "", "needs a contract with the preferred insurer"]
    term: Annotated[float, "yr", "0.25..50", "length of that contract", Default(1.0)]
    mandate: Annotated[float, "share", "0..1", "mandate that is asked for"]
    mandate_of: Annotated[int, "code", "", "of practices, inhabitants or both"]
    minimum: Annotated[int, "insured", "0..1e8", "fewest insured of an eligible area (ION)"]
    legal_person: Annotated[bool, "", "", "the payee must be a legal person"]
    open_costs: Annotated[bool, "", "", "the payee shows its costs"]
    checks: Annotated[bool, "", "", "outcome requirements are set and checked"]
    contiguous: Annotated[bool, "", "", "the area must be in one piece"]
    regioplan: Annotated[bool, "", "", "a regioplan is asked for"]
    plus: Annotated[bool, "", "", "pays for insured of practices that follow the PLUS package"]
    origin: Annotated[int, "origin code or -1", "", "hubs of this origin only (-1: any)"]
    in_force: Annotated[
        float, "share", "0..1", "share of the amount in force, while it comes or goes", Default(1.0)
    ]
    sites: Annotated[int, "payees", "0..1e6", "most payees per insurer's region (0: all)"]
    open_results: Annotated[bool, "", "", "payees show their results to others"]
    for_hubs: Annotated[
        float, "share", "0..1", "money for hubs of the areas whose insured earned it"
    ]
    tied: Annotated[
        bool, "", "", "its run-down goes with the contract of the region (transition.by_date)"
    ]
    mandate_say: Annotated[
        float, "share", "0..1", "of their say, for which members without mandate count as mandating"
    ]
    mandate_short: Annotated[
        float, "share", "0..1", "of the mandate, lacking for delay and a lower fee, not a refusal"
    ]
    insurers: Annotated[
        FloatArray, "flag", "0 or 1", "insurers whose policy it is, where they are preferred", 12
    ]


@rule
def pays_by_group(title: Title) -> bool:
    """Return whether a title pays whoever serves a patient group: a bundle per patient or act."""
    return bool(title.bundled and (title.unit == PayUnit.PATIENT or title.unit == PayUnit.ACT))


@rule
def takes_transfer(title: Title) -> bool:
    """Return whether money moved from hospital care comes on top of what a title bargains.

    A title that is solved to a sum pays that sum, whatever moves beside it.
    """
    return bool(title.negotiated > 0.0 and title.neutral <= 0.0)


@rule
def pays_origin(title: Title, origin: int) -> bool:
    """Return whether a title pays hubs that started from ``origin``: its own, or any."""
    return bool(title.origin == ANY_ORIGIN or title.origin == origin)


class Policy(Record):
    """What an insurer's policy says for a quarter, whatever the title.

    A regime gives each from 2006 on. Which insurer's row a rule reads stands beside the rule;
    what is ``National`` is the same in all rows.
    """

    macro: Annotated[
        float, "EUR per insured/yr", "0..1e4", "most that all O&I titles may pay, as decided",
        National("the ministry decides it"),
    ]  # fmt: skip
    growth: Annotated[
        float, "1/yr", "-0.5..1", "agreed growth of that, each January until the next decision",
        National("it is agreed for the country"),
    ]  # fmt: skip
    room: Annotated[float, "EUR per insured/yr", "", "both together: no key, made of them"]
    stance: Annotated[float, "share", "-1..1", "dated push of policy on the insurer's pressure"]
    crisis: Annotated[
        float, "share", "0..1", "a crisis in which one address counts",
        National("a crisis is one of the country"),
    ]  # fmt: skip
    multidisciplinary: Annotated[
        float, "share", "0..1", "how far boards of hubs must seat all disciplines"
    ]
    norm: Annotated[
        float, "EUR per insured/yr", "0..1e4", "norm where an organisation has too few peers",
        National("one norm is published for all"),
    ]  # fmt: skip
    benchmark: Annotated[float, "share", "0..1", "most weight of the benchmark in bargained fees"]
    base_amount: Annotated[
        float, "share", "0..1", "of an organisation's hub money: an equal amount for every hub"
    ]
    projects: Annotated[
        float,
        "share",
        "0..1",
        "of it: projects, by what a table brings; the rest per head",
    ]
    gp_care: Annotated[
        float, "EUR per insured/yr", "0..1e4", "GP care, to compare O&I with",
        National("it is spending of the country"),
    ]  # fmt: skip
    secured: Annotated[
        float, "share", "0..1", "of what a hub received a year before: made up by its region first"
    ]
