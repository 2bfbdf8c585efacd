"""The written names behind the whole numbers in tables: one list per kind of code.

The position of a name in its list is its code. Lists are only ever appended to.
"""

from __future__ import annotations

FUNCTIONS = (
    "ict",
    "operations",
    "quality",
    "innovation",
    "care-management",
    "agreements",
    "housing",
)
"""Seven categories of O&I functions (S1 4.2, F046)."""

GROUPS = ("diabetes", "cvrm", "copd", "ggz", "frail", "other")
"""Patient groups of general practice (S1 3.3, F012)."""

CHAINS = 3
"""The first three groups are served in chains (keten-DBC, S1 4.1.2)."""

KINDS = (
    "outside",
    "insurer",
    "municipality",
    "ros",
    "practice",
    "unit",
    "hub",
    "organisation",
    "partner",
)
OUTSIDE, INSURER, MUNICIPALITY, ROS, PRACTICE, UNIT, HUB, ORGANISATION, PARTNER = range(9)

PARTNERS = ("hap", "hospital", "vvt", "ggz", "home-care", "youth")
"""External parties with areas of their own (S1 4.1, A1b)."""
# The HAP is a partner to merge with, the others are counterparts to agree with.
HAP, HOSPITAL, VVT, GGZ, HOME_CARE, YOUTH = range(6)

CONDITIONS = ("ambition", "interests", "personal", "professional", "process")
"""The five conditions of cooperation (S1 4.3), in the order of the arrays that hold them."""

FORMS = ("solo", "duo", "group")
SOLO, DUO, GROUP = range(3)

ORIGINS = ("new", "unit", "owz", "health-centre", "wsv")
ORIGIN_NEW, ORIGIN_UNIT, ORIGIN_OWZ, ORIGIN_CENTRE, ORIGIN_WSV = range(5)
"""A WSV (wijksamenwerkingsverband) is an neighbourhood partnership (F070, F072)."""

STAGES = ("none", "initiator", "driver", "booster", "board")
STAGE_NONE, STAGE_INITIATOR, STAGE_DRIVER, STAGE_BOOSTER, STAGE_BOARD = range(5)

LEGAL_FORMS = ("network", "cooperative", "professions", "neighbourhoods", "foundation")
"""A network has no legal person. A cooperative (or association, perhaps with a BV) is of its
practices; others are owned by professional associations, by neighbourhood bodies, or by nobody
(S4, governance models M1-M3)."""
NETWORK, COOPERATIVE, PROFESSIONS, NEIGHBOURHOODS, FOUNDATION = range(5)

DISCIPLINES = ("pharmacy", "paramedics", "district-nursing", "ggz", "welfare")
"""Who sits at a hub's table besides GPs (A1b); welfare comes with the municipality."""
WELFARE = 4

MANAGERS = ("none", "own", "hired", "region")
"""Who employs a hub's manager (wijkmanager): the hub, a freelance contract, the region."""
MANAGER_NONE, MANAGER_OWN, MANAGER_HIRED, MANAGER_REGION = range(4)

RIGHTS = ("none", "advice", "approval")
STRUCTURES = ("flat", "hierarchical", "federated")

PAY_UNITS = ("lump-sum", "insured", "patient", "act", "effort", "two-part")
LUMP_SUM, PER_INSURED, PER_PATIENT, PER_ACT, PER_EFFORT, TWO_PART = range(6)

MANDATE_OF = ("practices", "inhabitants", "both")
OF_PRACTICES, OF_INHABITANTS, OF_BOTH = range(3)

COST_PHASES = (
    "search",
    "mandate",
    "bargain",
    "contract",
    "monitor",
    "claims",
    "redistribution",
    "coordination",
)
"""Phases of transaction cost, and coordination inside an organisation, kept apart."""
SEARCH, MANDATE, BARGAIN, CONTRACT, MONITOR, CLAIMS, REDISTRIBUTION, COORDINATION = range(8)

INSURERS = 12
"""Room for insurers in a municipality's market shares (ten groups in 2022, facts B)."""
NEAREST = 8
"""Counterparts (organisations) that a practice knows: the nearest within its vision."""
NEIGHBOURS = 24
"""Room for a municipality's neighbours."""
TITLES = 32
"""Room for contracts per party: no regime carries more titles."""

SPLIT_OFF = 2**36
ENTRANT = 2**37
"""Added to ids of organisations that split off or entered: apart from what hub areas found."""

