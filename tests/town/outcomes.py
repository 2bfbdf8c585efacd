"""Every outcome of the town, worked out by hand: the whole, Aarle, and Beek.

Patients are 2,000 (Ash), 3,000 (Birch) and 5,000 (Cedar). What units, hubs and organisations
spend, earn and sign is a practice's by its part of their patients:
Ash has 2,000/5,000 = .4 of unit 1, 2,000/8,000 = .25 of hub 0, 2,000/4,000 = .5 of Oak;
Birch 3,000/5,000 = .6 of unit 1, 3,000/8,000 = .375 of hub 0, 3,000/12,000 = .25 of Pine;
Cedar 5,000/20,000 = .25 of unit 0, 5,000/6,250 = .8 of hub 2.

Cost of the first kind (search); the k-th kind costs k times as much:
Ash 1 + 10*.4 + 8*.25 + 6*.5 = 1+4+2+3 = 10; Birch 2 + 10*.6 + 8*.375 + 12*.25 = 2+6+3+3 = 14;
Cedar 3 + 40*.25 + 5*.8 = 3+10+4 = 17; together 41. Kinds 1 to 7 are 28 times that, with
coordination (8) 36 times, claims (6) 6 times.
"""

from __future__ import annotations

KINDS = (
    "search", "mandate", "bargain", "contract", "monitor", "claims", "redistribution",
    "coordination",
)  # fmt: skip


def by_kind(search: float) -> dict[str, float]:
    """Cost per insured of each kind: 1, 2, ... 8 times that of search."""
    return {f"transaction_cost_{name}": search * k for k, name in enumerate(KINDS, start=1)}


