"""The tables of a scorecard: their columns, with units and meaning."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from results.store.schema import Spec, arrow_schema, table_from_columns

_STATED = "nothing is stated that tells designs apart"
_TAU = "-1..1"
SPECS: dict[str, tuple[Spec, ...]] = {
    "scorecard": (
        Spec("criterion", "i8", "", "criterion of S1 3.5; 0: the mean of all", "0..8"),
        Spec("choice", "str", "", "what is compared: bundling, route or unit of payment"),
        Spec("asks", "str", "", "what is stated: best, alike, no-better, or nothing"),
        Spec("first", "str", "", "levels of the first side; where one is best, the stated best"),
        Spec("second", "str", "", "levels of the second side"),
        Spec("inferred", "?", "", "it follows from what the source states, and is not in it"),
        Spec("source", "str", "", "where it is stated"),
        Spec("difference", "f8", "share", "score of the first side minus the second", "-1..1"),
        Spec("low", "f8", "share", "lower end of its 95% interval over seeds"),
        Spec("high", "f8", "share", "upper end of its 95% interval over seeds"),
        Spec("verdict", "str", "", "agrees, disagrees, not told apart, or nothing stated"),
        Spec("alternative", "f8", "share", "the difference by the alternative formula", "-1..1"),
        Spec("alternative_low", "f8", "share", "lower end of its 95% interval over seeds"),
        Spec("alternative_high", "f8", "share", "upper end of its 95% interval over seeds"),
        Spec("alternative_verdict", "str", "", "the verdict by the alternative formula"),
        Spec("money", "f8", "EUR per insured/yr", "O&I of the first side minus the second"),
        Spec("text", "str", "", "what is stated, in our words"),
    ),
    "totals": (
        Spec("choice", "str", "", "bundling or route"),
        Spec("level", "str", "", "one of its two levels"),
        Spec("stated", "i8", "criteria", "that it is stated to win (F047)", "0..8"),
        Spec("simulated", "i8", "criteria", "on which it is told to be best", "0..8"),
        Spec("alternative", "i8", "criteria", "the same by the alternative formulas", "0..8"),
        Spec("neither", "i8", "criteria", "on which neither is told best", "0..8"),
        Spec("neither_alternative", "i8", "criteria", "the same by the alternatives", "0..8"),
    ),
    "designs": (
        Spec("design", "str", "", "name of the design"),
        Spec("criterion", "i8", "", "criterion of S1 3.5; 0: the mean of all", "0..8"),
        Spec("mean", "f8", "share", "score, mean over seeds", "0..1"),
        Spec("low", "f8", "share", "lower end of its 95% interval over seeds"),
        Spec("high", "f8", "share", "upper end of its 95% interval over seeds"),
        Spec("rank", "f8", "place", "place among the designs, 1 is best", "1.."),
        Spec("best", "?", "", "no paired interval tells it from the best design"),
        Spec("stated", "f8", "choices", "rows that call its levels best", "0..3", _STATED),
        Spec("stated_rank", "f8", "place", "place by that, shared by equals", "1..", _STATED),
        Spec("alternative", "f8", "share", "score by the alternative formula", "0..1"),
        Spec("alternative_rank", "f8", "place", "place by that", "1.."),
    ),
    "orders": (
        Spec("criterion", "i8", "", "criterion of S1 3.5; 0: the mean of all", "0..8"),
        Spec("tau", "f8", "1", "Kendall's tau, order of designs with the stated", _TAU, _STATED),
        Spec("low", "f8", "1", "lower end of its 95% interval over seeds", _TAU, _STATED),
        Spec("high", "f8", "1", "upper end of its 95% interval over seeds", _TAU, _STATED),
        Spec("verdict", "str", "", "agrees, disagrees, not told apart, or nothing stated"),
        Spec("alternative_tau", "f8", "1", "tau by the alternative formula", _TAU, _STATED),
        Spec("alternative_low", "f8", "1", "lower end of its interval", _TAU, _STATED),
        Spec("alternative_high", "f8", "1", "upper end of its interval", _TAU, _STATED),
        Spec("alternative_verdict", "str", "", "the verdict by the alternative formula"),
        Spec("both", "f8", "1", "tau of the orders by both formulas", _TAU, "one is flat"),
        Spec("both_low", "f8", "1", "lower end of its interval", _TAU, "one is flat"),
        Spec("both_high", "f8", "1", "upper end of its interval", _TAU, "one is flat"),
    ),
    "weights": (
        Spec("formula", "str", "", "formula or alternative"),
        Spec("scale", "str", "", "what is weighed: score, or rank (place from worst to best)"),
        Spec("design", "str", "", "name of the design"),
        Spec("best", "f8", "share", "of drawn sets of weights in which it is best", "0..1"),
        Spec("rank", "f8", "place", "its mean place over the sets", "1.."),
        Spec("tau", "f8", "1", "tau of a set's order with that of equal weights: median", _TAU),
        Spec("tau_low", "f8", "1", "5% of the sets have less", _TAU),
        Spec("tau_high", "f8", "1", "5% of the sets have more", _TAU),
    ),
    "scores": (
        Spec("design", "str", "", "name of the design"),
        Spec("formula", "str", "", "formula or alternative"),
        Spec("outcome", "str", "", "criterion_1 to criterion_8, or oi_per_insured"),
        Spec("seed", "i8", "", "seed of the run", "0.."),
        Spec("value", "f8", "see outcome", "mean over the years compared"),
    ),
}  # fmt: skip


def tables_of(name: str, frame: pd.DataFrame) -> pa.Table:
    """Return a table of a scorecard as its folder keeps it."""
    return table_from_columns([(spec, frame[spec.name].to_numpy()) for spec in SPECS[name]])


def schemas() -> dict[str, pa.Schema]:
    """Return the columns of every table of a scorecard, by the table's name."""
    return {name: arrow_schema(specs) for name, specs in SPECS.items()}
