"""The municipality: record, rule and Mesa face."""

from __future__ import annotations

from typing import Annotated

from agents.compiled.draws import logistic
from agents.compiled.face import Face
from agents.compiled.record import FloatArray, IntArray
from agents.compiled.rule import rule
from agents.events import Cause
from agents.parameters import Parameters

FAR = 1.0e9
"""km beyond everything: the horizon of a municipality where practices know few organisations."""


class Municipality(Face):
    """A municipality, responsible for the social domain."""

    kind = "municipality"

    id: Annotated[int, "", "", "number of its CBS code"]
    alive: Annotated[bool, "", "", "exists"]
    x: Annotated[float, "km", "", "centroid"]
    y: Annotated[float, "km", "", "centroid"]
    population: Annotated[int, "inhabitants", "0..", "insured inhabitants now"]
    population_2022: Annotated[int, "inhabitants", "1..", "on 1 January 2022"]
    share_65: Annotated[float, "share", "0..1", "aged 65 or over"]
    ggz: Annotated[float, "factor", "0..", "on the prevalence of GGZ, by urbanity"]
    preferred: Annotated[int, "row", "", "preferred insurer"]
    ros: Annotated[int, "row", "", "its ROS"]
    shares: Annotated[FloatArray, "share", "0..1, sum 1", "market shares of insurers", 12]
    neighbours: Annotated[IntArray, "row", "", "municipalities it borders on", 24]
    neighbour_count: Annotated[int, "municipalities", "0..24", "how many"]
    first_hub: Annotated[int, "row", "", "first of its hub areas"]
    hubs: Annotated[int, "hub areas", "1..", "how many"]
    partners: Annotated[IntArray, "row", "", "external party per sort that serves it, or none", 6]
    trust_start: Annotated[float, "share", "0..1", "trust before contact"]
    division: Annotated[int, "sub-region", "0..", "number of its sub-region by name"]
    horizon: Annotated[float, "km", "0..", "its practices know no organisation beyond it"]
    practices: Annotated[int, "practices", "0..", "open practices"]
    lead: Annotated[int, "row", "", "organisation whose alliance holds half of them, or none"]
    left_out: Annotated[bool, "", "", "its lead asks no contract for it"]
    counterparts: Annotated[int, "parties", "0..", "organisations and hubs to deal with"]
    contracts: Annotated[int, "contracts", "0..", "contracts of parties seated here, per insurer"]
    joint: Annotated[bool, "", "", "its running hubs form one gemeentehub"]
    adviser: Annotated[bool, "", "", "has an adviser in the kerngroep"]
    trust: Annotated[float, "share", "0..1", "trust in primary care"]
    cofunding: Annotated[float, "EUR/yr", "0..", "co-funding of hubs"]
    policy_of: Annotated[int, "row", "", "insurer whose policy holds here (insurer.alike)"]
    run_down: Annotated[int, "quarter", "", "start of the run-down of tied titles here, or none"]
    run_ahead: Annotated[int, "quarters", "0..", "of the run-down, skipped by choice"]
    run_full: Annotated[float, "EUR/yr", "0..", "of tied titles in full, when that began"]
    run_over: Annotated[bool, "", "", "all tied titles have run down here"]
    youth_duty: Annotated[bool, "", "", "it pays for youth care"]
    youth_table: Annotated[float, "share", "0..1", "of dealings on youth care that go over a table"]

    def review(self) -> bool:
        """Decide now whether to have an adviser in the kerngroep; return the decision."""
        return bool(self.act("municipality_reviews"))


@rule
def want_adviser(
    municipality: Municipality, crisis: float, params: Parameters
) -> tuple[float, int]:
    """Return the chance to have an adviser at the table, and the term that weighs most.

    One counterpart draws a municipality in, all the more in a crisis (share, C49); many put it
    off (C02, C32, C47).
    """
    trust = params.municipality_trust * municipality.trust
    others = 0.0
    if municipality.counterparts == 1:
        others = params.municipality_single + params.municipality_crisis * crisis
    elif municipality.counterparts > 1:
        others = -params.municipality_many * float(municipality.counterparts - 1)
    cause: int = Cause.TRUST if trust >= abs(others) else Cause.COUNTERPARTS
    # What they share on youth care brings them together (F021).
    young = params.municipality_youth * municipality.youth_table
    if young > max(trust, abs(others)):
        cause = Cause.YOUTH
    return logistic(params.municipality_base + trust + others + young), cause
