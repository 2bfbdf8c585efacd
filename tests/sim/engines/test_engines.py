"""Compiled, mesa and python: the same bits, in whatever scenario, on one thread or two."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import LIVELY, TICKS, same_bits, start_of, with_partnership

from agents.compiled.record import FloatArray, store_plain
from agents.events import Event
from agents.parameters import DECLARED
from sim.engines.compiled import (
    Recording,
    RunFailed,
    batch_of,
    blank_series,
    fresh,
    reset,
    run,
    run_batch,
)
from sim.engines.model import CareModel
from sim.engines.threads import run_many
from sim.measure.outcomes import NAMES
from sim.measure.years import yearly
from sim.place.load import load_region
from sim.place.tile import take
from sim.policy.load import REGIMES, load_regime, regime_names
from sim.tables import RECORDS, Tables

ROOT = Path(__file__).resolve().parents[3]

# Lists of 1,000 patients would only make the twin slow.
NARROWED = {"population.insured": (2500.0, 8000.0)}


@st.composite
def parameter_values(draw: st.DrawFn) -> dict[str, float | int | bool]:
    """Some parameters, each anywhere in its declared range."""
    names = draw(st.lists(st.sampled_from(sorted(DECLARED)), max_size=8, unique=True))
    values: dict[str, float | int | bool] = {}
    for name in names:
        declared = DECLARED[name]
        low, high = NARROWED.get(name, (declared.low, declared.high))
        if declared.kind == "?":
            values[name] = draw(st.booleans())
        elif declared.kind == "i8":
            values[name] = draw(st.integers(int(low), int(high)))
        else:
            values[name] = draw(st.floats(low, high))
    return values


SEEDS = st.one_of(st.integers(0, 2**63 - 1), st.sampled_from([0, 1, 2**63 - 1]))


def drive(model: CareModel, quarters: int, out: FloatArray) -> list[tuple[bytes, bytes]]:
    """Step a model, measure every quarter into ``out``; return the quarter's books."""
    rows = np.zeros(len(model.tables.practices), np.int64)
    books = []
    for tick in range(quarters):
        model.step()
        model.measure(tick, rows, out[tick])
        books.append((book_of(model, "ledger"), book_of(model, "events")))
    if model.twin:
        model.twin.write_back(model.tables)
    return books


def book_of(model: CareModel, name: str) -> bytes:
    """The bits of the quarter's ledger lines or events."""
    table = getattr(model.tables, name)
    if model.twin:
        counter = model.twin.tables.counter[0]
        count = counter.ledger_lines if name == "ledger" else counter.event_lines
        store_plain(RECORDS[name], getattr(model.twin.tables, name)[:count], table)
    else:
        count = model.tables.counter["ledger_lines" if name == "ledger" else "event_lines"][0]
    return b"".join(table[field][:count].tobytes() for field in table.dtype.names)


def compiled(start: Tables, seeds: tuple[int, int], quarters: int) -> tuple[Tables, FloatArray]:
    """A whole run in one kernel; return its last tables and what it measured."""
    tables = fresh(start)
    reset(tables, start, seeds)
    recording = Recording(0, quarters - 1, True)
    out = blank_series(start, recording)
    rows = np.zeros(len(tables.practices), np.int64)
    batch = batch_of(0, quarters - 1)
    failed = run_batch(tables, start, np.array([seeds]), batch, rows, out[None])
    assert failed == -1, f"quarter {failed}: failure {tables.counter['failure'][0]}"
    return tables, out


def differing(one: FloatArray, other: FloatArray) -> list[str]:
    """Names of outcomes that differ by a bit."""
    bits = one.view(np.int64) != other.view(np.int64)
    return [name for c, name in enumerate(NAMES) if bits[:, :, c].any()]


@settings(max_examples=14, deadline=None, derandomize=True, print_blob=True)
@given(
    regime=st.sampled_from(regime_names()),
    place=st.sampled_from(("unicum", "eemland", "oostelijk-zuid-limburg")),
    municipalities=st.integers(1, 3),
    quarters=st.integers(12, 32),
    switch=st.integers(2006, 2010),
    values=parameter_values(),
    seed=SEEDS,
    population_seed=SEEDS,
)
def test_three_engines_agree_to_the_bit(
    regime: str,
    place: str,
    municipalities: int,
    quarters: int,
    switch: int,
    values: dict[str, Any],
    seed: int,
    population_seed: int,
) -> None:
    region = take(load_region(place), municipalities)
    start = start_of(region, regime, values, ticks=quarters, switch=f"{switch}Q1")
    tables, expected = compiled(start, (seed, population_seed), quarters)
    books = {}
    for engine in ("mesa", "python"):
        model = CareModel(start, seed=seed, population_seed=population_seed, engine=engine)
        out = np.zeros_like(expected)
        books[engine] = drive(model, quarters, out)
        assert differing(out, expected) == [], engine
        assert same_bits(tables, model.tables) == [], engine
    assert books["mesa"] == books["python"]


@pytest.mark.parametrize("regime", ["historic-nl", "design:component/practice/act"])
def test_engines_agree_over_the_whole_history(regime: str) -> None:
    # Random scenarios are short: this one sees contracts, alliances, hubs and unit purchases.
    start = start_of(2, regime)
    tables, expected = compiled(start, (3, 4), TICKS)
    assert expected[:, 0, NAMES.index("contracts")].max() > 0
    model = CareModel(start, seed=3, population_seed=4, engine="python")
    out = np.zeros_like(expected)
    drive(model, TICKS, out)
    assert differing(out, expected) == []
    assert same_bits(tables, model.tables) == []


