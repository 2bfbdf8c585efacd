"""Mutants that no data can tell from the function itself, each with the reason.

They are named by function and change, not by module. One that is not found any more must go.
"""

from __future__ import annotations

_ALIVE = "a scope with a practice has a municipality, with at least one hub area in it"
_WHOLE = "people and patients are whole numbers, of which there is at least one here"
_NOBODY = "people and patients are whole numbers, and without any there is nothing to divide"
_AGAIN = "what a supplier does, looked up again, is the same"
_COST = "the cost of the same supplier, worked out again, is the same"
_LIMIT = "at the limit both give the limit"
_SERVED = "it is only asked for a supplier that serves somebody"
_FIRST = "the first group always has a row of its own"
_SEEN = "a practice that is looked at again is seen as before"
_VAIN = "what is seen and not asked for is read by nobody: it takes time only"
_NO_LISTS = "no money for lists, divided by whoever is on them, adds nothing"
_SQUARE = "the total is squared, whatever its sign"

EQUIVALENT: dict[str, str] = {
    "clip: low <= value <= high -> low <= value < high in `if low <= value <= high:`": _LIMIT,
    "clip: value < low -> value <= low in `return low if value < low else high`": _LIMIT,
    "fit_region: served < params.criterion_region_least -> "
    "served <= params.criterion_region_least in `if served < params.criterion_region_least:`": (
        _LIMIT
    ),
    "oi_for: if hub.listed_oi > 0.0: always True": _NO_LISTS,
    "oi_for: hub.listed_oi > 0.0 -> hub.listed_oi >= 0.0 in `if hub.listed_oi > 0.0:`": _NO_LISTS,
    "cut_of_ros: 1.0 -> 0.9 in `total = total + tables.ros[r].cut * here / max(1.0, people)`": (
        _NOBODY
    ),
    "fill_cells: if g > 0 and _as_before(practice, first, functions): always False in "
    "`for g in range(len(tables.groups)):`": _AGAIN,
    "fill_cells: g > 0 -> g < 0 in `if g > 0 and _as_before(practice, first, functions):`": _AGAIN,
    "fill_cells: 0 -> 1 in `if g > 0 and _as_before(practice, first, functions):`": _AGAIN,
    "be_worth: if tables.scratch.rows[i][g] == g: always True in "
    "`for g in range(len(tables.groups)):`": _AGAIN,
    "be_worth: 0.0 -> 1.0 in `root = 0.0`": _FIRST,
    "be_worth: worth + practice.weights[g] * root -> worth - practice.weights[g] * root in "
    "`worth = worth + practice.weights[g] * root`": _SQUARE,
    "measure_criteria: worth + practice.burden / scope.need * seen.seen_worth[i] -> "
    "worth - practice.burden / scope.need * seen.seen_worth[i] in "
    "`worth = worth + practice.burden / scope.need * seen.seen_worth[i]`": _SQUARE,
    "sum_cells: if scratch.rows[i][g] == g: always True in "
    "`for g in range(len(tables.groups)):`": _AGAIN,
    "know_supplier: scratch.known[f] = supplier: left out": _AGAIN,
    "know_suppliers: tables.scratch.delivered[i][first + f] > 0.0 and "
    "tables.scratch.known[f] != supplier -> tables.scratch.delivered[i][first + f] > 0.0 in "
    "`if tables.scratch.delivered[i][first + f] > 0.0 and tables.scratch.known[f] != supplier:`": (
        _AGAIN
    ),
    "match_hands: if mine[g] == g or theirs[g] == g: always True in "
    "`for g in range(len(tables.groups)):`": _AGAIN,
    "match_hands: 0 -> 1 in `row = 0`": _FIRST,
    "hold_beside: if now != bits: always True in `if other.alive and j != i:`": (
        "what the same cells weigh, added up again, is the same"
    ),
    "need_of_cell: if supplier != NONE and scratch.cost_known[f] == supplier: always False": _COST,
    "need_of_cell: scratch.cost_known[f] = supplier: left out": _COST,
    "measure_part: if not seen: always True": _SEEN,
    **dict.fromkeys(
        (
            "measure_part: if stocks and wants(asked, ASK_NEED): always True in `if not seen:`",
            "measure_part: if stocks and wants(asked, ASK_SUPPORT | ASK_CRITERIA): always True in "
            "`if not seen:`",
            *(
                f"measure_part: stocks and {wants} -> {other} in `if stocks and {wants}:`"
                for wants in ("wants(asked, ASK_NEED)", "wants(asked, ASK_SUPPORT | ASK_CRITERIA)")
                for other in (f"stocks or {wants}", wants, "stocks")
            ),
            "see_practices: if criteria: always True in `for r in range(count):`",
            "see_practices: if criteria: always True",
        ),
        _VAIN,
    ),
    "measure_scopes: True -> False in "
    "`measure_part(tables, m, tick, rows, out[m + 1], stocks, asked, True)`": _SEEN,
    "add_scale: if supplier != before: always True in `for g in range(len(tables.groups)):`": (
        "the size of the same supplier, looked up again, is the same"
    ),
    "need_of: if supplier != before: always True in `for g in range(len(tables.groups)):`": _COST,
    "full_cost: if patients <= 0.0: always False": _SERVED,
    "full_cost: patients <= 0.0 -> patients < 0.0 in `if patients <= 0.0:`": _SERVED,
    "full_cost: 0.0 -> 1.0 in `return 0.0`": _SERVED,
    "add_ros: 1.0 -> 0.9 in `out[Cost.OI_SPENDING] += tables.ros[r].revenue * people / "
    "max(1.0, total[r])`": _NOBODY,
    "measure_upkeep: 1.0 -> 0.9 in "
    "`out[Hubs.HUB_SERVICE] = service / max(1.0, patients)`": _NOBODY,
    "measure_upkeep: 1.0 -> 0.9 in "
    "`out[Hubs.SERVICE_LOST] = lost / max(1.0, patients)`": _NOBODY,
    "measure_costs: max(1.0, insured) -> insured in "
    "`out[Cost.ELIGIBLE_SHARE] = eligible / max(1.0, insured)`": _WHOLE,
    "measure_costs: 1.0 -> 0.9 in "
    "`out[Cost.ELIGIBLE_SHARE] = eligible / max(1.0, insured)`": _WHOLE,
    "score_otherwise: 1.0 -> 2.0 in "
    "`out[Criteria.CRITERION_5] = clip(1.0 - scope.spent / scope.oi, 0.0, 1.0)`": (
        "costs are never negative, so the value is at most 1 by itself"
    ),
    "divide_town: 2 -> 3 in `for step in range(2):`": (
        "the second step leaves nothing held, so a third finds nothing"
    ),
    "measure_hubs: max(1, areas) -> areas in "
    "`out[Hubs.HUB_STAGE] = float(stages) / float(max(1, areas))`": _ALIVE,
    "measure_hubs: max(1, areas) -> areas in "
    "`out[Hubs.CONDITIONS] = met / float(max(1, areas))`": _ALIVE,
    "measure_hubs: 1.0 -> 0.9 in "
    "`out[Hubs.REGIONAL_AGENDA] = agenda / max(1.0, people)`": _NOBODY,
    "measure_hubs: 1.0 -> 0.9 in "
    "`out[Hubs.PRESSURE] = clip(pressure / max(1.0, people), 0.0, 1.0)` (2)": _NOBODY,
    "measure_hubs: max(1, places) -> places in "
    "`out[Hubs.COUNTERPARTS_PER_MUNICIPALITY] = float(parties) / float(max(1, places))`": _ALIVE,
    "measure_part: out[p] = 0.0: scaled by 0.9 in `for p in range(len(out)):`": (
        "nine tenths of nothing is nothing"
    ),
    "measure_part: count == 0 or insured <= 0.0 -> insured <= 0.0 in "
    "`if count == 0 or insured <= 0.0:`": "without practices there are no insured",
    "measure_scale: max(1.0, affiliated) -> affiliated in "
    "`out[Scale.ORGANISATION_SIZE_WEIGHTED] = weighted / max(1.0, affiliated)`": _WHOLE,
    "measure_scale: 1.0 -> 0.9 in "
    "`out[Scale.ORGANISATION_SIZE_WEIGHTED] = weighted / max(1.0, affiliated)`": _WHOLE,
    "nth_smallest: if n >= i: always True in `if n <= j:`": (
        "the value is found already; it goes on to sort what lies above"
    ),
    "share_tables: Domain.HAP + 1 -> 1 in `for d in range(Domain.HAP + 1, len(partners)):`": (
        "the HAP is the first external party"
    ),
    "trust_in_supplier: o == NONE and practice.main != NONE -> o == NONE in "
    "`if o == NONE and practice.main != NONE:`": "no counterpart has the number it then looks for",
    "trust_in_supplier: practice.main -> _wrong_field(practice, 'main') in "
    "`if o == NONE and practice.main != NONE:`": "no counterpart has the number it then looks for",
}  # fmt: skip
