"""A link of a lesson, told natively: which scenarios it names. docs/page.md says its form.

A link that is cut off, of other rules, or that names what no lesson has is refused, as the page
refuses it: half a link would give numbers that nobody asked for.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote

from experiments.classroom.levers import LeverTable, design_regimes, lever_file, span_of
from experiments.classroom.offered import settings_in
from experiments.classroom.words import shipped
from experiments.runs.identity import rules_hash
from experiments.runs.scenario import Scenario
from sim.errors import BadInput, nearest
from sim.place.load import region_names

FORMAT = "1"
PAIRS = (8, 24, 64, 200)
KEYS = ("regiosim", "rules", "region", "a", "b", "pairs")
LONGEST = 4000
"""Characters of a link: the longest that a page writes has some hundreds."""

SIDES = ("a", "b")
WHERE = "--link"


class Policy(NamedTuple):
    """A regime, and levers by name that stand elsewhere than by themselves."""

    regime: str
    levers: dict[str, float]


def scenarios(link: str) -> dict[str, Scenario]:
    """Return the scenarios that a link names, by side: ``a`` and ``b``.

    Args:
        link: a whole address, or what stands behind ``#`` in it.

    Raises:
        BadInput: it is no whole link of a lesson with these rules.
    """
    said = _parts(link)
    if said["regiosim"] != FORMAT:
        raise BadInput(WHERE, f"has form {_shown(said['regiosim'])}", allowed=f"form {FORMAT}")
    if said["rules"] != rules_hash():
        problem = f"was made with other rules ({_shown(said['rules'])})"
        raise BadInput(WHERE, problem, allowed=f"a link of these rules ({rules_hash()})")
    region = _one_of("region", said["region"], region_names())
    pairs = _one_of("pairs", said["pairs"], [str(many) for many in PAIRS])
    found = {}
    for side in SIDES:
        policy = _policy(side, said[side])
        found[side] = Scenario(
            region,
            policy.regime,
            settings=settings_in(region, policy.regime, policy.levers),
            replicates=int(pairs),
            record="yearly",
        )
    return found


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}...")


def _parts(link: str) -> dict[str, str]:
    fragment = link.strip().rpartition("#")[2]
    if len(fragment) > LONGEST:
        raise BadInput(WHERE, f"has {len(fragment)} characters", allowed=f"at most {LONGEST}")
    found: dict[str, str] = {}
    for part in fragment.split("&"):
        key, _, value = part.partition("=")
        if key not in KEYS:
            raise BadInput(WHERE, f"{_shown(part)} is nothing that a link holds")
        if key in found:
            raise BadInput(WHERE, f"{key} stands in it twice")
        found[key] = unquote(value)
    for key in KEYS:
        if not found.get(key):
            raise BadInput(WHERE, f"is not whole: {key} is missing")
    return found


def _one_of(key: str, text: str, known: tuple[str, ...] | list[str]) -> str:
    if text not in known:
        allowed = ", ".join(known)
        problem = f"{key} {_shown(text)} is not known"
        raise BadInput(WHERE, problem, allowed=allowed, nearest=nearest(text[:40], known))
    return text


def _policy(side: str, text: str) -> Policy:
    regime, *settings = text.split(";")
    if regime not in (*shipped(), *design_regimes()):
        near = nearest(regime[:60], [*shipped(), *design_regimes()])
        raise BadInput(WHERE, f"policy {side}: no regime {_shown(regime)}", nearest=near)
    known = {lever.name: lever for lever in lever_file().lever if lever.kind != "choice"}
    levers: dict[str, float] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in known:
            near = nearest(name[:40], known)
            raise BadInput(WHERE, f"policy {side}: no lever {_shown(name)}", nearest=near)
        if name in levers:
            raise BadInput(WHERE, f"policy {side}: {name} stands in it twice")
        levers[name] = _position(known[name], value, f"policy {side}: {name}")
    return Policy(regime, levers)


def _position(lever: LeverTable, text: str, where: str) -> float:
    """Return a place of the lever's slider, or refuse what is none."""
    span = span_of(lever)
    for value in span.positions():
        if text == f"{value:.10g}":
            return value
    allowed = f"{span.low:g} to {span.high:g} in steps of {span.step:g}"
    raise BadInput(WHERE, f"{where} cannot be {_shown(text)}", allowed=allowed)
