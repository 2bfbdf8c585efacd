"""The lock: exact versions with hashes, within the bounds of pyproject.toml, no addresses."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-lock.txt"


def locked() -> list[tuple[Requirement, list[str]]]:
    """Every requirement of the lock with its hashes."""
    text = re.sub(r"(?m)^#.*\n", "", LOCK.read_text(encoding="utf-8"))
    found = []
    for entry in text.replace("\\\n", " ").splitlines():
        said, *hashes = re.split(r"\s+--hash=", entry.strip())
        found.append((Requirement(said), hashes))
    return found


def test_every_package_has_one_version_and_whole_hashes() -> None:
    for requirement, hashes in locked():
        (pin,) = requirement.specifier
        assert pin.operator == "==" and "*" not in pin.version, requirement
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes)
        assert not requirement.url
    names = [(str(one.name), str(one.marker)) for one, _ in locked()]
    assert len(names) == len(set(names)) > 20


def test_the_bounds_of_the_project_hold() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions: dict[str, list[str]] = {}
    for one, _ in locked():
        (pin,) = one.specifier
        versions.setdefault(canonicalize_name(one.name), []).append(pin.version)
    for text in project["dependencies"]:
        bound = Requirement(text)
        found = versions.get(canonicalize_name(bound.name), [])
        assert found, f"{bound.name} is not locked: make lock"
        assert all(bound.specifier.contains(one) for one in found), f"{bound}, {found}: make lock"


def test_there_is_no_address_in_it() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert not re.search(r"://|(?m:^\s*-(?!-hash=))|index-url|find-links|@ ", text)
