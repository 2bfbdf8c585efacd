"""Everything that can be turned, and what it is turned to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import agents.care  # noqa: F401  (declares the parameters of functions and groups)
from agents.parameters import DECLARED
from sim.policy.keys import POLICY_SERIES, TITLE_FLAGS, TITLE_SERIES
from sim.policy.load import load_regime

BIGGEST = {"minimum": 1e7, "cap": 10.0, "sites": 3.0, "above": 200_000.0, "term": 2.0}
"""What a key of a title is set to where a share or a factor of what it is would say nothing."""


class Knob(NamedTuple):
    """One thing that can be turned, and the settings that turn it, each tried on its own.

    ``settings`` are texts as after ``--set``; those of one tuple are set together.
    """

    kind: str
    name: str
    settings: tuple[tuple[str, ...], ...]


def parameter_knobs() -> Iterator[Knob]:
    """Return every parameter at both ends of its plausible range, a switch at its other end."""
    for name, one in DECLARED.items():
        if one.kind == "?":
            yield Knob("switch", name, ((f"{name}={str(not one.value).lower()}",),))
            continue
        ends = [end for end in (one.least, one.most) if end != one.value]
        if one.kind == "i8":
            ends = [int(end) for end in ends]
        yield Knob("parameter", name, tuple((f"{name}={end!r}",) for end in ends))


def policy_knobs(regime: str) -> Iterator[Knob]:
    """Return every value of policy at half, at one and a half, and from 0 at a tenth and a half.

    What may be below zero is tried at half of its least as well: growth turned into decline.
    """
    policy = load_regime(regime).policy
    for name, rule in POLICY_SERIES.items():
        value = max((dated.value for dated in policy[name]), default=0.0)
        tried = (0.5 * value, 1.5 * value) if value else (0.1, 0.5)
        tried = (*tried, 0.5 * rule.low) if rule.low < 0.0 else tried
        held = [min(rule.high, max(rule.low, one)) for one in tried]
        yield Knob("policy", name, tuple((f"policy.{name}={one!r}",) for one in held))


def title_knobs(regime: str) -> Iterator[Knob]:
    """Return every key of titles, turned in each title of a regime by itself."""
    titles = load_regime(regime).titles
    for name in TITLE_FLAGS:
        turned = [
            (f"title.{title.name}.{name}={str(not title.static(name)).lower()}",)
            for title in titles
        ]
        yield Knob("title flag", name, tuple(turned))
    for name, rule in TITLE_SERIES.items():
        settings = []
        for title in titles:
            value = max((dated.value for dated in title.series(name)), default=rule.default)
            other = BIGGEST.get(name, 0.5 * value if value else min(0.5, rule.high))
            other = min(rule.high, max(rule.low, other))
            if rule.whole:
                other = int(other)
            settings.append((f"title.{title.name}.{name}={other!r}",))
        yield Knob("title key", name, tuple(settings))
