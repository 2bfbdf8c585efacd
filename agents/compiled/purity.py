"""Whether a file of rules is made of functions of their arguments, as far as its text tells.

What draws outside of ``draw``, keeps something from one call to the next, or reads a clock, a file
or the environment gives other values when the same run is repeated, under the same id. Here the
text is looked through before any of it is executed; ``agents.compiled.constants`` looks at the
values that it made, and a run is repeated (``experiments.runs.twice``), for what neither shows.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from agents.compiled.errors import BadInput
from agents.compiled.pure_names import ATTRIBUTES, BUILTINS, MODULES, SOME, of_model, why_not

WHOLE = "functions of their arguments, numbers and tuples; draws by agents.compiled.draws.draw"
_UNKNOWN = "which is not known to give the same every time"
_KNOWN = {"math": "math", "np": "numpy"}
"""Modules that a rule may know from the module whose rule it replaces, by their names there."""
_DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef)
_FUNCTIONS = (*_DEFINED, ast.Lambda)
_MUTABLE = (ast.List, ast.Dict, ast.ListComp, ast.DictComp, ast.GeneratorExp)
_SAID: dict[type[ast.AST], str] = {
    ast.Global: "keeps {names} from one call to the next (global)",
    ast.Nonlocal: "keeps {names} from one call to the next (nonlocal)",
    ast.ClassDef: "defines the class {name}, which rules could keep something in",
    ast.With: "uses with, which leads out of compiled rules",
    ast.AsyncWith: "uses with, which leads out of compiled rules",
    ast.Set: "makes a set, whose order is another in every process",
    ast.SetComp: "makes a set, whose order is another in every process",
}


def check_purity(file: str, tree: ast.Module) -> None:
    """Refuse what draws from outside, keeps state, or reads a clock, files or the environment.

    Raises:
        BadInput: with the first line that does.
    """
    found = sorted(_Look(tree).problems())
    if found:
        line, problem = found[0]
        raise BadInput(f"{file}, line {line}", problem, allowed=WHOLE)


class _Look:
    """One look through a file: what its names are, and what is done with them."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.nodes = list(ast.walk(tree))
        self.called = {id(node.func) for node in self.nodes if isinstance(node, ast.Call)}
        self.roots = {id(node.value) for node in self.nodes if isinstance(node, ast.Attribute)}
        self.made = {node.name for node in tree.body if isinstance(node, _DEFINED)}
        self.globals = {name for node in tree.body for name in _bound(node)}
        imports = [one for node in self.nodes if isinstance(node, ast.Import) for one in node.names]
        known = {name: module for name, module in _KNOWN.items() if name not in self.globals}
        self.modules = known | dict(map(_named, imports))
        functions = [node for node in self.nodes if isinstance(node, _FUNCTIONS)]
        self.own = {id(name) for function in functions for name in _own(function)}

    def problems(self) -> Iterator[tuple[int, str]]:
        """Yield line and problem of everything that is wrong."""
        for node in self.nodes:
            for said in self._wrong_in(node):
                yield getattr(node, "lineno", 1), said
        for node in self.tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, _MUTABLE):
                yield node.lineno, "keeps a list or a dictionary, which rules could change"
        yield from self._in_functions()

    def _wrong_in(self, node: ast.AST) -> Iterator[str]:
        if type(node) in _SAID:
            names = ", ".join(getattr(node, "names", ()))
            yield _SAID[type(node)].format(names=names, name=getattr(node, "name", ""))
        elif isinstance(node, ast.Import):
            yield from filter(None, (_import(one.name) for one in node.names))
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from filter(None, (_import_of(module, one.name) for one in node.names))
        elif isinstance(node, ast.Attribute):
            yield from self._attribute(node)
        elif isinstance(node, ast.Name) and id(node) not in self.own:
            yield from self._name(node)

    def _attribute(self, node: ast.Attribute) -> Iterator[str]:
        root = node.value
        if isinstance(root, ast.Name) and root.id in self.modules and id(root) not in self.own:
            module = self.modules[root.id]
            if module not in MODULES and node.attr not in SOME.get(module, (node.attr,)):
                yield f"uses {ast.unparse(node)}, {_UNKNOWN}"
        elif node.attr.startswith("__") or node.attr in ATTRIBUTES:
            yield f"uses {ast.unparse(node)}, which leads out of the arguments of a rule"

    def _name(self, node: ast.Name) -> Iterator[str]:
        name = node.id
        if name.startswith("__") and name != "__name__":
            yield f"uses {name}, which leads out of the arguments of a rule"
        elif name in self.modules:
            if id(node) not in self.roots:  # its attributes are looked at one by one
                yield f"passes on the module {name}"
        elif hasattr(builtins, name) and name not in BUILTINS and name not in self.globals:
            yield f"uses {name}, {_UNKNOWN}"
        elif name in self.made and isinstance(node.ctx, ast.Load) and id(node) not in self.called:
            yield f"passes on the function {name}: call it"

    def _in_functions(self) -> Iterator[tuple[int, str]]:
        """Yield what functions set that is not theirs, and what they keep in defaults."""
        for function in self.nodes:
            if not isinstance(function, _FUNCTIONS):
                continue
            for one in (*function.args.defaults, *function.args.kw_defaults):
                if one is not None and not isinstance(one, ast.Constant | ast.Name | ast.UnaryOp):
                    yield one.lineno, "has a default that is kept from one call to the next"
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield node.lineno, "imports within a function: write imports at the top"
                elif isinstance(node, ast.Attribute | ast.Subscript):
                    root = _root(node)
                    if not isinstance(node.ctx, ast.Load) and id(root) not in self.own:
                        yield node.lineno, f"changes {ast.unparse(node)}, which is no argument"


def _import(module: str) -> str:
    """Return what is wrong with ``import module``, or nothing."""
    if module in MODULES or module in SOME:
        return ""
    if of_model(module):
        return f"imports the module {module}: write from {module} import ..."
    return f"imports {module}, which draws, keeps or reads what is no argument of a rule"


def _import_of(module: str, name: str) -> str:
    """Return what is wrong with ``from module import name``, or nothing."""
    if of_model(module):
        return why_not(module, name)
    if module in SOME and name not in SOME[module]:
        return f"imports {module}.{name}, {_UNKNOWN}"
    return _import(module)


def _named(alias: ast.alias) -> tuple[str, str]:
    """Return the name that ``import`` gives a module, and the module."""
    top = alias.name.partition(".")[0]
    return (alias.asname, alias.name) if alias.asname else (top, top)


def _bound(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement at the top of the file gives a value."""
    if isinstance(node, (*_DEFINED, ast.ClassDef)):
        yield node.name
        return
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            yield one.id
        elif isinstance(one, ast.alias):
            yield (one.asname or one.name).partition(".")[0]


def _own(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> Iterator[ast.Name]:
    """Yield the names in a function that are its arguments, or are set in it."""
    takes = function.args
    arguments = (*takes.posonlyargs, *takes.args, *takes.kwonlyargs, takes.vararg, takes.kwarg)
    names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
    known = {one.arg for one in arguments if one is not None}
    known |= {name.id for name in names if isinstance(name.ctx, ast.Store)}
    yield from (name for name in names if name.id in known)


def _root(node: ast.expr) -> ast.expr:
    """Return what stands first in ``name.a[0].b``."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node


def line_that_sets(text: str, name: str) -> int | None:
    """Return the line at the top of a file that gives a name its value, or None."""
    lines = [node.lineno for node in ast.parse(text).body if name in _bound(node)]
    return lines[-1] if lines else None
