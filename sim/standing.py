"""What stands in a region in the quarter in which a run starts, written into its tables.

In 2006 there are hubs and nothing else. For a later quarter the region's state says what is there;
what it does not say is as in 2006. Which practices are members is drawn with the population
(``sim.opening``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.compiled.record import NONE, IntArray
from agents.opening import Opening
from agents.title import ANY_ORIGIN
from agents.words import Group, Kind, LegalForm, Manager, Origin, Plan, Rights, Stage
from sim.place.region import Region
from sim.place.state import HubAsIs, OrganisationThen, State

Values = dict[str, float | int | bool]
"""Parameters by dotted name."""

Table = NDArray[Any]


class Begin(NamedTuple):
    """In which quarter (tick) a run starts, what is there, and the titles of its regime by column.

    Without a state organisations there are none, and hubs are those of 2006.
    """

    tick: int = 0
    state: State | None = None
    titles: tuple[str, ...] = ()

    @property
    def organisations(self) -> tuple[OrganisationThen, ...]:
        """The organisations that are there."""
        return self.state.organisations if self.state is not None else ()

    @property
    def hubs(self) -> tuple[HubAsIs, ...]:
        """The hubs that are not as in 2006."""
        return self.state.hubs if self.state is not None else ()


AT_FIRST = Begin()
"""A run that starts in 2006Q1."""


def state_of(region: Region, tick: int, values: Mapping[str, float | int | bool]) -> State | None:
    """Return what a region says of a quarter, where it does and `start.state` is on."""
    if not values["start.state"]:
        return None
    return next((state for state in region.states if state.quarter == tick), None)


def with_trust(region: Region, begin: Begin) -> Region:
    """Return a region with the trust of the quarter in which a run starts."""
    trust = begin.state.trust if begin.state is not None else None
    if trust is None:
        return region
    found = tuple(replace(m, trust=trust) for m in region.municipalities)
    return replace(region, municipalities=found)


def numbers_of(region: Region) -> list[int]:
    """Return the ids of the municipalities: the numbers in their codes where those tell apart."""
    digits = ["".join(c for c in m.code if c.isdigit()) for m in region.municipalities]
    if all(digits) and len({int(d) for d in digits}) == len(digits):
        return [int(d) for d in digits]
    return list(range(1, len(digits) + 1))


def number_of(region: Region, body: OrganisationThen) -> int:
    """Return the id of an organisation: hub area of its seat * 1000 + quarter of founding."""
    return (numbers_of(region)[body.municipality] * 100 + body.district) * 1000 + body.since


def fill_hubs(region: Region, begin: Begin, t: Mapping[str, Table]) -> None:
    """Fill hub areas and the hubs in them: of 2006, or as the state has them.

    What a title of its origin pays a hub is contracted: since 2006, or as the state says.
    """
    then = {(hub.municipality, hub.district): hub for hub in begin.hubs}
    hubs, row = t["hubs"], 0
    hubs["contract"] = hubs["agreed"] = NONE
    for town, m in enumerate(region.municipalities):
        origins = {hub.district: hub.origin for hub in m.hubs}
        for d, district in enumerate(m.districts):
            put_cells(
                hubs, row,
                id=int(t["municipalities"]["id"][town]) * 100 + d,
                alive=True,
                municipality=town,
                x=district.x,
                y=district.y,
                radius=district.radius,
                residents=district.population,
                old=district.elderly_of(m.share_65),
                poor=district.poor,
                agreement=NONE,
                employer=NONE,
                umbrella=NONE,
            )  # fmt: skip
            if (town, d) in then:
                _fill_then(then[town, d], row, t, begin)
            elif d in origins:
                origin = Origin.of(origins[d])
                put_cells(hubs, row, origin=origin, stage=Stage.BOARD, plan=Plan.RUNNING, ran=True)
                _contract_hub(row, 0, t, begin)
            row += 1


def _fill_then(hub: HubAsIs, row: int, t: Mapping[str, Table], begin: Begin) -> None:
    plan = Plan.of(hub.plan)
    put_cells(
        t["hubs"], row,
        origin=Origin.of(hub.origin),
        stage=Stage.of(hub.stage),
        plan=plan,
        ran=plan == Plan.RUNNING,
        approved=hub.funded,
        manager=Manager.of(hub.manager),
        employer=NONE if hub.employer is None else hub.employer,
    )  # fmt: skip
    if hub.adviser:
        t["municipalities"]["adviser"][hub.municipality] = True
    if hub.stage != Stage.NONE.word:
        _contract_hub(row, hub.since, t, begin)


def _contract_hub(row: int, since: int, t: Mapping[str, Table], begin: Begin) -> None:
    """Let hub ``row`` be contracted for what titles of its origin pay in the first quarter."""
    hubs, titles = t["hubs"], t["titles"][begin.tick]
    policy_of = t["municipalities"]["policy_of"][hubs["municipality"][row]]
    for k in range(len(titles)):
        own = titles["origin"][k] in (ANY_ORIGIN, hubs["origin"][row])
        paid = titles["active"][k] and titles["receiver"][k] == Kind.HUB
        if own and paid and titles["insurers"][k, policy_of] > 0.0:
            hubs["contract"][row, k] = hubs["agreed"][row, k] = since


def fill_organisations(
    region: Region, begin: Begin, values: Values, t: Mapping[str, Table]
) -> None:
    """Fill the organisations that the state has, with the contracts that they hold."""
    starts = np.cumsum([0, *(len(m.districts) for m in region.municipalities)])
    bodies, hubs = t["organisations"], t["hubs"]
    for row, body in enumerate(begin.organisations):
        seat = int(starts[body.municipality]) + body.district
        put_cells(
            bodies, row,
            id=number_of(region, body),
            alive=True,
            founder=seat,
            founded=body.since,
            municipality=body.municipality,
            x=hubs["x"][seat],
            y=hubs["y"][seat],
            first=NONE,
            lead=NONE if body.lead is None else body.lead,
            legal=LegalForm.of(body.form),
            rights=Rights.of(body.rights),
            structure=int(values["coordination.structure"]),
            own=1 if body.divided else 0,
            regioplan=body.regioplan is not None,
            plan_until=body.regioplan or 0,
            reserves=body.reserves,
            purse=body.for_hubs,
        )  # fmt: skip
        bodies["contract"][row] = bodies["agreed"][row] = bodies["bought"][row] = NONE
        for name in body.programmes:
            bodies["programmes"][row, Group.of(name)] = 1
        _contract_body(body, row, begin, values, t)
    t["counter"]["organisations"] = len(begin.organisations)


def _contract_body(
    body: OrganisationThen, row: int, begin: Begin, values: Values, t: Mapping[str, Table]
) -> None:
    """Let an organisation hold its contracts, and what is paid to all of its kind without any.

    A bargained fee is in force as far as it has grown.
    """
    bodies, titles = t["organisations"], t["titles"][begin.tick]
    policy_of = t["municipalities"]["policy_of"][body.municipality]
    for k in range(len(titles)):
        mine = titles["receiver"][k] == Kind.ORGANISATION and titles["active"][k]
        if mine and not titles["contract"][k] and titles["insurers"][k, policy_of] > 0.0:
            bodies["contract"][row, k] = bodies["agreed"][row, k] = begin.tick
    for held in body.contracts:
        for title in held.titles:
            k = begin.titles.index(title)
            bodies["contract"][row, k] = bodies["agreed"][row, k] = held.since
        if held.fee is not None:
            years = (begin.tick - held.since) / 4.0
            paid = held.fee * min(1.0, (years + 1.0) / float(values["contract.ramp"]))
            before = held.fee if held.before is None else held.before
            put_cells(bodies, row, history=held.fee, legacy=before, agreed_fee=paid, fee=paid)


def openings(begin: Begin) -> int:
    """Return how many lines ``opening`` has: one at least."""
    members = sum(len(body.members) for body in begin.organisations)
    return max(1, members + sum(hub.active > 0.0 for hub in begin.hubs))


def fill_openings(region: Region, begin: Begin, table: Table) -> None:
    """Fill which share of the practices are members, and take part in hubs."""
    for field in Opening.fields:
        if field.unit == "row":
            table[field.name] = NONE
    starts = np.cumsum([0, *(len(m.districts) for m in region.municipalities)])
    before = dict.fromkeys(range(len(region.municipalities)), 0.0)
    row = 0
    for number, body in enumerate(begin.organisations):
        for m, share in body.members:
            # Shares that add up to one may be above it by their last digit.
            share = min(share, 1.0 - before[m])
            put_cells(
                table, row, organisation=number, municipality=m, before=before[m], share=share,
                mandate=body.mandate, plus=body.plus,
            )  # fmt: skip
            before[m] += share
            row += 1
    for hub in begin.hubs:
        if hub.active > 0.0:
            place = int(starts[hub.municipality]) + hub.district
            put_cells(table, row, hub=place, municipality=hub.municipality, share=hub.active)
            row += 1


def fill_accounts(region: Region, begin: Begin, offsets: IntArray, accounts: Table) -> None:
    """Put reserves on the accounts of who has them; the world outside has paid them."""
    starts = np.cumsum([0, *(len(m.districts) for m in region.municipalities)])
    held = [
        (int(offsets[Kind.ORGANISATION]) + row, body.reserves + body.for_hubs)
        for row, body in enumerate(begin.organisations)
    ]
    held += [
        (int(offsets[Kind.HUB]) + int(starts[hub.municipality]) + hub.district, hub.reserves)
        for hub in begin.hubs
    ]
    outside = int(offsets[Kind.OUTSIDE])
    for account, euros in held:
        cents = round(100.0 * euros)
        for column in ("opening", "balance"):
            accounts[column][account] += cents
            accounts[column][outside] -= cents


def put_cells(table: Table, row: int, **cells: Any) -> None:
    """Write cells of one row, each by the name of its column."""
    for name, value in cells.items():
        table[name][row] = value
