"""Read policy files, and turn whatever is wrong with them into one clear message."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sim.errors import BadInput, nearest
from sim.place.national import nearest_insurer
from sim.policy.keys import POLICY_SERIES, RENAMED
from sim.policy.values import Dated, Functions, PolicyDated, Strict
from sim.reading.files import read_toml

__all__ = ["explain", "names_of", "read_toml", "take_table", "unknown_key", "validate"]

M = TypeVar("M", bound=Strict)

_TYPES = {
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "finite_number": "a finite number",
    "string_type": "text between quotes",
    "bool_type": "true or false",
    "date_type": "a date without quotes, such as 2019-01-01",
    "tuple_type": "a list between [ and ]",
    "list_type": "a list between [ and ]",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dict_type": "a table",
}


def names_of(model: type[BaseModel]) -> list[str]:
    """Return the keys of a model as they are written in a file."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _written(model: type[BaseModel], name: str | int) -> str:
    if isinstance(name, int):
        return f"[{name + 1}]"
    field = model.model_fields.get(name)
    return (field.alias if field and field.alias else name) or name


def _allowed_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    if len(loc) == 1:
        return names_of(model)
    if loc[0] in POLICY_SERIES:
        return names_of(PolicyDated)
    return names_of(Functions if "functions" in loc[:-1] else Dated)


def _plain(value: Any) -> str:
    text = repr(value) if not hasattr(value, "isoformat") else str(value)
    if isinstance(value, bool):
        text = text.lower()  # as it stands in the file
    return text if len(text) <= 60 else text[:57] + "..."


def unknown_key(where: str, problem: str, name: str, known: list[str]) -> BadInput:
    """Return what to say of a key that is none of ``known``: its new name, or the most like it."""
    new = RENAMED.get(name)
    if new in known:
        return BadInput(where, f"{name!r} is called {new!r} now")
    return BadInput(where, problem, allowed=", ".join(known), nearest=nearest(name, known))


def explain(
    model: type[BaseModel], error: ValidationError, where: str, between: str = ": "
) -> BadInput:
    """Return the foremost problem of a pydantic error as one message about a file and key."""
    errors = error.errors(include_url=False)
    # A misspelt key is also a missing one: name the misspelling.
    first = next((e for e in errors if e["type"] == "extra_forbidden"), errors[0])
    loc = first["loc"]
    names = [_written(model, part) for part in loc]
    if first["type"] == "extra_forbidden":
        names[-1] = str(loc[-1])  # as it stands in the file, though a field may be called so
    key = ".".join(names).replace(".[", "[")
    place = f"{where}{between}{key}" if key else where
    kind, context, value = first["type"], first.get("ctx", {}), first.get("input")
    if kind == "extra_forbidden":
        return unknown_key(place, "unknown key", str(loc[-1]), sorted(_allowed_at(model, loc)))
    if kind == "missing":
        return BadInput(place, "is missing")
    if "names" in context:
        names = list(context["names"])
        given = str(context.get("value", value)).strip("'")
        return BadInput(
            place, first["msg"], allowed=", ".join(names), nearest=nearest_insurer(given, names)
        )
    if kind in _TYPES:
        return BadInput(place, f"{_plain(value)} does not fit", allowed=_TYPES[kind])
    if kind in ("greater_than_equal", "less_than_equal"):
        return BadInput(place, f"{_plain(value)} is out of range", allowed="a share from 0 to 1")
    return BadInput(place, first["msg"], allowed=str(context.get("allowed", "")))


def validate(model: type[M], raw: Any, where: str, between: str = ": ") -> M:
    """Return ``raw`` as a ``model``, or raise ``BadInput``: ``where``, ``between`` and the key."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise explain(model, error, where, between) from None


def take_table(raw: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    """Remove and return the table ``key`` of a file (empty where it is absent)."""
    table = raw.pop(key, {})
    if not isinstance(table, dict):
        raise BadInput(f"{where}: {key}", "does not fit", allowed=f"a table [{key}...]")
    return table
