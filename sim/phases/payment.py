"""Phase 8, payment: insurers pay every title to whoever it says, in whole cents."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import inlined, rule
from agents.events import Cause, Event
from agents.title import NATIONAL, Title
from agents.words import Kind, PayUnit, Phase
from sim.common.centres import pays_lists
from sim.common.claims import count_claims, count_payees, place_of_payee
from sim.common.in_force import title_holds_at
from sim.common.substitution import money_moved
from sim.ledger import (
    Posting,
    cents_of,
    count_lines,
    edge_of,
    let_go,
    moment,
    note,
    party,
    take_in,
    transfer,
    write_payment,
)
from sim.tables import Tables


@rule
def pay_titles(tables: Tables, tick: int) -> None:
    """Pay a quarter of every title in force; O&I titles together within the ministry's room."""
    claims = tables.scratch.claims
    width = len(tables.scratch.site)
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if title.active:
            count_claims(tables, k, k * width, tick)
    share = macro_share(tables, tick)
    for o in range(tables.counter[0].organisations):
        # A running yearly sum: a quarter of the old sum leaves, whether or not one comes in.
        tables.organisations[o].legacy_revenue = 0.75 * tables.organisations[o].legacy_revenue
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        tables.tariffs[k].paid = 0.0
        if not title.active:
            continue
        factor = 0.25
        if title.oi:
            factor = 0.25 * share
        for row in range(count_payees(tables, title.receiver)):
            amount = claims[k * width + row]
            if amount < 0.0:
                continue
            me = party(tables, title.receiver, row)
            m = place_of_payee(tables, title.receiver, row)
            cents = split_payment(tables, me, m, k, amount * factor, tick)
            if factor < 0.25:
                cut = cents_of(amount * 0.25) - cents
                _book_cut(tables, me, m, cut, tick)
                _feel_cut(tables, title.receiver, row, float(cut) / 100.0)
            euros = float(cents) / 100.0
            tables.tariffs[k].paid = tables.tariffs[k].paid + euros
            _receive(tables, title, row, euros)


@rule
def macro_share(tables: Tables, tick: int) -> float:
    """Return the share of O&I claims that fits within the ministry's room (1: all).

    Scratch must hold the claims of every title in force (``count_claims``).
    """
    claims = 0.0
    insured = 0.0
    width = len(tables.scratch.site)
    for m in range(len(tables.municipalities)):
        insured = insured + float(tables.municipalities[m].population)
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if not title.active or not title.oi:
            continue
        for row in range(count_payees(tables, title.receiver)):
            claims = claims + max(0.0, tables.scratch.claims[k * width + row])
    # What moves out of hospital care widens the room by as much.
    budget = tables.policy[tick][NATIONAL].room * insured + money_moved(tables)
    if claims <= budget or claims <= 0.0:
        return 1.0
    return budget / claims


@rule
def _book_cut(tables: Tables, payee: int, m: int, cents: int, tick: int) -> None:
    """Book what a payee claimed above the room: credited and taken back, so no balance moves.

    The insurer that purchases in municipality ``m`` does both, and says so once a year.
    """
    if cents <= 0:
        return
    z = tables.municipalities[m].preferred
    insurer = tables.insurers[z]
    me = party(tables, Kind.INSURER, z)
    transfer(tables, me, payee, Posting.CLAIMED, cents, moment(tick, Phase.PAYMENT))
    transfer(tables, payee, me, Posting.ROOM_CUT, cents, moment(tick, Phase.PAYMENT))
    if insurer.cut <= 0.0:
        note(tables, tick, me, Event.CLAIMS_CUT, NONE, Cause.ROOM)
    insurer.cut = insurer.cut + float(cents) / 100.0


@rule
def _feel_cut(tables: Tables, receiver: int, row: int, euros: float) -> None:
    """Let a payee put down EUR that it claimed and did not get."""
    if receiver == Kind.PRACTICE:
        tables.practices[row].cut = tables.practices[row].cut + euros
    elif receiver == Kind.UNIT:
        tables.units[row].cut = tables.units[row].cut + euros
    elif receiver == Kind.HUB:
        tables.hubs[row].cut = tables.hubs[row].cut + euros
    elif receiver == Kind.ORGANISATION:
        tables.organisations[row].cut = tables.organisations[row].cut + euros
    elif receiver == Kind.ROS:
        tables.ros[row].cut = tables.ros[row].cut + euros


