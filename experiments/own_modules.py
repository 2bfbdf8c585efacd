"""Which modules a process of this program imports: its own, and none of the folder it is run in.

Python looks for modules in the current folder first, so that a ``random.py`` or a ``queue.py`` of
the user's, in the folder where runs are kept, would be imported in the place of the real one.
This file imports nothing that is not in memory anyway, since it runs before that is mended. As a
script it does so for a child: ``python -P own_modules.py MODULE [ARGUMENT...]``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

PACKAGES = ("agents", "experiments", "regiosim", "results", "sim")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""Where these packages are: a checkout, or a folder of installed packages."""
_INSTALLED = ("site-packages", "dist-packages")


class OwnModules:
    """Finds the packages of this program beside this file, whatever the search path says."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where one of the packages is; None of any other module."""
        return PathFinder.find_spec(name, [ROOT]) if name in PACKAGES else None


def only_own_modules() -> None:
    """From here on import nothing from the current folder but these packages, if they are there."""
    if OwnModules not in sys.meta_path:
        sys.meta_path.insert(0, OwnModules)
    try:
        here = os.path.realpath(os.getcwd())
    except OSError:  # it was removed meanwhile
        here = ""
    sys.path[:] = [
        path for path in sys.path
        if path and (os.path.realpath(path) != here or os.path.basename(here) in _INSTALLED)
    ]  # fmt: skip


def command_of(module: str, *arguments: str) -> list[str]:
    """Return a command that runs a module of this program in a process of its own."""
    safe = "-I" if sys.flags.isolated else "-P"
    return [sys.executable, safe, os.path.abspath(__file__), module, *arguments]


if __name__ == "__main__":
    only_own_modules()
    import runpy

    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
