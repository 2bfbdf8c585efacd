"""The GP practice: its record, the rules by which it chooses, and its Mesa face."""

from __future__ import annotations

import math
from typing import Annotated, NamedTuple

from agents.causes import heavier
from agents.compiled.draws import clip, logistic
from agents.compiled.face import Face
from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from agents.events import Cause
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.parameters import Parameters


class Practice(Face):
    """A GP practice. Money is EUR, distance km on the region's plane."""

    kind = "practice"

    id: Annotated[int, "", "", "stable id, key of its draws"]
    alive: Annotated[bool, "", "", "open"]
    form: Annotated[int, "form code", "0..2", "solo, duo or group"]
    municipality: Annotated[int, "row", "", "municipality"]
    hub: Annotated[int, "row", "", "hub area in which it lies"]
    unit: Annotated[int, "row", "", "GP unit (huisartsenzorgeenheid)"]
    next_in_hub: Annotated[int, "row", "", "next practice of the same hub area"]
    x: Annotated[float, "km", "", "place"]
    y: Annotated[float, "km", "", "place"]
    opened: Annotated[int, "quarter", "", "when it opened"]
    closed: Annotated[int, "quarter", "", "when it closed"]
    patients: Annotated[int, "registered patients", "0..", "list (ION)"]
    groups: Annotated[FloatArray, "patients", "0..", "patients per group", 6]
    weights: Annotated[FloatArray, "share", "0..1, sum 1", "burden of each group", 6]
    burden: Annotated[float, "weighted patients", "0..", "patients weighted by burden"]
    autonomy: Annotated[float, "factor", "0..", "preference for autonomy, mean 1/2"]
    organisation: Annotated[int, "row", "", "organisation it is a member of"]
    next_member: Annotated[int, "row", "", "next member of the same organisation, ascending"]
    mandate: Annotated[bool, "", "", "mandates that organisation"]
    active: Annotated[bool, "", "", "takes part in the hub"]
    counterpart: Annotated[IntArray, "row", "", "nearest organisations it knows", 8]
    trust: Annotated[FloatArray, "share", "0..1", "trust in each counterpart", 8]
    hub_trust: Annotated[float, "share", "0..1", "trust in the hub"]
    payer_trust: Annotated[float, "share", "0..1", "trust in the preferred insurer"]
    supplier: Annotated[IntArray, "party", "", "supplier per patient group x function", 42]
    suppliers: Annotated[int, "suppliers", "0..", "different suppliers other than itself"]
    coverage: Annotated[float, "share", "0..1", "support received, over functions and groups"]
    by_function: Annotated[FloatArray, "share", "0..1", "support received per function", 7]
    last_coverage: Annotated[float, "share", "0..1", "coverage a quarter earlier"]
    money: Annotated[float, "EUR/quarter", "0..", "O&I money paid to the practice itself"]
    fees: Annotated[
        float, "EUR/quarter", "0..", "attendance fees of its hub, pay for the PLUS package"
    ]
    plus_named: Annotated[
        int, "insured", "0..", "named insured for whom the package is paid this year"
    ]
    plus: Annotated[bool, "", "", "follows the PLUS package of its organisation"]
    hours: Annotated[float, "h/quarter", "0..", "transaction hours this quarter"]
    transaction: Annotated[FloatArray, "EUR/quarter", "0..", "cost of its own side by kind", 8]
    main: Annotated[int, "party", "", "supplier of most of its functions"]
    kept: Annotated[int, "quarters", "0..", "how long it has had that main supplier"]
    renewal: Annotated[float, "share", "0..1", "how far it has renewed its work"]
    chain: Annotated[IntArray, "row", "", "organisation whose programme serves each chain group", 3]
    oi_year: Annotated[float, "EUR per patient", "0..", "O&I this year so far, its part of others'"]
    oi_last: Annotated[float, "EUR per patient/yr", "0..", "the same of the last whole year"]
    oi_fall: Annotated[float, "share", "0..1", "fall of that against the year before"]
    received: Annotated[float, "EUR", "0..", "O&I money, fees and pay for the package, this year"]
    before: Annotated[float, "EUR per patient/yr", "0..", "the same, the year before"]
    lost: Annotated[
        float, "EUR/yr", "0..", "received less by its organisation, its part of its hub's too"
    ]
    supplies: Annotated[int, "contracts", "0..", "contracts of its own with suppliers"]
    cut: Annotated[float, "EUR/quarter", "0..", "O&I claims cut to the ministry's room"]
    centre: Annotated[int, "row", "", "hub area whose health centre it is a member of, or none"]
    salaried: Annotated[bool, "", "", "that centre employs its GPs"]

    def choose(self) -> int:
        """Choose an organisation now; return its row, or ``NONE``."""
        return int(self.act("practice_chooses"))


