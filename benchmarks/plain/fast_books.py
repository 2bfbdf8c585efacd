"""Faster plain versions of draws, money and the opening and closing of a quarter."""

from __future__ import annotations

from typing import Any

from agents.compiled.draws import draw, normal, stream
from agents.compiled.record import NONE
from agents.title import NATIONAL
from agents.words import Kind, PayUnit
from benchmarks.plain.faster import instead_of
from sim.common.centres import pays_lists
from sim.common.claims import (
    after_check,
    amount_in_full,
    factor_of_place,
    hours_worked,
    organisation_claim,
    payee_of,
)
from sim.common.in_force import in_force_at
from sim.common.substitution import money_moved
from sim.ledger import Posting, cents_of
from sim.phases.calendar import begin_contracts, count_names
from sim.phases.payment import _book_cut, _feel_cut, _receive

TASTE = stream("choice.taste")
TASTE_TURN = stream("choice.taste.turn")


@instead_of("agents.compiled.draws")
def whole(value: float) -> int:
    """Return the nearest whole number; ``int`` refuses what is not a number."""
    return int(value + 0.5) if value >= 0.0 else -int(0.5 - value)


@instead_of("agents.compiled.draws")
def clip(value: float, low: float, high: float) -> float:
    """Return ``value`` held between ``low`` and ``high``."""
    return low if value < low else high if value > high else value


@instead_of("sim.common.taste")
def lasting(tables: Any, number: int, other: int, tick: int) -> float:
    """Return the lasting taste, kept in a dictionary until it turns."""
    tastes = tables.counter[0].tastes
    pair = (number, other)
    turn, epoch, value = tastes.get(pair, (-1.0, -1, 0.0))
    rate = tables.params[0].choice_redraw
    if turn < 0.0:
        turn = draw(tables.counter[0].seed, TASTE_TURN, number, other, 0) if rate > 0.0 else 0.0
    now = int(tick * rate / 4.0 + turn)
    if now != epoch:
        value = normal(draw(tables.counter[0].seed, TASTE, number, other, now))
        tastes[pair] = (turn, now, value)
    return float(value)


@instead_of("sim.ledger")
def transfer(tables: Any, payer: int, receiver: int, title: int, cents: int, when: int) -> None:
    """Move cents between two accounts, without a line in a ledger."""
    if cents > 0:
        accounts = tables.accounts
        accounts[payer].balance -= cents
        accounts[receiver].balance += cents


@instead_of("sim.phases.supply.supply")
def spend_operating(tables: Any, who: int, euros: float, tick: int) -> float:
    """Pay cost from the account of ``who``, as far as it reaches."""
    account = tables.accounts[who]
    euros = 100.0 * euros + 1.0e-6
    cents = int(euros + 0.5) if euros > 0.0 else 0
    if cents > account.balance:
        cents = account.balance
    if cents <= 0:
        return 0.0
    account.balance -= cents
    tables.accounts[tables.offsets[Kind.OUTSIDE]].balance += cents
    return cents / 100.0


@instead_of("sim.phases.payment")
def split_payment(tables: Any, payee: int, m: int, k: int, euros: float, tick: int) -> int:
    """Pay from the insurers by their shares, whose running sums are kept."""
    euros = 100.0 * euros + 1.0e-6
    cents = int(euros + 0.5) if euros > 0.0 else 0
    if cents <= 0:
        return 0
    accounts = tables.accounts
    insurers = tables.insurers
    payer = tables.offsets[Kind.INSURER]
    paid = 0
    for insurer, reached in zip(insurers, tables.municipalities[m].reached, strict=True):
        edge = int(cents * reached + 0.5)
        if insurer is insurers[-1]:
            edge = cents
        if edge > paid:
            part = edge - paid
            insurer.spent += part / 100.0
            accounts[payer].balance -= part
            paid = edge
        payer += 1
    accounts[payee].balance += paid
    return cents


