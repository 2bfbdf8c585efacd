"""The hub of a neighbourhood (wijkhub) and its area: record, rules and Mesa face."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from agents.causes import heavier
from agents.compiled.draws import clip, logistic
from agents.compiled.face import Face
from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from agents.conditions import weigh_conditions
from agents.events import Cause
from agents.parameters import Parameters
from agents.words import Discipline, Manager, Origin, Plan, Stage


class Hub(Face):
    """A hub area and the hub in it. Stage 0 means there is only the area. Money is EUR."""

    kind = "hub"

    id: Annotated[int, "", "", "stable id"]
    alive: Annotated[bool, "", "", "the hub area exists"]
    municipality: Annotated[int, "row", "", "municipality"]
    x: Annotated[float, "km", "", "centre"]
    y: Annotated[float, "km", "", "centre"]
    radius: Annotated[float, "km", "0..", "radius of the hub area"]
    residents: Annotated[int, "inhabitants", "0..", "inhabitants on 1 January 2022"]
    origin: Annotated[int, "origin code", "0..4", "what it started from; stage 0: would start from"]
    first: Annotated[int, "row", "", "first practice of the hub area, or none"]
    practices: Annotated[int, "practices", "0..", "practices in the hub area"]
    patients: Annotated[int, "registered patients", "0..", "their patients"]
    active: Annotated[float, "share", "0..1", "share of patients whose practice takes part"]
    free: Annotated[int, "practices", "0..", "practices without an organisation"]
    stage: Annotated[int, "stage code", "0..4", "none, initiator, driver, booster, board"]
    plan: Annotated[int, "plan code", "0..3", "none, drafted, approved, running"]
    disciplines: Annotated[FloatArray, "share", "0..1", "degree of organisation per discipline", 5]
    rooted: Annotated[FloatArray, "share", "0..1", "the same without any support", 5]
    manager: Annotated[int, "manager code", "0..3", "none, own, hired or the region's"]
    fte: Annotated[float, "fte", "0..", "manager"]
    agreement: Annotated[int, "row", "", "organisation it has a written agreement with, or none"]
    dependence: Annotated[
        float, "share", "0..1", "of its income that came from the region, running"
    ]
    from_region: Annotated[float, "EUR/quarter", "0..", "received from its organisation"]
    yearly: Annotated[float, "EUR/yr", "0..", "received over the last four quarters"]
    contribution: Annotated[float, "share", "0..1", "contribution of all disciplines"]
    service: Annotated[float, "share", "0..1", "service to every resident"]
    guided: Annotated[bool, "", "", "guided by the ROS this year"]
    insured: Annotated[int, "insured", "0..", "insured of its practices this year"]
    groups: Annotated[FloatArray, "patients", "0..", "of those, patients per group", 6]
    oi: Annotated[float, "EUR/quarter", "0..", "O&I titles received"]
    contract: Annotated[IntArray, "quarter", "", "start of the contract per title, or none", 32]
    agreed: Annotated[IntArray, "quarter", "", "the same, as agreed for next year", 32]
    contracts: Annotated[int, "contracts", "0..", "contracts with insurers"]
    trust: Annotated[float, "share", "0..1", "trust between it and the preferred insurer"]
    revenue: Annotated[float, "EUR/quarter", "0..", "received this quarter"]
    local_money: Annotated[float, "EUR/quarter", "0..", "money for local functions"]
    local: Annotated[float, "share", "0..1", "local functions it can deliver"]
    clients: Annotated[FloatArray, "patients", "0..", "patients it serves per function", 7]
    money: Annotated[FloatArray, "EUR/quarter", "0..", "money at hand per function", 7]
    coverage: Annotated[FloatArray, "share", "0..1", "share of full support per function", 7]
    cost_factor: Annotated[float, "factor", "0..", "lasting factor of its costs"]
    transaction: Annotated[FloatArray, "EUR/quarter", "0..", "both sides, by kind", 8]
    hours: Annotated[float, "h/quarter", "0..", "its own transaction hours"]
    progress: Annotated[
        int, "step", "0..4", "of a guided process: initiate, relate, organise, secure"
    ]
    conditions: Annotated[
        FloatArray, "share", "0..1", "ambition, interests, personal, professional, process", 5
    ]
    carried: Annotated[float, "h", "0..", "work after the books of a quarter, paid in the next"]
    autonomy: Annotated[float, "share", "0..1", "left to it beside the region (see wijk_autonomy)"]
    standing: Annotated[float, "share", "0..1", "its standing in the region: seats or rights there"]
    ran: Annotated[bool, "", "", "has run since it last started"]
    upkeep: Annotated[float, "EUR/quarter", "0..", "what its base costs"]
    kept_up: Annotated[float, "share", "0..1", "of its upkeep that is paid"]
    short: Annotated[int, "quarters", "0..", "in a row in which too little of it was paid"]
    best: Annotated[float, "share", "0..1", "the most service it has given"]
    ended: Annotated[bool, "", "", "ended this quarter"]
    approved: Annotated[bool, "", "", "an organisation approved its plan, and funds it"]
    employer: Annotated[
        int, "row", "", "organisation that offers a manager before its plan, or none"
    ]
    failed: Annotated[IntArray, "yr", "0..", "failed checks in a row per title", 32]
    received: Annotated[float, "EUR", "0..", "of titles and its organisation, this year"]
    before: Annotated[float, "EUR per patient/yr", "0..", "the same, the year before"]
    lost: Annotated[float, "EUR/yr", "0..", "received less than the year before"]
    wronged: Annotated[bool, "", "", "disputed what it lost last year"]
    cut: Annotated[float, "EUR/quarter", "0..", "O&I claims cut to the ministry's room"]
    listed: Annotated[int, "insured", "0..", "named insured on lists of its centre's members"]
    listed_groups: Annotated[FloatArray, "patients", "0..", "of those, patients per group", 6]
    listed_oi: Annotated[float, "EUR/quarter", "0..", "O&I titles received for those lists"]
    list_money: Annotated[float, "EUR/quarter", "0..", "of its money per function, for them alone"]
    listed_local: Annotated[float, "share", "0..1", "local functions for members, from it"]
    umbrella: Annotated[int, "row", "", "umbrella of centres (an organisation) it is in, or none"]
    supplies: Annotated[int, "contracts", "0..", "contracts with that umbrella"]
    grant: Annotated[float, "EUR/yr", "0..", "of its municipality, if it takes a manager"]
    old: Annotated[float, "factor", "0..", "share of elderly in its area, of its municipality's"]
    poor: Annotated[float, "share", "0..1", "of its area, with one of the 40% lowest incomes"]
    status: Annotated[float, "factor", "0..", "on patients with a condition there, by incomes"]

    def develop(self) -> None:
        """Advance or fall back now, as its means and contribution allow."""
        self.act("hub_develops")


class Help(NamedTuple):
    """What helps disciplines at a hub's table to organise themselves.

    ``region``: how strongly a region supports the hub (0: not); ``forced`` (share): how far
    policy forces mixed boards; ``sent`` (share): how far an external party sends its people.
    """

    region: float
    forced: float
    sent: float


@rule
def weigh_disciplines(hub: Hub, adviser: bool, forced: float, params: Parameters) -> float:
    """Return how far the other disciplines can decide along (share): their degree of organisation.

    Welfare comes with the municipality's adviser (C47). Where boards must be multidisciplinary
    (``forced``, share) the least organised discipline holds the table up (C45).
    """
    total = 0.0
    least = 1.0
    for d in range(len(hub.disciplines)):
        degree = hub.disciplines[d]
        if d == Discipline.WELFARE and not adviser:
            degree = degree * params.hub_welfare
        total = total + degree
        least = min(least, degree)
    mean = total / float(len(hub.disciplines))
    return mean + forced * (least - mean)


@rule
def organise_discipline(
    hub: Hub, degree: float, rooted: float, helped: Help, params: Parameters
) -> float:
    """Return a discipline's degree of organisation a quarter later (C45)."""
    up = params.hub_discipline_forced * helped.forced
    up = up + params.hub_discipline_region * helped.region
    up = up + params.partner_discipline * helped.sent
    if hub.guided:
        up = up + params.hub_discipline_guided
    back = params.hub_discipline_decay * (degree - rooted)
    return clip(degree + 0.25 * (up * (1.0 - degree) - back), 0.0, 1.0)