class Contact(NamedTuple):
    """What a practice perceives of one organisation besides the organisation itself.

    ``behind`` (share) is how far its alliance organises less of the practice's municipality and HAP
    area than whoever organises most there.
    """

    trust: float
    taste: float
    neighbours: float
    pressure: float
    switching: float
    crisis: float
    behind: float = 0.0


class HubSeen(NamedTuple):
    """What a practice perceives of its hub.

    ``joint`` says whether it is part of a gemeentehub, ``autonomy`` (share) what it decides
    beside the region, ``neighbours`` (share) who takes part, ``pay`` EUR for an hour of meeting,
    ``image`` (share) of the patients there whose GPs a centre employs, as seen by others.
    """

    stage: int
    service: float
    joint: bool
    autonomy: float
    neighbours: float
    pay: float
    image: float = 0.0


@rule
def distance(x1: float, y1: float, x2: float, y2: float) -> float:
    """Return the distance in km between two places."""
    return math.sqrt((x1 - x2) * (x1 - x2) + (y1 - y2) * (y1 - y2))


@rule
def expect_money(practice: Practice, organisation: RegioOrganisatie, params: Parameters) -> float:
    """Return EUR a year that membership is worth: relief by support, and chain income (C34).

    Less the hours of the practice itself that membership takes.
    """
    relief = params.choice_relief * organisation.quality * math.sqrt(organisation.engagement)
    own = params.choice_member_hours * params.supply_wage
    return float(practice.patients) * (relief + organisation.margin) - own


@rule
def hold_autonomy(practice: Practice, params: Parameters) -> float:
    """Return how much a practice holds to its autonomy: less where a centre employs its GPs."""
    if practice.salaried:
        return practice.autonomy * params.centre_employed
    return practice.autonomy


@rule
def value_membership(
    practice: Practice, organisation: RegioOrganisatie, contact: Contact, params: Parameters
) -> tuple[float, int]:
    """Return the utility of membership against none (0), and the term that weighs most.

    Autonomy lost weighs less where members have a say (C04, C06); conformity counts what the
    neighbours did last quarter (J of a logit with social interaction); place what its alliance
    organises less of the surroundings than whoever organises most (C01, F053).
    """
    money = params.choice_money * expect_money(practice, organisation, params) / 1000.0
    quality = params.choice_quality * organisation.engagement * organisation.quality
    autonomy = -params.choice_autonomy * hold_autonomy(practice, params) * (1.0 - organisation.say)
    km = distance(practice.x, practice.y, organisation.x, organisation.y)
    far = -params.choice_distance * km
    neighbours = params.choice_conformity * (contact.neighbours - 0.5)
    trust = params.choice_trust * (contact.trust - 0.5)
    pressure = params.choice_pressure * contact.pressure
    crisis = params.choice_crisis * contact.crisis
    place = -params.choice_place * contact.behind
    total = money + quality + autonomy + far + neighbours + trust + pressure
    total = total - contact.switching + contact.taste + crisis + place
    cause: int = Cause.MONEY
    most = abs(money)
    most, cause = heavier(most, cause, abs(quality), Cause.COVERAGE)
    most, cause = heavier(most, cause, abs(autonomy), Cause.AUTONOMY)
    most, cause = heavier(most, cause, abs(far), Cause.DISTANCE)
    most, cause = heavier(most, cause, abs(neighbours), Cause.NEIGHBOURS)
    most, cause = heavier(most, cause, abs(trust), Cause.TRUST)
    most, cause = heavier(most, cause, abs(pressure), Cause.PRESSURE)
    most, cause = heavier(most, cause, crisis, Cause.CRISIS)
    most, cause = heavier(most, cause, abs(contact.switching), Cause.SWITCHING)
    most, cause = heavier(most, cause, abs(contact.taste), Cause.TASTE)
    most, cause = heavier(most, cause, abs(place), Cause.PLACE)
    return total, cause


