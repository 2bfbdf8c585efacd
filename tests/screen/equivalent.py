"""Mutants that no data can tell from the function itself, each with the reason.

They are named by function and change, not by module. One that is not found any more must go.
"""

from __future__ import annotations

_ALIVE = "a scope with a practice has a municipality, with at least one hub area in it"
_WHOLE = "people and patients are whole numbers, of which there is at least one here"
_ANY_ROW = "any row of scratch room will do, and nobody needs the other one here"
_FIRST = "the outcome hhi stands in the first column, so adding its place adds nothing"
_LIMIT = "at the limit both give the limit"

EQUIVALENT: dict[str, str] = {
    "clip: value < low -> value <= low in `if value < low:`": _LIMIT,
    "clip: value > high -> value >= high in `if value > high:`": _LIMIT,
    "level_of: supplier != NONE and supplier >= int(tables.offsets[ORGANISATION]) -> "
    "supplier >= int(tables.offsets[ORGANISATION]) in "
    "`if supplier != NONE and supplier >= int(tables.offsets[ORGANISATION]):`": (
        "it is only asked for a supplier that there is"
    ),
    "measure_cost: 0 -> 1 in `total = tables.sums[0]`": _ANY_ROW,
    "measure_cost: 1.0 -> 0.9 in `out[P_OI] += tables.ros[r].revenue * people / "
    "max(1.0, total[r])`": _WHOLE,
    "measure_cost: max(1.0, out[P_PRACTICES + 1]) -> out[P_PRACTICES + 1] in "
    "`out[P_ELIGIBLE] = eligible / max(1.0, out[P_PRACTICES + 1])`": _WHOLE,
    "measure_cost: 1.0 -> 0.9 in "
    "`out[P_ELIGIBLE] = eligible / max(1.0, out[P_PRACTICES + 1])`": _WHOLE,
    "measure_criteria: 1.0 -> 2.0 in `out[4] = clip(1.0 - spent / oi, 0.0, 1.0)`": (
        "costs are never negative, so the value is at most 1 by itself"
    ),
    "measure_fit: 1 -> 2 in `over_all = tables.sums[1]`": _ANY_ROW,
    "measure_fit: 2 -> 3 in `for step in range(2):`": (
        "the second step leaves nothing held, so a third finds nothing"
    ),
    "measure_hubs: max(1, areas) -> areas in "
    "`out[P_STAGE] = float(stages) / float(max(1, areas))`": _ALIVE,
    "measure_hubs: max(1, areas) -> areas in "
    "`out[P_CONDITIONS] = met / float(max(1, areas))`": _ALIVE,
    "measure_hubs: 1.0 -> 0.9 in "
    "`out[P_PRESSURE] = clip(pressure / max(1.0, people), 0.0, 1.0)` (2)": _WHOLE,
    "measure_hubs: max(1, places) -> places in "
    "`out[P_PARTIES] = float(parties) / float(max(1, places))`": _ALIVE,
    "measure_part: out[p] = 0.0: scaled by 0.9 in `for p in range(len(out)):`": (
        "nine tenths of nothing is nothing"
    ),
    "measure_part: count == 0 or insured <= 0.0 -> insured <= 0.0 in "
    "`if count == 0 or insured <= 0.0:`": "without practices there are no insured",
    "measure_part: if stocks: always True": (
        "it is measured with stocks here; without them only flows are sure to be there"
    ),
    "measure_part: 8 -> 9 in "
    "`measure_criteria(tables, rows, count, sums, out[P_CRITERIA:P_CRITERIA + 8])`": (
        "the criteria are the last columns, so there is no ninth place"
    ),
    "measure_scale: 0 -> 1 in `held = tables.sums[0]`": _ANY_ROW,
    "measure_scale: P_HHI + 1 -> 1 in `out[P_HHI + 1] = 1.0 / squares`": _FIRST,
    "measure_scale: P_HHI + 2 -> 2 in `out[P_HHI + 2] = math.exp(entropy)`": _FIRST,
    "measure_scale: P_HHI + 3 -> 3 in `out[P_HHI + 3] = total / float(number)`": _FIRST,
    "measure_scale: P_HHI + 4 -> 4 in "
    "`out[P_HHI + 4] = weighted / max(1.0, affiliated)`": _FIRST,
    "measure_scale: P_HHI + 5 -> 5 in `out[P_HHI + 5] = float(number)`": _FIRST,
    "measure_scale: P_HHI + 6 -> 6 in `out[P_HHI + 6] = affiliated / insured`": _FIRST,
    "measure_scale: max(1.0, affiliated) -> affiliated in "
    "`out[P_HHI + 4] = weighted / max(1.0, affiliated)`": _WHOLE,
    "measure_scale: 1.0 -> 0.9 in "
    "`out[P_HHI + 4] = weighted / max(1.0, affiliated)`": _WHOLE,
    "nth_smallest: if n >= i: always True in `if n <= j:`": (
        "the value is found already; it goes on to sort what lies above"
    ),
    "share_tables: HAP + 1 -> 1 in `for d in range(HAP + 1, len(partners)):`": (
        "the HAP is the first external party"
    ),
    "trust_in_supplier: o == NONE and practice.main != NONE -> o == NONE in "
    "`if o == NONE and practice.main != NONE:`": "no counterpart has the number it then looks for",
    "trust_in_supplier: practice.main -> _wrong_field(practice, 'main') in "
    "`if o == NONE and practice.main != NONE:`": "no counterpart has the number it then looks for",
}  # fmt: skip
