"""Runs that go on from the states of a base are the runs from the start, byte for byte."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments import Result, Scenario, reproduce, run
from experiments.reproducing.branch import branch_of
from experiments.runs.past import FILE, read_arrays
from results.store.folder import parquet_options
from results.store.manifests import StoreRefused
from results.store.reading import manifest
from sim.errors import BadInput

TOWN = "synthetic:1:1"
BASE = Scenario(TOWN, "historic-nl", end="2017Q3", replicates=3, horizon="2022Q4")
"""Regimes that part in 2018 may go on from it: contracts are agreed a quarter ahead."""


def written(scenario: Scenario, folder: Path) -> Path:
    run(scenario, report="").write(folder, report="")
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(BASE, tmp_path_factory.mktemp("kept") / "base")


def tables(result: Result) -> dict[str, bytes]:
    """Return the tables as the bytes of their files."""
    import io

    import pyarrow.parquet as pq

    found = {}
    for name, table in result.tables.items():
        stream = io.BytesIO()
        pq.write_table(table, stream, **parquet_options(table.schema))
        found[name] = stream.getvalue()
    return found


def goes_on(folder: Path, whole: Scenario, **given: Any) -> Result:
    """Go on from a folder, and see that it comes to the same as the whole run."""
    scenario, past = branch_of(str(folder), given)
    assert scenario.id == whole.id
    found, alone = run(scenario, past=past), run(whole)
    assert len(past.states) == whole.replicates == len(found.runs)
    assert tables(found) == tables(alone)
    assert found.failed == alone.failed == 0
    about = {
        **alone.manifest,
        "continued": {"run": manifest(folder)["id"], "after": past_end(past)},
    }
    assert found.manifest == about
    assert found.timings["quarters"] < alone.timings["quarters"]
    return found


def past_end(past: Any) -> str:
    return f"{2006 + (past.until - 1) // 4}Q{(past.until - 1) % 4 + 1}"


WHOLE = Scenario(TOWN, "historic-nl", end="2022Q4", replicates=3)


def test_states_that_leave_nothing_are_put_down_to_the_end_that_was_asked(base: Path) -> None:
    with pytest.raises(BadInput, match='end="2022Q4": leaves nothing .* of the base is 2022Q4'):
        branch_of(str(base), {"end": "2022Q4", "horizon": ""})


def test_nothing_given_is_the_base_to_its_horizon(base: Path) -> None:
    found = goes_on(base, WHOLE)
    assert found.manifest["continued"] == {"run": BASE.id, "after": "2017Q3"}


@pytest.mark.parametrize("regime", ["zilveren-kruis", "eemland", "menzis", "integral-tariff"])
def test_a_regime_that_parts_later_is_the_run_from_the_start(base: Path, regime: str) -> None:
    goes_on(base, replace(WHOLE, regime=regime), regime=regime)


def test_a_design_is_the_run_from_the_start(base: Path) -> None:
    design = "design:bundled/organisation/insured"
    goes_on(base, replace(WHOLE, regime=design), regime=design)


def test_titles_that_pay_a_given_sum_go_on_as_they_were_solved(tmp_path: Path) -> None:
    design = replace(WHOLE, regime="design:component/organisation/two-part", replicates=2)
    folder = written(replace(design, end="2019Q4", horizon=design.end), tmp_path / "base")
    own = ("policy.stance@2021Q1=0.4",)
    goes_on(folder, replace(design, settings=own), settings=own)


def test_levers_with_a_date_are_those_of_the_run_from_the_start(base: Path) -> None:
    own = ("title.ros.rate@2017Q4=2.5", "policy.stance@2020Q1=0.4")
    with pytest.raises(BadInput, match="title.ros.rate differs from 2017Q4 on"):
        branch_of(str(base), {"settings": own})
    own = ("title.ros.rate@2018Q1=2.5", "policy.stance@2020Q1=0.4")
    found = goes_on(base, replace(WHOLE, settings=own), settings=own)
    assert tables(found)["series"] != tables(run(WHOLE))["series"]


def test_a_part_of_the_replicates_may_go_on(base: Path) -> None:
    goes_on_two = branch_of(str(base), {"replicates": 2})
    assert tables(run(goes_on_two.scenario, past=goes_on_two.past)) == tables(
        run(replace(WHOLE, replicates=2))
    )


def test_a_base_stops_where_the_longer_run_is(base: Path) -> None:
    """Rules look ahead: the last quarters of a run that ends there may differ."""
    kept, alone = run(BASE), run(WHOLE)
    series = alone.series[alone.series.tick <= BASE.last]
    assert kept.series.value.to_numpy().tobytes() == series.value.to_numpy().tobytes()
    assert BASE.id != replace(BASE, horizon="").id
    assert run(replace(BASE, horizon="")).past is None


def test_states_are_the_same_file_each_time(base: Path, tmp_path: Path) -> None:
    again = written(BASE, tmp_path / "again")
    assert (again / FILE).read_bytes() == (base / FILE).read_bytes()


def test_a_run_that_goes_on_may_keep_its_states_in_turn(base: Path, tmp_path: Path) -> None:
    later = branch_of(str(base), {"end": "2019Q4", "horizon": ""})
    run(later.scenario, past=later.past).write(tmp_path / "later", report="")
    own = ("policy.stance@2020Q3=0.4",)
    goes_on(tmp_path / "later", replace(WHOLE, settings=own), settings=own)


@pytest.mark.parametrize("record", ["yearly", "all"])
def test_whatever_is_recorded_is_joined(record: str, tmp_path: Path) -> None:
    kept = replace(BASE, record=record, end="2014Q2", horizon="2016Q4", population_seed=5)
    kept = replace(kept, settings=("choice.trust=1.7", "policy.stance@2013Q1=0.1"))
    own = ("policy.stance@2013Q1=0.1", "title.ros.rate@2015Q1=2.5")
    whole = replace(kept, horizon="", end="2016Q4", settings=("choice.trust=1.7", *own))
    goes_on(written(kept, tmp_path / "base"), whole, settings=own)


def test_a_later_start_and_files_of_ones_own_go_on_from_the_folder_alone(tmp_path: Path) -> None:
    from sim.place.load import load_region
    from sim.place.write import write_region

    write_region(load_region("unicum"), tmp_path / "place")
    text = 'name = "own"\ntext = "As it was."\nsource = "assumed"\nbase = "historic-nl"\n'
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    whole = Scenario(
        str(tmp_path / "place"), str(tmp_path / "own.toml"), begin="2019Q1", end="2022Q4",
        packages=("docs/examples/coordination.toml",), replicates=2,
    )  # fmt: skip
    alone = run(whole)
    folder = written(replace(whole, end="2020Q3", horizon="2022Q4"), tmp_path / "base")
    shutil.rmtree(tmp_path / "place")
    (tmp_path / "own.toml").unlink()
    found = branch_of(str(folder), {})
    again = run(found.scenario, past=found.past)
    assert tables(again) == tables(alone)
    assert again.manifest == {**alone.manifest, "continued": again.manifest["continued"]}


def test_a_run_without_a_state_is_run_from_the_start(base: Path) -> None:
    """One that failed in the base has none: it fails again, where it failed."""
    found = branch_of(str(base), {})
    first = next(iter(found.past.states))
    found.past.states.pop(first)
    assert tables(run(found.scenario, past=found.past)) == tables(run(WHOLE))


def test_what_goes_on_is_repeated_as_the_whole_run(base: Path, tmp_path: Path) -> None:
    found = branch_of(str(base), {})
    run(found.scenario, past=found.past).write(tmp_path / "branch", report="")
    assert reproduce(tmp_path / "branch").identical
    assert reproduce(base).identical


# What cannot go on


def test_a_title_that_runs_down_already_cannot_change_at_any_date(tmp_path: Path) -> None:
    folder = written(replace(BASE, end="2018Q4", replicates=1), tmp_path / "base")
    own = ("title.gez.in_force@2021Q1=0.5",)
    with pytest.raises(BadInput, match="title.gez.* rules read all quarters.*ends in 2018Q3") as no:
        branch_of(str(folder), {"settings": own})
    assert "Allowed: a base that" in str(no.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"settings": ("choice.trust=1.3",)}, "choice.trust is 1.3 here and"),
        (
            {"settings": ("policy.benchmark@2019Q1=0.5",)},
            "compared 9 quarters ahead.*from 2020Q1 on",
        ),
        ({"settings": ("title.ros.rate@2017Q4=2",)}, "from 2018Q1 on.*ends in 2017Q2 or earlier"),
        ({"region": "synthetic:1:2"}, "the region synthetic:1:2 is not that of the base"),
        ({"end": "2021Q4"}, ".2021Q4.: is not the last quarter of runs"),
        ({"end": "2017Q3"}, ".2017Q3.: is not after 2017Q3"),
        ({"start": "2012Q1"}, ".2012Q1.: is not that of .*2011Q1, that of the base"),
        ({"begin": "2010Q1"}, ".2010Q1.: is not that of .*2006Q1, that of the base"),
        ({"seed": 2}, "2: is not that of .*1, that of the base"),
        ({"population_seed": 2}, "2: is not that of .*that of the base"),
        ({"record": "all"}, ".all.: is not that of .*quarterly"),
        ({"engine": "mesa"}, ".mesa.: is not that of .*compiled"),
        ({"replicates": 4}, "4: are more than .* has.*1 .. 3"),
        ({"regime": "historic"}, "regime .historic.: unknown"),
    ],
)
def test_what_differs_too_early_is_named(base: Path, given: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said) as raised:
        branch_of(str(base), given)
    assert "\n" not in str(raised.value)


def test_only_a_folder_that_keeps_states_is_gone_on_from(tmp_path: Path) -> None:
    plain = written(replace(BASE, horizon="", replicates=1), tmp_path / "plain")
    with pytest.raises(BadInput, match="keeps no state to go on from"):
        branch_of(str(plain), {})
    with pytest.raises(BadInput, match="is no folder"):
        branch_of(str(tmp_path / "none"), {})
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreRefused, match="manifest.json does not exist"):
        branch_of(str(tmp_path / "empty"), {})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"regiosim": "', '"regiosim": "0', "was run with version 0.* of regiosim"),
        ('"rules": "', '"rules": "0', "was run with other rules"),
        ('"region": "synthetic:1:1"', '"region": "synthetic:1:2"', "was edited"),
        ('"horizon": "2022Q4"', '"horizon": "2023Q4"', "was edited"),
        ('"start": "', '"start": "0', "with other last bits"),
    ],
)
def test_a_base_of_something_else_is_refused(
    base: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    folder = Path(shutil.copytree(base, tmp_path / "base"))
    (folder / "checksums.sha256").unlink()  # else the change itself is told
    path = folder / "manifest.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises((StoreRefused, BadInput), match=said):
        branch_of(str(folder), {})


def test_a_damaged_state_is_told_in_one_message(base: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(base, tmp_path / "base"))
    whole = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(whole[:-1] + b"x")
    with pytest.raises(StoreRefused, match="was changed after it was written"):
        branch_of(str(folder), {})
    (folder / "checksums.sha256").unlink()
    for bad in (b"", whole[: len(whole) // 2], b"no archive", b"x" + whole[1:]):
        (folder / FILE).write_bytes(bad)
        with pytest.raises(StoreRefused, match="is damaged, it cannot be read"):
            branch_of(str(folder), {})
    (folder / FILE).unlink()
    with pytest.raises(StoreRefused, match="is missing"):
        branch_of(str(folder), {})


@pytest.mark.parametrize(
    "name", ["seeds", "series", "practices.rows", "hubs.cells", "tariffs.counts"]
)
def test_arrays_that_do_not_fit_are_refused(base: Path, tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(base, tmp_path / "base"))
    (folder / "checksums.sha256").unlink()
    arrays = read_arrays(folder)
    wrong = [arrays[name][:-1], np.array([{}], dtype=object), arrays[name].view(np.uint8)]
    for one in wrong:
        np.savez(folder / FILE, **{**arrays, name: one})
        with pytest.raises(StoreRefused, match="does not fit|is damaged"):
            branch_of(str(folder), {})
    del arrays[name]
    np.savez(folder / FILE, **arrays)
    with pytest.raises(StoreRefused, match="does not fit"):
        branch_of(str(folder), {})


def test_a_state_that_cannot_be_written_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(stream: Any, array: Any, **_: Any) -> None:
        stream.write(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(np.lib.format, "write_array", half)
    with pytest.raises(KeyboardInterrupt):
        run(replace(BASE, replicates=1), out=tmp_path / "new" / "base", report="")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"horizon": "2017Q3"}, "leaves nothing to go on with: the run ends in 2017Q3"),
        ({"engine": "mesa"}, "keeps no state of a run"),
        ({"horizon": "soon"}, "horizon"),
    ],
)
def test_a_horizon_that_no_run_can_have_is_refused(values: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        replace(BASE, **values)
