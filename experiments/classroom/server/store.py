"""Where classes are kept: a log in SQLite that is only added to, so that a kill loses nothing."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sim.errors import BadInput

FORMAT = "1"

TABLES = """
create table if not exists about (key text primary key, value text not null) strict;
create table if not exists log (
    number integer primary key, class text not null, at real not null, kind text not null,
    body text not null
) strict;
create index if not exists log_of_class on log (class, number);
"""


class Entry(NamedTuple):
    """Something that happened in a class: ``made``, ``joined``, ``decided`` or ``step``."""

    code: str
    kind: str
    body: dict[str, Any]


class Store:
    """A file with all classes of one address."""

    def __init__(self, path: Path) -> None:
        self.path = path
        new = not path.exists() or path.stat().st_size == 0
        try:
            # Written under the event loop's own thread only, read at the start.
            self._base = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            if not new and self.about("format") is None:
                raise BadInput(f"--data {path}", "holds no classes of regiosim")
            self._base.execute("pragma journal_mode = wal")
            self._base.execute("pragma synchronous = full")
            self._base.executescript(TABLES)
            if new:
                self.say("format", FORMAT)
        except sqlite3.DatabaseError as error:
            raise BadInput(f"--data {path}", f"cannot be used: {error}") from None
        if self.about("format") != FORMAT:
            raise BadInput(f"--data {path}", "was written by another version of regiosim")

    def about(self, key: str) -> str | None:
        """Return what the file says of itself, or None."""
        try:
            row = self._base.execute("select value from about where key = ?", (key,)).fetchone()
        except sqlite3.OperationalError:
            return None
        return None if row is None else str(row[0])

    def say(self, key: str, value: str) -> None:
        """Let the file say something of itself."""
        self._base.execute(
            "insert into about values (?, ?)"
            " on conflict (key) do update set value = excluded.value",
            (key, value),
        )

    def add(self, entry: Entry) -> None:
        """Write down what happened: it is on the disk when this returns."""
        body = json.dumps(entry.body, ensure_ascii=False, separators=(",", ":"))
        self._base.execute(
            "insert into log (class, at, kind, body) values (?, ?, ?, ?)",
            (entry.code, time.time(), entry.kind, body),
        )

    def entries(self) -> Iterator[Entry]:
        """Return all that happened, in order."""
        for code, kind, body in self._base.execute(
            "select class, kind, body from log order by number"
        ):
            yield Entry(code, kind, json.loads(body))

    def close(self) -> None:
        """Close the file; what SQLite kept beside it goes into it."""
        self._base.close()
