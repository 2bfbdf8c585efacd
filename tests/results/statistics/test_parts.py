"""Components of variance and rank correlations, on made-up numbers with known answers."""

from __future__ import annotations

import numpy as np
import pytest

from results.statistics.parts import along, parts_of


def made(arms: float, points: float, both: float, seeds: float, rest: float) -> np.ndarray:
    """400 points, 6 arms, 4 seeds, with normal parts of these standard deviations."""
    random = np.random.default_rng(8)
    p, d, s = 400, 6, 4
    return (
        arms * np.linspace(-1.3364, 1.3364, d)[None, :, None]
        + points * random.normal(size=(p, 1, 1))
        + both * random.normal(size=(p, d, 1))
        + seeds * random.normal(size=(p, 1, s))
        + rest * random.normal(size=(p, d, s))
    )


def test_each_part_is_found_beside_the_others() -> None:
    found = parts_of(made(2.0, 3.0, 1.0, 1.5, 0.5))
    # The arms lie evenly, with a variance (n - 1) of 4.0; chance is 1.5^2 + .5^2.
    assert found.arms == pytest.approx(4.0, rel=0.06)
    assert found.points == pytest.approx(9.0, rel=0.12)
    assert found.both == pytest.approx(1.0, rel=0.1)
    assert found.chance == pytest.approx(2.5, rel=0.1)
    assert sum(found.shares()) == pytest.approx(1.0)


def test_chance_alone_leaves_nothing_to_arms_and_points() -> None:
    shares = parts_of(made(0.0, 0.0, 0.0, 1.0, 1.0)).shares()
    assert shares.chance > 0.97 and shares.arms < 0.01
    assert sum(parts_of(np.ones((3, 2, 2))).shares()) == 0.0
    with pytest.raises(ValueError, match="two of each"):
        parts_of(np.ones((3, 2, 1)))


def test_what_goes_along_is_found_among_many_that_do_not() -> None:
    random = np.random.default_rng(3)
    factors = random.uniform(size=(120, 80))
    outcomes = np.stack([np.exp(3.0 * factors[:, 5]), -factors[:, 7] + 0.5 * factors[:, 9]], axis=1)
    found = along(factors, outcomes, 0.05)
    # Any growing function is +1 in ranks; of 160 pairs the others are chance.
    assert (found[0].factor, found[0].outcome, found[0].rho) == (5, 0, pytest.approx(1.0))
    assert {(one.factor, one.outcome) for one in found} >= {(5, 0), (7, 1), (9, 1)}
    assert len(found) <= 4
    assert along(np.ones((5, 2)), outcomes[:5], 0.05) == []
    assert along(factors[:3], outcomes[:3], 0.05) == []
