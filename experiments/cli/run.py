"""Commands that run the model: run and warm."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from experiments.cli import going_on
from experiments.cli.console import print_json, progress_bar, say_error, show, waiting
from experiments.cli.options import PopulationSeed, Replicates, Seed, check_alone, is_given
from experiments.cli.starting import say_starts
from experiments.runs.naming import default_folder
from experiments.runs.rules import check_rules, choose_rules
from results.words.texts import LANGUAGES

if TYPE_CHECKING:
    from experiments.runs.past import Past
    from experiments.runs.result import Result
    from experiments.runs.scenario import Scenario

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Write nothing but errors.")]
Json = Annotated[bool, typer.Option("--json", help="Write figures as JSON on stdout.")]
NoReport = Annotated[
    bool,
    typer.Option("--no-report", help="Make no report and figures; `report DIR` does it later."),
]
Language = Annotated[
    str, typer.Option("--lang", metavar="nl|en", help="Language of the report and its figures.")
]
Rules = Annotated[
    str | None,
    typer.Option("--rules", metavar="FILE", help="Python file that replaces rules; it is run."),
]


def add(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("run")(run_command)
    app.command("warm")(warm_command)


def check_language(language: str) -> None:
    """Refuse a language that reports are not in.

    Raises:
        BadInput: it is neither English nor Dutch.
    """
    if language not in LANGUAGES:
        from sim.errors import BadInput

        said = f"unknown language {language!r}"
        raise BadInput("--lang", said, allowed=", ".join(LANGUAGES))


def warm_if_cold(quiet: bool) -> None:
    """Compile the model if this machine has not done so, and say that it takes a while."""
    from experiments.compiling.kernels import COMPILING, is_warm, kept_in, warm_up

    if is_warm():
        return
    if kept_in() is None and not quiet:
        say_error(
            "note: compiled code cannot be kept here, so every process compiles for itself; set "
            "REGIOSIM_CACHE to a folder that can be written"
        )
    with waiting(COMPILING, quiet):
        warm_up()


def run_command(
    context: typer.Context,
    region: Annotated[
        str | None,
        typer.Option(
            "--region",
            metavar="R",
            help="A shipped region, a folder, or synthetic:MUNICIPALITIES[:SEED]. Needed.",
        ),
    ] = None,
    regime: Annotated[
        str | None,
        typer.Option(
            "--regime", metavar="G", help="One of `regiosim regimes`, or a regime file. Needed."
        ),
    ] = None,
    link: Annotated[
        str | None,
        typer.Option(
            "--link",
            metavar="LINK",
            help="A lesson's link in place of all that says what is run: its policies a and b.",
        ),
    ] = None,
    package: Annotated[
        list[str] | None,
        typer.Option("--package", metavar="FILE", help="TOML file that overrides policy."),
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="A parameter, or title.NAME.KEY or policy.KEY, perhaps with @2019Q1 after KEY; of "
            "one insurer policy.KEY@INSURER.",
        ),
    ] = None,
    rules: Rules = None,
    begin: Annotated[
        str,
        typer.Option(
            "--start",
            metavar="QUARTER",
            help="When the run starts: 2006Q1, or a later first quarter with the region's state.",
        ),
    ] = "2006Q1",
    start: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="QUARTER",
            help="First quarter recorded; by default 2011Q1, or --start if later.",
        ),
    ] = "",
    end: Annotated[str, typer.Option("--to", metavar="QUARTER", help="Last quarter.")] = "2030Q4",
    switch: Annotated[
        str,
        typer.Option("--switch", metavar="QUARTER", help="When a design: regime leaves its base."),
    ] = "2018Q1",
    seed: Seed = 1,
    population_seed: PopulationSeed = None,
    replicates: Replicates = 1,
    engine: Annotated[
        str,
        typer.Option("--engine", metavar="NAME", help="compiled, mesa or python: same results."),
    ] = "compiled",
    record: Annotated[
        str, typer.Option("--record", metavar="WHAT", help="yearly, quarterly or all.")
    ] = "quarterly",
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help="New folder; default runs/NAME-ID-rN."),
    ] = None,
    keep_state: going_on.KeepState = False,
    horizon: going_on.Horizon = "",
    base: going_on.Continue = None,
    no_report: NoReport = False,
    language: Language = "en",
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Run a region under a regime and write everything it leaves into a new folder.

    A run starts in 2006Q1, or with --start later, from what the region says of that quarter; --from
    and --to choose what is recorded and where it ends. With --keep-state others can go on from its
    end, by --continue, and are then the runs that they would be from the start.
    """  # fmt: skip
    check_language(language)
    choose_rules(rules)
    from experiments.runs.scenario import Scenario
    from sim.errors import BadInput

    how = How("" if no_report else language, quiet, as_json)
    if link is not None:
        check_alone(context)
        _run_link(link, out, how)
        return
    past = None
    if base is not None:
        scenario, past = going_on.branch_from(base, context)
    elif region is None or regime is None:
        lacking = "--region" if region is None else "--regime"
        allowed = "--region and --regime, or --link, or --continue"
        raise BadInput(lacking, "is missing", allowed=allowed)
    else:
        scenario = Scenario(
            region=region, regime=regime, packages=tuple(package or ()),
            settings=tuple(setting or ()), start=start, end=end, switch=switch, seed=seed,
            population_seed=population_seed, replicates=replicates, record=record, engine=engine,
            begin=begin, horizon=going_on.horizon_of(keep_state, horizon, end),
        )  # fmt: skip
    if is_given(context, "switch"):
        from experiments.runs.idle import check_switch

        scenario.check()  # what is wrong with the date itself comes first
        check_switch(scenario.regime)
    folder = Path(out) if out is not None else default_folder(scenario)
    if not _run_one(scenario, folder, how, past):
        raise typer.Exit(1)


