"""Which run of one folder goes with which of another: the same factors, arm and seed.

A factor that only one side varies is fixed on the other: by its settings, or by its default. What
cannot be paired is said in one message, with the first thing that does not agree.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from results.statistics.contents import contents_of, named_alike, with_states
from results.statistics.ensemble import ARM, Ensemble

SEEDS = ("seed", "population_seed")
A, B = "__a", "__b"
"""Columns with the places of rows; no factor may be called so."""
LEVELS = 50
"""Most levels of a factor that can be compared one by one."""
_WORDS = {"true": "1", "on": "1", "false": "0", "off": "0"}


class Pairs(NamedTuple):
    """N pairs of runs; places are rows of each side's ``runs``."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    point: NDArray[np.int64]
    """Number of the combination of arm and factors, from 0."""
    seed: NDArray[np.int64]
    """Number of the seed, from 0: pairs of one seed are not independent."""
    unpaired: tuple[int, int]
    """Finished runs of either side without a partner."""


def spoken(value: Any) -> str:
    """Return a value as text that is equal for equal values: 0.1 and '1e-1', true and '1'."""
    text = str(value).strip()
    text = _WORDS.get(text.lower(), text)
    try:
        return f"{float(text) + 0.0:.12g}"
    except ValueError:
        return text


def _texts(column: pd.Series) -> pd.Series:
    """Return a column as such texts; each distinct value is spelled once."""
    codes, distinct = pd.factorize(column, use_na_sentinel=False)
    return pd.Series(np.array([spoken(one) for one in distinct], dtype=object)[codes])


def settings_of(text: Any) -> dict[str, str]:
    """Return what a run's column ``settings`` holds, ``a=1; b=2``, by name; dates as days."""
    found = {}
    for part in str(text or "").split(";"):
        name, sign, value = part.partition("=")
        if sign:
            key, at, date = name.strip().partition("@")
            if at and "Q" in date.upper():
                year, _, quarter = date.upper().partition("Q")
                date = f"{year}-{3 * int(quarter) - 2:02d}-01" if quarter.isdigit() else date
            found[key + at + date] = value.strip()
    return found


def level_of(
    factor: Mapping[str, Any], said: Mapping[str, str], defaults: Mapping[str, Any]
) -> str | None:
    """Return the value of a factor where settings are these, as text; None if it cannot be told.

    Args:
        factor: its entry in a sweep's manifest. It sets its ``keys`` (or its own name) to its
            value, or its ``alternatives``, each of which is several settings.
        said: what is set, by name.
        defaults: values of parameters that nothing set.
    """
    alternatives = factor.get("alternatives")
    if alternatives:
        sets = {value: settings_of("; ".join(texts)) for value, texts in alternatives.items()}
        touched = {key for one in sets.values() for key in one}
        mine = {key: spoken(value) for key, value in said.items() if key in touched}
        for value, one in sets.items():
            if {key: spoken(text) for key, text in one.items()} == mine:
                return spoken(value)
        return None
    found = set()
    for key in factor.get("keys") or [factor["name"]]:
        if key not in said and key not in defaults:
            return None
        found.add(spoken(said[key] if key in said else defaults[key]))
    return found.pop() if len(found) == 1 else "(several)"


def levels(
    side: Ensemble, factor: Mapping[str, Any], defaults: Mapping[str, Any]
) -> pd.Series | None:
    """Return the value of a factor in each run as text, or None where it cannot be told.

    Args:
        side: a run or a sweep.
        factor: the entry, in the manifest of this sweep or of another one.
        defaults: values of parameters that nothing set.
    """
    name = str(factor["name"])
    if name in side.factors:
        return _texts(side.runs[name])
    blank = pd.Series([""] * len(side.runs))
    texts = side.runs["settings"].astype(str) if "settings" in side.runs else blank
    found = {text: level_of(factor, settings_of(text), defaults) for text in texts.unique()}
    if any(value is None for value in found.values()):
        return None
    return texts.map(found).astype(object).reset_index(drop=True)


def _called(a: Ensemble, b: Ensemble, name: str) -> list[pd.Series]:
    """Return a column of an arm of both sides as texts, equal where what they name is equal."""
    texts = [side.runs[name].astype(str) for side in (a, b)]
    one, two = (contents_of(side.about, name) for side in (a, b))
    if one is None or two is None:
        return texts
    if name == "region":
        one, two = with_states(one, two, (a.about, b.about))
    return [
        column.map(lambda text, known=known: known.get(text, text)).astype(str)
        for column, known in zip(texts, named_alike(one, two), strict=True)
    ]


def _arm_keys(a: Ensemble, b: Ensemble) -> dict[str, list[pd.Series]]:
    """Return the columns of an arm that both sides share; the others are what is compared.

    Raises:
        ValueError: it is not clear which arm of one goes with which of the other.
    """
    keys = {}
    for name in ARM:
        if name not in a.runs or name not in b.runs:
            continue
        columns = _called(a, b, name)
        one, two = (set(column.unique()) for column in columns)
        if one & two or name == "region":
            keys[name] = columns
        elif len(one) > 1 or len(two) > 1:
            raise ValueError(
                f"the first has the {name}s {_listed(one)}, the second {_listed(two)}: it is "
                f"not clear which goes with which. Compare sweeps that share {name}s, or one "
                "with one"
            )
    return keys


