"""Runs the cases of the town on every mutant of every function that measures."""

from __future__ import annotations
import __future__

import inspect
import math
import textwrap
from collections.abc import Callable, Iterator
from itertools import permutations, product
from typing import Any, NamedTuple

import numpy as np

from agents.compiled.elementary import exp
from agents.compiled.rule import RULES, TWINS, key_of, plain_functions
from sim.measure.outcomes import NAMES, THEMES, bit_of
from sim.measure.practices import EVERYWHERE
from sim.tables import RECORDS, Tables
from tests.screen.mutants import STEP, WRONG_FIELD, Mutant, mutants
from tests.screen.probes import compares, finds_hubs, forgets, holds, matches, weighs
from tests.town.cases import CASES
from tests.town.checks import TICK, Case, measured, plain_tables_of, same, spoil, wrong

MEASURE, PART = "measure_all", "measure_part"
ASKED = frozenset({PART, "measure_flows", "measure_stocks", "see_practices", "wants"})
"""Functions that leave out what nobody asks for: they are asked for one theme at a time too."""
APART = key_of(exp)[0]
"""exp and log: to the last bit tried against decimals, which no town can do."""
MOST_STEPS = 20_000
"""Loop steps of one measuring; the town takes some hundreds."""


class Endless(RuntimeError):
    """A mutant that goes on and on."""


class Verdict(NamedTuple):
    """What the town made of a mutant, up to the first case that noticed it.

    ``moved`` are outcomes that differ from those of the right formula, anywhere; ``noticed``
    those of them at which a check fails. ``reason`` is the first failure, or nothing.
    """

    mutant: Mutant
    reason: str
    moved: frozenset[str]
    noticed: frozenset[str]


class Measuring:
    """Every function that measuring calls, as plain Python, each replaceable by a mutant."""

    def __init__(self) -> None:
        functions = plain_functions()
        self.measure = next(f for (_, name), f in functions.items() if name == MEASURE)
        known = {id(function): key for key, function in functions.items()}
        self.keys: list[tuple[str, str]] = []
        self.spaces: list[dict[str, Any]] = []
        self._steps = 0
        waiting = [self.measure]
        while waiting:
            function = waiting.pop()
            key = known[id(function)]
            if key in self.keys or key[0] == APART:
                continue
            self.keys.append(key)
            space = function.__globals__
            if not any(space is other for other in self.spaces):
                self.spaces.append(space)
            called = (space.get(name) for name in function.__code__.co_names)
            waiting += [value for value in called if id(value) in known]
        for space in self.spaces:
            space.update({WRONG_FIELD: _wrong_field, STEP: self._step})
        self.functions = functions
        self.fields = frozenset(f.name for record in RECORDS.values() for f in record.fields)
        self.truth = {case.name: measured(self.measure, plain_tables_of(case)) for case in CASES}
        self.showing = self._showing()
        self.asked = self._asks(self._part())

    def mutants(self) -> Iterator[tuple[tuple[str, str], Mutant]]:
        """Give every mutant of every function, with the key of that function."""
        for key in sorted(self.keys, key=lambda key: key[1]):
            if key in TWINS:
                continue
            plain = getattr(RULES[key], "py_func", RULES[key])
            source = textwrap.dedent(inspect.getsource(plain))
            for mutant in mutants(source, self.fields):
                yield key, mutant

    def judge(self, key: tuple[str, str], mutant: Mutant) -> Verdict:
        """Put a mutant in the place of its function, and measure cases until one notices it."""
        original = self.functions[key]
        made = self._made(original, mutant)
        verdict = Verdict(mutant, "", frozenset(), frozenset())
        self._swap(original, made)
        try:
            if mutant.function in PROBES:
                self._steps = 0
                verdict = verdict._replace(reason=_probe(mutant.function, made))
            if mutant.function in ASKED and not verdict.reason:
                verdict = verdict._replace(reason=self._misses(original, made))
            for case in CASES:
                if verdict.reason:
                    break
                measure = made if original is self.measure else self.measure
                verdict = self._look(case, measure, verdict)
        finally:
            self._swap(made, original)
        return verdict

    def _showing(self) -> list[Tables]:
        """Return the tables of a few cases in which, together, every theme has something to say."""
        silent = set(THEMES)
        found = []
        for case in CASES:
            whole = self.truth[case.name][0]
            says = {t for t in silent if any(whole[column.outcome.name] != 0.0 for column in t)}
            if says:
                found.append(plain_tables_of(case))
            silent -= says
        if silent:
            raise LookupError(f"no case has anything of {silent}")
        return found

    def _part(self) -> Callable[..., None]:
        return next(f for (_, name), f in self.functions.items() if name == PART)

    def _asks(self, part: Callable[..., None]) -> list[bytes]:
        """Return what is measured where one theme is asked for, or none is."""
        found = []
        every = product(self.showing, (0, *map(bit_of, THEMES)), (True, False))
        for tables, asked, stocks in every:
            spoil(tables)
            out, rows = np.zeros(len(NAMES)), np.zeros(len(tables.practices), np.int64)
            part(tables, EVERYWHERE, TICK, rows, out, stocks, asked, False)
            found.append(out.tobytes())
        return found

    def _misses(self, original: Callable[..., Any], made: Callable[..., Any]) -> str:
        """Return what a mutant does wrong where less than everything is asked for."""
        self._steps, part = 0, self._part()
        try:
            with np.errstate(divide="raise", invalid="raise"):
                found = self._asks(made if original is part else part)
        except Exception as error:  # whatever a wrong formula runs into
            return f"one theme asked for: {type(error).__name__}"
        return "" if found == self.asked else "one theme asked for"

    def _look(self, case: Case, measure: Callable[..., None], verdict: Verdict) -> Verdict:
        """Add to a verdict what a case makes of the mutant at hand."""
        self._steps = 0
        try:
            with np.errstate(divide="raise", invalid="raise"):  # as compiled code does
                found = measured(measure, plain_tables_of(case))
        except Exception as error:  # whatever a wrong formula runs into
            return verdict._replace(reason=f"{case.name}: {type(error).__name__}")
        said = wrong(case, found)
        moved = {
            name
            for row, true in zip(found, self.truth[case.name], strict=True)
            for name in row
            if not same(row[name], true[name])
        }
        return Verdict(
            verdict.mutant,
            str(said[0]) if said else "",
            verdict.moved | moved,
            frozenset(one.outcome for one in said),
        )

    def _made(self, original: Callable[..., Any], mutant: Mutant) -> Callable[..., Any]:
        space = original.__globals__
        flags = __future__.annotations.compiler_flag
        code = compile(mutant.tree(), f"<{mutant.name}>", "exec", flags, dont_inherit=True)
        local: dict[str, Any] = {}
        exec(code, space, local)
        made: Callable[..., Any] = local[mutant.function]
        return made

    def _swap(self, old: Callable[..., Any], new: Callable[..., Any]) -> None:
        for space in self.spaces:
            for name, value in space.items():
                if value is old:
                    space[name] = new

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise Endless


