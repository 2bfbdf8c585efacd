"""Which titles a regime has: a list of its own, or those of its base and what it changes."""

from __future__ import annotations

from collections.abc import Sequence

from sim.errors import BadInput, nearest
from sim.policy.schema import RegimeHead

RULE = "titles = [...] without a base; with one only add = [...] and drop = [...]"


def chosen_titles(
    head: RegimeHead, base: Sequence[str], known: Sequence[str], where: str
) -> list[str]:
    """Return the names of the titles of a regime, in the order of the table's columns.

    Added titles stand where the first dropped one stood, in the order given, or come last where
    none is dropped: a title that takes the place of others leaves the rest where they are.

    Args:
        head: the head of the regime's file.
        base: the titles of its base in order (empty without a base).
        known: every title that has a file.
        where: the file, for messages.

    Raises:
        BadInput: ``titles`` with a base, ``add`` or ``drop`` without; a title that is unknown or
            named twice, added though the base has it, or dropped though the base has it not.
    """
    if head.base is None:
        if head.add or head.drop:
            key = "add" if head.add else "drop"
            raise BadInput(f"{where}: {key}", "there is no base to change", allowed=RULE)
        if head.titles is None:
            raise BadInput(f"{where}: titles", "is missing", allowed=RULE)
        _check("titles", head.titles, known, where)
        return list(head.titles)
    if head.titles is not None:
        raise BadInput(f"{where}: titles", f"base {head.base!r} gives them", allowed=RULE)
    _check("add", head.add, known, where)
    _check("drop", head.drop, known, where)
    for name in head.add:
        if name in base:
            free = [one for one in known if one not in base]
            problem = f"base {head.base!r} has title {name!r} already"
            raise BadInput(f"{where}: add", problem, allowed=", ".join(free))
    for name in head.drop:
        if name not in base:
            problem = f"base {head.base!r} has no title {name!r}"
            raise BadInput(
                f"{where}: drop", problem, allowed=", ".join(base), nearest=nearest(name, base)
            )
    gap = min((list(base).index(name) for name in head.drop), default=len(base))
    return [*base[:gap], *head.add, *(name for name in base[gap:] if name not in head.drop)]


def _check(key: str, names: Sequence[str], known: Sequence[str], where: str) -> None:
    for number, name in enumerate(names):
        if name not in known:
            problem = f"unknown title {name!r}"
            allowed = ", ".join(known)
            raise BadInput(
                f"{where}: {key}", problem, allowed=allowed, nearest=nearest(name, known)
            )
        if name in names[:number]:
            raise BadInput(f"{where}: {key}", f"{name!r} is there twice", allowed="each once")
