"""Tables of CBS of several years: published rows, and what a region makes of them by hand."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from pathlib import Path

import pytest
from vintages import OF_2003, OF_2014, OF_2017, OF_2022, OF_2024, PLACES

from sim.errors import BadInput
from sim.place.headers import COLUMNS, find_columns, form_of, plain
from sim.place.load import load_region
from sim.place.newly import Made, New, new_region, year_of_name
from sim.place.parts import scaled
from sim.place.region import Region
from sim.place.vintages import forms, is_unknown, tables, year_in


def made(folder: Path, text: str, name: str = "table.csv", **asked: object) -> tuple[Made, Region]:
    """Import a table as the command does, and read the region as a run does."""
    (folder / name).write_text(text, encoding="utf-8")
    if asked.pop("centres", True):
        (folder / "places.csv").write_text(PLACES, encoding="utf-8")
        asked["places"] = folder / "places.csv"
    new = year_of_name(New(folder / name, "own")._replace(**asked))
    return new_region(new, folder / "own"), load_region(str(folder / "own"))


def test_key_figures_of_2003(tmp_path: Path) -> None:
    told, region = made(tmp_path, OF_2003)
    assert told.form == "Kerncijfers wijken en buurten 1995 to 2003, by titles"
    assert (told.year, region.year, told.passed_over) == (2003, 2003, 4)
    helder, papendrecht = region.municipalities
    assert (helder.code, helder.name, helder.population) == ("GM0400", "Den Helder", 60_030)
    assert helder.area_km2 == 178.83  # 17,883 hectares
    assert (papendrecht.code, papendrecht.population) == ("GM0590", 30_510)
    assert papendrecht.area_km2 == 10.77
    assert region.neighbours == ()  # 125 km apart
    assert region.sources["neighbours"].endswith("not all municipalities hang together by borders")


def test_a_district_of_2003_is_numbered_beside_its_municipality(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    _, region = made(tmp_path, OF_2003, codes=("GM0590",), districts=path)
    (part,) = region.municipalities[0].districts
    assert (part.name, part.population) == ("Wijk 00 Papendrecht 2003", 30_510)
    assert part.radius == pytest.approx(1.8516, abs=1e-4)  # of a disc of 10.77 km2


def test_key_figures_of_2014(tmp_path: Path) -> None:
    told, region = made(tmp_path, OF_2014, "kerncijfers-wijken-en-buurten-2014.csv")
    assert told.form == "Kerncijfers wijken en buurten, StatLine and open data"
    assert (told.year, told.passed_over, told.unused) == (2014, 3, 1)  # the year: the file's name
    (town,) = region.municipalities
    assert (town.code, town.name, town.population) == ("GM0074", "Heerenveen", 49_900)
    assert town.area_km2 == 190.16  # 19,016 ha of land


def test_key_figures_of_2017(tmp_path: Path) -> None:
    for said in ("4", "."):  # CBS says class 4; 966 addresses per km2 lie in 500 to 1,000: 4
        folder = tmp_path / f"of-{ord(said)}"
        folder.mkdir()
        _, region = made(folder, OF_2017.replace("URBANITY", said), year=2017)
        (town,) = region.municipalities
        assert (town.name, town.population, town.urbanity) == ("Meierijstad", 79_864, 4)
        assert town.area_km2 == 184.10
        assert round(town.population / town.area_km2) == 434  # as the same row says it


def test_key_figures_of_2022_are_those_of_the_shipped_region(tmp_path: Path) -> None:
    told, region = made(tmp_path, OF_2022, centres=False, year=2022)
    assert told.form == "Wijk- en Buurtkaart, as its table says it since 2021"
    assert told.passed_over == 2  # water, and what is not Dutch
    shipped = {m.code: m for m in load_region("unicum").municipalities}
    for town in region.municipalities:
        own = shipped[town.code]
        assert (town.name, town.population, town.share_65) == (
            own.name, own.population, own.share_65,
        )  # fmt: skip
        assert (town.area_km2, town.urbanity) == (own.area_km2, own.urbanity)
        assert (town.lat, town.lon) == (own.lat, own.lon)  # no centres in the table: the region's
    zeist = region.municipalities[0]
    assert (zeist.population, zeist.share_65, zeist.area_km2) == (65_987, 0.21, 48.6)


def test_districts_of_2024(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    told, region = made(tmp_path, OF_2024, year=2024, districts=path)
    (town,) = region.municipalities
    assert (town.name, town.population, town.area_km2) == ("Aa en Hunze", 25_845, 276.06)
    assert round(town.population / town.area_km2) == 94  # as the same row says it
    parts = {d.name: d for d in town.districts}
    # 21 districts add up to 25,840: 3590+1460+390+390+260+615+475+145+115+115+405+230+120+1865
    # +1860+670+4965+1255+4975+1415+525. Five people have no district: each of the numbers times
    # 25845/25840 is 0.00019 more, whole below; the five largest rests go up by one.
    assert len(parts) == 21 and sum(d.population for d in town.districts) == 25_845
    assert parts["WK168017"].population == 4_966 and parts["WK168019"].population == 4_976
    assert parts["WK168000"].population == 3_591 and parts["WK168007"].population == 145
    assert parts["WK168014"].population == 1_866 and parts["WK168015"].population == 1_861
    assert parts["WK168001"].population == 1_460  # the sixth largest
    annen = parts["WK168000"]  # 1,465 ha: a disc of 14.65 km2 has a radius of 2.1594 km
    assert annen.radius == pytest.approx(2.1594, abs=1e-4)
    assert annen.y == pytest.approx((53.06 - 52.99) * 111.195, abs=0.01)  # km north
    assert "21 districts, 1 without inhabitants left out" in region.sources["districts"]
    assert told.unused == 0


def test_shares_of_districts_by_hand() -> None:
    assert scaled([50, 30, 20], 100) == [50, 30, 20]
    assert scaled([1, 1, 1], 4) == [2, 1, 1]  # rests of a third each: the first
    assert scaled([5, 5, 90], 10) == [1, 1, 8]  # 0.5 and 0.5 are 1 at least, 9 less 1
    assert scaled([10, 20], 3) == [1, 2]


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name[:30])
def test_a_form_is_told_by_the_names_that_it_uses(form: object) -> None:
    assert isinstance(form, type(forms()[0]))
    header = [names[0] for names in form.columns.values()]
    found = form_of(header)
    assert found is not None and found[0].name == form.name and found[1]
    assert set(find_columns(header)) >= set(form.columns) - {"district_name"}


def test_every_field_of_a_form_is_a_column() -> None:
    fields = {column.field for column in COLUMNS}
    assert {field for form in forms() for field in form.columns} <= fields
    for column in COLUMNS:
        names = [plain(name) for name in column.names]
        assert len(names) == len(set(names)), column.field


def test_each_year_has_a_table_of_its_own() -> None:
    assert list(tables()) == list(range(2013, 2026))
    assert len(set(tables().values())) == len(tables())
    assert tables()[2017] == "83765NED" and tables()[2024] == "85984NED"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        (".", True), ("-", True), ("", True), ("x", True), ("-99997", True), ("-99995.0", True),
        ("-99999999", True), ("-99999998", True), ("0", False), ("-1", False), ("99997", False),
        ("-999", False), ("12", False),
    ],
)  # fmt: skip
def test_what_stands_where_nothing_is_known(text: str, unknown: bool) -> None:
    assert is_unknown(text) is unknown


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("kwb-2022.xlsx", 2022), ("kwb2013.csv", 2013), ("wijkenbuurten_2024_v1.csv", 2024),
        ("kerncijfers-wijken-en-buurten-2014.csv", 2014), ("kwb-2009-versie-2014-06-01.csv", 2009),
        ("table.csv", None), ("2022.csv", None), ("kwb-20225.csv", None),
    ],
)  # fmt: skip
def test_the_year_that_the_name_of_a_file_says(name: str, year: int | None) -> None:
    assert year_in(name) == year


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (  # another table of open data: of births
            "ID,RegioS,Perioden,LevendGeborenKinderen_1,Overledenen_2\n0,GM0355,2022JJ00,600,580\n",
            ("no column holds inhabitants on 1 January", "no column holds area, km2",
             "no column holds inhabitants of 65 or older", "most like Regionale kerncijfers"),
        ),
        (  # key figures without ages
            "Codering_3,SoortRegio_2,AantalInwoners_5,OppervlakteLand_116\nGM0355,Gemeente,1,1\n",
            ("k_65JaarOfOuder", "most like Kerncijfers wijken en buurten, StatLine"),
        ),
        ("a,b\n1,2\n", ("no column holds code of the municipality",)),
    ],
)  # fmt: skip
def test_another_table_of_cbs_is_told_what_it_lacks(
    tmp_path: Path, text: str, says: tuple[str, ...]
) -> None:
    with pytest.raises(BadInput) as caught:
        made(tmp_path, text, year=2022, centres=False)
    for said in says:
        assert said in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def test_municipalities_without_a_centre_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"lack those of GM0074\. Allowed: .*--places"):
        made(tmp_path, OF_2014, "kwb-2014.csv", centres=False)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("WK168001  ,1460", "WK168000  ,1460", "'WK168000' is on line 3 too"),
        ("WK168001  ,1460", "WK168001  ,9460", "add up to 33,840, not to its 25,845"),
        ("WK168001  ,1460", "WK168001  ,many", "'many' is not a number"),
        ("WK1680", "WK1681", "lists no district of these municipalities"),
    ],
)
def test_districts_that_cannot_be_used(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "districts.csv"
    path.write_text(OF_2024.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        made(tmp_path, OF_2024, year=2024, districts=path)
    assert str(caught.value).startswith(str(path)) and says in str(caught.value)
    assert not (tmp_path / "own").exists()
