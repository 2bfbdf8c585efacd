"""The order of a quarter. Read this first: one line a phase, the same for every engine."""

from __future__ import annotations

from typing import NamedTuple

from agents.rule import kernel
from sim.phases.allocation import allocate
from sim.phases.calendar import open_quarter
from sim.phases.choices import choose_all
from sim.phases.close import close_quarter
from sim.phases.coherence import update_coherence
from sim.phases.contracts import agree_contracts
from sim.phases.demand import count_areas, meet_demand
from sim.phases.entrants import review_entrants
from sim.phases.hubs import run_hubs
from sim.phases.innovation import spread_innovation
from sim.phases.insurers import publish_policy
from sim.phases.meetings import hold_meetings
from sim.phases.mergers import reorganise
from sim.phases.municipal import involve_public
from sim.phases.organisations import organise
from sim.phases.payment import pass_chain_income, pay_titles
from sim.phases.programmes import run_programmes
from sim.phases.suppliers import choose_suppliers
from sim.phases.supply import supply
from sim.phases.transactions import transact
from sim.tables import Tables


class Phase(NamedTuple):
    """One phase as `regiosim phases` lists it: number, name, its kernels and what happens."""

    number: int
    name: str
    kernels: tuple[str, ...]
    when: str
    text: str


PHASES: tuple[Phase, ...] = (
    Phase(1, "calendar", ("open_quarter",), "every quarter; names in Q1", "books open; named insured (ION) are counted"),
    Phase(2, "demand", ("meet_demand", "count_areas"), "Q1", "lists and patient groups grow; practices open, close, merge, grow"),
    Phase(3, "insurers", ("publish_policy",), "Q4", "insurers look at the field and publish pressure"),
    Phase(4, "choices", ("choose_all", "choose_suppliers"), "Q4; suppliers in Q1", "practices choose organisation, mandate and hub; units choose suppliers"),
    Phase(5, "organisations", ("organise", "reorganise", "run_programmes", "review_entrants"), "Q4; members every quarter", "organisations found, dissolve, grant rights, plan, mandate a lead; merge, split, divide; start chain programmes; new suppliers enter and leave"),
    Phase(6, "contracts", ("agree_contracts", "transact"), "Q4; hours every quarter", "areas and eligibility, fees, contracts; transaction hours"),
    Phase(7, "municipalities and ROS", ("involve_public",), "Q4", "advisers and co-funding; which hubs are guided"),
    Phase(8, "payment", ("pay_titles", "pass_chain_income"), "every quarter", "insurers pay every title in whole cents, within the macro budget"),
    Phase(9, "allocation", ("allocate",), "every quarter", "leads pass on, hubs are funded, units pay suppliers"),
    Phase(10, "supply", ("supply", "update_coherence"), "every quarter", "cost, coverage, reserves; coherence of support"),
    Phase(11, "hubs", ("run_hubs",), "every quarter", "disciplines organise; hubs plan, advance, fall back, serve; in Q4 managers, agreements, gemeentehubs"),
    Phase(12, "meetings", ("hold_meetings", "spread_innovation"), "every quarter", "contacts go well or badly; trust follows; practices renew their work"),
    Phase(13, "close", ("close_quarter",), "every quarter", "premiums; accounts, lists and numbers are checked"),
)  # fmt: skip
"""The phases in order. Outcomes are measured after the last."""


@kernel
def run_quarter(tables: Tables, tick: int) -> None:
    """Run one quarter: every phase in order."""
    open_quarter(tables, tick)
    meet_demand(tables, tick)
    count_areas(tables)
    publish_policy(tables, tick)
    choose_all(tables, tick)
    choose_suppliers(tables, tick)
    organise(tables, tick)
    reorganise(tables, tick)
    run_programmes(tables, tick)
    review_entrants(tables, tick)
    agree_contracts(tables, tick)
    transact(tables, tick)
    involve_public(tables, tick)
    pay_titles(tables, tick)
    pass_chain_income(tables, tick)
    allocate(tables, tick)
    supply(tables, tick)
    update_coherence(tables)
    run_hubs(tables, tick)
    hold_meetings(tables, tick)
    spread_innovation(tables, tick)
    close_quarter(tables, tick)
