"""Runs give the numbers that they gave when these were last looked at (``tests/baseline``)."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pytest

from sim.measure.outcomes import NAMES
from tests.baseline.numbers import (
    DEAR,
    KEYS,
    REGIMES,
    REGIONS,
    Numbers,
    differences,
    measure,
    read,
    write,
)

SHOWN = 40
RENEW = (
    "If the change is meant: make baseline, read git diff tests/baseline, and say in CHANGELOG.md,"
    " under Results, what moved and why."
)


@lru_cache(maxsize=1)
def _measured() -> dict[str, Numbers]:
    return measure()


@pytest.mark.parametrize("name", KEYS)
def test_runs_give_the_pinned_numbers(name: str) -> None:
    said = differences(name, read(name), _measured()[name])
    more = [f"... and {len(said) - SHOWN} more"] if len(said) > SHOWN else []
    assert not said, "\n".join(["", *said[:SHOWN], *more, RENEW])


def test_every_outcome_is_pinned_in_every_run() -> None:
    pinned = defaultdict(set)
    for region, regime, scope, outcome in read("outcomes"):
        pinned[region, regime, scope == "all"].add(outcome)
    assert set(pinned) == {(r, g, a) for r in REGIONS for g in REGIMES for a in (True, False)} | {
        (*DEAR, True),
        (*DEAR, False),
    }
    assert all(names == set(NAMES) for names in pinned.values())


def test_no_pin_stands_still() -> None:
    # A number that is the same everywhere would pin nothing.
    values = defaultdict(set)
    for (*_, outcome), numbers in read("outcomes").items():
        values[outcome].update(numbers)
    assert not [name for name in NAMES if len(values[name]) < 3]


def test_what_is_pinned_has_twelve_digits() -> None:
    whole = 0
    for numbers in read("outcomes").values():
        for number in numbers:
            digits = number.split("e")[0].strip("-").replace(".", "").lstrip("0")
            assert len(digits) <= 12 and math.isfinite(float(number))
            whole += len(digits) >= 10
    assert whole > 2000


def test_a_number_that_moved_is_named_with_its_place() -> None:
    key = ("synthetic:3:2", "unicum", "all", "hhi")
    old = {key: ("0.25", "0.5", "0.5", "0.5", "0")}
    near = {key: ("0.250000000001", "0.5", "0.5", "0.5", "1e-13")}
    moved = {key: ("0.25", "0.5", "0.51", "0.5", "0.1")}
    assert differences("outcomes", old, near) == []
    about = "region synthetic:3:2, regime unicum, scope all, outcome hhi"
    assert differences("outcomes", old, moved) == [
        f"{about}, 2019: was 0.5, is 0.51 (+2.00%)",
        f"{about}, 2030: was 0, is 0.1",
    ]
    assert differences("outcomes", {}, old)[0].endswith("hhi: is new (0.25, 0.5, 0.5, 0.5, 0)")
    assert differences("outcomes", old, {})[0].endswith("hhi: is gone (0.25, 0.5, 0.5, 0.5, 0)")


def test_renewing_changes_only_what_moved(tmp_path: Path) -> None:
    old = {("r", "g", "joined", "money"): ("23",), ("r", "g", "left", "noise"): ("3.5",)}
    write("events", old, tmp_path)
    new = {("r", "g", "joined", "money"): ("24",), ("r", "g", "left", "noise"): ("3.50000000001",)}
    write("events", new, tmp_path)
    text = (tmp_path / "events.csv").read_text(encoding="utf-8")
    assert text == "region,regime,event,cause,count\nr,g,joined,money,24\nr,g,left,noise,3.5\n"
