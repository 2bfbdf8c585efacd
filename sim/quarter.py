"""The order of a quarter, and what happens only once a year. Read this first.

`regiosim phases` prints what stands here: phases are the numbered comments, cadence is the
code, and what happens is the first line of each kernel.
"""

from __future__ import annotations

from agents.compiled.rule import inlined, rule
from sim.common.counts import count_areas
from sim.common.membership import count_members
from sim.phases.allocation import allocate
from sim.phases.calendar import begin_year, open_quarter
from sim.phases.choices.choices import choose_all
from sim.phases.choices.units import review_units
from sim.phases.close import check_lists, close_quarter
from sim.phases.contracts.contracts import agree_contracts
from sim.phases.contracts.transactions import transact
from sim.phases.contracts.transition import hasten_transition, run_transition
from sim.phases.hubs.hubs import run_hubs, settle_hubs
from sim.phases.hubs.wijk import review_wijken
from sim.phases.insurers import publish_policy
from sim.phases.lists import meet_demand
from sim.phases.meetings.innovation import spread_innovation
from sim.phases.meetings.meetings import hold_meetings
from sim.phases.organisations.entrants import review_entrants
from sim.phases.organisations.mergers import reorganise
from sim.phases.organisations.organisations import organise
from sim.phases.organisations.programmes import run_programmes
from sim.phases.organisations.umbrellas import review_umbrellas
from sim.phases.paths import follow_paths
from sim.phases.payment import pass_chain_income, pay_titles
from sim.phases.public.council import meet_boards
from sim.phases.public.municipal import involve_public
from sim.phases.public.partners import deal_with_partners
from sim.phases.public.steering import meet_at_tables
from sim.phases.redistribution import settle_receipts
from sim.phases.suppliers.suppliers import choose_suppliers
from sim.phases.supply.budgets import watch_budgets
from sim.phases.supply.centres import review_centres
from sim.phases.supply.coherence import update_coherence
from sim.phases.supply.incomes import watch_incomes
from sim.phases.supply.renewing import renew_suppliers
from sim.phases.supply.supply import supply
from sim.phases.tariffs import set_tariffs
from sim.phases.transfer import move_care
from sim.tables import Tables


@rule
def first_quarter(tick: int) -> bool:
    """Return whether a year begins with quarter ``tick``."""
    return tick % 4 == 0


@rule
def last_quarter(tick: int) -> bool:
    """Return whether a year ends with quarter ``tick``: then most decisions are taken."""
    return tick % 4 == 3


@inlined
def run_quarter(tables: Tables, tick: int) -> None:
    """Run one quarter: every phase in order."""
    # 1 calendar
    open_quarter(tables, tick)
    if first_quarter(tick):
        begin_year(tables)
    # 2 demand
    if first_quarter(tick) and tick > 0:
        follow_paths(tables, tick)
        meet_demand(tables, tick)
    count_areas(tables)
    # 3 insurers
    if last_quarter(tick):
        publish_policy(tables, tick)
    # 4 choices
    if last_quarter(tick):
        choose_all(tables, tick)
        review_units(tables, tick)
    if first_quarter(tick):
        choose_suppliers(tables, tick)
    # 5 organisations
    count_members(tables)
    if last_quarter(tick):
        organise(tables, tick)
        reorganise(tables, tick)
        run_programmes(tables, tick)
        review_entrants(tables, tick)
        review_umbrellas(tables, tick)
    # 6 contracts
    if last_quarter(tick):
        agree_contracts(tables, tick)
    run_transition(tables, tick)
    transact(tables, tick)
    # 7 municipalities, ROS and external parties
    deal_with_partners(tables, tick, last_quarter(tick))
    meet_boards(tables, tick)
    meet_at_tables(tables, tick)
    if last_quarter(tick):
        involve_public(tables, tick)
    # 8 payment
    move_care(tables, tick, first_quarter(tick))
    set_tariffs(tables, tick, first_quarter(tick))
    pay_titles(tables, tick)
    pass_chain_income(tables, tick)
    # 9 allocation
    allocate(tables, tick)
    settle_receipts(tables, tick, last_quarter(tick))
    if last_quarter(tick):
        hasten_transition(tables, tick)
    # 10 supply
    supply(tables, tick)
    if last_quarter(tick):
        watch_incomes(tables)
        review_centres(tables, tick)
        renew_suppliers(tables, tick)
    watch_budgets(tables, last_quarter(tick))
    update_coherence(tables)
    # 11 hubs
    run_hubs(tables, tick)
    if last_quarter(tick):
        review_wijken(tables, tick)
    settle_hubs(tables)
    # 12 meetings
    hold_meetings(tables, tick)
    spread_innovation(tables, tick)
    # 13 close
    close_quarter(tables, tick)
    if first_quarter(tick):
        check_lists(tables)
