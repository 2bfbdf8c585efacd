"""The figures of a region in one canonical form, to hash."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sim.place.region import MODEL_YEAR, District, Municipality, Region
from sim.place.state import State


def content(region: Region) -> dict[str, Any]:
    """Return what can move a result, as plain lists, numbers and texts.

    Titles, sources and the region's own name are left out: the same figures under another
    title are the same region. So are states: a run that starts in one has ``state_content`` too.
    """
    found: dict[str, Any] = {
        "municipalities": [_municipality(m) for m in region.municipalities],
        "neighbours": [list(pair) for pair in region.neighbours],
        "insurers": list(region.insurers),
    }
    if region.areas:
        # Who is called how moves nothing.
        kinds = dict.fromkeys(sorted(area.kind for area in region.areas))
        found["areas"] = {
            kind: [list(area.municipalities) for area in region.areas_of(kind)] for kind in kinds
        }
    if region.chains:
        found["chains"] = [
            [one.group, one.prevalence, one.begins, one.grown, one.inclusion]
            for one in region.chains
        ]
    return found if region.year == MODEL_YEAR else {**found, "year": region.year}


def state_content(state: State) -> dict[str, Any]:
    """Return what of a state can move a result: all but sources and what bodies are called."""
    bodies = []
    for body in state.organisations:
        one = asdict(body)
        one["members"] = [list(pair) for pair in body.members]
        del one["name"], one["source"]
        for held in one["contracts"]:
            del held["source"]
        bodies.append(one)
    hubs = [asdict(hub) for hub in state.hubs]
    for hub in hubs:
        del hub["source"]
    return {"trust": state.trust, "organisations": bodies, "hubs": hubs}


def _municipality(m: Municipality) -> dict[str, Any]:
    return {
        "code": m.code,
        "name": m.name,
        "subregion": m.subregion,
        "population": m.population,
        "share_65": m.share_65,
        "area_km2": m.area_km2,
        "urbanity": m.urbanity,
        "place": [m.lat, m.lon, m.x, m.y],
        "districts": [_district(d) for d in m.districts],
        "hubs": [[h.district, h.origin] for h in m.hubs],
        "trust": m.trust,
        "preferred": m.preferred,
        "shares": list(m.shares),
    }


def _district(d: District) -> list[Any]:
    """Return what is known of a district; who lists no need has what regions always had."""
    known = [d.name, d.population, d.x, d.y, d.radius]
    if d.share_65 is None and d.low_income is None:
        return known
    return [*known, d.share_65, d.low_income]
