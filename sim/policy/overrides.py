"""How regimes, packages and ``--set`` override what is already there.

One rule for all: a dated value holds from its date until the next dated value of the series, so
``title.ros.rate@2019-01-01=2`` leaves a value of 2022 in force from 2022. Without a date
(``title.ros.rate=2``) the setting replaces the whole series. Static keys take no date.

Each insurer may have a series of its own of a value of policy (``sim.policy.whose``). A setting
without an insurer and without a date replaces those of single insurers too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from agents.words import Function
from sim.errors import BadInput, nearest
from sim.place.national import nearest_insurer
from sim.policy.declared import read_patches
from sim.policy.keys import POLICY_SERIES, TITLE_FLAGS, TITLE_SERIES, WORDS, Key
from sim.policy.read import names_of, read_toml, take_table, unknown_key, validate
from sim.policy.schema import PackageHead, PolicyPatch, TitleFile, TitlePatch
from sim.policy.units import check_units, in_unit
from sim.policy.values import Functions, Series
from sim.policy.whose import SIGN, insurers_in, series_by_name, series_for, whose
from sim.reading.dates import ALWAYS, parse_date
from sim.reading.numbers import number, number_in

SETTING = "setting"
"""The source of a number that a user set."""

_SETTABLE = [name for name in names_of(TitlePatch) if name != "functions"]
_BOOLS = {"true": True, "false": False}


class Overrides(NamedTuple):
    """Titles to add, and what to override in titles and policy; ``where`` is for messages.

    Of the titles to add, ``new`` holds those that the file itself declares.
    """

    where: str
    add: tuple[str, ...]
    titles: dict[str, TitlePatch]
    policy: PolicyPatch
    replace: bool
    new: Mapping[str, TitleFile] = {}


def is_policy_setting(text: str) -> bool:
    """Return whether a ``--set`` text is about titles or policy (and not a parameter)."""
    return text.lstrip().startswith(("title.", "policy."))


def setting_key(text: str) -> str:
    """Return what a ``--set`` text sets: its name, with a date always as ``2019-01-01``."""
    name, *at = (part.strip() for part in text.partition("=")[0].split(SIGN))
    if at:
        with suppress(BadInput):  # whoever reads the text says what is wrong with its date
            at[-1] = str(parse_date(at[-1], text))
    return SIGN.join([name, *at])


def merged(old: Series, new: Series, *, replace: bool = False) -> Series:
    """Return a series in which the values of ``new`` hold from their dates on."""
    if replace:
        return new
    by_date = {dated.start: dated for dated in (*old, *new)}
    return tuple(by_date[start] for start in sorted(by_date))


def patch_title(title: TitleFile, patch: TitlePatch, *, replace: bool = False) -> TitleFile:
    """Return ``title`` with the keys that ``patch`` gives, by the rule above."""
    update: dict[str, Any] = {}
    for key in patch.model_fields_set:
        value = getattr(patch, key)
        if key in TITLE_SERIES:
            update[key] = merged(getattr(title, key), value, replace=replace)
        elif key == "functions":
            given = {name: getattr(value, name) for name in value.model_fields_set}
            update[key] = title.functions.model_copy(update=given)
        else:
            update[key] = value
    return _with_units(title.model_copy(update=update))


def _with_units(title: TitleFile) -> TitleFile:
    """Return a title in which what a setting gave has the unit of the title."""
    update: dict[str, Series] = {}
    for key in ("lump", "rate"):
        series = title.series(key)
        if any(dated.source == SETTING for dated in series):
            update[key] = tuple(
                in_unit(title, key, dated) if dated.source == SETTING else dated for dated in series
            )
    return title.model_copy(update=update) if update else title


def patch_policy(
    policy: Mapping[str, Series], patch: PolicyPatch, *, replace: bool = False
) -> dict[str, Series]:
    """Return the policy series by name with those that ``patch`` gives, by the rule above."""
    out = dict(policy)
    for key in patch.model_fields_set:
        for name, series in series_by_name(key, getattr(patch, key)).items():
            if replace and name == key:
                out = {other: old for other, old in out.items() if whose(other).key != key}
            out[name] = merged(out.get(name, ()), series, replace=replace)
    return out


def check_title(title: TitleFile, where: str) -> None:
    """Refuse a finished title whose shares do not add up or that ends before it starts."""
    check_units(title, where)
    total = sum(title.functions.shares())
    if abs(total - 1.0) > 1e-9:
        raise BadInput(
            f"{where}: title.{title.name}.functions",
            f"the shares add up to {total:.6g}",
            allowed="shares that add up to 1 (set the others too): " + ", ".join(Function.words()),
        )
    if title.receiver not in ("hub", "unit", "organisation") and any(
        dated.value > 0.0 for dated in title.series("sites")
    ):
        raise BadInput(
            f"{where}: title.{title.name}.sites",
            f"money for a {title.receiver} cannot be kept to some sites",
            allowed="receiver hub, unit or organisation",
        )
    if title.receiver != "organisation" and any(
        dated.value > 0.0 for dated in title.series("for_hubs")
    ):
        raise BadInput(
            f"{where}: title.{title.name}.for_hubs",
            f"money for a {title.receiver} cannot be for the hubs of an organisation",
            allowed="receiver organisation",
        )
    if title.static("tied") and title.receiver != "hub":
        raise BadInput(
            f"{where}: title.{title.name}.tied",
            f"money for a {title.receiver} has no municipality whose contract it waits for",
            allowed="receiver hub",
        )
    if not title.groups:
        raise BadInput(f"{where}: title.{title.name}.groups", "is empty", allowed="one or more")
    if title.static("plus") and (title.receiver != "organisation" or title.unit != "insured"):
        raise BadInput(
            f"{where}: title.{title.name}.plus",
            f"pays receiver {title.receiver!r} in unit {title.unit!r}",
            allowed="receiver 'organisation' and unit 'insured': it is paid for insured of "
            "practices that follow the package",
        )
    if title.until is not None and title.until < title.start:
        raise BadInput(
            f"{where}: title.{title.name}.until",
            f"{title.until} comes before its start",
            allowed=f"{title.start} or later",
        )


def check_policy(policy: Mapping[str, Series], where: str) -> None:
    """Refuse policy that divides more than all the hub money of an organisation."""
    parts = ("base_amount", "projects")
    for insurer in ("", *insurers_in(policy, parts)):
        base, projects = (series_for(policy, key, insurer) for key in parts)
        for day in sorted({dated.start for dated in (*base, *projects)}):
            total = value_on(base, day) + value_on(projects, day)
            if total > 1.0 + 1e-9:
                since = "" if day == ALWAYS else f" from {day}"
                of = f" of {insurer}" if insurer else ""
                raise BadInput(
                    f"{where}: policy.base_amount and policy.projects{of}",
                    f"add up to {total:.6g}{since}",
                    allowed="shares of the same money: together at most 1",
                )


def value_on(series: Series, day: date) -> float:
    """Return the value of a series on a day (0 before its first)."""
    return next((dated.value for dated in reversed(series) if dated.start <= day), 0.0)


def read_package(path: Path, known: Collection[str]) -> Overrides:
    """Read a package: a TOML file that overrides keys of titles or policy, or declares titles.

    Args:
        path: the file.
        known: titles that come with the program.
    """
    raw = read_toml(path)
    where = str(path)
    if "package" not in raw:
        raise BadInput(where, "the table [package] is missing", allowed="name, text and source")
    head = validate(PackageHead, take_table(raw, "package", where), f"{where}: package")
    top = raw.pop("add", [])
    listed = isinstance(top, list) and all(isinstance(name, str) for name in top)
    add = (*(top if listed else ()), *head.add)
    titles, policy, new = read_patches(raw, where, add, known)
    extra = sorted(raw)
    if extra:
        known = ["package", "add", "title", "policy"]
        raise BadInput(
            f"{where}: {extra[0]}",
            "unknown key",
            allowed=", ".join(known),
            nearest=nearest(extra[0], known),
        )
    if not listed:
        raise BadInput(f"{where}: add", "does not fit", allowed="a list of names of titles")
    return Overrides(where, add, titles, policy, False, new)


def _unknown(where: str, name: str, known: list[str]) -> BadInput:
    return unknown_key(where, f"unknown key {name!r}", name, known)


def _dated(text: str, rule: Key, start: date, where: str) -> list[dict[str, Any]]:
    allowed = f"a number from {rule.low:g} to {rule.high:g}"
    value = number_in(text, rule.low, rule.high, where, allowed)
    return [{"from": start, "value": value, "unit": rule.units[0], "source": SETTING}]


def _static(key: str, text: str, where: str) -> Any:
    if key in ("from", "until"):
        return parse_date(text, where)
    if key in TITLE_FLAGS:
        if text.lower() not in _BOOLS:
            raise BadInput(where, f"{text!r} does not fit", allowed="true or false")
        return _BOOLS[text.lower()]
    if key in ("groups", "insurers"):
        return [part.strip() for part in text.strip("[]").split(",") if part.strip()]
    return text.strip("\"'")


def _title_setting(path: list[str], start: date | None, text: str, where: str) -> TitlePatch:
    key = path[0]
    if key == "functions" and len(path) == 2:
        if path[1] not in Function.words():
            raise _unknown(where, path[1], list(Function.words()))
        if start is not None:
            raise BadInput(where, "shares of functions take no date", allowed="no @ date")
        share = number(text, where, "a share from 0 to 1")
        raw = {"unit": "share", "source": SETTING, path[1]: share}
        return TitlePatch.model_validate({"functions": validate(Functions, raw, where)})
    if len(path) != 1 or key not in _SETTABLE:
        raise _unknown(
            where, ".".join(path), [*_SETTABLE, *(f"functions.{f}" for f in Function.words())]
        )
    if key in TITLE_SERIES:
        dated = _dated(text, TITLE_SERIES[key], start or ALWAYS, where)
        return validate(TitlePatch, {key: dated}, where)
    if start is not None:
        raise BadInput(where, f"{key!r} takes no date", allowed=", ".join(TITLE_SERIES))
    return validate(TitlePatch, {key: _static(key, text, where)}, where)


def _insurer_first(at: list[str], where: str) -> tuple[list[str], list[str]]:
    """Return the insurer and the date behind a key of policy, each in a list of one or none."""
    insurers = WORDS["insurers"]
    if not at or (len(at) == 1 and not at[0][:1].isalpha()):
        return [], at
    if at[0] not in insurers:
        other = " nor a date" if len(at) == 1 else ""
        problem = f"{at[0]!r} is {'neither ' if other else 'not '}an insurer{other}"
        near = nearest_insurer(at[0], insurers)
        raise BadInput(where, problem, allowed=", ".join(insurers), nearest=near)
    return at[:1], at[1:]


def _policy_setting(key: str, at: list[str], text: str, where: str) -> Overrides:
    if key not in POLICY_SERIES:
        raise _unknown(where, key, list(POLICY_SERIES))
    insurers, day = _insurer_first(at, where)
    start = parse_date(SIGN.join(day), where) if day else None
    dated = _dated(text, POLICY_SERIES[key], start or ALWAYS, where)
    policy = validate(PolicyPatch, {key: [{**dated[0], "insurers": insurers}]}, where)
    return Overrides(where, (), {}, policy, start is None)


def read_setting(setting: str) -> Overrides:
    """Read one ``--set`` text.

    ``title.NAME.KEY[@DATE]=VALUE`` or ``policy.KEY[@INSURER][@DATE]=VALUE``.
    """
    where = f"--set {setting}"
    left, sign, text = setting.partition("=")
    dotted, *at = (part.strip() for part in left.split(SIGN))
    parts = dotted.split(".")
    if not sign or not text.strip() or not all(parts):
        raise BadInput(
            where,
            "cannot be read",
            allowed="title.NAME.KEY=VALUE, policy.KEY=VALUE, with @2019-01-01 after KEY for a "
            "date; policy.KEY@INSURER=VALUE for one insurer",
        )
    value = text.strip()
    if parts[0] == "policy":
        return _policy_setting(".".join(parts[1:]), at, value, where)
    start = parse_date(SIGN.join(at), where) if at else None
    if parts[0] != "title":
        raise _unknown(where, parts[0], ["title", "policy"])
    if len(parts) < 3:
        raise BadInput(where, "names no key of a title", allowed=", ".join(_SETTABLE))
    patch = _title_setting(parts[2:], start, value, where)
    return Overrides(where, (), {parts[1]: patch}, PolicyPatch(), start is None)
