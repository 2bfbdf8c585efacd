"""Writes measured tables into ``docs/performance.md``, between two marks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from benchmarks.sections import Table
from benchmarks.timing import machine

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN = "<!-- measured: written by python -m benchmarks --write -->"
END = "<!-- end of what was measured -->"


def as_markdown(table: Table) -> str:
    """Return a table as Markdown; a column of figures is aligned to the right."""
    figures = [all(row[c][:1].isdigit() or not row[c] for row in table.rows)
               for c in range(len(table.header))]  # fmt: skip
    lines = [
        f"### {table.title}",
        "",
        "| " + " | ".join(table.header) + " |",
        "|" + "|".join("---:" if right else "---" for right in figures) + "|",
    ]
    lines += ["| " + " | ".join(row) + " |" for row in table.rows]
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


def put_in(text: str, measured: str) -> str:
    """Return the page with ``measured`` between the marks, or at its end."""
    block = f"{BEGIN}\n\n{measured}\n{END}"
    if BEGIN in text and END in text:
        before, rest = text.split(BEGIN, 1)
        return before + block + rest.split(END, 1)[1]
    return f"{text.rstrip()}\n\n{block}\n"


def write(measured: str) -> None:
    """Put what was measured into the page."""
    PAGE.write_text(put_in(PAGE.read_text() if PAGE.exists() else "", measured))
