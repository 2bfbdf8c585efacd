"""The command line ``regiosim``: a file for each group of commands."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.own_modules import only_own_modules

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Without ``arguments`` it is the program of this process, and takes those of the process:
    nothing heavy is imported before it is settled what a signal does and where modules are from.
    """
    if arguments is not None:
        from experiments.cli.app import main as run

        return run(arguments)
    only_own_modules()
    from experiments.cli.program import as_program

    return as_program()
