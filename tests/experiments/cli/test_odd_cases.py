"""Odd input of places and policy, as a stranger gives it: one message, or what data.md says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from agents.words import PracticeForm
from experiments.cli.app import BAD_INPUT, main
from tests.commands import refused

RUN = ["--regime", "historic-nl", "--from", "2006Q1", "--to", "2008Q4", "--no-report", "--quiet"]
TABLE = (
    "gwb_code_10,regio,gm_naam,recs,a_inw,a_65_oo,a_lan_ha,ste_mvs\n"
    "GM0148,Dalfsen,Dalfsen,Gemeente,29162,6416,16650,4\n"
    "GM0175,Ommen,Ommen,Gemeente,18457,4245,18200,4\n"
)
HERE = "code,population,pct_65plus,area_km2,lat,lon\nGM0148,29162,22,166,52.5,6.2\n"
HUB = '\n[[hubs]]\nmunicipality = "GM0160"\norigin = "owz"\nsource = "assumed"\ndistrict = "{}"\n'
AREA = '\n[[areas]]\nkind = "hap"\nname = "{}"\nmunicipalities = {}\nsource = "assumed"\n'


@pytest.fixture
def folder(here: Path) -> Path:
    """A shipped region as files to edit."""
    assert main(["geography", "export", "--region", "vechtdal", "--out", "mine"]) == 0
    return here / "mine"


def edit(file: Path, old: str, new: str) -> None:
    """Change one place of a file; where there is none to change, add to its end."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")


def asked(folder: Path, name: str, *more: str) -> list[str]:
    return ["run", "--region", f"./{folder.name}", *RUN, "--out", name, *more]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("municipalities.csv", "52.516,6.435", "52.586,6.574", "GM0175 has the place of GM0160"),
        ("municipalities.csv", "18457", "184", "184 is out of range"),
        ("municipalities.csv", "GM0175", "GM0160", "'GM0160' appears twice"),
        ("shares.csv", "0.", "0.9", "shares add up to"),
        ("districts.csv", "Hardenberg 1,12360", "Hardenberg 1,12361", "add up to"),
        ("neighbours.csv", "GM0175,GM0148", "GM0175,GM0175", "does not border on itself"),
        ("neighbours.csv", "GM0175,GM0148", "GM0160,GM0175", "appear twice"),
        ("neighbours.csv", "GM0175,GM0148", "GM0175,GM0149", "Did you mean 'GM0148'?"),
        ("region.toml", '"Achmea"', '"Zilveren Kruis"', "Did you mean 'Achmea'?"),
        ("region.toml", "", HUB.format("Hardenberg 1"), "has a hub already"),
        ("region.toml", "", HUB.format("Hardenburg 2"), "Did you mean 'Hardenberg 2'?"),
        ("region.toml", "", AREA.format("a", ["GM0160"]), "no area of kind 'hap' has GM0175"),
        (
            "region.toml", "",
            AREA.format("a", ["GM0160", "GM0175"])
            + AREA.format("b", ["GM0175", "GM0148", "GM0109"]),
            "GM0175 is in the area of 'a'",
        ),
    ],
)  # fmt: skip
def test_a_region_that_cannot_be_is_refused(
    file: str, old: str, new: str, says: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    edit(folder / file, old, new)
    message = refused(asked(folder, "out"), capsys)
    assert says in message and f"mine/{file}" in message.replace("\\", "/")
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("neighbours.csv", "GM0160,GM0109\n", ""),  # borders on nobody
        ("municipalities.csv", "Ommen", "Hardenberg"),  # two of one name
    ],
)
def test_a_region_that_can_be_runs(file: str, old: str, new: str, folder: Path) -> None:
    edit(folder / file, old, new)
    assert main(asked(folder, "out")) == 0


@pytest.mark.parametrize(
    "more",
    [
        ["--set", "population.close=0.3", "--set", "population.open=0"],
        ["--set", "choice.refuse=true"],
        ["--set", "organisation.found=0"],
        ["--set", "contract.peers=1", "--set", "policy.benchmark=1"],
        ["--set", "function.ict.fixed=0.9"],
    ],
)
def test_what_leaves_little_runs(more: Sequence[str], here: Path) -> None:
    assert main(["run", "--region", "vechtdal", *RUN, "--out", "out", *more]) == 0


