"""Figures that no Dutch municipality has are refused, with what they look like."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.errors import BadInput
from sim.place.load import load_region
from sim.place.national import SHIPPED, municipal_figure
from sim.place.synthetic import synthetic
from sim.place.write import write_region

ZEIST = {"population": "65987", "pct": "21", "km2": "48.6", "class": "2", "lat": "52.102",
         "lon": "5.255"}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED / "unicum", tmp_path / "region"))


@pytest.fixture
def made(tmp_path: Path) -> Path:
    write_region(synthetic(3, 1), tmp_path / "made")
    return tmp_path / "made"


def put(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"population": "66"}, "column population: 66 .*thousands of inhabitants"),
        ({"population": "65.987"}, "column population: '65.987' .*without marks .* 65987"),
        ({"population": "65987000"}, "column population: 65987000 is out of range"),
        ({"pct": "0.21"}, r"column pct_65plus: 0.21 .*a share: 21 percent"),
        ({"pct": "210"}, "column pct_65plus: 210 is out of range"),
        ({"km2": "4860"}, "column area_km2: 4860 .*hectares: 48.6 km2"),
        ({"km2": "48600000"}, "column area_km2: 48600000 .*square metres: 48.6 km2"),
        ({"km2": "1.048"}, "column area_km2: 1.048 may be 1.048 or 1048"),
        ({"population": "1000"}, "1000 inhabitants on 48.6 km2 .*too few for urbanity 2"),
        ({"lat": "5.255", "lon": "52.102"}, "column lat: 5.255 .*look swapped"),
        ({"lat": "455000", "lon": "145000"}, "column lat: 455000 .*RD coordinates in metres"),
        ({"lat": "145000", "lon": "455000"}, "column lat: 145000 .*RD coordinates in metres"),
        ({"lat": "455", "lon": "145"}, "column lat: 455 .*RD coordinates in km"),
        ({"lat": "-52.102"}, "column lat: -52.102 is out of range"),
        ({"lon": "25.255"}, "column lon: 25.255 is out of range"),
        ({"lat": "54.102"}, "GM0355 and GM0310 lie .* km apart.*at most 100 km"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(
    folder: Path, change: dict[str, str], said: str
) -> None:
    path = folder / "municipalities.csv"
    put(path, ",".join(ZEIST.values()), ",".join({**ZEIST, **change}.values()))
    with pytest.raises(BadInput, match=said):
        load_region(str(folder))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("default = 0.5", "default = 50", "key trust.default: 50 .*percent: 0.5"),
        ("tilt = 1.5", "tilt = 150", "key insurers.tilt: 150"),
        ("tilt = 1.5", "tilt = 1.5\ninsured_million = { Achmea = 5128000 }", "Achmea: 5128000"),
        ('name = "unicum"', 'name = "u"\norigin = [5.387, 52.155]', "key origin: .*look swapped"),
    ],
)
def test_a_key_that_cannot_be_is_refused(folder: Path, old: str, new: str, said: str) -> None:
    put(folder / "region.toml", old, new)
    with pytest.raises(BadInput, match=said):
        load_region(str(folder))


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("shares.csv", ",0.38", ",38.", "column Achmea: 38.* .*percent: 0.38"),
        ("districts.csv", ",11552,-4", ",11552,-864", r"lies .* from the middle.*are they metres"),
        ("districts.csv", ",11552,-4", ",11552,-44", "lies .. km from the middle of Place 2"),
        ("districts.csv", ",2.28", ",228.", "column radius_km: 228.* for Place 2"),
    ],
)
def test_a_part_that_cannot_be_is_refused(
    made: Path, name: str, old: str, new: str, said: str
) -> None:
    put(made / name, old, new)
    with pytest.raises(BadInput, match=said):
        load_region(str(made))


@pytest.mark.parametrize(("many", "seed"), [(1, 5), (2, 9), (12, 3), (200, 1)])
def test_a_made_country_is_read_back(tmp_path: Path, many: int, seed: int) -> None:
    country = synthetic(many, seed)
    write_region(country, tmp_path / "made")
    assert load_region(str(tmp_path / "made")).municipalities == country.municipalities


def test_the_bands_hold_what_the_country_published() -> None:
    assert municipal_figure("population_min") < municipal_figure("population_median")
    assert len(municipal_figure("density_min")) == len(municipal_figure("urbanity_classes"))
    assert municipal_figure("density_min") == sorted(municipal_figure("density_min"), reverse=True)
