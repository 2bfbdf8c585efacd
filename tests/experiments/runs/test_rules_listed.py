"""Which rules can be replaced, what each takes with it, and what the guide shows of them."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import numba
import pytest

from agents.compiled import swaps
from agents.compiled.rule import RULES
from agents.compiled.rules_file import read_rules
from experiments.cli.app import BAD_INPUT, DONE, main
from experiments.compiling.apart import smallest
from experiments.compiling.reuse import reached
from experiments.compiling.trying import argument_types
from experiments.runs.rules import _FIXED, rule_names
from tests.own_rules import EXAMPLE, ROOT


def test_all_rules_are_listed_by_the_name_that_replaces_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = rule_names()
    assert set(names.values()) == set(RULES) - set(_FIXED)
    for name, key in names.items():
        assert name in (key[1], swaps.long_name(*key)), name
        assert not name.startswith(("_", "original_"))
    assert {"give_mandate", "criteria__trust_of", "admission___admit", "run_quarter"} <= set(names)
    assert main(["rules", "give_mandate", "--json"]) == DONE
    (row,) = json.loads(capsys.readouterr().out)
    assert row["file"] == "agents/practice.py" and row["returns"] == "bool"
    assert row["takes"] == "practice: Practice, utility: float, lot: float, refuse: bool"
    assert main(["rules", "worth"]) == DONE
    shown = capsys.readouterr().out
    assert "worth__trust_of" in shown and "give_mandate" not in shown
    assert main(["rules", "giv_mandate"]) == BAD_INPUT
    assert "Did you mean 'give_mandate'?" in capsys.readouterr().err


def test_the_source_of_a_rule_is_a_file_to_start_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "give_mandate", "--source"]) == DONE
    path = tmp_path / "mine.py"
    path.write_text(capsys.readouterr().out)
    assert list(read_rules(path).functions) == ["give_mandate"]


def test_every_rule_can_be_compiled_by_itself() -> None:
    tables = numba.typeof(smallest())
    for key in rule_names().values():
        plain = getattr(RULES[key], "py_func", RULES[key])
        assert len(argument_types(plain, tables)) == plain.__code__.co_argcount


def test_only_what_calls_a_replaced_rule_is_compiled_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    key = ("agents.practice", "give_mandate")
    monkeypatch.setitem(swaps.SWAPPED, key, object())
    assert reached() == {
        key,
        ("sim.phases.choices.mandates", "review_mandate"),
        ("sim.phases.choices.choices", "practice_chooses"),
        ("sim.phases.choices.choices", "choose_all"),
        ("sim.quarter", "run_quarter"),
        ("sim.engines.compiled", "run_batch"),
    }
    monkeypatch.setitem(swaps.SWAPPED, ("agents.compiled.draws", "clip"), object())
    assert len(reached()) > 100


def test_the_guide_shows_the_example_as_it_is() -> None:
    guide = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in guide.split("```python\n")[1:]]
    shown = next(block for block in blocks if "def give_mandate" in block)
    tree = ast.parse(EXAMPLE.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef):
            texts = [
                isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant) for n in node.body
            ]
            node.body = [n for n, text in zip(node.body, texts, strict=True) if not text]
    assert ast.unparse(tree) == ast.unparse(ast.parse(shown))
