"""Shards that a real MPI starts, as docs/cluster.md shows it: the store is that of one machine."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.cli.app import BAD_INPUT, DONE, main
from experiments.sweeps.work.children import environment
from tests.sweeping import bytes_of, experiment, finished

ALONE = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
SHARD = "$((OMPI_COMM_WORLD_RANK + 1))/$OMPI_COMM_WORLD_SIZE"


@pytest.mark.skipif(not shutil.which("mpirun"), reason="needs mpirun of Open MPI")
def test_ranks_are_shards_and_what_one_leaves_out_is_done_by_another_turn(tmp_path: Path) -> None:
    path, out = experiment(tmp_path, replicates=16), tmp_path / "ranks"
    finished(path, tmp_path / "calm", "--quiet", "--no-report")
    program = f"{sys.executable} -m experiments sweep {path} --out {out} --quiet --workers 1"

    def ranks(program: str) -> int:
        command = ["mpirun", "--oversubscribe", "-n", "3", "sh", "-c", program]
        return subprocess.run(command, env=environment() | ALONE, timeout=300).returncode

    # One rank does nothing: the merge names what is missing, and another turn fills the gap.
    assert ranks(f"[ $OMPI_COMM_WORLD_RANK = 1 ] || {program} --shard {SHARD}") == 0
    assert main(["merge", str(out), "--quiet"]) == BAD_INPUT
    assert ranks(f"{program} --shard {SHARD}") == 0
    assert main(["merge", str(out), "--quiet"]) == DONE
    assert bytes_of(out) == bytes_of(tmp_path / "calm")
