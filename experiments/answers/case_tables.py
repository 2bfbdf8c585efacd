"""The tables of a business case: their columns, with units and meaning."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from results.store.schema import Spec, arrow_schema, table_from_columns

_EUR, _EACH = "EUR/yr", "EUR per insured/yr"
SPECS: dict[str, tuple[Spec, ...]] = {
    "business": (
        Spec("form", "str", "", "archetypal form of organisation"),
        Spec("item", "str", "", "function, or coordination, upkeep or manager"),
        Spec("part", "str", "", "far: what can move up; near: what cannot; beside: no function"),
        Spec("group", "str", "", "patient group, by its share of the burden"),
        Spec("by", "str", "", "kind of party that does it"),
        Spec("bodies", "f8", "bodies", "of these in the region; of a facility body a share", "0.."),
        Spec("scale", "f8", "patients", "whom each of them serves", "0.."),
        Spec("fixed", "f8", _EUR, "fixed cost for this group", "0.."),
        Spec("variable", "f8", _EUR, "variable cost for this group", "0.."),
        Spec("cost", "f8", _EUR, "both", "0.."),
        Spec("per_insured", "f8", _EACH, "the same over all insured of the region", "0.."),
        Spec("per_patient", "f8", "EUR per patient/yr", "the same over patients of the group",
             "0..", "the group has no patients"),
        Spec("payer", "str", "", "who pays it, by the titles of the year"),
        Spec("titles", "str", "", "these titles; empty: none does"),
    ),
    "needed": (
        Spec("part", "str", "", "part of needed O&I (S1 4.4.1), or their sum"),
        Spec("low", "f8", "EUR M/yr", "low end, of the country"),
        Spec("high", "f8", "EUR M/yr", "high end, of the country"),
        Spec("low_per_insured", "f8", _EACH, "low end over the insured of the country"),
        Spec("high_per_insured", "f8", _EACH, "high end over the insured of the country"),
        Spec("low_region", "f8", _EUR, "low end for the region at the national mean"),
        Spec("high_region", "f8", _EUR, "high end for the region at the national mean"),
        Spec("by", "str", "", "whom a region's own amount follows"),
        Spec("factor", "f8", "factor", "of these per insured, against the country", "0..",
             "the sum has none"),
        Spec("low_own", "f8", _EUR, "low end by the region's own patients"),
        Spec("high_own", "f8", _EUR, "high end by the region's own patients"),
        Spec("source", "str", "", "where it is stated"),
    ),
    "anchors": (
        Spec("name", "str", "", "what is stated of the country as a whole"),
        Spec("low", "f8", "see unit", "low end"),
        Spec("high", "f8", "see unit", "high end"),
        Spec("unit", "str", "", "unit of both"),
        Spec("source", "str", "", "where it is stated"),
    ),
    "delivered": (
        Spec("item", "str", "", "function"),
        Spec("by", "str", "", "kind of party that delivers it; nobody: the practice, or no one"),
        Spec("share", "f8", "share", "of the burden of all practices", "0..1"),
        Spec("coverage", "f8", "share", "of full support in the function, over patients", "0..1"),
    ),
    "paid": (
        Spec("year", "i8", "year", "last whole year of the run"),
        Spec("title", "str", "", "payment title"),
        Spec("payer", "str", "", "kind of payer"),
        Spec("receiver", "str", "", "kind of receiver"),
        Spec("per_insured", "f8", _EACH, "paid in the year", "0.."),
    ),
}  # fmt: skip


def tables_of(name: str, frame: pd.DataFrame) -> pa.Table:
    """Return a table of a business case as its folder keeps it."""
    return table_from_columns([(spec, frame[spec.name].to_numpy()) for spec in SPECS[name]])


def schemas() -> dict[str, pa.Schema]:
    """Return the columns of every table of a business case, by the table's name."""
    return {name: arrow_schema(specs) for name, specs in SPECS.items()}
