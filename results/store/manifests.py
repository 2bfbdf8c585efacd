"""The manifest of a folder, read and checked: whatever was edited in it is said in one message."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from results.store.checksums import StoreRefused

MANIFEST = "manifest.json"
RUN, SWEEP, COMPARISON, SCORECARD = "run", "sweep", "comparison", "scorecard"
BUSINESS_CASE, SENSITIVITY, DISCOVERY = "business-case", "sensitivity", "discovery"
KINDS = (RUN, SWEEP, COMPARISON, SCORECARD, BUSINESS_CASE, SENSITIVITY, DISCOVERY)
OF_OTHERS = {
    COMPARISON: "comparison", SCORECARD: "scorecard", BUSINESS_CASE: "business",
    SENSITIVITY: "sensitivity", DISCOVERY: "boxes",
}  # fmt: skip
"""Kinds of folders that hold no runs of their own, each with the table that only it has."""
_CALLED = {BUSINESS_CASE: "business case", SENSITIVITY: "sensitivity analysis"}
"""Kinds that are called otherwise in a sentence."""
DEEPEST = 50
"""Levels of entries within entries; those of a manifest are under ten."""
_WORDS = {
    dict: "names and values between { and }", list: "a list between [ and ]", str: "a text",
    int: "a whole number",
}  # fmt: skip
_TYPES: dict[str, type] = {
    "schema_version": str, "kind": str, "id": str, "name": str, "question": str, "text": str,
    "content": str, "rules": str, "record": str, "scopes": str, "from": str, "to": str,
    "switch": str, "engine": str, "start": str, "starting": dict,
    "scenario": dict, "identity": dict, "versions": dict, "code": dict, "machine": dict,
    "policy": dict, "parameters": dict, "parameters_set": dict, "insurers": dict,
    "definitions": dict, "rules_file": dict, "experiment": dict, "design": dict,
    "until": dict, "until.seeds": list, "until.targets": list, "until.most": int,
    "first": dict, "second": dict, "stated": list, "draws": int, "case": dict,
    "year": int, "done": int, "where": str, "seed": int,
    "state": dict, "state.quarter": str, "state.start": str, "continued": dict,
    "seeds": list, "packages": list, "regions": list, "titles": list, "assumed": list,
    "stale": list, "factors": list, "constants": list, "arms": list, "policies": list,
    "outcomes": list, "inert": list, "not_probed": list,
    "points": int, "rows": int, "replicates": int, "runs": int, "batch": int, "batches": int,
    "scenario.region": str, "scenario.regime": str, "scenario.package": str,
    "scenario.settings": list, "scenario.start": str, "scenario.from": str,
    "scenario.to": str, "scenario.horizon": str, "scenario.switch": str, "scenario.seed": int,
    "scenario.replicates": int, "scenario.record": str, "scenario.engine": str,
    "rules_file.file": str, "rules_file.text": str, "rules_file.sha256": str,
    "rules_file.replaced": list,
}  # fmt: skip
"""What entries are, where they are there; which a reader needs it asks for by name."""
_OF_ENTRIES: dict[str, dict[str, type]] = {
    "packages": {"file": str, "text": str},
    "regime_files": {"name": str, "file": str, "text": str}, "factors": {"name": str},
    "regions": {"region": str, "content": str, "files": list},
    "arms": {"region": str, "regime": str},
}  # fmt: skip
"""Lists of entries with names and values, and what each entry has to hold."""


def in_words(kind: str) -> str:
    """Return what a kind of folder is called in a sentence."""
    return _CALLED.get(kind, kind)


class Entries(dict[str, Any]):
    """Names and values of a manifest; who asks for what is not there gets a clear message."""

    def __init__(self, values: Mapping[str, Any], path: Path, above: str = "") -> None:
        super().__init__({k: _wrapped(v, path, f"{above}{k}") for k, v in values.items()})
        self._path, self._above = path, above

    def __missing__(self, key: str) -> NoReturn:
        like = difflib.get_close_matches(str(key), list(self), n=1, cutoff=0.6)
        meant = f" Did you mean {like[0]!r}, which is there?" if like else ""
        raise StoreRefused(
            f"{self._path}: the key {self._above}{key} is missing: it was edited, or written by "
            f"another version.{meant}"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


def _wrapped(value: Any, path: Path, name: str) -> Any:
    if isinstance(value, dict):
        return Entries(value, path, f"{name}.")
    return [_wrapped(one, path, name) for one in value] if isinstance(value, list) else value


def read_manifest(path: Path) -> Entries:
    """Return the manifest in a file, its known entries checked.

    Raises:
        StoreRefused: it cannot be read, is not JSON, or an entry is not what it should be.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise StoreRefused(f"{path} is not JSON: {error}.") from None
    except RecursionError:
        raise StoreRefused(f"{path} is not a manifest: it is nested too deeply.") from None
    except OSError as error:
        raise StoreRefused(f"{path} cannot be read ({error.strerror}).") from None
    if not isinstance(found, dict):
        raise StoreRefused(f"{path} is not a manifest: it holds no names and values.")
    if _depth(found) > DEEPEST:
        raise StoreRefused(f"{path} is not a manifest: it is nested too deeply.")
    _check(found, path)
    return Entries(found, path)


