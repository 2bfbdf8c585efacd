"""The command line ``regiosim``: one entry point, clear messages, exit codes 0 to 3 and 130."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from experiments.cli import (
    business,
    columns,
    discover,
    fingerprint,
    lesson,
    merge,
    place,
    query,
    report,
    reproduce,
    rules,
    run,
    scorecard,
    sensitivity,
    status,
    story,
    sweep,
    teach,
    view,
)
from experiments.cli import list as listing
from experiments.cli.console import say_error
from experiments.cli.ends import INTERRUPTED, is_ending
from experiments.cli.surroundings import OutputGone, no_utf8
from experiments.runs.called import called
from experiments.runs.version import VERSION

DONE, FAILED, BAD_INPUT = 0, 1, 2

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
merge.add(app)
status.add(app)
query.add(app)
columns.add(app)
reproduce.add(app)
sensitivity.add(app)
discover.add(app)
scorecard.add(app)
business.add(app)
fingerprint.add(app)
view.add(app)


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
    if "results.store.checksums" in sys.modules:  # all that reads a folder imports it
        from results.store.checksums import StoreRefused

        if isinstance(error, StoreRefused):
            return str(error), BAD_INPUT
    if "results.store.claims" in sys.modules:
        from results.store.claims import FolderRefused

        if isinstance(error, FolderRefused):
            return str(error), BAD_INPUT
    if "sim.engines.compiled" in sys.modules:
        from sim.engines.compiled import RunFailed

        if isinstance(error, RunFailed):
            return str(error), FAILED
    if "experiments.sweeps.work.local" in sys.modules:
        from experiments.sweeps.work.local import CannotStart

        if isinstance(error, CannotStart):
            return str(error), FAILED
    if "sim.place.fetch" in sys.modules:
        from sim.place.fetch import NotFetched

        if isinstance(error, NotFetched):
            return str(error), FAILED
    if "experiments.reproducing.child" in sys.modules:
        from experiments.reproducing.child import RepetitionStopped

        if isinstance(error, RepetitionStopped):
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
    """Run one command and return its exit code.

    0: done; 1: failed; 2: bad input; 3: a sweep is whole, but a target not reached; 130: Ctrl-C.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    unknown = no_utf8(given)
    if unknown is not None:
        say_error(
            f"{unknown}: its name is no UTF-8, and tables are found by UTF-8 names; rename it"
        )
        return BAD_INPUT
    try:
        with called(given):
            code = app(given, prog_name="regiosim", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except OutputGone as gone:
        return gone.code(DONE)
    except Exception as error:
        if is_ending():  # what a library made of a signal
            raise
        found = _explained(error)
        if found is None:
            raise
        say_error(found[0])
        return found[1]
    if code == INTERRUPTED:  # typer may have turned Ctrl-C into a code
        say_error("stopped; nothing half-written was left behind")
    return code if isinstance(code, int) else DONE
