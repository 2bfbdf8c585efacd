"""The town without organisations, contracts, payments and support: three practices alone."""

from __future__ import annotations

from agents.compiled.record import NONE
from sim.tables import Tables
from tests.town.checks import Case
from tests.town.demand import NEED
from tests.town.outcomes import by_kind
from tests.town.room import NO_FEES


def _empty(t: Tables) -> None:
    t.counter["organisations"] = 0
    t.practices["organisation"] = t.practices["main"] = t.practices["supplier"] = NONE
    for name in ("mandate", "active", "plus"):
        t.practices[name] = False
    for name in ("coverage", "by_function", "suppliers", "kept", "money", "transaction", "cut"):
        t.practices[name] = 0
    # A practice always deals with others: cost of the kind monitor.
    t.practices["transaction"][:3, 4] = [2.0, 3.0, 5.0]
    for table in (t.units, t.hubs):
        for name in ("oi", "contracts", "transaction", "cut"):
            table[name] = 0
    t.units["supplies"] = t.hubs["supplies"] = 0
    t.hubs["stage"] = t.hubs["plan"] = t.hubs["origin"] = 0
    t.hubs["local"] = t.hubs["service"] = t.hubs["best"] = t.hubs["upkeep"] = 0.0
    t.hubs["ended"] = False
    t.practices["oi_fall"] = 0.0
    t.organisations["sold"] = 0.0
    t.units["contract"] = t.organisations["contract"] = NONE
    t.ros["revenue"] = t.ros["cut"] = 0.0
    t.accounts["balance"] = 0
    t.partners["agreement"] = NONE
    t.municipalities["adviser"] = False
    t.municipalities["counterparts"] = 0
    t.municipalities["paid"] = 0.0
    t.municipalities["seated"] = False
    t.insurers["pressure"] = 0.0


EMPTY = Case("nobody but practices", _empty, {
    **NEED,
    "practices": 3.0,
    "insured": 10000.0,
    "hhi": 0.38,  # each alone: .04 + .09 + .25
    "effective_organisations": 2.631578947,
    "effective_shannon": 2.800094073,
    "organisation_size_mean": 0.0,
    "organisation_size_weighted": 0.0,
    "organisations": 0.0,
    "affiliated_share": 0.0,
    "multidisciplinary_share": 0.0,
    "misfit": 0.2,  # practices are then the groups, as in the town
    "information_distance": 0.195324934,
    "contracts": 0.0,
    "contracts_per_practice": 0.0,
    "eligible_share": 0.0,
    "counterparts_per_municipality": 0.0,
    "hubs_running": 0.0,
    "hub_stage": 0.0,
    "conditions": 0.5,
    "advisers": 0.0,
    "regional_agenda": 0.0,
    "pressure": 0.0,
    "hub_service": 0.0,
    "service_lost": 0.0,
    "upkeep_paid": 1.0,
    "hubs_ended": 0.0,
    "centres_lost": 0.0,
    "centre_share": 0.0,
    "cofunding_per_insured": 0.0,
    "unspent": 0.0,
    "unspent_per_insured": 0.0,
    "transaction_cost": 10.0,  # 2 + 3 + 5
    "transaction_cost_per_insured": 0.001,
    "transaction_hours": 0.121951220,  # 10/82
    **by_kind(0.0),
    "transaction_cost_monitor": 0.001,
    "oi_spending": 0.0,
    "oi_per_insured": 0.0,
    "oi_share_of_gp_care": 0.0,
    "coverage": 0.0,
    "coverage_ict": 0.0,
    "coverage_operations": 0.0,
    "coverage_quality": 0.0,
    "coverage_innovation": 0.0,
    "coverage_care_management": 0.0,
    "coverage_agreements": 0.0,
    "coverage_housing": 0.0,
    "suppliers_per_practice": 0.0,
    "suppliers_without_hubs": 0.0,
    "unsupported_share": 1.0,
    "plus_share": 0.0,
    "mandate_share": 0.0,
    "engagement": 0.0,
    "renewal": 0.42,
    "shared_tables": 0.0,
    "substitution": 0.0,
    "trust": 0.383333333,  # before contact: (.35 + .35 + .45)/3
    "trust_p10": 0.35,
    "criterion_1": 0.0,
    "criterion_2": 0.0,
    "criterion_3": 0.0,
    "criterion_4": 0.0,
    "criterion_5": 0.0,
    "criterion_6": 0.0,
    "criterion_7": 0.0,
    "criterion_8": 0.525,  # .3*.35 + .42
    "regional_contract_share": 0.0,
    "years_without_contract": 0.25,  # there is a title that nobody holds
    # By units, of 5,000 (4 + 1.44)*1.25 = 6.8 and of 20,000 (1 + 1.44)*1.5 = 3.66
    "oi_needed_per_insured": 5.23,
    "macro_cut": 0.0,
    "transferred": 0.0,
    "budget_fall": 0.0,
    "budget_shock": 0.0,
    "scale_ict": 0.0,
    "scale_operations": 0.0,
    "scale_quality": 0.0,
    "scale_innovation": 0.0,
    "scale_care_management": 0.0,
    "scale_agreements": 0.0,
    "scale_housing": 0.0,
    **NO_FEES,
}, only=True)  # fmt: skip
"""All outcomes in the empty case; ``Outcome.empty`` declares most of them."""
