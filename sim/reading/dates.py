"""Quarters and dates: tick 0 is the first quarter of 2006, and policy changes on quarter starts."""

from __future__ import annotations

import re
from datetime import date

from sim.errors import BadInput

FIRST_YEAR = 2006
"""Every run starts in the first quarter of this year."""

ALWAYS = date(1990, 1, 1)
"""The date of a value that replaces a whole series."""

ALLOWED = "the first day of a quarter, such as 2019-01-01 or 2019Q1, between 1990 and 2100"

_QUARTER = re.compile(r"([0-9]{4}) ?Q([1-4])", re.IGNORECASE | re.ASCII)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def tick_of(day: date) -> int:
    """Return the quarter of ``day`` counted from 2006Q1 (negative before it)."""
    return (day.year - FIRST_YEAR) * 4 + (day.month - 1) // 3


def start_of(tick: int) -> date:
    """Return the first day of quarter ``tick``."""
    return date(FIRST_YEAR + tick // 4, 3 * (tick % 4) + 1, 1)


def is_quarter_start(day: date) -> bool:
    """Return whether ``day`` is the first day of a quarter between 1990 and 2100."""
    return day.day == 1 and day.month % 3 == 1 and 1990 <= day.year <= 2100


def parse_date(text: str, where: str, allowed: str = ALLOWED) -> date:
    """Return the quarter start written as ``2019-01-01`` or ``2019Q1``.

    Args:
        text: what was written.
        where: what to name in the message: a file and key, or an option.
        allowed: what the message says can be written there.

    Raises:
        BadInput: it is no date, or not the first day of a quarter.
    """
    day: date | None = None
    written = text.strip()
    if found := _QUARTER.fullmatch(written):
        year, quarter = int(found[1]), int(found[2])
        if 1990 <= year <= 2100:
            day = date(year, 3 * quarter - 2, 1)
    elif found := _DAY.fullmatch(written):
        try:
            day = date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            day = None
    if day is None:
        raise BadInput(where, f"{text!r} is not a date", allowed=allowed)
    if not is_quarter_start(day):
        raise BadInput(where, f"{text!r} is not the start of a quarter", allowed=allowed)
    return day
