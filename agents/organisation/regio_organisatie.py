"""The supra-local organisation (zorggroep, later regio-organisatie): record, rules, Mesa face."""

from __future__ import annotations

import math
from typing import Annotated

from agents.compiled.draws import logistic
from agents.compiled.elementary import exp, log
from agents.compiled.face import Face
from agents.compiled.record import FloatArray, IntArray
from agents.compiled.rule import rule
from agents.parameters import Parameters
from agents.words import Rights, Structure


class RegioOrganisatie(Face):
    """An organisation of practices above the neighbourhood. Money is EUR."""

    kind = "organisation"

    id: Annotated[int, "", "", "founder id * 1000 + quarter of founding"]
    alive: Annotated[bool, "", "", "exists"]
    founder: Annotated[int, "row", "", "hub area that founded it"]
    founded: Annotated[int, "quarter", "", "when it was founded"]
    municipality: Annotated[int, "row", "", "municipality of its seat"]
    x: Annotated[float, "km", "", "place of its seat"]
    y: Annotated[float, "km", "", "place of its seat"]
    legal: Annotated[int, "legal form code", "0..4", "network (no legal person), cooperative..."]
    rights: Annotated[int, "rights code", "0..2", "rights of the members' council"]
    structure: Annotated[int, "structure code", "0..2", "flat, hierarchical or federated"]
    first: Annotated[int, "row", "", "first of its member practices, or none"]
    members: Annotated[int, "practices", "0..", "member practices"]
    patients: Annotated[int, "registered patients", "0..", "patients of members"]
    mandated: Annotated[int, "practices", "0..", "members that mandate it"]
    insured: Annotated[int, "insured", "0..", "named insured it may claim for this year (ION)"]
    groups: Annotated[FloatArray, "patients", "0..", "of those, patients per group", 6]
    allied_insured: Annotated[int, "insured", "0..", "the same for its alliance, if it leads"]
    allied_groups: Annotated[FloatArray, "patients", "0..", "the same per group", 6]
    closed: Annotated[bool, "", "", "admits nobody more this year"]
    subregions: Annotated[
        int, "sub-regions", "0..", "with a council of their own; one or none: no division"
    ]
    own: Annotated[int, "practices", "0..", "in a member's own sub-region by name; 0: none has one"]
    deficit: Annotated[int, "quarters", "0..", "in a row in which its own work was not all paid"]
    haps: Annotated[float, "share", "0..1", "of its patients in areas of HAPs it merged with"]
    lead: Annotated[int, "row", "", "organisation it mandates to contract for it, or none"]
    held: Annotated[int, "municipalities", "0..", "municipalities its alliance holds"]
    area_insured: Annotated[int, "insured", "0..", "insured in the area its alliance asks for"]
    area_practices: Annotated[int, "practices", "0..", "practices in that area"]
    area_mandated: Annotated[int, "practices", "0..", "of those, practices that mandate it"]
    area_mandated_insured: Annotated[int, "insured", "0..", "insured of those practices"]
    contiguous: Annotated[bool, "", "", "that area is in one piece"]
    regioplan: Annotated[bool, "", "", "it has a regioplan"]
    contract: Annotated[IntArray, "quarter", "", "start of the contract per title, or none", 32]
    agreed: Annotated[IntArray, "quarter", "", "the same, as agreed for next year", 32]
    legacy: Annotated[float, "EUR per insured/yr", "0..", "O&I revenue in force at the start"]
    history: Annotated[float, "EUR per insured/yr", "0..", "fee as bargained at the last (re)start"]
    unit_cost: Annotated[float, "EUR per insured/yr", "0..", "own cost without housing, running"]
    benchmark: Annotated[float, "EUR per insured/yr", "0..", "mean cost of peers, this year's"]
    benchmark_last: Annotated[float, "EUR per insured/yr", "0..", "the same, last year's"]
    weight: Annotated[float, "share", "0..1", "weight of the benchmark in its fee"]
    slack: Annotated[float, "share", "0..", "cost above what is needed"]
    level: Annotated[float, "factor", "0..", "its costs: lasting factor and slack"]
    yearly: Annotated[float, "EUR/yr", "0..", "received over the last four quarters"]
    by_effort: Annotated[float, "EUR/yr", "0..", "of that, O&I paid by act or hour"]
    agreed_fee: Annotated[float, "EUR per insured/yr", "0..", "bargained fee of next year"]
    fee: Annotated[float, "EUR per insured/yr", "0..", "bargained fee in force"]
    municipalities: Annotated[int, "municipalities", "0..", "where it has members"]
    spared: Annotated[float, "municipalities", "0..", "of those, saved by shared counterparts"]
    mixed: Annotated[float, "share", "0..1", "Blau index of its members' forms"]
    reach: Annotated[float, "km", "0..", "mean distance of members to the seat"]
    engagement: Annotated[float, "share", "0..1", "engagement of members"]
    say: Annotated[float, "share", "0..1", "say of members"]
    cost_factor: Annotated[float, "factor", "0..", "lasting factor of its costs"]
    trust: Annotated[float, "share", "0..1", "trust between it and the preferred insurer"]
    by_insurer: Annotated[FloatArray, "insured", "0..", "its named insured per insurer", 12]
    clients: Annotated[FloatArray, "patients", "0..", "patients it serves per function", 7]
    money: Annotated[FloatArray, "EUR/quarter", "0..", "money at hand per function", 7]
    coverage: Annotated[FloatArray, "share", "0..1", "share of full support per function", 7]
    quality: Annotated[float, "share", "0..1", "coverage over functions, by cost"]
    coherence: Annotated[float, "share", "0..1", "functions of its members in one linked hand"]
    margin: Annotated[float, "EUR per insured/yr", "0..", "chain income it brings its members"]
    revenue: Annotated[float, "EUR/quarter", "0..", "received this quarter"]
    shared_revenue: Annotated[float, "EUR/quarter", "0..", "received for its whole alliance"]
    oi: Annotated[float, "EUR/quarter", "0..", "O&I titles received, for its own insured"]
    legacy_revenue: Annotated[float, "EUR/yr", "0..", "O&I titles at fixed tariffs, four quarters"]
    cost: Annotated[float, "EUR/quarter", "0..", "spent this quarter, transaction cost included"]
    coordination: Annotated[float, "EUR/quarter", "0..", "cost of holding members together"]
    reserves: Annotated[float, "EUR", "", "its own at the end of the quarter, without its purse"]
    transaction: Annotated[FloatArray, "EUR/quarter", "0..", "both sides, by kind", 8]
    hours: Annotated[float, "h/quarter", "0..", "its own transaction hours"]
    payroll: Annotated[float, "EUR/yr", "0..", "managers of hubs that it employs"]
    funded: Annotated[int, "hubs", "0..", "hubs with an approved plan that it funds"]
    unpaid: Annotated[float, "h/quarter", "0..", "work that falls on members unpaid"]
    contracts: Annotated[int, "contracts", "0..", "contracts with insurers"]
    carried: Annotated[float, "h", "0..", "work after the books of a quarter, paid in the next"]
    seats: Annotated[float, "share", "0..1", "votes of others than its practices"]
    hub_rights: Annotated[int, "rights code", "0..2", "rights of the council of hubs"]
    plus_insured: Annotated[int, "insured", "0..", "of its named insured, under the PLUS package"]
    plus_share: Annotated[float, "share", "0..1", "members that follow the PLUS package"]
    plus_money: Annotated[float, "EUR/quarter", "0..", "received for the PLUS package"]
    waiting: Annotated[int, "hubs", "0..", "plans that its committees still have to decide on"]
    dialogue: Annotated[float, "h/yr per member", "0..", "hours of dialogue with members"]
    advised: Annotated[bool, "", "", "has outside advisers this year"]
    programmes: Annotated[IntArray, "flag", "0 or 1", "chain programmes that it runs", 3]
    served: Annotated[FloatArray, "patients", "0..", "patients per group its programmes serve", 6]
    allied_served: Annotated[FloatArray, "patients", "0..", "the same for its alliance", 6]
    entrant: Annotated[bool, "", "", "a supplier without members, which nobody can join"]
    outside: Annotated[float, "patients", "0..", "whom it serves elsewhere"]
    idle: Annotated[int, "yr", "0..", "in a row without clients, of an entrant"]
    buyers: Annotated[int, "units", "0..", "that buy from it without being its members"]
    sold: Annotated[float, "EUR/yr", "0..", "of what it received, paid by units"]
    council: Annotated[bool, "", "", "holds a council of users"]
    income: Annotated[float, "EUR", "0..", "received this year"]
    income_mean: Annotated[float, "EUR per insured/yr", "0..", "running mean of its income"]
    income_variance: Annotated[float, "(EUR per insured/yr)^2", "0..", "running variance of it"]
    invested: Annotated[float, "share", "0..1", "of what can be invested, less what wore out"]
    hub_money: Annotated[float, "EUR/quarter", "0..", "received for hubs of its members' areas"]
    hub_shared: Annotated[float, "EUR/quarter", "0..", "the same for its whole alliance"]
    purse: Annotated[float, "EUR", "0..", "on its account, kept for hubs that are not there yet"]
    purse_release: Annotated[float, "EUR/quarter", "0..", "of it, for hubs that it funds now"]
    set_aside: Annotated[float, "EUR/quarter", "", "put into the purse; below 0: taken out"]
    plan_until: Annotated[int, "quarter", "0..", "in which its regioplan lapses"]
    funded_share: Annotated[float, "share", "0..", "of its insured, in areas of hubs it funds"]
    failed: Annotated[IntArray, "yr", "0..", "failed checks in a row per title", 32]
    hidden: Annotated[bool, "", "", "no contract of it or its lead asks to show its costs"]
    before: Annotated[float, "EUR per insured/yr", "0..", "income, the year before"]
    wronged: Annotated[bool, "", "", "disputed with its lead what it lost last year"]
    bought: Annotated[IntArray, "party", "", "larger body that does a function for it, or none", 7]
    hosts: Annotated[int, "functions", "0..", "of other organisations that it does this year"]
    supplies: Annotated[int, "contracts", "0..", "contracts with entrants it buys from"]
    area_members: Annotated[int, "practices", "0..", "of that area, members of its alliance"]
    area_members_insured: Annotated[int, "insured", "0..", "insured of those practices"]
    left_out: Annotated[int, "patients", "0..", "of its alliance, in municipalities it leaves out"]
    short: Annotated[float, "share", "0..1", "of its bargained fee, for lack of mandate"]
    agreed_transfer: Annotated[
        float, "EUR per insured/yr", "0..", "moved from hospital care on top of next year's fee"
    ]
    transfer: Annotated[float, "EUR per insured/yr", "0..", "the same, of the fee in force"]
    moved: Annotated[float, "EUR per insured/yr", "0..", "of that, booked for this year"]
    cut: Annotated[float, "EUR/quarter", "0..", "O&I claims cut to the ministry's room"]
    work_cost: Annotated[float, "EUR/yr", "0..", "paid for its own work, and invested, running"]
    support_cost: Annotated[float, "EUR/yr", "0..", "paid for support, housing left out, running"]
    delivered: Annotated[float, "insured", "0..", "by share of full support, no housing, running"]
    bargained: Annotated[float, "EUR/quarter", "0..", "bargained fees received, not for hubs"]
    gain: Annotated[float, "EUR/quarter", "0..", "of its income, kept and not spent on support"]
    fee_base: Annotated[float, "EUR per insured/yr", "0..", "benchmark in its fee, until the reset"]
    first_base: Annotated[float, "EUR per insured/yr", "0..", "the same when it first weighed"]
    based: Annotated[int, "quarter", "0..", "in which that was agreed last"]
    passed: Annotated[float, "EUR per insured/yr", "", "its fee is lower than at the first"]
    renewed: Annotated[float, "share", "0..1", "how far it has renewed what it delivers"]

    def review(self) -> None:
        """Take the yearly decisions (rights, regioplan, lead) now."""
        self.act("organisation_reviews")


