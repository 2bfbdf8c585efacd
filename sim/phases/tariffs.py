"""Phase 8, first part: tariffs of neutral titles are solved to the room that all designs share.

A design says how much is paid per insured of the region, not at which price. The price follows
from who claims and what they count, so that two designs pay the same and differ in one thing.
"""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.words import Kind, Resolve
from sim.common.claims import count_payees, factor_of_place, hours_worked, payee_of
from sim.common.counts import count_registered
from sim.common.in_force import title_holds_at
from sim.common.volumes import title_volume
from sim.tables import Tables


@rule
def set_tariffs(tables: Tables, tick: int, new_year: bool) -> None:
    """Tariffs that are to pay a given sum are solved on those who claim it now."""
    when = tables.params[0].design_resolve
    if when == Resolve.START:
        return
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if title.active and title.neutral > 0.0:
            due = when == Resolve.QUARTERLY or (new_year and when == Resolve.YEARLY)
            if due or not tables.tariffs[k].solved:
                _solve(tables, k, tick)


@rule
def _solve(tables: Tables, k: int, tick: int) -> None:
    """Solve title ``k`` so that its claimants together get what is meant for the region.

    Where nobody claims, tariffs stay as they were: that money is not paid.
    """
    title = tables.titles[tick][k]
    tariff = tables.tariffs[k]
    claimants = 0.0
    volume = 0.0
    for row in range(count_payees(tables, title.receiver)):
        payee = payee_of(tables, k, title, row)
        if payee.start == NONE or not title_holds_at(tables, title, payee.municipality):
            continue
        if title.receiver == Kind.ORGANISATION and payee.insured <= 0:
            continue
        hours = hours_worked(tables, k, payee, tick)
        here = factor_of_place(tables, title, payee.municipality)
        claimants = claimants + here
        counted = title_volume(tables, title, payee.insured, payee.groups, hours)
        volume = volume + counted * here
    if claimants <= 0.0 or (title.rate > 0.0 and volume <= 0.0):
        return
    room = title.neutral * count_registered(tables)
    tariff.lump = room / claimants
    if volume > 0.0:
        tariff.rate = room / volume
    tariff.solved = True
