"""What two layers write down apart from each other must agree."""

from __future__ import annotations

import pytest

from agents.words import CostKind
from results.statistics.reduce import MEANS, is_flow
from results.words import labels
from sim.outcomes import OUTCOMES, Outcome


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.name)
def test_a_year_is_made_of_quarters_the_same_way_everywhere(outcome: Outcome) -> None:
    kind = "mean" if outcome.name in MEANS else "sum" if is_flow(outcome.name) else "last"
    assert kind == outcome.yearly


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.name)
def test_every_outcome_has_a_name_in_both_languages_and_a_unit(outcome: Outcome) -> None:
    label = labels.LABELS[outcome.name]
    assert label.english and label.dutch and label.unit
    assert outcome.text and outcome.unit


def test_phases_of_cost_are_the_same_list() -> None:
    assert labels.COST_PHASES == CostKind.words()
