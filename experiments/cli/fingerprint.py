"""``regiosim fingerprint``: whether this machine gives the numbers that the docs state."""

from __future__ import annotations

from typing import Annotated

import typer

from experiments.cli.console import print_json
from sim.errors import BadInput


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("fingerprint")(fingerprint_command)


def fingerprint_command(
    engine: Annotated[
        str,
        typer.Option(
            "--engine", metavar="NAME", help="compiled; mesa or python: only the smallest run."
        ),
    ] = "compiled",
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Print the SHA-256 of what a fixed set of runs gives: the same on every machine.

    A line a run, and the last for all of them; docs/engines.md says what it should be.
    """
    from experiments.cli.run import warm_if_cold
    from experiments.runs.fingerprint import Reference, hash_of_all, reference_runs
    from experiments.runs.scenario import ENGINES

    if engine not in ENGINES:
        raise BadInput("--engine", f"unknown engine {engine!r}", allowed=", ".join(ENGINES))
    if engine != "python":
        warm_if_cold(quiet)
    runs: list[Reference] = []
    for one in reference_runs(engine):
        runs.append(one)
        if not as_json:
            print(f"{one.sha256}  {one.region} {one.regime} seed {one.seed}", flush=True)
    # Of one run alone it would be one more number to confuse with that of all.
    whole = hash_of_all(runs) if engine == "compiled" else None
    if as_json:
        print_json({"runs": [one._asdict() for one in runs], "all": whole})
    elif whole:
        print(f"{whole}  all")