class How(NamedTuple):
    """How a run is told of: the language of its report, or none without one, and on the console."""

    report: str
    quiet: bool
    as_json: bool


def _run_one(scenario: Scenario, folder: Path, how: How, past: Past | None = None) -> bool:
    """Run a scenario into a new folder and tell of it; return whether all runs came through."""
    scenario.check()
    from results.store.folder import RunFolder

    say_starts([scenario], how.quiet)
    RunFolder(folder)  # refuse a folder that is in use before anything else takes time
    from experiments.runs.run import run

    if scenario.engine == "compiled":
        warm_if_cold(how.quiet)
    with progress_bar(f"{scenario.region}, {scenario.policy.name}", how.quiet) as progress:
        result = run(scenario, out=folder, progress=progress, report=how.report, past=past)
    _tell(scenario, result, folder, how)
    return not result.failed and result.reported


def _run_link(link: str, out: str | None, how: How) -> None:
    """Run both policies of a link, each into a folder of its own in one folder."""
    from experiments.classroom.links import scenarios

    found = scenarios(link)
    folder = Path(out) if out is not None else Path(f"{default_folder(found['b'])}-link")
    whole = [_run_one(scenario, folder / side, how) for side, scenario in found.items()]
    if not how.quiet and not how.as_json:
        print(f"Compare: regiosim compare {folder / 'a'} {folder / 'b'}")
    if not all(whole):
        raise typer.Exit(1)


def _tell(scenario: Scenario, result: Result, folder: Path, how: How) -> None:
    from experiments.runs.frames import declared_outcomes
    from results.statistics.headline import headlines
    from results.words.numbers import number, span
    from results.words.outcomes import Words

    failed = result.failed
    if failed:
        reason = str(result.runs["reason"].dropna().iloc[0])
        many = f"{failed} of {scenario.replicates} runs failed"
        say_error(f"{many} (see {folder / 'runs.parquet'}); the first: {reason}")
    if how.quiet and not how.as_json:
        return
    figures = headlines(result.series, Words(declared_outcomes()))
    if how.as_json:
        print_json(
            {
                "out": str(folder), "id": scenario.id, "replicates": scenario.replicates,
                "failed": failed, "figures": [one.plain() for one in figures],
            }
        )  # fmt: skip
        return
    done = scenario.replicates - failed
    what = "one run" if done == 1 else f"{done} runs"
    rows = [
        {
            "outcome": f"{one.name} ({one.unit})",
            "year": str(one.year),
            "mean" if done > 1 else "value": number(one.mean),
            **({"10-90%": span(one.low, one.high)} if done > 1 else {}),
        }
        for one in figures
    ]
    if rows:
        show(rows, False, f"Key figures of {what}. Theoretical exposition, not a forecast.")
    own = result.manifest.get("rules_file")
    if own is not None:
        print(f"Rules:   {own['file']} in the place of {', '.join(own['replaced'])}")
    print(f"Results: {folder}")
    if done and how.report and result.reported:
        print(f"Report:  {folder / 'report.html'}")


def warm_command(rules: Rules = None, quiet: Quiet = False) -> None:
    """Compile the model for this machine, once; do this before starting many workers."""
    choose_rules(rules)
    from experiments.compiling.kernels import is_warm, kept_in
    from sim.errors import BadInput

    check_rules()
    before = is_warm()
    if not before and kept_in() is None:
        raise BadInput(
            "warm", "compiled code cannot be kept: its folder cannot be written to",
            allowed="REGIOSIM_CACHE set to a folder that can be written",
        )  # fmt: skip
    warm_if_cold(quiet)
    if not quiet:
        print("The model was compiled already." if before else "The model is compiled.")
