"""What the command ``sweep`` does when the work is shared by jobs of a cluster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from experiments.cli.console import print_json

if TYPE_CHECKING:
    from experiments.sweeps.work.slurm import Jobs


def one_way(given: dict[str, object]) -> None:
    """Refuse two ways of sharing the work at once.

    Raises:
        BadInput: there are two.
    """
    from sim.errors import BadInput

    found = [option for option, value in given.items() if value not in ("", None)]
    if len(found) > 1:
        raise BadInput(found[0], f"cannot stand beside {found[1]}", allowed="one of the two")


def submit_jobs(jobs: Jobs, target: Path, quiet: bool, as_json: bool) -> None:
    """Submit the jobs of a sweep and say what was submitted."""
    from experiments.sweeps.work.slurm import submit

    numbers = submit(jobs)
    if as_json:
        print_json({"out": str(target), "slurm": str(jobs.folder), **numbers})
    elif not quiet:
        print(f"Jobs:    {', '.join(f'{number} {name}' for name, number in numbers.items())}")
        print(f"Logs:    {jobs.folder / 'logs'}")
        print(f"Status:  regiosim status {target}")
