"""Health centres as bodies of practices, and work that a larger body does."""

from __future__ import annotations

from typing import Annotated

from agents.compiled.record import Record
from agents.parameters.given import A, Given, on


class BodyParameters(Record):
    """Health centres as bodies of practices, and work that a larger body does."""

    # Health centres: members, owners or salaried; umbrellas of centres
    centre_members: Annotated[bool, "switch", "a health centre has members, whose lists earn its titles; off: its whole area", on()]
    centre_list: Annotated[float, "registered patients", "on the lists of the first members of a health centre", Given(10_000.0, 0.0, 1e6, "assumed; within F002")]
    centre_most: Annotated[float, "registered patients", "on those lists, above which a centre takes nobody in", Given(17_500.0, 0.0, 1e6, "F002")]
    centre_salaried: Annotated[float, "share", "chance that a health centre employs its first members", Given(0.5, 0.0, 1.0, "assumed; S4 1")]
    centre_employed: Annotated[float, "share", "of its weight that autonomy keeps for GPs whom a centre employs", Given(0.5, 0.0, 1.0, "assumed; S4 1")]
    centre_shared: Annotated[float, "share", "of its autonomy that an owner gives up in a centre", Given(0.5, 0.0, 1.0, A)]
    centre_review: Annotated[float, "1/yr", "chance that an owner asks itself whether to stay in a centre", Given(0.1, 0.0, 1.0, A)]
    centre_join: Annotated[float, "1/yr", "chance that a practice of its area considers to join a centre", Given(0.05, 0.0, 1.0, A)]
    centre_image: Annotated[float, "1", "how a centre that employs its GPs puts owners around off its hub", Given(0.5, 0.0, 5.0, "assumed; S4 1")]
    centre_umbrella: Annotated[float, "1/yr", "chance that a centre joins or founds an umbrella of centres where that saves (0: none)", Given(0.2, 0.0, 1.0, "assumed; S1 4.3")]
    # Function by function at a larger body
    supply_outsource: Annotated[bool, "switch", "an organisation may have single functions done by a larger body: an umbrella, a facility organisation, an entrant", on()]
    supply_host_margin: Annotated[float, "share", "of what it is paid for that, kept by a facility organisation for its own members", Given(0.1, 0.0, 1.0, A)]
    # Housing by place
    housing_local: Annotated[float, "share", "by which housing costs more in an extremely urban municipality (class 1), less in a rural one (class 5); 0: alike", Given(0.3, 0.0, 1.0, "assumed; C38")]
    # What innovation of suppliers does
    innovation_saves: Annotated[float, "share", "of its cost that a supplier saves which has renewed all that it delivers (0: nothing)", Given(0.1, 0.0, 0.9, "assumed; S1 3.5, criterion 7")]
    innovation_entrant: Annotated[float, "share", "renewed of what a new supplier delivers when it enters", Given(0.6, 0.0, 1.0, "assumed; C18, S1 4.5(2)")]
    innovation_site: Annotated[float, "1/yr", "renewal of a supplier that is a site of innovation money, of what is not renewed yet", Given(0.3, 0.0, 1.0, "assumed; C39")]
    innovation_supplied: Annotated[float, "1/yr", "of the lead of its supplier of innovation that a practice makes up", Given(0.3, 0.0, 4.0, "assumed; C18")]
    innovation_winds: Annotated[float, "share", "more hospital care that a fully renewed practice makes superfluous", Given(0.2, 0.0, 2.0, "assumed; S1 3.5: provision is wound down elsewhere")]
    choice_new: Annotated[float, "1", "weight of how far a supplier has renewed in choosing one", Given(0.3, 0.0, 5.0, "assumed; C18: units hardly value the new")]
    # GP units that practices form, join and leave
    practice_saving: Annotated[float, "EUR per patient/yr", "of its own cost that a practice saves by sharing in a GP unit (0: none)", Given(1.35, 0.0, 20.0, "F035 over 16.7M insured; C30")]
    practice_reinvest: Annotated[float, "share", "of that spent on organising its own work", Given(0.3, 0.0, 1.0, A)]
    unit_hours: Annotated[float, "h/yr", "of a practice for its unit, as weighed in its choice", Given(10.0, 0.0, 500.0, A)]
    unit_shared: Annotated[float, "share", "of its autonomy that a practice gives up in a unit", Given(0.3, 0.0, 1.0, A)]
    unit_review: Annotated[float, "1/yr", "chance that a practice reconsiders its unit, or one without colleagues looks for one", Given(0.2, 0.0, 1.0, A)]
    unit_region: Annotated[float, "1/yr", "chance that a unit of which most belong to an organisation joins it as a whole (0: never)", Given(0.2, 0.0, 1.0, "assumed; S1 2.3: units join a regional network")]
