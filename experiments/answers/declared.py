"""Forms of organisation and what the sources say is needed: ``case.toml``, read and checked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from sim.policy.read import read_toml, validate
from sim.policy.values import Strict, Text

FILE = Path(__file__).parent / "case.toml"


class Form(Strict):
    """One archetypal form of organisation."""

    name: Text
    far: Literal["unit", "hub", "organisation"]
    near: Literal["practice", "hub"]
    facility: bool = False
    members: Literal["none", "practices", "hubs"] = "none"
    manager: Literal["none", "own", "region"] = "none"
    seats: float = Field(0.0, ge=0.0, le=1.0)
    source: Text


class Country(Strict):
    """The country of the sources: insured, and frail of them (share)."""

    insured: int
    frail: float
    source: Text


class Needed(Strict):
    """A part of needed O&I, EUR M a year."""

    name: Text
    low: float
    high: float
    by: Literal["insured", "ggz", "frail"]
    source: Text


class Anchor(Strict):
    """What the sources state of the whole."""

    name: Text
    low: float
    high: float
    unit: Text
    source: Text


class CaseFile(Strict):
    """The whole file."""

    form: list[Form]
    country: Country
    part: list[Needed]
    anchor: list[Anchor]


@lru_cache(maxsize=1)
def case_file() -> CaseFile:
    """Return what ``case.toml`` declares."""
    return validate(CaseFile, read_toml(FILE), str(FILE))
