"""What ``regiosim sweep --until`` says: what is known, of what, with how many seeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.cli.console import say_error, show

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 10
"""Points that are named where they are not reached."""


def reached_in(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return for programs what is known of each target, by the manifest of a finished sweep."""
    if "until" not in about:
        return {}
    until = about["until"]
    keys = ("asked", "mean", "half_width", "verdict")
    found = [{key: one.get(key) for key in keys} for one in until["targets"]]
    return {"reached": until.get("reached"), "seeds": until["seeds"], "until": found}


def _span(column: pd.Series, form: str) -> str:
    """Return the least and the largest of some numbers, or once what both are."""
    low, high = (format(value, form) for value in (column.min(), column.max()))
    return low if low == high else f"{low} to {high}"


def tell_reached(about: Mapping[str, Any]) -> None:
    """Write a line per target: at how many points it is reached, seeds and half-widths."""
    from results.statistics.until import known_means

    table = known_means(about)
    rows = []
    for one in about["until"]["targets"]:
        mine = table[(table["outcome"] == one["outcome"]) & (table["year"] == one["year"])]
        good = mine["verdict"] == "reached"
        rows.append(
            {
                "target": one["asked"],
                "points reached": f"{int(good.sum()):,} of {len(mine):,}",
                "seeds": _span(mine["seeds"], ","),
                "half of the 95% interval": _span(mine["half_width"], ".3g"),
            }
        )
    show(rows, False, "Means over seeds, at every point.")


def say_unreached(about: Mapping[str, Any]) -> None:
    """Say at which points which target is not reached, and why; nothing where all are."""
    from results.statistics.until import known_means

    table = known_means(about)
    off: pd.DataFrame = table[table["verdict"] != "reached"]
    for row in off.head(SHOWN).to_dict("records"):
        said_width = f"{100 * row['width']:.6g}%" if row["relative"] else f"{row['width']:.6g}"
        say_error(
            f"point {row['point']}: {row['outcome']} of {row['year']} is {row['mean']:.4g} +- "
            f"{row['half_width']:.3g} after {row['seeds']:,} seeds, asked +- {said_width}: "
            f"{row['verdict']}"
        )
    if len(off) > SHOWN:
        say_error(f"and {len(off) - SHOWN:,} more: see until in manifest.json")
    if (off["verdict"] == "not reached").any():
        say_error(
            f"at most {about['until']['most']:,} seeds a point were allowed; a larger --most in a "
            "new folder takes these runs with --from"
        )