@rule
def engage_among(members: int, half: float, params: Parameters) -> float:
    """Return engagement in a body of this size, with ``half`` practices at half engagement."""
    ratio = float(members) / half
    floor = params.engagement_floor
    return floor + (1.0 - floor) / (1.0 + ratio * ratio)


@rule
def engage(members: int, rights: int, params: Parameters) -> float:
    """Return engagement of the members of a body of this size (C12, C13)."""
    half = params.engagement_half
    if rights == Rights.ADVICE:
        half = half * params.engagement_advice
    elif rights == Rights.APPROVAL:
        half = half * params.engagement_approval
    return engage_among(members, half, params)


@rule
def have_say(rights: int, seats: float, params: Parameters) -> float:
    """Return the say of members under these council rights (share, C06).

    Votes of others (``seats``, share) dilute it.
    """
    say = params.engagement_say_none
    if rights == Rights.APPROVAL:
        say = params.engagement_say_approval
    elif rights == Rights.ADVICE:
        say = params.engagement_say_advice
    return say * (1.0 - params.governance_dilution * seats)


@rule
def count_links(members: int, structure: int, span: float) -> float:
    """Return how many links must be kept up: flat, hierarchical or federated (model (b))."""
    n = float(members)
    if n < 2.0:
        return 0.0
    if structure == Structure.FLAT:
        return 0.5 * n * (n - 1.0)
    if structure == Structure.HIERARCHICAL:
        return n * log(n) / log(span)
    groups = n / span
    if groups < 1.0:
        return 0.5 * n * (n - 1.0)
    return 0.5 * n * (span - 1.0) + 0.5 * groups * max(0.0, groups - 1.0)


