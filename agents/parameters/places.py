"""Hubs, municipalities, ROS, insurers, and the value of what comes of them."""

from __future__ import annotations

from typing import Annotated

from agents.compiled.record import Record
from agents.parameters.given import A, Given, on


class PlaceParameters(Record):
    """Hubs, municipalities, ROS, insurers, and the value of what comes of them."""

    # Hubs
    hub_base: Annotated[float, "1", "constant in the chance to advance", Given(-4.0, -20.0, 20.0, A)]
    hub_trust: Annotated[float, "1", "weight of trust", Given(2.0, 0.0, 10.0, A)]
    hub_contribution: Annotated[float, "1", "weight of contribution over threshold", Given(1.5, 0.0, 10.0, A)]
    hub_adviser: Annotated[float, "1", "weight of the municipality's adviser", Given(1.0, 0.0, 10.0, "assumed; C47")]
    hub_experience: Annotated[float, "1", "weight of experience as a health centre, OWZ or WSV", Given(1.0, 0.0, 10.0, "assumed; C42")]
    hub_guidance: Annotated[float, "1", "weight of guidance by the ROS", Given(1.0, 0.0, 10.0, "assumed; C53")]
    hub_gps: Annotated[float, "share", "weight of GPs in the contribution at the table", Given(0.5, 0.0, 1.0, A)]
    hub_contribution_most: Annotated[float, "1", "contribution over threshold counts up to this", Given(3.0, 1.0, 20.0, A)]
    hub_half: Annotated[float, "share", "contribution at which a hub gives half of its full service", Given(0.4, 0.01, 1.0, A)]
    hub_threshold_1: Annotated[float, "share", "contribution a driver needs", Given(0.2, 0.0, 1.0, A)]
    hub_threshold_2: Annotated[float, "share", "contribution a booster needs", Given(0.4, 0.0, 1.0, A)]
    hub_threshold_3: Annotated[float, "share", "contribution a board needs", Given(0.6, 0.0, 1.0, A)]
    hub_fall: Annotated[float, "1/quarter", "chance to fall back without means", Given(0.1, 0.0, 1.0, A)]
    hub_minimum: Annotated[float, "EUR per inhabitant/yr", "budget below which a hub cannot run", Given(1.0, 0.0, 20.0, "assumed; F073 is the comfortable level")]
    hub_disciplines: Annotated[float, "share", "degree of organisation of the other disciplines", Given(0.4, 0.0, 1.0, "assumed; C45")]
    hub_discipline_spread: Annotated[float, "share", "spread of that degree between hub areas and disciplines, either way", Given(0.2, 0.0, 0.5, A)]
    hub_discipline_guided: Annotated[float, "1/yr", "of what a discipline lacks in organisation, made good under guidance by the ROS", Given(0.3, 0.0, 4.0, "assumed; C45")]
    hub_discipline_region: Annotated[float, "1/yr", "the same where a region supports the hub's plan", Given(0.15, 0.0, 4.0, "assumed; C45")]
    hub_discipline_forced: Annotated[float, "1/yr", "the same where boards must be multidisciplinary", Given(0.15, 0.0, 4.0, A)]
    hub_discipline_decay: Annotated[float, "1/yr", "return to the degree without support", Given(0.15, 0.0, 4.0, A)]
    hub_welfare: Annotated[float, "share", "of welfare's contribution without an adviser of the municipality", Given(0.3, 0.0, 1.0, "assumed; C47")]
    hub_meeting: Annotated[float, "h/yr", "meeting hours of a practice that takes part", Given(24.0, 0.0, 500.0, A)]
    hub_attendance: Annotated[float, "EUR/h", "attendance fee that a running hub pays", Given(60.0, 0.0, 300.0, "assumed; A1f: attendance fees")]
    hub_unit: Annotated[float, "1", "weight of a GP unit to start from", Given(1.0, 0.0, 10.0, "assumed; C14: a unit can carry organised cooperation")]
    hub_unit_share: Annotated[float, "share", "of the patients of practices that take part, held by one unit: a hub starts from it", Given(0.5, 0.0, 1.0, A)]
    hub_unit_least: Annotated[int, "registered patients", "smallest unit that a hub starts from", Given(7500, 0, 100_000, "F002, C14")]
    hub_manager: Annotated[float, "1", "weight of a manager (wijkmanager)", Given(1.0, 0.0, 10.0, "assumed; A1f, S2 Q13")]
    hub_manager_fte: Annotated[float, "fte per 10,000", "manager per 10,000 patients", Given(0.2, 0.0, 2.0, A)]
    hub_manager_cost: Annotated[float, "EUR per fte/yr", "cost of a manager employed by the hub", Given(100_000.0, 0.0, 300_000.0, "B: municipal area manager, regionoordkop.nl")]
    hub_manager_hired: Annotated[float, "factor", "cost of a hired manager against an employed one", Given(1.3, 0.5, 3.0, A)]
    hub_manager_region: Annotated[float, "factor", "cost of a manager on the region's payroll", Given(0.9, 0.5, 3.0, "assumed; A1f: Noord-Holland rule")]
    hub_manager_price: Annotated[float, "1/kEUR", "weight of a manager's cost for a hub", Given(0.015, 0.0, 1.0, A)]
    hub_manager_most: Annotated[float, "share", "of its income that a hub spends on a manager at most", Given(0.5, 0.0, 1.0, A)]
    hub_manager_keeps: Annotated[float, "share", "of falls back that a manager prevents", Given(0.5, 0.0, 1.0, A)]
    hub_committee: Annotated[float, "1/quarter", "plans that one committee (O&I-vakcommissie) can decide on", Given(2.0, 0.01, 100.0, "assumed; F063: one for each of two sub-regions")]
    hub_committee_hours: Annotated[float, "h", "work of a committee on one plan", Given(12.0, 0.0, 500.0, "assumed; F063: six members, two hours each")]
    hub_agreement: Annotated[float, "1/yr", "chance of a written agreement between region and hub", Given(0.3, 0.0, 1.0, "assumed; C61")]
    hub_dependence: Annotated[float, "share", "of income from the region above which a hub feels dependent", Given(0.5, 0.0, 1.0, "assumed; C60")]
    hub_payroll: Annotated[float, "share", "of a hub's autonomy that a manager on the region's payroll takes", Given(0.2, 0.0, 1.0, "assumed; A1f: Noord-Holland rule")]
    hub_autonomy: Annotated[float, "share", "of the say of taking part that goes with a hub's autonomy", Given(1.0, 0.0, 1.0, "assumed; C46, C60")]
    hub_joint: Annotated[float, "1", "constant in the yearly chance that hubs form a gemeentehub", Given(-3.0, -20.0, 20.0, A)]
    hub_joint_trust: Annotated[float, "1", "weight of trust in that", Given(2.0, 0.0, 10.0, A)]
    hub_joint_saving: Annotated[float, "share", "of manager's hours that a gemeentehub saves", Given(0.3, 0.0, 1.0, A)]
    hub_joint_say: Annotated[float, "share", "of the say of taking part that a gemeentehub costs", Given(0.2, 0.0, 1.0, A)]
    hub_free_riding: Annotated[float, "1", "pull of services that are open to all", Given(0.5, 0.0, 5.0, "assumed; C46")]
    hub_say: Annotated[float, "1", "pull of the say that taking part buys", Given(1.0, 0.0, 5.0, "assumed; C46")]
    hub_share: Annotated[float, "share", "share of organisation money that goes to approved hub plans", Given(0.35, 0.0, 1.0, A)]
    hub_service: Annotated[float, "share", "coverage that a full board adds to local functions", Given(0.3, 0.0, 1.0, A)]
    # Municipalities and ROS
    municipality_base: Annotated[float, "1", "constant in the chance of an adviser", Given(-1.0, -20.0, 20.0, A)]
    municipality_years: Annotated[float, "yr", "how long a municipality's draw about an adviser lasts: a council's term", Given(4.0, 0.25, 20.0, "assumed; a council sits four years")]
    municipality_trust: Annotated[float, "1", "weight of trust", Given(2.0, 0.0, 10.0, A)]
    municipality_single: Annotated[float, "1", "pull of having one counterpart", Given(1.0, 0.0, 10.0, "assumed; C02")]
    municipality_many: Annotated[float, "1", "loss per further counterpart", Given(0.5, 0.0, 10.0, "assumed; C32")]
    municipality_cofunding: Annotated[float, "EUR per inhabitant/yr", "co-funding at full trust", Given(1.0, 0.0, 20.0, A)]
    ros_municipalities: Annotated[int, "municipalities", "in the area of one ROS", Given(20, 1, 400, "derived from B: 345 municipalities, 17 ROS")]
    municipality_crisis: Annotated[float, "1", "pull of having one counterpart in a crisis", Given(1.0, 0.0, 10.0, "assumed; C49")]
    ros_step: Annotated[float, "1/quarter", "chance that a guided process takes the next of four steps", Given(0.3, 0.0, 1.0, "assumed; F067")]
    ros_fade: Annotated[float, "1/quarter", "chance that a process without guidance loses a step, unless it is secured", Given(0.05, 0.0, 1.0, A)]
    ros_secured: Annotated[float, "share", "of falls back that a secured process prevents", Given(0.5, 0.0, 1.0, "assumed; F067: the fourth step")]
    ros_hours: Annotated[float, "h/yr per hub", "hours that guide one hub", Given(120.0, 1.0, 10_000.0, A)]
    # Insurers
    insurer_memory: Annotated[float, "share", "pressure kept from last year", Given(0.5, 0.0, 1.0, A)]
    insurer_fragmentation: Annotated[float, "1", "pressure by fragmentation", Given(0.3, 0.0, 1.0, "assumed; C66")]
    insurer_unsupported: Annotated[float, "1", "pressure by unsupported insured", Given(0.2, 0.0, 1.0, A)]
    insurer_cost: Annotated[float, "1", "pressure by its own purchasing cost", Given(0.1, 0.0, 1.0, "assumed; C66")]
    insurer_cost_scale: Annotated[float, "EUR per insured/yr", "purchasing cost at which that weighs in full", Given(0.5, 0.01, 50.0, A)]
    insurer_manager: Annotated[float, "share", "mandate of a regional manager", Given(0.5, 0.0, 1.0, "assumed; A1b: partial mandate")]
    insurer_delegate: Annotated[float, "1", "mandate that grows with the insurer's own pressure", Given(0.5, 0.0, 2.0, "assumed; C50")]
    insurer_own_terms: Annotated[float, "EUR per insured/yr", "worth of a contract of its own to an insurer that is not the preferred one", Given(0.02, 0.0, 1000.0, A)]
    insurer_alike: Annotated[bool, "switch", "the policy of the insurer that most people's municipality prefers holds everywhere", on(False)]
    insurer_fixed_pressure: Annotated[float, "share", "pressure while the insurers' decision is frozen", Given(0.0, 0.0, 1.0, A)]
    # Value
    value_substitution: Annotated[float, "EUR per insured/yr", "second-line cost saved at full coherence", Given(10.0, 0.0, 200.0, "assumed; C09")]
