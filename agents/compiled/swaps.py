"""Rules of a user's own in the place of the model's, before anything else sees a function.

The decorators of ``agents.compiled.rule`` ask ``replacement`` about every function they meet. The
answer is the user's code over a namespace that is still empty: ``fill`` runs the user's file and
completes the namespace when a rule is first compiled or rebuilt, and the modules of the model are
whole. So the file may import what it likes from the model, and no import goes in a circle.
"""

from __future__ import annotations

import builtins
import dis
import sys
import traceback
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from agents.compiled.constants import wrong_in
from agents.compiled.errors import BadInput, nearest
from agents.compiled.purity import WHOLE, line_that_sets
from agents.compiled.rules_file import RulesFile, Written, chosen_rules

Function = Callable[..., Any]
Key = tuple[str, str]
"""Module and name of a rule."""

OWN = chosen_rules()
"""The user's file, read once, when the first module of the model is imported."""

HOME = "regiosim_rules"
"""The name under which the user's file is a module."""

_MODEL = ("agents", "sim")

SWAPPED: dict[Key, Written] = {}
"""The rules met so far that the user's file replaces, each with its function in the file."""

_spaces: dict[Key, dict[str, Any]] = {}
"""What each of these functions sees: the module of its rule, and over it the user's file."""

_filled: set[Key] = set()
_problems: list[BadInput] = []


def long_name(module: str, name: str) -> str:
    """Return a rule's name with that of its module: ``worth__trust_of``."""
    return f"{module.rpartition('.')[2]}__{name}"


def original_name(written: str) -> str:
    """Return the name under which the user's file finds the rule that ``written`` replaces."""
    return f"original_{written}"


def is_helper(function: Function) -> bool:
    """Return whether a function is of the user's file and stays there."""
    return function.__module__ == HOME and not is_only_written(function)


def is_only_written(function: Function) -> bool:
    """Return whether it is a replacement as the user's file has it: compiled in its place."""
    return OWN is not None and function.__module__ == HOME and function.__name__ in OWN.functions


def replacement(function: Function) -> tuple[Function, Written] | None:
    """Return what replaces a function that is about to become a rule, or None.

    It has the name, module and annotations of the rule. What takes other arguments is left out
    here, for ``fill`` to complain about: an import of the model is no place to fail.
    """
    key = function.__module__, function.__name__
    written = None if OWN is None else OWN.functions.get(long_name(*key), OWN.functions.get(key[1]))
    if OWN is None or written is None or function.__module__ == HOME:
        return None
    SWAPPED[key] = written
    given, wanted = (_arguments(code) for code in (written.code, function.__code__))
    if given != wanted:
        problem = f"{written.name} takes ({', '.join(given)})"
        allowed = f"({', '.join(wanted)}), as in {key[0]}"
        _problems.append(BadInput(OWN.line(written.line), problem, allowed=allowed))
        return None
    _spaces[key] = {}
    made = types.FunctionType(written.code, _spaces[key], function.__name__)
    made.__module__ = function.__module__
    made.__qualname__ = function.__qualname__
    # Words, of which only those of the rule count: the kind of agent that it is about.
    made.__annotations__ = dict(function.__annotations__)
    return made, written


def _arguments(code: types.CodeType) -> tuple[str, ...]:
    return code.co_varnames[: code.co_argcount]


def fill(rules: Mapping[Key, Any]) -> None:
    """Run the user's file, once, and complete what its functions see.

    Args:
        rules: every rule by module and name; replaced rules are under their own name the
            user's, and under ``original_name`` the model's.

    Raises:
        BadInput: the file cannot be run, or uses what is not there; the same at every call.
    """
    if OWN is not None and not _problems and not _filled.issuperset(_spaces):
        try:
            home = sys.modules.get(HOME) or _run(OWN)
            _complete(OWN, vars(home), rules)
        except BadInput as problem:
            _problems.append(problem)
        _filled.update(_spaces)
    if _problems:
        raise _problems[0]


