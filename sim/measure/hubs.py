"""Hubs, municipalities and insurers of a place, and money that nobody spent."""

from __future__ import annotations

from agents.compiled.draws import clip
from agents.compiled.record import FloatArray
from agents.compiled.rule import rule
from agents.words import Kind, Origin, Plan, Stage
from sim.common.agenda import agenda_of
from sim.common.centres import is_centre, patients_listed
from sim.ledger import party
from sim.measure.column import Column, flow, stock
from sim.measure.practices import EVERYWHERE
from sim.tables import Tables


class Hubs(Column):
    """Hubs, advisers, pressure, counterparts and unspent money."""

    HUBS_RUNNING = stock(
        "hubs",
        "hubs from driver up with a running plan",
        "Hubs running",
        "Werkende wijkhubs",
        empty=0.0,
    )
    HUB_STAGE = stock(
        "stage",
        "mean stage of hub areas, 0 to 4",
        "Mean stage of hubs",
        "Gemiddelde fase van wijkhubs",
    )
    CONDITIONS = stock(
        "share",
        "mean of the five conditions of cooperation over hub areas",
        "Five conditions of cooperation",
        "Vijf voorwaarden voor samenwerking",
    )
    COUNTERPARTS_PER_MUNICIPALITY = stock(
        "parties",
        "organisations and loose hubs a municipality deals with",
        "Counterparts per municipality",
        "Gesprekspartners per gemeente",
        empty=0.0,
    )
    ADVISERS = stock(
        "municipalities",
        "municipalities with an adviser at the table",
        "Municipalities with an adviser",
        "Gemeenten met een adviseur",
        empty=0.0,
    )
    REGIONAL_AGENDA = stock(
        "share",
        "agreed on at regional tables, by insured of municipalities that sit there",
        "Regional agenda",
        "Regionale agenda",
        empty=0.0,
    )
    PRESSURE = stock(
        "share",
        "pressure of the preferred insurers, by insured",
        "Pressure of insurers",
        "Druk van verzekeraars",
        empty=0.0,
    )
    UNSPENT = stock(
        "EUR",
        "balances of organisations, hubs and units",
        "Unspent money",
        "Niet besteed geld",
        empty=0.0,
    )
    HUB_SERVICE = stock(
        "share",
        "service that hubs give every resident, by patients of their areas",
        "Service by hubs",
        "Aanbod van wijkhubs",
        empty=0.0,
    )
    SERVICE_LOST = stock(
        "share",
        "service that hubs gave at their best and give no more, by patients of their areas",
        "Service of hubs that was lost",
        "Verloren aanbod van wijkhubs",
        empty=0.0,
    )
    UPKEEP_PAID = stock(
        "share",
        "of the upkeep of hubs that is paid; 1 where none is due",
        "Upkeep of hubs that is paid",
        "Betaald deel van de instandhouding van wijkhubs",
        empty=1.0,
    )
    HUBS_ENDED = flow(
        "hubs",
        "hubs that had run and ended",
        "Hubs that ended",
        "Beëindigde wijkhubs",
        empty=0.0,
    )
    CENTRES_LOST = stock(
        "hubs",
        "health centres, OWZ and WSV of 2006 that run no more",
        "Older centres that were lost",
        "Verloren oudere centra",
        empty=0.0,
    )
    CENTRE_SHARE = stock(
        "share",
        "patients on the lists of members of health centres, of those in hub areas",
        "Patients on lists of health centres",
        "Patiënten op lijsten van gezondheidscentra",
        empty=0.0,
    )
    COFUNDING_PER_INSURED = flow(
        "EUR per insured",
        "paid by municipalities for cooperation in hubs",
        "Co-funding by municipalities per insured",
        "Gemeentelijke bijdrage per verzekerde",
        empty=0.0,
    )
    UNSPENT_PER_INSURED = stock(
        "EUR per insured",
        "the same per insured",
        "Unspent money per insured",
        "Niet besteed geld per verzekerde",
        empty=0.0,
    )


