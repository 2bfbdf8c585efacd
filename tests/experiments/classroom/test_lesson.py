"""The file of a lesson: whole in itself, small, and in the form that its page reads."""

from __future__ import annotations

import base64
import json
import os
import re
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from lessons import LEVERS, Lesson

from experiments.classroom import built as building
from experiments.classroom import lesson as making
from experiments.classroom.built import Built, read_built, source, source_built
from experiments.classroom.lesson import _setting, lesson_of, make_lesson, page_of
from experiments.classroom.offered import ground
from experiments.runs.identity import rules_hash
from sim.errors import BadInput
from sim.measure.outcomes import NAMES
from sim.place.load import load_region, region_names
from tests.commands import refused

TYPES = Path(making.__file__).parent / "page" / "src" / "types.ts"
BUILT = Built(b"\0asm kernel", "const a = '<';", "body { color: black }")


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    """UNICUM under two regimes."""
    regimes = ["historic-nl", "design:bundled/practice/insured/conditions"]
    return lesson_of(["unicum"], "nl", regimes)


class Elements(HTMLParser):
    """Scripts by id, and all attributes that could ask for something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.asked: list[str] = []
        self.policy = ""
        self._at = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._at = str(given.get("id") or tag)
        self.asked += [str(v) for k, v in attrs if k in ("src", "href", "data", "action")]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(given["content"])

    def handle_data(self, data: str) -> None:
        self.texts[self._at] = self.texts.get(self._at, "") + data


def test_all_that_is_needed_is_in_the_file(lesson: Lesson) -> None:
    described, blocks = lesson
    page = Elements(page_of(described, blocks, BUILT))
    assert json.loads(page.texts["lesson"]) == json.loads(json.dumps(described))
    assert zlib.decompress(base64.b64decode(page.texts["kernel"])) == BUILT.kernel
    for region in described["regions"]:
        assert base64.b64decode(page.texts[region["block"]]) == blocks[region["block"]]
    assert page.texts["style"].strip() == BUILT.style
    assert page.texts["script"].strip() == BUILT.script


def test_nothing_is_asked_from_anywhere(lesson: Lesson) -> None:
    page = Elements(page_of(*lesson, BUILT))
    assert page.asked == ["data:,"]
    rules = dict(part.strip().split(" ", 1) for part in page.policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["worker-src"] == "blob:"
    assert "'wasm-unsafe-eval'" in rules["script-src"]
    assert not {word for rule in rules.values() for word in rule.split()} & {"*", "'self'", "http:"}
    assert "connect-src" not in rules  # so none


def test_no_text_of_a_lesson_is_taken_for_markup(lesson: Lesson) -> None:
    described = {**lesson[0], "version": "</script><script>alert(1)</script><!--"}
    text = page_of(described, lesson[1], BUILT)
    assert "<script>alert" not in text
    assert json.loads(Elements(text).texts["lesson"])["version"] == described["version"]
    for bad in ("x </script>", "x <!-- y"):
        with pytest.raises(ValueError, match="<script>"):
            page_of(*lesson, BUILT._replace(script=bad))


def test_a_lesson_has_the_form_that_the_page_declares(lesson: Lesson) -> None:
    text = TYPES.read_text(encoding="utf-8")
    described = lesson[0]

    def declared(name: str) -> set[str]:
        body = re.search(rf"export interface {name} {{\n(.*?)\n}}", text, re.DOTALL)
        assert body, name
        return set(re.findall(r"^  (?:readonly )?(\w+)\??:", body[1], re.MULTILINE))

    assert set(described) == declared("Lesson")
    for name, key in (
        ("Outcome", "outcomes"),
        ("Region", "regions"),
        ("Lever", "levers"),
        ("Step", "story"),
    ):
        for one in described[key]:
            assert set(one) == declared(name), one["name"]
    findings = [finding for step in described["story"] for finding in step["findings"]]
    assert findings and {name for one in findings for name in one} == declared("Finding")
    assert [one["name"] for one in described["outcomes"]] == list(NAMES)
    groups = {one["group"] for one in (*described["outcomes"], *described["levers"])}
    assert groups == set(described["groups"])
    for said in _said(described):
        assert set(said) == {"nl", "en"}
    assert set(described["words"]["events"]) == set(described["codes"]["events"])
    assert set(described["words"]["causes"]) == set(described["codes"]["causes"])
    assert set(described["words"]["kinds"]) == set(described["codes"]["kinds"])


def _said(value: Any) -> list[dict[str, Any]]:
    """All words in two languages, wherever they are."""
    if isinstance(value, dict):
        inner = [said for one in value.values() for said in _said(one)]
        return [value, *inner] if "nl" in value or "en" in value else inner
    return [said for one in value for said in _said(one)] if isinstance(value, list) else []


def test_years_places_and_insured_are_those_of_the_region(lesson: Lesson) -> None:
    described, place = lesson[0], load_region("unicum")
    assert (described["first"], described["last"]) == (2011, 2030)
    (region,) = described["regions"]
    assert region["insured"] == place.population
    assert [m["name"] for m in region["municipalities"]] == [m.name for m in place.municipalities]
    assert [z["name"] for z in region["insurers"]] == list(place.insurers)


def test_levers_are_said_as_regiosim_run_takes_them(lesson: Lesson) -> None:
    levers = {lever["name"]: lever for lever in lesson[0]["levers"]}
    design = "design:bundled/practice/insured/conditions"
    assert levers["autonomy"]["setting"] == "--set choice.autonomy={value}"
    assert levers["norm"]["setting"] == "--set policy.norm@2018-01-01={value}"
    assert levers["norm"]["values"] == {design: 6.6}
    neutral = "--set title.design-bundled.neutral@2018-01-01={value}"
    assert levers["norm"]["settings"][design] == neutral
    component = "design:component/practice/act/conditions"
    parts = _setting(LEVERS["norm"], ground("unicum", component))
    assert isinstance(parts, str)
    assert "--set title.design-ict.neutral@2018-01-01={value*0.22}" in parts.replace(" --", "\n--")
    assert levers["mergers"]["setting"]["0"] == "--set merge.on=false"
    assert "title.gez.in_force@2019-01-01=0.5" in levers["transition"]["setting"]["2"]
    assert levers["threshold"]["regimes"] == ["historic-nl"]
    assert levers["mandate"]["since"] == 48
    assert levers["autonomy"]["regimes"] is None
    assert [one["word"] for one in levers["route"]["choices"]] == ["", "organisation", "practice"]


@pytest.mark.skipif("REGIOSIM_WEB" not in os.environ, reason="long: make test-web")
def test_a_lesson_is_small() -> None:
    try:
        built = read_built()
    except BadInput as lacking:
        pytest.skip(str(lacking))
    for regions, most in ((["unicum"], 3e6), (list(region_names()), 6e6)):
        assert len(page_of(*lesson_of(regions, "en"), built).encode()) <= most


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--region", "unicun"], "Did you mean 'unicum'?"),
        (["--region", "unicum", "--region", "unicum"], "there twice"),
        (["--lang", "de"], "unknown language 'de'. Allowed: nl, en."),
        (["--out", "taken.html"], "--out taken.html: is there already"),
        (["--out", "folder"], "is a folder"),
        (["--out", "nowhere/a.html"], "there is no folder"),
        (["--out", "taken.html/a.html"], "is a file"),
    ],
)
def test_bad_input_is_one_message_and_leaves_nothing(
    more: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(making, "read_built", lambda: BUILT)
    (tmp_path / "taken.html").write_text("mine")
    (tmp_path / "folder").mkdir()
    assert says in refused(["lesson", *more], capsys)
    assert {path.name for path in tmp_path.iterdir()} == {"taken.html", "folder"}
    assert (tmp_path / "taken.html").read_text() == "mine"


def test_a_folder_that_cannot_be_written_to_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *given: False)
    with pytest.raises(BadInput, match="cannot be written to"):
        make_lesson(["unicum"], "nl", tmp_path / "a.html")


def test_what_was_not_built_or_of_other_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="make classroom"):
        read_built(tmp_path)
    for name in (building.KERNEL, building.PAGE, building.STYLE):
        (tmp_path / name).write_bytes(b"x")
    for about in ("", "[]", '{"rules": 3}', '{"rules": "0123456789abcdef"}'):
        (tmp_path / building.ABOUT).write_text(about)
        with pytest.raises(BadInput, match=f"not {rules_hash()}.*`make classroom` again"):
            read_built(tmp_path)
    (tmp_path / building.ABOUT).write_text(json.dumps({"rules": rules_hash(), "tables": "0"}))
    with pytest.raises(BadInput, match="tables that lie in memory in another way"):
        read_built(tmp_path)
    (tmp_path / building.ABOUT).write_text(json.dumps(source()._asdict()))
    assert source_built(tmp_path) == source()
    assert read_built(tmp_path) == Built(b"x", "x", "x")


def test_the_command_makes_a_lesson(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from experiments.cli import main

    monkeypatch.setattr(making, "read_built", lambda: BUILT)
    out = tmp_path / "klas.html"
    assert main(["lesson", "--region", "eemland", "--lang", "en", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{out}: 0.")
    described = json.loads(Elements(out.read_text(encoding="utf-8")).texts["lesson"])
    assert described["language"] == "en"
    assert [region["name"] for region in described["regions"]] == ["eemland"]
    assert list(tmp_path.iterdir()) == [out]
