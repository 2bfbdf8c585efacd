"""The levers of a lesson: read from ``levers.toml``, checked, and said as settings of a run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import BeforeValidator, Field

from agents.parameters import DECLARED, Declared
from results.words.units import DUTCH
from sim.errors import BadInput, nearest
from sim.policy.design import BUNDLINGS, CONDITIONS, PREFIX, ROUTES, design_file
from sim.policy.keys import POLICY_SERIES, TITLE_FLAGS, TITLE_SERIES
from sim.policy.load import load_regime
from sim.policy.read import read_toml, validate
from sim.policy.regime import Regime
from sim.policy.values import Strict
from sim.tables import Tables

FILE = Path(__file__).parent / "levers.toml"
TITLES = "title.*."
POLICY = "policy."
STANDARD = "historic-nl"
"""The regime whose values levers show first, and whose declared ranges they take."""

IN_DESIGN = ("bundling", "route", "unit")
"""Levers that are words of a design's name, in the order of that name."""

RUN_DOWN = "run_down"

Many = Annotated[tuple[str, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)]


class Twice(Strict):
    """The same in Dutch and in English."""

    nl: str
    en: str


class LeverTable(Strict):
    """One ``[[lever]]``, see the head of the file."""

    name: str
    group: str
    label: Twice
    text: Twice
    place: Literal["front", "drawer"] = "drawer"
    kind: Literal["range", "choice", "switch"] = "range"
    keys: Many = ()
    design: Many = ()
    other: Literal["", "run_down", "route", "bundling", "unit"] = ""
    since: date | None = None
    until: date | None = None
    every: bool = False
    needs: str = ""
    moves: str = ""
    low: float | None = None
    high: float | None = None
    step: float = 1.0
    unit: str | None = None
    source: str | None = None
    words: dict[str, Twice] = Field(default_factory=dict)

    def keys_in(self, regime: str) -> tuple[str, ...]:
        """Return what it sets in a regime."""
        return self.design if self.design and regime.startswith(PREFIX) else self.keys


class LeverFile(Strict):
    """The whole file: groups with their labels, and levers in order."""

    groups: dict[str, Twice]
    lever: Annotated[
        tuple[LeverTable, ...],
        BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v),
    ]


class Span(NamedTuple):
    """What a lever may be: plausible range, step of its slider, unit and source."""

    low: float
    high: float
    step: float
    unit: str
    source: str

    def positions(self) -> list[float]:
        """Return all places of the slider, each the nearest float to its decimal number."""
        count = round((self.high - self.low) / self.step)
        return [round(self.low + k * self.step, 9) for k in range(count + 1)]


@lru_cache(maxsize=1)
def lever_file() -> LeverFile:
    """Return the levers as their file gives them.

    Raises:
        BadInput: a key, group or name is unknown, or twice there, or a range lacks.
    """
    found = validate(LeverFile, read_toml(FILE), str(FILE))
    names = [lever.name for lever in found.lever]
    for lever in found.lever:
        where = f"{FILE}: {lever.name}"
        if names.count(lever.name) > 1:
            raise BadInput(where, "is there twice", allowed="each name once")
        if lever.group not in found.groups:
            near = nearest(lever.group, list(found.groups))
            raise BadInput(where, f"unknown group {lever.group!r}", nearest=near)
        for key in (*lever.keys, *lever.design, *([TITLES + lever.needs] if lever.needs else [])):
            _check_key(key, where)
        if lever.moves and lever.moves not in Tables._fields:
            near = nearest(lever.moves, Tables._fields)
            raise BadInput(where, f"unknown table {lever.moves!r}", nearest=near)
        if lever.kind == "range":
            span_of(lever)
    return found


def _check_key(key: str, where: str) -> None:
    known = [*DECLARED, *(POLICY + k for k in POLICY_SERIES)]
    known += [TITLES + k for k in (*TITLE_SERIES, *TITLE_FLAGS)]
    if key not in known:
        raise BadInput(where, f"unknown key {key!r}", nearest=nearest(key, known))


def standard() -> Regime:
    """Return the regime whose declarations levers take."""
    return load_regime(STANDARD)


def span_of(lever: LeverTable) -> Span:
    """Return the range of a lever: its own, or what is declared of the first key.

    Raises:
        BadInput: neither is there.
    """
    if lever.kind == "switch":
        return Span(0.0, 1.0, 1.0, "", _source(lever))
    if lever.kind == "choice":
        return Span(0.0, float(len(lever.words)), 1.0, "", _source(lever))
    low, high = lever.low, lever.high
    declared = DECLARED.get(lever.keys[0]) if lever.keys else None
    if declared is not None:
        low = declared.least if low is None else low
        high = declared.most if high is None else high
    elif lever.keys and lever.keys[0].startswith(POLICY):
        dated = [d for d in standard().policy[lever.keys[0].removeprefix(POLICY)] if d.range]
        if dated and low is None and high is None:
            # That of the value in force when the lever begins, else the first one that has one.
            at = [d for d in dated if lever.since is None or d.start <= lever.since]
            low, high = (at[-1] if at else dated[0]).range or (None, None)
    if low is None or high is None or not low < high:
        raise BadInput(f"{FILE}: {lever.name}", "has no range", allowed="low and high")
    # Held to the grid of the slider, inside the range.
    first, last = _up(low / lever.step), -_up(-high / lever.step)
    ends = [round(k * lever.step, 9) for k in (first, last)]
    return Span(ends[0], ends[1], lever.step, _unit(lever, declared), _source(lever))


