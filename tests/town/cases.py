"""Changes to the town, each with what it makes of the outcomes, worked out by hand.

What a case does not name must stay as it is in the town.
"""

from __future__ import annotations

from agents.record import NONE
from agents.words import Kind
from sim.outcomes import NAMES
from sim.tables import Tables
from tests.town.checks import TOWN, Case
from tests.town.empty import EMPTY
from tests.town.outcomes import by_phase
from tests.town.tables import (
    ASH,
    BIRCH,
    CEDAR,
    CLOSED,
    OAK,
    PINE,
    ROWAN,
    TICK,
    party,
    supply,
)


def _cedar_joins(t: Tables) -> None:
    t.practices["organisation"][CEDAR] = OAK


def _birch_changes(t: Tables) -> None:
    t.practices["organisation"][BIRCH] = OAK


def _no_lead(t: Tables) -> None:
    t.organisations["lead"][PINE] = NONE


def _by_hub(t: Tables) -> None:
    hub, oak, unit = party(t, Kind.HUB, 0), party(t, Kind.ORGANISATION, OAK), party(t, Kind.UNIT, 0)
    supply(t, CEDAR, [party(t, Kind.PRACTICE, CEDAR), hub, hub, oak, unit, NONE, hub])
    t.practices["main"][CEDAR] = hub
    t.practices["active"][CEDAR] = True


def _by_oak(t: Tables) -> None:
    t.practices["main"][CEDAR] = party(t, Kind.ORGANISATION, OAK)
    t.practices["counterpart"][CEDAR][3] = OAK
    t.practices["trust"][CEDAR][3] = 0.25


def _kept_long(t: Tables) -> None:
    t.practices["kept"][ASH] = 15


def _no_main(t: Tables) -> None:
    t.practices["main"][ASH] = NONE


def _unknown(t: Tables) -> None:
    t.practices["counterpart"][ASH][1] = NONE


def _costly(t: Tables) -> None:
    t.practices["transaction"][ASH][7] += 4000.0


def _much_pressure(t: Tables) -> None:
    t.insurers["pressure"][:2] = [1.2, 1.5]


def _less_than_no_pressure(t: Tables) -> None:
    t.insurers["pressure"][:2] = [-0.2, -0.1]


def _all_elsewhere(t: Tables) -> None:
    t.units["patients"][0] = t.hubs["patients"][0] = t.organisations["patients"][OAK] = 0


def _opens(t: Tables) -> None:
    t.practices["alive"][CLOSED] = True
    t.practices["patients"][CLOSED] = 0
    t.practices["organisation"][CLOSED] = t.practices["main"][CLOSED] = NONE
    t.practices["mandate"][CLOSED] = False
    t.practices["suppliers"][CLOSED] = 0
    t.practices["payer_trust"][CLOSED] = 0.8
    for name in ("money", "transaction", "burden"):
        t.practices[name][CLOSED] = 0.0
    supply(t, CLOSED, [NONE] * 7)


def _twelve(t: Tables) -> None:
    _opens(t)
    for i in range(CLOSED, 12):
        t.practices[i] = t.practices[CLOSED]
        t.practices["next_in_hub"][i] = i + 1 if i < 11 else NONE
        t.practices["main"][i] = party(t, Kind.HUB, 0)
        t.practices["hub_trust"][i] = 0.15 + 0.05 * (i - CLOSED - 1)
        t.practices["payer_trust"][i] = 0.4
    t.practices["organisation"][CLOSED] = ROWAN
    t.practices["counterpart"][CLOSED][7] = ROWAN
    t.practices["trust"][CLOSED][7] = 0.05


def _no_need(t: Tables) -> None:
    t.practices["burden"] = 0.0


def _no_support(t: Tables) -> None:
    t.practices["coverage"] = 0.0


def _no_contract(t: Tables) -> None:
    t.units["contracts"][1], t.units["supplies"][1] = 0, 8


def _no_care(t: Tables) -> None:
    t.policy["gp_care"][TICK] = 0.0


def _one_patient(t: Tables) -> None:
    t.practices["alive"] = False
    t.practices["alive"][ASH] = True
    t.practices["patients"][ASH] = 1
    for table in (t.units, t.hubs, t.organisations):
        table["patients"][0] = 1


def _all_closed(t: Tables) -> None:
    t.practices["alive"] = False


def _no_patients(t: Tables) -> None:
    t.practices["patients"] = 0


