"""Contracts: talks that run over, the benchmark with its lag, slack, open books and checks."""

from __future__ import annotations

import numpy as np
import pytest
from support import (
    HUGE_MACRO,
    NONE,
    Quarters,
    Values,
    both,
    living,
    params,
    row,
    series_of,
    start_of,
)

from agents.events import Event
from agents.organisation.regio_organisatie import RegioOrganisatie, drift_slack
from agents.words import CostKind
from sim.engines.compiled import fresh, reset
from sim.measure.outcomes import NAMES
from sim.phases.contracts.benchmark import benchmark_weight, compare_costs
from sim.phases.contracts.hours import title_hours
from sim.place.load import load_region
from sim.policy.load import load_regime
from sim.tables import Tables

SPENDING: Values = {"contract.efficient_cost": False}
"""The benchmark as it was before: what peers spend."""

EASY = tuple(
    f"title.{title}.{key}"
    for title in ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
    for key in ("mandate=0.01", "minimum=1", "contiguous=false")
)
"""The titles of 2018 for whoever asks for them."""


def test_slack_by_hand() -> None:
    # Idle half a year's money, little to gain: .05 * .5 * (1 - .2) up, .3 * .2 * .1 down.
    body = row(RegioOrganisatie, slack=0.1, reserves=5e5, yearly=1e6)
    expected = 0.1 + 0.05 * 0.5 * 0.8 - 0.3 * 0.2 * 0.1
    assert both(drift_slack, body, False, params()) == pytest.approx(expected, rel=1e-12)
    # Checks halve the drift.
    expected = 0.1 + 0.05 * 0.5 * 0.8 * 0.5 - 0.3 * 0.2 * 0.1
    assert both(drift_slack, body, True, params()) == pytest.approx(expected, rel=1e-12)
    # Peers set the whole fee: all may be kept, nothing drifts, .3 * 1 * .1 is worked off.
    body.weight = 1.0
    assert both(drift_slack, body, False, params()) == pytest.approx(0.07, rel=1e-12)
    # Acts or hours pay everything: nothing may be kept.
    body.by_effort = 1e6
    assert both(drift_slack, body, False, params()) == pytest.approx(0.125, rel=1e-12)
    # Support at .8 of full is more ease than half a year's money: .05 * .8.
    body.quality = 0.8
    assert both(drift_slack, body, False, params()) == pytest.approx(0.14, rel=1e-12)
    # Nothing caps it: what drifts up and what is worked off meet.
    body.slack = 0.9
    assert both(drift_slack, body, False, params()) == pytest.approx(0.94, rel=1e-12)


def title_of(tables: Tables, regime: str, name: str, tick: int) -> np.void:
    return tables.titles[tick][load_regime(regime).names().index(name)]


def test_open_books_save_bargaining_and_checks_cost_hours() -> None:
    start = start_of(1)
    tables = fresh(start)
    reset(tables, start, (1, 1))
    title = title_of(tables, "historic-nl", "keten-dbc", 20)
    title["open_costs"], title["checks"] = False, False
    # Bundled: 40 h * 1.5 over a term of 1 year; monitoring 24 h, and 8 on hidden costs.
    assert title_hours(title, CostKind.BARGAIN, tables) == pytest.approx(60.0, rel=1e-12)
    assert title_hours(title, CostKind.MONITOR, tables) == pytest.approx(32.0, rel=1e-12)
    title["open_costs"], title["checks"] = True, True
    assert title_hours(title, CostKind.BARGAIN, tables) == pytest.approx(60.0 * 0.7, rel=1e-12)
    assert title_hours(title, CostKind.MONITOR, tables) == pytest.approx(36.0, rel=1e-12)


def test_the_growth_path_goes_in_thirds() -> None:
    start = start_of(1, settings=("policy.benchmark@2006Q1=0", "policy.benchmark@2016Q1=1"))
    tables = fresh(start)
    reset(tables, start, (1, 1))
    # The tariff of 2017 (agreed in 2016Q4) of a contract of 2010: a year and a quarter on the path.
    assert benchmark_weight(tables, 0, 6.0, 43) == pytest.approx(1.25 / 3, rel=1e-12)
    assert benchmark_weight(tables, 0, 6.0, 51) == 1.0
    # A young contract follows its own path.
    assert benchmark_weight(tables, 0, 1.0, 51) == pytest.approx(1 / 3, rel=1e-12)
    assert benchmark_weight(tables, 0, 6.0, 35) == 0.0


