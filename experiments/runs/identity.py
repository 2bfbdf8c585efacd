"""Ids that say what a run was made of: equal content, equal id, on every machine.

The hash of rules is one of what the rules say, see ``experiments.runs.definitions``: a comment, a
docstring, the description of a column, a move to another file change no id; a constant, an
operator, the kind or the place of a column, the body of a rule do.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from agents.compiled.kept import checked, sealed
from agents.compiled.rule import CACHE
from agents.compiled.swaps import OWN
from experiments.runs.definitions import Definitions
from experiments.runs.spelling import spelled
from results.store.ids import IDENTITY

_ROOT = Path(__file__).resolve().parents[2]
_PACKAGES = ("agents", "sim")
_SELF = ("identity.py", "definitions.py", "spelling.py")

# By names of files or of folders, wherever they are.
_ONLY_USED = frozenset(
    {"place", "policy", "bundle", "columns", "lookups", "record", "rows", "rule"}
)
"""What makes the content of a scenario, which is hashed by itself, and what makes kernels: in
these only that counts to which a rule, or what prepares its tables, refers."""
_ALL_THE_SAME = frozenset({"regime"})
"""Part of these that counts as a whole: it makes columns of the content."""
_BY_NAME = frozenset(
    {
        "errors",
        "face",
        "guard",
        "kept",
        "model",
        "parameters",
        "plan",
        "rules_file",
        "swaps",
        "twin",
    }  # fmt: skip
)
"""What changes no result: messages, the Mesa model, plans, the replacing of rules, compiled code as
it is kept; and parameters,
whose names, kinds and values are content."""
LENGTH = 16
DIGITS = 9


def module_files(root: Path) -> dict[str, Path]:
    """Return the file of every module of the model, by its dotted name."""
    found = {}
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*.py"), key=lambda p: p.as_posix()):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def definitions(root: Path = _ROOT) -> Definitions:
    """Return all definitions that can move a result of the model in the folder ``root``."""
    files = module_files(root)
    parts = {name: set(name.split(".")[1:]) for name in files}
    named = [name for name in files if parts[name] & _BY_NAME]
    starts = [
        name for name in files
        if name not in named and (parts[name] & _ALL_THE_SAME or not parts[name] & _ONLY_USED)
    ]  # fmt: skip
    return Definitions(files, starts, named)


def _texts() -> str:
    """Return a hash of all texts that the hash of rules is made from."""
    files = [*module_files(_ROOT).values(), *(Path(__file__).with_name(name) for name in _SELF)]
    digest = hashlib.sha256(json.dumps(IDENTITY, sort_keys=True).encode())
    for path in files:
        text = path.read_bytes()
        digest.update(f"{path.relative_to(_ROOT).as_posix()} {len(text)}\n".encode())
        digest.update(text)
    return digest.hexdigest()[:LENGTH]


def _model_hash() -> str:
    """Return the hash of the model's rules; kept beside the compiled code, by all its texts.

    Reading the trees takes about as long as a small run does.
    """
    kept = CACHE / f"identity-{_texts()}"
    known = (checked(kept) or b"").decode("ascii", errors="replace")
    if known:
        return known
    found = definitions().digest().hex()[: 2 * LENGTH]
    aside = kept.with_name(f".{kept.name}.{os.getpid()}")
    with suppress(OSError):  # a read-only home
        aside.write_bytes(sealed(kept.name, found.encode("ascii")))
        os.replace(aside, kept)
    return found


@lru_cache(maxsize=1)
def rules_hash() -> str:
    """Return a hash of what all rules and phases say, a user's own too, equal everywhere."""
    digest = hashlib.sha256(json.dumps(IDENTITY, sort_keys=True).encode())
    digest.update(_model_hash().encode())
    if OWN is not None:
        digest.update(own_hash(OWN.text).encode())
    return digest.hexdigest()[:LENGTH]


def own_hash(text: str) -> str:
    """Return a hash of what a file of rules of a user's own says, in its order."""
    return hashlib.sha256(spelled(ast.parse(text)).encode()).hexdigest()


def hash_of(value: Any) -> str:
    """Return 16 hex digits of the SHA-256 of ``value`` as canonical JSON."""
    return _hash_of_text(text_of(value))


def hash_of_parts(parts: Mapping[str, str]) -> str:
    """Return the same of a mapping whose values are canonical JSON already."""
    return _hash_of_text("{" + ",".join(f'"{name}":{parts[name]}' for name in sorted(parts)) + "}")


def text_of(value: Any) -> str:
    """Return ``value`` as canonical JSON."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    )


def _hash_of_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def rounded(value: Any) -> Any:
    """Return ``value`` with its floats in nine significant digits.

    Coordinates come from sines and cosines, whose last bit is the machine's own.
    """
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    return value
