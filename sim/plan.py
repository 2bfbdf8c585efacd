"""The phases of a quarter as `regiosim phases` prints them, read off the code that runs them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from agents.compiled.rule import rule_named
from sim.quarter import run_quarter


class Cadence(NamedTuple):
    """A condition of ``run_quarter``: in words, and whether it holds in a quarter."""

    words: str
    holds: Callable[[int], bool]


ALWAYS = Cadence("every quarter", lambda tick: True)
CADENCES = {
    "first_quarter(tick)": Cadence("Q1", lambda tick: tick % 4 == 0),
    "last_quarter(tick)": Cadence("Q4", lambda tick: tick % 4 == 3),
    "first_quarter(tick) and tick > 0": Cadence(
        "Q1, but not at the start", lambda tick: tick % 4 == 0 and tick > 0
    ),
}
"""Every condition of ``run_quarter`` by its text; one that is not here is refused."""

_TITLE = re.compile(r"^ +# (\d+) (.+)$")


class Phase(NamedTuple):
    """One kernel of a quarter: number and name of its phase, when it runs, what it does."""

    number: int
    name: str
    kernel: str
    when: str
    text: str


class Call(NamedTuple):
    """A call in ``run_quarter``: its phase, when it falls due, and its arguments as written."""

    phase: Phase
    cadence: Cadence
    arguments: tuple[str, ...]

    def given(self, tick: int) -> tuple[Any, ...]:
        """Return the arguments after the tables in quarter ``tick``."""
        return tuple(
            tick if text == "tick" else CADENCES[text].holds(tick) for text in self.arguments
        )


@lru_cache(maxsize=1)
def calls() -> tuple[Call, ...]:
    """Return every call of a quarter, in order."""
    plain = getattr(run_quarter, "py_func", run_quarter)
    lines = inspect.getsource(plain).splitlines()
    titles = [(n, found) for n, line in enumerate(lines, 1) if (found := _TITLE.match(line))]
    function = ast.parse("\n".join(lines)).body[0]
    assert isinstance(function, ast.FunctionDef)
    out = []
    for call, cadence in _found(function.body[1:], ALWAYS):
        assert isinstance(call.func, ast.Name)
        title = [found for n, found in titles if n < call.lineno][-1]
        arguments = tuple(ast.unparse(one) for one in call.args[1:])
        more = [CADENCES[text].words for text in arguments if text in CADENCES]
        when = f"{cadence.words}, more in {more[0]}" if more else cadence.words
        text = first_line(rule_named(call.func.id))
        phase = Phase(int(title[1]), title[2], call.func.id, when, text)
        out.append(Call(phase, cadence, arguments))
    return tuple(out)


def _found(body: list[ast.stmt], cadence: Cadence) -> Iterator[tuple[ast.Call, Cadence]]:
    for node in body:
        if isinstance(node, ast.If):
            assert not node.orelse
            yield from _found(node.body, CADENCES[ast.unparse(node.test)])
        else:
            assert isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
            yield node.value, cadence


def phases() -> tuple[Phase, ...]:
    """Return every kernel of a quarter, in the order in which they run."""
    return tuple(call.phase for call in calls())


def due(tick: int) -> list[tuple[str, tuple[Any, ...]]]:
    """Return kernels that run in quarter ``tick``, in order, with what follows the tables."""
    return [(c.phase.kernel, c.given(tick)) for c in calls() if c.cadence.holds(tick)]


def first_line(kernel: Any) -> str:
    """Return the first line of what a rule or kernel says of itself."""
    plain = getattr(kernel, "py_func", kernel)
    return (inspect.getdoc(plain) or "").split("\n")[0].rstrip(".")
