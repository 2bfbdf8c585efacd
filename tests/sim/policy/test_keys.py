"""A key of a title is declared once, in its record; files, tables and docs follow from there."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest

from agents.compiled.record import Record
from sim.policy import keys
from sim.policy.key_table import key_table
from sim.policy.keys import POLICY_SERIES, STATICS, TITLE_FLAGS, TITLE_SERIES, Key
from sim.policy.schema import TitleFile, TitlePatch

ROOT = Path(__file__).resolve().parents[3]

ONE_LINE_EACH = """
from typing import Annotated
import agents.title
from agents.title import Default, Policy, Title

class MoreTitle(Title):
    shiny: Annotated[bool, "", "", "a flag"]
    told: Annotated[bool, "", "", "a flag that is on", Default(True)]
    depth: Annotated[int, "m", "1..7", "a dated number", Default(3)]

agents.title.Title = MoreTitle

from sim.policy.load import load_regime
from sim.policy.key_table import key_table

def says(*settings):
    regime = load_regime("historic-nl", settings=settings)
    titles, _, names = regime.tables(60)
    ros = titles[:, names.index("ros")]
    content = next(t for t in regime.content()["titles"] if t["name"] == "ros")
    listed = {row.key: row.value for row in regime.rows() if row.title == "ros"}
    return ros, content, listed

ros, content, listed = says()
assert not ros["shiny"].any() and ros["told"].all() and (ros["depth"] == 3).all()
assert content["shiny"] is False and content["told"] is True and content["series"]["depth"] == []
assert listed["shiny"] is False and listed["told"] is True and "depth" not in listed

ros, content, listed = says(
    "title.ros.shiny=true", "title.ros.told=false", "title.ros.depth@2012Q1=5"
)
assert ros["shiny"].all() and not ros["told"].any()
assert ros["depth"][23] == 3 and ros["depth"][24] == 5
assert content["shiny"] is True and content["series"]["depth"] == [["2012-01-01", 5.0]]
assert listed["shiny"] is True and listed["depth"] == 5.0

for bad, part in (("shiny=2", "true or false"), ("depth=8", "a whole number from 1 to 7 (m)"),
                  ("depth=1.5", "whole"), ("shny=true", "'shiny'")):
    try:
        says(f"title.ros.{bad}")
    except ValueError as error:
        assert part in str(error), error
    else:
        raise AssertionError(bad)
assert "| `depth` | a dated number | dated: whole number from 1 to 7; m | 3 |" in key_table()
"""


def test_a_new_key_takes_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ONE_LINE_EACH], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


def test_keys_by_hand() -> None:
    assert TITLE_SERIES["term"] == Key(1.0, 0.25, 50.0, ("yr",))
    assert TITLE_SERIES["in_force"] == Key(1.0, 0.0, 1.0, ("share",))
    assert TITLE_SERIES["sites"] == Key(0.0, 0.0, 1e6, ("payees",), whole=True)
    assert TITLE_SERIES["lump"] == Key(0.0, 0.0, 1e9, ("EUR/yr", "share"))
    assert TITLE_SERIES["rate"].units[0] == "EUR per insured/yr"
    assert len(TITLE_SERIES["rate"].units) == 5
    assert POLICY_SERIES["stance"] == Key(0.0, -1.0, 1.0, ("share",))
    assert POLICY_SERIES["macro"] == Key(0.0, 0.0, 1e4, ("EUR per insured/yr",))
    assert {flag for flag, on in TITLE_FLAGS.items() if on} == {"oi"}
    assert "active" not in {*TITLE_FLAGS, *TITLE_SERIES, *STATICS}
    assert {"from", "until", "receiver", "origin", "plus"} < set(STATICS)
    assert not set(TITLE_SERIES) & set(STATICS)


def test_a_number_without_both_limits_is_refused() -> None:
    class Odd(Record):
        depth: Annotated[float, "m", "0..", "how deep"]

    with pytest.raises(TypeError, match=r"Odd\.depth: limits '0\.\.' are not LOW\.\.HIGH"):
        keys._series(Odd)


def test_models_have_the_names_by_which_files_and_other_processes_know_them() -> None:
    import pickle

    from sim.policy.load import load_regime

    regime = load_regime("unicum")
    again = pickle.loads(pickle.dumps(regime))
    assert again.content() == regime.content()
    assert type(again.titles[0]) is TitleFile and issubclass(TitleFile, TitlePatch)
    assert TitleFile.__name__ == "TitleFile" and "A whole title" in (TitleFile.__doc__ or "")


def test_the_page_has_the_table_of_keys() -> None:
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    assert key_table() in page, "python -m sim.policy.key_table prints the table of docs/data.md"
