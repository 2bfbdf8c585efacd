"""How a class stands: its lines of play, what is decided in them, and what that makes of policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from experiments.classroom.game.said import Refused
from experiments.classroom.game.table import Game

OPEN, CLOSED, REVEALED = "open", "closed", "revealed"

MOST_LINES = 50
"""Branches of one class."""


class Change(NamedTuple):
    """Levers that stand at other values from a quarter on, until a later change of the same."""

    since: int
    levers: dict[str, float]


Decisions = dict[int, dict[str, dict[str, float]]]
"""What was decided: by round, then role, then lever. A role that decided nothing has no entry."""


@dataclass
class Line:
    """A line of play: decisions, and where it branched off."""

    decisions: Decisions = field(default_factory=dict)
    parent: int | None = None
    branched: int = 0


@dataclass
class Standing:
    """Where a class is: the line it plays, the round, and whether that is open.

    Every method changes it or raises ``Refused``; nothing is changed then.
    """

    game: Game
    lines: list[Line] = field(default_factory=lambda: [Line()])
    line: int = 0
    round: int = 0
    phase: str = OPEN

    @property
    def now(self) -> Line:
        """The line that is played."""
        return self.lines[self.line]

    def decide(self, role: str, line: int, number: int, levers: Mapping[str, float]) -> None:
        """Take a decision that ``decisions.check`` let pass; a later one takes its place."""
        if line != self.line:
            raise Refused("line")
        if number != self.round:
            raise Refused("round", given=number + 1, open=self.round + 1)
        if self.phase != OPEN:
            raise Refused("closed")
        self.now.decisions.setdefault(number, {})[role] = dict(levers)

    def step(self, do: str, number: int = 0) -> None:
        """Do what the teacher asks: close, reveal, open, rewind, branch or line."""
        steps = {
            "close": self._close, "reveal": self._reveal, "open": self._open,
            "rewind": self._rewind, "branch": self._branch, "line": self._turn,
        }  # fmt: skip
        if do not in steps:
            known = ", ".join(steps)
            raise _not_now(f"{do!r} is none of {known}", f"{do!r} is geen van {known}")
        steps[do](number)

    def _close(self, _: int) -> None:
        if self.phase != OPEN:
            raise _not_now("the round is closed already", "de ronde is al gesloten")
        self.phase = CLOSED

    def _reveal(self, _: int) -> None:
        if self.phase == REVEALED:
            raise _not_now("the round is revealed already", "de ronde is al onthuld")
        self.phase = REVEALED

    def _open(self, _: int) -> None:
        if self.phase == OPEN:
            raise _not_now("the round is open already", "de ronde is al open")
        if self.phase == REVEALED:
            if self.round + 1 >= len(self.game.rounds):
                raise _not_now("this was the last round", "dit was de laatste ronde")
            self.round += 1
        self.phase = OPEN

    def _rewind(self, number: int) -> None:
        self._check_past(number)
        kept = {k: made for k, made in self.now.decisions.items() if k < number}
        self.now.decisions = kept
        self.round, self.phase = number, OPEN

    def _branch(self, number: int) -> None:
        self._check_past(number)
        if len(self.lines) >= MOST_LINES:
            raise _not_now(f"a class has at most {MOST_LINES} lines",
                           f"een klas heeft hoogstens {MOST_LINES} lijnen")  # fmt: skip
        kept = {
            k: {role: dict(levers) for role, levers in made.items()}
            for k, made in self.now.decisions.items()
            if k < number
        }
        self.lines.append(Line(kept, self.line, number))
        self.line, self.round, self.phase = len(self.lines) - 1, number, OPEN

    def _turn(self, number: int) -> None:
        if number >= len(self.lines):
            raise _not_now(
                f"there are {len(self.lines)} lines", f"er zijn {len(self.lines)} lijnen"
            )
        self.line = number
        # Where a line is returned to, all that was decided in it is shown.
        self.round = max((k for k, made in self.now.decisions.items() if made), default=0)
        self.round = max(self.round, self.now.branched)
        self.phase = REVEALED

    def _check_past(self, number: int) -> None:
        if number > self.round:
            raise _not_now(f"round {number + 1} has not been played",
                           f"ronde {number + 1} is nog niet gespeeld")  # fmt: skip


def _not_now(why: str, why_nl: str) -> Refused:
    return Refused("step", why=why, why_nl=why_nl)


def changes(
    game: Game, decisions: Decisions, without: Sequence[str] = (), until: int | None = None
) -> list[Change]:
    """Return what decisions make of policy: a change per round in which a lever moves.

    ``without`` names roles whose decisions are left out, ``until`` the last round that counts
    (from 0, all by default). A lever put where an earlier decision put it is no change.
    """
    stands: dict[str, float] = {}
    out = []
    for number, one in enumerate(game.rounds):
        if until is not None and number > until:
            break
        made = decisions.get(number, {})
        moved = {
            name: value
            for role in game.roles
            if role.name not in without
            for name, value in made.get(role.name, {}).items()
            if value != stands.get(name)
        }
        stands |= moved
        if moved:
            out.append(Change(one.since, moved))
    return out
