"""Lists, help and the version."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

from experiments.cli.app import DONE, main
from experiments.runs.version import VERSION
from tests.commands import ROOT


@pytest.mark.parametrize(
    ("command", "shows"),
    [
        (["regions"], "unicum"),
        (["regions"], "eemland"),
        (["regions"], "oostelijk-zuid-limburg"),
        (["regions", "unicum"], "population"),
        (["regimes"], "historic-nl"),
        (["regimes", "historic-nl"], "EUR"),
        (["titles"], "keten-dbc"),
        (["titles", "keten-dbc"], "source"),
        (["parameters"], "choice.money"),
        (["parameters", "choice"], "choice.money"),
        (["parameters", "choice.money"], "1/kEUR"),
        (["phases"], "payment"),
        (["phases", "8"], "pay_titles"),
        (["outcomes"], "transaction_cost_per_insured"),
        (["outcomes", "hhi"], "share"),
        (["--version"], VERSION),
        ([], "Usage"),
        (["warm"], "compiled"),
    ],
)
def test_lists_are_plain_when_piped(
    command: list[str], shows: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == DONE
    shown = capsys.readouterr()
    assert shows in shown.out and "\x1b" not in shown.out
    assert shown.err == ""


@pytest.mark.parametrize(
    "command", ["run", "compare", "report", "warm", "regions", "regimes", "titles", "parameters",
                "phases", "outcomes", "rules", "story", "geography"],
)  # fmt: skip
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == DONE
    assert "Usage" in capsys.readouterr().out


def test_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION


def test_help_is_light() -> None:
    code = (
        "import sys; from experiments.cli import main; main(['run', '--help']); "
        "print([m for m in ('numba', 'pandas', 'mesa', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.rstrip().endswith("[]"), done.stdout + done.stderr
