"""``import regiosim``: the names of ``experiments``, light to import, and the command line."""

from __future__ import annotations

import subprocess
import sys

import pytest

import experiments
import regiosim

HEAVY = ("numba", "mesa", "pandas", "numpy", "pyarrow", "pydantic", "agents", "sim", "results")


def test_the_names_are_those_of_experiments_and_the_same_objects() -> None:
    assert set(regiosim.__all__) == set(experiments.__all__)
    assert set(regiosim.__all__) <= set(dir(regiosim))
    for name in regiosim.__all__:
        assert getattr(regiosim, name) is getattr(experiments, name)
    assert regiosim.__version__ == experiments.__version__


def test_a_name_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(AttributeError, match="'regiosim' has no attribute 'simulate'"):
        _ = regiosim.simulate


def test_importing_it_imports_nothing_heavy() -> None:
    look = f"import regiosim, sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_as_a_program_it_is_the_command_line() -> None:
    command = [sys.executable, "-m", "regiosim", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"regiosim {regiosim.__version__}\n"
