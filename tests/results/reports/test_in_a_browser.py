"""Reports as a browser lays them out: as wide as the window, not too high, with print to read.

Run by ``make test-web``; skipped where Chromium, Node or the tools of tests/web are not here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from made_runs import write_run
from sweep_folder import Factor, Made, write_sweep

from results.reports.run import write_report
from results.reports.versus import write_comparison
from results.words.shown import KEY_OUTCOMES

WEB = Path(__file__).resolve().parents[2] / "web"
WIDTHS = (390, 1280)
HIGHEST = 8_000
"""Pixels of a run's report at 1280 wide, as it opens."""
LEAST = 10.9
"""Pixels of the smallest print of a figure."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("REGIOSIM_WEB" not in os.environ, reason="long: make test-web"),
    pytest.mark.skipif(not (shutil.which("node") and shutil.which("chromium")),
                       reason="node or chromium is not on this machine"),
]  # fmt: skip


def laid_out(pages: list[Path]) -> dict[str, Any]:
    """Return what a browser says of each page at each width, and what it asked for."""
    subprocess.run(["npm", "install", "--silent"], check=True, cwd=WEB)
    command = ["node", "reports.mjs", *map(str, WIDTHS), *map(str, pages)]
    done = subprocess.run(command, cwd=WEB, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_reports_fit_a_phone_and_a_desk(tmp_path: Path) -> None:
    regimes = {"a": "design:bundled/practice/act", "b": "design:component/practice/act"}
    runs = [write_run(tmp_path / k, seed, one) for seed, (k, one) in enumerate(regimes.items())]
    factors = [Factor("choice.money", (0.1, 0.4)), *(Factor(f"factor.{k}") for k in range(9))]
    arms = [("unicum", "old", ""), ("unicum", "design:component/practice/act", "")]
    made = Made(factors=factors, points=20, replicates=4, outcomes=KEY_OUTCOMES, arms=arms)
    pages = {
        "run": write_report(runs[0]),
        "comparison": write_comparison(tmp_path / "both", *runs, language="nl"),
        "sweep": write_report(write_sweep(tmp_path / "s", made), language="nl"),
    }
    found = laid_out(list(pages.values()))
    for name, page in pages.items():
        for one in found[str(page)]:
            assert one["across"] <= one["width"], (name, one)
            assert not one["asked"] and not one["wrong"], (name, one)
            assert one["print"] >= LEAST, (name, one)
            assert one["opened"] and one["sorted"], (name, one)
    desk = found[str(pages["run"])][WIDTHS.index(1280)]
    assert desk["high"] < HIGHEST
