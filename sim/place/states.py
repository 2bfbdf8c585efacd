"""States of a region: what ``region.toml`` says of quarters in which a run may start."""

from __future__ import annotations

from agents.words import Plan, Stage
from sim.errors import BadInput, nearest
from sim.place import description as said
from sim.place.region import Municipality
from sim.place.sheet import Sheet
from sim.place.state import ContractThen, HubAsIs, OrganisationThen, State
from sim.reading.dates import parse_date, tick_of

EVERYWHERE = "all"
"""In ``members``: every municipality that is not named beside it."""

FIRST, LAST = 4, (2050 - 2006) * 4
STARTS = "the first quarter of a year, 2007Q1 .. 2050Q1"
A_QUARTER = "a quarter such as 2018Q1"
ROUNDED = 1.0 + 1e-9
"""Shares that add up to no more than this add up to one, but for their last digit."""


class _Place:
    """Where in ``region.toml`` one state stands, and what helps to read it."""

    def __init__(self, sheet: Sheet, found: list[Municipality], number: int) -> None:
        self.sheet, self.found, self.key = sheet, found, f"states.{number}"
        self.quarter = 0

    def bad(self, key: str, problem: str, allowed: str = "", near: str | None = None) -> BadInput:
        """Return what is wrong with a key of this state."""
        return BadInput(self.sheet.key(f"{self.key}.{key}"), problem, allowed=allowed, nearest=near)

    def tick(self, key: str, text: str, low: int, high: int, allowed: str) -> int:
        """Return the quarter that a key names, between two others."""
        where = self.sheet.key(f"{self.key}.{key}")
        tick = tick_of(parse_date(text, where, A_QUARTER))
        if not low <= tick <= high:
            raise BadInput(where, f"{text!r} is out of range", allowed=allowed)
        return tick

    def past(self, key: str, text: str) -> int:
        """Return a quarter of the time up to the state."""
        allowed = "2006Q1 (for what is older too) up to the quarter of the state"
        return self.tick(key, text, 0, self.quarter, allowed)

    def district(self, key: str, municipality: str, name: str | None) -> tuple[int, int]:
        """Return the positions of a municipality and of its district, by default the first."""
        at = self.sheet.position(f"{self.key}.{key}.municipality", municipality)
        names = [d.name for d in self.found[at].districts]
        if name is not None and name not in names:
            raise self.bad(
                f"{key}.district", f"{self.found[at].name} has no district {name!r}",
                ", ".join(names), nearest(name, names),
            )  # fmt: skip
        return at, 0 if name is None else names.index(name)

    def named(self, key: str, name: str, names: list[str]) -> int:
        """Return the position of an organisation of the state by its name."""
        if name not in names:
            allowed = ", ".join(names) or "an organisation of this state, which has none"
            raise self.bad(key, f"unknown organisation {name!r}", allowed, nearest(name, names))
        return names.index(name)


def states_of(sheet: Sheet, found: list[Municipality]) -> tuple[State, ...]:
    """Return the states that ``region.toml`` gives, each of another quarter.

    Raises:
        BadInput: a key of a state cannot be used; the text names it.
    """
    states: list[State] = []
    for k, one in enumerate(sheet.text.states):
        place = _Place(sheet, found, k)
        state = _state(place, one)
        if any(state.quarter == other.quarter for other in states):
            raise place.bad("quarter", f"{one.quarter!r} appears twice", "each quarter once")
        states.append(state)
    return tuple(states)


def _state(place: _Place, one: said.State) -> State:
    place.quarter = place.tick("quarter", one.quarter, FIRST, LAST, STARTS)
    if place.quarter % 4:
        raise place.bad("quarter", f"{one.quarter!r} is no first quarter", STARTS)
    names = [body.name for body in one.organisations]
    bodies = [_organisation(place, k, body, names) for k, body in enumerate(one.organisations)]
    _check_bodies(place, bodies)
    return State(
        quarter=place.quarter,
        source=one.source,
        trust=one.trust,
        organisations=tuple(bodies),
        hubs=_hubs(place, one.hubs, names),
    )


def _organisation(
    place: _Place, k: int, one: said.Organisation, names: list[str]
) -> OrganisationThen:
    key = f"organisations.{k}"
    if one.name in names[:k]:
        raise place.bad(f"{key}.name", f"{one.name!r} appears twice", "each name once a state")
    at, district = place.district(key, one.municipality, one.district)
    plan = None
    if one.regioplan is not None:
        allowed = "a quarter after that of the state, in which the plan lapses"
        plan = place.tick(f"{key}.regioplan", one.regioplan, place.quarter + 1, 400, allowed)
    lead = None
    if one.lead is not None:
        lead = place.named(f"{key}.lead", one.lead, names)
        if lead == k:
            raise place.bad(f"{key}.lead", "is the organisation itself", "another one, or no lead")
    return OrganisationThen(
        name=one.name,
        municipality=at,
        district=district,
        since=place.past(f"{key}.since", one.since),
        members=_members(place, f"{key}.members", one.members),
        mandate=one.mandate,
        plus=one.plus,
        form=one.form,
        rights=one.rights,
        divided=one.divided,
        regioplan=plan,
        programmes=tuple(one.programmes),
        reserves=one.reserves,
        for_hubs=one.for_hubs,
        lead=lead,
        contracts=_contracts(place, f"{key}.contracts", one.contracts),
        source=one.source,
    )


