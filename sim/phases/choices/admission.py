"""Phase 4, second part: whom organisations let go, and whom they let in."""

from __future__ import annotations

from agents.compiled.draws import draw, stream
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.words import Admission, Leaving
from sim.common.worth import money_at, worth_at
from sim.phases.choices.wanting import prefer_organisation
from sim.tables import Tables

ADMIT = stream("choice.admission")


@rule
def hold_to_rules(tables: Tables, tick: int) -> None:
    """Hold what practices want to the rules of organisations: who may leave, who may join."""
    params = tables.params[0]
    rows = tables.counter[0].practices
    wanted = tables.scratch.wanted
    if params.organisation_exit == Leaving.GROUPS:
        for i in range(rows):
            practice = tables.practices[i]
            if practice.alive and practice.organisation != NONE:
                wanted[i] = practice.organisation
    # Who is turned away tries the next best, until nobody is turned away any more.
    refused = params.organisation_admission == Admission.CONSENT
    while refused:
        refused = _admit_all(tables, tick)


@rule
def open_doors(tables: Tables) -> None:
    """Begin a year in which every organisation may admit members again."""
    for o in range(tables.counter[0].organisations):
        tables.organisations[o].closed = False


@rule
def _admit_all(tables: Tables, tick: int) -> bool:
    """Let every open organisation look at its applicants, in the order of ids.

    Returns whether somebody was turned away.
    """
    refused = False
    rows = tables.counter[0].organisations
    looked = tables.scratch.looked
    for o in range(rows):
        organisation = tables.organisations[o]
        looked[o] = 0 if organisation.alive and not organisation.closed else 1
    for _ in range(rows):
        first = NONE
        for o in range(rows):
            if looked[o] == 0:
                if first == NONE or tables.organisations[o].id < tables.organisations[first].id:
                    first = o
        if first == NONE:
            break
        looked[first] = 1
        if _admit(tables, first, tick):
            refused = True
    return refused


@rule
def _room_for(tables: Tables, o: int, applicants: int, each: float, tick: int) -> int:
    """Return how many applicants, of ``each`` so many patients, are best for members of ``o``."""
    organisation = tables.organisations[o]
    room = 0
    most = -1.0
    for k in range(applicants + 1):
        insured = float(organisation.patients) + each * float(k)
        money = money_at(tables, o, insured, tick)
        worth = worth_at(tables, o, organisation.members + k, insured, money)
        if worth > most:
            most = worth
            room = k
    return room


@rule
def _admit(tables: Tables, o: int, tick: int) -> bool:
    """Let members of ``o`` admit as many applicants as is best for themselves, drawn by lot.

    Returns whether somebody was turned away; those apply elsewhere.
    """
    seed = tables.counter[0].seed
    organisation = tables.organisations[o]
    wanted = tables.scratch.wanted
    rows = tables.counter[0].practices
    applicants = 0
    patients = 0.0
    for i in range(rows):
        practice = tables.practices[i]
        if practice.alive and wanted[i] == o and practice.organisation != o:
            applicants = applicants + 1
            patients = patients + float(practice.patients)
    if applicants == 0:
        return False
    room = _room_for(tables, o, applicants, patients / float(applicants), tick)
    if room == applicants:
        return False
    organisation.closed = True
    lots = tables.scratch.lots
    for i in range(rows):
        lots[i] = 2.0
        practice = tables.practices[i]
        if practice.alive and wanted[i] == o and practice.organisation != o:
            lots[i] = draw(seed, ADMIT, practice.id, organisation.id, tick)
    for i in range(rows):
        if lots[i] > 1.0:
            continue
        before = 0
        for j in range(rows):
            if lots[j] < lots[i]:
                before = before + 1
        if before >= room:
            wanted[i], tables.scratch.why_wanted[i] = prefer_organisation(tables, i, tick)
    return True
