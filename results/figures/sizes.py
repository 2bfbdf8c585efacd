"""How large organisations are at the end of a few years, a point for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator
from numpy.typing import NDArray

from results.figures.panels import plain_numbers, say_empty
from results.figures.style import INK, PALE, PALETTE, SMALL, TEXT, Heading, finish, sheet, styled
from results.statistics.reduce import KEY_YEARS, alive, first_run
from results.store.schema import year_of
from results.words.figures import say
from results.words.numbers import number

OBSERVED_SIZES = (6_000, 430_000)
"""Smallest and largest organisation in 2014 (F006, S1 4.1.2), registered patients."""
FEW = 12
"""Organisations of a year that stand on one line, where two of a size are one darker point."""


@styled
def size_distribution(
    organisations: pd.DataFrame,
    dates: Sequence[int] = KEY_YEARS,
    name: str = "",
    *,
    language: str = "en",
) -> Figure:
    """Draw registered patients per organisation at the end of a few years.

    Args:
        organisations: rows per organisation and tick; the first run is drawn.
        dates: years; those that were not recorded are left out.
        name: run and regime, in the footnote.
        language: ``en`` or ``nl``.
    """
    run = first_run(organisations)
    frame = alive(run.assign(year=year_of(run["tick"])))
    present = [year for year in dates if (year_of(run["tick"]) == year).any()]
    low, high = OBSERVED_SIZES
    figure = sheet(0.7 + 0.62 * max(len(present), 1))
    axes = figure.subplots()
    observed = [number(size, language) for size in OBSERVED_SIZES]
    note = say("sizes note", language, low=observed[0], high=observed[1])
    heading = Heading(say("sizes", language), note, name, language)
    if not present:
        years = ", ".join(map(str, dates))
        say_empty(axes, say("none of the years", language, years=years))
        return finish(figure, heading)
    axes.axvspan(low, high, color=PALE, zorder=0, linewidth=0)
    axes.set_xscale("log")
    last = frame.groupby("year")["tick"].transform("max")
    ends = frame[(frame["tick"] == last) & (frame["patients"] > 0)]
    _draw_sizes(axes, ends, present)
    for place, year in enumerate(present):
        sizes = ends.loc[ends["year"] == year, "patients"].to_numpy(dtype=float)
        axes.annotate(
            _count(sizes, language),
            (1.01, place),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=SMALL,
            annotation_clip=False,
        )
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 3.0), numticks=7))
    axes.xaxis.set_minor_locator(NullLocator())
    plain_numbers(axes, x=True, language=language)
    axes.set_xlim(*_limits(frame["patients"], low, high))
    axes.set_yticks(range(len(present)), [str(year) for year in present])
    axes.set_ylim(len(present) - 0.5, -0.5)
    axes.set_xlabel(say("sizes axis", language))
    axes.set_ylabel(say("end of year", language))
    axes.tick_params(axis="y", labelsize=TEXT)
    axes.grid(axis="y", visible=False)
    return finish(figure, heading)


def _count(sizes: NDArray[np.float64], language: str) -> str:
    """Return how many organisations there are, and their mean size."""
    if not len(sizes):
        return say("no organisations", language)
    several = "one organisation" if len(sizes) == 1 else "organisations"
    heads = say(several, language, count=number(len(sizes), language))
    return f"{heads}\n{say('mean size', language, mean=number(sizes.mean(), language))}"


def _draw_sizes(axes: Axes, ends: pd.DataFrame, present: Sequence[int]) -> None:
    """Draw a row of points per year, side by side, and their median; many points are small."""
    shown = ends[ends["year"].isin(list(present))]
    if shown.empty:
        return
    many = int(shown["year"].value_counts().max())
    look: dict[str, Any] = {
        "color": PALETTE[0], "alpha": 0.8 if many > FEW else 0.5, "edgecolor": "white",
        "linewidth": 0.3, "zorder": 3,
    }  # fmt: skip
    if many > FEW:
        import seaborn as sns  # here: it brings half of SciPy along, which short runs wait for

        years = shown["year"].astype(str)
        sns.swarmplot(
            x=shown["patients"].astype(float), y=years, order=[str(year) for year in present],
            orient="h", size=min(5.0, 5.0 * (60 / many) ** 0.5),
            warn_thresh=1.0, ax=axes, **look,
        )  # fmt: skip
    else:
        for place, year in enumerate(present):
            sizes = shown.loc[shown["year"] == year, "patients"]
            axes.scatter(sizes, np.full(len(sizes), place), s=5.0**2, **look)
    for one, middle in shown.groupby("year")["patients"].median().items():
        place = present.index(int(str(one)))
        axes.plot([middle, middle], [place - 0.36, place + 0.36], color=INK, linewidth=2.2,
                  zorder=2)  # fmt: skip


def _limits(patients: pd.Series, low: float, high: float) -> tuple[float, float]:
    sizes = patients[patients > 0]
    least = min(low, float(sizes.min())) if len(sizes) else low
    most = max(high, float(sizes.max())) if len(sizes) else high
    return least / 1.5, most * 1.5
