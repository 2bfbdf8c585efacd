"""What watches over the compilation of a user's rules: errors in words, and types that fit."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import CodeType
from typing import Any

import numba

from agents.compiled.errors import BadInput
from agents.compiled.rules_file import RulesFile, Written

_WORDS = {"float64": "float", "int64": "int", "boolean": "bool", "bool": "bool", "none": "None"}
_NOISE = ("Failed in", "During:", "File ", "There are", "- Of which", "<source elided>")


def general(kind: Any) -> Any:
    """Return a Numba type without the constants in it: ``Literal[int](3)`` is an int64."""
    if isinstance(kind, numba.types.BaseTuple) and not isinstance(kind, numba.types.BaseNamedTuple):
        return numba.types.BaseTuple.from_types([general(t) for t in kind.types])
    return numba.types.unliteral(kind)


def guard(
    dispatcher: Any,
    own: RulesFile,
    fill: Callable[[], None],
    swapped: tuple[Written, Any] | None,
) -> None:
    """Watch over every compilation of a dispatcher of the user's code.

    Args:
        dispatcher: what compiles; a plain function, with compilation off, is left alone.
        own: the user's file.
        fill: completes what the code sees, before it is first compiled.
        swapped: the user's function and the dispatcher of the rule it replaces, whose type it
            has to return; None for a helper.
    """
    if not hasattr(dispatcher, "get_call_template"):
        return
    compile_plainly = dispatcher.compile

    def compile_watched(signature: Any) -> Any:
        fill()
        try:
            made = compile_plainly(signature)
        except BadInput:
            raise
        except Exception as error:
            # Any kind: a column that does not exist is a KeyError here, not an error of Numba's.
            raise _refused(own, dispatcher.py_func.__code__, error) from error
        if swapped is not None:
            written, rule = swapped
            rule.compile(signature)
            given, wanted = (_returned(one, signature) for one in (dispatcher, rule))
            if given != wanted:
                problem = f"{written.name} returns {_spoken(given)}"
                allowed = f"{_spoken(wanted)}, as the rule that it replaces"
                raise BadInput(own.line(written.line), problem, allowed=allowed)
        return made

    dispatcher.compile = compile_watched


def _returned(dispatcher: Any, signature: Any) -> Any:
    return general(dispatcher.overloads[tuple(signature)].signature.return_type)


def _spoken(kind: Any) -> str:
    """Return a type in the words of Python."""
    if isinstance(kind, numba.types.BaseTuple) and not isinstance(kind, numba.types.BaseNamedTuple):
        return f"tuple[{', '.join(_spoken(one) for one in kind.types)}]"
    return _WORDS.get(str(kind), str(kind))


def _refused(own: RulesFile, code: CodeType, error: Exception) -> BadInput:
    """Return what a compiler's error comes down to: where, and its first sentence that says what.

    The very last lines of such an error say only in which pass of the compiler it was raised.
    """
    text = str(error)
    if isinstance(error, KeyError):
        text = f"there is no column {text}"
    said = re.search(rf"{re.escape(own.path.name)}(?:\", line | \()(\d+)", text)
    lines = [line.strip() for line in text.splitlines()]
    telling = [line for line in lines if line and not line.startswith(_NOISE)] or [text]
    words = telling[0]
    if words.endswith("signature:") and len(telling) > 1:
        words = f"{words} {telling[1].removeprefix('>>>').strip()}"
    words = re.sub(r"\s*Raised from \S+( \(\d+\))?\.?$", "", words)
    where = own.line(int(said[1]) if said else code.co_firstlineno)
    return BadInput(where, f"{code.co_name} does not compile: {words.rstrip(' .')}")
