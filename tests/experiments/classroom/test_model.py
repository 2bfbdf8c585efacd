"""The model of a lesson in Node: values, states and events of native runs, to the bit."""

from __future__ import annotations

import copy
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lessons import Job, Lesson, in_node, lacking, natively, scenario_of, some_jobs

from agents.compiled.record import NONE
from agents.events import Cause, Event
from experiments.classroom.lesson import lesson_of
from experiments.runs.start import start_tables
from experiments.runs.steps import Recorded, party_names, record_run
from sim.engines.compiled import Recording, RunFailed, fresh, run
from sim.place.load import region_names

pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking())
REGION = "unicum"
DESIGN = "design:component/organisation/patient/conditions"
REGIMES = ("historic-nl", "menzis", DESIGN)


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    """UNICUM under three regimes."""
    return lesson_of([REGION], "nl", REGIMES)


def same(found: Any, wanted: Any) -> bool:
    return bool(np.array_equal(found.view(np.int64), wanted.view(np.int64)))


@pytest.fixture(scope="module")
def native(lesson: Lesson) -> list[tuple[Job, Any]]:
    """Policies with their native values; the second and third share a past with the first."""
    jobs = [
        Job("historic-nl", {}),
        Job("historic-nl", {"threshold": 200_000.0}),
        Job("historic-nl", {}, (2, 1)),
        Job("menzis", {}),
        *some_jobs(lesson, 0, 8, seed=1),
    ]
    return [(job, natively(REGION, job)) for job in jobs]


# In 96 MB all states are kept, in 500 kB two, in 0 none.
@pytest.mark.parametrize("room", [96 << 20, 500_000, 0])
def test_runs_give_native_values_to_the_bit(
    lesson: Lesson, native: list[tuple[Job, Any]], tmp_path: Path, room: int
) -> None:
    found = in_node(lesson, 0, [job for job, _ in native], tmp_path, room=room)
    for (job, wanted), values in zip(native, found, strict=True):
        assert same(values, wanted), job


def test_all_regions_and_regimes_give_native_values(tmp_path: Path) -> None:
    if os.environ.get("REGIOSIM_WEB") != "1":
        pytest.skip("the wide one is run by `make test-web`")
    whole = lesson_of(region_names(), "nl")
    for region, name in enumerate(region_names()):
        regimes = whole[0]["regions"][region]["layout"]["regimes"]
        jobs = [Job(regime, {}) for regime in regimes]
        jobs += [
            Job(regime, {lever: span})
            for regime in ("historic-nl", "unicum", DESIGN)
            for lever, span in _ends(whole, regimes[regime]["levers"])
        ]
        jobs += some_jobs(whole, region, 60, seed=region)
        for job, found in zip(jobs, in_node(whole, region, jobs, tmp_path), strict=True):
            assert same(found, natively(name, job)), (name, job)


def _ends(lesson: Lesson, offered: dict[str, Any]) -> list[tuple[str, float]]:
    levers = {lever["name"]: lever for lever in lesson[0]["levers"]}
    return [
        (name, end)
        for name in offered
        for end in (levers[name]["low"], levers[name]["high"])
        if end != offered[name][1]
    ]


@pytest.fixture(scope="module")
def recorded() -> Recorded:
    """One native run with its tables at the ends of years, and all events."""
    start = start_tables(scenario_of(REGION, Job("historic-nl", {"threshold": 50_000.0})))
    last = len(start.policy) - 1
    return record_run(start, (3, 3), Recording(0, last, False), keep="yearly")


