"""The area that an alliance asks a contract for, and what it makes of who is under one."""

from __future__ import annotations

from agents.compiled.record import NONE
from sim.tables import Tables
from tests.town.checks import Case
from tests.town.tables import AARLE, OAK


def _left_out_by_oak(t: Tables) -> None:
    t.municipalities["lead"][AARLE] = OAK
    t.municipalities["left_out"][AARLE] = True


def _left_out_by_nobody(t: Tables) -> None:
    t.municipalities["lead"][AARLE] = NONE
    t.municipalities["left_out"][AARLE] = True


def _led_by_oak(t: Tables) -> None:
    t.municipalities["lead"][AARLE] = OAK
    t.municipalities["left_out"][AARLE] = False


AREAS = (
    # Ash under Oak's contract and Birch under it through Pine: both are in Aarle
    Case("Oak leaves Aarle out", _left_out_by_oak, {
        "regional_contract_share": 0.0,
        "years_without_contract": 0.25,
    }),
    Case("whoever left Aarle out leads it no more", _left_out_by_nobody, {}),
    Case("Oak leads Aarle and asks for it", _led_by_oak, {}),
)  # fmt: skip
"""Who is under a contract for the region where an alliance leaves a municipality out."""
