"""Whatever a file of CBS holds, it makes a sound region or is refused; so do files of districts."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spoiling import MANY, is_one_message, spoiled
from vintages import OF_2003, OF_2014, OF_2022, OF_2024, PLACES

from sim.errors import BadInput
from sim.place.load import load_region
from sim.place.mistakes import ManyWrong
from sim.place.newly import New, new_region, year_of_name
from sim.place.parts import scaled
from sim.place.region import Region

SOME = settings(MANY, max_examples=250)
TEXTS = {"2003": OF_2003, "2014": OF_2014, "2022": OF_2022, "2024": OF_2024}


def is_told(error: BadInput, path: Path) -> bool:
    """Return whether an error is one message, or a list of them, about a file or an option."""
    names = (path, "--year", "--codes", "--places")
    if not isinstance(error, ManyWrong):
        return is_one_message(error, *names)
    lines = str(error).split("\n")
    return str(path) in lines[0] and all(len(x) < 1500 and x.isprintable() for x in lines)


def is_sound(region: Region) -> bool:
    return all(
        sum(d.population for d in m.districts) == m.population
        and all(d.population >= 1 and d.radius > 0 for d in m.districts)
        and len({d.name for d in m.districts}) == len(m.districts)
        and math.isclose(math.fsum(m.shares), 1.0) and 0 < m.share_65 < 1
        for m in region.municipalities
    )  # fmt: skip


@pytest.mark.parametrize("vintage", TEXTS)
def test_any_table_makes_a_sound_region_or_is_refused(
    vintage: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path, out, places = folder / "kwb-2014.csv", folder / "out", folder / "places.csv"
    places.write_text(PLACES, encoding="utf-8")

    @SOME
    @given(raw=spoiled(TEXTS[vintage]), districts=st.booleans())
    def spoil(raw: bytes, districts: bool) -> None:
        path.write_bytes(raw)
        shutil.rmtree(out, ignore_errors=True)
        asked = New(path, "own", places=None if vintage == "2022" else places)
        try:
            new = year_of_name(asked._replace(districts=path if districts else None))
            made = new_region(new, out)
        except BadInput as error:
            assert is_told(error, path), str(error)
            assert {one.name for one in folder.iterdir()} == {path.name, places.name}
        else:
            region = load_region(str(out))
            assert is_sound(region) and made.population == region.population

    spoil()


@SOME
@given(
    weights=st.lists(st.integers(1, 100_000), min_size=1, max_size=99), more=st.integers(0, 10**6)
)
def test_scaled_numbers_add_up_and_stay_near(weights: list[int], more: int) -> None:
    total = len(weights) + more
    found = scaled(weights, total)
    assert sum(found) == total and min(found) >= 1 and len(found) == len(weights)
    whole = sum(weights)
    if min(weights) * total >= whole:  # none had to be lifted to 1
        assert all(
            abs(own - weight * total / whole) < 1
            for own, weight in zip(found, weights, strict=True)
        )


def book(path: Path, text: str, mark: str) -> None:
    """Write a workbook as CBS does: numbers as numbers, decimals and marks as text."""
    openpyxl = pytest.importorskip("openpyxl", reason="the extra cbs is not installed")
    made = openpyxl.Workbook()
    made.active.title = "Toelichting"
    made.active.append(["Kerncijfers wijken en buurten"])
    sheet = made.create_sheet("KWB")
    for line in text.strip().split("\n"):
        cells = [cell.strip() for cell in line.split(mark)]
        sheet.append([int(cell) if cell.isdigit() else cell for cell in cells])
    made.save(path)


KWB = """gwb_code_10;gwb_code_8;regio;gm_naam;recs;a_inw;a_65_oo;g_hhgro;a_lan_ha;ste_mvs;ste_oad
NL00;0;Nederland;Nederland;Land;17590672;3510000;2,1;3367000;2;2061
GM0355;355;Zeist;Zeist;Gemeente;65987;13900;2,2;4850;2;1648
WK035501;35501;Wijk 01;Zeist;Wijk;65980;13900;2,2;4850;.;.
GM0310;310;De Bilt;De Bilt;Gemeente;43508;10450;2,3;6600;.;1120
"""


def test_a_workbook_is_read_as_its_csv_is(tmp_path: Path) -> None:
    regions = []
    for name in ("kwb-2022.xlsx", "kwb-2022.csv"):
        path = tmp_path / name
        if path.suffix == ".csv":
            path.write_text(KWB, encoding="utf-8")
        else:
            book(path, KWB, ";")
        asked = year_of_name(New(path, "own", districts=path))
        made = new_region(asked, tmp_path / path.suffix[1:])
        assert made.form == "Kerncijfers wijken en buurten, file kwb-YEAR" and made.year == 2022
        regions.append(load_region(str(tmp_path / path.suffix[1:])))
    assert regions[0].municipalities == regions[1].municipalities
    zeist, bilt = regions[0].municipalities
    assert (zeist.population, zeist.area_km2, zeist.urbanity) == (65_987, 48.5, 2)
    assert [d.name for d in zeist.districts] == ["Wijk 01"] and bilt.urbanity == 3


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("kwb-2022.xlsx", b"no workbook", "cannot be read as an Excel workbook"),
        ("kwb-2022.xlsx", b"PK\x03\x04cut", "cannot be read as an Excel workbook"),
        ("kwb-2012.xls", b"\xd0\xcf\x11\xe0", "of an Excel before 2007. Allowed: the sheet saved"),
        ("gone.xlsx", None, "cannot be read (No such file or directory)"),
    ],
)
def test_a_workbook_that_cannot_be_read(
    tmp_path: Path, name: str, raw: bytes | None, says: str
) -> None:
    pytest.importorskip("openpyxl", reason="the extra cbs is not installed")
    if raw is not None:
        (tmp_path / name).write_bytes(raw)
    with pytest.raises(BadInput) as caught:
        new_region(New(tmp_path / name, "own", year=2022), tmp_path / "own")
    assert says in str(caught.value) and name in str(caught.value)


def test_municipalities_that_do_not_hang_together_are_told_and_run(tmp_path: Path) -> None:
    path, pairs = tmp_path / "table.csv", tmp_path / "pairs.csv"
    path.write_text(OF_2022, encoding="utf-8")
    pairs.write_text("a,b\nGM0355,GM0310\n", encoding="utf-8")
    made = new_region(New(path, "own", year=2022, neighbours=pairs), tmp_path / "own")
    (said,) = (note for note in made.notes if note.startswith("neighbours"))
    assert said == "neighbours: pairs.csv; not all municipalities hang together by borders"
    region = load_region(str(tmp_path / "own"))
    assert region.neighbours == ((0, 1),)  # Bunnik borders on neither