@rule
def contribute(active: float, others: float, params: Parameters) -> float:
    """Return the contribution at the table (share) of GPs and other disciplines.

    ``active``: share of patients whose GPs take part; ``others``: what disciplines can bring.
    """
    return params.hub_gps * active + (1.0 - params.hub_gps) * others * active


@rule
def need_contribution(stage: int, params: Parameters) -> float:
    """Return the contribution needed to go on from ``stage`` (share)."""
    if stage <= Stage.INITIATOR:
        return params.hub_threshold_1
    if stage == Stage.DRIVER:
        return params.hub_threshold_2
    return params.hub_threshold_3


@rule
def chance_advance(hub: Hub, trust: float, adviser: bool, params: Parameters) -> tuple[float, int]:
    """Return the chance a quarter to reach the next stage, and the term that weighs most."""
    needed = max(0.05, need_contribution(hub.stage, params))
    by_trust = params.hub_trust * trust
    by_contribution = params.hub_contribution * min(
        params.hub_contribution_most, hub.contribution / needed
    )
    total = params.hub_base + by_trust + by_contribution
    cause: int = Cause.TRUST
    most = by_trust
    most, cause = heavier(most, cause, by_contribution, Cause.CONTRIBUTION)
    if adviser:
        total = total + params.hub_adviser
        most, cause = heavier(most, cause, params.hub_adviser, Cause.ADVISER)
    if hub.guided:
        total = total + params.hub_guidance
        most, cause = heavier(most, cause, params.hub_guidance, Cause.GUIDANCE)
    if hub.manager != Manager.NONE:
        total = total + params.hub_manager
        most, cause = heavier(most, cause, params.hub_manager, Cause.MEANS)
    met = weigh_conditions(hub.conditions, params)
    total = total + met
    most, cause = heavier(most, cause, met, Cause.CONDITIONS)
    if hub.stage == Stage.NONE and hub.origin == Origin.UNIT:
        total = total + params.hub_unit
        most, cause = heavier(most, cause, params.hub_unit, Cause.UNIT)
    if hub.origin >= Origin.OWZ:
        total = total + params.hub_experience
        most, cause = heavier(most, cause, params.hub_experience, Cause.EXPERIENCE)
    return logistic(total), cause


