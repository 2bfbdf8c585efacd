"""``regiosim rules``: the rules of the model, with what they take, return and are for."""

from __future__ import annotations

import inspect
from typing import Annotated, Any

import typer

from agents.compiled.errors import BadInput, nearest
from experiments.cli.console import show


def add(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("rules")(rules_command)


def rules_command(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Only this rule, or those of this file.")
    ] = None,
    source: Annotated[
        bool, typer.Option("--source", help="Write the rules as they are in the model.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """List the rules that a file of your own may replace (run --rules), and where they are."""
    chosen = _chosen(name)
    if source:
        print("\n\n".join(_source(rule) for rule in chosen.values()))
        return
    rows = [_row(written, rule) for written, rule in chosen.items()]
    show(rows, as_json, "Rules, by the name that replaces them")


def _chosen(name: str | None) -> dict[str, Any]:
    """Return the functions of all rules, of the rule of that name, or of the file of that name."""
    from agents.compiled.rule import RULES
    from agents.compiled.swaps import SWAPPED, long_name, original_name
    from experiments.runs.rules import rule_names

    names = rule_names()
    found = {
        written: key for written, key in names.items()
        if name is None or name in (written, key[1], long_name(*key), _file(key[0]))
        or name == key[0].rpartition(".")[2]
    }  # fmt: skip
    if not found:
        near = nearest(str(name), names)
        listed = "what `regiosim rules` lists"
        raise BadInput(f"rule {name!r}", "unknown", allowed=listed, nearest=near)
    for key, one in SWAPPED.items():
        found = {w: (key[0], original_name(one.name)) if k == key else k for w, k in found.items()}
    rules = {written: RULES[key] for written, key in found.items()}
    return {written: getattr(rule, "py_func", rule) for written, rule in rules.items()}


def _file(module: str) -> str:
    return f"{module.replace('.', '/')}.py"


def _row(written: str, rule: Any) -> dict[str, Any]:
    kinds = dict(rule.__annotations__)
    back = kinds.pop("return", "")
    return {
        "name": written,
        "file": _file(rule.__module__),
        "takes": ", ".join(f"{name}: {kind}" for name, kind in kinds.items()),
        "returns": back,
        "text": (inspect.getdoc(rule) or "").partition("\n")[0],
    }


def _source(rule: Any) -> str:
    """Return the text of a rule without its decorator."""
    text = inspect.getsource(rule)
    return text[text.index("def ") :]
