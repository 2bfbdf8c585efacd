"""The docs' SHA-256 on WebAssembly and ARM: minutes, so only ``make test-machines`` runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from everything import everything
from starting import QUARTER
from support import start_of

from agents.compiled.columns import ColumnTable
from experiments.classroom.kernel.emit import FUSED
from experiments.runs.fingerprint import hash_of_series, recording_of
from sim.engines.compiled import run
from tests.machines.__main__ import lacking
from tests.machines.image import BASE, call_of

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs" / "engines.md"


@pytest.mark.parametrize("machine", ["wasm", "arm"])
def test_another_machine_gives_what_the_docs_state(machine: str, tmp_path: Path) -> None:
    if os.environ.get("REGIOSIM_MACHINES") != "1":
        pytest.skip("other machines are tried by `make test-machines`")
    if lacking(machine):
        pytest.skip(f"not here: {', '.join(lacking(machine))}")
    command = [sys.executable, "-m", "tests.machines", machine, str(tmp_path)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    on, *_, last = said.splitlines()
    assert f"  {last}\n" in DOCS.read_text(encoding="utf-8")
    start = everything()  # which engines agree on: tests/sim/engines/test_everything.py
    here = run(start, (1, 1), recording_of(start))
    assert here[QUARTER:].any() and on == f"{hash_of_series(here)}  everything on"


def test_a_call_holds_the_tables_where_it_says() -> None:
    start = start_of(1, ticks=4)
    call = call_of(start, [1, 2])
    assert len(call.arguments) == 40
    at = call.arguments[3][1] - BASE
    *tables, scratch = start
    for table in tables:
        counts = [len(table)] if isinstance(table, ColumnTable) else list(table.shape)
        address, *said = np.frombuffer(call.memory, "<i8", 1 + len(counts), at).tolist()
        assert said == counts
        at += 8 + 8 * len(counts)
        found = call.memory[address - BASE : address - BASE + table.nbytes]
        assert found == table.tobytes()
    (inner,) = np.frombuffer(call.memory, "<i8", 1, at)
    assert np.frombuffer(call.memory, "<i8", 1, inner - BASE + 8)[0] == scratch[0].size
    assert call.shape[:3] == (2, 4, 2)
    assert call.series.size == 8 * int(np.prod(call.shape))


@pytest.mark.parametrize("text", ["vfmadd213sd", "fmadd d0", "fnmsub d1", "llvm.fmuladd.f64"])
def test_the_search_for_fused_products_finds_them(text: str) -> None:
    assert FUSED.search(f"\t{text} ")
