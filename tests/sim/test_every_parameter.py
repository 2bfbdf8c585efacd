"""Every parameter moves some outcome."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from support import TICKS, Values, series_of, small, start_of

from agents.compiled.record import FloatArray
from agents.parameters import DECLARED
from sim.place.load import load_region
from sim.place.region import Region

# The titles of 2018 for whoever asks for them.
EASY = tuple(
    f"title.{title}.{key}"
    for title in ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
    for key in ("mandate=0.01", "minimum=1", "contiguous=false")
)

# Regimes in the order in which a parameter is tried: most show in the first.
TRIED = (
    ("historic-nl", 4, 1), ("historic-nl", 10, 2), ("design:component/practice/act", 4, 1),
    ("design:bundled/organisation/two-part", 10, 1), ("design:bundled/practice/patient", 4, 1),
    ("plus-practices", 4, 1),
    ("design:bundled/practice/effort", 4, 1), ("historic-nl", 10, 3), ("innovation-sites", 10, 1),
)  # fmt: skip


@cache
def at_defaults(regime: str, municipalities: int, seed: int) -> FloatArray:
    return series_of(start_of(municipalities, regime), seed)


def others_of(name: str) -> list[float | int | bool]:
    """Values to try: the other end of a switch; else well away, then the ends of the range."""
    declared = DECLARED[name]
    if declared.kind == "?":
        return [not declared.value]
    if declared.kind == "i8":
        return [v for v in (int(declared.low), int(declared.high)) if v != declared.value]
    near = [declared.value * 1.5, declared.value * 0.5, 0.3]
    inside = [v for v in near if declared.low <= v <= declared.high and v != declared.value]
    ends = [v for v in (declared.low, min(declared.high, 10.0)) if declared.low <= v]
    return [*inside[:1], *[v for v in ends if v != declared.value and v <= declared.high]]


# Some parameters show only beside others: what they need, and where.
UNITS = ("title.s1-oi.receiver=unit", "title.s1-oi.rate=5", "title.s1-oi.bundled=true")
OPEN = ("title.keten-dbc.open_costs=true",)
SHOWN = ("title.regiomanagement.open_costs=true",)
NEVER = tuple(
    f"title.{title}.minimum=100000000"
    for title in ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
)
MANY = {"organisation.found": 1.0, "merge.on": False, "merge.absorb": False}
TWO = replace(
    small(10),
    municipalities=tuple(
        replace(m, preferred="Achmea" if k % 2 else "CZ")
        for k, m in enumerate(small(10).municipalities)
    ),
)
"""UNICUM with two preferred insurers."""
BESIDES: dict[str, tuple[Values, tuple[str, ...], Region | int]] = {
    # The pressure held while the insurers' decision is frozen shows only while it is.
    "insurer.fixed_pressure": ({"decide.insurer": False}, (), 4),
    "transaction.openness": ({}, OPEN, 4),
    "population.chain_growth": ({"demand.inclusion": False}, (), 4),
    # Where the region does not give the areas of its ROS.
    "ros.municipalities": ({}, (), load_region("synthetic:25:1")),
    # Where preferred insurers differ; where many are compared; where small ones live on.
    "merge.across": ({"merge.review": 1.0, "merge.base": 0.0, "organisation.found": 0.5}, (), TWO),
    "contract.peers": ({**MANY, "organisation.lead": -20.0}, (*EASY, *SHOWN), 10),
    "contract.open_peers": (
        {**MANY, "organisation.lead": -20.0, "contract.peers": 1}, EASY, 10,
    ),
    # Where hours of the ROS are scarce.
    "table.chair_hours": ({"ros.hours": 240.0}, (), 10),
    "contract.checkback": (
        {**MANY, "insurer.manager": 0.0, "insurer.delegate": 0.0}, EASY,
        load_region("synthetic:25:1"),
    ),
    "innovation.site": ({}, (*EASY, "title.regiomanagement.sites=1"), 10),
    # Where checks ask for so much that some fail for years.
    "contract.failures": ({"contract.required": 0.7}, EASY, 10),
    "organisation.grace": ({**MANY, "organisation.minimum": 12}, (), 10),
    # Hubs that cut for lack of money, and had gained by guidance.
    "hub.lost": (
        {"hub.minimum": 0.0, "municipality.cofunding": 0.0, "ros.hours": 10.0},
        ("title.gez.rate=0", "title.owz.rate=0"), 10,
    ),
    # Where no region gets a contract; where preferred insurers have titles of their own.
    "transition.by_date": ({}, NEVER, 4),
    "transition.lenient": ({}, NEVER, 4),
    "insurer.alike": ({}, ("title.gez.insurers=CZ",), TWO),
    "hub.discipline_forced": ({}, ("policy.multidisciplinary=1",), 10),
    "governance.forced": ({}, ("policy.multidisciplinary=1",), 10),
    "governance.review": ({"governance.switch": 0.0, "organisation.found": 0.5}, (), 10),
    "governance.switch": ({"governance.review": 1.0, "organisation.found": 0.5}, (), 10),
    # What only the other formulas of criteria read.
    "criterion.new": ({"criterion.alternative": True}, (), 4),
    "criterion.one_off": ({"criterion.alternative": True}, (), 4),
    # Units that are paid enough to choose, under contracts of three years.
    "unit.term": ({}, (*UNITS, "title.s1-oi.term=3"), 10),
    # Units with money, and many who would sell to them.
    "entry.years": ({"entry.rate": 1.0}, UNITS, 10),
    "entry.money": ({"entry.rate": 1.0}, UNITS, 10),
    "unit.council_say": ({"unit.council": 1.0, "entry.rate": 1.0}, UNITS, 10),
    # Parts leave where size brings nothing.
    "merge.split": (
        {"supply.economies": 0.0, "engagement.half": 10.0, "organisation.subregions": False,
         "merge.review": 1.0, "merge.base": 3.0}, (), 10,
    ),
}  # fmt: skip


def moves(name: str) -> bool:
    values, settings, region = BESIDES.get(name, ({}, (), 0))
    for regime, municipalities, seed in TRIED:
        if name in BESIDES:
            plain = series_of(start_of(region, values=values, settings=settings), seed)
        else:
            plain = at_defaults(regime, municipalities, seed)
        for value in others_of(name):
            if name in BESIDES:
                start = start_of(region, values={**values, name: value}, settings=settings)
            else:
                start = start_of(municipalities, regime, {name: value})
            if series_of(start, seed).tobytes() != plain.tobytes():
                return True
    return False


AT_A_START = {"start.state"}
"""What moves runs that start later only: tests/experiments/runs/test_later_starts.py."""


@pytest.mark.parametrize("name", sorted(set(DECLARED) - AT_A_START))
def test_every_parameter_moves_some_outcome(name: str) -> None:
    assert moves(name)


def test_a_parameter_at_its_default_moves_nothing() -> None:
    again = series_of(start_of(4, values={"choice.money": DECLARED["choice.money"].value}), 1)
    assert again.tobytes() == at_defaults("historic-nl", 4, 1).tobytes()
    assert TICKS == len(again)
