"""The changes of docs/first-changes.md, made word for word on a copy, in the README's files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from results.store.reading import declared_outcomes

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("agents", "experiments", "regiosim", "results", "sim")
CHANGE = re.compile(
    r"^`(?P<path>[\w./-]+)`, (?:a new file|(?P<where>before|after|instead of) `(?P<line>[^`]+)`)"
    r"[^\n]*:\n\n```\w+\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
ROWS = {
    "A payment title": "a payment title",
    "An outcome": "an outcome",
    "The rule of joining an organisation": "the rule of joining an organisation",
    "A region": "a region",
    "A figure": "a figure of a run's report",
}
"""Which row of the README's table is about which section of the page."""


class Change(NamedTuple):
    """One file that a section of the page changes, and how."""

    path: str
    where: str
    line: str
    text: str


def section(title: str) -> str:
    page = (ROOT / "docs" / "first-changes.md").read_text(encoding="utf-8")
    return page.split(f"\n## {title}\n")[1].split("\n## ")[0]


def changes(title: str) -> list[Change]:
    text = section(title)
    found = [Change(m["path"], m["where"] or "", m["line"] or "", m["text"])
             for m in CHANGE.finditer(text)]  # fmt: skip
    # Each fenced block is a change that was understood.
    assert len(found) == text.count("\n```") / 2 > 0
    return found


def named_in_readme(title: str) -> list[str]:
    """The files that the README's table names for it, as patterns."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| {re.escape(ROWS[title])} \| (.*) \|$", readme, re.MULTILINE)
    assert row is not None
    paths = [path for path in re.findall(r"`([^`]+)`", row[1]) if "/" in path]
    return [re.sub("NAME|THEME", "*", path + "*" * path.endswith("/")) for path in paths]


def make(change: Change, folder: Path) -> None:
    path = folder / change.path
    if not change.where:
        assert not path.exists()
        path.parent.mkdir(exist_ok=True)
        path.write_text(change.text, encoding="utf-8")
        return
    text, line = path.read_text(encoding="utf-8"), f"{change.line}\n"
    assert text.count(f"\n{line}") == 1, change
    put = {"before": change.text + line, "after": line + change.text, "instead of": change.text}
    path.write_text(text.replace(f"\n{line}", f"\n{put[change.where]}"), encoding="utf-8")


def copy(folder: Path) -> Path:
    for name in SOURCES:
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=left_out)
    return folder


def changed(title: str, folder: Path) -> Path:
    """A copy of the sources with the change of this section, which touches what README names."""
    allowed = named_in_readme(title)
    assert not any(fnmatch("sim/quarter.py", pattern) for pattern in allowed)
    copy(folder)
    for change in changes(title):
        assert any(fnmatch(change.path, pattern) for pattern in allowed), change.path
        make(change, folder)
    return folder


def regiosim(folder: Path, *words: str) -> str:
    """The program as its sources stand in ``folder``."""
    # Plain Python: where nothing is compiled, nothing may be cached either.
    env = {**os.environ, "PYTHONPATH": str(folder), "REGIOSIM_CACHE": str(folder / "cache")}
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    asked = [sys.executable, "-m", "experiments", *words]
    done = subprocess.run(asked, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def run(folder: Path, region: str = "synthetic:2:1", regime: str = "historic-nl") -> Path:
    regiosim(
        folder, "run", "--engine", "python", "--region", region, "--regime", regime,
        "--from", "2006Q1", "--to", "2007Q4", "--record", "all", "--out", "out",
    )  # fmt: skip
    return folder / "out"


def series(out: Path) -> pd.DataFrame:
    table = pd.read_parquet(out / "series.parquet").astype({"outcome": str, "scope": str})
    return table.pivot(index=["tick", "scope"], columns="outcome", values="value")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the sources as they are."""
    return run(copy(tmp_path_factory.mktemp("before")))


def test_the_copy_is_what_runs(tmp_path: Path) -> None:
    copy(tmp_path)
    (tmp_path / "experiments" / "cli" / "app.py").write_text("raise SystemExit('the copy')")
    with pytest.raises(AssertionError, match="the copy"):
        regiosim(tmp_path, "regions")


def test_every_change_of_the_page_is_made_here() -> None:
    page = (ROOT / "docs" / "first-changes.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == [*ROWS, "Then"]


def test_a_title_reaches_a_variant_regime_and_pays(tmp_path: Path) -> None:
    out = run(changed("A payment title", tmp_path), regime="menzis")
    ledger = pd.read_parquet(out / "ledger.parquet")
    paid = ledger[ledger["title"] == "samenwerking"]
    assert paid["receiver"].str.startswith("practice:").all()
    assert paid["cents"].sum() > 0


def test_an_outcome_is_recorded_and_moves_no_other(tmp_path: Path, before: Path) -> None:
    folder = changed("An outcome", tmp_path)
    assert "loose_share" in regiosim(folder, "outcomes")
    out = run(folder)
    old, new = series(before), series(out)
    assert set(new) - set(old) == {"loose_share"}
    pd.testing.assert_frame_equal(new[list(old)], old, check_exact=True)
    assert (new["loose_share"] == 1.0 - new["affiliated_share"]).all()
    assert 0.0 < new["loose_share"].iloc[-1] < 1.0
    said = declared_outcomes(out)["loose_share"]
    assert (said["unit"], said["label_en"]) == ("share", "Patients of practices on their own")


def test_the_rule_of_joining_moves_who_joins(tmp_path: Path, before: Path) -> None:
    out = run(changed("The rule of joining an organisation", tmp_path))
    old, new = (series(folder)["affiliated_share"] for folder in (before, out))
    assert (old != new).any()
    assert new.iloc[-1] > old.iloc[-1]


def test_a_region_is_listed_and_runs(tmp_path: Path) -> None:
    folder = changed("A region", tmp_path)
    assert "twee-dorpen" in regiosim(folder, "regions")
    scopes = series(run(folder, "twee-dorpen")).index.get_level_values("scope")
    assert set(scopes) == {"all", "XX0001", "XX0002"}


def test_a_figure_is_drawn_and_in_the_report(tmp_path: Path, before: Path) -> None:
    out = run(changed("A figure", tmp_path))
    figures = {path.name for path in (out / "figures").iterdir()}
    assert figures - {path.name for path in (before / "figures").iterdir()} == {
        "trust.png", "trust.svg",
    }  # fmt: skip
    caption = "How far practices trust whom they deal with"
    pages = [(folder / "report.html").read_text(encoding="utf-8") for folder in (before, out)]
    assert [page.count("<figure>") for page in pages] == [4, 5]
    assert [caption in page for page in pages] == [False, True]
