"""A setting: what is set, and to which number, switch or text."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.policy.overrides import is_policy_setting, setting_key
from sim.reading import numbers
from sim.reading.names import composed

Value = bool | int | float | str


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        name: a parameter, or ``title.NAME.KEY`` or ``policy.KEY``, perhaps with ``@2019Q1``;
            of one insurer ``policy.KEY@INSURER``.
        value: what it is set to, in the unit of what is set.
        given: the text it was read from, where it came as text; two that differ in no more are
            the same setting.
    """

    name: str
    value: Value
    given: str = field(default="", compare=False)

    @classmethod
    def read(cls, text: str) -> Setting:
        """Return what a text ``name=value`` sets; whether it can be set is checked later."""
        text = composed(text)
        name, _, value = text.partition("=")
        return cls(name.strip(), value_of(value), text)

    @property
    def text(self) -> str:
        """It as a text after ``--set``: as it was given, or to the last bit."""
        return self.given or f"{self.name}={written(self.value)}"

    @property
    def key(self) -> str:
        """What it sets, with a date always as ``2019-01-01``."""
        return setting_key(self.name)

    @property
    def of_policy(self) -> bool:
        """Whether it is about titles or policy, and not a parameter."""
        return is_policy_setting(self.name)


def written(value: Value) -> str:
    """Return a value as it is written after ``--set NAME=``, to the last bit."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return numbers.written(value) if isinstance(value, float) else str(value)


def value_of(text: str) -> Value:
    """Return what a text stands for: a number in plain digits, true, false, or the text itself."""
    plain = text.strip()
    if plain.lower() in ("true", "false"):
        return plain.lower() == "true"
    if numbers.is_whole(plain):
        return int(plain)
    return float(plain) if numbers.is_number(plain) else plain
