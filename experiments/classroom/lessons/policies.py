"""What the policies of a step are natively: settings of a run, said by their levers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from experiments.classroom.lessons.story import Policy, Step
from experiments.classroom.levers import LeverTable, lever_file, span_of
from experiments.classroom.offered import Offer, ground, offer_of, settings_in
from experiments.runs.scenario import Scenario
from sim.errors import BadInput, nearest


def lever_named(name: str) -> LeverTable:
    """Return a lever.

    Raises:
        BadInput: there is none of this name.
    """
    known = {lever.name: lever for lever in lever_file().lever}
    if name not in known:
        raise BadInput(f"lever {name!r}", "is unknown", nearest=nearest(name, list(known)))
    return known[name]


def scenario_of(region: str, policy: Policy, seeds: int) -> Scenario:
    """Return the scenario that runs a policy natively, with seeds 1, 2, 3 and so on.

    Raises:
        BadInput: the policy cannot be run in this region.
    """
    for name, value in policy.levers.items():
        span = span_of(lever_named(name))
        if value not in span.positions():
            allowed = f"{span.low:g} .. {span.high:g} in steps of {span.step:g}"
            raise BadInput(f"lever {name!r}", f"stands at {value:g}", allowed=allowed)
    settings = settings_in(region, policy.regime, policy.levers)
    return Scenario(region, policy.regime, settings=settings, replicates=seeds)


@lru_cache(maxsize=256)
def _offer(region: str, regime: str, name: str) -> Offer | None:
    return offer_of(lever_named(name), ground(region, regime))


def idle_in(step: Step, region: str) -> tuple[str, ...]:
    """Return the levers of a step that do nothing in a region."""
    return tuple(
        name
        for policy in (step.a, step.b)
        for name in policy.levers
        if _offer(region, policy.regime, name) is None
    )


def told(step: Step, idle: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return a step as the page has it.

    Args:
        step: one of the story.
        idle: by region, the levers of it that do nothing there.
    """
    given = step.model_dump(mode="json", exclude={"finding"})
    findings = [one.model_dump(mode="json") for one in step.finding]
    still = {region: list(names) for region, names in idle.items() if names}
    return {**given, "findings": findings, "apart": step.apart, "idle": still}
