"""The model for the EMA workbench: as one of its models, and a sweep as what it works on.

``model("screening")`` makes a model of an experiment file: its levers and uncertainties, and the
outcomes that it records, of its last year and as means over its seeds. ``results(folder)`` gives
a sweep's runs as the workbench's ``experiments`` and ``outcomes``, for any of its analyses.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.answers.discovering import ARM
from experiments.answers.sensitivity import swept_of
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.file.factors import Factor
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan
from results.statistics.ensemble import ensemble
from sim.errors import BadInput


def results(folder: Path | str, year: int | None = None) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return the finished runs of a sweep as the EMA workbench has them.

    Args:
        folder: of a finished sweep.
        year: of the outcomes; without, the last one recorded.

    Returns:
        ``experiments``, a row per run with its factors, what tells arms apart, and ``seed``; and
        ``outcomes``, an array per outcome in the same order.

    Raises:
        BadInput: that year was not recorded.
        StoreRefused: the folder is not that of a finished sweep.
    """
    swept_of(folder, year)  # says what is wrong with it
    many = ensemble(folder, year)
    names = [*many.factors, *(name for name in ARM if many.runs[name].nunique() > 1), "seed"]
    columns = {place: many.values[:, k] for k, place in enumerate(many.outcomes)}
    return many.runs[names].reset_index(drop=True), columns


def model(experiment: Mapping[str, Any] | Path | str, name: str = "regiosim") -> Any:
    """Return an experiment's model as an ``ema_workbench.Model``.

    Names are those of the factors with ``_`` for every sign that Python has in no name, such as
    ``choice_autonomy``. Each evaluation runs all seeds of the experiment, in its one arm.

    Args:
        experiment: a file, the name of one that comes along, or a mapping that holds what a file
            would.
        name: of the model.

    Raises:
        BadInput: it cannot be read, has several arms, or the workbench is not installed.
    """
    if find_spec("ema_workbench") is None:
        raise BadInput(
            "ema_workbench", "is not installed",
            allowed="the extra: pip install 'regiosim[analysis]'",
        )  # fmt: skip
    plan = make_plan(read_experiment(experiment))
    if len(plan.arms) > 1:
        raise BadInput(
            str(plan.experiment.path), f"has {len(plan.arms)} arms",
            allowed="one region under one regime, with one list of packages",
        )  # fmt: skip
    factors = plan.experiment.factors
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the workbench warns of what it lacks
        from ema_workbench import Model, ScalarOutcome

        found = Model(re.sub(r"\W", "", name) or "regiosim", function=_evaluated(plan))
        found.levers = [_parameter(one) for one in factors if one.role == "lever"]
        found.uncertainties = [_parameter(one) for one in factors if one.role != "lever"]
        found.outcomes = [ScalarOutcome(one) for one in plan.experiment.outcomes]
    return found


def plain(name: str) -> str:
    """Return the name of a factor as Python takes it: ``choice_autonomy``."""
    return re.sub(r"\W", "_", name)


def _parameter(factor: Factor) -> Any:
    """Return a factor as a parameter of the workbench, which draws ranges evenly."""
    from ema_workbench import CategoricalParameter, IntegerParameter, RealParameter

    name = plain(factor.name)
    if not factor.sampled:
        return CategoricalParameter(name, list(factor.values))
    if factor.whole:
        return IntegerParameter(name, int(factor.low), int(factor.high))
    return RealParameter(name, factor.low, factor.high)


def _evaluated(plan: Plan) -> Callable[..., dict[str, float]]:
    """Return a function of factors that gives outcomes: means over seeds, of the last year."""
    experiment = plan.experiment
    names = [plain(factor.name) for factor in experiment.factors]

    def evaluate(**values: Any) -> dict[str, float]:
        from experiments.runs.run import run

        settings = tuple(
            one
            for name, factor in zip(names, experiment.factors, strict=True)
            for one in factor.settings(_own(factor, values[name]))
        )
        done = run(plan.arms[0].of(experiment, settings))
        rows = done.yearly
        means = rows[rows["year"] == rows["year"].max()].groupby("outcome")["value"].mean()
        return {one: float(means.get(one, np.nan)) for one in experiment.outcomes}

    return evaluate


def _own(factor: Factor, value: Any) -> Any:
    """Return a value of the workbench in the type that the factor has."""
    if not factor.sampled:
        return getattr(value, "value", value)
    return int(value) if factor.whole else float(value)
