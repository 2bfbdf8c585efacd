"""New titles: whole declarations ``[title.NAME]`` in a package or a regime file of one's own.

A name that no title has is a declaration where the file switches it on. It has to be whole, and is
checked as the titles that come with the program are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from agents.sizes import TITLES
from agents.words import PayUnit
from sim.errors import BadInput
from sim.policy.read import names_of, take_table, validate
from sim.policy.schema import PolicyPatch, TitleFile, TitlePatch
from sim.policy.units import RATES

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 40
"""Characters of the name of a title: it is part of the names of columns."""
NAMES = f"small letters, digits and single hyphens, up to {LONGEST}, a letter first"

TAKEN = ("premium",)
"""Names that the ledger has for postings that no title makes."""

AMOUNTS = ("lump", "rate", "negotiated", "margin")
"""The keys by one of which a title pays."""

_WHOLE = set(names_of(TitleFile)) - set(names_of(TitlePatch))


def read_patches(
    raw: dict[str, Any], where: str, on: Collection[str], known: Collection[str]
) -> tuple[dict[str, TitlePatch], PolicyPatch, dict[str, TitleFile]]:
    """Take the tables ``[title.NAME]`` and ``[policy]`` out of a file and check them.

    Args:
        raw: the file.
        where: the file, for messages.
        on: titles that the file switches on.
        known: titles that come with the program.

    Returns:
        What is changed of titles and of policy, and the titles that the file declares.
    """
    tables = take_table(raw, "title", where)
    new = declared_titles(tables, on, known, where)
    titles = {
        name: validate(TitlePatch, table, f"{where}: title.{name}")
        for name, table in tables.items()
        if name not in new
    }
    policy = validate(PolicyPatch, take_table(raw, "policy", where), f"{where}: policy")
    return titles, policy, new


def declared_titles(
    tables: Mapping[str, Any], on: Collection[str], known: Collection[str], where: str
) -> dict[str, TitleFile]:
    """Return the titles that a file declares whole, by name.

    Args:
        tables: what stands under ``[title]`` in the file.
        on: names that the file switches on (``add``, or ``titles`` of a regime).
        known: the titles that come with the program: of these a file gives single keys.
        where: the file, for messages.

    Raises:
        BadInput: a declaration is not whole, is of a title that there is, or is switched on
            nowhere.
    """
    found = {}
    for name, table in tables.items():
        whole = sorted(_WHOLE & set(table)) if isinstance(table, dict) else []
        if name in known:
            if whole:
                raise BadInput(
                    f"{where}: title.{name}.{whole[0]}",
                    f"{name!r} comes with the program: only values of it can be changed",
                    allowed="another name for a new title, or this one without " + ", ".join(whole),
                )
        elif name in on:
            found[name] = declared_title(name, table, where)
        elif whole:
            raise BadInput(
                f"{where}: title.{name}", "is declared but not switched on",
                allowed=f'add = ["{name}"]',
            )  # fmt: skip
    return found


def declared_title(name: str, table: Any, where: str) -> TitleFile:
    """Return a title from its table; ``sim.policy.overrides.check_title`` checks what is left."""
    place = f"{where}: title.{name}"
    if not _NAME.fullmatch(name) or len(name) > LONGEST or name in TAKEN:
        raise BadInput(place, f"{name!r} cannot be the name of a title", allowed=NAMES)
    if isinstance(table, dict) and table.get("name", name) != name:
        raise BadInput(f"{place}.name", f"{table['name']!r} is not {name!r}", allowed=repr(name))
    raw = {**table, "name": name} if isinstance(table, dict) else table
    title = validate(TitleFile, raw, place, ".")
    _check_amounts(title, place)
    return title


def _check_amounts(title: TitleFile, place: str) -> None:
    """Refuse a title that pays nothing, and an amount that its way of paying does not read."""
    unit = RATES.get(title.unit)
    for dated in title.series("rate"):
        if dated.unit not in (unit, "share"):
            raise BadInput(
                f"{place}.rate", f"unit {dated.unit!r} does not go with unit = {title.unit!r}",
                allowed=repr(unit) if unit else "lump, for a lump sum",
            )  # fmt: skip
    lumps = [PayUnit.LUMP_SUM.word, PayUnit.TWO_PART.word]
    if title.series("lump") and title.unit not in lumps:
        raise BadInput(
            f"{place}.lump", f"does nothing where unit = {title.unit!r}",
            allowed=" or ".join(f"unit = {word!r}" for word in lumps),
        )  # fmt: skip
    if not any(dated.value > 0.0 for key in AMOUNTS for dated in title.series(key)):
        raise BadInput(place, "pays nothing", allowed=f"an amount above 0: {', '.join(AMOUNTS)}")


def check_count(names: Collection[str], where: str) -> None:
    """Refuse more titles than tables have columns for."""
    if len(names) > TITLES:
        raise BadInput(where, f"makes {len(names)} titles", allowed=f"at most {TITLES} in a regime")
