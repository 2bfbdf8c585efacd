"""``ro-crate-metadata.json``: what a folder holds and what made it, in words that archives read.

A run and a sweep follow the profile Workflow Run RO-Crate: their workflow is ``manifest.json``,
which holds all that is needed to run them again, and its engine is regiosim. A comparison, which
has read two folders, follows Process Run Crate. Written by hand: the library for it would bring
a dozen packages for two kilobytes of JSON.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from results.store.checksums import CHECKSUMS
from results.store.folder import to_json, whole_file
from results.store.manifests import OF_OTHERS
from results.words.tables import TABLES

CRATE = "ro-crate-metadata.json"
MANIFEST = "manifest.json"
LICENCE = "https://spdx.org/licenses/Apache-2.0"
_BASE = "https://w3id.org/ro/crate/1.1"
_WORKFLOW = "https://w3id.org/workflowhub/workflow-ro-crate/1.0"
_PROCESS_RUN = "https://w3id.org/ro/wfrun/process/0.5"
_WORKFLOW_RUN = "https://w3id.org/ro/wfrun/workflow/0.5"
_BIOSCHEMAS = "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"
_PARAMETER = "https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE"
_TYPES = {
    ".parquet": "application/vnd.apache.parquet", ".json": "application/json",
    ".html": "text/html", ".png": "image/png", ".svg": "image/svg+xml", ".csv": "text/csv",
    ".sha256": "text/plain", ".md": "text/markdown", ".toml": "application/toml",
    ".npz": "application/zip",
}  # fmt: skip
_FILES = {
    MANIFEST: "What was run: everything that is needed to run it again, and from which versions.",
    "timings.json": "How long each part took, in seconds, and when it was finished.",
    "report.html": "The report: key figures, figures, assumptions. Opens offline.",
    "state.npz": "The states at the end of the last quarter, from which longer runs go on.",
    CHECKSUMS: "The SHA-256 of every file, as sha256sum writes it.",
}
Entity = dict[str, Any]


class Made(NamedTuple):
    """When a folder was made, in seconds since 1970."""

    began: float
    ended: float


def write_crate(folder: Path, about: Mapping[str, Any], made: Made) -> Path:
    """Write the metadata of all files that are in a folder, and of its checksums.

    Args:
        folder: of a run, a sweep or a comparison.
        about: its manifest; empty where there is none.
        made: when.
    """
    names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    shown = sorted(name for name in names | {CHECKSUMS} if not name.startswith("."))
    files = [name for name in shown if name != CRATE and not name.startswith("batches/")]
    graph = list(_graph(files, about, made))
    with whole_file(folder / CRATE) as aside:
        text = to_json({"@context": f"{_BASE}/context", "@graph": graph})
        aside.write_text(text, encoding="utf-8", newline="\n")
    return folder / CRATE


def _graph(files: Sequence[str], about: Mapping[str, Any], made: Made) -> Iterator[Entity]:
    is_run = MANIFEST in files and about.get("kind") not in OF_OTHERS
    profiles = [_PROCESS_RUN, *([_WORKFLOW_RUN, _WORKFLOW] if is_run else [])]
    inputs = list(_inputs(about)) if is_run else []
    version = str((about.get("versions") or {}).get("regiosim") or "")
    yield {
        "@id": CRATE, "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": _one_or_more([_BASE, *([_WORKFLOW] if is_run else [])]),
    }  # fmt: skip
    yield {
        "@id": "./", "@type": "Dataset", "name": _name(about),
        "description": _description(about), "datePublished": _time(made.ended),
        "license": {"@id": LICENCE}, "conformsTo": _one_or_more(profiles), "hasPart": _ids(files),
        "mentions": {"@id": "#action"}, **({"mainEntity": {"@id": MANIFEST}} if is_run else {}),
    }  # fmt: skip
    yield {
        "@id": LICENCE, "@type": "CreativeWork", "name": "Apache-2.0",
        "description": "The licence of regiosim and of the data that come with it.",
    }  # fmt: skip
    for profile in profiles:
        words = profile.removeprefix("https://w3id.org/").replace("/", " ")
        yield {"@id": profile, "@type": "CreativeWork", "name": words, "version": profile[-3:]}
    yield from _software(version)
    yield _action(files, about, made, inputs if is_run else [], is_run)
    for number, (name, text) in enumerate(inputs, 1):
        yield {
            "@id": f"#input-{number}", "@type": "PropertyValue", "name": name, "value": text,
            "exampleOfWork": {"@id": f"#parameter-{number}"},
        }  # fmt: skip
        yield {
            "@id": f"#parameter-{number}", "@type": "FormalParameter", "name": name,
            "additionalType": "Text", "conformsTo": {"@id": _PARAMETER},
        }  # fmt: skip
    for name in files:
        yield _workflow(len(inputs), version) if is_run and name == MANIFEST else _file(name)


def _software(version: str) -> Iterator[Entity]:
    said = {"softwareVersion": version} if version else {}
    yield {
        "@id": "#regiosim", "@type": ["SoftwareApplication", "ComputerLanguage"],
        "name": "regiosim", **said,
        "description": "Agent-based simulation of collaboration in Dutch primary care.",
    }  # fmt: skip


def _workflow(inputs: int, version: str) -> Entity:
    return {
        **_file(MANIFEST), "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
        "name": "manifest", "programmingLanguage": {"@id": "#regiosim"},
        "version": version, "conformsTo": {"@id": _BIOSCHEMAS},
        "input": [{"@id": f"#parameter-{number}"} for number in range(1, inputs + 1)],
    }  # fmt: skip


def _action(
    files: Sequence[str],
    about: Mapping[str, Any],
    made: Made,
    inputs: Sequence[tuple[str, str]],
    is_run: bool,
) -> Entity:
    given = [{"@id": f"#input-{number}"} for number in range(1, len(inputs) + 1)]
    command = about.get("command") or "regiosim run, sweep or compare"
    said = command if isinstance(command, str) else " ".join(map(str, command))
    return {
        "@id": "#action", "@type": "CreateAction", "name": _name(about),
        "instrument": {"@id": MANIFEST if is_run else "#regiosim"},
        "startTime": _time(made.began), "endTime": _time(made.ended), "object": given,
        "result": _ids([name for name in files if name != MANIFEST]),
        "actionStatus": "http://schema.org/CompletedActionStatus", "description": said,
    }  # fmt: skip


def _file(name: str) -> Entity:
    path = Path(name)
    drawn = f"Figure: {path.stem.replace('_', ' ')}."
    is_table = path.suffix in (".parquet", ".csv")
    text = _FILES.get(name) or (TABLES.get(path.stem, "A table.") if is_table else drawn)
    kind = _TYPES.get(path.suffix, "application/octet-stream")
    return {
        "@id": name, "@type": "File", "name": path.name, "description": text,
        "encodingFormat": kind,
    }  # fmt: skip


def _inputs(about: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield name and value of what went in: the scenario or the experiment, and texts of files."""
    scenario = about.get("scenario") or {}
    for name, value in scenario.items():
        if value not in (None, "", [], {}):
            yield str(name), value if isinstance(value, str) else json.dumps(value)
    for name in ("experiment", "seeds"):
        if about.get(name):
            yield name, json.dumps(about[name], ensure_ascii=False, default=str)
    for one in about.get("packages") or []:
        yield f"package {one.get('file')}", str(one.get("text"))
    rules = about.get("rules_file") or {}
    if rules:
        yield f"rules {rules.get('file')}", str(rules.get("text"))


def _name(about: Mapping[str, Any]) -> str:
    scenario = about.get("scenario") or {}
    if scenario and about.get("kind") not in OF_OTHERS:
        return f"Run of regiosim: {scenario.get('region')}, {scenario.get('regime')}"
    if about.get("name"):
        return f"Sweep of regiosim: {about['name']}"
    return f"{str(about.get('kind') or 'comparison').capitalize()} by regiosim"


def _description(about: Mapping[str, Any]) -> str:
    asked = f"{about['question']} " if about.get("question") else ""
    called = f" Id {about['id']}." if about.get("id") else ""
    return f"{asked}Output of a simulation: theoretical exposition, not a forecast.{called}"


def _ids(names: Sequence[str]) -> list[Entity]:
    return [{"@id": name} for name in names]


def _one_or_more(names: Sequence[str]) -> Entity | list[Entity]:
    found = _ids(names)
    return found if len(found) > 1 else found[0]


def _time(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(seconds))
