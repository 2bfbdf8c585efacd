"""Phase 8, payment: insurers pay every title to whoever it says, in whole cents."""

from __future__ import annotations

from agents.draws import whole
from agents.record import NONE, FloatArray
from agents.rule import rule
from agents.sizes import CHAINS
from agents.title import pays_by_group
from agents.words import Kind, PayUnit
from sim.ledger import Posting, cents_of, moment, party, transfer
from sim.population import full_hours
from sim.tables import Tables

PHASE = 8


@rule
def title_amount(
    tables: Tables, k: int, tick: int, insured: int, groups: FloatArray, coverage: float
) -> float:
    """Return EUR a year that title ``k`` pays for these insured (patients per group, shape (6,)).

    ``coverage`` (share) is what the payee delivered last quarter; only effort looks at it.
    """
    params = tables.params[0]
    title = tables.titles[tick][k]
    tariff = tables.tariffs[k]
    amount = 0.0
    if title.unit == PayUnit.LUMP_SUM or title.unit == PayUnit.TWO_PART:
        amount = title.lump * tariff.lump
    volume = 0.0
    if title.unit == PayUnit.INSURED:
        volume = float(insured)
    elif title.unit == PayUnit.TWO_PART:
        volume = max(0.0, float(insured) - title.above)
    elif title.unit == PayUnit.EFFORT:
        hours = coverage * full_hours(tables, tick, k, float(insured))
        volume = min(hours, title.cap * float(insured))
    else:
        for g in range(len(tables.groups)):
            group = tables.groups[g]
            included = groups[g] * group.inclusion * title.groups[g]
            if title.unit == PayUnit.PATIENT:
                volume = volume + included * group.burden
            elif title.unit == PayUnit.ACT and g < CHAINS:
                volume = volume + included * params.transaction_acts
    amount = amount + title.rate * tariff.rate * volume
    if title.sites > 0:
        # The same budget, whether it goes to a few sites or to all.
        amount = amount * tariff.spread
    return amount * title.phase * params.money_scale


@rule
def pay_titles(tables: Tables, tick: int) -> None:
    """Pay a quarter of every title in force; O&I titles together within the macro budget."""
    share = macro_share(tables, tick)
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if not title.active or title.phase <= 0.0:
            continue
        factor = 0.25
        if title.oi:
            factor = 0.25 * share
        if title.receiver == Kind.PRACTICE:
            for i in range(tables.counter[0].practices):
                if tables.practices[i].alive:
                    _pay_practice(tables, i, k, factor, tick)
        elif title.receiver == Kind.UNIT:
            for u in range(tables.counter[0].units):
                if tables.units[u].contract[k] != NONE:
                    _pay_unit(tables, u, k, factor, tick)
        elif title.receiver == Kind.HUB:
            for h in range(len(tables.hubs)):
                if tables.hubs[h].contract[k] != NONE:
                    _pay_hub(tables, h, k, factor, tick)
        elif title.receiver == Kind.ORGANISATION:
            for o in range(tables.counter[0].organisations):
                if tables.organisations[o].contract[k] != NONE:
                    _pay_organisation(tables, o, k, factor, tick)
        elif title.receiver == Kind.ROS:
            for r in range(len(tables.ros)):
                _pay_ros(tables, r, k, factor, tick)


@rule
def organisation_claim(tables: Tables, o: int, k: int, tick: int) -> float:
    """Return EUR a year that title ``k`` pays organisation ``o``.

    A title that asks a mandate pays the lead for its whole alliance, others for own members. A
    bundle per patient counts the patients in its programmes, whoever their practice is with.
    """
    organisation = tables.organisations[o]
    title = tables.titles[tick][k]
    insured = organisation.insured
    groups = organisation.groups
    if title.mandate > 0.0:
        insured = organisation.allied_insured
        groups = organisation.allied_groups
    if title.plus:
        # A title for the package is paid per insured: the check of policy files says so.
        insured = organisation.plus_insured
    if pays_by_group(title):
        groups = organisation.allied_served if title.mandate > 0.0 else organisation.served
    if insured <= 0:
        return 0.0
    amount = title_amount(tables, k, tick, insured, groups, organisation.quality)
    if title.negotiated > 0.0:
        fee = title.negotiated * organisation.fee * float(insured)
        amount = amount + fee * title.phase * tables.params[0].money_scale
    return amount


