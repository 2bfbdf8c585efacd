"""A business case: forms of organisation and their cost, needed O&I, and who delivers in a run."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from results.store.schema import FIRST_YEAR, QUARTERS

NOBODY = "nobody"
"""Who delivers where a practice does it itself, or goes without."""
PAID_TO = ("practice", "unit", "hub", "organisation", "ros")


@dataclass(frozen=True)
class Case:
    """What a business case says of a region.

    Attributes:
        region: its name.
        year: of the titles.
        insured: of the region.
        country: insured of the country that the sources speak of.
        groups: patients by group.
        lines: a row per form, item, part and group: by, bodies, scale, fixed, variable and cost
            (EUR a year), per_insured, payer and titles.
        parts: a row per part of needed O&I: low and high of the country (EUR M), per insured, for
            the region at that mean and by its own patients (EUR).
        anchors: what the sources state of the whole.
        delivered: of a run: who delivers each function; empty without.
        paid: of a run: what each title paid per insured in its last year; empty without.
    """

    region: str
    year: int
    insured: float
    country: float
    groups: dict[str, float]
    lines: pd.DataFrame
    parts: pd.DataFrame
    anchors: pd.DataFrame
    delivered: pd.DataFrame = field(default_factory=pd.DataFrame)
    paid: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def forms(self) -> list[str]:
        """The names of the forms, in their order."""
        return list(dict.fromkeys(str(one) for one in self.lines["form"]))

    def per_insured(self, form: str, item: str = "") -> float:
        """Return EUR per insured a year of a form, or of one function or item of it."""
        rows = self.lines[self.lines["form"] == form]
        rows = rows[rows["item"] == item] if item else rows
        return float(rows["cost"].sum()) / self.insured

    @property
    def now(self) -> tuple[float, float]:
        """Return present O&I of the country, EUR per insured a year, low and high."""
        row = self.anchors[self.anchors["name"] == "now_money"].iloc[0]
        return float(row["low"]) * 1e6 / self.country, float(row["high"]) * 1e6 / self.country

    def needed(self) -> tuple[float, float]:
        """Return what the six parts add up to, EUR per insured a year, low and high."""
        rows = self.parts[self.parts["part"] == "sum"]
        return float(rows["low_per_insured"].iloc[0]), float(rows["high_per_insured"].iloc[0])


def delivered_of(practices: pd.DataFrame, functions: list[str], groups: list[str]) -> pd.DataFrame:
    """Return by whom each function is delivered at the end of a run's first replicate.

    Args:
        practices: the table of practices of a run.
        functions: names of the functions.
        groups: names of the patient groups.

    Returns:
        A row per function and kind of supplier: share of burden, and its mean coverage.
    """
    first = practices["run_id"].astype(str) == str(practices["run_id"].iloc[0])
    last = practices[first & (practices["tick"] == practices.loc[first, "tick"].max())]
    rows = []
    for function in functions:
        shares: dict[str, float] = {}
        for group in groups:
            kinds = last[f"supplier_{group}_{function}"].astype(object).map(_kind)
            weight = last["burden"] * last[f"weights_{group}"]
            for kind, share in weight.groupby(kinds).sum().items():
                shares[str(kind)] = shares.get(str(kind), 0.0) + float(share)
        total = sum(shares.values())
        patients = last["patients"].astype(float)
        coverage = float((last[f"by_function_{function}"] * patients).sum() / patients.sum())
        for kind, share in sorted(shares.items(), key=lambda one: -one[1]):
            rows.append(
                {"item": function, "by": kind, "share": share / total, "coverage": coverage}
            )
    return pd.DataFrame(rows)


def _kind(supplier: object) -> str:
    """Return the kind in ``kind:id``; a practice that has nobody else does it itself, or not."""
    kind = str(supplier).partition(":")[0] if isinstance(supplier, str) else NOBODY
    return NOBODY if kind == "practice" else kind


def paid_of(ledger: pd.DataFrame, titles: list[str], insured: float, tick: int) -> pd.DataFrame:
    """Return what each title paid in the year that ends with a quarter, EUR per insured.

    Args:
        ledger: postings of a run, of its first replicate.
        titles: names of the titles.
        insured: of the region in that year.
        tick: the last quarter of the year.
    """
    first = ledger["run_id"].astype(str) == str(ledger["run_id"].iloc[0])
    here = ledger[first & (ledger["tick"] > tick - QUARTERS) & (ledger["tick"] <= tick)]
    here = here[here["title"].astype(str).isin(titles)]
    kinds = {side: here[side].astype(str).str.partition(":")[0] for side in ("payer", "receiver")}
    rows = here.assign(**kinds, title=here["title"].astype(str))
    rows = rows[rows["payer"].isin(["insurer", "municipality"])]
    sums = rows.groupby(["title", "payer", "receiver"], as_index=False)["cents"].sum()
    paid = sums.assign(
        year=FIRST_YEAR + tick // QUARTERS, per_insured=sums["cents"] / 100.0 / insured
    )
    columns = ["year", "title", "payer", "receiver", "per_insured"]
    return pd.DataFrame(paid[columns]).sort_values(
        "per_insured", ascending=False, ignore_index=True
    )