@rule
def cost_coordination(organisation: RegioOrganisatie, params: Parameters) -> float:
    """Return EUR a year that holding the members together costs (C12)."""
    links = count_links(organisation.members, organisation.structure, params.coordination_span)
    mixed = 1.0 + params.coordination_mixed * organisation.mixed
    far = 1.0 + params.coordination_distance * organisation.reach / 20.0
    spread = params.coordination_municipality * (organisation.municipalities - organisation.spared)
    councils = params.organisation_subregion_cost * float(max(0, organisation.subregions - 1))
    board = params.governance_board * organisation.seats
    return params.coordination_link * links * mixed * far + spread + councils + board


@rule
def want_found(trust: float, nearest: float, params: Parameters) -> float:
    """Return the yearly chance that a willing hub area founds an organisation.

    It grows with the region's trust and with the distance to the nearest organisation, km.
    """
    free = 1.0 - exp(-nearest / params.organisation_found_distance)
    return params.organisation_found * params.organisation_found_trust * trust * free


@rule
def want_lead(trust: float, pressure: float, params: Parameters) -> float:
    """Return the yearly chance to let another organisation contract for it (C55)."""
    pull = params.organisation_lead_trust * trust + params.choice_pressure * pressure
    return logistic(params.organisation_lead + pull)


