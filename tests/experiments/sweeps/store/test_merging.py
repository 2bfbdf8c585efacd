"""Parts of a sweep, merged: the store of the whole, or a refusal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from experiments import sweep
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.store.layout import batch_path
from experiments.sweeps.store.merging import merge
from experiments.sweeps.work.compute import compute
from results.store.reading import StoreRefused, manifest
from sim.errors import BadInput
from tests.sweeping import inline, same


def test_shards_make_the_same_store_as_one_sweep(plan: Plan, calm: Path, tmp_path: Path) -> None:
    apart = [tmp_path / f"part{i}" for i in range(3)]
    for i, folder in enumerate(apart):
        done = sweep(plan, folder, shard=f"{i + 1}/3", executor=inline)
        assert not done.finished
        sweep(plan, tmp_path / "together", shard=f"{i + 1}/3", executor=inline)
    done = merge(apart[::-1], tmp_path / "merged")
    merged = done.folder
    assert done == (merged, 0, False, True) and same(calm, merged)
    assert {"report.html", "timings.json"} <= {path.name for path in merged.iterdir()}
    assert manifest(merged) == manifest(calm)
    assert merge([tmp_path / "together"]) == (tmp_path / "together", 0, False, True)
    assert same(calm, tmp_path / "together")
    again = merge([tmp_path / "together"])
    assert again == (tmp_path / "together", 0, True, True)


def test_merge_refuses_gaps_and_strangers(plan: Plan, path: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    sweep(plan, one, shard="1/4", executor=inline)
    with pytest.raises(StoreRefused, match="3 of 4 batches are missing"):
        merge([one])
    with pytest.raises(BadInput, match="named twice"):
        merge([one, one])
    text = path.read_text(encoding="utf-8").replace("seed = 5", "seed = 6")
    (tmp_path / "other.toml").write_text(text, encoding="utf-8")
    sweep(tmp_path / "other.toml", two, shard="2/4", executor=inline)
    with pytest.raises(StoreRefused, match="another sweep"):
        merge([one, two], tmp_path / "merged")
    shutil.copy(batch_path(two, 1), batch_path(one, 1))
    with pytest.raises(StoreRefused, match="another sweep"):
        merge([one], tmp_path / "merged")
    with pytest.raises(StoreRefused, match="belongs to another sweep"):
        sweep(plan, one, executor=inline)
    assert not (tmp_path / "merged").exists()


def test_merge_takes_a_batch_twice_only_if_both_say_the_same(plan: Plan, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    sweep(plan, one, shard="1/2", executor=inline)
    with pytest.raises(KeyboardInterrupt):
        sweep(plan, two, executor=lambda state: _some([0, 1, 3]))
    assert merge([one, two], tmp_path / "merged").failed == 0
    from results.store.batches import read_batch, to_bytes

    table = read_batch(batch_path(two, 0))
    place = table.schema.get_field_index("trust")
    changed = table.set_column(place, table.schema.field(place), table["coverage"])
    batch_path(two, 0).write_bytes(to_bytes(changed))
    with pytest.raises(StoreRefused, match="other values"):
        merge([one, two], tmp_path / "again")


def _some(chosen: list[int]):  # noqa: ANN202
    def execute(plan: Plan, numbers: list[int], store: object) -> int:
        for number in chosen:
            store(compute(plan, number))  # type: ignore[operator]
        raise KeyboardInterrupt

    return execute
