"""States are small, and put back give the run that left them, whatever its titles begin with."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import numpy as np

from experiments import Scenario
from experiments.runs.each import run_each
from experiments.runs.past import Past
from experiments.runs.start import start_tables
from experiments.runs.states import digest_of, put_state, state_of
from sim.engines.compiled import Recording, fresh, populate
from sim.engines.shared import agree, said
from sim.engines.threads import run_many
from sim.tables import Tables

PAIRS = [(1, 1), (2, 7), (3, 3)]
ENDS, STOPS = 67, 43


def start(region: str = "synthetic:1:1") -> Tables:
    return start_tables(Scenario(region, "unicum", end="2022Q4"))


def nobody() -> None:
    pass


def past_of(base: Tables, branch: Tables) -> Past:
    """Return the past of runs from ``branch`` out of runs from ``base``."""
    two = said([base, branch])
    assert agree(*two) > STOPS
    ended = run_each(base, PAIRS, Recording(20, STOPS, True), 2, nobody, None, True)
    states = {pair: one.state for pair, one in zip(PAIRS, ended, strict=True)}
    series = {pair: one.series for pair, one in zip(PAIRS, ended, strict=True)}
    return Past(STOPS + 1, 20, series, states, {}, two[1].known[STOPS], {})  # type: ignore[arg-type]


def test_titles_that_nobody_has_read_have_tariffs_as_the_branch_begins_with_them() -> None:
    base, branch = start("unicum"), start("unicum")
    late = branch.titles["active"].argmax(axis=0) == 52
    branch.titles["neutral"][:, late] = 2.0  # solved at the start, to a sum in the last quarter
    branch.titles["rate"][:, late] = 1.0
    past = past_of(base, branch)
    room, begun, other = fresh(branch), fresh(branch), fresh(base)
    put_state(past.states[1, 1], room, branch, (1, 1), past.read)
    populate(begun, branch, (1, 1))
    populate(other, base, (1, 1))
    assert room.tariffs[late].tolist() == begun.tariffs[late].tolist()
    assert room.tariffs[late].tolist() != other.tariffs[late].tolist()
    recording = Recording(20, ENDS, True)
    alone = run_many(branch, PAIRS, recording, threads=1)
    found = [one.series for one in run_each(branch, PAIRS, recording, 1, nobody, past, False)]
    assert [one.tobytes() for one in found] == [one.tobytes() for one in alone]  # type: ignore
    plain = run_many(base, PAIRS, recording, threads=1)
    assert plain[0].tobytes() != alone[0].tobytes()  # type: ignore[union-attr]


def test_a_state_holds_rows_that_differ_from_the_start_and_no_others() -> None:
    begun = start()
    assert all(len(rows) == 0 for name, rows in state_of(fresh(begun), begun).rows.items()
               if name != "tariffs")  # fmt: skip
    room = fresh(begun)
    room.hubs["trust"][0] += 1.0
    state = state_of(room, begun)
    assert state.rows["hubs"].tolist() == [0]
    room.hubs["trust"][0] = 9.0
    assert state.cells["hubs"]["trust"][0] == begun.hubs["trust"][0] + 1.0


def test_what_runs_begin_with_is_told_apart_but_for_titles_and_policy() -> None:
    one, two = start(), start()
    two.titles["lump"] += 1.0
    two.policy["stance"] += 0.1
    assert digest_of(one) == digest_of(two)
    two.hubs["x"][0] = np.nextafter(two.hubs["x"][0], np.inf)
    assert digest_of(one) != digest_of(two) != digest_of(start("synthetic:1:2"))
