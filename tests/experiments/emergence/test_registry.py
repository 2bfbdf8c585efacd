"""The registry can be run, covers what is asked, and the page is what it says."""

from __future__ import annotations

import re

import numpy as np
import pytest

import experiments.emergence.__main__ as module
from experiments.emergence.field import END, Field, Place
from experiments.emergence.hypercube import cells_of, robust, run_cube, sampled, value_at
from experiments.emergence.registry import AS_IT_IS, ROLES, Claim, World, registry
from experiments.runs.scenario import Scenario
from sim.measure.outcomes import NAMES

WHAT = registry()


@pytest.mark.parametrize("world", WHAT.worlds, ids=lambda world: world.name)
def test_a_world_is_a_scenario_unlike_the_model_as_it_is(world: World) -> None:
    for family in WHAT.families.values():
        if not world.holds_for(family.name):
            continue
        for arm in family.arms:
            made = Scenario("unicum", arm + world.suffix, settings=world.settings, end=END)
            made.check()
            assert world.shuffle or made.id != Scenario("unicum", arm, end=END).id
    assert world.role in ROLES and bool(world.cause) == (world.role == "null")
    assert set(world.families) <= set(WHAT.families)


@pytest.mark.parametrize("claim", WHAT.claims, ids=lambda claim: claim.name)
def test_a_claim_has_an_outcome_a_threshold_nulls_ablations_and_a_rival(claim: Claim) -> None:
    assert claim.outcome in NAMES and 2006 <= claim.first <= claim.last <= 2030
    family = WHAT.families[claim.family]
    assert bool(claim.sign) == bool(family.changed)
    if claim.sign:
        assert claim.threshold > 0.0
    else:
        assert np.isfinite([claim.least, claim.most]).any() and claim.least < claim.most
    for role, least in (("null", 3), ("ablation", 1), ("rival", 1)):
        assert len(WHAT.tried(claim.family, role)) >= least


def test_arms_of_a_contrast_differ_in_one_word() -> None:
    for family in WHAT.families.values():
        if family.changed:
            words = [arm.split(":")[1].split("/") for arm in family.arms]
            assert sum(a != b for a, b in zip(*words, strict=True)) == 1


def test_no_weights_takes_every_weight_of_choice_of_practices() -> None:
    (null,) = [world for world in WHAT.worlds if world.name == "no weights"]
    names = {text.split("=")[0] for text in null.settings}
    assert all(text.endswith("=0") for text in null.settings)
    asked = ("money", "quality", "autonomy", "distance", "conformity", "trust", "pressure")
    assert {f"choice.{name}" for name in asked} <= names


def test_what_is_sampled_has_a_plausible_range_and_stays_in_it() -> None:
    found = sampled()
    assert len(found) > 200 and len({one.name for one in found}) == len(found)
    for one in found:
        assert one.kind != "?" and not one.name.startswith(("criterion.", "value."))
        for share in (0.0, 0.37, 0.999999):
            assert one.least <= float(value_at(one, share)) <= one.most
    whole = next(one for one in found if one.kind == "i8")
    steps = {value_at(whole, u) for u in np.linspace(0.0, 0.9999, 200)}
    assert len(steps) == int(whole.most - whole.least) + 1


def test_worlds_move_a_small_country_and_shuffles_are_several() -> None:
    field = Field(Place("synthetic:3:1"), range(1, 8))
    plain = field.values("historic-nl")
    assert plain.shape == (7, 25, len(NAMES))
    for world in WHAT.worlds:
        if world.role == "null" and world.name != "random mergers":
            assert not np.array_equal(field.values("historic-nl", world), plain), world.name
    assert field.values("historic-nl") is plain


def test_a_hypercube_pairs_its_cells_and_says_in_how_many_points_a_sign_holds() -> None:
    place = Place("synthetic:2:1")
    cells = cells_of(WHAT, with_null=True)
    assert len(cells) == len(set(cells)) == 6
    cube = run_cube(place, cells[:2], 2, 2)
    assert (cube.points + cube.failed, len(cube.cells)) == (2, 2)
    claim = next(claim for claim in WHAT.claims if claim.name == "members, 2014")
    found = robust(cube, WHAT, claim, 1.0, -1.0)
    assert found.sign is None and found.null is not None and found.threshold.of == cube.points
    numbers = cube.level(("historic-nl", AS_IT_IS), claim.measure)
    assert numbers.shape == (cube.points, 2)


def test_the_page_is_what_the_registry_says() -> None:
    text = module.PAGE.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert "python -m experiments.emergence --write" in text
    # The table of verdicts, twice: at home and in the country.
    every = [claim.name for claim in WHAT.claims]
    heads = [k for k, line in enumerate(lines) if line.endswith("| verdict |")]
    assert len(heads) == 2
    for k in heads:
        rows = lines[k + 2 : k + 3 + len(every)]
        assert [row.split(" | ")[0].strip("| ") for row in rows] == [*every, ""]
    found = re.findall(r"Region `([^`]+)`, (\d+) seeds; a Latin hypercube of\s+(\d+) points", text)
    assert [one[0] for one in found] == [module.HOME.region, module.COUNTRY.region]
    assert int(found[0][1]) >= 30 and int(found[0][2]) >= 30
    worlds = re.findall(r"^\| (?:null|ablation|rival): ([^|]+) \| ([^|]+) \|", text, re.MULTILINE)
    tried = [w for family in WHAT.families for w in WHAT.tried(family)]
    tried += [w for role in ("null", "ablation") for w in WHAT.tried("history", role)]
    assert worlds == [(world.name, world.change()) for world in tried]
    for claim in WHAT.claims:
        assert text.count(f"- **{claim.name}** ") == 2
        assert f"| {claim.name} | {claim.asked()} " in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--seeds", "1"], "2 or more"),
        (["--points", "1"], "4 or more"),
        (["--write", "--seeds", "10"], "30 seeds and 30 points or more"),
    ],
)
def test_bad_input_is_explained_before_work(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = module.PAGE.read_bytes()
    assert module.main(arguments) == 2
    shown = capsys.readouterr()
    assert says in shown.err and shown.err.startswith("regiosim: ")
    assert module.PAGE.read_bytes() == before
