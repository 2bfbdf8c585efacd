"""Command sweep."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.cli.console import print_json, say_error, stderr, waiting
from experiments.cli.ends import UNREACHED, Ended
from experiments.cli.jobs import one_way, submit_jobs
from experiments.cli.options import whole_option
from experiments.cli.planned import spoken, tell_plan, warn_inert
from experiments.cli.reached import reached_in, say_unreached, tell_reached
from experiments.cli.run import (
    Json,
    Language,
    NoReport,
    Quiet,
    Rules,
    check_language,
    warm_if_cold,
)
from experiments.cli.starting import say_starts
from experiments.runs.rules import choose_rules

if TYPE_CHECKING:
    from experiments.sweeps.plan.plan import Plan
    from experiments.sweeps.work.filling import State
    from experiments.sweeps.work.sweeping import Sweep

EVERY = 30.0
"""Seconds between lines of progress where no terminal shows a bar, as in a job's log."""


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("sweep")(sweep_command)


def sweep_command(
    context: typer.Context,
    experiment: Annotated[
        str,
        typer.Argument(
            metavar="EXPERIMENT.toml", help="A file, or the name of one that comes along."
        ),
    ],
    more: Annotated[
        list[str] | None,
        typer.Argument(metavar="DIR", help="More folders of --from."),
    ] = None,
    plan_only: Annotated[
        bool, typer.Option("--plan", help="Check it, say runs, time and disk, and run nothing.")
    ] = False,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help="New folder, or one to go on with."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            parser=whole_option,
            help="Processes; default: the cores allowed.",
        ),
    ] = None,
    earlier: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            metavar="DIR...",
            help="Take what is there already out of these sweeps, finished or not.",
        ),
    ] = None,
    until: Annotated[
        list[str] | None,
        typer.Option(
            "--until",
            metavar="'OUTCOME +- WIDTH'",
            help="Add seeds to points until the mean of an outcome is known so well; may be "
            "repeated.",
        ),
    ] = None,
    most: Annotated[
        int | None,
        typer.Option(
            "--most",
            metavar="N",
            parser=whole_option,
            help="Seeds of a point at most, with --until; default: 1000.",
        ),
    ] = None,
    shard: Annotated[
        str, typer.Option("--shard", metavar="i/n", help="Only the i-th of n parts; see merge.")
    ] = "",
    cluster: Annotated[
        str,
        typer.Option(
            "--cluster", metavar="ADDRESS", help="A Dask scheduler or its file, or slurm."
        ),
    ] = "",
    array: Annotated[
        int | None,
        typer.Option("--array", metavar="N", help="Submit it to Slurm as an array of N tasks."),
    ] = None,
    rules: Rules = None,
    no_report: NoReport = False,
    language: Language = "en",
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Run an experiment: every point of its design on the same seeds, batch by batch.

    The same command goes on where an earlier one stopped, for whatever reason.
    """
    check_language(language)
    choose_rules(rules)
    one_way({"--shard": shard, "--cluster": cluster, "--array": array})
    if no_report:
        check_reported({"--shard": shard, "--array": array})
    sources = folders_of(earlier, more)
    from experiments.sweeps.work.ahead import MOST, started
    from sim.engines.cores import cores

    here = not (plan_only or cluster or array is not None)
    # On other cores than the one on which this process reads the file and plans meanwhile.
    many = min(workers or cores(), cores() - 1, MOST) if here else 0
    ahead = context.with_resource(started(many))
    from experiments.sweeps.file.experiment import read_experiment
    from experiments.sweeps.plan.planning import make_plan
    from experiments.sweeps.plan.stages import with_targets
    from experiments.sweeps.store.earlier import check_earlier
    from experiments.sweeps.store.folder import SweepFolder
    from experiments.sweeps.work.sweeping import (
        check_alone,
        check_most,
        check_workers,
        default_folder,
        shard_of,
        sweep,
    )

    check_workers(workers)
    check_most(most, until)
    if shard:
        shard_of(shard)
    executor = None
    if cluster:
        from experiments.sweeps.work.over_dask import over_dask

        executor = over_dask(cluster, workers)
    with waiting(f"Checking {experiment}", quiet or not stderr().is_terminal):
        plan = make_plan(read_experiment(experiment))
        if until:
            plan = with_targets(plan, until, most)
            check_alone(plan, shard=shard, array=array)
    target = Path(out) if out is not None else default_folder(plan)
    folder = SweepFolder(target, plan)
    folder.check()
    say_starts((plan.bare(arm) for arm in range(len(plan.arms))), quiet)
    check_earlier(sources, target)
    jobs = None
    if array is not None:
        from experiments.sweeps.work.slurm import jobs_of

        jobs = jobs_of(plan, experiment, target, array, sources)
    if jobs is not None and not plan_only:
        submit_jobs(jobs, target, quiet, as_json)
        return
    warm_if_cold(quiet)
    if plan_only:
        tell_plan(plan, sources, workers, jobs, quiet, as_json)
        return
    try:
        with progress_of(plan, quiet) as progress:
            done = sweep(
                plan, target, workers=workers, shard=shard, progress=progress, executor=executor,
                language="" if no_report else language, earlier=sources, ahead=ahead,
            )  # fmt: skip
    except Ended as ended:
        ended.kept = _safe(target)
        raise
    except BaseException:
        kept = _safe(target)
        if kept:
            say_error(kept)
        raise
    _tell(done, quiet, as_json)
    if done.state.failed or not done.reported:
        raise typer.Exit(1)
    if not done.reached:
        raise typer.Exit(UNREACHED)


def check_reported(parts: Mapping[str, object]) -> None:
    """Refuse to leave out a report where none is made: parts of a sweep have none by themselves.

    Raises:
        BadInput: one of these options is given.
    """
    from sim.errors import BadInput

    for option, value in parts.items():
        if value:
            raise BadInput(
                "--no-report", f"does nothing beside {option}: merge makes the report",
                allowed="a sweep that is run as a whole",
            )  # fmt: skip


def folders_of(earlier: list[str] | None, more: list[str] | None) -> list[str]:
    """Return the folders of ``--from A B``: B comes as an argument behind the experiment.

    Raises:
        BadInput: there are more arguments and no ``--from``.
    """
    from sim.errors import BadInput

    if more and not earlier:
        raise BadInput(more[0], "is one argument too many", allowed="one experiment")
    return [*(earlier or ()), *(more or ())]


def _safe(target: Path) -> str:
    """Return what an interrupted sweep keeps, in words; nothing where it had not begun."""
    from experiments.sweeps.store.status import status

    try:
        found = status(target)
    except (ValueError, OSError):  # it had not begun, or was refused
        return ""
    return (
        f"{found['done']:,} of {found['runs']:,} runs are safe in {target}; the same command goes "
        "on from there"
    )


@contextmanager
def progress_of(plan: Plan, quiet: bool) -> Iterator[Callable[[State], None] | None]:
    """Give a function that shows how far a sweep is: a bar, or a line now and then."""
    console = stderr()
    if quiet:
        yield None
        return
    if not console.is_terminal:
        last = [time.monotonic()]

        def line(state: State) -> None:
            if time.monotonic() - last[0] >= EVERY or state.done == state.runs:
                last[0] = time.monotonic()
                console.print(told(state))

        yield line
        return
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=plan.runs)

        def update(state: State) -> None:
            bar.update(task, completed=state.done, total=state.runs, description=told(state))

        yield update


def told(state: State) -> str:
    """Return one line on how far a sweep is."""
    parts = [f"{state.done:,} of {state.runs:,} runs", f"{state.rate:.1f}/s"]
    if state.taken:
        parts.append(f"{state.taken:,} taken from earlier sweeps")
    if state.left is not None and state.done < state.runs:
        parts.append(f"{spoken(state.left)} left")
    parts.append(f"{state.failed} failed")
    if state.deaths:
        parts.append(f"{state.deaths} processes died and were replaced")
    return ", ".join(parts)


def _tell(done: Sweep, quiet: bool, as_json: bool) -> None:
    from results.store.reading import manifest

    state, about = done.state, manifest(done.folder)
    if not quiet:
        warn_inert(about.get("inert") or [])
    if state.failed:
        say_error(f"{state.failed} of {state.runs} runs failed: see reason in runs.parquet")
    if "until" in about:
        say_unreached(about)
    if as_json:
        print_json(
            {
                "out": str(done.folder), "id": done.plan.id, "runs": state.runs,
                "done": state.done, "here": state.here, "taken": state.taken,
                "failed": state.failed,
                "finished": done.finished, "inert": about.get("inert") or [],
                **reached_in(about),
            }
        )  # fmt: skip
        return
    if quiet:
        return
    if not done.finished:
        print(f"Shard:   {state.done} runs are there; put shards together with regiosim merge")
    if "until" in about:
        tell_reached(about)
    print(f"Results: {done.folder}")
    if done.finished and (done.folder / "report.html").is_file():
        print(f"Report:  {done.folder / 'report.html'}")
