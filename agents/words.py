"""The written names behind the whole numbers in tables: one class of codes per meaning.

Constant, word and number are written once, as a member. Members are only ever appended.
"""

from __future__ import annotations

from enum import auto

from agents.compiled.codes import Code


class Kind(Code):
    """Kinds of party, in the order of their accounts; the first is the world outside the model."""

    OUTSIDE = auto()
    INSURER = auto()
    MUNICIPALITY = auto()
    ROS = auto()
    PRACTICE = auto()
    UNIT = auto()
    HUB = auto()
    ORGANISATION = auto()
    PARTNER = auto()


class Function(Code):
    """Seven categories of O&I functions (S1 4.2, F046)."""

    ICT = auto()
    OPERATIONS = auto()
    QUALITY = auto()
    INNOVATION = auto()
    CARE_MANAGEMENT = auto()
    AGREEMENTS = auto()
    HOUSING = auto()


class Group(Code):
    """Patient groups of general practice (S1 3.3, F012); the first are served in chains."""

    DIABETES = auto()
    CVRM = auto()
    COPD = auto()
    GGZ = auto()
    FRAIL = auto()
    OTHER = auto()


class Domain(Code):
    """Fields of external parties with areas of their own (S1 4.1, A1b).

    The HAP is a partner to merge with, the others are counterparts to agree with.
    """

    HAP = auto()
    HOSPITAL = auto()
    VVT = auto()
    GGZ = auto()
    HOME_CARE = auto()
    YOUTH = auto()


class Condition(Code):
    """The five conditions of cooperation (S1 4.3)."""

    AMBITION = auto()
    INTERESTS = auto()
    PERSONAL = auto()
    PROFESSIONAL = auto()
    PROCESS = auto()


class PracticeForm(Code):
    """How many GPs a practice has."""

    SOLO = auto()
    DUO = auto()
    GROUP = auto()


class Origin(Code):
    """What a hub started from. A WSV (wijksamenwerkingsverband) is a neighbourhood partnership.

    Sources: F070, F072.
    """

    NEW = auto()
    UNIT = auto()
    OWZ = auto()
    HEALTH_CENTRE = auto()
    WSV = auto()


class Stage(Code):
    """How far a hub has come; with ``NONE`` there is only its area."""

    NONE = auto()
    INITIATOR = auto()
    DRIVER = auto()
    BOOSTER = auto()
    BOARD = auto()


class Plan(Code):
    """How far a hub plan (wijkplan) has come."""

    NONE = auto()
    DRAFTED = auto()
    APPROVED = auto()
    RUNNING = auto()


class LegalForm(Code):
    """Legal forms of an organisation (S4, governance models M1-M3).

    A network has no legal person. A cooperative (or association, perhaps with a BV) is of its
    practices; others are owned by professional associations, by neighbourhood bodies, or by nobody.
    """

    NETWORK = auto()
    COOPERATIVE = auto()
    PROFESSIONS = auto()
    NEIGHBOURHOODS = auto()
    FOUNDATION = auto()


class Discipline(Code):
    """Who sits at a hub's table besides GPs (A1b); welfare comes with the municipality."""

    PHARMACY = auto()
    PARAMEDICS = auto()
    DISTRICT_NURSING = auto()
    GGZ = auto()
    WELFARE = auto()


class Progress(Code):
    """Steps of a process that the ROS guides in a hub area, and what comes before them (F067)."""

    NONE = auto()
    INITIATE = auto()
    RELATE = auto()
    ORGANISE = auto()
    SECURE = auto()


class Manager(Code):
    """Who employs a hub's manager (wijkmanager): the hub, a freelance contract, the region."""

    NONE = auto()
    OWN = auto()
    HIRED = auto()
    REGION = auto()


class Purpose(Code):
    """What a municipality co-funds in hubs; with ``NONE`` it has not chosen."""

    NONE = auto()
    SERVICES = auto()
    MANAGERS = auto()
    WELFARE = auto()


class Rights(Code):
    """What a council may do about a decision: nothing, advise on it, approve it."""

    NONE = auto()
    ADVICE = auto()
    APPROVAL = auto()


class Admission(Code):
    """Who may join an organisation: whoever wants, or whom its members consent to."""

    OPEN = auto()
    CONSENT = auto()


class Leaving(Code):
    """Who may leave an organisation: single practices, or only groups, by a split."""

    SINGLE = auto()
    GROUPS = auto()


class Seeking(Code):
    """What a board seeks in a review: nothing, a merger, or a host that takes it over."""

    NOTHING = auto()
    MERGER = auto()
    HOST = auto()


class Meeting(Code):
    """How two parties met in a quarter: badly, not at all, well. Trust moves with the sign."""

    BAD = -1
    NONE = 0
    GOOD = 1


class Structure(Code):
    """How the members of an organisation are linked."""

    FLAT = auto()
    HIERARCHICAL = auto()
    FEDERATED = auto()


class Level(Code):
    """Levels at which a function is done."""

    LOCAL = auto()
    REGIONAL = auto()


class PayUnit(Code):
    """What a title pays for."""

    LUMP_SUM = auto()
    INSURED = auto()
    PATIENT = auto()
    ACT = auto()
    EFFORT = auto()
    TWO_PART = auto()


class MandateOf(Code):
    """Of whom a title counts the mandated share."""

    PRACTICES = auto()
    INHABITANTS = auto()
    BOTH = auto()


class CostKind(Code):
    """Kinds of transaction cost, and coordination inside an organisation, kept apart."""

    SEARCH = auto()
    MANDATE = auto()
    BARGAIN = auto()
    CONTRACT = auto()
    MONITOR = auto()
    CLAIMS = auto()
    REDISTRIBUTION = auto()
    COORDINATION = auto()


class Phase(Code):
    """Steps of a quarter, in their order (``sim.quarter``); the ledger says in which it was."""

    CALENDAR = 1
    DEMAND = 2
    INSURERS = 3
    CHOICES = 4
    ORGANISATIONS = 5
    CONTRACTS = 6
    PUBLIC = 7
    PAYMENT = 8
    ALLOCATION = 9
    SUPPLY = 10
    HUBS = 11
    MEETINGS = 12
    CLOSE = 13


class Resolve(Code):
    """When tariffs of neutral titles are solved to their money: ``design.resolve``."""

    START = auto()
    SWITCH = auto()
    YEARLY = auto()
    QUARTERLY = auto()