def _listed(values: set[str], most: int = 4) -> str:
    shown = sorted(values, key=lambda text: (len(text), text))
    rest = f" and {len(shown) - most} more" if len(shown) > most else ""
    return ", ".join(text or "(none)" for text in shown[:most]) + rest


def keys_of(a: Ensemble, b: Ensemble, defaults: Mapping[str, Any]) -> list[pd.DataFrame]:
    """Return a frame per side, a row per run: what has to agree, arm and factors and seeds.

    Raises:
        ValueError: for a factor of one side it cannot be told which value the other has.
    """
    sides = (a, b)
    frames = [pd.DataFrame(index=range(len(side.runs))) for side in sides]
    for name, columns in _arm_keys(a, b).items():
        for frame, column in zip(frames, columns, strict=True):
            frame[name] = column.to_numpy()
    entries = [one for side in sides for one in side.about.get("factors") or []]
    for name in dict.fromkeys([*a.factors, *b.factors]):
        factor = next(one for one in entries if one["name"] == name)
        for frame, side, which in zip(frames, sides, ("first", "second"), strict=True):
            found = levels(side, factor, defaults)
            if found is None:
                keys = ", ".join(factor.get("keys") or [name])
                what = "one of its alternatives" if factor.get("alternatives") else keys
                raise ValueError(
                    f"it cannot be told which value of {name} the {which} has: it is no factor "
                    f"of it and not among its settings. Run it with {what} set, or compare "
                    "sweeps that both vary it"
                )
            frame[name] = found.to_numpy()
    return _with_seeds(frames, a, b)


def _with_seeds(frames: list[pd.DataFrame], a: Ensemble, b: Ensemble) -> list[pd.DataFrame]:
    for name in SEEDS:
        if name in a.runs and name in b.runs:
            for frame, side in zip(frames, (a, b), strict=True):
                frame[name] = side.runs[name].astype(np.int64).to_numpy()
    return frames


def match(one: pd.DataFrame, two: pd.DataFrame) -> Pairs:
    """Return the pairs of rows that agree in every column.

    A design may hold a point twice; its runs are then the same, and the first is taken.

    Args:
        one: a row per run of the first side; its seeds, and whatever else has to agree.
        two: the same columns for the second side.

    Raises:
        ValueError: nothing agrees.
    """
    names = list(one.columns)
    first = one.assign(**{A: np.arange(len(one))}).drop_duplicates(names)
    second = two.assign(**{B: np.arange(len(two))}).drop_duplicates(names)
    both = first.merge(second, on=names, how="inner").sort_values(A, kind="stable")
    if both.empty:
        raise ValueError(_why_not(one, two))
    rest = [name for name in names if name not in SEEDS]
    point = both.groupby(rest, sort=False).ngroup() if rest else pd.Series(0, index=both.index)
    seed = both.groupby([name for name in SEEDS if name in names], sort=True).ngroup()
    return Pairs(
        both[A].to_numpy(dtype=np.int64),
        both[B].to_numpy(dtype=np.int64),
        np.asarray(point, dtype=np.int64),
        np.asarray(seed, dtype=np.int64),
        (len(first) - len(both), len(second) - len(both)),
    )


def _why_not(one: pd.DataFrame, two: pd.DataFrame) -> str:
    """Return the first thing of which the two sides have no value in common."""
    for name in one.columns:
        values = [{str(value) for value in side[name].unique()} for side in (one, two)]
        if not values[0] & values[1]:
            called = name.replace("_", " ") if name in SEEDS else name
            return (
                f"no {called} occurs in both, so nothing can be paired: the first has "
                f"{_listed(values[0])}, the second {_listed(values[1])}"
            )
    return (
        "no run of one has the factors and the seed of a run of the other, so nothing can be "
        "paired: only sweeps over the same points can be compared"
    )


def level_sides(many: Ensemble, by: str) -> list[tuple[str, NDArray[np.int64]]]:
    """Return each level of a factor, or of regime or package, with the rows of its runs.

    The order is that of the design, the first level is what the others are compared with.

    Raises:
        ValueError: there is no such factor, or it has one level or too many.
    """
    allowed = [*many.factors, "regime", "package"]
    if by not in allowed:
        like = difflib.get_close_matches(by, allowed, n=1, cutoff=0.4)
        meant = f"Did you mean {like[0]!r}? " if like else ""
        raise ValueError(f"{by} is no factor of this sweep. {meant}Allowed: {', '.join(allowed)}")
    texts = _texts(many.runs[by])
    found = list(texts.unique())
    if not 2 <= len(found) <= LEVELS:
        raise ValueError(
            f"{by} has {len(found)} values: levels can be compared from 2 to {LEVELS}. What a "
            "range does is in the sweep's report"
        )
    order: Sequence[str] = found
    for one in many.about.get("factors") or []:
        if one.get("name") == by and one.get("values"):
            said = [spoken(value) for value in one["values"]]
            order = [text for text in said if text in found] + [t for t in found if t not in said]
    names = {"1": "true", "0": "false"} if many.runs[by].dtype.kind == "b" else {}
    return [(names.get(t, t), np.flatnonzero((texts == t).to_numpy())) for t in order]


def level_keys(many: Ensemble, by: str) -> pd.DataFrame:
    """Return what has to agree between runs of two levels of ``by``: the rest of the design."""
    rest = [name for name in (*ARM, *many.factors) if name != by and name in many.runs]
    frame = pd.DataFrame({name: _texts(many.runs[name]) for name in rest})
    return _with_seeds([frame, frame], many, many)[0]
