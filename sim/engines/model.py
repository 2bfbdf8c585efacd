"""The Mesa model: one quarter a step, on tables (``mesa``) or on plain agents (``python``)."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any

import mesa
import numpy as np

from agents.compiled.columns import RowCells
from agents.compiled.face import Face, join_mesa
from agents.compiled.record import FloatArray, IntArray
from agents.compiled.rule import plain_functions, rule_named
from agents.kinds import KIND_OF, KINDS, AgentKind
from sim.engines.compiled import RunFailed, advance, fresh, populate, reset
from sim.engines.twin import Twin, overrides
from sim.errors import BadInput, nearest
from sim.ledger import FAILURES
from sim.measure.measuring import measure_all
from sim.measure.outcomes import NAMES, OUTCOMES
from sim.opening import begin_run
from sim.quarter import run_quarter
from sim.tables import Tables

ENGINES = ("mesa", "python")

join_mesa()


class CareModel(mesa.Model):
    """Primary care in one region as a Mesa model.

    Args:
        start: tables before the population is drawn (``sim.start.make_tables``).
        seed: seed of behaviour; ``population_seed`` of the population (the same if None).
        engine: ``mesa`` (compiled kernels, agents are views on rows) or ``python`` (the twin:
            plain Python on agents that hold their own values).
        classes: agent classes by table name, to add methods; under ``python`` they may override
            rules of their kind. Under ``mesa`` such an override is refused (``BadInput``).
        outcomes: outcomes that the ``DataCollector`` records each step, ``all`` scope.
    """

    def __init__(
        self,
        start: Tables,
        *,
        seed: int = 1,
        population_seed: int | None = None,
        engine: str = "mesa",
        classes: Mapping[str, type[Face]] | None = None,
        outcomes: tuple[str, ...] = (),
    ) -> None:
        with warnings.catch_warnings():
            # Mesa's own random stays unused; which argument seeds it differs by version.
            warnings.simplefilter("ignore")
            super().__init__(rng=seed % 2**32)
        self.classes = _checked(classes or {}, engine)
        if not 0 <= seed < 2**63:
            raise BadInput("seed", f"{seed} is out of range", allowed="0 .. 2^63-1")
        for name in outcomes:
            if name not in NAMES:
                near = nearest(name, NAMES)
                raise BadInput("outcomes", f"unknown outcome {name!r}", nearest=near)
        self.engine = engine
        self.tick = int(start.counter["quarter"][0])
        population = seed if population_seed is None else population_seed
        self.tables = fresh(start)
        reset(self.tables, start, (seed, population))
        self.twin = Twin(self.tables, self.classes) if engine == "python" else None
        self._faces: dict[tuple[str, int], Face] = {}
        self._room = (np.zeros(len(self.tables.practices), np.int64), np.zeros((1, len(OUTCOMES))))
        self._measured = -1
        if self.twin:
            self.twin.call(begin_run)
        else:
            populate(self.tables, start, (seed, population))
        self._follow()
        reporters = {name: _reporter(name) for name in outcomes}
        self.datacollector = mesa.DataCollector(model_reporters=reporters)

    def step(self) -> None:
        """Run one quarter, and let agents appear that were born and vanish that ended."""
        if self.tick >= len(self.rows("policy")):
            last = f"{2005 + self.tick // 4}Q4" if self.tick % 4 == 0 else f"quarter {self.tick}"
            raise BadInput("step", f"the policy of this model ends with {last}",
                           allowed="start tables with a later end: Scenario(end=...)")  # fmt: skip
        if self.twin:
            self.twin.call(run_quarter, self.tick)
        else:
            advance(self.tables, self.tick)
        failure = int(self.rows("counter")[0]["failure"] if self.twin is None
                      else self.twin.tables.counter[0].failure)  # fmt: skip
        if failure:
            raise RunFailed(int(self.tables.counter["seed"][0]), self.tick, FAILURES[failure])
        self.tick += 1
        self._follow()
        self.datacollector.collect(self)

    def rows(self, table: str) -> Any:
        """Return a table, columns by name, or the list of plain rows of the twin."""
        return getattr(self.twin.tables if self.twin else self.tables, table)

    def agent(self, table: str, row: int) -> Face:
        """Return the living agent of a row (KeyError where there is none)."""
        return self._faces[table, row]

    def measure(self, tick: int, rows: IntArray, out: FloatArray) -> None:
        """Fill ``out`` (shape ``(scopes, outcomes)``) with the outcomes of quarter ``tick``."""
        self._call(measure_all, tick, rows, out)

    def outcome(self, name: str) -> float:
        """Return an outcome of the last quarter for the whole region (unit: ``OUTCOMES``)."""
        if self._measured != self.tick:
            self.measure(max(0, self.tick - 1), *self._room)
            self._measured = self.tick
        return float(self._room[1][0, NAMES.index(name)])

    def act(self, agent: Face, step: str) -> Any:
        """Perform a per-agent step of the kernel on one agent of its kind, now (``KINDS``)."""
        known = _kind_of(type(agent)).steps
        if step not in known:
            raise KeyError(f"no step {step!r} of a {agent.kind}; there is {', '.join(known)}")
        result = self._call(rule_named(step), agent.row, self.tick)
        self._follow()
        return result

    def plain_rule(self, kind: type[Face], name: str) -> Callable[..., Any]:
        """Return the rule ``name`` as written for this kind, before any override (the twin)."""
        if self.twin is None:
            raise BadInput(f"rule {name}", "overrides run only with engine python")
        return self._plain[_kind_of(kind).home, name]

    @property
    def _plain(self) -> dict[tuple[str, str], Callable[..., Any]]:
        if not hasattr(self, "_plain_rules"):
            self._plain_rules = plain_functions()
        return self._plain_rules

    def _call(self, kernel: Callable[..., Any], *arguments: Any) -> Any:
        if self.twin:
            return self.twin.call(kernel, *arguments)
        return kernel(self.tables, *arguments)

    def _follow(self) -> None:
        """Make agents of rows that came to life, and remove those whose row ended."""
        for name, kind in self.classes.items():
            rows = self.rows(name)
            living = [one.alive for one in rows] if self.twin else rows["alive"].tolist()
            for row, alive in enumerate(living):
                known = (name, row) in self._faces
                if alive and not known:
                    self._faces[name, row] = self._face(kind, name, row)
                elif known and not alive:
                    self._faces.pop((name, row)).remove()

    def _face(self, kind: type[Face], name: str, row: int) -> Face:
        if self.twin:
            agent: Face = self.rows(name)[row]
            kind.__init__(agent, self, agent._cells, row)
            return agent
        return kind(self, RowCells(self.rows(name), row), row)


def _kind_of(face: type[Face]) -> AgentKind:
    return next(kind for kind in KINDS if issubclass(face, kind.record))


def _reporter(name: str) -> Callable[[CareModel], float]:
    return lambda model: model.outcome(name)


def _checked(classes: Mapping[str, type[Face]], engine: str) -> dict[str, type[Face]]:
    if engine not in ENGINES:
        raise BadInput("engine", f"{engine!r} is not a Mesa engine", allowed=", ".join(ENGINES))
    for name, kind in classes.items():
        if name not in KIND_OF or not issubclass(kind, KIND_OF[name].record):
            known = ", ".join(f"{known.table}: {known.record.__name__}" for known in KINDS)
            problem = f"{kind.__name__} is not an agent of {name!r}"
            raise BadInput("classes", problem, allowed=known)
    found = overrides(dict(classes))
    if found and engine != "python":
        rules = ", ".join(sorted(name for _, name in found))
        raise BadInput(
            "classes", f"{rules} cannot be overridden under engine {engine}",
            allowed="engine python, which runs rules as plain Python",
        )  # fmt: skip
    return {kind.table: classes.get(kind.table, kind.record) for kind in KINDS}


class Stepper:
    """Drives a ``CareModel`` quarter by quarter, with its tables up to date for recording."""

    def __init__(self, engine: str, start: Tables, seeds: tuple[int, int]) -> None:
        self.model = CareModel(start, seed=seeds[0], population_seed=seeds[1], engine=engine)
        self.tables = self.model.tables
        self._sync()

    def quarter(self, tick: int) -> None:
        """Run quarter ``tick``; afterwards ``tables`` hold its state."""
        assert tick == self.model.tick
        self.model.step()
        self._sync()

    def measure(self, tick: int, rows: IntArray, out: FloatArray) -> None:
        """Fill ``out`` (shape ``(scopes, outcomes)``) with the outcomes of quarter ``tick``."""
        self.model.measure(tick, rows, out)

    def _sync(self) -> None:
        if self.model.twin:
            self.model.twin.write_back(self.tables)


def stepper(engine: str, start: Tables, seeds: tuple[int, int]) -> Stepper:
    """Return a stepper of a ``mesa`` or ``python`` run with these seeds."""
    return Stepper(engine, start, seeds)
