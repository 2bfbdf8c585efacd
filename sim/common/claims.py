"""Claims: what a title pays whom. Payment, sites and buyers all ask here.

A title names the kind of party that receives it (``receiver``, a ``Kind``); a payee is a row of
that kind. What a payee does with the money is said where it is paid.
"""

from __future__ import annotations

from typing import NamedTuple

from agents.compiled.record import NONE, FloatArray
from agents.compiled.rule import inlined, rule
from agents.parameters import Parameters
from agents.title import Title, pays_by_group, takes_transfer
from agents.words import Function, Kind, PayUnit
from sim.common.centres import pays_lists
from sim.common.in_force import in_force_at
from sim.common.volumes import full_hours, part_of_functions, title_volume
from sim.tables import Tables


class Payee(NamedTuple):
    """What a claim looks at in a payee, whatever its kind.

    ``start`` is the quarter in which its contract for the title began, ``NONE`` without one; who
    is paid without a contract has a start of 0. ``insured`` and ``groups`` (patients per group,
    shape (6,)) are those it may claim for, ``covered`` (share) what it delivered last quarter,
    ``organised`` (hours a year) what it works on organising itself, paid or not,
    ``failed`` its failed checks in a row.
    """

    number: int
    municipality: int
    start: int
    insured: int
    groups: FloatArray
    covered: float
    organised: float
    failed: int


@rule
def count_payees(tables: Tables, receiver: int) -> int:
    """Return how many rows there are that may receive titles of this kind."""
    if receiver == Kind.PRACTICE:
        return int(tables.counter[0].practices)
    if receiver == Kind.UNIT:
        return int(tables.counter[0].units)
    if receiver == Kind.HUB:
        return len(tables.hubs)
    if receiver == Kind.ORGANISATION:
        return int(tables.counter[0].organisations)
    if receiver == Kind.ROS:
        return len(tables.ros)
    return 0


@rule
def start_of(tables: Tables, k: int, receiver: int, row: int) -> int:
    """Return the quarter since which this row may claim under title ``k``: see ``Payee.start``."""
    if receiver == Kind.PRACTICE:
        return 0 if tables.practices[row].alive else NONE
    if receiver == Kind.UNIT:
        return int(tables.units[row].contract[k]) if tables.units[row].alive else NONE
    if receiver == Kind.HUB:
        return int(tables.hubs[row].contract[k])
    if receiver == Kind.ORGANISATION:
        organisation = tables.organisations[row]
        return int(organisation.contract[k]) if organisation.alive else NONE
    return 0


@inlined
def payee_of(tables: Tables, k: int, title: Title, row: int) -> Payee:
    """Return what a claim under title ``k`` looks at in this row of the kind that receives it."""
    receiver = title.receiver
    if receiver == Kind.PRACTICE:
        practice = tables.practices[row]
        return Payee(
            number=practice.id,
            municipality=practice.municipality,
            start=start_of(tables, k, receiver, row),
            insured=practice.patients,
            groups=practice.groups,
            covered=practice.coverage,
            organised=4.0 * practice.hours,
            failed=0,
        )
    if receiver == Kind.UNIT:
        unit = tables.units[row]
        return Payee(
            number=unit.id,
            municipality=unit.municipality,
            start=start_of(tables, k, receiver, row),
            insured=unit.insured,
            groups=unit.groups,
            # What its chair received of support: effort delivered for it.
            covered=tables.practices[unit.chair].coverage,
            organised=4.0 * unit.hours,
            failed=unit.failed[k],
        )
    if receiver == Kind.HUB:
        return _hub_as_payee(tables, k, title, row)
    if receiver == Kind.ORGANISATION:
        return organisation_as_payee(tables, k, title, row)
    ros = tables.ros[row]
    return Payee(
        number=ros.id,
        municipality=ros.by_municipality,
        start=0,
        insured=ros.insured,
        groups=ros.groups,
        covered=0.0,
        organised=0.0,
        failed=0,
    )


@rule
def _hub_as_payee(tables: Tables, k: int, title: Title, h: int) -> Payee:
    hub = tables.hubs[h]
    lists = pays_lists(tables, title)
    return Payee(
        number=hub.id,
        municipality=hub.municipality,
        start=start_of(tables, k, Kind.HUB, h),
        insured=hub.listed if lists else hub.insured,
        groups=hub.listed_groups if lists else hub.groups,
        covered=hub.local,
        organised=4.0 * hub.hours,
        failed=hub.failed[k],
    )


@rule
def organisation_as_payee(tables: Tables, k: int, title: Title, o: int) -> Payee:
    """Return what a claim under title ``k`` looks at in organisation ``o``.

    A title that asks a mandate pays the lead for its whole alliance, others for own members. A
    bundle per patient counts the patients in its programmes, whoever their practice is with.
    """
    organisation = tables.organisations[o]
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
    return Payee(
        number=organisation.id,
        municipality=organisation.municipality,
        start=start_of(tables, k, Kind.ORGANISATION, o),
        insured=insured,
        groups=groups,
        covered=organisation.quality,
        organised=4.0 * organisation.hours,
        failed=organisation.failed[k],
    )


@rule
def place_of_payee(tables: Tables, receiver: int, row: int) -> int:
    """Return the municipality whose insurers pay this row of the kind that receives a title."""
    if receiver == Kind.PRACTICE:
        return int(tables.practices[row].municipality)
    if receiver == Kind.UNIT:
        return int(tables.units[row].municipality)
    if receiver == Kind.HUB:
        return int(tables.hubs[row].municipality)
    if receiver == Kind.ORGANISATION:
        return int(tables.organisations[row].municipality)
    return int(tables.ros[row].by_municipality)


