"""Changes in what patients need, each with what it makes of the outcomes, worked out by hand."""

from __future__ import annotations

from agents.words import Group
from sim.tables import Tables
from tests.town.checks import Case
from tests.town.tables import ASH


def _more_in_programmes(t: Tables) -> None:
    t.groups["inclusion"][:3] = [0.75, 0.4, 0.6]


def _others_need_more(t: Tables) -> None:
    t.groups["burden"][Group.OTHER] = 0.3


def _no_weights(t: Tables) -> None:
    t.groups["burden"] = 0.0


def _hardly_any_weights(t: Tables) -> None:
    t.groups["burden"] /= 10_000.0


def _more_of_each(t: Tables) -> None:
    t.practices["groups"][ASH][:5] = [300.0, 200.0, 150.0, 400.0, 140.0]


DEMAND = (
    # 700*.75 + 800*.4 + 400*.6 = 525 + 320 + 240
    Case("more in programmes", _more_in_programmes, {"chain_patients_per_1000": 108.5}),
    # .7, .4 and .6: 700*.7 + 800*.4 + 400*.6 = 490 + 320 + 240 = 1,050, of 3,729 + .1*7,370
    Case("others need more", _others_need_more, {"chain_burden_share": 0.235109718}),
    Case("nobody weighs anything", _no_weights, {"chain_burden_share": 0.0}),
    Case("hardly any weights", _hardly_any_weights, {}),  # the same share
    Case("a hundred more of each in Ash", _more_of_each, {
        "chain_patients_per_1000": 78.0,  # 670 + 50 + 20 + 40
        "ggz_patients_per_1000": 65.0,
        "frail_per_1000": 28.0,
        # (1,240 + 80 + 50 + 70)/(3,729 + 100 + 70 + 90 + 50 + 200)
        "chain_burden_share": 0.339702760,
    }),
)  # fmt: skip
"""Patients in programmes, by group, and what they weigh."""
