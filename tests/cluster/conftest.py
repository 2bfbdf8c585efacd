"""Cluster tests take minutes and need Slurm: ``make test-cluster`` runs them."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster.slurm import Slurm, missing


@pytest.fixture(scope="session", autouse=True)
def asked() -> None:
    """Skip before anything is prepared for these tests."""
    if os.environ.get("REGIOSIM_CLUSTER") != "1":
        pytest.skip("cluster tests are run by `make test-cluster`")


@pytest.fixture(scope="session")
def slurm() -> Iterator[Slurm]:
    lacking = missing()
    if lacking:
        pytest.skip(f"no Slurm here: {', '.join(lacking)}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        found = Slurm(Path(folder) / "slurm")
        found.start()
        try:
            yield found
        finally:
            found.stop()


@pytest.fixture(scope="session")
def command_on_path() -> Iterator[dict[str, str]]:
    """Give an environment in which jobs find ``regiosim`` and its packages."""
    from experiments.sweeps.work.children import environment

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "regiosim"
        path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m experiments "$@"\n')
        path.chmod(0o755)
        found = environment()
        yield {**found, "PATH": f"{folder}:{found['PATH']}:/usr/sbin"}
