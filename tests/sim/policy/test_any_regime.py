"""Whatever a regime file or a package holds, it is read or refused with one message."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import BadInput
from sim.policy.load import load_regime

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples"
LINES = {
    name: (EXAMPLES / name).read_text(encoding="utf-8").splitlines()
    for name in ("three_years.toml", "coordination.toml")
}
ODD = (
    "", "x", "[title]", "[[title]]", "[title.ros]", "[[title.ros.rate]]", "title = 1",
    "policy = []",
    "add = 1", 'add = ["x"]', 'add = ["ros", "ros"]', "name = 1", 'base = "mine"', "value = nan",
    "value = inf", "value = -1", "value = 1e400", "value = true", 'unit = "EUR"', "range = [1]",
    "range = [2, 1]", "from = 1800-01-01", "from = 2019-01-01T00:00:00", "until = 2010-01-01",
    "functions = 1", "groups = []", "rate = []", "rate = [1]", "payer = []", "[policy]",
    "[package]", "[[package]]", "titles = []", "[title.regioplan-coordination.name]",
)  # fmt: skip


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "mine.toml"


@st.composite
def texts(draw: st.DrawFn, name: str) -> str:
    """A sound file of which a few lines are gone, moved or something else."""
    lines = list(LINES[name])
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        what = draw(st.integers(0, 3))
        if what == 0:
            del lines[at]
        elif what == 1:
            lines.insert(draw(st.integers(0, len(lines))), lines[at])
        elif what == 2:
            lines[at] = draw(st.sampled_from(ODD))
        else:
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
    return "\n".join(lines)


def tried(file: Path, text: str, regime: str, packages: list[Path]) -> None:
    file.write_text(text, encoding="utf-8")
    try:
        names = load_regime(regime, packages=packages).names()
    except BadInput as error:
        assert str(error).startswith(str(file)) and str(error).isprintable()
    else:
        assert len(set(names)) == len(names)


@settings(max_examples=1000, deadline=None)
@given(text=texts("three_years.toml"))
def test_any_regime_file_is_read_or_refused(file: Path, text: str) -> None:
    tried(file, text, str(file), [])


@settings(max_examples=1000, deadline=None)
@given(text=texts("coordination.toml"))
def test_any_package_is_read_or_refused(file: Path, text: str) -> None:
    tried(file, text, "unicum", [file])
