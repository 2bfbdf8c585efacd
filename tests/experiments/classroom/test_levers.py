"""Levers: data that fits the model, and patches that make its tables, alone and together."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lessons import LEVERS, Job, natively, scenario_of

from agents.parameters import DECLARED
from experiments.classroom import levers as room
from experiments.classroom import offered
from experiments.classroom.levers import (
    LeverTable,
    design_regimes,
    lever_file,
    settings_of,
    span_of,
)
from experiments.classroom.offered import fit_together, ground, offers, tables_at
from experiments.classroom.patches import (
    Cells,
    Patch,
    Shaped,
    agree,
    changed,
    differences,
    patch_of,
)
from experiments.classroom.words import shipped
from experiments.runs.start import start_tables
from sim.errors import BadInput
from sim.tables import RECORDS

REGION = "unicum"
DESIGNS = (
    "design:bundled/practice/two-part/conditions",
    "design:component/organisation/act/conditions",
)
REGIMES = [*shipped(), *DESIGNS]


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, Any]]:
    """What levers do in UNICUM, by regime and lever."""
    return offers(REGION, REGIMES)


def test_at_most_eight_levers_are_in_sight_and_each_is_offered(
    found: dict[str, dict[str, Any]],
) -> None:
    front = [lever.name for lever in lever_file().lever if lever.place == "front"]
    assert len(front) <= 8
    shown = {name for levers in found.values() for name in levers}
    # The drawer of a region, not the list: a lever that does nothing there is not in it.
    assert 20 <= len(shown - set(front)) <= 40
    # UNICUM has one preferred insurer: there is nothing to make alike.
    assert shown == {n for n, lever in LEVERS.items() if lever.kind != "choice"} - {"alike"}
    assert "alike" in offers("synthetic:40:1", ["historic-nl"])["historic-nl"]


def test_choices_are_the_words_of_designs() -> None:
    words = [list(LEVERS[name].words) for name in room.IN_DESIGN]
    made = {room.design_name((b, r, u)) for b in words[0] for r in words[1] for u in words[2]}
    assert made == set(design_regimes())


def test_ranges_units_and_sources_are_those_declared() -> None:
    span, declared = span_of(LEVERS["autonomy"]), DECLARED["choice.autonomy"]
    assert (span.low, span.high, span.source) == (declared.least, declared.most, declared.source)
    assert span_of(LEVERS["macro"])[:2] == (10.0, 25.0)  # policy.macro of 2018
    assert span_of(LEVERS["macro"]).unit == "EUR per insured/yr"
    for lever in lever_file().lever:
        if lever.keys and lever.keys[0] in DECLARED and lever.kind == "range":
            one, span = DECLARED[lever.keys[0]], span_of(lever)
            assert one.least - 1e-9 < span.low < span.high < one.most + 1e-9, lever.name
            assert one.value in span.positions(), lever.name


def test_the_shipped_position_changes_nothing(found: dict[str, dict[str, Any]]) -> None:
    for regime, levers in found.items():
        for name, offer in levers.items():
            if offer.value in span_of(LEVERS[name]).positions():
                on = ground(REGION, regime)
                still = offer.patch.at.get(offer.value, [])
                moved = changed(on.start, tables_at(LEVERS[name], on, offer.value))
                # Values of titles may differ; then no single one leaves all as they are.
                assert still == [] and (not moved or name in ("mandate", "term")), (regime, name)


@pytest.mark.parametrize("regime", REGIMES)
def test_no_two_levers_write_the_same_bytes(found: dict[str, dict[str, Any]], regime: str) -> None:
    by_lever = {name: _bytes(offer.patch.cells()) for name, offer in found[regime].items()}
    for name, mine in by_lever.items():
        for other, theirs in by_lever.items():
            assert name == other or not mine & theirs, (name, other)


def _bytes(cells: list[Cells]) -> set[tuple[str, int]]:
    return {(c.table, c.offset + k * c.stride) for c in cells for k in range(c.many)}


@pytest.mark.parametrize("regime", REGIMES)
def test_levers_together_make_the_tables_of_their_settings_together(
    found: dict[str, dict[str, Any]], regime: str
) -> None:
    lots = random.Random(regime)
    mine = found[regime]
    start = ground(REGION, regime).start
    for count in (len(mine), len(mine), 7, 3):
        levers = {
            name: lots.choice(
                [v for v in span_of(LEVERS[name]).positions() if v != mine[name].value]
            )
            for name in lots.sample(sorted(mine), count)
        }
        written = [w for name, value in levers.items() for w in mine[name].patch.written(value)]
        assert agree(start, start_tables(scenario_of(REGION, Job(regime, levers))), written), levers


def test_a_lever_is_offered_only_where_it_changes_a_table(found: dict[str, dict[str, Any]]) -> None:
    assert "transition" not in found["gez-stays"]  # nothing is run down there
    assert "threshold" not in found["menzis"]  # no size is asked
    assert "threshold" in found["two-part"]
    assert "threshold" not in found[DESIGNS[0]]
    assert "threshold" in found[DESIGNS[1]]
    assert "benchmark" in found["menzis"]
    assert not {"benchmark", "transfer", "norm"} & set(found["two-part"])  # nothing is bargained
    assert "base_amount" not in found["integral-tariff"]  # no money is for hubs


def test_years_of_transition_are_equal_steps(found: dict[str, dict[str, Any]]) -> None:
    on = ground(REGION, "historic-nl")
    gez = on.titles.index("gez")
    for years, left in ((1, [0.0]), (2, [0.5, 0.0]), (4, [0.75, 0.5, 0.25, 0.0])):
        made = tables_at(LEVERS["transition"], on, float(years)).titles["in_force"][:, gez]
        assert made[51] == 1.0
        assert made[52 : 52 + 4 * years : 4].tolist() == left
        assert not made[52 + 4 * years :].any()


def test_a_setting_holds_from_its_date_on_whatever_is_dated_later() -> None:
    on = ground(REGION, "historic-nl")
    lever = LeverTable.model_validate(
        {**LEVERS["macro"].model_dump(), "keys": ("policy.stance",), "low": 0.0, "high": 1.0}
    )
    texts = settings_of(lever, on.scenario.policy, [], 0.25)
    assert texts == ["policy.stance@2018-01-01=0.25", "policy.stance@2022-01-01=0.25"]


def test_a_design_pays_its_norm_in_parts(found: dict[str, dict[str, Any]]) -> None:
    offer = found[DESIGNS[1]]["norm"]
    assert offer.value == 6.6
    assert len(offer.patch.takes) == 7
    assert sum(share for _, share in offer.patch.takes) == pytest.approx(1.0)
    made = tables_at(LEVERS["norm"], ground(REGION, DESIGNS[1]), 10.0).titles["neutral"][-1]
    assert made.sum() == pytest.approx(10.0)


def test_a_lever_that_changes_how_many_rows_there_are_is_refused() -> None:
    on = ground(REGION, "historic-nl")
    more = on.start._replace(hubs=np.zeros(2, on.start.hubs.dtype))
    with pytest.raises(Shaped, match="hubs"):
        patch_of(on.start, lambda value: more, [1.0, 2.0])


def test_what_lies_between_columns_is_no_difference() -> None:
    start = ground(REGION, "historic-nl").start
    raw = start.titles.copy()
    between = raw.view(np.uint8).reshape(len(raw), -1, raw.itemsize)
    free = sorted(set(range(raw.itemsize)) - _columns("titles"))
    assert free
    between[:, :, free] = 255
    assert differences(start, start._replace(titles=raw)) == []
    assert agree(start, start._replace(titles=raw), [])


def _columns(table: str) -> set[int]:
    fields: Any = np.dtype(getattr(ground(REGION, "historic-nl").start, table).dtype).fields
    assert set(fields) == {field.name for field in RECORDS[table].fields}
    return {at for kind, first, *_ in fields.values() for at in range(first, first + kind.itemsize)}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('keys = ["choice.trust"]', 'keys = ["choice.trsut"]', "Did you mean 'choice.trust'"),
        ('name = "wage"', 'name = "money"', "money: is there twice"),
        ('group = "places"', 'group = "palces"', "unknown group 'palces'"),
        ('needs = "for_hubs"', 'needs = "for_hub"', "unknown key 'title.*.for_hub'"),
        ('moves = "municipalities"', 'moves = "towns"', "unknown table 'towns'"),
        ("low = 0.5\nhigh = 1\n", "low = 1\nhigh = 1\n", "mandate: has no range"),
        ('place = "front"', 'place = "top"', "place"),
    ],
)
def test_a_wrong_file_of_levers_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = room.FILE.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "levers.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(room, "FILE", tmp_path / "levers.toml")
    with pytest.raises(BadInput) as refused:
        lever_file.__wrapped__()
    assert said in str(refused.value)


def test_what_holds_elsewhere_is_tried_before_it_is_taken_over(
    monkeypatch: pytest.MonkeyPatch, found: dict[str, dict[str, Any]]
) -> None:
    on = ground(REGION, "menzis")
    offer = found["menzis"]["autonomy"]
    (cells, share), *_ = offer.patch.takes
    wrong = offer._replace(patch=Patch(((cells._replace(offset=cells.offset + 8), share),), {}))
    assert not fit_together(on, {**found["menzis"], "autonomy": wrong})
    words = ["choice.autonomy=2.25", "choice.autonomy"]
    monkeypatch.setattr(offered, "_KNOWN", {"autonomy": [offered.Known(words, on.start, wrong)]})
    assert offers(REGION, ["menzis"])["menzis"]["autonomy"] == offer
    monkeypatch.setattr(offered, "offer_of", lambda lever, on: wrong)
    with pytest.raises(ValueError, match="under menzis do not fit together"):
        offers(REGION, ["menzis"])


def test_every_lever_moves_an_outcome_where_it_is_offered(found: dict[str, dict[str, Any]]) -> None:
    if os.environ.get("REGIOSIM_WEB") != "1":
        pytest.skip("the wide one is run by `make test-web`")
    # What binds only beside another lever is tried beside it.
    beside = {"macro": ("norm", 24.0), "norm": ("benchmark", 1.0)}
    for regime, levers in found.items():
        for name, offer in levers.items():
            other, value = beside.get(name, ("", 0.0))
            with_it = {other: value} if other in levers else {}
            ends = [e for e in span_of(LEVERS[name])[:2] if e != offer.value]
            jobs = [
                Job(regime, {**with_it, name: end}, (seed,)) for seed in range(1, 7) for end in ends
            ]
            still = [natively(REGION, Job(regime, with_it, (seed,))) for seed in range(1, 7)]
            moved = any(
                not np.array_equal(natively(REGION, job), still[job.seeds[0] - 1]) for job in jobs
            )
            assert moved, (regime, name)
