"""Every behavioural parameter: default, unit, allowed range, source and meaning.

The source of a number is a fact or claim of the bibliography (F..., C..., S..., B for public
figures) or the word ``assumed``. A field ``choice_money`` is the parameter ``choice.money`` on
the command line. Switches (bool) turn a mechanism off, or freeze the decision of one kind.
"""

from __future__ import annotations

from typing import NamedTuple, get_args, get_type_hints

from agents.parameters.bodies import BodyParameters
from agents.parameters.contracts import ContractParameters
from agents.parameters.given import Given
from agents.parameters.markets import MarketParameters
from agents.parameters.organisations import OrganisationParameters
from agents.parameters.places import PlaceParameters
from agents.parameters.plausible import plausible_range
from agents.parameters.practices import PracticeParameters
from agents.parameters.switches import SwitchParameters


class Parameters(
    PracticeParameters,
    OrganisationParameters,
    ContractParameters,
    PlaceParameters,
    MarketParameters,
    BodyParameters,
    SwitchParameters,
):
    """One row of parameters, shared by a whole run. Weights of a logit are per unit named."""


class Declared(NamedTuple):
    """One parameter as listed: dotted name, default, ranges, unit, source and meaning.

    ``low`` and ``high`` are what is allowed, ``least`` and ``most`` what is plausible.
    """

    name: str
    field: str
    value: float | int | bool
    low: float
    high: float
    unit: str
    source: str
    text: str
    kind: str
    least: float
    most: float


def _declare() -> dict[str, Declared]:
    hints = get_type_hints(Parameters, include_extras=True)
    out = {}
    for column in Parameters.fields:
        given = next(n for n in get_args(hints[column.name]) if isinstance(n, Given))
        dotted = column.name.replace("_", ".", 1)
        value: float | int | bool = given.value
        if column.kind == "?":
            value = bool(given.value)
        elif column.kind == "i8":
            value = int(given.value)
        out[dotted] = Declared(
            dotted, column.name, value, given.low, given.high, column.unit,
            given.source, column.limits, column.kind,
            *plausible_range(
                dotted, given.value, (given.low, given.high), given.source, column.kind
            ),
        )  # fmt: skip
    return out


DECLARED: dict[str, Declared] = _declare()
"""Every parameter by its dotted name."""

DROPPED = {
    "supply.slack": "slack has no ceiling of its own: supply.drift and supply.effort decide on it"
}
"""Parameters that older settings may name, and why they are gone."""
