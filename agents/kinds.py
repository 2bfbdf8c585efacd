"""The kinds of agent: one list, from which tables, accounts, Mesa faces and files derive.

A new kind costs its file in ``agents/`` (the record with its rules), a member of ``Kind``, one
line here, a table in ``Tables`` that is filled at the start (``sim.start``), and its line in
``sim.engines.compiled.restart``, which no loop can write for the compiler.
``tests/test_kinds.py`` holds these together.
"""

from __future__ import annotations

from typing import NamedTuple

from agents.compiled.face import Face
from agents.hub import Hub
from agents.insurer import Insurer
from agents.municipality import Municipality
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.partner import Partner
from agents.practice import Practice
from agents.ros import Ros
from agents.unit import Unit
from agents.words import Kind


class AgentKind(NamedTuple):
    """One kind of agent.

    ``table`` is the name of its table (and of its file in a run's folder), ``record`` the class
    of its rows and of its Mesa agents, ``steps`` are the kernel's steps that one agent can
    perform by itself, and ``unrecorded`` is why its rows are in no file, empty where they are.
    """

    table: str
    record: type[Face]
    steps: tuple[str, ...]
    unrecorded: str = ""

    @property
    def word(self) -> str:
        """What a party of this kind is called in files: ``practice`` in ``practice:12``."""
        return self.record.kind

    @property
    def code(self) -> int:
        """Its code in ``Kind``, which is also the place of its accounts in ``offsets``."""
        return Kind.of(self.word)

    @property
    def home(self) -> str:
        """The module that holds its rules."""
        return self.record.__module__


KINDS: tuple[AgentKind, ...] = (
    AgentKind("insurers", Insurer, ("insurer_publishes",)),
    AgentKind("municipalities", Municipality, ("municipality_reviews",)),
    AgentKind("ros", Ros, ("ros_assigns",), unrecorded="hubs and events show whom a ROS guides"),
    AgentKind("practices", Practice, ("practice_chooses",)),
    AgentKind("units", Unit, ("unit_buys",), unrecorded="rows of practices and books show a unit"),
    AgentKind("hubs", Hub, ("hub_develops",)),
    AgentKind("organisations", RegioOrganisatie, ("organisation_reviews",)),
    AgentKind("partners", Partner, ("partner_reviews",)),
)
"""In the order of their accounts, which is that of ``Kind`` after the world outside."""

KIND_OF: dict[str, AgentKind] = {kind.table: kind for kind in KINDS}
"""The same by name of table."""

RECORDED: tuple[str, ...] = tuple(kind.table for kind in KINDS if not kind.unrecorded)
"""Tables of which the living rows are kept in a run's folder."""
