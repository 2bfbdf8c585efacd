"""Run the reference set on another machine: ``python -m tests.machines wasm|arm [FOLDER]``.

Prints what ``regiosim fingerprint`` prints, after a line of a run with everything on. Needs the
package ``ziglang`` (a linker) in this or another environment (``ZIG_PYTHON`` names its Python),
and Node, or qemu-aarch64 for ``arm``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Tests see each other without their folder's name.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from everything import everything

from experiments.classroom.kernel.link import WASM, emit, link_wasm, linker
from experiments.runs.fingerprint import (
    REGIMES,
    REGIONS,
    SEEDS,
    Reference,
    hash_of_all,
    hash_of_series,
    scenario_of,
)
from experiments.runs.start import start_tables
from tests.machines.image import BASE, Call, call_of, series_of

HERE = Path(__file__).resolve().parent
TARGETS = {"wasm": WASM, "arm": "aarch64-linux-musl"}


def runner(machine: str) -> str | None:
    """Return the program that runs code of this machine, or None."""
    names = ("node",) if machine == "wasm" else ("qemu-aarch64", "qemu-aarch64-static")
    return next((found for name in names if (found := shutil.which(name))), None)


def lacking(machine: str) -> list[str]:
    """Return what this machine lacks to try another."""
    programs = {
        "ziglang": linker(),
        "node" if machine == "wasm" else "qemu-aarch64": runner(machine),
    }
    return [name for name, found in programs.items() if found is None]


def build(machine: str, folder: Path) -> Path:
    """Emit the kernel, link it, and return the program."""
    made, program = emit(TARGETS[machine], folder), folder / f"run_batch.{machine}"
    if machine == "wasm":
        return link_wasm(made, program)
    link = [str(linker()), "-m", "ziglang", "cc", "-target", TARGETS[machine], "-static", "-O1"]
    subprocess.run([*link, str(HERE / "call.c"), str(made), "-o", str(program)], check=True)
    return program


def execute(machine: str, program: Path, call: Call) -> bytes:
    """Call the kernel there and return the memory that it leaves."""
    memory = program.parent / "memory"
    memory.write_bytes(call.memory)
    if machine == "wasm":
        described = program.parent / "call.json"
        described.write_text(json.dumps({"base": BASE, "call": call.arguments}))
        command = [str(HERE / "node.mjs"), str(program), str(described), str(memory)]
    else:
        command = [str(program), str(memory), str(BASE), *(str(n) for _, n in call.arguments)]
    subprocess.run([str(runner(machine)), *command], check=True)
    return memory.read_bytes()


def hash_with_everything_on(machine: str, program: Path) -> str:
    """Return the hash of a run in which everything is on, of seed 1."""
    call = call_of(everything(), [1])
    return hash_of_series(series_of(execute(machine, program, call), call)[0])


def references(machine: str, program: Path) -> Iterator[Reference]:
    """Run the reference set on another machine and give a hash a run."""
    for region in REGIONS:
        for regime in REGIMES:
            call = call_of(start_tables(scenario_of(region, regime)), list(SEEDS))
            series = series_of(execute(machine, program, call), call)
            for seed, one in zip(SEEDS, series, strict=True):
                yield Reference(region, regime, seed, hash_of_series(one))


def main() -> int:
    """Print a line a run and one for all, as ``regiosim fingerprint`` does."""
    machine = sys.argv[1]
    if lacking(machine):
        print(f"{machine}: not here: {', '.join(lacking(machine))}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[2]).absolute() if len(sys.argv) > 2 else Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        program, runs = build(machine, folder), []
        print(f"{hash_with_everything_on(machine, program)}  everything on", flush=True)
        for one in references(machine, program):
            print(f"{one.sha256}  {one.region} {one.regime} seed {one.seed}", flush=True)
            runs.append(one)
    print(f"{hash_of_all(runs)}  all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
