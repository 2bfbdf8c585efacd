"""What a sweep takes out of earlier ones, run by run, and its batches made of both.

A batch of which all runs are taken is put together here; of one of which some are, only the others
are computed. Its file is the same, byte for byte, as if all of them had been.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from experiments.sweeps.plan.plan import Plan, Rest, Run
from experiments.sweeps.store.earlier import Earlier
from results.store.batches import Kept, Label, batch_table, kept_in, to_bytes
from results.store.checksums import StoreRefused


class Growth:
    """Which runs of some batches are in earlier sweeps; of two that have one, the first gives it.

    Args:
        plan: of the new sweep.
        earlier: sweeps to take from.
        batches: those that are looked at.

    Attributes:
        there: whether each run of the plan is taken, by its number; empty where none is.
    """

    def __init__(self, plan: Plan, earlier: Sequence[Earlier], batches: Iterable[int]) -> None:
        self.plan = plan
        self.earlier = earlier
        self._batches = list(batches)
        self._lock = threading.Lock()
        self._ids: dict[int, str] = {}
        self._source = np.zeros(0, dtype=np.int16)
        if any(one.picking.ids for one in earlier):
            self._source = np.full(len(plan.points) * plan.stride, -1, dtype=np.int16)
            self._find()
        self.there: NDArray[np.bool_] = self._source >= 0

    def _find(self) -> None:
        point, scenario = -1, None
        for number in self._batches:
            for run in self.plan.batch(number):
                if scenario is None or run.point != point:
                    point, scenario = run.point, self.plan.scenario(run.point)
                run_id = scenario.run_id(run.seeds[0])
                for place, one in enumerate(self.earlier):
                    if run_id in one.picking.ids:
                        self._source[run.number] = place
                        self._ids[run.number] = run_id
                        break

    @property
    def rest(self) -> Plan:
        """The plan of what is left to be computed."""
        return Rest.of(self.plan, self.there) if self._ids else self.plan

    def count(self, batch: int) -> int:
        """Return how many runs of a batch are taken."""
        return sum(run.number in self._ids for run in self.plan.batch(batch))

    def taken(self) -> int:
        """Return how many runs are taken in all."""
        return len(self._ids)

    def taken_from(self) -> list[int]:
        """Return how many runs each of the earlier sweeps gives."""
        return [int((self._source == place).sum()) for place in range(len(self.earlier))]

    def is_taken(self, batch: int) -> bool:
        """Return whether all runs of a batch are taken."""
        return self.count(batch) == sum(1 for _ in self.plan.batch(batch))

    def new_points(self) -> int:
        """Return how many points of these batches have no run that is taken."""
        there: dict[int, bool] = {}
        for number in self._batches:
            for run in self.plan.batch(number):
                there[run.point] = there.get(run.point, False) or run.number in self._ids
        return sum(not one for one in there.values())

    def completed(self, number: int, data: bytes | None = None) -> bytes:
        """Return the file of a batch, with the runs that are taken.

        Args:
            number: of the batch.
            data: the file of its other runs, where there are any.

        Raises:
            StoreRefused: an earlier sweep is not what it was when this one began.
        """
        if data is not None and not self.count(number):
            return data
        computed: dict[int, Kept] = {}
        if data is not None:
            table = pq.ParquetFile(pa.BufferReader(data)).read(use_threads=False)
            computed = {kept.run: kept for kept in kept_in(table)}
        kept = [
            self._taken(run) if run.number in self._ids else computed[run.number]
            for run in self.plan.batch(number)
        ]
        label = Label(self.plan.id, number, len(kept))
        return to_bytes(batch_table(kept, self.plan.experiment.outcomes, label))

    def _taken(self, run: Run) -> Kept:
        run_id, one = self._ids[run.number], self.earlier[self._source[run.number]]
        try:
            with self._lock:
                found = one.picking.pick(run_id)
        except OSError as error:
            raise StoreRefused(
                f"{one.folder} cannot be read any more ({error.strerror or error})."
            ) from None
        places = [found.outcomes.index(name) for name in self.plan.experiment.outcomes]
        values = found.values[..., places]
        return Kept(
            run.number, run_id, run.point + 1, run.replicate, run.seeds, found.ticks, found.scopes,
            values,
        )  # fmt: skip

    def described(self) -> list[dict[str, Any]]:
        """Return of each earlier sweep what is taken from it and what is not, and why."""
        return [
            {
                "folder": str(one.folder),
                "id": one.about["id"],
                "runs": one.runs,
                "taken": taken,
                "not_taken": [left._asdict() for left in one.left],
                "not_asked": one.runs - taken - sum(left.runs for left in one.left),
            }
            for one, taken in zip(self.earlier, self.taken_from(), strict=True)
        ]
