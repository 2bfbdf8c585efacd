"""Load a regime by name, with packages and settings on top. Start reading policy here.

A regime file names its titles (``titles``), or builds on another (``base``) and says which titles
it has more or less (``add``, ``drop``). It overrides keys of titles (``[[title.NAME.KEY]]``) and
gives the policy (``[[policy.KEY]]``). A base may have a base. The order of precedence is: title
file, base regime, regime, packages in the order given, settings in the order given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sim.errors import BadInput, nearest
from sim.policy.chosen import chosen_titles
from sim.policy.declared import check_count, read_patches
from sim.policy.design import (
    PREFIX,
    conditioned_names,
    design_file,
    design_names,
    design_regime,
)
from sim.policy.fee import check_fee
from sim.policy.keys import POLICY_SERIES
from sim.policy.overrides import (
    Overrides,
    check_policy,
    check_title,
    is_policy_setting,
    patch_policy,
    patch_title,
    read_package,
    read_setting,
)
from sim.policy.read import read_toml, validate
from sim.policy.regime import Regime, Row, title_rows
from sim.policy.schema import RegimeHead, TitleFile
from sim.policy.values import Series
from sim.reading.dates import FIRST_YEAR, parse_date
from sim.reading.files import parse_toml, read_text

__all__ = [
    "Regime",
    "Row",
    "declared_in",
    "describe",
    "is_regime_file",
    "is_policy_setting",
    "load_regime",
    "load_title",
    "regime_names",
    "title_names",
]

TITLES = Path(__file__).parent / "titles"
REGIMES = Path(__file__).parent / "regimes"

OWN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
OWN_NAMES = "up to 60 letters, digits, dots, hyphens and underscores"
"""What a regime of one's own may be called: the name stands in tables, figures and folders."""


def title_names() -> list[str]:
    """Return the names of all titles that have a file."""
    return sorted(path.stem for path in TITLES.glob("*.toml"))


def regime_names() -> list[str]:
    """Return the names of all regimes: those with a file, then the 24 designs, each twice.

    The second time with the conditions that the sources ask of its route.
    """
    files = sorted(path.stem for path in REGIMES.glob("*.toml"))
    return files + design_names() + conditioned_names()


@cache
def load_title(name: str) -> TitleFile:
    """Return a title as its file gives it."""
    _known("title", name, title_names())
    path = TITLES / f"{name}.toml"
    title = validate(TitleFile, read_toml(path), str(path))
    if title.name != name:
        raise BadInput(f"{path}: name", f"{title.name!r} is not the file's name", allowed=name)
    check_title(title, str(path))
    return title


def is_regime_file(name: str) -> bool:
    """Return whether a regime is named by a path: it ends in ``.toml`` or has a separator in it.

    A shipped name, and what begins like a design, is never a path.
    """
    path_like = name.endswith(".toml") or "/" in name or "\\" in name
    return path_like and not name.startswith(PREFIX) and name not in regime_names()


def load_regime(
    name: str,
    *,
    packages: Sequence[Path] = (),
    settings: Sequence[str] = (),
    switch: str = "2018Q1",
) -> Regime:
    """Return a regime by name.

    Args:
        name: one of ``regime_names()``, or the path of a regime file of one's own.
        packages: TOML files that override keys or declare titles, applied in this order.
        settings: ``title.NAME.KEY[@DATE]=VALUE`` or ``policy.KEY[@INSURER][@DATE]=VALUE``,
            applied last.
        switch: quarter in which a ``design:`` regime leaves its base; others ignore it.

    Raises:
        BadInput: a name, file, key or value is not what it should be.
    """
    own = is_regime_file(name)
    if not own:
        _known("regime", name, regime_names())
    day = parse_date(switch, "--switch")
    if day.year < FIRST_YEAR:
        raise BadInput("--switch", f"{switch!r} is before the run", allowed=f"{FIRST_YEAR}Q1 on")
    if name.startswith(PREFIX):
        regime = design_regime(name, _load_file(design_file().base), day)
    else:
        regime = _own_regime(Path(name)) if own else _load_file(name)
    for path in packages:
        regime = _override(regime, [read_package(Path(path), title_names())], str(path))
        check_fee(regime.titles, str(path))
    if settings:
        regime = _override(regime, [read_setting(text) for text in settings], "--set")
    return regime


def declared_in(packages: Sequence[Path]) -> dict[str, TitleFile]:
    """Return the new titles of packages, by name, each checked as a finished title."""
    found: dict[str, TitleFile] = {}
    for path in packages:
        for name, title in read_package(path, title_names()).new.items():
            check_title(title, str(path))
            found[name] = title
    return found


def describe(name: str) -> list[Row]:
    """Return every key of a title, or of a regime with all its titles, with unit and source."""
    if name in title_names():
        return title_rows(load_title(name))
    if not is_regime_file(name):
        _known("title or regime", name, [*title_names(), *regime_names()])
    return load_regime(name).rows()


def _known(kind: str, name: str, names: list[str]) -> None:
    if name not in names:
        listed = [n for n in names if not n.startswith(PREFIX)]
        if len(listed) < len(names):
            listed.append(f"{PREFIX}BUNDLING/ROUTE/UNIT, with /conditions behind it or not")
            listed.append("or the path of a TOML file")
        raise BadInput(
            f"{kind} {name!r}", "unknown", allowed=", ".join(listed), nearest=nearest(name, names)
        )


