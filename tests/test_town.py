"""Every outcome of a town of three practices, against numbers worked out by hand (``town``)."""

from __future__ import annotations

import pytest
from support import plain

from sim.engine import measure_all
from sim.outcomes import NAMES, OUTCOMES
from tests.town.cases import CASES
from tests.town.checks import Case, measured, plain_tables_of, tables_of, wrong
from tests.town.empty import EMPTY
from tests.town.outcomes import IN_AARLE, IN_BEEK, WHOLE

NAMED = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def test_every_outcome_is_worked_out() -> None:
    for expected in (WHOLE, IN_AARLE, IN_BEEK, EMPTY.expected):
        assert set(expected) == set(NAMES)


def test_the_empty_case_is_what_outcomes_declare() -> None:
    declared = {o.name: o.empty for o in OUTCOMES if o.empty is not None}
    assert {name: EMPTY.expected[name] for name in declared} == declared


@NAMED
def test_outcomes_as_plain_python(case: Case) -> None:
    found = measured(plain(measure_all), plain_tables_of(case))
    assert not wrong(case, found), "\n".join(["", *map(str, wrong(case, found))])


@NAMED
def test_outcomes_compiled(case: Case) -> None:
    tables = tables_of(case)
    found = measured(measure_all, tables)
    assert not wrong(case, found), "\n".join(["", *map(str, wrong(case, found))])
    # The compiled kernel and plain Python differ in no bit, in no scope.
    assert found == measured(plain(measure_all), plain_tables_of(case))
