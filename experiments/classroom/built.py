"""What ``make classroom`` made of one version of rules: the kernel as WebAssembly, and the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from experiments.runs.identity import rules_hash
from sim.errors import BadInput

FOLDER = Path(__file__).parent / "built"
KERNEL, PAGE, STYLE, ABOUT = "kernel.wasm", "page.js", "page.css", "built.json"
MAKE = "make classroom"


class Built(NamedTuple):
    """The kernel, and script and style of the page."""

    kernel: bytes
    script: str
    style: str


def built_rules(folder: Path = FOLDER) -> str:
    """Return the hash of the rules of which the kernel was made, '' where nobody made it."""
    try:
        rules = json.loads((folder / ABOUT).read_text(encoding="utf-8"))["rules"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return rules if isinstance(rules, str) else ""


def read_built(folder: Path = FOLDER) -> Built:
    """Return what was built.

    Raises:
        BadInput: something lacks, or was made of other rules than those of this program.
    """
    lacking = [one for one in (ABOUT, KERNEL, PAGE, STYLE) if not (folder / one).is_file()]
    if lacking:
        problem = f"{', '.join(lacking)} of the classroom was not made here"
        raise BadInput("lesson", problem, allowed=f"`{MAKE}` first, or an installed wheel")
    rules = built_rules(folder)
    if rules != rules_hash():
        problem = f"its kernel was made of rules {rules or 'without a name'}, not {rules_hash()}"
        raise BadInput("lesson", problem, allowed=f"`{MAKE}` again after a change of rules")
    return Built(
        (folder / KERNEL).read_bytes(),
        (folder / PAGE).read_text(encoding="utf-8"),
        (folder / STYLE).read_text(encoding="utf-8"),
    )
