"""What is measured: each section times something and returns a table."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from benchmarks.backends import BACKENDS
from benchmarks.comparing import compare, prepared
from benchmarks.contenders import Contender, Prepared, Work, comparison
from benchmarks.many import ALONE, BATCH, COMPILED, LEVERED
from benchmarks.places import all_quarters, start_of
from benchmarks.timing import Ratio, Times, interleave, ratio
from sim.measure.outcomes import NAMES


class Table(NamedTuple):
    """A table of results, as it is written; ``found`` holds ratios that budgets are about."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    notes: Sequence[str] = ()
    found: Mapping[str, Ratio] = {}


class Size(NamedTuple):
    """One size: about how many practices, over how many quarters, timed how many rounds."""

    practices: int
    quarters: int
    rounds: int


SIZES = (
    Size(50, 100, 5),
    Size(119, 100, 5),
    Size(500, 60, 5),
    Size(1000, 60, 3),
    Size(5000, 40, 3),
)
SCALING = (Size(100, 40, 7), Size(300, 40, 7), Size(1000, 40, 5), Size(5000, 40, 3))
LARGEST = Size(50_000, 40, 1)
TOTAL = 1_000
"""Runs of the sweep that the budget is about."""


def number_text(value: float) -> str:
    """Return a figure with three digits, or whole from 100 on."""
    return f"{value:.3g}" if value < 100 else f"{value:,.0f}"


def ratio_text(found: Ratio) -> str:
    """Return the median of a ratio, with its range."""
    return f"{number_text(found.median)} ({number_text(found.low)}-{number_text(found.high)})"


def practice_quarters(size: Size) -> float:
    """Return the practices open, added up over the quarters, of a compiled run of this size."""
    series = BACKENDS["compiled"](start_of(size.practices, size.quarters), 1,
                                  all_quarters(size.quarters))  # fmt: skip
    return float(series[:, 0, NAMES.index("practices")].sum())


def back_ends(sizes: tuple[Size, ...] = SIZES) -> Table:
    """Time every back end on regions from a neighbourhood to a country."""
    field, rows, found = comparison("back-ends"), [], {}
    for size in sizes:
        work = practice_quarters(size)
        asked = Work(size.practices, size.quarters)
        times = compare(field.here, asked, size.rounds)
        gc.collect()
        for name, taken in times.items():
            beside = ratio(taken, times["compiled"])
            found[f"{name} at {size.practices}"] = beside
            rows.append(
                (
                    f"{work / size.quarters:,.0f}",
                    str(size.quarters),
                    name,
                    number_text(1e3 * taken.best),
                    number_text(1e3 * taken.median),
                    number_text(1e6 * taken.median / work),
                    ratio_text(beside),
                )
            )
    return Table(
        "One run, by back end",
        ("practices", "quarters", "back end", "ms, least", "ms, median", "µs per practice-quarter",
         "times compiled: median (range)"),
        rows, field.left_out, found,
    )  # fmt: skip


def scaling(sizes: tuple[Size, ...] = SCALING, largest: Size | None = LARGEST) -> Table:
    """Time the compiled engine alone, over the same quarters, by the number of practices."""
    if largest:
        sizes += (largest,)
    rows, found = [], {}
    first = 0.0
    for size in sizes:
        work = practice_quarters(size)
        here = [one for one in comparison("back-ends").here if one.name == "compiled"]
        taken = compare(here, Work(size.practices, size.quarters), size.rounds)["compiled"]
        start_of.cache_clear()
        each = 1e6 * taken.best / work
        first = first or each
        found[f"cost at {size.practices}"] = Ratio(*[each / first] * 3)
        rows.append(
            (
                f"{work / size.quarters:,.0f}",
                number_text(1e3 * taken.best),
                number_text(each),
                f"{each / first:.2f}",
            )
        )
    title = f"The compiled engine by size, {sizes[0].quarters} quarters"
    header = ("practices", "ms, least", "µs per practice-quarter", "against the first")
    return Table(title, header, rows, (), found)


def sweep(rounds: int = 3, share: float = 1.0) -> Table:
    """Time many runs of UNICUM on two cores; with a ``share``, fewer of them.

    What starts processes at every call is timed with few runs and with more: what a run adds, and
    a start spread over ``TOTAL`` runs.
    """
    field, work = comparison("sweep"), Work(119, 100)
    counts = {one.name: max(4, round(one.runs * share)) for one in field.here}
    few = {one.name: 2 for one in field.here if one.starts}
    with prepared(field.here, work, counts) as asked:
        more = {f"{name}, few": once for name, once in _some(field.here, work, few).items()}
        times = interleave({**asked, **more}, rounds)
    each = {}
    for name, count in counts.items():
        seconds = [one / count for one in times[name].seconds]
        if name in few:
            pairs = zip(times[name].seconds, times[f"{name}, few"].seconds, strict=True)
            seconds = [scaled(a, count, b, few[name], TOTAL) for a, b in pairs]
        each[name] = Times(seconds)
    base = each[COMPILED]
    found = {
        "threads": ratio(each[ALONE], base),
        **{f"{name} over compiled": ratio(taken, base) for name, taken in each.items()},
    }
    if BATCH in each:
        found[f"{BATCH} over levers"] = ratio(each[BATCH], each[LEVERED])
    rows = [
        (
            name,
            str(counts[name]),
            number_text(1e3 * taken.best),
            number_text(1e3 * taken.median),
            ratio_text(found[f"{name} over compiled"]),
        )
        for name, taken in each.items()
    ]
    return Table(
        "Many runs of UNICUM, 100 quarters each",
        ("how", "runs", "ms per run, least", "ms per run, median",
         "times two threads: median (range)"),
        rows, field.left_out, found,
    )  # fmt: skip


def _some(
    contenders: Sequence[Contender], work: Work, counts: Mapping[str, int]
) -> dict[str, Prepared]:
    return {one.name: one.prepare(work._replace(runs=counts[one.name]))
            for one in contenders if one.name in counts}  # fmt: skip


def scaled(more: float, count: int, few: float, least: int, total: int) -> float:
    """Return seconds per run of ``total``, from those of ``count`` and of ``least`` runs.

    Never less than nothing for what a run adds, whatever others did to the clock.
    """
    adds = max(0.0, more - few) / (count - least)
    return (few + adds * (total - least)) / total
