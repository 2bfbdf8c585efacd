"""The systems of the sources: what does each in the code, and what its ablation moves.

``python -m experiments.systems`` prints docs/systems.md, ``--write`` writes it. Which systems there
are, who does what and what is left out is data (``catalogue/systems.toml``). Sources are read where
a number is declared, figures in the table of docs/mechanisms.md: none is typed twice.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field

from agents.parameters import DECLARED
from experiments.mechanisms import BEGIN, END, MEASURES, Contrast, contrasts
from experiments.runs.answering import answer
from sim.errors import BadInput, nearest
from sim.policy.load import load_regime, load_title, regime_names, title_names
from sim.policy.read import read_toml, validate
from sim.policy.values import Strict, Text

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "experiments" / "catalogue" / "systems.toml"
FIGURES = ROOT / "docs" / "mechanisms.md"
PAGE = ROOT / "docs" / "systems.md"
SHOWN = 2
"""Figures of a row that are shown: the clearest of those that stand."""
CELL = r"(\*\*)?([+-][\d.e+-]+) \(([+-][\d.e+-]+), ([+-][\d.e+-]+)\)"
BESIDE = re.compile(rf"`(\w+)` (\d+)-(\d+): {CELL}")
BAR = "\\|"
HEADINGS = ("system", "rules", "data", "taken out, and what that moves", "simpler than the source")
HEAD = """\
# The systems of the sources, and where each stands

The sources (S0-S4 in [bibliography.md](bibliography.md)) speak of {count} systems: parties, bodies,
titles, conditions, ways to decide. For each: the rules that do it, what feeds them, what takes it
out and what that moves, and what is still simpler than the source. Rules are Python names:
`agents.practice.value_membership` stands in `agents/practice.py`. What a parameter or a title rests
on stands behind it, as `regiosim parameters` and `regiosim titles NAME` give it.

Figures are those of the table in [mechanisms.md](mechanisms.md): the row is named first, then what
is changed, then the {shown} clearest differences that stand there, with 95% intervals over seeds,
changed less plain, and how many more stand. They say what moves what in the model, and are no
evidence about the world. Units: {units}. An outcome in `code` is a mean over the years behind it,
in the unit that `regiosim outcomes` gives.

Made by `python -m experiments.systems --write` of
[experiments/catalogue/systems.toml](../experiments/catalogue/systems.toml) and what the program
declares.
"""
LEFT = """\
## What of the sources is not in the model