WHOLE: dict[str, float] = {
    "practices": 3.0,  # the fourth is closed
    "insured": 10000.0,  # 2,000 + 3,000 + 5,000
    # Concentration: shares .2 (Oak), .3 (Pine), .5 (Cedar alone)
    "hhi": 0.38,  # .04 + .09 + .25
    "effective_organisations": 2.631578947,  # 1/.38
    "effective_shannon": 2.800094073,  # exp(.321887582 + .361191841 + .346573590)
    "organisation_size_mean": 8000.0,  # (4,000 + 12,000)/2
    "organisation_size_weighted": 8800.0,  # (2,000*4,000 + 3,000*12,000)/(2,000 + 3,000)
    "organisations": 2.0,  # Oak and Pine; Rowan has no members
    "affiliated_share": 0.5,  # (2,000 + 3,000)/10,000
    # Fit with municipalities: Aarle 2,000 + 3,000, Beek 5,000
    "misfit": 0.2,  # 1 - (3,000 + 5,000)/10,000
    # Entropy of places .693147181 (two halves), of groups 1.029653014, of both together the
    # same 1.029653014: shared .693147181; over their mean .861400097 it is .804675066.
    "information_distance": 0.195324934,  # 1 - .804675066
    # Contracts: unit, hub, organisation, membership
    "contracts": 17.0,  # Ash 5*.4+4*.25+1*.5+1 = 4.5, Birch 3+1.5+0+1 = 5.5, Cedar 8*.25+5*.8+1 = 7
    "contracts_per_practice": 5.666666667,  # 17/3
    "eligible_share": 0.7,  # Ash by Oak, Cedar by its unit: (2,000 + 5,000)/10,000
    "counterparts_per_municipality": 2.5,  # (3 + 2)/2
    # Hubs and money left
    "hubs_running": 1.0,  # hub 0; hub 1 has no running plan, hub 2 is no driver yet
    "hub_stage": 2.0,  # (2 + 3 + 1)/3
    "conditions": 0.5,  # (.3 + .5 + .7)/3
    "advisers": 1.0,  # Beek
    "pressure": 0.5,  # (.7*6,600 + .2*4,400)/11,000 = (4,620 + 880)/11,000
    # By patients 8,000, 900 and 6,250, together 15,150
    "hub_service": 0.299669967,  # (8,000*.4 + 900*.1 + 6,250*.2 = 3,200 + 90 + 1,250)/15,150
    "service_lost": 0.0646864686,  # (8,000*.1 + 900*.2 + 0)/15,150 = 980/15,150
    "upkeep_paid": 0.625,  # (400*.75 + 100*.5 + 300*.5)/800 = 500/800
    "hubs_ended": 1.0,  # hub 1
    "centres_lost": 2.0,  # hub 1 has no running plan, hub 2 is no driver
    "unspent": 900.25,  # cents: hubs 11,025 + organisations 77,000 + units 2,000 = 90,025
    # Transaction cost
    "transaction_cost": 1148.0,  # 41*28
    "transaction_cost_per_insured": 0.1148,  # 1,148/10,000
    "transaction_hours": 11.0,  # (1,148 - claims 41*6 = 246)/82 EUR
    **by_kind(0.0041),  # 41/10,000
    # O&I money: Ash 100 + 1,000*.4 + 800*.25 + 600*.5 = 1,000;
    # Birch 200 + 600 + 300 + 1,200*.25 = 1,400; Cedar 300 + 4,000*.25 + 500*.8 = 1,700; ROS 700
    "oi_spending": 4800.0,  # 1,000 + 1,400 + 1,700 + 700
    "oi_per_insured": 0.48,  # 4,800/10,000
    "oi_share_of_gp_care": 0.16,  # four quarters of 4,800 over 12 EUR a year * 10,000 = 120,000
    # Support
    "coverage": 0.32,  # (2,000*.5 + 3,000*.4 + 5,000*.2)/10,000 = (1,000 + 1,200 + 1,000)/10,000
    "coverage_ict": 0.33,  # .2*.1 + .3*.7 + .5*.2 = .02 + .21 + .10
    "coverage_operations": 0.32,  # .2*.2 + .3*.6 + .5*.2 = .04 + .18 + .10
    "coverage_quality": 0.31,  # .2*.3 + .3*.5 + .5*.2 = .06 + .15 + .10
    "coverage_innovation": 0.60,  # .2*.4 + .3*.4 + .5*.8 = .08 + .12 + .40
    "coverage_care_management": 0.39,  # .2*.5 + .3*.3 + .5*.4 = .10 + .09 + .20
    "coverage_agreements": 0.38,  # .2*.6 + .3*.2 + .5*.4 = .12 + .06 + .20
    "coverage_housing": 0.47,  # .2*.7 + .3*.1 + .5*.6 = .14 + .03 + .30
    "suppliers_per_practice": 2.0,  # (2 + 4 + 0)/3
    "suppliers_without_hubs": 1.666666667,  # (2 - 1 + 4 + 0)/3: Ash has the hub
    "unsupported_share": 0.5,  # Cedar
    "plus_share": 0.3,  # Birch
    "mandate_share": 0.333333333,  # Ash: 1/3
    "engagement": 0.472,  # (2,000*.64 + 3,000*.36)/5,000 = (1,280 + 1,080)/5,000
    "renewal": 0.42,  # .2*.3 + .3*.2 + .5*.6 = .06 + .06 + .30
    # Oak's agreements in Aarle: hospital .5, VVT .25, youth .75 of five parties = 1.5/5 = .3 for
    # Ash, and for Birch, whose lead Oak is. The GGZ agreed with Pine itself, the HAP is left out.
    "shared_tables": 0.15,  # (.2 + .3)*.3
    # By patients * coverage * root of engagement * (1 + .4 * the hospital's .5 = 1.2):
    # Ash 1,000*.8*1.2 = 960, Birch 1,200*.6*1.2 = 864, Cedar 1,000*1*1; a quarter of 8 EUR each
    "substitution": 5648.0,  # .25*8*(960 + 864 + 1,000) = 2*2,824
    # Trust: Ash in Oak .6, Birch in Pine .7, Cedar, its own supplier, as Beek before contact .45
    "trust": 0.583333333,  # 1.75/3
    "trust_p10": 0.45,  # the lowest of three
    # 1: delivered 1,000, 1,200, 1,000 of 3,200 = .3125, .375, .3125; need .25, .35, .40; apart
    # .0625 + .025 + .0875 = .175
    "criterion_1": 0.9125,  # 1 - .5*.175
    # 2: one level off counts .6. Ash: ict .1*(.8 + .2*.6 by its unit) = .092, operations .2,
    # quality .1*.9 = .09 (COPD has none), innovation .1, care management .2*.6 = .12,
    # agreements .1*.6 = .06, housing .2: .862. Birch: .1 + .2 + .1 + .1 + .12 + 0 + .12 = .74.
    # Cedar, itself local: (.1 + .2 + .1 + .1)*.6 = .3, care and housing .4, no agreements: .7.
    "criterion_2": 0.7444,  # .2*.862 + .3*.74 + .5*.7 = .1724 + .222 + .35
    # 3: within: Ash has .08 + .2 + .09 + .1 + .2 = .67 from Oak, and .3 from the hub, linked by
    # .8 * trust .5: .12; together .79. Birch has .1 + .1 + .1 + .2 + .2 = .7 from Pine. Cedar has
    # .9 from itself. Neighbours: Oak and Pine are one hand: 1; Cedar has none: 1.
    # Ash .75*.79 + .25 = .8425, Birch .75*.7 + .25 = .775, Cedar .75*.9 + .25 = .925
    "criterion_3": 0.8635,  # .2*.8425 + .3*.775 + .5*.925 = .1685 + .2325 + .4625
    "criterion_4": 0.316227766,  # only Ash mandates: root of .2 * 5 of 10 quarters = root of .1
    "criterion_5": 0.6925,  # 1 - 41*36/4,800 = 1 - 1,476/4,800
    # 6: Ash, by Oak .67*.64*.5 = .2144, by hub and unit .3 + .02, in which it is active: .5344.
    # Birch without mandate, half: by Pine .7*.36*.25*.5 = .0315, by Oak .2*.64*.5*.5 = .032:
    # .0635. Cedar is not active: 0.
    "criterion_6": 0.12593,  # .2*.5344 + .3*.0635 = .10688 + .01905
    # 7: Ash .4*(.4 + .6*.3) = .232, Birch .4*(.4 + .6*.2) = .208, Cedar .8*(.4 + .6*.6) = .608
    "criterion_7": 0.4128,  # .2*.232 + .3*.208 + .5*.608 = .0464 + .0624 + .304
    "criterion_8": 0.555,  # .3 * lowest .45 + .7 * payers (.9 + .6 + .3)/3 = .135 + .42
}  # fmt: skip

