"""Innovation: how practices renew, what contact and open results add, and who gets the money."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support import NONE, Quarters, both, column, living, params, row, series_of, start_of

from agents.practice import Practice, renew
from sim.errors import BadInput
from sim.phases.meetings.innovation import is_open, lead_of_neighbours, spread_innovation
from sim.phases.supply.supply import own_hours
from sim.policy.load import load_regime

SITES = "innovation-sites"


def test_renewal_by_hand() -> None:
    # .3 of the .6 that is left, at .5 of full support; .5 of a lead of .2; .3 of one of .1; less
    # .15 of what there is; a quarter of all that.
    practice = row(Practice, renewal=0.4)
    up = 0.3 * 0.5 * 0.6 + 0.5 * 0.2 + 0.3 * 0.1
    expected = 0.4 + 0.25 * (up - 0.15 * 0.4)
    assert both(renew, practice, 0.5, 0.2, 0.1, 0.0, params()) == pytest.approx(expected, rel=1e-12)
    # Without support and contact it fades.
    assert both(renew, practice, 0.0, 0.0, 0.0, 0.0, params()) == pytest.approx(0.385, rel=1e-12)
    assert both(renew, practice, 1.0, 9.0, 9.0, 0.0, params()) == 1.0


def test_neighbours_count_only_where_they_are_ahead() -> None:
    tables = Quarters(start_of(4), seed=1).step(4)
    h = int(np.argmax(tables.hubs["practices"]))
    here = np.flatnonzero((tables.practices["hub"] == h) & tables.practices["alive"])
    tables.practices["renewal"][here] = 0.2
    tables.practices["renewal"][here[0]] = 0.8
    tables.practices["renewal"][here[1]] = 0.1
    others = len(here) - 1
    assert lead_of_neighbours(tables, int(here[0])) == 0.0
    found = lead_of_neighbours(tables, int(here[1]))
    assert found == pytest.approx((0.7 + 0.1 * (others - 1)) / others, rel=1e-12)
    # Two passes: what one becomes this quarter, the others see next quarter.
    tables.practices["by_function"][:] = 0.0
    spread_innovation(tables, 4)
    expected = 0.1 + 0.25 * (0.5 * found - 0.15 * 0.1)
    assert tables.practices["renewal"][here[1]] == pytest.approx(expected, rel=1e-12)


def test_a_renewed_practice_has_more_hours() -> None:
    tables = Quarters(start_of(1), seed=1).step(4)
    tables.practices["renewal"][0] = 0.0
    before = own_hours(tables, 0)
    tables.practices["renewal"][0] = 0.5
    # 100 h a year * .2 * .5, a quarter of it.
    assert own_hours(tables, 0) - before == pytest.approx(2.5, rel=1e-9)


def held(sites: int, quarters: int = 80) -> Quarters:
    settings = (f"title.innovatie.sites={sites}",)
    run = Quarters(start_of(10, SITES, settings=settings), seed=1)
    run.step(quarters)
    return run


def paid(run: Quarters) -> int:
    k = load_regime(SITES).names().index("innovatie")
    lines = run.ledger()
    return int(lines["cents"][lines["title"] == k].sum())


def test_few_sites_get_the_money_of_all() -> None:
    few, everybody = held(2), held(0)
    k = load_regime(SITES).names().index("innovatie")
    tables = few.tables
    sites = tables.hubs["contract"][:, k] != NONE
    regions = len(set(tables.municipalities["preferred"].tolist()))
    assert 0 < sites.sum() <= 2 * regions
    running = everybody.tables.hubs["contract"][:, k] != NONE
    assert running.sum() > 10
    # The macro budget may bind in both, and lists moved since the sites were chosen.
    assert paid(few) == pytest.approx(paid(everybody), rel=0.1)
    assert tables.tariffs["spread"][k] > 3.0
    assert everybody.tables.tariffs["spread"][k] == 1.0


def test_sites_are_those_with_the_best_record_and_stay_for_their_term() -> None:
    run = held(2, 48)
    k = load_regime(SITES).names().index("innovatie")
    hubs = run.tables.hubs
    first = set(np.flatnonzero(hubs["agreed"][:, k] != NONE).tolist())
    assert first
    practices = living(run.tables.practices)
    record = {}
    for h in np.flatnonzero((hubs["stage"] > 0) & (hubs["practices"] > 0)):
        mine = practices[practices["hub"] == h]
        record[int(h)] = float(np.average(mine["renewal"], weights=mine["patients"]))
    worst = min(record[h] for h in first)
    rest = [r for h, r in record.items() if h not in first]
    # Chosen before the last meetings of the quarter: near enough.
    assert worst > np.median(rest)
    run.step(4)
    again = set(np.flatnonzero(run.tables.hubs["agreed"][:, k] != NONE).tolist())
    assert {h for h in first if run.tables.hubs["stage"][h] > 0} <= again


def test_open_results_reach_others_of_the_organisation() -> None:
    run = held(2, 60)
    rows = np.flatnonzero(run.tables.practices["alive"])
    shows = [i for i in rows if is_open(run.tables, int(i), 59)]
    k = load_regime(SITES).names().index("innovatie")
    sites = set(np.flatnonzero(run.tables.hubs["contract"][:, k] != NONE).tolist())
    assert {int(run.tables.practices["hub"][i]) for i in shows} == sites
    settings = ("title.innovatie.open_results=false",)
    last = {
        name: column(series_of(start_of(10, SITES, settings=setting), 1), "renewal")[-1]
        for name, setting in (("open", ()), ("closed", settings))
    }
    assert last["open"] > last["closed"]


def test_renewal_needs_support_or_somebody_to_learn_from() -> None:
    values = {"innovation.own": 0.0}
    assert np.all(column(series_of(start_of(4, values=values), 1), "renewal") == 0.0)
    # Nobody pays innovation before 2018; then all renew, the more the less is lost.
    plain = column(series_of(start_of(10), 1), "renewal")
    kept = column(series_of(start_of(10, values={"innovation.fade": 0.0}), 1), "renewal")
    assert 0.0 < plain[-1] < kept[-1] <= 1.0


def test_sites_are_for_hubs_and_units(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be kept to some sites"):
        load_regime("historic-nl", settings=("title.s1-oi.sites=2",))