def test_a_regime_without_titles_pays_nothing(here: Path) -> None:
    names = [
        "s1-oi", "keten-zorg", "keten-dbc", "gez", "owz", "ros", "regiomanagement",
        "wijkmanagement", "ondersteuning-ketenzorg", "praktijkmanagement",
    ]  # fmt: skip
    text = f'name = "none"\nbase = "historic-nl"\ntext = "t"\nsource = "assumed"\ndrop = {names}\n'
    (here / "none.toml").write_text(text, encoding="utf-8")
    run = ["run", "--region", "vechtdal", *RUN, "--out", "out"]
    run[run.index("historic-nl")] = "none.toml"
    assert main(run) == 0
    assert (
        main(["query", "out", "SELECT sum(value) FROM series WHERE outcome = 'oi_spending'"]) == 0
    )


def test_more_solo_and_duo_than_practices_leave_no_groups(here: Path) -> None:
    more = ["--set", "population.solo=0.8", "--set", "population.duo=0.5", "--record", "all"]
    run = ["run", "--region", "vechtdal", *RUN, "--to", "2006Q4", "--out", "out", *more]
    assert main(run) == 0
    forms = pd.read_parquet(here / "out" / "practices.parquet")["form"]
    assert set(forms) == {PracticeForm.SOLO, PracticeForm.DUO}
    assert (forms == PracticeForm.SOLO).mean() > 0.6


@pytest.mark.parametrize(
    ("name", "text", "more", "says"),
    [
        ("page.csv", "<!DOCTYPE html>\n<html>\n", [], "looks like a web page or XML"),
        ("open.csv", '{"value": [\n{"RegioS": "GM0148"}]}', [], "looks like JSON"),
        ("none.csv", "", [], "has no rows"),
        ("two.csv", HERE + HERE.splitlines()[1].replace("0148", "0175"), ["--year", "2022"],
         "GM0175 has the place of GM0148"),
        ("kwb-2022.csv", TABLE, ["--codes", "Dalfsen"], "Did you mean 'GM0148'?"),
        ("kwb-2022.csv", TABLE, ["--preferred", "zilveren kruis"], "Did you mean 'Achmea'?"),
        ("kwb-2022.csv", TABLE, ["--neighbours", "pairs.csv"], "no pair is of two municipalities"),
        ("energy.csv", "ID;WijkenEnBuurten;Verbruik_1\n0;GM0148;3010\n", [], "no column holds"),
        ("years.csv", HERE.replace("code,", "year,code,").replace("GM0148", "2021,GM0148")
         + "2022,GM0148,29162,22,166,52.5,6.2\n", [], "the table has several years"),
        ("point.csv", HERE.replace("29162", "29.162"), ["--year", "2022"], "a point between"),
        ("secret.csv", HERE.replace("29162", "."), ["--year", "2022"], "'.' is no figure"),
        ("far.csv", HERE.replace("GM0148", "GM0999").replace(",52.5,6.2", "").replace(
            ",lat,lon", ""), ["--year", "2022"], "lack those of GM0999"),
    ],
)  # fmt: skip
def test_a_table_that_makes_no_region_is_refused(
    name: str,
    text: str,
    more: Sequence[str],
    says: str,
    here: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (here / name).write_text(text, encoding="utf-8")
    (here / "pairs.csv").write_text("a,b\nGM0001,GM0002\n", encoding="utf-8")
    assert main(["geography", "import", name, *more, "--out", "made"]) == BAD_INPUT
    shown = capsys.readouterr()
    assert says in shown.err and shown.err.startswith("regiosim: ") and not shown.out
    assert "Traceback" not in shown.err
    assert sorted(path.name for path in here.iterdir()) == sorted({name, "pairs.csv"})


def test_a_title_that_names_a_brand_is_told_whose_it_is(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'name = "brand"\nbase = "historic-nl"\ntext = "t"\nsource = "assumed"\n'
    (here / "brand.toml").write_text(text + '[title.gez]\ninsurers = ["Zilveren Kruis"]\n')
    run = ["run", "--region", "vechtdal", *RUN, "--out", "out"]
    run[run.index("historic-nl")] = "brand.toml"
    assert "Did you mean 'Achmea'?" in refused(run, capsys)
