"""Rows of the table, and the parts of which their files are made.

A row holds a name, the text of the file, and parts of the message: the key, what is wrong and
what is allowed. ``FILES`` and the points of a row are written beside it.
"""

from __future__ import annotations

from typing import NamedTuple

HEAD = 'name = "bad"\nquestion = "What is wrong?"\n'
RUNS = {
    "regions": '["synthetic:1:3"]',
    "regimes": '["historic-nl"]',
    "from": '"2009Q1"',
    "to": '"2010Q4"',
}
LEVER = '[levers."choice.money"]\nvalues = [0.1, 0.5]\n'
RANGE = '[uncertainties."choice.money"]\nlow = 0.1\nhigh = 0.5\n'
SOBOL = '[design]\nkind = "sobol"\npoints = 4\n'
FACTORIAL = '[design]\nkind = "factorial"\n'
RATE = '[levers."title.ros.rate"]\nvalues = [1, 2]\n'
PACKAGE = '[package]\nname = "p"\ntext = "t"\nsource = "s"\n'
LATE = (
    "[[title.ros.rate]]\nfrom = 2010-01-01\nvalue = {value}\n"
    'unit = "EUR per insured/yr"\nsource = "s"\n'
)
FILES = {
    "nothing.toml": PACKAGE,
    "late.toml": PACKAGE + LATE.format(value=1),
    "other/late.toml": PACKAGE + LATE.format(value=2),
    "unknown.toml": f"{PACKAGE}[[title.ros.rat]]\nvalue = 1\n",
    "broken.toml": "[package\n",
}


class Bad(NamedTuple):
    """A file that is refused: its text, parts of the message, and a points file beside it."""

    name: str
    text: str | bytes
    says: tuple[str, ...]
    points: str | bytes | None = None


DESIGN = '["design:bundled/practice/act"]'


def runs(rest: str = LEVER, head: str = HEAD, **keys: str | None) -> str:
    """A file with other keys in [runs]; None leaves one out."""
    found = {**RUNS, **{key.removesuffix("_"): value for key, value in keys.items()}}
    lines = [f"{key} = {value}\n" for key, value in found.items() if value is not None]
    return f"{head}[runs]\n{''.join(lines)}{rest}"


def top(text: str, rest: str = LEVER) -> str:
    """A file with another head."""
    return runs(rest, text)


def lever(text: str, name: str = '"choice.money"') -> str:
    """A file with this lever."""
    return runs(f"[levers.{name}]\n{text}\n")


def ranged(text: str, name: str = '"choice.money"', design: str = SOBOL) -> str:
    """A file with this uncertainty."""
    return runs(f"[uncertainties.{name}]\n{text}\n{design}")


def design(text: str, factors: str = RANGE) -> str:
    """A file with this design."""
    return runs(f"{factors}[design]\n{text}\n")


def listed(name: str, points: str | bytes, *says: str, factors: str = RANGE) -> Bad:
    """A file that takes its points from another one."""
    return Bad(name, design('kind = "points"\nfile = "points.csv"', factors), says, points)


def constant(text: str) -> str:
    """A file with these constants."""
    return runs(f"{LEVER}[constants]\n{text}\n")


def record(text: str) -> str:
    """A file with this [record]."""
    return runs(f"{LEVER}[record]\n{text}\n")


def say(name: str, text: str | bytes, *says: str) -> Bad:
    """A row of the table."""
    return Bad(name, text, says)
