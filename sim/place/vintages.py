"""Tables of CBS by form and year: names of their columns, and which table holds which year."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from functools import lru_cache
from typing import Any, NamedTuple

from sim.place.national import SHIPPED

FILE = SHIPPED / "cbs.toml"
NEEDED = (("code",), ("population",), ("old", "old_65_80"), ("area_ha", "area_km2"))
"""Fields without which a table makes no region, one of each group."""

_NAMED = re.compile(r"(?:kwb|wijk|buurt|gemeente)[a-z_ -]*((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_MISSING = re.compile(r"-9999\d{0,4}(\.0+)?", re.ASCII)


class Form(NamedTuple):
    """A form in which CBS publishes: its name, first and last year, and columns by field."""

    name: str
    years: tuple[int, int]
    columns: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _said() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def forms() -> tuple[Form, ...]:
    """Return the forms that are known, in the order in which their names are looked for."""
    return tuple(
        Form(one["name"], (one["years"][0], one["years"][1]),
             {field: tuple(names) for field, names in one["columns"].items()})
        for one in _said()["form"]
    )  # fmt: skip


@lru_cache(maxsize=1)
def tables() -> dict[int, str]:
    """Return the table of open data by the year of its figures."""
    return {int(year): str(table) for year, table in _said()["tables"].items()}


@lru_cache(maxsize=1)
def _marks() -> frozenset[str]:
    return frozenset(("", *_said()["missing"]["marks"]))


def is_unknown(text: str) -> bool:
    """Return whether a cell says that its figure is not known."""
    return text in _marks() or _MISSING.fullmatch(text) is not None


def names_of(field: str) -> tuple[str, ...]:
    """Return what CBS calls a column, each name once, in the order of the forms."""
    return tuple(dict.fromkeys(name for form in forms() for name in form.columns.get(field, ())))


def year_in(name: str) -> int | None:
    """Return the year that the name of a file of CBS says, such as ``kwb-2022.csv``."""
    found = _NAMED.search(name)
    return int(found[1]) if found else None


def most_like(flat: Collection[str], plain: dict[str, str]) -> tuple[Form, bool] | None:
    """Return the form whose columns a header has most of, and whether it has all that is needed.

    Args:
        flat: the names of the header, without what does not count.
        plain: the same of every name of the forms.

    Returns:
        None where fewer than two fields of any form are there.
    """
    best: tuple[int, int, Form, bool] | None = None
    for k, form in enumerate(forms()):
        own = {
            field for field, names in form.columns.items() if any(plain[n] in flat for n in names)
        }
        whole = all(set(group) & own for group in NEEDED)
        score = len(own) + ("code" in own)
        if len(own) > 1 and (best is None or (score, -k) > best[:2]):
            best = (score, -k, form, whole)
    return None if best is None else best[2:]
