"""Chain programmes: who starts them, whose programme serves a practice, and who is paid for it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support import NONE, Quarters, Values, both, events_of, living, params, row, start_of

from agents.events import Event
from agents.organisation.regio_organisatie import RegioOrganisatie, want_programme
from agents.practice import value_programme
from agents.sizes import CHAINS
from agents.words import Kind
from sim.common.claims import organisation_claim, title_amount
from sim.ledger import party
from sim.phases.allocation import part_of_claims
from sim.phases.calendar import count_names
from sim.phases.organisations.programmes import practice_follows, programme_money

OFF = {"organisation.programmes": False}


def test_a_programme_starts_by_what_it_brings() -> None:
    # EUR 30,000 a year against 30,000 of work: .5 * (1 - 1/e).
    expected = 0.5 * (1.0 - math.exp(-1.0))
    assert both(want_programme, 30_000.0, params()) == pytest.approx(expected, rel=1e-12)
    assert both(want_programme, 0.0, params()) == 0.0
    assert both(want_programme, 1e9, params(organisation_programme_cost=0.0)) == 0.5


def test_a_programme_elsewhere_is_worth_quality_trust_and_distance() -> None:
    # 1 * .4 + 2 * (.7 - .5) - .04 * 10.
    body = row(RegioOrganisatie, quality=0.4)
    assert both(value_programme, body, 0.7, 10.0, params()) == pytest.approx(0.4, rel=1e-12)


def field(quarters: int = 32) -> Quarters:
    run = Quarters(start_of(10, values={"organisation.found": 0.5, "merge.on": False}), seed=1)
    run.step(quarters)
    return run


def test_what_a_programme_would_bring() -> None:
    run = field(24)  # through 2011: keten-dbc pays 45 a burden-weighted patient, in full
    tables = run.tables
    o = int(np.flatnonzero(tables.organisations["alive"])[0])
    tables.organisations["groups"][o, 1] = 1000.0
    # 1,000 patients, 22% included, burden .6.
    assert programme_money(tables, o, 1, 24) == pytest.approx(45.0 * 132.0, rel=1e-12)


def test_organisations_serve_patients_of_others_and_nobody_twice() -> None:
    run = field()
    tables = run.tables
    practices = living(tables.practices)
    bodies = tables.organisations
    assert events_of(start_of(10), 1, 40)["programme-started"] > 0
    assert {tuple(p) for p in living(bodies)["programmes"]} > {(1, 1, 1)}
    members = practices["organisation"] != NONE
    # A member is served by its own organisation where that runs the programme.
    elsewhere = 0
    for practice in practices[members]:
        own = bodies[practice["organisation"]]
        for g in range(CHAINS):
            server = practice["chain"][g]
            if own["programmes"][g]:
                assert server == practice["organisation"]
            elif server != NONE:
                assert bodies["alive"][server] and bodies["programmes"][server, g]
                elsewhere += 1
    assert elsewhere > 0
    assert np.all(practices["chain"][~members] == NONE)
    # Every patient of a chain is counted once, by whoever serves it.
    count_names(tables)
    for g in range(CHAINS):
        served = practices["groups"][practices["chain"][:, g] != NONE, g].sum()
        assert bodies["served"][:, g].sum() == pytest.approx(served, rel=1e-12)
        assert bodies["allied_served"][:, g].sum() == pytest.approx(served, rel=1e-12)
        assert bodies["served"][:, g].sum() < practices["groups"][:, g].sum()
    rest = practices["groups"][members][:, CHAINS:].sum()
    assert bodies["served"][:, CHAINS:].sum() == pytest.approx(rest, rel=1e-12)
    # A practice with a programme elsewhere has two suppliers, and both know it.
    run.step()
    far = [
        p for p in living(tables.practices)
        if p["organisation"] != NONE and any(p["chain"] != p["organisation"])
        and any(c not in (NONE, p["organisation"]) and bodies["contract"][c].min() < NONE
                for c in p["chain"])
    ]  # fmt: skip
    assert far and max(p["suppliers"] for p in far) >= 2


def test_a_bundle_per_patient_pays_who_serves() -> None:
    tables = field(30).tables
    k = next(
        k for k in range(tables.titles.shape[1])
        if tables.titles[30, k]["unit"] == 2 and tables.titles[30, k]["bundled"]
        and tables.titles[30, k]["rate"] > 0.0
    )  # fmt: skip
    o = int(np.argmax(tables.organisations["insured"]))
    served = np.array([100.0, 10.0, 0.0, 0.0, 0.0, 0.0])
    tables.organisations["served"][o] = served
    expected = title_amount(tables, k, 30, 1, served, 0.0)
    assert organisation_claim(tables, o, k, 30) == expected
    # In 2013 two of fourteen years of the way are behind, .507 of those outside at its end.
    way = 0.507 * 2.0 / 14.0
    diabetes, risk = 0.65 + 0.35 * way, 0.22 + 0.78 * way
    assert expected == pytest.approx(45.0 * (100 * diabetes + 10 * risk * 0.6), rel=1e-12)


def test_a_lead_passes_on_what_programmes_of_its_allies_earn() -> None:
    """Under a bundle per patient by patients served, under all others by insured."""
    for regime, by_patients in (
        ("design:bundled/organisation/patient/conditions", True),
        ("design:bundled/organisation/insured/conditions", False),
    ):  # fmt: skip
        # Where practices do not refuse for reasons of their own, bodies come that a lead leads.
        willing: Values = {
            "choice.consider": 1.0, "choice.member_hours": 0.0, "choice.autonomy_spread": 0.0,
        }  # fmt: skip
        run = Quarters(start_of(10, regime, willing, switch="2010Q1"), seed=3)
        tables = run.step(40)
        led = np.flatnonzero(tables.organisations["alive"] & (tables.organisations["lead"] != NONE))
        o = int(led[0])
        lead = int(tables.organisations["lead"][o])
        titles = tables.titles[40]
        k = next(k for k in range(len(titles)) if titles["mandate"][k] and titles["active"][k])
        tables.organisations["contract"][lead] = NONE
        tables.organisations["contract"][lead, k] = 36
        for field, rows in (("insured", (100, 400)), ("served", (60.0, 120.0))):
            tables.organisations[field][o] = rows[0]
            tables.organisations[f"allied_{field}"][lead] = rows[1]
        expected = 0.5 if by_patients else 0.25
        assert part_of_claims(tables, o, 40) == pytest.approx(expected, rel=1e-12), regime


def test_a_practice_keeps_its_programme_until_it_ends() -> None:
    tables = field().tables
    i = int(
        np.flatnonzero(tables.practices["alive"] & (tables.practices["organisation"] != NONE))[0]
    )
    own = int(tables.practices["organisation"][i])
    other = next(int(o) for o in tables.practices["counterpart"][i] if o not in (own, NONE))
    tables.organisations["programmes"][own, 2] = 0
    tables.organisations["programmes"][other, 2] = 1
    tables.params["choice_review"][0] = 0.0
    tables.practices["chain"][i, 2] = other
    practice_follows(tables, i, 2, 31)
    assert tables.practices["chain"][i, 2] == other
    tables.organisations["programmes"][own, 2] = 1
    practice_follows(tables, i, 2, 31)
    assert tables.practices["chain"][i, 2] == own
    tables.practices["organisation"][i] = NONE
    practice_follows(tables, i, 2, 31)
    assert tables.practices["chain"][i, 2] == NONE


def test_without_programmes_each_organisation_serves_all_groups() -> None:
    run = Quarters(start_of(10, values=OFF), seed=1)
    started = 0
    for _ in range(60):
        tables = run.step()
        started += int((run.events()["what"] == Event.PROGRAMME_STARTED).sum())
        assert np.all(tables.practices["chain"][tables.practices["alive"]] == NONE)
    assert started == 0
    rows = living(tables.organisations)
    assert np.array_equal(rows["served"], rows["groups"])
    assert np.array_equal(rows["allied_served"], rows["allied_groups"])
    assert party(tables, Kind.ORGANISATION, 0) == tables.offsets[Kind.ORGANISATION]
