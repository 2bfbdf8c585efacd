"""Numbers on the axis of a factor do not lie over one another."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from results.figures.factor import _factor_axis
from results.figures.panels import grid
from results.figures.style import styled
from results.statistics.effects import Axis


@pytest.mark.parametrize(
    "places",
    [
        (25_000, 50_000, 100_000, 150_000, 200_000),
        (0.1, 0.2, 0.3),
        (1_000_000, 2_000_000, 2_100_000),
        (1, 3, 5, 8),
    ],
)
def test_numbers_of_a_factor_stand_apart(places: tuple[float, ...]) -> None:
    at = np.array(places, dtype=float)
    axis = Axis(
        "threshold", "insured", tuple(map(str, places)), at, np.zeros(1, dtype=np.int64),
        False, False, False,
    )  # fmt: skip

    @styled
    def draw() -> list[tuple[float, float]]:
        figure, panels = grid(2, shared=False)
        for axes in panels:
            axes.plot(at, at)
            _factor_axis(axes, axis, True, "nl")
        FigureCanvasAgg(figure).draw()
        boxes = [one.get_window_extent() for one in panels[0].get_xticklabels() if one.get_text()]
        low, high = panels[0].get_window_extent().intervalx
        return [(b.x0, b.x1) for b in boxes if low - 1 <= (b.x0 + b.x1) / 2 <= high + 1]

    shown = sorted(draw())
    assert shown
    assert all(one[1] < two[0] for one, two in zip(shown, shown[1:], strict=False)), shown