What the sources tell and no rule acts on, by source. *Missing* is nowhere; *data only* stands in a
table, a value or a text that no rule looks at in the way of the source. Why says what would be
needed, or what stands in its place.
"""


class Kept(Strict):
    """What a file of the program holds, as data of a system."""

    file: Text
    what: Text
    source: Text


class System(Strict):
    """One system of the sources; ``nothing``: why none of its rows moves anything that stands."""

    name: Text
    dutch: Text
    sources: Text
    rules: list[Text] = Field(min_length=1)
    data: list[Text | Kept] = Field(min_length=1)
    rows: list[Text] = []
    nothing: str = ""
    simpler: Text


class Group(Strict):
    """Systems under one heading."""

    heading: Text
    system: list[System] = Field(min_length=1)


class Absent(Strict):
    """What a source tells that no rule acts on."""

    source: Text
    what: Text
    now: Literal["missing", "data only"]
    why: Text


class Catalogue(Strict):
    """The file: groups of systems, and what is in none."""

    group: list[Group] = Field(min_length=1)
    absent: list[Absent]

    def systems(self) -> list[System]:
        """Return all systems, in the order of the file."""
        return [system for group in self.group for system in group.system]


class Figure(NamedTuple):
    """One difference of the table of docs/mechanisms.md, as it is written there."""

    name: str
    mean: str
    low: str
    high: str
    stands: bool

    @property
    def clearness(self) -> float:
        """How many half-widths of its interval the mean is away from zero."""
        half = 0.5 * (float(self.high) - float(self.low))
        return abs(float(self.mean)) / half if half > 0.0 else float("inf")

    def __str__(self) -> str:
        return f"{self.name} {self.mean} ({self.low}, {self.high})"


def catalogue() -> Catalogue:
    """Return what the file says.

    Raises:
        BadInput: the file cannot be read.
    """
    return validate(Catalogue, read_toml(CATALOGUE), CATALOGUE.name)


def figures(text: str) -> dict[str, list[Figure]]:
    """Return the differences of each row of a page with the table, by the name of the row."""
    table = text.partition(BEGIN)[2].partition(END)[0]
    out = {}
    for line in table.splitlines():
        cells = line.strip("| ").split(" | ")
        if not line.startswith("| ") or cells[0] == "mechanism":
            continue
        found = []
        for name, first, last, bold, mean, low, high in BESIDE.findall(cells[2]):
            years = first if first == last else f"{first}-{last}"
            found.append(Figure(f"`{name}` {years}", mean, low, high, bool(bold)))
        for measure, cell in zip(MEASURES, cells[3:], strict=True):
            bold, mean, low, high = re.findall(CELL, cell)[0]
            found.append(Figure(measure.heading, mean, low, high, bool(bold)))
        out[cells[0]] = found
    return out


def is_there(name: str) -> bool:
    """Return whether a dotted name can be imported: a module, and something that it holds."""
    module, _, attribute = name.rpartition(".")
    try:
        return hasattr(import_module(module), attribute)
    except (ImportError, ValueError):
        return False


@cache
def source_of(name: str) -> str:
    """Return what a parameter, a title, a regime or a value of policy rests on, as declared.

    Raises:
        BadInput: nothing is called so.
    """
    kind, _, rest = name.partition(".")
    if kind == "title" and rest in title_names():
        return str(load_title(rest).source)
    if kind == "regime" and rest in regime_names():
        return str(load_regime(rest).source)
    if kind == "policy" and rest in (policy := load_regime("historic-nl").policy):
        return "; ".join(dict.fromkeys(dated.source for dated in policy[rest]))
    if name in DECLARED:
        return DECLARED[name].source
    known = [*DECLARED, *(f"title.{one}" for one in title_names()),
             *(f"regime.{one}" for one in regime_names())]  # fmt: skip
    raise BadInput(
        f"{CATALOGUE.name}: {name!r}", "is no parameter, title.NAME, regime.NAME or policy.KEY",
        nearest=nearest(name, known),
    )  # fmt: skip


def _data(data: Text | Kept) -> str:
    if isinstance(data, Kept):
        path = ROOT / data.file
        if not path.is_file() or data.what not in path.read_text(encoding="utf-8"):
            raise BadInput(f"{CATALOGUE.name}: {data.file}", f"has no {data.what!r}")
        return f"`{data.what}` in `{data.file}` ({data.source})"
    return f"`{data}` ({source_of(data)})"


def check_system(system: System, known: Mapping[str, list[Figure]]) -> None:
    """Refuse a system that names what is not there, or says of what it moves what is not so.

    Args:
        system: one system.
        known: differences by row (``figures``).

    Raises:
        BadInput: it does.
    """
    where = f"{CATALOGUE.name}: {system.name}"
    for rule in system.rules:
        if not is_there(rule):
            raise BadInput(f"{where}: rules", f"{rule!r} cannot be imported")
    names = [contrast.name for contrast in contrasts()]
    for row in system.rows:
        if row not in names:
            near = nearest(row, names)
            raise BadInput(f"{where}: rows", f"{row!r} is in no catalogue", nearest=near)
        if row not in known:
            raise BadInput(
                f"{where}: rows", f"{row!r} is not measured yet in docs/{FIGURES.name}",
                allowed="rows of its table: python -m experiments.mechanisms --write makes it",
            )  # fmt: skip
    moves = any(figure.stands for row in system.rows for figure in known[row])
    if not moves and not system.nothing:
        raise BadInput(
            f"{where}: rows", "none moves anything that stands", allowed="another row, or `nothing`"
        )
    if moves and system.nothing:
        raise BadInput(f"{where}: nothing", "a row moves something that stands")


def _moves(row: str, contrast: Contrast, known: list[Figure]) -> str:
    firm = sorted((one for one in known if one.stands), key=lambda one: -one.clearness)
    told = "; ".join(str(one) for one in firm[:SHOWN]) or "nothing that stands"
    more = f"; {len(firm) - SHOWN} more" if len(firm) > SHOWN else ""
    return f"*{row}*, {contrast.change()}: {told}{more}"


def page() -> str:
    """Return docs/systems.md in Markdown.

    Raises:
        BadInput: the catalogue names what is not there, or a row that is not measured yet.
    """
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    found = catalogue()
    if not FIGURES.exists():
        raise BadInput(FIGURES.name, "is not here", allowed="a checkout with docs/")
    known = figures(FIGURES.read_text(encoding="utf-8"))
    changes = {contrast.name: contrast for contrast in contrasts()}
    units = ", ".join(f"{measure.heading} ({measure.unit})" for measure in MEASURES)
    yield from HEAD.format(
        count=len(found.systems()), shown=SHOWN, units=units.replace("/yr", " a year")
    ).splitlines()
    number = 0
    for group in found.group:
        yield from ("", f"## {group.heading}", "")
        yield f"| {' | '.join(HEADINGS)} |"
        yield "|" + "---|" * len(HEADINGS)
        for system in group.system:
            check_system(system, known)
            number += 1
            moved = [_moves(row, changes[row], known[row]) for row in system.rows]
            if system.nothing:
                moved.append(system.nothing)
            cells = (
                f"{number}. **{system.name}**<br>*{system.dutch}*<br>{system.sources}",
                "<br>".join(f"`{rule}`" for rule in system.rules),
                "<br>".join(_data(one) for one in system.data), "<br>".join(moved), system.simpler,
            )  # fmt: skip
            yield f"| {' | '.join(cell.replace('|', BAR) for cell in cells)} |"
    yield ""
    yield from LEFT.splitlines()
    yield from ("", "| source | what | now | why |", "|---|---|---|---|")
    for one in found.absent:
        yield f"| {one.source} | {one.what} | {one.now} | {one.why} |"


def main(arguments: list[str] | None = None) -> int:
    """Print the page on the systems of the sources, or write it; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m experiments.systems", description=main.__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/systems.md")
    given = parser.parse_args(arguments)

    def work() -> None:
        made = page()
        if given.write:
            PAGE.write_text(made, encoding="utf-8")
        else:
            print(made, end="")

    return answer(work)


if __name__ == "__main__":
    sys.exit(main())
