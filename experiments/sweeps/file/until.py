"""What a sweep is to find out: outcomes whose means are to be known to within a width.

``trust@2025 +- 0.02``: of each point the mean over seeds of the outcome of the whole region in that
year, in the outcome's unit; ``+- 5%``: of the mean. Without a year it is the last one recorded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from experiments.runs.arguments import LARGEST, Argument, BadArgument, whole_number
from experiments.sweeps.file.experiment import MOST_RUNS, Experiment
from results.statistics.until import LEAST, Width
from results.store.schema import FIRST_YEAR
from sim.errors import BadInput, nearest
from sim.measure.outcomes import NAMES
from sim.reading.dates import parse_date, tick_of
from sim.reading.numbers import is_whole, number, shown, written

FORM = "'OUTCOME +- WIDTH', such as 'trust +- 0.02', 'trust@2025 +- 0.02' or 'trust +- 5%'"
MOST = 1_000
"""Seeds of a point at most, where nothing else is said."""
PAIRED = ("morris", "saltelli")
"""Designs whose indices are made of the same seeds at every point."""

_FORM = re.compile(r"\s*([^\s@+±]+)\s*(?:@\s*([^\s+±]+)\s*)?(?:\+-|\+/-|±)\s*(.*?)\s*")


class Target(NamedTuple):
    """An outcome of a year whose mean is to be known to within a width, at every point."""

    outcome: str
    year: int
    width: Width

    @property
    def text(self) -> str:
        """It as it may be asked for, in one way only: ``trust@2030 +- 0.02``."""
        share = self.width.relative
        size = f"{100.0 * self.width.size:.12g}%" if share else written(self.width.size)
        return f"{self.outcome}@{self.year} +- {size}"


def read_targets(given: str | Sequence[str], experiment: Experiment) -> tuple[Target, ...]:
    """Return what is asked of an experiment.

    Raises:
        BadInput: an outcome, year or width cannot be used, or the experiment cannot answer it.
    """
    texts = [given] if isinstance(given, str) else list(given)
    _check_experiment(experiment, texts)
    found: list[Target] = []
    for text in texts:
        target = _read(text, experiment)
        if (target.outcome, target.year) in [(one.outcome, one.year) for one in found]:
            raise _bad(text, f"{target.outcome} in {target.year} is asked for twice", "once")
        found.append(target)
    return tuple(found)


def _bad(text: str, problem: str, allowed: str = FORM, near: str | None = None) -> BadArgument:
    return BadArgument(Argument("until", text, said=""), problem, allowed=allowed, nearest=near)


def _check_experiment(experiment: Experiment, texts: Sequence[str]) -> None:
    """Refuse an experiment that cannot have seeds of its own at every point."""
    first = texts[0] if texts else ""
    kind, pilot = experiment.design.kind, int(experiment.runs["replicates"])
    if kind in PAIRED:
        raise _bad(
            first, f"does not go with a {kind} design: its indices are made of the same seeds at "
            "every point", "more replicates in the file, or another design",
        )  # fmt: skip
    if experiment.record != "yearly":
        raise _bad(
            first, f"asks for years, and record.when is {experiment.record!r}", 'when = "yearly"'
        )
    if pilot < LEAST:
        raise _bad(
            first, f"begins with the replicates of the file, and {pilot} are too few to tell how "
            "an outcome spreads", f"runs.replicates of {LEAST} or more",
        )  # fmt: skip


def _read(text: str, experiment: Experiment) -> Target:
    match = _FORM.fullmatch(text)
    if match is None:
        raise _bad(text, "has no width" if "+" not in text and "±" not in text else "is unclear")
    outcome, year, width = match.groups()
    recorded = experiment.outcomes
    if outcome not in recorded:
        if outcome in NAMES:
            raise _bad(text, f"{outcome} is not recorded", "an outcome of record.outcomes")
        raise _bad(
            text, f"outcome {shown(outcome)} is unknown",
            "what `regiosim outcomes` lists, and the experiment records",
            nearest(outcome, recorded),
        )  # fmt: skip
    return Target(outcome, _year(text, year, experiment), _width(text, width))


def _year(text: str, year: str | None, experiment: Experiment) -> int:
    """Return the year, the last that is recorded whole where none is named."""
    first, last = (
        tick_of(parse_date(str(experiment.runs[key]), f"runs.{key}")) for key in ("start", "end")
    )
    low, high = FIRST_YEAR + -(-first // 4), FIRST_YEAR + (last + 1) // 4 - 1
    if year is None:
        return high
    if not is_whole(year) or not low <= int(year) <= high:
        raise _bad(text, f"the year {shown(year)} is not recorded", f"{low} to {high}")
    return int(year)


def _width(text: str, width: str) -> Width:
    allowed = "a number above 0 in the outcome's unit, or a percentage of the mean"
    if not width:
        raise _bad(text, "has no width")
    try:
        size = number(width.removesuffix("%"), "width", allowed)
    except BadInput as error:
        raise _bad(text, str(error).partition(": ")[2].partition(". ")[0], allowed) from None
    if not size > 0.0:
        raise _bad(text, f"a width of {width} can never be reached", allowed)
    relative = width.endswith("%")
    return Width(size / 100.0 if relative else size, relative)


def most_seeds(asked: int | None, experiment: Experiment, points: int) -> int:
    """Return how many seeds a point may have at most.

    Raises:
        BadInput: fewer than the pilot has, or so many that a sweep cannot keep them.
    """
    pilot = int(experiment.runs["replicates"])
    most = max(MOST, pilot) if asked is None else whole_number(Argument("most", asked), 1)
    if most < pilot:
        raise BadArgument(
            Argument("most", most), f"is fewer than the {pilot} replicates of the file",
            allowed=f"{pilot} or more",
        )  # fmt: skip
    if int(experiment.runs["seed"]) + most - 1 > LARGEST:
        raise BadArgument(
            Argument("most", most), "leaves no room behind runs.seed",
            allowed=f"seeds up to {LARGEST}",
        )  # fmt: skip
    if most * points > MOST_RUNS:
        raise BadArgument(
            Argument("most", most), f"is too much: with {points:,} points it may come to "
            f"{most * points:,} runs", allowed=f"at most {MOST_RUNS // points:,} here",
        )  # fmt: skip
    return most
