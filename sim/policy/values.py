"""Numbers and names in policy files: their dates, units, limits and sources.

Two kinds of key are dated series (``TITLE_SERIES``, ``POLICY_SERIES``): a tuple of ``Dated``
values in order of date, each with unit and source. Before its first value a series has its
default. Which keys there are, and their units and limits: ``sim.policy.keys``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from agents.words import Function
from sim.policy.keys import INSURERS_KEYS, NATIONAL_KEYS, WORDS, Key
from sim.reading.dates import ALLOWED as DATES
from sim.reading.dates import ALWAYS, is_quarter_start
from sim.reading.numbers import as_percent

SPELLINGS = {
    "EUR per year": "EUR/yr",
    "EUR a year": "EUR/yr",
    "EUR/year": "EUR/yr",
    "EUR per insured per year": "EUR per insured/yr",
    "EUR per insured a year": "EUR per insured/yr",
    "EUR per insured/year": "EUR per insured/yr",
    "EUR/insured/yr": "EUR per insured/yr",
    "EUR/insured/year": "EUR per insured/yr",
    "EUR per burden-weighted patient per year": "EUR per burden-weighted patient/yr",
    "EUR per burden-weighted patient a year": "EUR per burden-weighted patient/yr",
    "EUR per burden-weighted patient/year": "EUR per burden-weighted patient/yr",
    "EUR/act": "EUR per act",
    "EUR/hour": "EUR per hour",
    "EUR/h": "EUR per hour",
    "EUR per h": "EUR per hour",
    "h per insured per year": "h per insured/yr",
    "h per insured a year": "h per insured/yr",
    "hours per insured per year": "h per insured/yr",
    "hours per insured/yr": "h per insured/yr",
    "year": "yr",
    "years": "yr",
    "per year": "1/yr",
    "1/year": "1/yr",
    "/yr": "1/yr",
}
"""Other spellings of the units of titles and policy; any other text is another unit."""


def usual_unit(unit: str) -> str:
    """Return a unit as the program spells it, whatever the spaces in it; others as they are."""
    plain = " ".join(unit.split())
    return SPELLINGS.get(plain, plain)


def is_assumed(source: str) -> bool:
    """Return whether a source says that the number is an assumption."""
    return source.strip().lower().startswith("assumed")


def _listed(names: tuple[str, ...]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in names:
            raise PydanticCustomError(
                "unknown_name", "{value} is not known", {"value": repr(value), "names": names}
            )
        return value

    return check


def _to_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _filled(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("empty", "is empty", {"allowed": "some words"})
    return value


def _quarter(value: date) -> date:
    if not is_quarter_start(value):
        raise PydanticCustomError(
            "date", "{day} is not the start of a quarter", {"day": str(value), "allowed": DATES}
        )
    return value


Text = Annotated[str, AfterValidator(_filled)]
Unit = Annotated[str, AfterValidator(_filled), AfterValidator(usual_unit)]
Quarter = Annotated[date, AfterValidator(_quarter)]
Pair = Annotated[tuple[float, float], BeforeValidator(_to_tuple)]
Floats = Annotated[tuple[float, ...], BeforeValidator(_to_tuple)]
Names = Annotated[tuple[str, ...], BeforeValidator(_to_tuple)]
GroupName = Annotated[str, AfterValidator(_listed(WORDS["groups"]))]
Groups = Annotated[tuple[GroupName, ...], BeforeValidator(_to_tuple)]
InsurerName = Annotated[str, AfterValidator(_listed(WORDS["insurers"]))]
Insurers = Annotated[tuple[InsurerName, ...], BeforeValidator(_to_tuple)]
Receiver = Annotated[str, AfterValidator(_listed(WORDS["receiver"]))]
PayUnitWord = Annotated[str, AfterValidator(_listed(WORDS["unit"]))]
MandateOfWord = Annotated[str, AfterValidator(_listed(WORDS["mandate_of"]))]
OriginWord = Annotated[str, AfterValidator(_listed(WORDS["origin"]))]
Payer = Annotated[str, AfterValidator(_listed(("insurer",)))]


class Strict(BaseModel):
    """Base of all: exact types, no unknown keys, nothing changes afterwards."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)


def _check_range(source: str, span: tuple[float, float] | None, values: list[float]) -> None:
    if span is None:
        if is_assumed(source):
            raise PydanticCustomError(
                "range", "is assumed but has no range", {"allowed": "range = [low, high]"}
            )
        return
    low, high = span
    for value in values:
        if not low <= value <= high:
            raise PydanticCustomError(
                "range",
                "value {value} is outside its own range",
                {"value": value, "allowed": f"{low:g} to {high:g}"},
            )


