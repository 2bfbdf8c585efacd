"""Numbers on the axis of a factor do not lie over one another."""

from __future__ import annotations

import numpy as np
import pytest
from made_runs import WORDS
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from results.figures.factor import _factor_axis
from results.figures.panels import grid
from results.figures.style import styled
from results.figures.sweep import groups_seen
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
    def draw() -> Figure:
        figure, panels = grid(2, shared=False)
        for axes in panels:
            axes.plot(at, at)
            _factor_axis(axes, axis, True, "nl")
        return figure

    assert stand_apart(draw())


@pytest.mark.parametrize("scale", [1.0, 1e-4, 1e3])
def test_numbers_below_two_groups_stand_apart(scale: float) -> None:
    values = np.array([155.0, 200.0, 240.0, 245.0, 380.0, 440.0]) * scale
    samples = [("trust", "point 1", values, 300.0 * scale)] * 2
    assert stand_apart(groups_seen(samples, WORDS, "sweep", language="en"))


def stand_apart(figure: Figure) -> bool:
    """Say whether numbers below the first panel of a figure stand side by side, two or more."""
    FigureCanvasAgg(figure).draw()
    panel = figure.axes[0]
    boxes = [one.get_window_extent() for one in panel.get_xticklabels() if one.get_text()]
    low, high = panel.get_window_extent().intervalx
    shown = sorted((b.x0, b.x1) for b in boxes if low - 1 <= (b.x0 + b.x1) / 2 <= high + 1)
    gaps = [two[0] - one[1] for one, two in zip(shown, shown[1:], strict=False)]
    return len(shown) > 1 and min(gaps) > 0.0
