"""The starting population of practices, units and hubs, drawn in a kernel from its own seed."""

from __future__ import annotations

from agents.compiled.draws import beta33, clip, draw, lognormal, normal, stream, whole
from agents.compiled.elementary import exp
from agents.compiled.record import NONE
from agents.compiled.rule import kernel, rule
from agents.municipality import FAR
from agents.parameters import Parameters
from agents.sizes import YEARS_TO_2022
from agents.words import Kind, Origin, PayUnit, PracticeForm
from sim.common.centres import form_centre, is_centre
from sim.common.groups import compose_groups, set_local_need
from sim.common.volumes import full_hours, group_volume, part_of_functions
from sim.ledger import Failure
from sim.tables import Tables

FORM = stream("population.form")
LIST = stream("population.list")
NEED = stream("population.need")
ANGLE_X = stream("population.x")
ANGLE_Y = stream("population.y")
AUTONOMY = stream("population.autonomy")
AUTONOMY_TASTE = stream("population.autonomy.taste")
COST = stream("population.cost")
DISCIPLINE = stream("population.discipline")

YEARS_FROM_2012 = 10


@rule
def start_practice(tables: Tables, i: int, number: int, hub: int) -> None:
    """Open practice ``i`` with this id in this hub area, knowing nobody yet."""
    seed = tables.counter[0].population_seed
    practice = tables.practices[i]
    area = tables.hubs[hub]
    start = tables.municipalities[area.municipality].trust_start
    practice.id = number
    practice.alive = True
    practice.municipality = area.municipality
    practice.hub = hub
    practice.next_in_hub = area.first
    area.first = i
    reach = area.radius * tables.params[0].population_within
    practice.x = area.x + reach * (2.0 * draw(seed, ANGLE_X, number, 0, 0) - 1.0)
    practice.y = area.y + reach * (2.0 * draw(seed, ANGLE_Y, number, 0, 0) - 1.0)
    practice.autonomy = beta33(seed, AUTONOMY, number)
    spread = tables.params[0].choice_autonomy_spread
    if spread > 0.0:
        # A lasting factor with mean 1: some hold to their autonomy more than others (C04).
        taste = normal(draw(seed, AUTONOMY_TASTE, number, 0, 0))
        practice.autonomy = practice.autonomy * exp(spread * taste - 0.5 * spread * spread)
    practice.organisation = NONE
    practice.next_member = NONE
    practice.unit = NONE
    practice.centre = NONE
    practice.main = NONE
    practice.closed = NONE
    practice.hub_trust = start
    practice.payer_trust = start
    # It knows nobody yet, and gets to know whoever is there.
    tables.municipalities[area.municipality].horizon = FAR
    for k in range(len(practice.counterpart)):
        practice.counterpart[k] = NONE
        practice.trust[k] = start
    for c in range(len(practice.supplier)):
        practice.supplier[c] = NONE
    for g in range(len(practice.chain)):
        practice.chain[g] = NONE


@rule
def start_unit(tables: Tables, u: int, number: int, i: int) -> None:
    """Start unit ``u`` with practice ``i`` as its chair."""
    seed = tables.counter[0].population_seed
    unit = tables.units[u]
    practice = tables.practices[i]
    unit.id = number
    unit.alive = True
    unit.municipality = practice.municipality
    unit.hub = practice.hub
    unit.chair = i
    unit.trust = tables.municipalities[practice.municipality].trust_start
    spread = tables.params[0].supply_spread
    unit.cost_factor = lognormal(draw(seed, COST, number, Kind.UNIT, 0), 1.0, spread)
    for k in range(len(unit.contract)):
        unit.contract[k] = NONE
        unit.agreed[k] = NONE
    for c in range(len(unit.chosen)):
        unit.chosen[c] = NONE


@rule
def _draw_form(seed: int, number: int, solo: float, duo: float) -> int:
    lot = draw(seed, FORM, number, 0, 0)
    if lot < solo:
        return PracticeForm.SOLO
    if lot < solo + duo:
        return PracticeForm.DUO
    return PracticeForm.GROUP


@rule
def _draw_list(seed: int, number: int, form: int, params: Parameters) -> float:
    """Return the list that a practice of this form draws; all are scaled to the insured."""
    mean = params.population_list_group
    cv = params.population_cv_group
    if form == PracticeForm.SOLO:
        mean = params.population_list_solo
        cv = params.population_cv_solo
    elif form == PracticeForm.DUO:
        mean = params.population_list_duo
        cv = params.population_cv_duo
    spread = cv * params.population_list_spread
    return lognormal(draw(seed, LIST, number, 0, 0), mean, spread)


