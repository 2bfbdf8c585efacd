"""Phase 6, contracts: who is eligible, and what is agreed."""

from __future__ import annotations

from typing import NamedTuple

from agents.compiled.draws import draw, stream
from agents.compiled.elementary import is_multiple
from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.events import Cause, Event
from agents.organisation.governance import short_of_mandate
from agents.organisation.regio_organisatie import (
    RegioOrganisatie,
    bargain_fee,
    cost_level,
)
from agents.title import Title, pays_origin
from agents.words import Function, Kind, LegalForm, Stage
from sim.common.agenda import mandate_at
from sim.common.alliances import alliance_of
from sim.common.in_force import in_force_at, title_holds_at
from sim.ledger import note, party
from sim.phases.contracts.areas import measure_areas
from sim.phases.contracts.benchmark import benchmark_weight, compare_costs
from sim.phases.contracts.checks import fails_again, slack_after
from sim.phases.contracts.efficient import benchmark_in_fee, forget_benchmark
from sim.phases.contracts.sites import choose_sites, is_site
from sim.phases.contracts.transfers import agree_transfers
from sim.tables import Tables

TALKS = stream("contract.talks")


@rule
def agree_contracts(tables: Tables, tick: int) -> None:
    """Areas and conditions are measured, contracts and fees of next year agreed."""
    measure_areas(tables, tick)
    later = min(tick + 1, len(tables.titles) - 1)
    for k in range(len(tables.tariffs)):
        title = tables.titles[later][k]
        if title.sites > 0:
            choose_sites(tables, k, tick)
        for o in range(tables.counter[0].organisations):
            _review_organisation(tables, o, k, title, tick)
        for u in range(tables.counter[0].units):
            _review_unit(tables, u, k, title, tick)
        for h in range(len(tables.hubs)):
            _review_hub(tables, h, k, title, tick)
    compare_costs(tables)
    for o in range(tables.counter[0].organisations):
        if tables.organisations[o].alive:
            _agree_fee(tables, o, tick)
    agree_transfers(tables)


@rule
def meet_conditions(organisation: RegioOrganisatie, title: Title) -> int:
    """Return 0 where an organisation meets a title's conditions, else the cause it fails on."""
    if short_of_mandate(organisation, title) > title.mandate_short:
        return Cause.MANDATE
    if title.minimum > 0 and organisation.area_insured < title.minimum:
        return Cause.AREA
    if title.legal_person and organisation.legal == LegalForm.NETWORK:
        return Cause.FORM
    if title.contiguous and not organisation.contiguous:
        return Cause.CONTIGUITY
    if title.regioplan and not organisation.regioplan:
        return Cause.PLAN
    return Cause.NONE


class Ground(NamedTuple):
    """On what a contract stands: whether its title is there for a party (``wanted``).

    ``cause`` is that of the condition that the party fails on, ``Cause.NONE`` where it meets all.
    """

    wanted: bool
    cause: int


@rule
def _settle(tables: Tables, who: int, insurer: int, start: int, ground: Ground, tick: int) -> int:
    """Return the start of the contract from next quarter on, and note a change.

    A renewed contract keeps its first start; one that lost its ground ends with its term.
    """
    if ground.wanted and ground.cause == Cause.NONE:
        if start == NONE:
            note(tables, tick, who, Event.CONTRACT_WON, insurer, Cause.ELIGIBLE)
            return tick + 1
        return start
    if start != NONE:
        cause: int = ground.cause
        if cause == Cause.NONE:
            # Nothing that the party did: the title ended, or is no longer for parties like it.
            cause = Cause.POLICY
        note(tables, tick, who, Event.CONTRACT_LOST, insurer, cause)
    return NONE


