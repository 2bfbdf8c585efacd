"""A link of a lesson, told natively: what it names, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from experiments.classroom import links
from experiments.classroom.links import KEYS, LONGEST, PAIRS, scenarios
from experiments.runs.identity import rules_hash
from experiments.runs.scenario import Scenario
from sim.errors import BadInput
from tests.commands import refused

DESIGN = "design:bundled/practice/lump-sum/conditions"
LINK = (
    f"file:///home/class/lesson.html#regiosim=1&rules={rules_hash()}&region=unicum"
    f"&a=historic-nl;norm=10&b={DESIGN};autonomy=1.6;mergers=0&pairs=8"
)


def test_a_link_names_two_scenarios() -> None:
    found = scenarios(LINK)
    assert found["a"] == Scenario(
        "unicum", "historic-nl", settings=("policy.norm@2018-01-01=10",), replicates=8,
        record="yearly",
    )  # fmt: skip
    settings = ("choice.autonomy=1.6", "merge.on=false")
    assert found["b"] == Scenario(
        "unicum", DESIGN, settings=settings, replicates=8, record="yearly"
    )
    for scenario in found.values():
        scenario.check()


def test_percent_signs_say_the_same() -> None:
    address, _, fragment = LINK.partition("#")
    spelled = fragment.replace(";", "%3B").replace("/", "%2F").replace(":", "%3A")
    assert scenarios(f"{address}#{spelled}") == scenarios(LINK)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("regiosim=1", "regiosim=2", "has form '2'"),
        (f"rules={rules_hash()}", "rules=0123456789abcdef", "other rules"),
        ("region=unicum", "region=unicun", "Did you mean 'unicum'?"),
        ("region=unicum", "region=../../etc", "region '../../etc' is not known"),
        ("pairs=8", "pairs=1e9", "pairs '1e9' is not known"),
        ("pairs=8", "", "'' is nothing that a link holds"),
        ("&pairs=8", "", "pairs is missing"),
        ("a=historic-nl", "a=historic", "Did you mean 'historic-nl'?"),
        ("/practice/", "/nobody/", "policy b: no regime"),
        ("norm=10", "norm=10.05", "4 to 24 in steps of 0.2"),
        ("norm=10", "norm=nan", "norm cannot be 'nan'"),
        ("norm=10", "norm=10;norm=12", "norm stands in it twice"),
        ("norm=10", "nrom=10", "Did you mean 'norm'?"),
        ("norm=10", "route=2", "no lever 'route'"),
        ("norm=10", "__class__=1", "no lever '__class__'"),
        ("pairs=8", "pairs=8&pairs=8", "pairs stands in it twice"),
        ("pairs=8", "pairs=8&x=<img>", "'x=<img>' is nothing that a link holds"),
        ("pairs=8", "pairs=8" + "9" * 10_000_000, f"at most {LONGEST}"),
    ],
)
def test_a_bad_link_is_refused(
    old: str, new: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(["run", "--link", LINK.replace(old, new)], capsys)
    assert says in said and len(said) < 400


def test_a_link_that_was_cut_off_is_refused() -> None:
    fragment = LINK.partition("#")[2]
    for length in range(1, len(fragment)):
        with pytest.raises(BadInput):
            scenarios(fragment[:length])


def test_the_page_writes_what_is_read_here() -> None:
    page = Path(links.__file__).parent / "page" / "src"
    text = (page / "link.ts").read_text(encoding="utf-8")
    keys = re.search(r"const KEYS = \[(.*)\] as const", text)
    assert keys and re.findall(r"'(\w+)'", keys[1]) == list(KEYS)
    assert f"const LONGEST = {LONGEST};" in text
    ladder = (page / "study.ts").read_text(encoding="utf-8")
    assert f"const LADDER = [{', '.join(map(str, PAIRS))}] as const" in ladder


@pytest.mark.parametrize("option", ["--region", "--regime"])
def test_a_link_stands_alone(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(["run", "--link", LINK, option, "unicum"], capsys)
    assert f"{option}: cannot stand beside --link" in said


def test_without_a_link_region_and_regime_are_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--regime: is missing" in refused(["run", "--region", "unicum"], capsys)
    assert "--region: is missing" in refused(["run", "--regime", "historic-nl"], capsys)
