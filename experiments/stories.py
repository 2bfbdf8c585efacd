"""``python -m experiments.stories``: tell the stories of docs/stories.md anew from their runs.

A block of the page that begins with ``text of=KIND:ID`` names its run in that line: region,
regime, seed, the party, first and last year, and a language; perhaps the quarter in which the run
starts. What stands in it is what the run
says.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from experiments.runs.answering import answer
from experiments.runs.run import run
from experiments.runs.scenario import Scenario
from results.reports.story import about, spoken_details, spoken_names, tell
from results.store.reading import read
from sim.errors import BadInput

PAGE = Path(__file__).resolve().parents[1] / "docs" / "stories.md"
BLOCK = re.compile(r"```text (of=.*)\n(?:.*\n)*?```\n")

NEAR = ("organisation:", "ros:")
"""Kinds of whom a story also tells what they do to its party."""


class Story(NamedTuple):
    """What a block asks: a party (``of``, kind:id) of a run, from one year to another."""

    of: str
    region: str
    regime: str
    seed: int
    first: int
    last: int
    language: str
    begin: str = "2006Q1"

    @classmethod
    def parse(cls, line: str) -> Story:
        """Return what the words ``key=value`` of a line ask.

        Raises:
            BadInput: a word lacks.
        """
        given = dict(word.split("=", 1) for word in line.split())
        begin = given.pop("start", "2006Q1")
        lacking = {"of", "region", "regime", "seed", "from", "to", "lang"} ^ set(given)
        if lacking:
            allowed = "of, region, regime, seed, from, to and lang; perhaps start"
            raise BadInput("story", line, allowed=allowed)
        return cls(
            given["of"], given["region"], given["regime"], int(given["seed"]),
            int(given["from"]), int(given["to"]), given["lang"], begin,
        )  # fmt: skip


def told(story: Story) -> list[str]:
    """Return the lines of a story: what its party does, and who comes near it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "run"
        run(
            Scenario(
                story.region, story.regime, begin=story.begin, start=story.begin,
                end=f"{story.last}Q4", seed=story.seed, record="all",
            ),
            out=folder,
        )  # fmt: skip
        events = read(folder, "events")
        mine = about(events, story.of)
        near = mine["agent"].astype(str).str.startswith(NEAR) | (mine["agent"] == story.of)
        mine = mine[near & (mine["date"].dt.year >= story.first)]
        details = spoken_details(folder, events, story.language)
        names = spoken_names(folder, story.language)
        return tell(mine, names, True, story.language, details)


def renew(text: str) -> str:
    """Return a page with the stories in its blocks told anew."""

    def fill(found: re.Match[str]) -> str:
        lines = told(Story.parse(found.group(1)))
        return "\n".join((f"```text {found.group(1)}", *lines, "```", ""))

    return BLOCK.sub(fill, text)


def main(arguments: list[str] | None = None) -> int:
    """Print the page with its stories told anew, or write it; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m experiments.stories", description=main.__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/stories.md")
    given = parser.parse_args(arguments)

    def work() -> None:
        page = renew(PAGE.read_text(encoding="utf-8"))
        if given.write:
            PAGE.write_text(page, encoding="utf-8")
        else:
            print(page, end="")

    return answer(work)


if __name__ == "__main__":
    sys.exit(main())
