"""Programmes, investment, units as buyers, innovation, new suppliers."""

from __future__ import annotations

from typing import Annotated

from agents.compiled.record import Record
from agents.parameters.given import A, Given, on


class MarketParameters(Record):
    """Programmes, investment, units as buyers, innovation, new suppliers."""

    # Programmes: chain care per patient group, perhaps of several organisations
    organisation_programmes: Annotated[bool, "switch", "organisations run chain programmes one by one; off: each serves all groups", on()]
    organisation_programme: Annotated[float, "1/yr", "chance to start the next chain programme where it brings far more than it costs", Given(0.5, 0.0, 1.0, A)]
    organisation_programme_cost: Annotated[float, "EUR", "work of starting a chain programme", Given(30_000.0, 0.0, 1e6, A)]
    # Investment of organisations
    investment_on: Annotated[bool, "switch", "organisations invest part of their income in lower cost", on()]
    investment_share: Annotated[float, "share", "of income that is invested where income is sure and contracts long", Given(0.08, 0.0, 1.0, A)]
    investment_risk: Annotated[float, "1", "how strongly variation of income (cv) holds investment back", Given(3.0, 0.0, 50.0, "assumed; C22")]
    investment_term: Annotated[float, "yr", "contract term at which 63% of that is invested", Given(3.0, 0.1, 50.0, "assumed; C22, F039")]
    investment_memory: Annotated[float, "share", "weight of the newest year in mean and variance of income", Given(0.5, 0.0, 1.0, A)]
    investment_full: Annotated[float, "EUR per insured", "what was invested where all that can be is done", Given(4.0, 0.01, 100.0, A)]
    investment_wear: Annotated[float, "1/yr", "of what was invested that wears out", Given(0.15, 0.0, 1.0, A)]
    investment_gain: Annotated[float, "share", "of cost that full investment saves", Given(0.15, 0.0, 0.9, A)]
    # Units as buyers
    unit_term: Annotated[bool, "switch", "units keep their suppliers for the term of their contract; off: they choose every year", on()]
    unit_council: Annotated[float, "1/yr", "chance of a council of users where buyers bring all of a supplier's income", Given(0.5, 0.0, 1.0, "assumed; C17")]
    unit_council_say: Annotated[float, "share", "say of buyers with such a council", Given(0.5, 0.0, 1.0, "assumed; as the right of advice")]
    unit_council_hours: Annotated[float, "h/yr", "of a unit and of its supplier for a council of users", Given(6.0, 0.0, 500.0, A)]
    # Innovation
    innovation_own: Annotated[float, "1/yr", "renewal by support of innovation, at full coverage, of what is not renewed yet", Given(0.3, 0.0, 4.0, A)]
    innovation_contact: Annotated[float, "1/yr", "of the lead of further neighbours in the hub area that is made up", Given(0.5, 0.0, 4.0, "assumed; C67")]
    innovation_open: Annotated[float, "1/yr", "of the lead of sites with open results, in the same organisation, that is made up", Given(0.3, 0.0, 4.0, "assumed; C39")]
    innovation_fade: Annotated[float, "1/yr", "of renewal that is lost", Given(0.15, 0.0, 4.0, A)]
    innovation_relief: Annotated[float, "share", "more hours of its own that a renewed practice has", Given(0.2, 0.0, 2.0, "assumed; C34")]
    # New suppliers where units buy
    entry_rate: Annotated[float, "1/yr", "chance per municipality that a new supplier enters where units spend much and nobody supplies", Given(0.1, 0.0, 1.0, "assumed; C16")]
    entry_money: Annotated[float, "EUR/yr", "that units of a municipality spend, at which entry is at 63% of its most", Given(250_000.0, 1.0, 1e8, A)]
    entry_patients: Annotated[float, "patients", "whom a new supplier serves elsewhere already", Given(100_000.0, 0.0, 1e7, A)]
    entry_years: Annotated[int, "yr", "in a row without clients after which it leaves", Given(2, 1, 50, A)]
    entry_gain: Annotated[bool, "switch", "new suppliers come for what they would do better at mean costs; off: for what is missing", on()]
    entry_organisations: Annotated[bool, "switch", "organisations paid for members buy from new suppliers that promise more, and their money draws them; off: units alone", on()]
