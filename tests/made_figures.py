"""One figure of each kind, of made-up runs and a made-up sweep, with names as others write them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from made_runs import WORDS, region, side_of, synthetic
from matplotlib.figure import Figure

from results.figures import heat, run, sweep
from results.figures.dates import policy_marks
from results.reports.illustrations import borders
from results.statistics.compare import paired
from results.statistics.effects import Arms, axis_of, contrasts, main_effects
from results.statistics.ensemble import Ensemble

OUTCOMES = ("trust", "coverage", "organisations")
SEEDS, POINTS = 12, 8


@lru_cache(maxsize=1)
def _runs() -> tuple[Any, ...]:
    """Return two made-up runs, their pairs, and the tables of a region."""
    one, two = synthetic(runs=20), synthetic(runs=20, seed=3)
    two.loc[two["outcome"] == "trust", "value"] += 5.0
    return one, two, paired(side_of(one), side_of(two), WORDS), region()


def two_groups(draws: np.random.Generator, count: int) -> np.ndarray:
    """Return values of which a third lies far above the others."""
    return draws.normal(1.0, 0.02, count) + np.where(np.arange(count) % 3 == 0, 1.0, 0.0)


def made_sweep(name: str) -> Ensemble:
    """Return a sweep over a factor of words, one of numbers and a switch, in two arms."""
    draws = np.random.default_rng(5)
    count = SEEDS * POINTS * 2
    point = np.arange(count) // SEEDS
    runs = pd.DataFrame(
        {
            "seed": np.arange(count) % SEEDS, "replicate": np.arange(count) % SEEDS + 1,
            "point": point, "regime": np.where(point < POINTS, f"{name} a", f"{name} b"),
            f"{name} word": np.where(point % 2 == 0, f"{name} x", f"{name} y"),
            f"{name} number": 0.1 * (1 + point // 2 % 2), f"{name} switch": point // 4 % 2 == 1,
        }
    )  # fmt: skip
    values = draws.normal(1.0, 0.1, (count, len(OUTCOMES)))
    values[:, 0] += point % 2
    values[:, 2] = two_groups(draws, count)
    factors = [{"name": f"{name} {kind}", "unit": "share", "role": "lever"}
               for kind in ("word", "number", "switch")]  # fmt: skip
    about = {"factors": factors}
    failed = runs.iloc[:0]
    return Ensemble(Path(), about, runs, OUTCOMES, WORDS, 2030, values, failed)


Draw = Callable[[], Figure]


def _of_sweep(name: str, language: str) -> dict[str, Draw]:
    many = made_sweep(name)
    arms = Arms((f"{name} a", "(no package)"), np.arange(len(many.runs)) // (SEEDS * POINTS))
    axes = [axis_of(many, one) for one in many.about["factors"]]
    chosen = contrasts(many, axes, arms)
    years = pd.DataFrame({"year": range(2011, 2031)})
    bands = pd.concat(
        years.assign(arm=arm, outcome=outcome, runs=96, mean=1.0, median=1.0 + arm, low=0.5,
                     high=2.0)
        for arm in (0, 1) for outcome in OUTCOMES
    )  # fmt: skip
    said: dict[str, Any] = {"language": language}
    rows = np.ones(len(many.runs), dtype=bool)
    called = [one.factor if one.factor != "arm" else name for one in chosen]
    sample = ("trust", name, two_groups(np.random.default_rng(6), 60), 1.5)
    return {
        "over time": lambda: sweep.bands_over_time(
            bands, OUTCOMES, arms.names, WORDS, name, **said
        ),
        "words": lambda: sweep.factor_effect(
            many, axes[0], arms, OUTCOMES, name, untold={"coverage"}, **said
        ),
        "numbers": lambda: sweep.factor_effect(many, axes[1], arms, OUTCOMES, name, **said),
        "switch": lambda: sweep.factor_effect(many, axes[2], arms, OUTCOMES, name, **said),
        "heat": lambda: heat.heat_map(many, (axes[0], axes[2]), rows, OUTCOMES, name, name, **said),
        "overview": lambda: heat.overview(
            main_effects(many, chosen), WORDS, called, OUTCOMES, name, **said
        ),
        "groups": lambda: sweep.groups_seen([sample], WORDS, name, **said),
    }


def _of_runs(name: str, language: str) -> dict[str, Draw]:
    one, two, table, tables = _runs()
    places = tables["municipalities"].assign(name=name)
    said: dict[str, Any] = {"language": language}
    change = {"at": "2018Q1", "what": "start", "names": [name]}
    dates = policy_marks({"policy_dates": [change]}, language=language)
    return {
        "outcomes": lambda: run.outcomes_over_time(
            one, WORDS, ["trust"], name, name, dates, **said
        ),
        "organisations": lambda: run.organisations_over_time(one, WORDS, name, dates, **said),
        "cost": lambda: run.transaction_cost_by_kind(one, WORDS, name, dates, **said),
        "sizes": lambda: run.size_distribution(tables["organisations"], name=name, **said),
        "map": lambda: run.who_with_whom(
            tables["practices"], tables["hubs"], tables["organisations"], places,
            borders(places), name, **said,
        ),
        "comparison": lambda: run.comparison(
            one, two, WORDS, name, name, ["trust", "organisations"], dates, table=table, **said
        ),
        "differences": lambda: run.paired_differences(table, WORDS, name, name, **said),
    }  # fmt: skip


def made_figure(kind: str, name: str, language: str) -> Figure:
    """Return a figure of one kind; ``name`` stands wherever others may write."""
    return {**_of_runs(name, language), **_of_sweep(name, language)}[kind]()


def made_figures(name: str, language: str) -> dict[str, Figure]:
    """Return one figure of each kind."""
    drawn = {**_of_runs(name, language), **_of_sweep(name, language)}
    return {kind: draw() for kind, draw in drawn.items()}
