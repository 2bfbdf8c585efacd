"""No file is longer than is easily read: one subject each, sources and tests alike."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MOST = 320
"""Lines of a file."""


@pytest.mark.parametrize(
    "room", ["agents", "benchmarks", "docs", "experiments", "regiosim", "results", "sim", "tests"]
)
def test_no_file_is_longer_than_320_lines(room: str) -> None:
    paths = sorted((ROOT / room).rglob("*.py"))
    assert paths
    lines = {str(path.relative_to(ROOT)): path.read_bytes().count(b"\n") for path in paths}
    assert {path: count for path, count in lines.items() if count > MOST} == {}
