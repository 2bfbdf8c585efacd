"""What holds, what is emergent and of what, on made-up runs with known answers."""

from __future__ import annotations

import math

import numpy as np
from made_claims import CHANGE, MADE, MORE, NUMBER, SIZE, MadeField, bench

from experiments.emergence.groups import Arm, grouped, level_of
from experiments.emergence.hypercube import Decided, Robust
from experiments.emergence.judging import Bench, beyond
from experiments.emergence.registry import AS_IT_IS
from experiments.emergence.sentences import (
    about,
    conclusion,
    of_levels,
    of_nulls,
    of_turned,
    summary,
)
from results.statistics.parts import Parts
from results.statistics.shares import Share
from sim.measure.outcomes import NAMES


def level(regime: str, world: str, outcome: str) -> float:
    """Size 300, 100 without weights; a route that adds .3 to coverage, but not without taste."""
    if outcome == "organisation_size_weighted":
        return {"no weights": 100.0, "no mergers": 150.0}.get(world, 300.0)
    if outcome == "effective_organisations":
        return 5.0
    if outcome == "coverage":
        return 0.2 + (0.3 if regime == "second" and world != "no taste" else 0.0)
    return 0.0


def of(found: Bench, name: str) -> int:
    return [one.claim.name for one in found.judged].index(name)


def test_a_pattern_that_needs_weights_is_emergent_of_them_alone() -> None:
    found = bench(level)
    size = found.judged[of(found, "size")]
    assert found.holds(size) and size.beyond.hits == size.beyond.of == 40
    assert found.made_of(size) == ["weights"]
    assert found.verdict(size) == "in part: of weights"
    assert of_nulls(found, size) == (
        "Null models: it is gone with *no weights* (-200); the null gives the same with "
        "*random mergers*."
    )
    # Without mergers it is 150, below the 200 that were asked; the ablation is no null model.
    gone = [r.world.name for r in size.readings if not found.holds(size, r.there)]
    assert gone == ["no weights", "no mergers"]


def test_a_pattern_out_of_its_range_does_not_hold() -> None:
    found = bench(level)
    assert found.verdict(found.judged[of(found, "number")]) == "does not hold"


def test_a_contrast_that_every_null_gives_too_is_not_emergent() -> None:
    found = bench(level)
    more = found.judged[of(found, "more")]
    assert found.verdict(more) == "the null gives the same"
    assert abs(more.here.mean - 0.3) < 0.01
    (rival,) = more.of_role("rival")
    assert not found.holds(more, rival.there) and found.differs(rival)
    # No difference of designs: not told from zero, whatever the threshold.
    assert found.verdict(found.judged[of(found, "number moves")]) == "does not hold"


def test_all_nulls_apart_is_emergent() -> None:
    def apart(regime: str, world: str, outcome: str) -> float:
        return 300.0 if world in ("as it is", "no taste") else 100.0

    found = bench(apart)
    assert found.verdict(found.judged[of(found, "size")]) == "emergent"


def test_a_null_that_gives_more_of_it_makes_nothing_emergent() -> None:
    def more(regime: str, world: str, outcome: str) -> float:
        if outcome == "coverage":
            return (0.5 if world == "no weights" else 0.2) if regime == "second" else 0.0
        return {"no weights": 400.0, "random mergers": 250.0}.get(world, 300.0)

    found = bench(more)
    route, size = (found.judged[of(found, name)] for name in ("more", "size"))
    assert found.differs(route.readings[0]) and not found.against(route, route.readings[0])
    assert found.verdict(route) == "the null gives the same, or more"
    assert of_nulls(found, route).startswith("Null models: there is more of it with *no weights*")
    # Of a size of at least 200 the 250 of random mergers is less, and within the range.
    assert found.verdict(size) == "in part: of partners"
    assert "it holds, but is weaker, with *random mergers* (-" in of_nulls(found, size)


