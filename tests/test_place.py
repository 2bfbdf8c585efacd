"""Regions: geometry, made countries, copies, round trips, folders by hand, clear complaints.

The figures of the regions that come with the program are in ``test_regions``.
"""

from __future__ import annotations

import json
import math
import shutil
import statistics
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import sound

from sim.errors import BadInput
from sim.place.content import content
from sim.place.districts import equal_districts, parts
from sim.place.geometry import connected, gabriel, mean_origin, project, sunflower, unproject
from sim.place.load import load_region, region_names
from sim.place.national import SHIPPED, municipal_figure
from sim.place.region import Region
from sim.place.synthetic import synthetic
from sim.place.tile import take, tile
from sim.place.write import write_region

Edit = Callable[[Path], object]


@pytest.fixture(scope="module")
def unicum() -> Region:
    return load_region("unicum")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the UNICUM files to spoil."""
    return Path(shutil.copytree(SHIPPED / "unicum", tmp_path / "region"))


# Districts


@given(st.integers(1, 2_000_000))
def test_parts_lie_between_ten_and_fifteen_thousand(population: int) -> None:
    districts = equal_districts("A", population, 50.0, (3.0, 4.0))
    sizes = [d.population for d in districts]
    assert sum(sizes) == population
    assert max(sizes) - min(sizes) <= 1
    if population < 20_000:
        assert len(sizes) == 1
        assert (districts[0].x, districts[0].y) == (3.0, 4.0)
    else:
        assert 10_000 <= min(sizes) and max(sizes) <= 15_000


def test_number_of_parts_by_hand() -> None:
    # 65,987 / 12,500 = 5.28; 43,508 / 12,500 = 3.48; 31,249 / 12,500 = 2.49 but 15,625 is too big.
    assert [parts(n) for n in (19_999, 20_000, 65_987, 43_508, 31_249)] == [1, 2, 5, 3, 3]


# Geometry


def haversine(a: tuple[float, float], b: tuple[float, float]) -> float:
    la, lb = math.radians(a[0]), math.radians(b[0])
    h = math.sin((lb - la) / 2) ** 2
    h += math.cos(la) * math.cos(lb) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))


def test_distances_are_within_the_documented_error(unicum: Region) -> None:
    ms = unicum.municipalities
    for a in ms:
        for b in ms:
            if a is not b:
                flat = math.hypot(a.x - b.x, a.y - b.y)
                assert flat == pytest.approx(haversine((a.lat, a.lon), (b.lat, b.lon)), rel=0.003)
    origin = (52.155, 5.387)
    groningen, maastricht, middelburg = (53.22, 6.57), (50.85, 5.69), (51.50, 3.61)
    for one, other in ((groningen, maastricht), (maastricht, middelburg)):
        (ax, ay), (bx, by) = project(*one, origin), project(*other, origin)
        assert math.hypot(ax - bx, ay - by) == pytest.approx(haversine(one, other), rel=0.03)


@given(st.floats(50, 54), st.floats(3, 8))
def test_projection_can_be_undone(lat: float, lon: float) -> None:
    origin = mean_origin([(52.0, 5.0), (52.2, 5.4)])
    assert unproject(*project(lat, lon, origin), origin) == pytest.approx((lat, lon), abs=1e-9)


@given(st.integers(1, 80), st.floats(0.5, 30))
def test_sunflower_fills_the_disc_around_its_middle(count: int, radius: float) -> None:
    points = sunflower(count, radius)
    assert len(points) == count
    assert math.fsum(x for x, _ in points) == pytest.approx(0, abs=1e-9)
    assert math.fsum(y for _, y in points) == pytest.approx(0, abs=1e-9)
    assert all(math.hypot(x, y) <= radius for x, y in points)


def by_definition(points: list[tuple[float, float]]) -> list[tuple[int, int]]:
    def d2(a: tuple[float, float], b: tuple[float, float]) -> float:
        return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2

    pairs = []
    for i, p in enumerate(points):
        for j in range(i + 1, len(points)):
            q = points[j]
            apart = d2(p, q)
            if not any(
                d2(p, r) + d2(q, r) <= apart and d2(p, r) < apart and d2(q, r) < apart
                for r in points
                if d2(p, r) > 0 and d2(q, r) > 0
            ):
                pairs.append((i, j))
    return pairs


grid = st.tuples(st.integers(0, 9), st.integers(0, 9))
plane = st.tuples(st.floats(0, 100), st.floats(0, 100))


@settings(deadline=None)
@given(st.lists(grid, min_size=1, max_size=40))
def test_gabriel_graph_follows_its_definition_also_where_points_tie(
    points: list[tuple[int, int]],
) -> None:
    places = [(float(x), float(y)) for x, y in points]
    found = gabriel(places)
    assert found == by_definition(places)
    assert connected(len(points), found)


@settings(deadline=None)
@given(st.lists(plane, min_size=1, max_size=40))
def test_gabriel_graph_is_connected(places: list[tuple[float, float]]) -> None:
    assert connected(len(places), gabriel(places))


def test_gabriel_graph_by_hand() -> None:
    assert gabriel([(0.0, 0.0)]) == []
    assert gabriel([(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]) == [(0, 1), (1, 2)]
    # The corners of a square lie on the disc of its diagonals: sides only.
    assert gabriel([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]) == [
        (0, 1), (0, 3), (1, 2), (2, 3),
    ]  # fmt: skip
    assert not connected(3, [(0, 1)])


# Made countries


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_synthetic_country_matches_published_figures(seed: int) -> None:
    country = synthetic(345, seed)
    sound(country)
    populations = [m.population for m in country.municipalities]
    assert statistics.mean(populations) == pytest.approx(50_987, rel=0.10)
    assert statistics.median(populations) == pytest.approx(31_822, rel=0.03)
    assert 944 <= min(populations) < 5_000 and 300_000 < max(populations) <= 882_633
    classes = [sum(m.urbanity == c for m in country.municipalities) for c in range(1, 6)]
    assert classes == pytest.approx(municipal_figure("urbanity_classes"), abs=1)
    assert sum(m.area_km2 for m in country.municipalities) == pytest.approx(34_500, rel=0.01)
    weighted = sum(m.population * m.share_65 for m in country.municipalities) / country.population
    assert 0.17 < weighted < 0.25
    assert connected(345, country.neighbours)
    assert 2 <= 2 * len(country.neighbours) / 345 <= 6
    assert {m.preferred for m in country.municipalities} == {"Achmea", "CZ", "VGZ", "Menzis"}
    assert len({m.subregion for m in country.municipalities}) == pytest.approx(31, abs=6)
    assert {m.preferred for m in country.municipalities if m.subregion == "Area 1"} == {"CZ"}
    assert "generated" in country.source
    nearest = min(
        math.hypot(a.x - b.x, a.y - b.y)
        for i, a in enumerate(country.municipalities)
        for b in country.municipalities[:i]
    )
    assert nearest > 3


def test_synthetic_country_depends_on_its_arguments_only() -> None:
    assert synthetic(20, 3) == synthetic(20, 3) == load_region("synthetic:20:3")
    assert synthetic(20, 3).municipalities != synthetic(20, 4).municipalities
    assert load_region("synthetic:7") == synthetic(7, 0)
    sound(synthetic(1, 0))
    assert synthetic(1, 0).neighbours == ()
    assert len(load_region("synthetic:1000").municipalities) == 1000


# Copies and parts


def test_tiles_are_copies_joined_by_one_border_each(unicum: Region) -> None:
    copies = 5
    large = tile(unicum, copies)
    sound(large)
    assert large.population == copies * unicum.population
    assert len(large.neighbours) == copies * len(unicum.neighbours) + copies - 1
    assert connected(copies * 10, large.neighbours)
    assert large.municipalities[:10] == unicum.municipalities
    for k in range(copies):
        copy = large.municipalities[k * 10 : k * 10 + 10]
        shift = copy[0].x - unicum.municipalities[0].x, copy[0].y - unicum.municipalities[0].y
        for m, n in zip(unicum.municipalities, copy, strict=True):
            assert (n.x - m.x, n.y - m.y) == pytest.approx(shift, abs=1e-6)
            for d, e in zip(m.districts, n.districts, strict=True):
                assert (e.x - d.x, e.y - d.y) == pytest.approx(shift, abs=1e-6)
                assert (e.population, e.radius) == (d.population, d.radius)
            assert n.shares == m.shares and n.hubs == m.hubs
    crossing = [(i, j) for i, j in large.neighbours if i // 10 != j // 10]
    assert [(i // 10, j // 10) for i, j in crossing] == [(k, k + 1) for k in range(copies - 1)]
    assert tile(unicum, 1) is unicum
    sound(tile(tile(unicum, 2), 2))
    sound(tile(take(unicum, 1), 3))


def test_wrong_numbers_of_copies_or_municipalities(unicum: Region) -> None:
    for make, number in ((tile, 0), (take, 0), (take, 11)):
        with pytest.raises(BadInput, match="Allowed: 1"):
            make(unicum, number)
    with pytest.raises(BadInput, match="Allowed: 1..10000"):
        synthetic(0, 0)
    assert take(unicum, 10) is unicum


# Round trips


@pytest.mark.parametrize("spec", [*region_names(), "synthetic:60:4", "synthetic:1"])
def test_what_is_written_reads_back_equal(spec: str, tmp_path: Path) -> None:
    region = load_region(spec)
    write_region(region, tmp_path / "deep" / "out")
    assert load_region(str(tmp_path / "deep" / "out")) == region
    assert [f.name for f in (tmp_path / "deep").iterdir()] == ["out"]


def test_cut_and_copied_regions_read_back_equal(unicum: Region, tmp_path: Path) -> None:
    for k, region in enumerate((take(unicum, 1), take(unicum, 7), tile(unicum, 3))):
        write_region(region, tmp_path / str(k))
        assert load_region(str(tmp_path / str(k))) == region


def test_writing_leaves_a_full_folder_alone(unicum: Region, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_region(unicum, tmp_path / "empty")
    before = (tmp_path / "empty" / "region.toml").read_text(encoding="utf-8")
    with pytest.raises(BadInput, match="not empty"):
        write_region(take(unicum, 2), tmp_path / "empty")
    assert (tmp_path / "empty" / "region.toml").read_text(encoding="utf-8") == before


def test_content_is_json_and_tells_figures_from_prose(unicum: Region) -> None:
    said = content(unicum)
    assert json.loads(json.dumps(said)) == said
    again = content(load_region("unicum"))
    assert json.dumps(said, sort_keys=True) == json.dumps(again, sort_keys=True)
    assert content(replace(unicum, title="other", source="other")) == said
    assert content(take(unicum, 9)) != said


# Folders by hand


def put(name: str, old: str, new: str) -> Edit:
    """Replace a text that occurs in a file of the folder."""

    def edit(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def add(name: str, text: str) -> Edit:
    """Write a file, or add to one."""

    def edit(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return edit


def preferred(insurers: dict[str, str]) -> Edit:
    """Add a column with the preferred insurer of some municipalities."""

    def edit(folder: Path) -> None:
        path = folder / "municipalities.csv"
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        rows = [f"{row},{insurers.get(row.split(',')[0], '')}" for row in rows]
        path.write_text("\n".join([f"{head},preferred", *rows]), encoding="utf-8")

    return edit


TOWN = "municipalities.csv"
ZEIST = "GM0355,Zeist,ZOU,65987,21,48.6,2,52.102,5.255"
DISTRICTS = "municipality,name,population,lat,lon\n"
SHARES = "municipality,One,Two\n"

BAD: dict[str, tuple[Edit, str]] = {
    "no description": (lambda f: (f / "region.toml").unlink(), "region.toml: this file is missing"),
    "no towns": (lambda f: (f / TOWN).unlink(), "municipalities.csv: this file is missing"),
    "not toml": (put("region.toml", "[sources]", "[sources"), "is not TOML: .*line"),
    "not utf-8": (
        lambda f: (f / TOWN).write_bytes(b"code\xff"),
        "municipalities.csv: is not UTF-8",
    ),
    "unknown key": (
        put("region.toml", "tilt =", "tilted ="),
        "key insurers.tilted: is unknown. Did you mean 'tilt'",
    ),
    "missing key": (put("region.toml", 'name = "unicum"', ""), "key name: is missing"),
    "wrong value": (
        put("region.toml", "tilt = 1.5", "tilt = -2"),
        "key insurers.tilt: -2 should be greater than 0",
    ),
    "wrong type": (
        put("region.toml", "default = 0.5", 'default = "half"'),
        "key trust.default: 'half' should be a valid number",
    ),
    "trust out of range": (
        put("region.toml", "default = 0.5", "default = 1.5"),
        "key trust.default: 1.5 should be less than or equal to 1",
    ),
    "no source": (put("region.toml", "trust = ", "faith = "), "key sources.trust: is missing"),
    "no column source": (
        put("region.toml", "area_km2 =", "area ="),
        "key columns.municipalities.area_km2: is missing",
    ),
    "unknown column source": (
        put("region.toml", "[columns.municipalities]", "[columns.municipalities]\nareas = { unit "
            '= "km2", source = "x" }'),
        "key columns.municipalities.areas: is unknown. Did you mean 'municipalities.area_km2'",
    ),
    "wrong unit": (
        put("region.toml", 'unit = "km2"', 'unit = "ha"'),
        "columns.municipalities.area_km2: unit 'ha' is wrong. Allowed: 'km2'",
    ),
    "trust of nowhere": (
        put("region.toml", "default = 0.5", "default = 0.5\nmunicipalities = { GM0356x = 0.4 }"),
        "key trust.municipalities.GM0356x: unknown municipality 'GM0356x'. Did you mean 'GM0356'",
    ),
    "hub nowhere": (
        put("region.toml", 'municipality = "GM0312"', 'municipality = "GM0313"'),
        "key hubs.0.municipality: unknown municipality 'GM0313'. Did you mean 'GM03",
    ),
    "hub in no district": (
        put("region.toml", '"Zeist 2"', '"Zeist 9"'),
        "key hubs.2.district: Zeist has no district 'Zeist 9'. Did you mean 'Zeist",
    ),
    "two hubs in one district": (
        put("region.toml", '"Zeist 2"', '"Zeist 1"'),
        "key hubs.2: 'Zeist 1' has a hub already",
    ),
    "hub origin": (
        put("region.toml", '"owz"', '"own"'),
        "key hubs.0.origin: 'own' should be 'health-centre', 'owz' or 'wsv'",
    ),
    "preferred insurer": (
        put("region.toml", '"Achmea"', '"Agmea"'),
        "key insurers.preferred: unknown insurer 'Agmea'. Did you mean 'Achmea'",
    ),
    "no tilt": (put("region.toml", "tilt = 1.5", ""), "key insurers.tilt: is missing"),
    "too many insurers": (
        put("region.toml", "tilt = 1.5", "tilt = 1.5\ninsured_million = { Achmea = 1"
            + "".join(f", i{k} = 1" for k in range(12)) + " }"),
        "key insurers: names 13 insurers. Allowed: at most 12",
    ),
    "missing column": (
        put(TOWN, ",urbanity,", ",urban,"),
        "line 1: unknown column 'urban'. Did you mean 'urbanity'",
    ),
    "column not there": (
        lambda f: (f / TOWN).write_text("code,name\nA,B\n", encoding="utf-8"),
        "line 1: column 'subregion' is missing",
    ),
    "column twice": (put(TOWN, "code,name", "name,name"), "line 1: column 'name' appears twice"),
    "semicolons": (
        lambda f: (f / TOWN).write_text("code;name\nA;B\n", encoding="utf-8"),
        "line 1: columns are separated by semicolons. Allowed: commas",
    ),
    "no rows": (
        lambda f: (f / TOWN).write_text("\n", encoding="utf-8"),
        "municipalities.csv: has no rows",
    ),
    "short row": (put(TOWN, ZEIST, "GM0355,Zeist"), "line 2: has 2 cells where the header has 9"),
    "open quote": (put(TOWN, "Bunnik", '"Bunnik'), "is not CSV"),
    "empty name": (put(TOWN, "Zeist", ""), "line 2, column name: is empty"),
    "code twice": (
        put(TOWN, "GM0312", "GM0355"),
        "line 4, column code: 'GM0355' appears twice",
    ),
    "code all": (put(TOWN, "GM0312", "all"), "line 4, column code: 'all' means the whole region"),
    "no number": (
        put(TOWN, "48.6", '"48,6"'),
        "line 2, column area_km2: '48,6' is not a number .*point.* Allowed: a number above 0",
    ),
    "not finite": (put(TOWN, "48.6", "nan"), "line 2, column area_km2: nan is out of range"),
    "no whole number": (
        put(TOWN, "65987", "65987.5"),
        "line 2, column population: '65987.5' is not a whole number",
    ),
    "no inhabitants": (put(TOWN, "65987", "0"), "line 2, column population: 0 is out of range"),
    "negative": (put(TOWN, "65987", "-5"), "line 2, column population: -5 is out of range"),
    "percentage": (
        put(TOWN, ",21,48.6", ",101,48.6"),
        "line 2, column pct_65plus: 101 is out of range. Allowed: a number in 0..100",
    ),
    "urbanity": (put(TOWN, ",2,52.102", ",6,52.102"), r"column urbanity: 6 .*whole number in 1..5"),
    "latitude": (put(TOWN, "52.102", "152.1"), "line 2, column lat: 152.1 is out of range"),
    "own preferred insurer": (
        preferred({"GM0355": "Menzes"}),
        "line 2, column preferred: unknown insurer 'Menzes'. Did you mean 'Menzis'",
    ),
    "neighbour nowhere": (
        put("neighbours.csv", "GM0355,GM0310", "GM0355,GM0319"),
        "neighbours.csv line 2, column neighbour: unknown municipality 'GM0319'. Did you mean 'GM",
    ),
    "own neighbour": (
        put("neighbours.csv", "GM0355,GM0310", "GM0355,GM0355"),
        "line 2, column neighbour: a municipality does not border on itself",
    ),
    "border twice": (
        add("neighbours.csv", "GM0310,GM0355\n"),
        "line 17: GM0310 and GM0355 appear twice",
    ),
    "districts do not add up": (
        add("districts.csv", f"{DISTRICTS}GM0312,Bunnik,15000,52.04,5.22\n"),
        r"line 2, column population: the districts of Bunnik \(GM0312\) add up to 15000, not 15590",
    ),
    "district twice": (
        add("districts.csv", f"{DISTRICTS}GM0312,B,15000,52.04,5.22\nGM0312,B,590,52.04,5.22\n"),
        "line 3, column name: 'B' appears twice",
    ),
    "district nowhere": (
        add("districts.csv", f"{DISTRICTS}GM9999,B,15000,52.04,5.22\n"),
        "districts.csv line 2, column municipality: unknown municipality 'GM9999'",
    ),
    "district without place": (
        add("districts.csv", "municipality,name,population,lat\nGM0312,B,15590,52.04\n"),
        "line 1: .*Allowed: either columns x_km and y_km, or lat and lon",
    ),
    "shares beside tilt": (
        add("shares.csv", f"{SHARES}GM0355,0.5,0.5\n"),
        "key insurers.tilt: has no use beside shares.csv",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_files_give_one_clear_message(case: str, folder: Path) -> None:
    edit, message = BAD[case]
    edit(folder)
    with pytest.raises(BadInput, match=message) as caught:
        load_region(str(folder))
    assert str(caught.value).startswith(str(folder))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("GM0355,0.5,0.4\n", "shares.csv line 2: shares add up to 0.9. Allowed: a sum of 1"),
        ("GM0355,1.5,0\n", "line 2, column One: 1.5 is out of range"),
        ("GM0355,0.5,0.5\nGM0355,0.5,0.5\n", "line 3, column municipality: 'GM0355' appears twice"),
        ("GM0355,0.5,0.5\n", "shares.csv: municipality 'GM0310' is missing"),
    ],
)
def test_bad_shares(rows: str, message: str, folder: Path) -> None:
    put("region.toml", "tilt = 1.5", "")(folder)
    put("region.toml", '"Achmea"', '"One"')(folder)
    add("shares.csv", SHARES + rows)(folder)
    with pytest.raises(BadInput, match=message):
        load_region(str(folder))


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("unicom", "region 'unicom': is neither .* Did you mean 'unicum'"),
        ("", "region '': is neither"),
        ("synthetic", "wrong number of parts. Allowed: synthetic:MUNICIPALITIES"),
        ("synthetic:1:2:3", "wrong number of parts"),
        ("synthetic:many", "MUNICIPALITIES 'many' is not a whole number"),
        ("synthetic:5:-1", "SEED '-1' is not a whole number"),
        ("synthetic:0", "MUNICIPALITIES 0 is out of range. Allowed: 1..10000"),
        (f"synthetic:5:{2**63}", "SEED .* is too large"),
    ],
)
def test_unknown_regions(spec: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        load_region(spec)


def test_a_file_is_not_a_region(folder: Path) -> None:
    with pytest.raises(BadInput, match="is a file, not a folder"):
        load_region(str(folder / "region.toml"))


def test_a_folder_by_hand_may_leave_things_out(folder: Path, unicum: Region) -> None:
    (folder / "neighbours.csv").unlink()
    region = load_region(str(folder))
    sound(region)
    assert region.municipalities == unicum.municipalities
    assert region.neighbours == tuple(gabriel([(m.x, m.y) for m in unicum.municipalities]))
    assert connected(10, region.neighbours)


def test_a_folder_by_hand_may_say_more(folder: Path) -> None:
    add("districts.csv", f"{DISTRICTS}GM0312,Bunnik,10590,52.06,5.2\nGM0312,Odijk,5000,52.05,5.24")(
        folder
    )
    put("region.toml", "tilt = 1.5", "tilt = 2\ninsured_million = { Achmea = 1, CZ = 1 }")(folder)
    put("region.toml", "default = 0.5", "default = 0.5\nmunicipalities = { GM0312 = 0.6 }")(folder)
    preferred({"GM0355": "CZ"})(folder)
    region = load_region(str(folder))
    sound(region)
    assert [m.preferred for m in region.municipalities] == ["CZ"] + ["Achmea"] * 9
    assert region.municipalities[0].shares == pytest.approx((1 / 3, 2 / 3))
    bunnik = region.municipalities[2]
    assert [(d.name, d.population) for d in bunnik.districts] == [
        ("Bunnik", 10590),
        ("Odijk", 5000),
    ]
    assert bunnik.districts[0].radius == pytest.approx(math.sqrt(37.6 / 2 / math.pi))
    assert bunnik.shares == pytest.approx((2 / 3, 1 / 3))
    assert [m.trust for m in region.municipalities].count(0.6) == 1 and bunnik.trust == 0.6
    assert region.sources["municipalities.population"].startswith("Kadaster")