@pytest.mark.parametrize("regime", sorted(p.stem for p in REGIMES.glob("*.toml")))
def test_engines_agree_under_every_regime_of_a_file(regime: str) -> None:
    # To the end of 2022: what a regime changes in 2018-2022 is seen. Thresholds are lowered so
    # that one municipality can meet them, and one hub of 2006 is a neighbourhood partnership.
    easy = tuple(
        f"title.{title.name}.{key}"
        for title in load_regime(regime).titles
        if title.mandate
        for key in ("mandate=0.1", "minimum=1", "contiguous=false")
    )
    start = start_of(with_partnership(1), regime, ticks=68, settings=easy)
    tables, expected = compiled(start, (5, 6), 68)
    model = CareModel(start, seed=5, population_seed=6, engine="python")
    out = np.zeros_like(expected)
    drive(model, 68, out)
    assert differing(out, expected) == []
    assert same_bits(tables, model.tables) == []


@pytest.mark.parametrize(
    ("place", "regime"),
    [
        ("eemland", "innovation-sites"),
        ("oostelijk-zuid-limburg", "plus-practices"),
        ("hoog", "historic-nl"),
    ],
)
def test_engines_agree_where_much_happens(place: str, regime: str) -> None:
    easy = tuple(
        f"title.{title}.{key}"
        for title in ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
        for key in ("mandate=0.1", "minimum=1", "contiguous=false")
    )
    start = start_of(take(load_region(place), 4), regime, LIVELY, settings=easy, ticks=72)
    tables, expected = compiled(start, (1, 2), 72)
    happened: set[str] = set()
    named = 0
    for engine in ("mesa", "python"):
        model = CareModel(start, seed=1, population_seed=2, engine=engine)
        out = np.zeros_like(expected)
        rows = np.zeros(len(start.practices), np.int64)
        for tick in range(72):
            model.step()
            model.measure(tick, rows, out[tick])
            if engine == "mesa":
                count = int(model.tables.counter["event_lines"][0])
                named = max(named, int(model.tables.organisations["own"].max()))
                happened |= {Event.words()[code] for code in model.tables.events["what"][:count]}
        if model.twin:
            model.twin.write_back(model.tables)
        assert differing(out, expected) == [], engine
        assert same_bits(tables, model.tables) == [], engine
    assert happened >= {
        "contract-won", "subregion-formed", "contracted-alone", "partner-agreed", "form-changed",
        "hub-council", "plan-approved", "step-taken", "programme-started", "agreement-signed",
    }  # fmt: skip
    assert ("plus-joined" in happened) is (regime == "plus-practices")
    # Of these only the first four of the area of HOOG are in sub-regions of two names.
    assert (named > 0) is (place == "hoog")
    assert happened & {"merged", "absorbed"}


def test_equality_notices_a_difference() -> None:
    start = start_of(1, ticks=4)
    tables, expected = compiled(start, (1, 1), 4)
    others, other = compiled(start, (1, 1), 4)
    assert differing(expected, other) == [] and same_bits(tables, others) == []
    others.practices["trust"][0, 0] = np.nextafter(others.practices["trust"][0, 0], 2.0)
    other[1, 0, 0] = -other[1, 0, 0]
    assert same_bits(tables, others) == ["practices.trust"]
    assert differing(expected, other) == [NAMES[0]]


def test_one_and_two_threads_agree() -> None:
    start = start_of(2)
    seeds = [(s, p) for s in range(4) for p in range(2)]
    recording = Recording(20, 80, True)
    one = run_many(start, seeds, recording, threads=1)
    two = run_many(start, seeds, recording, threads=2)
    alone = [run(start, pair, recording) for pair in seeds]
    for a, b, c in zip(one, two, alone, strict=True):
        assert isinstance(a, np.ndarray) and isinstance(b, np.ndarray)
        assert a.tobytes() == b.tobytes() == c.tobytes()
    # Seeds matter, in the order they were given in.
    assert len({c.tobytes() for c in alone}) == len(seeds)


def test_a_yearly_recording_gives_the_years_of_a_quarterly_one() -> None:
    start, seeds = start_of(10, regime="plus-practices"), [(1, 1), (2, 2)]
    # From a third quarter to a second: years that are not whole are left out.
    every, less = (Recording(38, 77, True, only) for only in (False, True))
    for whole, part in zip(
        run_many(start, seeds, every), run_many(start, seeds, less), strict=True
    ):
        assert not isinstance(whole, RunFailed) and not isinstance(part, RunFailed)
        assert yearly(whole, 38)[0].tobytes() == yearly(part, 38)[0].tobytes()
        assert whole.tobytes() != part.tobytes()  # less was measured


def test_engines_in_one_process_do_not_disturb_each_other() -> None:
    start = start_of(1, ticks=16)
    before = compiled(start, (1, 1), 16)[1]
    CareModel(start, seed=1, engine="python").step()
    after = compiled(start, (1, 1), 16)[1]
    assert before.tobytes() == after.tobytes()


SCRIPT = """
import hashlib, sys
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests"]
import numba
assert numba.config.DISABLE_JIT
import numpy as np
from support import start_of
from sim.engines.model import CareModel
from sim.measure.outcomes import NAMES
start = start_of(1, "design:bundled/practice/two-part", switch="2010Q1", ticks=32)
model = CareModel(start, seed=7, population_seed=8, engine="python")
rows = np.zeros(len(start.practices), np.int64)
out = np.zeros((32, 2, len(NAMES)))
for tick in range(32):
    model.step()
    model.measure(tick, rows, out[tick])
print(hashlib.sha256(out.tobytes()).hexdigest())
"""


def test_compilation_off_gives_the_same_bits() -> None:
    start = start_of(1, "design:bundled/practice/two-part", switch="2010Q1", ticks=32)
    _, expected = compiled(start, (7, 8), 32)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(ROOT)],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == hashlib.sha256(expected.tobytes()).hexdigest()
