"""A report that cannot be drawn loses nothing of a run."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from experiments.cli.app import FAILED, main
from results.reports import run as reports
from results.store.checksums import check_folder
from results.store.reading import read
from tests.commands import RUN, SHORT


def test_a_run_whose_report_fails_is_kept(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(folder: Path, language: str, hands: object) -> None:
        raise RuntimeError(f"no pen, and no paper ({language})")

    monkeypatch.setattr(reports, "write_report", fails)
    out = tmp_path / "run"
    with caplog.at_level(logging.WARNING, "regiosim"):
        assert main([*RUN, *SHORT, "--out", str(out)]) == FAILED
    assert f"kept in {out}" in caplog.text and f"regiosim report {out} draws it" in caplog.text
    assert "no pen" in caplog.text
    shown = capsys.readouterr().out
    assert "Results:" in shown and "Report:" not in shown
    assert len(read(out, "series")) > 1000 and check_folder(out).sound
    monkeypatch.undo()
    assert main(["report", str(out), "--quiet"]) == 0
    assert (out / "report.html").is_file()
