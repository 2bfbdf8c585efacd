"""Load a regime by name, with packages and settings on top. Start reading policy here.

A regime file names its titles (``titles``), or builds on another (``base``) and says which titles
it has more or less (``add``, ``drop``). It overrides keys of titles (``[[title.NAME.KEY]]``) and
gives the policy (``[[policy.KEY]]``). A base may have a base. The order of precedence is: title
file, base regime, regime, packages in the order given, settings in the order given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from sim.errors import BadInput, nearest
from sim.policy.chosen import chosen_titles
from sim.policy.dates import FIRST_YEAR, parse_date
from sim.policy.design import (
    PREFIX,
    conditioned_names,
    design_file,
    design_names,
    design_regime,
)
from sim.policy.keys import POLICY_SERIES
from sim.policy.overrides import (
    Overrides,
    check_policy,
    check_title,
    is_policy_setting,
    patch_policy,
    patch_title,
    read_package,
    read_patches,
    read_setting,
)
from sim.policy.read import read_toml, validate
from sim.policy.regime import Regime, Row, title_rows
from sim.policy.schema import RegimeHead, TitleFile
from sim.policy.values import Series

__all__ = [
    "Regime",
    "Row",
    "describe",
    "is_policy_setting",
    "load_regime",
    "load_title",
    "regime_names",
    "title_names",
]

TITLES = Path(__file__).parent / "titles"
REGIMES = Path(__file__).parent / "regimes"


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


def load_regime(
    name: str,
    *,
    packages: Sequence[Path] = (),
    settings: Sequence[str] = (),
    switch: str = "2018Q1",
) -> Regime:
    """Return a regime by name.

    Args:
        name: one of ``regime_names()``.
        packages: TOML files that override keys, applied in this order.
        settings: ``title.NAME.KEY[@DATE]=VALUE`` or ``policy.KEY[@INSURER][@DATE]=VALUE``,
            applied last.
        switch: quarter in which a ``design:`` regime leaves its base; others ignore it.

    Raises:
        BadInput: a name, file, key or value is not what it should be.
    """
    _known("regime", name, regime_names())
    day = parse_date(switch, "--switch")
    if day.year < FIRST_YEAR:
        raise BadInput("--switch", f"{switch!r} is before the run", allowed=f"{FIRST_YEAR}Q1 on")
    if name.startswith(PREFIX):
        regime = design_regime(name, _load_file(design_file().base), day)
    else:
        regime = _load_file(name)
    for path in packages:
        regime = _override(regime, [read_package(Path(path))], str(path))
    if settings:
        regime = _override(regime, [read_setting(text) for text in settings], "--set")
    return regime


def describe(name: str) -> list[Row]:
    """Return every key of a title, or of a regime with all its titles, with unit and source."""
    if name in title_names():
        return title_rows(load_title(name))
    _known("title or regime", name, [*title_names(), *regime_names()])
    return load_regime(name).rows()


def _known(kind: str, name: str, names: list[str]) -> None:
    if name not in names:
        listed = [n for n in names if not n.startswith(PREFIX)]
        if len(listed) < len(names):
            listed.append(f"{PREFIX}BUNDLING/ROUTE/UNIT, with /conditions behind it or not")
        raise BadInput(
            f"{kind} {name!r}", "unknown", allowed=", ".join(listed), nearest=nearest(name, names)
        )


@cache
def _load_file(name: str) -> Regime:
    base = _lineage(name)[1:2]
    return _on_top(_load_file(base[0]) if base else None, name)


def _lineage(name: str) -> list[str]:
    """Return a regime, its base, the base of that, and so on."""
    files = sorted(path.stem for path in REGIMES.glob("*.toml"))
    names = [name]
    while (base := _read_file(names[-1])[0].base) is not None:
        where = f"{REGIMES / names[-1]}.toml: base"
        if base in names:
            circle = " -> ".join([*names, base])
            raise BadInput(where, f"goes round in a circle: {circle}")
        if base not in files:
            raise BadInput(
                where,
                f"unknown regime {base!r}",
                allowed=", ".join(files),
                nearest=nearest(base, files),
            )
        names.append(base)
    return names


@cache
def _read_file(name: str) -> tuple[RegimeHead, Overrides]:
    path = REGIMES / f"{name}.toml"
    raw = read_toml(path)
    where = str(path)
    titles, policy = read_patches(raw, where)
    head = validate(RegimeHead, raw, where)
    if head.name != name:
        raise BadInput(f"{where}: name", f"{head.name!r} is not the file's name", allowed=name)
    return head, Overrides(where, (), titles, policy, False)


def _on_top(base: Regime | None, name: str) -> Regime:
    """Return a regime: what its base says, and what its own file says on top."""
    head, own = _read_file(name)
    theirs = {} if base is None else {title.name: title for title in base.titles}
    names = chosen_titles(head, list(theirs), title_names(), own.where)
    titles = tuple(theirs.get(one) or load_title(one) for one in names)
    series: Mapping[str, Series] = {} if base is None else base.policy
    regime = _override(Regime(name, head.text, head.source, titles, series), [own], own.where)
    for key in POLICY_SERIES:
        found = regime.policy.get(key, ())
        if not found or found[0].start.year > FIRST_YEAR or found[0].start.month > 1:
            raise BadInput(
                f"{own.where}: policy.{key}",
                "is missing",
                allowed=f"a value from {FIRST_YEAR}-01-01",
            )
    return regime


def _override(regime: Regime, many: Sequence[Overrides], where: str) -> Regime:
    """Apply overrides one after the other, and check the titles once all are in place."""
    titles = {title.name: title for title in regime.titles}
    policy = regime.policy
    for one in many:
        for name in one.add:
            if name not in title_names():
                _known(f"{one.where}: add: title", name, title_names())
            titles.setdefault(name, load_title(name))
        for name, patch in one.titles.items():
            if name not in titles:
                raise _absent(one, regime, name, list(titles))
            titles[name] = patch_title(titles[name], patch, replace=one.replace)
        policy = patch_policy(policy, one.policy, replace=one.replace)
    for title in titles.values():
        check_title(title, where)
    check_policy(policy, where)
    return Regime(regime.name, regime.text, regime.source, tuple(titles.values()), policy)


def _absent(one: Overrides, regime: Regime, name: str, carried: list[str]) -> BadInput:
    problem = f"regime {regime.name!r} has no title {name!r}"
    if name in title_names():
        problem += f"; a package can add it with add = [{name!r}], so can a regime on a base"
    return BadInput(one.where, problem, allowed=", ".join(carried), nearest=nearest(name, carried))
