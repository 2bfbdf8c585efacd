"""Regions by name, by folder or made: the one way in."""

from __future__ import annotations

from pathlib import Path

from sim.errors import BadInput, nearest
from sim.place.assemble import assemble
from sim.place.description import FILE
from sim.place.national import SHIPPED
from sim.place.region import Region
from sim.place.synthetic import LARGEST_COUNTRY, synthetic
from sim.reading.names import is_there, on_disk
from sim.reading.numbers import shown, whole

PARTS = ("MUNICIPALITIES", "SEED")
SYNTHETIC = f"synthetic:{PARTS[0]}[:{PARTS[1]}]"


def region_names() -> tuple[str, ...]:
    """Return the names of the regions that come with the program, in alphabetical order."""
    return tuple(sorted(f.parent.name for f in SHIPPED.glob(f"*/{FILE}")))


def load_region(spec: str) -> Region:
    """Return a region.

    Args:
        spec: The name of a shipped region, the path of a folder with its files (what
            `write_region` writes), or ``synthetic:MUNICIPALITIES[:SEED]``. A shipped name goes
            before a folder: write ``./unicum`` for a folder of that name.

    Raises:
        BadInput: The region is unknown, or its files cannot be used.
    """
    if spec == "synthetic" or spec.startswith("synthetic:"):
        return _synthetic(spec)
    names = region_names()
    if spec in names:
        return assemble(SHIPPED / spec)
    folder = on_disk(Path(spec))
    if spec and is_there(folder) and folder.is_dir():
        return assemble(folder)
    allowed = f"{', '.join(names)}, the path of a folder with {FILE}, or {SYNTHETIC}"
    if spec and is_there(folder):
        raise BadInput(f"region {shown(spec)}", "is a file, not a folder", allowed=allowed)
    raise BadInput(
        f"region {shown(spec)}",
        "is neither a shipped region nor a folder",
        allowed=allowed,
        nearest=nearest(spec[:80], (*names, "synthetic:")),
    )


def _synthetic(spec: str) -> Region:
    parts = spec.split(":")[1:]
    allowed = f"{SYNTHETIC}, such as synthetic:345 or synthetic:345:7"
    if len(parts) not in (1, 2):
        raise BadInput(f"region {shown(spec)}", "has the wrong number of parts", allowed=allowed)
    where = f"region {shown(spec)}"
    given = [whole(part, f"{where}: {PARTS[k]}", allowed) for k, part in enumerate(parts)]
    count, seed = given if len(given) == 2 else (given[0], 0)
    if not 1 <= count <= LARGEST_COUNTRY:
        raise BadInput(
            where,
            f"{PARTS[0]} {count} is out of range",
            allowed=f"1..{LARGEST_COUNTRY}",
        )
    if not 0 <= seed < 2**63:
        raise BadInput(where, f"{PARTS[1]} {seed} is out of range", allowed="0..2^63-1")
    return synthetic(count, seed)
