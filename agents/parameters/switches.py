"""How outcomes are scored, what is frozen or left out, how generous tariffs are."""

from __future__ import annotations

from typing import Annotated

from agents.compiled.record import Record
from agents.parameters.given import A, Given, on


class SwitchParameters(Record):
    """How outcomes are scored, what is frozen or left out, how generous tariffs are."""

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
    decide_unit: Annotated[bool, "switch", "practices form, join and leave GP units, and units join organisations", on()]
    decide_hub: Annotated[bool, "switch", "hubs advance and fall back", on()]
    decide_organisation: Annotated[bool, "switch", "organisations found, mandate, plan and grant rights", on()]
    decide_municipality: Annotated[bool, "switch", "municipalities post and recall advisers", on()]
    decide_insurer: Annotated[bool, "switch", "insurers set pressure", on()]
    decide_ros: Annotated[bool, "switch", "the ROS chooses which hubs it guides", on()]
    # Money
    money_scale: Annotated[float, "factor", "multiplies every tariff: generosity", Given(1.0, 0.0, 100.0, "switch")]
    design_resolve: Annotated[int, "code", "tariffs of designs are solved at the start of a run 0, at the switch 1, every year 2, every quarter 3", Given(3, 0, 3, "switch")]
    # More of how outcomes are scored
    criterion_region_least: Annotated[float, "patients", "served at most to be too small for a region", Given(100_000.0, 1.0, 1e9, "F005")]
    criterion_region_most: Annotated[float, "patients", "served at most to be no more than a region", Given(1_000_000.0, 1.0, 1e9, "F005")]
    criterion_invested: Annotated[float, "share", "weight of investment beside years with a supplier", Given(0.5, 0.0, 1.0, A)]
    criterion_entrants: Annotated[float, "share", "weight of entrants beside renewal", Given(0.5, 0.0, 1.0, A)]
    criterion_alternative: Annotated[bool, "switch", "score all criteria by their alternative formula", on(False)]
    # Where a run starts
    start_state: Annotated[bool, "switch", "a run that starts later has what the region says of then (off: no organisation, hubs as in 2006)", on()]
