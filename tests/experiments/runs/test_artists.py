"""Processes beside a report draw its figures; without them, or if they die, it is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from made_figures import made_figure
from made_runs import write_run

from experiments.runs import artists
from experiments.runs.drawing import draw_report
from results.figures.drawing import picture_of
from results.reports.run import write_report
from results.store.checksums import check_folder


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two processes draw, on however few cores."""
    monkeypatch.setattr(artists, "cores", lambda: 3)
    monkeypatch.setattr(artists, "MOST", 2)


def files(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder by their names."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.usefixtures("two")
def test_a_report_has_the_same_bytes_whoever_draws(tmp_path: Path) -> None:
    alone, beside = write_run(tmp_path / "run"), write_run(tmp_path / "beside" / "run")
    write_report(alone)
    assert draw_report(beside, "en") == beside / "report.html"
    assert files(alone) == files(beside) and len(list((alone / "figures").iterdir())) == 8
    assert check_folder(beside).sound


@pytest.mark.usefixtures("two")
def test_what_is_drawn_elsewhere_is_what_is_drawn_here() -> None:
    figure = made_figure("organisations", "Q", "en")
    with artists.artists() as hands:
        assert hands is not None
        found = hands.begin(figure).result()
        with pytest.raises(AttributeError, match="set_dpi"):
            hands.begin("no figure").result()  # type: ignore[arg-type]  # what cannot be drawn
        with pytest.raises(EOFError):
            hands.begin(Unknown()).result()  # type: ignore[arg-type]  # what is not known there
        again = hands.begin(figure).result()
    assert found == again == picture_of(figure)


class Unknown:
    """What another process cannot import."""


@pytest.mark.usefixtures("two")
def test_a_report_is_whole_when_those_who_draw_die(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []
    real = artists.begin

    def short_lived(module: str) -> artists.Begun:
        one = real(module)
        one.process.kill()
        begun.append(one)
        return one

    alone, beside = write_run(tmp_path / "run"), write_run(tmp_path / "beside" / "run")
    write_report(alone)
    monkeypatch.setattr(artists, "begin", short_lived)
    draw_report(beside, "en")
    assert len(begun) == 2 and files(alone) == files(beside)


def test_on_one_core_nobody_else_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artists, "MOST", 2)
    monkeypatch.setattr(artists, "cores", lambda: 1)
    monkeypatch.setattr(artists, "begin", lambda module: pytest.fail("a process was started"))
    with artists.artists() as hands:
        assert hands is None


@pytest.mark.usefixtures("two")
def test_where_no_process_can_be_started_one_draws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(module: str) -> artists.Begun:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(artists, "begin", refused)
    with artists.artists() as hands:
        assert hands is None
    run = write_run(tmp_path / "run")
    assert draw_report(run, "en").is_file() and check_folder(run).sound


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
@pytest.mark.usefixtures("two")
def test_none_is_left_when_a_report_is_stopped(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[artists.Begun] = []
    real = artists.begin

    def noted(module: str) -> artists.Begun:
        begun.append(real(module))
        return begun[-1]

    monkeypatch.setattr(artists, "begin", noted)
    with pytest.raises(error), artists.artists() as hands:
        assert hands is not None and len(begun) == 2
        hands.begin(made_figure("organisations", "Q", "en"))
        raise error
    assert all(one.process.poll() is not None for one in begun)


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are of Unix")
def test_they_end_with_who_started_them() -> None:
    code = (
        "import os, signal\n"
        "from experiments.beside import begin\n"
        "print(begin('experiments.runs.artist').process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    pid = int(done.stdout)
    with pytest.raises(ProcessLookupError):
        for _ in range(300):
            os.kill(pid, 0)
            subprocess.run(["sleep", "0.1"], check=True)
