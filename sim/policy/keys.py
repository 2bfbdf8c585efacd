"""The keys of titles and of policy, from the records that the kernels read."""

from __future__ import annotations

from typing import Any, NamedTuple, get_args, get_type_hints

from agents.compiled.record import Record
from agents.title import Default, National, Policy, Title
from agents.words import Function, Group, MandateOf, Origin, PayUnit
from sim.place.national import national_insured

RECEIVERS = ("practice", "unit", "hub", "organisation", "ros")
"""Who may receive the money of a title."""

ANY = "any"
"""The word for hubs of every origin."""

WORDS: dict[str, tuple[str, ...]] = {
    "receiver": RECEIVERS,
    "functions": Function.words(),
    "groups": Group.words(),
    "unit": PayUnit.words(),
    "mandate_of": MandateOf.words(),
    "origin": (ANY, *Origin.words()),
    "insurers": tuple(national_insured()),
}
"""The words that a key takes, or in which its shares are given."""

MADE = "active"
"""The one field that no file says: it follows from the dates and from ``in_force``."""

GROWN = "room"
"""The one field of policy that no file says: it follows from ``macro`` and ``growth``."""

RENAMED = {"phase": "in_force"}
"""Keys that older files and settings may say, and what they are called now."""


class Key(NamedTuple):
    """A quantity that is dated: its default, limits, units and whether it is a whole number."""

    default: float
    low: float
    high: float
    units: tuple[str, ...]
    whole: bool = False


def notes_of(record: type[Record], name: str) -> tuple[Any, ...]:
    """Return what is noted beside the type of a key of ``record``."""
    return get_args(get_type_hints(record, include_extras=True)[name])


def default_of(record: type[Record], name: str) -> float:
    """Return what a key of ``record`` is where no file says it."""
    notes = notes_of(record, name)
    return next((note.value for note in notes if isinstance(note, Default)), 0.0)


def _series(record: type[Record]) -> dict[str, Key]:
    out = {}
    for field in record.fields:
        if field.kind == "?" or field.width or not field.limits:
            continue
        try:
            low, high = (float(part) for part in field.limits.split(".."))
        except ValueError:
            where = f"{record.__name__}.{field.name}"
            raise TypeError(f"{where}: limits {field.limits!r} are not LOW..HIGH") from None
        units = tuple(field.unit.split(" or "))
        whole = field.kind == "i8"
        out[field.name] = Key(default_of(record, field.name), low, high, units, whole)
    return out


TITLE_SERIES = _series(Title)
"""The dated keys of a title. Unit ``share`` for lump and rate: see design.toml."""

POLICY_SERIES = _series(Policy)
"""What holds for a quarter whatever the title. A regime must give each from 2006 on."""

NATIONAL_KEYS: dict[str, str] = {
    key: note.why
    for key in POLICY_SERIES
    for note in notes_of(Policy, key)
    if isinstance(note, National)
}
"""The keys of policy of which no insurer has a value of its own, each with the reason."""

INSURERS_KEYS = tuple(key for key in POLICY_SERIES if key not in NATIONAL_KEYS)
"""The keys of policy of which an insurer may have values of its own."""

TITLE_FLAGS: dict[str, bool] = {
    field.name: bool(default_of(Title, field.name))
    for field in Title.fields
    if field.kind == "?" and field.name != MADE
}
"""The keys of a title that are true or false, and what they are where its file is silent."""

STATICS = (
    "from",
    "until",
    *(field.name for field in Title.fields if field.name not in (MADE, "functions", *TITLE_SERIES)),
)
"""Keys of a title that hold for good; ``functions`` is one more, with a source of its own."""
