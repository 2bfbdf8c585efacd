"""What the command line writes: tables and JSON on stdout, progress and errors on stderr."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What text begins with that a spreadsheet takes for a formula; the last four are full-width."""
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_BREAKS = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]")
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def stderr() -> Console:
    """Return the console of progress and messages."""
    return Console(stderr=True, soft_wrap=True, highlight=False)


def say_error(text: str) -> None:
    """Write one message about what went wrong: a line, or one for each of many mistakes."""
    lines = (harmless(" ".join(line.split())) for line in text.split("\n  "))
    print("regiosim: " + "\n  ".join(lines), file=sys.stderr)


def print_json(value: Any) -> None:
    """Write JSON on stdout; not-a-number becomes null, and a letter that stdout lacks its code."""
    text = json.dumps(_clean(value), indent=2, ensure_ascii=False, allow_nan=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(_clean(value), indent=2, allow_nan=False)
    print(text)


def _clean(value: Any) -> Any:
    if isinstance(value, float) and not -1e308 < value < 1e308:
        return None
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


def show(rows: Sequence[Mapping[str, Any]], as_json: bool, title: str = "") -> None:
    """Write rows as JSON, as a table on a terminal, or with tabs where output is piped."""
    if as_json:
        print_json([dict(row) for row in rows])
        return
    names = list(rows[0]) if rows else []
    cells = [[shown(row[name]) for name in names] for row in rows]
    if sys.stdout.isatty():
        from rich.box import SIMPLE_HEAD
        from rich.table import Table
        from rich.text import Text

        table = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left")
        for place, name in enumerate(names):
            table.add_column(
                Text(harmless(name.replace("_", " "))), overflow="fold", no_wrap=place == 0
            )
        for row in cells:
            table.add_row(*(Text(cell) for cell in row))
        Console(highlight=False).print(table)
        return
    print("\t".join(map(harmless, names)))
    for row in cells:
        print("\t".join(row))


def shown(value: Any) -> str:
    """Return a cell of a table as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, float) else harmless(str(value))


def harmless(text: str) -> str:
    """Return text of users with what would steer a terminal, or turn the text round, as its code.

    Tabs and newlines, which would make other cells of it, become spaces.
    """
    return _STEERING.sub(lambda found: repr(found[0])[1:-1], " ".join(_BREAKS.split(text)))


def csv_cell(value: Any) -> Any:
    """Return a cell of a CSV file that no spreadsheet takes for a formula; numbers stay numbers."""
    text = isinstance(value, str) and value[:1] in _FORMULA and not _NUMBER.fullmatch(value)
    return f"'{value}" if text and value else value


@contextmanager
def waiting(text: str, quiet: bool) -> Iterator[None]:
    """Say what is going on, with the time it has taken where someone is looking."""
    console = stderr()
    if quiet:
        yield
        return
    if not console.is_terminal:
        console.print(text)
        yield
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        bar.add_task(text, total=None)
        yield


@contextmanager
def progress_bar(text: str, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that shows how far the work is, or None where no one is looking."""
    console = stderr()
    if quiet or not console.is_terminal:
        yield None
        return
    from rich.progress import Progress

    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
