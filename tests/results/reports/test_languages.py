"""A report is whole in one language: no sentence, name, unit or number of the other is in it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from made_pages import fetches_nothing
from made_runs import write_run
from matplotlib.figure import Figure
from sweep_folder import Factor, Made, write_sweep

from experiments.runs.frames import declared_outcomes
from results.reports.run import write_report
from results.reports.versus import write_comparison
from results.reports.versus_sweep import write_levels
from results.statistics.clustered import compare_levels
from results.words.outcomes import Words
from results.words.shown import KEY_OUTCOMES
from results.words.texts import LANGUAGES, files, say, texts
from results.words.units import DUTCH

OWN = ("What does", "Numbers that were made up", "what choice", "books <do> not close")
"""What the made-up experiment says in its own words."""


@pytest.fixture(autouse=True)
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures have tests of their own: here only what is said around them counts."""
    module = "results.figures"
    for name in ("run.organisations_over_time", "run.transaction_cost_by_kind",
                 "run.size_distribution", "run.who_with_whom", "run.comparison",
                 "run.paired_differences", "sweep.bands_over_time", "sweep.factor_effect",
                 "sweep.groups_seen", "heat.heat_map", "heat.overview"):  # fmt: skip
        monkeypatch.setattr(f"{module}.{name}", lambda *given, **how: Figure(figsize=(2, 1)))


def fragments(language: str) -> set[str]:
    """Return pieces of two words or more of every text of a language, around what is filled in."""
    other = "nl" if language == "en" else "en"
    found = set()
    for file in files():
        for twice in texts(file).values():
            mine, theirs = (re.split(r"\{\w+\}", getattr(twice, one)) for one in (language, other))
            pieces = {piece.strip(" .,:;()") for piece in mine} - {one.strip(" .,:;()")
                                                                   for one in theirs}  # fmt: skip
            found |= {piece for piece in pieces if len(piece) > 8 and " " in piece}
    return found


def said(page: Path, language: str) -> str:
    """Return what a page says of its own, without its script, style and manifest."""
    html = fetches_nothing(page.read_text(encoding="utf-8"), language)
    body = re.sub(r"<(script|style)>.*?</\1>", "", html, flags=re.DOTALL)
    end = f"<h2>{say('page.manifest', language)}</h2>"
    head = body.split(end)[0] if end in body else re.split(
        f"<h2>{say('page.manifest_of', language, name='')}", body)[0]  # fmt: skip
    attributes = " ".join(re.findall(r'(?:alt|aria-label|data-sort)="([^"]*)"', head))
    return unescape(re.sub(r"<[^>]+>", " ", head) + " " + attributes)


def check(page: Path, language: str) -> str:
    """Check that a page has nothing of the other language, and return what it says."""
    text = said(page, language)
    other = "nl" if language == "en" else "en"
    for piece in fragments(other):
        assert piece not in text, piece
    words = Words(declared_outcomes())
    for outcome in declared_outcomes():
        mine, theirs = words[outcome].label(language), words[outcome].label(other)
        if theirs not in mine and " " in theirs:
            assert theirs not in text, theirs
    for unit in (pair for pair in DUTCH.items() if " " in pair[0] and pair[0] != pair[1]):
        assert unit[other == "nl"] not in text, unit
    return text


def split(cells: dict[str, np.ndarray], noise: np.ndarray) -> np.ndarray:
    """Trust of most seeds 10, of some 15, where money is high; thousands, so that marks show."""
    jump = np.where((noise > 0.3) & (cells["choice.money"] > 0.3)[:, None], 5.0, 0.0)
    return 1234.5 + 10 + jump + 0.2 * noise


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Made(
        factors=[Factor("choice.money", (0.1, 0.4)), Factor("merge.short"),
                 Factor("investment.on", (True, False), role="uncertainty"),
                 Factor("merge.style", ("vote", "decree"))],
        arms=[("unicum", "old", ""), ("unicum", "new", "")], points=40, replicates=24,
        outcomes=KEY_OUTCOMES[:4], years=(2029, 2030), failed=[0, 30], inert=["merge.style"],
        respond=split,
    )  # fmt: skip
    stale = [{"name": "contract.vvv", "value": 1.5, "unit": "EUR per insured/yr", "years": 6.0,
              "source": "F050"}]  # fmt: skip
    return write_sweep(
        tmp_path_factory.mktemp("sweep") / "s", replace(made, extra={"stale": stale})
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_of_a_run_is_whole_in_its_language(tmp_path: Path, language: str) -> None:
    text = check(write_report(write_run(tmp_path / "a"), None, False, language), language)
    numbers = {"en": "Mean of 5 replicates in 2030", "nl": "Gemiddelde van 5 herhalingen in 2030"}
    assert numbers[language] in text
    assert re.search({"en": r"\d\.\d+ to \d\.\d", "nl": r"\d,\d+ tot \d,\d"}[language], text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_of_a_sweep_is_whole_in_its_language(sweep: Path, language: str) -> None:
    text = check(write_report(sweep, None, False, language), language)
    assert {"en": "1,24", "nl": "1.24"}[language] in text
    assert {"en": "on minus off", "nl": "aan min uit"}[language] in text
    assert {"en": "about 0.9", "nl": "ongeveer 0,9"}[language] in text
    assert {"en": "near 1,2", "nl": "rond 1.2"}[language] in text
    assert {"en": "EUR per insured/yr", "nl": "euro per verzekerde per jaar"}[language] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_of_comparisons_are_whole_in_their_language(
    tmp_path: Path, sweep: Path, language: str
) -> None:
    a, b = write_run(tmp_path / "a", 1), write_run(tmp_path / "b", 2, "two-part")
    text = check(write_comparison(tmp_path / "both", a, b, language=language), language)
    assert {"en": "two-part minus historic-nl", "nl": "two-part min historic-nl"}[language] in text
    table = compare_levels(sweep, "regime")
    text = check(write_levels(tmp_path / "levels", sweep, "regime", table, language), language)
    assert "regime = old" in text


def test_a_text_of_the_wrong_language_is_seen(tmp_path: Path) -> None:
    page = write_report(write_run(tmp_path / "a"), None, False, "nl")
    html = page.read_text(encoding="utf-8")
    page.write_text(html.replace("Kerncijfers", say("run.key", "en")), encoding="utf-8")
    with pytest.raises(AssertionError, match="Key outcomes by year"):
        check(page, "nl")


def test_what_users_wrote_is_text_in_every_place(tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)>\"'&{{ 7*7 }}"
    factor = Factor(f"choice.{evil}", (0.1, 0.4))
    made = Made(factors=[factor], replicates=2, outcomes=KEY_OUTCOMES[:2], years=(2029, 2030),
                arms=[("unicum", evil, ""), ("unicum", "b", "")], name=evil, inert=[evil],
                extra={"question": evil, "text": evil, "stale": [evil],
                       "assumed": [{"name": evil, "unit": evil, "source": evil}]})  # fmt: skip
    html = write_report(write_sweep(tmp_path / "s", made), None, False).read_text(encoding="utf-8")
    assert "<img src=x" not in html and "&lt;img src=x onerror" in html and "{{ 7*7 }}" in html
    assert not re.search(r"<[^>]*onerror=alert[^>]*>", re.sub(r'"[^"]*"', '""', html))
    table = compare_levels(tmp_path / "s", "regime")
    page = write_levels(tmp_path / "levels", tmp_path / "s", "regime", table)
    assert "<img src=x" not in page.read_text(encoding="utf-8")
    assert isinstance(table, pd.DataFrame)
