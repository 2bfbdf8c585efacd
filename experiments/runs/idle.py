"""What is asked for and would do nothing: said before a run, in one place for all who ask.

Run, sweep, link and Python come here through ``Scenario.check``. What does nothing is a package
without which the run would be the same, or a setting that would leave the run the same whatever its
value: it is dated after the end, of a title that is never in force, of an insurer that the region
has not, or replaced by what is set beside it. A setting that says what holds anyway is fine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from numpy.typing import NDArray

from experiments.runs.arguments import Argument, BadArgument
from experiments.runs.values import Setting
from sim.errors import BadInput
from sim.place.region import Region
from sim.policy.design import PREFIX
from sim.policy.keys import POLICY_SERIES, TITLE_SERIES, Key
from sim.policy.regime import Regime
from sim.reading.dates import parse_date, tick_of
from sim.reading.numbers import written

SWITCH = "2018Q1"
"""When a design leaves its base where nothing else is said."""

Effect = dict[str, bytes]
"""What the kernels see: the policy, and each title that is ever in force, by its name."""


class Asked(Protocol):
    """What is looked at of a scenario."""

    @property
    def regime(self) -> str:
        """As it was asked for."""

    @property
    def packages(self) -> tuple[str, ...]:
        """Files, in their order."""

    @property
    def switch(self) -> str:
        """When a design leaves its base."""

    @property
    def end(self) -> str:
        """The last quarter, in words."""

    @property
    def last(self) -> int:
        """Its tick."""

    @property
    def place(self) -> Region:
        """The region, loaded."""

    @property
    def policy(self) -> Regime:
        """The regime with packages and settings."""

    def policy_with(self, packages: Sequence[str], settings: Sequence[str]) -> Regime:
        """The regime with other packages and settings."""

    def all_settings(self) -> tuple[Setting, ...]:
        """Settings one by one, in their order."""


def check_switch(regime: str) -> None:
    """Refuse a date of switching for a regime that never switches.

    Raises:
        BadArgument: the regime is no design.
    """
    if not regime.startswith(PREFIX):
        raise BadArgument(
            Argument("switch"), f"does nothing: {regime} is no design",
            allowed=f"beside a regime {PREFIX}BUNDLING/ROUTE/UNIT",
        )  # fmt: skip


def check_idle(scenario: Asked) -> None:
    """Refuse a switch, a package or a setting of policy that does nothing in a scenario.

    Raises:
        BadArgument: one of them could be left out, whatever it says.
    """
    if scenario.switch != SWITCH:
        check_switch(scenario.regime)
    if scenario.packages:
        _check_packages(scenario)
    check_settings(scenario, scenario.all_settings())


def _check_packages(scenario: Asked) -> None:
    packages, texts = scenario.packages, _texts(scenario)
    whole = effect_of(scenario, scenario.policy)
    for place, package in enumerate(packages):
        if _same(scenario, packages[:place] + packages[place + 1 :], texts, whole):
            raise BadArgument(
                Argument("packages", package), f"changes nothing up to {scenario.end}",
                allowed="a package that changes a value in force by then, and that no other "
                "package or setting replaces",
            )  # fmt: skip


def check_settings(scenario: Asked, chosen: Sequence[Setting]) -> None:
    """Refuse one of some settings of a scenario that does nothing in it.

    Raises:
        BadArgument: it could be left out, and have any other value as well.
    """
    of_policy = [setting for setting in chosen if setting.of_policy]
    whole = effect_of(scenario, scenario.policy) if of_policy else {}
    for setting in of_policy:
        if _is_idle(scenario, setting, whole):
            raise BadArgument(
                Argument("settings", setting), f"does nothing: {_why(scenario, setting, whole)}",
                allowed="what is in force by the end of the run",
            )  # fmt: skip


def _texts(scenario: Asked) -> list[str]:
    return [setting.text for setting in scenario.all_settings() if setting.of_policy]


def effect_of(scenario: Asked, regime: Regime) -> Effect:
    """Return what the kernels would see of a regime up to the last quarter of a scenario."""
    titles, policy, names = regime.tables(scenario.last + 1, scenario.place.insurers)
    in_force = [k for k in range(len(names)) if titles["active"][:, k].any()]
    return {"": _bytes(policy), **{names[k]: _bytes(titles[:, k]) for k in in_force}}


def _bytes(table: NDArray[Any]) -> bytes:
    """Return a table field by field: what lies between fields is nobody's."""
    return b"".join(table[name].tobytes() for name in table.dtype.names or ())


def _same(scenario: Asked, packages: Sequence[str], texts: Sequence[str], whole: Effect) -> bool:
    """Return whether other packages and settings come down to the same; no, if they cannot be."""
    try:
        return effect_of(scenario, scenario.policy_with(packages, texts)) == whole
    except BadInput:  # what is left leans on what was left out
        return False


def _is_idle(scenario: Asked, setting: Setting, whole: Effect) -> bool:
    """Return whether a setting could be left out and could have any other value as well."""
    texts = _texts(scenario)
    place = texts.index(setting.text)

    def with_value(*text: str) -> bool:
        others = [*texts[:place], *text, *texts[place + 1 :]]
        return _same(scenario, scenario.packages, others, whole)

    if not with_value():
        return False
    rule = _rule_of(setting)
    if rule is None:
        return setting.name.split(".")[1] not in whole
    return all(
        with_value(f"{setting.name}={_said(rule, value)}") for value in (rule.low, rule.high)
    )


def _said(rule: Key, value: float) -> str:
    return f"{value:.0f}" if rule.whole else written(value)


def _rule_of(setting: Setting) -> Key | None:
    """Return the rule of the dated key that is set; None for one that holds for good."""
    parts = setting.name.partition("@")[0].strip().split(".")
    return {"title": TITLE_SERIES, "policy": POLICY_SERIES}[parts[0]].get(parts[-1])


def _why(scenario: Asked, setting: Setting, whole: Effect) -> str:
    name, *at = (part.strip() for part in setting.name.split("@"))
    kind, title = name.split(".")[:2]
    if at and at[-1][:1].isdigit() and tick_of(parse_date(at[-1], "")) > scenario.last:
        return f"the run ends in {scenario.end}"
    insurers = scenario.place.insurers
    if at and at[0][:1].isalpha() and at[0] not in insurers:
        return f"{at[0]} insures nobody in {scenario.place.title}"
    if kind == "title" and title not in whole:
        return f"{title} is not in force up to {scenario.end}"
    return "other values are in force in its place"
