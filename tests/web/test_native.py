"""The figures on the page are those of ``regiosim run``, told what the page says to tell it."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from results.statistics.compare import difference
from results.store.reading import read
from results.store.schema import year_of
from tests.web.running import node

BANDS = {"low90": 0.05, "low50": 0.25, "median": 0.5, "high50": 0.75, "high90": 0.95}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("REGIOSIM_WEB" not in os.environ, reason="long: make test-web"),
]


def values_of(command: str, out: Path) -> pd.DataFrame:
    """Run a command of the page; return values by outcome and year, a column per seed."""
    program, *arguments = shlex.split(command)
    assert program == "regiosim"
    whole = [sys.executable, "-m", "experiments", *arguments, "--quiet", "--out", str(out)]
    subprocess.run(whole, check=True)
    series, runs = read(out, "series"), read(out, "runs")
    whole_region = series[series["scope"] == "all"]
    seeds = runs.set_index("run_id")["seed"].to_dict()
    found = whole_region.assign(
        year=year_of(whole_region["tick"]), seed=whole_region["run_id"].astype(str).map(seeds)
    )
    return found.pivot(index=["outcome", "year"], columns="seed", values="value").sort_index(axis=1)


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_the_page_shows_what_its_commands_give(browser: str, opened: Path, tmp_path: Path) -> None:
    done = node("export.mjs", browser, lesson=opened)
    if missing := re.search(r"\S+ is not on this machine.*", done.stderr):
        pytest.skip(missing.group())
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    figures = pd.read_csv(io.StringIO(shown["csv"]))
    a, b = (values_of(command, tmp_path / str(k)) for k, command in enumerate(shown["commands"]))
    assert len(figures) >= 14 * 20 and set(figures["pairs"]) == {len(a.columns)}
    assert not a.equals(b)
    for row in figures.to_dict("records"):
        mine, theirs = (table.loc[row["outcome"], row["year"]].to_numpy() for table in (a, b))
        for side, values in (("a", mine), ("b", theirs)):
            found = [row[f"{side}_{name}"] for name in BANDS]
            assert found == pytest.approx(np.quantile(values, list(BANDS.values())), rel=1e-12)
        paired = difference(mine, theirs)
        assert row["difference"] == pytest.approx(paired["difference"], rel=1e-9, abs=1e-12)
        half = paired["high"] - paired["difference"]
        assert row["difference_high"] - row["difference"] == pytest.approx(half, rel=5e-4, abs=1e-9)
