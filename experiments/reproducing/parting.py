"""Why a run cannot go on from where another stopped: what differs too early, and when it may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.runs.arguments import Argument, BadArgument
from experiments.runs.quarters import quarter_name
from experiments.runs.scenario import Scenario
from sim.engines.shared import AHEAD, BENCHMARK_AHEAD, Flags, Said, agree


class Sides(NamedTuple):
    """Two runs of one seed: the one that stopped, and the one that would go on."""

    base: Scenario
    branch: Scenario
    said: tuple[Said, Said]


def check_past(folder: str, sides: Sides) -> None:
    """Refuse a run that is not the same run as its base up to where that stopped.

    Raises:
        BadArgument: it names what differs first, and from which quarter that may differ.
    """
    same = agree(*sides.said)
    ended = sides.base.last
    if same > ended:
        return
    where = Argument("base", folder, said="")
    if sides.said[0].kin != sides.said[1].kin:
        raise BadArgument(
            where, f"{_otherwise(sides)}: that holds from the first quarter of a run on, so that "
            "no run that differs in it can go on from another",
            allowed="what the base has, or a base of its own",
        )  # fmt: skip
    found = _first(sides, same)
    earlier = same - 1
    base = f"a base that ends in {quarter_name(earlier)} or earlier"
    allowed = base if earlier >= sides.base.first else "a run of its own"
    if found.ahead:
        allowed = f"from {quarter_name(ended + found.ahead + 1)} on, or {allowed}"
    raise BadArgument(
        where, f"{found.key} differs from {quarter_name(found.since)} on; the run in {folder} went "
        f"to {quarter_name(ended)}, and {_why(found.ahead)}",
        allowed=allowed,
    )  # fmt: skip


class Parting(NamedTuple):
    """What differs, in words; from which quarter on; and how far rules look ahead to it.

    ``ahead`` is 0 where no date is late enough.
    """

    key: str
    since: int
    ahead: int


def _why(ahead: int) -> str:
    return {
        0: "of a title that runs down, or is to pay a given sum, rules read all quarters",
        AHEAD: "contracts are agreed a quarter ahead",
        BENCHMARK_AHEAD: f"costs are compared {BENCHMARK_AHEAD} quarters ahead",
    }[ahead]


def _otherwise(sides: Sides) -> str:
    """Return in what two runs begin otherwise, in words."""
    base, branch, _ = sides
    if base.content()["region"] != branch.content()["region"]:
        return f"the region {branch.region} is not that of the base"
    for name, value in branch.values.items():
        if value != base.values[name]:
            return f"{name} is {value!r} here and {base.values[name]!r} in the base"
    return f"what stands at the start under {branch.policy.name} is not that of the base"


def _first(sides: Sides, same: int) -> Parting:
    """Return what ends the past of two runs in quarter ``same``, and differs earliest."""
    a, b = sides.said
    policies = _differing(a.start.policy, b.start.policy)
    keys = [*_titles(sides), *((f"policy.{field}", unlike) for field, unlike in policies)]
    soon = [
        Parting(key, same + int(np.argmax(unlike[same:])), AHEAD)
        for key, unlike in keys
        if unlike[same : same + AHEAD + 1].any()
    ]
    if soon:
        return min(soon, key=lambda one: one.since)
    if a.compared[same] != b.compared[same]:
        first = min(same + BENCHMARK_AHEAD, sides.base.outlook)
        return Parting("policy.benchmark", first, BENCHMARK_AHEAD)
    whole = [Parting(key, int(np.argmax(unlike)), 0) for key, unlike in keys if unlike.any()]
    unknown = Parting("a title that runs down", same, 0)
    return min(whole, key=lambda one: one.since, default=unknown)


def _titles(sides: Sides) -> Iterator[tuple[str, Flags]]:
    """Give every key of every title that rules read, and in which quarters it differs."""
    a, b = sides.said
    one, two = sides.base.policy.names(), sides.branch.policy.names()
    both = min(len(one), len(two))
    for k in range(both):
        known = a.known[:, k] | b.known[:, k]
        if one[k] != two[k]:
            yield f"the title {two[k]}, in the place of {one[k]},", known
            continue
        sums = bool(a.sums[k] or b.sums[k])
        for field, unlike in _differing(a.start.titles[:, k], b.start.titles[:, k]):
            said = f"whether title.{one[k]} is in force" if field == "active" else ""
            yield said or f"title.{one[k]}.{field}", unlike if sums else unlike & known
    for names, side in ((one, a), (two, b)):
        for k in range(both, len(names)):
            active: Flags = side.start.titles["active"][:, k]
            yield f"the title {names[k]}, which one of both lacks,", active


def _differing(a: NDArray[Any], b: NDArray[Any]) -> Iterator[tuple[str, Flags]]:
    """Give each field of two tables with a row per quarter, and in which quarters it differs."""
    for field in a.dtype.names or ():
        cells = np.asarray(a[field] != b[field])
        yield field, np.asarray(cells.reshape(len(cells), -1).any(axis=1))
