"""With rules of a user's own, the same run is made twice: values that differ are refused.

The text of the rules (``agents.compiled.purity``) tells most of what is no function of its
arguments. What it does not tell shows here, before a folder is put in place.
"""

from __future__ import annotations

from agents.compiled.record import FloatArray
from agents.compiled.swaps import OWN
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from experiments.runs.steps import record_run
from sim.engines.compiled import Recording, RunFailed
from sim.errors import BadInput
from sim.tables import Tables

TWICE = OWN is not None
"""Whether the first run of this process's scenarios is repeated."""


def refuse_unlike(first: FloatArray | RunFailed, again: FloatArray | RunFailed) -> None:
    """Refuse rules under which a run, repeated, gave other outcomes or failed otherwise.

    Raises:
        BadInput: they did.
    """
    if not isinstance(first, RunFailed) and not isinstance(again, RunFailed):
        if first.tobytes() == again.tobytes():
            return
        problem = "gives other values when the same run is repeated"
    elif str(first) == str(again):
        return
    else:
        problem = "lets a run fail that does not fail, or otherwise, when it is repeated"
    raise BadInput(
        OWN.path.name if OWN is not None else "the rules", problem,
        allowed="rules that give the same for the same arguments, every time",
    )  # fmt: skip


def _series(
    start: Tables, seeds: tuple[int, int], recording: Recording, engine: str
) -> FloatArray | RunFailed:
    try:
        return record_run(start, seeds, recording, engine).series
    except RunFailed as failure:
        return failure


def check_repeated(scenario: Scenario) -> None:
    """Make the first run of a scenario twice where there are rules of a user's own.

    Raises:
        BadInput: it did not give the same.
    """
    if not TWICE:
        return
    start, seeds = start_tables(scenario), scenario.seeds()[0]
    recording = Recording(scenario.first, scenario.last, True)
    refuse_unlike(*(_series(start, seeds, recording, scenario.engine) for _ in range(2)))
