"""Changes in amounts and thresholds, each with what it makes of the outcomes, worked out by hand.

What a case does not name must stay as it is in the town.
"""

from __future__ import annotations

from sim.measure.outcomes import NAMES
from sim.tables import Tables
from tests.town.checks import Case
from tests.town.outcomes import by_kind
from tests.town.tables import ASH, OAK, TICK


def costly(t: Tables) -> None:
    t.practices["transaction"][ASH][7] += 4000.0


def _much_pressure(t: Tables) -> None:
    t.insurers["pressure"][:2] = [1.2, 1.5]


def _less_than_no_pressure(t: Tables) -> None:
    t.insurers["pressure"][:2] = [-0.2, -0.1]


def _one_inhabitant(t: Tables) -> None:
    t.municipalities["population"] = [1, 0]
    t.steerings["formed"] = True


def _no_inhabitants(t: Tables) -> None:
    t.municipalities["population"] = 0


def _all_elsewhere(t: Tables) -> None:
    t.units["patients"][1] = t.hubs["patients"][0] = t.organisations["patients"][OAK] = 0


def _no_need(t: Tables) -> None:
    t.practices["burden"] = 0.0


def _no_cut(t: Tables) -> None:
    t.insurers["cut"] = 0.0


def _no_support(t: Tables) -> None:
    t.practices["coverage"] = 0.0


def _no_contract(t: Tables) -> None:
    t.units["contracts"][0], t.units["supplies"][0] = 0, 8


def _pine_buys(t: Tables) -> None:
    t.organisations["supplies"][1] = 2


def _ash_buys(t: Tables) -> None:
    t.practices["supplies"][0] = 4


def _unit_signs(t: Tables) -> None:
    t.units["contracts"][1], t.units["supplies"][1] = 2, 3


def _two_advisers(t: Tables) -> None:
    t.municipalities["adviser"] = True


def _no_upkeep(t: Tables) -> None:
    t.hubs["upkeep"] = 0.0


def _two_ended(t: Tables) -> None:
    t.hubs["ended"] = [True, True, False]


def _hardly_any_upkeep(t: Tables) -> None:
    t.hubs["upkeep"] /= 1000.0


def _two_hubs(t: Tables) -> None:
    t.hubs["plan"][1] = 3


def _winds_down(t: Tables) -> None:
    t.params["innovation_winds"] = 0.5


def _hospital_idle(t: Tables) -> None:
    t.params["partner_acts_hospital"] = False


def _no_care(t: Tables) -> None:
    t.policy["gp_care"][TICK] = 0.0


def _hardly_any_care(t: Tables) -> None:
    t.policy["gp_care"][TICK] = 0.00005


def hardly_any_support(t: Tables) -> None:
    t.practices["coverage"][:3] = [0.00005, 0.00004, 0.00002]
    t.practices["burden"][:3] = [0.125, 0.175, 0.2]


def hardly_any_money(t: Tables) -> None:
    no_dealings(t)
    for table in (t.units, t.hubs, t.organisations):
        table["oi"] = 0.0
    t.ros["revenue"] = 0.0
    t.organisations["unpaid"] = 0.0
    t.practices["money"][:3] = [0.8, 0.0, 0.0]
    t.practices["transaction"][ASH][0] = 0.2


def no_dealings(t: Tables) -> None:
    for table in (t.practices, t.units, t.hubs, t.organisations):
        table["transaction"] = 0.0


def _one_each(t: Tables) -> None:
    t.practices["patients"][:3] = 1


def one_patient(t: Tables) -> None:
    t.practices["alive"] = False
    t.practices["alive"][ASH] = True
    t.practices["patients"][ASH] = 1
    t.units["patients"][1] = t.organisations["patients"][OAK] = 1
    t.hubs["patients"] = [1, 0, 0]


def _all_closed(t: Tables) -> None:
    t.practices["alive"] = False


def _no_patients(t: Tables) -> None:
    t.practices["patients"] = 0


