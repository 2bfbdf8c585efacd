"""A region's folder from a table as CBS exports it, of any year: what is read, made and refused."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import BadInput
from sim.place.ageing import of_model_year
from sim.place.content import content
from sim.place.geometry import connected
from sim.place.load import load_region
from sim.place.newly import Made, New, new_region
from sim.place.region import Region
from sim.place.rijksdriehoek import to_degrees
from sim.place.write import write_region

OWN = """code,name,population,pct_65plus,area_km2,urbanity,lat,lon
GM0901,Oever,65987,21.5,48.6,2,52.10,5.25
GM0902,Broek,43508,24,67.1,moderately urbanised,52.14,5.17
GM0903,Duin,15590,22,37.6,niet stedelijk,52.04,5.22
"""
KWB = """ID;WijkenEnBuurten;Gemeentenaam_1;SoortRegio_2;Codering_3;AantalInwoners_5;\
k_65JaarOfOuder_12;OppervlakteTotaal_111;OppervlakteLand_112;MateVanStedelijkheid_116;Omgevingsadressendichtheid_117
0;NL00;Nederland;Land;NL00;17000000;3300000;4150000;3360000;2;1983
1;GM0901;Oever     ;Gemeente  ;GM0901    ;64000;12800;4870;4860;2;1565
2;WK090100;Oever     ;Wijk      ;WK090100  ;20000;4000;.;.;2;1565
3;GM0902;Broek     ;Gemeente  ;GM0902    ;40000;8000;6800;6710;.;612
"""
KERNCIJFERS = """"RegioS","Perioden","TotaleBevolking_1","k_65Tot80Jaar_11","k_80JaarOfOuder_12",\
"k_65Tot80Jaar_20","k_80JaarOfOuder_21","TotaleOppervlakte_218","Omgevingsadressendichtheid_220"
"GM0901","2019JJ00","64000","9600","3200","15.0","5.0","48.70","2500"
"GM0902","2019JJ00","40000","6000","2000","15.0","5.0","68.00","499"
"GM0901","2018JJ00","63000","9600","3200","15.2","5.1","48.70","2500"
"""
STATLINE = """"Regio's";"Perioden";"Bevolking|Op 1 januari|Totale bevolking (aantal)";\
"Bevolking|Leeftijd (relatief)|65 tot 80 jaar (%)";\
"Bevolking|Leeftijd (relatief)|80 jaar of ouder (%)";\
"Oppervlakte|Totale oppervlakte (km²)";"Naam";"Breedtegraad";"Lengtegraad"
"901";"2019";"64.000";"15,0";"5,0";"48,70";"Oever (gemeente)";"52,10";"5,25"
"0902";"2019";"40.000";"15,0";"5,0";"68,00";"Broek";"52,14";"5,17"
"""
EXCEL = """gwb_code_10,gm_naam,recs,a_inw,a_65_oo,a_lan_ha,ste_mvs,rd_x,rd_y
GM0901,Oever,Gemeente,64000,12800,4860,2,145000,457000
BU09010000,Kade,Buurt,4000,800,60,2,145000,457000
GM0902,Broek,Gemeente,40000,8000,6710,4,140500,461500
"""
PLACES = "code,name,lat,lon\nGM0901,Oever,52.10,5.25\nGM0902,Broek,52.14,5.17\nGM0,Elders,99,99\n"


def made(folder: Path, text: str, encoding: str = "utf-8", **asked: object) -> tuple[Made, Region]:
    """Write a table, make a region of it and read that as a run does."""
    path = folder / "table.csv"
    path.write_text(text, encoding=encoding)
    if asked.pop("centres", False):
        (folder / "places.csv").write_text(PLACES, encoding="utf-8")
        asked["places"] = folder / "places.csv"
    new = New(path, "own")._replace(**asked)
    return new_region(new, folder / "own"), load_region(str(folder / "own"))


def test_a_table_of_our_own(tmp_path: Path) -> None:
    told, region = made(tmp_path, OWN, year=2022)
    assert (told.municipalities, told.population, told.year) == (3, 125085, 2022)
    assert [m.code for m in region.municipalities] == ["GM0901", "GM0902", "GM0903"]
    assert [m.urbanity for m in region.municipalities] == [2, 3, 5]
    assert region.municipalities[0].share_65 == 0.215 and region.municipalities[0].lat == 52.1
    assert connected(3, region.neighbours)
    assert region.sources["trust"].startswith("assumed") and region.year == 2022
    assert "table.csv, 2022" in region.sources["municipalities.population"]


def test_key_figures_of_districts_and_neighbourhoods(tmp_path: Path) -> None:
    told, region = made(tmp_path, KWB, year=2020, centres=True)
    assert told.passed_over == 2 and region.year == 2020
    assert [m.population for m in region.municipalities] == [64000, 40000]
    assert [m.share_65 for m in region.municipalities] == [0.2, 0.2]
    assert [m.area_km2 for m in region.municipalities] == [48.6, 67.1]  # land, of hectares
    assert [m.urbanity for m in region.municipalities] == [2, 4]  # the second by addresses
    assert "CBS defines it" in region.sources["municipalities.urbanity"]


def test_regional_key_figures_of_one_of_their_years(tmp_path: Path) -> None:
    _, region = made(tmp_path, KERNCIJFERS, year=2019, centres=True)
    assert [m.population for m in region.municipalities] == [64000, 40000]
    assert [m.share_65 for m in region.municipalities] == [0.2, 0.2]
    assert [m.urbanity for m in region.municipalities] == [1, 5]
    assert [m.name for m in region.municipalities] == ["Oever", "Broek"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_an_export_with_decimal_commas(tmp_path: Path, encoding: str) -> None:
    _, region = made(tmp_path, STATLINE, encoding)
    assert [(m.code, m.name) for m in region.municipalities] == [
        ("GM0901", "Oever"), ("GM0902", "Broek"),
    ]  # fmt: skip
    assert [m.population for m in region.municipalities] == [64000, 40000]
    assert [m.share_65 for m in region.municipalities] == [0.2, 0.2]
    assert region.municipalities[0].area_km2 == 48.7 and region.municipalities[0].lon == 5.25
    assert [m.urbanity for m in region.municipalities] == [2, 3]
    assert region.sources["municipalities.urbanity"].partition("; ")[2].startswith("assumed")


def test_points_between_thousands_are_told_by_a_million_or_by_the_reader(tmp_path: Path) -> None:
    text = KWB.replace("64000", "64.000").replace("40000", "40.000")
    with pytest.raises(BadInput, match="a point between thousands. --decimal comma reads it"):
        made(tmp_path, text, year=2020, centres=True)
    for asked, country in (({"decimal": "comma"}, "17000000"), ({}, "17.000.000")):
        folder = tmp_path / country
        folder.mkdir()
        whole = text.replace("17000000", country)
        _, region = made(folder, whole, year=2020, centres=True, **asked)
        assert [m.population for m in region.municipalities] == [64000, 40000]


def test_a_unit_in_brackets_goes_before_the_name(tmp_path: Path) -> None:
    names = (
        "code;name;inwoners;65 jaar of ouder (aantal);totale oppervlakte (ha);urbanity;lat;lon\n"
    )
    text = names + "GM0901;Oever;900;90;1200;5;52.1;5.25\n"
    _, region = made(tmp_path, text, year=2022)
    assert region.municipalities[0].area_km2 == 12.0 and region.municipalities[0].share_65 == 0.1
    with pytest.raises(
        BadInput, match=r"12000 is out of range.*Allowed: 0.5 to 1,500: area, km2\."
    ):
        made(tmp_path, text.replace("(ha)", "(km²)").replace("1200", "12000"), year=2022)


def test_dutch_map_coordinates(tmp_path: Path) -> None:
    told, region = made(tmp_path, EXCEL, year=2021)
    assert told.passed_over == 1
    assert to_degrees(155_000, 463_000) == pytest.approx((52.15517440, 5.38720621), abs=1e-9)
    # The Westertoren in Amsterdam: RD 120700.723, 487525.501 is 52.3745322, 4.8835326 (RDNAP).
    assert to_degrees(120700.723, 487525.501) == pytest.approx((52.3745, 4.8835), abs=2e-4)
    assert (region.municipalities[0].lat, region.municipalities[0].lon) == pytest.approx(
        (52.1009, 5.2412), abs=1e-3
    )


def test_some_municipalities_and_borders_of_a_table(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("gemeente;buur\nGM0901;903\n903;GM0901\nGM0901;GM0777\n", encoding="utf-8")
    _, region = made(tmp_path, OWN, year=2022, codes=("903", "GM0901"), neighbours=pairs)
    assert [m.code for m in region.municipalities] == ["GM0903", "GM0901"]
    assert region.neighbours == ((0, 1),) and region.sources["neighbours"] == "pairs.csv"


def test_figures_of_another_year_are_brought_to_the_year_of_the_model(tmp_path: Path) -> None:
    _, region = made(tmp_path, KWB, year=2020, centres=True)
    grown = of_model_year(region, 0.01)
    people = [m.population for m in grown.municipalities]
    assert people == pytest.approx([64000 * 1.01**2, 40000 * 1.01**2], abs=5)
    assert all(sum(d.population for d in m.districts) == m.population for m in grown.municipalities)
    later = of_model_year(replace(region, year=2024), 0.01).municipalities
    assert [m.population for m in later] == pytest.approx([64000 / 1.01**2, 40000 / 1.01**2], abs=5)
    assert of_model_year(grown, 0.01) is grown
    assert content(region)["year"] == 2020 and "year" not in content(grown)
    write_region(region, tmp_path / "again")
    assert content(load_region(str(tmp_path / "again"))) == content(region)


WRONG = """code,name,population,pct_65plus,area_km2,urbanity,lat,lon
GM0901,Oever,65.987,21,4860,2,5.25,52.10
GM0901,Twee,65987,21,48.6,2,52.1,5.2
GM0903,,43508,x,67.1,9,52.1,5.1
GM0904,Kort,15590,22
GM0905,Rij,15590,22,1_0,4,"52,0",5.3
GM0906,Veel,15590,210,0.76,4,52.0,5.3
"""


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        made(tmp_path, WRONG, year=2022)
    first, *lines = str(caught.value).split("\n")
    assert first == f"{tmp_path / 'table.csv'}: {len(lines)} mistakes:"
    numbers = [int(line.split()[1].rstrip(",:")) for line in lines]
    assert numbers == sorted(numbers)
    for said in (
        "line 2, column population: 65.987 is out of range: a point between thousands?",
        "line 2, column area_km2: 4860 is out of range: in another unit?",
        "line 2, column lat: 5.25 is out of range: lat and lon are swapped.",
        "line 3, column code: 'GM0901' is on line 2 too.",
        "line 4, column name: is empty.",
        "line 4, column pct_65plus: 'x' is no figure.",
        "line 4, column urbanity: '9' is no class.",
        "line 5: has 4 cells where the header has 8.",
        "line 6, column area_km2: '1_0' is not a number",
        "line 6, column lat: '52,0' is not a number with a point before decimals.",
        "line 7, column area_km2: 15,590 inhabitants on 0.76 km2",
    ):
        assert any(line.strip().startswith(said) for line in lines), (said, lines)
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


@pytest.mark.parametrize(
    ("old", "new", "asked", "says"),
    [
        ("", "", {}, "--year: is missing: no column says the year"),
        ("", "", {"year": 1900}, "--year: 1900 is out of range"),
        ("population", "popluation", {"year": 2022}, "Did you mean 'popluation'?"),
        ("lat,lon", "north,east", {"year": 2022}, "rd_x and rd_y, here or in a file after"),
        (",lat,", ",lon,", {"year": 2022}, "column 'lon' is there twice"),
        ("21.5", "215", {"year": 2022}, "215 is out of range. Allowed: 0 to 100"),
        ("GM0901", "all", {"year": 2022}, "'all' means the whole region"),
        ("GM0901", "", {"year": 2022}, "column code: is empty"),
        ("65987", "", {"year": 2022}, "column population: is empty"),
        ("65987", "66", {"year": 2022}, "thousands of inhabitants?"),
        ("65987", "65987.5", {"year": 2022}, "is not a whole number"),
        ("65987", "1e5", {"year": 2022}, "'1e5' is not a number"),
        ("65987", "inf", {"year": 2022}, "'inf' is not a number"),
        ("65987", "٦٥٩٨٧", {"year": 2022}, "is not a number"),
        ("65987", "9" * 5000, {"year": 2022}, "is not a number"),
        ("Oever", "\0", {"year": 2022}, "is not a text file"),
        ("Oever", '"Oe', {"year": 2022}, "is not CSV"),
        ("", "", {"year": 2022, "codes": ("GM0909",)}, "--codes: 'GM0909' is not in the table"),
        ("", "", {"year": 2022, "preferred": "Achmae"}, "Did you mean 'Achmea'?"),
        ("", "", {"year": 2022, "name": "a/b"}, "cannot be the name of a region"),
        ("", "", {"year": 2022, "neighbours": Path("no.csv")}, "no.csv: cannot be read"),
    ],
)
def test_a_table_that_cannot_be_used(
    tmp_path: Path, old: str, new: str, asked: dict[str, object], says: str
) -> None:
    with pytest.raises(BadInput) as caught:
        made(tmp_path, OWN.replace(old, new, 1) if old else OWN, **asked)
    assert says in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def test_shares_where_percent_are_asked_for(tmp_path: Path) -> None:
    text = OWN.replace("21.5", "0.215").replace(",24,", ",0.24,").replace(",22,", ",0.22,")
    with pytest.raises(BadInput, match="shares, where percent are asked for"):
        made(tmp_path, text, year=2022)


def test_a_table_of_several_years_asks_for_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"several years. Allowed: 2018, 2019"):
        made(tmp_path, KERNCIJFERS, centres=True)
    with pytest.raises(BadInput, match="2020 is not in"):
        made(tmp_path, KERNCIJFERS, year=2020, centres=True)


def test_what_a_run_would_refuse_is_refused_of_the_table(tmp_path: Path) -> None:
    codes = [f"GM{1000 + k}" for k in range(26)]
    lines = [f"{code},Oord,20000,20,40,3,{52 + k / 100:.2f},5.2" for k, code in enumerate(codes)]
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("a,b\n" + "".join(f"GM1000,{code}\n" for code in codes[1:]))
    with pytest.raises(BadInput) as caught:
        made(tmp_path, "\n".join([OWN.split("\n")[0], *lines]), year=2022, neighbours=pairs)
    assert str(caught.value).startswith(f"{tmp_path / 'table.csv'}: the region that it makes")
    assert "neighbours.csv: GM1000 has 25 neighbours" in str(caught.value)
    assert {path.name for path in tmp_path.iterdir()} == {"table.csv", "pairs.csv"}


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mine").write_text("x", encoding="utf-8")
    with pytest.raises(BadInput, match="is not empty"):
        made(tmp_path, OWN, year=2022)
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["mine"]
