"""The program can be cited: CITATION.cff, manifests and README say the same."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

from experiments.runs.cite import cited
from experiments.runs.version import AUTHORS, RELEASED, VERSION
from results.words.citation import how_to_cite, how_to_cite_all

ROOT = Path(__file__).resolve().parents[1]
NEEDED = {"cff-version", "message", "title", "authors"}
"""Keys that the Citation File Format 1.2.0 asks for."""
KNOWN = NEEDED | {"abstract", "type", "version", "date-released", "license", "keywords"}


def said() -> dict[str, str]:
    """The top of CITATION.cff: its keys and their scalars."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    found = re.findall(r"^([a-z-]+):[ ]*(.*)$", text, re.MULTILINE)
    assert len(dict(found)) == len(found), "a key is there twice"
    return {key: value.strip().strip('"') for key, value in found}


def test_the_file_has_what_the_format_asks_for_and_nothing_it_does_not_know() -> None:
    keys = said()
    assert set(keys) >= NEEDED and set(keys) <= KNOWN
    assert keys["cff-version"] == "1.2.0" and keys["type"] == "software"
    assert date.fromisoformat(keys["date-released"]).isoformat() == RELEASED
    assert keys["license"] == "Apache-2.0"
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'authors:\n  - name: "{AUTHORS}"\n' in text


def test_all_name_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert said()["version"] == VERSION == project["version"]
    assert project["license"] == said()["license"] == cited()["licence"]
    assert project["authors"] == [{"name": AUTHORS}]


def test_a_reference_names_program_version_year_and_run() -> None:
    about = {"id": "1a2b", "cite": cited()}
    year = RELEASED[:4]
    whole = f"{AUTHORS} ({year}). regiosim, version {VERSION} [computer program]. Run 1a2b."
    assert how_to_cite(about) == whole
    assert "versie" in how_to_cite(about, "nl") and "[computerprogramma]" in how_to_cite(
        about, "nl"
    )
    assert how_to_cite({**about, "kind": "sweep"}).endswith("Sweep 1a2b.")
    assert how_to_cite({"id": "1a2b"}) == ""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert whole.partition(" Run ")[0] in readme


def test_two_runs_are_cited_with_their_program_once_and_another_version_apart() -> None:
    cite = {"title": "regiosim", "authors": "A", "version": "1", "released": "2026-01-02"}
    one, two = {"cite": cite, "id": "1a"}, {"cite": cite, "id": "2b", "kind": "sweep"}
    program = "A (2026). regiosim, version 1 [computer program]."
    assert how_to_cite_all([one, two]) == f"{program} Run 1a. Sweep 2b."
    later = {"cite": {**cite, "version": "2"}, "id": "3c"}
    said = how_to_cite_all([one, later, {}])
    assert said == f"{program} Run 1a. {program.replace('version 1', 'version 2')} Run 3c."
    assert how_to_cite_all([{}]) == ""
