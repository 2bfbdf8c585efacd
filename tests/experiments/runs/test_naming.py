"""The folder that a run leaves where none is named: what differs does not share one."""

from __future__ import annotations

from experiments.runs.naming import default_folder
from tests.scenarios import changed


def test_folders_that_differ_in_what_they_hold_have_names_that_differ() -> None:
    names = {
        default_folder(changed(**more)).name
        for more in (
            {}, {"replicates": 2}, {"replicates": 30}, {"record": "yearly"}, {"record": "all"},
            {"engine": "mesa"}, {"population_seed": 1}, {"end": "2010Q4"}, {"seed": 2},
        )
    }  # fmt: skip
    assert len(names) == 9
    assert default_folder(changed()).name == f"synthetic-2-1-historic-nl-{changed().id}-r3"