@rule
def _fill_municipality(tables: Tables, m: int, start: int) -> int:
    params = tables.params[0]
    seed = tables.counter[0].population_seed
    place = tables.municipalities[m]
    insured = float(place.population_2022)
    for year in range(YEARS_TO_2022):
        insured = insured / (1.0 + params.population_growth)
        if year == YEARS_FROM_2012 - 1:
            of_2012 = insured
    place.population = whole(insured)
    n = max(1, whole(of_2012 / params.population_insured))
    if start + n > len(tables.practices):
        tables.counter[0].failure = Failure.FULL_PRACTICES
        return start
    total = 0.0
    for j in range(n):
        number = place.id * 1000 + j
        form = _draw_form(seed, number, params.population_solo, params.population_duo)
        total = total + _draw_list(seed, number, form, params)
        tables.practices[start + j].form = form
        tables.practices[start + j].burden = total
    # Cumulative rounding: whole patients that add up to the insured, whatever the draws.
    residents = 0.0
    for h in range(place.hubs):
        residents = residents + float(tables.hubs[place.first_hub + h].residents)
    district = 0
    edge = float(tables.hubs[place.first_hub].residents)
    before = 0
    for j in range(n):
        practice = tables.practices[start + j]
        reached = whole(float(place.population) * practice.burden / total)
        middle = 0.5 * float(before + reached) / max(1.0, float(place.population)) * residents
        while district < place.hubs - 1 and middle > edge:
            district = district + 1
            edge = edge + float(tables.hubs[place.first_hub + district].residents)
        start_practice(tables, start + j, place.id * 1000 + j, place.first_hub + district)
        practice.patients = reached - before
        before = reached
    set_local_need(tables, m)
    for i in range(start, start + n):
        lot = draw(seed, NEED, tables.practices[i].id, 0, 0)
        compose_groups(tables, i, lognormal(lot, 1.0, params.population_need_spread))
    _form_units(tables, m, start, n)
    return start + n


@rule
def _form_units(tables: Tables, m: int, start: int, n: int) -> None:
    place = tables.municipalities[m]
    count = max(1, whole(float(n) / tables.params[0].population_unit_size))
    first = tables.counter[0].units
    for j in range(n):
        u = first + (j * count) // n
        if not tables.units[u].alive:
            start_unit(tables, u, place.id * 1000 + u - first, start + j)
        tables.practices[start + j].unit = u
        tables.units[u].members = tables.units[u].members + 1
    tables.counter[0].units = first + count


@rule
def _reference_volume(tables: Tables, k: int, insured: float, payees: float) -> float:
    """Return what title ``k`` would count at the reference state, over all payees."""
    last = len(tables.titles) - 1
    title = tables.titles[last][k]
    volume = 0.0
    for i in range(len(tables.practices)):
        practice = tables.practices[i]
        if practice.alive:
            for g in range(len(tables.groups)):
                volume = volume + group_volume(tables, title, g, practice.groups[g])
    if title.unit == PayUnit.INSURED:
        volume = insured
    elif title.unit == PayUnit.EFFORT:
        hours = full_hours(tables, part_of_functions(tables, title))
        volume = min(hours, title.cap) * insured
    elif title.receiver == Kind.ORGANISATION or title.receiver == Kind.UNIT:
        if volume == 0.0:
            volume = max(0.0, insured - payees * title.above)
    return volume


@rule
def solve_tariffs(tables: Tables) -> None:
    """Solve neutral titles: the same EUR per insured at the reference state, whatever the cell.

    Reference state: the region as drawn, every practice under one eligible payee (one
    organisation per ROS area, or its unit), coverage 1.
    """
    insured = 0.0
    for i in range(len(tables.practices)):
        if tables.practices[i].alive:
            insured = insured + float(tables.practices[i].patients)
    last = len(tables.titles) - 1
    for k in range(len(tables.tariffs)):
        tariff = tables.tariffs[k]
        tariff.lump = 1.0
        tariff.rate = 1.0
        tariff.spread = 1.0
        tariff.agreed_spread = 1.0
        title = tables.titles[last][k]
        if title.neutral <= 0.0:
            continue
        payees = float(len(tables.ros))
        if title.receiver == Kind.UNIT:
            payees = float(tables.counter[0].units)
        volume = _reference_volume(tables, k, insured, payees)
        if payees > 0.0:
            tariff.lump = title.neutral * insured / payees
        if volume > 0.0:
            tariff.rate = title.neutral * insured / volume


@kernel
def draw_population(tables: Tables) -> None:
    """Draw practices and units of every municipality; start hubs, insurers and the ROS."""
    params = tables.params[0]
    seed = tables.counter[0].population_seed
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        hub.first = NONE
        hub.cost_factor = lognormal(draw(seed, COST, hub.id, 1, 0), 1.0, params.supply_spread)
        hub.trust = tables.municipalities[hub.municipality].trust_start
        for d in range(len(hub.disciplines)):
            apart = 2.0 * draw(seed, DISCIPLINE, hub.id, d, 0) - 1.0
            degree = params.hub_disciplines + params.hub_discipline_spread * apart
            if hub.origin >= Origin.OWZ:
                # They have worked together for years (C42).
                degree = degree + params.hub_together * max(0.0, 1.0 - degree)
            hub.rooted[d] = clip(degree, 0.0, 1.0)
            hub.disciplines[d] = hub.rooted[d]
    row = 0
    for m in range(len(tables.municipalities)):
        row = _fill_municipality(tables, m, row)
        place = tables.municipalities[m]
        place.trust = place.trust_start
        tables.ros[place.ros].by_municipality = m
        insurer = tables.insurers[place.preferred]
        insurer.purchases = insurer.purchases + place.population
    tables.counter[0].practices = row
    for h in range(len(tables.hubs)):
        if is_centre(tables, h):
            form_centre(tables, h)
    for z in range(len(tables.insurers)):
        tables.insurers[z].pressure = params.insurer_fixed_pressure
        tables.insurers[z].effective = 1.0
        tables.insurers[z].follows = True
        tables.insurers[z].manager = params.insurer_manager
    solve_tariffs(tables)
