"""The town: two municipalities, three practices and whom they deal with, set up by hand.

Aarle (row 0) has the hub areas 0 and 1, and the practices Ash and Birch, both in area 0.
Beek (row 1) has the hub area 2, and the practice Cedar. A fourth practice, in area 0, is closed.
Ash is a member of the organisation Oak, Birch of Pine, and Oak contracts for Pine too (it is
its lead). Cedar is no member. A third organisation, Rowan in Beek, has no members left.
Cedar is in GP unit 0, Ash and Birch form unit 1. Ash is a member of the health centre in area 0.
Both municipalities want a seat at a regional table: that of Beek is formed, that of Aarle is not.

Numbers differ wherever a formula could mistake one for another, and shares of patients are such
that every product can be written down. Units, hubs and organisations have patients elsewhere too.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from support import start_of

from agents.compiled.record import NONE
from agents.words import Kind
from sim.place.region import District, Municipality, Region
from sim.scratch import copy_scratch
from sim.tables import Tables

TICK = 2
"""The quarter that is measured; the policy of others differs."""

ASH, BIRCH, CEDAR, CLOSED = range(4)
OAK, PINE, ROWAN = range(3)
AARLE, BEEK = range(2)
FUNCTIONS, GROUPS = 7, 6
ICT, OPERATIONS, QUALITY, INNOVATION, CARE, AGREEMENTS, HOUSING = range(FUNCTIONS)
NO_ONE = [NONE] * 8
MANDATED, BARGAINED, CHAIN = range(3)

VALUES = {
    "supply.wage": 82.0,
    "partner.substitution": 0.4,
    "value.substitution": 8.0,
    "criterion.one_off": 0.6,
    "criterion.within": 0.75,
    "criterion.linked": 0.8,
    "criterion.years": 2.5,
    "criterion.bystander": 0.5,
    "criterion.new": 0.4,
    "criterion.lowest": 0.3,
    "ros.municipalities": 1,
    "table.municipalities": 1,
    # Shares of variable cost. Care management and housing are best delivered locally (level 0).
    "function.ict.variable": 0.1,
    "function.operations.variable": 0.2,
    "function.quality.variable": 0.1,
    "function.innovation.variable": 0.1,
    "function.care-management.variable": 0.2,
    "function.agreements.variable": 0.1,
    "function.housing.variable": 0.2,
    # What can move up is then .08, .16, .08, .08, .16, .08 and .08 of all: ninths, of which ict has
    # one, operations two, quality one, innovation one, care two, agreements one and housing one.
    "function.ict.local": 0.2,
    "function.operations.local": 0.2,
    "function.quality.local": 0.2,
    "function.innovation.local": 0.2,
    "function.care-management.local": 0.2,
    "function.agreements.local": 0.2,
    "function.housing.local": 0.6,
    # A set of fixed cost, EUR 20,000, is enough for 50,000 patients: EUR .40 each.
    "supply.economies": 2.0,
    "supply.fixed": 10000.0,
    "supply.capacity": 50000.0,
    "supply.variable": 2.0,
    "merge.sharing": 0.4,
    "hub.service": 0.4,
    "unit.council_say": 0.3,
    # A body of two has an engagement of .2 + .8/(1 + .5*.5) = .84.
    "engagement.floor": 0.2,
    "engagement.half": 4.0,
    "criterion.region_least": 10000.0,
    "criterion.region_most": 16000.0,
    "criterion.invested": 0.4,
    "criterion.entrants": 0.25,
    # A case of its own turns it up.
    "innovation.winds": 0.0,
}


def _place(code: str, districts: int, shares: tuple[float, ...]) -> Municipality:
    parts = tuple(District(f"{code} {d}", 2000, float(d), 0.0, 1.0) for d in range(districts))
    return Municipality(
        code=code, name=code, subregion="", population=2000 * districts, share_65=0.2,
        area_km2=20.0, urbanity=3, lat=52.0, lon=5.4, x=0.0, y=0.0, districts=parts,
        preferred="North", shares=shares,
    )  # fmt: skip


def region() -> Region:
    """The two municipalities as a region; all that is measured is overwritten in ``town``."""
    places = (_place("GM0001", 2, (0.5, 0.5)), _place("GM0002", 1, (0.5, 0.5)))
    return Region("town", "Town", places, ((0, 1),), ("North", "South"), "made for a test")


@lru_cache(maxsize=1)
def _start() -> Tables:
    return start_of(region(), values=VALUES, ticks=4)


def town() -> Tables:
    """Return the tables of the town, as structured arrays of a run at the end of a quarter."""
    start = _start()
    columns = {name: table.copy() for name, table in start._asdict().items() if name != "scratch"}
    tables = Tables(**columns, scratch=copy_scratch(start.scratch))
    tables.counter["organisations"], tables.counter["units"] = 3, 2
    tables.policy["gp_care"] = [[90.0], [91.0], [12.0], [93.0]]
    _places(tables)
    _practices(tables)
    _parties(tables)
    _suppliers(tables)
    _titles(tables)
    return tables


def party(tables: Tables, kind: int, row: int) -> int:
    """Return the number of a party."""
    return int(tables.offsets[kind]) + row


def put(table: Any, columns: dict[str, list[Any]]) -> None:
    """Write columns of values into the first rows of a table."""
    for name, values in columns.items():
        table[name][: len(values)] = values


def _places(t: Tables) -> None:
    put(t.municipalities, {
        "population": [6600, 4400], "preferred": [1, 0], "ros": [0, 0], "trust_start": [0.35, 0.45],
        "counterparts": [3, 2], "adviser": [False, True], "paid": [1000.0, 500.0],
        "steering": [1, 0], "seated": [True, True],
        "first_hub": [0, 2], "hubs": [2, 1],
        # HAP, hospital, VVT, GGZ, home care, youth
        "partners": [[0, 1, 2, 3, NONE, 5], [NONE, 1, NONE, NONE, NONE, NONE]],
    })  # fmt: skip
    put(t.insurers, {"pressure": [0.2, 0.7], "cut": [0.5, 0.0]})
    put(t.steerings, {"formed": [True, False], "agenda": [0.55, 0.35]})
    # The second serves nobody.
    put(t.ros, {"revenue": [700.0, 500.0], "cut": [70.0, 50.0]})
    put(t.partners, {
        "agreement": [OAK, OAK, OAK, PINE, OAK, OAK],
        "scope": [0.8, 0.5, 0.25, 0.9, 0.6, 0.75],
    })  # fmt: skip
    put(t.hubs, {
        "first": [BIRCH, NONE, CEDAR], "patients": [8000, 900, 6250],
        "stage": [2, 3, 1], "plan": [3, 2, 3],
        # A health centre, an OWZ and a WSV, of which the second ended this quarter.
        "origin": [3, 2, 4], "ended": [False, True, False],
        "best": [0.6, 1.0, 0.25],
        "upkeep": [400.0, 100.0, 300.0], "kept_up": [0.75, 0.5, 0.5],
        "local": [0.3, 0.9, 0.2], "service": [0.5, 0.9, 0.25], "autonomy": [0.75, 0.1, 0.5],
        "coverage": [[0.25] * FUNCTIONS, [0.9] * FUNCTIONS, [0.7] * FUNCTIONS],
        "clients": [[4000.0] * FUNCTIONS, [90.0] * FUNCTIONS, [700.0] * FUNCTIONS],
        "cost_factor": [1.5, 1.9, 1.7],
        "oi": [800.0, 0.0, 500.0], "cut": [80.0, 7.0, 50.0],
        # With insurers, and with an umbrella: together 4, 0 and 5.
        "contracts": [3, 0, 3], "supplies": [1, 0, 2],
        "transaction": [costs(8.0), costs(9.0), costs(5.0)],
        # Their means: 0.3, 0.5 and 0.7.
        "conditions": [
            [0.1, 0.2, 0.3, 0.4, 0.5], [0.6, 0.6, 0.4, 0.4, 0.5], [0.9, 0.6, 0.7, 0.8, 0.5],
        ],
    })  # fmt: skip


def costs(least: float) -> list[float]:
    """Cost of the eight kinds: 1, 2, ... 8 times this; 28 times it without the last."""
    return [least * (kind + 1) for kind in range(8)]


def _practices(t: Tables) -> None:
    put(t.groups, {
        "inclusion": [0.5, 0.2, 0.4, 1.0, 1.0, 1.0], "burden": [1.0, 0.7, 0.9, 0.5, 2.0, 0.2],
    })  # fmt: skip
    put(t.practices, {
        "alive": [True, True, True, False], "patients": [2000, 3000, 5000, 700],
        "municipality": [AARLE, AARLE, BEEK, AARLE], "hub": [0, 0, 2, 0], "unit": [1, 1, 0, 1],
        "next_in_hub": [CLOSED, ASH, NONE, NONE],
        "organisation": [OAK, PINE, NONE, OAK], "mandate": [True, False, False, True],
        "active": [True, True, False, True], "plus": [False, True, False, True],
        "burden": [2500.0, 3500.0, 4000.0, 900.0], "coverage": [0.5, 0.4, 0.2, 0.9],
        "renewal": [0.3, 0.2, 0.6, 0.9], "suppliers": [2, 4, 0, 5],
        "hub_trust": [0.5, 0.95, 0.25, 0.01], "payer_trust": [0.9, 0.6, 0.3, 0.05],
        "groups": [
            [200.0, 100.0, 50.0, 300.0, 40.0, 1310.0], [100.0, 200.0, 100.0, 150.0, 90.0, 2360.0],
            [400.0, 500.0, 250.0, 100.0, 50.0, 3700.0], [70.0] * GROUPS,
        ],
        "oi_fall": [0.2, 0.3, 0.1, 0.9], "cut": [10.0, 20.0, 30.0, 99.0],
        "centre": [0, NONE, NONE, 0], "kept": [5, 7, 4, 9], "money": [100.0, 200.0, 300.0, 999.0],
        "counterpart": [
            [PINE, OAK, *NO_ONE[2:]], [OAK, PINE, ROWAN, *NO_ONE[3:]], NO_ONE, NO_ONE,
        ],
        "trust": [[0.9, 0.6] + [0.0] * 6, [0.2, 0.7] + [0.0] * 6, [0.15] * 8, [0.01] * 8],
        "transaction": [costs(1.0), costs(2.0), costs(3.0), costs(99.0)],
        "by_function": [
            [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], [0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1],
            [0.2, 0.2, 0.2, 0.8, 0.4, 0.4, 0.6], [0.9] * FUNCTIONS,
        ],
        "weights": [
            [0.4, 0.2, 0.1, 0.1, 0.1, 0.1], [0.5, 0.1, 0.1, 0.1, 0.1, 0.1],
            [0.2, 0.2, 0.2, 0.2, 0.1, 0.1], [0.5, 0.1, 0.1, 0.1, 0.1, 0.1],
        ],
    })  # fmt: skip


def _parties(t: Tables) -> None:
    put(t.units, {
        "patients": [20000, 5000], "municipality": [BEEK, AARLE], "oi": [4000.0, 1000.0],
        "cut": [400.0, 100.0],
        "contracts": [1, 0], "supplies": [7, 5], "members": [1, 2],
        "coverage": [[0.8] * FUNCTIONS, [0.6] * FUNCTIONS],
        "clients": [[900.0] * FUNCTIONS, [2500.0] * FUNCTIONS], "cost_factor": [1.5, 1.25],
        "transaction": [costs(40.0), costs(10.0)],
    })  # fmt: skip
    # Rows of units that nobody formed yet.
    t.units["coverage"][2:], t.units["clients"][2:] = 0.35, 35.0
    put(t.organisations, {
        "patients": [4000, 12000, 500], "municipality": [AARLE, BEEK, BEEK],
        "lead": [NONE, OAK, NONE], "engagement": [0.64, 0.36, 0.9], "say": [0.5, 0.25, 0.8],
        "oi": [600.0, 1200.0, 50.0], "cut": [60.0, 120.0, 5.0], "moved": [0.5, 0.8, 0.9],
        "contracts": [1, 0, 3], "seats": [0.3, 0.0, 0.2],
        "coverage": [[0.5] * FUNCTIONS, [0.4] * FUNCTIONS, [0.9] * FUNCTIONS],
        "clients": [[7000.0] * FUNCTIONS, [32000.0] * FUNCTIONS, [50.0] * FUNCTIONS],
        "outside": [1000.0, 0.0, 0.0], "level": [1.2, 0.8, 1.1], "haps": [0.5, 0.0, 0.3],
        "invested": [0.3, 0.6, 0.9], "unpaid": [2.0, 4.0, 9.0], "council": [True, False, True],
        "entrant": [False, False, True], "sold": [20.0, 30.0, 0.5],
        "transaction": [costs(6.0), costs(12.0), costs(70.0)],
    })  # fmt: skip
    cents = {
        Kind.HUB: [10050, -2025, 3000],
        Kind.ORGANISATION: [50000, 20000, 7000],
        Kind.UNIT: [1600, 400, 99999],
    }
    for kind, balances in cents.items():
        first = party(t, kind, 0)
        t.accounts["balance"][first : first + len(balances)] = balances
    t.accounts["balance"][party(t, Kind.ORGANISATION, 3)] = 88888  # no such organisation (yet)


def _titles(t: Tables) -> None:
    """One title asks a mandate, another bargains its fee, the third, chain care, does neither."""
    t.titles["active"] = False
    names = ("active", "oi", "contract")
    for k in (MANDATED, BARGAINED, CHAIN):
        for name in names:
            t.titles[name][TICK, k] = True
        t.titles["in_force"][TICK, k] = 0.5
        t.titles["bundled"][TICK, k] = False
    for name in ("mandate", "negotiated"):
        t.titles[name] = 0.0
    t.titles["mandate"][TICK, MANDATED] = 0.8
    t.titles["negotiated"][TICK, BARGAINED] = 0.4
    for table in (t.units, t.organisations, t.hubs):
        table["contract"] = NONE
    # Oak holds the one that asks a mandate, for Pine too; the others have chain care at most.
    t.organisations["contract"][OAK, MANDATED] = 1
    t.organisations["contract"][PINE, CHAIN] = 1
    t.units["contract"][0, CHAIN] = 1


def supply(t: Tables, practice: int, by_function: list[int]) -> None:
    """Let a practice be supplied for every patient group by one party per function."""
    t.practices["supplier"][practice] = by_function * GROUPS


def _suppliers(t: Tables) -> None:
    oak, pine = party(t, Kind.ORGANISATION, OAK), party(t, Kind.ORGANISATION, PINE)
    hub, itself = party(t, Kind.HUB, 0), party(t, Kind.PRACTICE, CEDAR)
    # Ash: Oak, but agreements and housing from the hub; ict for CVRM from its unit, and
    # nobody does quality for COPD.
    supply(t, ASH, [oak, oak, oak, oak, oak, hub, hub])
    t.practices["supplier"][ASH][1 * FUNCTIONS + ICT] = party(t, Kind.UNIT, 1)
    t.practices["supplier"][ASH][2 * FUNCTIONS + QUALITY] = NONE
    # Birch: Pine, but operations from Oak, and no agreements.
    supply(t, BIRCH, [pine, oak, pine, pine, pine, NONE, pine])
    # Cedar: itself, and no agreements.
    supply(t, CEDAR, [itself] * 5 + [NONE, itself])
    supply(t, CLOSED, [hub] * FUNCTIONS)
    t.practices["main"][:4] = [oak, pine, itself, hub]
