"""The text file of a region, ``region.toml``: its keys, and clear messages about wrong ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.errors import BadInput, nearest
from sim.reading.files import read_toml
from sim.reading.numbers import as_percent

FILE = "region.toml"

UNITS: dict[str, dict[str, str]] = {
    "municipalities": {
        "population": "inhabitants on 1 January 2022",
        "pct_65plus": "percent of inhabitants",
        "area_km2": "km2",
        "urbanity": "class 1 (extremely) to 5 (not urbanised)",
        "lat": "degrees north (WGS84), centroid",
        "lon": "degrees east (WGS84), centroid",
    },
}
"""Columns whose figures need a source of their own, with the unit they must be in."""

POPULATION = ("municipalities", "population")
"""The one column whose unit may name another year than the model takes."""

_OF_YEAR = re.compile(r"inhabitants on 1 January (199[5-9]|20[0-4]\d|2050)")
_ANY_YEAR = "'inhabitants on 1 January YEAR', 1995 to 2050"

SOURCES = ("neighbours", "districts", "insurers", "trust")
"""Subjects of ``[sources]`` that every region must account for."""

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Tilt = Annotated[float, Field(ge=0.05, le=20.0)]
Million = Annotated[float, Field(gt=0.0, le=25.0)]
Text = Annotated[str, Field(min_length=1)]
Degrees = Annotated[float, Field(ge=-180.0, le=180.0)]
Euros = Annotated[float, Field(ge=0.0, le=1e9)]
Fee = Annotated[float, Field(gt=0.0, le=1000.0)]
Year = Annotated[int, Field(ge=2006, le=2100)]
Served = Literal["diabetes", "cvrm", "copd"]
Form = Literal["network", "cooperative", "professions", "neighbourhoods", "foundation"]
StageWord = Literal["none", "initiator", "driver", "booster", "board"]
PlanWord = Literal["none", "drafted", "approved", "running"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Column(_Strict):
    """What a column of a table holds."""

    unit: Text
    source: Text


class Insurers(_Strict):
    """Who insures the inhabitants: the preferred insurer and what its share is multiplied by."""

    preferred: Text
    tilt: Tilt | None = None
    insured_million: dict[str, Million] | None = Field(default=None, min_length=1)


class Trust(_Strict):
    """Trust at the start, a share in 0..1, and municipalities (by code) where it differs."""

    default: Share
    municipalities: dict[str, Share] = {}


class Hub(_Strict):
    """A hub that exists in 2006; without ``district`` it is in the first one."""

    municipality: Text
    origin: Literal["health-centre", "owz", "wsv"]
    source: Text
    district: Text | None = None


class Area(_Strict):
    """Where one ROS or external party works, instead of an area that is drawn."""

    kind: Literal["ros", "hap", "hospital", "vvt", "ggz", "home-care", "youth"]
    name: Text
    municipalities: list[Text] = Field(min_length=1)
    source: Text


class Contract(_Strict):
    """Titles that an organisation is contracted for since one quarter, when a run starts."""

    titles: list[Text] = Field(min_length=1)
    since: Text
    fee: Fee | None = None
    before: Euros | None = None
    source: Text


class Organisation(_Strict):
    """An organisation that is there when a run starts; members are shares by municipality."""

    name: Text
    since: Text
    municipality: Text
    district: Text | None = None
    members: dict[str, Share] = Field(min_length=1)
    mandate: Share = 1.0
    plus: Share = 0.0
    form: Form = "cooperative"
    rights: Literal["none", "advice", "approval"] = "none"
    divided: bool = False
    regioplan: Text | None = None
    programmes: list[Served] = ["diabetes"]
    reserves: Euros = 0.0
    for_hubs: Euros = 0.0
    lead: Text | None = None
    contracts: list[Contract] = []
    source: Text


class HubThen(_Strict):
    """A hub as it is when a run starts; without ``district`` in the first one."""

    municipality: Text
    district: Text | None = None
    origin: Literal["new", "health-centre", "owz", "wsv"] | None = None
    since: Text | None = None
    stage: StageWord
    plan: PlanWord = "none"
    active: Share = 0.0
    funded: bool = False
    manager: Literal["none", "own", "hired", "region"] = "none"
    employer: Text | None = None
    adviser: bool = False
    reserves: Euros = 0.0
    source: Text


class Chain(_Strict):
    """A new chain of care, beside those that are parameters."""

    name: Text
    group: Served
    prevalence: Share
    begins: Year = Field(alias="from")
    until: Year
    inclusion: Share
    source: Text


class State(_Strict):
    """What is there in one quarter, in which a run may start."""

    quarter: Text
    source: Text
    trust: Share | None = None
    organisations: list[Organisation] = []
    hubs: list[HubThen] = []


class Description(_Strict):
    """All of ``region.toml``."""

    name: Text
    title: Text
    source: Text
    origin: tuple[Degrees, Degrees] | None = None
    sources: dict[str, Text]
    columns: dict[str, dict[str, Column]]
    insurers: Insurers
    trust: Trust
    hubs: list[Hub] = []
    areas: list[Area] = []
    chains: list[Chain] = []
    states: list[State] = []

    @property
    def year(self) -> int:
        """The year of its figures, which the unit of the inhabitants names."""
        table, column = POPULATION
        return int(self.columns[table][column].unit[-4:])


def read_description(folder: Path) -> Description:
    """Return the checked contents of ``region.toml`` in a folder."""
    path = folder / FILE
    raw = read_toml(path)
    if "origin" in raw and isinstance(raw["origin"], list):
        raw["origin"] = tuple(raw["origin"])
    try:
        found = Description.model_validate(raw)
    except ValidationError as error:
        raise _clear(path, error) from None
    _check_sources(path, found)
    return found


def _check_sources(path: Path, found: Description) -> None:
    for subject in SOURCES:
        if subject not in found.sources:
            raise BadInput(f"{path}, key sources.{subject}", "is missing", allowed="a source")
    for table, columns in UNITS.items():
        given = found.columns.get(table, {})
        for column, unit in columns.items():
            key = f"{path}, key columns.{table}.{column}"
            if column not in given:
                raise BadInput(key, "is missing", allowed=f'{{ unit = "{unit}", source = ... }}')
            said = given[column].unit
            of_year = (table, column) == POPULATION
            if said != unit and not (of_year and _OF_YEAR.fullmatch(said)):
                allowed = _ANY_YEAR if of_year else repr(unit)
                raise BadInput(key, f"unit {said!r} is wrong", allowed=allowed)
    for table, entries in found.columns.items():
        for column in entries:
            if column not in UNITS.get(table, {}):
                known = [f"{t}.{c}" for t, some in UNITS.items() for c in some]
                raise BadInput(
                    f"{path}, key columns.{table}.{column}",
                    "is unknown",
                    allowed=", ".join(known),
                    nearest=nearest(f"{table}.{column}", known),
                )


def _clear(path: Path, error: ValidationError) -> BadInput:
    """Turn pydantic's first complaint into one message."""
    errors = error.errors()
    first = errors[0]
    if first["type"] == "missing":  # a key of the same table that is unknown is meant for it
        beside = [one for one in errors if one["loc"][:-1] == first["loc"][:-1]]
        first = next((one for one in beside if one["type"] == "extra_forbidden"), first)
    loc: tuple[Any, ...] = first["loc"]
    key = ".".join(str(part) for part in loc)
    where = f"{path}, key {key}"
    if first["type"] == "extra_forbidden":
        known = _fields(loc[:-1])
        return BadInput(
            where,
            "is unknown",
            allowed=", ".join(known),
            nearest=nearest(str(loc[-1]), known),
        )
    if first["type"] == "missing":
        return BadInput(where, "is missing")
    said = re.sub(r"^Input should be ", "should be ", first["msg"])
    given = first["input"]
    shown = f"{given!r} " if isinstance(given, str | int | float) else ""
    looks, near = "", None
    if first["type"] == "literal_error" and isinstance(given, str):
        near = nearest(given, re.findall(r"'([^']*)'", first["ctx"]["expected"]))
    if first["type"] == "less_than_equal" and isinstance(given, int | float):
        looks = as_percent(given, 0.0, float(first["ctx"]["le"]))
    return BadInput(where, f"{shown}{said}{looks}", nearest=near)


def _fields(loc: tuple[Any, ...]) -> list[str]:
    """Return the keys that may stand at a place in the file."""
    models: dict[tuple[str, ...], type[BaseModel]] = {
        (): Description,
        ("insurers",): Insurers,
        ("trust",): Trust,
        ("hubs",): Hub,
        ("areas",): Area,
        ("columns",): Column,
        ("chains",): Chain,
        ("states",): State,
        ("states", "organisations"): Organisation,
        ("states", "organisations", "contracts"): Contract,
        ("states", "hubs"): HubThen,
    }
    names = tuple(str(part) for part in loc if not isinstance(part, int))
    fields = models[names if names in models else names[:1]].model_fields
    return [field.alias or name for name, field in fields.items()]
