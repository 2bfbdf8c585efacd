"""The story in seven steps, as data: read from steps.toml and checked."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sim.measure.outcomes import NAMES

STEPS = Path(__file__).resolve().parent / "steps.toml"

Language = Literal["en", "nl"]
Direction = Literal["more", "less", "same"]
"""Of B against A: higher, lower, or not told apart."""


def _outcome(name: str) -> str:
    if name not in NAMES:
        raise ValueError(f"no outcome {name!r}")
    return name


OutcomeName = Annotated[str, AfterValidator(_outcome)]
Year = Annotated[int, Field(ge=2006, le=2050)]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(_Data):
    """A text in both languages."""

    en: str = Field(min_length=1)
    nl: str = Field(min_length=1)

    def say(self, language: Language) -> str:
        """Return the text in one language."""
        return self.nl if language == "nl" else self.en


class Policy(_Data):
    """A regime, and the positions of levers that do not stand as shipped."""

    regime: str
    levers: dict[str, float]


class Finding(_Data):
    """An outcome that a step asks about, and what is said of each way in which it can come out.

    A difference below ``least``, in the unit of the outcome, counts as none.
    """

    outcome: OutcomeName
    least: float = Field(gt=0)
    more: Said
    less: Said
    same: Said

    def why(self, direction: Direction) -> Said:
        """Return what is said where B is higher, lower, or not told from A."""
        return {"more": self.more, "less": self.less, "same": self.same}[direction]


class Step(_Data):
    """One step: predict, run, explain. ``years`` are the first and last that findings read."""

    name: str
    source: str
    years: tuple[Year, Year]
    title: Said
    setting: Said
    changed: Said
    question: Said
    options: tuple[Said, ...] = Field(min_length=2)
    a: Policy
    b: Policy
    watch: tuple[OutcomeName, ...] = Field(min_length=1)
    finding: tuple[Finding, ...] = Field(min_length=1)

    @property
    def apart(self) -> bool:
        """Whether A and B differ in more than one thing: two regimes that are no designs."""
        regimes = {self.a.regime, self.b.regime}
        return len(regimes) > 1 and not all(one.startswith("design:") for one in regimes)


class _Story(_Data):
    step: tuple[Step, ...]


@lru_cache(maxsize=1)
def story() -> tuple[Step, ...]:
    """Return the steps in their order.

    Raises:
        ValueError: the file is not what it has to be.
    """
    return _Story(**tomllib.loads(STEPS.read_text(encoding="utf-8"))).step
