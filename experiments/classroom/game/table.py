"""The table of the game: rounds, roles and the levers of each, read from ``game.toml``."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from experiments.classroom.game.said import exported
from sim.errors import BadInput, nearest
from sim.reading.dates import parse_date, tick_of

SHIPPED = Path(__file__).with_name("game.toml")

MARKS = 1 << 10
"""How many marks a table of a game can have: two characters of a short code."""

MOST_CHOICES = 1 << 30
"""Ways in which a role can decide in a round: what six characters of a short code can hold."""

DIGITS = 9
"""Behind the point: a position is the number nearest to a decimal of so many."""

MOST_ROLES, MOST_ROUNDS = 8, 4
"""What one character of a short code can tell apart."""


class Lever(Protocol):
    """What the game needs to know of a lever: a row of ``levers.toml``, read."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def kind(self) -> str:
        """``range``, ``choice`` or ``switch``."""

    @property
    def low(self) -> float:
        """Least value."""

    @property
    def high(self) -> float:
        """Largest value."""

    @property
    def step(self) -> float:
        """Between one position and the next."""

    @property
    def values(self) -> Sequence[float]:
        """Values of the choices, where the kind is ``choice``."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Said(_Strict):
    """A sentence in both languages."""

    en: str = Field(min_length=1)
    nl: str = Field(min_length=1)


class Round(_Strict):
    """A round: decisions made in it hold from its first quarter on."""

    first: str
    label: Said
    text: Said

    @property
    def since(self) -> int:
        """Its first quarter as a tick."""
        return tick_of(parse_date(self.first, "rounds.first"))


class Role(_Strict):
    """A party that a group can play, with the levers that it may turn in each round."""

    name: str = Field(pattern=r"^[a-z][a-z-]{0,19}$")
    levers: tuple[str, ...] = Field(min_length=2, max_length=3, strict=False)
    label: Said
    text: Said


class _File(_Strict):
    format: int = Field(ge=1, le=31)
    last: str
    rounds: tuple[Round, ...] = Field(min_length=1, max_length=MOST_ROUNDS, strict=False)
    roles: tuple[Role, ...] = Field(min_length=1, max_length=MOST_ROLES, strict=False)


@dataclass(frozen=True)
class Game:
    """Rounds and roles with the levers they turn.

    Attributes:
        format: of short codes.
        last: last quarter of the game, as a tick.
        rounds: in order of time.
        roles: in the order of short codes.
        levers: those that a role turns, by name.
    """

    format: int
    last: int
    rounds: tuple[Round, ...]
    roles: tuple[Role, ...]
    levers: Mapping[str, Lever]

    def role(self, name: str) -> Role | None:
        """Return the role of this name, or None."""
        return next((role for role in self.roles if role.name == name), None)

    def owner(self, lever: str) -> Role | None:
        """Return the role that turns a lever, or None."""
        return next((role for role in self.roles if lever in role.levers), None)

    def until(self, number: int) -> int:
        """Return the last quarter that round ``number`` (from 0) decides alone."""
        following = number + 1
        return self.rounds[following].since - 1 if following < len(self.rounds) else self.last

    @cached_property
    def mark(self) -> int:
        """A number below ``MARKS`` of all that a short code's digits hang on."""
        told = {
            "rounds": [one.first for one in self.rounds],
            "roles": [
                [role.name, [[name, positions(self.levers[name])] for name in role.levers]]
                for role in self.roles
            ],
        }
        digest = hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).digest()
        return int.from_bytes(digest[:4], "big") % MARKS

    def exported(self) -> dict[str, Any]:
        """Return the game as the page reads it (``class/types.ts``)."""
        return {
            "format": self.format,
            "mark": self.mark,
            "last": self.last,
            "said": exported(),
            "rounds": [
                {"first": one.first, "since": one.since, "label": one.label.model_dump(),
                 "text": one.text.model_dump()}
                for one in self.rounds
            ],
            "roles": [role.model_dump(mode="json") for role in self.roles],
        }  # fmt: skip


def positions(lever: Lever) -> list[float]:
    """Return the values at which a lever can stand, the least first; choices as they are listed.

    The same numbers as those of the sliders, and as ``positions`` of ``class/table.ts``.
    """
    if lever.kind == "choice":
        return [float(value) for value in lever.values]
    if lever.kind == "switch":
        return [0.0, 1.0]
    count = round((lever.high - lever.low) / lever.step)
    return [round(lever.low + k * lever.step, DIGITS) for k in range(count + 1)]


def read_game(levers: Sequence[Lever], path: Path = SHIPPED) -> Game:
    """Read and check the table of a game.

    Raises:
        BadInput: it is no TOML, a key is wrong, rounds are not in order of time, or a lever is
            unknown, turned by two roles, or has more positions than a short code can hold.
    """
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        given = _File.model_validate(read)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(path.name, f"is no TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"{path.name}, {where}", first["msg"]) from None
    last = tick_of(parse_date(given.last, f"{path.name}, last"))
    _check_rounds(path.name, given.rounds, last)
    known = {lever.name: lever for lever in levers}
    _check_roles(path.name, given.roles, known)
    turned = {name: known[name] for role in given.roles for name in role.levers}
    return Game(given.format, last, given.rounds, given.roles, turned)


def _check_rounds(name: str, rounds: Sequence[Round], last: int) -> None:
    ticks = [tick_of(parse_date(one.first, f"{name}, rounds.first")) for one in rounds]
    for before, after in zip(ticks, [*ticks[1:], last + 1], strict=True):
        if after <= before:
            raise BadInput(f"{name}, rounds.first", "rounds are not in order of time")
    if ticks[0] < 1:
        raise BadInput(f"{name}, rounds.first", "a round begins after 2006Q1, when runs begin")


def _check_roles(name: str, roles: Sequence[Role], known: Mapping[str, Lever]) -> None:
    turned: dict[str, str] = {}
    for role in roles:
        where = f"{name}, roles, {role.name}"
        for lever in role.levers:
            if lever not in known:
                near = nearest(lever, known)
                raise BadInput(where, f"lever {lever!r} is unknown", nearest=near,
                               allowed=", ".join(known))  # fmt: skip
            if lever in turned:
                raise BadInput(where, f"lever {lever!r} is already turned by {turned[lever]}")
            turned[lever] = role.name
        if prod(len(positions(known[lever])) + 1 for lever in role.levers) > MOST_CHOICES:
            raise BadInput(where, "more positions than a short code can hold")
    if len({role.name for role in roles}) < len(roles):
        raise BadInput(f"{name}, roles", "two roles of one name")
