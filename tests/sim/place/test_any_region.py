"""Any folder of a region is read as strict reading gives it, or refused in one message."""

from __future__ import annotations

import csv
import io
import tomllib
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spoiling import MANY, is_one_message, spoiled

from sim.errors import BadInput
from sim.place.load import load_region
from sim.place.region import Region
from sim.place.synthetic import synthetic
from sim.place.write import write_region

FILES = ("region.toml", "municipalities.csv", "neighbours.csv", "districts.csv", "shares.csv")


def texts() -> dict[str, str]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        write_region(synthetic(3, 1), Path(folder))
        return {name: Path(folder, name).read_text(encoding="utf-8") for name in FILES}


WHOLE = texts()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("any") / "region"
    write_region(synthetic(3, 1), path)
    return path


def plain(raw: bytes) -> str:
    text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def table(raw: bytes) -> list[dict[str, str]]:
    """Read a table independently: the csv module, and no numbers."""
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(plain(raw)))]
    rows = [row for row in rows if any(row)]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def exact(cell: str) -> float:
    assert cell.isascii() and "_" not in cell and "," not in cell
    return float(Decimal(cell))


def check(name: str, raw: bytes, region: Region) -> None:
    """See that each figure of a region that was taken stands in the file as it was taken."""
    towns = region.municipalities
    if name == "region.toml":
        said: dict[str, Any] = tomllib.loads(plain(raw))
        usual, own = said["trust"]["default"], said["trust"].get("municipalities", {})
        assert [m.trust for m in towns] == [own.get(m.code, usual) for m in towns]
        assert (region.name, region.title) == (said["name"], said["title"])
        return
    rows = table(raw)
    if name == "municipalities.csv":
        assert [m.code for m in towns] == [row["code"] for row in rows]
        assert [m.population for m in towns] == [exact(row["population"]) for row in rows]
        assert [m.area_km2 for m in towns] == [exact(row["area_km2"]) for row in rows]
        assert [m.share_65 for m in towns] == [exact(row["pct_65plus"]) / 100 for row in rows]
        assert [(m.lat, m.lon) for m in towns] == [
            (exact(row["lat"]), exact(row["lon"])) for row in rows
        ]
    elif name == "districts.csv":
        found = {(m.code, d.name): d for m in towns for d in m.districts}
        for row in rows:
            one = found[row["municipality"], row["name"]]
            assert one.population == exact(row["population"])
            assert [one.x, one.y] == [exact(row["x_km"]), exact(row["y_km"])]
    elif name == "shares.csv":
        shares = {m.code: m.shares for m in towns}
        for row in rows:
            given_ = [exact(row[one]) for one in region.insurers]
            assert shares[row["municipality"]] == pytest.approx(given_, abs=1e-6)
    else:
        codes = [m.code for m in towns]
        pairs = {frozenset((row["municipality"], row["neighbour"])) for row in rows}
        assert {frozenset((codes[a], codes[b])) for a, b in region.neighbours} == pairs


@pytest.mark.parametrize("name", FILES)
def test_any_file_of_a_region_is_taken_as_it_stands_or_refused(name: str, folder: Path) -> None:
    path = folder / name

    @MANY
    @given(raw=spoiled(WHOLE[name]))
    def spoil(raw: bytes) -> None:
        path.write_bytes(raw)
        try:
            region = load_region(str(folder))
        except BadInput as error:
            assert is_one_message(error, folder), str(error)
        else:
            check(name, raw, region)

    try:
        spoil()
    finally:
        path.write_text(WHOLE[name], encoding="utf-8")


@MANY
@given(st.one_of(
    st.builds("synthetic:{}:{}".format, st.integers(-1, 3) | st.text(max_size=4), st.text()),
    st.sampled_from(["1", "01", "1_0", "+2", "٣", "1e1", "9" * 5000]).map("synthetic:{}".format),
    st.text(max_size=20), st.text("ab/\0.~", max_size=8), st.just("x/" * 3000),
))  # fmt: skip
def test_any_name_of_a_region_is_known_or_refused(spec: str) -> None:
    try:
        region = load_region(spec)
    except BadInput as error:
        assert "\n" not in str(error) and len(str(error)) < 600
    else:
        many = spec.split(":")[1]
        assert many == str(len(region.municipalities)) and spec.isascii()