@rule
def unit_coverage(tables: Tables, u: int) -> float:
    """Return what the unit's chair received of support (share): effort delivered for it."""
    return tables.practices[tables.units[u].chair].coverage


@rule
def macro_share(tables: Tables, tick: int) -> float:
    """Return the share of O&I claims that fits within the macro budget (1: all)."""
    claims = 0.0
    insured = 0.0
    for m in range(len(tables.municipalities)):
        insured = insured + float(tables.municipalities[m].population)
    for k in range(len(tables.tariffs)):
        title = tables.titles[tick][k]
        if not title.active or not title.oi or title.phase <= 0.0:
            continue
        if title.receiver == Kind.PRACTICE:
            for i in range(tables.counter[0].practices):
                practice = tables.practices[i]
                if practice.alive:
                    claims = claims + title_amount(
                        tables, k, tick, practice.patients, practice.groups, practice.coverage
                    )
        elif title.receiver == Kind.UNIT:
            for u in range(tables.counter[0].units):
                unit = tables.units[u]
                if unit.alive and unit.contract[k] != NONE:
                    claims = claims + title_amount(
                        tables, k, tick, unit.insured, unit.groups, unit_coverage(tables, u)
                    )
        elif title.receiver == Kind.HUB:
            for h in range(len(tables.hubs)):
                hub = tables.hubs[h]
                if hub.contract[k] != NONE:
                    claims = claims + title_amount(
                        tables, k, tick, hub.insured, hub.groups, hub.local
                    )
        elif title.receiver == Kind.ORGANISATION:
            for o in range(tables.counter[0].organisations):
                if tables.organisations[o].contract[k] != NONE:
                    claims = claims + organisation_claim(tables, o, k, tick)
        elif title.receiver == Kind.ROS:
            for r in range(len(tables.ros)):
                claims = claims + ros_claim(tables, r, k, tick)
    budget = tables.policy[tick].macro * insured
    if claims <= budget or claims <= 0.0:
        return 1.0
    return budget / claims


@rule
def split_payment(tables: Tables, payee: int, m: int, k: int, euros: float, tick: int) -> int:
    """Pay ``euros`` from the insurers by their shares in municipality ``m``; return the cents.

    Cumulative rounding: what the insurers pay adds up to the claim, to the cent.
    """
    cents = cents_of(euros)
    if cents <= 0:
        return 0
    reached = 0.0
    paid = 0
    last = len(tables.insurers) - 1
    for z in range(len(tables.insurers)):
        reached = reached + tables.municipalities[m].shares[z]
        edge = whole(float(cents) * min(1.0, reached))
        if z == last:
            edge = cents
        part = edge - paid
        if part > 0:
            insurer = tables.insurers[z]
            insurer.spent = insurer.spent + float(part) / 100.0
            transfer(tables, party(tables, Kind.INSURER, z), payee, k, part, moment(tick, PHASE))
            paid = edge
    return cents


@rule
def _pay_practice(tables: Tables, i: int, k: int, factor: float, tick: int) -> None:
    practice = tables.practices[i]
    amount = title_amount(tables, k, tick, practice.patients, practice.groups, practice.coverage)
    me = party(tables, Kind.PRACTICE, i)
    cents = split_payment(tables, me, practice.municipality, k, amount * factor, tick)
    if tables.titles[tick][k].oi:
        practice.money = practice.money + float(cents) / 100.0


