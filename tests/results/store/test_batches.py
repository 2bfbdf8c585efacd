"""Batches: what was put into one comes out of it."""

from __future__ import annotations

import numpy as np

from results.store.batches import Kept, Label, batch_table, kept_in, to_bytes


def test_runs_go_through_a_batch_unchanged() -> None:
    draw = np.random.default_rng(1)
    values = draw.normal(size=(2, 3, 2))
    values[1, 1, 1] = np.nan
    ticks = np.array([3, 7])
    runs = [
        Kept(4, "a", 1, 1, (2**63 - 1, 0), ticks, ["all", "GM1", "GM2"], values),
        Kept(5, "b", 1, 2, (2, 3), np.zeros(0, np.int64), [], None, "2009Q1: no room"),
        Kept(6, "c", 2, 1, (1, 1), ticks[:1], ["all"], values[:1, :1]),
    ]
    label = Label("x", 0, 3)
    table = batch_table(runs, ["trust", "hhi"], label)
    back = kept_in(table)
    assert [one[:5] for one in back] == [one[:5] for one in runs]
    assert [list(one.scopes) for one in back] == [list(one.scopes) for one in runs]
    assert [one.ticks.tolist() for one in back] == [one.ticks.tolist() for one in runs]
    assert back[1].values is None and back[1].reason == "2009Q1: no room"
    for k in (0, 2):
        assert np.array_equal(back[k].values, runs[k].values, equal_nan=True)
    assert to_bytes(batch_table(back, ["trust", "hhi"], label)) == to_bytes(table)
