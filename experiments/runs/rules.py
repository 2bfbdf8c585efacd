"""The option ``--rules``: chosen before the model is imported, checked before any work starts."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from agents.compiled.errors import BadInput, nearest
from agents.compiled.rules_file import VARIABLE, chosen_path, text_of

_TWICE = "it is written in two forms that must agree to the bit"
_FIXED = {
    ("agents.compiled.draws", "draw"): _TWICE,
    ("agents.compiled.elementary", "bits_of"): _TWICE,
    ("agents.compiled.elementary", "float_of"): _TWICE,
    ("sim.engines.compiled", "restart"): "it belongs to the compiled engine only",
    ("sim.engines.compiled", "run_batch"): "it belongs to the compiled engine only",
}
"""What is registered as a rule and cannot be replaced, with the reason."""


def choose_rules(path: str | None) -> None:
    """Choose a file of rules for this process and those it starts; None leaves the choice as it is.

    Raises:
        BadInput: the model is imported already, with other rules or with none.
    """
    if path is None:
        return
    chosen = Path(path).absolute()
    if "agents.compiled.swaps" not in sys.modules:
        os.environ[VARIABLE] = str(chosen)
    elif _loaded() != chosen:
        raise _too_late(f"--rules {path}")


def _loaded() -> Path | None:
    """Return the file that the model was imported with."""
    from agents.compiled.swaps import OWN

    return None if OWN is None else OWN.path


def _too_late(where: str) -> BadInput:
    having = f"the rules of {_loaded()}" if _loaded() else "the rules as they are"
    return BadInput(
        where, f"this process has imported the model already, with {having}",
        allowed=f"a process of its own, or {VARIABLE} set before the first import",
    )  # fmt: skip


def check_rules() -> None:
    """Check that this process has the rules that the environment names, and that they fit.

    Raises:
        BadInput: they were chosen or changed too late, replace what is no rule, or cannot run.
    """
    from agents.compiled.swaps import OWN

    if chosen_path() != _loaded():
        raise _too_late(VARIABLE)
    if OWN is None:
        return
    if text_of(OWN.path) != OWN.text:
        raise BadInput(
            OWN.path.name, "has changed since this process imported the model",
            allowed="a new process",
        )  # fmt: skip
    from agents.compiled.rule import fill

    _check_names()
    fill()


def rule_names() -> dict[str, tuple[str, str]]:
    """Return module and name of every rule of the model, by the name that replaces it in a file.

    That is its own name, or ``module__name`` where it starts with an underscore or is the name
    of several rules.
    """
    import sim.engines.compiled  # noqa: F401  (with it every rule is registered)
    from agents.compiled.rule import RULES
    from agents.compiled.swaps import HOME, SWAPPED, long_name, original_name

    kept = {(module, original_name(one.name)) for (module, _), one in SWAPPED.items()}
    keys = [key for key in RULES if key[0] != HOME and key not in kept and key not in _FIXED]
    often = Counter(name for _, name in keys)
    return {
        name if often[name] == 1 and not name.startswith("_") else long_name(module, name): (
            module, name,
        )
        for module, name in keys
    }  # fmt: skip


def _check_names() -> None:
    """Refuse functions that replace no rule, more than one, or what cannot be replaced."""
    from agents.compiled.swaps import OWN, SWAPPED, long_name

    assert OWN is not None
    known = rule_names()
    for written in OWN.functions.values():
        where = OWN.line(written.line)
        found = [key for key, one in SWAPPED.items() if one == written]
        if len(found) > 1:
            homes = " and ".join(module for module, _ in found)
            allowed = ", ".join(long_name(*key) for key in found)
            raise BadInput(where, f"{written.name} is a rule in {homes}", allowed=allowed)
        if not found and written.name in known:
            raise BadInput(where, f"{written.name} is replaced by another function of this file")
        if not found:
            raise BadInput(
                where, f"{written.name} is no rule", nearest=nearest(written.name, known),
                allowed="names that `regiosim rules` lists; a helper starts with an underscore",
            )  # fmt: skip
        if found[0] in _FIXED:
            raise BadInput(where, f"{written.name} cannot be replaced: {_FIXED[found[0]]}")


def recorded() -> dict[str, Any]:
    """Return what a manifest says of the user's rules; nothing without them."""
    from agents.compiled.swaps import OWN, replaced

    if OWN is None:
        return {}
    about = {
        "file": OWN.path.name, "sha256": OWN.sha256, "text": OWN.text, "replaced": replaced(),
    }  # fmt: skip
    return {"rules_file": about}
