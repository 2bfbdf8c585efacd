"""With what a run was made: code, versions, machine and command. No names of users or folders."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import llvmlite.binding

from experiments.runs.called import command
from experiments.runs.version import VERSION

ROOT = Path(__file__).resolve().parents[2]
OWN = "regiosim"
_EXTRAS = {"SALib": "SALib", "distributed": "distributed", "dask_jobqueue": "dask-jobqueue"}
"""Packages that only some designs and clusters need, by the module that is then imported."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SHIPPED = ("agents", "experiments", "regiosim", "results", "sim")
GIT_SECONDS = 5.0


def provenance() -> dict[str, Any]:
    """Return what a manifest says of code, versions, machine and command."""
    return {
        "command": command(),
        "code": code(),
        "machine": machine(),
        "versions": versions(),
    }


def versions() -> dict[str, str]:
    """Return the versions of the program, of Python and of every package that it stands on."""
    extras = tuple(name for module, name in _EXTRAS.items() if module in sys.modules)
    return {OWN: VERSION, "python": platform.python_version(), **_installed(extras)}


@lru_cache(maxsize=4)
def _installed(extras: tuple[str, ...]) -> dict[str, str]:
    """Return the version of all that is installed of what ``regiosim`` requires, and so on."""
    found: dict[str, str] = {}
    seen, waiting = {OWN}, [*_required(OWN)[1], *extras]
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in seen:
            continue
        seen.add(key)
        version, more = _required(name)
        if version:
            found[key] = version
            waiting += more
    return dict(sorted(found.items()))


def _required(name: str) -> tuple[str, list[str]]:
    """Return the version of an installed package and what it requires without any extra.

    The head of its metadata is read line by line: a parser of mail takes ten times as long. Beside
    a checkout from which it was installed the metadata has another name.
    """
    try:
        found = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return "", []
    text = found.read_text("METADATA") or found.read_text("PKG-INFO") or ""
    version, names = "", []
    for line in text.partition("\n\n")[0].splitlines():
        key, _, value = line.partition(": ")
        if key == "Version":
            version = value.strip()
        elif key == "Requires-Dist" and "extra" not in value.partition(";")[2]:
            if start := _NAME.match(value.strip()):
                names.append(start[0])
    return version, names


@lru_cache(maxsize=1)
def code() -> dict[str, Any]:
    """Return which code ran: the commit of a checkout, the wheel, or a hash of the sources.

    Keys: ``commit`` and ``changed`` (whether tracked files differ from it); or ``wheel``, the
    SHA-256 of the list of files and hashes that an installed wheel holds; ``sources``, the
    SHA-256 of all source files, where neither says it all.
    """
    found = _commit()
    if not found and (hashed := _wheel()):
        found = {"wheel": hashed}
    if not found or found.get("changed"):
        found["sources"] = _sources()
    return found


def _commit() -> dict[str, Any]:
    if not (ROOT / ".git").exists():
        return {}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    asked = ["git", "-C", str(ROOT), "--no-optional-locks", "status", "--porcelain=v2", "--branch",
             "--untracked-files=no"]  # fmt: skip
    try:
        said = subprocess.run(
            asked, capture_output=True, timeout=GIT_SECONDS, env=plain, check=True,
            stdin=subprocess.DEVNULL,
        ).stdout.decode(errors="replace")  # fmt: skip
    except (OSError, subprocess.SubprocessError):  # no git, or not allowed to look
        return {}
    lines = said.splitlines()
    heads = [line.split()[-1] for line in lines if line.startswith("# branch.oid ")]
    if not heads or not re.fullmatch(r"[0-9a-f]{40,64}", heads[0]):  # before the first commit
        return {}
    return {"commit": heads[0], "changed": any(not line.startswith("#") for line in lines)}


def _wheel() -> str:
    """Return the SHA-256 of the wheel's list of files, or nothing where the code is no wheel's."""
    try:
        found = importlib.metadata.distribution(OWN)
    except importlib.metadata.PackageNotFoundError:
        return ""
    text = found.read_text("RECORD") or ""
    # What installing wrote is of the machine: compiled files, scripts and how it was asked for.
    lines = [
        line for line in text.splitlines() if line.startswith(tuple(f"{n}/" for n in _SHIPPED))
    ]
    lines = sorted(line for line in lines if ".pyc" not in line)
    if not lines or Path(str(found.locate_file(""))).resolve() != ROOT:
        return ""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _sources() -> str:
    digest = hashlib.sha256()
    files = [
        path for name in _SHIPPED for kind in ("*.py", "*.toml", "*.csv", "*.j2")
        for path in (ROOT / name).rglob(kind)
    ]  # fmt: skip
    for path in sorted(files, key=lambda one: one.relative_to(ROOT).as_posix()):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT).as_posix()} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def machine() -> dict[str, str]:
    """Return architecture, processor and operating system, without the machine's own name."""
    library = "-".join(part for part in platform.libc_ver() if part)
    return {
        "architecture": platform.machine(),
        "processor": llvmlite.binding.get_host_cpu_name(),
        "system": platform.system(),
        "release": platform.release(),
        **({"library": library} if library else {}),
    }
