"""Sheets beside a lesson: which files, and what is in them, from runs of its regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from experiments.classroom.lessons.answers import SEEDS, Progress, answers
from experiments.classroom.lessons.policies import idle_in, lever_named, scenario_of
from experiments.classroom.lessons.sheet import LENGTHS, About, sheet
from experiments.classroom.lessons.story import Language, story
from experiments.classroom.words import title_of
from experiments.runs.version import VERSION
from results.store.folder import whole_file
from sim.place.load import load_region


class Sheet(NamedTuple):
    """A sheet to be made: its region, its length in minutes and its file."""

    region: str
    minutes: int
    path: Path


def sheets_of(regions: Sequence[str], lesson: Path) -> list[Sheet]:
    """Return the sheets of a lesson: NAME-45.html and NAME-90.html, NAME-REGION-45.html of several.

    Raises:
        BadInput: a region is unknown or cannot be used.
    """
    many = len(regions) > 1
    out = []
    for region in regions:
        stem = f"{lesson.stem}-{load_region(region).name}" if many else lesson.stem
        out += [
            Sheet(region, minutes, lesson.with_name(f"{stem}-{minutes}.html"))
            for minutes in LENGTHS
        ]
    return out


def pages_of(
    sheets: Sequence[Sheet],
    language: Language,
    seeds: int = SEEDS,
    progress: Progress | None = None,
) -> dict[Path, str]:
    """Run the story in each region and return what comes into each file.

    Args:
        sheets: those to be made.
        language: all of them are in it.
        seeds: paired runs a step, 2 or more.
        progress: hears how many policies of how many were run.

    Raises:
        BadInput: a policy cannot be run in a region.
        RunFailed: a run did not finish.
    """
    regions = list(dict.fromkeys(one.region for one in sheets))
    pages: dict[Path, str] = {}
    for k, region in enumerate(regions):
        idle = {step.name: idle_in(step, region) for step in story()}

        def hear(done: int, of: int, before: int = k) -> None:
            if progress is not None:
                progress(before * of + done, len(regions) * of)

        mine = [step for step in story() if not idle[step.name]]
        found = answers(mine, region, scenario_of, seeds, hear)
        about = About(title_of(load_region(region))[language], seeds, VERSION)
        still = [
            (step, [lever_named(name).label for name in idle[step.name]])
            for step in story()
            if idle[step.name]
        ]
        for one in sheets:
            if one.region == region:
                pages[one.path] = sheet(one.minutes, language, found, about, still)
    return pages


def write_pages(pages: Mapping[Path, str]) -> None:
    """Write each page to its file, whole or not at all."""
    for path, page in pages.items():
        with whole_file(path.absolute()) as aside:
            aside.write_text(page, encoding="utf-8")
