"""What factors and constants may be called and set: each name and each key in one place."""

from __future__ import annotations

from agents.parameters import DECLARED
from experiments.runs.values import Setting
from experiments.sweeps.file.factors import Factor
from sim.errors import BadInput
from sim.policy.overrides import is_policy_setting

COLUMNS = (
    "row", "point", "region", "regime", "package", "settings", "run_id", "from", "to", "switch",
    "engine", "replicate", "seed", "population_seed", "status", "reason", "tick", "date", "scope",
    "outcome", "value",
)  # fmt: skip
"""Columns of the tables of a sweep that are no factor's."""
STORES = ("index", "level_0", "rowid")
"""Names that stores keep for themselves, beside those that begin with two underscores."""


def check_names(factors: tuple[Factor, ...], constants: tuple[Setting, ...]) -> None:
    """Refuse a name that misleads or hides a column, and a key that is set twice.

    Raises:
        BadInput: of two that set a key, one would silently do nothing.
    """
    owner = {setting.key: "constants" for setting in constants}
    names: set[str] = set()
    for factor in factors:
        _check_name(factor, names)
        names.add(factor.name.casefold())
        for key in _keys_of(factor):
            if key in owner:
                raise BadInput(
                    factor.where, f"sets {key}, which {owner[key]} sets too",
                    allowed="each key in one place",
                )  # fmt: skip
            owner[key] = factor.place


def _check_name(factor: Factor, others: set[str]) -> None:
    """Refuse what could not be a column of its own, in any case of letters (as in SQL)."""
    name = factor.name
    if name.casefold() in others:
        raise BadInput(factor.where, "occurs twice", allowed="each name once")
    if name.startswith("__") or name.casefold() in STORES:
        problem = "is a name that stores of tables keep for themselves"
        raise BadInput(factor.where, problem, allowed="another name, beside keys or alternatives")
    if name.casefold() in COLUMNS:
        problem = "is the name of a column of every sweep"
        raise BadInput(factor.where, problem, allowed="another name, beside keys or alternatives")
    if (name in DECLARED or is_policy_setting(name)) and name not in factor.keys:
        raise BadInput(
            factor.where,
            f"does not set {name}",
            allowed="a name of your own, or keys with this one",
        )


def _keys_of(factor: Factor) -> list[str]:
    """Return every key that some value of a factor sets."""
    found: dict[str, None] = {}
    for value in factor.extremes():
        own = [setting.key for setting in factor.settings(value)]
        for key in own:
            if own.count(key) > 1:
                raise BadInput(factor.where, f"sets {key} twice", allowed="each key once")
        found.update(dict.fromkeys(own))
    return list(found)