@rule
def give_mandate(practice: Practice, utility: float, lot: float, refuse: bool) -> bool:
    """Return whether a member mandates its organisation: a logit of membership's worth.

    ``utility`` is that of membership without neighbours, ``lot`` a draw that lasts for years. The
    practice itself adds nothing here; it is an argument so that a subclass may look at it.
    """
    if refuse:
        return False
    return lot < logistic(utility)


@rule
def value_hub(practice: Practice, hub: HubSeen, params: Parameters) -> tuple[float, int]:
    """Return the utility of taking part in the hub, and the term that weighs most.

    Taking part buys a say, which is worth more the further the hub has come; services that are
    open to all can be had without (C46). Meetings cost hours, of which part is paid.
    """
    trust = params.choice_trust * (practice.hub_trust - 0.5)
    near = params.choice_conformity * (hub.neighbours - 0.5)
    say = params.hub_say * float(hub.stage) / 4.0
    # A say in what has little to say itself is worth little.
    say = say * (1.0 - params.hub_autonomy * (1.0 - hub.autonomy))
    if hub.joint:
        say = say * (1.0 - params.hub_joint_say)
    unpaid = params.hub_meeting * (params.supply_wage - hub.pay)
    money = -params.choice_money * unpaid / 1000.0
    free = -params.hub_free_riding * hub.service
    # Owners keep away from where others are employed (S4 1).
    image = -params.centre_image * hub.image
    total = trust + near + say + free + money + image
    cause: int = Cause.TRUST
    most = abs(trust)
    most, cause = heavier(most, cause, abs(near), Cause.NEIGHBOURS)
    most, cause = heavier(most, cause, abs(say), Cause.INFLUENCE)
    most, cause = heavier(most, cause, abs(free), Cause.SERVICES)
    most, cause = heavier(most, cause, abs(money), Cause.MONEY)
    most, cause = heavier(most, cause, abs(image), Cause.IMAGE)
    return total, cause


@rule
def renew(
    practice: Practice,
    support: float,
    further: float,
    shown: float,
    supplied: float,
    params: Parameters,
) -> float:
    """Return renewal (share) after a quarter.

    ``support`` is its coverage of innovation; ``further``, ``shown`` and ``supplied`` are by how
    much its neighbours, sites with open results, and who supplies it with innovation are ahead.
    """
    up = params.innovation_own * support * (1.0 - practice.renewal)
    up = up + params.innovation_contact * further + params.innovation_open * shown
    up = up + params.innovation_supplied * support * supplied
    down = params.innovation_fade * practice.renewal
    return clip(practice.renewal + 0.25 * (up - down), 0.0, 1.0)


@rule
def value_programme(
    organisation: RegioOrganisatie, trust: float, km: float, params: Parameters
) -> float:
    """Return the utility of a programme of an organisation one is no member of, against none."""
    quality = params.choice_quality * organisation.quality
    return quality + params.choice_trust * (trust - 0.5) - params.choice_distance * km


@rule
def find_counterpart(practice: Practice, organisation: int) -> int:
    """Return the position of ``organisation`` among the practice's counterparts, or ``NONE``."""
    for k in range(len(practice.counterpart)):
        if practice.counterpart[k] == organisation:
            return k
    return NONE
