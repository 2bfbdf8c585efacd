"""Options of several commands: whole numbers read as in files, and which options were given."""

from __future__ import annotations

from typing import Annotated

import typer

BESIDE_LINK = ("link", "rules", "out", "quiet", "as_json")
"""Options of a run that a link leaves open."""


def whole_option(text: str) -> int:
    """Return the whole number that was written for an option.

    Raises:
        BadParameter: it is none in plain digits.
    """
    from sim.errors import BadInput
    from sim.reading.numbers import whole

    try:
        return whole(str(text), "", "a whole number, such as 20")
    except BadInput as error:
        raise typer.BadParameter(str(error).removeprefix(": ")) from None


Seed = Annotated[
    int,
    typer.Option(
        "--seed", metavar="S", parser=whole_option, help="Seed of the first replicate, 0..2^63-1."
    ),
]
PopulationSeed = Annotated[
    int | None,
    typer.Option(
        "--population-seed",
        metavar="S",
        parser=whole_option,
        help="One population for all replicates.",
    ),
]
Replicates = Annotated[
    int,
    typer.Option(
        "--replicates", metavar="N", parser=whole_option, help="How many runs, seeds S, S+1, ..."
    ),
]


def is_given(context: typer.Context, name: str) -> bool:
    """Return whether an option was written, if only with the value that it has anyway."""
    source = context.get_parameter_source(name)
    return source is not None and source.name != "DEFAULT"


def check_alone(context: typer.Context) -> None:
    """Refuse what would do nothing beside a link, which says what is run.

    Raises:
        BadInput: another option of what is run was written.
    """
    from sim.errors import BadInput

    for one in context.command.params:
        if one.name not in BESIDE_LINK and is_given(context, str(one.name)):
            raise BadInput(one.opts[0], "cannot stand beside --link", allowed="one of the two")
