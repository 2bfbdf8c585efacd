"""Fixtures of the tests of the model: a desk that pays."""

from __future__ import annotations

import pytest
from desk import Desk


@pytest.fixture
def desk() -> Desk:
    """A desk where nobody holds a contract and no list has a patient."""
    made = Desk()
    made.clear()
    return made
