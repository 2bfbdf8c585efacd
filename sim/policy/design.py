"""The 24 designs: bundled or per component, to organisations or units, in six units of payment.

Two designs whose names differ in one word differ in the keys of that word and in nothing else. The
conditions that the sources ask of a route are a word of their own, ``/conditions`` at the end.

A design follows its base regime until the switch. From then on the O&I titles of the base pay
nothing, except those that every design keeps, and titles built from ``design.toml`` start.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from agents.words import Function, PayUnit
from sim.policy.keys import TITLE_SERIES
from sim.policy.overrides import patch_title
from sim.policy.read import read_toml, validate
from sim.policy.regime import Regime
from sim.policy.schema import DesignFile, TitleFile, TitlePatch
from sim.policy.values import Dated, Functions, Series

PREFIX = "design:"
BUNDLINGS = ("bundled", "component")
ROUTES = ("organisation", "practice")
CONDITIONS = "conditions"
FILE = Path(__file__).parent / "design.toml"


def design_names() -> list[str]:
    """Return the names of the 24 designs, which ask no conditions."""
    return [
        f"{PREFIX}{bundling}/{route}/{unit}"
        for bundling in BUNDLINGS
        for route in ROUTES
        for unit in PayUnit.words()
    ]


def conditioned_names() -> list[str]:
    """Return the same designs with the conditions that the sources ask of each route."""
    return [f"{name}/{CONDITIONS}" for name in design_names()]


@lru_cache(maxsize=1)
def design_file() -> DesignFile:
    """Return the numbers that all designs share."""
    return validate(DesignFile, read_toml(FILE), str(FILE))


def design_regime(name: str, base: Regime, switch: date) -> Regime:
    """Return a design: ``base`` until ``switch``, the titles of the design from then on.

    Args:
        name: one of ``design_names()`` or ``conditioned_names()``.
        base: the regime named in ``design.toml``.
        switch: the quarter start from which the design holds, whatever date the file gives.
    """
    design = design_file()
    bundling, route, unit, *more = name.removeprefix(PREFIX).split("/")
    patches = [design.bundling[bundling], design.route[route], design.unit[unit]]
    if more == [CONDITIONS]:
        patches.append(design.conditions[route])
    old = [
        title if title.name in design.keep or not title.static("oi") else _ended(title, switch)
        for title in base.titles
    ]
    if bundling == "bundled":
        new = [_start(design, patches, None, switch)]
    else:
        new = [_start(design, patches, function, switch) for function in Function.words()]
    asked = " on its conditions" if more else ""
    text = f"{base.name} until {switch}, then {bundling} money via {route}{asked}, paid by {unit}."
    return dataclasses.replace(
        base,
        name=name,
        text=f"{text} {design.text}",
        source=design.source,
        titles=(*old, *new),
    )


def _ended(title: TitleFile, switch: date) -> TitleFile:
    kept = tuple(dated for dated in title.series("in_force") if dated.start < switch)
    end = Dated.model_validate(
        {"from": switch, "value": 0.0, "unit": "share", "source": "switch to the design"}
    )
    update: dict[str, Any] = {"in_force": (*kept, end)}
    if title.static("tied"):
        # It ends at the switch, whenever its run-down began.
        update["until"] = max(switch, title.start)
    return title.model_copy(update=update)


def _moved(series: Series, switch: date, share: float = 1.0) -> Series:
    """Return the first value of ``series`` from ``switch`` on, times ``share``, range and all."""
    out = []
    for dated in series[:1]:
        span = dated.range and (dated.range[0] * share, dated.range[1] * share)
        update = {"start": switch, "value": dated.value * share, "range": span}
        out.append(dated.model_copy(update=update))
    return tuple(out)


def _start(
    design: DesignFile, patches: Sequence[TitlePatch], function: str | None, switch: date
) -> TitleFile:
    share = 1.0 if function is None else design.functions.share(function)
    parts = design.functions
    if function is not None:
        # One function takes all of its own title; the money of the seven adds up to the whole.
        single: dict[str, Any] = {function: 1.0}
        parts = Functions.model_validate({"unit": "share", "source": "by definition", **single})
    title = TitleFile.model_validate(
        {
            "name": f"design-{function or 'bundled'}",
            "text": design.text,
            "source": design.source,
            "from": switch,
            "receiver": "organisation",
            "contract": True,
            "functions": parts,
        }
    )
    for patch in patches:
        title = patch_title(title, patch)
    moved = {key: _moved(title.series(key), switch) for key in TITLE_SERIES if title.series(key)}
    moved["neutral"] = _moved(design.neutral, switch, share)
    moved.setdefault("term", _moved(design.term, switch))
    if title.unit == "effort":
        moved["cap"] = _moved(design.cap, switch, share)
    return title.model_copy(update=moved)
