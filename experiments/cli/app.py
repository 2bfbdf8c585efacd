"""The command line ``regiosim``: one entry point, clear messages, exit codes 0, 1, 2 and 130."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from experiments.cli import (
    columns,
    fingerprint,
    lesson,
    place,
    query,
    report,
    rules,
    run,
    status,
    story,
    sweep,
    teach,
    view,
)
from experiments.cli import list as listing
from experiments.cli.console import say_error
from experiments.runs.version import VERSION

DONE, FAILED, BAD_INPUT, INTERRUPTED, SIGNALLED = 0, 1, 2, 130, 128

app = typer.Typer(
    name="regiosim",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    help="Simulate how Dutch primary care organises itself under payment policies. "
    "A theoretical exposition, not a forecast.",
)


def _version(asked: bool) -> None:
    if asked:
        print(f"regiosim {VERSION}")
        raise typer.Exit()


@app.callback(invoke_without_command=True)
def _top(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())


run.add(app)
report.add(app)
listing.add(app)
rules.add(app)
place.add(app)
story.add(app)
lesson.add(app)
teach.add(app)
sweep.add(app)
status.add(app)
query.add(app)
columns.add(app)
fingerprint.add(app)
view.add(app)


class Terminated(BaseException):
    """The system asked the program to end: leave as an exception, so that nothing stays behind."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _terminate(number: int, frame: Any) -> None:
    raise Terminated(number)


@contextmanager
def _terminable() -> Iterator[None]:
    """Turn what ends a program into an exception while a command runs.

    That is SIGTERM, the closing of the terminal, and SIGUSR1, which clusters send before a job's
    time is over.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = ("SIGTERM", "SIGHUP", "SIGUSR1")  # not all on every system
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [(number, signal.signal(number, _terminate)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _explained(error: Exception) -> tuple[str, int] | None:
    """Return message and exit code of an error that a user can do something about."""
    if hasattr(error, "format_message"):  # what typer says about options
        return f"{error.format_message()} See regiosim --help.", BAD_INPUT
    from sim.errors import BadInput

    if isinstance(error, BadInput):
        if "experiments.runs.arguments" not in sys.modules:  # it imports the model, rules too
            return str(error), BAD_INPUT
        from experiments.runs.arguments import in_options

        return in_options(error), BAD_INPUT
    if "agents.compiled.swaps" in sys.modules:
        from agents.compiled.swaps import OWN, line_of

        line = line_of(error)
        if OWN is not None and line is not None:  # a rule of the user's, in plain Python
            return f"{OWN.line(line)}: {type(error).__name__}: {error}", BAD_INPUT
    if "results.store.folder" in sys.modules:
        from results.store.folder import FolderRefused
        from results.store.reading import StoreRefused

        if isinstance(error, FolderRefused | StoreRefused):
            return str(error), BAD_INPUT
    if "sim.engines.compiled" in sys.modules:
        from sim.engines.compiled import RunFailed

        if isinstance(error, RunFailed):
            return str(error), FAILED
    if "experiments.sweeps.work.local" in sys.modules:
        from experiments.sweeps.work.local import CannotStart

        if isinstance(error, CannotStart):
            return str(error), FAILED
    if "experiments.sweeps.work.over_dask" in sys.modules:
        from experiments.sweeps.work.over_dask import WorkersDiffer

        if isinstance(error, WorkersDiffer):
            return str(error), FAILED
    if "experiments.sweeps.work.slurm" in sys.modules:
        from experiments.sweeps.work.slurm import SlurmRefused

        if isinstance(error, SlurmRefused):
            return str(error), FAILED
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}", FAILED
    if isinstance(error, MemoryError):
        return "out of memory: record less, or run fewer replicates at once", FAILED
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 bad input, 130 Ctrl-C."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with _terminable():
            code = app(given, prog_name="regiosim", standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Terminated as ended:
        say_error("ended by the system; nothing half-written was left behind")
        return SIGNALLED + ended.number
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        found = _explained(error)
        if found is None:
            raise
        say_error(found[0])
        return found[1]
    if code == INTERRUPTED:  # typer may have turned Ctrl-C into a code
        say_error("stopped; nothing half-written was left behind")
    return code if isinstance(code, int) else DONE
