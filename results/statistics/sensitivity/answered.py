"""Answers of a sweep's design: which index of which factor, by what its points allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from results.statistics.sensitivity.alone import difference, moves_of
from results.statistics.sensitivity.distance import FEWEST, pawn
from results.statistics.sensitivity.levels import Grid
from results.statistics.sensitivity.notes import CannotAnswer, Note, none_in
from results.statistics.sensitivity.resampled import (
    DRAWS,
    FEWEST_SEEDS,
    Estimate,
    Floats,
    Interval,
    interval,
)
from results.statistics.sensitivity.rows import as_row, told, written
from results.statistics.sensitivity.steps import Trajectories, effects_of
from results.statistics.sensitivity.variance import Scheme
from results.statistics.swept import FULL, LISTED, SCHEME, TRAJECTORIES, Layout, Swept, layout_of

ALONE, CROSSED = "one at a time", "levels"
ROUNDING = 1e-12
"""Relative differences that are rounding."""
LEAST_BLOCKS = {TRAJECTORIES: 4, SCHEME: 16}
"""Whole trajectories or base points without which no index is given."""
MAIN = {TRAJECTORIES: "mu*", SCHEME: "ST", FULL: "ST", CROSSED: "ST", LISTED: "effect"}
"""The index by which factors are ordered; elsewhere PAWN's."""


class Place(NamedTuple):
    """Where a set of indices holds: an arm, and levels that are held."""

    region: str
    regime: str
    package: str
    held: str


@dataclass
class Answered:
    """What a design says of its factors.

    Attributes:
        found: the sweep.
        layout: how its points lie.
        outcomes: those that were asked about and vary.
        frame: a row per index.
        notes: what else is to be said.
    """

    found: Swept
    layout: Layout
    outcomes: tuple[str, ...]
    frame: pd.DataFrame
    notes: list[Note] = field(default_factory=list)

    @property
    def main(self) -> str:
        """The index by which factors are ordered."""
        return MAIN.get(self.layout.kind, "PAWN")

    def groups(self) -> Iterator[tuple[str, Place, str, pd.DataFrame]]:
        """Give the rows of each outcome, place and design, in that order."""
        keys = ["outcome", *Place._fields, "design"]
        for key, rows in self.frame.groupby(keys, sort=False):
            outcome, *place, design = (str(one) for one in key)
            yield outcome, Place(*place), design, rows


def answered(
    found: Swept, outcomes: Sequence[str], *, draws: int = DRAWS, seed: int = 1
) -> Answered:
    """Return what a sweep's design says of its factors.

    Args:
        found: the sweep.
        outcomes: names of recorded outcomes.
        draws: how often points and seeds are drawn anew for intervals.
        seed: of that drawing.

    Raises:
        StoreRefused: points and manifest do not fit each other.
        CannotAnswer: nothing varies, or the points say nothing of single factors.
    """
    layout = layout_of(found)
    asker = _Asker(found, layout, draws, seed)
    empty = [one for one in outcomes if not np.isfinite(found.of(one)).any()]
    constant = [one for one in outcomes if one not in empty and _is_constant(found.of(one))]
    varied = tuple(one for one in outcomes if one not in (*empty, *constant))
    if not varied and not constant:
        raise CannotAnswer(none_in(empty, found.year))
    if not varied:
        names = ", ".join(constant)
        raise CannotAnswer(f"{names}: the same in all runs: no factor moves it")
    if empty:
        asker.notes.append(Note("empty", {"names": ", ".join(empty), "year": found.year}))
    rows = [row for outcome in varied for row in asker.rows(outcome)]
    if not rows:
        raise CannotAnswer(asker.why())
    frame, notes = pd.DataFrame(rows), [*asker.notes_of(constant), *asker.notes]
    if frame["low"].isna().all():
        notes = [one for one in notes if one.key != "few_seeds"]  # it is about intervals
    return Answered(found, layout, varied, frame, notes)


def _is_constant(values: Floats) -> bool:
    known = values[np.isfinite(values)]
    return not len(known) or float(np.ptp(known)) <= ROUNDING * float(np.abs(known).max())


def _contradicts(answer: Interval, factors: int) -> bool:
    """Return whether a factor's mu* is told to be below the size of its mu, not zero either."""
    mean = slice(factors, 2 * factors)
    apart = answer.low[mean] * answer.high[mean] > 0.0
    return bool((apart & (answer.high[:factors] < np.abs(answer.value[mean]))).any())


