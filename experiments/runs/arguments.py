"""What was asked for, in the words of whoever asks: Python, the command line, a file.

A check names an argument and says what is wrong with it, once. The text of the error is in the
words of Python, ``start="2019Q9"``; a door with other words, ``--from`` or ``runs.from``, asks
for them.
"""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from experiments.runs.values import Setting
from results.words.texts import LANGUAGES
from sim.errors import BadInput, nearest

OPTIONS = {
    "begin": "--start", "start": "--from", "end": "--to", "switch": "--switch",
    "horizon": "--horizon", "base": "--continue", "region": "--region",
    "record": "--record", "engine": "--engine", "replicates": "--replicates", "seed": "--seed",
    "population_seed": "--population-seed", "settings": "--set", "packages": "--package",
    "by": "--by",
    "workers": "--workers", "shard": "--shard", "address": "--cluster",
    "port": "--port", "array": "--array", "sample": "--sample", "earlier": "--from",
    "years": "--years", "draws": "--draws", "year": "--year", "run": "--run",
    "language": "--lang", "report": "--lang",
    "outcome": "--outcome", "where": "--where", "until": "--until", "most": "--most",
}  # fmt: skip
"""The option of the command line for each argument of a function or a scenario."""

_PYTHON = {name: name for name in OPTIONS}
LARGEST = 2**63 - 1
"""The largest whole number that is taken, a seed's too."""
_NAME = re.compile(r"\{([a-z_]+)\}")


class Argument(NamedTuple):
    """An argument and its value.

    Attributes:
        name: as it is called in Python; empty where ``value`` is the place, in words.
        value: what it was given; of ``settings`` the one ``Setting``, or None for all together.
        said: the value as the problem begins with it where only the name stands before it, by
            default as in Python; empty where the problem does not begin with the value.
    """

    name: str
    value: object = None
    said: str | None = None

    def in_python(self) -> str:
        """Return ``replicates=0`` or ``settings["choice.money"]``."""
        if isinstance(self.value, Setting):
            return f"{self.name}[{_literal(self.value.name)}]"
        if not self.name:
            return str(self.value)
        return self.name if self.value is None else f"{self.name}={_literal(self.value)}"

    def as_option(self) -> str:
        """Return ``--replicates`` or ``--set choice.money=99``."""
        if not self.name:
            return str(self.value)
        option = OPTIONS[self.name]
        if isinstance(self.value, Setting):
            return f"{option} {self.value.text}"
        return option if self.said != "" or self.value is None else f"{option} {self.value}"

    def lead(self) -> str:
        """Return the value, with a space, where a sentence about it begins with it."""
        if isinstance(self.value, Setting) or self.value is None or not self.name:
            return ""
        said = repr(self.value) if self.said is None else self.said
        return f"{said} " if said else ""


