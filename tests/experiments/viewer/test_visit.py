"""A visit of the viewer, without the viewer: what is chosen, what is run, what is drawn."""

from __future__ import annotations

import gc
import shlex
import weakref

import pytest

from experiments.runs.run import run
from experiments.runs.scenario import Scenario
from experiments.viewer.choices import LEVERS, STEPS, Choices
from experiments.viewer.drawn import outcomes_so_far, region_now
from experiments.viewer.visit import SHOWN, Viewed, Visit
from results.figures.style import texts
from sim.errors import BadInput

TOWN = Choices("synthetic:2:1", seed=3)
AUTONOMY, ECONOMIES = LEVERS[0], LEVERS[3]


def stepped(choices: Choices, quarters: int) -> Viewed:
    model = Visit(choices).begin()
    for _ in range(quarters):
        model.step()
    return model


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.parameter)
def test_a_lever_holds_its_default_and_reaches_both_plausible_ends(lever) -> None:  # type: ignore[no-untyped-def]
    declared = lever.declared
    assert declared.least < declared.value < declared.most
    assert declared.least + STEPS * lever.step == pytest.approx(declared.most)
    assert TOWN.value(lever) == declared.value
    for asked, held in ((-1e9, declared.least), (1e9, declared.most)):
        assert TOWN.moved(lever, asked).value(lever) == pytest.approx(held, rel=1e-8)
    # Back where it was, it is as if it had never been moved.
    assert TOWN.moved(lever, declared.most).moved(lever, float(declared.value)) == TOWN


def test_a_change_shows_the_run_that_its_command_makes_to_the_bit() -> None:
    visit = Visit(TOWN)
    first = visit.begin()
    for _ in range(3):
        first.step()
    choices = TOWN.moved(ECONOMIES, 0.6).moved(AUTONOMY, 2.0)
    model = visit.change(choices, 40)
    assert model.tick == 40 and visit.model is model and visit.choices == choices
    words = shlex.split(choices.command())
    said = dict(zip(words[2::2], words[3::2], strict=True))
    assert said["--regime"] == TOWN.regime and words.count("--set") == 2
    settings = [word for at, word in enumerate(words) if words[at - 1] == "--set"]
    scenario = Scenario(
        said["--region"], said["--regime"], settings=settings, seed=int(said["--seed"]),
        start="2006Q1", end="2015Q4",
    )  # fmt: skip
    series = run(scenario).series
    whole = series[series["scope"] == "all"].pivot(index="tick", columns="outcome", values="value")
    for name in SHOWN:
        assert model.outcomes[name].to_numpy().tobytes() == whole[name].to_numpy().tobytes()


def test_a_folder_with_a_space_is_one_word_of_the_command() -> None:
    assert shlex.split(Choices("my regions/one").command())[3] == "my regions/one"


def test_what_was_before_a_change_is_kept_whole_and_drawn_beside_it() -> None:
    visit = Visit(TOWN)
    lines = [len(axes.get_lines()) for axes in outcomes_so_far(visit.begin()).axes]
    assert lines == [1] * len(SHOWN) and visit.before is None
    model = visit.change(TOWN.moved(ECONOMIES, 0.5), 12)
    assert visit.before is not None
    assert visit.before.equals(stepped(TOWN, 100).outcomes)
    for axes in outcomes_so_far(model).axes:
        before, now = axes.get_lines()
        assert (len(before.get_xdata()), len(now.get_xdata())) == (100, 12)
        assert now.get_xdata()[-1] == 2009.0


def test_a_run_ends_where_its_policy_does() -> None:
    model = stepped(TOWN, 99)
    assert model.running
    model.step()
    assert not model.running
    assert Visit(TOWN).change(TOWN, 1000).tick == 100


def test_choices_that_cannot_be_run_leave_everything_as_it_was() -> None:
    visit = Visit(TOWN)
    model = visit.begin()
    for wrong in (Choices(TOWN.region, seed=-1), Choices("nowhere"), Choices(regime="none")):
        with pytest.raises(BadInput):
            visit.change(wrong, 4)
    assert (visit.model, visit.choices, visit.before) == (model, TOWN, None)


def test_visits_have_nothing_in_common() -> None:
    one, other = Visit(TOWN), Visit(TOWN)
    first, second = one.begin(), other.begin()
    before = second.rows("practices").tobytes()
    for _ in range(8):
        first.step()
    assert second.tick == 0 and second.rows("practices").tobytes() == before
    one.change(TOWN.moved(AUTONOMY, 1.0), 4)
    assert other.choices == TOWN and other.model is second


def test_a_run_that_is_no_longer_shown_is_let_go() -> None:
    visit = Visit(TOWN)
    models = [weakref.ref(visit.begin())]
    models.append(weakref.ref(visit.change(TOWN.moved(AUTONOMY, 1.0), 4)))
    models.append(weakref.ref(visit.begin()))
    gc.collect()
    assert [model() is None for model in models] == [True, True, False]


def test_organisations_keep_their_number_while_they_live() -> None:
    model = Visit(Choices()).begin()
    before: dict[int, int] = {}
    appeared = 0
    for _ in range(80):
        model.step()
        now = model.places
        assert len(set(now.values())) == len(now)
        assert all(now[row] == place for row, place in before.items() if row in now)
        appeared += len(set(now) - set(before))
        before = dict(now)
    assert appeared > len(before) > 1
    figure = region_now(model)
    assert f"{len(before)} organisations" in texts(figure)[0]
    numbers = {text.get_text() for text in figure.axes[0].texts}
    assert {str(place + 1) for place in before.values()} <= numbers