class Dated(Strict):
    """One value of a series, from a date on until the next value."""

    start: Quarter = Field(alias="from")
    value: float
    unit: Unit
    source: Text
    range: Pair | None = None
    alternatives: Floats = ()
    note: str = ""

    @model_validator(mode="after")
    def _ranged(self) -> Dated:
        _check_range(self.source, self.range, [self.value])
        return self


class PolicyDated(Dated):
    """One value of policy: of all insurers, or of those that it names."""

    insurers: Insurers = ()


Series = tuple[Dated, ...]
SeriesIn = Annotated[Series, BeforeValidator(_to_tuple)]
PolicySeries = tuple[PolicyDated, ...]
PolicySeriesIn = Annotated[PolicySeries, BeforeValidator(_to_tuple)]


def series_type(rule: Key) -> Any:
    """Return the type of a dated key, as a field of a model: a series that ``rule`` allows."""
    return Annotated[SeriesIn, AfterValidator(partial(_check_series, rule))]


def policy_type(key: str, rule: Key) -> Any:
    """Return the type of a key of policy: dated values of all insurers, and of single ones."""
    return Annotated[PolicySeriesIn, AfterValidator(partial(_check_policy, key, rule))]


def _check_policy(key: str, rule: Key, given: PolicySeries) -> PolicySeries:
    """Return ``given`` when the values of all, and those of each insurer, are series."""
    named = dict.fromkeys(insurer for dated in given for insurer in dated.insurers)
    if named and key in NATIONAL_KEYS:
        raise PydanticCustomError(
            "national",
            "no insurer has a value of its own: {why}",
            {"why": NATIONAL_KEYS[key], "allowed": f"insurers with {', '.join(INSURERS_KEYS)}"},
        )
    _check_series(rule, tuple(dated for dated in given if not dated.insurers))
    for insurer in named:
        _check_series(rule, tuple(dated for dated in given if insurer in dated.insurers))
    return given


def _check_series(rule: Key, series: Series) -> Series:
    """Return ``series`` when its dates rise and ``rule`` allows its units and values."""
    for number, dated in enumerate(series):
        value = dated.value
        day = "whole series" if dated.start == ALWAYS else f"from {dated.start}"
        if number and dated.start <= series[number - 1].start:
            raise PydanticCustomError(
                "order",
                "{day} does not come later than the date before it",
                {"day": str(dated.start)},
            )
        if dated.unit not in rule.units:
            raise PydanticCustomError(
                "unknown_name",
                "unit {unit} ({day}) does not fit",
                {"unit": repr(dated.unit), "day": day, "names": rule.units, "value": dated.unit},
            )
        whole = not rule.whole or value == math.floor(value)
        if not (math.isfinite(value) and rule.low <= value <= rule.high and whole):
            kind = "whole number" if rule.whole else "number"
            raise PydanticCustomError(
                "limit",
                "{value} ({day}) is out of range{looks}",
                {
                    "value": value,
                    "looks": as_percent(value, rule.low, rule.high)
                    if rule.units == ("share",)
                    else "",
                    "day": day,
                    "allowed": f"a {kind} from {rule.low:g} to {rule.high:g} ({rule.units[0]})",
                },
            )
    return series


class Functions(Strict):
    """How the money of a title is earmarked: shares of the seven functions, adding up to 1."""

    unit: Literal["share"]
    source: Text
    range: Pair | None = None
    note: str = ""
    ict: float = Field(0.0, ge=0.0, le=1.0)
    operations: float = Field(0.0, ge=0.0, le=1.0)
    quality: float = Field(0.0, ge=0.0, le=1.0)
    innovation: float = Field(0.0, ge=0.0, le=1.0)
    care_management: float = Field(0.0, ge=0.0, le=1.0, alias="care-management")
    agreements: float = Field(0.0, ge=0.0, le=1.0)
    housing: float = Field(0.0, ge=0.0, le=1.0)

    @model_validator(mode="after")
    def _ranged(self) -> Functions:
        given = [n for n in Function.words() if n.replace("-", "_") in self.model_fields_set]
        _check_range(self.source, self.range, [self.share(name) for name in given])
        return self

    def share(self, function: str) -> float:
        """Return the share of one function, named as in ``FUNCTIONS``."""
        return float(getattr(self, function.replace("-", "_")))

    def shares(self) -> tuple[float, ...]:
        """Return the seven shares in the order of ``FUNCTIONS``."""
        return tuple(self.share(name) for name in Function.words())