def _up(value: float) -> int:
    """Return the smallest whole number that is not less, but for rounding."""
    return -int(-(value - 1e-9) // 1)


def _unit(lever: LeverTable, declared: Declared | None) -> str:
    if lever.unit is not None:
        return lever.unit
    if declared is not None:
        return "" if declared.unit in ("1", "switch") else declared.unit
    key = lever.keys[0].rpartition(".")[2]
    return (POLICY_SERIES if lever.keys[0].startswith(POLICY) else TITLE_SERIES)[key].units[0]


def _source(lever: LeverTable) -> str:
    if lever.source is not None:
        return lever.source
    if not lever.keys:
        return "assumed"
    if lever.keys[0] in DECLARED:
        return DECLARED[lever.keys[0]].source
    series = standard().policy[lever.keys[0].removeprefix(POLICY)]
    at = [d for d in series if lever.since is None or d.start <= lever.since]
    return (at[-1] if at else series[0]).source


def said_unit(unit: str) -> dict[str, str]:
    """Return a unit in both languages; one that has no Dutch stays as it is."""
    return {"nl": DUTCH.get(unit, unit), "en": unit}


def design_name(words: Sequence[str]) -> str:
    """Return the regime of a design on conditions: bundling, route and unit."""
    return f"{PREFIX}{'/'.join(words)}/{CONDITIONS}"


def design_regimes() -> list[str]:
    """Return the designs that a lesson offers: every route, bundling and unit, on conditions."""
    units = list(design_file().unit)
    return [design_name((b, r, u)) for b in BUNDLINGS for r in ROUTES for u in units]


def settings_of(
    lever: LeverTable, regime: Regime, in_force: Sequence[str], value: float
) -> list[str]:
    """Return a position of a lever as texts after ``--set``.

    Args:
        lever: one that sets keys, or the years of running down.
        regime: the regime that it is set in.
        in_force: titles that pay in some quarter from the lever's beginning on.
        value: where it stands.
    """
    if lever.other == RUN_DOWN:
        return _run_down(regime, round(value))
    out: list[str] = []
    for key in lever.keys_in(regime.name):
        if key in DECLARED:
            out.append(f"{key}={_written(value, DECLARED[key].kind)}")
        elif key.startswith(POLICY):
            series = regime.policy[key.removeprefix(POLICY)]
            out += _from_then_on(lever, key, [d.start for d in series], value)
        else:
            out += _of_titles(lever, regime, in_force, key.removeprefix(TITLES), value)
    return out


def _written(value: float, kind: str) -> str:
    if kind == "?":
        return "true" if value else "false"
    return str(round(value)) if kind == "i8" else repr(float(value))


def _from_then_on(lever: LeverTable, key: str, dates: Sequence[date], value: float) -> list[str]:
    """Return settings that make a series this value from the lever's beginning to its end."""
    if lever.since is None:
        return [f"{key}={value!r}"]
    later = [d for d in dates if d > lever.since and (lever.until is None or d < lever.until)]
    return [f"{key}@{day}={value!r}" for day in (lever.since, *later)]


def _of_titles(
    lever: LeverTable, regime: Regime, in_force: Sequence[str], key: str, value: float
) -> list[str]:
    out: list[str] = []
    for title in regime.titles:
        if title.name not in in_force:
            continue
        if key in TITLE_FLAGS:
            if lever.every or title.static(key):
                out.append(f"title.{title.name}.{key}={_written(value, '?')}")
            continue
        series = title.series(key)
        if not lever.every and not any(dated.value > 0.0 for dated in series):
            continue
        given = value
        if key == "neutral":
            # A design pays it in as many parts as it has titles of its own.
            given = value * _share(title.name)
        dates = [dated.start for dated in series]
        out += _from_then_on(lever, f"title.{title.name}.{key}", dates, given)
    return out


def _share(title: str) -> float:
    part = title.removeprefix("design-")
    return 1.0 if part == "bundled" else design_file().functions.share(part)


def _run_down(regime: Regime, years: int) -> list[str]:
    """Return the steps of tied titles that end in so many years, in equal steps."""
    out = []
    for title in regime.titles:
        series = title.series("in_force")
        steps = [d.start for k, d in enumerate(series) if k and d.value < series[k - 1].value]
        if not title.static("tied") or not steps or series[-1].value > 0.0:
            continue
        first = steps[0]
        if any(d.value > 0.0 for d in series if d.start >= first) or len(steps) > 1:
            days = [date(first.year + k, first.month, 1) for k in range(years)]
            later = sorted({*days, *(d.start for d in series if d.start >= first)})
            out += [
                f"title.{title.name}.in_force@{day}={_left(years, day.year - first.year)!r}"
                for day in later
            ]
    return out


def _left(years: int, passed: int) -> float:
    """Return the share in force in a year of the run-down, in three decimals as files say it."""
    return round(max(0, years - 1 - passed) / years, 3)
