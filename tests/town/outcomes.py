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

from tests.town.demand import NEED, NEED_IN_AARLE, NEED_IN_BEEK
from tests.town.room import NO_FEES, ROOM, ROOM_IN_AARLE, ROOM_IN_BEEK

KINDS = "search mandate bargain contract monitor claims redistribution coordination".split()


def by_kind(search: float) -> dict[str, float]:
    """Cost per insured of each kind: 1, 2, ... 8 times that of search."""
    return {f"transaction_cost_{name}": search * k for k, name in enumerate(KINDS, start=1)}


WHOLE: dict[str, float] = {
    **NEED,
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
    "multidisciplinary_share": 0.5,  # in Oak others vote, in Pine none
    # Fit with municipalities: Aarle 2,000 + 3,000, Beek 5,000
    "misfit": 0.2,  # 1 - (3,000 + 5,000)/10,000
    # Entropy of places .693147181 (two halves), of groups 1.029653014, of both together the
    # same 1.029653014: shared .693147181; over their mean .861400097 it is .804675066.
    "information_distance": 0.195324934,  # 1 - .804675066
    # Contracts: unit, hub (3 + 1 and 3 + 2, insurers and umbrella), organisation, membership
    "contracts": 17.0,  # Ash 5*.4+4*.25+1*.5+1 = 4.5, Birch 3+1.5+0+1 = 5.5, Cedar 8*.25+5*.8+1 = 7
    "contracts_per_practice": 5.666666667,  # 17/3
    "eligible_share": 1.0,  # Ash by Oak, Birch by Oak, the lead of Pine, Cedar by its unit
    "counterparts_per_municipality": 2.5,  # (3 + 2)/2
    # Hubs and money left
    "hubs_running": 1.0,  # hub 0; hub 1 has no running plan, hub 2 is no driver yet
    "hub_stage": 2.0, "conditions": 0.5,  # (2 + 3 + 1)/3, (.3 + .5 + .7)/3
    "advisers": 1.0, "regional_agenda": 0.22,  # Beek; .55*4,400/11,000; no table in Aarle
    "pressure": 0.5,  # (.7*6,600 + .2*4,400)/11,000 = (4,620 + 880)/11,000
    # By patients 8,000, 900 and 6,250, together 15,150
    "hub_service": 0.420627063,  # (8,000*.5 + 900*.9 + 6,250*.25 = 4,000 + 810 + 1,562.5)/15,150
    "service_lost": 0.0587458746,  # (8,000*.1 + 900*.1 + 0)/15,150 = 890/15,150
    "upkeep_paid": 0.625,  # (400*.75 + 100*.5 + 300*.5)/800 = 500/800
    "centre_share": 0.132013201,  # Ash in the centre of hub 0: 2,000/15,150
    "hubs_ended": 1.0, "centres_lost": 2.0,  # hub 1, which runs no plan; and hub 2, no driver
    "cofunding_per_insured": 0.15,  # (1,000 + 500)/10,000
    # Cents: hubs 11,025 + organisations 77,000 + units 2,000 = 90,025; 900.25/10,000
    "unspent": 900.25, "unspent_per_insured": 0.090025,
    # Transaction cost
    "transaction_cost": 1148.0, "transaction_cost_per_insured": 0.1148,  # 41*28; over 10,000
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
    # Of all variable cost .72 can move up, in ninths (``VALUES``), .28 is local. Hubs help locally
    # .3 + .4*.5 = .5 in Aarle, .2 + .4*.25 = .3 in Beek.
    # 1: of full support Ash gets from Oak .56*.5 = .28, from the hub .16*.25 = .04, locally
    # .28*.5 = .14: .46; for CVRM its unit does ict, .08*(.6 - .5) = .008 more: .468; for COPD
    # nobody does quality, .04 less: .42. Birch from Pine .48*.4 = .192, from Oak .16*.5 = .08,
    # locally .14: .412. Cedar does all itself, but for .28*.3 = .084. Need is .25, .35, .40. Roots:
    # .25*(.7*.678232998 + .2*.684105255 + .1*.648074070) + .35*.641872261 + .4*.289827535
    "criterion_1": 0.259777978,  # .169097889 + .224655291 + .115931014 = .509684194, squared
    # 2: of the three ninths best done locally only housing of Ash is: .2*1/3 = .066666667. Of the
    # other six Oak, with 8,000, is .8 of a region of 10,000: for Ash .8 + 2 + .9 + 1 = 4.7 ninths,
    # 3.76; for Birch 2, 1.6; Pine, with 32,000, is twice what is no more than one: 3, 1.5.
    # (.2*3.76 + .3*3.1)/6 = 1.682/6 = .280333333
    "criterion_2": 0.136707311,  # root of .066666667*.280333333
    # 3: inside, Ash has 6.7 ninths from Oak, and 2 from the hub, linked by .8 * trust .5: 7.5.
    # Birch has 6 from Pine and 2 from Oak, its lead: 8. Beside: of Ash 6.7 are in the hand of Oak
    # as those of Birch; of Birch .9 + 2 + .9 + 1 + 2 = 6.8. Ash .75*7.5 + .25*6.7 = 7.3, Birch
    # .75*8 + .25*6.8 = 7.7
    "criterion_3": 0.418888889,  # (.2*7.3 + .3*7.7)/9 = 3.77/9; Cedar has nothing delivered
    # 4: Ash has 6.7 from Oak, .6 * 5 of 10 quarters + .4*.3 = .42; Birch 6 from Pine, .6*.7 + .4*.6
    # = .66, and 2 from Oak, .12: (.2*6.7*.42 + .3*(3.96 + .24))/9 = 1.8228/9 = .202533333
    "criterion_4": 0.174298594,  # root of shared tables .15 * .202533333
    # 5: least cost per patient is .4 of fixed and 2 EUR of variable cost: ict .14 + .16 = .30,
    # operations .42, quality .208, innovation .192, care .36, agreements .2, housing .16.
    # Ash: Oak .5*(.24 + .42 + .1872 + .192 + .36) = .6996, unit .6*.06 = .036, hub .25*.36 = .09:
    # .8256*500 = 412.8; locally .3 of 280 and its own 100: 184. Birch .4*1.22 + .5*.42 = .698*750 =
    # 523.5; .3*420 + 200 = 326. Cedar .2*700 + 300 = 440. Together 1,886.3.
    # Dealing: Ash 28*(1 + 4 + .5*2 + .5*3) = 210 and 2 unpaid hours of Oak, half of them: 82; Birch
    # 28*(2 + 6 + 1.5 + 1.5) = 308 and a quarter of 4 hours of Pine, 82; Cedar 28*(3 + 10 + 2) = 420
    "criterion_5": 0.319603524,  # 1,886.3/(4,800 + 1,102)
    # 6: Ash, by Oak 6.7*.64*.5 = 2.144, by the hub 2*.75, by its unit .2*.84: 3.812. Birch without
    # mandate, half: by Pine 6*.36*.25*.5 = .27, by Oak, whose users have .3, 2*.64*.3*.5 = .192
    "criterion_6": 0.100111111,  # (.2*3.812 + .3*.462)/9
    # 7: Ash .75*.4*.3 = .09, Birch .75*.4*.2 = .06 and .25, it knows Rowan, Cedar .75*.8*.6 = .36
    "criterion_7": 0.291,  # .2*.09 + .3*.31 + .5*.36 = .018 + .093 + .18
    "criterion_8": 0.555,  # .3 * lowest .45 + .7 * payers (.9 + .6 + .3)/3 = .135 + .42
    # Contracts for the region: Oak's, for Pine too; Cedar's unit has one for chain care alone
    "regional_contract_share": 0.5,
    "years_without_contract": 0.125,  # a quarter of .5
    # Full support of a patient, a year: the fixed cost over who is served, and 2 EUR of variable.
    # Ash: Oak, of 8,000 patients, pays 2.5 of fixed cost less .4*.5, in all times 1.2: ict 1.032,
    # operations .984, quality .48, innovation .384, care .624; its unit, 2,500 patients, ict
    # (2.8 + .16)*1.25 = 3.7; hub, 4,000, agreements .66*1.5 = .99, housing .24; quality by nobody,
    # so by the unit's 5,000, (.48 + .16)*1.25 = .8: 1.5656 + .984 + .512 + .384 + .624 + .99 + .24
    # = 5.2996. Birch: Pine, 32,000, times .8: .303 + .188 + .168 + .306 + .128; operations .984,
    # agreements by nobody (.4 + .16)*1.25 = .7: 2.777. Cedar by its unit's 20,000: (1 + 1.44)*1.5
    "oi_needed_per_insured": 3.72302,  # .2*5.2996 + .3*2.777 + .5*3.66
    "budget_fall": 0.18,  # .2*.2 + .3*.3 + .5*.1
    "budget_shock": 0.3,
    # Oak serves 8,000, Pine 32,000, hub 0 4,000, unit 1 2,500; Cedar has no supplier but itself
    "scale_ict": 21960.0,  # (1,600*8,000 + 400*2,500 + 3,000*32,000)/5,000
    "scale_operations": 8000.0,
    "scale_quality": 23000.0,  # (1,800*8,000 + 3,000*32,000)/4,800
    "scale_innovation": 22400.0,  # (2,000*8,000 + 3,000*32,000)/5,000
    "scale_care_management": 22400.0,
    "scale_agreements": 4000.0,  # Ash alone
    "scale_housing": 20800.0,  # (2,000*4,000 + 3,000*32,000)/5,000
    **ROOM,
    **NO_FEES,
}  # fmt: skip

