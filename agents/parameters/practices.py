"""Population and demand, choices of practices, trust."""

from __future__ import annotations

from typing import Annotated

from agents.compiled.record import Record
from agents.parameters.given import A, Given, on


class PracticeParameters(Record):
    """Population and demand, choices of practices, trust."""

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
    # Paths of demand (S1 4.1.2-4.1.4)
    demand_inclusion: Annotated[bool, "switch", "more of the chronic come into chain programmes (off: population.chain_growth stands for all growth)", on()]
    demand_reached: Annotated[float, "share", "of those outside a programme at the start, inside by the end of the path", Given(0.507, 0.0, 1.0, "assumed; calibrated to F015: 1.9")]
    demand_from: Annotated[int, "year", "after which inclusion and the shift of GGZ begin", Given(2011, 2006, 2100, "F012, F017: base year")]
    demand_until: Annotated[int, "year", "by which they are complete", Given(2025, 2006, 2100, "F016, F017")]
    demand_ageing: Annotated[float, "1/yr", "growth of the chronic per insured, beside inclusion and new chains", Given(0.0055, -0.05, 0.1, "assumed; what F016 leaves after F015, new chains and growth of the insured")]
    demand_chains: Annotated[bool, "switch", "new chains (chain.NAME.from) join programmes", on()]
    demand_ggz_shift: Annotated[float, "share", "GGZ patients that the second line hands over by the end, of those there were (0: none)", Given(0.4, 0.0, 5.0, "F017: 150 to 210M, at the same spending per patient")]
    demand_frail_anchor: Annotated[bool, "switch", "the frail are as many as age says in 2022, and F018 is growth of all of them", on()]
    demand_parts: Annotated[bool, "switch", "burden of GGZ, frail and other patients by S1's parts of needed O&I (off: 0.8, 2, 0.15)", on()]
    demand_urban: Annotated[float, "share", "GGZ more in an extremely urban municipality (class 1), less in a rural one (class 5); 0: alike", Given(0.2, 0.0, 1.0, "assumed; C37: need differs by area")]
    demand_local: Annotated[float, "cv", "spread of the share of elderly between districts of a municipality, where the region does not list it; 0: alike, listed or not", Given(0.3, 0.0, 2.0, "derived from F010: 23% in the oldest of some 1,000 areas")]
    demand_ses: Annotated[float, "share", "more of those with one of the 40% lowest incomes have a condition than of others (0: as many)", Given(0.8, 0.0, 5.0, "assumed; C37; B: Nivel 2022, diabetes by income")]
    demand_ses_spread: Annotated[float, "share", "standard deviation between districts of those with such an income, where the region does not list it", Given(0.08, 0.0, 0.4, A)]
    demand_moves: Annotated[bool, "switch", "patients take their condition along to a new practice (off: it begins at the shares of 2006)", on()]
    population_75: Annotated[
        float, "share", "of those 65 or over, aged 75 or over", Given(0.42, 0.0, 1.0, A)
    ]
    population_frail: Annotated[
        float, "share", "frail among those 75 or over", Given(0.2, 0.0, 1.0, "F011")
    ]
    population_young: Annotated[float, "share", "of those below 65, aged below 18", Given(0.24, 0.0, 1.0, A)]
    population_need_spread: Annotated[
        float, "cv", "spread of chronic and frail patients between lists", Given(0.2, 0.0, 1.0, A)
    ]
    population_open_share: Annotated[
        float, "share", "list of a new practice, of an equal share of its hub area", Given(0.8, 0.0, 1.0, A)
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
    population_within: Annotated[float, "share", "part of its hub area's radius within which a practice lies", Given(0.7, 0.0, 1.0, A)]
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
    choice_review: Annotated[float, "1/yr", "chance that a member reconsiders its organisation", Given(0.25, 0.0, 1.0, A)]
    choice_mandate_years: Annotated[float, "yr", "how long a practice's draw about a mandate lasts", Given(10.0, 0.25, 50.0, A)]
    choice_supplier_stake: Annotated[
        float, "share", "how strongly noise of a supplier choice shrinks with its stake", Given(1.0, 0.0, 1.0, A)
    ]
    choice_supplier_gain: Annotated[
        float, "share", "how far noise of a supplier choice is kept to what the best is worth above the next", Given(1.0, 0.0, 1.0, A)
    ]
    choice_place: Annotated[float, "1", "weight of how far an organisation falls behind whoever organises the practice's municipality and HAP area (0: not weighed)", Given(2.0, 0.0, 8.0, "assumed; C01, F053")]
    choice_consider: Annotated[float, "1/yr", "chance that who has no organisation considers membership (1: every year)", Given(0.7, 0.0, 1.0, "assumed; calibrated with F006 and F080 together")]
    choice_autonomy_spread: Annotated[float, "1", "standard deviation of the logarithm of a lasting factor on a practice's preference for autonomy (0: none)", Given(0.8, 0.0, 2.0, "assumed; C04")]
    choice_member_hours: Annotated[float, "h/yr", "of a practice itself that membership takes, as weighed in its choice (0: none)", Given(5.0, 0.0, 500.0, A)]
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
    trust_bad_dependence: Annotated[float, "1", "bad contacts of a hub without any autonomy beside the region", Given(0.15, 0.0, 1.0, "assumed; C60, C61")]
    trust_bad_checkback: Annotated[float, "1", "bad contacts of a municipality with managers who must check back", Given(0.1, 0.0, 1.0, "assumed; C51")]
    trust_self: Annotated[float, "share", "trust of a unit in its own supply", Given(1.0, 0.0, 1.0, A)]
    trust_half_life: Annotated[float, "yr", "half-life of trust without contact", Given(4.0, 0.1, 100.0, A)]
    trust_bad_hidden: Annotated[float, "1", "bad contacts with who does not show its costs", Given(0.05, 0.0, 1.0, "assumed; C28, S1-138")]
