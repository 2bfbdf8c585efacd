"""What a region says of the quarter in which a run starts, where only practices can carry it out.

Practices are drawn, so a region can say no more than a share of them. Which ones they are is drawn
with the population.
"""

from __future__ import annotations

from typing import Annotated

from agents.compiled.record import Record


class Opening(Record):
    """Practices that have an organisation at the start, or take part in a hub: a line for each.

    Without an organisation and without a hub a line says nothing.
    """

    organisation: Annotated[int, "row", "", "whose members they are, or none"]
    hub: Annotated[int, "row", "", "in which they take part, or none"]
    municipality: Annotated[int, "row", "", "where the members are"]
    before: Annotated[float, "share", "0..1", "of the practices there, members of those above it"]
    share: Annotated[float, "share", "0..1", "of the practices of the municipality or hub area"]
    mandate: Annotated[float, "share", "0..1", "of these members that mandate it"]
    plus: Annotated[float, "share", "0..1", "of these members that follow the PLUS package"]
