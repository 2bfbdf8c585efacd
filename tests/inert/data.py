"""Everything that a region's files say, turned key by key and column by column."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, get_args

from sim.errors import BadInput
from sim.place import description
from sim.place.chains import chains_of
from sim.place.description import FILE, Description
from sim.place.districts import equal_districts
from sim.place.load import region_names
from sim.place.national import SHIPPED as FOLDERS
from sim.place.region import Area, District, Municipality, Region
from sim.place.sheet import Sheet
from sim.place.states import states_of
from sim.reading.files import read_toml

KINDS = get_args(description.Area.model_fields["kind"].annotation)
Turning = Callable[[Region], Iterator[Region]]


def as_it_is(region: Region) -> Region:
    """Return a region without any change."""
    return region


class Datum(NamedTuple):
    """A key or a column, the regions that come of turning it in one, and what stands beside."""

    kind: str
    name: str
    turned: Turning
    beside: Callable[[Region], Region] = as_it_is


def _towns(change: Callable[[Municipality], Municipality]) -> Turning:
    """Return a turning of every municipality."""

    def turned(region: Region) -> Iterator[Region]:
        yield replace(region, municipalities=tuple(map(change, region.municipalities)))

    return turned


def _parts(change: Callable[[int, District], District]) -> Turning:
    """Return a turning of every district, given its position in its municipality."""

    def of_town(town: Municipality) -> Municipality:
        return replace(town, districts=tuple(change(k, d) for k, d in enumerate(town.districts)))

    return _towns(of_town)


def _moved(town: Municipality) -> Municipality:
    districts = tuple(replace(d, x=1.5 * d.x, y=1.5 * d.y) for d in town.districts)
    return replace(town, x=1.5 * town.x, y=1.5 * town.y, districts=districts)


def _preferred(region: Region) -> Iterator[Region]:
    for insurer in region.insurers:
        towns = tuple(replace(town, preferred=insurer) for town in region.municipalities)
        yield replace(region, municipalities=towns)


def _market(region: Region) -> Iterator[Region]:
    equal = (1.0 / len(region.insurers),) * len(region.insurers)
    yield from _towns(lambda town: replace(town, shares=equal))(region)


def _neighbours(region: Region) -> Iterator[Region]:
    yield replace(region, neighbours=region.neighbours[::2])


def _areas(region: Region) -> Iterator[Region]:
    towns = range(len(region.municipalities))
    halves = (tuple(towns[::2]), tuple(towns[1::2]))
    for kind in KINDS:
        others = [area for area in region.areas if area.kind != kind]
        own = [Area(kind, f"{kind} {k + 1}", half, "") for k, half in enumerate(halves)]
        yield replace(region, areas=(*others, *own))


def _unlisted(region: Region) -> Region:
    """Return a region as if no table listed its districts: then they follow from areas."""

    def of_town(town: Municipality) -> Municipality:
        found = equal_districts(town.name, town.population, town.area_km2, (town.x, town.y))
        hubs = tuple(hub for hub in town.hubs if hub.district < len(found))
        return replace(town, districts=found, hubs=hubs)

    return replace(region, municipalities=tuple(map(of_town, region.municipalities)))


def _spread(region: Region) -> Iterator[Region]:
    for wide in _towns(lambda town: replace(town, area_km2=4.0 * town.area_km2))(region):
        yield _unlisted(wide)


FIGURES = (
    Datum("column", "municipalities.population",
          _towns(lambda town: replace(town, population=town.population * 5 // 4))),
    Datum("column", "municipalities.pct_65plus",
          _towns(lambda town: replace(town, share_65=1.2 * town.share_65))),
    Datum("column", "municipalities.area_km2", _spread, _unlisted),
    Datum("column", "municipalities.urbanity",
          _towns(lambda town: replace(town, urbanity=1 + town.urbanity % 5))),
    Datum("column", "municipalities.subregion",
          _towns(lambda town: replace(town, subregion=town.code))),
    Datum("column", "municipalities.lat, lon", _towns(_moved)),
    Datum("column", "municipalities.preferred", _preferred),
    Datum("column", "shares", _market),
    Datum("column", "neighbours", _neighbours),
    Datum("column", "districts.population",
          _parts(lambda k, d: replace(d, population=d.population * (k % 2 + 1)))),
    Datum("column", "districts.lat, lon", _parts(lambda k, d: replace(d, x=d.x + 3.0 * (k % 2)))),
    Datum("column", "districts.radius_km", _parts(lambda k, d: replace(d, radius=2.0 * d.radius))),
    Datum("column", "districts.pct_65plus",
          _parts(lambda k, d: replace(d, share_65=0.1 + 0.2 * (k % 2)))),
    Datum("column", "districts.pct_low_income",
          _parts(lambda k, d: replace(d, low_income=0.2 + 0.4 * (k % 2)))),
    Datum("key", "trust", _towns(lambda town: replace(town, trust=0.9 * town.trust))),
    Datum("key", "hubs", _towns(lambda town: replace(town, hubs=()))),
    Datum("key", "hubs.origin",
          _towns(lambda town: replace(
              town, hubs=tuple(replace(hub, origin="wsv") for hub in town.hubs)))),
    Datum("key", "areas", _areas),
)  # fmt: skip

Raw = dict[str, Any]

MADE = {
    "name": "made", "group": "diabetes", "prevalence": 0.04, "from": 2010, "until": 2016,
    "inclusion": 0.5, "source": "made for this screen",
}  # fmt: skip
"""A chain of a region, beside which its keys are turned."""

CHAIN: dict[str, tuple[Any, ...]] = {
    "group": ("cvrm", "copd"),
    "prevalence": (0.01,),
    "from": (2013,),
    "until": (2020,),
    "inclusion": (0.1,),
}

LATE = "2013Q2"
STATE: dict[str, tuple[Any, ...]] = {
    "trust": (0.2, 0.9),
    "organisations": ([],),
    "hubs": ([],),
}
BODY: dict[str, tuple[Any, ...]] = {
    "since": ("2006Q1", "2012Q2", LATE),
    "municipality": ("last",),
    "district": ("last",),
    "members": ({"all": 0.4},),
    "mandate": (0.2,),
    "plus": (0.5,),
    "form": ("foundation", "professions", "neighbourhoods"),
    "rights": ("none", "approval"),
    "divided": (True, False),
    "regioplan": ("2019Q2", "2023Q2", "2026Q4"),
    "programmes": ([], ["copd"]),
    "reserves": (200_000.0,),
    "for_hubs": (200_000.0,),
    "lead": ("first",),
    "contracts": ([],),
}
CONTRACT: dict[str, tuple[Any, ...]] = {
    "titles": (["regiomanagement"], ["wijkmanagement"]),
    "since": ("2013Q4", "2018Q1"),
    "fee": (6.0, 14.0),
    "before": (1.0, 6.0),
}
HUB: dict[str, tuple[Any, ...]] = {
    "municipality": ("last",),
    "district": ("last",),
    "origin": ("new", "health-centre", "owz", "wsv"),
    "since": ("2006Q1", "2013Q4"),
    "stage": ("none", "initiator", "driver", "board"),
    "plan": ("none", "drafted", "approved", "running"),
    "active": (0.1, 1.0),
    "funded": (True, False),
    "manager": ("none", "own", "hired"),
    "employer": ("first",),
    "adviser": (True, False),
    "reserves": (200_000.0,),
}
"""What each key is turned to; what cannot be where a key stands is passed over."""


def _blocks(state: Raw, path: str) -> list[Raw]:
    """Return the blocks of one state that may hold a key."""
    bodies: list[Raw] = state.get("organisations", [])
    if path == "organisations":
        return bodies
    if path == "organisations.contracts":
        return [block for body in bodies for block in body.get("contracts", [])]
    return list(state.get("hubs", [])) if path == "hubs" else [state]


def _put(block: Raw, key: str, value: Any, raw: Raw, region: Region) -> None:
    """Write a value into a block, with what must go along."""
    first = _blocks(raw, "organisations")[0]["name"] if raw.get("organisations") else ""
    last = region.municipalities[-1]
    if key == "municipality":
        value = last.code
        block.pop("district", None)
    elif key == "district":
        town = next(m for m in region.municipalities if m.code == block["municipality"])
        value = town.districts[-1].name
    elif key in ("lead", "employer"):
        value = first
    if key == "employer":
        block["manager"] = "region"
    block[key] = value


def _of_state(path: str, key: str, values: tuple[Any, ...]) -> Turning:
    """Return a turning of one key in the states of a region, block by block."""

    def turned(region: Region) -> Iterator[Region]:
        for n, k, value in (
            (n, k, value)
            for n, state in enumerate(_raw(region).get("states", []))
            for k in range(len(_blocks(state, path)))
            for value in values
        ):
            raw = copy.deepcopy(_raw(region))
            state = raw["states"][n]
            _put(_blocks(state, path)[k], key, value, state, region)
            try:
                yield _with(region, raw)
            except BadInput:
                continue  # cannot be in this block

    return turned


def _of_chain(key: str, values: tuple[Any, ...]) -> Turning:
    def turned(region: Region) -> Iterator[Region]:
        for value in values:
            yield with_chain(region, **{key: value})

    return turned


def with_chain(region: Region, **changed: Any) -> Region:
    """Return a region with the chain of this screen, some of its keys changed."""
    return _with(region, {**_raw(region), "chains": [{**MADE, **changed}]})


def _raw(region: Region) -> Raw:
    name = region.name if region.name in region_names() else "unicum"
    return read_toml(Path(FOLDERS) / name / FILE)


def _with(region: Region, raw: Raw) -> Region:
    """Return a region with the chains and states of a ``region.toml``, read as a user's is."""
    raw = {**raw, "origin": tuple(raw["origin"])} if "origin" in raw else raw
    codes = {m.code: k for k, m in enumerate(region.municipalities)}
    sheet = Sheet(Path(), Description.model_validate(raw), [], codes, region.origin)
    found = replace(region, chains=chains_of(sheet))
    if not region.states:
        return found
    return replace(found, states=states_of(sheet, list(region.municipalities)))


CHAINS = (
    Datum("chain", "chains", lambda region: iter([replace(region, chains=())]), with_chain),
    *(
        Datum("chain", f"chains.{key}", _of_chain(key, values), with_chain)
        for key, values in CHAIN.items()
    ),
)
STATES = tuple(
    Datum("state", f"states.{path}.{key}".replace("..", "."), _of_state(path, key, values))
    for path, keys in (
        ("", STATE),
        ("organisations", BODY),
        ("organisations.contracts", CONTRACT),
        ("hubs", HUB),
    )
    for key, values in keys.items()
)
