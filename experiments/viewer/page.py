"""The page of the viewer: Mesa's SolaraViz, with sliders that act at once. Needs the extra ``viz``.

``regiosim view`` serves it (``experiments.viewer.serve``). Nothing of a visit is kept at the level
of the module: that would be one model for all visitors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara
from mesa.visualization import SolaraViz
from mesa.visualization.utils import update_counter

from experiments.viewer.choices import LEVERS, Choices, Lever, regimes, regions
from experiments.viewer.drawn import outcomes_so_far, region_now
from experiments.viewer.visit import Viewed, Visit
from results.words.shown import DISCLAIMER
from sim.engines.compiled import RunFailed
from sim.errors import BadInput

# Mesa's own card of parameters is left empty, as what stands there acts only after Reset.
# There is one page of figures, so Mesa's row of pages is left out.
STYLE = """
.v-card:has(> .v-card__text > .v-sheet:empty) { display: none; }
.v-tabs { display: none !important; }
.v-navigation-drawer .v-select .v-text-field__details { display: none; }
.regiosim-lever { font-size: 13px; }
.regiosim-small { font-size: 12px; color: #5a666d; overflow-wrap: anywhere; }
"""
Change = Callable[[Callable[[Choices], Choices]], None]
"""Takes what makes other choices of those that stand: what was drawn may be older than they."""


@solara.component
def Page() -> None:
    """Show one visitor's run; visit and model are made once for each visitor."""
    visit = solara.use_memo(Visit, [])
    first = solara.use_memo(visit.begin, [])
    model = solara.use_reactive(first)
    problem = solara.use_reactive("")
    solara.use_effect(lambda: visit.leave, [])

    def change(altered: Callable[[Choices], Choices]) -> None:
        try:
            model.value = visit.change(altered(visit.choices), model.value.tick)
        except (BadInput, RunFailed) as error:
            problem.value = str(error)
        else:
            problem.value = ""

    solara.Title("regiosim")
    solara.Style(STYLE)
    SolaraViz(
        model,
        components=[(RegionNow, 0), (OutcomesSoFar, 0)],
        model_params={"visit": visit},
        name="regiosim",
    )
    Panel(model.value.choices, change, problem.value)


@solara.component
def Panel(choices: Choices, change: Change, problem: str) -> None:
    """Offer what can be chosen; a change makes the run anew up to the quarter that is shown."""
    with LowInSidebar():
        with solara.Card("Choices"), solara.Column(gap="4px"):
            solara.Div(["A change runs 2006 up to this quarter anew."], classes=["regiosim-small"])
            solara.Select(
                "Region", regions(choices.region), choices.region,
                on_value=lambda name: change(lambda now: replace(now, region=name)),
            )  # fmt: skip
            solara.Select(
                "Regime", regimes(), choices.regime,
                on_value=lambda name: change(lambda now: replace(now, regime=name)),
            )  # fmt: skip
            solara.InputInt(
                "Seed", choices.seed,
                on_value=lambda seed: change(lambda now: replace(now, seed=seed)),
            )  # fmt: skip
            for lever in LEVERS:
                Slider(lever, choices, change).key(lever.parameter)
            if problem:
                solara.Error(problem)
            solara.Div([f"The same run: {choices.command()}"], classes=["regiosim-small"])
            solara.Div([DISCLAIMER], classes=["regiosim-small"])


@solara.component
def LowInSidebar(children: list[Any] | None = None) -> None:
    """Put children below Mesa's controls: Solara sorts a sidebar by how deep its parts stand."""
    with solara.Sidebar():
        solara.Column(children=children or [])


@solara.component
def Slider(lever: Lever, choices: Choices, change: Change) -> None:
    """Offer the plausible range of a lever; it acts where it is let go, or at each arrow key."""
    declared, value = lever.declared, choices.value(lever)
    about = f"{lever.parameter}: {declared.text} ({declared.unit}); source: {declared.source}"
    with solara.Tooltip(about):
        solara.Text(f"{lever.label}: {value:.4g}", classes=["regiosim-lever"])
    slider = solara.v.Slider(
        v_model=value, min=declared.least, max=declared.most, step=lever.step,
        thumb_label=True, hide_details=True, attributes={"aria-label": lever.parameter},
    )  # fmt: skip
    # Not on_v_model: that comes for each point a slider passes, and every one would be run.
    solara.v.use_event(
        slider, "change", lambda widget, event, to: change(lambda now: now.moved(lever, float(to)))
    )


@solara.component
def RegionNow(model: Viewed) -> None:
    """Show the map, drawn anew after each step."""
    update_counter.get()
    _figure(region_now(model))


@solara.component
def OutcomesSoFar(model: Viewed) -> None:
    """Show the outcomes, drawn anew after each step."""
    update_counter.get()
    _figure(outcomes_so_far(model))


def _figure(figure: Any) -> None:
    solara.FigureMatplotlib(figure, format="png", dpi=110)