IN_AARLE: dict[str, float] = {
    **NEED_IN_AARLE,
    "practices": 2.0,
    "insured": 5000.0,
    "hhi": 0.52,  # shares .4 and .6: .16 + .36
    "effective_organisations": 1.923076923,  # 1/.52
    "effective_shannon": 1.960131704,  # exp(.366516293 + .306495374 = .673011667)
    "organisation_size_mean": 8000.0,
    "organisation_size_weighted": 8800.0,
    "organisations": 2.0,
    "affiliated_share": 1.0,
    "multidisciplinary_share": 0.5,
    "misfit": 0.4,  # 1 - 3,000/5,000
    "information_distance": 1.0,  # one place says nothing about groups
    "contracts": 10.0,  # 4.5 + 5.5
    "contracts_per_practice": 5.0,
    "eligible_share": 1.0,
    "counterparts_per_municipality": 3.0,
    "hubs_running": 1.0,
    "hub_stage": 2.5,  # (2 + 3)/2
    "conditions": 0.4,  # (.3 + .5)/2
    "advisers": 0.0,
    "regional_agenda": 0.0,  # its table is not formed
    "pressure": 0.7,
    "hub_service": 0.540449438,  # (4,000 + 810)/8,900
    "service_lost": 0.1,  # 890/8,900
    "upkeep_paid": 0.7,  # (300 + 50)/500
    "hubs_ended": 1.0,
    "centres_lost": 1.0,
    "centre_share": 0.224719101,  # 2,000/8,900
    "cofunding_per_insured": 0.2,  # 1,000/5,000
    "unspent": 584.25,  # cents: hubs 10,050 - 2,025, Oak 50,000, unit 400
    "unspent_per_insured": 0.11685,  # 584.25/5,000
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
    # Need .25 and .35 of .60: (.169097889 + .224655291)/.6 = .656255301, squared
    "criterion_1": 0.430671020,
    "criterion_2": 0.273414622,  # twice the parts of the whole: .133333333*.560666667, root
    "criterion_3": 0.837777778,  # (.4*7.3 + .6*7.7)/9 = 7.54/9
    "criterion_4": 0.348597189,  # root of .3 * (.4*2.814 + .6*4.2)/9 = .3*.405066667
    # (412.8 + 184 + 523.5 + 326)/(2,820 + 292 + 390) = 1,446.3/3,502
    "criterion_5": 0.412992576,
    "criterion_6": 0.200222222,  # (.4*3.812 + .6*.462)/9 = 1.802/9
    "criterion_7": 0.222,  # .4*.09 + .6*.31 = .036 + .186
    "criterion_8": 0.705,  # .3*.6 + .7*(.9 + .6)/2 = .18 + .525
    "regional_contract_share": 1.0,
    "years_without_contract": 0.0,
    "oi_needed_per_insured": 3.78604,  # .4*5.2996 + .6*2.777 = 2.11984 + 1.6662
    "budget_fall": 0.26,  # .4*.2 + .6*.3
    "budget_shock": 0.3,
    # All who are supplied by others are here
    "scale_ict": 21960.0,
    "scale_operations": 8000.0,
    "scale_quality": 23000.0,
    "scale_innovation": 22400.0,
    "scale_care_management": 22400.0,
    "scale_agreements": 4000.0,
    "scale_housing": 20800.0,
    **ROOM_IN_AARLE,
    **NO_FEES,
}

