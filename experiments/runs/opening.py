"""In which quarter a run starts, and what is there then: of the region's states, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from agents.words import Kind
from experiments.runs.arguments import Argument, BadArgument
from experiments.runs.identity import hash_of, rounded
from experiments.runs.quarters import FIRST, quarter_name
from sim.errors import BadInput, nearest
from sim.place.content import state_content
from sim.place.region import Region
from sim.place.state import ContractThen, OrganisationThen, State
from sim.policy.regime import Regime
from sim.standing import AT_FIRST, Begin, number_of, state_of


def begin_of(
    tick: int, place: Region, policy: Regime, values: Mapping[str, float | int | bool]
) -> Begin:
    """Return what a run of a region that starts in quarter ``tick`` begins with.

    A region without any state says of no quarter what is there; one that has states says so of
    their quarters, and a run of it cannot start in another. Where `start.state` is off all is as
    if it had none.

    Raises:
        BadInput: the region has states, of other quarters; or an organisation holds a contract
            for what the regime does not pay organisations, or for a fee that it does not say.
    """
    if tick == 0:
        return AT_FIRST
    titles, _, names = policy.tables(tick + 1, place.insurers)
    state = state_of(place, tick, values)
    if state is None and place.states and values["start.state"]:
        known = [quarter_name(state.quarter) for state in place.states]
        said = quarter_name(tick)
        raise BadArgument(
            Argument("begin", said, said=""), f"region {place.name} has no state of {said}",
            allowed=", ".join([FIRST, *sorted(known)]), nearest=nearest(said, known),
        )  # fmt: skip
    for body in state.organisations if state else ():
        where = f"region {place.name}, state of {quarter_name(tick)}: {body.name!r}"
        for held in body.contracts:
            _check_contract(where, held, policy.name, names, titles[tick])
            _check_led(where, body, held, names, titles[tick])
    return Begin(tick, state, names)


def _check_contract(
    where: str, held: ContractThen, regime: str, names: Sequence[str], titles: NDArray[Any]
) -> None:
    """Refuse a contract that regime and titles do not know."""
    bodies = [
        name for k, name in enumerate(names)
        if titles["contract"][k] and titles["receiver"][k] == Kind.ORGANISATION
    ]  # fmt: skip
    for title in held.titles:
        if title not in names:
            raise BadInput(
                f"{where}, contract", f"regime {regime} has no title {title!r}",
                allowed=", ".join(bodies) or f"no contract under {regime}",
                nearest=nearest(title, bodies),
            )  # fmt: skip
        if title not in bodies:
            raise BadInput(
                f"{where}, contract", f"title {title!r} is not contracted with organisations",
                allowed=", ".join(bodies) or f"no contract under {regime}",
            )  # fmt: skip
        k = names.index(title)
        if held.fee is None and titles["active"][k] and titles["negotiated"][k] > 0.0:
            raise BadInput(
                f"{where}, contract: fee", f"is missing: {title!r} pays a share of a bargained fee",
                allowed="EUR per insured a year",
            )  # fmt: skip


def _check_led(
    where: str,
    body: OrganisationThen,
    held: ContractThen,
    names: Sequence[str],
    titles: NDArray[Any],
) -> None:
    """Refuse a contract that only who leads it could have."""
    for title in held.titles:
        if body.lead is not None and titles["mandate"][names.index(title)] > 0.0:
            raise BadInput(
                f"{where}, contract", f"{title!r} asks a mandate: its lead contracts for it",
                allowed="a contract of the lead, or no lead",
            )  # fmt: skip


def content_of(begin: Begin) -> dict[str, Any]:
    """Return what can move a result of a run that starts later than in 2006Q1."""
    state = None if begin.state is None else state_content(begin.state)
    return {"start": quarter_name(begin.tick), "state": rounded(state)}


def told(begin: Begin, place: Region, policy: Regime) -> dict[str, Any]:
    """Return what a manifest says of a later start; ``assumed`` is what no state says."""
    titles = policy.tables(begin.tick + 1, place.insurers)[0][begin.tick]
    quarter = quarter_name(begin.tick)
    bodies, hubs = len(begin.organisations), len(begin.hubs)
    return {
        "quarter": quarter,
        "organisations": bodies,
        "hubs": hubs,
        "content": hash_of(content_of(begin)),
        "names": {f"organisation:{number_of(place, o)}": o.name for o in begin.organisations},
        "assumed": _assumed(begin, place, titles),
    }


def _assumed(begin: Begin, place: Region, titles: NDArray[Any]) -> str:
    quarter = quarter_name(begin.tick)
    if begin.state is None:
        off = f"start.state is off in {quarter}"
        why = off if place.states else f"region {place.name} has no state of {quarter}"
        known = f"{why}: no organisation, hubs as in 2006"
    else:
        known = _counted(begin.state, place.name, quarter)
    idle = sorted(
        {
            title
            for body in begin.organisations
            for held in body.contracts
            for title in held.titles
            if not titles["active"][begin.titles.index(title)]
        }
    )
    more = f"; contracted but not in force: {', '.join(idle)}" if idle else ""
    return f"{known}; units, trust, suppliers and agreements as a run begins{more}"


def _counted(state: State, name: str, quarter: str) -> str:
    bodies, hubs = len(state.organisations), len(state.hubs)
    said = f"{bodies} organisation{'s'[: bodies != 1]} and {hubs} hub{'s'[: hubs != 1]}"
    return f"state of region {name} in {quarter}: {said}; other hubs as in 2006"
