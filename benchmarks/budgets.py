"""What the project promises of its speed, what this run measured of it, and why not where not.

All are ratios of times that took turns in one run. ``key`` is the ratio that a section found
(``Table.found``); the reason is written by hand and stands where the budget is not reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from benchmarks import core, many, webassembly
from benchmarks.sections import Table, ratio_text
from benchmarks.timing import Ratio


class Budget(NamedTuple):
    """One promise: ``bound`` times at least (``least``), or at most."""

    text: str
    key: str
    bound: float
    least: bool
    reason: str

    def met(self, found: Ratio) -> bool:
        """Return whether the median keeps it."""
        return found.median >= self.bound if self.least else found.median <= self.bound

    @property
    def needed(self) -> str:
        """The bound in words."""
        return f"{'at least' if self.least else 'at most'} {self.bound:g} x"


WORK = (
    "both do the work of the same rules; the compiled time is spread over meetings, payments split "
    "over insurers and what measuring sees of each practice (the profiles on this page), none of "
    "them a tenth. To reach it: less work in those with the same bits"
)
BUDGETS = (
    Budget("one run against plain Mesa, a region of 119", "plain-mesa at 119", 100, True, WORK),
    Budget("one run against plain Mesa, a country of 5,000", "plain-mesa at 5000", 80, True,
           "as in a region, and memory besides: tables outgrow the caches of a processor"),
    Budget("1,000 runs of a region against `mesa.batch_run` of plain Mesa, two cores each",
           f"{many.BATCH} over compiled", 150, True,
           "`batch_run` does the runs of plain Mesa, and collects and hands back rows besides: it "
           "stays near the ratio of one run, and rises with it"),
    Budget("the same where levers differ from 2018 on, with one past",
           f"{many.BATCH} over levers", 250, True,
           "until 2018 runs share 47 of 100 quarters, but a third of the time: no more than about "
           "1.5 times the line above. To reach it: dates later than 2018, or that line"),
    Budget("the choice of membership against C, -O3, a region",
           f"{core.OURS} at 119", 1.5, False,
           "bounds that are checked and not-a-numbers that are refused"),
    Budget("a run in WebAssembly against native (in a browser; here under Node)",
           webassembly.NODE, 1.3, False,
           "the compiler of Node and browsers: with outcomes handed over as bytes, not as text, it "
           "is as much, and native code for no processor in particular takes as long as for this "
           "one; browsers are measured by `tests/web/runs.mjs`"),
    Budget("cost per practice and quarter, 100 to 50,000 practices", "cost at 50000", 2, False,
           "columns no longer fit in the caches of a processor, and whoever looks around among "
           "bodies reads a short column of all. To reach it: bodies found by place"),
    Budget("two threads against one", "threads", 1.85, True,
           "two threads share memory and the clock of the processor"),
    Budget("a short `regiosim run` without report, against its imports", "short", 2, False,
           "files and tables are written, and the kernel is loaded from disk"),
    Budget("the same with a report", "reported", 4, False,
           "Matplotlib is imported and some twenty figures are drawn"),
)  # fmt: skip


def budget_table(found: Mapping[str, Ratio]) -> Table:
    """Return all budgets, with what was found of them."""
    rows = []
    for budget in BUDGETS:
        ratio = found.get(budget.key)
        verdict = "not measured in this run"
        if ratio:
            verdict = "reached" if budget.met(ratio) else f"not reached: {budget.reason}"
        measured = f"{ratio_text(ratio)} x" if ratio else ""
        rows.append((budget.text, budget.needed, measured, verdict))
    header = ("budget", "needed", "measured: median (range)", "why not, and what would reach it")
    return Table("", header, rows)
