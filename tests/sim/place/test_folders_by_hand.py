"""Folders of regions written by hand: what they may leave out and add, and clear complaints."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support import sound

from sim.errors import BadInput
from sim.place.geometry import connected, gabriel
from sim.place.load import load_region
from sim.place.national import SHIPPED
from sim.place.region import Region

Edit = Callable[[Path], object]


@pytest.fixture(scope="module")
def unicum() -> Region:
    return load_region("unicum")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the UNICUM files to spoil."""
    return Path(shutil.copytree(SHIPPED / "unicum", tmp_path / "region"))


# Districts


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
    "not toml": (put("region.toml", "[sources]", "[sources"), "not valid TOML: .*line"),
    "not utf-8": (
        lambda f: (f / TOWN).write_bytes(b"code\xff"),
        "municipalities.csv: is not text in UTF-8",
    ),
    "unknown key": (
        put("region.toml", "tilt =", "tilted ="),
        "key insurers.tilted: is unknown. Did you mean 'tilt'",
    ),
    "missing key": (put("region.toml", 'name = "unicum"', ""), "key name: is missing"),
    "wrong value": (
        put("region.toml", "tilt = 1.5", "tilt = -2"),
        "key insurers.tilt: -2 should be greater than or equal to 0.05",
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
        "line 2, column area_km2: '48,6' is not a number .*point.* Allowed: a number in 2..2300",
    ),
    "not finite": (put(TOWN, "48.6", "nan"), "line 2, column area_km2: 'nan' is not finite"),
    "no whole number": (
        put(TOWN, "65987", "65987.5"),
        "line 2, column population: '65987.5' is not a whole number",
    ),
    "no inhabitants": (put(TOWN, "65987", "0"), "line 2, column population: 0 is out of range"),
    "negative": (put(TOWN, "65987", "-5"), "line 2, column population: -5 is out of range"),
    "percentage": (
        put(TOWN, ",21,48.6", ",101,48.6"),
        "line 2, column pct_65plus: 101 is out of range. Allowed: a number in 2.5..66 percent",
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
        ("synthetic:many", "MUNICIPALITIES: 'many' is not a whole number"),
        ("synthetic:5:-1", "SEED -1 is out of range"),
        ("synthetic:0", "MUNICIPALITIES 0 is out of range. Allowed: 1..10000"),
        (f"synthetic:5:{2**63}", "SEED .* is out of range"),
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