def _literal(value: object) -> str:
    """Return a value as it is written in Python, texts between double quotes."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


class BadArgument(BadInput):
    """An argument that cannot be used; the text is in the words of Python.

    Args:
        argument: which one, and what it was given.
        problem: what is wrong with it. ``{start}`` here and in ``allowed`` is the name of that
            argument, in the words of whoever reads it.
        allowed: what could be given.
        nearest: what is allowed and looks most like it.
    """

    def __init__(
        self, argument: Argument, problem: str, *, allowed: str = "", nearest: str | None = None
    ) -> None:
        self.argument, self.problem = argument, problem
        self.allowed, self.nearest = allowed, nearest
        super().__init__(
            argument.in_python(), _filled(problem, _PYTHON), allowed=_filled(allowed, _PYTHON),
            nearest=nearest,
        )  # fmt: skip

    def __reduce__(self) -> Any:
        make: Callable[..., BadArgument] = partial(
            BadArgument, allowed=self.allowed, nearest=self.nearest
        )
        return make, (self.argument, self.problem)

    def in_options(self) -> str:
        """Return the message in the words of the command line."""
        return str(self._said(self.argument.as_option(), self.argument.lead(), OPTIONS))

    def in_file(self, place: str, keys: Mapping[str, str]) -> BadInput:
        """Return it as a message about a file.

        Args:
            place: where in the file what is wrong was set, for arguments that ``keys`` lacks.
            keys: where arguments are in the file, ``FILE: KEY``.
        """
        name, value = self.argument.name, self.argument.value
        if name in keys:
            place = keys[name]
        lead = f"{value.text}: " if isinstance(value, Setting) else self.argument.lead()
        short = {name: key.rpartition(": ")[2] for name, key in keys.items()}
        return self._said(place, lead, {**OPTIONS, **short})

    def _said(self, where: str, lead: str, names: Mapping[str, str]) -> BadInput:
        return BadInput(
            where, lead + _filled(self.problem, names), allowed=_filled(self.allowed, names),
            nearest=self.nearest,
        )  # fmt: skip


def _filled(text: str, names: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: names.get(found[1], found[0]), text)


def in_options(error: Exception) -> str:
    """Return the text of any error in the words of the command line."""
    return error.in_options() if isinstance(error, BadArgument) else str(error)


@contextmanager
def about(argument: Argument) -> Iterator[None]:
    """Make what a reader of texts says of a value, after a place and a colon, about an argument."""
    try:
        yield
    except BadInput as error:
        problem = str(error).partition(": ")[2]
        raise BadArgument(argument, problem.removeprefix(argument.lead())) from None


@contextmanager
def about_policy(settings: Iterable[Setting], switch: str) -> Iterator[None]:
    """Make what the model's readers say of ``--set`` and ``--switch`` about the arguments."""
    try:
        yield
    except BadArgument:
        raise
    except BadInput as error:
        raise _named(str(error), settings, switch) or error from None


def _named(text: str, settings: Iterable[Setting], switch: str) -> BadArgument | None:
    found = None
    for setting in settings:
        start = "".join(c if c.isprintable() else " " for c in f"--set {setting.text}: ")
        if text.startswith(start):
            found = BadArgument(Argument("settings", setting), text[len(start) :])
    if text.startswith("--set: "):
        found = BadArgument(Argument("settings"), text.removeprefix("--set: "))
    if text.startswith("--switch: "):
        argument = Argument("switch", switch)
        problem = text.removeprefix("--switch: ").removeprefix(argument.lead())
        found = BadArgument(argument, problem)
    return found


def check_kind(argument: Argument, kinds: tuple[str, ...]) -> None:
    """Refuse a word that is none of ``kinds``.

    Raises:
        BadArgument: it is unknown.
    """
    if argument.value not in kinds:
        near = nearest(str(argument.value), kinds)
        raise BadArgument(argument, "is unknown", allowed=", ".join(kinds), nearest=near)


def check_language(argument: Argument, none: bool = False) -> None:
    """Refuse a language that no text is in; with ``none`` an empty one asks for no report.

    Raises:
        BadArgument: it is unknown.
    """
    if not (none and argument.value == ""):
        check_kind(argument, LANGUAGES)


def whole_number(argument: Argument, low: int, high: int = LARGEST, *, allowed: str = "") -> int:
    """Return an argument that is a whole number, from ``low`` to ``high``.

    Args:
        argument: what was given; NumPy's whole numbers are some as well.
        low: the least.
        high: the largest.
        allowed: what the message says is allowed; by default whole numbers from ``low`` on.

    Raises:
        BadArgument: it is none, or out of range.
    """
    allowed = allowed or f"whole numbers {low} .. 2^63-1"
    try:
        number = operator.index(argument.value)  # type: ignore[arg-type]
    except TypeError:
        raise BadArgument(argument, "is not a whole number", allowed=allowed) from None
    if not low <= number <= high:
        raise BadArgument(argument, "is out of range", allowed=allowed)
    return number
