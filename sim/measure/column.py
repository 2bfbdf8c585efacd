"""What an outcome is called and means: declared once, beside the kernel that fills it.

Each theme (a file of this folder) has a class of columns. A member is an outcome: it says name,
unit, meaning and labels, and to the compiler it is its place in the theme's part of a row::

    class Fit(Column):
        MISFIT = stock("share", "patients outside ...", "Misfit", "Mismatch")

    out[Fit.MISFIT] = 1.0 - fitted / insured
"""

from __future__ import annotations

from typing import NamedTuple

from agents.compiled.codes import Code


class Said(NamedTuple):
    """What is said of an outcome, see ``Outcome``."""

    unit: str
    yearly: str
    empty: float | None
    text: str
    english: str
    dutch: str


class Outcome(NamedTuple):
    """One outcome. ``yearly`` is ``last`` (a stock, at Q4), ``sum`` (a flow) or ``mean``.

    ``empty`` is its value without organisations, contracts and payments, or None where that
    depends on the practices. ``english`` and ``dutch`` are what figures and reports call it.
    """

    name: str
    unit: str
    yearly: str
    empty: float | None
    text: str
    english: str
    dutch: str


class Column(Code):
    """Base of the outcomes of a theme, in the order of their places."""

    said: Said

    def __new__(cls, *said: object) -> Column:
        """Make a member from what ``stock``, ``flow`` or ``average`` returned."""
        place = len(cls.__members__)
        column = int.__new__(cls, place)
        column._value_ = place
        column.said = Said(*said)  # type: ignore[arg-type]  # an enum hands over a tuple
        return column

    @property
    def outcome(self) -> Outcome:
        """The outcome with its name as files and commands write it."""
        return Outcome(self.name.lower(), *self.said)


def stock(unit: str, text: str, english: str, dutch: str, empty: float | None = None) -> Said:
    """Declare an outcome of which a year has the value of its fourth quarter."""
    return Said(unit, "last", empty, text, english, dutch)


def flow(unit: str, text: str, english: str, dutch: str, empty: float | None = None) -> Said:
    """Declare an outcome of which a year has the sum of its quarters."""
    return Said(unit, "sum", empty, text, english, dutch)


def average(unit: str, text: str, english: str, dutch: str, empty: float | None = None) -> Said:
    """Declare an outcome of which a year has the mean of its quarters."""
    return Said(unit, "mean", empty, text, english, dutch)


def made(name: str, members: dict[str, Said]) -> type[Column]:
    """Return a class of columns with these members: for a theme with one outcome per code."""
    columns: type[Column] = Column(name, members)  # type: ignore[assignment]
    return columns
