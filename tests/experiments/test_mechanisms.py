"""The catalogue of mechanisms: every contrast can be run, and its table says what was measured."""

from __future__ import annotations

import numpy as np
import pytest

import experiments.mechanisms as module
from experiments.mechanisms import (
    BEGIN,
    END,
    Bench,
    Contrast,
    Effect,
    contrasts,
    effect_of,
    stands,
    table,
)
from experiments.runs.scenario import Scenario
from sim.measure.outcomes import NAMES


@pytest.mark.parametrize("contrast", contrasts(), ids=lambda c: c.name)
def test_both_sides_of_a_contrast_are_scenarios_that_differ(contrast: Contrast) -> None:
    sides = [
        Scenario(contrast.region, contrast.regime, settings=contrast.plain, end="2030Q4"),
        Scenario(
            contrast.region,
            contrast.other or contrast.regime,
            settings=contrast.changed,
            end="2030Q4",
        ),
    ]
    assert len({side.id for side in sides}) == 2
    assert bool(contrast.other) != bool(contrast.changed)


def test_names_and_measures_are_told_apart() -> None:
    names = [contrast.name for contrast in contrasts()]
    assert len(set(names)) == len(names) > 20
    assert {m.outcome for m in module.MEASURES} <= set(NAMES)


def test_what_a_contrast_is_measured_by_besides() -> None:
    more = [measure for contrast in contrasts() for measure in contrast.more()]
    assert len(more) >= 3
    for measure in more:
        assert measure.outcome in NAMES and 2006 <= measure.first <= measure.last <= 2030
    frozen = Contrast(
        "practices choose", "(e)", changed=("decide.practice=false",), also=("coverage@2020-2022",)
    )
    line = table(Bench(3, "synthetic:2:1"), [frozen])[2]
    assert "`decide.practice=false`; `coverage` 2020-2022: " in line


def test_an_interval_is_that_of_student() -> None:
    # Differences 1, 2, 3: mean 2, sd 1; t(2, .975) = 4.302653, so half is 4.302653 / sqrt(3).
    effect = effect_of(np.array([1.0, 2.0, 3.0]))
    assert effect.mean == 2.0
    assert (effect.low, effect.high) == pytest.approx((2 - 2.484138, 2 + 2.484138), abs=1e-6)
    assert not effect.clear
    assert effect_of(np.array([1.0, 1.1, 0.9])).clear


def test_the_chance_of_an_effect_is_that_of_student() -> None:
    # Mean 2 over an error of 1/sqrt(3): t = 3.4641 with 2 degrees of freedom, two-sided .07418.
    assert effect_of(np.array([1.0, 2.0, 3.0])).chance == pytest.approx(0.0741799, abs=1e-6)
    assert effect_of(np.array([0.0, 0.0, 0.0])).chance == 1.0
    assert effect_of(np.array([1.0, 1.0, 1.0])).chance == 0.0


def test_of_many_effects_fewer_stand_than_leave_zero_out() -> None:
    # 20 effects of noise and one of 1: by chance some intervals leave zero out.
    noise = np.random.default_rng(4).normal(size=(400, 30))
    many = [effect_of(row) for row in noise] + [effect_of(1.0 + noise[0] / 10.0)]
    firm = stands(many)
    assert many[-1] in firm
    assert len(firm) < 4 < sum(effect.clear for effect in many)
    # .01, .02 and .04 of three: held shares .03, .03 and .04, so all stand; with .2 more, .0533.
    three = [Effect(1.0, 0.5, 1.5, chance) for chance in (0.01, 0.02, 0.04)]
    assert stands(three) == set(three)
    assert stands([*three, Effect(0.0, -1.0, 1.0, 0.2)]) == set(three[:2])
    assert stands([]) == set()


def test_the_table_shows_what_moves(capsys: pytest.CaptureFixture[str]) -> None:
    frozen = Contrast("practices choose", "(e)", changed=("decide.practice=false",))
    same = Contrast("nothing", "", changed=("choice.money=0.15",))
    lines = table(Bench(3, "synthetic:2:1"), [frozen, same])
    assert len(lines) == 4 and lines[2].startswith("| practices choose | (e) |")
    assert "+0 (+0, +0)" in lines[3] and "**" not in lines[3]
    capsys.readouterr()


def test_the_page_has_room_for_the_table() -> None:
    text = module.PAGE.read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    # Heading, and one row for each contrast of the catalogue, in its order.
    assert [row.split(" | ")[0].strip("| ") for row in rows[1:]] == [c.name for c in contrasts()]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["mergrs"], "Did you mean 'mergers'?"),
        (["--replicates", "1"], "2 or more"),
        (["mergers", "--write"], "no words"),
        (["mergers", "--region", "unicun"], "Did you mean 'unicum'?"),
    ],
)
def test_bad_input_is_explained_before_work(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = module.PAGE.read_bytes()
    assert module.main(arguments) == 2
    shown = capsys.readouterr()
    assert says in shown.err and shown.err.startswith("regiosim: ") and "Traceback" not in shown.err
    assert module.PAGE.read_bytes() == before