@rule
def want_programme(worth: float, params: Parameters) -> float:
    """Return the yearly chance to start a programme that brings ``worth`` EUR a year."""
    cost = max(1.0, params.organisation_programme_cost)
    return params.organisation_programme * (1.0 - exp(-worth / cost))


@rule
def grant_rights(organisation: RegioOrganisatie, norm: float) -> int:
    """Return the council rights after review (C06).

    One step more while the mandate stays below what a payer asks (``norm``), in its area if it
    has one, else among its members. Rights once given are not taken back.
    """
    if organisation.members < 1 or organisation.rights >= Rights.APPROVAL:
        return organisation.rights
    share = float(organisation.mandated) / float(organisation.members)
    if organisation.area_practices > 0:
        share = float(organisation.area_mandated) / float(organisation.area_practices)
    return organisation.rights + 1 if share < norm else organisation.rights


@rule
def bargain_fee(organisation: RegioOrganisatie, params: Parameters) -> float:
    """Return the fee per insured a year that insurer and organisation agree on.

    The revenue in force plus a share of what the insurer gains above it (model (f)).
    """
    worth = params.contract_value * math.sqrt(organisation.engagement) * organisation.coherence
    gain = max(0.0, worth - organisation.legacy)
    return organisation.legacy + params.contract_bargain * gain


@rule
def cost_level(organisation: RegioOrganisatie, params: Parameters) -> float:
    """Return the factor on its costs: lasting factor, slack, what investment and renewal save."""
    saved = 1.0 - params.investment_gain * organisation.invested
    saved = saved * (1.0 - params.innovation_saves * organisation.renewed)
    return organisation.cost_factor * (1.0 + organisation.slack) * saved


@rule
def drift_slack(organisation: RegioOrganisatie, checked: bool, params: Parameters) -> float:
    """Return next year's slack: cost follows payment, unless a gain may be kept (C26, C29, C40).

    It grows with ease: the share of full support that money buys, or money left idle. What may
    be kept is all where peers set the fee, little under agreed tariffs, nothing where hours or
    acts are paid. ``checked``: outcome requirements are checked in a contract.
    """
    kept = max(params.supply_kept, organisation.weight)
    if organisation.yearly > 0.0:
        kept = kept * (1.0 - min(1.0, organisation.by_effort / organisation.yearly))
    ease = organisation.quality
    if organisation.reserves > 0.0:
        ease = max(ease, min(1.0, organisation.reserves / max(1.0, organisation.yearly)))
    watched = 1.0 - params.supply_checked if checked else 1.0
    # Members rarely correct a board, but that they could keeps it alert (C65).
    watched = watched * (1.0 - params.governance_alert * organisation.say)
    up = params.supply_drift * ease * (1.0 - kept) * watched
    down = params.supply_effort * kept * organisation.slack
    return max(0.0, organisation.slack + up - down)
