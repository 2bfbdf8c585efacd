"""A map as CBS publishes it: figures, centres, districts and borders from one file, by hand."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spoiling import MANY

from sim.errors import BadInput
from sim.place.geopackage import borders
from sim.place.load import load_region
from sim.place.newly import New, new_region, year_of_name
from sim.place.rijksdriehoek import to_degrees

shapely = pytest.importorskip("shapely", reason="the extra cbs is not installed")

TOWN = ("gemeentecode", "gemeentenaam", "water", "aantal_inwoners",
        "percentage_personen_65_jaar_en_ouder", "oppervlakte_land_in_ha",
        "stedelijkheid_adressen_per_km2", "omgevingsadressendichtheid")  # fmt: skip
PART = ("wijkcode", "wijknaam", "gemeentecode", "gemeentenaam", "water", "aantal_inwoners",
        "oppervlakte_land_in_ha")  # fmt: skip
NONE = -99997
KM = 1000.0


def box(west: float, south: float, wide: float, high: float) -> object:
    return shapely.box(west * KM, south * KM, (west + wide) * KM, (south + high) * KM)


# Oever and Broek share 10 km, Broek and Duin 10 km. Oever and Duin touch in a point, Oever and Veld
# along 50 m. Water of Oever lies between nothing. Baarle is not Dutch.
TOWNS = [
    (box(140, 450, 10, 10), "GM0901", "Oever", "NEE", 64000, 20, 10000, 2, 1600),
    (box(140, 440, 10, 10), "GM0901", "Oever", "JA", NONE, NONE, NONE, NONE, NONE),
    (box(150, 450, 10, 10), "GM0902", "Broek", "NEE", 40000, 22, 10000, NONE, 700),
    (box(150, 460, 10, 10), "GM0903", "Duin", "NEE", 15590, 24, 10000, 5, 300),
    (box(139, 459.95, 1, 10), "GM0904", "Veld", "NEE", 3000, 21, 1000, 5, 200),
    (box(150, 440, 10, 10), "GM0998", "Buitenland", "B", NONE, NONE, NONE, NONE, NONE),
]
PARTS = [
    (box(140, 450, 5, 10), "WK090101", "West", "GM0901", "Oever", "NEE", 24000, 5000),
    (box(145, 450, 5, 10), "WK090102", "Oost", "GM0901", "Oever", "NEE", 40000, 5000),
    (box(140, 440, 10, 10), "WK090199", "Water", "GM0901", "Oever", "JA", NONE, NONE),
]


def write_map(path: Path, system: int = 28992, envelope: int = 1) -> Path:
    """Write a GeoPackage as its standard has it, with the layers that CBS publishes."""
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id)")
        for table, names, rows in (
            ("buurten", ("buurtcode", *PART), []), ("wijken", PART, PARTS),
            ("gemeenten", TOWN, TOWNS),
        ):  # fmt: skip
            base.execute(f"CREATE TABLE {table} (fid INTEGER, geom BLOB, {', '.join(names)})")
            base.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?)", (table, system))
            for number, (shape, *cells) in enumerate(rows):
                west, south, east, north = shape.bounds
                bounds = struct.pack("<4d", west, east, south, north) if envelope else b""
                head = b"GP" + bytes([0, 1 | envelope << 1]) + struct.pack("<i", system)
                marks = ", ".join("?" * (len(cells) + 2))
                values = (number, head + bounds + shapely.to_wkb(shape), *cells)
                base.execute(f"INSERT INTO {table} VALUES ({marks})", values)
        base.commit()
    return path


@pytest.mark.parametrize("envelope", [0, 1])
def test_figures_centres_borders_and_districts_of_a_map(tmp_path: Path, envelope: int) -> None:
    path = write_map(tmp_path / "wijkenbuurten_2024_v1.gpkg", envelope=envelope)
    assert borders(path, 100) == [("GM0901", "GM0902"), ("GM0902", "GM0903")]
    asked = year_of_name(New(path, "own", districts=path))
    made = new_region(asked, tmp_path / "own")
    assert made.form == "Wijk- en Buurtkaart, as its table says it since 2021"
    assert (made.year, made.municipalities, made.passed_over) == (2024, 4, 2)
    region = load_region(str(tmp_path / "own"))
    oever, broek, duin, veld = region.municipalities
    assert (oever.population, oever.share_65, oever.area_km2) == (64_000, 0.2, 100.0)
    assert (oever.urbanity, broek.urbanity, duin.urbanity) == (2, 4, 5)  # 700 addresses per km2
    lat, lon = to_degrees(145_000, 455_000)  # the middle of its square
    assert (oever.lat, oever.lon) == (round(lat, 5), round(lon, 5))
    assert region.neighbours == ((0, 1), (1, 2))
    assert "not all municipalities hang together" in region.sources["neighbours"]  # Veld
    west, east = oever.districts
    assert (west.name, west.population, east.population) == ("West", 24_000, 40_000)
    assert east.x - west.x == pytest.approx(5.0, abs=0.03)  # from 142.5 to 147.5 km
    assert west.radius == pytest.approx(3.9894, abs=1e-4)  # of a disc of 50 km2
    assert len(broek.districts) == 3  # 40,000 in equal parts


def test_a_map_gives_the_centres_of_another_table(tmp_path: Path) -> None:
    path, table = write_map(tmp_path / "map.gpkg"), tmp_path / "kwb-2016.csv"
    table.write_text(
        "gwb_code_10;regio;recs;a_inw;a_65_oo;a_lan_ha;ste_mvs\n"
        "GM0901;Oever;Gemeente;63000;12600;10000;2\nWK090101;West;Wijk;23000;4600;5000;2\n"
        "WK090102;Oost;Wijk;40000;8000;5000;2\n",
        encoding="utf-8",
    )
    asked = New(table, "own", year=2016, places=path, districts=table)
    new_region(asked, tmp_path / "own")
    (town,) = load_region(str(tmp_path / "own")).municipalities
    lat, lon = to_degrees(145_000, 455_000)  # of its land, not of its water 10 km south
    assert (town.lat, town.lon) == (round(lat, 5), round(lon, 5))
    west, east = town.districts
    assert east.x - west.x == pytest.approx(5.0, abs=0.03)


def test_a_map_in_degrees_has_centres_but_no_borders(tmp_path: Path) -> None:
    path = write_map(tmp_path / "map.gpkg", system=4326)
    with pytest.raises(BadInput, match="has no shapes in metres"):
        borders(path, 100)


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        ("DELETE FROM gpkg_geometry_columns WHERE table_name = 'gemeenten'",
         "has no layer of municipalities (gemeentecode)"),
        ("DROP TABLE gpkg_geometry_columns", "cannot be read as a GeoPackage (no such table"),
        ("UPDATE gemeenten SET geom = x'4750'", "holds a shape that cannot be read"),
        ("UPDATE gemeenten SET geom = 'text'", "holds a shape that cannot be read"),
        ("UPDATE gpkg_geometry_columns SET srs_id = 3857", "has coordinates of EPSG:3857"),
        ("UPDATE gemeenten SET geom = NULL", "column rd_x: is empty"),
        ("UPDATE gemeenten SET aantal_inwoners = -99997", "'-99997' is no figure"),
    ],
)  # fmt: skip
def test_a_map_that_cannot_be_used(tmp_path: Path, break_it: str, says: str) -> None:
    path = write_map(tmp_path / "map.gpkg")
    with closing(sqlite3.connect(path)) as base:
        base.execute(break_it)
        base.commit()
    with pytest.raises(BadInput) as caught:
        new_region(New(path, "own", year=2024), tmp_path / "own")
    assert says in str(caught.value) and str(path) in str(caught.value)
    assert [one.name for one in tmp_path.iterdir()] == ["map.gpkg"]


def test_any_bytes_are_a_map_or_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("any")
    raw = write_map(folder / "whole.gpkg").read_bytes()
    path, out = folder / "spoiled.gpkg", folder / "out"

    @settings(MANY, max_examples=200)
    @given(
        at=st.integers(0, len(raw) - 1), new=st.binary(min_size=1, max_size=4), cut=st.booleans()
    )
    def spoil(at: int, new: bytes, cut: bool) -> None:
        path.write_bytes(raw[:at] if cut else raw[:at] + new + raw[at + len(new) :])
        shutil.rmtree(out, ignore_errors=True)
        try:
            new_region(New(path, "own", year=2024, districts=path), out)
        except BadInput as error:
            assert str(path) in str(error) and not out.exists()
        else:
            load_region(str(out))

    spoil()
