"""Python code spelled by its syntax tree: what it says, without how it is written down.

``ast.dump`` differs from one Python to the next, so the tree is walked here: fields that are
empty are left out, and with them whatever a newer Python adds. Left out on purpose are comments,
formatting, docstrings, ``pass``, import statements, annotations that reach no column of a record,
the words in those that do, and what is there for type checkers only.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator

Target = tuple[str, str]
"""Module and name of a definition; no module for what lies outside."""
Resolve = Callable[[tuple[str, ...]], tuple[int, Target] | None]
"""Say what a dotted name refers to, and how many of its parts are used up by that."""

_DECLARE = frozenset({"stock", "flow", "average"})
"""What declares an outcome (``sim.measure.column``): its arguments are words."""
_SKIPPED = frozenset({"ctx", "kind", "type_comment", "type_params", "returns", "annotation"})


def is_type_only(statement: ast.stmt) -> bool:
    """Return whether a statement is ``if TYPE_CHECKING:`` without an ``else``."""
    if not isinstance(statement, ast.If) or statement.orelse:
        return False
    return (dotted(statement.test) or ("",))[-1] == "TYPE_CHECKING"


def says_nothing(statement: ast.stmt) -> bool:
    """Return whether a statement changes nothing: docstring, ``pass``, import, types only."""
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str)
    silent = ast.Pass | ast.Import | ast.ImportFrom
    return isinstance(statement, silent) or is_type_only(statement)


def dotted(node: ast.AST) -> tuple[str, ...] | None:
    """Return the parts of ``a.b.c``, or None for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return (node.id, *reversed(parts)) if isinstance(node, ast.Name) else None


def spelled(module: ast.Module) -> str:
    """Return the text of a whole module in its order, imports too, every name as it stands."""
    spelling = Spelling(lambda names: None, lambda target: False, imports=True)
    for statement in module.body:
        spelling.statement(statement)
    return spelling.text()


class Spelling:
    """The text of one or more statements, with numbers in the place of names that refer.

    Args:
        resolve: says what a name refers to.
        is_alias: says whether the kind of a field refers to another: a class is told by name.
        stores: whether a name that is set refers too; else it is one of the statement's own.
        imports: whether import statements are spelled, which are nothing where names refer.

    Attributes:
        refers: what they refer to, in order of first appearance: ``@0`` is the first of them.
    """

    def __init__(
        self,
        resolve: Resolve,
        is_alias: Callable[[Target], bool],
        stores: bool = False,
        imports: bool = False,
    ) -> None:
        self.refers: dict[Target, int] = {}
        self._resolve = resolve
        self._is_alias = is_alias
        self._stores = stores
        self._imports = imports
        self._kinds = False
        self._parts: list[str] = []

    def text(self) -> str:
        """Return what was spelled so far."""
        return "".join(self._parts)

    def statement(self, node: ast.stmt) -> None:
        """Spell one statement; nothing if it says nothing."""
        if not self._is_silent(node):
            self._node(node)

    def _is_silent(self, node: object) -> bool:
        if self._imports and isinstance(node, ast.Import | ast.ImportFrom):
            return False
        return isinstance(node, ast.stmt) and says_nothing(node)

    def refer(self, names: tuple[str, ...]) -> bool:
        """Spell a dotted name if it refers to something; return whether it does."""
        found = self._resolve(names)
        if found is None or (self._kinds and not self._is_alias(found[1])):
            return False
        used, target = found
        number = self.refers.setdefault(target, len(self.refers))
        self._parts.append(".".join((f"@{number}", *names[used:])) + " ")
        return True

    def _node(self, node: ast.AST) -> None:
        if isinstance(node, ast.Name | ast.Attribute) and self._name(node):
            return
        if isinstance(node, ast.Call) and (dotted(node.func) or ("",))[-1] in _DECLARE:
            self._node(node.func)
        elif isinstance(node, ast.AnnAssign):
            self._assigned(node)
        elif isinstance(node, ast.JoinedStr):
            self._joined(node)
        elif isinstance(node, ast.Global):
            self._parts.append("(Global ")
            for name in node.names:
                self._node(ast.Name(name, ast.Load()))
            self._parts.append(")")
        elif isinstance(node, ast.Constant):
            self._parts.append(f"({type(node.value).__name__} {node.value!r})")
        elif isinstance(node, ast.ClassDef):
            self._fields(node, skip="body")
            self._class_body(node.body)
        else:
            self._fields(node)

    def _fields(self, node: ast.AST, skip: str = "") -> None:
        self._parts.append(f"({type(node).__name__}")
        for name in node._fields:
            value = getattr(node, name, None)
            if name in _SKIPPED or name == skip or value is None or value == []:
                continue
            self._parts.append(f" {name}=")
            self._value(value)
        self._parts.append(")")

    def _value(self, value: object) -> None:
        if isinstance(value, list):
            self._parts.append("[")
            for item in value:
                if not self._is_silent(item):
                    self._value(item)
                    self._parts.append(",")
            self._parts.append("]")
        elif isinstance(value, ast.AST):
            self._node(value)
        else:
            self._parts.append(repr(value))

    def _name(self, node: ast.Name | ast.Attribute) -> bool:
        """Spell a name that refers to something known; return whether it does."""
        names = dotted(node)
        own = isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
        if names is None or (own and not self._stores):
            return False
        return self.refer(names)

    def _assigned(self, node: ast.AnnAssign) -> None:
        """Spell ``a: int = 1`` as ``a = 1``."""
        if node.value is None:
            self._parts.append("(Declared ")
            self._node(node.target)
            self._parts.append(")")
        else:
            self._node(ast.Assign(targets=[node.target], value=node.value))

    def _class_body(self, body: Iterable[ast.stmt]) -> None:
        """Spell the body of a class, in which annotations are the fields of its rows."""
        self._parts.append("{")
        for statement in body:
            if isinstance(statement, ast.AnnAssign):
                self._annotation(statement.annotation)
            self.statement(statement)
        self._parts.append("}")

    def _annotation(self, node: ast.expr) -> None:
        """Spell the kind of a field and its width; unit, range and description are words."""
        notes = _notes(node)
        kind = node if notes is None else notes[0]
        self._parts.append("<")
        self._kinds = True
        self._node(kind)
        self._kinds = False
        for note in (notes or [])[1:]:
            if not (isinstance(note, ast.Constant) and isinstance(note.value, str)):
                self._node(note)
        self._parts.append(">")

    def _joined(self, node: ast.JoinedStr) -> None:
        """Spell an f-string: Pythons differ in how they cut the text between its fields."""
        self._parts.append("(JoinedStr ")
        for piece in _merged(node.values):
            if isinstance(piece, str):
                self._parts.append(repr(piece))
            else:
                self._node(piece)
        self._parts.append(")")


def _notes(node: ast.expr) -> list[ast.expr] | None:
    """Return the parts of ``Annotated[...]``, or None."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Tuple):
        return None
    return node.slice.elts if (dotted(node.value) or ("",))[-1] == "Annotated" else None


def _merged(values: Iterable[ast.expr]) -> Iterator[str | ast.expr]:
    text = ""
    for value in values:
        if isinstance(value, ast.Constant):
            text += str(value.value)
            continue
        if text:
            yield text
        text = ""
        yield value
    if text:
        yield text
