"""Whole processes: compiling everything anew, and the start of a run when all is warm."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
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


def variables(folder: Path) -> dict[str, str]:
    """Return an environment in which Python keeps what it parsed, in ``folder``.

    So an installed program starts. Where Python is told to keep nothing, as on machines for tests,
    each process would parse all sources of the project anew, and none of those it imports.
    """
    found = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONPYCACHEPREFIX=str(folder / "parsed"))
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def _python(
    arguments: list[str], folder: Path, cache: Mapping[str, str] | None = None
) -> Callable[[], None]:
    environment = {**variables(folder), **(cache or {})}

    def work() -> None:
        subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=environment, check=True,
            stdout=subprocess.DEVNULL, timeout=600,
        )  # fmt: skip

    return work


def starts(rounds: int = 7, compile_too: bool = True) -> Table:
    """Time the start of ``regiosim run``, a small run as a whole, and compiling from nothing."""
    asked = ["run", "--region", "unicum", "--regime", "historic-nl", "--to", "2030Q4", "--quiet"]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        number = iter(range(1000))

        def timed(*arguments: str) -> None:
            _python([*arguments, "--out", str(folder / str(next(number)))], folder)()

        def whole_run() -> None:
            timed("-m", "experiments", *asked)

        def without_report() -> None:
            timed("-m", "experiments", *asked, "--no-report")

        def to_first_tick() -> None:
            timed("-c", FIRST_TICK, *asked)

        imports = _python(["-c", IMPORTS], folder)
        for first in (imports, whole_run):  # which parse what is kept from then on
            first()
        contenders = {
            IMPORTS: imports,
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
            empty = {"REGIOSIM_CACHE": str(folder / "cache")}
            cold = seconds_of(_python(["-c", code], folder, empty))
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
