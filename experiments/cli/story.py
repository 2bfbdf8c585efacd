"""``regiosim story``: what happened in a run, in words."""

from __future__ import annotations

from typing import Annotated

import typer

from experiments.cli.console import show
from experiments.cli.run import check_language
from sim.errors import BadInput, nearest


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
    of: Annotated[
        str,
        typer.Option(
            "--of", metavar="PARTY", help="Only of one party, by its name or as hub:35501."
        ),
    ] = "",
    parties: Annotated[
        bool, typer.Option("--parties", help="Only what every party is called.")
    ] = False,
    language: Annotated[str, typer.Option("--lang", help="en or nl.")] = "en",
    as_order: Annotated[
        bool, typer.Option("--order", help="Only in which order things come in hubs.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write JSON (with --periods, --order, --parties).")
    ] = False,
) -> None:
    """Tell what was decided in the first run of a folder, year by year, and why."""
    from results.reports.story import (
        about,
        find_party,
        first_run,
        period_counts,
        spoken_details,
        spoken_names,
        tell,
    )
    from results.statistics.order import rows_of_order
    from results.store.reading import read

    check_language(language)
    events = read(folder, "events")
    if as_order:
        show(rows_of_order(read(folder, "hubs"), events), as_json)
        return
    names = spoken_names(folder, language)
    if parties:
        show([{"party": party, "name": name} for party, name in names.items()], as_json)
        return
    if periods or as_json:
        show(period_counts(events), as_json)
        return
    details = spoken_details(folder, events, language)
    told = first_run(events)
    if of:
        told = about(told, find_party(names, of))
        if told.empty:
            known = [*names, *names.values()]
            allowed = "a party of `regiosim story DIR --parties`"
            raise BadInput(
                "--of", f"no event of {of!r} in the first run", nearest=nearest(of, known),
                allowed=allowed,
            )  # fmt: skip
    for line in tell(told, names, every or bool(of), language, details):
        print(line)
