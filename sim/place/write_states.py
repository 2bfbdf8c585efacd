"""States of a region as blocks of ``region.toml``, which the loader reads back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sim.place.region import Region
from sim.place.state import ContractThen, HubAsIs, OrganisationThen, State

Pairs = dict[str, Any]
"""Keys of a block with their values; None is not written."""


def state_lines(region: Region) -> Iterator[str]:
    """Give the lines of all states of a region."""
    for state in region.states:
        head = {"quarter": _quarter(state.quarter), "trust": state.trust, "source": state.source}
        yield from _block("[[states]]", head)
        for body in state.organisations:
            yield from _block("[[states.organisations]]", _organisation(region, state, body))
            for held in body.contracts:
                yield from _block("[[states.organisations.contracts]]", _contract(held))
        for hub in state.hubs:
            yield from _block("[[states.hubs]]", _hub(region, state, hub))


def _quarter(tick: int) -> str:
    return f"{2006 + tick // 4}Q{tick % 4 + 1}"


def _block(head: str, pairs: Pairs) -> Iterator[str]:
    yield ""
    yield head
    for key, value in pairs.items():
        if value is not None:
            yield f"{key} = {_written(value)}"


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        inner = ", ".join(f"{_written(key)} = {_written(one)}" for key, one in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_written(one) for one in value)}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(float(value))


def _place(region: Region, at: int, district: int) -> Pairs:
    place = region.municipalities[at]
    return {"municipality": place.code, "district": place.districts[district].name}


def _organisation(region: Region, state: State, body: OrganisationThen) -> Pairs:
    codes = [m.code for m in region.municipalities]
    return {
        "name": body.name,
        "since": _quarter(body.since),
        **_place(region, body.municipality, body.district),
        "members": {codes[m]: share for m, share in body.members},
        "mandate": body.mandate,
        "plus": body.plus,
        "form": body.form,
        "rights": body.rights,
        "divided": body.divided,
        "regioplan": None if body.regioplan is None else _quarter(body.regioplan),
        "programmes": body.programmes,
        "reserves": body.reserves,
        "for_hubs": body.for_hubs,
        "lead": None if body.lead is None else state.organisations[body.lead].name,
        "source": body.source,
    }


def _contract(held: ContractThen) -> Pairs:
    return {
        "titles": held.titles,
        "since": _quarter(held.since),
        "fee": held.fee,
        "before": held.before,
        "source": held.source,
    }


def _hub(region: Region, state: State, hub: HubAsIs) -> Pairs:
    return {
        **_place(region, hub.municipality, hub.district),
        "origin": hub.origin,
        "since": _quarter(hub.since),
        "stage": hub.stage,
        "plan": hub.plan,
        "active": hub.active,
        "funded": hub.funded,
        "manager": hub.manager,
        "employer": None if hub.employer is None else state.organisations[hub.employer].name,
        "adviser": hub.adviser,
        "reserves": hub.reserves,
        "source": hub.source,
    }
