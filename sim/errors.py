"""The one exception for bad input, by the name under which the model and its users know it."""

from __future__ import annotations

from agents.compiled.errors import BadInput, nearest

__all__ = ["BadInput", "nearest"]