@rule
def _review_organisation(tables: Tables, o: int, k: int, title: Title, tick: int) -> None:
    organisation = tables.organisations[o]
    if not organisation.alive:
        return
    holds = title.active and title_holds_at(tables, title, organisation.municipality)
    if not title.contract:
        # Paid without a contract: nothing to agree, no condition to meet.
        held = holds and title.receiver == Kind.ORGANISATION
        organisation.agreed[k] = tick + 1 if held else NONE
        return
    wanted = holds and title.receiver == Kind.ORGANISATION and organisation.members > 0
    wanted = wanted and (title.sites == 0 or is_site(tables, o))
    cause: int = Cause.NONE
    if organisation.members == 0:
        cause = Cause.GONE
    if wanted and title.mandate > 0.0 and organisation.lead != NONE:
        wanted = False
        cause = Cause.LED
    if wanted:
        cause = meet_conditions(organisation, title)
        years = float(tick + 1 - organisation.contract[k]) / 4.0
        within = organisation.contract[k] != NONE and not is_multiple(years, title.term)
        if cause != Cause.NONE and within:
            cause = Cause.NONE
    if fails_again(tables, organisation.failed, k, Kind.ORGANISATION, o, tick):
        cause = Cause.RESULTS
    place = tables.municipalities[organisation.municipality]
    insurer = party(tables, Kind.INSURER, place.preferred)
    me = party(tables, Kind.ORGANISATION, o)
    if wanted and cause == Cause.NONE and title.negotiated > 0.0:
        if organisation.contract[k] == NONE and _talks_delayed(tables, o, k, title, tick):
            wanted = False
    ground = Ground(wanted=wanted, cause=cause)
    organisation.agreed[k] = _settle(tables, me, insurer, organisation.contract[k], ground, tick)


@rule
def _talks_delayed(tables: Tables, o: int, k: int, title: Title, tick: int) -> bool:
    """Return whether first talks run over the year's end.

    A manager must check back (C51), the likelier to be too late the more mandate is lacking.
    """
    params = tables.params[0]
    organisation = tables.organisations[o]
    z = tables.municipalities[organisation.municipality].preferred
    manager = mandate_at(tables, int(organisation.municipality))
    close = manager + (1.0 - manager) * params.contract_checkback
    lacking = min(short_of_mandate(organisation, title), title.mandate_short)
    close = close * (1.0 - lacking)
    if draw(tables.counter[0].seed, TALKS, organisation.id, 0, tick) < close:
        return False
    later = min(tick + 1, len(tables.titles) - 1)
    first = True
    for other in range(k):
        before = tables.titles[later][other]
        if before.active and before.negotiated > 0.0:
            first = False
    if first:
        # One set of talks, whatever the number of titles.
        me = party(tables, Kind.ORGANISATION, o)
        note(
            tables, tick, me, Event.TALKS_DELAYED, party(tables, Kind.INSURER, z), Cause.CHECK_BACK
        )
    return True


@rule
def _review_unit(tables: Tables, u: int, k: int, title: Title, tick: int) -> None:
    unit = tables.units[u]
    wanted = title.active and title.receiver == Kind.UNIT and unit.alive
    if title.sites > 0 and not is_site(tables, u):
        wanted = False
    if not title_holds_at(tables, title, unit.municipality):
        wanted = False
    if not wanted and unit.contract[k] == NONE:
        return
    insurer = party(tables, Kind.INSURER, tables.municipalities[unit.municipality].preferred)
    me = party(tables, Kind.UNIT, u)
    cause = Cause.NONE
    if unit.patients < title.minimum:
        cause = Cause.AREA
    if fails_again(tables, unit.failed, k, Kind.UNIT, u, tick):
        cause = Cause.RESULTS
    ground = Ground(wanted=wanted, cause=cause)
    unit.agreed[k] = _settle(tables, me, insurer, unit.contract[k], ground, tick)


