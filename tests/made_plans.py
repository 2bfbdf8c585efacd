"""A small experiment in parts, for tests of what designs and plans hold."""

from __future__ import annotations

from pathlib import Path

from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.file.factors import Factor
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan

HEAD = 'name = "design"\nquestion = "Which points?"\n'
RUNS = """\
[runs]
regions = ["synthetic:1:3"]
regimes = ["historic-nl"]
from = "2009Q1"
to = "2010Q4"
replicates = 3
seed = 7
"""
LEVERS = """\
[levers."title.ros.rate"]
values = [0.5, 1.5]
text = "what the ROS is paid"

[levers.rule]
alternatives = { none = [], strict = ["organisation.minimum=9", "choice.redraw=0.2"] }
"""
RANGES = """\
[uncertainties."choice.trust"]
low = 0.5
high = 2.0

[uncertainties."choice.noise"]
low = 0.1
high = 2.0
distribution = "log-uniform"
"""
LATIN = '[design]\nkind = "latin-hypercube"\npoints = 5\nseed = 3\n'

WHOLE = HEAD + RUNS + LEVERS + RANGES + LATIN


def plan_of(folder: Path, text: str, name: str = "design.toml") -> Plan:
    """Write an experiment into a folder, and return its plan."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return make_plan(read_experiment(path))


def ranged(low: float, high: float, distribution: str = "uniform", *shape: float) -> Factor:
    """Return an uncertainty between two numbers; ``shape`` is what the distribution asks for."""
    return Factor(
        "x", "uncertainty", ("x",), low=low, high=high, distribution=distribution, shape=shape
    )
