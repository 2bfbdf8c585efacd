"""Writes measured tables into ``docs/performance.md``, between two marks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from benchmarks.sections import Table
from benchmarks.timing import machine

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN = "<!-- measured: written by python -m benchmarks --write -->"
END = "<!-- end of what was measured -->"
BUDGETS = "<!-- budgets: written by python -m benchmarks --write -->"
END_BUDGETS = "<!-- end of budgets -->"


def as_markdown(table: Table) -> str:
    """Return a table as Markdown; a column of figures is aligned to the right."""
    figures = [all(row[c][:1].isdigit() or not row[c] for row in table.rows)
               for c in range(len(table.header))]  # fmt: skip
    lines = [f"### {table.title}", ""] if table.title else []
    lines += [
        "| " + " | ".join(table.header) + " |",
        "|" + "|".join("---:" if right else "---" for right in figures) + "|",
    ]
    lines += ["| " + " | ".join(row) + " |" for row in table.rows]
    for note in table.notes:
        lines += ["", f"{note}."]
    return "\n".join(lines) + "\n"


def describe(loads: tuple[str, str], command: str) -> str:
    """Return the sentence that says where and when the figures come from."""
    known = machine()
    cores, processor = known.pop("cores"), known.pop("processor")
    versions = ", ".join(f"{name} {what}" for name, what in known.items() if name != "system")
    return (
        f"Measured on {date.today().isoformat()} by `{command}` on {cores} cores of "
        f"{processor} under {known['system']}; {versions}. Load of the machine before the start "
        f"and at the end: {loads[0]} and {loads[1]}.\n"
    )


def put_in(text: str, measured: str, begin: str = BEGIN, end: str = END) -> str:
    """Return the page with ``measured`` between two marks, or at its end."""
    block = f"{begin}\n\n{measured}\n{end}"
    if begin in text and end in text:
        before, rest = text.split(begin, 1)
        return before + block + rest.split(end, 1)[1]
    return f"{text.rstrip()}\n\n{block}\n"


def write(measured: str, budgets: str) -> None:
    """Put what was measured, and what it says of the budgets, into the page."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    text = put_in(put_in(text, measured), budgets, BUDGETS, END_BUDGETS)
    PAGE.write_text(text, encoding="utf-8")
