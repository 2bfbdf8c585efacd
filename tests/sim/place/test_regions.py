"""The regions that come with the program: published totals, map, starting states, a short run."""

from __future__ import annotations

import fnmatch
import math
import re
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from support import sound

import sim
from agents.parameters import DECLARED
from agents.words import Origin
from experiments import Scenario, run
from experiments.compiling.kernels import is_warm, warm_up
from sim.place.geometry import connected, gabriel
from sim.place.load import load_region, region_names
from sim.place.national import SHIPPED, national_insured, tilted_shares
from sim.place.region import Region
from sim.place.tile import take

# Municipalities, and inhabitants on 1 January 2022 by subregion (facts C, CBS), added up by hand.
TOTALS = {
    "achterhoek": (7, {"Achterhoek": 263_748}),
    "amstelland": (4, {"Amstelland": 170_013}),
    "eemland": (8, {"Eemland": 402_385}),
    "eindhoven": (7, {"Eindhoven": 414_114}),
    "hoog": (
        14, {"Apeldoorn": 223_862, "Zutphen/Oost-Achterhoek": 233_027, "Oude IJssel": 170_369},
    ),
    "leiden": (6, {"Leiden": 278_998}),
    "oostelijk-zuid-limburg": (7, {"Oostelijk Zuid-Limburg": 255_639}),
    "twente": (14, {"Twente": 633_917}),
    "unicum": (10, {"ZOU": 198_987, "Lekstroom": 221_606}),
    "utrecht": (6, {"Utrecht": 361_699, "Noord-West": 187_054}),
    "vechtdal": (4, {"Vechtdal": 144_934}),
    "west-friesland": (7, {"West-Friesland": 215_434}),
}  # fmt: skip
PREFERRED = {
    "achterhoek": "Menzis", "amstelland": "Zorg en Zekerheid", "eemland": "Achmea",
    "eindhoven": "VGZ", "hoog": "Menzis", "leiden": "Zorg en Zekerheid",
    "oostelijk-zuid-limburg": "CZ", "twente": "Menzis", "unicum": "Achmea",
    "utrecht": "Achmea", "vechtdal": "Achmea", "west-friesland": "VGZ",
}  # fmt: skip
OLD = {Origin.OWZ, Origin.HEALTH_CENTRE, Origin.WSV}
SOURCED = re.compile(r"(S2|S4|F0\d\d): |assumed: ")


@pytest.fixture(scope="module", params=region_names())
def region(request: pytest.FixtureRequest) -> Region:
    return load_region(str(request.param))


def named(region: Region, pairs: set[tuple[int, int]]) -> set[tuple[str, str]]:
    """Pairs of positions as pairs of names."""
    return {(region.municipalities[i].name, region.municipalities[j].name) for i, j in pairs}


# Figures


def test_regions_are_sound_and_called_as_their_folder(region: Region) -> None:
    sound(region)
    assert region.name in region_names()
    assert load_region(region.name) == region


def test_published_totals(region: Region) -> None:
    count, expected = TOTALS[region.name]
    assert len(region.municipalities) == count
    totals = dict.fromkeys(expected, 0)
    for m in region.municipalities:
        totals[m.subregion] += m.population
    assert totals == expected
    assert region.population == sum(expected.values())
    assert "Kadaster / Centraal Bureau voor de Statistiek, 2022" in region.source


@pytest.mark.parametrize(
    ("name", "aged", "area"),
    [
        # Sums over municipalities of inhabitants times share of 65+, and of areas (facts C).
        # 158,590*.16 + 30,713*.23 + 47,113*.23 + 24,876*.25 + 44,311*.19 + 60,584*.17
        # + 22,325*.17 + 13,873*.19 = 74,642.9
        ("eemland", 74_642.9, 516.5),
        # 86,845*.24 + (45,324 + 37,023 + 27,674)*.26 + (10,425 + 35,922)*.27 + 12,426*.28
        # = 65,441.2
        ("oostelijk-zuid-limburg", 65_441.2, 235.7),
        # 61,798*.19 + 18,457*.23 + 29,162*.22 + 35,517*.25 = 31,281.6
        ("vechtdal", 31_281.6, 965.4),
        # 92,331*.20 + 32,452*.19 + 31,018*.18 + 14,212*.22 = 33,342.0
        ("amstelland", 33_342.0, 121.6),
        # 361,699*.11 + 65,240*.21 + 44,955*.22 + 52,882*.20 + 13,818*.20 + 10,159*.22 = 78,952.4
        ("utrecht", 78_952.4, 494.2),
    ],
)
def test_ages_and_areas_by_hand(name: str, aged: float, area: float) -> None:
    found = load_region(name).municipalities
    assert math.fsum(m.population * m.share_65 for m in found) == pytest.approx(aged, abs=0.1)
    assert math.fsum(m.area_km2 for m in found) == pytest.approx(area, abs=0.01)