def _depth(value: Any) -> int:
    """Return how deep entries are nested, level by level: without recursion."""
    level, depth = [value], 0
    while level and depth <= DEEPEST:
        inner = [list(v.values()) if isinstance(v, dict) else v for v in level
                 if isinstance(v, dict | list)]  # fmt: skip
        level, depth = [one for many in inner for one in many], depth + 1
    return depth


def _check(found: dict[str, Any], path: Path, above: str = "") -> None:
    for name, kind in _TYPES.items():
        value: Any = found
        for part in name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        fits = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
        if value is not None and not fits:
            raise _unfit(path, above + name, value, kind)
        if kind is int and value is not None and value < (0 if name.endswith("seed") else 1):
            raise StoreRefused(f"{path}: {above}{name}: {value} is out of range.")
    for name, keys in _OF_ENTRIES.items():
        for place, entry in enumerate(found.get(name) or [], 1):
            _check_entry(entry, keys, path, f"{above}{name}[{place}]")
    if found.get("kind") not in (None, *KINDS):
        raise StoreRefused(
            f"{path}: {above}kind: {found['kind']!r} is unknown. Allowed: {', '.join(KINDS)}."
        )
    if "runs" in found and "batch" in found and "batches" in found:
        if found["batches"] != _batches(found, path):
            raise StoreRefused(
                f"{path}: {above}batches: {found['batches']} does not fit {found['runs']} runs in "
                f"batches of {found['batch']}."
            )
    for side in ("first", "second"):
        if isinstance(found.get(side), dict) and found.get("kind") in OF_OTHERS:
            _check(found[side], path, f"{side}.")


def _batches(found: dict[str, Any], path: Path) -> int:
    """Return how many batches the runs make; each stage of a sweep begins a new one."""
    until = found.get("until")
    ends = [found["runs"]] if until is None else until.get("ends")
    if not (isinstance(ends, list) and ends and all(type(end) is int for end in ends)):
        raise StoreRefused(f"{path}: until.ends does not fit: the manifest was edited.")
    pairs = zip([0, *ends], ends, strict=False)
    return int(sum(-(-(end - first) // found["batch"]) for first, end in pairs))


def _check_entry(entry: Any, keys: Mapping[str, type], path: Path, where: str) -> None:
    if not isinstance(entry, dict):
        raise _unfit(path, where, entry, dict)
    for key, kind in keys.items():
        if key not in entry:
            raise StoreRefused(f"{path}: {where}.{key} is missing: the manifest was edited.")
        if not isinstance(entry[key], kind):
            raise _unfit(path, f"{where}.{key}", entry[key], kind)


def _unfit(path: Path, name: str, value: Any, kind: type) -> StoreRefused:
    shown = json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) <= 40 else f"{shown[:37]}..."
    return StoreRefused(f"{path}: {name}: {shown} does not fit. Allowed: {_WORDS[kind]}.")
