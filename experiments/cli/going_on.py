"""Options of ``run`` by which a run keeps its states, or goes on from those of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from experiments.cli.options import is_given

if TYPE_CHECKING:
    from experiments.reproducing.branch import Branch

KeepState = Annotated[
    bool,
    typer.Option("--keep-state", help="Keep the states at the end, for --continue to go on from."),
]
Horizon = Annotated[
    str,
    typer.Option(
        "--horizon",
        metavar="QUARTER",
        help="With --keep-state: last quarter of the runs that will go on; default 2030Q4.",
    ),
]
Continue = Annotated[
    str | None,
    typer.Option(
        "--continue",
        metavar="DIR",
        help="Go on from the states that a run kept; what is not given is that of its run.",
    ),
]
_OPTIONS = {
    "region": "region", "regime": "regime", "package": "packages", "setting": "settings",
    "begin": "begin", "start": "start", "end": "end", "switch": "switch", "seed": "seed",
    "population_seed": "population_seed", "replicates": "replicates", "engine": "engine",
    "record": "record",
}  # fmt: skip
"""Options of ``run`` that say what is run, and the argument of ``Scenario`` for each."""


def horizon_of(keep_state: bool, horizon: str, end: str) -> str:
    """Return the horizon of a run, or nothing where it keeps no state.

    Raises:
        BadInput: a horizon without states, or states that leave nothing to go on with.
    """
    from agents.compiled.swaps import OWN
    from experiments.runs.horizon import HORIZON
    from experiments.runs.quarters import quarter_of
    from sim.errors import BadInput

    if not keep_state:
        if horizon:
            raise BadInput("--horizon", "does nothing alone", allowed="beside --keep-state")
        return ""
    if OWN is not None:
        raise BadInput(
            "--keep-state", f"cannot stand beside the rules of {OWN.path.name}: how far they look "
            "ahead is not known, so no run can go on from what they leave",
            allowed="one of the two",
        )  # fmt: skip
    if not horizon and quarter_of("end", end) >= quarter_of("horizon", HORIZON):
        raise BadInput(
            "--keep-state", f"leaves nothing to go on with: the run ends in {end}",
            allowed=f"--to before {HORIZON}, or a later --horizon",
        )  # fmt: skip
    return horizon or HORIZON


def branch_from(folder: str, context: typer.Context) -> Branch:
    """Return the run that goes on from a folder, with what was written on the command line.

    Args:
        folder: that of ``--continue``.
        context: of ``run``: which options were written, and their values.
    """
    from experiments.reproducing.branch import branch_of

    values: dict[str, Any] = context.params
    given = {
        argument: values[option]
        for option, argument in _OPTIONS.items()
        if is_given(context, option)
    }
    if values["keep_state"]:
        given["horizon"] = values["horizon"]
    else:
        horizon_of(False, values["horizon"], "")
    return branch_of(folder, given)
