"""The tables of one run, and how to make them empty or filled."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.books import Account, Counter, EventLine, LedgerLine, Tariff
from agents.bundle import bundle
from agents.functions import CareFunction, PatientGroup, function_table, group_table
from agents.hub import Hub
from agents.insurer import Insurer
from agents.kinds import KINDS
from agents.municipality import Municipality
from agents.parameters import DECLARED, Parameters
from agents.partner import Partner
from agents.practice import Practice
from agents.record import NONE, IntArray, Record, table_of
from agents.regio_organisatie import RegioOrganisatie
from agents.ros import Ros
from agents.sizes import INSURERS, NEIGHBOURS, TITLES
from agents.title import Policy, Title
from agents.unit import Unit
from agents.words import Domain, Origin, PracticeForm, Stage
from sim.errors import BadInput
from sim.place.partners import areas
from sim.place.region import Region
from sim.scratch import Scratch, make_scratch

Table = Any
"""A structured ndarray in the compiled engines, a list of plain rows in the twin."""

ORIGIN_CODES = {"owz": Origin.OWZ, "health-centre": Origin.HEALTH_CENTRE, "wsv": Origin.WSV}
"""Origins that a hub of 2006 may have, as region files name them."""


@bundle
class Tables(NamedTuple):
    """Everything a run reads and writes."""

    params: Table
    counter: Table
    functions: Table
    groups: Table
    titles: Table
    policy: Table
    tariffs: Table
    municipalities: Table
    insurers: Table
    ros: Table
    practices: Table
    units: Table
    hubs: Table
    organisations: Table
    partners: Table
    accounts: Table
    ledger: Table
    events: Table
    offsets: IntArray
    scratch: Scratch


RECORDS: dict[str, type[Record]] = {
    "params": Parameters,
    "counter": Counter,
    "functions": CareFunction,
    "groups": PatientGroup,
    "titles": Title,
    "policy": Policy,
    "tariffs": Tariff,
    **{kind.table: kind.record for kind in KINDS},
    "accounts": Account,
    "ledger": LedgerLine,
    "events": EventLine,
}
"""The record of each table, by its name in ``Tables``."""


def parameter_row(values: dict[str, float | int | bool]) -> NDArray[Any]:
    """Return the one-row table of parameters from values by dotted name."""
    row = table_of(Parameters, 1)
    for name, declared in DECLARED.items():
        if declared.field:
            row[declared.field][0] = values[name]
    return row


def _numbers(region: Region) -> list[int]:
    digits = ["".join(c for c in m.code if c.isdigit()) for m in region.municipalities]
    if all(digits) and len({int(d) for d in digits}) == len(digits):
        return [int(d) for d in digits]
    return list(range(1, len(digits) + 1))


def _fill_municipalities(region: Region, t: NDArray[Any], shift: float, per_ros: int) -> None:
    first = 0
    names = list(region.insurers)
    for row, (m, number) in enumerate(zip(region.municipalities, _numbers(region), strict=True)):
        t["id"][row] = number
        t["alive"][row] = True
        t["x"][row], t["y"][row] = m.x, m.y
        t["population_2022"][row] = m.population
        t["share_65"][row] = m.share_65
        t["preferred"][row] = names.index(m.preferred)
        t["ros"][row] = row // per_ros
        t["shares"][row, : len(m.shares)] = m.shares
        t["first_hub"][row], t["hubs"][row] = first, len(m.districts)
        t["trust_start"][row] = min(1.0, max(0.0, m.trust + shift))
        t["lead"][row] = NONE
        first += len(m.districts)
    for a, b in region.neighbours:
        for here, there in ((a, b), (b, a)):
            count = int(t["neighbour_count"][here])
            if count >= NEIGHBOURS:
                name = region.municipalities[here].name
                raise BadInput(
                    f"region {region.name}", f"{name} has too many neighbours",
                    allowed=f"at most {NEIGHBOURS}",
                )  # fmt: skip
            t["neighbours"][here, count] = there
            t["neighbour_count"][here] = count + 1


def _fill_hubs(region: Region, t: NDArray[Any]) -> None:
    row = 0
    for m, number in zip(region.municipalities, _numbers(region), strict=True):
        start = {h.district: ORIGIN_CODES[h.origin] for h in m.hubs}
        for d, district in enumerate(m.districts):
            t["id"][row] = number * 100 + d
            t["alive"][row] = True
            t["x"][row], t["y"][row], t["radius"][row] = district.x, district.y, district.radius
            t["residents"][row] = district.population
            if d in start:
                t["origin"][row] = start[d]
                t["stage"][row] = Stage.BOARD
                t["plan"][row] = 3
            row += 1


SIZES = {
    Domain.HAP: "partner.hap",
    Domain.HOSPITAL: "partner.hospital",
    Domain.VVT: "partner.vvt",
    Domain.GGZ: "partner.ggz",
    Domain.HOME_CARE: "partner.home_care",
    Domain.YOUTH: "partner.youth",
}
"""Which parameter holds the size of the areas of each kind of external party."""


def _partners(region: Region, values: dict[str, float | int | bool], towns: NDArray[Any]) -> Any:
    """Return the table of external parties, and write into ``towns`` who serves them."""
    rows: list[tuple[Domain, list[int]]] = []
    towns["partners"] = NONE
    for sort, key in SIZES.items():
        area = areas(region, float(values[key]), sort * math.pi / 3.0)
        for number in range(max(area) + 1):
            served = [m for m, a in enumerate(area) if a == number]
            towns["partners"][served, sort] = len(rows)
            rows.append((sort, served))
    table = table_of(Partner, len(rows))
    for row, (sort, served) in enumerate(rows):
        people = np.array([region.municipalities[m].population for m in served], float)
        # Known by one of its municipalities, so that who else is in the region does not matter.
        number = int(towns["id"][served].min()) * len(Domain) + sort
        table["id"][row], table["alive"][row], table["domain"][row] = number, True, sort
        table["organisation"][row] = table["agreement"][row] = NONE
        first = min(served, key=lambda m: int(towns["id"][m]))
        table["municipality"][row] = first
        table["trust"][row] = towns["trust_start"][first]
        table["residents"][row] = int(people.sum())
        weights = people / people.sum()
        for axis in ("x", "y"):
            places = [getattr(region.municipalities[m], axis) for m in served]
            table[axis][row] = float(weights @ np.array(places))
    return table


def _rooms(
    values: dict[str, float | int | bool], expected: int, hubs: int, years: float
) -> tuple[int, int]:
    """Return rows for practices and organisations that no plausible run fills."""
    opened = float(values["population.open"])
    net = opened - float(values["population.close"]) - float(values["population.merge"])
    growth = min(8.0, max(1.0, 1.0 + net) ** years)
    practices = int(1.1 * expected * (1.0 + opened * years * growth)) + 2 * hubs + 16
    founded = min(years, 3.0 * float(values["organisation.found"]) * years)
    entered = min(years, 3.0 * float(values["entry.rate"]) * years)
    return practices, int(hubs * (2.0 + founded) + hubs * entered) + 16


def make_tables(
    region: Region,
    values: dict[str, float | int | bool],
    titles: NDArray[Any],
    policy: NDArray[Any],
) -> Tables:
    """Return the tables of a run before its population is drawn.

    ``titles`` has shape ``(ticks, titles)`` and ``policy`` ``(ticks,)``. Rooms are generous: a
    run that fills one fails and names the table.
    """
    if titles.shape[1] > TITLES:
        raise BadInput("regime", f"{titles.shape[1]} titles", allowed=f"at most {TITLES}")
    if len(region.insurers) > INSURERS:
        raise BadInput(f"region {region.name}", "too many insurers", allowed=f"at most {INSURERS}")
    count = len(region.municipalities)
    per_ros = int(values["ros.municipalities"])
    hubs = sum(len(m.districts) for m in region.municipalities)
    expected = sum(
        max(1, round(m.population / float(values["population.insured"])))
        for m in region.municipalities
    )
    years = titles.shape[0] / 4.0
    practices, organisations = _rooms(values, expected, hubs, years)
    t: dict[str, Any] = {name: table_of(record, 1) for name, record in RECORDS.items()}
    t["params"] = parameter_row(values)
    t["functions"], t["groups"] = function_table(values), group_table(values)
    t["titles"], t["policy"] = titles, policy
    t["tariffs"] = table_of(Tariff, titles.shape[1])
    t["municipalities"] = table_of(Municipality, count)
    t["insurers"] = table_of(Insurer, len(region.insurers))
    t["ros"] = table_of(Ros, (count - 1) // per_ros + 1)
    t["practices"], t["units"] = table_of(Practice, practices), table_of(Unit, practices)
    t["hubs"] = table_of(Hub, hubs)
    t["organisations"] = table_of(RegioOrganisatie, organisations)
    _fill_municipalities(region, t["municipalities"], float(values["trust.start"]), per_ros)
    _fill_hubs(region, t["hubs"])
    t["partners"] = _partners(region, values, t["municipalities"])
    for row, municipality in enumerate(t["municipalities"]):
        first = int(municipality["first_hub"])
        t["hubs"]["municipality"][first : first + int(municipality["hubs"])] = row
    for name in ("insurers", "ros"):
        t[name]["alive"] = True
        t[name]["id"] = np.arange(len(t[name])) + 1
    sizes = [1, *(len(t[kind.table]) for kind in KINDS)]  # the first is the world outside
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    t["accounts"] = table_of(Account, int(offsets[-1]))
    lines = (titles.shape[1] + 4) * (hubs + 3 * expected + organisations) * 2
    t["ledger"] = table_of(LedgerLine, lines * max(1, len(region.insurers) // 2) + 4096)
    t["events"] = table_of(EventLine, 16 * practices + 8 * hubs + 8 * organisations + 1024)
    scratch = make_scratch(
        {
            "practices": practices + 1,
            "payees": max(practices, hubs) + 1,
            "hubs": hubs + 1,
            "organisations": organisations + 1,
            "municipalities": count + 1,
            "partners": len(t["partners"]) + 1,
            "ros": len(t["ros"]) + 1,
            "forms": len(PracticeForm),
        }
    )
    return Tables(offsets=offsets, scratch=scratch, **t)
