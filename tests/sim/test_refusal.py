"""Practices can refuse membership, and join late."""

from __future__ import annotations

import numpy as np
import pytest
from support import NONE, Quarters, both, column, living, params, row, series_of, start_of

from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.practice import Practice, expect_money

SEEDS = range(1, 9)


def test_hours_of_members_by_hand() -> None:
    # 3,000 patients x EUR 8 x .5 x sqrt(.64) = 9,600, less 5 h x EUR 110 = 550.
    practice = row(Practice, patients=3000)
    organisation = row(RegioOrganisatie, quality=0.5, engagement=0.64)
    assert both(expect_money, practice, organisation, params()) == pytest.approx(9050.0, rel=1e-12)
    none = params(choice_member_hours=0.0)
    assert both(expect_money, practice, organisation, none) == pytest.approx(9600.0, rel=1e-12)


def test_the_preference_for_autonomy_keeps_its_mean_and_spreads() -> None:
    def drawn(spread: float) -> np.ndarray:
        start = start_of(10, values={"choice.autonomy_spread": spread})
        found = [living(Quarters(start, seed).tables.practices)["autonomy"] for seed in SEEDS]
        return np.concatenate(found)

    alike, apart = drawn(0.0), drawn(0.8)
    assert alike.max() < 1.0 < apart.max()
    # Beta(3, 3) has variance 1/28; times a lognormal with E = 1 and E^2 = e^.64: sd .6143.
    error = 0.6143 / np.sqrt(len(apart))
    assert abs(apart.mean() - 0.5) < 4 * error
    # The factor lasts, and is that of the practice: same seed, same draw.
    ratio = apart / alike
    assert np.log(ratio).std() == pytest.approx(0.8, rel=0.1)


def test_who_has_no_organisation_considers_at_its_own_rate() -> None:
    def still_free(consider: float) -> int:
        run = Quarters(start_of(4))
        run.step(40)
        tables = run.tables
        freed = np.flatnonzero(tables.practices["alive"])[::3]
        tables.practices["organisation"][freed] = NONE
        tables.params["choice_consider"] = consider
        # No hub area sweeps them along by founding one.
        tables.params["organisation_found"] = 0.0
        run.step(4)
        left = freed[tables.practices["alive"][freed]]
        return int((tables.practices["organisation"][left] == NONE).sum()) - len(left)

    assert still_free(0.0) == 0
    assert still_free(1.0) < still_free(0.25) < 0


def test_membership_is_lower_where_practices_can_refuse() -> None:
    def members(**values: float) -> float:
        start = start_of(10, values=values)
        found = [column(series_of(start, seed, 35), "affiliated_share")[35] for seed in SEEDS]
        return float(np.mean(found))

    off = {"choice.consider": 1.0, "choice.autonomy_spread": 0.0, "choice.member_hours": 0.0}
    assert members() < members(**off)
    assert members(**{"choice.autonomy": 6.0}) < members(**{"choice.autonomy": 0.0})
