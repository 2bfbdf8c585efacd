"""Regions by name, by folder or made: the one way in."""

from __future__ import annotations

from pathlib import Path

from sim.errors import BadInput, nearest
from sim.place.assemble import assemble
from sim.place.description import FILE
from sim.place.national import SHIPPED
from sim.place.region import Region
from sim.place.synthetic import LARGEST_COUNTRY, synthetic

SYNTHETIC = "synthetic:MUNICIPALITIES[:SEED]"


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
    folder = Path(spec)
    if spec and folder.is_dir():
        return assemble(folder)
    allowed = f"{', '.join(names)}, the path of a folder with {FILE}, or {SYNTHETIC}"
    if spec and folder.exists():
        raise BadInput(f"region {spec!r}", "is a file, not a folder", allowed=allowed)
    raise BadInput(
        f"region {spec!r}",
        "is neither a shipped region nor a folder",
        allowed=allowed,
        nearest=nearest(spec, (*names, "synthetic:")),
    )


def _synthetic(spec: str) -> Region:
    parts = spec.split(":")[1:]
    allowed = f"{SYNTHETIC}, such as synthetic:345 or synthetic:345:7"
    if len(parts) not in (1, 2):
        raise BadInput(f"region {spec!r}", "has the wrong number of parts", allowed=allowed)
    for part, what in zip(parts, ("MUNICIPALITIES", "SEED"), strict=False):
        if not (part.isascii() and part.isdigit()):
            raise BadInput(
                f"region {spec!r}", f"{what} {part!r} is not a whole number", allowed=allowed
            )
    count, seed = int(parts[0]), int(parts[1]) if len(parts) == 2 else 0
    if not 1 <= count <= LARGEST_COUNTRY:
        raise BadInput(
            f"region {spec!r}",
            f"MUNICIPALITIES {count} is out of range",
            allowed=f"1..{LARGEST_COUNTRY}",
        )
    if seed >= 2**63:
        raise BadInput(f"region {spec!r}", f"SEED {seed} is too large", allowed="0..2^63-1")
    return synthetic(count, seed)