class _Asker:
    """Asks a design about one outcome after the other, and gathers what else is to be said."""

    def __init__(self, found: Swept, layout: Layout, draws: int, seed: int) -> None:
        self.found, self.layout, self.draws, self.seed = found, layout, draws, seed
        self.notes: list[Note] = []
        self.lacking: dict[str, int] = {}
        self.whole = 0
        self.moves = moves_of(self._listed()) if layout.kind == LISTED else []
        if layout.kind == LISTED and not self.moves:
            raise CannotAnswer(
                "its points are those of a file, which does not say how they were drawn: neither "
                "shares of variance nor distances follow from them, and they do not move one "
                "factor at a time from one base. What gives an answer: kind = 'morris' (which "
                "factors matter), 'saltelli' (shares of variance), 'latin-hypercube' or 'sobol'"
            )

    def _listed(self) -> pd.DataFrame:
        names = [str(one["name"]) for one in self.layout.crossed]
        return self.found.points.iloc[: self.layout.seats.shape[2]][names]

    def why(self) -> str:
        """Return why there is no answer at all."""
        found = self.found
        if found.done < found.runs:
            return (
                f"{found.done} of {found.runs} runs are done, which hold too few whole points "
                f"({self._needs()}). Go on with the sweep"
            )
        there = f"; there are {self.whole}" if self.layout.kind not in (FULL, LISTED) else ""
        return f"too few whole points hold a value in all seeds ({self._needs()}{there})"

    def _needs(self) -> str:
        kind = self.layout.kind
        if kind in LEAST_BLOCKS:
            what = "trajectories" if kind == TRAJECTORIES else "base points with their block"
            return f"needed: {LEAST_BLOCKS[kind]} whole {what} of one arm"
        if kind in (FULL, LISTED):
            return "needed: every point of an arm"
        return f"needed: {FEWEST} points of one arm"

    def notes_of(self, constant: Sequence[str]) -> list[Note]:
        """Return what is said of the sweep as a whole."""
        found, notes = self.found, []
        if found.done < found.runs:
            notes.append(Note("partly", {"done": found.done, "runs": found.runs}))
        if found.failed:
            notes.append(Note("failed", {"count": found.failed}))
        if self.lacking:
            names = "; ".join(f"{name}: {count}" for name, count in self.lacking.items())
            notes.append(Note("lacking", {"names": names}))
        if found.seeds == 1:
            notes.append(Note("one_seed", {}))
        elif found.seeds < FEWEST_SEEDS:
            notes.append(Note("few_seeds", {"count": found.seeds, "least": FEWEST_SEEDS}))
        if constant:
            notes.append(Note("constant", {"names": ", ".join(constant)}))
        return notes

    def rows(self, outcome: str) -> Iterator[dict[str, Any]]:
        """Give a row for every index of every factor."""
        values, layout = self.found.of(outcome), self.layout
        unit = self.found.words[outcome].unit_in("en")
        for arm, seats in zip(layout.arms, layout.seats, strict=True):
            table = values[seats]
            if layout.crossed and layout.kind != LISTED:
                for row in self._levels(table, outcome):
                    yield self._row(outcome, Place(*arm, ""), unit, row)
            if layout.kind in (FULL, LISTED):
                for row in self._moves(table[0]):
                    yield self._row(outcome, Place(*arm, ""), unit, row)
                continue
            for combination, some in enumerate(table):
                held = "; ".join(f"{k}={written(v)}" for k, v in layout.held(combination).items())
                for row in self._sampled(some, outcome):
                    yield self._row(outcome, Place(*arm, held), unit, row)

    def _row(self, outcome: str, place: Place, unit: str, row: dict[str, Any]) -> dict[str, Any]:
        is_share = row["index"] in ("S1", "S2", "ST", "S_seed")
        own = "share" if is_share else "1" if row["index"] == "PAWN" else unit
        return {"outcome": outcome, **place._asdict(), **row, "unit": own,
                "seeds": self.found.seeds}  # fmt: skip

    def _levels(self, table: Floats, outcome: str) -> Iterator[dict[str, Any]]:
        """Give shares of variance of crossed levels, where all their points are whole."""
        rows, sizes = self._block(), [len(one) for one in self.layout.levels]
        blocks = table.reshape(len(table), -1, rows, table.shape[2])
        whole = np.isfinite(blocks).all(axis=(0, 2, 3))
        sampled = self.layout.kind != FULL
        if not whole.any() or (not sampled and not whole.all()):
            return
        ends = [0, -1] if self.layout.kind == SCHEME else slice(None)
        kept = np.moveaxis(blocks[:, whole][:, :, ends], 0, 2)
        count, each = kept.shape[:2]
        if _is_constant(kept.mean(axis=-1)):
            return
        grid = Grid(kept.reshape(count * each, *sizes, kept.shape[3]))

        def estimate(points: Floats, seeds: Floats) -> Floats:
            return grid.estimate(np.repeat(points / each, each), seeds)

        answer = self._interval(estimate, count)
        used = count * each * kept.shape[2]
        names = [str(one["name"]) for one in self.layout.crossed]
        design = CROSSED if sampled else FULL
        yield from self._shares(told(grid.names(), answer, names, design, used), outcome)

    def _moves(self, table: Floats) -> Iterator[dict[str, Any]]:
        """Give what each point does that moves one factor from the base."""
        for move in self.moves:
            pair = table[[move.base, move.row]]
            if np.isfinite(pair).all():
                value, low, high = difference(*pair)
                yield as_row(ALONE, "effect", move.factor, move.text, (value, low, high), 2)

    def _sampled(self, table: Floats, outcome: str) -> Iterator[dict[str, Any]]:
        """Give the indices of the factors of a sample; ``table`` has shape (rows, seeds)."""
        names = [str(one["name"]) for one in self.layout.sampled]
        kind, rows = self.layout.kind, self._block()
        if len(table) % rows:
            raise CannotAnswer("its points are not those of whole blocks: the manifest was changed")
        blocks = table.reshape(-1, rows, table.shape[1])
        whole = np.isfinite(blocks).all(axis=(1, 2))
        left = int((~whole).sum()) * rows
        if left and self.found.done == self.found.runs:
            self.lacking[outcome] = self.lacking.get(outcome, 0) + left
        kept = blocks[whole]
        points = self.layout.table.reshape(-1, rows, len(names))[whole]
        self.whole = max(self.whole, len(kept))
        if len(kept) < LEAST_BLOCKS.get(kind, FEWEST):
            return
        used = len(kept) * rows
        if _is_constant(kept.mean(axis=2)):
            self._note("only_seeds", outcome)
            if not _is_constant(kept):
                yield as_row(kind, "S_seed", "", "", (1.0, np.nan, np.nan), used)
            return
        if kind == TRAJECTORIES:
            steps = np.sign(np.diff(points, axis=1)) * self._step()
            way = Trajectories(effects_of(kept, steps), kept)
            idle = dict(zip(names, way.idle(self.seed), strict=True))
            answer = self._interval(way.estimate, len(kept))
            if _contradicts(answer, len(names)):
                self._note("below_mean", outcome)
            for row in told(way.names(), answer, names, kind, used):
                yield {**row, "idle": idle[row["factor"]]} if row["index"] == "mu*" else row
            return
        if kind == SCHEME:
            scheme = Scheme(kept, len(names))
            answer = self._interval(scheme.estimate, len(kept))
            yield from self._shares(told(scheme.names(), answer, names, kind, used), outcome)
            kept, points = kept[:, [0, -1]], points[:, [0, -1]]
        yield from self._distances(points, kept, names)

    def _shares(self, rows: Iterable[dict[str, Any]], outcome: str) -> Iterator[dict[str, Any]]:
        """Give rows of shares of variance; where seeds make all of it, that is said."""
        for place, row in enumerate(rows):
            if place == 0 and np.isnan(row["value"]):
                self._note("all_noise", outcome)
            yield row

    def _note(self, key: str, outcome: str) -> None:
        """Keep something that is said of an outcome, once."""
        if (one := Note(key, {"name": outcome})) not in self.notes:
            self.notes.append(one)

    def _block(self) -> int:
        """Return how many rows belong together."""
        count, kind = len(self.layout.sampled), self.layout.kind
        if kind == TRAJECTORIES:
            return count + 1
        if kind == SCHEME:
            pairs = bool(self.found.about["design"].get("second_order"))
            return (2 * count if pairs else count) + 2
        return 1

    def _step(self) -> float:
        grid = int(self.found.about["design"].get("grid") or 4)
        return grid / (2.0 * (grid - 1))

    def _distances(
        self, points: Floats, kept: Floats, names: Sequence[str]
    ) -> Iterator[dict[str, Any]]:
        flat = points.reshape(-1, len(names))
        mean = kept.mean(axis=2).ravel()
        if len(mean) < FEWEST or _is_constant(mean):
            return
        far = pawn(flat, mean, self.seed)
        for name, value in zip(names, far.indices, strict=True):
            row = as_row(self.layout.kind, "PAWN", name, "", (value, np.nan, np.nan), len(mean))
            yield {**row, "idle": far.idle}

    def _interval(self, estimate: Estimate, blocks: int) -> Interval:
        return interval(estimate, blocks, self.found.seeds, draws=self.draws, seed=self.seed)
