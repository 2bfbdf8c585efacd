"""What a policy file may say: titles, regimes, packages and designs, checked before a run.

What is not a dated series is static, and covered by the title's own source. A ``TitlePatch``
gives some keys of a title (an override), a ``TitleFile`` is a whole title.
"""

from __future__ import annotations

from pydantic import (
    Field,
    ValidationInfo,
    field_validator,
)

from agents.words import Group
from sim.policy.values import (
    ANY_ORIGIN,
    POLICY_SERIES,
    TITLE_SERIES,
    Functions,
    Groups,
    MandateOfWord,
    Names,
    OriginWord,
    Payer,
    PayUnitWord,
    Quarter,
    Receiver,
    Series,
    SeriesIn,
    Strict,
    Text,
    check_series,
)


class TitlePatch(Strict):
    """Some keys of a title: what a regime or a package overrides."""

    start: Quarter | None = Field(None, alias="from")
    until: Quarter | None = None
    receiver: Receiver | None = None
    oi: bool | None = None
    bundled: bool | None = None
    functions: Functions | None = None
    groups: Groups | None = None
    unit: PayUnitWord | None = None
    contract: bool | None = None
    mandate_of: MandateOfWord | None = None
    legal_person: bool | None = None
    open_costs: bool | None = None
    checks: bool | None = None
    contiguous: bool | None = None
    regioplan: bool | None = None
    plus: bool | None = None
    origin: OriginWord | None = None
    lump: SeriesIn = ()
    rate: SeriesIn = ()
    above: SeriesIn = ()
    cap: SeriesIn = ()
    negotiated: SeriesIn = ()
    neutral: SeriesIn = ()
    margin: SeriesIn = ()
    term: SeriesIn = ()
    mandate: SeriesIn = ()
    minimum: SeriesIn = ()
    phase: SeriesIn = ()
    sites: SeriesIn = ()
    open_results: bool | None = None

    @field_validator(*TITLE_SERIES)
    @classmethod
    def _limits(cls, series: Series, info: ValidationInfo) -> Series:
        key = str(info.field_name)
        return check_series(key, TITLE_SERIES[key], series)


class TitleFile(TitlePatch):
    """A whole title. In force from ``from`` until (not including) ``until``, while phase > 0."""

    name: Text
    text: Text
    source: Text
    payer: Payer = "insurer"
    start: Quarter = Field(alias="from")
    receiver: Receiver
    functions: Functions
    oi: bool = True
    bundled: bool = False
    groups: Groups = Group.words()
    unit: PayUnitWord = "insured"
    contract: bool = False
    mandate_of: MandateOfWord = "practices"
    legal_person: bool = False
    open_costs: bool = False
    checks: bool = False
    contiguous: bool = False
    regioplan: bool = False
    plus: bool = False
    origin: OriginWord = ANY_ORIGIN
    open_results: bool = False


class PolicyPatch(Strict):
    """Dated values that hold whatever the title."""

    macro: SeriesIn = ()
    stance: SeriesIn = ()
    gp_care: SeriesIn = ()
    crisis: SeriesIn = ()
    multidisciplinary: SeriesIn = ()
    norm: SeriesIn = ()
    benchmark: SeriesIn = ()
    base_amount: SeriesIn = ()
    projects: SeriesIn = ()

    @field_validator(*POLICY_SERIES)
    @classmethod
    def _limits(cls, series: Series, info: ValidationInfo) -> Series:
        key = str(info.field_name)
        return check_series(key, POLICY_SERIES[key], series)


class RegimeHead(Strict):
    """The head of a regime file: its titles, or the base it builds on and what it changes."""

    name: Text
    text: Text
    source: Text
    base: str | None = None
    titles: Names | None = None
    add: Names = ()
    drop: Names = ()


class PackageHead(Strict):
    """The ``[package]`` table of a package file; ``add`` names titles to add to the regime."""

    name: Text
    text: Text
    source: Text
    add: Names = ()


class DesignFile(Strict):
    """The numbers behind the 24 ``design:`` regimes: see design.toml."""

    text: Text
    source: Text
    base: Text
    keep: Names
    functions: Functions
    neutral: SeriesIn
    cap: SeriesIn
    bundling: dict[str, TitlePatch]
    route: dict[str, TitlePatch]
    unit: dict[str, TitlePatch]
