"""An experiment given as a mapping in Python, in the place of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def as_tables(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping as a file of the same content would be read: a copy, of plain values.

    Tuples and arrays become lists, the numbers of NumPy those of Python.
    """
    return {str(key): _plain(value) for key, value in given.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return as_tables(value)
    if hasattr(value, "tolist"):  # NumPy
        return value.tolist()
    if isinstance(value, list | tuple | range):
        return [_plain(one) for one in value]
    return value
