"""The kernel of whole runs as an object file for another machine: ``emit.py TARGET FOLDER``.

Run in a process of its own with Numba's optimisation off (``ENVIRONMENT``): optimised code
carries byte offsets of 64-bit pointers. LLVM optimises afterwards, for the machine that is meant.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm

ENVIRONMENT = {
    "NUMBA_OPT": "0",
    "NUMBA_LOOP_VECTORIZE": "0",
    "NUMBA_SLP_VECTORIZE": "0",
}
TARGETS = {
    "wasm32-unknown-unknown": "+bulk-memory,+mutable-globals,+sign-ext,+nontrapping-fptoint",
    "aarch64-linux-musl": "+neon,+fp-armv8",
}
"""Machines by the name LLVM has for them, with the instructions that may be used."""

SQUARE_ROOT = """
declare double @llvm.sqrt.f64(double)
define internal double @sqrt(double %x) alwaysinline {
  %root = call double @llvm.sqrt.f64(double %x)
  ret double %root
}
"""
"""The library's square root sets ``errno``; the machine's own instruction gives the same bits."""

FUSED = re.compile(r"\bv?fn?m(add|sub|la|ls)\d*([sp][sd])?\b|fmuladd|llvm\.fma\b")


def kernel_text() -> tuple[str, str]:
    """Return the symbol of ``run_batch`` and its LLVM text, unoptimised, with all that it calls."""
    from agents.compiled import rule

    rule.OPTIONS["cache"] = False  # code from the cache has no text any more
    import numba
    import numpy as np

    from experiments.compiling.apart import smallest
    from sim.engines.compiled import batch_of, fresh, run_batch
    from sim.measure.outcomes import NAMES

    start = smallest()
    whole, series = batch_of(0, 0), np.zeros((1, 1, 1, len(NAMES)))
    given = (fresh(start), start, np.zeros((1, 2), np.int64), whole, whole, series)
    compiler: Any = run_batch
    compiler.compile(tuple(numba.typeof(one) for one in given))
    (compiled,) = compiler.overloads.values()
    return compiled.fndesc.llvm_func_name, compiled.library.get_llvm_str()


def machine_of(target: str) -> Any:
    """Return LLVM's description of a machine."""
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    found = llvm.Target.from_triple(target)
    return found.create_target_machine(
        cpu="generic", features=TARGETS[target], opt=3, reloc="static"
    )


def translated(text: str, name: str, target: str, machine: Any) -> Any:
    """Return the text as an optimised module that shows only ``name``, as ``run_batch``."""
    text = re.sub(r'target datalayout = ".*"', f'target datalayout = "{machine.target_data}"', text)
    text = re.sub(r'target triple = ".*"', f'target triple = "{target}"', text)
    text = re.sub(r"declare double @llvm\.sqrt\.f64\(double\).*\n", "", text)
    text = re.sub(r"declare double @sqrt\(double\).*\n", SQUARE_ROOT, text)
    module = llvm.parse_assembly(text)
    module.verify()
    # Drops the wrapper for Python, and all that only it calls.
    for one in [*module.functions, *module.global_variables]:
        if not one.is_declaration:
            one.linkage = "external" if one.name == name else "internal"
    tuning = llvm.create_pipeline_tuning_options(speed_level=3)
    tuning.loop_vectorization = tuning.slp_vectorization = False
    passes = llvm.create_pass_builder(machine, tuning)
    passes.getModulePassManager().run(module, passes)
    module.get_function(name).name = "run_batch"
    return module


def main() -> int:
    """Write ``run_batch.o`` for a target; fail where something is fused."""
    target, folder = sys.argv[1], Path(sys.argv[2])
    machine = machine_of(target)
    name, text = kernel_text()
    module = translated(text, name, target, machine)
    for written in (str(module), machine.emit_assembly(module)):
        fused = FUSED.search(written)
        if fused:
            print(f"{target}: a product and a sum are fused: {fused[0]}", file=sys.stderr)
            return 1
    (folder / "run_batch.o").write_bytes(machine.emit_object(module))
    return 0


if __name__ == "__main__":
    sys.exit(main())
