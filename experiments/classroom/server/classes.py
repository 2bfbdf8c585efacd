"""All classes of one address, in memory and in the store: what has been written down holds."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from experiments.classroom.game.decisions import (
    Decide,
    DecideFor,
    Join,
    Make,
    Step,
    check,
    check_role,
    name_of,
)
from experiments.classroom.game.said import Refused
from experiments.classroom.game.standing import REVEALED, Standing
from experiments.classroom.server.limits import MOST_CLASSES, MOST_ENTRIES, MOST_MEMBERS
from experiments.classroom.server.offered import Offered
from experiments.classroom.server.store import Entry, Store
from sim.errors import BadInput

LETTERS = "BCDFGHJKMNPQRSTVWXZ"
"""Of which the codes of classes are made: no vowels, so no words, and nothing like a digit."""


@dataclass
class Classroom:
    """One class.

    Attributes:
        made: region, regime, runs.
        standing: the state of the game.
        groups: names of groups by role; who joins a role first names its group.
        members: role of each device, by its token.
        entries: lines in the log so far; also the number of this state.
    """

    code: str
    made: dict[str, Any]
    standing: Standing
    groups: dict[str, str] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    entries: int = 0

    def seen_by(self, role: str | None, teacher: bool) -> dict[str, Any]:
        """Return the class as one who looks may see it.

        What others decide in a round is hidden until it is revealed.
        """
        standing = self.standing
        sent = standing.now.decisions.get(standing.round, {})
        shown = []
        for place, line in enumerate(standing.lines):
            hide = place == standing.line and standing.phase != REVEALED and not teacher
            shown.append(
                {
                    "parent": line.parent,
                    "branched": line.branched,
                    "decisions": [
                        {"round": number, "role": party, "levers": levers}
                        for number, made in sorted(line.decisions.items())
                        for party, levers in made.items()
                        if not (hide and number == standing.round and party != role)
                    ],
                }
            )
        return {
            "format": 1,
            "code": self.code,
            "version": self.entries,
            **self.made,
            "groups": [
                {"role": party, "name": name, "members": self._count(party)}
                for party, name in self.groups.items()
            ],
            "lines": shown,
            "line": standing.line,
            "round": standing.round,
            "phase": standing.phase,
            "decided": sorted(sent),
            "you": {"role": role, "teacher": teacher},
        }

    def _count(self, role: str) -> int:
        return sum(one == role for one in self.members.values())


class Classes:
    """Every class, by its code; ``teacher`` is the token of the teacher's link."""

    def __init__(self, store: Store, offered: Offered) -> None:
        self.store, self.offered = store, offered
        self.by_code: dict[str, Classroom] = {}
        held = store.about("teacher")
        self.teacher = held or secrets.token_urlsafe(18)
        if held is None:
            store.say("teacher", self.teacher)
        self._read()

    def _read(self) -> None:
        """Take over all that the store holds."""
        mark = str(self.offered.game.mark)
        where = f"--data {self.store.path}"
        if (self.store.about("game") or mark) != mark:
            raise BadInput(where, "holds classes of a game with other roles or levers")
        self.store.say("game", mark)
        self.by_code.clear()
        for entry in self.store.entries():
            self._apply(entry)
        for room in self.by_code.values():
            if room.made["region"] not in self.offered.regions:
                problem = f"class {room.code} plays in a region that this lesson leaves out"
                raise BadInput(where, problem, allowed=f"--region {room.made['region']}")

    def find(self, code: str) -> Classroom:
        """Return the class with this code, or raise ``Refused``."""
        found = self.by_code.get(code.strip().upper())
        if found is None:
            raise Refused("no-class", code=code[:20])
        return found

    def is_teacher(self, token: str) -> bool:
        """Return whether a token is the teacher's, in the same time whatever it is."""
        return secrets.compare_digest(token.encode(), self.teacher.encode())

    def make(self, given: Make) -> Classroom:
        """Begin a class."""
        if len(self.by_code) >= MOST_CLASSES:
            raise Refused("classes", most=MOST_CLASSES)
        for name, known in (
            (given.region, self.offered.regions),
            (given.regime, self.offered.regimes),
        ):
            if name not in known:
                raise Refused("region", name=name, known=", ".join(known))
        code = self._new_code()
        return self._write(Entry(code, "made", given.model_dump()))

    def _new_code(self) -> str:
        while True:
            code = "".join(secrets.choice(LETTERS) for _ in range(4))
            if code not in self.by_code:
                return code

    def join(self, room: Classroom, given: Join) -> str:
        """Let a device in and return its token; a role that has a name keeps it."""
        role = check_role(self.offered.game, given.role)
        name = name_of(given.name) if given.name or role not in room.groups else ""
        if len(room.members) >= MOST_MEMBERS:
            raise Refused("full")
        token = secrets.token_urlsafe(12)
        body = {"role": role, "name": room.groups.get(role, name), "token": token}
        self._write(Entry(room.code, "joined", body))
        return token

    def decide(self, room: Classroom, role: str, given: Decide) -> None:
        """Take the decision of a role."""
        if given.rules != self.offered.rules:
            raise Refused("rules")
        levers = check(self.offered.game, role, given.levers)
        body = {"role": role, "line": given.line, "round": given.round, "levers": levers}
        self._write(Entry(room.code, "decided", body))

    def decide_for(self, room: Classroom, given: DecideFor) -> None:
        """Take what the teacher typed in for a role."""
        self.decide(room, given.role, given)

    def step(self, room: Classroom, given: Step) -> None:
        """Do what the teacher asks."""
        self._write(Entry(room.code, "step", given.model_dump()))

    def _write(self, entry: Entry) -> Classroom:
        """Apply an entry and write it down: applied first, since that may refuse it."""
        held = self.by_code.get(entry.code)
        if held is not None and held.entries >= MOST_ENTRIES:
            raise Refused("long")
        room = self._apply(entry)
        try:
            self.store.add(entry)
        except sqlite3.Error:
            self._read()  # memory went ahead of the file: back to what holds
            raise Refused("disk") from None
        return room

    def _apply(self, entry: Entry) -> Classroom:
        body: Mapping[str, Any] = entry.body
        if entry.kind == "made":
            room = Classroom(entry.code, dict(body), Standing(self.offered.game))
            self.by_code[entry.code] = room
        else:
            room = self.by_code[entry.code]
        if entry.kind == "joined":
            room.groups.setdefault(body["role"], body["name"])
            room.members[body["token"]] = body["role"]
        elif entry.kind == "decided":
            levers = body["levers"]
            room.standing.decide(body["role"], body["line"], body["round"], levers)
        elif entry.kind == "step":
            room.standing.step(body["do"], body["number"])
        room.entries += 1
        return room
