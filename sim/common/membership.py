"""Who belongs to which organisation, and what follows from who does."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.organisation.regio_organisatie import engage, have_say
from agents.organisation.subregions import engage_within
from agents.practice import distance
from agents.words import Domain
from sim.common.subregions import own_subregion
from sim.tables import Tables


@rule
def count_members(tables: Tables) -> None:
    """List the members of every organisation anew and count them, with what follows from it."""
    list_members(tables)
    for o in range(tables.counter[0].organisations):
        _count(tables, o)


@rule
def list_members(tables: Tables) -> None:
    """Link the open members of every organisation, in ascending order of rows."""
    counter = tables.counter[0]
    for o in range(counter.organisations):
        tables.organisations[o].first = NONE
    for back in range(counter.practices):
        i = counter.practices - 1 - back
        practice = tables.practices[i]
        if practice.alive and practice.organisation != NONE:
            organisation = tables.organisations[practice.organisation]
            practice.next_member = organisation.first
            organisation.first = i


@rule
def recount(tables: Tables, a: int, b: int) -> None:
    """List and count the members of two organisations anew, after some went to the other."""
    i = tables.organisations[a].first
    j = tables.organisations[b].first
    last_a = NONE
    last_b = NONE
    tables.organisations[a].first = NONE
    tables.organisations[b].first = NONE
    while i != NONE or j != NONE:
        # NONE is above every row: the lower of both comes first.
        row = min(i, j)
        practice = tables.practices[row]
        if row == i:
            i = practice.next_member
        else:
            j = practice.next_member
        practice.next_member = NONE
        if practice.organisation == a:
            if last_a == NONE:
                tables.organisations[a].first = row
            else:
                tables.practices[last_a].next_member = row
            last_a = row
        else:
            if last_b == NONE:
                tables.organisations[b].first = row
            else:
                tables.practices[last_b].next_member = row
            last_b = row
    _count(tables, a)
    _count(tables, b)


@rule
def _count(tables: Tables, o: int) -> None:
    """Count the listed members of ``o``, and what follows from their number and mix."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    forms = tables.scratch.forms
    seen = tables.scratch.seen_towns
    organisation.municipalities = 0
    organisation.spared = 0.0
    organisation.members = 0
    organisation.patients = 0
    organisation.mandated = 0
    organisation.reach = 0.0
    organisation.haps = 0.0
    organisation.plus_share = 0.0
    for f in range(len(forms)):
        forms[f] = 0
    i = organisation.first
    while i != NONE:
        seen[tables.practices[i].municipality] = 0
        i = tables.practices[i].next_member
    i = organisation.first
    while i != NONE:
        practice = tables.practices[i]
        organisation.members = organisation.members + 1
        organisation.patients = organisation.patients + practice.patients
        if practice.mandate:
            organisation.mandated = organisation.mandated + 1
        if practice.plus:
            organisation.plus_share = organisation.plus_share + 1.0
        km = distance(practice.x, practice.y, organisation.x, organisation.y)
        organisation.reach = organisation.reach + km
        hap = tables.municipalities[practice.municipality].partners[Domain.HAP]
        if hap != NONE and tables.partners[hap].organisation == o:
            organisation.haps = organisation.haps + float(practice.patients)
        forms[practice.form] += 1
        m = practice.municipality
        if seen[m] == 0:
            seen[m] = 1
            organisation.municipalities = organisation.municipalities + 1
            organisation.spared = organisation.spared + _spare(tables, m)
        i = practice.next_member
    n = float(max(1, organisation.members))
    organisation.reach = organisation.reach / n
    organisation.plus_share = organisation.plus_share / n
    organisation.haps = organisation.haps / float(max(1, organisation.patients))
    squares = 0.0
    for f in range(len(forms)):
        share = float(forms[f]) / n
        squares = squares + share * share
    organisation.mixed = 1.0 - squares if organisation.members > 0 else 0.0
    if organisation.own > 0:
        _, own = own_subregion(tables, o)
        organisation.own = own
    organisation.engagement = engage_within(organisation, organisation.members, params)
    organisation.say = have_say(organisation.rights, organisation.seats, params)
    if organisation.entrant:
        # Nobody owns it but those it works for: units that buy count as members do.
        organisation.engagement = engage(organisation.buyers, 0, params)


@rule
def _spare(tables: Tables, m: int) -> float:
    """Return how much less of municipality ``m`` is to deal with, as it shares a counterpart."""
    sharers = tables.municipalities[m].sharers
    if sharers <= 1:
        return 0.0
    share: float = tables.params[0].municipality_share_saves
    return share * (1.0 - 1.0 / float(sharers))
