"""Starting tables: the tables of a run, filled from a region before its population is drawn."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.care import chain_table, function_table, group_table
from agents.compiled import exact
from agents.compiled.record import NONE, IntArray, table_of
from agents.kinds import KINDS
from agents.parameters import DECLARED, Parameters
from agents.sizes import INSURERS, NEAREST, NEIGHBOURS, TITLES
from agents.words import CostKind, Domain, Function, Group, PracticeForm
from sim.errors import BadInput
from sim.place.ageing import of_model_year
from sim.place.chains import chain_row, check_chains
from sim.place.partners import areas, cut
from sim.place.region import Region
from sim.run_down import tie_titles
from sim.scratch import make_scratch
from sim.standing import (
    AT_FIRST,
    Begin,
    Values,
    fill_accounts,
    fill_hubs,
    fill_openings,
    fill_organisations,
    numbers_of,
    openings,
    put_cells,
    with_trust,
)
from sim.tables import Tables, blank_table, too_long

SIZES = {
    Domain.HAP: "partner.hap",
    Domain.HOSPITAL: "partner.hospital",
    Domain.VVT: "partner.vvt",
    Domain.GGZ: "partner.ggz",
    Domain.HOME_CARE: "partner.home_care",
    Domain.YOUTH: "partner.youth",
}
"""Which parameter holds the size of the areas of each kind of external party."""

Areas = list[tuple[Domain, list[int]]]
"""Kind of each external party, with the rows of the municipalities that it serves."""


def make_tables(
    region: Region,
    values: Values,
    titles: NDArray[Any],
    policy: NDArray[Any],
    begin: Begin = AT_FIRST,
) -> Tables:
    """Return the tables of a run before its population is drawn.

    ``titles`` has shape ``(ticks, titles)``; ``policy`` ``(ticks, insurers)``, or ``(ticks, 1)``
    where all insurers have one. ``begin`` says in which quarter the run starts, and what is there.
    Rooms are generous: a run that fills one fails and names the table.

    Raises:
        BadInput: more titles, insurers or neighbours than records have places for, more practices
            than a table has room for, or chains of the region that the values leave no room for.
    """
    region = of_model_year(with_trust(region, begin), float(values["population.growth"]))
    if titles.shape[1] > TITLES:
        raise BadInput("regime", f"{titles.shape[1]} titles", allowed=f"at most {TITLES}")
    if len(region.insurers) > INSURERS:
        raise BadInput(f"region {region.name}", "too many insurers", allowed=f"at most {INSURERS}")
    check_chains(region, values)
    served = areas_of(region, values)
    rows = rows_of(region, values, titles, served, begin)
    if problem := too_long(rows):
        raise BadInput(f"region {region.name}", f"too large: {problem}",
                       allowed="fewer municipalities, or an earlier end")  # fmt: skip
    t: dict[str, Any] = {name: blank_table(name, count) for name, count in rows.items()}
    t["params"] = parameter_row(values)
    t["functions"], t["groups"] = function_table(values), group_table(values)
    t["chains"] = chain_table(values, map(chain_row, region.chains))
    t["titles"], t["policy"] = titles.copy(), policies_of(region, values, policy)
    for name in ("insurers", "ros"):
        t[name]["alive"] = True
        t[name]["id"] = np.arange(len(t[name])) + 1
    tie_titles(t["titles"], t["tariffs"], values)
    _fill_municipalities(region, t["municipalities"], values)
    _fill_neighbours(region, t["municipalities"])
    fill_hubs(region, begin, t)
    fill_organisations(region, begin, values, t)
    fill_openings(region, begin, t["opening"])
    _fill_partners(region, served, t["partners"], t["municipalities"])
    _fill_steerings(_groups(region, values), t["steerings"], t["municipalities"])
    t["counter"]["quarter"] = begin.tick
    offsets = _offsets(rows)
    fill_accounts(region, begin, offsets, t["accounts"])
    return Tables(offsets=offsets, scratch=make_scratch(places_of(rows, titles.shape[1])), **t)


def policies_of(region: Region, values: Values, policy: NDArray[Any]) -> NDArray[Any]:
    """Return a row of policy per quarter and insurer, all that of one where they are alike."""
    if values["insurer.alike"] and policy.shape[1] > 1:
        policy = policy[:, [region.insurers.index(leading_insurer(region))]]
    return np.broadcast_to(policy, (len(policy), len(region.insurers))).copy()


def parameter_row(values: Values) -> NDArray[Any]:
    """Return the one-row table of parameters from values by dotted name."""
    row = table_of(Parameters, 1)
    for name, declared in DECLARED.items():
        if declared.field:
            row[declared.field][0] = values[name]
    return row


def rows_of(
    region: Region, values: Values, titles: NDArray[Any], served: Areas, begin: Begin
) -> dict[str, int]:
    """Return how many rows each table has: of what may grow, more than a plausible run fills."""
    hubs = sum(len(m.districts) for m in region.municipalities)
    expected = sum(
        max(1, round(m.population / float(values["population.insured"])))
        for m in region.municipalities
    )
    years = titles.shape[0] / 4.0
    opened = float(values["population.open"])
    net = opened - float(values["population.close"]) - float(values["population.merge"])
    growth = min(8.0, exact.exp(min(3.0, years * exact.log(max(1.0, 1.0 + net)))))
    practices = int(1.1 * expected * (1.0 + opened * years * growth)) + 2 * hubs + 16
    founded = min(years, 3.0 * float(values["organisation.found"]) * years)
    entered = min(years, 3.0 * float(values["entry.rate"]) * years)
    organisations = int(hubs * (2.0 + founded) + hubs * entered) + 16 + len(begin.organisations)
    lines = (titles.shape[1] + 4) * (hubs + 3 * expected + organisations) * 2
    rows = {
        "counter": 1,
        "tariffs": titles.shape[1],
        "municipalities": len(region.municipalities),
        "insurers": len(region.insurers),
        "ros": max(_ros_of(region, values)) + 1,
        "practices": practices,
        # A practice that leaves its unit stands in one of its own, a new row.
        "units": practices + hubs + round(expected * years * float(values["unit.review"])),
        "hubs": hubs,
        "organisations": organisations,
        "partners": len(served),
        "steerings": 1 + max(_groups(region, values)),
        "opening": openings(begin),
        # For one quarter: both are emptied at its end.
        "ledger": lines * max(1, len(region.insurers) // 2) + 4096,
        "events": 16 * practices + 8 * hubs + 8 * organisations + 1024,
    }
    return rows | {"accounts": int(_offsets(rows)[-1])}


def _offsets(rows: dict[str, int]) -> IntArray:
    """Return the first account of each ``Kind``, and behind the last how many there are."""
    sizes = [1, *(rows[kind.table] for kind in KINDS)]  # the world outside has one account
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def places_of(rows: dict[str, int], titles: int) -> dict[str, int | tuple[int, int]]:
    """Return how many places scratch room has for each kind of row, or its shape."""
    kinds = ("practices", "hubs", "organisations", "municipalities", "partners", "ros", "steerings")
    places = {kind: rows[kind] + 1 for kind in kinds}
    payees = max(places["practices"], places["hubs"], places["organisations"], places["ros"])
    places |= {"payees": payees, "claims": max(1, titles) * payees, "titles": titles + 1}
    places |= {"forms": len(PracticeForm), "functions": len(Function), "costs": len(CostKind)}
    places |= {"survey": 4, "counterparts": NEAREST}
    each = places["practices"]
    return {**places, "divisions": (each, len(Group)), "cells": (each, len(Function) * len(Group))}


def leading_insurer(region: Region) -> str:
    """Return the insurer that is preferred where most people live, the first of equals."""
    people = dict.fromkeys(region.insurers, 0)
    for m in region.municipalities:
        people[m.preferred] += m.population
    return max(people, key=lambda name: people[name])


def _fill_municipalities(region: Region, table: NDArray[Any], values: Values) -> None:
    first_hub, insurers = 0, list(region.insurers)
    alike = leading_insurer(region) if values["insurer.alike"] else None
    guided = _ros_of(region, values)
    divisions = list(dict.fromkeys(m.subregion for m in region.municipalities))
    for row, (m, number) in enumerate(zip(region.municipalities, numbers_of(region), strict=True)):
        put_cells(
            table, row,
            id=number,
            alive=True,
            x=m.x,
            y=m.y,
            population_2022=m.population,
            share_65=m.share_65,
            # Twice as far from class 3 on either side: the same twice.
            ggz=1.0 + float(values["demand.urban"]) * (3 - m.urbanity) / 2.0,
            need=m.share_65
            * float(values["population.75"])
            / float(values["municipality.usual_75"]),
            housing=1.0 + float(values["housing.local"]) * (3 - m.urbanity) / 2.0,
            preferred=insurers.index(m.preferred),
            ros=guided[row],
            first_hub=first_hub,
            hubs=len(m.districts),
            trust_start=min(1.0, max(0.0, m.trust + float(values["trust.start"]))),
            division=divisions.index(m.subregion),
            lead=NONE,
            partners=NONE,
            policy_of=insurers.index(alike or m.preferred),
            run_down=NONE,
        )  # fmt: skip
        table["shares"][row, : len(m.shares)] = m.shares
        first_hub += len(m.districts)


def _fill_neighbours(region: Region, table: NDArray[Any]) -> None:
    for a, b in region.neighbours:
        for here, there in ((a, b), (b, a)):
            count = int(table["neighbour_count"][here])
            if count >= NEIGHBOURS:
                name = region.municipalities[here].name
                raise BadInput(
                    f"region {region.name}", f"{name} has too many neighbours",
                    allowed=f"at most {NEIGHBOURS}",
                )  # fmt: skip
            table["neighbours"][here, count] = there
            table["neighbour_count"][here] = count + 1


def _ros_of(region: Region, values: Values) -> list[int]:
    """Return the row of the ROS of each municipality: as the region gives it, else by number."""
    given = region.areas_of("ros")
    if not given:
        return [m // int(values["ros.municipalities"]) for m in range(len(region.municipalities))]
    held = {m: row for row, area in enumerate(given) for m in area.municipalities}
    return [held[m] for m in range(len(region.municipalities))]


def areas_of(region: Region, values: Values) -> Areas:
    """Return every external party: one for each area of its kind, given or drawn."""
    found: Areas = []
    for domain, key in SIZES.items():
        given = region.areas_of(domain.word)
        found += [(domain, list(area.municipalities)) for area in given]
        if given:
            continue
        area = areas(region, float(values[key]), domain * math.pi / 3.0)
        for number in range(max(area) + 1):
            found.append((domain, [m for m, a in enumerate(area) if a == number]))
    return found


def _fill_partners(region: Region, served: Areas, table: NDArray[Any], towns: NDArray[Any]) -> None:
    """Fill the table of external parties, and write into ``towns`` who serves them."""
    for row, (domain, rows) in enumerate(served):
        towns["partners"][rows, domain] = row
        # Known by one of its municipalities, so that who else is in the region does not matter.
        first = min(rows, key=lambda m: int(towns["id"][m]))
        places = [region.municipalities[m] for m in rows]
        people = [place.population for place in places]
        put_cells(
            table, row,
            id=int(towns["id"][first]) * len(Domain) + domain,
            alive=True,
            domain=domain,
            organisation=NONE,
            agreement=NONE,
            municipality=first,
            trust=towns["trust_start"][first],
            residents=sum(people),
            x=_middle(people, [place.x for place in places]),
            y=_middle(people, [place.y for place in places]),
        )  # fmt: skip


def _groups(region: Region, values: Values) -> list[int]:
    """Return for each municipality the number of the regional table in whose area it is."""
    alike = [1.0] * len(region.municipalities)
    return cut(region, alike, float(values["table.municipalities"]), 0.0)


def _fill_steerings(groups: list[int], table: NDArray[Any], towns: NDArray[Any]) -> None:
    """Fill the regional tables, of which none meets yet; ``towns`` get to know theirs."""
    towns["steering"] = groups
    for row in range(len(table)):
        rows = [m for m, group in enumerate(groups) if group == row]
        first = min(rows, key=lambda m: int(towns["id"][m]))
        put_cells(
            table, row,
            id=towns["id"][first],
            municipality=first,
            ros=towns["ros"][first],
            municipalities=len(rows),
            insurers=NONE,
        )  # fmt: skip


def _middle(people: list[int], places: list[float]) -> float:
    """Return the mean of coordinates in km, weighted by people."""
    # Not a product of NumPy: in which order that adds up depends on the processor.
    return math.fsum(n * place for n, place in zip(people, places, strict=True)) / sum(people)
