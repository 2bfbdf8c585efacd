"""``regiosim teach`` as one command."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("segno")

from lessons import lacking

from experiments.classroom import teaching
from experiments.cli import main
from sim.errors import BadInput


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teaching, "NEEDED", ("starlette", "no_such_package"))
    with pytest.raises(BadInput, match=r"not installed: no_such_package.*regiosim\[teach\]"):
        teaching.check_asked("nl")


def test_an_unknown_language_is_refused_before_any_work(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = tmp_path / "class.sqlite"
    assert main(["teach", "--lang", "ne", "--data", str(data)]) == 2
    said = capsys.readouterr().err
    assert "--lang: unknown language 'ne'. Did you mean 'nl'? Allowed: nl, en." in said
    assert not data.exists()


@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_a_port_that_is_taken_is_said_before_any_work(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        data = tmp_path / "class.sqlite"
        given = ["teach", "--host", "127.0.0.1", "--port", port, "--data", str(data)]
        assert main(given) == 2
    assert f"--port: {port} is taken by another program" in capsys.readouterr().err
    assert not data.exists()


@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_one_command_serves_a_lesson_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "experiments", "teach", "--host", "127.0.0.1", "--port", "0"]
    run = subprocess.Popen(
        [*command, "--data", str(tmp_path / "class.sqlite")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert run.stdout is not None
    said = ""
    while "Ctrl-C" not in said:
        line = run.stdout.readline()
        assert line, said
        said += line
    found = re.search(r"http://127\.0\.0\.1:\d+/", said)
    assert found
    with urllib.request.urlopen(found[0], timeout=10) as answer:
        page = answer.read()
    assert b'<meta name="regiosim-class" content="served">' in page
    assert b"default-src 'none'; connect-src 'self'" in page
    begun = time.monotonic()
    run.send_signal(signal.SIGINT)
    ended = run.stdout.readline() or run.stdout.readline()
    assert time.monotonic() - begun < 1.5
    assert "goes on with these classes" in ended
    _, wrong = run.communicate(timeout=20)
    assert run.returncode == 0
    assert "Traceback" not in wrong
