"""The municipality: record, rule and Mesa face."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from agents.compiled.draws import logistic
from agents.compiled.face import Face
from agents.compiled.record import FloatArray, IntArray
from agents.compiled.rule import rule
from agents.events import Cause
from agents.parameters import Parameters
from agents.words import Purpose

FAR = 1.0e9
"""km beyond everything: the horizon of a municipality where practices know few organisations."""


class Municipality(Face):
    """A municipality, responsible for the social domain."""

    kind = "municipality"

    id: Annotated[int, "", "", "number of its CBS code"]
    alive: Annotated[bool, "", "", "exists"]
    x: Annotated[float, "km", "", "centroid"]
    y: Annotated[float, "km", "", "centroid"]
    population: Annotated[int, "inhabitants", "0..", "insured inhabitants now"]
    population_2022: Annotated[int, "inhabitants", "1..", "on 1 January 2022"]
    share_65: Annotated[float, "share", "0..1", "aged 65 or over"]
    ggz: Annotated[float, "factor", "0..", "on the prevalence of GGZ, by urbanity"]
    housing: Annotated[float, "factor", "0..", "on the cost of housing there, by urbanity"]
    preferred: Annotated[int, "row", "", "preferred insurer"]
    ros: Annotated[int, "row", "", "its ROS"]
    shares: Annotated[FloatArray, "share", "0..1, sum 1", "market shares of insurers", 12]
    neighbours: Annotated[IntArray, "row", "", "municipalities it borders on", 24]
    neighbour_count: Annotated[int, "municipalities", "0..24", "how many"]
    first_hub: Annotated[int, "row", "", "first of its hub areas"]
    hubs: Annotated[int, "hub areas", "1..", "how many"]
    partners: Annotated[IntArray, "row", "", "external party per sort that serves it, or none", 6]
    trust_start: Annotated[float, "share", "0..1", "trust before contact"]
    division: Annotated[int, "sub-region", "0..", "number of its sub-region by name"]
    horizon: Annotated[float, "km", "0..", "its practices know no organisation beyond it"]
    practices: Annotated[int, "practices", "0..", "open practices"]
    lead: Annotated[int, "row", "", "organisation whose alliance holds half of them, or none"]
    left_out: Annotated[bool, "", "", "its lead asks no contract for it"]
    counterparts: Annotated[int, "parties", "0..", "organisations and hubs to deal with"]
    contracts: Annotated[int, "contracts", "0..", "contracts of parties seated here, per insurer"]
    joint: Annotated[bool, "", "", "its running hubs form one gemeentehub"]
    adviser: Annotated[bool, "", "", "has an adviser in the kerngroep"]
    trust: Annotated[float, "share", "0..1", "trust in primary care"]
    cofunding: Annotated[float, "EUR/yr", "0..", "co-funding of hubs"]
    policy_of: Annotated[int, "row", "", "insurer whose policy holds here (insurer.alike)"]
    run_down: Annotated[int, "quarter", "", "start of the run-down of tied titles here, or none"]
    run_ahead: Annotated[int, "quarters", "0..", "of the run-down, skipped by choice"]
    run_full: Annotated[float, "EUR/yr", "0..", "of tied titles in full, when that began"]
    run_over: Annotated[bool, "", "", "all tied titles have run down here"]
    youth_duty: Annotated[bool, "", "", "it pays for youth care"]
    youth_table: Annotated[float, "share", "0..1", "of dealings on youth care that go over a table"]
    steering: Annotated[int, "row", "", "regional table in whose area it is"]
    seated: Annotated[bool, "", "", "wants a seat at it, or has one"]
    need: Annotated[float, "factor", "0..", "aged 75 or over, against a usual municipality"]
    purpose: Annotated[int, "purpose code", "0..3", "of its co-funding"]
    term: Annotated[int, "yr", "0..", "since it chose that"]
    paid: Annotated[float, "EUR/quarter", "0..", "of its co-funding, paid"]
    boards: Annotated[bool, "", "", "deals with the board of its lead, not with managers"]
    sharing: Annotated[bool, "", "", "would share a counterpart with its neighbours"]
    sharers: Annotated[int, "municipalities", "0..", "with its counterpart, 0 where it has its own"]

    def review(self) -> bool:
        """Decide now whether to have an adviser in the kerngroep; return the decision."""
        return bool(self.act("municipality_reviews"))


@rule
def want_adviser(
    municipality: Municipality, crisis: float, params: Parameters
) -> tuple[float, int]:
    """Return the chance to have an adviser at the table, and the term that weighs most.

    One counterpart draws a municipality in, all the more in a crisis (share, C49); many put it
    off (C02, C32, C47).
    """
    trust = params.municipality_trust * municipality.trust
    others = 0.0
    if municipality.counterparts == 1:
        others = params.municipality_single + params.municipality_crisis * crisis
    elif municipality.counterparts > 1:
        others = -params.municipality_many * float(municipality.counterparts - 1)
    cause: int = Cause.TRUST if trust >= abs(others) else Cause.COUNTERPARTS
    # What they share on youth care brings them together (F021).
    young = params.municipality_youth * municipality.youth_table
    if young > max(trust, abs(others)):
        cause = Cause.YOUTH
    return logistic(params.municipality_base + trust + others + young), cause


class Lacking(NamedTuple):
    """What hubs lack, mean shares: the means to run, a manager, organised welfare work."""

    means: float
    managers: float
    welfare: float


@rule
def set_budget(municipality: Municipality, year: int, params: Parameters) -> float:
    """Return EUR a year that a municipality with an adviser has for hubs (C37, F021).

    As it trusts primary care, and by need once it has the tasks.
    """
    per_head = params.municipality_cofunding * municipality.trust
    if params.municipality_by_need:
        if year < params.municipality_from:
            return 0.0
        per_head = per_head * municipality.need
    return per_head * float(municipality.population)


@rule
def choose_purpose(lacking: Lacking, need: float, params: Parameters) -> tuple[int, int]:
    """Return what a municipality pays for, and why: what its hubs lack most, welfare by need."""
    best: int = Purpose.SERVICES
    cause: int = Cause.SERVICES
    most = params.municipality_means * lacking.means
    managers = params.municipality_managers * lacking.managers
    if managers > most:
        best, cause, most = Purpose.MANAGERS, Cause.MANAGERS, managers
    if params.municipality_welfare * need * lacking.welfare > most:
        best, cause = Purpose.WELFARE, Cause.DISCIPLINES
    return best, cause


@rule
def want_board(people: float, manager: float, params: Parameters) -> bool:
    """Return whether a counterpart of so many inhabitants deals with boards (C51).

    ``manager`` (share): the mandate of the insurer's regional manager.
    """
    return people * (1.0 - manager) >= params.municipality_board_least


@rule
def chance_share(municipality: Municipality, params: Parameters) -> float:
    """Return the yearly chance that a municipality would share a counterpart with neighbours."""
    trust = params.municipality_share_trust * municipality.trust
    young = params.municipality_youth * municipality.youth_table
    return logistic(params.municipality_share + trust + young)
