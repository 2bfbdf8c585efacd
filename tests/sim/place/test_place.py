"""Regions: geometry, made countries, copies, round trips.

The figures of the regions that come with the program are in ``test_regions``, folders by hand in
``test_folders_by_hand``.
"""

from __future__ import annotations

import json
import math
import statistics
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
from sim.place.national import municipal_figure
from sim.place.region import Region
from sim.place.synthetic import synthetic
from sim.place.tile import take, tile
from sim.place.write import write_region


@pytest.fixture(scope="module")
def unicum() -> Region:
    return load_region("unicum")


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
    spread = statistics.stdev(math.log(m.population / m.area_km2) for m in country.municipalities)
    assert spread == pytest.approx(municipal_figure("density_log_sd"), rel=0.15)
    for k, percent in enumerate(municipal_figure("pct_65plus_mean"), 1):
        own = [100 * m.share_65 for m in country.municipalities if m.urbanity == k]
        assert statistics.mean(own) == pytest.approx(percent, abs=1.5)
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
