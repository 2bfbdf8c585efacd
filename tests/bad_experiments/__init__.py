"""Experiment files that must be refused, each with what its message must say."""

from __future__ import annotations

from tests.bad_experiments.designs import DESIGNS, POINTS
from tests.bad_experiments.factors import ALTERNATIVES, RANGES, VALUES
from tests.bad_experiments.form import FORM, IN_RUNS, RECORDED, SET

CASES = (
    *FORM, *IN_RUNS, *RECORDED, *SET, *VALUES, *ALTERNATIVES, *RANGES, *DESIGNS, *POINTS,
)  # fmt: skip
