"""What takes part in a comparison, behind one protocol, and the registry of all that do.

A contender names itself, says what it needs, and prepares a callable that does its work once.
What lacks something is named and left out, never a failure. Each comparison has a kind of work
of its own; within one, all contenders do the same.
"""

from __future__ import annotations

import importlib
import importlib.util
import shutil
from collections.abc import Callable, Iterable
from typing import NamedTuple

from agents.compiled.record import FloatArray


class Work(NamedTuple):
    """What is to be done once: about how many practices (or agents), quarters (or steps), runs."""

    practices: int
    quarters: int
    runs: int = 1


Prepared = Callable[[], "FloatArray | None"]
"""Does the work once; returns outcomes ``(runs, quarters, outcomes)``, or None where it keeps
them to itself."""


class Contender(NamedTuple):
    """One way to do a work.

    Attributes:
        name: as tables have it.
        text: what it is, as ``python -m benchmarks --list`` says it.
        prepare: builds all that is built once per process, and returns the callable.
        same: its outcomes are the compiled ones to the bit: those of the first contender.
        needs: modules (``mesa``, or what one must hold: ``mesa/batch_run``), programs
            (``program:cc``) and ``lesson:built``.
        runs: runs of one call where many are compared: less of what is slow.
        most: practices above which it takes too long to be timed.
        starts: each call starts processes, of which many runs would share the cost.
        close: ends what ``prepare`` started.
    """

    name: str
    text: str
    prepare: Callable[[Work], Prepared]
    same: bool
    needs: tuple[str, ...] = ()
    runs: int = 1
    most: int = 10**9
    starts: bool = False
    close: Callable[[], None] = lambda: None

    def lacking(self) -> list[str]:
        """Return what it needs and is not here, in words."""
        return [_words(need) for need in self.needs if not _is_here(need)]


def _is_here(need: str) -> bool:
    kind, _, name = need.rpartition(":")
    if kind == "program":
        return shutil.which(name) is not None
    if kind == "lesson":
        return lesson_is_built()
    module, _, attribute = name.partition("/")
    try:
        found = importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # of a package that is not there itself
        return False
    return found and (not attribute or hasattr(importlib.import_module(module), attribute))


def _words(need: str) -> str:
    kind, _, name = need.rpartition(":")
    return {"program": f"the program {name}", "lesson": "what `make classroom` builds"}.get(
        kind, f"the package {name.replace('/', '.')}"
    )


def lesson_is_built() -> bool:
    """Return whether the kernel of lessons is here, made of the rules of this program."""
    from experiments.classroom.build import MODEL
    from experiments.classroom.built import FOLDER, KERNEL, source, source_built

    there = (FOLDER / KERNEL).is_file() and (FOLDER / MODEL).is_file()
    return there and source_built() == source()


class Field(NamedTuple):
    """Who takes part on this machine, and in words who does not, and why."""

    here: tuple[Contender, ...]
    left_out: tuple[str, ...]


def present(contenders: Iterable[Contender]) -> Field:
    """Return which contenders can take part here, and a sentence for each that cannot."""
    here, out = [], []
    for one in contenders:
        lacks = one.lacking()
        if lacks:
            out.append(f"{one.name} is left out: it needs {' and '.join(lacks)}")
        else:
            here.append(one)
    return Field(tuple(here), tuple(out))


def registry() -> dict[str, tuple[Contender, ...]]:
    """Return all contenders, by the comparison (``python -m benchmarks NAME``) they are in."""
    # Imported here: each of these modules makes contenders of the class above.
    from benchmarks import backends, core, many, webassembly
    from benchmarks.frameworks import frameworks

    return {
        "back-ends": backends.CONTENDERS,
        "sweep": many.CONTENDERS,
        "web": webassembly.CONTENDERS,
        "core": core.CONTENDERS,
        "frameworks": frameworks.CONTENDERS,
    }


def comparison(name: str) -> Field:
    """Return who takes part in a comparison here."""
    return present(registry()[name])
