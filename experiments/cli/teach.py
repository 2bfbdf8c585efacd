"""``regiosim teach``: a lesson for a class that decides together, served on its own network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.console import stderr, waiting
from experiments.cli.ends import ends_in_order
from experiments.cli.options import whole_option

DATA = "class.sqlite"

Regions = Annotated[
    list[str] | None,
    typer.Option("--region", metavar="R", help="A region in it; again for more. [default: unicum]"),
]


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("teach")(teach)


def teach(
    region: Regions = None,
    language: Annotated[str, typer.Option("--lang", help="Its first language: nl or en.")] = "nl",
    host: Annotated[
        str,
        typer.Option(metavar="H", help="Address to listen at. [default: this machine's own]"),
    ] = "",
    port: Annotated[
        int, typer.Option(metavar="P", parser=whole_option, help="Port; 0 for any that is free.")
    ] = 8000,
    data: Annotated[
        str, typer.Option(metavar="FILE", help="Where decisions are kept; made if not there.")
    ] = DATA,
) -> None:
    """Serve a lesson to a class: groups decide in rounds, every browser runs the model itself.

    Prints the address with its QR code, and the teacher's link. Ctrl-C ends it; the same command
    goes on with the same classes.
    """
    from experiments.classroom.teaching import Offered, check_asked, offered_page

    check_asked(language)
    from experiments.classroom.server.serve import own_address, serve

    def make() -> tuple[Offered, bytes]:
        with waiting("Making a lesson", quiet=False):
            return offered_page(region or ["unicum"], language)

    at, warn = host or own_address(), stderr().print
    with ends_in_order():
        serve(make, Path(data), at, port, warn=lambda text: warn(text))
