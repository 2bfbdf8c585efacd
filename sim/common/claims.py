"""Claims: what a title pays whom. Payment, sites and buyers all ask here.

A title names the kind of party that receives it (``receiver``, a ``Kind``); a payee is a row of
that kind. What a payee does with the money is said where it is paid.
"""

from __future__ import annotations

from typing import NamedTuple

from agents.compiled.record import NONE, FloatArray
from agents.compiled.rule import rule
from agents.sizes import CHAINS
from agents.title import Title, pays_by_group
from agents.words import Kind, PayUnit
from sim.tables import Tables


class Payee(NamedTuple):
    """What a claim looks at in a payee, whatever its kind.

    ``start`` is the quarter in which its contract for the title began, ``NONE`` without one; who
    is paid without a contract has a start of 0. ``insured`` and ``groups`` (patients per group,
    shape (6,)) are those it may claim for, ``covered`` (share) what it delivered last quarter.
    """

    number: int
    municipality: int
    start: int
    insured: int
    groups: FloatArray
    covered: float


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
def payee_of(tables: Tables, k: int, receiver: int, row: int) -> Payee:
    """Return what a claim under title ``k`` looks at in this row of the kind that receives it."""
    if receiver == Kind.PRACTICE:
        practice = tables.practices[row]
        return Payee(
            number=practice.id,
            municipality=practice.municipality,
            start=0 if practice.alive else NONE,
            insured=practice.patients,
            groups=practice.groups,
            covered=practice.coverage,
        )
    if receiver == Kind.UNIT:
        unit = tables.units[row]
        return Payee(
            number=unit.id,
            municipality=unit.municipality,
            start=unit.contract[k] if unit.alive else NONE,
            insured=unit.insured,
            groups=unit.groups,
            # What its chair received of support: effort delivered for it.
            covered=tables.practices[unit.chair].coverage,
        )
    if receiver == Kind.HUB:
        hub = tables.hubs[row]
        return Payee(
            number=hub.id,
            municipality=hub.municipality,
            start=hub.contract[k],
            insured=hub.insured,
            groups=hub.groups,
            covered=hub.local,
        )
    if receiver == Kind.ORGANISATION:
        organisation = tables.organisations[row]
        return Payee(
            number=organisation.id,
            municipality=organisation.municipality,
            start=organisation.contract[k] if organisation.alive else NONE,
            insured=organisation.insured,
            groups=organisation.groups,
            covered=organisation.quality,
        )
    ros = tables.ros[row]
    return Payee(
        number=ros.id,
        municipality=ros.by_municipality,
        start=0,
        insured=ros.insured,
        groups=ros.groups,
        covered=0.0,
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
    receiver = tables.titles[tick][k].receiver
    for row in range(count_payees(tables, receiver)):
        payee = payee_of(tables, k, receiver, row)
        claims[first + row] = -1.0
        if payee.start != NONE:
            claims[first + row] = claim_of(tables, k, row, payee, tick)


@rule
def claim_of(tables: Tables, k: int, row: int, payee: Payee, tick: int) -> float:
    """Return EUR a year that title ``k`` of quarter ``tick`` pays a payee in this row."""
    if tables.titles[tick][k].receiver == Kind.ORGANISATION:
        return organisation_claim(tables, row, k, tick)
    return title_amount(tables, k, tick, payee.insured, payee.groups, payee.covered)


@rule
def group_volume(tables: Tables, title: Title, g: int, patients: float) -> float:
    """Return what a title counts of so many patients of group ``g``: weighted patients or acts."""
    group = tables.groups[g]
    included = patients * group.inclusion * title.groups[g]
    if title.unit == PayUnit.PATIENT:
        return included * group.burden
    if title.unit == PayUnit.ACT and g < CHAINS:
        return included * tables.params[0].transaction_acts
    return 0.0


@rule
def title_amount(
    tables: Tables, k: int, tick: int, insured: int, groups: FloatArray, coverage: float
) -> float:
    """Return EUR a year that title ``k`` pays for these insured (patients per group, shape (6,)).

    ``coverage`` (share) is what the payee delivered last quarter; only effort looks at it.
    """
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
            volume = volume + group_volume(tables, title, g, groups[g])
    amount = amount + title.rate * tariff.rate * volume
    if title.sites > 0:
        # The same budget, whether it goes to a few sites or to all.
        amount = amount * tariff.spread
    return amount * title.in_force * tables.params[0].money_scale


@rule
def full_hours(tables: Tables, tick: int, k: int, insured: float) -> float:
    """Return hours a year that full support takes for the functions of title ``k``."""
    params = tables.params[0]
    share = 0.0
    for f in range(len(tables.functions)):
        if tables.titles[tick][k].functions[f] > 0.0:
            share = share + tables.functions[f].variable
    return params.supply_variable * share * insured / params.supply_wage


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
        amount = amount + fee * title.in_force * tables.params[0].money_scale
    return amount


@rule
def expected_money(tables: Tables, title: Title, k: int, insured: int) -> float:
    """Return EUR a year that a unit expects of a title: what it is solved to, or its rate."""
    if title.neutral > 0.0:
        return title.neutral * float(insured) * tables.params[0].money_scale
    paid = title.lump * tables.tariffs[k].lump
    return (paid + title.rate * tables.tariffs[k].rate * float(insured)) * title.in_force
