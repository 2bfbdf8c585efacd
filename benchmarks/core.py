"""A core of the model against C: which organisation each practice prefers.

The rules themselves (``value_membership``, ``draw``, ``gumbel``, ``distance``), compiled as all
kernels are, beside the same in C (``core.c``), compiled on the spot by ``cc`` with ``-O3``. Both
read the same region in 2018, C as structs and the rules as their tables lie, and give the same
bits. Who a practice perceives how is made up once (``Contact``): the rest of that phase walks lists
of other tables.
"""

from __future__ import annotations

import ctypes
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from agents.compiled import elementary
from agents.compiled.columns import row_by_row
from agents.compiled.draws import draw, gumbel, stream
from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import OPTIONS
from agents.events import Cause
from agents.practice import Contact, distance, value_membership
from benchmarks.contenders import Contender, Prepared, Work
from benchmarks.places import start_of
from sim.engines.compiled import advance, fresh, populate
from sim.tables import Tables

SOURCE = Path(__file__).with_suffix(".c")
COMMAND = ("cc", "-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-shared",
           "-fPIC")  # fmt: skip
BEFORE = 49
"""Quarters before: practices know organisations, and many are members."""
CHOOSE = stream("choice.membership")
SEED = 1
KNOWN = 8


class Core(NamedTuple):
    """What is chosen from: tables of a region, and made up contacts, ``(practices, KNOWN)``.

    ``practices`` and ``organisations`` are those of the tables with each row in one piece, as one
    would have them in C.
    """

    tables: Tables
    practices: NDArray[Any]
    organisations: NDArray[Any]
    contacts: NDArray[Any]


class Chosen(NamedTuple):
    """Utility, organisation (row or ``NONE``) and cause, each ``(quarters, practices)``."""

    highest: FloatArray
    best: IntArray
    cause: IntArray


@numba.njit(**OPTIONS)  # type: ignore[misc]  # no rule of the model: it is in no register
def choose_all(
    tables: Tables, contacts: Any, seed: int, highest: Any, best: Any, causes: Any
) -> None:
    """Let all practices choose in each quarter: ``prefer_organisation`` without perceiving."""
    params = tables.params[0]
    for tick in range(len(highest)):
        for i in range(len(tables.practices)):
            practice = tables.practices[i]
            if not practice.alive:
                continue
            top = params.choice_noise * gumbel(draw(seed, CHOOSE, practice.id, 0, tick))
            preferred = NONE
            cause: int = Cause.NOISE
            if practice.organisation != NONE:
                top = top - params.choice_switching
            for k in range(len(practice.counterpart)):
                o = practice.counterpart[k]
                if o == NONE:
                    continue
                organisation = tables.organisations[o]
                km = distance(practice.x, practice.y, organisation.x, organisation.y)
                if not organisation.alive or km > params.choice_vision:
                    continue
                if organisation.entrant or (organisation.closed and o != practice.organisation):
                    continue
                seen = contacts[i, k]
                contact = Contact(
                    seen.trust, seen.taste, seen.neighbours, seen.pressure, seen.switching,
                    seen.crisis, seen.behind,
                )  # fmt: skip
                value, why = value_membership(practice, organisation, contact, params)
                lot = draw(seed, CHOOSE, practice.id, organisation.id, tick)
                noise = params.choice_noise * gumbel(lot)
                if value + noise > top:
                    top = value + noise
                    preferred = o
                    cause = why
                    if abs(noise) > abs(value):
                        cause = Cause.NOISE
            highest[tick, i] = top
            best[tick, i] = preferred
            causes[tick, i] = cause


def core_of(practices: int) -> Core:
    """Return a region of about this many practices in 2018, and contacts drawn by NumPy."""
    start = start_of(practices, BEFORE)
    tables = fresh(start)
    populate(tables, start, (SEED, SEED))
    for tick in range(BEFORE - 1):
        advance(tables, tick)
    contacts = np.zeros((len(tables.practices), KNOWN), [(name, "f8") for name in Contact._fields])
    generator = np.random.default_rng(SEED)
    for name in Contact._fields:
        contacts[name] = generator.random(contacts.shape)
    practices, organisations = row_by_row(tables.practices), row_by_row(tables.organisations)
    return Core(tables, practices, organisations, contacts)


