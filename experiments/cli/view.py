"""The command that opens the model in Mesa's viewer."""

from __future__ import annotations

from typing import Annotated

import typer

from experiments.cli.ends import ends_in_order
from experiments.cli.options import whole_option
from experiments.cli.run import warm_if_cold


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("view")(view_command)


def view_command(
    region: Annotated[
        str, typer.Option("--region", metavar="R", help="As in `regiosim run`.")
    ] = "unicum",
    regime: Annotated[
        str, typer.Option("--regime", metavar="G", help="One of `regiosim regimes`.")
    ] = "historic-nl",
    seed: Annotated[
        int, typer.Option("--seed", metavar="S", parser=whole_option, help="0..2^63-1.")
    ] = 1,
    port: Annotated[
        int, typer.Option("--port", metavar="P", parser=whole_option, help="On this machine.")
    ] = 8765,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Write nothing but errors.")] = False,
) -> None:
    """Show the model quarter by quarter in Mesa's viewer, in a browser (needs the extra viz).

    Each visitor has a run of their own, beginning with these options. Ctrl-C ends it.
    """
    from experiments.viewer.choices import Choices
    from experiments.viewer.serve import HOST, check, serve

    choices = Choices(region, regime, seed)
    check(choices, port)
    warm_if_cold(quiet)
    if not quiet:
        print(f"Open http://{HOST}:{port}/ in a browser; Ctrl-C ends it.", flush=True)
    with ends_in_order():
        serve(choices, port)
