"""Plans of a lesson, as data: blocks with their minutes, roles, questions of the debriefing."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from experiments.classroom.lessons.story import OutcomeName, Said, story

PLANS = Path(__file__).resolve().parent / "sheets.toml"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Data):
    """What every sheet says."""

    title: Said
    purpose: Said
    needs: Said
    predict: Said
    run: Said
    explain: Said
    apart: Said
    reading: Said
    illustrates: Said


class Role(_Data):
    """A party that students speak for: what it wants, and by which outcomes it judges."""

    name: Said
    wants: Said
    watches: tuple[OutcomeName, ...]


class Block(_Data):
    """Part of a lesson: minutes, what is done, and the steps of the story that are run."""

    minutes: int = Field(gt=0)
    title: Said
    text: Said
    steps: tuple[str, ...] = ()


class Lesson(_Data):
    """A lesson of so many minutes."""

    minutes: int
    block: tuple[Block, ...]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(block.minutes for block in self.block)
        if total != self.minutes:
            raise ValueError(f"blocks take {total} of {self.minutes} minutes")
        unknown = set(self.steps) - {step.name for step in story()}
        if unknown:
            raise ValueError(f"no step {', '.join(sorted(unknown))}")
        return self

    @property
    def steps(self) -> tuple[str, ...]:
        """Names of the steps that are run, in their order."""
        return tuple(name for block in self.block for name in block.steps)


class Question(_Data):
    """A question of the debriefing; its answer is made from runs, or stands here."""

    about: Literal["moved", "money", "scale", "limits"]
    question: Said
    answer: Said | None = None


class Plans(_Data):
    """Everything in sheets.toml."""

    words: Words
    role: tuple[Role, ...]
    lesson: tuple[Lesson, ...]
    debrief: tuple[Question, ...]

    def of(self, minutes: int) -> Lesson:
        """Return the lesson of so many minutes."""
        return next(one for one in self.lesson if one.minutes == minutes)


@lru_cache(maxsize=1)
def plans() -> Plans:
    """Return the plans.

    Raises:
        ValueError: the file is not what it has to be.
    """
    return Plans(**tomllib.loads(PLANS.read_text(encoding="utf-8")))
