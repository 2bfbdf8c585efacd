"""What ``regiosim view`` refuses: one message, and nothing is served."""

from __future__ import annotations

import socket
from importlib.metadata import PackageNotFoundError

import pytest

import experiments.viewer.serve as serve
from tests.commands import refused


@pytest.mark.parametrize("missing", serve.NEEDED)
def test_without_the_extra_one_sentence_says_how_to_get_it(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def version(name: str) -> str:
        if name == missing:
            raise PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(serve, "version", version)
    said = refused(["view"], capsys)
    assert f"needs {missing}, which is not installed" in said
    assert "pip install 'regiosim[viz]'" in said


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--region", "unicun"], "Did you mean 'unicum'?"),
        (["--regime", "historic"], "Did you mean 'historic-nl'?"),
        (["--seed", "-1"], "--seed: -1 is out of range"),
        (["--port", "0"], "1 .. 65535"),
        (["--port", "65536"], "--port: 65536 is out of range"),
        (["--port", "web"], "--port"),
    ],
)
def test_bad_input_is_one_message(
    more: list[str], says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "version", lambda name: "1")
    assert says in refused(["view", *more], capsys)


def test_a_port_that_is_taken_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "version", lambda name: "1")
    with socket.socket() as taken:
        taken.bind((serve.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(["view", "--port", str(port)], capsys)
    assert f"--port: {port} cannot be used" in said and "another port" in said
