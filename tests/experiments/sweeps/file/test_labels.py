"""Names of factors and alternatives: what they stand for, and which a store needs itself."""

from __future__ import annotations

from typing import Any

import pytest

from experiments.runs.values import Setting, value_of, written
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.file.factor_table import numbers_of
from sim.errors import BadInput


def experiment(**lever: Any) -> dict[str, Any]:
    return {
        "name": "n", "question": "q",
        "runs": {"regions": ["unicum"], "regimes": ["historic-nl"]}, "levers": lever,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("names", "values"),
    [
        (["0034", "12"], ["0034", "12"]),
        (["1_0", "5"], ["1_0", "5"]),
        (["٣", "5"], ["٣", "5"]),
        (["inf", "1"], ["inf", "1"]),
        (["1e999", "1"], ["1e999", "1"]),
        (["9" * 5000, "1"], ["9" * 5000, "1"]),
        (["1", "2.5"], [1, 2.5]),
        (["0.10", "0.2"], [0.1, 0.2]),
    ],
)
def test_a_name_is_a_number_only_where_it_is_written_as_one(
    names: list[str], values: list[Any]
) -> None:
    assert numbers_of(names) == values


def test_a_name_with_a_mark_of_thousands_is_refused() -> None:
    lever = {"alternatives": {"100.000": ["choice.money=0.1"], "200": ["choice.money=0.2"]}}
    with pytest.raises(BadInput, match="levers.x.alternatives: 100.000 may be 100 or 100000"):
        read_experiment(experiment(x=lever))


@pytest.mark.parametrize(
    "name", ["run_id", "Seed", "SEED", "outcome", "__index_level_0__", "__a", "index", "RowID"]
)
def test_a_name_that_a_store_needs_is_refused_at_the_start(name: str) -> None:
    lever = {name: {"keys": ["choice.money"], "values": [0.1, 0.2]}}
    with pytest.raises(BadInput, match="column of every sweep|stores of tables keep"):
        read_experiment(experiment(**lever))


def test_settings_are_read_as_they_are_written() -> None:
    assert Setting.read("choice.money=1_0").value == "1_0"
    assert Setting("title.gez.rate", 12.125).text == "title.gez.rate=12.1250"
    assert value_of(written(12.125)) == 12.125 and written(0.125) == "0.125"
