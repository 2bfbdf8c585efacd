"""What a figure looks like does not hang on the last bit of where its panels stand."""

from __future__ import annotations

import pytest
from made_figures import made_figure
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.transforms import Bbox

from results.figures.drawing import picture_of


def test_the_last_bit_of_a_place_moves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    first = picture_of(made_figure("groups", "Q", "en"))
    real, shaken = ConstrainedLayoutEngine.execute, []

    def shake(engine: ConstrainedLayoutEngine, figure: Figure) -> None:
        real(engine, figure)
        for panel in figure.axes:
            box = panel.get_position(original=True)
            shaken.append(box)
            panel.set_position(Bbox(box.get_points() + 2.0**-50))

    monkeypatch.setattr(ConstrainedLayoutEngine, "execute", shake)
    again = picture_of(made_figure("groups", "Q", "en"))
    assert shaken and again == first
    monkeypatch.setattr("results.figures.drawing.PLACES", 20)
    assert picture_of(made_figure("groups", "Q", "en")).svg != first.svg