@instead_of("sim.phases.payment")
def pay_titles(tables: Any, tick: int) -> None:
    """Pay every title, its claims worked out once: they are summed, then paid."""
    counter = tables.counter[0]
    claims = []
    total = 0.0
    for k, title in enumerate(tables.titles[tick]):
        tables.tariffs[k].paid = 0.0
        if not title.active:
            continue
        kind = title.receiver
        by_effort = title.unit == PayUnit.EFFORT
        hours = 0.0
        found = []
        if kind == Kind.ORGANISATION:
            for row, payee in enumerate(tables.organisations[: counter.organisations]):
                if payee.contract[k] != NONE:
                    claim = organisation_claim(tables, row, k, tick)
                    found.append((row, payee.municipality, claim))
        elif kind == Kind.ROS:
            for row, payee in enumerate(tables.ros):
                claim = amount_in_full(tables, k, tick, payee.insured, payee.groups, 0.0)
                claim = claim * factor_of_place(tables, title, payee.by_municipality)
                share = in_force_at(tables, k, payee.by_municipality, tick)
                claim = claim * share * tables.params[0].money_scale
                found.append((row, payee.by_municipality, claim))
        elif kind == Kind.PRACTICE:
            for row, payee in enumerate(tables.practices[: counter.practices]):
                if payee.alive:
                    if by_effort:
                        hours = hours_worked(tables, k, payee_of(tables, k, title, row), tick)
                    full = amount_in_full(tables, k, tick, payee.patients, payee.groups, hours)
                    full = full * factor_of_place(tables, title, payee.municipality)
                    share = in_force_at(tables, k, payee.municipality, tick)
                    claim = full * share * tables.params[0].money_scale
                    found.append((row, payee.municipality, claim))
        else:
            rows = tables.hubs if kind == Kind.HUB else tables.units[: counter.units]
            lists = kind == Kind.HUB and pays_lists(tables, title)
            for row, payee in enumerate(rows):
                if payee.contract[k] != NONE and payee.alive:
                    if by_effort:
                        hours = hours_worked(tables, k, payee_of(tables, k, title, row), tick)
                    insured = payee.listed if lists else payee.insured
                    groups = payee.listed_groups if lists else payee.groups
                    full = amount_in_full(tables, k, tick, insured, groups, hours)
                    full = full * factor_of_place(tables, title, payee.municipality)
                    full = after_check(full, payee.failed[k], tables.params[0])
                    share = in_force_at(tables, k, payee.municipality, tick)
                    claim = full * share * tables.params[0].money_scale
                    found.append((row, payee.municipality, claim))
        if title.oi:
            for _, _, claim in found:
                total = total + claim
        claims.append((k, title, found))
    insured = 0
    for place in tables.municipalities:
        insured += place.population
    budget = tables.policy[tick][NATIONAL].room * insured + money_moved(tables)
    fits = 0.25 if total <= budget or total <= 0.0 else 0.25 * (budget / total)
    for organisation in tables.organisations[: tables.counter[0].organisations]:
        organisation.legacy_revenue *= 0.75
    for k, title, found in claims:
        first = tables.offsets[title.receiver]
        factor = fits if title.oi else 0.25
        for row, m, claim in found:
            cents = split_payment(tables, first + row, m, k, claim * factor, tick)
            if factor < 0.25:
                cut = cents_of(claim * 0.25) - cents
                _book_cut(tables, first + row, m, cut, tick)
                _feel_cut(tables, title.receiver, row, cut / 100.0)
            tables.tariffs[k].paid += cents / 100.0
            _receive(tables, title, row, cents / 100.0)


@instead_of("sim.phases.close")
def _through(tables: Any, outside: int, insurer: int, cents: int, tick: int) -> None:
    """Do nothing: in and out again."""


@instead_of("sim.phases.close")
def check_accounts(tables: Any) -> None:
    """Check nothing: this model keeps no books."""


@instead_of("sim.phases.close")
def check_lists(tables: Any) -> None:
    """Check nothing."""


@instead_of("sim.phases.close")
def check_finite(tables: Any) -> None:
    """Check nothing."""


@instead_of("sim.phases.calendar")
def open_quarter(tables: Any, tick: int) -> None:
    """Clear what is counted per quarter, lists in one go."""
    counter = tables.counter[0]
    for practice in tables.practices[: counter.practices]:
        practice.money = practice.fees = practice.hours = practice.cut = 0.0
        practice.transaction = [0.0] * 8
    for unit in tables.units[: counter.units]:
        unit.revenue = unit.oi = unit.hours = unit.cut = 0.0
        unit.transaction, unit.money, unit.pays = [0.0] * 8, [0.0] * 7, [0.0] * 7
    for hub in tables.hubs:
        hub.revenue = hub.oi = hub.local_money = hub.from_region = hub.cut = 0.0
        hub.list_money = hub.listed_oi = 0.0
        hub.ended = False
        hub.hours = hub.carried
        hub.carried = 0.0
        hub.transaction, hub.money = [0.0] * 8, [0.0] * 7
    for organisation in tables.organisations[: counter.organisations]:
        organisation.revenue = organisation.shared_revenue = organisation.oi = 0.0
        organisation.cost = organisation.coordination = organisation.plus_money = 0.0
        organisation.cut = 0.0
        organisation.hub_money = organisation.hub_shared = organisation.set_aside = 0.0
        organisation.bargained = 0.0
        organisation.hours = organisation.carried
        organisation.carried = 0.0
        organisation.unpaid = 0.0
        organisation.by_effort = 0.75 * organisation.by_effort
        organisation.sold = 0.75 * organisation.sold
        organisation.transaction, organisation.money = [0.0] * 8, [0.0] * 7
    for insurer in tables.insurers:
        insurer.spent = insurer.hours = 0.0
    for ros in tables.ros:
        ros.revenue = ros.cut = 0.0
    if tick % 4 == 0:
        begin_contracts(tables)
        count_names(tables)


@instead_of("sim.phases.payment")
def pass_chain_income(tables: Any, tick: int) -> None:
    """Pay members their chain care income, looking at each title once."""
    titles = [(k, t) for k, t in enumerate(tables.titles[tick]) if t.active]
    margin = 0.0
    for _, title in titles:
        if title.receiver == Kind.ORGANISATION:
            margin = margin + title.margin * title.in_force
    for organisation in tables.organisations[: tables.counter[0].organisations]:
        organisation.margin = margin
    paying = [(k, t.margin * t.in_force) for k, t in titles if t.margin > 0.0]
    first = tables.offsets[Kind.PRACTICE]
    for i, practice in enumerate(tables.practices[: tables.counter[0].practices]):
        if practice.alive and practice.organisation != NONE:
            contract = tables.organisations[practice.organisation].contract
            earned = 0.0
            for k, euros in paying:
                if contract[k] != NONE:
                    earned = earned + euros * practice.patients
            if earned > 0.0:
                money = 0.25 * earned * tables.params[0].money_scale
                split_payment(tables, first + i, practice.municipality, Posting.MARGIN, money, tick)
