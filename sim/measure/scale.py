"""How large organisations are, and how concentrated."""

from __future__ import annotations

from agents.compiled.elementary import exp, log
from agents.compiled.record import NONE, FloatArray, IntArray
from agents.compiled.rule import rule
from sim.measure.column import Column, stock
from sim.tables import Tables


class Scale(Column):
    """Sizes and concentration; an unaffiliated practice counts as one."""

    HHI = stock(
        "share",
        "Herfindahl-Hirschman index of patients over organisations, an unaffiliated "
        "practice counting as one",
        "Concentration (HHI)",
        "Concentratie (HHI)",
    )
    EFFECTIVE_ORGANISATIONS = stock(
        "organisations",
        "1/hhi: equal organisations that give this concentration",
        "Effective number of organisations",
        "Effectief aantal organisaties",
    )
    EFFECTIVE_SHANNON = stock(
        "organisations",
        "exp of the Shannon entropy of the same shares",
        "Effective number (Shannon)",
        "Effectief aantal (Shannon)",
    )
    ORGANISATION_SIZE_MEAN = stock(
        "registered patients",
        "mean size of organisations with members here",
        "Mean size of an organisation",
        "Gemiddelde grootte van een organisatie",
        empty=0.0,
    )
    ORGANISATION_SIZE_WEIGHTED = stock(
        "registered patients",
        "size of the organisation of the average affiliated patient",
        "Size of the average patient's organisation",
        "Grootte van de organisatie van de gemiddelde patiënt",
        empty=0.0,
    )
    ORGANISATIONS = stock(
        "organisations",
        "organisations with members here",
        "Organisations",
        "Organisaties",
        empty=0.0,
    )
    AFFILIATED_SHARE = stock(
        "share",
        "patients whose practice is a member",
        "Patients of member practices",
        "Patiënten van aangesloten praktijken",
        empty=0.0,
    )
    MULTIDISCIPLINARY_SHARE = stock(
        "share",
        "of organisations with members here, those in which others than practices vote",
        "Multidisciplinary organisations",
        "Multidisciplinaire organisaties",
        empty=0.0,
    )


@rule
def measure_scale(
    tables: Tables, rows: IntArray, count: int, insured: float, out: FloatArray
) -> None:
    """Fill concentration and size of organisations among these practices (``Scale``)."""
    held = tables.scratch.held
    for o in range(tables.counter[0].organisations):
        held[o] = 0.0
    squares = 0.0
    entropy = 0.0
    affiliated = 0.0
    weighted = 0.0
    for r in range(count):
        practice = tables.practices[rows[r]]
        patients = float(practice.patients)
        if practice.organisation == NONE:
            share = patients / insured
            squares = squares + share * share
            if share > 0.0:
                entropy = entropy - share * log(share)
        else:
            held[practice.organisation] += patients
            affiliated = affiliated + patients
            size = float(tables.organisations[practice.organisation].patients)
            weighted = weighted + patients * size
    number = 0
    mixed = 0
    total = 0.0
    for o in range(tables.counter[0].organisations):
        if held[o] > 0.0:
            share = held[o] / insured
            squares = squares + share * share
            entropy = entropy - share * log(share)
            number = number + 1
            if tables.organisations[o].seats > 0.0:
                mixed = mixed + 1
            total = total + float(tables.organisations[o].patients)
    out[Scale.HHI] = squares
    out[Scale.EFFECTIVE_ORGANISATIONS] = 1.0 / squares
    out[Scale.EFFECTIVE_SHANNON] = exp(entropy)
    if number > 0:
        out[Scale.ORGANISATION_SIZE_MEAN] = total / float(number)
        out[Scale.MULTIDISCIPLINARY_SHARE] = float(mixed) / float(number)
        out[Scale.ORGANISATION_SIZE_WEIGHTED] = weighted / max(1.0, affiliated)
    out[Scale.ORGANISATIONS] = float(number)
    out[Scale.AFFILIATED_SHARE] = affiliated / insured
