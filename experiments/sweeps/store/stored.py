"""What the folder of a sweep says of itself, checked: the manifest may have been edited by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.sweeps.store.layout import MANIFEST
from results.store.reading import StoreRefused, is_sweep, manifest

NEEDED: dict[str, type] = {
    "id": str, "name": str, "runs": int, "batches": int, "from": str, "to": str, "switch": str,
    "engine": str,
}  # fmt: skip
"""Keys of a manifest without which a sweep can be neither followed nor finished."""


def stored_sweep(folder: Path | str) -> dict[str, Any]:
    """Return the manifest of a sweep's folder.

    Raises:
        StoreRefused: it is not the folder of a sweep, or the manifest lacks what is needed.
    """
    about = manifest(folder)
    if not is_sweep(about):
        what = "is that of a run, or lacks its kind" if "kind" not in about else "is of no sweep"
        raise StoreRefused(f"{folder} is not the folder of a sweep: its manifest {what}.")
    for key, kind in NEEDED.items():
        found = about.get(key)
        few = isinstance(found, int) and found < 1
        if type(found) is not kind or few:  # by type: true is no number here
            said = f"has no {key}" if key not in about else f"has {key} = {found!r}"
            raise StoreRefused(
                f"{Path(folder) / MANIFEST} {said}, which takes {_words(kind)}: it was changed by "
                "hand. Put it back; where no run is finished yet, remove the folder and start anew."
            )
    return about


def _words(kind: type) -> str:
    return "a whole number from 1 on" if kind is int else "a text"
