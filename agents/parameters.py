"""Every behavioural parameter: default, unit, allowed range, source and meaning.

The source of a number is a fact or claim of the bibliography (F..., C..., S..., B for public
figures) or the word ``assumed``. A field ``choice_money`` is the parameter ``choice.money`` on
the command line. Switches (bool) turn a mechanism off, or freeze the decision of one kind.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple, get_args, get_type_hints

from agents.record import Record


class Given(NamedTuple):
    """What is known of a parameter: default, allowed range and source."""

    value: float
    low: float
    high: float
    source: str


A = "assumed"


def on(value: bool = True) -> Given:
    """Return the declaration of a switch."""
    return Given(float(value), 0.0, 1.0, "switch")


class Parameters(Record):
    """One row of parameters, shared by a whole run. Weights of a logit are per unit named."""

    # Population and demand
    population_growth: Annotated[
        float, "1/yr", "growth of the insured; lists equal the 2022 figures in 2022",
        Given(0.0055, -0.02, 0.03, "derived from B: population 2014 and 2022"),
    ]
    population_insured: Annotated[
        float, "persons per practice", "mean list that fixes the number of practices in 2012",
        Given(3403.0, 1000.0, 8000.0, "derived from B: 16.73M insured, 4,917 practices, 2012"),
    ]
    population_solo: Annotated[
        float, "share", "solo practices at the start", Given(2291 / 4917, 0.0, 1.0, "B: Nivel 2012")
    ]
    population_duo: Annotated[
        float, "share", "duo practices at the start", Given(1757 / 4917, 0.0, 1.0, "B: Nivel 2012")
    ]
    population_from: Annotated[
        int, "year", "practices open, close, merge and grow from this year on; before, types of 2012", Given(2012, 2006, 2100, "B: first published types, Nivel 2012")
    ]
    population_close: Annotated[
        float, "1/yr", "practices that close", Given(0.02, 0.0, 0.3, A)
    ]
    population_open: Annotated[
        float, "1/yr", "practices that open, per practice", Given(0.033, 0.0, 0.3, "assumed; calibrated to B: counts 2012-2022")
    ]
    population_merge: Annotated[
        float, "1/yr", "practices that merge with a near one", Given(0.015, 0.0, 0.3, A)
    ]
    population_grow: Annotated[
        float, "1/yr", "solo or duo practices that take a partner", Given(0.015, 0.0, 0.3, "assumed; calibrated to B: types 2012-2018")
    ]
    population_frail_growth: Annotated[
        float, "1/yr", "growth of frail elderly per insured", Given(0.029, -0.05, 0.1, "derived from F018: 1.5 in 14 years")
    ]
    population_chain_growth: Annotated[
        float, "1/yr", "growth of chronic patients in chains per insured", Given(0.02, -0.05, 0.1, "assumed, within F016")
    ]
    population_75: Annotated[
        float, "share", "of those 65 or over, aged 75 or over", Given(0.42, 0.0, 1.0, A)
    ]
    population_frail: Annotated[
        float, "share", "frail among those 75 or over", Given(0.2, 0.0, 1.0, "F011")
    ]
    population_need_spread: Annotated[
        float, "cv", "spread of chronic and frail patients between lists", Given(0.2, 0.0, 1.0, A)
    ]
    population_open_share: Annotated[
        float, "share", "list of a new practice, of an equal share of its area", Given(0.8, 0.0, 1.0, A)
    ]
    population_list_solo: Annotated[float, "registered patients", "mean list of a solo practice, before scaling to the insured", Given(2300.0, 500.0, 6000.0, "assumed; B: suggested distribution")]
    population_list_duo: Annotated[float, "registered patients", "mean list of a duo practice, before scaling", Given(3500.0, 500.0, 10_000.0, "assumed; B: suggested distribution")]
    population_list_group: Annotated[float, "registered patients", "mean list of a group practice, before scaling", Given(6500.0, 500.0, 20_000.0, "assumed; B: suggested distribution")]
    population_cv_solo: Annotated[float, "cv", "spread of lists of solo practices", Given(0.30, 0.0, 1.0, "assumed; B: suggested distribution")]
    population_cv_duo: Annotated[float, "cv", "spread of lists of duo practices", Given(0.30, 0.0, 1.0, "assumed; B: suggested distribution")]
    population_cv_group: Annotated[float, "cv", "spread of lists of group practices", Given(0.45, 0.0, 1.5, "assumed; B: suggested distribution")]
    population_list_spread: Annotated[
        float, "factor", "multiplies the spread of list sizes", Given(1.0, 0.0, 2.0, A)
    ]
    population_unit_size: Annotated[float, "practices", "practices per GP unit at the start", Given(5.0, 1.0, 20.0, "assumed; middle of F003 (3-7)")]
    population_unit_most: Annotated[int, "practices", "largest unit that still takes a new practice in (exclusive)", Given(7, 1, 50, "F003")]
    population_within: Annotated[float, "share", "part of its area's radius within which a practice lies", Given(0.7, 0.0, 1.0, A)]
    # Choice of practices
    choice_money: Annotated[float, "1/kEUR", "weight of money", Given(0.15, 0.0, 1.0, A)]
    choice_quality: Annotated[float, "1", "weight of coverage", Given(1.0, 0.0, 5.0, A)]
    choice_autonomy: Annotated[float, "1", "weight of autonomy lost", Given(1.5, 0.0, 10.0, "assumed; C04")]
    choice_distance: Annotated[float, "1/km", "weight of distance", Given(0.04, 0.0, 10.0, A)]
    choice_conformity: Annotated[float, "1", "weight J of what neighbours do", Given(2.0, 0.0, 8.0, A)]
    choice_trust: Annotated[float, "1", "weight of trust", Given(2.0, 0.0, 8.0, "assumed; C06")]
    choice_pressure: Annotated[float, "1", "weight of the insurer's pressure", Given(1.0, 0.0, 5.0, "assumed; C55")]
    choice_crisis: Annotated[float, "1", "pull of an organisation that speaks for the whole municipality in a crisis", Given(1.0, 0.0, 10.0, "assumed; C49")]
    choice_switching: Annotated[float, "1", "cost of leaving for another", Given(1.0, 0.0, 10.0, A)]
    choice_taste: Annotated[float, "1", "standard deviation of lasting taste", Given(0.5, 0.0, 3.0, A)]
    choice_redraw: Annotated[float, "1/yr", "tastes drawn anew", Given(0.1, 0.0, 1.0, A)]
    choice_noise: Annotated[float, "1", "scale of momentary noise (0: the best option always)", Given(1.0, 0.0, 5.0, A)]
    choice_refuse: Annotated[bool, "switch", "every practice refuses to join or mandate", on(False)]
    choice_vision: Annotated[float, "km", "reach within which organisations are seen", Given(25.0, 0.0, 500.0, A)]
    choice_relief: Annotated[float, "EUR per insured/yr", "worth of support at full coverage", Given(8.0, 0.0, 50.0, "assumed; C34")]
    choice_hours: Annotated[float, "h/yr", "management hours of a practice", Given(100.0, 0.0, 2000.0, A)]
    choice_review: Annotated[float, "1/yr", "chance that a member reconsiders its organisation; who has none always does", Given(0.25, 0.0, 1.0, A)]
    choice_mandate_years: Annotated[float, "yr", "how long a practice's draw about a mandate lasts", Given(10.0, 0.25, 50.0, A)]
    choice_supplier_stake: Annotated[
        float, "share", "how strongly noise of a supplier choice shrinks with its stake", Given(1.0, 0.0, 1.0, A)
    ]
    # Trust
    trust_start: Annotated[float, "share", "trust before any contact, added to the region's own", Given(0.0, -1.0, 1.0, "assumed; C07")]
    trust_contact: Annotated[float, "1/quarter", "chance of a contact", Given(0.5, 0.0, 1.0, A)]
    trust_gain: Annotated[float, "1", "gain per good contact", Given(0.126, 0.0, 1.0, "assumed; T(12)=0.80")]
    trust_loss: Annotated[float, "1", "loss per bad contact", Given(0.378, 0.0, 1.0, "assumed: three times the gain")]
    trust_bad: Annotated[float, "share", "bad contacts without any cause", Given(0.04, 0.0, 1.0, A)]
    trust_bad_say: Annotated[float, "1", "bad contacts by lack of engagement and say", Given(0.3, 0.0, 1.0, "assumed; C19")]
    trust_bad_loss: Annotated[float, "1", "bad contacts by relative loss of coverage", Given(0.75, 0.0, 2.0, A)]
    trust_bad_scale: Annotated[float, "1", "bad contacts by one scale imposed for all functions", Given(0.1, 0.0, 1.0, "assumed; C15")]
    trust_bad_effort: Annotated[float, "1", "bad contacts with the payer per act or effort paid", Given(0.1, 0.0, 1.0, "assumed; C25")]
    trust_bad_counterparts: Annotated[float, "1", "bad contacts of a municipality per further counterpart", Given(0.05, 0.0, 0.5, "assumed; C32")]
    trust_bad_dependence: Annotated[float, "1", "bad contacts of a hub that depends on the region without an agreement", Given(0.15, 0.0, 1.0, "assumed; C60, C61")]
    trust_bad_checkback: Annotated[float, "1", "bad contacts of a municipality with managers who must check back", Given(0.1, 0.0, 1.0, "assumed; C51")]
    trust_self: Annotated[float, "share", "trust of a unit in its own supply", Given(1.0, 0.0, 1.0, A)]
    trust_half_life: Annotated[float, "yr", "half-life of trust without contact", Given(4.0, 0.1, 100.0, A)]
    # Engagement and governance
    engagement_floor: Annotated[float, "share", "engagement of the largest bodies", Given(0.05, 0.0, 1.0, A)]
    engagement_half: Annotated[float, "practices", "members at half engagement (n50)", Given(80.0, 1.0, 5000.0, A)]
    engagement_subregion: Annotated[float, "share", "of engagement that rests with one's own sub-region", Given(0.5, 0.0, 1.0, "assumed; F071, A1f")]
    engagement_advice: Annotated[float, "factor", "n50 with right of advice", Given(1.3, 1.0, 5.0, "assumed; C13")]
    engagement_approval: Annotated[float, "factor", "n50 with right of approval", Given(2.0, 1.0, 5.0, "assumed; C13")]
    engagement_say_none: Annotated[float, "share", "say of members without rights", Given(0.2, 0.0, 1.0, A)]
    engagement_say_advice: Annotated[float, "share", "say with right of advice", Given(0.5, 0.0, 1.0, A)]
    engagement_say_approval: Annotated[float, "share", "say with right of approval", Given(0.8, 0.0, 1.0, A)]
    engagement_decision_hours: Annotated[float, "h/yr per member and right", "hours that rights cost", Given(2.0, 0.0, 50.0, A)]
    # Governance: legal form, seats of others, rights of councils, dialogue
    governance_forms: Annotated[bool, "switch", "organisations choose a legal form; off: always a cooperative", on()]
    governance_multi: Annotated[float, "1", "constant of every form in which others than GPs have seats, against a cooperative", Given(-2.0, -10.0, 10.0, "assumed; A1f: the cooperative is commonest")]
    governance_disciplines: Annotated[float, "1", "pull of well organised disciplines towards their ownership", Given(2.0, 0.0, 10.0, "assumed; A1f M2a, C45")]
    governance_hubs: Annotated[float, "1", "pull of running hubs towards ownership by neighbourhood bodies", Given(2.0, 0.0, 10.0, "assumed; A1f M2b")]
    governance_scale: Annotated[float, "1", "pull of size, in members at half engagement, towards a foundation", Given(0.5, 0.0, 10.0, "assumed; A1f M3")]
    governance_forced: Annotated[float, "1", "pull of mixed boards where policy forces them", Given(3.0, 0.0, 10.0, A)]
    governance_review: Annotated[float, "1/yr", "chance that a legal person reconsiders its form", Given(0.1, 0.0, 1.0, A)]
    governance_switch: Annotated[float, "1", "cost of changing form", Given(1.0, 0.0, 10.0, "assumed; C69: path dependence")]
    governance_seats_professions: Annotated[float, "share", "votes of others where professions own the organisation", Given(0.67, 0.0, 1.0, "F078: three professions on the board")]
    governance_seats_neighbourhoods: Annotated[float, "share", "votes of others where neighbourhood bodies own it", Given(0.5, 0.0, 1.0, "assumed; A1f M2b")]
    governance_seats_foundation: Annotated[float, "share", "votes of others on the board of a foundation", Given(0.33, 0.0, 1.0, "assumed; A1f M3")]
    governance_dilution: Annotated[float, "share", "of members' say lost where others hold all votes", Given(0.5, 0.0, 1.0, A)]
    governance_board: Annotated[float, "EUR/yr", "cost of a board on which others hold all votes", Given(60_000.0, 0.0, 1e6, A)]
    governance_help: Annotated[float, "factor", "extra support of disciplines by a region where others hold all votes", Given(1.0, 0.0, 10.0, "assumed; C45")]
    governance_alert: Annotated[float, "share", "of drift of cost that full say of members prevents", Given(0.5, 0.0, 1.0, "assumed; C65")]
    governance_hub_rights: Annotated[bool, "switch", "hubs get a council with rights in the region", on()]
    governance_hub_trust: Annotated[float, "share", "trust of hubs below which a region grants their council rights", Given(0.5, 0.0, 1.0, "assumed; C60")]
    governance_dialogue: Annotated[float, "h/yr per member", "hours of dialogue while mandates fall short (0: none)", Given(6.0, 0.0, 100.0, "assumed; C04, C05")]
    governance_dialogue_contact: Annotated[float, "share", "of missing contacts that dialogue brings about", Given(0.5, 0.0, 1.0, "assumed; C05")]
    governance_dialogue_calm: Annotated[float, "share", "of bad contacts that dialogue prevents", Given(0.3, 0.0, 1.0, "assumed; C04")]
    governance_advisers: Annotated[bool, "switch", "organisations hire outside advisers where cooperation is young", on()]
    governance_advisers_cost: Annotated[float, "EUR/yr", "outside advisers", Given(40_000.0, 0.0, 1e6, "assumed; C07")]
    governance_advisers_most: Annotated[float, "share", "of its income that an organisation spends on them at most", Given(0.1, 0.0, 1.0, A)]
    # PLUS package: obligations, support and pay
    plus_on: Annotated[bool, "switch", "practices may take the PLUS package where a title pays for it", on()]
    plus_hours: Annotated[float, "h/yr", "obligations of a practice that follows it", Given(40.0, 0.0, 1000.0, "assumed; C64")]
    plus_obligation: Annotated[float, "share", "of autonomy that obligations take", Given(0.3, 0.0, 1.0, "assumed; C64")]
    plus_pay: Annotated[float, "share", "of the title's money that goes to the practice as pay; the rest is support", Given(0.6, 0.0, 1.0, "assumed; C64")]
    plus_effect: Annotated[float, "share", "of missing coverage that tailored support at full quality makes good", Given(0.2, 0.0, 1.0, "assumed; C64")]
    # Supply and cost
    supply_economies: Annotated[float, "factor", "multiplies fixed cost: economies of scale", Given(1.0, 0.0, 2.0, "assumed; C11")]
    supply_fixed: Annotated[float, "EUR/yr", "fixed cost of all functions together", Given(600_000.0, 0.0, 1e7, A)]
    supply_variable: Annotated[float, "EUR per patient/yr", "variable cost at full coverage", Given(17.0, 0.0, 200.0, "assumed, within F038")]
    supply_capacity: Annotated[float, "patients", "patients that one set of fixed cost can serve", Given(250_000.0, 1000.0, 1e9, A)]
    supply_spread: Annotated[float, "1", "sigma of the lasting cost factor", Given(0.15, 0.0, 1.0, A)]
    supply_release: Annotated[float, "1/yr", "share of reserves that may be spent", Given(0.2, 0.0, 4.0, "F075: five years")]
    supply_drift: Annotated[float, "1/yr", "growth of slack at full ease, of gains that may not be kept", Given(0.05, 0.0, 2.0, "assumed; C29, C40")]
    supply_effort: Annotated[float, "1/yr", "slack worked off where gains may be kept", Given(0.3, 0.0, 1.0, "assumed; C26")]
    supply_kept: Annotated[float, "share", "of a gain that may be kept under a tariff that is set by agreement", Given(0.2, 0.0, 1.0, A)]
    supply_slack: Annotated[float, "share", "most slack: cost above what is needed", Given(0.5, 0.0, 5.0, A)]
    supply_checked: Annotated[float, "share", "of drift that outcome requirements prevent", Given(0.5, 0.0, 1.0, "assumed; A1e advice on outcome requirements")]
    supply_wage: Annotated[float, "EUR/h", "cost of an hour", Given(110.0, 1.0, 500.0, "B: GP meeting hour, memory")]
    # Coordination
    coordination_link: Annotated[float, "EUR per link/yr", "cost of a link (c_link)", Given(190.0, 0.0, 10_000.0, A)]
    coordination_mixed: Annotated[float, "factor", "extra by mix of practice types (eta_H)", Given(0.5, 0.0, 5.0, A)]
    coordination_distance: Annotated[float, "per 20 km", "extra by distance (eta_D)", Given(0.3, 0.0, 5.0, A)]
    coordination_municipality: Annotated[float, "EUR/yr", "cost per municipality (c_muni)", Given(10_000.0, 0.0, 1e6, A)]
    coordination_span: Annotated[float, "practices", "members of one group in a federation", Given(7.0, 2.0, 1000.0, A)]
    coordination_structure: Annotated[int, "code", "flat 0, hierarchical 1, federated 2", Given(2, 0, 2, A)]
    # Organisations
    organisation_found: Annotated[float, "1/yr", "founding rate of a willing hub area", Given(0.14, 0.0, 1.0, "assumed; calibrated to F006: mean size of 2014")]
    organisation_found_distance: Annotated[float, "km", "distance at which founding is undisturbed", Given(15.0, 0.01, 500.0, A)]
    organisation_found_trust: Annotated[float, "1", "how strongly the region's trust multiplies founding", Given(2.0, 0.0, 10.0, A)]
    organisation_grace: Annotated[float, "yr", "for which a young organisation may be below the minimum", Given(1.0, 0.0, 20.0, A)]
    organisation_minimum: Annotated[int, "practices", "organisations below this dissolve", Given(3, 0, 1000, A)]
    organisation_incorporate: Annotated[float, "1/yr", "chance that a network becomes a legal person where a title asks for one", Given(0.8, 0.0, 1.0, A)]
    organisation_incorporation: Annotated[float, "h", "work of becoming a legal person", Given(60.0, 0.0, 2000.0, A)]
    organisation_lead: Annotated[float, "1", "readiness to mandate a lead organisation", Given(-1.0, -20.0, 20.0, A)]
    organisation_lead_trust: Annotated[float, "1", "weight of trust in mandating a lead organisation", Given(2.0, 0.0, 10.0, "assumed; C06")]
    organisation_plan: Annotated[float, "1/yr", "chance to write a regioplan where a title asks one, with a tradition of cooperation or advisers", Given(0.8, 0.0, 1.0, A)]
    organisation_plan_trust: Annotated[float, "share", "trust before any contact from which on that chance is reached without advisers", Given(0.6, 0.01, 1.0, "assumed; C07")]
    organisation_lead_share: Annotated[float, "share", "money a lead keeps for leading", Given(0.1, 0.0, 1.0, A)]
    organisation_admission: Annotated[int, "code", "who joins: 0 open, 1 host consent", Given(0, 0, 1, A)]
    organisation_exit: Annotated[int, "code", "who leaves: 0 single practices, 1 only groups, by a split", Given(0, 0, 1, A)]
    organisation_subregions: Annotated[bool, "switch", "organisations may form sub-regions with a council", on()]
    organisation_subregion_cost: Annotated[float, "EUR/yr", "council and support of one more sub-region", Given(40_000.0, 0.0, 1e6, "assumed; F071")]
    # Mergers
    merge_on: Annotated[bool, "switch", "organisations merge", on()]
    merge_absorb: Annotated[bool, "switch", "organisations that keep falling short are taken over", on()]
    merge_split: Annotated[bool, "switch", "parts of organisations leave together", on()]
    merge_hap: Annotated[bool, "switch", "organisations merge with an out-of-hours organisation (HAP)", on()]
    merge_review: Annotated[float, "1/yr", "chance to review a merger, a split or a HAP", Given(0.25, 0.0, 1.0, A)]
    merge_base: Annotated[float, "1", "constant in the chance that a review succeeds", Given(-3.0, -20.0, 20.0, A)]
    merge_gain: Annotated[float, "1", "weight of the logarithm of gain over cost", Given(0.5, 0.0, 5.0, A)]
    merge_trust: Annotated[float, "1", "weight of trust", Given(2.0, 0.0, 10.0, A)]
    merge_across: Annotated[float, "factor", "on that chance where preferred insurers differ", Given(0.1, 0.0, 1.0, A)]
    merge_vision: Annotated[float, "km", "reach within which a partner is sought", Given(25.0, 0.0, 500.0, A)]
    merge_years: Annotated[float, "yr", "horizon over which gains count", Given(10.0, 1.0, 40.0, A)]
    merge_discount: Annotated[float, "1/yr", "discount rate of gains", Given(0.05, 0.0, 0.5, A)]
    merge_fixed: Annotated[float, "EUR", "cost of a merger, fixed part", Given(100_000.0, 0.0, 1e7, A)]
    merge_practice: Annotated[float, "EUR per practice", "cost of a merger, per practice that changes hands", Given(20_000.0, 0.0, 1e6, A)]
    merge_short: Annotated[float, "share", "of its own work unpaid that counts as a quarter of deficit", Given(0.7, 0.0, 1.0, "assumed; calibrated to F006: mean size of 2014")]
    merge_deficit: Annotated[int, "quarters", "of deficit in a row before an organisation lets itself be taken over", Given(8, 1, 100, A)]
    merge_sharing: Annotated[float, "share", "of fixed cost that a HAP carries along", Given(0.25, 0.0, 1.0, "assumed; A1d: combined with out-of-hours care")]
    partner_hap: Annotated[float, "inhabitants", "area of an out-of-hours organisation", Given(300_000.0, 50_000.0, 2e6, A)]
    partner_hospital: Annotated[float, "inhabitants", "area of a hospital", Given(250_000.0, 50_000.0, 2e6, A)]
    partner_vvt: Annotated[float, "inhabitants", "area of an organisation for residential and nursing care", Given(200_000.0, 50_000.0, 2e6, A)]
    partner_ggz: Annotated[float, "inhabitants", "area of a mental health institution", Given(300_000.0, 50_000.0, 2e6, "F007: up to several 100,000")]
    partner_home_care: Annotated[float, "inhabitants", "area of a home-care organisation", Given(500_000.0, 50_000.0, 2e6, "assumed, below F008: up to 1,000,000")]
    partner_youth: Annotated[float, "inhabitants", "area of a youth-care region", Given(400_000.0, 50_000.0, 2e6, "derived from F009: 42 regions")]
    partner_agree: Annotated[bool, "switch", "organisations make agreements with external parties", on()]
    partner_base: Annotated[float, "1", "constant in the yearly chance of an agreement", Given(-2.0, -20.0, 20.0, A)]
    partner_fit: Annotated[float, "1", "weight of the fit of areas: patients in both over patients in either", Given(3.0, 0.0, 20.0, "assumed; C02, S1 4.2.6")]
    partner_widen: Annotated[float, "1/yr", "pace at which the scope of a shared table follows trust", Given(0.5, 0.0, 4.0, "assumed; C52")]
    partner_substitution: Annotated[float, "share", "more substitution where a hospital shares the table in full", Given(0.3, 0.0, 5.0, "assumed; C09, A1d: referral agreements")]
    # Conditions of cooperation
    condition_weight: Annotated[float, "1", "weight of the five conditions in the odds of success (0: none)", Given(1.0, 0.0, 10.0, "assumed; C35")]
    # Contracts
    contract_bargain: Annotated[float, "share", "share of the insurer's gain that is bargained (gamma)", Given(0.4, 0.0, 1.0, A)]
    contract_value: Annotated[float, "EUR per insured/yr", "insurer's value of full coherence (V)", Given(30.0, 0.0, 200.0, "assumed; F038")]
    contract_checkback: Annotated[float, "share", "chance that talks close within the year although a manager must check back", Given(0.5, 0.0, 1.0, "assumed; C51")]
    contract_rounds: Annotated[float, "factor", "extra bargaining while a manager has no mandate at all", Given(1.0, 0.0, 10.0, "assumed; C51")]
    contract_path: Annotated[float, "yr", "growth path: years until a benchmark weighs in full", Given(3.0, 0.25, 20.0, "assumed; F041 gives about two, model (f) thirds")]
    contract_peers: Annotated[int, "organisations", "peers below which the national norm replaces their mean", Given(3, 1, 100, A)]
    contract_ramp: Annotated[float, "yr", "years over which a bargained fee is phased in", Given(3.0, 0.25, 20.0, "F052")]
    # Transaction cost
    transaction_search: Annotated[float, "h", "search, per contract", Given(8.0, 0.0, 1000.0, A)]
    transaction_mandate: Annotated[float, "h per practice", "collecting mandates", Given(1.5, 0.0, 100.0, A)]
    transaction_bargain: Annotated[float, "h", "bargaining, per contract", Given(40.0, 0.0, 1000.0, A)]
    transaction_contract: Annotated[float, "h", "writing, per contract", Given(16.0, 0.0, 1000.0, A)]
    transaction_monitor: Annotated[float, "h/yr", "monitoring, per contract", Given(24.0, 0.0, 1000.0, A)]
    transaction_bundled: Annotated[float, "factor", "bargaining over a bundle", Given(1.5, 0.0, 10.0, A)]
    transaction_trust: Annotated[float, "share", "hours that full trust saves", Given(0.5, 0.0, 1.0, A)]
    transaction_mixed: Annotated[float, "factor", "extra by mix of practice types", Given(0.5, 0.0, 5.0, A)]
    transaction_pair_insurer: Annotated[float, "factor", "organisation or hub with insurer", Given(1.0, 0.0, 10.0, A)]
    transaction_pair_unit: Annotated[float, "factor", "unit or practice with insurer", Given(0.5, 0.0, 10.0, A)]
    transaction_pair_member: Annotated[float, "factor", "unit or practice with organisation", Given(0.2, 0.0, 10.0, A)]
    transaction_pair_hub: Annotated[float, "factor", "hub with organisation", Given(0.5, 0.0, 10.0, A)]
    transaction_pair_municipality: Annotated[float, "factor", "organisation or hub with municipality", Given(0.8, 0.0, 10.0, A)]
    transaction_member_term: Annotated[float, "yr", "years over which a membership contract is spread", Given(3.0, 0.25, 20.0, "assumed; as F039")]
    transaction_claim_share: Annotated[float, "share", "of handling claims, on the payee's side; the rest is the insurer's", Given(0.5, 0.0, 1.0, A)]
    transaction_insured_hours: Annotated[float, "h/yr", "extra monitoring when paid per insured", Given(8.0, 0.0, 1000.0, A)]
    transaction_patient_cost: Annotated[float, "EUR per patient/yr", "claims when paid per patient", Given(3.0, 0.0, 100.0, A)]
    transaction_act_cost: Annotated[float, "EUR per claim", "claims when paid per act or hour, both sides", Given(0.75, 0.0, 50.0, A)]
    transaction_acts: Annotated[float, "1/yr", "acts per included chain patient", Given(4.0, 2.0, 6.0, A)]
    transaction_openness: Annotated[float, "share", "of bargaining that open books save", Given(0.3, 0.0, 1.0, "assumed; C28")]
    transaction_check: Annotated[float, "h/yr", "checking outcome requirements, per contract", Given(12.0, 0.0, 1000.0, A)]
    transaction_dealings: Annotated[float, "h/yr", "of a practice with each external party and its municipality while it deals with them alone", Given(1.5, 0.0, 100.0, "assumed; C32")]
    transaction_pair_partner: Annotated[float, "factor", "organisation with external party", Given(0.8, 0.0, 10.0, A)]
    transaction_redistribution: Annotated[float, "share", "disputed share of money that moves (rho)", Given(0.1, 0.0, 1.0, "assumed; C56")]
    transaction_on: Annotated[bool, "switch", "transaction cost exists", on()]
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
    insurer_fixed_pressure: Annotated[float, "share", "pressure while the insurers' decision is frozen", Given(0.0, 0.0, 1.0, A)]
    # Value
    value_substitution: Annotated[float, "EUR per insured/yr", "second-line cost saved at full coherence", Given(10.0, 0.0, 200.0, "assumed; C09")]
    # Programmes: chain care per patient group, perhaps of several organisations
    organisation_programmes: Annotated[bool, "switch", "organisations run chain programmes one by one; off: each serves all groups", on()]
    organisation_programme: Annotated[float, "1/yr", "chance to start the next chain programme where it brings far more than it costs", Given(0.5, 0.0, 1.0, A)]
    organisation_programme_cost: Annotated[float, "EUR", "work of starting a chain programme", Given(30_000.0, 0.0, 1e6, A)]
    # Investment of organisations
    investment_on: Annotated[bool, "switch", "organisations invest part of their income in lower cost", on()]
    investment_share: Annotated[float, "share", "of income that is invested where income is sure and contracts long", Given(0.08, 0.0, 1.0, A)]
    investment_risk: Annotated[float, "1", "how strongly variation of income (cv) holds investment back", Given(3.0, 0.0, 50.0, "assumed; C22")]
    investment_term: Annotated[float, "yr", "contract term at which 63% of that is invested", Given(3.0, 0.1, 50.0, "assumed; C22, F039")]
    investment_memory: Annotated[float, "share", "weight of the newest year in mean and variance of income", Given(0.5, 0.0, 1.0, A)]
    investment_full: Annotated[float, "EUR per insured", "what was invested where all that can be is done", Given(4.0, 0.01, 100.0, A)]
    investment_wear: Annotated[float, "1/yr", "of what was invested that wears out", Given(0.15, 0.0, 1.0, A)]
    investment_gain: Annotated[float, "share", "of cost that full investment saves", Given(0.15, 0.0, 0.9, A)]
    # Units as buyers
    unit_term: Annotated[bool, "switch", "units keep their suppliers for the term of their contract; off: they choose every year", on()]
    unit_council: Annotated[float, "1/yr", "chance of a council of users where buyers bring all of a supplier's income", Given(0.5, 0.0, 1.0, "assumed; C17")]
    unit_council_say: Annotated[float, "share", "say of buyers with such a council", Given(0.5, 0.0, 1.0, "assumed; as the right of advice")]
    unit_council_hours: Annotated[float, "h/yr", "of a unit and of its supplier for a council of users", Given(6.0, 0.0, 500.0, A)]
    # Innovation
    innovation_own: Annotated[float, "1/yr", "renewal by support of innovation, at full coverage, of what is not renewed yet", Given(0.3, 0.0, 4.0, A)]
    innovation_contact: Annotated[float, "1/yr", "of the lead of further neighbours in the hub area that is made up", Given(0.5, 0.0, 4.0, "assumed; C67")]
    innovation_open: Annotated[float, "1/yr", "of the lead of sites with open results, in the same organisation, that is made up", Given(0.3, 0.0, 4.0, "assumed; C39")]
    innovation_fade: Annotated[float, "1/yr", "of renewal that is lost", Given(0.15, 0.0, 4.0, A)]
    innovation_relief: Annotated[float, "share", "more hours of its own that a renewed practice has", Given(0.2, 0.0, 2.0, "assumed; C34")]
    # New suppliers where units buy
    entry_rate: Annotated[float, "1/yr", "chance per municipality that a new supplier enters where units spend much and nobody supplies", Given(0.1, 0.0, 1.0, "assumed; C16")]
    entry_money: Annotated[float, "EUR/yr", "that units of a municipality spend, at which entry is at 63% of its most", Given(250_000.0, 1.0, 1e8, A)]
    entry_patients: Annotated[float, "patients", "whom a new supplier serves elsewhere already", Given(100_000.0, 0.0, 1e7, A)]
    entry_years: Annotated[int, "yr", "in a row without clients after which it leaves", Given(2, 1, 50, A)]
    # Criteria (S1 3.5): how outcomes are scored, never what agents do
    criterion_one_off: Annotated[float, "share", "score of support one level off its preferred one", Given(0.5, 0.0, 1.0, A)]
    criterion_within: Annotated[float, "share", "weight of coherence within a practice; the rest is between neighbours", Given(0.5, 0.0, 1.0, A)]
    criterion_linked: Annotated[float, "1", "coherence of hub and organisation at full trust", Given(0.75, 0.0, 1.0, A)]
    criterion_years: Annotated[float, "yr", "with one supplier that count as full continuity", Given(3.0, 0.25, 20.0, "assumed; as F039")]
    criterion_bystander: Annotated[float, "share", "commitment of a member without mandate", Given(0.5, 0.0, 1.0, A)]
    criterion_new: Annotated[float, "share", "reach of innovation in a practice that is not renewed yet", Given(0.5, 0.0, 1.0, A)]
    criterion_lowest: Annotated[float, "share", "weight of the tenth percentile of trust; the rest is trust in payers", Given(0.5, 0.0, 1.0, A)]
    # Decisions that can be frozen, one per kind
    decide_practice: Annotated[bool, "switch", "practices choose", on()]
    decide_hub: Annotated[bool, "switch", "hubs advance and fall back", on()]
    decide_organisation: Annotated[bool, "switch", "organisations found, mandate, plan and grant rights", on()]
    decide_municipality: Annotated[bool, "switch", "municipalities post and recall advisers", on()]
    decide_insurer: Annotated[bool, "switch", "insurers set pressure", on()]
    decide_ros: Annotated[bool, "switch", "the ROS chooses which hubs it guides", on()]
    # Money
    money_scale: Annotated[float, "factor", "multiplies every tariff: generosity", Given(1.0, 0.0, 100.0, "switch")]


class Declared(NamedTuple):
    """One parameter as listed: dotted name, default, range, unit, source and meaning."""

    name: str
    field: str
    value: float | int | bool
    low: float
    high: float
    unit: str
    source: str
    text: str
    kind: str


def _declare() -> dict[str, Declared]:
    hints = get_type_hints(Parameters, include_extras=True)
    out = {}
    for column in Parameters.fields:
        given = next(n for n in get_args(hints[column.name]) if isinstance(n, Given))
        dotted = column.name.replace("_", ".", 1)
        value: float | int | bool = given.value
        if column.kind == "?":
            value = bool(given.value)
        elif column.kind == "i8":
            value = int(given.value)
        out[dotted] = Declared(
            dotted, column.name, value, given.low, given.high, column.unit,
            given.source, column.limits, column.kind,
        )  # fmt: skip
    return out


DECLARED: dict[str, Declared] = _declare()
"""Every parameter by its dotted name."""
