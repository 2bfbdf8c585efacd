"""What ``make classroom`` made of one version of rules: the kernel as WebAssembly, and the page."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from agents.compiled import bundle, columns, lookups, record, rows
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


class Source(NamedTuple):
    """What a kernel is made of.

    Attributes:
        rules: the hash of the rules.
        tables: the hash of the code that says where the kernel finds a cell. It changes no result,
            so that ``rules`` does not tell, but the page writes tables where the kernel reads them.
    """

    rules: str
    tables: str


def source() -> Source:
    """Return what a kernel that is made now is made of."""
    digest = hashlib.sha256()
    for module in (bundle, columns, lookups, record, rows):
        digest.update(Path(str(module.__file__)).read_bytes())
    return Source(rules_hash(), digest.hexdigest()[:16])


def source_built(folder: Path = FOLDER) -> Source:
    """Return what the kernel was made of, without names where nobody made it."""
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        return Source(str(about["rules"]), str(about.get("tables", "")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Source("", "")


def read_built(folder: Path = FOLDER) -> Built:
    """Return what was built.

    Raises:
        BadInput: something lacks, or was made of other rules than those of this program.
    """
    lacking = [one for one in (ABOUT, KERNEL, PAGE, STYLE) if not (folder / one).is_file()]
    if lacking:
        problem = f"{', '.join(lacking)} of the classroom was not made here"
        raise BadInput("lesson", problem, allowed=f"`{MAKE}` first, or an installed wheel")
    made, needed = source_built(folder), source()
    if made != needed:
        rules = made.rules or "without a name"
        problem = f"its kernel was made of rules {rules}, not {needed.rules}"
        if made.rules == needed.rules:
            problem = "its kernel was made for tables that lie in memory in another way"
        raise BadInput("lesson", problem, allowed=f"`{MAKE}` again after a change of rules")
    return Built(
        (folder / KERNEL).read_bytes(),
        (folder / PAGE).read_text(encoding="utf-8"),
        (folder / STYLE).read_text(encoding="utf-8"),
    )