# Map


def test_regions_and_their_first_municipalities_hang_together(region: Region) -> None:
    for n in range(1, len(region.municipalities) + 1):
        part = take(region, n)
        assert connected(n, part.neighbours)
        assert part.municipalities == region.municipalities[:n]
    for subregion in TOTALS[region.name][1]:
        inside = [i for i, m in enumerate(region.municipalities) if m.subregion == subregion]
        pairs = [
            (inside.index(i), inside.index(j))
            for i, j in region.neighbours
            if i in inside and j in inside
        ]
        assert connected(len(inside), pairs)


def test_borders_are_between_near_places(region: Region) -> None:
    """Seen as discs of their areas, neighbours lie less than two thirds of a disc apart."""
    ms = region.municipalities
    for i, j in region.neighbours:
        touching = math.sqrt(ms[i].area_km2 / math.pi) + math.sqrt(ms[j].area_km2 / math.pi)
        assert math.hypot(ms[i].x - ms[j].x, ms[i].y - ms[j].y) < 5 / 3 * touching


@pytest.mark.parametrize(
    ("name", "only_drawn", "only_computed"),
    [
        # Barneveld is so large that its centroid is far from those of its western neighbours.
        (
            "eemland",
            {
                ("Amersfoort", "Baarn"), ("Amersfoort", "Barneveld"),
                ("Leusden", "Barneveld"), ("Barneveld", "Woudenberg"),
            },
            set(),
        ),
        # Between Kerkrade and Simpelveld a strip of Heerlen reaches the German border.
        ("oostelijk-zuid-limburg", {("Heerlen", "Kerkrade")}, {("Kerkrade", "Simpelveld")}),
        # Balkbrug, of Hardenberg, lies beside Nieuwleusen, of Dalfsen.
        ("vechtdal", {("Hardenberg", "Dalfsen")}, set()),
        (
            "achterhoek",
            {("Bronckhorst", "Oude IJsselstreek"), ("Oude IJsselstreek", "Oost Gelre")},
            set(),
        ),
        # Dinkelland lies around Oldenzaal and reaches from Deurningen to Denekamp.
        (
            "twente",
            {
                ("Enschede", "Losser"), ("Enschede", "Dinkelland"), ("Hengelo", "Dinkelland"),
                ("Losser", "Dinkelland"),
            },
            {("Hengelo", "Oldenzaal"), ("Borne", "Oldenzaal")},
        ),
        # Medemblik lies around the others, from Wognum to Andijk.
        (
            "west-friesland",
            {("Medemblik", "Koggenland"), ("Medemblik", "Enkhuizen")},
            {("Hoorn", "Opmeer")},
        ),
        ("amstelland", set(), set()),
        # Valkenburg, of Katwijk, lies beside Leiden.
        (
            "leiden",
            {("Leiden", "Katwijk")},
            {("Voorschoten", "Zoeterwoude"), ("Voorschoten", "Katwijk")},
        ),
        ("eindhoven", set(), {("Waalre", "Geldrop-Mierlo")}),
        # Bronckhorst is long: from the IJssel to Halle.
        (
            "hoog",
            {
                ("Voorst", "Lochem"), ("Brummen", "Bronckhorst"), ("Lochem", "Bronckhorst"),
                ("Oost Gelre", "Oude IJsselstreek"), ("Bronckhorst", "Oude IJsselstreek"),
                ("Montferland", "Oude IJsselstreek"),
            },
            set(),
        ),
        ("utrecht", set(), set()),
    ],
)  # fmt: skip
def test_borders_differ_from_the_computed_ones_only_where_the_map_does(
    name: str, only_drawn: set[tuple[str, str]], only_computed: set[tuple[str, str]]
) -> None:
    region = load_region(name)
    drawn = set(region.neighbours)
    computed = set(gabriel([(m.x, m.y) for m in region.municipalities]))
    assert named(region, drawn - computed) == only_drawn
    assert named(region, computed - drawn) == only_computed


# Districts


def test_districts_are_of_the_size_of_a_neighbourhood(region: Region) -> None:
    for m in region.municipalities:
        if m.population < 20_000:
            assert [d.population for d in m.districts] == [m.population]
        assert all(
            10_000 <= d.population <= 15_000 or d.population == m.population for d in m.districts
        )
        disc = math.sqrt(m.area_km2 / math.pi)
        assert all(math.hypot(d.x - m.x, d.y - m.y) < disc for d in m.districts)
        assert math.fsum(math.pi * d.radius**2 for d in m.districts) == pytest.approx(m.area_km2)


def test_every_district_can_bear_a_practice(region: Region) -> None:
    needed = DECLARED["population.insured"].value
    assert min(d.population for m in region.municipalities for d in m.districts) >= needed


