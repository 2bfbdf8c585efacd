"""What a lesson says, in Dutch and in English: outcomes, regimes, events and kinds of party."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

from agents.events import Cause, Event
from agents.words import Kind
from experiments.classroom.levers import Twice, lever_file
from results.words.events import CAUSES, COUNTED, EVENTS, STAGES, Said
from results.words.units import unit_of_year
from sim.errors import BadInput, nearest
from sim.measure.outcomes import NAMES, THEMES
from sim.place.load import region_names
from sim.place.region import Region
from sim.policy.load import regime_names
from sim.policy.read import read_toml, validate
from sim.policy.values import Strict

FILE = Path(__file__).parent / "words.toml"
DESIGN = "design"
"""The name under which a lesson offers all designs."""


class RegimeWords(Strict):
    """A regime that lessons offer."""

    name: str
    label: Twice
    text: Twice


class Words(Strict):
    """The whole file."""

    regime: Annotated[
        tuple[RegimeWords, ...],
        BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v),
    ]
    groups: dict[str, Twice]
    regions: dict[str, str]
    kinds: dict[str, Twice]
    outcomes: dict[str, Twice]


@lru_cache(maxsize=1)
def words() -> Words:
    """Return what the file says.

    Raises:
        BadInput: it names a regime, theme, region, kind or outcome that is not there, or leaves
            one out that has to be there.
    """
    found = validate(Words, read_toml(FILE), str(FILE))
    known = [*regime_names(), DESIGN]
    for regime in found.regime:
        if regime.name not in known:
            near = nearest(regime.name, known)
            raise BadInput(f"{FILE}: regime {regime.name!r}", "is unknown", nearest=near)
    for name in found.outcomes:
        if name not in NAMES:
            raise BadInput(f"{FILE}: outcome {name!r}", "is unknown", nearest=nearest(name, NAMES))
    for part, given, wanted in (
        ("groups", set(found.groups), {theme.__name__.lower() for theme in THEMES}),
        ("regions", set(found.regions), set(region_names())),
        ("kinds", set(found.kinds), set(Kind.words())),
    ):
        if given != wanted:
            odd = ", ".join(sorted(given ^ wanted))
            raise BadInput(f"{FILE}: {part}", f"{odd} is there without need, or lacks")
    both = set(found.groups) & set(lever_file().groups)
    if both:
        raise BadInput(f"{FILE}: groups", f"{', '.join(sorted(both))} is a group of levers too")
    return found


def shipped() -> list[str]:
    """Return the regimes with a file that lessons offer, in order."""
    return [regime.name for regime in words().regime if regime.name != DESIGN]


def title_of(place: Region) -> dict[str, str]:
    """Return the title of a region in both languages."""
    return {"nl": words().regions.get(place.name, place.title), "en": place.title}


def said(one: Twice) -> dict[str, str]:
    """Return words in both languages, as the page has them."""
    return {"nl": one.nl, "en": one.en}


def _said(one: Said) -> dict[str, str]:
    return {"nl": one.dutch, "en": one.english}


def outcomes() -> list[dict[str, Any]]:
    """Return the outcomes in the order of the kernel's columns, each in its theme."""
    known = words().outcomes
    return [
        {
            "name": column.outcome.name,
            "label": {"nl": column.outcome.dutch, "en": column.outcome.english},
            "unit": {
                language: unit_of_year(column.outcome.unit, column.outcome.yearly, language)
                for language in ("nl", "en")
            },
            "yearly": column.outcome.yearly,
            "share": column.outcome.unit == "share",
            "definition": said(known[column.outcome.name])
            if column.outcome.name in known
            else None,
            "group": theme.__name__.lower(),
        }
        for theme in THEMES
        for column in theme
    ]


def spoken() -> dict[str, Any]:
    """Return the parts of a lesson that are words alone."""
    own = words()
    groups = {**own.groups, **lever_file().groups}
    return {
        "outcomes": outcomes(),
        "groups": {name: said(one) for name, one in groups.items()},
        "regimes": [
            {"name": one.name, "label": said(one.label), "text": said(one.text)}
            for one in own.regime
        ],
        "words": {
            "events": {name: _said(one) for name, one in EVENTS.items()},
            "causes": {name: _said(one) for name, one in CAUSES.items()},
            "stages": [_said(one) for one in STAGES],
            "kinds": {name: said(one) for name, one in own.kinds.items()},
        },
        "codes": {
            "events": list(Event.words()),
            "causes": list(Cause.words()),
            "kinds": list(Kind.words()),
        },
        "counted": list(COUNTED),
    }
