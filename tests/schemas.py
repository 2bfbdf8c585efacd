"""What the loaders take, key by key, as the pages ``docs/schema-*.md`` have to say it."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from agents.title import Policy, Title
from experiments.sweeps.file.design import DesignTable
from experiments.sweeps.file.experiment import SCHEMA, Head, RecordTable, RunsTable
from experiments.sweeps.file.factor_table import FactorTable
from sim.place.assemble import MUNICIPALITIES
from sim.place.description import SOURCES, UNITS, Column, Description
from sim.place.headers import COLUMNS
from sim.place.newly import NEIGHBOURS
from sim.place.settle import NEED
from sim.policy.keys import GROWN, MADE, POLICY_SERIES, TITLE_SERIES, WORDS
from sim.policy.schema import PackageHead, PolicyPatch, RegimeHead, TitleFile
from sim.policy.values import Dated

DOCS = Path(__file__).resolve().parents[1] / "docs"
NEEDED = "needed"
PLAIN = {
    "str": "text", "float": "number", "int": "whole number", "bool": "true or false",
    "date": "date", "Any": "any",
}  # fmt: skip


class Declared(NamedTuple):
    """What a loader takes for a key, and what it is where no file says it."""

    type: str
    default: str


def word_of(annotation: Any) -> str:
    """Return the type of a field in words."""
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return word_of(parts[0])
    if origin is Literal:
        return "text"
    if origin in (types.UnionType, typing.Union):
        return word_of(next(part for part in parts if part is not type(None)))
    if origin in (list, tuple):
        if origin is tuple and parts[-1] is not Ellipsis:
            return f"{len(parts)} numbers"
        return "list of " + _many(word_of(parts[0]))
    if origin is dict or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return "table"
    return PLAIN[getattr(annotation, "__name__", "Any")]


def _many(word: str) -> str:
    if word == "any":
        return "values"
    return "lists" + word.removeprefix("list") if word.startswith("list") else f"{word}s"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return NEEDED
    value = field.default
    if value is None or value in ("", (), {}, []):
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "all" if isinstance(value, tuple) else str(value)
    return str(value)


def keys_of(model: type[BaseModel], before: str = "", deep: bool = True) -> dict[str, Declared]:
    """Return the keys of a model by their dotted names, and of the models in it; [] is a list."""
    found: dict[str, Declared] = {}
    for name, field in model.model_fields.items():
        path = f"{before}{field.alias or name}"
        found[path] = Declared(word_of(field.annotation), _default(field))
        inner, mark = _inner(field.annotation)
        if deep and inner is not None:
            found |= keys_of(inner, f"{path}{mark}.")
    return found


def _inner(annotation: Any) -> tuple[type[BaseModel] | None, str]:
    """Return the model in a type, and what stands behind its key: [] where there are many."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, ""
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (list, tuple):
        return _inner(parts[0])[0], "[]"
    if origin in (types.UnionType, typing.Union, typing.Annotated):
        return _inner(parts[0])
    return None, ""


def _title_keys() -> dict[str, Declared]:
    found = keys_of(TitleFile, "title.NAME.", deep=False)
    found |= keys_of(typing.get_type_hints(TitleFile)["functions"], "title.NAME.functions.")
    for key, rule in TITLE_SERIES.items():
        found[f"title.NAME.{key}"] = Declared("list of tables", f"{rule.default:g}")
    found["title.NAME.name"] = Declared("text", "none")  # the name of its table
    return found | keys_of(Dated, "title.NAME.KEY[].")


def _policy_keys() -> dict[str, Declared]:
    found = keys_of(PolicyPatch, "policy.", deep=False)
    return found | {"policy.KEY[].insurers": Declared("list of texts", "none")}


def of_record() -> dict[str, tuple[str, str, str]]:
    """Return unit, what is allowed and meaning of each key of titles and of policy."""
    found = {}
    for record, series, before in (
        (Title, TITLE_SERIES, "title.NAME"), (Policy, POLICY_SERIES, "policy"),
    ):  # fmt: skip
        for field in record.fields:
            rule = series.get(field.name)
            if rule is not None:
                allowed = f"{'whole, ' if rule.whole else ''}{rule.low:g} to {rule.high:,.0f}"
                found[f"{before}.{field.name}"] = ", ".join(rule.units), allowed, field.text
            elif field.name not in (MADE, GROWN, "functions"):
                words = WORDS.get(field.name, ("true", "false"))
                allowed = ", ".join(f"`{word}`" for word in words)
                found[f"{before}.{field.name}"] = "–", allowed, field.text
    return found


def _region() -> dict[str, Declared]:
    found = keys_of(Description)
    found |= {f"sources.{name}": Declared("text", NEEDED) for name in SOURCES}
    for table, columns in UNITS.items():
        found |= {f"columns.{table}.{name}": Declared("table", NEEDED) for name in columns}
        found |= keys_of(Column, f"columns.{table}.COLUMN.")
    needed = Declared("column", NEEDED)
    none = Declared("column", "none")
    found |= {f"municipalities.csv: {name}": needed for name in MUNICIPALITIES}
    found |= {"municipalities.csv: preferred": none}
    found |= {f"neighbours.csv: {name}": needed for name in NEIGHBOURS}
    found |= {f"districts.csv: {name}": needed for name in ("municipality", "name", "population")}
    places = ("x_km", "y_km", "lat", "lon", "radius_km", *NEED)
    found |= {f"districts.csv: {name}": none for name in places}
    found |= {"shares.csv: municipality": needed, "shares.csv: INSURER": needed}
    return found | {f"new: {one.field}": Declared("column", "") for one in COLUMNS}


def _experiment() -> dict[str, Declared]:
    found = {"schema": Declared("whole number", str(SCHEMA)), **keys_of(Head)}
    found |= keys_of(RunsTable, "runs.") | keys_of(RecordTable, "record.")
    found["constants"] = Declared("table", "none")
    # Levers and uncertainties are read alike.
    found |= keys_of(FactorTable, "levers.NAME.") | keys_of(DesignTable, "design.")
    return found | {"design.kind": Declared("text", "factorial")}  # where no factor needs a sample


def declared(page: str) -> Mapping[str, Declared]:
    """Return what the page of a kind of file has to name: region, regime, package, experiment."""
    if page == "region":
        return _region()
    if page == "experiment":
        return _experiment()
    if page == "regime":
        return keys_of(RegimeHead)
    top = {"add": Declared("list of texts", "none")}
    return {**keys_of(PackageHead, "package."), **top, **_title_keys(), **_policy_keys()}


class Written(NamedTuple):
    """A row of a page: key, type, unit, what is allowed, default and meaning."""

    key: str
    type: str
    unit: str
    allowed: str
    default: str
    meaning: str


def written(page: str) -> list[Written]:
    """Return the rows of the tables of keys on a page."""
    rows = []
    for line in (DOCS / f"schema-{page}.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| `") and len(cells) == len(Written._fields):
            rows.append(Written(cells[0].strip("`"), *cells[1:]))
    return rows
