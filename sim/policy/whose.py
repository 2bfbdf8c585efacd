"""Whose a value of policy is: of all insurers, or of one that has a series of its own.

A series is known by its name, as after ``--set policy.``: ``stance`` is that of all insurers,
``stance@Menzis`` that of one. An insurer has the values of all until the first date of its own,
and its own from then on, whatever is said of all later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sim.policy.keys import POLICY_SERIES
from sim.policy.values import PolicyDated, PolicySeries, Series

SIGN = "@"


class Whose(NamedTuple):
    """A key of policy, and the insurer whose series it is; empty: that of all."""

    key: str
    insurer: str

    @property
    def name(self) -> str:
        """The name of the series."""
        return f"{self.key}{SIGN}{self.insurer}" if self.insurer else self.key


def whose(name: str) -> Whose:
    """Return key and insurer of the name of a series."""
    key, _, insurer = name.partition(SIGN)
    return Whose(key, insurer)


def series_by_name(key: str, given: PolicySeries) -> dict[str, Series]:
    """Return the series, by name, to which the dated values of one key of a file belong."""
    found: dict[str, list[PolicyDated]] = {}
    for dated in given:
        for insurer in dict.fromkeys(dated.insurers or ("",)):
            own = dated.model_copy(update={"insurers": ()})
            found.setdefault(Whose(key, insurer).name, []).append(own)
    return {name: tuple(series) for name, series in found.items()}


def insurers_in(policy: Mapping[str, Series], keys: Iterable[str] = POLICY_SERIES) -> list[str]:
    """Return the insurers that have a series of their own of one of ``keys``, in order of name."""
    chosen = set(keys)
    return sorted({one.insurer for one in map(whose, policy) if one.insurer and one.key in chosen})


def series_for(policy: Mapping[str, Series], key: str, insurer: str) -> Series:
    """Return what holds for an insurer: its own series, and before it that of all."""
    of_all, own = policy.get(key, ()), policy.get(Whose(key, insurer).name, ())
    if not insurer or not own:
        return of_all
    return (*(dated for dated in of_all if dated.start < own[0].start), *own)


def in_order(policy: Mapping[str, Series]) -> dict[str, Series]:
    """Return the series of all in the order of their keys, then those of single insurers."""
    own = sorted((name for name in policy if name not in POLICY_SERIES), key=_place)
    return {name: policy[name] for name in (*POLICY_SERIES, *own)}


def _place(name: str) -> tuple[str, int]:
    one = whose(name)
    return one.insurer, list(POLICY_SERIES).index(one.key)
