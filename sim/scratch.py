"""Scratch room by name: kernels make no arrays of their own.

Each array has one meaning and one writer. What is in it does not outlive the phase that wrote
it: a phase fills what it reads (``tests/sim/test_scratch.py`` pours rubbish in between).
"""

from __future__ import annotations

import functools
from typing import Annotated, NamedTuple, get_args, get_type_hints

import numpy as np

from agents.compiled.bundle import bundle
from agents.compiled.record import FloatArray, IntArray


@bundle(
    same=frozenset(
        "forms most_hours movable least scale_patients known fits_local fits_region held_within "
        "matched lasts engages has_say takes_part away delivered hands rows".split()
    )
)
class Scratch(NamedTuple):
    """Arrays by name, each with what its places stand for, its unit and its meaning."""

    # What practices want, before anyone moves.
    wanted: Annotated[IntArray, "practices", "row", "organisation it wants, or none"]
    why_wanted: Annotated[IntArray, "practices", "cause", "why"]
    joins_hub: Annotated[IntArray, "practices", "0 or 1", "wants to take part in its hub"]
    why_joins: Annotated[IntArray, "practices", "cause", "why"]
    lots: Annotated[FloatArray, "practices", "", "draw of an applicant; 2 for all others"]
    looked: Annotated[IntArray, "organisations", "0 or 1", "has looked at its applicants"]
    placed: Annotated[FloatArray, "organisations", "share", "of a place, by an alliance"]
    survey: Annotated[IntArray, "survey", "", "town; alliances, practices, HAP of its area"]
    surveyed: Annotated[IntArray, "organisations", "row", "alliances met there"]
    held_here: Annotated[IntArray, "organisations", "practices", "of an alliance, in the town"]
    held_around: Annotated[IntArray, "organisations", "practices", "of it, in the area of the HAP"]
    share_held: Annotated[FloatArray, "organisations", "share", "of the place, by an alliance"]
    handed: Annotated[IntArray, "practices", "row", "organisation that takes it over, or none"]
    # Members and who knows whom.
    forms: Annotated[IntArray, "forms", "practices", "members per form of practice"]
    seen_towns: Annotated[IntArray, "municipalities", "0 or 1", "counted already"]
    others_x: Annotated[FloatArray, "organisations", "km", "where the others are"]
    others_y: Annotated[FloatArray, "organisations", "km", "where the others are"]
    seats_x: Annotated[FloatArray, "organisations", "km", "where each is, or was until it ended"]
    seats_y: Annotated[FloatArray, "organisations", "km", "where each is, or was until it ended"]
    away: Annotated[FloatArray, "counterparts", "km", "how far each is that a practice knows"]
    by_size: Annotated[IntArray, "organisations", "row", "of bodies with members, largest first"]
    # Organisations: hubs they fund, leads, mergers, parts, the HAP.
    hubs_trust: Annotated[FloatArray, "organisations", "share", "trust of hubs it funds, summed"]
    hubs_funded: Annotated[FloatArray, "organisations", "hubs", "hubs it funds"]
    lead_wanted: Annotated[IntArray, "organisations", "row", "lead it wants, or none"]
    chained: Annotated[IntArray, "organisations", "0 or 1", "follows one that follows another"]
    seeks: Annotated[IntArray, "organisations", "code", "what it is seeking: a merger, a host"]
    taken: Annotated[IntArray, "organisations", "0 or 1", "has merged, or cannot"]
    part_members: Annotated[IntArray, "municipalities", "practices", "members of a part"]
    named_members: Annotated[IntArray, "municipalities", "practices", "of a sub-region by name"]
    part_patients: Annotated[FloatArray, "municipalities", "patients", "patients of a part"]
    hap_patients: Annotated[FloatArray, "organisations", "patients", "in the area of a HAP"]
    # Where new suppliers may enter.
    market_spent: Annotated[FloatArray, "municipalities", "EUR/yr", "spent by units"]
    market_covered: Annotated[FloatArray, "municipalities", "patients", "by coverage of units"]
    market_patients: Annotated[FloatArray, "municipalities", "patients", "of units that spend"]
    members_money: Annotated[FloatArray, "titles", "EUR/insured/yr", "of a title, per member"]
    own_money: Annotated[FloatArray, "titles", "EUR/yr", "of a title, for whom supply is"]
    money_for: Annotated[FloatArray, "functions", "EUR/insured/yr", "of it, per function"]
    # Areas, sites and comparisons of contracts.
    holding: Annotated[IntArray, "organisations", "practices", "of an alliance, in one place"]
    reached: Annotated[IntArray, "municipalities", "label", "of the piece it is in; 0: none yet"]
    to_visit: Annotated[IntArray, "municipalities", "row", "stack of that walk"]
    stand_mandated: Annotated[IntArray, "municipalities", "practices", "that mandate its lead"]
    stand_insured: Annotated[IntArray, "municipalities", "insured", "of its practices"]
    stand_mandated_insured: Annotated[IntArray, "municipalities", "insured", "of those that do"]
    was_left_out: Annotated[IntArray, "municipalities", "0 or 1", "left out a year ago"]
    why_left_out: Annotated[IntArray, "municipalities", "cause", "why its lead leaves it out"]
    site: Annotated[IntArray, "payees", "0 or 1", "chosen as a site"]
    site_renewed: Annotated[FloatArray, "payees", "patients", "by renewal of their practice"]
    site_patients: Annotated[FloatArray, "payees", "patients", "of the payee's practices"]
    most_hours: Annotated[FloatArray, "costs", "hours/yr", "of a contract, by kind of cost"]
    claims: Annotated[FloatArray, "claims", "EUR/yr", "of a title and payee; below 0: none"]
    compared: Annotated[IntArray, "organisations", "0 or 1", "takes part in the comparison"]
    shifted: Annotated[FloatArray, "organisations", "EUR/yr", "substitution of an alliance"]
    shifters: Annotated[FloatArray, "organisations", "patients", "of that alliance"]
    need: Annotated[FloatArray, "organisations", "factor", "need against the mean"]
    standard_cost: Annotated[FloatArray, "organisations", "EUR per insured/yr", "0: not measured"]
    # External parties.
    area_first: Annotated[IntArray, "partners", "row", "first municipality of its area"]
    area_after: Annotated[IntArray, "partners", "row", "that after its last"]
    allied: Annotated[FloatArray, "organisations", "patients", "of a whole alliance"]
    counted_for: Annotated[IntArray, "organisations", "row", "partner counted for last, or none"]
    leads_here: Annotated[IntArray, "organisations", "row", "alliances met in its area"]
    here_patients: Annotated[FloatArray, "organisations", "patients", "of an alliance, in an area"]
    here_loads: Annotated[FloatArray, "organisations", "practices", "of an alliance, by dealings"]
    # Municipalities, the ROS and innovation.
    purposes: Annotated[IntArray, "municipalities", "purpose code", "of co-funding, as chosen"]
    purpose_causes: Annotated[IntArray, "municipalities", "cause code", "why"]
    at_table: Annotated[IntArray, "partners", "0 or 1", "counted at a regional table already"]
    table_first: Annotated[IntArray, "steerings", "row", "first municipality of its area"]
    table_after: Annotated[IntArray, "steerings", "row", "that after its last"]
    met: Annotated[IntArray, "organisations", "0 or 1", "counted as a counterpart already"]
    was_guided: Annotated[IntArray, "hubs", "0 or 1", "guided until now"]
    shown: Annotated[FloatArray, "organisations", "share", "mean renewal in its open sites"]
    open_sites: Annotated[FloatArray, "organisations", "practices", "in open sites"]
    renewed: Annotated[FloatArray, "practices", "share", "renewal after the quarter"]
    # Measuring.
    held: Annotated[FloatArray, "organisations", "patients", "of an organisation, in a place"]
    held_all: Annotated[FloatArray, "organisations", "patients", "of an organisation, everywhere"]
    ros_people: Annotated[FloatArray, "ros", "insured", "in the area of a ROS"]
    trusts: Annotated[FloatArray, "practices", "share", "values to find a percentile of"]
    # Of these each practice has a row, with a place for each cell (group x function).
    delivered: Annotated[FloatArray, "cells", "share", "of full support, per practice and cell"]
    hands: Annotated[IntArray, "cells", "party", "in whose hand the supplier of a cell is"]
    rows: Annotated[IntArray, "divisions", "group", "per practice and group: the first like it"]
    movable: Annotated[FloatArray, "functions", "share", "of variable cost that can move up"]
    least: Annotated[FloatArray, "functions", "EUR/patient/yr", "least that support can cost"]
    scale_patients: Annotated[FloatArray, "functions", "patients", "with a supplier of a function"]
    cost_known: Annotated[IntArray, "functions", "party", "supplier whose cost this is:"]
    cost_of_known: Annotated[FloatArray, "functions", "EUR/patient/yr", "what full support costs"]
    known: Annotated[IntArray, "functions", "party", "supplier of which these are known:"]
    fits_local: Annotated[FloatArray, "functions", "0 or 1", "it works locally, and is to"]
    fits_region: Annotated[FloatArray, "functions", "share", "it works regionally, and is to"]
    held_within: Annotated[FloatArray, "functions", "share", "in the hand of the main supplier"]
    lasts: Annotated[FloatArray, "functions", "share", "how lasting its support is"]
    engages: Annotated[FloatArray, "functions", "share", "engagement in what it does"]
    has_say: Annotated[FloatArray, "functions", "share", "say in what it does"]
    takes_part: Annotated[FloatArray, "functions", "share", "taking part in what it does"]
    # What measuring sees of each practice, once for all places that it is in.
    seen_worth: Annotated[FloatArray, "practices", "share", "roots of support, over groups"]
    seen_local: Annotated[FloatArray, "practices", "share", "delivered locally where that is best"]
    seen_regional: Annotated[FloatArray, "practices", "share", "regionally, by a region's size"]
    seen_inside: Annotated[FloatArray, "practices", "share", "in the hand of the main supplier"]
    seen_hold: Annotated[FloatArray, "practices", "share", "the same, and beside neighbours"]
    seen_lasting: Annotated[FloatArray, "practices", "share", "how lasting its support is"]
    seen_commitment: Annotated[FloatArray, "practices", "share", "to what delivers support"]
    seen_value: Annotated[FloatArray, "practices", "EUR/quarter", "least cost of what it gets"]
    seen_dealing: Annotated[FloatArray, "practices", "EUR/quarter", "dealing that no O&I pays"]
    seen_need: Annotated[FloatArray, "practices", "EUR/patient/yr", "what full supply would cost"]
    seen_shared: Annotated[FloatArray, "practices", "share", "dealings over shared tables"]
    seen_hospital: Annotated[FloatArray, "practices", "share", "of them, over one with a hospital"]


def make_scratch(rooms: dict[str, int | tuple[int, int]]) -> Scratch:
    """Return scratch room of zeros.

    Args:
        rooms: how many places there are for each kind of row, one more than rows; or a shape.
    """
    return Scratch(**{name: np.zeros(rooms[places], kind) for name, kind, places in _declared()})


@functools.cache
def _declared() -> list[tuple[str, type[np.generic], str]]:
    """Return name, type and kind of place of every array."""
    hints = get_type_hints(Scratch, include_extras=True)
    parts = {name: get_args(hint)[:2] for name, hint in hints.items()}
    return [
        (name, np.float64 if kind == FloatArray else np.int64, places)
        for name, (kind, places) in parts.items()
    ]


def copy_scratch(scratch: Scratch) -> Scratch:
    """Return a copy of scratch room, for a run beside another."""
    return scratch._replace(**{name: room.copy() for name, room in scratch._asdict().items()})
