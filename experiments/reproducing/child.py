"""One repetition in a process of its own, with the rules that its manifest holds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from agents.compiled.rules_file import EXPECTED, VARIABLE
from experiments.reproducing.material import rules_of
from results.store.folder import to_json
from results.store.manifests import StoreRefused

ROOT = Path(__file__).resolve().parents[2]
OUT = "again"
"""The folder in which tables and manifest appear."""
BAD_INPUT = 2


class RepetitionStopped(RuntimeError):
    """The process that repeats something ended before it was done."""


def repeat(
    about: Mapping[str, Any], chosen: Sequence[int], aside: Path, engine: str | None = None
) -> Path:
    """Repeat runs of a manifest; return the folder with their tables and their own manifest.

    Args:
        about: the manifest of a run or a sweep.
        chosen: numbers of the runs, from 0.
        aside: a folder for all that this needs.
        engine: another than the recorded one.

    Raises:
        StoreRefused: they cannot be repeated; the text says why.
        RepetitionStopped: the process ended otherwise; the text is what it said last.
    """
    request = written(about, chosen, aside, engine)
    command = [sys.executable, "-m", "experiments.reproducing.again", str(request)]
    process = subprocess.Popen(
        command, cwd=aside, env=_environment(rules_of(about, aside), about),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        said = process.communicate()[1].decode(errors="replace").strip()
    finally:
        process.kill()
        process.wait()
    if process.returncode == BAD_INPUT:
        raise StoreRefused(said.splitlines()[-1] if said else "it cannot be repeated")
    if process.returncode:
        last = said.splitlines()[-1] if said else f"it ended with {process.returncode}"
        raise RepetitionStopped(f"the repetition stopped: {last}")
    return aside / OUT


def written(
    about: Mapping[str, Any], chosen: Sequence[int], aside: Path, engine: str | None = None
) -> Path:
    """Write what ``again`` is to do, for ``repeat``, and return the file."""
    aside.mkdir(parents=True)
    where = {"out": str(aside / OUT), "aside": str(aside), "home": os.getcwd()}
    request = {"about": about, "chosen": list(chosen), "engine": engine, **where}
    path = aside / "request.json"
    path.write_text(to_json(request), encoding="utf-8", newline="\n")
    return path


def _environment(rules: Path | None, about: Mapping[str, Any]) -> dict[str, str]:
    """Return the environment of a process that has these packages and these rules, or none."""
    found = {k: v for k, v in os.environ.items() if k not in (VARIABLE, EXPECTED)}
    if rules is not None:
        found |= {VARIABLE: str(rules), EXPECTED: str(about["rules_file"]["sha256"])}
    # The process works in a folder of its own, where no file of the user's hides a module.
    paths = [os.path.abspath(one) for one in found.get("PYTHONPATH", "").split(os.pathsep) if one]
    found["PYTHONPATH"] = os.pathsep.join(dict.fromkeys([str(ROOT), *paths]))
    return found
