"""Rebuild every rule and phase as the plain Python that one would write without a compiler.

The source of each rule is read, changed and built anew, in a namespace per module: bookkeeping
that only the ledger and the events need falls away, casts that only the compiler needs fall
away, draws come from ``random``, and exp, log and remainders from the library (or stay keyed and
the model's own, to prove that the model is the same).
"""

from __future__ import annotations

import ast
import inspect
import math
import sys
import textwrap
from collections.abc import Callable
from typing import Any

from agents.compiled.codes import Code
from agents.compiled.rule import RULES, TWINS

Function = Callable[..., Any]
Key = tuple[str, str]

BOOKS = frozenset({"note", "share_hours", "spend_hours"})
"""Calls that only write into the ledger or the events."""
LASTING = frozenset({"TASTE", "TASTE_TURN", "MANDATE"})
"""Streams whose draws must be the same when they are asked for again."""


LIBRARY: dict[Key, Function] = {
    ("agents.compiled.elementary", "exp"): math.exp,
    ("agents.compiled.elementary", "log"): math.log,
    ("agents.compiled.elementary", "is_multiple"): lambda value, step: value % step == 0.0,
}
"""What plain Mesa takes from Python's library, where a few last bits do not matter to it."""


class _Plain(ast.NodeTransformer):
    """Changes one function; see each method."""

    def __init__(self, keyed: bool, space: dict[str, Any]) -> None:
        self.keyed = keyed
        self.space = space

    def visit_Attribute(self, node: ast.Attribute) -> Any:  # noqa: N802  # the name that ast calls
        """Write a code as its number: nobody looks a constant up in a loop."""
        self.generic_visit(node)
        codes = self.space.get(_name(node.value))
        if isinstance(codes, type) and issubclass(codes, Code):
            return ast.copy_location(ast.Constant(int(codes[node.attr])), node)
        return node

    def visit_Expr(self, node: ast.Expr) -> Any:  # noqa: N802  # the name that ast calls
        """Leave out statements that only keep books."""
        call = node.value
        if isinstance(call, ast.Call) and _name(call.func) in BOOKS:
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> Any:  # noqa: N802  # the name that ast calls
        """Write calls of tiny helpers out, and leave out casts between whole and float."""
        self.generic_visit(node)
        name, given = _name(node.func), node.args
        if name == "party":
            text = "tables.offsets[_kind] + _row"
            return _filled(text, {"_kind": given[1], "_row": given[2]}, node)
        if name == "moment":
            return ast.copy_location(ast.Constant(0), node)
        # Whole numbers below 2**53 calculate as floats do.
        if name == "float" or (name == "int" and isinstance(given[0], ast.Subscript)):
            return given[0]
        if name == "draw" and not self.keyed and _name(given[1]) not in LASTING:
            return _filled("random()", {}, node)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> Any:  # noqa: N802  # the name that ast calls
        """Index lists of lists one index at a time."""
        self.generic_visit(node)
        if isinstance(node.slice, ast.Tuple):
            row, cell = node.slice.elts
            inner = ast.Subscript(node.value, row, ast.Load())
            made = ast.Subscript(inner, cell, node.ctx)
            return ast.fix_missing_locations(ast.copy_location(made, node))
        return node


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _filled(text: str, parts: dict[str, ast.expr], place: ast.AST) -> ast.expr:
    """Return the expression ``text`` with names replaced by these parts."""

    class Fill(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> Any:  # noqa: N802  # the name that ast calls
            return parts.get(node.id, node)

    tree = Fill().visit(ast.parse(text, mode="eval")).body
    made: ast.expr = ast.fix_missing_locations(ast.copy_location(tree, place))
    return made


def _rebuild(plain: Function, space: dict[str, Any], keyed: bool) -> Function:
    tree = ast.parse(textwrap.dedent(inspect.getsource(plain)))
    function = tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    function.decorator_list = []
    function.returns = None
    for argument in function.args.args:
        argument.annotation = None
    tree = ast.fix_missing_locations(_Plain(keyed, space).visit(tree))
    made: dict[str, Any] = {}
    exec(compile(tree, inspect.getsourcefile(plain) or "", "exec"), space, made)
    built: Function = made[plain.__name__]
    return built


def plain_functions(keyed: bool, random: Function, faster: dict[Key, Function]) -> dict[Key, Any]:
    """Return every rule and phase as plain Python, by (module, name).

    Args:
        keyed: keep the draws and elementary functions of the compiled engine instead of
            ``random`` and ``math``.
        random: returns a uniform draw in [0, 1).
        faster: hand-written replacements; each is rebuilt in the namespace of the rule it
            replaces, so it may call what that module knows.
    """
    spaces: dict[str, dict[str, Any]] = {}
    functions: dict[Key, Function] = {}
    for (module, name), kernel in RULES.items():
        space = spaces.setdefault(module, {**vars(sys.modules[module]), "random": random})
        source = faster.get((module, name), getattr(kernel, "py_func", kernel))
        if not keyed and (module, name) in LIBRARY:
            functions[module, name] = LIBRARY[module, name]
            continue
        if (module, name) in TWINS:
            functions[module, name] = TWINS[module, name]
            continue
        if (module, name) in faster:
            helpers = vars(sys.modules[source.__module__])
            space.update({k: v for k, v in helpers.items() if k not in space})
        functions[module, name] = _rebuild(source, space, keyed)
    by_kernel = {id(kernel): functions[key] for key, kernel in RULES.items()}
    for space in spaces.values():
        for name, value in space.items():
            space[name] = by_kernel.get(id(value), value)
    return functions
