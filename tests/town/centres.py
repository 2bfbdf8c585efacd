"""Who is a member of a health centre, and who brings the money that is for lists of members.

In area 0, with 8,000 patients, are Ash (2,000) and Birch (3,000), and 3,000 from elsewhere. Of what
hub 0 received, EUR 800, a part may be for its members; what is left goes by patients: Ash has .25
of it, Birch .375. What a case does not name must stay as it is in the town.
"""

from __future__ import annotations

from collections.abc import Callable

from agents.compiled.record import NONE
from agents.words import Origin
from sim.tables import Tables
from tests.town.amounts import one_patient
from tests.town.checks import Case
from tests.town.tables import ASH, BIRCH, CEDAR


def _birch_in_centre(t: Tables) -> None:
    t.practices["centre"][BIRCH] = 0


def _no_members(t: Tables) -> None:
    t.params["centre_members"] = False


def _second_centre(t: Tables) -> None:
    t.hubs["origin"][2] = Origin.HEALTH_CENTRE
    t.practices["centre"][CEDAR] = 2


def _not_counted(t: Tables) -> None:
    one_patient(t)
    t.hubs["patients"] = 0


def _for_lists(euros: float, ash: int, birch: int) -> Callable[[Tables], None]:
    """Return the change by which hub 0 received money for members, and who is one."""

    def change(t: Tables) -> None:
        t.hubs["listed_oi"][0] = euros
        t.practices["centre"][ASH], t.practices["centre"][BIRCH] = ash, birch

    return change


FOR_LISTS = {
    # Of 560, .625 is 350, and all 240 for lists: 590 instead of .625*800 = 500
    "oi_spending": 4890.0,
    "oi_per_insured": 0.489,
    "oi_share_of_gp_care": 0.163,  # 4*4,890/120,000
    "criterion_5": 0.314803071,  # 1,886.3/(4,890 + 1,102)
}

CENTRES = (
    Case("Birch is in the centre too", _birch_in_centre, {"centre_share": 0.330033003}),  # 5/15.15
    Case("no health centre has members", _no_members, {"centre_share": 0.0}),
    Case("Cedar is in a second centre", _second_centre, {"centre_share": 0.462046205}),  # 7/15.15
    Case("one patient, whom no hub counts yet", _not_counted, {
        "insured": 1.0,
        "hub_service": 0.0,
        "service_lost": 0.0,
        "centre_share": 1.0,
    }, only=True),
    # Ash .25*560 = 140, Birch .375*560 + 240 = 450.
    Case("hub 0 has money for Birch, its only member", _for_lists(240.0, NONE, 0), {
        **FOR_LISTS,
        "centre_share": 0.198019802,  # 3/15.15
    }),
    # Ash 140 + .4*240 = 236, Birch 210 + .6*240 = 354.
    Case("hub 0 has money for its members Ash and Birch", _for_lists(240.0, 0, 0), {
        **FOR_LISTS,
        "centre_share": 0.330033003,
    }),
    # Then it is for all in the area, as in the town.
    Case("hub 0 has money for members, who left", _for_lists(240.0, NONE, NONE), {
        "centre_share": 0.0,
    }),
    # Of 799.50, .625 is 499.6875, and .50 for lists: 500.1875
    Case("hub 0 has hardly any money for its member Birch", _for_lists(0.5, NONE, 0), {
        "oi_spending": 4800.1875,
        "oi_per_insured": 0.48001875,
        "oi_share_of_gp_care": 0.16000625,
        "criterion_5": 0.319593371,  # 1,886.3/5,902.1875
        "centre_share": 0.198019802,
    }),
)  # fmt: skip
"""Members of health centres, and money for their lists."""
