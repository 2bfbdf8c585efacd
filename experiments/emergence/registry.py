"""The claims called emergent, and the worlds in which each is tried: read from the catalogue."""

from __future__ import annotations

import math
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from experiments.mechanisms import Measure

CATALOGUE = Path(__file__).resolve().parent.parent / "catalogue" / "emergence.toml"
ROLES = ("null", "ablation", "rival")


class Family(NamedTuple):
    """The arms of a claim: one regime for a pattern, two for a contrast."""

    name: str
    plain: str
    group: str
    changed: str = ""

    @property
    def arms(self) -> tuple[str, ...]:
        """Its regimes, the plain one first."""
        return (self.plain, self.changed) if self.changed else (self.plain,)


class Claim(NamedTuple):
    """One thing called emergent: where it is read, and from where on it counts.

    A pattern (``sign`` 0) is there where its mean lies in ``least`` .. ``most``, a contrast where
    the difference of its arms has the sign and is at least ``threshold``; in the unit named.
    """

    name: str
    family: str
    outcome: str
    unit: str
    first: int = 2026
    last: int = 2030
    factor: float = 1.0
    least: float = -math.inf
    most: float = math.inf
    counts: bool = False
    sign: int = 0
    threshold: float = 0.0
    source: str = ""

    @property
    def measure(self) -> Measure:
        """How its outcome is read off a run."""
        return Measure(self.outcome, self.name, self.unit, self.first, self.last, self.factor)

    @property
    def has_two_ends(self) -> bool:
        """Whether a pattern is a range with a lower and an upper end."""
        return not math.isinf(self.least) and not math.isinf(self.most)

    def span(self, times: float) -> tuple[float, float]:
        """Return its range where there are so many times the people."""
        scale = times if self.counts else 1.0
        return self.least * scale, self.most * scale

    def asked(self, times: float = 1.0) -> str:
        """Return its threshold in words."""
        if self.sign:
            return f"{self.sign * self.threshold:+g} or {'more' if self.sign > 0 else 'less'}"
        least, most = self.span(times)
        if math.isinf(most):
            return f"at least {least:g}"
        return f"at most {most:g}" if math.isinf(least) else f"{least:g} to {most:g}"


class World(NamedTuple):
    """A way in which the model is changed: settings, another start, or other names of designs.

    ``cause``: what a null model takes away, in words. ``text``: what is changed, where settings
    are many. ``grouped``: effects against it are shown by group too.
    """

    name: str
    role: str = ""
    families: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    shuffle: bool = False
    suffix: str = ""
    cause: str = ""
    text: str = ""
    grouped: bool = False

    def holds_for(self, family: str) -> bool:
        """Return whether claims of a family are tried in it."""
        return not self.families or family in self.families

    def change(self) -> str:
        """Return what it changes, in words of the page."""
        if self.text:
            return self.text
        words = [f"`{text}`" for text in self.settings]
        words += [f"`{self.suffix}`"] if self.suffix else []
        return ", ".join(words)


AS_IT_IS = World("as it is")


class Registry(NamedTuple):
    """All of it, in the order of the catalogue."""

    families: dict[str, Family]
    claims: tuple[Claim, ...]
    worlds: tuple[World, ...]

    def tried(self, family: str, role: str = "") -> list[World]:
        """Return the worlds in which claims of a family are tried, of one role or of all."""
        return [
            world
            for world in self.worlds
            if world.holds_for(family) and (not role or world.role == role)
        ]


@lru_cache(maxsize=1)
def registry() -> Registry:
    """Return what the catalogue says."""
    read = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))

    def plain(entry: dict[str, object]) -> dict[str, object]:
        return {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}

    families = {entry["name"]: Family(**entry) for entry in read["family"]}
    claims = tuple(Claim(**entry) for entry in read["claim"])
    worlds = tuple(World(**plain(entry)) for entry in read["world"])  # type: ignore[arg-type]
    return Registry(families, claims, worlds)