def _members(place: _Place, key: str, given: dict[str, float]) -> tuple[tuple[int, float], ...]:
    """Return the share of members by position of municipality, where there are any."""
    shares: dict[int, float] = {}
    if EVERYWHERE in given:
        shares = dict.fromkeys(range(len(place.found)), given[EVERYWHERE])
    for code, share in given.items():
        if code == EVERYWHERE:
            continue
        if code not in place.sheet.codes:
            raise place.bad(
                f"{key}.{code}", f"unknown municipality {code!r}",
                f"a code of municipalities.csv, or {EVERYWHERE}",
                nearest(code, [*place.sheet.codes, EVERYWHERE]),
            )  # fmt: skip
        shares[place.sheet.codes[code]] = share
    found = tuple((m, share) for m, share in sorted(shares.items()) if share > 0.0)
    if not found:
        raise place.bad(key, "leaves the organisation without members", "a share above 0")
    return found


def _contracts(place: _Place, key: str, given: list[said.Contract]) -> tuple[ContractThen, ...]:
    """Return the contracts of an organisation: each title in one, and a fee in one at most."""
    found: list[ContractThen] = []
    seen: set[str] = set()
    for k, one in enumerate(given):
        for title in one.titles:
            if title in seen:
                raise place.bad(f"{key}.{k}.titles", f"{title!r} appears twice", "each title once")
            seen.add(title)
        if one.fee is not None and any(other.fee is not None for other in found):
            raise place.bad(f"{key}.{k}.fee", "is a second one", "one bargained fee")
        since = place.past(f"{key}.{k}.since", one.since)
        found.append(ContractThen(tuple(one.titles), since, one.fee, one.before, one.source))
    return tuple(found)


def _check_bodies(place: _Place, bodies: list[OrganisationThen]) -> None:
    """Refuse what cannot be of organisations taken together."""
    held: dict[int, float] = {}
    seats: set[tuple[int, int, int]] = set()
    for k, body in enumerate(bodies):
        key = f"organisations.{k}"
        for m, share in body.members:
            held[m] = held.get(m, 0.0) + share
            if held[m] > ROUNDED:
                problem = f"shares of {place.found[m].code} add up to {held[m]:g}"
                raise place.bad(f"{key}.members", problem, "at most 1 over all organisations")
        seat = (body.municipality, body.district, body.since)
        if seat in seats:
            problem = "another organisation was founded in that district in that quarter"
            raise place.bad(f"{key}.since", problem, "another quarter or district")
        seats.add(seat)
        if body.lead is not None and bodies[body.lead].lead is not None:
            problem = f"{bodies[body.lead].name!r} has a lead itself"
            raise place.bad(f"{key}.lead", problem, "an organisation without a lead")


def _hubs(place: _Place, given: list[said.HubThen], names: list[str]) -> tuple[HubAsIs, ...]:
    hubs: list[HubAsIs] = []
    for k, one in enumerate(given):
        hub = _hub(place, f"hubs.{k}", one, names)
        if any((hub.municipality, hub.district) == (o.municipality, o.district) for o in hubs):
            name = place.found[hub.municipality].districts[hub.district].name
            raise place.bad(f"hubs.{k}", f"{name!r} has a hub already", "one a district")
        hubs.append(hub)
    return tuple(hubs)


def _hub(place: _Place, key: str, one: said.HubThen, names: list[str]) -> HubAsIs:
    at, district = place.district(key, one.municipality, one.district)
    stage, plan = Stage.of(one.stage), Plan.of(one.plan)
    if plan > Plan.NONE and stage == Stage.NONE:
        raise place.bad(f"{key}.plan", f"{one.plan!r} needs a hub", "stage initiator or further")
    if plan == Plan.RUNNING and stage < Stage.DRIVER:
        problem = f"{one.plan!r} needs more than stage {one.stage!r}"
        raise place.bad(f"{key}.plan", problem, "stage driver, booster or board")
    if one.funded and plan < Plan.APPROVED:
        problem = f"a plan that is {one.plan!r} is paid by nobody"
        raise place.bad(f"{key}.funded", problem, "true with plan approved or running")
    if (one.manager == "region") != (one.employer is not None):
        problem = "goes with manager region" if one.employer else "is missing"
        raise place.bad(f"{key}.employer", problem, 'beside manager = "region", and only there')
    first = next((hub for hub in place.found[at].hubs if hub.district == district), None)
    older = first.origin if first is not None else "new"
    since = place.past(f"{key}.since", one.since) if one.since is not None else None
    if since is None:
        since = 0 if first is not None and one.origin in (None, first.origin) else place.quarter
    employer = None
    if one.employer is not None:
        employer = place.named(f"{key}.employer", one.employer, names)
    return HubAsIs(
        municipality=at,
        district=district,
        origin=one.origin or older,
        since=since,
        stage=one.stage,
        plan=one.plan,
        active=one.active,
        funded=one.funded,
        manager=one.manager,
        employer=employer,
        adviser=one.adviser,
        reserves=one.reserves,
        source=one.source,
    )
