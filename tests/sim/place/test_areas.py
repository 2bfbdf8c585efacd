"""Areas of ROS and external parties that a region gives: read, written, run, complained of."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from spoiling import MANY, spoiled

from agents.words import Domain
from experiments import Scenario, run
from results.reports.parties import spoken_names
from sim.errors import BadInput
from sim.parameters import parameter_values
from sim.place.content import content
from sim.place.load import load_region, region_names
from sim.place.national import SHIPPED
from sim.place.region import Area, Region
from sim.place.tile import take, tile
from sim.place.write import write_region
from sim.policy.load import load_regime
from sim.start import make_tables
from sim.tables import Tables

ZOU = tuple(range(5))
LEKSTROOM = tuple(range(5, 10))
GIVEN = (
    Area("hap", "HAP Zeist", ZOU, "made for a test"),
    Area("hap", "HAP Nieuwegein", LEKSTROOM, "made for a test"),
    Area("ros", "East", ZOU, "made for a test"),
    Area("ros", "West", LEKSTROOM, "made for a test"),
)


@pytest.fixture(scope="module")
def unicum() -> Region:
    return load_region("unicum")


@pytest.fixture
def region(unicum: Region) -> Region:
    return replace(unicum, areas=GIVEN)


# Read, written, cut


def test_areas_come_back_as_they_were_written(region: Region, tmp_path: Path) -> None:
    write_region(region, tmp_path / "own")
    assert load_region(str(tmp_path / "own")).areas == GIVEN


def test_areas_are_cut_and_copied_along(region: Region) -> None:
    first = take(region, 6)
    assert [(a.name, a.municipalities) for a in first.areas] == [
        ("HAP Zeist", ZOU), ("HAP Nieuwegein", (5,)), ("East", ZOU), ("West", (5,)),
    ]  # fmt: skip
    # Of the first three, whatever is only in Lekstroom is gone.
    assert [a.name for a in take(region, 3).areas] == ["HAP Zeist", "East"]
    twice = tile(region, 2)
    assert [a.name for a in twice.areas_of("ros")] == ["East", "West", "East 2", "West 2"]
    assert twice.areas_of("ros")[3].municipalities == tuple(range(15, 20))


def test_who_is_called_how_is_not_what_a_region_holds(region: Region, unicum: Region) -> None:
    other = replace(region, areas=tuple(replace(a, name=f"{a.name} x") for a in GIVEN))
    assert content(other) == content(region) != content(replace(unicum, areas=()))
    # Nor is the order in which areas are listed.
    assert content(replace(region, areas=GIVEN[::-1])) == content(region)


def test_what_ships_names_every_ros_that_a_source_does() -> None:
    found = {name: list(load_region(name).areas) for name in region_names()}
    named = {name: {a.name for a in areas} for name, areas in found.items() if areas}
    assert named == {
        "achterhoek": {"Caransscoop"}, "hoog": {"Caransscoop"}, "unicum": {"Raedelijn"},
        "west-friesland": {"ZONH"},
    }  # fmt: skip
    for area in (a for areas in found.values() for a in areas):
        assert area.kind == "ros" and area.source[:2] in ("S2", "S3", "F0")


# In a run


def start(region: Region) -> Tables:
    titles, policy, _ = load_regime("historic-nl").tables(8, region.insurers)
    return make_tables(region, parameter_values([]), titles, policy)


def test_tables_have_the_areas_that_are_given_and_draw_the_others(
    region: Region, unicum: Region
) -> None:
    own, drawn = start(region), start(unicum)
    assert own.municipalities["ros"].tolist() == [0] * 5 + [1] * 5 and len(own.ros) == 2
    assert drawn.municipalities["ros"].tolist() == [0] * 10 and len(drawn.ros) == 1
    served = own.municipalities["partners"]
    haps = own.partners[own.partners["domain"] == Domain.HAP]
    assert len(haps) == 2
    assert served[:, Domain.HAP].tolist() == [0] * 5 + [1] * 5
    people = [m.population for m in region.municipalities]
    assert haps["residents"].tolist() == [sum(people[:5]), sum(people[5:])]
    for domain in (Domain.HOSPITAL, Domain.YOUTH):
        mine = [t.partners[t.partners["domain"] == domain]["residents"] for t in (own, drawn)]
        assert mine[0].tolist() == mine[1].tolist()
    assert len(np.unique(own.partners["id"])) == len(own.partners)


def test_areas_that_are_given_move_a_run_and_their_names_are_told(
    region: Region, unicum: Region, tmp_path: Path
) -> None:
    series = {}
    for name, one in (("own", region), ("drawn", replace(unicum, areas=()))):
        write_region(one, tmp_path / name)
        found = run(
            Scenario(str(tmp_path / name), "historic-nl", start="2006Q1", end="2020Q4"), threads=1
        )
        series[name] = found.series["value"]
        found.write(tmp_path / f"run-{name}", report="")
    assert not series["own"].equals(series["drawn"])
    names = spoken_names(tmp_path / "run-own")
    assert {"HAP Zeist", "HAP Nieuwegein", "East", "West"} <= set(names.values())
    assert names["ros:1"] == "East" and names["ros:2"] == "West"
    plain = spoken_names(tmp_path / "run-drawn")
    assert not any(name.startswith("ros:") for name in plain)
    assert any(name.startswith("external party") for name in plain.values())


# Complaints


BLOCK = """
[[areas]]
kind = "{kind}"
name = "{name}"
municipalities = {towns}
source = "made for a test"
"""


def folder_with(path: Path, *blocks: tuple[str, str, list[str]]) -> Path:
    """A copy of Vechtdal, which gives no areas, with some blocks at the end."""
    folder = Path(shutil.copytree(SHIPPED / "vechtdal", path / "region"))
    with (folder / "region.toml").open("a", encoding="utf-8") as file:
        for kind, name, towns in blocks:
            file.write(BLOCK.format(kind=kind, name=name, towns=towns))
    return folder


VECHTDAL = ["GM0160", "GM0175", "GM0148", "GM0109"]


@pytest.mark.parametrize(
    ("blocks", "says"),
    [
        (
            [("hap", "A", ["GM0160", "GM0175", "GM0148", "GM0190"])],
            "key areas.0.municipalities.3: unknown municipality 'GM0190'. Did you mean 'GM01",
        ),
        (
            [("hap", "A", [*VECHTDAL, "GM0160"])],
            "key areas.0.municipalities.4: 'GM0160' appears twice",
        ),
        (
            [("hap", "A", VECHTDAL[:3])],
            "key areas: no area of kind 'hap' has GM0109. Allowed: every municipality in an area",
        ),
        (
            [("hap", "A", VECHTDAL[:3]), ("hap", "A", VECHTDAL[3:])],
            "key areas.1.name: 'A' is the name of another area of kind 'hap'",
        ),
        (
            [("hap", "A", VECHTDAL[:3]), ("hap", "B", VECHTDAL[2:])],
            "key areas.1.municipalities: GM0148 is in the area of 'A', of kind 'hap' too",
        ),
        ([("hop", "A", VECHTDAL)], "key areas.0.kind: 'hop' should be 'ros', 'hap', 'hospital'"),
        ([("hap", "A", [])], "key areas.0.municipalities"),
        ([("hap", "", VECHTDAL)], "key areas.0.name"),
    ],
)
def test_what_is_wrong_with_an_area_is_said(
    blocks: list[tuple[str, str, list[str]]], says: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as wrong:
        load_region(str(folder_with(tmp_path, *blocks)))
    said = str(wrong.value)
    assert says in said, said
    assert "region.toml" in said


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    blocks = [
        ("hap", "A", ["GM0160", "GM0190"]), ("ros", "B", VECHTDAL[:3]), ("ros", "B", VECHTDAL[:1]),
    ]  # fmt: skip
    with pytest.raises(BadInput) as wrong:
        load_region(str(folder_with(tmp_path, *blocks)))
    head, *lines = str(wrong.value).splitlines()
    assert "region.toml: 5 mistakes" in head
    for one in ("'GM0190'", "'hap' has GM0175, GM0148, GM0109", "'B' is the name", "is in the area",
                "'ros' has GM0109"):  # fmt: skip
        assert sum(one in line for line in lines) == 1, one


def test_an_unknown_key_of_an_area_is_named(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, ("hap", "A", VECHTDAL))
    with (folder / "region.toml").open("a", encoding="utf-8") as file:
        file.write('naam = "A"\n')
    with pytest.raises(BadInput, match=r"areas\.0\.naam: is unknown\. Did you mean 'name'"):
        load_region(str(folder))


def test_any_spoiled_area_is_taken_or_refused(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, ("hap", "A", VECHTDAL[:2]), ("hap", "B", VECHTDAL[2:]))
    path = folder / "region.toml"
    whole = path.read_text(encoding="utf-8")
    at = whole.index("[[areas]]")

    @MANY
    @given(raw=spoiled(whole[at:]))
    def spoil(raw: bytes) -> None:
        path.write_bytes(whole[:at].encode() + raw)
        try:
            found = load_region(str(folder))
        except BadInput as error:
            lines = str(error).splitlines()
            assert len(lines) < 110 and all(len(line) < 1200 for line in lines)
            assert str(folder) in lines[0]
        else:
            for kind in {area.kind for area in found.areas}:
                held = [m for area in found.areas_of(kind) for m in area.municipalities]
                assert sorted(held) == [0, 1, 2, 3]

    spoil()
