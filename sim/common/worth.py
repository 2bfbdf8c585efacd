"""What a body is worth to its members: the support its money buys at its scale, and engagement.

Boards compare it before and after a merger or a split. Nothing here knows a size, a threshold or
a date but those that titles give.
"""

from __future__ import annotations

import math

from agents.compiled.draws import clip
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.organisation.regio_organisatie import bargain_fee, count_links
from agents.organisation.subregions import engage_within
from agents.practice import find_counterpart
from agents.words import Kind, Phase
from sim.common.cost import full_cost
from sim.common.in_force import title_holds_at
from sim.ledger import Posting, moment, party, transfer
from sim.tables import Tables


@rule
def money_at(tables: Tables, o: int, insured: float, tick: int) -> float:
    """Return EUR per insured a year that ``o`` expects if its body had this many insured.

    What it receives now, or more where a title of next quarter pays a bargained fee to bodies
    of that size.
    """
    organisation = tables.organisations[o]
    own = float(max(1, organisation.patients))
    now = organisation.yearly / own
    fixed = organisation.legacy_revenue / own
    fee = bargain_fee(organisation, tables.params[0])
    later = min(tick + 1, len(tables.titles) - 1)
    for k in range(len(tables.tariffs)):
        title = tables.titles[later][k]
        holds = title.active and title_holds_at(tables, title, organisation.municipality)
        if holds and title.receiver == Kind.ORGANISATION and title.negotiated > 0.0:
            if insured >= float(title.minimum):
                fixed = fixed + title.negotiated * fee * title.in_force
    return max(now, fixed)


@rule
def worth_at(tables: Tables, o: int, members: int, insured: float, money: float) -> float:
    """Return the worth of support in EUR per insured a year, in a body like ``o`` of that size."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    spared = params.merge_sharing * organisation.haps
    full = 0.0
    for f in range(len(tables.functions)):
        full = full + full_cost(tables, f, insured, organisation.level, spared)
    links = count_links(members, organisation.structure, params.coordination_span)
    means = money * insured - params.coordination_link * links
    support = 1.0
    if full > 0.0:
        support = clip(means / full, 0.0, 1.0)
    felt = engage_within(organisation, members, params)
    return params.choice_relief * support * math.sqrt(felt)


@rule
def gain_of(tables: Tables, a: int, b: int, tick: int) -> tuple[float, float, float]:
    """Return what members of ``a`` and of ``b`` gain by merging, and how far their money differs.

    All three in EUR per insured a year.
    """
    one = tables.organisations[a]
    other = tables.organisations[b]
    first = float(one.patients)
    second = float(other.patients)
    both = first + second
    alone_a = money_at(tables, a, first, tick)
    alone_b = money_at(tables, b, second, tick)
    joint_a = money_at(tables, a, both, tick)
    joint_b = money_at(tables, b, both, tick)
    joint = (joint_a * first + joint_b * second) / max(1.0, both)
    host = a if first >= second else b
    together = worth_at(tables, host, one.members + other.members, both, joint)
    gain_a = together - worth_at(tables, a, one.members, first, alone_a)
    gain_b = together - worth_at(tables, b, other.members, second, alone_b)
    return gain_a, gain_b, alone_a - alone_b


@rule
def trust_of(tables: Tables, a: int, b: int, mutual: bool) -> float:
    """Return the mean trust of members of ``a`` in ``b``; ``mutual``: of either in the other."""
    total = 0.0
    count = 0
    i = tables.organisations[a].first
    j = tables.organisations[b].first if mutual else NONE
    while i != NONE or j != NONE:
        # In ascending order of rows (NONE is above them all), whoever's member it is.
        practice = tables.practices[min(i, j)]
        other = b
        if i < j:
            i = practice.next_member
        else:
            other = a
            j = practice.next_member
        k = find_counterpart(practice, other)
        if k != NONE:
            total = total + practice.trust[k]
            count = count + 1
    if count == 0:
        return tables.municipalities[tables.organisations[a].municipality].trust_start
    return total / float(count)


@rule
def move_reserves(tables: Tables, giver: int, taker: int, cents: int) -> None:
    """Move so many cents of reserves from one organisation to another."""
    tick = tables.counter[0].quarter
    payer = party(tables, Kind.ORGANISATION, giver)
    transfer(
        tables,
        payer,
        party(tables, Kind.ORGANISATION, taker),
        Posting.RESERVES,
        cents,
        moment(tick, Phase.ORGANISATIONS),
    )
