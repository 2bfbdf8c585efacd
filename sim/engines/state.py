"""What a run holds between two quarters, kept so that several runs can go on from it."""

from __future__ import annotations

from agents.books import Counter
from agents.compiled.columns import parts_of
from sim.engines.compiled import CHANGED, fresh, populate
from sim.engines.shared import Flags
from sim.tables import Tables

IN_USE = tuple(field.name for field in Counter.fields if field.name in Tables._fields)
"""Tables of which the counter says how many rows are in use; those behind are as at the start."""


class Room:
    """Tables to run in, one run after the other.

    ``kin`` names the starts, alike in all but titles and policy, of which the rows are that lie
    behind those in use; None where that is not sure.
    """

    def __init__(self, start: Tables) -> None:
        self.tables = fresh(start)
        self.kin: int | None = None

    def touched(self, name: str, kin: int) -> int:
        """Return how many rows of a table may not be as at the start of ``kin``."""
        if self.kin == kin and name in IN_USE:
            return int(self.tables.counter[name][0])
        return len(getattr(self.tables, name))


class State:
    """What a run holds before quarter ``until``: rows in use, column by column or as bytes."""

    def __init__(self, tables: Tables, start: Tables, until: int) -> None:
        self.start = start
        self.until = until
        self.tariffs = tables.tariffs.copy()
        self.kept = {}
        for name in sorted(CHANGED - {"tariffs"}):
            table = getattr(tables, name)
            used = int(tables.counter[name][0]) if name in IN_USE else len(table)
            self.kept[name] = [part[:used].copy("K") for part in parts_of(table)]

    def put(
        self,
        room: Room,
        tables: Tables,
        start: Tables,
        kin: int,
        known: Flags,
        pair: tuple[int, int],
    ) -> None:
        """Write it into the room of a run from ``start`` that was the same run until now.

        Titles that nobody has read yet have tariffs as ``start`` begins with them.

        Args:
            room: of the shape of ``start``.
            tables: those of the room, with all that runs only read as ``start`` has it.
            start: starting tables of the run that goes on.
            kin: of ``start``, as in ``Said``.
            known: which titles a run may have read, as in ``Said``.
            pair: seeds of behaviour and population.
        """
        read = known[self.until - 1]
        own = None
        if not read.all() and not self._alike(start, read):
            populate(tables, start, pair)
            room.kin = kin
            own = tables.tariffs.copy()
        touched = {name: room.touched(name, kin) for name in self.kept}
        for name, kept in self.kept.items():
            behind = slice(len(kept[0]), touched[name])
            rooms, begun = (parts_of(getattr(one, name)) for one in (tables, start))
            for part, cells, source in zip(rooms, kept, begun, strict=True):
                part[: len(cells)] = cells
                part[behind] = source[behind]
        room.kin = kin
        both = min(len(tables.tariffs), len(self.tariffs))
        tables.tariffs[:both] = self.tariffs[:both]
        if own is not None:
            tables.tariffs[~read] = own[~read]
        tables.tariffs["run_down"] = start.tariffs["run_down"]

    def _alike(self, start: Tables, read: Flags) -> bool:
        """Return whether tariffs of titles nobody has read yet begin as here: solved to no sum."""
        width = start.titles.shape[1]
        if width > len(self.tariffs):
            return False
        sums = start.titles["neutral"][-1], self.start.titles["neutral"][-1, :width]
        return not any(bool((one[~read] > 0.0).any()) for one in sums)
