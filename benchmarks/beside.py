"""Sections beside other machines and makers: WebAssembly, C, and other frameworks."""

from __future__ import annotations

import time

from benchmarks import core, webassembly
from benchmarks.comparing import compare
from benchmarks.contenders import Work, comparison
from benchmarks.frameworks.frameworks import OWN
from benchmarks.sections import Size, Table, number_text, ratio_text
from benchmarks.timing import ratio

CORES = (Size(119, 100, 15), Size(2_000, 20, 9))
EPIDEMIC = Size(200, 100, 9)


def web(rounds: int = 30) -> Table:
    """Time a run of UNICUM in WebAssembly under Node beside the same natively."""
    field = comparison("web")
    times = compare(field.here, Work(119, 100), rounds)
    base = times[webassembly.NATIVE]
    found = {name: ratio(taken, base) for name, taken in times.items()}
    rows = [(name, number_text(1e3 * taken.best), number_text(1e3 * taken.median),
             ratio_text(found[name])) for name, taken in times.items()]  # fmt: skip
    return Table(
        "One run of a lesson, UNICUM to 2030, by year",
        ("how", "ms, least", "ms, median", "times native: median (range)"),
        rows, field.left_out, found,
    )  # fmt: skip


def core_in_c(sizes: tuple[Size, ...] = CORES) -> Table:
    """Time the choice of membership of all practices, by the rules and in C."""
    field, rows, found = comparison("core"), [], {}
    for size in sizes:
        work = Work(size.practices, size.quarters)
        times = compare(field.here, work, size.rounds, time.thread_time)
        choices = size.practices * size.quarters
        base = times.get(core.IN_C)
        for name, taken in times.items():
            beside = ratio(taken, base) if base else None
            if beside:
                found[f"{name} at {size.practices}"] = beside
            rows.append(
                (f"{size.practices:,}", name, number_text(1e9 * taken.best / choices),
                 number_text(1e9 * taken.median / choices), ratio_text(beside) if beside else "")
            )  # fmt: skip
    return Table(
        "The choice of membership against C, processor time",
        ("practices", "how", "ns per practice, least", "ns, median", "times C: median (range)"),
        rows, field.left_out, found,
    )  # fmt: skip


def frameworks(size: Size = EPIDEMIC) -> Table:
    """Time an epidemic among so many agents in each framework that is installed."""
    field = comparison("frameworks")
    times = compare(field.here, Work(size.practices, size.quarters), size.rounds)
    rows = [(name, f"{size.quarters / taken.best:,.0f}", f"{size.quarters / taken.median:,.0f}",
             ratio_text(ratio(taken, times[OWN]))) for name, taken in times.items()]  # fmt: skip
    return Table(
        f"An epidemic among {size.practices} agents, {size.quarters} steps",
        ("framework", "steps per second, most", "median", "times regiosim: median (range)"),
        rows, field.left_out,
    )  # fmt: skip
