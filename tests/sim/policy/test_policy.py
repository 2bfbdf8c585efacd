"""Policy: every number is dated and sourced, every regime loads, names are found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from policies import FILES, TICKS, equal, same, tick

from agents.compiled.record import dtype_of
from agents.title import Policy, Title
from sim.errors import BadInput
from sim.policy import load
from sim.policy.keys import POLICY_SERIES
from sim.policy.load import describe, load_regime, load_title, regime_names, title_names
from sim.policy.read import read_toml
from sim.policy.schema import TitleFile
from sim.policy.values import is_assumed
from sim.reading.dates import parse_date, start_of, tick_of

FOLDER = Path(load.__file__).parent
DATA = sorted(FOLDER.rglob("*.toml"))
ID = re.compile(r"\b(F0\d\d|C\d\d|S[0-4]\b|X\d+|A1[a-f]|B\b)")


def numbers(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every table of a file that holds a number, with its path."""
    if isinstance(node, list):
        for part in node:
            yield from numbers(part, path)
    elif isinstance(node, dict):
        if any(type(v) in (int, float) for v in node.values()):
            yield path, node
        for key, part in node.items():
            yield from numbers(part, f"{path}.{key}")


# Data


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_every_number_has_unit_and_source(path: Path) -> None:
    found = list(numbers(read_toml(path)))
    assert found or "regimes" in path.parts
    for where, table in found:
        assert table.get("unit"), where
        source = table.get("source", "")
        assert source == "by definition" or is_assumed(source) or ID.search(source), where
        if is_assumed(source):
            low, high = table["range"]
            assert low < high, where
        if "functions" not in where:
            assert "from" in table, where


def test_every_source_of_a_number_is_in_the_bibliography() -> None:
    page = (FOLDER.parents[1] / "docs" / "bibliography.md").read_text(encoding="utf-8")
    root = FOLDER.parents[1]
    code = [path for part in ("agents", "sim", "experiments") for path in (root / part).rglob("*")]
    pages = [path for path in (root / "docs").glob("*.md") if path.name != "bibliography.md"]
    read = [path for path in [*DATA, *code, *pages] if path.suffix in {".py", ".toml", ".md"}]
    cited = {
        found
        for path in read
        for found in re.findall(r"\b(?:F0\d\d|C\d\d|X\d+)\b", path.read_text(encoding="utf-8"))
    }
    assert len(cited) > 90 and {one for one in cited if f"\n| {one} |" not in page} == set()


@pytest.mark.parametrize("name", title_names())
def test_a_title_has_a_source_and_units_that_fit(name: str) -> None:
    title = load_title(name)
    assert ID.search(title.source)
    assert title.payer == "insurer"
    unit = {
        "insured": "EUR per insured/yr",
        "two-part": "EUR per insured/yr",
        "patient": "EUR per burden-weighted patient/yr",
    }[title.unit]
    assert all(dated.unit == unit for dated in title.rate)
    assert all(dated.unit == "EUR/yr" for dated in title.lump)
    assert bool(title.lump) == (title.unit == "two-part")
    assert title.rate or title.negotiated or title.margin


def test_the_keys_of_a_title_are_the_fields_of_the_record() -> None:
    fields = {field.name for field in Title.fields} - {"active"}
    assert fields == set(TitleFile.model_fields) - {
        "name", "text", "source", "payer", "start", "until",
    }  # fmt: skip
    assert {field.name for field in Policy.fields} - {"room"} == set(POLICY_SERIES)


@pytest.mark.parametrize("name", regime_names())
def test_every_regime_loads(name: str) -> None:
    regime = load_regime(name)
    titles, series, names = regime.tables(TICKS)
    assert titles.dtype == dtype_of(Title) and series.dtype == dtype_of(Policy)
    assert titles.shape == (TICKS, len(names)) and series.shape == (TICKS, 1)
    assert len(set(names)) == len(names)
    assert np.all(np.abs(titles["functions"].sum(axis=2) - 1.0) < 1e-9)
    for field in Title.fields:
        assert np.all(np.isfinite(titles[field.name]))
    assert np.all(series["gp_care"] > 0.0) and np.all(series["macro"] > 0.0)
    assert regime.name == name and regime.text and regime.source
    assert json.loads(json.dumps(regime.content())) == regime.content()
    assert regime.assumed()


@pytest.mark.parametrize(
    ("name", "year"),
    [("historic-nl", 2018), ("unicum", 2019), ("zilveren-kruis", 2019), ("eemland", 2018),
     ("menzis", 2018), ("zorg-en-zekerheid", 2018)],
)  # fmt: skip
def test_the_bargained_fee_is_paid_once(name: str, year: int) -> None:
    titles, _, _ = load_regime(name).tables(TICKS)
    total = (titles["negotiated"] * titles["active"]).sum(axis=1)
    assert np.all(total[: tick(year)] == 0.0)
    assert total[tick(year) :] == pytest.approx(1.0)


@pytest.mark.parametrize("name", [*FILES, "design:bundled/practice/act"])
def test_chain_income_of_members_does_not_change_while_oi_titles_move(name: str) -> None:
    # Chain care goes on whatever O&I title pays for its organisation: keten-zorg stays 3.0.
    titles, _, _ = load_regime(name).tables(TICKS)
    income = (titles["margin"] * titles["in_force"] * titles["active"]).sum(axis=1)
    assert income[tick(2010) :] == pytest.approx(3.0, abs=0.002)


# Names, listings and hashes


@pytest.mark.parametrize(
    ("name", "near"),
    [("historic-n", "historic-nl"), ("unicom", "unicum"),
     ("design:bundled/organisation/lumpsum", "design:bundled/organisation/lump-sum")],
)  # fmt: skip
def test_a_misspelt_regime_names_its_nearest(name: str, near: str) -> None:
    with pytest.raises(BadInput, match=re.escape(f"Did you mean {near!r}?")):
        load_regime(name)


def test_a_misspelt_title_names_its_nearest() -> None:
    with pytest.raises(BadInput, match="Did you mean 'keten-dbc'"):
        describe("ketendbc")
    with pytest.raises(BadInput, match="Did you mean 'wijkmanagement'"):
        load_title("wijkmanagment")


@pytest.mark.parametrize("name", [*title_names(), *regime_names()])
def test_every_listed_row_has_a_source(name: str) -> None:
    rows = describe(name)
    assert rows
    for row in rows:
        assert row.source and row.start and row.key
        assert row.unit or not isinstance(row.value, float)


def test_content_holds_what_changes_tables_and_no_words() -> None:
    regime = load_regime("historic-nl")
    text = json.dumps(regime.content())
    assert regime.text not in text and "assumed" not in text
    for setting in ("title.ros.rate@2029Q4=2", "title.ros.contract=true", "policy.stance=0.2"):
        changed = load_regime("historic-nl", settings=[setting])
        assert changed.content() != regime.content() and not same(changed, regime)
    unchanged = load_regime("historic-nl", settings=["title.ros.rate=1.3"])
    assert unchanged.content() == regime.content()


def test_a_shorter_table_is_the_start_of_a_longer_one() -> None:
    regime = load_regime("unicum")
    short, long = regime.tables(7), regime.tables(TICKS)
    assert equal(short[0], long[0][:7])
    with pytest.raises(ValueError, match="at least one quarter"):
        regime.tables(0)


def test_quarters_and_dates() -> None:
    assert tick_of(start_of(0)) == 0 and str(start_of(0)) == "2006-01-01"
    assert str(start_of(53)) == "2019-04-01" and tick_of(parse_date("2019Q2", "x")) == 53
