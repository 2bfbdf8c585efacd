"""Two groups are flagged, one is not: rates on samples whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from results.statistics.modality import CHANCE, LEAST, modality
from results.statistics.modality_rates import ONE_GROUP, TWO_GROUPS, rates


@pytest.mark.parametrize("name", ONE_GROUP)
def test_one_group_is_rarely_flagged(name: str) -> None:
    for n in (20, 50, 200):  # 400 samples: two standard errors above the worst rate measured
        assert rates(ONE_GROUP[name], n, 400, 7) <= CHANCE + 2 * np.sqrt(CHANCE / 400)


@pytest.mark.parametrize("name", TWO_GROUPS)
def test_two_groups_are_found_with_enough_values(name: str) -> None:
    found = [rates(TWO_GROUPS[name], n, 300, 8) for n in (20, 50, 200)]
    assert found[2] > 0.5 and found[2] >= found[0]
    if name.endswith("6 sd apart") and "half" in name:
        assert found[0] > 0.6 and found[1] > 0.95


def test_the_valley_lies_between_the_groups() -> None:
    low, high = np.linspace(0.1, 0.3, 30), np.linspace(0.7, 0.9, 10)
    found = modality(np.r_[high, low, np.nan])
    assert found.flagged[0] and 0.3 < found.split[0] < 0.7 and found.above[0] == 0.25
    assert modality(np.r_[low, low + 0.2]).flagged[0] == np.False_


def test_atoms_and_counts() -> None:
    def flagged(*groups: tuple[float, int]) -> bool:
        return bool(modality(np.repeat([g for g, _ in groups], [n for _, n in groups])).flagged[0])

    assert flagged((0.2, 15), (0.8, 15))
    assert not flagged((2.0, 15), (3.0, 15))  # neighbours
    assert flagged((2.0, 15), (7.0, 15))
    assert flagged((0.0, 15), (1.0, 1), (5.0, 15), (6.0, 10))
    assert not flagged((0.0, 15), (1.0, 12), (2.0, 15))
    assert not flagged((1 / 3, 10), (2 / 3, 10), (1.0, 10))  # thirds are a lattice as well
    assert not flagged((0.2, 28), (0.8, 2))  # fewer than a tenth
    assert not flagged((4.0, 30))


def test_few_values_are_not_judged_and_rows_do_not_matter_to_each_other() -> None:
    random = np.random.default_rng(1)
    table = random.normal(size=(50, 40))
    table[::2, 20:] += 9
    table[0, : 40 - LEAST + 1] = np.nan
    found = modality(table)
    assert not found.tested[0] and not found.flagged[0] and found.tested[1:].all()
    assert found.flagged[2::2].all() and not found.flagged[1::2].any()
    alone = [modality(row).split[0] for row in table]
    np.testing.assert_array_equal(alone, found.split)
    np.testing.assert_array_equal(modality(table * 1e6 - 5e6).flagged, found.flagged)
    assert not modality(np.full((2, 30), np.nan)).tested.any()
    assert modality(np.zeros((3, 0))).tested.tolist() == [False] * 3
    with pytest.raises(ValueError, match="one row per sample"):
        modality(np.zeros((2, 2, 2)))