def test_peers_leave_oneself_out_and_few_peers_give_way_to_the_norm() -> None:
    settings = ("policy.benchmark=1", "policy.norm=11")
    run = Quarters(start_of(4, values=SPENDING, settings=settings), seed=1)
    tables = run.step(44)
    rooms = tables.organisations
    tables.counter["organisations"][0] = 5
    rooms["alive"][:5], rooms["fee"][:5], rooms["hidden"][:5] = True, 1.0, False
    rooms["insured"][:5], rooms["patients"][:5] = 1000, 1000
    rooms["groups"][:5] = [100.0, 0.0, 0.0, 0.0, 0.0, 900.0]
    rooms["unit_cost"][:5] = [4.0, 5.0, 6.0, 7.0, 100.0]
    rooms["fee"][4] = 0.0  # without a contract it is nobody's peer
    compare_costs(tables)
    # Equal need: the mean of the three others.
    expected = [(5 + 6 + 7) / 3, (4 + 6 + 7) / 3, (4 + 5 + 7) / 3, (4 + 5 + 6) / 3]
    assert rooms["benchmark"][:4] == pytest.approx(expected, rel=1e-12)
    before = rooms["benchmark"][:4].copy()
    rooms["fee"][3] = 0.0
    compare_costs(tables)
    # Two peers are too few: the norm. Last year's figure moved up.
    assert rooms["benchmark"][:3] == pytest.approx([11.0] * 3, rel=1e-12)
    assert rooms["benchmark_last"][:4].tolist() == before.tolist()


@pytest.mark.parametrize("values", [SPENDING, {"contract.reset": 1.0}], ids=["spending", "cost"])
def test_a_benchmark_shock_moves_nothing_for_two_years(values: Values) -> None:
    # Measured in 2022Q4 at the earliest after the shock, the norm pays from 2024 on.
    settings = (*EASY, HUGE_MACRO, "policy.benchmark@2016Q1=1")
    plain = start_of(10, values=values, settings=settings)
    shock = start_of(10, values=values, settings=(*settings, "policy.norm@2022Q1=40"))
    one, other = series_of(plain, 2), series_of(shock, 2)
    moved = np.flatnonzero((one != other).any(axis=(1, 2)))
    assert len(moved) > 0
    assert 2006 + moved[0] // 4 == 2024 and moved[0] % 4 == 0


def test_managers_who_must_check_back_delay_contracts() -> None:
    # Nobody closes in the year but by luck: first contracts come later, never sooner.
    values: Values = {"organisation.found": 1.0, "merge.on": False, "merge.absorb": False}
    region = load_region("synthetic:25:1")
    starts, delays = [], []
    for mandate in (1.0, 0.0):
        more = {"insurer.manager": mandate, "insurer.delegate": 0.0, "contract.checkback": 0.0}
        run = Quarters(start_of(region, values={**values, **more}, settings=EASY), seed=1)
        delayed = 0
        for _ in range(80):
            run.step()
            delayed += int((run.events()["what"] == Event.TALKS_DELAYED).sum())
        names = load_regime("historic-nl").names()
        held = living(run.tables.organisations)["contract"][:, names.index("regiomanagement")]
        starts.append(int((held != NONE).sum()))
        delays.append(delayed)
    assert starts[0] > 0 == starts[1]
    assert delays[0] == 0 < delays[1]


def test_idle_money_becomes_cost_and_costs_support() -> None:
    # Fees above what full support takes leave money idle; with drift it turns into slack, and
    # the same money then buys less when it gets tight again. Checks would work slack off, and
    # what moves from hospital care would fill up what slack takes.
    rich = (*EASY, HUGE_MACRO, "policy.benchmark=0", "title.regiomanagement.negotiated=1")
    coverage = NAMES.index("coverage")
    ends = []
    for drift in (0.0, 2.0):
        values = {"supply.drift": drift, "supply.kept": 0.0, "supply.checked": 0.0,
                  "contract.value": 60.0, "contract.sanction": 0.0,
                  "insurer.transfer": 0.0}  # fmt: skip
        start = start_of(10, values=values, settings=rich)
        run = Quarters(start, seed=2)
        slack = float(living(run.step(100).organisations)["slack"].max())
        covered = [series_of(start, seed)[-20:, 0, coverage].mean() for seed in range(2, 62)]
        ends.append((slack, float(np.mean(covered))))
    assert ends[0][0] == 0.0 < ends[1][0]
    assert ends[1][1] < ends[0][1]