@rule
def measure_hubs(tables: Tables, m: int, insured: float, out: FloatArray) -> None:
    """Fill hubs, advisers, pressure, counterparts and unspent money (``Hubs``)."""
    running = 0
    stages = 0
    areas = 0
    unspent = 0
    pressure = 0.0
    agenda = 0.0
    people = 0.0
    advisers = 0
    parties = 0
    places = 0
    met = 0.0
    for place in range(len(tables.municipalities)):
        if m != EVERYWHERE and m != place:
            continue
        town = tables.municipalities[place]
        places = places + 1
        parties = parties + town.counterparts
        if town.adviser:
            advisers = advisers + 1
        people = people + float(town.population)
        agenda = agenda + agenda_of(tables, place) * float(town.population)
        insurer = tables.insurers[town.preferred]
        pressure = pressure + insurer.pressure * float(town.population)
        for h in range(town.first_hub, town.first_hub + town.hubs):
            hub = tables.hubs[h]
            areas = areas + 1
            stages = stages + hub.stage
            for c in range(len(hub.conditions)):
                met = met + hub.conditions[c] / float(len(hub.conditions))
            if hub.stage >= Stage.DRIVER and hub.plan == Plan.RUNNING:
                running = running + 1
            unspent = unspent + tables.accounts[party(tables, Kind.HUB, h)].balance
    for o in range(tables.counter[0].organisations):
        if m == EVERYWHERE or tables.organisations[o].municipality == m:
            unspent = unspent + tables.accounts[party(tables, Kind.ORGANISATION, o)].balance
    for u in range(tables.counter[0].units):
        if m == EVERYWHERE or tables.units[u].municipality == m:
            unspent = unspent + tables.accounts[party(tables, Kind.UNIT, u)].balance
    out[Hubs.HUBS_RUNNING] = float(running)
    out[Hubs.HUB_STAGE] = float(stages) / float(max(1, areas))
    out[Hubs.CONDITIONS] = met / float(max(1, areas))
    out[Hubs.UNSPENT] = float(unspent) / 100.0
    out[Hubs.UNSPENT_PER_INSURED] = out[Hubs.UNSPENT] / insured
    out[Hubs.PRESSURE] = clip(pressure / max(1.0, people), 0.0, 1.0)
    out[Hubs.REGIONAL_AGENDA] = agenda / max(1.0, people)
    out[Hubs.ADVISERS] = float(advisers)
    out[Hubs.COUNTERPARTS_PER_MUNICIPALITY] = float(parties) / float(max(1, places))


@rule
def measure_upkeep(tables: Tables, m: int, insured: float, out: FloatArray) -> None:
    """Fill service of hubs, what was lost, upkeep, co-funding, hubs and centres that ended."""
    patients = 0.0
    service = 0.0
    lost = 0.0
    due = 0.0
    paid = 0.0
    ended = 0
    centres = 0
    listed = 0
    cofunded = 0.0
    for place in range(len(tables.municipalities)):
        if m != EVERYWHERE and m != place:
            continue
        town = tables.municipalities[place]
        cofunded = cofunded + town.paid
        for h in range(town.first_hub, town.first_hub + town.hubs):
            hub = tables.hubs[h]
            patients = patients + float(hub.patients)
            if is_centre(tables, h):
                listed = listed + patients_listed(tables, h)
            service = service + float(hub.patients) * hub.service
            lost = lost + float(hub.patients) * (hub.best - hub.service)
            due = due + hub.upkeep
            paid = paid + hub.upkeep * hub.kept_up
            if hub.ended:
                ended = ended + 1
            running = hub.stage >= Stage.DRIVER and hub.plan == Plan.RUNNING
            if hub.origin >= Origin.OWZ and not running:
                centres = centres + 1
    out[Hubs.HUB_SERVICE] = service / max(1.0, patients)
    out[Hubs.SERVICE_LOST] = lost / max(1.0, patients)
    out[Hubs.UPKEEP_PAID] = 1.0
    if due > 0.0:
        out[Hubs.UPKEEP_PAID] = paid / due
    out[Hubs.HUBS_ENDED] = float(ended)
    out[Hubs.CENTRES_LOST] = float(centres)
    out[Hubs.CENTRE_SHARE] = float(listed) / max(1.0, patients)
    out[Hubs.COFUNDING_PER_INSURED] = cofunded / insured
