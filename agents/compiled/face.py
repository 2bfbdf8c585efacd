"""The Mesa face of a record: an agent whose attributes are the cells of its row."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import TYPE_CHECKING, Any, ClassVar

from agents.compiled.record import Record

if TYPE_CHECKING:
    from mesa import Agent
else:

    class Agent:
        """In the place of Mesa's agent until an engine with agents is asked for."""


class Face(Record, Agent):
    """A Mesa agent that is also a record.

    It is one from ``join_mesa`` on, which the Mesa model calls: compiled runs have no agents, and
    to import Mesa takes as long as all else that they import.

    Under the engines ``compiled`` and ``mesa`` its cells live in a table; under ``python`` they
    are the agent's own. ``row`` is its row number, the same in every engine. It appears in
    ``model.agents`` while it is alive.
    """

    kind: ClassVar[str] = ""
    row: int

    def __init__(self, model: Any, cells: MutableMapping[str, Any], row: int) -> None:
        object.__setattr__(self, "_cells", cells)
        object.__setattr__(self, "row", row)
        Agent.__init__(self, model)
        # Mesa up to 3.3 keeps a class-level counter per model, and with it the model, for ever.
        ids = getattr(Agent, "_ids", None)
        if isinstance(ids, dict) and len(ids) > 64:
            for key in [k for k in ids if k is not model]:
                ids.pop(key, None)

    def act(self, step: str) -> Any:
        """Perform the kernel's own per-agent step named ``step`` on this agent, now."""
        return self.model.act(self, step)

    def plain_rule(self, name: str) -> Callable[..., Any]:
        """Return the unmodified rule ``name`` of this kind, for use inside an override."""
        rule: Callable[..., Any] = self.model.plain_rule(type(self), name)
        return rule


def join_mesa() -> None:
    """Make every face a Mesa agent, also those of classes that exist already."""
    global Agent
    import mesa

    if Agent is not mesa.Agent:
        Agent = mesa.Agent
        Face.__bases__ = (Record, mesa.Agent)
