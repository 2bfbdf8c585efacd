"""Sweeps that add seeds until means are known, of made-up runs: what they hold, and stopping."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from experiments import sweep
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.stages import grown, with_targets
from experiments.sweeps.store.layout import batch_files
from experiments.sweeps.work.compute import Computed
from experiments.sweeps.work.filling import Executor, State
from results.statistics.swept import swept
from results.statistics.until import Width, settled
from results.store.checksums import StoreRefused, check_folder
from results.store.reading import manifest
from results.store.recorded import RecordedRuns
from tests.made_sweeps import Maker, id_of, made, made_plan, value_of
from tests.stopped import TARGET, light
from tests.sweeping import bytes_of


@pytest.fixture(scope="module", autouse=True)
def nothing_slow() -> Iterator[None]:
    with light():
        yield


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with ``until``, a sweep with a target, and ``fresh``, one with 80 seeds."""
    folder = tmp_path_factory.mktemp("kept")
    sweep(planned(folder), folder / "until", executor=Maker())
    sweep(made_plan(folder, replicates=80), folder / "fresh", executor=Maker())
    return folder


def planned(folder: Path, most: int | None = 80, until: str = TARGET) -> Plan:
    return with_targets(made_plan(folder, replicates=20), until, most)


def rows(path: Path, counts: list[int]) -> list[dict[str, Any]]:
    table = pq.read_table(path / "runs.parquet").to_pylist()
    return [row for row in table if row["replicate"] <= counts[row["point"] - 1]]


def values(path: Path, ids: set[str]) -> list[tuple[Any, ...]]:
    table = pq.read_table(path / "series.parquet").to_pylist()
    return sorted(tuple(row.values()) for row in table if row["run_id"] in ids)


def test_points_have_the_seeds_that_they_need(kept: Path, tmp_path: Path) -> None:
    plan = planned(tmp_path)
    full = grown(plan, np.full(len(plan.points), 80))
    table = np.zeros((len(plan.points), 80))
    for number in range(full.batches):
        for run in full.batch(number):
            table[run.point, run.replicate - 1] = value_of(id_of(plan, run), "trust")[-1]
    asked = settled(table, 20, Width(0.07), 80)
    about = manifest(kept / "until")["until"]
    assert about["seeds"] == asked.seeds.tolist()
    assert 20 < min(about["seeds"]) < max(about["seeds"]) <= 80
    assert about["targets"][0]["mean"] == pytest.approx(asked.mean.tolist(), rel=1e-12)
    assert about["targets"][0]["half_width"] == pytest.approx(asked.half.tolist(), rel=1e-12)
    reached = [verdict == "reached" for verdict in about["targets"][0]["verdict"]]
    assert about["reached"] == all(reached) and any(reached)


def test_the_store_is_that_of_a_fresh_sweep_with_these_seeds(kept: Path) -> None:
    counts = manifest(kept / "until")["until"]["seeds"]
    own, fresh = rows(kept / "until", [80] * 16), rows(kept / "fresh", counts)
    assert own == fresh and len(own) == sum(counts) == manifest(kept / "until")["runs"]
    ids = {row["run_id"] for row in own}
    assert values(kept / "until", ids) == values(kept / "fresh", ids)
    assert check_folder(kept / "until").sound
    assert {path.name for path in (kept / "until").iterdir()} == {
        path.name for path in (kept / "fresh").iterdir()
    }


def test_equal_seeds_give_the_tables_of_a_sweep_without_targets(kept: Path, tmp_path: Path) -> None:
    done = sweep(planned(tmp_path, until="trust +- 0.0001"), tmp_path / "all", executor=Maker())
    assert not done.reached and set(done.until["verdict"]) == {"not reached"}
    one, other = bytes_of(tmp_path / "all"), bytes_of(kept / "fresh")
    assert one["runs.parquet"] == other["runs.parquet"]
    assert one["points.parquet"] == other["points.parquet"]


class Stop(Exception):
    """The sweep is stopped."""


def stopping(after: int) -> Callable[[State], Executor]:
    """Return an executor that stops after so many batches."""
    left = [after]

    def executor(state: State) -> Executor:
        def execute(plan: Plan, numbers: list[int], store: Callable[[Computed], None]) -> int:
            for number in numbers:
                if not left[0]:
                    raise Stop
                left[0] -= 1
                store(made(plan, number))
            return 0

        return execute

    return executor


def test_stopped_before_any_batch_it_goes_on_to_the_same_files(kept: Path, tmp_path: Path) -> None:
    batches = manifest(kept / "until")["batches"]
    for after in range(batches):
        out = tmp_path / str(after)
        with pytest.raises(Stop):
            sweep(planned(tmp_path), out, executor=stopping(after))
        assert len(batch_files(out)) == after
        maker = Maker()
        sweep(planned(tmp_path), out, executor=maker)
        assert sorted(maker.asked) == list(range(after, batches))
        assert bytes_of(out) == bytes_of(kept / "until")
        assert manifest(out)["until"] == manifest(kept / "until")["until"]


def test_a_batch_of_the_pilot_that_is_damaged_is_done_again(kept: Path, tmp_path: Path) -> None:
    with pytest.raises(Stop):
        sweep(planned(tmp_path), tmp_path / "out", executor=stopping(5))
    batch_files(tmp_path / "out")[1].write_bytes(b"nothing")
    maker = Maker()
    sweep(planned(tmp_path), tmp_path / "out", executor=maker)
    assert maker.asked[0] == 1 and 4 not in maker.asked
    assert bytes_of(tmp_path / "out") == bytes_of(kept / "until")


def test_it_takes_runs_and_gives_them(kept: Path, tmp_path: Path) -> None:
    taken = sweep(planned(tmp_path), tmp_path / "out", executor=Maker(), earlier=kept / "fresh")
    assert taken.state.here == 0 and taken.state.taken == manifest(kept / "until")["runs"]
    assert bytes_of(tmp_path / "out") == bytes_of(kept / "until")
    more = sweep(planned(tmp_path, most=200), tmp_path / "more", executor=Maker(),
                 earlier=[kept / "until"])  # fmt: skip
    assert more.state.taken == taken.state.taken and more.reached


def test_finished_it_is_only_found_again(kept: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(kept / "until", tmp_path / "until"))
    maker = Maker()
    again = sweep(planned(tmp_path), out, executor=maker)
    assert maker.asked == [] and again.state.runs == manifest(out)["runs"]
    assert again.plan.replicates == max(manifest(out)["until"]["seeds"])


def test_what_asks_for_the_same_seeds_at_every_point_has_those_of_all(kept: Path) -> None:
    found = swept(kept / "until", {})
    assert found.seeds == min(manifest(kept / "until")["until"]["seeds"])
    assert np.isfinite(found.values).all()


def test_its_runs_are_numbered_as_those_of_its_plan(kept: Path) -> None:
    numbers = RecordedRuns(kept / "until").numbers
    assert len(numbers) == manifest(kept / "until")["runs"]
    assert max(numbers.values()) < 80 * 16


def test_half_done_it_can_be_looked_at_but_not_merged(kept: Path, tmp_path: Path) -> None:
    from experiments.sweeps.store.merging import merge
    from experiments.sweeps.store.status import status

    with pytest.raises(Stop):
        sweep(planned(tmp_path), tmp_path / "out", executor=stopping(5))
    found = status(tmp_path / "out")
    assert (found["until"], found["reached"]) == (["trust@2010 +- 0.07"], None)
    assert found["runs"] > 16 * 20 and found["done"] < found["runs"] and not found["finished"]
    with pytest.raises(StoreRefused, match="has no shards"):
        merge([tmp_path / "out"])
