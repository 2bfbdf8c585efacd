"""Rows are called by the letters that the glossary lists, and draws by none of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import agents
from sim.tables import RECORDS, Tables

ROOT = Path(agents.__file__).resolve().parent.parent


@cache
def letters() -> dict[str, frozenset[str]]:
    """Letters by table, from docs/glossary.md."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    section = text.partition("## Letters of rows in the code")[2].partition("\n## ")[0]
    found = {}
    for line in section.splitlines():
        cells = [re.findall("`([^`]+)`", cell) for cell in line.split("|")]
        if len(cells) == 5:
            found |= {table: frozenset(cells[1]) for table in cells[3]}
    return found


def test_the_glossary_and_the_tables_say_the_same() -> None:
    assert set(letters()) <= set(RECORDS) and len(letters()) == 16
    spoken = set(re.findall("``([a-z])``", Tables.__doc__ or ""))
    assert spoken == set().union(*letters().values())


def table_of(node: ast.expr) -> str:
    """The table that an expression is: ``tables.hubs``, or a row of the titles of a quarter."""
    if isinstance(node, ast.Subscript) and table_of(node.value) == "titles of all quarters":
        return "titles"
    if isinstance(node, ast.Subscript) and table_of(node.value) == "policy":
        return "insurers"
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        if node.value.id in ("tables", "start"):
            return "titles of all quarters" if node.attr == "titles" else node.attr
    return ""


def counted(node: ast.expr) -> str:
    """The table whose rows ``range(len(tables.hubs))`` or ``range(counter.units)`` counts."""
    if not isinstance(node, ast.Call) or ast.unparse(node.func) != "range" or len(node.args) != 1:
        return ""
    most = node.args[0]
    if isinstance(most, ast.Call) and ast.unparse(most.func) == "len":
        return table_of(most.args[0])
    if isinstance(most, ast.Attribute) and "counter" in ast.unparse(most.value):
        return most.attr
    return ""


def named_rows(module: ast.Module) -> Iterator[tuple[str, str, int]]:
    """Yield table, name of a row of it and line, for indices and loops with a bare name."""
    for node in ast.walk(module):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name):
            yield table_of(node.value), node.slice.id, node.lineno
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            yield counted(node.iter), node.target.id, node.lineno


def sources() -> list[Path]:
    """The modules of rules and phases."""
    paths = [*(ROOT / "agents").rglob("*.py"), *(ROOT / "sim").rglob("*.py")]
    return sorted(p for p in paths if not {"policy", "place"} & set(p.relative_to(ROOT).parts))


def strangers(module: ast.Module) -> list[str]:
    """Rows whose one letter is not that of their table."""
    return [
        f"line {line}: {name} of {table}"
        for table, name, line in named_rows(module)
        if len(name) == 1 and table in {*letters(), "policy"}
        if name not in letters().get(table, ())
    ]


@pytest.mark.parametrize(
    "path",
    sources(),
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_a_row_has_the_letter_of_its_table(path: Path) -> None:
    assert strangers(ast.parse(path.read_text(encoding="utf-8"))) == []


def test_most_rows_have_a_letter_and_the_search_sees_a_wrong_one() -> None:
    modules = [ast.parse(path.read_text(encoding="utf-8")) for path in sources()]
    rows = [row for module in modules for row in named_rows(module)]
    assert {table for table, name, _ in rows if len(name) == 1} >= set(letters())
    wrong = """
for i in range(tables.counter[0].units):
    tables.hubs[u].stage = tables.titles[tick][f].rate + tables.policy[t].ion
for best in range(len(tables.hubs)):
    tables.practices[j].hub = tables.titles[tick][k].rate + tables.policy[tick][m].ion
"""
    assert sorted(strangers(ast.parse(wrong))) == [
        "line 2: i of units", "line 3: f of titles", "line 3: t of policy", "line 3: u of hubs",
        "line 5: m of insurers",
    ]  # fmt: skip


def short_draws(module: ast.Module) -> list[str]:
    """Draws under one letter: kept in a variable, or taken as an argument."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            if ast.unparse(node.value.func) == "draw":
                found += [ast.unparse(target) for target in node.targets]
        elif isinstance(node, ast.arg) and node.annotation is not None:
            if ast.unparse(node.annotation) == "float":
                found.append(node.arg)
    return [name for name in found if len(name) == 1]


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_draw_has_no_letter_of_a_row(path: Path) -> None:
    assert short_draws(ast.parse(path.read_text(encoding="utf-8"))) == []


def test_the_search_sees_a_draw_under_a_letter() -> None:
    wrong = "def f(u: float, k: int):\n    i = draw(1, 2, 3, 4, 5)\n    lot = draw(1, 2, 3, 4, 5)\n"
    assert sorted(short_draws(ast.parse(wrong))) == ["i", "u"]
