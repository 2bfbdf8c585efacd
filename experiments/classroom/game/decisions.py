"""What visitors of a class may send, and whether the game allows it."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from experiments.classroom.game.said import Refused
from experiments.classroom.game.table import Game, Lever, positions
from sim.errors import nearest

LONGEST_NAME = 40
"""Characters of the name of a group."""

MARKUP = "<>"
"""No name of a group needs these, and without them nothing in a name can be taken for markup."""


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Join(_Body):
    """Who comes in: the group's name, and the role that it plays."""

    name: str = Field(max_length=1000)
    role: str = Field(max_length=100)


class Decide(_Body):
    """A group's decision in the round that is open: levers by name, those not named left alone."""

    rules: str = Field(max_length=100)
    line: int = Field(ge=0, le=10_000)
    round: int = Field(ge=0, le=100)
    levers: dict[str, float] = Field(max_length=20)


class DecideFor(Decide):
    """The same, typed in by the teacher for a group."""

    role: str = Field(max_length=100)


class Make(_Body):
    """A new class: where it plays, under which regime, on how many runs.

    Runs are those after which the page shows a picture (``LADDER`` of ``study.ts``).
    """

    region: str = Field(max_length=200)
    regime: str = Field(max_length=200)
    runs: Literal[8, 24, 64, 200]


class Step(_Body):
    """What the teacher does with a class; ``number`` is a round or a line, where it needs one."""

    do: str = Field(max_length=20)
    number: int = Field(default=0, ge=0, le=10_000)


B = TypeVar("B", bound=_Body)


def read(body: bytes, kind: type[B]) -> B:
    """Read what was sent.

    Raises:
        Refused: it is no JSON object, or a key is unknown, missing or of another kind.
    """
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        first: Any = error.errors(include_url=False, include_input=False)[0]
        if first["type"] in ("json_invalid", "model_type", "model_attributes_type"):
            raise Refused("no-json") from None
        key = ".".join(str(part) for part in first["loc"])
        raise Refused("bad-key", key=key, problem=first["msg"]) from None


def name_of(given: str) -> str:
    """Return the name of a group, spaces at its ends and double ones taken out.

    Raises:
        Refused: it is empty or too long, or holds control characters or markup.
    """
    for sign in given:
        if sign in MARKUP or (unicodedata.category(sign)[0] == "C" and sign not in "\t\n"):
            shown = sign if sign in MARKUP else f"U+{ord(sign):04X}"
            raise Refused("name-signs", sign=shown)
    name = unicodedata.normalize("NFC", " ".join(given.split()))
    if not any(c.isalnum() for c in name):
        raise Refused("name-empty")
    if len(name) > LONGEST_NAME:
        raise Refused("name-long", most=LONGEST_NAME)
    return name


def check_role(game: Game, name: str) -> str:
    """Return the name of a role, or raise ``Refused`` with the nearest one."""
    if game.role(name) is None:
        known = [role.name for role in game.roles]
        raise Refused("role", name=name, nearest=nearest(name, known) or "", known=", ".join(known))
    return name


def check(game: Game, role: str, levers: Mapping[str, float]) -> dict[str, float]:
    """Return what a role decided, in the order of its levers, each put on its position.

    Raises:
        Refused: a lever is unknown or another role's, or a value is none of its positions.
    """
    own = game.role(check_role(game, role))
    assert own is not None
    for name in levers:
        if name not in game.levers:
            near = nearest(name, own.levers) or nearest(name, game.levers) or ""
            raise Refused("lever", name=name, nearest=near)
        owner = game.owner(name)
        if owner is not None and owner.name != role:
            raise Refused("other-role", name=name, owner=owner.name, role=role)
    return {
        name: _position(game.levers[name], float(levers[name]))
        for name in own.levers
        if name in levers
    }


def _position(lever: Lever, value: float) -> float:
    """Return the position that a value stands for: off by less than a millionth of a step."""
    stands = positions(lever)
    close = min(stands, key=lambda one: abs(one - value)) if math.isfinite(value) else math.nan
    step = lever.step if lever.kind == "range" else 1.0
    if not abs(close - value) <= 1e-6 * step:
        if lever.kind == "range":
            raise Refused("range", name=lever.name, value=f"{value:g}", low=f"{stands[0]:g}",
                          high=f"{stands[-1]:g}", step=f"{lever.step:g}")  # fmt: skip
        known = ", ".join(f"{one:g}" for one in stands)
        raise Refused("choice", name=lever.name, value=f"{value:g}", known=known)
    return close
