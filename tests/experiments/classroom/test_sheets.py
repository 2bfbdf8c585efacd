"""Sheets beside a lesson: made from runs of its regions, refused before any work, whole or none."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

import pytest

from experiments.classroom import lesson as making
from experiments.classroom.built import Built
from experiments.classroom.lessons import sheets as room
from experiments.classroom.lessons.answers import Answered, Progress, Translate, answers
from experiments.classroom.lessons.plan import plans
from experiments.classroom.lessons.sheets import pages_of, sheets_of
from experiments.classroom.lessons.story import Policy, Step, story
from experiments.cli import main
from tests.commands import refused

BUILT = Built(b"\0asm kernel", "const a = '<';", "body { color: black }")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a folder of its own, with few seeds and a page that was not built."""

    def few(
        steps: Sequence[Step], region: str, translate: Translate, seeds: int, progress: Progress
    ) -> list[Answered]:
        return answers(steps, region, translate, 3, progress)

    monkeypatch.setattr(room, "answers", few)
    monkeypatch.setattr(making, "read_built", lambda: BUILT)
    monkeypatch.chdir(tmp_path)


def test_files_are_named_after_the_lesson_and_of_several_regions_after_these() -> None:
    one = sheets_of(["unicum"], Path("a/klas.html"))
    assert [(str(sheet.path), sheet.minutes) for sheet in one] == [
        ("a/klas-45.html", 45),
        ("a/klas-90.html", 90),
    ]
    two = sheets_of(["unicum", "eemland"], Path("klas.html"))
    assert [str(sheet.path) for sheet in two] == [
        "klas-unicum-45.html", "klas-unicum-90.html", "klas-eemland-45.html",
        "klas-eemland-90.html",
    ]  # fmt: skip


def test_the_command_makes_sheets_beside_the_lesson(
    quick: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lesson", "--region", "eemland", "--lang", "nl", "--sheets"]) == 0
    said = capsys.readouterr().out
    names = ["lesson-45.html", "lesson-90.html", "lesson.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for minutes in (45, 90):
        assert f"lesson-{minutes}.html: a sheet to print." in said
        page = html.unescape((tmp_path / f"lesson-{minutes}.html").read_text(encoding="utf-8"))
        assert '<html lang="nl">' in page and "Eemland" in page
        for step in story():
            assert (step.title.nl in page) == (step.name in plans().of(minutes).steps)
        assert "onder A" in page and "under A" not in page


def test_progress_goes_from_nothing_to_all(quick: None) -> None:
    heard: list[tuple[int, int]] = []
    sheets = sheets_of(["unicum", "eemland"], Path("klas.html"))
    pages = pages_of(sheets, "en", progress=lambda done, of: heard.append((done, of)))
    assert list(pages) == [sheet.path for sheet in sheets]
    assert [done for done, _ in heard] == list(range(1, heard[-1][1] + 1))
    assert heard[-1][0] == heard[-1][1]


@pytest.mark.parametrize("taken", ["klas-45.html", "klas-90.html"])
def test_a_file_that_is_there_is_refused_before_any_work(
    quick: None,
    taken: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def never(*given: object) -> list[Answered]:
        raise AssertionError("ran all the same")

    monkeypatch.setattr(room, "answers", never)
    (tmp_path / taken).write_text("mine")
    said = refused(["lesson", "--sheets", "--out", "klas.html"], capsys)
    assert f"--sheets {taken}: is there already" in said
    assert [path.name for path in tmp_path.iterdir()] == [taken]
    assert (tmp_path / taken).read_text() == "mine"


def test_a_step_that_changes_nothing_in_a_region_is_left_out_with_the_reason(
    quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    still = Policy(regime="menzis", levers={"threshold": 100000.0})
    steps = [story()[0].model_copy(update={"b": still}), story()[5]]
    monkeypatch.setattr(room, "story", lambda: steps)
    page = pages_of(sheets_of(["unicum"], Path("klas.html"))[:1], "en")[Path("klas-45.html")]
    assert "in this region it changes nothing. What does nothing here: Threshold." in page
    assert steps[0].question.en not in html.unescape(page)
    assert steps[1].question.en in html.unescape(page)
