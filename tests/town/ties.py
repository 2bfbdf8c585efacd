"""Changes in who belongs to whom, each with what it makes of the outcomes, worked out by hand.

What a case does not name must stay as it is in the town.
"""

from __future__ import annotations

from collections.abc import Callable

from agents.compiled.record import NONE
from agents.words import Kind
from sim.tables import Tables
from tests.town.checks import Case
from tests.town.outcomes import by_kind
from tests.town.tables import ASH, BIRCH, CEDAR, CLOSED, OAK, PINE, ROWAN, party, supply


def _cedar_joins(t: Tables) -> None:
    t.practices["organisation"][CEDAR] = OAK


def _birch_changes(t: Tables) -> None:
    t.practices["organisation"][BIRCH] = OAK


def _no_lead(t: Tables) -> None:
    t.organisations["lead"][PINE] = NONE


def _pine_leads(t: Tables) -> None:
    t.organisations["lead"][:2] = [PINE, NONE]


def birch_mandates(t: Tables) -> None:
    t.practices["mandate"][BIRCH] = True


def _by_hub(t: Tables) -> None:
    hub, oak, unit = party(t, Kind.HUB, 0), party(t, Kind.ORGANISATION, OAK), party(t, Kind.UNIT, 0)
    supply(t, CEDAR, [party(t, Kind.PRACTICE, CEDAR), hub, hub, oak, unit, NONE, hub])
    t.practices["main"][CEDAR] = hub
    t.practices["active"][CEDAR] = True


def _by_oak(t: Tables) -> None:
    t.practices["main"][CEDAR] = party(t, Kind.ORGANISATION, OAK)
    t.practices["counterpart"][CEDAR][3] = OAK
    t.practices["trust"][CEDAR][3] = 0.3


def _innovation(t: Tables) -> None:
    oak, itself = party(t, Kind.ORGANISATION, OAK), party(t, Kind.PRACTICE, CEDAR)
    supply(t, CEDAR, [itself, itself, itself, oak, itself, NONE, itself])


def _kept_long(t: Tables) -> None:
    t.practices["kept"][ASH] = 15


def _no_main(t: Tables) -> None:
    t.practices["main"][ASH] = NONE


def _unknown(t: Tables) -> None:
    t.practices["counterpart"][ASH][1] = NONE


def opens(t: Tables) -> None:
    t.practices["alive"][CLOSED] = True
    t.practices["patients"][CLOSED] = 0
    t.practices["organisation"][CLOSED] = t.practices["main"][CLOSED] = NONE
    t.practices["mandate"][CLOSED] = False
    t.practices["suppliers"][CLOSED] = 0
    t.practices["payer_trust"][CLOSED] = 0.8
    for name in ("money", "transaction", "burden", "oi_fall", "groups", "cut"):
        t.practices[name][CLOSED] = 0.0
    supply(t, CLOSED, [NONE] * 7)


def _more(last: int) -> Callable[[Tables], None]:
    """Return the change by which the practices up to row ``last`` open in hub area 0."""

    def change(t: Tables) -> None:
        opens(t)
        for i in range(CLOSED, last + 1):
            t.practices[i] = t.practices[CLOSED]
            t.practices["next_in_hub"][i] = i + 1 if i < last else ASH
            t.practices["main"][i] = party(t, Kind.HUB, 0)
            t.practices["hub_trust"][i] = 0.15 + 0.05 * (i - CLOSED - 1)
            t.practices["payer_trust"][i] = 0.4
        t.practices["next_in_hub"][BIRCH], t.practices["next_in_hub"][ASH] = CLOSED, NONE
        t.practices["main"][last] = party(t, Kind.ORGANISATION, PINE)
        t.practices["organisation"][CLOSED] = ROWAN
        t.practices["counterpart"][CLOSED][7] = ROWAN
        t.practices["trust"][CLOSED][7] = 0.05

    return change


