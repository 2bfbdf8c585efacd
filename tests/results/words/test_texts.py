"""What reports say stands in both languages, is used, and has numbers as either writes them."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import results
from results.words.dates import spoken_date
from results.words.events import COUNTS
from results.words.numbers import percent, span, value_text
from results.words.texts import LANGUAGES, Twice, files, say, texts
from results.words.titles import TITLES, title_name
from sim.policy.load import title_names

SOURCES = Path(results.__file__).parent
ALIKE = {
    "business.diabetes", "business.copd",
    "run.a_run_id", "run.band", "run.reasons", "run.regime", "run.seed", "run.seeds",
    "discovery.sweep", "discovery.limit_words",
    "sensitivity.sweep", "sensitivity.table", "sensitivity.table_at", "sensitivity.factor",
    "scorecard.from_source", "scorecard.scale_score",
    "story.told_plain", "sweep.arm", "sweep.factor", "sweep.footnote", "sweep.most_place",
    "sweep.runs", "sweep.seeds", "sweep.sets_all", "sweep.together_arm", "versus.between",
    "targets.seeds", "targets.target", "versus.effect", "versus.factor", "versus.seeds",
}  # fmt: skip
"""Texts that both languages write alike."""
MADE = {"page.assumed_text", "page.stale_text", "sweep.role_lever", "sweep.role_uncertainty"}
"""Keys that are put together of what a manifest says."""
BEGIN_WITH_SPACE = {
    "sweep.summary_interval", "sweep.together_arm", "sweep.cards_arm", "discovery.or",
    "sensitivity.then", "sensitivity.untold", "sensitivity.by_seeds",
}  # fmt: skip


def all_texts() -> list[tuple[str, Twice]]:
    return [(f"{file}.{key}", twice) for file in files() for key, twice in texts(file).items()]


def filled(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_text_says_the_same_in_both_languages() -> None:
    for key, twice in all_texts():
        assert filled(twice.en) == filled(twice.nl), key
        for text in twice:
            assert text and "  " not in text, key
            assert text == text.strip() or key in BEGIN_WITH_SPACE, key
        assert (twice.en == twice.nl) == (key in ALIKE), key


def test_every_text_is_used_and_every_text_that_is_used_is_there() -> None:
    paths = [*SOURCES.rglob("*.py"), *SOURCES.rglob("*.j2")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    named = set(re.findall(r"[\"']((?:[a-z]+\.)?[a-z_]+)[\"']", source))
    declared = {key for key, _ in all_texts()}
    unused = [key for key in declared - MADE if not {key, key.partition(".")[2]} & named]
    assert unused == []
    for key in named - {"page.css", "page.js"}:
        file, dot, _ = key.partition(".")
        assert not dot or file not in files() or key in declared, key


def test_values_are_filled_in_and_never_read_as_texts() -> None:
    assert say("versus.name", "nl", a="{b}", b="<x>") == "{b} en <x>"
    with pytest.raises(KeyError):
        say("versus.name", "en", a="x")


def test_numbers_and_dates_are_those_of_the_language() -> None:
    assert (span(1234.5, 0.25), span(1234.5, 0.25, "nl")) == ("1,234 to 0.25", "1.234 tot 0,25")
    assert (percent(0.035), percent(0.035, "nl")) == ("3.5%", "3,5%")
    assert (value_text(0.125), value_text(0.125, "nl")) == ("0.125", "0,125")
    assert [value_text(True, one) for one in LANGUAGES] == ["yes", "ja"]
    assert (value_text(None), value_text("a.b", "nl")) == ("–", "a.b")
    assert [spoken_date("2018Q3", one) for one in LANGUAGES] == ["Q3 2018", "3e kwartaal 2018"]
    assert [spoken_date("2018-03-01", one) for one in LANGUAGES] == ["1 March 2018", "1 maart 2018"]
    assert spoken_date("2018-13-01", "nl") == "2018-13-01"


def test_every_title_that_comes_along_has_a_name_in_both() -> None:
    assert set(TITLES) == set(title_names())
    assert title_name("wijkmanagement") == "neighbourhood management"
    assert title_name("own-title", "nl") == "‘own-title’"
    for said in (*TITLES.values(), *COUNTS.values()):
        assert said.english and said.dutch and not set(said.english + said.dutch) & set("[]{}")
