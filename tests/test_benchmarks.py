"""The plain Mesa model that runs are timed against is the same model, and runs the same way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support import start_of

from benchmarks.backends import BACKENDS
from benchmarks.instructions import read_counts
from benchmarks.large import alone
from benchmarks.page import BEGIN, END, as_markdown, put_in
from benchmarks.places import region_of
from benchmarks.plain.model import PlainModel, run_plain
from benchmarks.sections import Size, Table, back_ends
from benchmarks.timing import Times, interleave, ratio
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from sim.engines.compiled import Recording
from sim.engines.threads import run_many
from sim.measure.outcomes import NAMES

QUARTERS = 48
"""Through 2017: two generations of titles, foundings, hubs, mandates and closings."""


@pytest.mark.parametrize("regime", ["historic-nl", "unicum", "design:component/practice/act"])
def test_plain_mesa_with_keyed_draws_gives_the_compiled_series_to_the_bit(regime: str) -> None:
    start = start_of(2, regime, ticks=QUARTERS, switch="2010Q1")
    recording = Recording(0, QUARTERS - 1, False)
    compiled = BACKENDS["compiled"](start, 3, recording)
    plain = run_plain(start, 3, recording, keyed=True)
    assert np.array_equal(compiled, plain)
    assert np.ptp(compiled[:, 0, NAMES.index("affiliated_share")]) > 0.0


@pytest.mark.parametrize(
    "regime", ["design:bundled/organisation/insured", "design:component/practice/effort"]
)
def test_plain_mesa_is_the_same_under_other_payment(regime: str) -> None:
    start = start_of(1, regime, ticks=24, switch="2008Q1")
    recording = Recording(0, 23, False)
    compiled = BACKENDS["compiled"](start, 4, recording)
    assert np.array_equal(compiled, run_plain(start, 4, recording, keyed=True))


def test_plain_mesa_is_the_same_where_the_room_binds_and_care_moves() -> None:
    easy = ("policy.macro@2018Q1=4", "title.regiomanagement.mandate=0.01",
            "title.regiomanagement.minimum=1")  # fmt: skip
    start = start_of(2, values={"insurer.transfer": 0.5}, ticks=60, settings=easy)
    recording = Recording(0, 59, False)
    compiled = BACKENDS["compiled"](start, 3, recording)
    assert np.array_equal(compiled, run_plain(start, 3, recording, keyed=True))
    assert all(compiled[:, 0, NAMES.index(name)].any() for name in ("macro_cut", "transferred"))


def test_the_mesa_back_end_gives_the_compiled_series() -> None:
    start, recording = start_of(1, ticks=12), Recording(0, 11, False)
    compiled = BACKENDS["compiled"](start, 5, recording)
    assert np.array_equal(compiled, BACKENDS["mesa"](start, 5, recording))


def test_fast_draws_run_the_same_model_on_other_numbers() -> None:
    start, recording = start_of(1, ticks=16), Recording(0, 15, False)
    compiled = BACKENDS["compiled"](start, 6, recording)
    fast = BACKENDS["plain-mesa"](start, 6, recording)
    assert not np.array_equal(compiled, fast)
    assert np.array_equal(fast, BACKENDS["plain-mesa"](start, 6, recording))
    assert np.isfinite(fast).all()
    insured = NAMES.index("insured")
    assert np.allclose(compiled[:, 0, insured], fast[:, 0, insured])


def test_plain_agents_are_mesa_agents_with_plain_attributes() -> None:
    model = PlainModel(start_of(1, ticks=8), seed=1)
    for _ in range(8):
        model.step()
    practices = [a for a in model.agents if type(a).__name__ == "Practice"]
    assert len(practices) == model.measure()[NAMES.index("practices")]
    assert all(a.alive for a in model.agents)
    assert type(practices[0].trust) is list and type(practices[0].patients) is int


def test_the_bare_kernel_that_sweeps_are_timed_against_does_the_same_runs() -> None:
    scenario = Scenario("synthetic:1:3", "historic-nl", start="2008Q1", end="2009Q4")
    pairs = [(3, 3), (4, 4)]
    for yearly in (False, True):
        recording = Recording(scenario.first, scenario.last, False, yearly)
        found = alone(scenario, pairs, recording)
        assert found.seconds > 0.0
        assert np.array_equal(
            found.series, np.stack(run_many(start_tables(scenario), pairs, recording))
        )


def test_regions_are_cut_and_tiled_to_about_the_wanted_size() -> None:
    assert len(region_of(50).municipalities) < len(region_of(119).municipalities)
    assert len(region_of(500).municipalities) == 4 * len(region_of(119).municipalities)


def test_contenders_take_turns_and_ratios_are_taken_round_by_round() -> None:
    order: list[str] = []
    interleave({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, 2)
    assert order == ["a", "b", "b", "a"]
    assert ratio(Times([4.0, 9.0]), Times([2.0, 3.0])) == (2.5, 2.0, 3.0)


def test_a_section_gives_a_table_and_the_page_keeps_its_prose() -> None:
    table = back_ends((Size(20, 4, 1),))
    assert {row[2] for row in table.rows} == set(BACKENDS)
    text = put_in(f"before\n{BEGIN}\nold\n{END}\nafter\n", as_markdown(table))
    assert text.startswith("before") and text.endswith("after\n") and "old" not in text
    assert as_markdown(Table("t", ("a", "b"), [("x", "1")])).splitlines()[3] == "|---|---:|"


def test_counts_of_a_kernel_are_summed_over_its_dumps(tmp_path: Path) -> None:
    dump = "desc: Trigger: Client Request: {}\n\nevents: Ir\nsummary: {}\n"
    for number, (name, count) in enumerate([("supply", 40), ("organise", 5), ("supply", 2)]):
        (tmp_path / f"out.{number}").write_text(dump.format(name, count), encoding="utf-8")
    (tmp_path / "out.9").write_text("desc: Trigger: Program termination\nsummary: 7\n")
    assert read_counts(tmp_path) == {"supply": 42, "organise": 5}