CAUSES = (
    "none",
    "money",
    "coverage",
    "autonomy",
    "distance",
    "neighbours",
    "trust",
    "pressure",
    "switching",
    "taste",
    "noise",
    "minimum",
    "demography",
    "isolation",
    "plan",
    "mandate",
    "contribution",
    "adviser",
    "experience",
    "guidance",
    "means",
    "counterparts",
    "fragmentation",
    "unsupported",
    "policy",
    "memory",
    "eligible",
    "area",
    "contiguity",
    "influence",
    "services",
    "form",
    "check-back",
    "cost",
    "gain",
    "deficit",
    "dependence",
    "disciplines",
    "hubs",
    "scale",
    "fit",
    "crisis",
    "conditions",
    "unit",
)
(
    CAUSE_NONE,
    CAUSE_MONEY,
    CAUSE_COVERAGE,
    CAUSE_AUTONOMY,
    CAUSE_DISTANCE,
    CAUSE_NEIGHBOURS,
    CAUSE_TRUST,
    CAUSE_PRESSURE,
    CAUSE_SWITCHING,
    CAUSE_TASTE,
    CAUSE_NOISE,
    CAUSE_MINIMUM,
    CAUSE_DEMOGRAPHY,
    CAUSE_ISOLATION,
    CAUSE_PLAN,
    CAUSE_MANDATE,
    CAUSE_CONTRIBUTION,
    CAUSE_ADVISER,
    CAUSE_EXPERIENCE,
    CAUSE_GUIDANCE,
    CAUSE_MEANS,
    CAUSE_COUNTERPARTS,
    CAUSE_FRAGMENTATION,
    CAUSE_UNSUPPORTED,
    CAUSE_POLICY,
    CAUSE_MEMORY,
    CAUSE_ELIGIBLE,
    CAUSE_AREA,
    CAUSE_CONTIGUITY,
    CAUSE_INFLUENCE,
    CAUSE_SERVICES,
    CAUSE_FORM,
    CAUSE_CHECK_BACK,
    CAUSE_COST,
    CAUSE_GAIN,
    CAUSE_DEFICIT,
    CAUSE_DEPENDENCE,
    CAUSE_DISCIPLINES,
    CAUSE_HUBS,
    CAUSE_SCALE,
    CAUSE_FIT,
    CAUSE_CRISIS,
    CAUSE_CONDITIONS,
    CAUSE_UNIT,
) = range(44)

EVENTS = (
    "practice-opened",
    "practice-closed",
    "practice-merged",
    "practice-grew",
    "joined",
    "left",
    "mandate-given",
    "mandate-withdrawn",
    "hub-joined",
    "hub-left",
    "supplier-chosen",
    "founded",
    "dissolved",
    "rights-granted",
    "plan-written",
    "lead-mandated",
    "lead-withdrawn",
    "contract-won",
    "contract-lost",
    "pressure-raised",
    "pressure-lowered",
    "adviser-posted",
    "adviser-recalled",
    "hub-guided",
    "hub-advanced",
    "hub-fell-back",
    "plan-approved",
    "incorporated",
    "talks-delayed",
    "followed",
    "contracted-alone",
    "merged",
    "absorbed",
    "split",
    "subregion-formed",
    "subregion-ended",
    "hap-joined",
    "manager-appointed",
    "manager-left",
    "agreement-signed",
    "agreement-ended",
    "gemeentehub-formed",
    "gemeentehub-ended",
    "form-changed",
    "hub-council",
    "advisers-hired",
    "dialogue-begun",
    "dialogue-ended",
    "plus-joined",
    "plus-left",
    "partner-agreed",
    "partner-ended",
    "step-taken",
    "programme-started",
    "council-formed",
    "council-ended",
    "entered",
)
(
    PRACTICE_OPENED,
    PRACTICE_CLOSED,
    PRACTICE_MERGED,
    PRACTICE_GREW,
    JOINED,
    LEFT,
    MANDATE_GIVEN,
    MANDATE_WITHDRAWN,
    HUB_JOINED,
    HUB_LEFT,
    SUPPLIER_CHOSEN,
    FOUNDED,
    DISSOLVED,
    RIGHTS_GRANTED,
    PLAN_WRITTEN,
    LEAD_MANDATED,
    LEAD_WITHDRAWN,
    CONTRACT_WON,
    CONTRACT_LOST,
    PRESSURE_RAISED,
    PRESSURE_LOWERED,
    ADVISER_POSTED,
    ADVISER_RECALLED,
    HUB_GUIDED,
    HUB_ADVANCED,
    HUB_FELL_BACK,
    PLAN_APPROVED,
    INCORPORATED,
    TALKS_DELAYED,
    FOLLOWED,
    CONTRACTED_ALONE,
    MERGED,
    ABSORBED,
    SPLIT,
    SUBREGION_FORMED,
    SUBREGION_ENDED,
    HAP_JOINED,
    MANAGER_APPOINTED,
    MANAGER_LEFT,
    AGREEMENT_SIGNED,
    AGREEMENT_ENDED,
    GEMEENTEHUB_FORMED,
    GEMEENTEHUB_ENDED,
    FORM_CHANGED,
    HUB_COUNCIL,
    ADVISERS_HIRED,
    DIALOGUE_BEGUN,
    DIALOGUE_ENDED,
    PLUS_JOINED,
    PLUS_LEFT,
    PARTNER_AGREED,
    PARTNER_ENDED,
    STEP_TAKEN,
    PROGRAMME_STARTED,
    COUNCIL_FORMED,
    COUNCIL_ENDED,
    ENTERED,
) = range(57)