IN_BEEK: dict[str, float] = {
    **NEED_IN_BEEK,
    "practices": 1.0,
    "insured": 5000.0,
    "hhi": 1.0,
    "effective_organisations": 1.0,
    "effective_shannon": 1.0,
    "organisation_size_mean": 0.0,
    "organisation_size_weighted": 0.0,
    "organisations": 0.0,
    "affiliated_share": 0.0,
    "multidisciplinary_share": 0.0,
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
    "regional_agenda": 0.55,
    "pressure": 0.2,
    "hub_service": 0.25,
    "service_lost": 0.0,
    "upkeep_paid": 0.5,
    "hubs_ended": 0.0,
    "centres_lost": 1.0,
    "centre_share": 0.0,
    "cofunding_per_insured": 0.1,
    "unspent": 316.0,  # cents: hub 3,000, Pine 20,000, Rowan 7,000, unit 1,600
    "unspent_per_insured": 0.0632,  # 316/5,000
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
    "criterion_1": 0.084,  # all alike
    "criterion_2": 0.0,
    "criterion_3": 0.0,
    "criterion_4": 0.0,
    "criterion_5": 0.183333333,  # 440/(1,980 + 420)
    "criterion_6": 0.0,
    "criterion_7": 0.36,
    "criterion_8": 0.345,  # .3*.45 + .7*.3
    "regional_contract_share": 0.0,
    "years_without_contract": 0.25,
    "oi_needed_per_insured": 3.66,
    "budget_fall": 0.1,
    "budget_shock": 0.1,
    **{name: 0.0 for name in WHOLE if name.startswith("scale_")},
    **ROOM_IN_BEEK,
    **NO_FEES,
}
