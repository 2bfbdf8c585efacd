"""What a hub costs, and what becomes of one whose base is not paid."""

from __future__ import annotations

import numpy as np
import pytest
from support import Quarters, Values, both, params, plain, row, same_bits, series_of, start_of

from agents.events import Cause, Event
from agents.hub import Hub, serve
from agents.upkeep import cost_upkeep, count_short, lose_ties, must_cut
from agents.words import Kind, Origin, Plan
from sim.ledger import Posting
from sim.measure.outcomes import NAMES
from sim.phases.hubs.hubs import hub_develops


def test_upkeep_by_hand() -> None:
    # EUR 5 a year for 10,000 patients, three quarters of it at the third stage: a quarter of it.
    hub = row(Hub, ran=True, stage=3, patients=10_000)
    assert both(cost_upkeep, hub, params()) == pytest.approx(9375.0, rel=1e-12)
    assert both(cost_upkeep, hub, params(hub_cost=0.0)) == 0.0
    # Volunteers who have not run a hub yet cost nothing.
    hub.ran = False
    assert both(cost_upkeep, hub, params()) == 0.0


def test_service_goes_with_what_is_paid() -> None:
    # Half of three quarters of full service at a contribution of hub.half; a third of it paid.
    hub = row(Hub, plan=Plan.RUNNING, stage=3, contribution=0.4, kept_up=1.0)
    assert both(serve, hub, params()) == pytest.approx(0.375, rel=1e-12)
    hub.kept_up = 1.0 / 3.0
    assert both(serve, hub, params()) == pytest.approx(0.125, rel=1e-12)


def test_a_hub_is_patient_for_a_year() -> None:
    hub = row(Hub, upkeep=1000.0, kept_up=0.49)
    for quarter in range(1, 5):
        assert not both(must_cut, hub, params())
        hub.short = both(count_short, hub, params())
        assert hub.short == quarter
    assert both(must_cut, hub, params())
    # Half of it is enough, and so is what costs nothing.
    hub.kept_up = 0.5
    assert both(count_short, hub, params()) == 0
    hub.kept_up, hub.upkeep = 0.0, 0.0
    assert both(count_short, hub, params()) == 0


def test_disciplines_lose_half_of_what_they_had_gained() -> None:
    hub = row(Hub, disciplines=[0.8, 0.4, 0.3, 0.5, 1.0], rooted=[0.4, 0.4, 0.5, 0.5, 0.0])
    plain(lose_ties)(hub, params())
    assert list(hub.disciplines) == pytest.approx([0.6, 0.4, 0.3, 0.5, 0.5], rel=1e-12)


def test_every_round_of_cuts_takes_ties() -> None:
    # Short for its fourth quarter, a hub falls back for certain. One that waits keeps what it had.
    for patience, lost, left in ((4, 0.5, 0.6), (4, 0.0, 0.8), (5, 0.5, 0.8)):
        run = Quarters(start_of(1, values={
            "hub.patience": patience, "hub.lost": lost, "hub.fall": 1.0, "hub.manager_keeps": 0.0,
            "condition.weight": 0.0,
        }))  # fmt: skip
        hubs = run.tables.hubs
        hubs["disciplines"][0], hubs["rooted"][0] = 0.8, 0.4
        hubs["stage"][0], hubs["ran"][0], hubs["revenue"][0] = 4, True, 1e6
        hubs["practices"][0], hubs["contribution"][0] = 1, 1.0
        hubs["upkeep"][0], hubs["kept_up"][0], hubs["short"][0] = 1000.0, 0.0, 3
        hub_develops(run.tables, 0, 20)
        assert int(hubs["stage"][0]) == (3 if patience == 4 else 4)
        assert hubs["disciplines"][0].tolist() == pytest.approx([left] * 5, rel=1e-12)


POOR = ("title.gez.rate=0", "title.owz.rate=0")
"""Nobody pays the centres of 2006."""


def years(values: Values, quarters: int = 40) -> tuple[Quarters, list[int], int]:
    """UNICUM whose centres get no money: the run, causes of hubs that ended, and upkeep in cents.

    Any budget is enough to run on, so that upkeep alone decides.
    """
    alone: Values = {"hub.minimum": 0.0, "municipality.cofunding": 0.0, "plan.funded": False}
    held: Values = {**alone, **values}
    run = Quarters(start_of(10, values=held, settings=POOR), seed=2)
    causes = []
    spent = 0
    for _ in range(quarters):
        run.step()
        events = run.events()
        causes += [int(e["cause"]) for e in events if e["what"] == Event.HUB_ENDED]
        lines = run.ledger()
        hubs = int(run.tables.offsets[Kind.HUB])
        mine = (lines["payer"] >= hubs) & (lines["payer"] < hubs + len(run.tables.hubs))
        spent += int(lines["cents"][mine & (lines["title"] == Posting.OPERATING)].sum())
    return run, causes, spent


def test_centres_without_money_cut_and_end() -> None:
    run, causes, _ = years({})
    free, _, _ = years({"hub.cost": 0.0})
    centres = run.tables.hubs["origin"] >= Origin.OWZ
    stages = [float(r.tables.hubs["stage"][centres].mean()) for r in (run, free)]
    assert centres.any() and stages[0] < stages[1]
    # Nobody serves on nothing.
    left = [float(r.tables.hubs["service"][centres].sum()) for r in (run, free)]
    assert left[0] == 0.0 < left[1]
    # In the end some are no more.
    causes += years({}, 80)[1]
    assert Cause.MEANS in causes


def test_upkeep_of_nothing_changes_nothing() -> None:
    run, causes, _ = years({"hub.cost": 0.0})
    hubs = run.tables.hubs
    assert not hubs["upkeep"].any() and not hubs["short"].any()
    assert (hubs["kept_up"] == 1.0).all() and Cause.MEANS not in causes
    # Neither do patience, threshold and ties then.
    other, _, _ = years({"hub.cost": 0.0, "hub.enough": 1.0, "hub.patience": 1, "hub.lost": 1.0})
    differ = [name for name in same_bits(run.tables, other.tables) if "params" not in name]
    assert not differ


def test_a_hub_pays_its_base_before_it_helps_practices() -> None:
    run = Quarters(start_of(10, values={"hub.cost": 50.0}), seed=2)
    tables = run.step(8)
    short = tables.hubs["kept_up"] < 1.0
    assert short.any() and (tables.hubs["local"][short] < 0.01).all()
    assert not tables.hubs["coverage"][short].any()


def test_what_hubs_cost_lowers_their_service() -> None:
    column = NAMES.index("hub_service")

    def service(cost: float) -> float:
        start = start_of(10, values={"hub.cost": cost})
        return float(np.mean([series_of(start, s)[-20:, 0, column].mean() for s in range(1, 5)]))

    assert service(10.0) < service(0.0)
