"""What a scenario assumes: values without a source, each with unit, plausible range and meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from agents.title import Policy, Title
from experiments.runs.scenario import Scenario
from sim.parameters import assumed_parameters
from sim.policy.keys import TITLE_SERIES
from sim.policy.regime import Regime
from sim.policy.schema import TitleFile
from sim.policy.stale import stale_of
from sim.policy.values import Dated, is_assumed
from sim.policy.whose import in_order, whose

_TITLE = {field.name: field.text for field in Title.fields}
_POLICY = {field.name: field.text for field in Policy.fields}


def assumed_of(scenario: Scenario) -> list[dict[str, Any]]:
    """Return every value that has no source but an assumption, and is as declared.

    Keys of each: name, value, unit, range (plausible, ``[least, most]``; null for a switch),
    source and text, what it means.
    """
    values = scenario.values
    rows = [
        {
            "name": one.name, "value": values[one.name], "unit": one.unit,
            "range": None if one.kind == "?" else [one.least, one.most],
            "source": one.source, "text": one.text,
        }
        for one in assumed_parameters()
        if values[one.name] == one.value
    ]  # fmt: skip
    return [*rows, *_of_policy(scenario.policy)]


def _of_policy(policy: Regime) -> Iterator[dict[str, Any]]:
    for title in policy.titles:
        if is_assumed(title.functions.source):
            yield _functions(title)
        for key in TITLE_SERIES:
            for dated in title.series(key):
                if is_assumed(dated.source):
                    yield _dated(f"title.{title.name}.{key}", dated, _TITLE[key])
    for name, series in in_order(policy.policy).items():
        for dated in series:
            if is_assumed(dated.source):
                yield _dated(f"policy.{name}", dated, _POLICY[whose(name).key])


def _dated(name: str, dated: Dated, text: str) -> dict[str, Any]:
    return {
        "name": f"{name}@{dated.start}", "value": dated.value, "unit": dated.unit,
        "range": list(dated.range) if dated.range else None, "source": dated.source,
        "text": f"{text}; {dated.note}" if dated.note else text,
    }  # fmt: skip


def _functions(title: TitleFile) -> dict[str, Any]:
    parts = title.functions
    return {
        "name": f"title.{title.name}.functions", "value": list(parts.shares()), "unit": parts.unit,
        "range": list(parts.range) if parts.range else None, "source": parts.source,
        "text": f"{_TITLE['functions']}; {parts.note}" if parts.note else _TITLE["functions"],
    }  # fmt: skip


def stale_in(scenario: Scenario) -> list[dict[str, Any]]:
    """Return the sourced amounts that a scenario uses long after the date they are of."""
    found = stale_of(scenario.policy, scenario.first, scenario.last)
    return [one.described() for one in found]
