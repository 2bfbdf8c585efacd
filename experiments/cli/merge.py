"""Command merge."""

from __future__ import annotations

from typing import Annotated

import typer

from experiments.cli.console import say_error, stderr, waiting
from experiments.cli.run import Language, Quiet, check_language


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("merge")(merge_command)


def merge_command(
    folders: Annotated[list[str], typer.Argument(metavar="DIR...", help="Folders of shards.")],
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help="New folder; one DIR is finished in place."),
    ] = None,
    shards: Annotated[
        int | None,
        typer.Option("--shards", metavar="N", min=1, help="Of N shards, name those that lack."),
    ] = None,
    language: Language = "en",
    quiet: Quiet = False,
) -> None:
    """Put the shards of a sweep together; refuses gaps, and what is of another sweep."""
    check_language(language)
    from experiments.sweeps.store.merging import merge

    with waiting("Merging", quiet or not stderr().is_terminal):
        done = merge(folders, out, shards, language)
    if not quiet:
        print(f"{done.folder} is finished already." if done.already else f"Results: {done.folder}")
    if done.failed:
        say_error(f"{done.failed} runs failed: see reason in runs.parquet")
    if done.failed or not done.reported:
        raise typer.Exit(1)
