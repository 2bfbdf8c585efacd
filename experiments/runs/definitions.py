"""What a set of modules defines, in one hash that knows neither files nor the order in them.

Every definition at the top of a module is a node: a function, a class, or an assignment. Its text
is its syntax tree (``experiments.runs.spelling``), in which each name that the module binds stands
for what it is bound to, wherever that is. The hash of a node is made anew of its text and the
hashes of what it refers to, until that parts no more nodes from each other. So two functions of
one name in two modules stay two, each caller keeps its own, and no path is needed to tell them
apart; and equal hashes mean definitions that cannot be told apart by any chain of references.

Order counts where it has an effect: within a function or a class (the order of fields is that of
columns), and between statements at the top of a module that neither define nor import anything.
Where there are such, they are one node, with the order of what is assigned between them. The
order of functions, of assignments alone, and of modules has none: assignments at the top of a
module have to be free of side effects.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from experiments.runs.spelling import Spelling, Target, says_nothing

LOOSE = ""
"""The name of a module's statements that define nothing."""
WHOLE = "*"
"""The name of all that a module defines, for a module that is handed on as a value."""
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass
class Module:
    """A module's definitions by name, and what it imports by the name it gives it."""

    name: str
    defined: dict[str, list[ast.stmt]] = field(default_factory=dict)
    loose: list[ast.stmt] = field(default_factory=list)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)
    loosely: frozenset[str] = frozenset()
    """Names that the loose statements bind, and that no definition does."""
    touched: frozenset[str] = frozenset()
    """Names that the loose statements use, and so may change what they stand for."""

    def parts(self) -> list[str]:
        """Return the names of all nodes of the module."""
        return [*self.defined, *([LOOSE] if self.loose else [])]


@dataclass
class Node:
    """A definition: its text, and what it refers to in the order in which the text does."""

    text: str
    refers: tuple[Target, ...]


def _assigned_names(statement: ast.stmt) -> list[str]:
    """Return the names that a plain assignment binds; none for any other statement."""
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    flat = [t for one in targets for t in (one.elts if isinstance(one, ast.Tuple) else [one])]
    names = [one.id for one in flat if isinstance(one, ast.Name)]
    return names if len(names) == len(flat) else []


def _imports_of(module: str, nodes: Iterable[ast.AST]) -> dict[str, tuple[str, str]]:
    """Return what import statements bind: the module, and the name in it or ''.

    Raises:
        ValueError: what a name stands for cannot be told.
    """
    found: dict[str, tuple[str, str]] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                meant = (alias.name if alias.asname else first, "")
                _put(found, module, alias.asname or first, meant)
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            if node.level or node.names[0].name == WHOLE:
                raise ValueError(f"{module} imports relatively or all names: {ast.unparse(node)}")
            for alias in node.names:
                _put(found, module, alias.asname or alias.name, (str(node.module), alias.name))
    return found


def _put(found: dict[str, tuple[str, str]], module: str, name: str, meant: tuple[str, str]) -> None:
    if found.setdefault(name, meant) != meant:
        raise ValueError(f"{module} imports {name} from two places")


def read_module(name: str, text: str) -> Module:
    """Return what a module defines and imports at its top.

    Raises:
        ValueError: what a name stands for cannot be told.
    """
    module = Module(name)
    between: list[ast.stmt] = []
    tops: list[ast.AST] = []
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            tops.append(statement)
        if says_nothing(statement) or (
            isinstance(statement, ast.AnnAssign) and statement.value is None
        ):
            continue
        if isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
            module.defined.setdefault(statement.name, []).append(statement)
            continue
        between.append(statement)
        names = _assigned_names(statement)
        for one in names:
            module.defined.setdefault(one, []).append(statement)
        if not names:
            module.loose.append(statement)
    inner = [node for one in module.loose for node in ast.walk(one)]
    module.imports = _imports_of(name, [*tops, *inner])
    module.touched = frozenset(_names_in(inner))
    module.loosely = frozenset(_names_in(inner, ast.Store)) - set(module.defined)
    both = set(module.imports) & {*module.defined, *module.loosely}
    if both:
        raise ValueError(f"{name} binds {', '.join(sorted(both))} by an import and otherwise")
    module.loose = between if module.loose else []
    return module


