"""Tables fetched over a network: a server on this machine answers as CBS does, or does not."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from opendata import Served, open_data
from spoiling import MANY, spoiled

from experiments.cli.app import main
from sim.errors import BadInput
from sim.place.content import content
from sim.place.fetch import NotFetched, fetch, table_of
from sim.place.load import load_region

pytest.importorskip("cbsodata", reason="the extra cbs is not installed")

TOPICS = (
    "Gemeentenaam_1", "SoortRegio_2", "Codering_3", "AantalInwoners_5", "Mannen_6",
    "k_65JaarOfOuder_12", "OppervlakteTotaal_115", "OppervlakteLand_116",
    "MateVanStedelijkheid_120", "Omgevingsadressendichtheid_121",
)  # fmt: skip
NAMES = {
    "NL00": "Nederland", "GM0355": "Zeist", "WK035501": "Wijk 01 West", "WK035502": "Wijk 02 Oost",
    "BU03550101": "Kade", "GM0310": "De Bilt",
}  # fmt: skip


def line(code: str, town: str, kind: str, *figures: object) -> dict[str, object]:
    padded = (code.ljust(10), town.ljust(40), kind.ljust(10), code.ljust(10))
    return dict(zip(("WijkenEnBuurten", *TOPICS), (*padded, *figures), strict=True))


KEY_FIGURES = Served(
    "Kerncijfers wijken en buurten 2024", "WijkenEnBuurten", TOPICS,
    [
        line("NL00", "Nederland", "Land", 17942942, 1, 3690000, 4154338, 3367107, 2, 2100),
        line("GM0355", "Zeist", "Gemeente", 66500, 32000, 14100, 4864, 4850, 2, 1650),
        line("WK035501", "Zeist", "Wijk", 30000, 15000, 6000, 2000, 1990, 2, 1700),
        line("WK035502", "Zeist", "Wijk", 36480, 17000, 8100, 2864, 2860, 2, 1600),
        line("BU03550101", "Zeist", "Buurt", 30000, 15000, 6000, 2000, 1990, 2, 1700),
        line("GM0310", "De Bilt", "Gemeente", 43900, 21000, 10500, 6708, 6600, None, 1120),
    ],
    NAMES,
)  # fmt: skip
REGIONAL = Served(
    "Regionale kerncijfers Nederland", "RegioS",
    ("TotaleBevolking_1", "k_65Tot80Jaar_20", "k_80JaarOfOuder_21", "TotaleOppervlakte_218"),
    [
        {"RegioS": code.ljust(6), "Perioden": f"{year}JJ00", "TotaleBevolking_1": people,
         "k_65Tot80Jaar_20": 15.5, "k_80JaarOfOuder_21": 5.5, "TotaleOppervlakte_218": 48.64}
        for code, people in (("NL01", 17_000_000), ("GM0355", 63_000), ("GM0310", 42_800))
        for year in (2018, 2019)
    ],
    {"GM0355": "Zeist", "GM0310": "De Bilt"}, "Perioden",
)  # fmt: skip
BIRTHS = Served(
    "Geboorte; kerncijfers per gemeente", "RegioS", ("LevendGeborenKinderen_1",),
    [{"RegioS": "GM0355", "LevendGeborenKinderen_1": 600}], {"GM0355": "Zeist"},
)  # fmt: skip
HOUSES = Served("Prijzen", "", ("Prijs_1",), [], {})
TABLES = {
    "85984NED": KEY_FIGURES, "70072ned": REGIONAL, "37259ned": BIRTHS,
    "85773NED": HOUSES, "11111NED": "500 broken", "22222NED": "200 <html>",
    "33333NED": '200 {"value": [1, 2]}', "44444NED": "200 {}",
}  # fmt: skip


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, list[str]]]:
    with open_data(TABLES, page=2) as found:  # type: ignore[arg-type]
        yield found


def test_a_year_is_fetched_kept_and_made_a_region(
    served: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    address, asked = served
    command = ["geography", "fetch", "--year", "2024", "--catalog", address, "--out", "mine"]
    assert main(command) == 0
    shown = capsys.readouterr().out
    assert "85984NED, Kerncijfers wijken en buurten 2024: 4 lines kept in mine.csv" in shown
    assert "2 municipalities, 110,400 inhabitants in 2024, 2 other lines passed over" in shown
    kept = (tmp_path / "mine.csv").read_text(encoding="utf-8").splitlines()
    assert kept[0] == (  # CBS's own names; no column that a region has no use for
        "WijkenEnBuurten,Gemeentenaam_1,SoortRegio_2,Codering_3,AantalInwoners_5,"
        "k_65JaarOfOuder_12,OppervlakteLand_116,MateVanStedelijkheid_120,"
        "Omgevingsadressendichtheid_121,Naam,Perioden"
    )
    assert kept[1] == "GM0355,Zeist,Gemeente,GM0355,66500,14100,4850,2,1650,Zeist,2024JJ00"
    assert kept[4] == "GM0310,De Bilt,Gemeente,GM0310,43900,10500,6600,.,1120,De Bilt,2024JJ00"
    zeist, bilt = load_region("./mine").municipalities
    assert (zeist.population, zeist.share_65) == (66_500, pytest.approx(14_100 / 66_500, abs=1e-6))
    assert (bilt.area_km2, bilt.urbanity) == (66.0, 3)  # 1,120 addresses per km2
    assert any("$skip=2" in path for path in asked)  # page by page
    assert main(["geography", "import", "mine.csv", "--name", "mine", "--out", "again"]) == 0
    assert content(load_region("./again")) == content(load_region("./mine"))


def test_districts_have_their_names(
    served: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ["geography", "fetch", "--year", "2024", "--catalog", served[0], "--districts"]
    assert main([*command, "--out", "mine", "--keep", "kept/of-2024.csv", "-q"]) == 0
    zeist, bilt = load_region("./mine").municipalities
    assert [d.name for d in zeist.districts] == ["Wijk 01 West", "Wijk 02 Oost"]
    assert [d.population for d in zeist.districts] == [30_009, 36_491]  # of 66,480 to 66,500
    assert len(bilt.districts) == 4  # 43,900 in equal parts: the table lists none
    assert (tmp_path / "kept" / "of-2024.csv").exists()


def test_one_year_of_a_table_of_several(served: tuple[str, list[str]], tmp_path: Path) -> None:
    found = fetch("70072ned", tmp_path / "kept.csv", year=2018, catalog=served[0])
    assert (found.year, found.lines) == (2018, 2)
    lines = (tmp_path / "kept.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "GM0355,2018JJ00,63000,15.5,5.5,48.64,Zeist"


@pytest.mark.parametrize(
    ("table", "year", "says"),
    [
        ("37259ned", None, "table 37259ned: has no column that holds inhabitants on 1 January and "
         "none that holds inhabitants of 65 or older"),
        ("85773NED", None, "has no dimension of regions"),
        ("85985NED", None, "has no table 85985NED. Did you mean '85984NED'?"),
        ("tables", None, "'tables' is no number of a table"),
        ("85984NED", 2023, "2023 is not the year of 'Kerncijfers wijken en buurten 2024'"),
        ("70072ned", None, "--year: is missing: the table has several years"),
        ("70072ned", 1990, "has no lines of municipalities or districts of 1990"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_used(
    served: tuple[str, list[str]], tmp_path: Path, table: str, year: int | None, says: str
) -> None:
    with pytest.raises(BadInput) as caught:
        fetch(table, tmp_path / "kept.csv", year=year, catalog=served[0])
    assert says in str(caught.value) and "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("table", ["11111NED", "22222NED", "33333NED", "44444NED"])
def test_an_answer_that_is_no_table(
    served: tuple[str, list[str]], tmp_path: Path, table: str
) -> None:
    with pytest.raises(NotFetched, match=r"127\.0\.0\.1"):
        fetch(table, tmp_path / "kept.csv", catalog=served[0])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("part", ["DataProperties", "TableInfos", "TypedDataSet", ""])
def test_any_answer_makes_a_file_or_one_message(
    part: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    keep = folder / "kept.csv"
    with open_data({"85984NED": KEY_FIGURES._replace(raw=(raw := {}))}) as (address, _):
        value: list[dict[str, object]] = (
            KEY_FIGURES.parts()[part][:9]
            if part
            else [{"name": name} for name in KEY_FIGURES.parts()]
        )

        @settings(MANY, max_examples=150)
        @given(answer=spoiled(json.dumps({"value": value}, indent=1)))
        def spoil(answer: bytes) -> None:
            raw[part] = answer
            keep.unlink(missing_ok=True)
            try:
                fetch("85984NED", keep, year=2024, catalog=address)
            except (BadInput, NotFetched) as error:
                assert "\n" not in str(error) and len(str(error)) < 1200
                assert list(folder.iterdir()) == []
            else:
                assert keep.read_text(encoding="utf-8").count("\n") > 1

        spoil()


def test_no_network_is_one_message_and_exit_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket() as taken:  # bound and never listening: nobody answers there
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        command = ["geography", "fetch", "--year", "2024", "--catalog", address, "--out", "mine"]
        assert main(command) == 1
    said = capsys.readouterr().err.strip()
    assert "cannot be reached (Connection refused)" in said and "\n" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ((), "--year: is missing"),
        (("--year", "2001"), "no table is known for 2001. Allowed: 2013 to 2025"),
        (("--year", "2024", "--catalog", "ftp://x"), "'ftp://x' is no address"),
        (("--year", "2024", "--keep", "there.csv"), "exists: regiosim geography import reads it"),
        (("--year", "2024", "--out", "full"), "full: exists and is not empty"),
        (("--year", "2024", "--preferred", "Achmae"), "Did you mean 'Achmea'?"),
    ],
)
def test_what_is_refused_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    given: tuple[str, ...], says: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.csv").write_text("mine", encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine", encoding="utf-8")
    assert main(["geography", "fetch", *given]) == 2
    assert says in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {"there.csv", "full"}


def test_without_the_extra_it_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cbsodata", None)
    with pytest.raises(BadInput, match=r"pip install 'regiosim\[cbs\]'"):
        fetch("85984NED", tmp_path / "kept.csv", catalog="http://127.0.0.1:9")


def test_each_year_names_its_table() -> None:
    assert table_of(2022) == "85318NED"