@rule
def _pay_unit(tables: Tables, u: int, k: int, factor: float, tick: int) -> None:
    unit = tables.units[u]
    if not unit.alive:
        return
    title = tables.titles[tick][k]
    amount = title_amount(tables, k, tick, unit.insured, unit.groups, unit_coverage(tables, u))
    cents = split_payment(
        tables, party(tables, Kind.UNIT, u), unit.municipality, k, amount * factor, tick
    )
    euros = float(cents) / 100.0
    unit.revenue = unit.revenue + euros
    if title.oi:
        unit.oi = unit.oi + euros
    for f in range(len(unit.pays)):
        unit.pays[f] = unit.pays[f] + euros * title.functions[f]


@rule
def _pay_hub(tables: Tables, h: int, k: int, factor: float, tick: int) -> None:
    hub = tables.hubs[h]
    title = tables.titles[tick][k]
    amount = title_amount(tables, k, tick, hub.insured, hub.groups, hub.local)
    cents = split_payment(
        tables, party(tables, Kind.HUB, h), hub.municipality, k, amount * factor, tick
    )
    euros = float(cents) / 100.0
    hub.revenue = hub.revenue + euros
    if title.oi:
        hub.oi = hub.oi + euros
    for f in range(len(hub.money)):
        hub.money[f] = hub.money[f] + euros * title.functions[f]


@rule
def _pay_organisation(tables: Tables, o: int, k: int, factor: float, tick: int) -> None:
    organisation = tables.organisations[o]
    if not organisation.alive:
        return
    title = tables.titles[tick][k]
    euros = organisation_claim(tables, o, k, tick) * factor
    me = party(tables, Kind.ORGANISATION, o)
    paid = float(split_payment(tables, me, organisation.municipality, k, euros, tick)) / 100.0
    organisation.revenue = organisation.revenue + paid
    if title.plus:
        organisation.plus_money = organisation.plus_money + paid
    if title.mandate > 0.0:
        organisation.shared_revenue = organisation.shared_revenue + paid
    if title.oi:
        organisation.oi = organisation.oi + paid
        if title.unit == PayUnit.ACT or title.unit == PayUnit.EFFORT:
            organisation.by_effort = organisation.by_effort + paid
        if title.negotiated <= 0.0:
            # A running yearly sum: a quarter of the old sum leaves as a quarter comes in.
            organisation.legacy_revenue = 0.75 * organisation.legacy_revenue + paid
    for f in range(len(organisation.money)):
        organisation.money[f] = organisation.money[f] + paid * title.functions[f]


@rule
def ros_claim(tables: Tables, r: int, k: int, tick: int) -> float:
    """Return EUR a year that title ``k`` pays ROS ``r``."""
    ros = tables.ros[r]
    return title_amount(tables, k, tick, ros.insured, ros.groups, 0.0)


@rule
def _pay_ros(tables: Tables, r: int, k: int, factor: float, tick: int) -> None:
    ros = tables.ros[r]
    amount = ros_claim(tables, r, k, tick)
    me = party(tables, Kind.ROS, r)
    cents = split_payment(tables, me, ros.by_municipality, k, amount * factor, tick)
    ros.revenue = ros.revenue + float(cents) / 100.0


@rule
def pass_chain_income(tables: Tables, tick: int) -> None:
    """Pay members their chain care income: not O&I, but a reason to be a member."""
    for o in range(tables.counter[0].organisations):
        organisation = tables.organisations[o]
        organisation.margin = 0.0
        for k in range(len(tables.tariffs)):
            title = tables.titles[tick][k]
            if title.active and title.receiver == Kind.ORGANISATION:
                # Whoever may join an organisation that can have the title expects its income.
                organisation.margin = organisation.margin + title.margin * title.phase
    for i in range(tables.counter[0].practices):
        practice = tables.practices[i]
        if not practice.alive or practice.organisation == NONE:
            continue
        organisation = tables.organisations[practice.organisation]
        earned = 0.0
        for k in range(len(tables.tariffs)):
            title = tables.titles[tick][k]
            if title.active and title.margin > 0.0 and organisation.contract[k] != NONE:
                earned = earned + title.margin * title.phase * float(practice.patients)
        me = party(tables, Kind.PRACTICE, i)
        money = 0.25 * earned * tables.params[0].money_scale
        split_payment(tables, me, practice.municipality, Posting.MARGIN, money, tick)