IN_AARLE: dict[str, float] = {
    "practices": 2.0,
    "insured": 5000.0,
    "hhi": 0.52,  # shares .4 and .6: .16 + .36
    "effective_organisations": 1.923076923,  # 1/.52
    "effective_shannon": 1.960131704,  # exp(.366516293 + .306495374 = .673011667)
    "organisation_size_mean": 8000.0,
    "organisation_size_weighted": 8800.0,
    "organisations": 2.0,
    "affiliated_share": 1.0,
    "misfit": 0.4,  # 1 - 3,000/5,000
    "information_distance": 1.0,  # one place says nothing about groups
    "contracts": 10.0,  # 4.5 + 5.5
    "contracts_per_practice": 5.0,
    "eligible_share": 0.4,  # Ash
    "counterparts_per_municipality": 3.0,
    "hubs_running": 1.0,
    "hub_stage": 2.5,  # (2 + 3)/2
    "conditions": 0.4,  # (.3 + .5)/2
    "advisers": 0.0,
    "pressure": 0.7,
    "hub_service": 0.369662921,  # (3,200 + 90)/8,900
    "service_lost": 0.110112360,  # 980/8,900
    "upkeep_paid": 0.7,  # (300 + 50)/500
    "hubs_ended": 1.0,
    "centres_lost": 1.0,
    "unspent": 584.25,  # cents: hubs 10,050 - 2,025, Oak 50,000, unit 400
    "transaction_cost": 672.0,  # 24*28
    "transaction_cost_per_insured": 0.1344,  # 672/5,000
    "transaction_hours": 6.439024390,  # (672 - 24*6 = 528)/82
    **by_kind(0.0048),  # 24/5,000
    "oi_spending": 2820.0,  # 1,000 + 1,400 + ROS 700*6,600/11,000 = 420
    "oi_per_insured": 0.564,  # 2,820/5,000
    "oi_share_of_gp_care": 0.188,  # 4*2,820/60,000
    "coverage": 0.44,  # 2,200/5,000
    "coverage_ict": 0.46,  # .4*.1 + .6*.7
    "coverage_operations": 0.44,  # .4*.2 + .6*.6
    "coverage_quality": 0.42,  # .4*.3 + .6*.5
    "coverage_innovation": 0.40,  # .4*.4 + .6*.4
    "coverage_care_management": 0.38,  # .4*.5 + .6*.3
    "coverage_agreements": 0.36,  # .4*.6 + .6*.2
    "coverage_housing": 0.34,  # .4*.7 + .6*.1
    "suppliers_per_practice": 3.0,  # (2 + 4)/2
    "suppliers_without_hubs": 2.5,  # (1 + 4)/2
    "unsupported_share": 0.0,
    "plus_share": 0.6,  # Birch
    "mandate_share": 0.5,
    "engagement": 0.472,
    "renewal": 0.24,  # .4*.3 + .6*.2
    "shared_tables": 0.3,
    "substitution": 3648.0,  # 2*(960 + 864)
    "trust": 0.65,  # (.6 + .7)/2
    "trust_p10": 0.6,
    "criterion_1": 0.962121212,  # 5/11 delivered, 5/12 needed: apart twice 5/132; 1 - 5/132
    "criterion_2": 0.7888,  # .4*.862 + .6*.74 = .3448 + .444
    "criterion_3": 0.802,  # .4*.8425 + .6*.775 = .337 + .465
    "criterion_4": 0.447213595,  # root of .4*.5
    "criterion_5": 0.693617021,  # 1 - 24*36/2,820 = 1 - 864/2,820
    "criterion_6": 0.25186,  # .4*.5344 + .6*.0635 = .21376 + .0381
    "criterion_7": 0.2176,  # .4*.232 + .6*.208 = .0928 + .1248
    "criterion_8": 0.705,  # .3*.6 + .7*(.9 + .6)/2 = .18 + .525
}

