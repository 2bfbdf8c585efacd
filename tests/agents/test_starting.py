"""What is left out at the start of a process: nothing that is computed, seen or asked for later."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from agents.compiled.starting import never_linked, without_bitcode

SHORT = """
import sys
from experiments.cli import main
code = main(["run", "--region", "synthetic:2:1", "--regime", "historic-nl", "--from", "2006Q1",
             "--to", "2007Q4", "--quiet", "--out", sys.argv[1], *sys.argv[2:]])
assert code == 0
print(sorted({name.partition(".")[0] for name in sys.modules}))
print([name for name in sys.modules if name.startswith("scipy.")])
"""

AFTER = """
import numba, numpy as np
import sim.engines.compiled

@numba.njit
def product(a):
    return np.dot(a, a), np.roots(np.array([1.0, -3.0, 2.0]))

found, roots = product(np.eye(3) * 2.0)
assert (found == np.eye(3) * 4.0).all() and sorted(roots.round(9)) == [1.0, 2.0]
"""

JOINED = """
from agents.compiled.face import join_mesa
from agents.practice import Practice

class Mine(Practice):
    pass

import sys
assert "mesa" not in sys.modules
import sim.engines.model, mesa
join_mesa()
assert issubclass(Practice, mesa.Agent) and issubclass(Mine, mesa.Agent)
assert Mine.__mro__.count(mesa.Agent) == 1
"""


def _python(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("report", [False, True])
def test_a_compiled_run_imports_nothing_that_it_does_not_need(tmp_path: Path, report: bool) -> None:
    said = _python(SHORT, str(tmp_path / "run"), *([] if report else ["--no-report"]))
    packages, scipy = said.splitlines()
    for name in ("mesa", "seaborn", *([] if report else ["matplotlib", "networkx", "jinja2"])):
        assert f"'{name}'" not in packages
    assert "scipy.linalg" not in scipy
    assert "scipy.stats" not in scipy


def test_numba_has_its_linear_algebra_all_the_same() -> None:
    _python(AFTER)


def test_parties_are_agents_of_mesa_once_its_engine_is_there() -> None:
    _python(JOINED)


class _Described:
    llvm_cpython_wrapper_name = "wrapper.of_it"


def _mine() -> None:
    """Stand for a kernel."""


def _other() -> None:
    """Stand for one that others call."""


def test_what_only_linking_needs_is_left_out_of_kernels_that_none_calls() -> None:
    import llvmlite.binding as llvm

    never_linked(_mine)
    reduced = (("_mine", "object", (b"machine code", b"a long text")), _Described, 7)
    (name, kind, (code, stub)), *rest = without_bitcode(_mine, reduced)
    assert (name, kind, code, rest) == ("_mine", "object", b"machine code", [_Described, 7])
    assert [one.name for one in llvm.parse_bitcode(stub).functions] == ["wrapper.of_it"]
    assert without_bitcode(_other, reduced) is reduced
    whole = (("_mine", "bitcode", b"all of it"), _Described)
    assert without_bitcode(_mine, whole) is whole
