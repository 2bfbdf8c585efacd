"""A factor that says ``range = "plausible"`` takes the plausible range of its parameter."""

from __future__ import annotations

from typing import TypeVar

from agents.parameters import DECLARED
from sim.errors import BadInput, nearest
from sim.policy.values import Strict


class RangedTable(Strict):
    """The part of a factor's table that says over which range it goes."""

    keys: list[str] | None = None
    low: float | None = None
    high: float | None = None
    range: str | None = None


Table = TypeVar("Table", bound=RangedTable)


def with_plausible(name: str, table: Table, where: str) -> Table:
    """Return a table whose ``range = "plausible"`` is replaced by the range of its parameter.

    Raises:
        BadInput: another word, a range of its own beside it, or no parameter with a range.
    """
    if table.range is None:
        return table
    if table.range != "plausible":
        raise BadInput(
            f"{where}.range", f"{table.range!r} does not fit", allowed='"plausible"',
            nearest=nearest(table.range, ["plausible"]),
        )  # fmt: skip
    if table.low is not None or table.high is not None:
        raise BadInput(f"{where}.range", "stands beside low or high", allowed="one of both")
    keys = [name] if table.keys is None else [key.strip() for key in table.keys]
    known = [DECLARED.get(key) for key in keys]
    spans = {(one.least, one.most) for one in known if one is not None and one.kind != "?"}
    if None in known or len(spans) != 1:
        raise BadInput(
            f"{where}.range", "has no plausible range to take",
            allowed="a number of `regiosim parameters`, several with one range; or low and high",
        )  # fmt: skip
    low, high = spans.pop()
    return table.model_copy(update={"low": low, "high": high, "range": None})
