"""The files that a scenario was made of, with the texts that were read of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from experiments.runs.identity import hash_of, rounded
from sim.place.chains import said
from sim.place.content import content
from sim.place.load import region_names
from sim.place.national import SHIPPED
from sim.place.region import Region


def entry(file: str, text: str) -> dict[str, str]:
    """Return what a manifest says of a file: name, text, and the SHA-256 of the text in UTF-8."""
    return {
        "file": file,
        "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "text": text,
    }


def region_entry(name: str, place: Region, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return what a manifest says of a region: as it was asked for, what it holds, its files.

    Args:
        name: as it was asked for.
        place: the region.
        texts: of the files that were read, by path.
    """
    return {
        "region": name,
        "content": region_hash(place),
        **_chains(place),
        "municipalities": len(place.municipalities),
        "files": [entry(path.name, texts[str(path)]) for path in _files(name, texts)],
    }


def _chains(place: Region) -> dict[str, Any]:
    """Return what is said of chains of care that a region adds, and a hash of the rest of it."""
    if not place.chains:
        return {}
    without = region_hash(replace(place, chains=()))
    return {"chains": [said(chain) for chain in place.chains], "without_chains": without}


def region_hash(place: Region) -> str:
    """Return the hash of what a region holds: of regions that are alike, whatever their names."""
    return hash_of(rounded(content(place)))


def _files(name: str, texts: Mapping[str, str]) -> list[Path]:
    """Return the files of a region that were read; of a made region there are none."""
    if name == "synthetic" or name.startswith("synthetic:"):
        return []
    folder = SHIPPED / name if name in region_names() else Path(name)
    return [path for path in sorted(map(Path, texts)) if path.parent == folder]


def package_entries(names: tuple[str, ...], texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what a manifest says of packages, in the order in which they were applied."""
    return [{"path": name, **entry(Path(name).name, texts[str(Path(name))])} for name in names]