@rule
def _review_hub(tables: Tables, h: int, k: int, title: Title, tick: int) -> None:
    hub = tables.hubs[h]
    wanted = (
        title.active and title.receiver == Kind.HUB and hub.stage > Stage.NONE and hub.practices > 0
    )
    later = min(tick + 1, len(tables.titles) - 1)
    if wanted and in_force_at(tables, k, hub.municipality, later) <= 0.0:
        wanted = False
    if wanted and not pays_origin(title, hub.origin):
        wanted = False
    if title.sites > 0 and not is_site(tables, h):
        wanted = False
    if not wanted and hub.contract[k] == NONE:
        return
    insurer = party(tables, Kind.INSURER, tables.municipalities[hub.municipality].preferred)
    me = party(tables, Kind.HUB, h)
    cause: int = Cause.NONE
    if hub.stage == Stage.NONE or hub.practices == 0:
        cause = Cause.GONE
    if fails_again(tables, hub.failed, k, Kind.HUB, h, tick):
        cause = Cause.RESULTS
    ground = Ground(wanted=wanted, cause=cause)
    hub.agreed[k] = _settle(tables, me, insurer, hub.contract[k], ground, tick)


@rule
def _agree_fee(tables: Tables, o: int, tick: int) -> None:
    """Bargain the fee of a lead with a negotiated title, paid in full after a ramp."""
    params = tables.params[0]
    organisation = tables.organisations[o]
    start = NONE
    term = 1.0
    short = 0.0
    checked = False
    later = min(tick + 1, len(tables.titles) - 1)
    for k in range(len(tables.tariffs)):
        title = tables.titles[later][k]
        if organisation.agreed[k] != NONE:
            checked = checked or title.checks
            if title.negotiated > 0.0:
                start = min(start, organisation.agreed[k])
                term = max(term, title.term)
                lacking = short_of_mandate(organisation, title)
                short = max(short, min(lacking, title.mandate_short))
    organisation.slack = slack_after(organisation, checked, params)
    organisation.level = cost_level(organisation, params)
    if start == NONE:
        organisation.agreed_fee = 0.0
        organisation.legacy = 0.0
        organisation.history = 0.0
        organisation.weight = 0.0
        organisation.short = 0.0
        forget_benchmark(tables, o)
        return
    years = float(tick + 1 - start) / 4.0
    if start == tick + 1:
        organisation.legacy = legacy_of(tables, o)
    # Between renewals the fee is what it was agreed to be.
    if organisation.history <= 0.0 or is_multiple(years, term):
        organisation.history = bargain_fee(organisation, params)
        organisation.short = short
    ramp = min(1.0, (years + 1.0) / params.contract_ramp)
    organisation.weight = benchmark_weight(tables, organisation.municipality, years, tick)
    benchmark = benchmark_in_fee(tables, o, tick)
    # Housing is left out of the comparison (C38).
    compared = organisation.weight * (1.0 - tables.functions[Function.HOUSING].variable)
    agreed = ramp * organisation.history * (1.0 - compared)
    whole = agreed + organisation.weight * benchmark
    # What lacks of the mandate lowers the fee, until it is agreed again (S0).
    asked = whole * (1.0 - organisation.short)
    # Nobody pays for members in places that are left out of the area.
    organisation.agreed_fee = asked * (1.0 - share_left_out(tables, o))


@rule
def share_left_out(tables: Tables, o: int) -> float:
    """Return which share of the patients of the alliance of ``o`` lives in what it leaves out."""
    patients = 0
    for other in range(tables.counter[0].organisations):
        ally = tables.organisations[other]
        if ally.alive and alliance_of(tables, other) == o:
            patients = patients + ally.patients
    return float(tables.organisations[o].left_out) / float(max(1, patients))


@rule
def legacy_of(tables: Tables, o: int) -> float:
    """Return EUR per insured a year that fixed O&I titles brought the alliance of ``o``."""
    money = 0.0
    insured = 0
    for other in range(tables.counter[0].organisations):
        ally = tables.organisations[other]
        if ally.alive and alliance_of(tables, other) == o:
            money = money + ally.legacy_revenue
            insured = insured + ally.patients
    for h in range(len(tables.hubs)):
        hub = tables.hubs[h]
        if tables.municipalities[hub.municipality].lead == o:
            money = money + 4.0 * hub.oi
    return money / float(max(1, insured))
