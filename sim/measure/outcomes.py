"""Every outcome of a run, in the order of the columns of its series.

A new theme is a file with its columns and kernels, a line in ``THEMES`` and a call in
``measure_part``; a new outcome of a theme is a member of its class and a line in its kernel.
"""

from __future__ import annotations

from collections.abc import Iterable

from sim.measure.column import Column, Outcome
from sim.measure.cost import Cost, CostByKind
from sim.measure.criteria import Criteria
from sim.measure.demand import Demand
from sim.measure.fees import Fees
from sim.measure.fit import Fit
from sim.measure.hubs import Hubs
from sim.measure.need import Need, ScaleByFunction
from sim.measure.practices import Lists
from sim.measure.regional import Regional
from sim.measure.room import Room
from sim.measure.scale import Scale
from sim.measure.support import CoverageByFunction, Support
from sim.measure.trust import Trust

THEMES: tuple[type[Column], ...] = (
    Scale,
    Fit,
    Cost,
    CostByKind,
    Support,
    CoverageByFunction,
    Trust,
    Hubs,
    Lists,
    Criteria,
    Regional,
    Need,
    ScaleByFunction,
    Demand,
    Room,
    Fees,
)
"""The classes of columns, one after the other in a row."""

OUTCOMES: tuple[Outcome, ...] = tuple(column.outcome for theme in THEMES for column in theme)

NAMES: tuple[str, ...] = tuple(outcome.name for outcome in OUTCOMES)


def first_of(theme: type[Column]) -> int:
    """Return the place in a row of the first outcome of a theme."""
    return sum(len(earlier) for earlier in THEMES[: THEMES.index(theme)])


EVERY_THEME = (1 << len(THEMES)) - 1
"""All themes, as ``asked_for`` has them."""


def bit_of(theme: type[Column]) -> int:
    """Return the bit that stands for a theme where some of them are asked for."""
    return 1 << THEMES.index(theme)


def asked_for(names: Iterable[str]) -> int:
    """Return the themes of outcomes with these names, a bit each."""
    wanted = set(names)
    themes = [t for t in THEMES if any(column.outcome.name in wanted for column in t)]
    return sum(bit_of(theme) for theme in themes)
