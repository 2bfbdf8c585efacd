"""``regiosim status``: whether a folder is what was written, and how far its sweep is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from experiments.cli.console import print_json, say_error, show
from experiments.cli.planned import spoken
from experiments.cli.run import Json


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("status")(status_command)


def status_command(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="Folder of a run, a sweep or a comparison.")
    ],
    as_json: Json = False,
) -> None:
    """Say whether every file is as it was written and, of a sweep, how far it is and what failed.

    It may be running meanwhile. Exit code 1: a file is changed, missing or damaged.
    """
    from experiments.sweeps.store.status import is_sound, status

    found = status(folder)
    if as_json:
        print_json(found)
    else:
        show([{"what": what, "value": value} for what, value in _in_words(found)], False)
    if not is_sound(found):
        damaged = [*found["changed"], *(f"{name} (missing)" for name in found["missing"])]
        damaged += ["batches"] if found.get("damaged") else []
        say_error(f"{folder} is not what was written: {', '.join(damaged)}")
        raise typer.Exit(1)


def _in_words(found: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a status says as lines of a table."""
    from results.store.ids import identity_words

    names = {
        "last": "last batch, ago", "left": "left at this rate", "batches_done": "batches done",
        "files": "files as written", "added": "files of others", "damaged": "batches damaged",
        "kind": "holds", "gave_up": "tasks that gave up",
    }  # fmt: skip
    for key, value in found.items():
        if key == "finished":
            value = "yes" if value else "no"
        elif key == "identity":
            value = identity_words(found)
        elif key in ("last", "left") and value is not None:
            value = spoken(float(value))
        elif key == "rate" and value is not None:
            value = f"{value:.1f} runs/s"
        elif key == "added" and not found["listed"]:
            value = ""  # without a list nobody can tell
        elif isinstance(value, list):
            value = ", ".join(map(str, value)) or "none"
        elif key == "files" and not found["listed"]:
            value = "no checksums: of an earlier version"
        if key != "listed":
            yield names.get(key, key), value
