"""The steps of the story: each can be run, does something in each region, and is as natively."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lessons import Job, Lesson, in_node, lacking

from experiments.classroom.lesson import _setting, lesson_of
from experiments.classroom.lessons.answers import direction_of
from experiments.classroom.lessons.policies import idle_in, lever_named, scenario_of, told
from experiments.classroom.lessons.story import Policy, Step, story
from experiments.classroom.levers import design_regimes, span_of
from experiments.classroom.offered import ground, offer_of
from experiments.classroom.words import shipped
from experiments.mechanisms import all_years, effect_of
from sim.errors import BadInput
from sim.place.load import region_names

WAYS = json.loads((Path(__file__).parent / "ways.json").read_text(encoding="utf-8"))["vectors"]
REGIMES = list(dict.fromkeys(one.regime for step in story() for one in (step.a, step.b)))
BOTH = [(step, policy) for step in story() for policy in (step.a, step.b)]


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    """Every shipped region under the regimes of the story."""
    return lesson_of(region_names(), "nl", REGIMES)


@pytest.mark.parametrize(("step", "policy"), BOTH, ids=lambda one: getattr(one, "name", ""))
def test_a_policy_of_a_step_is_one_that_a_reader_can_set(step: Step, policy: Policy) -> None:
    assert policy.regime in (*shipped(), *design_regimes())
    for name, value in policy.levers.items():
        lever = lever_named(name)
        assert lever.kind != "choice"  # these are words of a design's name
        assert value in span_of(lever).positions(), (name, span_of(lever))


@pytest.mark.parametrize("region", region_names())
def test_each_lever_of_a_step_does_something_in_each_region(region: str) -> None:
    for step, policy in BOTH:
        assert idle_in(step, region) == ()
        for name, value in policy.levers.items():
            offer = offer_of(lever_named(name), ground(region, policy.regime))
            assert offer is not None and offer.value != value, (step.name, name)


@pytest.mark.parametrize("region", region_names())
def test_a_and_b_of_each_step_run_otherwise_in_each_region(region: str) -> None:
    for step in story():
        assert any(_differ(step, region, seeds) for seeds in (2, 12, 40)), step.name


@lru_cache(maxsize=64)
def _run(region: str, policy: str, seeds: int) -> Any:
    return all_years(scenario_of(region, Policy.model_validate_json(policy), seeds))


def _differ(step: Step, region: str, seeds: int) -> bool:
    """Whether A and B differ under so many seeds: in a small region few boards are taken over."""
    a, b = (_run(region, one.model_dump_json(), seeds) for one in (step.a, step.b))
    first, last = (year - 2006 for year in step.years)
    assert first <= last < a.shape[1]
    return not np.array_equal(a[:, : last + 1], b[:, : last + 1], equal_nan=True)


def test_a_step_whose_lever_does_nothing_says_so() -> None:
    step = story()[0]
    still = step.model_copy(update={"b": Policy(regime="menzis", levers={"threshold": 100000.0})})
    assert idle_in(still, "unicum") == ("threshold",)
    one = told(still, {"unicum": ("threshold",), "eemland": ()})
    assert one["idle"] == {"unicum": ["threshold"]}


@pytest.mark.parametrize(
    ("levers", "says"),
    [
        ({"autonmy": 1.0}, "Did you mean 'autonomy'?"),
        ({"autonomy": 6.0}, "stands at 6"),
        ({"autonomy": 1.51}, "0.75 .. 2.25 in steps of 0.05"),
    ],
)
def test_a_policy_that_no_reader_can_set_is_refused(levers: dict[str, float], says: str) -> None:
    with pytest.raises(BadInput) as refused:
        scenario_of("unicum", Policy(regime="historic-nl", levers=levers), 1)
    assert says in str(refused.value)


def test_settings_of_a_policy_are_those_that_the_page_says(lesson: Lesson) -> None:
    levers = {lever["name"]: lever for lever in lesson[0]["levers"]}
    tried = 0
    for _, policy in BOTH:
        for name, value in policy.levers.items():
            own = levers[name]["settings"].get(policy.regime, levers[name]["setting"])
            assert own == _setting(lever_named(name), ground("eemland", policy.regime))
            said = own[f"{value:g}"] if isinstance(own, dict) else own.format(value=value)
            one = policy.model_copy(update={"levers": {name: value}})
            given = scenario_of("unicum", one, 1).settings
            written = [f"{k}={json.dumps(v)}" for k, v in dict(given).items()]
            assert said.removeprefix("--set ").split(" --set ") == written
            tried += 1
    assert tried >= 3


def test_a_step_on_the_page_has_the_numbers_of_its_scenario(lesson: Lesson, tmp_path: Path) -> None:
    if lacking():
        pytest.skip(lacking())
    policies = {policy.model_dump_json(): policy for _, policy in BOTH}
    jobs = [Job(one.regime, one.levers, (1, 2)) for one in policies.values()]
    place = [region["name"] for region in lesson[0]["regions"]].index("unicum")
    shown = in_node(lesson, place, jobs, tmp_path)
    first = lesson[0]["first"] - 2006
    for policy, values in zip(policies.values(), shown, strict=True):
        native = all_years(scenario_of("unicum", policy, 2))[:, first:]
        assert native.tobytes() == np.ascontiguousarray(values).tobytes(), policy


@pytest.mark.parametrize("one", WAYS, ids=lambda one: one["name"])
def test_what_is_said_of_two_policies(one: dict[str, Any]) -> None:
    found = effect_of(np.array(one["b"], float) - np.array(one["a"], float))
    assert direction_of(found.mean, found.clear, one["least"]) == one["way"]


def test_the_story_of_a_lesson_is_whole(lesson: Lesson) -> None:
    steps = lesson[0]["story"]
    assert [step["name"] for step in steps] == [step.name for step in story()]
    assert len(steps) == 7
    known = {lever["name"] for lever in lesson[0]["levers"]}
    for step, own in zip(steps, story(), strict=True):
        assert set(step["a"]["levers"]) | set(step["b"]["levers"]) <= known
        assert step["apart"] is own.apart
        assert [one["outcome"] for one in step["findings"]] == [one.outcome for one in own.finding]
        assert not step["idle"]


def test_a_lesson_tells_only_steps_whose_regimes_it_holds() -> None:
    described, _ = lesson_of(["eemland"], "en", ["historic-nl"])
    assert [step["name"] for step in described["story"]] == ["fragmented", "hubs", "merging"]
