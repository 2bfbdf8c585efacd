"""What an archetypal form costs in a region: the cost functions of the model, and no run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from agents.care import function_table, group_table
from agents.organisation.regio_organisatie import cost_coordination
from agents.words import Function, Group, Level
from experiments.answers.declared import Form
from sim.common.cost import full_cost
from sim.place.ageing import of_model_year
from sim.place.region import Region

Values = Mapping[str, float | int | bool]
COORDINATION, UPKEEP, MANAGER = "coordination", "upkeep", "manager"
EXTRAS = (COORDINATION, UPKEEP, MANAGER)
"""What a form costs beside the functions: holding members together, and hubs."""
FACILITY = "facility"


class People(NamedTuple):
    """Whom a form serves, by the figures of 2022.

    Attributes:
        insured: all of them.
        groups: patients by group, as expected.
        weights: share of each group in the burden.
        practices: how many practices.
        units: GP units.
        hubs: neighbourhoods.
        municipalities: in the region.
    """

    insured: float
    groups: tuple[float, ...]
    weights: tuple[float, ...]
    practices: int
    units: int
    hubs: int
    municipalities: int

    def bodies(self, kind: str) -> int:
        """Return how many there are of a kind of supplier."""
        return {"unit": self.units, "hub": self.hubs, "practice": self.practices}.get(kind, 1)


class Line(NamedTuple):
    """A function, or one of ``EXTRAS``, of a form: who does it, for how many, at which cost.

    Attributes:
        item: function, or what it costs beside functions.
        part: ``far``, what can move up; ``near``, what cannot; ``beside``, no function.
        by: kind of party that does it.
        bodies: how many of these; of a facility body the share of one.
        scale: patients whom each serves.
        fixed: EUR a year.
        variable: EUR a year.
    """

    item: str
    part: str
    by: str
    bodies: float
    scale: float
    fixed: float
    variable: float


def plain(rule: Any) -> Any:
    """Return a rule as plain Python: nothing has to be compiled for a few numbers."""
    return getattr(rule, "py_func", rule)


def people_of(region: Region, values: Values) -> People:
    """Return whom a region has, without drawing any of them."""
    table = group_table(dict(values))
    counts = np.zeros(len(Group))
    insured = practices = units = hubs = 0
    for place in of_model_year(region, float(values["population.growth"])).municipalities:
        frail = place.share_65 * float(values["population.75"]) * float(values["population.frail"])
        share = np.array([float(one) for one in table["prevalence"]])
        share[Group.FRAIL] += frail
        share[Group.GGZ] *= 1.0 + float(values["demand.urban"]) * (3 - place.urbanity) / 2.0
        share[Group.OTHER] = 1.0 - share[: Group.OTHER].sum()
        counts += share * place.population
        here = max(1, _whole(place.population / float(values["population.insured"])))
        insured, practices = insured + place.population, practices + here
        units += max(1, _whole(here / float(values["population.unit_size"])))
        hubs += max(1, len(place.districts))
    burden = counts * table["burden"]
    weights = burden / burden.sum()
    return People(
        float(insured), tuple(map(float, counts)), tuple(map(float, weights)), practices, units,
        hubs, len(region.municipalities),
    )  # fmt: skip


def _whole(value: float) -> int:
    return int(value + 0.5)


def lines_of(form: Form, people: People, values: Values) -> Iterator[Line]:
    """Give what a form costs, function by function, then beside them.

    Full support: of each function what can move up by ``full_cost`` of the model at the scale of
    who does it, what cannot at variable cost. Cost factors are 1 and nothing is spared.
    """
    functions = function_table(dict(values)).view(np.recarray)
    known = {name.replace(".", "_"): value for name, value in values.items()}
    tables = SimpleNamespace(params=[SimpleNamespace(**known)], functions=functions)
    variable = float(values["supply.variable"])
    for f, name in enumerate(Function.words()):
        row = functions[f]
        far: str = form.far
        if form.facility and row.level == Level.REGIONAL:
            far = FACILITY
        scale = float(values["supply.capacity"])
        bodies = people.insured / scale
        if far != FACILITY:
            bodies = float(people.bodies(far))
            scale = people.insured / bodies
        moves = variable * row.variable * (1.0 - row.local) * people.insured
        whole = plain(full_cost)(tables, f, scale, 1.0, 0.0) * bodies
        if row.fixed > 0.0 or row.local < 1.0:
            yield Line(name, "far", far, bodies, scale, whole - moves, moves)
        stays = variable * row.variable * row.local * people.insured
        there = float(people.bodies(form.near))
        yield Line(name, "near", form.near, there, people.insured / there, 0.0, stays)
    yield from _beside(form, people, tables.params[0])


def _beside(form: Form, people: People, params: Any) -> Iterator[Line]:
    if form.members != "none":
        members = people.practices if form.members == "practices" else people.hubs
        body = SimpleNamespace(
            members=members, structure=int(params.coordination_structure), mixed=0.0, reach=0.0,
            municipalities=people.municipalities, subregions=1, seats=form.seats, spared=0.0,
        )  # fmt: skip
        cost = float(plain(cost_coordination)(body, params))
        by = "organisation" if form.members == "practices" else FACILITY
        yield Line(COORDINATION, "beside", by, 1.0, people.insured, cost, 0.0)
    if form.near == "hub":
        count, each = float(people.hubs), people.insured / people.hubs
        yield Line(UPKEEP, "beside", "hub", count, each, 0.0, params.hub_cost * people.insured)
    if form.manager != "none":
        count, each = float(people.hubs), people.insured / people.hubs
        factor = params.hub_manager_region if form.manager == "region" else 1.0
        fte = params.hub_manager_fte * people.insured / 10_000
        by = "organisation" if form.manager == "region" else "hub"
        cost = fte * params.hub_manager_cost * factor
        yield Line(MANAGER, "beside", by, count, each, 0.0, cost)
