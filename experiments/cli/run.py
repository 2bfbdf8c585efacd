"""Commands that compute: run, compare, report and warm."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.cli.console import print_json, progress_bar, say_error, show, waiting
from experiments.cli.options import PopulationSeed, Replicates, Seed, check_alone, is_given
from experiments.runs.rules import check_rules, choose_rules

if TYPE_CHECKING:
    from experiments.runs.run import Result
    from experiments.runs.scenario import Scenario

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Write nothing but errors.")]
Json = Annotated[bool, typer.Option("--json", help="Write figures as JSON on stdout.")]
UNLIKE = 8
"""Differences between two folders that are written out."""
Rules = Annotated[
    str | None,
    typer.Option("--rules", metavar="FILE", help="Python file that replaces rules; it is run."),
]


def add(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("run")(run_command)
    app.command("compare")(compare_command)
    app.command("report")(report_command)
    app.command("warm")(warm_command)


def default_folder(scenario: Scenario) -> Path:
    """Return ``runs/NAME-ID``: region and regime in safe characters, and the scenario's id."""
    region = Path(scenario.region).name or scenario.region
    name = re.sub(r"[^A-Za-z0-9._]+", "-", f"{region}-{scenario.policy.name}").strip("-.")
    return Path("runs") / f"{name}-{scenario.id}"


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
    start: Annotated[
        str, typer.Option("--from", metavar="QUARTER", help="First quarter recorded.")
    ] = "2011Q1",
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
        typer.Option("--out", metavar="DIR", help="New folder; default runs/NAME-ID."),
    ] = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Run a region under a regime and write everything it leaves into a new folder.

    Every run starts in 2006Q1; --from and --to choose what is recorded and where it ends.
    """  # fmt: skip
    choose_rules(rules)
    from experiments.runs.scenario import Scenario
    from sim.errors import BadInput

    if link is not None:
        check_alone(context)
        _run_link(link, out, quiet, as_json)
        return
    if is_given(context, "switch") and regime is not None:
        from experiments.runs.idle import check_switch

        check_switch(regime)
    if region is None or regime is None:
        lacking = "--region" if region is None else "--regime"
        raise BadInput(lacking, "is missing", allowed="--region and --regime, or --link")
    scenario = Scenario(
        region=region, regime=regime, packages=tuple(package or ()), settings=tuple(setting or ()),
        start=start, end=end, switch=switch, seed=seed, population_seed=population_seed,
        replicates=replicates, record=record, engine=engine,
    )  # fmt: skip
    folder = Path(out) if out is not None else default_folder(scenario)
    if not _run_one(scenario, folder, quiet, as_json):
        raise typer.Exit(1)


def _run_one(scenario: Scenario, folder: Path, quiet: bool, as_json: bool) -> bool:
    """Run a scenario into a new folder and tell of it; return whether all runs came through."""
    scenario.check()
    from results.store.folder import RunFolder

    RunFolder(folder)  # refuse a folder that is in use before anything else takes time
    from experiments.runs.run import run

    if scenario.engine == "compiled":
        warm_if_cold(quiet)
    with progress_bar(f"{scenario.region}, {scenario.policy.name}", quiet) as progress:
        result = run(scenario, out=folder, progress=progress)
    _tell(scenario, result, folder, quiet, as_json)
    return not result.failed


def _run_link(link: str, out: str | None, quiet: bool, as_json: bool) -> None:
    """Run both policies of a link, each into a folder of its own in one folder."""
    from experiments.classroom.links import scenarios

    found = scenarios(link)
    folder = Path(out) if out is not None else Path(f"{default_folder(found['b'])}-link")
    whole = [_run_one(scenario, folder / side, quiet, as_json) for side, scenario in found.items()]
    if not quiet and not as_json:
        print(f"Compare: regiosim compare {folder / 'a'} {folder / 'b'}")
    if not all(whole):
        raise typer.Exit(1)


def _tell(scenario: Scenario, result: Result, folder: Path, quiet: bool, as_json: bool) -> None:
    from experiments.cli.key import key_figures, lines
    from experiments.runs.frames import declared_outcomes
    from results.words.outcomes import Words

    failed = result.failed
    if failed:
        reason = str(result.runs["reason"].dropna().iloc[0])
        many = f"{failed} of {scenario.replicates} runs failed"
        say_error(f"{many} (see {folder / 'runs.parquet'}); the first: {reason}")
    if quiet and not as_json:
        return
    figures = key_figures(result.series, Words(declared_outcomes()))
    if as_json:
        print_json(
            {
                "out": str(folder), "id": scenario.id, "replicates": scenario.replicates,
                "failed": failed, "figures": [one.plain() for one in figures],
            }
        )  # fmt: skip
        return
    done = scenario.replicates - failed
    what = "one run" if done == 1 else f"{done} runs"
    names = ("outcome", "year", "median" if done > 1 else "value", "10-90%")
    rows = [dict(zip(names, row, strict=True)) for row in lines(figures, done)]
    if done == 1:
        rows = [{k: v for k, v in row.items() if k != "10-90%"} for row in rows]
    if rows:
        show(rows, False, f"Key figures of {what}. Theoretical exposition, not a forecast.")
    own = result.manifest.get("rules_file")
    if own is not None:
        print(f"Rules:   {own['file']} in the place of {', '.join(own['replaced'])}")
    print(f"Results: {folder}")
    if done:
        print(f"Report:  {folder / 'report.html'}")


def compare_command(
    dir_a: Annotated[str, typer.Argument(metavar="DIR_A", help="Folder of a run or a sweep.")],
    dir_b: Annotated[
        str | None, typer.Argument(metavar="[DIR_B]", help="The second; not with --by.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="FACTOR", help="Levels of a factor of one sweep, or regime."),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="New folder for a report on both.")
    ] = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Compare two runs or sweeps on the same seeds: paired differences (second minus first).

    Sweeps are paired by arm, factors and seed; the interval is over seeds, averaged over points.
    """
    from experiments.runs.compare import compare
    from results.statistics.compare import NOTE, two_groups
    from results.words.numbers import number

    table = compare(dir_a, dir_b, out, by)
    if as_json:
        print_json(table.to_dict("records"))
        return
    if quiet:
        return
    rows = [
        {
            "outcome": row["outcome"],
            "year": row["year"],
            **({f"{by} =": row["level"]} if by else {}),
            f"{by} = {row['first'] or '(none)'}" if by else "first": number(row["mean_a"]),
            "this" if by else "second": number(row["mean_b"]),
            "difference": number(row["difference"]),
            "95%": "" if row["n"] < 2 else f"{number(row['low'])} to {number(row['high'])}",
            "two groups": two_groups(row),
            **(
                {"points": row["points"], "seeds": row["n"]}
                if "points" in row
                else {"pairs": row["n"]}
            ),
        }
        for row in table.to_dict("records")
    ]
    show(rows, False, NOTE)
    if dir_b is not None:
        _show_unlike(dir_a, dir_b)
    if "unpaired_a" in table and len(table):
        most = table[["unpaired_a", "unpaired_b"]].max()
        if most.any():
            print(f"Finished runs without a partner: {most.iloc[0]} and {most.iloc[1]}.")
    if out is not None:
        print(f"Report:  {Path(out) / 'report.html'}")


def _show_unlike(first: str, second: str) -> None:
    """Say in which of what was asked the two differ."""
    from results.reports.about import unlike
    from results.store.reading import manifest

    rows = unlike(manifest(first), manifest(second))
    for name, one, two in rows[:UNLIKE]:
        print(f"Differs: {name}: {one} | {two}")
    if len(rows) > UNLIKE:
        print(f"and {len(rows) - UNLIKE} more: the manifests have them")


def report_command(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Folder of a run.")],
    quiet: Quiet = False,
) -> None:
    """Write report.html and the figures of a run's folder anew."""
    from results.reports.run import write_report
    from results.store.claims import claimed, remove_asides
    from results.store.reading import manifest

    manifest(folder)  # nothing is made beside what is no folder of a run
    with claimed(Path(folder), "a report"):
        remove_asides(Path(folder), True)
        path = write_report(folder)
    if not quiet:
        print(f"Report:  {path}")


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