def _run(own: RulesFile) -> types.ModuleType:
    """Execute the user's file as a module: the only place where code of a user is executed."""
    home = types.ModuleType(HOME)
    home.__file__ = str(own.path)
    sys.modules[HOME] = home
    try:
        exec(own.code, vars(home))
    except (Exception, SystemExit) as error:
        problem = f"running the file raises {type(error).__name__}: {error}"
        raise BadInput(own.line(line_of(error)), problem) from error
    return home


def line_of(error: BaseException) -> int | None:
    """Return the line of the user's file in which an error was raised, or None."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if OWN and frame.filename == str(OWN.path)]
    return lines[-1] if lines else None


def _complete(own: RulesFile, home: dict[str, Any], rules: Mapping[Key, Any]) -> None:
    """Put compiled rules in the place of plain functions, and show all to the user's functions."""
    for name, value in home.items():
        plain = getattr(value, "py_func", value)
        if isinstance(plain, types.FunctionType) and plain.__module__ == HOME:
            if not name.startswith("_") and name not in own.functions:
                raise BadInput(
                    own.line(plain.__code__.co_firstlineno),
                    f"{name} is defined in a way that replaces no rule",
                    allowed="def at the margin, or a name that starts with an underscore",
                )
        problem = "" if name.startswith("__") else wrong_in(value, HOME, rules)
        if problem:
            line, allowed = line_that_sets(own.text, name), "numbers, and tuples and arrays of them"
            raise BadInput(own.line(line), f"{name} is {problem}", allowed=allowed)
    for (module, name), written in SWAPPED.items():
        home[written.name] = rules[module, name]
        home[original_name(written.name)] = rules[module, original_name(written.name)]
    names = {name: value for name, value in home.items() if not name.startswith("__")}
    for key, space in _spaces.items():
        space.update({**vars(sys.modules[key[0]]), **names})
        _check_names(own, SWAPPED[key].code, space, rules)
    for (module, _), rule in rules.items():
        if module == HOME:
            _check_names(own, getattr(rule, "py_func", rule).__code__, home, rules)


def _check_names(
    own: RulesFile, code: types.CodeType, space: dict[str, Any], rules: Mapping[Key, Any]
) -> None:
    """Refuse names that are unknown, and what not all engines would run alike."""
    for line, name in _globals_of(code):
        where = own.line(line)
        if name not in space and not hasattr(builtins, name):
            problem = f"{code.co_name} uses {name}, which is not there"
            raise BadInput(where, problem, nearest=nearest(name, space))
        value = space.get(name)
        if isinstance(value, types.FunctionType) and value.__module__ == HOME:
            if (HOME, value.__name__) not in rules:
                problem = f"{code.co_name} uses {name}, which is not compiled"
                allowed = f"@rule above {name} (from agents.compiled.rule import rule)"
                raise BadInput(where, problem, allowed=allowed)
        if isinstance(value, types.ModuleType) and value.__name__.startswith(_MODEL):
            # The twin puts plain rules in the place of compiled ones by name, not in modules.
            problem = f"{code.co_name} uses the module {value.__name__}"
            raise BadInput(where, problem, allowed=f"from {value.__name__} import ...")
        wrong = wrong_in(value, HOME, rules)
        if wrong:
            problem = f"{code.co_name} uses {name}, which is {wrong}"
            raise BadInput(where, problem, allowed=WHOLE)


def _globals_of(code: types.CodeType) -> Iterator[tuple[int | None, str]]:
    """Yield line and name of every global that a function, or one within it, reads."""
    for step in dis.get_instructions(code):
        if step.opname == "LOAD_GLOBAL":
            yield step.positions.lineno if step.positions else None, step.argval
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _globals_of(inner)


def replaced() -> list[str]:
    """Return the rules that the user's file replaces, as ``agents.practice.give_mandate``."""
    return sorted(f"{module}.{name}" for module, name in SWAPPED)
