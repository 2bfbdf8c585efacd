"""The kernel as WebAssembly: emitted in a process of its own, and linked with ``ziglang``."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from experiments.classroom.kernel.emit import ENVIRONMENT

WASM = "wasm32-unknown-unknown"
ROOT = Path(__file__).resolve().parents[3]
STACK = 1 << 20
"""Bytes of the program's stack."""

MOST_MEMORY = 1 << 30
"""Bytes of memory that a page may ask for, tables and all."""


def linker() -> str | None:
    """Return the Python that has ``ziglang``, or None. ``ZIG_PYTHON`` names another than this."""
    chosen = os.environ.get("ZIG_PYTHON")
    return chosen or (sys.executable if importlib.util.find_spec("ziglang") else None)


def emit(target: str, folder: Path) -> Path:
    """Write the kernel for a machine into ``folder`` and return the object file.

    Raises:
        subprocess.CalledProcessError: it could not be compiled, or a product and a sum are fused.
    """
    environment = {**os.environ, **ENVIRONMENT, "REGIOSIM_CACHE": str(folder / "cache")}
    command = [sys.executable, "-m", "experiments.classroom.kernel.emit", target, str(folder)]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)
    return folder / "run_batch.o"


def link_wasm(source: Path, program: Path) -> Path:
    """Link an object file of the kernel, and return the program: one function and a memory.

    Raises:
        subprocess.CalledProcessError: something that it calls is not in it.
    """
    options = ["--no-entry", "--export=run_batch", "--export=__heap_base", "--strip-all"]
    options += ["-z", f"stack-size={STACK}", f"--max-memory={MOST_MEMORY}"]
    command = [str(linker()), "-m", "ziglang", "wasm-ld", str(source), *options]
    subprocess.run([*command, "-o", str(program)], check=True)
    return program
