"""``regiosim scorecard``: designs on the eight criteria, simulated beside what a source states."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from experiments.cli.console import print_json, progress_bar, show
from experiments.cli.options import Seed, whole_option
from experiments.cli.run import Json, Language, Quiet, check_language, warm_if_cold

if TYPE_CHECKING:
    from experiments.sweeps.work.filling import State
    from results.statistics.scored import Scored


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("scorecard")(scorecard_command)


def scorecard_command(
    region: Annotated[
        str, typer.Option("--region", metavar="R", help="A region, a folder, or synthetic:N:SEED.")
    ] = "unicum",
    replicates: Annotated[
        int,
        typer.Option(
            "--replicates", metavar="N", parser=whole_option, help="Seeds of every design."
        ),
    ] = 30,
    seed: Seed = 1,
    end: Annotated[
        str, typer.Option("--to", metavar="QUARTER", help="Last quarter, a fourth one.")
    ] = "2030Q4",
    years: Annotated[
        int,
        typer.Option(
            "--years", metavar="N", parser=whole_option, help="Years up to it that are averaged."
        ),
    ] = 5,
    switch: Annotated[
        str, typer.Option("--switch", metavar="QUARTER", help="When the designs start.")
    ] = "2018Q1",
    conditions: Annotated[
        bool, typer.Option("--conditions", help="With the conditions that sources ask of a route.")
    ] = False,
    draws: Annotated[
        int,
        typer.Option(
            "--draws", metavar="N", parser=whole_option, help="Sets of weights of the criteria."
        ),
    ] = 10_000,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", metavar="N", parser=whole_option, help="Processes; default: the cores."
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help="New folder; default runs/scorecard-REGION."),
    ] = None,
    language: Language = "en",
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Simulate the 24 designs with equal money and hold them against what the source states.

    Every design runs on the same seeds by both formulas of the criteria. Which stated scores agree,
    whether ranks hang on formulas and weights, and what each design was paid is in the report.
    """
    check_language(language)
    from experiments.answers.scorecard import experiment_of, scorecard
    from experiments.sweeps.work.sweeping import check_workers
    from results.store.folder import RunFolder

    asked: dict[str, Any] = {
        "replicates": replicates, "seed": seed, "end": end, "years": years, "switch": switch,
        "conditions": conditions,
    }  # fmt: skip
    experiment_of(region, **asked)
    check_workers(workers)
    folder = Path(out) if out is not None else Path("runs") / f"scorecard-{Path(region).name}"
    RunFolder(folder)  # refuse a folder that is in use before anything takes time
    warm_if_cold(quiet)
    with progress_bar(f"Scorecard of {region}", quiet) as progress:

        def tell(state: State) -> None:
            if progress:
                progress(state.done, state.runs)

        found = scorecard(
            region, out=folder, draws=draws, language=language, workers=workers, progress=tell,
            **asked,
        )  # fmt: skip
    if as_json:
        print_json(
            {
                "out": str(folder), "seeds": len(found.seeds), "counts": found.counts,
                "money_apart": found.apart, "totals": found.totals(),
                "scorecard": found.frames()["scorecard"].to_dict("records"),
            }
        )  # fmt: skip
    elif not quiet:
        _tell(found, folder)


def _tell(found: Scored, folder: Path) -> None:
    from results.words.numbers import number, percent, span

    rows = [
        {
            "choice": row["choice"], "criterion": row["criterion"] or "all",
            "asks": row["asks"], "first": row["first"], "second": row["second"],
            "inferred": "inferred" if row["inferred"] else "",
            "difference": number(round(row["difference"], 3)),
            "95%": span(round(row["low"], 3), round(row["high"], 3)),
            "verdict": row["verdict"], "other formula": row["alternative_verdict"],
        }
        for row in found.frames()["scorecard"].to_dict("records")
    ]  # fmt: skip
    show(rows, False, "Stated and simulated. Theoretical exposition, not a forecast.")
    counts = ", ".join(f"{count} {verdict}" for verdict, count in found.counts.items() if count)
    money = found.money.mean(axis=1)
    print(f"Verdicts: {counts}.")
    print(
        f"Money:   EUR {span(money.min(), money.max())} per insured a year, at most "
        f"{percent(found.apart_at_most)} from the mean of all designs"
    )
    print(f"Report:  {folder / 'report.html'}")
