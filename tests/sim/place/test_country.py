"""The real country, where its tables are beside the project: imported, run and conserved."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import os
from pathlib import Path

import pytest

from experiments.runs.run import run
from experiments.runs.scenario import Scenario
from sim.place.geometry import connected
from sim.place.load import load_region
from sim.place.newly import New, new_region

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("REGIOSIM_DATA", ROOT.parent / "shared" / "data"))
TOWNS, DISTRICTS = DATA / "municipalities_2022.csv", DATA / "districts_2022.csv"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (TOWNS.exists() and DISTRICTS.exists()),
        reason=f"no tables of the country in {DATA} (or in the folder that REGIOSIM_DATA names)",
    ),
]


@pytest.mark.parametrize("listed", [False, True], ids=["equal parts", "districts of CBS"])
def test_the_country_is_imported_and_runs(tmp_path: Path, listed: bool) -> None:
    """Figures of 1 January 2022: 345 municipalities, 17,590,672 people, 28 empty districts."""
    folder = tmp_path / "country"
    asked = New(TOWNS, "country", year=2022, districts=DISTRICTS if listed else None)
    told = new_region(asked, folder)
    assert (told.municipalities, told.population) == (345, 17_590_672)
    region = load_region(str(folder))
    assert region.population == 17_590_672 and connected(345, region.neighbours)
    classes = [sum(m.urbanity == k for m in region.municipalities) for k in range(1, 6)]
    assert classes == [23, 72, 77, 124, 49]
    parts = sum(len(m.districts) for m in region.municipalities)
    assert parts == (3_340 - 28 if listed else 1_417)
    for m in region.municipalities:
        assert sum(d.population for d in m.districts) == m.population, m.name
    result = run(
        Scenario(region=str(folder), regime="historic-nl", start="2006Q1", end="2007Q4", seed=1)
    )
    yearly = result.yearly.query("year == 2007").set_index("outcome")["value"]
    assert yearly["practices"] > 3_000 and yearly["organisations"] > 0
    assert 0 < yearly["unsupported_share"] < 1