IN_BEEK: dict[str, float] = {
    "practices": 1.0,
    "insured": 5000.0,
    "hhi": 1.0,
    "effective_organisations": 1.0,
    "effective_shannon": 1.0,
    "organisation_size_mean": 0.0,
    "organisation_size_weighted": 0.0,
    "organisations": 0.0,
    "affiliated_share": 0.0,
    "misfit": 0.0,
    "information_distance": 0.0,  # one place, one group: nothing to tell apart
    "contracts": 7.0,
    "contracts_per_practice": 7.0,
    "eligible_share": 1.0,
    "counterparts_per_municipality": 2.0,
    "hubs_running": 0.0,
    "hub_stage": 1.0,
    "conditions": 0.7,
    "advisers": 1.0,
    "pressure": 0.2,
    "hub_service": 0.2,
    "service_lost": 0.0,
    "upkeep_paid": 0.5,
    "hubs_ended": 0.0,
    "centres_lost": 1.0,
    "unspent": 316.0,  # cents: hub 3,000, Pine 20,000, Rowan 7,000, unit 1,600
    "transaction_cost": 476.0,  # 17*28
    "transaction_cost_per_insured": 0.0952,  # 476/5,000
    "transaction_hours": 4.560975610,  # (476 - 17*6 = 374)/82
    **by_kind(0.0034),  # 17/5,000
    "oi_spending": 1980.0,  # 1,700 + ROS 700*4,400/11,000 = 280
    "oi_per_insured": 0.396,  # 1,980/5,000
    "oi_share_of_gp_care": 0.132,  # 4*1,980/60,000
    "coverage": 0.2,
    "coverage_ict": 0.2,
    "coverage_operations": 0.2,
    "coverage_quality": 0.2,
    "coverage_innovation": 0.8,
    "coverage_care_management": 0.4,
    "coverage_agreements": 0.4,
    "coverage_housing": 0.6,
    "suppliers_per_practice": 0.0,
    "suppliers_without_hubs": 0.0,
    "unsupported_share": 1.0,
    "plus_share": 0.0,
    "mandate_share": 0.0,
    "engagement": 0.0,
    "renewal": 0.6,
    "shared_tables": 0.0,
    "substitution": 2000.0,  # 2*1,000
    "trust": 0.45,
    "trust_p10": 0.45,
    "criterion_1": 1.0,  # one practice gets all and needs all
    "criterion_2": 0.7,
    "criterion_3": 0.925,
    "criterion_4": 0.0,
    "criterion_5": 0.690909091,  # 1 - 17*36/1,980 = 1 - 612/1,980
    "criterion_6": 0.0,
    "criterion_7": 0.608,
    "criterion_8": 0.345,  # .3*.45 + .7*.3
}
