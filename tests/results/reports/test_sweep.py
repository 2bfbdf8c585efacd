"""What factors do, and the report of a sweep: numbers against known ones, every part, one file."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from made_pages import fetches_nothing
from sweep_folder import MORE, Factor, Made, write_sweep

from experiments.cli.app import DONE, main
from results.reports.run import write_report
from results.reports.sweep_illustrations import shown_outcomes
from results.reports.sweep_parts import judge, samples_of
from results.statistics.compare import difference
from results.statistics.effects import arms_of, axis_of, by_group, contrasts, main_effects
from results.statistics.ensemble import bands_by_arm, ended, ensemble, years_of
from results.statistics.reduce import bands, yearly
from results.store.reading import StoreRefused, read
from results.words.shown import KEY_OUTCOMES

ARMS = [("unicum", "old", ""), ("unicum", "new", "p.toml")]
LEVELS = Factor("choice.money", (0.1, 0.2, 0.4))
SWITCH = Factor("investment.on", (True, False), role="uncertainty")
WORDS = Factor("merge.style", ("vote", "decree", "slow"))
RANGE = Factor("merge.short", low=0.0, high=1.0)


def respond(cells: Any, noise: Any) -> Any:
    """10 + 2 x money + 3 if on, + 1 in the second arm, noise per seed; decree adds 5."""
    total = 10 + cells["arm"] + 0.0
    if "choice.money" in cells:
        total = total + 2 * cells["choice.money"].astype(float)
    if "investment.on" in cells:
        total = total + 3.0 * cells["investment.on"]
    if "merge.style" in cells:
        total = total + 5.0 * (cells["merge.style"] == "decree")
    if "merge.short" in cells:
        total = total + 4.0 * cells["merge.short"].astype(float)
    return total[:, None] + noise


def made(**changes: Any) -> Made:
    plain = Made(factors=[LEVELS], replicates=6, outcomes=("trust", "hhi"), years=(2029, 2030))
    return replace(plain, respond=respond, **changes)


def effects_of(folder: Path) -> tuple[list[str], pd.DataFrame]:
    many = ensemble(folder)
    axes = [axis_of(many, one) for one in many.about["factors"]]
    chosen = contrasts(many, axes, arms_of(many))
    table = main_effects(many, chosen)
    names = [f"{one.factor}: {one.text}" for one in chosen]
    return names, table[table["outcome"] == "trust"].set_index("contrast")


# --- reading ------------------------------------------------------------------------------------


def test_a_sweep_is_read_as_one_array(tmp_path: Path) -> None:
    folder = write_sweep(tmp_path / "s", made(failed=[1, 7], arms=ARMS))
    many = ensemble(folder)
    assert many.values.shape == (34, 2) and many.outcomes == ("trust", "hhi") and many.year == 2030
    assert many.factors == ("choice.money",) and len(many.failed) == 2
    series = read(folder, "series")
    last = series[series["tick"] == 99].pivot(index="run_id", columns="outcome", values="value")
    expected = last.loc[many.runs["run_id"].astype(str), ["trust", "hhi"]].to_numpy()
    np.testing.assert_array_equal(many.values, expected)
    assert years_of(folder) == [2029, 2030]
    np.testing.assert_allclose(ensemble(folder, 2029).values, 0.2 * many.values)
    with pytest.raises(ValueError, match="recorded 2029-2030, not 2020"):
        ensemble(folder, 2020)


def test_a_year_counts_that_was_recorded_to_its_end() -> None:
    assert ended([40, 41, 42, 43, 44, 45, 46]) == [2016]  # 2016, and three quarters of 2017
    assert ended([47, 43]) == [2016, 2017] and ended([]) == []
    assert ended([44, 45, 46]) == [2017], "where no year ended, the one that began"


def test_a_series_that_is_gone_is_missed(tmp_path: Path) -> None:
    folder = write_sweep(tmp_path / "s", made(arms=ARMS))
    (folder / "series.parquet").unlink()
    (folder / "checksums.sha256").unlink(missing_ok=True)
    with pytest.raises(StoreRefused, match="series.parquet does not exist, and runs are done"):
        write_report(folder)


def test_bands_equal_those_of_pandas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_sweep(tmp_path / "s", made(arms=ARMS))
    many = ensemble(folder)
    arms = arms_of(many)
    assert arms.names == ("old", "new, p.toml")
    found = bands_by_arm(many, many.outcomes, arms.of_run)
    series = read(folder, "series")
    for arm in (0, 1):
        mine = many.runs["run_id"][arms.of_run == arm].astype(str)
        expected = bands(yearly(series[series["run_id"].astype(str).isin(mine)], many.words))
        part = found[found["arm"] == arm].drop(columns="arm").reset_index(drop=True)
        pd.testing.assert_frame_equal(part, expected[part.columns], check_dtype=False)
    monkeypatch.setattr("results.statistics.ensemble._AT_ONCE", 1)  # one outcome at a time
    pd.testing.assert_frame_equal(bands_by_arm(many, many.outcomes, arms.of_run), found)


# --- effects ------------------------------------------------------------------------------------


def test_main_effects_are_those_put_in(tmp_path: Path) -> None:
    sweep = made(factors=[LEVELS, SWITCH, WORDS], arms=ARMS)
    names, table = effects_of(write_sweep(tmp_path / "s", sweep))
    assert names == [
        "arm: new, p.toml minus old",
        "choice.money: 0.4 minus 0.1",
        "investment.on: on minus off",
        "merge.style: decree minus vote",
        "merge.style: slow minus vote",
    ]
    assert list(table["difference"]) == pytest.approx([1.0, 0.6, 3.0, 5.0, 0.0], abs=1e-9)
    assert list(table["low"]) == pytest.approx([1.0, 0.6, 3.0, 5.0, 0.0], abs=1e-9)
    assert set(table["seeds"]) == {6} and table["points_error"].isna().all()


def test_the_interval_of_an_effect_is_over_seeds(tmp_path: Path) -> None:
    def by_seed(cells: Any, noise: Any) -> Any:
        return 10 + cells["choice.money"][:, None] * noise * 10

    folder = write_sweep(tmp_path / "s", replace(made(factors=[LEVELS, SWITCH]), respond=by_seed))
    _, table = effects_of(folder)
    noise = np.array([np.random.default_rng(s).normal(size=2)[0] for s in range(1, 7)])
    expected = difference(noise, 4 * noise)
    for name in ("difference", "low", "high"):
        assert table.loc[0, name] == pytest.approx(expected[name]), name


def test_ranges_are_cut_into_tenths_of_the_points(tmp_path: Path) -> None:
    folder = write_sweep(tmp_path / "s", made(factors=[RANGE, LEVELS], points=200))
    many = ensemble(folder)
    axis = axis_of(many, many.about["factors"][0])
    assert axis.tenths and len(axis.names) == 10 and not axis.words
    assert set(np.bincount(axis.of_run)) == {20 * 6}
    assert list(axis.places) == pytest.approx(np.arange(10) / 10 + 0.05, abs=0.01)
    names, table = effects_of(folder)
    assert names[0].startswith("merge.short: about 0.9")
    assert table.loc[0, "difference"] == pytest.approx(4 * 0.9, abs=0.2)
    assert 0 < table.loc[0, "points_error"] < 0.3
    log = axis_of(many, {**many.about["factors"][0], "distribution": "log-uniform"})
    assert log.logarithmic


def test_one_seed_has_no_interval_and_seeds_of_their_own_no_pairs(tmp_path: Path) -> None:
    _, table = effects_of(write_sweep(tmp_path / "s", made(replicates=1)))
    assert table.loc[0, "difference"] == pytest.approx(0.6) and np.isnan(table.loc[0, "low"])
    many = ensemble(write_sweep(tmp_path / "t", made()))
    many.runs["seed"] = many.runs["population_seed"] = np.arange(len(many.runs))
    axes = [axis_of(many, one) for one in many.about["factors"]]
    table = main_effects(many, contrasts(many, axes, arms_of(many)))
    assert table.loc[0, "difference"] == pytest.approx(0.6) and table.loc[0, "seeds"] == 0


def test_groups_have_quantiles_and_may_be_empty() -> None:
    values = np.r_[np.arange(11.0), np.nan]
    cuts = by_group(values, np.zeros(12, dtype=np.int64), 2)
    assert list(cuts[0]) == [1.0, 5.0, 9.0] and np.isnan(cuts[1]).all()


def test_samples_hold_the_replicates_of_each_point(tmp_path: Path) -> None:
    many = ensemble(write_sweep(tmp_path / "s", made(failed=[0, 6, 7, 8, 9, 10, 11])))
    table = samples_of(many, "trust")
    assert table.shape == (2, 6) and np.isnan(table[0, 5])  # all of point 2 failed
    assert table[0, 0] == many.values[0, 0]
    needed, found = judge(many)["trust"]
    assert list(needed.seen) == [5, 6] and not found.tested.any()


# --- the page -----------------------------------------------------------------------------------


def page_of(folder: Path, save: bool = False) -> tuple[str, int]:
    """Return a report without its pictures, and how many it has; nothing is fetched."""
    html = write_report(folder, save_figures=save).read_text(encoding="utf-8")
    count = len(re.findall(r'<img src="data:image/png;base64,iVBORw0KGgo', html))
    bare = fetches_nothing(html)
    assert "nan" not in re.sub(r"[a-z]{2,}nan|nan[a-z]+", "", bare.lower())
    names = {path.name for path in (folder / "figures").glob("*")}
    assert len(names) == 2 * count * save
    assert all(name.replace(".png", ".svg") in names for name in names)
    return bare, count


def split(cells: Any, noise: Any) -> Any:
    """Trust of most seeds 10, of some 15, where money is high."""
    jump = np.where((noise > 0.3) & (cells["choice.money"] > 0.3)[:, None], 5.0, 0.0)
    return 10 + jump + 0.2 * noise


def test_the_report_holds_every_part(tmp_path: Path) -> None:
    sweep = made(
        factors=[LEVELS, WORDS, SWITCH], arms=ARMS, failed=[0, 3, 700], inert=["investment.on"],
        replicates=40, extra={"stale": ["contract.vvv"]},
    )  # fmt: skip
    folder = write_sweep(tmp_path / "s", replace(sweep, respond=split))
    page, count = page_of(folder, save=True)
    assert count == 7  # over time, what moves what, two levers, a heat map per arm, two groups
    for text in (
        "Summary", "What does choice.money do &amp; why?", "Question", "Factors",
        "what choice.money &lt;stands&gt; for", "0.1, 0.2, 0.4", "vote, decree, slow",
        "Replicates, and how many would do", "Lee et al. 2015", "40 replicates", "Failed runs",
        "3 of 1440 runs failed", "books &lt;do&gt; not close", "Factors that moved nothing",
        "each factor at both ends", "Outcomes at the end of 2030", "Main effects on key outcomes",
        "choice.money: 0.4 minus 0.1", "merge.style: decree minus vote", "arm: new, p.toml",
        "Replicates in two groups", "12 of 36", "Assumed values", "trust.&lt;gain&gt;",
        "Amounts past their date", "From the manifest", "versions.numpy",
    ):  # fmt: skip
        assert text in page, text
    assert "<gain>" not in page and "investment.on" in page.split("Factors that moved nothing")[1]


def test_the_number_of_replicates_is_judged(tmp_path: Path) -> None:
    enough = write_sweep(tmp_path / "e", made(replicates=30))
    assert "By this rule 30 replicates are enough" in page_of(enough)[0]
    wild = replace(made(replicates=12), respond=lambda cells, noise: np.exp(noise))
    page, _ = page_of(write_sweep(tmp_path / "w", wild))
    assert "12 replicates are too few, somewhere, for: Trust" in page
    zero = replace(made(replicates=12), respond=lambda cells, noise: noise - noise.mean())
    page, _ = page_of(write_sweep(tmp_path / "z", zero))
    assert "No answer, because the mean cannot be told from zero, somewhere for: Trust" in page
    few, _ = page_of(write_sweep(tmp_path / "f", made(replicates=2)))
    assert "Fewer than 4 replicates" in few and "Fewer than 20 replicates" in few


@pytest.mark.parametrize(
    ("outcomes", "factors", "points"),
    [
        (KEY_OUTCOMES[:3], [LEVELS], 0),
        ((*KEY_OUTCOMES, *MORE), [LEVELS, WORDS, SWITCH, Factor("x.y", (1.0, 2.0))], 0),
        (KEY_OUTCOMES[:3], [RANGE, Factor("a.b"), Factor("c.d"), Factor("e.f")], 30),
        (("zorro",), [Factor("choice.money", (0.1,))], 0),
    ],
)
def test_reports_of_other_forms(
    tmp_path: Path, outcomes: tuple[str, ...], factors: list[Factor], points: int
) -> None:
    sweep = made(outcomes=outcomes, factors=factors, points=points, replicates=2)
    folder = write_sweep(tmp_path / "s", replace(sweep, respond=None))
    page, count = page_of(folder)
    assert count >= 2 and page.count("<h2") >= 8
    shown = shown_outcomes(ensemble(folder))
    assert len(shown) == min(len(outcomes), 12)
    if len(outcomes) > 12:
        assert "8 more outcomes are in the tables" in page and "Coverage 7" in page


def test_many_arms_and_outcomes_without_values(tmp_path: Path) -> None:
    def holes(cells: Any, noise: Any) -> Any:
        values = 10 + noise + cells["arm"][:, None]
        values[:, 1] = np.nan
        return values

    arms = [("unicum", f"r{k}", "") for k in range(10)]
    folder = write_sweep(tmp_path / "s", replace(made(arms=arms, replicates=5), respond=holes))
    bare = page_of(folder)[0]
    assert "The first 8 of 10 arms" in bare and "arms 6 to 10" in bare


def test_a_sweep_of_which_every_run_failed_has_a_report(tmp_path: Path) -> None:
    folder = write_sweep(tmp_path / "s", made(failed=range(18)))
    html = write_report(folder).read_text(encoding="utf-8")
    assert "18 of 18 runs failed" in html and "All 18 runs of this sweep failed" in html
    html = write_report(folder, language="nl").read_text(encoding="utf-8")
    assert "18 van 18 runs zijn mislukt" in html and "Alle 18 runs van deze sweep" in html


def test_an_unfinished_sweep_has_none(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match="not finished"):
        write_report(write_sweep(tmp_path / "s", made(), finished=False))


def test_the_report_is_the_same_twice(tmp_path: Path) -> None:
    folder = write_sweep(tmp_path / "s", made(factors=[LEVELS, WORDS]))
    first = write_report(folder, save_figures=False).read_bytes()
    assert write_report(folder, save_figures=False).read_bytes() == first


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_sweep(tmp_path / "s", made())
    assert main(["report", str(folder)]) == DONE
    assert capsys.readouterr().out.strip().endswith(f"s{os.sep}report.html")
