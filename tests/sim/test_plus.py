"""The PLUS package: a choice with obligations, support and pay that spreads among colleagues."""

from __future__ import annotations

import numpy as np
import pytest
from support import NONE, Quarters, Values, both, params, row, series_of, start_of

from agents.events import Cause
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.plus import value_plus
from agents.practice import Practice
from agents.words import Kind
from sim.errors import BadInput
from sim.ledger import Posting
from sim.measure.outcomes import NAMES
from sim.place.load import load_region
from sim.policy.load import load_regime

REGIME = "plus-practices"
SHARE = NAMES.index("plus_share")


def test_the_worth_of_the_package_by_hand() -> None:
    practice = row(Practice, patients=3000, autonomy=0.5)
    body = row(RegioOrganisatie, quality=0.5, say=0.2, plus_share=0.75)
    # Pay 7200 - 40 h * 110 = 2800; support .2 * .5 * 8 * 3000 = 2400: .15 * 5.2 = .78.
    # Neighbours 2 * .25 = .5; trust 2 * .1 = .2; autonomy -1.5 * .3 * .5 * .8 = -.18.
    value, cause = both(value_plus, practice, body, 7200.0, 0.6, params())
    assert value == pytest.approx(0.78 + 0.5 + 0.2 - 0.18, rel=1e-12)
    assert cause == Cause.NEIGHBOURS
    # Each term weighs most somewhere.
    assert both(value_plus, practice, body, 20_000.0, 0.6, params())[1] == Cause.MONEY
    body.plus_share = 0.5
    assert both(value_plus, practice, body, 4400.0, 1.0, params())[1] == Cause.TRUST
    bound = params(plus_obligation=1.0)
    practice.autonomy = 1.0
    assert both(value_plus, practice, body, 4400.0, 0.5, bound)[1] == Cause.AUTONOMY


def run_of(values: Values | None = None, quarters: int = 60, seed: int = 1) -> Quarters:
    region = load_region("oostelijk-zuid-limburg")
    run = Quarters(start_of(region, REGIME, values=values or {}), seed=seed)
    run.step(quarters)
    return run


def test_pay_goes_to_those_who_follow_and_its_rest_stays_for_support() -> None:
    run = run_of(quarters=59)
    tables = run.tables
    lines = tables.ledger[: int(tables.counter["ledger_lines"][0])]
    paid = lines[lines["title"] == Posting.PLUS_PAY]
    first = int(tables.offsets[Kind.PRACTICE])
    followers = set(np.flatnonzero(tables.practices["plus_named"]) + first)
    assert len(paid) > 10 and set(paid["receiver"]) <= followers
    k = load_regime(REGIME).names().index("s3-plus")
    received = lines["cents"][lines["title"] == k].sum()
    # What is due to a practice that closed since January stays with the organisation.
    assert 0.95 < paid["cents"].sum() / (0.6 * received) < 1.0 + 1e-4
    for line in paid:
        practice = tables.practices[line["receiver"] - first]
        o = int(line["payer"] - tables.offsets[Kind.ORGANISATION])
        part = practice["plus_named"] / tables.organisations["plus_insured"][o]
        assert line["cents"] / 100 == pytest.approx(
            0.6 * part * tables.organisations["plus_money"][o], abs=0.01
        )
    # EUR 4 per insured a year for those counted in January.
    held = tables.organisations["contract"][:, k] != NONE
    named = tables.organisations["plus_insured"][held].sum()
    assert received / 100 == pytest.approx(named * 4.0 / 4, rel=1e-3)


def test_nobody_follows_where_no_title_pays_or_it_is_switched_off() -> None:
    region = load_region("oostelijk-zuid-limburg")
    for start in (
        start_of(region, "historic-nl"), start_of(region, REGIME, values={"plus.on": False})
    ):  # fmt: skip
        assert (series_of(start, 1)[:, 0, SHARE] == 0.0).all()
    out = series_of(start_of(region, REGIME), 1)[:, 0, SHARE]
    assert (out[: 4 * 9] == 0.0).all() and out[-1] > 0.3


def test_obligations_cost_and_pay_and_support_draw() -> None:
    def last(values: Values) -> float:
        region = load_region("oostelijk-zuid-limburg")
        start = start_of(region, REGIME, values=values)
        return float(np.mean([series_of(start, s)[64, 0, SHARE] for s in (1, 2, 3, 4)]))

    plain = last({})
    assert last({"plus.hours": 150.0}) < plain - 0.05
    assert last({"plus.pay": 0.0}) < plain
    assert last({"plus.pay": 1.0}) > plain


def test_support_lifts_coverage_of_followers_and_obligations_take_hours() -> None:
    covered = []
    for effect, hours in ((0.0, 40.0), (0.5, 40.0), (0.0, 90.0)):
        run = run_of({"plus.effect": effect, "plus.hours": hours}, 64)
        plus = run.tables.practices["plus"] & run.tables.practices["alive"]
        covered.append(float(run.tables.practices["coverage"][plus].mean()))
    assert covered[1] > covered[0] + 0.03


def test_a_practice_that_leaves_its_organisation_leaves_the_package() -> None:
    run = run_of(quarters=60)
    run.step(36)
    practices = run.tables.practices
    assert not (practices["plus"] & (practices["organisation"] == NONE) & practices["alive"]).any()


def test_a_title_for_the_package_that_pays_otherwise_is_refused() -> None:
    for setting in ("title.s3-plus.receiver=hub", "title.s3-plus.unit=lump-sum"):
        with pytest.raises(BadInput, match=r"s3-plus\.plus.*receiver 'organisation' and unit"):
            load_regime(REGIME, settings=(setting,))
