"""Sweeps that take runs out of earlier ones: the store is that of a sweep that took none."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from experiments.cli.app import DONE, main
from experiments.sweeps.store.earlier import opened
from experiments.sweeps.store.growth import Growth
from results.store import picking
from results.store.checksums import CHECKSUMS
from tests.growing import grown, planned

CHANGES: dict[str, tuple[list[tuple[str, str]], int, int]] = {
    "nothing": ([], 128, 0),
    "earlier and later seeds": ([("seed = 5", "seed = 1"), ("replicates = 16", "replicates = 24")],
                                128, 64),
    "a level between": ([("values = [0.5, 1.5]", "values = [0.5, 1.0, 1.5]")], 128, 64),
    "a regime in front": ([('["historic-nl",', '["gez-stays", "historic-nl",')], 128, 64),
    "fewer outcomes in another order": (
        [('"organisations", "trust", "coverage",', '"coverage", "trust",')], 128, 0,
    ),
    "a factor that was at its default": (
        [("[uncertainties.", '[levers."choice.noise"]\nvalues = [0.5, {noise}]\n[uncertainties.')],
        128, 128,
    ),
    "a region more": (
        [('["synthetic:1:3"]', '["synthetic:1:4", "synthetic:1:3"]')], 128, 128,
    ),
    "fewer points": ([('values = [0.5, 1.5]', 'values = [1.5, 2.5]')], 64, 64),
    "other seeds": ([("seed = 5", "seed = 500")], 0, 128),
    "another population": ([("seed = 5", "seed = 5\npopulation_seed = 7")], 8, 120),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_there_is_taken_and_the_rest_computed(name: str, old: Path, tmp_path: Path) -> None:
    from sim.parameters import parameter_values

    changes, taken, computed = CHANGES[name]
    noise = parameter_values([])["choice.noise"]
    plan = planned(tmp_path, *((a, b.replace("{noise}", str(noise))) for a, b in changes))
    assert grown(plan, tmp_path, old) == (taken, computed)


def test_an_unfinished_sweep_gives_what_it_has(begun: Path, tmp_path: Path) -> None:
    assert grown(planned(tmp_path, replicates=24), tmp_path, begun) == (64, 128)


def test_of_several_each_gives_what_those_before_it_lack(
    begun: Path, old: Path, tmp_path: Path
) -> None:
    plan = planned(tmp_path)
    with opened([begun, old], plan) as sources:
        assert Growth(plan, sources, range(plan.batches)).taken_from() == [64, 64]
        assert Growth(plan, sources, [1]).taken_from() == [64, 0]
    assert grown(plan, tmp_path, begun, old) == (128, 0)


def test_rows_in_many_groups_and_runs_across_them(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = pq.read_table(old / "series.parquet")
    pq.write_table(table, old / "series.parquet", row_group_size=45)  # a run has 32 rows
    (old / CHECKSUMS).unlink()
    monkeypatch.setattr(picking, "HELD", 1)
    assert grown(planned(tmp_path, replicates=24), tmp_path, old) == (128, 64)


def test_the_command_says_what_it_took(
    old: Path, begun: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from experiments.cli import sweep as command_home

    planned(tmp_path)
    monkeypatch.setattr(command_home, "warm_if_cold", lambda quiet: None)
    command = ["sweep", str(tmp_path / "grown.toml"), "--out", str(tmp_path / "out"), "--json"]
    assert main([*command, "--from", str(begun), str(old)]) == DONE
    shown = json.loads(capsys.readouterr().out)
    assert (shown["runs"], shown["taken"], shown["here"]) == (128, 128, 0)
    timings = json.loads((tmp_path / "out" / "timings.json").read_text(encoding="utf-8"))
    assert timings["runs that were taken"] == 128 and timings["runs"] == 0
