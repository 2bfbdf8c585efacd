"""The regional table (steering group) of municipalities, insurers, organisations and others."""

from __future__ import annotations

from typing import Annotated

from agents.compiled.draws import logistic
from agents.compiled.record import IntArray, Record
from agents.compiled.rule import rule
from agents.municipality import Municipality
from agents.parameters import Parameters
from agents.words import Progress


class Steering(Record):
    """A group of municipalities that may have a table, and the table. It takes no decision."""

    id: Annotated[int, "", "", "number of its first municipality"]
    municipality: Annotated[int, "row", "", "that municipality, by which it is known"]
    ros: Annotated[int, "row", "", "ROS of that, which takes the chair"]
    municipalities: Annotated[int, "municipalities", "1..", "in its area"]
    formed: Annotated[bool, "", "", "the table meets"]
    seats: Annotated[int, "municipalities", "0..", "that want a seat, or have one"]
    insurers: Annotated[IntArray, "row", "", "insurers at the table, or none", 2]
    organisations: Annotated[int, "organisations", "0..", "alliances at the table"]
    partners: Annotated[int, "parties", "0..", "external parties at the table"]
    progress: Annotated[int, "step", "0..4", "of its process: initiate to secure"]
    trust: Annotated[float, "share", "0..1", "among those at the table"]
    agenda: Annotated[float, "share", "0..1", "of what could be agreed on, that is"]


@rule
def want_seat(municipality: Municipality, others: float, params: Parameters) -> float:
    """Return the chance that a municipality wants a seat at the table of its region.

    ``others`` is the share of its neighbours there that sit: nobody can do it alone (C54).
    """
    trust = params.table_trust * municipality.trust
    return logistic(params.table_base + trust + params.table_others * others)


@rule
def trouble_at(table: Steering, insurers: int, params: Parameters) -> float:
    """Return the chance that a contact at the table goes badly.

    The more parties, the likelier; a chair that neither buys nor gives care takes some of it (C53).
    """
    parties = table.seats + insurers + table.organisations + table.partners
    crowd = params.table_bad * float(max(0, parties - 1))
    return params.trust_bad + crowd * (1.0 - params.table_chair)


@rule
def widen_agenda(table: Steering, params: Parameters) -> float:
    """Return the agenda a quarter later: it follows trust, as far as the process has come (C52)."""
    reached = table.trust * float(table.progress) / float(Progress.SECURE)
    pace = min(1.0, 0.25 * params.table_widen)
    return table.agenda + pace * (reached - table.agenda)