def room(core: Core, quarters: int) -> Chosen:
    """Return room for the choices of so many quarters."""
    shape = (quarters, len(core.tables.practices))
    return Chosen(np.zeros(shape), np.zeros(shape, np.int64), np.zeros(shape, np.int64))


def struct_of(name: str, kind: np.dtype[Any], read: set[str]) -> str:
    """Return the C struct whose fields lie where those of a record's rows do: those in ``read``."""
    types = {"f": "double", "i": "int64_t", "b": "uint8_t"}
    at, lines = 0, []
    assert kind.fields is not None
    for field, (inner, offset, *_) in sorted(kind.fields.items(), key=lambda pair: pair[1][1]):
        if field not in read:
            continue
        if offset > at:
            lines.append(f"  char pad{at}[{offset - at}];")
        base = types[inner.base.kind]
        cells = "".join(f"[{length}]" for length in inner.shape)
        lines.append(f"  {base} {field}{cells};")
        at = offset + inner.itemsize
    if kind.itemsize > at:
        lines.append(f"  char pad{at}[{kind.itemsize - at}];")
    body = "\n".join(lines)
    size = f'_Static_assert(sizeof(struct {name}) == {kind.itemsize}, "{name}");'
    return f"struct __attribute__((packed)) {name} {{\n{body}\n}};\n{size}\n"


def header(core: Core) -> str:
    """Return ``rows.h``: the structs, the causes and the constants that ``core.c`` reads."""
    tables = core.tables
    kinds = {"practice": core.practices, "organisation": core.organisations,
             "contact": core.contacts, "params": tables.params}  # fmt: skip
    high, low = elementary._LN2_HIGH, elementary._LN2_LOW
    lines = [f"enum {{ {', '.join(f'{cause.name} = {int(cause)}' for cause in Cause)} }};",
             f"#define NONE INT64_C({NONE})", f"#define STREAM INT64_C({CHOOSE})",
             f"#define LN2_HIGH {high.hex()}", f"#define LN2_LOW {low.hex()}"]  # fmt: skip
    read = set(re.findall(r"->(\w+)", SOURCE.read_text(encoding="utf-8")))
    return "\n".join([*lines, *(struct_of(name, one.dtype, read) for name, one in kinds.items())])


def compiled_c(core: Core, folder: Path) -> Any:
    """Return ``choose_all`` of ``core.c``, compiled into ``folder``."""
    (folder / "rows.h").write_text(header(core), encoding="utf-8")
    made = folder / "core.so"
    subprocess.run([*COMMAND, f"-I{folder}", "-o", made, SOURCE, "-lm"], check=True)
    return ctypes.CDLL(str(made)).choose_all


def choose_in_c(function: Any, core: Core, out: Chosen) -> None:
    """Let all practices choose in C; ``out`` as ``room`` gives it."""
    tables = (elementary._INVERSE, elementary._LOG, elementary._LOG_LOW)
    logs = (ctypes.c_void_p * 3)(*(np.ascontiguousarray(one).ctypes.data for one in tables))
    rows = (core.practices, core.organisations, core.contacts, core.tables.params)
    whole = (len(core.tables.practices), len(out.best), SEED)
    function(
        *(ctypes.c_void_p(one.ctypes.data) for one in rows),
        logs,
        *(ctypes.c_int64(one) for one in whole),
        *(ctypes.c_void_p(one.ctypes.data) for one in out),
    )


def _ours(work: Work) -> Prepared:
    core = core_of(work.practices)
    out = room(core, work.quarters)

    def once() -> FloatArray:
        choose_all(core.tables, core.contacts, SEED, *out)
        return out.highest[None]

    once()
    return once


def _in_c(work: Work) -> Prepared:
    core = core_of(work.practices)
    out = room(core, work.quarters)
    with tempfile.TemporaryDirectory() as folder:
        function = compiled_c(core, Path(folder))

    def once() -> FloatArray:
        choose_in_c(function, core, out)
        return out.highest[None]

    once()
    return once


OURS, IN_C = "compiled rules", "C, -O3"
CONTENDERS = (
    Contender(OURS, "the rules as kernels have them: bounds checked, NaN refused", _ours,
              same=True),
    Contender(IN_C, f"`benchmarks/core.c`, by `{' '.join(COMMAND)}`", _in_c, same=True,
              needs=("program:cc",)),
)  # fmt: skip
"""Choices of membership of all practices, each among the organisations it knows."""
