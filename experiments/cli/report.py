"""Commands on runs that are there: compare, and report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.console import print_json, show
from experiments.cli.run import Json, Language, Quiet, check_language

UNLIKE = 20
"""Differences between two folders that are written out."""


def add(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("compare")(compare_command)
    app.command("report")(report_command)


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
    language: Language = "en",
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Compare two runs or sweeps on the same seeds: paired differences (second minus first).

    Sweeps are paired by arm, factors and seed; the interval is over seeds, averaged over points.
    """
    check_language(language)
    from experiments.runs.compare import compare
    from results.statistics.compare import NOTE, two_groups
    from results.words.numbers import number, span

    table = compare(dir_a, dir_b, out, by, language)
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
            f"mean, {by} = {row['first'] or '(none)'}" if by else "mean, first": number(
                row["mean_a"]
            ),
            "mean, this" if by else "mean, second": number(row["mean_b"]),
            "mean difference": number(row["difference"]),
            "95%": "" if row["n"] < 2 else span(row["low"], row["high"]),
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
        print(f"and {len(rows) - UNLIKE} more: --out DIR writes a report with all of them")


def report_command(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Folder of a run or a sweep.")],
    language: Language = "en",
    quiet: Quiet = False,
) -> None:
    """Write report.html and the figures of a run or a sweep anew, or for the first time."""
    check_language(language)
    from experiments.runs.drawing import draw_report
    from results.store.claims import renewed
    from results.store.reading import manifest

    manifest(folder)  # nothing is made beside what is no folder of a run
    with renewed(Path(folder)):
        path = draw_report(Path(folder), language)
    if not quiet:
        print(f"Report:  {path}")
