"""What is measured: each section times something and returns a table."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from benchmarks.backends import BACKENDS
from benchmarks.places import all_quarters, start_of
from benchmarks.timing import Ratio, Times, interleave, ratio, seconds_of
from sim.engines.threads import run_many
from sim.measure.outcomes import NAMES


class Table(NamedTuple):
    """A table of results, as it is written."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""


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
SWEEP = 100


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


def _contenders(size: Size, names: tuple[str, ...]) -> dict[str, Callable[[], object]]:
    start, recording = start_of(size.practices, size.quarters), all_quarters(size.quarters)
    made: dict[str, Callable[[], object]] = {}
    for name in names:
        # Whatever is built once per process is built before the clock runs.
        BACKENDS[name](start_of(20, 1), 1, all_quarters(1))
        made[name] = partial(BACKENDS[name], start, 1, recording)
    return made


def back_ends(sizes: tuple[Size, ...] = SIZES) -> Table:
    """Time every back end on regions from a neighbourhood to a country."""
    rows = []
    for size in sizes:
        names = tuple(BACKENDS)
        if size.practices > 50:
            names = tuple(name for name in BACKENDS if name != "twin")
        work = practice_quarters(size)
        times = interleave(_contenders(size, names), size.rounds)
        gc.collect()
        for name, taken in times.items():
            rows.append(
                (
                    f"{work / size.quarters:,.0f}",
                    str(size.quarters),
                    name,
                    number_text(1e3 * taken.best),
                    number_text(1e3 * taken.median),
                    number_text(1e6 * taken.median / work),
                    ratio_text(ratio(taken, times["compiled"])),
                )
            )
    return Table(
        "One run, by back end",
        ("practices", "quarters", "back end", "ms, least", "ms, median", "µs per practice-quarter",
         "times compiled: median (range)"),
        rows,
    )  # fmt: skip


def scaling(sizes: tuple[Size, ...] = SCALING, largest: Size | None = LARGEST) -> Table:
    """Time the compiled engine alone, over the same quarters, by the number of practices."""
    if largest:
        sizes += (largest,)
    rows = []
    first = 0.0
    for size in sizes:
        work = practice_quarters(size)
        taken = interleave(_contenders(size, ("compiled",)), size.rounds)["compiled"]
        start_of.cache_clear()
        each = 1e6 * taken.best / work
        first = first or each
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
    return Table(title, header, rows)


def _one_plain(seed: int) -> float:
    start, recording = start_of(119, 100), all_quarters(100)
    return seconds_of(lambda: BACKENDS["plain-mesa"](start, seed, recording))


def _warm_plain(_: int) -> None:
    BACKENDS["plain-mesa"](start_of(119, 100), 1, all_quarters(1))


def sweep(runs: int = SWEEP, rounds: int = 3, plain_runs: int = 8) -> Table:
    """Time many seeds of UNICUM: on one thread and two, and plain Mesa on two processes."""
    start, recording = start_of(119, 100), all_quarters(100)
    seeds = [(k, k) for k in range(1, runs + 1)]
    run_many(start, seeds[:2], recording, 2)

    def many(threads: int) -> Callable[[], object]:
        return lambda: run_many(start, seeds, recording, threads)

    # Processes that are started, and have imported everything, before the clock runs.
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(_warm_plain, range(2), chunksize=1)
        contenders = {
            "compiled, 1 thread": many(1),
            "compiled, 2 threads": many(2),
            "plain Mesa, 2 processes": lambda: pool.map(
                _one_plain, range(1, plain_runs + 1), chunksize=1
            ),
        }
        times = interleave(contenders, rounds)
    counts = {"plain Mesa, 2 processes": plain_runs}
    per_run = {
        name: Times([s / counts.get(name, runs) for s in taken.seconds])
        for name, taken in times.items()
    }
    base = per_run["compiled, 2 threads"]
    rows = [
        (
            name,
            str(counts.get(name, runs)),
            number_text(1e3 * taken.best),
            number_text(1e3 * taken.median),
            ratio_text(ratio(taken, base)),
        )
        for name, taken in per_run.items()
    ]
    return Table(
        "Many runs of UNICUM, 100 quarters each",
        ("how", "runs", "ms per run, least", "ms per run, median",
         "times two threads: median (range)"),
        rows,
    )  # fmt: skip
