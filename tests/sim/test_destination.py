"""Whom money is for: what an organisation receives for hubs goes to hubs, or waits for them."""

from __future__ import annotations

import numpy as np
import pytest
from support import Quarters, Values, both, params, plain, row, start_of

from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.words import Kind
from sim.common.purse import fill_purse, own_income, take_from_purse
from sim.errors import BadInput
from sim.ledger import Posting
from sim.policy.load import load_regime

MOVED = ("title.wijkmanagement.negotiated=0", "title.regiomanagement.negotiated=0.65")
OFF = ("title.wijkmanagement.for_hubs=0",)


def test_the_purse_by_hand() -> None:
    # EUR 1,000 came in for hubs, 4,000 wait; hubs with a plan have half of the insured.
    body = row(RegioOrganisatie, hub_money=1000.0, purse=4000.0, funded_share=0.5, revenue=3000.0)
    plain(fill_purse)(body, 0.2)
    # A twentieth of 4,000 a quarter may go out.
    assert (body.purse_release, body.purse, body.set_aside) == (200.0, 5000.0, 1000.0)
    # A hub with a fifth of all insured: .2 of 1,000, and .2/.5 of the 200.
    assert plain(take_from_purse)(body, 0.2) == pytest.approx(280.0, rel=1e-12)
    assert plain(take_from_purse)(body, 0.3) == pytest.approx(420.0, rel=1e-12)
    # 700 went out, 300 stay of what came in; 2,700 less 50 spent is left for its own work.
    assert body.purse == pytest.approx(4300.0, rel=1e-12)
    body.cost = 750.0
    assert both(own_income, body) == pytest.approx(3000.0 - 300.0 - 750.0, rel=1e-12)


def test_without_a_hub_all_of_it_waits() -> None:
    body = row(RegioOrganisatie, hub_money=1000.0, purse=4000.0, revenue=1000.0)
    plain(fill_purse)(body, 0.2)
    assert (body.purse_release, body.purse) == (0.0, 5000.0)
    assert both(own_income, body) == 0.0


def field(settings: tuple[str, ...] = (), values: Values | None = None, seed: int = 2) -> Quarters:
    run = Quarters(start_of(10, values=values or {}, settings=settings), seed=seed)
    run.step(72)
    return run


def test_hubs_get_what_was_received_for_them_and_the_rest_is_there() -> None:
    run = field()
    for _ in range(8):
        before = run.tables.organisations["purse"].copy()
        tables = run.step()
        bodies = tables.organisations
        first = int(tables.offsets[Kind.ORGANISATION])
        held = tables.accounts["balance"][first : first + len(bodies)] / 100.0
        assert (bodies["purse"] >= 0.0).all() and (bodies["purse"] <= held + 0.5).all()
        lines = run.ledger()
        budget = lines[lines["title"] == Posting.HUB_BUDGET]
        given = np.bincount(budget["payer"] - first, budget["cents"], len(bodies)) / 100.0
        # In, less out, is what the purse gained; a cent for each hub is rounding.
        gained = bodies["hub_money"] - given
        same = bodies["alive"] & (run.tick % 4 != 0)
        assert bodies["purse"][same] - before[same] == pytest.approx(gained[same], abs=0.5)
    assert given.sum() > 0.0


def test_wijkmanagement_reaches_hubs_and_regiomanagement_does_not() -> None:
    for settings, some in (((), True), (MOVED, False), (OFF, False)):
        hubs = field(settings).tables.hubs
        assert bool((hubs["from_region"] > 0.0).any()) == some
    # What an organisation adds of its own does not ask for a title.
    assert (field(MOVED, {"hub.share": 0.35}).tables.hubs["from_region"] > 0.0).any()


def test_without_a_destination_nothing_is_kept_apart() -> None:
    bodies = field(OFF, {"hub.share": 0.35}).tables.organisations
    assert not bodies["purse"].any() and not bodies["hub_money"].any()
    assert params().hub_share == 0.0


def test_only_an_organisation_can_hold_money_for_hubs() -> None:
    with pytest.raises(BadInput, match="receiver organisation"):
        load_regime("historic-nl", settings=("title.gez.for_hubs=0.5",))
