"""Which organisation funds a hub, and how far the hub trusts it."""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.hub import Hub
from agents.parameters import Parameters
from agents.practice import find_counterpart
from agents.words import Kind, Plan
from sim.tables import Tables


@rule
def patients_of(tables: Tables, h: int, o: int) -> int:
    """Return the patients in hub area ``h`` whose practice is a member of organisation ``o``."""
    patients = 0
    j = tables.hubs[h].first
    while j != NONE:
        if tables.practices[j].organisation == o:
            patients = patients + tables.practices[j].patients
        j = tables.practices[j].next_in_hub
    return patients


@rule
def funder_of(tables: Tables, h: int) -> int:
    """Return the organisation with most patients in hub area ``h``, or ``NONE``."""
    best = NONE
    most = 0
    asked = NONE
    i = tables.hubs[h].first
    while i != NONE:
        o = tables.practices[i].organisation
        # Whose patients were counted for the practice before has no more of them now.
        if tables.practices[i].alive and o != NONE and o != best and o != asked:
            asked = o
            patients = patients_of(tables, h, o)
            if patients > most:
                most = patients
                best = o
        i = tables.practices[i].next_in_hub
    return best


@rule
def approved_by_funder(hub: Hub, params: Parameters) -> bool:
    """Return whether the plan of a hub is one that its organisation pays for.

    Who else pays a hub may have approved its plan (S4 1): then an organisation pays what one has
    approved itself. Where only organisations approve, any plan that is approved is such a one.
    """
    return bool(hub.plan >= Plan.APPROVED and (hub.approved or params.plan_payer <= 0.0))


@rule
def awaits_approval(hub: Hub, params: Parameters) -> bool:
    """Return whether a committee of its organisation still has to decide on the plan of a hub."""
    if hub.plan == Plan.DRAFTED:
        return True
    return bool(hub.plan > Plan.DRAFTED and params.plan_payer > 0.0 and not hub.approved)


@rule
def has_hub_money(tables: Tables, o: int, tick: int) -> bool:
    """Return whether organisation ``o`` has money for hubs, or will have it next quarter (S4 1).

    Some came in or lies in its purse, it gives of other money, or it, or who leads it, has a
    contract under a title that pays for hubs. Without ``plan.funded`` it does not matter.
    """
    params = tables.params[0]
    organisation = tables.organisations[o]
    if not params.plan_funded or params.hub_share > 0.0:
        return True
    if organisation.purse > 0.0 or organisation.hub_money > 0.0:
        return True
    cashier = o if organisation.lead == NONE else int(organisation.lead)
    later = min(tick + 1, len(tables.titles) - 1)
    for k in range(len(tables.titles[later])):
        title = tables.titles[later][k]
        if title.active and title.receiver == Kind.ORGANISATION and title.for_hubs > 0.0:
            if tables.organisations[cashier].agreed[k] != NONE:
                return True
    return False


@rule
def trust_in_funder(tables: Tables, h: int, o: int) -> float:
    """Return the mean trust of practices in hub area ``h`` in organisation ``o``."""
    total = 0.0
    count = 0
    i = tables.hubs[h].first
    while i != NONE:
        practice = tables.practices[i]
        if practice.alive:
            k = find_counterpart(practice, o)
            if k != NONE:
                total = total + practice.trust[k]
                count = count + 1
        i = practice.next_in_hub
    return total / float(max(1, count))
