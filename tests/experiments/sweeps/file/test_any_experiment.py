"""Any experiment, table of points or link is taken as it stands, or refused in one message."""

from __future__ import annotations

import tomllib
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spoiling import MANY, NASTY, is_one_message, spoiled

from experiments.classroom.links import scenarios
from experiments.runs.identity import rules_hash
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.file.factor_table import FactorTable, make_factor
from experiments.sweeps.file.points import read_points
from sim.errors import BadInput

EXPERIMENT = """schema = 1
name = "norm"
question = "Does the norm matter?"

[runs]
regions = ["unicum"]
regimes = ["historic-nl", "unicum"]
packages = [[]]
from = "2016Q1"
to = "2030Q4"
replicates = 20
seed = 1

[record]
when = "yearly"
outcomes = ["eligible_share", "organisations"]

[constants]
choice.crisis = 2.5
"title.gez.in_force@2021Q1" = 0

[levers.norm]
keys = ["title.regiomanagement.mandate", "title.wijkmanagement.mandate"]
values = [0.5, 0.8, 0.95]
unit = "share"

[levers.exit]
alternatives = { free = [], bound = ["organisation.exit=1", "choice.switching=3"] }

[uncertainties."choice.autonomy"]
low = 0.5
high = 4.0
distribution = "triangular"
mode = 1.5

[design]
kind = "latin-hypercube"
points = 50
seed = 1
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "norm.toml"


@MANY
@given(raw=spoiled(EXPERIMENT))
def test_any_experiment_is_taken_as_it_stands_or_refused(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    try:
        found = read_experiment(path)
    except BadInput as error:
        assert is_one_message(error, path), str(error)
        return
    plain = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    said: dict[str, Any] = tomllib.loads(unicodedata.normalize("NFC", plain))
    assert (found.name, list(found.regions)) == (said["name"], said["runs"]["regions"])
    assert found.runs["replicates"] == said["runs"].get("replicates", 1)
    lists = {one.name: list(one.values) for one in found.factors if one.alternatives is None}
    for name, table in said.get("levers", {}).items():
        if "values" in table:
            assert lists[name] == table["values"]
    for factor in found.factors:
        for label in factor.alternatives or ():
            assert label in {str(one) for one in factor.values}


FACTORS = (
    make_factor("choice.money", "lever", FactorTable(low=0.0, high=1.0), "x.toml: levers.m"),
    make_factor("n", "lever", FactorTable(keys=["choice.trust"], values=[1, 2.5]), "x.toml: l.n"),
)
POINTS = "choice.money,n,choice.autonomy\n0.25,1,0.5\n0.5,2.5,1.125\n1,1,4\n"


@MANY
@given(raw=spoiled(POINTS))
def test_any_table_of_points_is_taken_as_it_stands_or_refused(path: Path, raw: bytes) -> None:
    source = path.with_name("points.csv")
    source.write_bytes(raw)
    try:
        points, factors = read_points(source, FACTORS, f"{path}: design.file")
    except BadInput as error:
        assert is_one_message(error, source, path), str(error)
        return
    text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    if '"' in text:  # what quotes mean is for the csv module to say
        return
    lines = [row for row in text.split("\n") if row.replace(",", " ").strip()]
    rows = [[cell.strip() for cell in row.split(",")] for row in lines]
    assert [one.name for one in factors] == [unicodedata.normalize("NFC", c) for c in rows[0]]
    for point, row in zip(points, rows[1:], strict=True):
        for value, cell in zip(point, row, strict=True):
            if isinstance(value, str | bool):
                assert str(value).lower() == unicodedata.normalize("NFC", cell).lower()
            else:
                assert "_" not in cell and cell.isascii() and float(value) == float(Decimal(cell))


PARTS = st.sampled_from(
    ["regiosim=1", f"rules={rules_hash()}", "region=unicum", "a=historic-nl", "b=unicum", "pairs=8",
     "pairs=٨", "pairs=08", "pairs=8_0", "b=unicum;insurer.pressure=0.5", "b=;;;", "a=", "&", "#",
     "region=unicom", "b=historic-nl;x=1", "rules=0", "regiosim=2"]
)  # fmt: skip
LINKS = st.one_of(
    st.lists(PARTS, max_size=8).map("&".join),
    st.lists(PARTS, max_size=2).map(lambda more: "&".join([
        "regiosim=1", f"rules={rules_hash()}", "region=unicum", "a=historic-nl", "b=unicum",
        "pairs=8", *more])),
    st.sampled_from(NASTY), st.text(max_size=30),
)  # fmt: skip


@MANY
@given(LINKS)
def test_any_link_names_what_it_says_or_is_refused(link: str) -> None:
    try:
        found = scenarios(link)
    except BadInput as error:
        assert is_one_message(error, "--link"), str(error)
    else:
        assert set(found) == {"a", "b"} and "pairs=8" in link