def _selects(nth_smallest: Callable[..., float]) -> str:
    """Return what is wrong with a selection, on lists that an outcome's data may not show."""
    for values in (*permutations((1.0, 2.0, 3.0, 4.0, 5.0)), *product((1.0, 2.0), repeat=5)):
        for n in range(len(values)):
            room = np.array([*values, -9.0, 99.0])  # what lies beyond the count is not read
            try:
                found = nth_smallest(room, len(values), n)
            except Exception as error:
                return f"a list: {type(error).__name__}"
            if found != sorted(values)[n] or room[len(values) :].tolist() != [-9.0, 99.0]:
                return f"place {n} of {values}: {found}"
    return ""


def _refuses(clip: Callable[..., float]) -> str:
    """Return what is wrong with a limit that must not let through what is no number."""
    try:
        return f"not a number: {clip(math.nan, 0.0, 1.0)}"
    except ValueError:
        return ""


PROBES: dict[str, Callable[[Callable[..., Any]], str]] = {
    "nth_smallest": _selects,
    "clip": _refuses,
    "_as_before": compares,
    "match_hands": matches,
    "weigh_cells": weighs,
    "hold_beside": holds,
    "forget_costs": forgets,
    "served_by_hub": finds_hubs,
}
"""Functions that are used far from outcomes as well, and are looked at by themselves."""


def _probe(name: str, made: Callable[..., Any]) -> str:
    """Return what a function by itself does wrong, or what a mutant of it runs into."""
    try:
        return PROBES[name](made)
    except Exception as error:
        return f"by itself: {type(error).__name__}"


def _wrong_field(row: Any, name: str) -> Any:
    """Return the next field of a row that has the same kind and width, instead of this one."""
    fields = type(row).fields
    at = next(k for k, field in enumerate(fields) if field.name == name)
    for field in (*fields[at + 1 :], *fields[:at]):
        if (field.kind, field.width) == (fields[at].kind, fields[at].width):
            return getattr(row, field.name)
    raise LookupError(f"no other field like {name}")
