"""Keyed draws and clamped mathematics: independent, uniform, equal in both languages."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from support import Quarters, both, living, plain, small, start_of

from agents.compiled import draws
from agents.compiled.record import NONE
from agents.events import Event
from agents.words import Kind

LARGEST = 2**63 - 1
KEYS = st.one_of(st.integers(0, LARGEST), st.sampled_from([0, 1, NONE, 2**32, LARGEST]))
FEW = settings(max_examples=200, deadline=None, derandomize=True)


@FEW
@given(st.tuples(KEYS, KEYS, KEYS, KEYS, KEYS))
def test_draw_is_the_same_in_both_languages_and_inside_the_open_interval(
    key: tuple[int, ...],
) -> None:
    u = both(draws.draw, *key)
    assert 0.0 < u < 1.0
    # A multiple of 2**-53, so that 1 - u is exact as well.
    assert (u * 2.0**53).is_integer()


def _sample(seed: int, name: str, count: int = 20_000) -> np.ndarray[Any, Any]:
    number = draws.stream(name)
    return np.array([draws.draw(seed, number, agent, 0, 0) for agent in range(count)])


# A p-value of a fixed key is one number, not a gamble: 1e-4 is far out for a good generator.
UNLIKELY = 1e-4


@pytest.mark.parametrize("axis", range(5))
def test_draws_are_uniform_along_every_part_of_the_key(axis: int) -> None:
    values = []
    for n in range(20_000):
        key = [11, draws.stream("test"), 5, 7, 3]
        key[axis] = n
        values.append(draws.draw(*key))
    assert stats.kstest(values, "uniform").pvalue > UNLIKELY
    # Neighbouring keys do not resemble each other: correlation within 4.5/sqrt(n).
    assert abs(np.corrcoef(values[:-1], values[1:])[0, 1]) < 4.5 / math.sqrt(len(values))


def test_streams_are_independent() -> None:
    a, b = _sample(1, "one"), _sample(1, "other")
    assert abs(np.corrcoef(a, b)[0, 1]) < 4.5 / math.sqrt(len(a))
    table, _, _ = np.histogram2d(a, b, bins=10, range=[[0, 1], [0, 1]])
    assert stats.chisquare(table.ravel()).pvalue > UNLIKELY
    assert draws.stream("one") != draws.stream("other")
    assert draws.stream("one") == draws.stream("one") < 2**31


def test_every_stream_of_the_program_has_a_number_of_its_own() -> None:
    import ast
    from pathlib import Path

    names = []
    root = Path(draws.__file__).parents[2]
    for path in [*(root / "agents").rglob("*.py"), *(root / "sim").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "stream":
                names.append(ast.literal_eval(node.args[0]))
    assert len(names) > 10
    assert len(set(names)) == len(names)
    # Suppliers add a topic of at most 106 to their stream: numbers must lie farther apart.
    numbers = sorted(draws.stream(name) for name in names)
    assert min(b - a for a, b in zip(numbers, numbers[1:], strict=False)) > 200


def test_one_more_agent_changes_nobody_elses_draws() -> None:
    # A region with one more municipality: everyone who was there is drawn the same.
    few = living(Quarters(start_of(small(3)), seed=4).tables.practices)
    more = living(Quarters(start_of(small(4)), seed=4).tables.practices)
    assert len(more) > len(few) > 0
    place = {int(i): r for r, i in enumerate(more["id"])}
    rows = [place[int(i)] for i in few["id"]]
    for field in ("x", "y", "form", "patients", "autonomy", "groups"):
        assert np.array_equal(few[field], more[field][rows]), field


def test_one_more_agent_changes_nobody_elses_openings_and_closings() -> None:
    # Demography does not depend on others' decisions: the same practices open, close and merge.

    def history(count: int) -> list[tuple[int, int, int]]:
        run = Quarters(start_of(small(count)), seed=4)
        out = []
        for _ in range(64):
            tables = run.step()
            first = int(tables.offsets[Kind.PRACTICE])
            for event in run.events():
                if event["what"] < Event.JOINED:
                    number = int(tables.practices["id"][event["party"] - first])
                    out.append((int(event["tick"]), number, int(event["what"])))
        return out

    few, more = history(2), history(3)
    assert len(few) > 5
    assert set(few) < set(more)


@FEW
@given(st.floats(2.0**-53, 1.0 - 2.0**-53))  # what draw can give
def test_normal_quantile(u: float) -> None:
    mine = both(draws.normal, u)
    exact = stats.norm.ppf(u)
    # Acklam: relative error below 1.2e-9.
    assert abs(mine - exact) <= 1e-8 * max(1.0, abs(exact))


def test_normal_quantile_on_the_edges_of_its_pieces() -> None:
    for u in (2.0**-54, 1e-12, 0.02425, np.nextafter(0.02425, 1), 0.5, 0.97575, 1 - 2.0**-53):
        exact = stats.norm.ppf(u)
        assert abs(both(draws.normal, float(u)) - exact) <= 1e-8 * max(1.0, abs(exact))
    assert both(draws.normal, 0.5) == 0.0


def test_beta_has_the_moments_of_beta_3_3() -> None:
    number = draws.stream("test.beta")
    values = np.array([draws.beta33(3, number, agent) for agent in range(20_000)])
    assert values[:200].tolist() == [plain(draws.beta33)(3, number, a) for a in range(200)]
    # Beta(a, b) with a = b = 3: mean 1/2, variance ab/((a+b)^2 (a+b+1)) = 9/252 = 1/28.
    # Standard errors: sqrt(1/28/20000) = 0.0013 and, for the variance, below 0.0004.
    assert values.mean() == pytest.approx(0.5, abs=0.006)
    assert values.var() == pytest.approx(1 / 28, abs=0.0016)
    assert stats.kstest(values, stats.beta(3, 3).cdf).pvalue > UNLIKELY


def test_lognormal_has_the_mean_and_spread_that_are_asked_for() -> None:
    u = (np.arange(100_000) + 0.5) / 100_000
    values = np.array([draws.lognormal(float(v), 2300.0, 0.3) for v in u])
    # The midpoint rule over quantiles misses a little of the far tails.
    assert values.mean() == pytest.approx(2300.0, rel=1e-4)
    assert values.std() / values.mean() == pytest.approx(0.3, rel=1e-3)
    # Median = mean / sqrt(1 + cv^2), by definition of the lognormal.
    assert both(draws.lognormal, 0.5, 2300.0, 0.3) == pytest.approx(
        2300 / math.sqrt(1.09), rel=1e-9
    )
    assert both(draws.lognormal, 0.7, 5.0, 0.0) == pytest.approx(5.0, rel=1e-12)


def test_gumbel_quantile() -> None:
    for u in (2.0**-53, 0.1, 0.5, 0.9, 1 - 2.0**-53):
        assert both(draws.gumbel, u) == pytest.approx(-math.log(-math.log(u)), rel=1e-12)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.0, 0), (0.49, 0), (0.5, 1), (1.5, 2), (2.5, 3), (-0.49, 0), (-0.5, -1), (-2.5, -3),
        (1e300, 9 * 10**15), (-1e300, -9 * 10**15), (math.inf, 9 * 10**15), (1234567.0, 1234567),
    ],
)  # fmt: skip
def test_whole_rounds_halves_away_from_zero_within_bounds(value: float, expected: int) -> None:
    assert both(draws.whole, value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(-1.0, 0.0), (0.0, 0.0), (0.3, 0.3), (1.0, 1.0), (7.0, 1.0),
                            (math.inf, 1.0), (-math.inf, 0.0)],
)  # fmt: skip
def test_clip(value: float, expected: float) -> None:
    assert both(draws.clip, value, 0.0, 1.0) == expected


def test_logistic_at_the_ends() -> None:
    assert both(draws.logistic, 0.0) == 0.5
    assert both(draws.logistic, 1e9) == 1.0
    assert 0.0 < both(draws.logistic, -1e9) < 1e-300
    assert both(draws.logistic, 2.0) == pytest.approx(1 / (1 + math.exp(-2)), rel=1e-15)
    assert both(draws.safe_log, 0.0) == math.log(2.3e-308)
    assert both(draws.safe_log, math.inf) == math.log(1.7e308)


def test_not_a_number_is_refused_in_both_languages() -> None:
    for rule, rest in ((draws.clip, (0.0, 1.0)), (draws.logistic, ()), (draws.whole, ()),
                       (draws.safe_log, ())):  # fmt: skip
        for version in (rule, plain(rule)):
            with pytest.raises(ValueError, match="not a number"):
                version(math.nan, *rest)