AMOUNTS = (
    Case("coordination costs more than O&I brings", costly, {
        "transaction_cost_coordination": 0.4328,  # (41*8 + 4,000)/10,000
    }),
    Case("pressure beyond all", _much_pressure, {"pressure": 1.0}),
    Case("pressure below nothing", _less_than_no_pressure, {"pressure": 0.0}),
    Case("one inhabitant, in Aarle, whose table is formed", _one_inhabitant, {
        "pressure": 0.7, "regional_agenda": 0.35,
    }),
    Case("no inhabitants", _no_inhabitants, {
        "pressure": 0.0, "regional_agenda": 0.0,
        "oi_spending": 4100.0,  # nothing of the ROS
        "macro_cut": 0.041,  # nor of its cut
        "oi_per_insured": 0.41,
        "oi_share_of_gp_care": 0.136666667,
        "criterion_5": 0.362610534,  # 1,886.3/(4,100 + 1,102)
    }),
    # Unit 1, hub 0 and Oak count no patients: each practice has as many of their shares as it
    # has patients. Contracts: Ash (5 + 4 + 1)*2,000 + 1, Birch (5 + 4)*3,000 + 1, Cedar 7.
    # O&I: Ash 100 + 2,400*2,000, Birch 200 + 1,800*3,000 + 300, Cedar 1,700, ROS 700.
    # Cost: Ash 1 + 24*2,000, Birch 2 + 18*3,000 + 3, Cedar 17: 102,023.
    Case("nobody is counted", _all_elsewhere, {
        "organisation_size_mean": 6000.0,  # (0 + 12,000)/2
        "organisation_size_weighted": 7200.0,  # 3,000*12,000/5,000
        "contracts": 47009.0,
        "contracts_per_practice": 15669.666666667,
        "oi_spending": 10203000.0,
        # Ash 10 + 240*2,000, Birch 20 + 180*3,000 + 30, Cedar 170, ROS 70
        "macro_cut": 102.03,
        "oi_per_insured": 1020.3,
        "oi_share_of_gp_care": 340.1,
        "transaction_cost": 2856644.0,  # 102,023*28
        "transaction_cost_per_insured": 285.6644,
        "transaction_hours": 27372.024390244,  # 102,023*22/82
        **by_kind(10.2023),
        # Hub 0 has none: 900 and 6,250 are 7,150.
        "hub_service": 0.331818182,  # (.9*900 + .25*6,250)/7,150
        "service_lost": 0.0125874126,  # .1*900/7,150
        "centre_share": 0.279720280,  # 2,000/7,150
        # Dealing: Ash 28*(1 + 20,000 + .5*16,000 + .5*12,000) + 2*82*2,000 = 1,280,028, Birch
        # 28*(2 + 30,000 + .5*24,000 + 1.5) + 82 = 1,176,180, Cedar 28*(3 + 10 + 2) = 420:
        # 1,886.3/(10,203,000 + 2,456,628)
        "criterion_5": 0.000149001,
        # Whom nobody supplies, unit 1 would supply as one patient: Ash quality (2,400 + .16)*1.25 =
        # 3,000.2 by a tenth, Birch agreements 2,500.2: .2*305.2396 + .3*2,502.277 + 1.83
        "oi_needed_per_insured": 813.56102,
    }),
    Case("nobody needs anything", _no_need, {"criterion_1": 0.0}),
    Case("the room binds nowhere", _no_cut, {"macro_cut": 0.0}),
    Case("practices receive no support", _no_support, {"coverage": 0.0, "substitution": 0.0}),
    Case("Cedar's unit has no contract", _no_contract, {
        "contracts": 16.0,  # eight supplies instead of seven, and no membership that pays
        "contracts_per_practice": 5.333333333,
        "eligible_share": 0.5,
    }),
    Case("Ash has contracts of its own", _ash_buys, {
        "contracts": 21.0,
        "contracts_per_practice": 7.0,
    }),
    # Birch has a quarter of Pine's patients, and of its two contracts with entrants.
    Case("Pine buys from two entrants", _pine_buys, {
        "contracts": 17.5,
        "contracts_per_practice": 5.833333333,
    }),
    # Two contracts and three supplies are five, as before, and all have a contract already.
    Case("the unit of Ash and Birch signs", _unit_signs, {}),
    Case("both municipalities have an adviser", _two_advisers, {"advisers": 2.0}),
    Case("hub 1 runs its plan", _two_hubs, {"hubs_running": 2.0, "centres_lost": 1.0}),
    # 960*1.15 + 864*1.1 + 1,000*1.3 = 3,354.4, since renewal of .3, .2 and .6 counts for half.
    Case("renewed work winds care down", _winds_down, {"substitution": 6708.8}),
    # Without the 1.2 of the hospital, 800, 720 and 1,000: 2*2,520.
    Case("a hospital at the table adds nothing", _hospital_idle, {"substitution": 5040.0}),
    Case("two hubs ended", _two_ended, {"hubs_ended": 2.0}),
    Case("nothing is due", _no_upkeep, {"upkeep_paid": 1.0}),
    Case("hardly anything is due", _hardly_any_upkeep, {"upkeep_paid": 0.625}),  # as in the town
    Case("no GP care", _no_care, {"oi_share_of_gp_care": 0.0}),
    Case("hardly any GP care", _hardly_any_care, {
        "oi_share_of_gp_care": 38400.0,  # 19,200/.5
    }),
    # A ten-thousandth of the support, and less than one weighted patient: as in the town.
    Case("hardly any support for hardly any need", hardly_any_support, {
        "coverage": 0.000032,
        "substitution": 0.5648,
    }),
    Case("hardly any money", hardly_any_money, {
        "oi_spending": 0.8,
        "oi_per_insured": 0.00008,
        "oi_share_of_gp_care": 0.000026667,  # 3.2/120,000
        "transaction_cost": 0.2,
        "transaction_cost_per_insured": 0.00002,
        "transaction_hours": 0.002439024,  # .2/82
        **by_kind(0.0),
        "transaction_cost_search": 0.00002,
        "criterion_5": 1.0,  # more is delivered than .8 + .2 pays
    }),
    Case("dealings cost nothing", no_dealings, {
        "transaction_cost": 0.0,
        "transaction_cost_per_insured": 0.0,
        "transaction_hours": 0.0,
        **by_kind(0.0),
        "criterion_5": 0.379995971,  # but for 164 of unpaid work: 1,886.3/4,964
    }),
    Case("one patient each", _one_each, {
        "insured": 3.0,
        "hhi": 0.333333333,
        "misfit": 0.333333333,  # 1 - (1 + 1)/3
        # Places 2/3 and 1/3: .636514168; groups and both 1.098612289; mean .867563228
        "information_distance": 0.266319563,  # 1 - .636514168/.867563228
        "multidisciplinary_share": 0.5,
        "regional_contract_share": 0.666666667,
        "years_without_contract": 0.083333333,
        "unspent_per_insured": 300.083333333,  # 900.25/3
        "cofunding_per_insured": 500.0,  # 1,500/3
        "criterion_1": 0.259777978,  # by burden, as in the town
        "criterion_2": 0.205780658,  # root of (1/3)/3 * (3.76 + 3.1)/3/6 = .111111111*.381111111
        "criterion_3": 0.555555556,  # (7.3 + 7.7)/27
        "criterion_4": 0.227937613,  # root of .2 * (2.814 + 4.2)/27
        "criterion_6": 0.158296296,  # (3.812 + .462)/27
        "criterion_7": 0.253333333,  # (.09 + .31 + .36)/3
        "oi_needed_per_insured": 3.9122,  # (5.2996 + 2.777 + 3.66)/3
        "budget_fall": 0.2,
        "budget_shock": 0.3,
        # Their groups stay as they are: 670, 550 and 180 over 3
        "chain_patients_per_1000": 223333.333333333,
        "ggz_patients_per_1000": 183333.333333333,
        "frail_per_1000": 60000.0,
        "chain_burden_share": 0.332528828,
        "scale_ict": 19450.0,  # (.8*8,000 + .2*2,500 + 32,000)/2
        "scale_quality": 20631.578947368,  # (.9*8,000 + 32,000)/1.9
        "scale_innovation": 20000.0,
        "scale_housing": 18000.0,
    }, only=True),
    # Ash alone, with one patient, all there is in its unit, hub and organisation.
    Case("one patient", one_patient, {
        "insured": 1.0,
        "misfit": 0.0,  # and nobody in Beek
        "organisation_size_weighted": 1.0,
        "contracts": 11.0,  # 5 + 4 + 1 + 1
        "eligible_share": 1.0,
        "oi_spending": 3200.0,  # 100 + 1,000 + 800 + 600 + 700
        "transaction_cost": 700.0,  # 1 + 10 + 8 + 6 = 25; *28
        "coverage": 0.5,
        "engagement": 0.64,
        "hub_service": 0.5, "service_lost": 0.1, "centre_share": 1.0,  # of its hub; .6 - .5
        # .7*.678232998 + .2*.684105255 + .1*.648074070 = .676391557, squared
        "criterion_1": 0.457505538,
        "criterion_3": 0.872222222,  # no neighbour is open: (.75*7.5 + .25*8.9)/9
        "multidisciplinary_share": 1.0,  # Oak
        "regional_contract_share": 1.0,
        "years_without_contract": 0.0,
        "criterion_2": 0.457043640,  # root of 1/3 * 3.76/6
        "criterion_4": 0.306267857,  # root of .3*2.814/9
        "criterion_6": 0.423555556,  # 3.812/9
        "oi_needed_per_insured": 305.2396,  # quality for COPD by a unit of one: 5.2196 + .1*3,000.2
        "scale_ict": 6900.0,  # .8*8,000 + .2*2,500
        "chain_patients_per_1000": 140000.0,
        "ggz_patients_per_1000": 300000.0,
        "frail_per_1000": 40000.0,
        "chain_burden_share": 0.303593556,  # 245/807
    }, only=True),
    Case("all practices closed", _all_closed, dict.fromkeys(NAMES, 0.0), only=True),
    Case("practices without patients", _no_patients, {
        **dict.fromkeys(NAMES, 0.0),
        "practices": 3.0,
    }, only=True),
)  # fmt: skip
"""Money, people, contracts and stages, and what is at a limit."""
