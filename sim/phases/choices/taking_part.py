"""Phase 4, fourth part: practices take part in their hub, or leave it."""

from __future__ import annotations

from agents.compiled.draws import draw, logistic, stream, whole
from agents.compiled.rule import rule
from agents.events import Event
from agents.practice import HubSeen, value_hub
from agents.words import Kind, Plan
from sim.common.centres import share_employed
from sim.ledger import note, party
from sim.tables import Tables

ACTIVE = stream("choice.hub")


@rule
def prefer_hub(tables: Tables, i: int, tick: int) -> tuple[int, int]:
    """Return 1 where practice ``i`` wants to take part in its hub, else 0, and the cause."""
    params = tables.params[0]
    practice = tables.practices[i]
    hub = tables.hubs[practice.hub]
    joint = tables.municipalities[practice.municipality].joint
    pay = 0.0
    if hub.plan == Plan.RUNNING:
        pay = params.hub_attendance
    seen = HubSeen(
        stage=hub.stage,
        service=hub.service,
        joint=joint,
        autonomy=hub.autonomy,
        neighbours=hub.active,
        pay=pay,
        image=share_employed(tables, i),
    )
    value, cause = value_hub(practice, seen, params)
    # As with a mandate: the draw lasts, so that it is the worth of taking part that decides.
    seed = tables.counter[0].seed
    lasts = whole(4.0 * params.choice_mandate_years)
    turn = whole(float(lasts) * draw(seed, ACTIVE, practice.id, hub.id, 0))
    lot = draw(seed, ACTIVE, practice.id, hub.id, 1 + (tick + turn) // lasts)
    if params.choice_refuse or lot >= logistic(value):
        return 0, cause
    return 1, cause


@rule
def take_part(tables: Tables, i: int, active: bool, cause: int, tick: int) -> None:
    """Carry out whether practice ``i`` takes part in its hub."""
    practice = tables.practices[i]
    if active == practice.active:
        return
    what = Event.HUB_JOINED if active else Event.HUB_LEFT
    other = party(tables, Kind.HUB, practice.hub)
    note(tables, tick, party(tables, Kind.PRACTICE, i), what, other, cause)
    practice.active = active
