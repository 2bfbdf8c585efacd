"""How well organisations fit municipalities."""

from __future__ import annotations

from agents.compiled.elementary import log
from agents.compiled.record import NONE, FloatArray
from agents.compiled.rule import rule
from sim.measure.column import Column, stock
from sim.measure.practices import EVERYWHERE
from sim.tables import Tables


class Fit(Column):
    """How far organisations and municipalities divide patients alike."""

    MISFIT = stock(
        "share",
        "patients outside the largest organisation of their municipality",
        "Misfit with municipalities",
        "Slechte aansluiting op gemeenten",
    )
    INFORMATION_DISTANCE = stock(
        "share",
        "1 - normalised mutual information of municipality and organisation",
        "Distance of municipalities and organisations",
        "Afstand tussen gemeenten en organisaties",
    )


@rule
def divide_town(
    tables: Tables, place: int, insured: float, joint: float, of_groups: float
) -> tuple[float, float, float, float]:
    """See over which organisations patients of municipality ``place`` are divided.

    ``joint`` and ``of_groups`` are entropies summed so far. Returns patients of its largest
    organisation, its patients, and both entropies with its part.
    """
    held = tables.scratch.held
    held_all = tables.scratch.held_all
    town = tables.municipalities[place]
    most = 0.0
    here = 0.0
    for step in range(2):
        for h in range(town.first_hub, town.first_hub + town.hubs):
            i = tables.hubs[h].first
            while i != NONE:
                practice = tables.practices[i]
                i = practice.next_in_hub
                if not practice.alive or practice.patients <= 0:
                    continue
                patients = float(practice.patients)
                o = practice.organisation
                if step == 0:
                    here = here + patients
                    if o == NONE:
                        most = max(most, patients)
                        share = patients / insured
                        joint = joint - share * log(share)
                        of_groups = of_groups - share * log(share)
                    else:
                        held[o] += patients
                        held_all[o] += patients
                elif o != NONE and held[o] > 0.0:
                    most = max(most, held[o])
                    share = held[o] / insured
                    joint = joint - share * log(share)
                    held[o] = 0.0
    return most, here, joint, of_groups


@rule
def measure_fit(tables: Tables, m: int, insured: float, out: FloatArray) -> None:
    """Fill how well organisations fit municipalities: misfit, and distance in information."""
    size = tables.counter[0].organisations
    held_all = tables.scratch.held_all
    for o in range(size):
        tables.scratch.held[o] = 0.0
        held_all[o] = 0.0
    fitted = 0.0
    joint = 0.0
    of_places = 0.0
    of_groups = 0.0
    for place in range(len(tables.municipalities)):
        if m != EVERYWHERE and m != place:
            continue
        most, here, joint, of_groups = divide_town(tables, place, insured, joint, of_groups)
        fitted = fitted + most
        if here > 0.0:
            share = here / insured
            of_places = of_places - share * log(share)
    for o in range(size):
        if held_all[o] > 0.0:
            share = held_all[o] / insured
            of_groups = of_groups - share * log(share)
    out[Fit.MISFIT] = 1.0 - fitted / insured
    mean = 0.5 * (of_places + of_groups)
    if mean > 0.0:
        out[Fit.INFORMATION_DISTANCE] = 1.0 - (of_places + of_groups - joint) / mean
