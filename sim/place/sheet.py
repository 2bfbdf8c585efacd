"""What is known of a region from its files before it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.errors import BadInput, nearest
from sim.place.description import FILE, Description
from sim.place.table import Row

MOST = 2_000_000
"""No district has more inhabitants."""


@dataclass(frozen=True)
class Sheet:
    """Checked text, municipalities' rows, positions by code and the origin of the plane."""

    folder: Path
    text: Description
    rows: list[Row]
    codes: dict[str, int]
    origin: tuple[float, float]

    def key(self, name: str) -> str:
        """Return where a key of ``region.toml`` stands, for messages."""
        return f"{self.folder / FILE}, key {name}"

    def position(self, key: str, code: str) -> int:
        """Return the position of a municipality that a key of ``region.toml`` names."""
        if code not in self.codes:
            raise BadInput(
                self.key(key),
                f"unknown municipality {code!r}",
                allowed="a code of municipalities.csv",
                nearest=nearest(code, self.codes),
            )
        return self.codes[code]
