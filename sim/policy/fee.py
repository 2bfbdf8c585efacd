"""The bargained fee is paid once: titles of a file that would pay more of it are refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sim.errors import BadInput
from sim.policy.keys import WORDS
from sim.policy.schema import TitleFile
from sim.policy.values import Series
from sim.reading.dates import ALWAYS


def check_fee(titles: Iterable[TitleFile], where: str) -> None:
    """Refuse titles that together pay more than the whole of a bargained fee (``negotiated``).

    Looked at is every date from which something changes, for each insurer: titles that name other
    insurers do not meet. A setting may go beyond, to try a higher fee.

    Raises:
        BadInput: their shares add up to more than 1.
    """
    paying = [title for title in titles if any(d.value > 0.0 for d in title.series("negotiated"))]
    days = {
        dated.start for title in paying
        for key in ("negotiated", "in_force") for dated in title.series(key)
    } | {title.start for title in paying}  # fmt: skip
    for insurer in WORDS["insurers"]:
        mine = [title for title in paying if not title.insurers or insurer in title.insurers]
        for day in sorted(days):
            shares = {
                title.name: _value(title.series("negotiated"), day, 0.0)
                * _value(title.series("in_force"), day, 1.0)
                for title in mine
                if title.start <= day and (title.until is None or day < title.until)
            }
            total = sum(shares.values())
            if total > 1.0 + 1e-9:
                since = "" if day == ALWAYS else f" from {day}"
                of = ", ".join(f"{name} {share:.6g}" for name, share in shares.items() if share)
                raise BadInput(
                    f"{where}: negotiated", f"titles pay {total:.6g} of the bargained fee{since} "
                    f"where {insurer} is preferred: {of}",
                    allowed="shares of one fee: together at most 1",
                )  # fmt: skip


def _value(series: Series, day: date, default: float) -> float:
    """Return the value of a series on a day, ``default`` before its first."""
    held = [dated.value for dated in series if dated.start <= day]
    return held[-1] if held else default