def test_sentences_say_what_the_numbers_say() -> None:
    found = bench(level)
    points = Robust(SIZE, None, Share(9, 10, 0.6, 1.0), Share(10, 10, 0.7, 1.0))
    text = about(found, found.judged[of(found, "size")], points)
    assert text.startswith("**size** holds (300 thousand patients, asked: at least 200).")
    assert "It is gone in *no mergers* (ablation). No rival takes it away." in text
    assert text.endswith("in its range in 9 of 10 (60-100%) of points, on the same side of "
                         "*no weights* in 10 of 10 (70-100%).")  # fmt: skip
    signs = Robust(MORE, Share(5, 10, 0.2, 0.8), Share(4, 10, 0.1, 0.7), None)
    text = about(found, found.judged[of(found, "more")], signs)
    assert "Null models: the null gives the same with *no weights* and *random mergers*." in text
    assert "It is gone in *no taste* (rival)." in text and "the sign holds in 5 of 10" in text
    text = about(found, found.judged[of(found, "number moves")], signs._replace(claim=CHANGE))
    assert "does not hold" in text and "not told from zero" in text
    assert "Of 4 claims 2 hold and 2 do not" in summary(found)
    assert "0 are emergent" in summary(found) and "1 are so in part" in summary(found)
    assert "weaker in some (size); 1 are not, weaker in none (more)" in summary(found)


def test_what_decides_is_said_or_that_it_is_chance() -> None:
    moved = bench(level)
    none = Parts(0.0, 0.1, 0.0, 0.9)
    scale = Decided(SIZE.outcome, SIZE.name, SIZE.unit, none, [], [])
    assert conclusion(scale, moved) == (
        "It moves most in *no weights* and *no mergers*; not with payment."
    )
    number = Decided(NUMBER.outcome, NUMBER.name, NUMBER.unit, none, [], [])
    assert conclusion(number, moved) == "Nothing that was tried decides it: it is chance."
    assumed = number._replace(parts=Parts(0.0, 0.7, 0.0, 0.3))
    assert conclusion(assumed, moved) == "No one thing that was tried decides it."
    paid = number._replace(parts=Parts(0.3, 0.1, 0.0, 0.6))
    assert conclusion(paid, moved) == "It moves with payment."


def test_thresholds_of_patterns_grow_with_people_where_bodies_are_counted() -> None:
    many = NUMBER._replace(counts=True)
    assert beyond(many, np.array([3.0, 14.0, 16.0]), 5.0).tolist() == [True, True, False]
    assert beyond(NUMBER, np.array([3.0, 14.0]), 5.0).tolist() == [True, False]
    assert many.asked(5.0) == "at most 15" and MORE.asked() == "+0.1 or more"


def test_effects_are_those_of_pairs_in_one_group() -> None:
    # Of 40 runs one in ten has no contract, and there the route takes .1; it adds .2 elsewhere.
    lonely = np.arange(40) % 10 == 0

    class Two(MadeField):
        def values(self, regime: str, world: object = AS_IT_IS) -> np.ndarray:
            out = super().values(regime)
            add = np.where(lonely, -0.1, 0.2) if regime == "second" else np.zeros(40)
            out[:, :, NAMES.index("coverage")] = 0.5 + 0.01 * np.arange(40)[:, None] + add[:, None]
            for name in ("eligible_share", "regional_contract_share"):
                out[:, :, NAMES.index(name)] = np.where(lonely, 0.2, 0.9)[:, None]
            return out

    field = Two(level)
    arms = (Arm("first", AS_IT_IS), Arm("second", AS_IT_IS))
    found = grouped(field, MADE, MORE, arms)  # type: ignore[arg-type]
    assert (found.held[0].hits, found.within.pairs, found.without.pairs) == (36, 36, 4)
    assert found.apart == 0
    assert found.within.effect is not None and math.isclose(found.within.effect.mean, 0.2)
    assert found.without.effect is not None and math.isclose(found.without.effect.mean, -0.1)
    # Over all pairs +.17: the sign turns in the group of four.
    assert found.every.effect is not None and math.isclose(found.every.effect.mean, 0.17)
    assert found.turned() == ["without"]
    assert of_turned([found]) == (
        "Within a group the sign turns, told from zero, of more (without a contract)."
    )
    text = of_levels([level_of(field, MADE, SIZE)])  # type: ignore[arg-type]
    assert "In 36 of 40 runs" in text and "a rare group, which a mean hides" in text
