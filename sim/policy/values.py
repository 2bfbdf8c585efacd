"""Numbers and names in policy files: their dates, units, limits and sources.

Two kinds of key are dated series (``TITLE_SERIES``, ``POLICY_SERIES``): a tuple of ``Dated``
values in order of date, each with unit and source. Before its first value a series has its
default.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from agents.words import Function, Group, MandateOf, Origin, PayUnit
from sim.policy.dates import ALLOWED as DATES
from sim.policy.dates import ALWAYS, is_quarter_start

RECEIVERS = ("practice", "unit", "hub", "organisation", "ros")
"""Who may receive the money of a title."""

ANY_ORIGIN = "any"
"""Hubs of every origin."""


class Key(NamedTuple):
    """A quantity that is dated: its default, limits, units and whether it is a whole number."""

    default: float
    low: float
    high: float
    units: tuple[str, ...]
    whole: bool = False


TITLE_SERIES: dict[str, Key] = {
    "lump": Key(0.0, 0.0, 1e9, ("EUR/yr", "share")),
    "rate": Key(
        0.0,
        0.0,
        1e6,
        (
            "EUR per insured/yr",
            "EUR per burden-weighted patient/yr",
            "EUR per act",
            "EUR per hour",
            "share",
        ),
    ),
    "above": Key(0.0, 0.0, 1e8, ("insured",)),
    "cap": Key(0.0, 0.0, 1e3, ("h per insured/yr",)),
    "negotiated": Key(0.0, 0.0, 1.0, ("share",)),
    "neutral": Key(0.0, 0.0, 1e3, ("EUR per insured/yr",)),
    "margin": Key(0.0, 0.0, 1e3, ("EUR per insured/yr",)),
    "term": Key(1.0, 0.25, 50.0, ("yr",)),
    "mandate": Key(0.0, 0.0, 1.0, ("share",)),
    "minimum": Key(0.0, 0.0, 1e8, ("insured",), whole=True),
    "phase": Key(1.0, 0.0, 1.0, ("share",)),
    "sites": Key(0.0, 0.0, 1e6, ("payees",), whole=True),
}
"""The dated keys of a title. Unit ``share`` for lump and rate: see design.toml."""

POLICY_SERIES: dict[str, Key] = {
    "macro": Key(0.0, 0.0, 1e4, ("EUR per insured/yr",)),
    "stance": Key(0.0, -1.0, 1.0, ("share",)),
    "gp_care": Key(0.0, 0.0, 1e4, ("EUR per insured/yr",)),
    "crisis": Key(0.0, 0.0, 1.0, ("share",)),
    "multidisciplinary": Key(0.0, 0.0, 1.0, ("share",)),
    "norm": Key(0.0, 0.0, 1e4, ("EUR per insured/yr",)),
    "benchmark": Key(0.0, 0.0, 1.0, ("share",)),
    "base_amount": Key(0.0, 0.0, 1.0, ("share",)),
    "projects": Key(0.0, 0.0, 1.0, ("share",)),
}
"""What holds for a quarter whatever the title. A regime must give each from 2006 on."""


TITLE_FLAGS = (
    "oi",
    "bundled",
    "contract",
    "legal_person",
    "open_costs",
    "checks",
    "contiguous",
    "regioplan",
    "plus",
    "open_results",
)
"""The keys of a title that are true or false."""


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
Quarter = Annotated[date, AfterValidator(_quarter)]
Pair = Annotated[tuple[float, float], BeforeValidator(_to_tuple)]
Floats = Annotated[tuple[float, ...], BeforeValidator(_to_tuple)]
Names = Annotated[tuple[str, ...], BeforeValidator(_to_tuple)]
GroupName = Annotated[str, AfterValidator(_listed(Group.words()))]
Groups = Annotated[tuple[GroupName, ...], BeforeValidator(_to_tuple)]
Receiver = Annotated[str, AfterValidator(_listed(RECEIVERS))]
PayUnitWord = Annotated[str, AfterValidator(_listed(PayUnit.words()))]
MandateOfWord = Annotated[str, AfterValidator(_listed(MandateOf.words()))]
OriginWord = Annotated[str, AfterValidator(_listed((ANY_ORIGIN, *Origin.words())))]
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
    unit: Text
    source: Text
    range: Pair | None = None
    alternatives: Floats = ()
    note: str = ""

    @model_validator(mode="after")
    def _ranged(self) -> Dated:
        _check_range(self.source, self.range, [self.value])
        return self


Series = tuple[Dated, ...]
SeriesIn = Annotated[Series, BeforeValidator(_to_tuple)]


def check_series(key: str, rule: Key, series: Series) -> Series:
    """Return ``series`` when its dates rise and its units and values are allowed for ``key``."""
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
                "{value} ({day}) is out of range",
                {
                    "value": value,
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
