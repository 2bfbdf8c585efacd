"""The metadata of a folder is a Workflow Run RO-Crate, as far as its validator can tell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from results.reports.crate import CRATE, MANIFEST, Made, write_crate
from results.store.checksums import CHECKSUMS, check_folder
from results.store.folder import RunFolder

BIOSCHEMAS = "https://bioschemas.org/"
RUN: dict[str, Any] = {
    "id": "1a2b",
    "command": ["regiosim", "run", "--region", "unicum"],
    "scenario": {"region": "unicum", "regime": "historic-nl", "settings": ["a=1"], "package": ""},
    "seeds": [7],
    "packages": [{"file": "late.toml", "text": '[package]\nname = "late"'}],
    "rules_file": {"file": "mine.py", "text": "def give_mandate(): ..."},
    "versions": {"regiosim": "0.1.0"},
}
SWEEP = {"id": "3c", "kind": "sweep", "name": "few", "question": "Why?", "experiment": {"a": 1}}
KINDS = {"run": RUN, "sweep": SWEEP, "comparison": {"versions": {"regiosim": "0.1.0"}}}


def crate_of(kind: str, place: Path) -> Path:
    with RunFolder(place / kind) as folder:
        if kind != "comparison":
            folder.json("manifest", KINDS[kind])
        folder.path("series.parquet").write_bytes(b"x")
        folder.path("report.html").write_text("x")
        folder.path("figures/who_with_whom.png").write_bytes(b"x")
        write_crate(folder.folder, KINDS[kind], Made(1_000_000.0, 1_000_060.5))
    return folder.target


def graph_of(folder: Path) -> dict[str, dict[str, Any]]:
    graph = json.loads((folder / CRATE).read_text())["@graph"]
    assert len({one["@id"] for one in graph}) == len(graph)
    return {one["@id"]: one for one in graph}


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_is_described_and_every_reference_leads_somewhere(
    kind: str, tmp_path: Path
) -> None:
    folder = crate_of(kind, tmp_path)
    graph = graph_of(folder)
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert {one["@id"] for one in graph["./"]["hasPart"]} == there - {CRATE}
    assert CHECKSUMS in there and check_folder(folder).sound
    assert all(graph[name]["description"] for name in there - {CRATE})
    told = {"conformsTo", "license"}  # addresses of others
    for one in graph.values():
        for key, value in one.items():
            for other in value if isinstance(value, list) else [value]:
                if isinstance(other, dict) and key not in told:
                    assert other["@id"] in graph, (one["@id"], key)


def test_a_run_says_what_went_in_what_came_out_and_when(tmp_path: Path) -> None:
    graph = graph_of(crate_of("run", tmp_path))
    action = graph["#action"]
    assert action["description"] == "regiosim run --region unicum"
    assert action["startTime"] == "1970-01-12T13:46:40+00:00"
    assert action["endTime"] == "1970-01-12T13:47:40+00:00"
    assert action["instrument"] == {"@id": MANIFEST} == graph["./"]["mainEntity"]
    given = {graph[one["@id"]]["name"]: graph[one["@id"]]["value"] for one in action["object"]}
    assert given["region"] == "unicum" and given["settings"] == '["a=1"]' and "package" not in given
    assert given["package late.toml"].startswith("[package]")
    assert given["rules mine.py"].startswith("def give_mandate")
    assert {"@id": "series.parquet"} in action["result"]
    assert graph["#regiosim"]["softwareVersion"] == "0.1.0"


def test_a_comparison_is_the_run_of_a_tool(tmp_path: Path) -> None:
    graph = graph_of(crate_of("comparison", tmp_path))
    assert graph["#action"]["instrument"] == {"@id": "#regiosim"}
    assert "mainEntity" not in graph["./"] and graph["#action"]["object"] == []


def context_of(crate: dict[str, Any]) -> dict[str, Any]:
    """What RO-Crate 1.1 says of the terms that are used: nothing is fetched from the network."""
    terms = {key for one in crate["@graph"] for key in one if not key.startswith("@")}
    for one in crate["@graph"]:
        terms |= {one["@type"]} if isinstance(one["@type"], str) else set(one["@type"])
    known = {term: f"http://schema.org/{term}" for term in terms}
    known |= {term: f"{BIOSCHEMAS}{term}" for term in ("ComputationalWorkflow", "FormalParameter")}
    known |= {"File": "http://schema.org/MediaObject"}
    known |= {"input": f"{BIOSCHEMAS}ComputationalWorkflow#input"}
    return {"@context": {**known, "conformsTo": "http://purl.org/dc/terms/conformsTo"}}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", KINDS)
def test_the_validator_of_the_profile_finds_nothing(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    http = pytest.importorskip("rocrate_validator.utils.http", reason="extra crate")
    from rocrate_validator import models, services

    folder = crate_of(kind, tmp_path)
    context = context_of(json.loads((folder / CRATE).read_text()))

    class Answer:
        status_code = 200
        headers = {"Content-Type": "application/ld+json"}
        text = json.dumps(context)

        def json(self) -> dict[str, Any]:
            return context

    def get(requester: Any, url: str, *args: Any, **kwargs: Any) -> Answer:
        assert url == "https://w3id.org/ro/crate/1.1/context"
        return Answer()

    monkeypatch.setattr(http.HttpRequester, "get", get, raising=False)
    profile = "process-run-crate" if kind == "comparison" else "workflow-run-crate"

    def issues() -> list[str]:
        settings = services.ValidationSettings(
            rocrate_uri=str(folder), profile_identifier=profile,
            requirement_severity=models.Severity.REQUIRED,
        )  # fmt: skip
        return [str(one.message) for one in services.validate(settings).get_issues()]

    assert issues() == []
    text = (folder / CRATE).read_text().replace('"datePublished"', '"dateMade"')
    (folder / CRATE).write_text(text)
    assert issues() != []