@rule
def serve(hub: Hub, params: Parameters) -> float:
    """Return the service a running hub gives every resident (share of ``hub.service``).

    What its stage and the table allow, as far as its upkeep is paid.
    """
    if hub.plan < Plan.RUNNING:
        return 0.0
    c = hub.contribution
    # Synergy: half of the full service at a contribution of hub.half, and most of it at twice.
    half = params.hub_half
    full = float(hub.stage) / 4.0 * c * c / (c * c + half * half)
    # Nobody serves for long on what is not paid (S4: activities fade with the money).
    return full * hub.kept_up


@rule
def chance_draft(hub: Hub, params: Parameters) -> float:
    """Return the chance a quarter that a hub finishes its plan (S2 Q14).

    Somebody has to write it: with a manager or guidance by the ROS it is done sooner.
    """
    chance = params.plan_draft
    if hub.manager != Manager.NONE:
        chance = chance + params.plan_managed
    if hub.guided:
        chance = chance + params.plan_guided
    return min(1.0, chance)


@rule
def wijk_autonomy(hub: Hub, params: Parameters) -> float:
    """Return the autonomy that a hub has beside the region (share, C60, C61).

    Who lives on the region's money loses it, unless a written agreement says what each may
    expect; a manager on the region's payroll takes some of it. Standing in the region, by votes
    or rights, makes up for both.
    """
    lost = 0.0
    if hub.agreement == NONE and hub.dependence > params.hub_dependence:
        lost = hub.dependence
    if hub.manager == Manager.REGION:
        lost = lost + params.hub_payroll
    return 1.0 - min(1.0, lost) * (1.0 - hub.standing)


@rule
def cost_manager(kind: int, fte: float, params: Parameters) -> float:
    """Return EUR a year of a manager of this kind (``MANAGERS``)."""
    if kind == Manager.NONE:
        return 0.0
    cost = params.hub_manager_cost * fte
    if kind == Manager.HIRED:
        return cost * params.hub_manager_hired
    if kind == Manager.REGION:
        return cost * params.hub_manager_region
    return cost


@rule
def choose_manager(hub: Hub, fte: float, offered: bool, trust: float, params: Parameters) -> int:
    """Return which manager hub ``hub`` takes for ``fte``: none, own, hired or the region's.

    Of what it can afford the most useful for the money; the region's costs it nothing but
    autonomy, which weighs less the more the region is trusted. A young hub hires: nobody is
    employed for good before a board exists.
    """
    best: int = Manager.NONE
    most = 0.0
    for kind in range(Manager.OWN, Manager.REGION + 1):
        cost = max(0.0, cost_manager(kind, fte, params) - hub.grant)
        if kind == Manager.REGION:
            if not offered:
                continue
            value = params.hub_manager - params.choice_autonomy * (1.0 - trust)
        else:
            if cost > params.hub_manager_most * hub.yearly:
                continue
            value = params.hub_manager - params.hub_manager_price * cost / 1000.0
            if kind == Manager.OWN and hub.stage < Stage.BOARD:
                continue
        if value > most:
            most = value
            best = kind
    return best


@rule
def chance_joint(trust: float, adviser: bool, guided: float, params: Parameters) -> float:
    """Return the yearly chance that running hubs form a gemeentehub (S2 Q10)."""
    total = params.hub_joint + params.hub_joint_trust * trust + params.hub_guidance * guided
    if adviser:
        total = total + params.hub_adviser
    return logistic(total)
