"""A file of rules of one's own, as far as its text alone tells: read, checked and hashed.

Nothing is executed here. Which rules a file replaces is known before any module of the model is
imported; the code that it holds is put in place by ``agents.compiled.swaps``.
"""

from __future__ import annotations
import __future__

import ast
import hashlib
import os
import sys
from dataclasses import dataclass
from inspect import CO_COROUTINE, CO_GENERATOR
from pathlib import Path
from types import CodeType
from typing import NamedTuple

from agents.compiled.errors import BadInput
from agents.compiled.purity import check_purity

VARIABLE = "REGIOSIM_RULES"
"""The environment variable that names the file; processes started from this one inherit it."""

EXPECTED = "REGIOSIM_RULES_SHA256"
"""The environment variable with the hash that the file has to have, for processes that help."""

_IMPORTABLE = frozenset({"agents", "sim", "numpy", "numba"}) | sys.stdlib_module_names
_DECORATORS = frozenset({"rule", "kernel"})


class Written(NamedTuple):
    """A function of the file that is to replace a rule: its name, first line and code."""

    name: str
    line: int
    code: CodeType


@dataclass(frozen=True)
class RulesFile:
    """A file whose text is sound: its path, text, compiled text and the functions in it."""

    path: Path
    text: str
    code: CodeType
    functions: dict[str, Written]

    @property
    def sha256(self) -> str:
        """Hash of the text in UTF-8, with line ends as on Unix: equal on every machine."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def line(self, number: int | None) -> str:
        """Return file and line as messages name them."""
        return f"{self.path.name}, line {number}" if number else self.path.name


def chosen_path() -> Path | None:
    """Return the path that the environment names now, or None where it names none."""
    named = os.environ.get(VARIABLE)
    return Path(named).absolute() if named else None


def chosen_rules() -> RulesFile | None:
    """Return the file that the environment names, read and checked, or None.

    Raises:
        BadInput: the file cannot be used.
    """
    path = chosen_path()
    if path is None:
        return None
    os.environ[VARIABLE] = str(path)  # whole, for processes that work in another folder
    found = read_rules(path)
    if os.environ.get(EXPECTED, found.sha256) != found.sha256:
        raise BadInput(path.name, "has changed since the process that this one works for read it")
    return found


def read_rules(path: Path) -> RulesFile:
    """Return the file at ``path`` with the functions that are to replace rules.

    Raises:
        BadInput: the file is missing, is no Python, or does what no file of rules may do.
    """
    text = text_of(path)
    try:
        tree = ast.parse(text, str(path))
        # Annotations stay words: a rule may name classes that the file does not import.
        future = __future__.annotations.compiler_flag
        code = compile(tree, str(path), "exec", flags=future, dont_inherit=True)
    except SyntaxError as error:
        where = f"{path.name}, line {error.lineno}" if error.lineno else path.name
        raise BadInput(where, f"is not Python: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise BadInput(path.name, f"is not Python: {error}") from None
    _check_imports(path.name, tree)
    _check_assignments(path.name, tree)
    check_purity(path.name, tree)
    return RulesFile(path, text, code, _functions(path.name, tree, code))


def text_of(path: Path) -> str:
    """Return the text of a file of rules, with line ends as on Unix."""
    if path.is_dir():
        raise BadInput(str(path), "is a folder", allowed="a Python file")
    if path.suffix != ".py":
        raise BadInput(str(path), "is no Python file", allowed="a file whose name ends in .py")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise BadInput(str(path), "does not exist", allowed="a Python file") from None
    except OSError as error:
        raise BadInput(str(path), f"cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        problem = f"is no text: byte {error.start + 1} is not UTF-8"
        raise BadInput(str(path), problem, allowed="Python in UTF-8") from None
    if "\0" in text:
        raise BadInput(str(path), "is no text: it holds a null byte", allowed="Python in UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_imports(file: str, tree: ast.Module) -> None:
    """Refuse modules of the user's own: only the text of this one file is recorded and hashed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = ["." * node.level + (node.module or "")]
        else:
            continue
        for name in names:
            if name.partition(".")[0] not in _IMPORTABLE:
                raise BadInput(
                    f"{file}, line {node.lineno}",
                    f"imports {name}, which a run would not record",
                    allowed="agents, sim, numpy, numba and Python's own modules",
                )


def _check_assignments(file: str, tree: ast.Module) -> None:
    """Refuse to set what belongs to another module: compiled code would not see all of it."""
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            continue  # rules do set the columns of rows
        for node in ast.walk(statement):
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
                where = f"{file}, line {node.lineno}"
                allowed = "functions named like a rule, names of the file's own"
                raise BadInput(where, f"sets {ast.unparse(node)}", allowed=allowed)


def _functions(file: str, tree: ast.Module, code: CodeType) -> dict[str, Written]:
    """Return the functions at the top of the file whose name starts with no underscore."""
    codes = {one.co_name: one for one in code.co_consts if isinstance(one, CodeType)}
    found: dict[str, Written] = {}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("_"):
            continue
        problem = _oddity(node, codes[node.name])
        if node.name in found:
            problem = "is there twice", "each rule once"
        if problem is not None:
            where, (wrong, allowed) = f"{file}, line {node.lineno}", problem
            raise BadInput(where, f"{node.name} {wrong}", allowed=allowed)
        found[node.name] = Written(node.name, node.lineno, codes[node.name])
    if not found:
        allowed = "functions named like a rule (`regiosim rules` lists them)"
        raise BadInput(file, "replaces no rule", allowed=allowed)
    return found


def _oddity(node: ast.FunctionDef | ast.AsyncFunctionDef, code: CodeType) -> tuple[str, str] | None:
    """Return what no rule has but this function, and what is allowed."""
    for decorator in map(ast.unparse, node.decorator_list):
        if decorator not in _DECORATORS:
            return f"is decorated with {decorator}", "a plain function, or @rule"
    if isinstance(node, ast.AsyncFunctionDef) or code.co_flags & (CO_GENERATOR | CO_COROUTINE):
        return "is no plain function", "def, and return"
    takes = node.args
    special = (takes.posonlyargs, takes.kwonlyargs, takes.vararg, takes.kwarg, takes.defaults)
    if any(special):
        return f"takes ({ast.unparse(takes)})", "names only, without defaults and stars"
    return None
