"""Regions as folders on the command line: every region that can be run can be written to edit."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.cli.app import main
from experiments.runs.inputs import region_hash
from experiments.runs.run import run
from experiments.runs.scenario import Scenario
from sim.place.load import load_region, region_names

TABLE = """gwb_code_10;gm_naam;recs;a_inw;a_65_oo;a_lan_ha;ste_mvs;rd_x;rd_y
GM0901;Oever;Gemeente;620;130;1860;5;145000;457000
GM0902;Broek;Gemeente;40000;8000;6710;4;240500;561500
"""


@pytest.mark.parametrize("name", [*region_names(), "synthetic:1:3", "synthetic:40:1"])
def test_what_is_exported_is_the_same_region(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for k, source in enumerate((name, "./copy-0")):  # and a copy of a copy
        assert main(["geography", "export", "--region", source, "--out", f"copy-{k}", "-q"]) == 0
    first, second = ({p.name: p.read_bytes() for p in Path(f"copy-{k}").iterdir()} for k in (0, 1))
    assert first == second
    assert region_hash(load_region("./copy-0")) == region_hash(load_region(name))


def test_an_exported_region_of_another_year_gives_the_same_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two municipalities 140 km apart, one of 620 people: no border, and a practice in each."""
    monkeypatch.chdir(tmp_path)
    Path("kwb-2016.csv").write_text(TABLE, encoding="utf-8")
    assert main(["geography", "import", "kwb-2016.csv", "--out", "mine", "-q"]) == 0
    assert main(["geography", "export", "--region", "./mine", "--out", "copy", "-q"]) == 0
    mine, copy = load_region("./mine"), load_region("./copy")
    assert (mine.year, copy.year, mine.neighbours) == (2016, 2016, ())
    assert region_hash(mine) == region_hash(copy)
    short = {"start": "2006Q1", "end": "2007Q4", "engine": "python"}
    one, other = (Scenario(f"./{name}", "historic-nl", **short) for name in ("mine", "copy"))
    assert one.id == other.id
    last = run(one).series.query("tick == 7 and outcome == 'practices'")
    by_scope = last.set_index("scope")["value"]
    assert by_scope["GM0901"] >= 1 and by_scope["GM0902"] > by_scope["GM0901"]


def test_an_import_says_what_it_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = TABLE + "WK090201;Broek;Wijk;40000;8000;6710;4;240500;561500\n"
    Path("kwb-2016.csv").write_text(text, encoding="utf-8")
    assert main(["geography", "import", "kwb-2016.csv", "--out", "mine"]) == 0
    shown = capsys.readouterr().out
    assert "Read as: Kerncijfers wijken en buurten, file kwb-YEAR" in shown
    assert "2 municipalities, 40,620 inhabitants in 2016, 1 other line passed over: mine" in shown
    assert "lists 1 districts: --districts kwb-2016.csv takes them" in shown
    assert "Run it: regiosim run --region ./mine" in shown
    assert main(["geography", "import", "kwb-2016.csv", "--out", "mine"]) == 2
    assert "mine: exists and is not empty" in capsys.readouterr().err