@rule
def count_claims(tables: Tables, k: int, first: int, tick: int) -> None:
    """Write into scratch, from place ``first`` on, what each payee claims of title ``k``."""
    claims = tables.scratch.claims
    title = tables.titles[tick][k]
    for row in range(count_payees(tables, title.receiver)):
        claims[first + row] = -1.0
        if start_of(tables, k, title.receiver, row) != NONE:
            payee = payee_of(tables, k, title, row)
            claims[first + row] = claim_of(tables, k, row, payee, tick)


@inlined
def claim_of(tables: Tables, k: int, row: int, payee: Payee, tick: int) -> float:
    """Return EUR a year that title ``k`` of quarter ``tick`` pays a payee in this row."""
    title = tables.titles[tick][k]
    if title.receiver == Kind.ORGANISATION:
        return organisation_claim(tables, row, k, tick)
    share = in_force_at(tables, k, payee.municipality, tick)
    return claim_in_full(tables, k, payee, tick) * share * tables.params[0].money_scale


@rule
def claim_in_full(tables: Tables, k: int, payee: Payee, tick: int) -> float:
    """Return EUR a year that title ``k`` would pay a payee if all of it were in force."""
    hours = hours_worked(tables, k, payee, tick)
    amount = amount_in_full(tables, k, tick, payee.insured, payee.groups, hours)
    amount = amount * factor_of_place(tables, tables.titles[tick][k], payee.municipality)
    return after_check(amount, payee.failed, tables.params[0])


@rule
def factor_of_place(tables: Tables, title: Title, m: int) -> float:
    """Return the factor on what a title pays in ``m`` for what housing costs there (C38)."""
    part = title.housing_by_place * title.functions[Function.HOUSING]
    return float(1.0 + part * (tables.municipalities[m].housing - 1.0))


@rule
def after_check(amount: float, failed: int, params: Parameters) -> float:
    """Return what is paid of ``amount`` after so many failed checks in a row (S1-137, S1-143)."""
    return amount * (1.0 - params.contract_sanction) if failed > 0 else amount


@rule
def hours_worked(tables: Tables, k: int, payee: Payee, tick: int) -> float:
    """Return hours a year per insured that a title by effort pays for, before its cap.

    Hours of support as delivered last quarter, and this title's part of what the payee works on
    organising itself. In its first year under contract it has delivered nothing yet: it is paid
    an advance (``contract.advance``, assumed; no source says how the first quarter is paid).
    """
    title = tables.titles[tick][k]
    if title.unit != PayUnit.EFFORT:
        return 0.0
    covered = payee.covered
    if title.contract and tick - payee.start < 4:
        covered = max(covered, tables.params[0].contract_advance)
    share = part_of_functions(tables, title)
    full = full_hours(tables, share)
    return covered * full + share * payee.organised / float(max(1, payee.insured))


@rule
def title_amount(
    tables: Tables, k: int, tick: int, insured: int, groups: FloatArray, hours: float
) -> float:
    """Return EUR a year that title ``k`` pays for these insured (see ``title_volume``)."""
    amount = amount_in_full(tables, k, tick, insured, groups, hours)
    return amount * tables.titles[tick][k].in_force * tables.params[0].money_scale


@rule
def amount_in_full(
    tables: Tables, k: int, tick: int, insured: int, groups: FloatArray, hours: float
) -> float:
    """Return EUR a year that title ``k`` would pay if all of it were in force, unscaled."""
    title = tables.titles[tick][k]
    tariff = tables.tariffs[k]
    amount = 0.0
    if title.unit == PayUnit.LUMP_SUM or title.unit == PayUnit.TWO_PART:
        amount = title.lump * tariff.lump
    amount = amount + title.rate * tariff.rate * title_volume(tables, title, insured, groups, hours)
    if title.sites > 0:
        # The same budget, whether it goes to a few sites or to all.
        amount = amount * tariff.spread
    return amount


@rule
def organisation_claim(tables: Tables, o: int, k: int, tick: int) -> float:
    """Return EUR a year that title ``k`` pays organisation ``o``, a bargained fee among it."""
    title = tables.titles[tick][k]
    payee = organisation_as_payee(tables, k, title, o)
    if payee.insured <= 0:
        return 0.0
    hours = hours_worked(tables, k, payee, tick)
    amount = title_amount(tables, k, tick, payee.insured, payee.groups, hours)
    amount = amount * factor_of_place(tables, title, payee.municipality)
    if title.negotiated > 0.0:
        organisation = tables.organisations[o]
        bargained = organisation.fee
        if takes_transfer(title):
            bargained = bargained + organisation.transfer
        fee = title.negotiated * bargained * float(payee.insured)
        amount = amount + fee * title.in_force * tables.params[0].money_scale
    return after_check(amount, payee.failed, tables.params[0])


@rule
def expected_money(tables: Tables, title: Title, k: int, insured: int) -> float:
    """Return EUR a year that a unit expects of a title: what it is solved to, or its rate."""
    if title.neutral > 0.0:
        return title.neutral * float(insured) * tables.params[0].money_scale
    return _priced(tables, title, k, insured) * title.in_force


@rule
def _priced(tables: Tables, title: Title, k: int, insured: int) -> float:
    paid = title.lump * tables.tariffs[k].lump
    return paid + title.rate * tables.tariffs[k].rate * float(insured)


@rule
def expected_of_hub(tables: Tables, h: int, k: int, tick: int) -> float:
    """Return EUR a year that hub ``h`` is expected to have of a title, as far as it is in force."""
    hub = tables.hubs[h]
    title = tables.titles[tick][k]
    patients = hub.listed if pays_lists(tables, title) else hub.patients
    if title.neutral > 0.0:
        return expected_money(tables, title, k, int(patients))
    share = in_force_at(tables, k, int(hub.municipality), tick)
    return _priced(tables, title, k, int(patients)) * share
