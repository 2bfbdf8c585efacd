"""Who belongs to which organisation, and which organisations a practice knows."""

from __future__ import annotations

from agents.practice import distance, find_counterpart
from agents.record import NONE
from agents.regio_organisatie import engage_parts, have_say
from agents.rule import rule
from agents.vocabulary import HAP
from sim.world import Tables


@rule
def count_members(tables: Tables) -> None:
    """Recount members of every organisation, and what follows from their number and mix."""
    counter = tables.counter[0]
    params = tables.params[0]
    rows = counter.organisations
    forms = tables.marks
    for o in range(rows):
        organisation = tables.organisations[o]
        organisation.members = 0
        organisation.patients = 0
        organisation.mandated = 0
        organisation.municipalities = 0
        organisation.reach = 0.0
        organisation.haps = 0.0
        organisation.plus_share = 0.0
        for f in range(3):
            forms[f, o] = 0
    for i in range(counter.practices):
        practice = tables.practices[i]
        if practice.alive and practice.organisation != NONE:
            organisation = tables.organisations[practice.organisation]
            organisation.members = organisation.members + 1
            organisation.patients = organisation.patients + practice.patients
            if practice.mandate:
                organisation.mandated = organisation.mandated + 1
            if practice.plus:
                organisation.plus_share = organisation.plus_share + 1.0
            km = distance(practice.x, practice.y, organisation.x, organisation.y)
            organisation.reach = organisation.reach + km
            hap = tables.municipalities[practice.municipality].partners[HAP]
            if hap != NONE and tables.partners[hap].organisation == practice.organisation:
                organisation.haps = organisation.haps + float(practice.patients)
            forms[practice.form, practice.organisation] += 1
    _count_municipalities(tables)
    for o in range(rows):
        organisation = tables.organisations[o]
        n = float(max(1, organisation.members))
        organisation.reach = organisation.reach / n
        organisation.plus_share = organisation.plus_share / n
        organisation.haps = organisation.haps / float(max(1, organisation.patients))
        squares = 0.0
        for f in range(3):
            share = float(forms[f, o]) / n
            squares = squares + share * share
        organisation.mixed = 1.0 - squares if organisation.members > 0 else 0.0
        organisation.engagement = engage_parts(
            organisation.members, organisation.subregions, organisation.rights, params
        )
        organisation.say = have_say(organisation.rights, organisation.seats, params)
        if organisation.entrant:
            # Nobody owns it but those it works for: units that buy count as members do.
            organisation.engagement = engage_parts(organisation.buyers, 1, 0, params)


@rule
def _count_municipalities(tables: Tables) -> None:
    seen = tables.marks[3]
    for o in range(tables.counter[0].organisations):
        seen[o] = 0
    for m in range(len(tables.municipalities)):
        place = tables.municipalities[m]
        for h in range(place.first_hub, place.first_hub + place.hubs):
            i = tables.hubs[h].first
            while i != NONE:
                practice = tables.practices[i]
                if practice.alive and practice.organisation != NONE:
                    if seen[practice.organisation] != m + 1:
                        seen[practice.organisation] = m + 1
                        organisation = tables.organisations[practice.organisation]
                        organisation.municipalities = organisation.municipalities + 1
                i = practice.next_in_hub


@rule
def get_to_know(tables: Tables, i: int, o: int) -> None:
    """Put organisation ``o`` among the nearest that practice ``i`` knows, if it is one."""
    practice = tables.practices[i]
    organisation = tables.organisations[o]
    km = distance(practice.x, practice.y, organisation.x, organisation.y)
    slot = NONE
    farthest = km
    for k in range(len(practice.counterpart)):
        known = practice.counterpart[k]
        if known == NONE:
            slot = k
            break
        other = tables.organisations[known]
        away = distance(practice.x, practice.y, other.x, other.y)
        if known != practice.organisation and away > farthest:
            farthest = away
            slot = k
    if slot != NONE:
        practice.counterpart[slot] = o
        practice.trust[slot] = tables.municipalities[practice.municipality].trust_start


@rule
def forget(tables: Tables, i: int, o: int) -> None:
    """Strike organisation ``o`` from those practice ``i`` knows; the nearest other one comes in."""
    practice = tables.practices[i]
    slot = find_counterpart(practice, o)
    if slot == NONE:
        return
    practice.counterpart[slot] = NONE
    best = NONE
    least = 1.0e300
    for other in range(tables.counter[0].organisations):
        organisation = tables.organisations[other]
        if other == o or not organisation.alive or find_counterpart(practice, other) != NONE:
            continue
        km = distance(practice.x, practice.y, organisation.x, organisation.y)
        nearer = km < least
        if km == least and best != NONE:
            nearer = organisation.id < tables.organisations[best].id
        if nearer:
            least = km
            best = other
    if best != NONE:
        practice.counterpart[slot] = best
        practice.trust[slot] = tables.municipalities[practice.municipality].trust_start