@rule
def _receive(tables: Tables, title: Title, row: int, euros: float) -> None:
    """Let a payee put down what a title brought it: what it may spend it on is its own."""
    if title.receiver == Kind.PRACTICE:
        if title.oi:
            practice = tables.practices[row]
            practice.money = practice.money + euros
    elif title.receiver == Kind.UNIT:
        _receive_unit(tables, title, row, euros)
    elif title.receiver == Kind.HUB:
        _receive_hub(tables, title, row, euros)
    elif title.receiver == Kind.ORGANISATION:
        _receive_organisation(tables, title, row, euros)
    elif title.receiver == Kind.ROS:
        ros = tables.ros[row]
        ros.revenue = ros.revenue + euros


@rule
def _receive_unit(tables: Tables, title: Title, u: int, euros: float) -> None:
    unit = tables.units[u]
    unit.revenue = unit.revenue + euros
    if title.oi:
        unit.oi = unit.oi + euros
    for f in range(len(unit.pays)):
        unit.pays[f] = unit.pays[f] + euros * title.functions[f]


@rule
def _receive_hub(tables: Tables, title: Title, h: int, euros: float) -> None:
    hub = tables.hubs[h]
    hub.revenue = hub.revenue + euros
    if title.oi:
        hub.oi = hub.oi + euros
    if pays_lists(tables, title):
        hub.list_money = hub.list_money + euros
        hub.listed_oi = hub.listed_oi + euros if title.oi else hub.listed_oi
    for f in range(len(hub.money)):
        hub.money[f] = hub.money[f] + euros * title.functions[f]


@rule
def _receive_organisation(tables: Tables, title: Title, o: int, euros: float) -> None:
    organisation = tables.organisations[o]
    organisation.revenue = organisation.revenue + euros
    if title.plus:
        organisation.plus_money = organisation.plus_money + euros
    if title.mandate > 0.0:
        organisation.shared_revenue = organisation.shared_revenue + euros
    if title.oi:
        organisation.oi = organisation.oi + euros
        if title.unit == PayUnit.ACT or title.unit == PayUnit.EFFORT:
            organisation.by_effort = organisation.by_effort + euros
        if title.negotiated <= 0.0:
            organisation.legacy_revenue = organisation.legacy_revenue + euros
    # What is for hubs is not for its own functions.
    hubs = euros * title.for_hubs
    if title.negotiated > 0.0:
        organisation.bargained = organisation.bargained + euros - hubs
    organisation.hub_money = organisation.hub_money + hubs
    if title.mandate > 0.0:
        organisation.hub_shared = organisation.hub_shared + hubs
    for f in range(len(organisation.money)):
        own = euros * title.functions[f] * (1.0 - title.for_hubs)
        organisation.money[f] = organisation.money[f] + own


@inlined
def split_payment(tables: Tables, payee: int, m: int, k: int, euros: float, tick: int) -> int:
    """Pay ``euros`` from the insurers by their shares in municipality ``m``; return the cents.

    Cumulative rounding: what the insurers pay adds up to the claim, to the cent.
    """
    cents = cents_of(euros)
    if cents <= 0:
        return 0
    reached = 0.0
    paid = 0
    lines = 0
    unread = tables.counter[0].unread
    first = party(tables, Kind.INSURER, 0)
    last = len(tables.insurers) - 1
    for z in range(len(tables.insurers)):
        reached = reached + tables.municipalities[m].shares[z]
        edge = edge_of(cents, reached, z == last)
        part = edge - paid
        if part > 0:
            insurer = tables.insurers[z]
            insurer.spent = insurer.spent + float(part) / 100.0
            let_go(tables, first + z, part)
            if unread:
                lines = lines + 1
            else:
                when = moment(tick, Phase.PAYMENT)
                write_payment(tables, first + z, payee, k, part, when)
            paid = edge
    count_lines(tables, lines)
    take_in(tables, payee, paid)
    return cents


@rule
def pass_chain_income(tables: Tables, tick: int) -> None:
    """Pay members their chain care income: not O&I, but a reason to be a member."""
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        organisation.margin = 0.0
        for k in range(len(tables.tariffs)):
            title = tables.titles[tick][k]
            if not title.active or title.margin <= 0.0 or title.receiver != Kind.ORGANISATION:
                continue
            if title_holds_at(tables, title, organisation.municipality):
                # Whoever may join an organisation that can have the title expects its income.
                organisation.margin = organisation.margin + title.margin * title.in_force
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if not practice.alive or practice.organisation == NONE:
            continue
        organisation = tables.organisations[practice.organisation]
        earned = 0.0
        for k in range(len(tables.tariffs)):
            title = tables.titles[tick][k]
            if title.active and title.margin > 0.0 and organisation.contract[k] != NONE:
                earned = earned + title.margin * title.in_force * float(practice.patients)
        me = party(tables, Kind.PRACTICE, i)
        money = 0.25 * earned * tables.params[0].money_scale
        split_payment(tables, me, practice.municipality, Posting.MARGIN, money, tick)
