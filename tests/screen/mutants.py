"""Wrong versions of a function: each differs from it in one operator, number, term or field."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
OTHER_CALL = {"min": "max", "max": "min"}
PASSED_ON = {"min", "max", "abs", "clip", "sqrt", "exp", "log"}
"""Calls that a mutant leaves out: it takes an argument as it is."""

WRONG_FIELD, STEP = "_wrong_field", "_step"
"""What a mutant calls: see ``tests.screen.run``."""

SCALED = "scaled by 0.9"


class Mutant(NamedTuple):
    """One wrong version of a function: what was changed, in words, and what stands where."""

    function: str
    change: str
    right: ast.Module
    spot: int
    new: ast.AST

    @property
    def name(self) -> str:
        """The function and the change: the same wherever the function stands."""
        return f"{self.function}: {self.change}"

    def tree(self) -> ast.Module:
        """Return the wrong function."""
        return _with(self.right, self.spot, self.new)


def mutants(source: str, fields: frozenset[str]) -> Iterator[Mutant]:
    """Give every mutant of a function; ``fields`` are the names of columns of tables."""
    tree = ast.parse(source)
    function = tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    function.decorator_list = []
    if ast.get_docstring(function):
        function.body = function.body[1:] or [ast.Pass()]
    spots = [node for part in function.body for node in ast.walk(part)]
    where = _statements(function)
    measured = {
        id(argument)
        for node in spots
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "len"
        for argument in node.args
    }
    seen: Counter[str] = Counter()
    for spot, node in enumerate(spots):
        # How long another column of the same width is, is no other number.
        for change, new in () if id(node) in measured else _changes(node, fields):
            if id(node) in where and where[id(node)] != change:
                change = f"{change} in `{where[id(node)]}`"
            seen[change] += 1
            if seen[change] > 1:
                change = f"{change} ({seen[change]})"
            yield Mutant(function.name, change, tree, spot, new)


def _statements(function: ast.FunctionDef) -> dict[int, str]:
    """Return the first line of the innermost statement around each expression."""
    where: dict[int, str] = {}
    for part in function.body:
        for node in ast.walk(part):  # outer statements before inner ones
            if isinstance(node, ast.stmt):
                line = ast.unparse(node).splitlines()[0]
                where.update((id(inner), line) for inner in ast.walk(node) if inner is not node)
    return where


def _with(tree: ast.Module, spot: int, new: ast.AST) -> ast.Module:
    """Return a copy of the function in which another node stands in this spot."""
    made = copy.deepcopy(tree)
    function = made.body[0]
    assert isinstance(function, ast.FunctionDef)
    old = [node for part in function.body for node in ast.walk(part)][spot]
    put = _Put(old, copy.deepcopy(new))
    function.body = [put.visit(part) for part in function.body]
    for node in ast.walk(function):
        if isinstance(node, ast.While | ast.For):
            # A wrong loop may never end.
            call = ast.Call(ast.Name(STEP, ast.Load()), [], [])
            node.body.insert(0, ast.Expr(call))
    return ast.fix_missing_locations(made)


class _Put(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old = old
        self.new = new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def _changes(node: ast.AST, fields: frozenset[str]) -> Iterator[tuple[str, ast.AST]]:
    """Give what may stand in the place of a node, each with the change in words."""
    before = ast.unparse(node)
    if isinstance(node, ast.If):
        for answer in (True, False):
            made_if = copy.copy(node)
            made_if.test = ast.Constant(answer)
            yield f"{before.splitlines()[0]} always {answer}", made_if
    if isinstance(node, ast.Assign | ast.AugAssign):
        if _target(node):
            yield f"{before}: left out", ast.Pass()
        if _target(node) in ("out", "by_kind", "by_function", "scale"):
            made = copy.copy(node)
            made.value = ast.BinOp(node.value, ast.Mult(), ast.Constant(0.9))
            yield f"{before}: {SCALED}", made
    if not isinstance(node, ast.expr):
        return
    for new in _expressions(node, fields):
        yield f"{before} -> {ast.unparse(new)}", new


def _target(node: ast.Assign | ast.AugAssign) -> str:
    """Return the array into which a statement writes a cell, or nothing."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return ast.unparse(target.value) if isinstance(target, ast.Subscript) else ""


def _expressions(node: ast.expr, fields: frozenset[str]) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp):
        if type(node.op) in OPERATORS:
            yield ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)
        yield node.left
        if isinstance(node.op, ast.Add | ast.Mult):
            yield node.right
    elif isinstance(node, ast.Compare):
        for k, op in enumerate(node.ops):
            for other in COMPARISONS.get(type(op), ()):
                ops = [*node.ops[:k], other(), *node.ops[k + 1 :]]
                yield ast.Compare(node.left, ops, node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        for k in range(len(node.values)):
            rest = [*node.values[:k], *node.values[k + 1 :]]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        if node.attr in fields and ast.unparse(node.value) not in ("tables", "math"):
            name = ast.Name(WRONG_FIELD, ast.Load())
            yield ast.Call(name, [node.value, ast.Constant(node.attr)], [])


def _constants(node: ast.Constant) -> Iterator[ast.expr]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
    elif isinstance(node.value, float):
        yield ast.Constant(node.value + 1.0)
        if node.value:
            yield ast.Constant(0.9 * node.value)


def _calls(node: ast.Call) -> Iterator[ast.expr]:
    name = ast.unparse(node.func).split(".")[-1]
    if name in OTHER_CALL:
        yield ast.Call(ast.Name(OTHER_CALL[name], ast.Load()), node.args, [])
        yield from node.args
    elif name in PASSED_ON:
        yield node.args[0]