TIES = (
    # Oak then has patients in both places; its 4,000 are those of the start of the year, so that
    # Cedar is 5,000/4,000 = 1.25 of it. Groups .7 and .3.
    Case("Cedar joins Oak", _cedar_joins, {
        "hhi": 0.58,  # .49 + .09
        "effective_organisations": 1.724137931,  # 1/.58
        "effective_shannon": 1.842022775,  # exp(.249672461 + .361191841 = .610864302)
        "organisation_size_weighted": 6400.0,  # (2,000*4,000 + 3,000*12,000 + 5,000*4,000)/10,000
        "affiliated_share": 1.0,
        # Shared: .693147181 + .610864302 - 1.029653014 = .274358469; mean .652005741; .420791492
        "information_distance": 0.579208508,
        "contracts": 18.25,  # one more of Oak's: 1*1.25
        "contracts_per_practice": 6.083333333,
        "oi_spending": 5550.0,  # + 600*1.25
        "macro_cut": 0.0555,  # + 60*1.25
        "transferred": 0.125,
        "oi_per_insured": 0.555,
        "oi_share_of_gp_care": 0.185,  # 4*5,550/120,000
        "transaction_cost": 1358.0,  # 41 + 6*1.25 = 48.5; *28
        "transaction_cost_per_insured": 0.1358,
        "transaction_hours": 13.012195122,  # 48.5*(28 - 6)/82
        **by_kind(0.00485),
        "engagement": 0.556,  # (1,280 + 1,080 + 3,200)/10,000
        "shared_tables": 0.2,  # + .5*.5/5: in Beek only the hospital
        "substitution": 5568.0,  # Cedar 1,000*.8*1.2 = 960: 2*2,784
        # Ash .5, Cedar 1.25 of Oak's: 28*.5*6*1.25 + 2*82*1.25 = 310 more, of 5,550 + 1,412
        "criterion_5": 0.270942258,
        "criterion_4": 0.201262681,  # root of .2*.202533333
        "regional_contract_share": 1.0,
        "years_without_contract": 0.0,
    }),
    # Birch is 3,000/4,000 = .75 of Oak. Groups are then the places: .5 and .5.
    Case("Birch changes to Oak", _birch_changes, {
        "hhi": 0.5,
        "effective_organisations": 2.0,
        "effective_shannon": 2.0,
        "organisation_size_mean": 4000.0,
        "organisation_size_weighted": 4000.0,
        "organisations": 1.0,
        "misfit": 0.0,
        "information_distance": 0.0,
        "macro_cut": 0.0495,  # 60*.75 for 120*.25
        "contracts": 17.75,  # + 1*.75
        "contracts_per_practice": 5.916666667,
        "eligible_share": 1.0,
        "oi_spending": 4950.0,  # 4,800 - 1,200*.25 + 600*.75
        "oi_per_insured": 0.495,
        "oi_share_of_gp_care": 0.165,
        "transaction_cost": 1190.0,  # 41 - 12*.25 + 6*.75 = 42.5; *28
        "transaction_cost_per_insured": 0.119,
        "transaction_hours": 11.402439024,  # 42.5*22/82
        **by_kind(0.00425),
        "engagement": 0.64,
        "trust": 0.416666667,  # Birch in Oak .2: (.6 + .2 + .45)/3
        "trust_p10": 0.2,
        "substitution": 6224.0,  # Birch 1,200*.8*1.2 = 1,152: 2*3,112
        # 28*.5*(6*.75 - 3) = 21 and 82*(2*.75 - 1) = 41 more dealing, 150 more O&I: of 6,114
        "criterion_5": 0.308521426,
        "criterion_8": 0.48,  # .3*.2 + .42
        "multidisciplinary_share": 1.0,
        # By Oak, with a vote but without mandate 2*.64*.5*.5 = .32; by Pine, whose users have no
        # council, nothing: (.2*3.812 + .3*.32)/9
        "criterion_6": 0.095377778,
    }),
    Case("Pine has no lead", _no_lead, {
        "transferred": 0.085,  # + .25*.3*3,000/10,000
        "shared_tables": 0.114,  # Birch by Pine's agreement with the GGZ: .3*.9/5 + .2*.3
        "substitution": 5360.0,  # Birch without the hospital, 720: 2*2,680
        # Inside, Birch has 6 from Pine; beside, only operations, 2 ninths, are in one hand.
        # Ash .75*7.5 + .25*2 = 6.125, Birch .75*6 + .25*2 = 5: (.2*6.125 + .3*5)/9
        "criterion_3": 0.302777778,
        "eligible_share": 0.7,  # Birch has no contract
        "regional_contract_share": 0.2,
        "years_without_contract": 0.2,  # a quarter of .8
        "criterion_4": 0.151949992,  # root of .114*.202533333
    }),
    Case("Pine leads Oak", _pine_leads, {
        "transferred": 0.1,  # .25*.8*5,000/10,000
        "shared_tables": 0.09,  # only the GGZ: (.2 + .3)*.9/5
        "substitution": 5040.0,  # without the hospital 800, 720 and 1,000: 2*2,520
        "eligible_share": 0.7,  # Oak has a contract of its own
        "regional_contract_share": 0.2,
        "years_without_contract": 0.2,
        "criterion_4": 0.135011111,  # root of .09*.202533333
    }),
    Case("Birch mandates Pine", birch_mandates, {
        "mandate_share": 0.666666667,
        "criterion_6": 0.109111111,  # by Pine .27 more: .3*.27/9
    }),
    # Cedar: ict itself, innovation Oak, care management a unit, else the hub of Aarle.
    Case("Cedar is supplied by a hub", _by_hub, {
        "suppliers_without_hubs": 1.333333333,  # (6 - 2)/3
        "trust": 0.516666667,  # in the hub .25: (.6 + .7 + .25)/3
        "trust_p10": 0.25,
        # Locally care and housing, all three ninths; for the region innovation, .8 of one:
        # .066666667 + .5 = .566666667, .280333333 + .5*.8/6 = .347; root of both
        "criterion_2": 0.443433573,
        # Hub 4 ninths (operations, quality, housing), innovation and care, 3, linked by .8*.25:
        # 4.6; without neighbours all 7: .75*4.6 + .25*7 = 5.2; 3.77/9 + .5*5.2/9
        "criterion_3": 0.707777778,
        # By the hub 4*.75 = 3; by its unit, alone, 2*(.2 + .8/1.0625) = 1.905882353; by Oak .096:
        # .100111111 + .5*5.001882353/9
        "criterion_6": 0.377993464,
        # Hub 0 .32*.25 = .08, Oak .08*.5 = .04, unit 0 .16*.8 = .128, locally .084: .332, of which
        # the root is .576194412: .393753180 + .4*.576194412 = .624230945, squared
        "criterion_1": 0.389664273,
        # The hub for 4 of 10 quarters, 4*.6*.4 = .96; Oak's innovation .4*.3 = .12: 1.08 of 9
        # root of .15*(.202533333 + .5*1.08/9)
        "criterion_4": 0.198443947,
        # Hub .25*(.42 + .208 + .16) = .197, Oak .096, unit .8*.36 = .288: .581*1,250 = 726.25 more
        "criterion_5": 0.442655032,
        # ict and agreements by unit 0: .765 + .39. Hub 0: (1.25 + .32)*1.5 = 2.355, (.6 + .16)*1.5
        # = 1.14, .24. Oak .384. Unit 0, for 900: (2.222222222 + .32)*1.5 = 3.813333333. Together
        # 9.087333333: 1.89302 + .5*9.087333333
        "oi_needed_per_insured": 6.436686667,
        "scale_operations": 6000.0,  # (40,000,000 + 5,000*4,000)/10,000
        "scale_quality": 13306.122448980,  # (110,400,000 + 20,000,000)/9,800
        "scale_innovation": 15200.0,  # (112,000,000 + 5,000*8,000)/10,000
        "scale_care_management": 11650.0,  # (112,000,000 + 5,000*900)/10,000
        "scale_housing": 12400.0,  # (104,000,000 + 20,000,000)/10,000
    }),
    Case("Cedar's main supplier is Oak, it is no member", _by_oak, {
        "trust": 0.533333333,  # (.6 + .7 + .3)/3
        "trust_p10": 0.3,
    }),
    Case("Cedar has innovation from Oak", _innovation, {
        "criterion_2": 0.152096461,  # root of .066666667*.347
        # Oak is not in its own hand, but it has no neighbour with another: .25*1 ninth more, by .5
        "criterion_3": 0.432777778,
        "criterion_6": 0.105444444,  # + .5*.096/9
        # .084 + .08*.5 = .124, root .352136337: .393753180 + .140854535 = .534607715, squared
        "criterion_1": 0.285805410,
        "criterion_4": 0.177144009,  # root of .15*(.202533333 + .5*.12/9)
        "criterion_5": 0.339935615,  # .5*.192*1,250 = 120 more
        "oi_needed_per_insured": 3.73502,  # Oak .384 instead of .36, by .5
        "scale_innovation": 15200.0,  # (112,000,000 + 5,000*8,000)/10,000
    }),
    Case("Ash has kept Oak for fifteen quarters", _kept_long, {
        # Full at ten: 6.7*(.6 + .12) = 4.824; root of .15*(.2*4.824 + .3*4.2)/9
        "criterion_4": 0.192561678,
    }),
    Case("Ash has no main supplier", _no_main, {
        # Ash .25*6.7 = 1.675: (.2*1.675 + .3*7.7)/9
        "criterion_3": 0.293888889,
        # Only what Oak has invested: 6.7*.12 = .804; root of .15*(.2*.804 + .3*4.2)/9
        "criterion_4": 0.153883072,
    }),
    Case("Ash does not know Oak", _unknown, {
        "trust": 0.5,  # Aarle before contact: (.35 + .7 + .45)/3
        "trust_p10": 0.35,
        "criterion_8": 0.525,  # .3*.35 + .42
    }),
    # It lies beside Ash and Birch, belongs to nobody and trusts as Aarle does before contact.
    Case("a fourth practice opens, without patients", opens, {
        "practices": 4.0,
        "contracts_per_practice": 4.25,
        "suppliers_per_practice": 1.5,
        "suppliers_without_hubs": 1.25,
        "mandate_share": 0.25,
        "trust": 0.525,  # (1.75 + .35)/4
        "trust_p10": 0.35,
        # One of two neighbours has the same hand: Ash .75*7.5 + .25*3.35 = 6.4625, Birch
        # 6 + .25*3.4 = 6.85: (.2*6.4625 + .3*6.85)/9
        "criterion_3": 0.371944444,
        "criterion_8": 0.56,  # .3*.35 + .7*(1.8 + .8)/4
    }),
    # Some open without patients. One is a member of Rowan, which it trusts .05; the last has Pine
    # as main supplier and does not know it, .35 as in Aarle before contact; the others the hub,
    # which they trust .15, .20, .25, ... Up to ten practices the lowest trust counts.
    Case("seven more open, without patients", _more(9), {
        "practices": 10.0,
        "contracts": 18.0,  # the membership of Rowan
        "contracts_per_practice": 1.8,
        "suppliers_per_practice": 0.6,
        "suppliers_without_hubs": 0.5,
        "mandate_share": 0.1,
        "trust": 0.34,  # .05 + (.15 + .20 + .25 + .30 + .35) + .35 + 1.75 = 3.4
        "trust_p10": 0.05,
        # One of eight: Ash 5.625 + .25*.8375, Birch 6 + .25*.85: (.2*5.834375 + .3*6.2125)/9
        "criterion_3": 0.336736111,
        "criterion_8": 0.337,  # .3*.05 + .7*(1.8 + 7*.4)/10
    }),
    # From eleven on it is the second lowest: in suppliers .15, in organisations .35.
    Case("eight more open, without patients", _more(10), {
        "practices": 11.0,
        "contracts": 18.0,
        "contracts_per_practice": 1.636363636,
        "suppliers_per_practice": 0.545454545,
        "suppliers_without_hubs": 0.454545455,
        "mandate_share": 0.090909091,
        "trust": 0.345454545,  # 3.4 + .40 = 3.8; /11
        "trust_p10": 0.15,
        # One of nine: Ash 5.625 + .186111111, Birch 6 + .188888889: (1.162222222 + 1.856666667)/9
        "criterion_3": 0.335432099,
        "criterion_8": 0.423181818,  # .3*.35 + .7*(1.8 + 8*.4)/11
    }),
)  # fmt: skip
"""Members, leads, mandates, suppliers and practices that open."""
