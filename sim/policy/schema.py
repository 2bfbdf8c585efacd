"""What a policy file may say: titles, regimes, packages and designs, checked before a run.

What is not a dated series is static, and covered by the title's own source. A ``TitlePatch``
gives some keys of a title (an override), a ``TitleFile`` is a whole title.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import Field, create_model

from agents.words import Group
from sim.policy.keys import ANY, POLICY_SERIES, TITLE_FLAGS, TITLE_SERIES
from sim.policy.values import (
    Functions,
    Groups,
    Insurers,
    MandateOfWord,
    Names,
    OriginWord,
    Payer,
    PayUnitWord,
    Quarter,
    Receiver,
    Series,
    SeriesIn,
    Strict,
    Text,
    policy_type,
    series_type,
)

M = TypeVar("M", bound=Strict)


def _with(fields: dict[str, Any]) -> Callable[[type[M]], type[M]]:
    """Give a model more fields, as name: (type, default), under its own name."""

    def more(model: type[M]) -> type[M]:
        return create_model(
            model.__name__,
            __base__=model,
            __module__=model.__module__,
            __doc__=model.__doc__,
            **fields,
        )

    return more


def _dated(keys: dict[str, Any]) -> dict[str, Any]:
    return {key: (series_type(rule), ()) for key, rule in keys.items()}


def _of_policy(keys: dict[str, Any]) -> dict[str, Any]:
    return {key: (policy_type(key, rule), ()) for key, rule in keys.items()}


@_with({**dict.fromkeys(TITLE_FLAGS, (bool | None, None)), **_dated(TITLE_SERIES)})
class TitlePatch(Strict):
    """Some keys of a title: what a regime or a package overrides.

    Its flags and dated keys are those of ``sim.policy.keys``.
    """

    start: Quarter | None = Field(None, alias="from")
    until: Quarter | None = None
    receiver: Receiver | None = None
    functions: Functions | None = None
    groups: Groups | None = None
    unit: PayUnitWord | None = None
    mandate_of: MandateOfWord | None = None
    origin: OriginWord | None = None
    insurers: Insurers | None = None

    def series(self, key: str) -> Series:
        """Return the dated values of one key."""
        series: Series = getattr(self, key)
        return series

    def static(self, key: str) -> Any:
        """Return one key that holds for good, by the name it has in files."""
        return getattr(self, "start" if key == "from" else key)


@_with({flag: (bool, default) for flag, default in TITLE_FLAGS.items()})
class TitleFile(TitlePatch):
    """A whole title: active from ``from`` until (not with) ``until``, while ``in_force`` > 0."""

    name: Text
    text: Text
    source: Text
    payer: Payer = "insurer"
    start: Quarter = Field(alias="from")
    receiver: Receiver
    functions: Functions
    groups: Groups = Group.words()
    unit: PayUnitWord = "insured"
    mandate_of: MandateOfWord = "practices"
    origin: OriginWord = ANY
    insurers: Insurers = ()


@_with(_of_policy(POLICY_SERIES))
class PolicyPatch(Strict):
    """Dated values that hold whatever the title, of all insurers or of those that one names."""


class RegimeHead(Strict):
    """The head of a regime file: its titles, or the base it builds on and what it changes."""

    name: Text
    text: Text
    source: Text
    base: str | None = None
    titles: Names | None = None
    add: Names = ()
    drop: Names = ()


class PackageHead(Strict):
    """The ``[package]`` table of a package file; ``add`` names titles to add to the regime."""

    name: Text
    text: Text
    source: Text
    add: Names = ()


class DesignFile(Strict):
    """The numbers behind the 24 ``design:`` regimes: see design.toml."""

    text: Text
    source: Text
    base: Text
    keep: Names
    functions: Functions
    neutral: SeriesIn
    cap: SeriesIn
    term: SeriesIn
    bundling: dict[str, TitlePatch]
    route: dict[str, TitlePatch]
    conditions: dict[str, TitlePatch]
    unit: dict[str, TitlePatch]
