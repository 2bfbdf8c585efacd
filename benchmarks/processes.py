"""Whole processes: compiling everything anew, and the start of a run when all is warm."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.sections import Table, ratio_text
from benchmarks.timing import interleave, ratio, seconds_of

ROOT = Path(__file__).resolve().parent.parent

IMPORTS = "import mesa, numba, pandas"
FIRST_TICK = """
import sys, sim.engines.compiled, experiments.runs.steps
from experiments.cli import main
def stop(*given, **named):
    sys.stdout.flush()
    import os
    os._exit(0)
sim.engines.compiled.run_batch = stop
experiments.runs.steps.draw_population = stop
main()
"""
"""`regiosim run` that ends where its first kernel would begin."""


SHORT = "regiosim run, UNICUM 2006-2030, without report"
REPORTED = "regiosim run, UNICUM 2006-2030, with report"


def _python(arguments: list[str], cache: str | None = None) -> Callable[[], None]:
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    if cache:
        environment["REGIOSIM_CACHE"] = cache

    def work() -> None:
        subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=environment, check=True,
            stdout=subprocess.DEVNULL, timeout=600,
        )  # fmt: skip

    return work


def starts(rounds: int = 7, compile_too: bool = True) -> Table:
    """Time the start of ``regiosim run``, a small run as a whole, and compiling from nothing."""
    asked = ["run", "--region", "unicum", "--regime", "historic-nl", "--to", "2030Q4", "--quiet"]
    with tempfile.TemporaryDirectory() as folder:
        number = iter(range(1000))

        def whole_run() -> None:
            out = str(Path(folder) / str(next(number)))
            _python(["-m", "experiments", *asked, "--out", out])()

        def without_report() -> None:
            out = str(Path(folder) / str(next(number)))
            _python(["-m", "experiments", *asked, "--no-report", "--out", out])()

        def to_first_tick() -> None:
            out = str(Path(folder) / str(next(number)))
            _python(["-c", FIRST_TICK, *asked, "--out", out])()

        whole_run()
        contenders = {
            IMPORTS: _python(["-c", IMPORTS]),
            "regiosim run, to its first tick": to_first_tick,
            SHORT: without_report,
            REPORTED: whole_run,
        }
        times = interleave(contenders, rounds)
        rows = [
            (f"`{name}`" if name == IMPORTS else name, f"{taken.best:.2f}", f"{taken.median:.2f}",
             ratio_text(ratio(taken, times[IMPORTS])))
            for name, taken in times.items()
        ]  # fmt: skip
        found = {
            "short": ratio(times[SHORT], times[IMPORTS]),
            "reported": ratio(times[REPORTED], times[IMPORTS]),
        }
        if compile_too:
            code = "from experiments.compiling.kernels import warm_up; warm_up()"
            cold = seconds_of(_python(["-c", code], str(Path(folder) / "cache")))
            rows.append(
                ("compiling everything, once per version", f"{cold:.0f}", f"{cold:.0f}", "")
            )
    return Table(
        "Whole processes, with a warm cache",
        ("what", "s, least", "s, median", "times the imports: median (range)"),
        rows,
        (),
        found,
    )
