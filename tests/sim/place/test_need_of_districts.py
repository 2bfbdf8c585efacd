"""What tables say of the need of districts: read, written, copied, and refused where wrong."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support import small
from vintages import PLACES

from sim.errors import BadInput
from sim.place.content import content
from sim.place.load import load_region
from sim.place.needs import filled
from sim.place.newly import New, new_region
from sim.place.region import Region
from sim.place.write import write_region

HEADER = (
    "gwb_code_10;regio;gm_naam;recs;a_inw;a_65_oo;p_ink_li;a_lan_ha;ste_mvs\n"
    "GM0355;Zeist;Zeist;Gemeente;60000;12600;38,0;4860;2\n"
    "GM0310;De Bilt;De Bilt;Gemeente;40000;9600;36,0;6710;3\n"
)
ROWS = (
    "WK035501;Noord;Zeist;Wijk;40000;10000;35,5;3000;2\n"
    "WK035502;Zuid;Zeist;Wijk;15000;1500;45,5;1000;2\n"
    "WK035503;West;Zeist;Wijk;5000;.;.;860;2\n"
    "WK031001;Bilt;De Bilt;Wijk;30000;7000;.;5000;3\n"
    "WK031002;Hollandsche Rading;De Bilt;Wijk;10000;2600;.;1710;3\n"
)


def made(folder: Path, text: str) -> Region:
    """Import a table as the command does, with its districts, and read what it makes."""
    table, places = folder / "kwb-2022.csv", folder / "places.csv"
    table.write_text(text, encoding="utf-8")
    places.write_text(PLACES, encoding="utf-8")
    new_region(New(table, "own", year=2022, districts=table), folder / "own")
    return load_region(str(folder / "own"))


def test_elderly_and_incomes_of_districts_are_read(tmp_path: Path) -> None:
    region = made(tmp_path, HEADER + ROWS)
    noord, zuid, west = region.municipalities[0].districts
    assert (noord.share_65, noord.low_income) == pytest.approx((0.25, 0.355))
    assert (zuid.share_65, zuid.low_income) == pytest.approx((0.1, 0.455))
    # (25% of 40,000 and 10% of 15,000) over 55,000; (35.5 and 45.5) alike.
    assert west.share_65 == pytest.approx(11_500 / 55_000, abs=1e-6)
    assert west.low_income == pytest.approx((0.355 * 40 + 0.455 * 15) / 55, abs=1e-6)
    # Of De Bilt no income is known: it is drawn.
    bilt, rading = region.municipalities[1].districts
    assert (bilt.low_income, rading.low_income) == (None, None)
    assert rading.share_65 == pytest.approx(0.26)
    assert "those of 65 or older and low incomes as listed" in region.sources["districts"]


def test_a_table_without_incomes_says_that_they_are_drawn(tmp_path: Path) -> None:
    lines = (HEADER + ROWS).splitlines()
    cut = "\n".join(";".join(line.split(";")[:6] + line.split(";")[7:]) for line in lines)
    region = made(tmp_path, cut + "\n")
    assert all(d.low_income is None for m in region.municipalities for d in m.districts)
    said = region.sources["districts"]
    assert "those of 65 or older as listed; low incomes not listed: drawn in a run" in said


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        (";35,5;", ";135,5;", "line 4, column p_ink_li: 135,5 is out of range"),
        (";10000;35,5", ";50000;35,5", "line 4, column a_65_oo: 50000 is out of range"),
        (";45,5;", ";many;", "line 5, column p_ink_li: 'many' is not a number"),
    ],
)
def test_need_that_cannot_be_is_refused_by_line(
    tmp_path: Path, wrong: str, right: str, message: str
) -> None:
    with pytest.raises(BadInput) as caught:
        made(tmp_path, HEADER + ROWS.replace(wrong, right))
    assert message in str(caught.value)
    assert not (tmp_path / "own").exists()


def test_figures_not_known_are_the_mean_of_others() -> None:
    assert filled([20.0, None, 40.0], [3000, 500, 1000]) == [20.0, 25.0, 40.0]
    assert filled([None, None], [1, 2]) == [None, None]


def with_need() -> Region:
    """Two municipalities, the first with the need of its districts."""
    region = small(2)
    first = region.municipalities[0]
    parts = tuple(
        replace(d, share_65=(10 + 7 * k) / 100, low_income=round(33.1 + 3 * k, 1) / 100)
        for k, d in enumerate(first.districts)
    )
    return replace(
        region, municipalities=(replace(first, districts=parts), *region.municipalities[1:])
    )


def test_a_region_with_need_is_written_and_read_alike(tmp_path: Path) -> None:
    region = with_need()
    write_region(region, tmp_path / "own")
    again = load_region(str(tmp_path / "own"))
    assert [m.districts for m in again.municipalities] == [
        m.districts for m in region.municipalities
    ]


def test_only_regions_with_need_have_another_content() -> None:
    plain, own = content(small(2)), content(with_need())
    assert all(len(d) == 5 for m in plain["municipalities"] for d in m["districts"])
    lengths = [{len(d) for d in m["districts"]} for m in own["municipalities"]]
    assert lengths == [{7}, {5}]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows[1].rsplit(",", 1)[0] + ",", "pct_low_income: is empty, while other"),
        (lambda rows: rows[1].rsplit(",", 1)[0] + ",101", "101 is out of range"),
        (lambda rows: rows[1].rsplit(",", 1)[0] + ",few", "few"),
    ],
)
def test_a_folder_with_wrong_need_is_refused(tmp_path: Path, change: object, message: str) -> None:
    write_region(with_need(), tmp_path / "own")
    path = tmp_path / "own" / "districts.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    assert callable(change)
    rows[1] = change(rows)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_region(str(tmp_path / "own"))
    assert message in str(caught.value) and "districts.csv line 2" in str(caught.value)


def test_shares_in_the_place_of_percent_are_refused(tmp_path: Path) -> None:
    write_region(with_need(), tmp_path / "own")
    path = tmp_path / "own" / "districts.csv"
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows[1:]:
        row[6] = f"{float(row[6]) / 100:.4f}" if row[6] else ""
    path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    with pytest.raises(BadInput, match="no value above 1: shares"):
        load_region(str(tmp_path / "own"))
