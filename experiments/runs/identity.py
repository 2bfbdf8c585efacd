"""Ids that say what a run was made of: equal content, equal id, on every machine."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from agents.swaps import OWN

_ROOT = Path(__file__).resolve().parents[2]
_PACKAGES = ("agents", "sim")
_APART = frozenset({"policy", "place", "errors.py", "parameters", "parameters.py", "model.py"})
"""Parts of ``sim`` that reach a run only through its content, or that change no result."""
LENGTH = 16
DIGITS = 9


@lru_cache(maxsize=1)
def rules_hash() -> str:
    """Return a hash of the text of all rules and phases, a user's own too, equal everywhere."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for path in sorted((_ROOT / package).rglob("*.py"), key=lambda p: p.as_posix()):
            relative = path.relative_to(_ROOT)
            if relative.parts[1] in _APART:
                continue
            digest.update(f"{relative.as_posix()}\n".encode())
            digest.update(path.read_text(encoding="utf-8").encode())  # line ends as \n
    if OWN is not None:
        digest.update(OWN.sha256.encode())
    return digest.hexdigest()[:LENGTH]


def hash_of(value: Any) -> str:
    """Return 16 hex digits of the SHA-256 of ``value`` as canonical JSON."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    )
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