def _names_in(nodes: Iterable[ast.AST], kind: type[ast.expr_context] | None = None) -> set[str]:
    """Return the names in some code; with a ``kind`` of context those that are in it."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Name) and (kind is None or isinstance(node.ctx, kind)):
            found.add(node.id)
        elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            found.add(node.name)
    return found


class Definitions:
    """All definitions of some packages that matter, found from those of the modules named.

    Args:
        files: the file of every module by its dotted name.
        starts: modules of which every definition matters; of the others that matters to which
            one of these refers, directly or through others.
        named: modules that matter by name only: what is in them is not looked at.
    """

    def __init__(
        self, files: Mapping[str, Path], starts: Iterable[str], named: Iterable[str] = ()
    ) -> None:
        self.files = files
        self.named = frozenset(named)
        self.modules: dict[str, Module] = {}
        self.nodes: dict[Target, list[Node]] = {}
        self.by_name: set[str] = set()
        for name in starts:
            self._add_all(self._module(name))

    def digest(self) -> bytes:
        """Return the hash of all definitions, equal for equal ones in whatever files."""
        labels = {target: _hash(target[1].encode()) for target in self.nodes}
        kinds = 0
        while len(set(labels.values())) > kinds:
            kinds = len(set(labels.values()))
            labels = {target: self._label(target, labels) for target in self.nodes}
        return _hash(*sorted(labels.values()))

    def _label(self, target: Target, labels: Mapping[Target, bytes]) -> bytes:
        parts = [labels[target]]
        for node in self.nodes[target]:
            texts = [labels[one] if one[0] else one[1].encode() for one in node.refers]
            parts.append(_hash(node.text.encode(), *texts))
        return _hash(*parts)

    def _module(self, name: str) -> Module:
        if name not in self.modules:
            text = self.files[name].read_text(encoding="utf-8")
            self.modules[name] = read_module(name, text)
        return self.modules[name]

    def _add_all(self, module: Module) -> None:
        for name in module.parts():
            self._add((module.name, name))

    def _add(self, start: Target) -> None:
        """Add a definition and all to which it refers."""
        waiting = [start]
        while waiting:
            target = waiting.pop()
            if target in self.nodes or not target[0]:
                continue
            self.nodes[target] = self._nodes_of(target)
            waiting += [one for node in self.nodes[target] for one in node.refers]

    def _nodes_of(self, target: Target) -> list[Node]:
        module = self._module(target[0])
        if target[1] == WHOLE:
            return [Node("", ((module.name, name),)) for name in sorted(module.parts())]
        if target[1] == LOOSE:
            return [self._node(module, module.loose, True)]
        found = [self._node(module, [one], False) for one in module.defined[target[1]]]
        if target[1] in module.touched:  # and so perhaps changed
            found.append(Node("", ((module.name, LOOSE),)))
        return found

    def _node(self, module: Module, statements: list[ast.stmt], loose: bool) -> Node:
        """Spell one definition, or the loose statements of a module."""
        inner = [node for one in statements for node in ast.walk(one)]
        imports = {**module.imports, **_imports_of(module.name, inner)}

        def resolve(names: tuple[str, ...]) -> tuple[int, Target] | None:
            return self._resolved(module, imports, names)

        spelling = Spelling(resolve, self._is_alias, stores=loose)
        for one in statements:
            names = _assigned_names(one) if loose else []
            for name in names:
                spelling.refer((name,))
            if not names:
                spelling.statement(one)
        return Node(spelling.text(), tuple(spelling.refers))

    def _is_alias(self, target: Target) -> bool:
        """Return whether a name stands for another kind: what is assigned, no class."""
        where = self.modules.get(target[0])
        found = where.defined.get(target[1], []) if where else []
        return any(isinstance(one, ast.Assign | ast.AnnAssign) for one in found)

    def _resolved(
        self, module: Module, imports: Mapping[str, tuple[str, str]], names: tuple[str, ...]
    ) -> tuple[int, Target] | None:
        """Return what a dotted name refers to, see ``experiments.runs.spelling``."""
        if names[0] in imports:
            return self._followed(*imports[names[0]], names)
        if names[0] in module.defined:
            return 1, (module.name, names[0])
        return (1, (module.name, LOOSE)) if names[0] in module.loosely else None

    def _followed(self, where: str, what: str, names: tuple[str, ...]) -> tuple[int, Target]:
        """Return what is imported: ``what`` of a module, or the module itself where it is ''."""
        used = 1
        while True:
            if where in self.named:
                return self._only_named(where, what, used)
            if where not in self.files:
                return used, ("", f"{where} {what}")
            if not what:
                if used == len(names):
                    return used, (where, WHOLE)
                what, used = names[used], used + 1
            module = self._module(where)
            if what in module.defined:
                return used, (where, what)
            if f"{where}.{what}" in self.files:
                where, what = f"{where}.{what}", ""
            elif what in module.imports:
                where, what = module.imports[what]
            elif what in module.loosely:
                return used, (where, LOOSE)
            else:
                raise ValueError(f"{where} has no {what}")

    def _only_named(self, where: str, what: str, used: int) -> tuple[int, Target]:
        name = what or where.rpartition(".")[2]
        self.by_name.add(name)
        return used, ("", f"named {name}")


def _hash(*parts: bytes) -> bytes:
    """Return the SHA-256 of texts, each with its length: no two lists of them give one."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
