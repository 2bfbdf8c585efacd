"""The n-th smallest of some values, against sorting them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.sorting import nth_smallest

values = st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75]) | st.floats(-1e6, 1e6), min_size=1)


@given(values, st.data())
@settings(max_examples=300, deadline=None)
def test_it_is_what_sorting_puts_there(given_values: list[float], data: st.DataObject) -> None:
    count = data.draw(st.integers(1, len(given_values)))
    n = data.draw(st.integers(0, count - 1))
    for rule in (nth_smallest, nth_smallest.py_func):
        row = np.array(given_values)
        assert rule(row, count, n) == sorted(given_values[:count])[n]
        # It moves values about, and makes or loses none; what comes after is not its own.
        assert sorted(row[:count]) == sorted(given_values[:count])
        assert list(row[count:]) == given_values[count:]
