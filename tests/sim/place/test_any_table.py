"""Whatever a table holds, it is read or refused with one message: no traceback, no odd figure."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import BadInput
from sim.place.figures import read_figures
from sim.place.towns import LAT, LON, OLD, POPULATION, Town

HEADER = ["code", "name", "population", "pct_65plus", "area_km2", "urbanity", "lat", "lon"]
CELLS = {
    "code": "GM0901", "name": "Oever", "population": "65987", "pct_65plus": "21.5",
    "area_km2": "48.6", "urbanity": "2", "lat": "52.1", "lon": "5.25",
}  # fmt: skip
ODD = (
    "", ".", "-", "x", "all", "0", "-1", "1e5", "1_0", "٣", "100.000", "1.234,5", "12,5", "inf",
    "nan", "9" * 400, "0x10", "=1+1", '"', ";", ",", "\t", "\n", "\r\n", "é", "\u0301", "\ufeff",
    "GM0902", "0902", "zeer sterk stedelijk", "65 jaar of ouder", "2019JJ00", "52.1", "5.25",
)  # fmt: skip
TEXT = st.one_of(st.sampled_from(ODD), st.text(max_size=8))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "table.csv"


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """A sound table of which a few cells, names or marks are something else."""
    names = list(HEADER)
    rows = [[{**CELLS, "code": f"GM090{k}"}[name] for name in HEADER] for k in range(1, 4)]
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(rows)))
        line = names if at == len(rows) else rows[at]
        line[draw(st.integers(0, len(line) - 1))] = draw(TEXT)
    mark = draw(st.sampled_from([",", ";", "\t"]))
    text = "\n".join(mark.join(line) for line in (names, *rows))
    found = text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])), "replace")
    cut = draw(st.integers(0, 20))
    return found[: len(found) - cut] if cut > 15 else found


def within(value: float, span: tuple[float, float]) -> bool:
    return span[0] <= value <= span[1]


def sound(town: Town) -> bool:
    figures = (town.population, POPULATION), (town.pct_65plus, OLD), (town.lat, LAT)
    return bool(town.code and town.name) and all(
        within(*pair) for pair in (*figures, (town.lon, LON), (town.urbanity, (1, 5)))
    )


@settings(max_examples=1000, deadline=None)
@given(data=tables(), year=st.one_of(st.none(), st.integers(-5, 3000)))
def test_any_table_is_read_or_refused(file: Path, data: bytes, year: int | None) -> None:
    file.write_bytes(data)
    try:
        figures = read_figures(file, year=year)
    except BadInput as error:
        assert str(file) in str(error) or "--year" in str(error)
        assert all(line.isprintable() for line in str(error).split("\n"))
        return
    assert figures.towns and all(sound(town) for town in figures.towns)
    assert len({town.code for town in figures.towns}) == len(figures.towns)
