"""The settings of a scenario: names with numbers, switches or texts, read once at the door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from numbers import Integral, Real

from experiments.runs.arguments import Argument, BadArgument
from experiments.runs.values import Setting, Value, value_of

Given = Mapping[str, Value] | str | Iterable[str | Setting | tuple[str, Value]]
"""What settings are made of: values by name, pairs, or texts ``name=value``."""


class Settings(Mapping[str, Value]):
    """Values by name, in the order in which they are applied; cannot be changed.

    Args:
        given: values by name, pairs of both, texts ``name=value`` as after ``--set``, or one text.

    Raises:
        BadArgument: a value is neither a number, a switch nor a text, or one undoes another.
    """

    __slots__ = ("_all", "_by_name")

    def __init__(self, given: Given = ()) -> None:
        if isinstance(given, Settings):
            given = given.all()
        elif isinstance(given, Mapping):
            given = tuple(given.items())
        elif isinstance(given, str):
            given = (given,)
        self._all = tuple(_setting(one) for one in given)
        _check(self._all)
        self._by_name = {setting.name: setting.value for setting in self._all}

    def __getitem__(self, name: str) -> Value:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def __hash__(self) -> int:
        return hash(frozenset(self._by_name.items()))

    def __repr__(self) -> str:
        return repr(self._by_name)

    def all(self) -> tuple[Setting, ...]:
        """Return the settings one by one."""
        return self._all

    def texts(self) -> list[str]:
        """Return them as texts after ``--set``: as they were given, or to the last bit."""
        return [setting.text for setting in self._all]


def _setting(given: object) -> Setting:
    if isinstance(given, Setting):
        return given
    if isinstance(given, str):
        return Setting.read(given)
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], str):
        return Setting(given[0].strip(), _value(*given))
    raise BadArgument(
        Argument("settings"), f"{given!r} cannot be read",
        allowed='values by name, such as {"choice.money": 1.2}, or texts "choice.money=1.2"',
    )  # fmt: skip


def _value(name: str, value: object) -> Value:
    """Return a value as a plain number, switch or text; those of NumPy are such too."""
    plain = value.item() if hasattr(value, "item") and getattr(value, "shape", 0) == () else value
    if isinstance(plain, bool):
        return plain
    if isinstance(plain, Integral):
        return int(plain)
    if isinstance(plain, Real):
        return float(plain)
    if isinstance(plain, date):
        return plain.isoformat()
    argument = Argument("settings", Setting(name.strip(), str(plain)))
    if not isinstance(plain, str):
        allowed = "a number, a text, True or False"
        raise BadArgument(argument, f"{plain!r} cannot be set", allowed=allowed)
    if not isinstance(value_of(plain), str):
        allowed = f"{value_of(plain)} without quotes"
        raise BadArgument(argument, f"{plain!r} is a text", allowed=allowed)
    return plain


def _check(settings: tuple[Setting, ...]) -> None:
    """Refuse a setting that another undoes: it would silently do nothing."""
    seen: set[str] = set()
    parts: dict[str, str] = {}
    for setting in settings:
        name, argument = setting.key, Argument("settings", setting)
        if name in seen:
            raise BadArgument(argument, f"{name} is set twice", allowed="each name once")
        if name in parts:
            raise BadArgument(
                argument, f"replaces all of {name}, {parts[name]} too, which is set before",
                allowed=f"{name} before its dated values and those of single insurers, or a date "
                "for it too",
            )  # fmt: skip
        seen.add(name)
        # With an insurer and a date behind it a name is part of two: of the insurer's, and of all.
        whole = name.rpartition("@")[0]
        while whole:
            parts[whole] = name
            whole = whole.rpartition("@")[0]
