"""One kernel runs batches, single runs, and single quarters that go on where the last one ended."""

from __future__ import annotations

import numpy as np
from support import same_bits, start_of

from sim.engines.compiled import (
    Batch,
    Recording,
    advance,
    batch_of,
    blank_series,
    fresh,
    populate,
    reset,
    run,
    run_batch,
)


def test_one_kernel_runs_a_batch_as_it_runs_each_alone() -> None:
    start, seeds = start_of(2), np.array([(s, 7) for s in (3, 1, 2)])
    tables, rows = fresh(start), np.zeros(len(start.practices), np.int64)
    batch = batch_of(40, 47, run=1)  # the first is skipped: the batch says where to begin
    out = np.stack([blank_series(tables, Recording(40, 47, False)) for _ in seeds])
    assert run_batch(tables, start, seeds, batch, rows, out) == -1
    assert batch[Batch.RUN] == 3 and not out[0].any()
    for k in (1, 2):
        pair = (int(seeds[k, 0]), int(seeds[k, 1]))
        assert out[k].tobytes() == run(start, pair, Recording(40, 47, False)).tobytes()
    # The tables are those of the last run of the batch, books and all.
    alone = fresh(start)
    reset(alone, start, (2, 7))
    batch = batch_of(40, 47)
    assert run_batch(alone, start, seeds[2:], batch, rows, out[:1]) == -1
    assert same_bits(tables, alone) == []


def test_a_run_goes_on_where_its_quarters_ended() -> None:
    start, pair = start_of(2), (2, 7)
    whole = run(start, pair, Recording(40, 47, False))
    tables, rows = fresh(start), np.zeros(len(start.practices), np.int64)
    populate(tables, start, pair)
    for tick in range(40):
        advance(tables, tick)
    rest = np.zeros_like(whole)[None]
    seeds = np.array([(9, 9)])  # without effect: the seeds are in the tables
    assert run_batch(tables, start, seeds, batch_of(40, 47, since=40), rows, rest) == -1
    assert rest[0].tobytes() == whole.tobytes()
