"""Scenarios: what is refused before work, and ids that say what was run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from agents.parameters import DECLARED
from sim.errors import BadInput
from tests.scenarios import SMALL, changed


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"record": "quartely"}, "Did you mean 'quarterly'?"),
        ({"engine": "numpy"}, "compiled, mesa, python"),
        ({"start": "2010Q1", "end": "2009Q4"}, "is before start 2010Q1"),
        ({"start": "2005Q4"}, "2006Q1 .. 2050Q4"),
        ({"end": "2051Q1"}, "2006Q1 .. 2050Q4"),
        ({"end": "soon"}, "not a date"),
        ({"switch": "2018-02-01"}, "start of a quarter"),
        ({"seed": -1}, "0 .. 2^63-1"),
        ({"seed": 2**63}, "0 .. 2^63-1"),
        ({"seed": 2**63 - 2}, "3 replicates"),
        ({"seed": 1.5}, "not a whole number"),
        ({"population_seed": 2**63}, f"population_seed={2**63}: is out"),
        ({"replicates": 0}, "replicates=0: is out of range"),
        ({"record": "yearly", "start": "2008Q2", "end": "2009Q3"}, "no whole year"),
        ({"region": "unicun"}, "Did you mean 'unicum'?"),
        ({"regime": "historic"}, "Did you mean 'historic-nl'?"),
    ],
)
def test_a_bad_scenario_is_refused_before_work(values: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput, match=re.escape(says)):
        changed(**values).check()


def test_ids_say_what_was_run_and_nothing_else() -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", SMALL.id)
    same_id: list[dict[str, Any]] = [
        {"replicates": 50},
        {"record": "all"},
        {"engine": "python"},
        {"start": "2007-01-01"},
        {"settings": (f"choice.money={DECLARED['choice.money'].value}",)},
        {"population_seed": 1},
        {"switch": "2020Q1"},
    ]
    for values in same_id:
        assert changed(**values).id == SMALL.id, values
    other: list[dict[str, Any]] = [
        {"seed": 2},
        {"population_seed": 2},
        {"end": "2010Q4"},
        {"region": "synthetic:2:2"},
        {"regime": "unicum"},
        {"settings": ("choice.money=0.77",)},
        {"settings": ("title.ros.rate=2",)},
    ]
    ids = [changed(**values).id for values in other]
    assert len({SMALL.id, *ids}) == len(other) + 1
    assert SMALL.run_id(2) == changed(seed=2).id
    assert changed(population_seed=7).run_id(1) == changed(population_seed=7, seed=1).id


def test_a_package_counts_by_what_it_says(tmp_path: Path) -> None:
    text = (
        '[package]\nname = "p"\ntext = "t"\nsource = "assumed"\n'
        "[[title.ros.rate]]\nfrom = 2019-01-01\nvalue = 3.0\n"
        'unit = "EUR per insured/yr"\nsource = "assumed"\nrange = [1.0, 9.0]\n'
    )
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(text)
    one, two = (changed(packages=(tmp_path / name,)) for name in ("a.toml", "b.toml"))
    assert one.id == two.id != SMALL.id
