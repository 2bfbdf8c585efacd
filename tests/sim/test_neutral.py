"""Designs pay the same money, whatever they count, and differ in nothing but their words."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import itertools

import numpy as np
import pytest
from desk import Y2018, Desk
from support import Quarters, start_of

from agents.compiled.record import NONE, FloatArray
from agents.words import Resolve
from experiments.mechanisms import all_years
from experiments.runs.scenario import Scenario
from sim.common.claims import Payee, hours_worked
from sim.measure.outcomes import NAMES
from sim.phases.tariffs import set_tariffs
from sim.policy.design import PREFIX, conditioned_names, design_names
from sim.policy.keys import STATICS, TITLE_SERIES
from sim.policy.load import load_regime

OI = NAMES.index("oi_per_insured")
SEEDS = 3


def money(region: str, regime: str, **settings: float) -> FloatArray:
    """Return O&I money in EUR per insured, a mean over 2026-2030, per seed."""
    scenario = Scenario(
        region, regime, start="2006Q1", end="2030Q4", replicates=SEEDS,
        settings={name.replace("__", "."): value for name, value in settings.items()},
    )  # fmt: skip
    return all_years(scenario)[:, 20:25, OI].mean(axis=1)


@pytest.mark.parametrize("region", ["unicum", "eemland"])
def test_the_24_designs_pay_the_same_as_realised(region: str) -> None:
    paid = {name: money(region, name) for name in design_names()}
    means = np.array([values.mean() for values in paid.values()])
    assert means.max() / means.min() <= 1.02, paid
    # Not only on average: no seed falls out of the room of its design.
    assert all(np.ptp(values) <= 0.02 * values.mean() for values in paid.values()), paid


def test_what_the_design_pays_is_what_it_says() -> None:
    # Of EUR 6.6 per insured; what stays beside it (s1-oi, ros) is paid without any design as well.
    name = "design:bundled/practice/act"
    nothing = {"title__design-bundled__neutral": 0.0, "title__design-bundled__rate": 0.0}
    with_it, without = money("unicum", name), money("unicum", name, **nothing)
    assert with_it - without == pytest.approx(6.6, rel=0.02)


def test_without_solving_anew_they_pay_different_sums() -> None:
    names = ("design:bundled/practice/act", "design:bundled/practice/effort",
             "design:bundled/practice/insured")  # fmt: skip
    means = [money("unicum", name, design__resolve=Resolve.START).mean() for name in names]
    assert max(means) / min(means) > 1.10


def test_an_organisation_paid_by_effort_is_paid() -> None:
    # Without an advance it has nothing to deliver with in its first quarter.
    paid = money("unicum", "design:component/organisation/effort")
    assert (paid > 6.6).all()


@pytest.mark.parametrize("when", [Resolve.SWITCH, Resolve.YEARLY, Resolve.QUARTERLY])
def test_tariffs_are_solved_when_they_are_said_to_be(when: int) -> None:
    values = {"design.resolve": float(when)}
    run = Quarters(start_of(2, "design:bundled/practice/effort", values, switch="2010Q1", ticks=32))
    solved: list[float] = []
    for _ in range(32):
        run.step()
        solved.append(float(run.tables.tariffs["rate"][-1]))
    changed = [tick for tick in range(17, 32) if solved[tick] != solved[tick - 1]]
    assert solved[16] != solved[15]
    assert (
        changed
        == {
            Resolve.SWITCH: [],
            Resolve.YEARLY: [20, 24, 28],
            Resolve.QUARTERLY: changed,
        }[Resolve(when)]
    )
    assert len(changed) > 3 or when != Resolve.QUARTERLY


def words_of(name: str) -> list[str]:
    words = name.removeprefix(PREFIX).split("/")
    return words if len(words) == 4 else [*words, "none"]


KEYS = (
    {"bundled", "functions", "title"},
    {"receiver"},
    {"unit", "lump", "rate", "cap", "above"},
    {
        "mandate",
        "mandate_of",
        "minimum",
        "legal_person",
        "contiguous",
        "regioplan",
        "term",
        "for_hubs",
    },
)
"""Which keys each word of a design's name may change."""


def keys_of(name: str) -> dict[str, object]:
    titles = [t for t in load_regime(name).titles if t.name.startswith("design-")]
    out: dict[str, object] = {"title": [t.name for t in titles]}
    for key in (*STATICS, *TITLE_SERIES):
        values = [t.static(key) if key in STATICS else t.series(key) for t in titles]
        # A component holds its function's part of what the bundle holds.
        if key in ("cap", "neutral"):
            values = [round(sum(d.value for series in values for d in series), 12)]
        out[key] = values[0] if all(value == values[0] for value in values) else values
    return out


def test_designs_that_differ_in_one_word_differ_in_its_keys_alone() -> None:
    names = [*design_names(), *conditioned_names()]
    known = {name: keys_of(name) for name in names}
    pairs = 0
    for one, other in itertools.combinations(names, 2):
        different = [i for i, (a, b) in enumerate(zip(words_of(one), words_of(other), strict=True))
                     if a != b]  # fmt: skip
        if len(different) != 1:
            continue
        # The conditions of one route are not those of the other.
        allowed = KEYS[different[0]] | (KEYS[3] if "conditions" in words_of(one) else set())
        changed = {key for key in known[one] if known[one][key] != known[other][key]}
        assert changed and changed <= allowed, (one, other, changed)
        pairs += 1
    assert pairs > 100


def test_the_price_is_what_the_room_leaves_per_unit_that_is_claimed() -> None:
    # Two units claim, of 3,000 and 1,000 insured; the region has N registered patients. The room is
    # 6.6 N: per insured 6.6 N / 4,000, and 6.6 N / 2 a lump sum each.
    for unit, field, expected in (("insured", "rate", 4000.0), ("lump-sum", "lump", 2.0)):
        desk = Desk(f"design:bundled/practice/{unit}")
        desk.tables.units["contract"][:] = NONE
        for row, insured in ((0, 3000), (1, 1000)):
            desk.contract("units", row, "design-bundled")
            desk.tables.units["insured"][row] = insured
        rows = int(desk.tables.counter["practices"][0])
        registered = int(desk.tables.practices["patients"][:rows].sum())
        set_tariffs(desk.tables, Y2018, True)
        solved = float(desk.tables.tariffs[field][desk.titles.index("design-bundled")])
        assert solved == pytest.approx(6.6 * registered / expected, rel=1e-12)


def test_effort_is_support_delivered_and_hours_of_organising_or_an_advance() -> None:
    desk = Desk("design:bundled/organisation/effort")
    k = desk.titles.index("design-bundled")
    payee = Payee(number=1, municipality=0, start=0, insured=10_000, groups=np.zeros(6),
                  covered=0.2, organised=500.0, failed=0)  # fmt: skip
    # Full support is EUR 17 per insured at EUR 110 an hour; a fifth of it is delivered, and 500
    # hours of organising are 0.05 h per insured.
    full = 17.0 / 110.0
    assert hours_worked(desk.tables, k, payee, Y2018) == pytest.approx(0.2 * full + 0.05)
    # In the first year of a contract the advance is all of it.
    young = payee._replace(start=Y2018 - 3)
    assert hours_worked(desk.tables, k, young, Y2018) == pytest.approx(full + 0.05)
    assert hours_worked(desk.tables, k, payee._replace(start=Y2018 - 4), Y2018) < full
    desk.tables.params["contract_advance"] = 0.0
    assert hours_worked(desk.tables, k, young, Y2018) == pytest.approx(0.2 * full + 0.05)