CASES = (
    TOWN,
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
        "oi_per_insured": 0.555,
        "oi_share_of_gp_care": 0.185,  # 4*5,550/120,000
        "transaction_cost": 1358.0,  # 41 + 6*1.25 = 48.5; *28
        "transaction_cost_per_insured": 0.1358,
        "transaction_hours": 13.012195122,  # 48.5*(28 - 6)/82
        **by_phase(0.00485),
        "engagement": 0.556,  # (1,280 + 1,080 + 3,200)/10,000
        "shared_tables": 0.2,  # + .5*.5/5: in Beek only the hospital
        "substitution": 5568.0,  # Cedar 1,000*.8*1.2 = 960: 2*2,784
        "criterion_5": 0.685405405,  # 1 - 48.5*36/5,550 = 1 - 1,746/5,550
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
        "contracts": 17.75,  # + 1*.75
        "contracts_per_practice": 5.916666667,
        "eligible_share": 1.0,
        "oi_spending": 4950.0,  # 4,800 - 1,200*.25 + 600*.75
        "oi_per_insured": 0.495,
        "oi_share_of_gp_care": 0.165,
        "transaction_cost": 1190.0,  # 41 - 12*.25 + 6*.75 = 42.5; *28
        "transaction_cost_per_insured": 0.119,
        "transaction_hours": 11.402439024,  # 42.5*22/82
        **by_phase(0.00425),
        "engagement": 0.64,
        "trust": 0.416666667,  # Birch in Oak .2: (.6 + .2 + .45)/3
        "trust_p10": 0.2,
        "substitution": 6224.0,  # Birch 1,200*.8*1.2 = 1,152: 2*3,112
        "criterion_5": 0.690909091,  # 1 - 42.5*36/4,950 = 1 - 1,530/4,950
        "criterion_8": 0.48,  # .3*.2 + .42
    }),
    Case("Pine has no lead", _no_lead, {
        "shared_tables": 0.114,  # Birch by Pine's agreement with the GGZ: .3*.9/5 + .2*.3
        "substitution": 5360.0,  # Birch without the hospital, 720: 2*2,680
        # Neighbours are in two hands: Ash .5925, Birch .525
        "criterion_3": 0.7385,  # .2*.5925 + .3*.525 + .4625
    }),
    # Cedar: ict itself, innovation Oak, care management a unit, else the hub of Aarle.
    Case("Cedar is supplied by a hub", _by_hub, {
        "suppliers_without_hubs": 1.333333333,  # (6 - 2)/3
        "trust": 0.516666667,  # in the hub .25: (.6 + .7 + .25)/3
        "trust_p10": 0.25,
        # Local .1 + .2 + .1 one off, .6*.4 = .24; Oak .1, unit .2, housing .2: .74
        "criterion_2": 0.7644,  # .3944 + .5*.74
        # The hub .2 + .1 + .2 = .5; Oak .1 and the unit .2 linked by .8*.25 = .2: .56
        "criterion_3": 0.736,  # .401 + .5*(.75*.56 + .25 = .67)
        # Hub, unit and itself, active, .8; Oak .1*.64*.5, half without mandate: .016
        "criterion_6": 0.53393,  # .12593 + .5*.816
    }),
    Case("Cedar's main supplier is Oak, it is no member", _by_oak, {
        "trust": 0.516666667,  # (.6 + .7 + .25)/3
        "trust_p10": 0.25,
        # Itself is not linked to Oak: 0 within
        "criterion_3": 0.526,  # .401 + .5*.25
    }),
    Case("Ash has kept Oak for fifteen quarters", _kept_long, {
        "criterion_4": 0.447213595,  # full at ten: root of .2*1
    }),
    Case("Ash has no main supplier", _no_main, {
        "criterion_3": 0.62,  # Ash 0, Birch .525 without a neighbour in its hand: .1575 + .4625
        "criterion_4": 0.0,
    }),
    Case("Ash does not know Oak", _unknown, {
        "trust": 0.5,  # Aarle before contact: (.35 + .7 + .45)/3
        "trust_p10": 0.35,
        "criterion_8": 0.525,  # .3*.35 + .42
    }),
    Case("coordination costs more than O&I brings", _costly, {
        "transaction_cost_coordination": 0.4328,  # (41*8 + 4,000)/10,000
        "criterion_5": 0.0,
    }),
    Case("pressure beyond all", _much_pressure, {"pressure": 1.0}),
    Case("pressure below nothing", _less_than_no_pressure, {"pressure": 0.0}),
    # Unit 0, hub 0 and Oak count no patients: each practice has as many of their shares as it
    # has patients. Contracts: Ash (5 + 4 + 1)*2,000 + 1, Birch (5 + 4)*3,000 + 1, Cedar 7.
    # O&I: Ash 100 + 2,400*2,000, Birch 200 + 1,800*3,000 + 300, Cedar 1,700, ROS 700.
    # Cost: Ash 1 + 24*2,000, Birch 2 + 18*3,000 + 3, Cedar 17: 102,023.
    Case("nobody is counted", _all_elsewhere, {
        "organisation_size_mean": 6000.0,  # (0 + 12,000)/2
        "organisation_size_weighted": 7200.0,  # 3,000*12,000/5,000
        "contracts": 47009.0,
        "contracts_per_practice": 15669.666666667,
        "oi_spending": 10203000.0,
        "oi_per_insured": 1020.3,
        "oi_share_of_gp_care": 340.1,
        "transaction_cost": 2856644.0,  # 102,023*28
        "transaction_cost_per_insured": 285.6644,
        "transaction_hours": 27372.024390244,  # 102,023*22/82
        **by_phase(10.2023),
        "criterion_5": 0.640024699,  # 1 - 3,672,828/10,203,000
    }),
    # It lies beside Ash and Birch, belongs to nobody and trusts as Aarle does before contact.
    Case("a fourth practice opens, without patients", _opens, {
        "practices": 4.0,
        "contracts_per_practice": 4.25,
        "suppliers_per_practice": 1.5,
        "suppliers_without_hubs": 1.25,
        "mandate_share": 0.25,
        "trust": 0.525,  # (1.75 + .35)/4
        "trust_p10": 0.35,
        # Half of the neighbours are in the same hand: Ash .5925 + .125, Birch .525 + .125
        "criterion_3": 0.801,  # .2*.7175 + .3*.65 + .4625
        "criterion_8": 0.56,  # .3*.35 + .7*(1.8 + .8)/4
    }),
    # Nine open, without patients. One is a member of Rowan, which it trusts .05; the others
    # have the hub as main supplier and trust it .15, .20 ... .50. The second lowest of twelve
    # counts: in suppliers .05, .15; in organisations .05, then Aarle before contact .35.
    Case("nine more open, without patients", _twelve, {
        "practices": 12.0,
        "contracts": 18.0,  # the membership of Rowan
        "contracts_per_practice": 1.5,
        "suppliers_per_practice": 0.5,
        "suppliers_without_hubs": 0.416666667,
        "mandate_share": 0.083333333,
        "trust": 0.366666667,  # (.05 + 2.6 + 1.75)/12
        "trust_p10": 0.15,
        # One of ten neighbours is in the same hand: Ash .5925 + .025, Birch .525 + .025
        "criterion_3": 0.751,  # .2*.6175 + .3*.55 + .4625
        "criterion_8": 0.42,  # .3*.35 + .7*(1.8 + 9*.4)/12
    }),
    Case("nobody needs more than another", _no_need, {"criterion_1": 1.0}),
    Case("no support", _no_support, {"coverage": 0.0, "substitution": 0.0, "criterion_1": 0.0}),
    Case("Cedar's unit has no contract", _no_contract, {
        "contracts": 16.0,  # eight supplies instead of seven, and no membership that pays
        "contracts_per_practice": 5.333333333,
        "eligible_share": 0.2,
    }),
    Case("no GP care", _no_care, {"oi_share_of_gp_care": 0.0}),
    # Ash alone, with one patient, all there is in its unit, hub and organisation.
    Case("one patient", _one_patient, {
        "insured": 1.0,
        "organisation_size_weighted": 1.0,
        "contracts": 11.0,  # 5 + 4 + 1 + 1
        "eligible_share": 1.0,
        "oi_spending": 3200.0,  # 100 + 1,000 + 800 + 600 + 700
        "transaction_cost": 700.0,  # 1 + 10 + 8 + 6 = 25; *28
        "coverage": 0.5,
        "engagement": 0.64,
        "criterion_1": 1.0,
        "criterion_3": 0.8425,  # no neighbour is open
    }, only=True),
    Case("all practices closed", _all_closed, dict.fromkeys(NAMES, 0.0), only=True),
    Case("practices without patients", _no_patients, {
        **dict.fromkeys(NAMES, 0.0),
        "practices": 3.0,
    }, only=True),
    EMPTY,
)  # fmt: skip
"""Every case, the town itself first."""
