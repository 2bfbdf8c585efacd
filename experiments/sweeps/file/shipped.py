"""Experiments that come with regiosim, found by their names."""

from __future__ import annotations

import tomllib
from pathlib import Path

from sim.errors import BadInput, nearest
from sim.reading.names import is_there, on_disk
from sim.reading.numbers import shown

CATALOGUE = Path(__file__).resolve().parents[2] / "catalogue"


def shipped_names() -> list[str]:
    """Return the names of the files of the catalogue that are experiments."""
    return sorted(path.stem for path in CATALOGUE.glob("*.toml") if _is_experiment(path))


def _is_experiment(path: Path) -> bool:
    return "runs" in tomllib.loads(path.read_text(encoding="utf-8"))


def find_experiment(given: Path | str) -> Path:
    """Return the file that is meant: a path, or the name of a shipped experiment.

    Raises:
        BadInput: there is neither such a file nor such an experiment.
    """
    path = on_disk(Path(given))
    if is_there(path):
        return path
    names = shipped_names()
    if str(given) in names:
        return CATALOGUE / f"{given}.toml"
    raise BadInput(
        f"experiment {shown(str(given))}", "is neither a file nor the name of a shipped experiment",
        allowed=f"the path of a TOML file, or one of: {', '.join(names)}",
        nearest=nearest(path.stem[:80], names),
    )  # fmt: skip