def test_no_two_districts_lie_on_one_place(region: Region) -> None:
    """Discs of neighbours overlap, as municipalities are no discs; their middles lie apart."""
    every = [d for m in region.municipalities for d in m.districts]
    for k, d in enumerate(every):
        assert all(math.hypot(d.x - e.x, d.y - e.y) > 0.8 for e in every[:k])


# Starting states


def test_hubs_and_trust_have_a_source_or_are_assumed(region: Region) -> None:
    for m in region.municipalities:
        assert 0.3 <= m.trust <= 0.7
        assert all(SOURCED.match(hub.source) for hub in m.hubs)
    assert re.match(r"assumed: 0\.\d everywhere, range 0\.3-0\.7", region.sources["trust"])
    stated = float(region.sources["trust"].split()[1])
    assert {m.trust for m in region.municipalities} == {stated}
    assert region.sources["neighbours"].startswith("assumed")


def test_the_preferred_insurer_has_the_largest_share(region: Region) -> None:
    for m in region.municipalities:
        assert m.preferred == PREFERRED[region.name]
        assert max(m.shares) == m.shares[region.insurers.index(m.preferred)]


@pytest.mark.parametrize(
    ("name", "achmea", "cz"),
    [
        # Achmea 5.128 M of 17.480 M insured; 5.128*1.5 = 7.692; the whole 17.480 + 2.564 = 20.044.
        ("unicum", 7.692 / 20.044, 3.622 / 20.044),
        ("eemland", 7.692 / 20.044, 3.622 / 20.044),
        # CZ 3.622 M; 3.622*1.5 = 5.433; the whole 17.480 + 1.811 = 19.291.
        ("oostelijk-zuid-limburg", 5.128 / 19.291, 5.433 / 19.291),
        # Menzis 2.018 M; 2.018*5 = 10.090; the whole 17.480 + 8.072 = 25.552.
        ("twente", 5.128 / 25.552, 3.622 / 25.552),
        # Zorg en Zekerheid 0.546 M; 0.546*15 = 8.190; the whole 17.480 + 7.644 = 25.124.
        ("leiden", 5.128 / 25.124, 3.622 / 25.124),
    ],
)
def test_market_shares_are_national_ones_tilted_by_hand(
    name: str, achmea: float, cz: float
) -> None:
    region = load_region(name)
    assert region.insurers[0] == "Achmea" and region.insurers[-1] == "EUCARE"
    assert len(region.insurers) == 10
    for m in region.municipalities:
        shares = dict(zip(region.insurers, m.shares, strict=True))
        assert shares["Achmea"] == pytest.approx(achmea, abs=1e-12)
        assert shares["CZ"] == pytest.approx(cz, abs=1e-12)


def test_national_insured_and_tilt_by_hand() -> None:
    assert sum(national_insured().values()) == pytest.approx(17.48)
    assert tilted_shares({"a": 1, "b": 3}, "a", 1) == (0.25, 0.75)


# Whole


def test_the_regions_are_those_listed_here_and_all_their_files_are_packaged() -> None:
    assert set(region_names()) == set(TOTALS) == set(PREFERRED)
    root = Path(sim.__file__).resolve().parent.parent
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    globs = project["tool"]["setuptools"]["package-data"]["sim.place"]
    for path in SHIPPED.rglob("*"):
        if path.is_file():
            relative = path.relative_to(SHIPPED.parent).as_posix()
            same_depth = [g for g in globs if g.count("/") == relative.count("/")]
            assert any(fnmatch.fnmatch(relative, g) for g in same_depth), relative


@pytest.mark.parametrize("name", region_names())
def test_a_short_run_works_and_its_lists_add_up(name: str) -> None:
    if not is_warm():
        warm_up()
    result = run(Scenario(name, "historic-nl", start="2006Q1", end="2008Q4"), threads=1)
    assert result.failed == 0
    assert np.isfinite(result.series["value"]).all()
    practices, places = result.frame("practices"), result.frame("municipalities")
    last = int(places["tick"].max())
    assert last == 11  # 2008Q4, from 2006Q1 on
    places = places[places["tick"] == last]
    practices = practices[(practices["tick"] == last) & practices["alive"]]
    lists = practices.groupby("municipality")["patients"].sum()
    region = load_region(name)
    assert places["code"].tolist() == [m.code for m in region.municipalities]
    assert lists.tolist() == places["population"].tolist()
    # Health centres and teams of 2006 are running hubs from the first quarter on.
    hubs = result.frame("hubs")
    first = hubs[(hubs["tick"] == 0) & (hubs["stage"] > 0)]
    expected = Counter(Origin.of(h.origin) for m in region.municipalities for h in m.hubs)
    found = Counter(code for code in first["origin"].tolist() if code in OLD)
    assert found == expected and sum(expected.values()) > 0