@pytest.fixture(scope="module")
def told(lesson: Lesson, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The same run in Node."""
    job = Job("historic-nl", {"threshold": 50_000.0}, (3,))
    (history,) = in_node(lesson, 0, [job], tmp_path_factory.mktemp("told"), history=True)
    assert isinstance(history, dict)
    return history


def test_states_of_a_history_are_those_of_native_tables(
    told: dict[str, Any], recorded: Recorded
) -> None:
    assert [state["year"] for state in told["states"]] == list(range(2006, 2031))
    ids = {name: recorded.end._asdict()[name]["id"] for name in ("hubs", "organisations")}
    places = recorded.end.municipalities["id"]

    def of(kind: str, row: int) -> int:
        return -1 if row == NONE else int(ids[kind][row])

    for state in told["states"]:
        tick = (state["year"] - 2006) * 4 + 3
        now = {name: rows.cells[rows.ticks == tick] for name, rows in recorded.tables.items()}
        joined = now["practices"][now["practices"]["active"]]["hub"].tolist()
        assert state["practices"] == [
            {"id": p["id"], "municipality": places[p["municipality"]], "patients": p["patients"],
             "hub": of("hubs", p["hub"]) if p["active"] else -1,
             "organisation": of("organisations", p["organisation"]), "open": True}
            for p in now["practices"]
        ]  # fmt: skip
        rows = recorded.tables["hubs"].rows[recorded.tables["hubs"].ticks == tick].tolist()
        assert state["hubs"] == [
            {"id": h["id"], "municipality": places[h["municipality"]], "stage": h["stage"],
             "organisation": of("organisations", h["agreement"]), "members": joined.count(row)}
            for row, h in zip(rows, now["hubs"], strict=True)
        ]  # fmt: skip
        assert state["organisations"] == [
            {"id": o["id"], "municipality": places[o["municipality"]], "members": o["members"],
             "insured": o["insured"], "contract": bool(o["contracts"] > 0)}
            for o in now["organisations"]
        ]  # fmt: skip


def test_events_of_a_history_are_the_native_ones(told: dict[str, Any], recorded: Recorded) -> None:
    parties = party_names(recorded.end)

    def spoken(party: list[Any] | None) -> str | None:
        return party and f"{party[0]}:{party[1]}"

    wanted = [
        (line["tick"], Event.words()[line["what"]], Cause.words()[line["cause"]],
         parties[line["party"]], None if line["other"] == NONE else parties[line["other"]])
        for line in recorded.events
    ]  # fmt: skip
    found = [
        (one["tick"], one["event"], one["cause"], spoken(one["agent"]), spoken(one["other"]))
        for one in told["events"]
    ]
    assert len(found) > 500
    assert found == wanted


def test_a_run_that_stops_names_its_seed_and_quarter(lesson: Lesson, tmp_path: Path) -> None:
    described = copy.deepcopy(lesson[0])
    layout = described["regions"][0]["layout"]
    events = [table["name"] for table in layout["tables"]].index("events")
    layout["regimes"]["historic-nl"]["shapes"][events] = [40]
    start = start_tables(scenario_of(REGION, Job("historic-nl", {})))
    with pytest.raises(RunFailed) as native:
        start = start._replace(events=start.events[:40])
        run(fresh(start), (5, 5), Recording(20, 99, False, True))
    jobs = [Job("historic-nl", {}, (5,)), Job("menzis", {}, (5,))]
    failed, other = in_node((described, lesson[1]), 0, jobs, tmp_path)
    assert failed == str(native.value)
    assert "seed 5 failed in 20" in failed
    assert same(other, natively(REGION, jobs[1]))


def test_levers_are_said_as_what_is_set_natively(lesson: Lesson, tmp_path: Path) -> None:
    jobs = some_jobs(lesson, 0, 60, seed=2)
    for job, found in zip(jobs, in_node(lesson, 0, jobs, tmp_path, said=True), strict=True):
        given = " ".join(found).replace("--set ", "").split()
        wanted = scenario_of(REGION, job).described()["settings"]
        assert given and dict(_pairs(given)) == dict(_pairs(wanted))


def _pairs(texts: list[str]) -> list[tuple[str, str | float]]:
    """Settings with numbers as numbers: 1 and 1.0 are the same to whoever reads them."""
    split = [text.split("=") for text in texts]
    return [(k, v if v in ("true", "false") else float(v)) for k, v in split]


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (Job("historic-de", {}), "regime historic-de: the lesson does not hold it"),
        (Job("menzis", {"treshold": 1.0}), "lever treshold: the lesson does not hold it"),
        (Job("historic-nl", {"tradition": 0.013}), "lever tradition: 0.013 is no position of it"),
        (Job("historic-nl", {}, (-1,)), "seed -1: a whole number from 0 on"),
        (Job("historic-nl", {}, (2**53,)), f"seed {2**53}: a whole number from 0 on"),
    ],
)
def test_what_a_lesson_does_not_hold_is_said(
    lesson: Lesson, tmp_path: Path, job: Job, said: str
) -> None:
    assert in_node(lesson, 0, [job], tmp_path) == [said]


def test_a_lever_that_does_nothing_in_a_regime_changes_nothing(
    lesson: Lesson, tmp_path: Path
) -> None:
    jobs = [Job("menzis", {"threshold": 0.0}), Job("menzis", {})]
    assert "threshold" not in lesson[0]["regions"][0]["layout"]["regimes"]["menzis"]["levers"]
    moved, still = in_node(lesson, 0, jobs, tmp_path)
    assert same(moved, still)
