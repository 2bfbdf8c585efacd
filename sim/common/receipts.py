"""O&I money that parties receive for the patients of one practice."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from sim.common.centres import patients_listed
from sim.tables import Tables


@rule
def oi_for(tables: Tables, i: int) -> float:
    """Return EUR of O&I this quarter for practice ``i``: its own, and its part of what others got.

    What its unit, hub and organisation received is divided by patients.
    """
    practice = tables.practices[i]
    patients = float(practice.patients)
    unit = tables.units[practice.unit]
    hub = tables.hubs[practice.hub]
    of_unit = patients / float(max(1, unit.patients))
    of_hub = patients / float(max(1, hub.patients))
    oi = practice.money + unit.oi * of_unit + (hub.oi - hub.listed_oi) * of_hub
    if hub.listed_oi > 0.0:
        # By who is a member now: some joined or left since names were counted.
        listed = patients_listed(tables, practice.hub)
        if listed == 0:
            oi = oi + hub.listed_oi * of_hub
        elif practice.centre == practice.hub:
            oi = oi + hub.listed_oi * (patients / float(listed))
    if practice.organisation != NONE:
        organisation = tables.organisations[practice.organisation]
        oi = oi + organisation.oi * (patients / float(max(1, organisation.patients)))
    return float(oi)


@rule
def cut_for(tables: Tables, i: int) -> float:
    """Return EUR cut to the room this quarter for practice ``i``, divided as in ``oi_for``."""
    practice = tables.practices[i]
    patients = float(practice.patients)
    unit = tables.units[practice.unit]
    hub = tables.hubs[practice.hub]
    cut = practice.cut + unit.cut * (patients / float(max(1, unit.patients)))
    cut = cut + hub.cut * (patients / float(max(1, hub.patients)))
    if practice.organisation != NONE:
        organisation = tables.organisations[practice.organisation]
        cut = cut + organisation.cut * (patients / float(max(1, organisation.patients)))
    return float(cut)
