"""How long runs are one run: what each quarter of a run reads of titles and policy.

Runs of one seed that start alike and read the same titles and policy in their first quarters are
the same run until then, to the bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.compiled.columns import bytes_of
from agents.compiled.record import NONE
from sim.tables import Tables

AHEAD = 1
"""Quarters that rules look ahead in titles and policy: a contract is agreed for the next one."""
BENCHMARK_AHEAD = 9
"""Quarters that ``compare_costs`` looks ahead for a benchmark that weighs anything."""

READ = {
    "titles": frozenset(
        {"tick", "later", "last", "begin", "since - 1", "min(shown, len(tables.titles) - 1)"}
    ),
    "policy": frozenset(
        {"tick", "counter.quarter", "tables.counter[0].quarter", "later", "quarter", "ahead"}
    ),
}
"""Rows that rules read, as they are written there: a test holds every rule to this list.

``later`` is the next quarter, ``quarter`` goes back from it, ``begin`` and those of the counter are
the quarter that runs; ``ahead`` is that of ``BENCHMARK_AHEAD``. ``last``, ``since - 1`` and
``shown`` are of a title's whole history, so that titles that are read so must be equal whole.
"""

MAY_DIFFER = frozenset("titles policy tariffs ledger events scratch".split())
"""Tables that may differ between runs that begin alike: read by the quarter, or only written."""

Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]


class Said(NamedTuple):
    """What one start says of titles and policy, in a form that is compared at once.

    Attributes:
        start: the starting tables.
        kin: the first of several starts that begins alike, itself or another: but for titles and
            policy they are the same, so that their pasts may be one.
        titles: all that a title says in a quarter, shape ``(quarters, titles, words)``.
        policy: all that policy says, shape ``(quarters, insurers, words)``.
        known: which titles a run may have read by the end of a quarter, ``(quarters, titles)``:
            those active so far or in the quarter after. Of the others no rule has read anything.
        sums: which titles are to pay a given sum in the last quarter, on whose row their tariffs
            are solved at the start.
        ends: the quarter in which a tied title first runs down, or ``NONE``.
        compared: whether costs are compared in a quarter, for a benchmark that will weigh.
    """

    start: Tables
    kin: int
    titles: Words
    policy: Words
    known: Flags
    sums: Flags
    ends: NDArray[np.int64]
    compared: Flags


def said(starts: Sequence[Tables]) -> list[Said]:
    """Return what each of some starts says of titles and policy."""
    leads: list[int] = []
    out = []
    for number, start in enumerate(starts):
        kin = next((lead for lead in leads if begin_alike(starts[lead], start)), number)
        if kin == number:
            leads.append(number)
        out.append(_said(start, kin))
    return out


def _said(start: Tables, kin: int) -> Said:
    titles, policy = start.titles, start.policy
    active = titles["active"]
    weighs = policy["benchmark"].max(axis=1) > 0.0
    ahead = np.minimum(np.arange(len(weighs)) + BENCHMARK_AHEAD, len(weighs) - 1)
    known = np.logical_or.accumulate(active | _next(active), axis=0)
    sums = titles["neutral"][-1] > 0.0
    ends = start.tariffs["run_down"].copy()
    return Said(start, kin, _words(titles), _words(policy), known, sums, ends, weighs[ahead])


def begin_alike(a: Tables, b: Tables) -> bool:
    """Return whether two starts differ in titles and policy at most."""
    for name in Tables._fields:
        one, other = getattr(a, name), getattr(b, name)
        if name in MAY_DIFFER or one is other:
            continue
        alike = one.dtype == other.dtype and one.shape == other.shape
        if not alike or not _equal(one, other):
            return False
    return len(a.titles) == len(b.titles)


def _equal(one: NDArray[Any], other: NDArray[Any]) -> bool:
    """Return whether tables of one shape say the same; mostly their bytes tell, and at once."""
    same = np.array_equal(bytes_of(one), bytes_of(other))
    return same or bool(np.asarray(one == other).all())


def agree(a: Said, b: Said) -> int:
    """Return for how many quarters, from the first on, two runs of one seed are the same run.

    Zero where they do not begin alike. ``said`` was asked of both at once.
    """
    if a.kin != b.kin:
        return 0
    both = min(a.known.shape[1], b.known.shape[1])
    beyond = a.known[:, both:].any(axis=1) | b.known[:, both:].any(axis=1)
    read = a.known[:, :both] | b.known[:, :both]
    rows = (a.policy == b.policy).all(axis=(1, 2))
    policy = rows & _next(rows) & (a.compared == b.compared)
    unlike = beyond | (read & ~_titles_alike(a, b, both)).any(axis=1) | ~policy
    return int(np.argmax(unlike)) if unlike.any() else len(unlike)


def _titles_alike(a: Said, b: Said, both: int) -> Flags:
    """Return whether all that a quarter may read of a title is equal: ``(quarters, both)``."""
    rows = (a.titles[:, :both] == b.titles[:, :both]).all(axis=2)
    out: Flags = rows & _next(rows)
    whole = rows.all(axis=0)
    later = np.minimum(np.arange(len(rows)) + AHEAD, len(rows) - 1)
    for k in range(both):
        if a.sums[k] or b.sums[k]:
            out[:, k] &= rows[-1, k]
        first = min(a.ends[k], b.ends[k])
        if first != NONE and not (whole[k] and a.ends[k] == b.ends[k]):
            out[:, k] &= later < first  # a run-down may skip quarters of its title
    return out


def _words(table: NDArray[Any]) -> Words:
    """Return each cell of a table as words; what lies between its fields says nothing."""
    clean = np.zeros(table.shape, table.dtype)  # zeros_like would leave what lies between
    for name in table.dtype.names or ():
        clean[name] = table[name]
    return clean.view(np.uint64).reshape(*table.shape, -1)


def _next(flags: Flags) -> Flags:
    """Return the flags of the quarter after each; the last has none after it."""
    return np.concatenate([flags[AHEAD:], flags[-AHEAD:]])
