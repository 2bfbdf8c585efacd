"""``regiosim story``: what happened in a run, in words."""

from __future__ import annotations

from typing import Annotated

import typer

from experiments.cli.console import show


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("story")(story_command)


def story_command(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Folder of a run.")],
    every: Annotated[
        bool, typer.Option("--all", help="A line for every event, also those of practices.")
    ] = False,
    periods: Annotated[
        bool, typer.Option("--periods", help="Only how often what happened per period.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON (with --periods).")] = False,
) -> None:
    """Tell what was decided in the first run of a folder, year by year, and why."""
    from results.reports.story import period_counts, spoken_names, tell
    from results.store.reading import read

    events = read(folder, "events")
    if periods or as_json:
        show(period_counts(events), as_json)
        return
    for line in tell(events, spoken_names(folder), every):
        print(line)
