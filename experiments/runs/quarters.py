"""Quarters of a run, as they are asked for and as they are written."""

from __future__ import annotations

from experiments.runs.arguments import Argument, BadArgument, about
from sim.reading.dates import parse_date, tick_of

FIRST = "2006Q1"
"""Where a run starts that says nothing else."""
RECORDED = "2011Q1"
"""First quarter that is recorded where nothing else is said, of a run that has started by then."""
LAST_YEAR = 2050
QUARTERS = f"a quarter such as 2019Q1 or its first day, 2006Q1 .. {LAST_YEAR}Q4"
STARTS = f"the first quarter of a year, 2006Q1 .. {LAST_YEAR}Q1"


def quarter_name(tick: int) -> str:
    """Return a quarter as written: tick 0 is ``2006Q1``."""
    return f"{2006 + tick // 4}Q{tick % 4 + 1}"


def quarter_of(name: str, given: object) -> int:
    """Return the tick of the quarter that an argument gives.

    Raises:
        BadArgument: it is none, or lies before 2006 or after the last year.
    """
    text = str(given)
    with about(Argument(name, text)):
        tick = tick_of(parse_date(text, name, QUARTERS))
    if not 0 <= tick <= (LAST_YEAR - 2006) * 4 + 3:
        raise BadArgument(Argument(name, text, said=text), "is out of range", allowed=QUARTERS)
    return tick


def begin_of_year(given: object) -> int:
    """Return the tick of the quarter in which a run is to start.

    Raises:
        BadArgument: it is none, out of range, or not the first of a year.
    """
    tick = quarter_of("begin", given)
    if tick % 4:
        raise BadArgument(
            Argument("begin", str(given), said=str(given)), "is no first quarter: contracts, names "
            "and lists go by the year", allowed=STARTS,
        )  # fmt: skip
    return tick