@cache
def _load_file(name: str) -> Regime:
    base = _lineage(name)[1:2]
    return _on_top(_load_file(base[0]) if base else None, *_read_file(name))


def _own_regime(path: Path) -> Regime:
    """Return the regime of a file of one's own, its text kept beside it.

    Raises:
        BadInput: it cannot be used, or is called as a shipped regime that says something else.
    """
    text = read_text(path, kind="TOML")
    return replace(_of_text(text, str(path)), file=(path.name, text))


@lru_cache(maxsize=32)
def _of_text(text: str, where: str) -> Regime:
    """Return what a text says as a regime; a sweep asks it of the same text at every point."""
    head, own = _parsed(parse_toml(text, where), where)
    if not OWN_NAME.fullmatch(head.name):
        problem = f"{head.name!r} cannot be the name of a regime"
        raise BadInput(f"{where}: name", problem, allowed=OWN_NAMES)
    base = None
    if head.base is not None:
        _check_base(head.base, f"{where}: base")
        base = _load_file(head.base)
    regime = _on_top(base, head, own)
    if head.name in regime_names() and regime.content() != load_regime(head.name).content():
        raise BadInput(
            f"{where}: name", f"{head.name!r} is a regime that comes with the program and says "
            "something else", allowed="another name",
        )  # fmt: skip
    return regime


def _lineage(name: str) -> list[str]:
    """Return a regime, its base, the base of that, and so on."""
    names = [name]
    while (base := _read_file(names[-1])[0].base) is not None:
        where = f"{REGIMES / names[-1]}.toml: base"
        if base in names:
            circle = " -> ".join([*names, base])
            raise BadInput(where, f"goes round in a circle: {circle}")
        _check_base(base, where)
        names.append(base)
    return names


def _check_base(base: str, where: str) -> None:
    files = sorted(path.stem for path in REGIMES.glob("*.toml"))
    if base not in files:
        raise BadInput(
            where,
            f"unknown regime {base!r}",
            allowed=", ".join(files),
            nearest=nearest(base, files),
        )


@cache
def _read_file(name: str) -> tuple[RegimeHead, Overrides]:
    path = REGIMES / f"{name}.toml"
    where = str(path)
    head, own = _parsed(read_toml(path), where)
    if head.name != name:
        raise BadInput(f"{where}: name", f"{head.name!r} is not the file's name", allowed=name)
    return head, own


def _parsed(raw: dict[str, Any], where: str) -> tuple[RegimeHead, Overrides]:
    """Return the head of a regime's file, and what the file says of titles and policy."""
    tables: dict[str, Any] = {key: raw.pop(key) for key in ("title", "policy") if key in raw}
    head = validate(RegimeHead, raw, where)
    on = head.titles if head.base is None and head.titles else head.add
    titles, policy, new = read_patches(tables, where, on, title_names())
    return head, Overrides(where, (), titles, policy, False, new)


def _on_top(base: Regime | None, head: RegimeHead, own: Overrides) -> Regime:
    """Return a regime: what its base says, and what its own file says on top."""
    theirs = {} if base is None else {title.name: title for title in base.titles}
    names = chosen_titles(head, list(theirs), [*title_names(), *own.new], own.where)
    titles = tuple(theirs.get(one) or own.new.get(one) or load_title(one) for one in names)
    series: Mapping[str, Series] = {} if base is None else base.policy
    regime = _override(Regime(head.name, head.text, head.source, titles, series), [own], own.where)
    for key in POLICY_SERIES:
        found = regime.policy.get(key, ())
        if not found or found[0].start.year > FIRST_YEAR or found[0].start.month > 1:
            raise BadInput(
                f"{own.where}: policy.{key}",
                "is missing",
                allowed=f"a value from {FIRST_YEAR}-01-01",
            )
    check_fee(regime.titles, own.where)
    return regime


def _override(regime: Regime, many: Sequence[Overrides], where: str) -> Regime:
    """Apply overrides one after the other, and check the titles once all are in place."""
    titles = {title.name: title for title in regime.titles}
    policy = regime.policy
    for one in many:
        for name in one.add:
            titles.setdefault(name, _added(one, name, titles))
        for name, patch in one.titles.items():
            if name not in titles:
                raise _absent(one, regime, name, list(titles))
            titles[name] = patch_title(titles[name], patch, replace=one.replace)
        policy = patch_policy(policy, one.policy, replace=one.replace)
    for title in titles.values():
        check_title(title, where)
    check_count(titles, where)
    check_policy(policy, where)
    return replace(regime, titles=tuple(titles.values()), policy=policy)


def _added(one: Overrides, name: str, titles: Mapping[str, TitleFile]) -> TitleFile:
    """Return a title that is added: one that the file declares, or that comes with the program."""
    if name in one.new:
        if name in titles:
            raise BadInput(f"{one.where}: title.{name}", "is declared already", allowed="once")
        return one.new[name]
    if name in titles:
        return titles[name]
    if name not in title_names():
        _known(f"{one.where}: add: title", name, [*title_names(), *one.new])
    return load_title(name)


def _absent(one: Overrides, regime: Regime, name: str, carried: list[str]) -> BadInput:
    problem = f"regime {regime.name!r} has no title {name!r}"
    if name in title_names():
        problem += f"; a package can add it with add = [{name!r}], so can a regime on a base"
    return BadInput(one.where, problem, allowed=", ".join(carried), nearest=nearest(name, carried))
