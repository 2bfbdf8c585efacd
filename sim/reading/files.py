"""Files of users as text, TOML and CSV: how large, how deep, and one message on what is wrong.

Text is UTF-8, with a mark at its start or not, and any of the three ends of lines. Accents come
out composed with their letters (NFC), so that names which look the same are the same.
"""

from __future__ import annotations

import csv
import io
import math
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sim.errors import BadInput
from sim.reading.names import can_be_shown, composed, on_disk
from sim.reading.numbers import is_ambiguous, shown, two_readings, two_spellings
from sim.reading.texts import keep, kept

MB = 1_000_000
LARGEST = 16 * MB
"""Bytes of a file: a whole country of 10,000 municipalities takes some 4 million."""
LARGEST_TABLE = 256 * MB
"""Bytes of a table of points, which may have a million lines."""
LONGEST_LINE = 100_000
"""Characters of a line, and of a cell."""
DEEPEST = 20
"""Tables and lists in each other; what is read has at most eight."""
MOST_WHOLE = 2**63


class Line(NamedTuple):
    """A line of a table: its number, and its cells without spaces around them."""

    number: int
    cells: tuple[str, ...]


def read_text(path: Path, where: str = "", kind: str = "text", most: int = LARGEST) -> str:
    """Return the text of a file.

    Args:
        path: the file.
        where: what to name in messages, where that is not the file.
        kind: what the file should be, for messages: ``TOML``, ``CSV``.
        most: bytes of the largest file that is read.

    Raises:
        BadInput: it cannot be read, is no text in UTF-8, or is too large.
    """
    before = kept(path)
    if before is not None:
        return before
    place, called = where or str(path), f"{path} " if where else ""
    try:
        with on_disk(path).open("rb") as stream:
            raw = stream.read(most + 1)
    except FileNotFoundError:
        missing = f"{called}cannot be read (No such file)" if where else "this file is missing"
        raise BadInput(place, missing) from None
    except OSError as error:
        raise BadInput(place, f"{called}cannot be read ({error.strerror})") from None
    except ValueError:
        raise BadInput(place, f"{called}cannot be read (no file can have that name)") from None
    if len(raw) > most:
        problem = f"{called}is too large"
        raise BadInput(place, problem, allowed=f"up to {most // MB} million bytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = f"{called}is not text in UTF-8 (byte {error.start + 1:,}, line {line:,})"
        raise BadInput(place, problem, allowed=f"{kind} in UTF-8") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check_lines(text, place, called, kind)
    text = composed(text)
    keep(path, text)
    return text


def _check_lines(text: str, place: str, called: str, kind: str) -> None:
    """Refuse what no editor shows, and lines that no person wrote."""
    at = text.find("\0")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise BadInput(
            place, f"{called}holds a character NUL in line {line:,}", allowed=f"{kind} in UTF-8"
        )
    if len(text) <= LONGEST_LINE:
        return
    for number, row in enumerate(text.split("\n"), 1):
        if len(row) > LONGEST_LINE:
            raise BadInput(
                place, f"{called}has {len(row):,} characters in line {number:,}",
                allowed=f"up to {LONGEST_LINE:,}",
            )  # fmt: skip


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        BadInput: it cannot be read, is not TOML (with the line), is nested too deeply, or holds a
            number that cannot be kept or may be either of two.
    """
    return parse_toml(read_text(path, kind="TOML"), str(path))


def parse_toml(text: str, where: str) -> dict[str, Any]:
    """Return the content of a text in TOML; ``where`` is the file, for messages."""
    try:
        found = tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(where, f"not valid TOML: {error}") from None
    except ValueError as error:  # a whole number of thousands of digits, the 31st of February
        raise BadInput(where, f"not valid TOML: {error}") from None
    except RecursionError:
        raise _too_deep(where) from None
    for key, value in _leaves(found, where):
        if isinstance(value, _Refused):
            raise BadInput(f"{where}: {key}", value.problem, allowed=value.allowed)
        if isinstance(value, int) and abs(value) >= MOST_WHOLE:
            said = shown(str(value))
            raise BadInput(f"{where}: {key}", f"{said} is too large", allowed="up to 2^63-1")
        if isinstance(value, str) and not can_be_shown(value, "\n\t"):
            raise BadInput(
                f"{where}: {key}", f"{shown(value)} holds a character that cannot be shown",
                allowed="letters, digits, signs, spaces and ends of lines",
            )  # fmt: skip
    return found


class _Refused(float):
    """A number that is not taken, and why; its key is known once all has been read."""

    problem = ""
    allowed = ""


def _decimal(written: str) -> float:
    """Return a number of a TOML file that has a point, an exponent, or neither (inf, nan)."""
    found = _Refused(written)
    plain = written.replace("_", "")
    if plain[-1:].isalpha():
        found.problem, found.allowed = f"{written} is not finite", "a finite number"
    elif not math.isfinite(found):
        found.problem, found.allowed = f"{shown(written)} is too large", "a number that can be kept"
    elif found == 0.0 and re.search("[1-9]", re.split("[eE]", plain)[0]):
        found.problem, found.allowed = f"{shown(written)} is too small", "a number that can be kept"
    elif is_ambiguous(written) and written.endswith("0"):
        found.problem = two_readings(written)
        found.allowed = two_spellings(written).replace(f"{written}0", f"{found:g}")
    return found if found.problem else float(written)


def _leaves(found: dict[str, Any], where: str) -> Iterator[tuple[str, Any]]:
    """Give every key and value that is no table or list; refuse what is too deep."""
    open_ones: list[tuple[str, Any, int]] = [("", found, 0)]
    while open_ones:
        key, value, depth = open_ones.pop()
        if depth > DEEPEST:
            raise _too_deep(where)
        if isinstance(value, dict):
            for name, one in value.items():
                if not can_be_shown(name):
                    raise BadInput(
                        f"{where}: {key or 'top'}", f"{shown(name)} is no key",
                        allowed="letters, digits, signs and spaces",
                    )  # fmt: skip
                open_ones.append((f"{key}.{name}" if key else name, one, depth + 1))
        elif isinstance(value, list):
            open_ones += [(f"{key}[{k + 1}]", one, depth + 1) for k, one in enumerate(value)]
        else:
            yield key, value


def _too_deep(where: str) -> BadInput:
    return BadInput(where, "is nested too deeply", allowed="a few tables deep")


def read_lines(path: Path, where: str = "", most: int = LARGEST) -> Iterator[Line]:
    """Give the lines of a CSV file that hold something.

    Args:
        path: the file.
        where: what to name where the file as a whole is wrong, if that is not the file.
        most: bytes of the largest file that is read.

    Raises:
        BadInput: it cannot be read, is not CSV, or a cell holds what no line can.
    """
    text = read_text(path, where, "CSV", most)
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        for cells in reader:
            found = tuple(cell.strip() for cell in cells)
            for cell in found:
                if not can_be_shown(cell):
                    raise BadInput(
                        f"{path} line {reader.line_num}",
                        f"{shown(cell)} holds the end of a line or what cannot be shown",
                        allowed="cells of one line",
                    )
            if any(found):
                yield Line(reader.line_num, found)
    except csv.Error as error:
        place, called = (where, f"{path} ") if where else (f"{path} line {reader.line_num}", "")
        raise BadInput(place, f"{called}is not CSV ({error})", allowed="CSV in UTF-8") from None


def check_header(path: Path, line: Line) -> None:
    """Refuse a line of names that could not be told apart, in capitals or not."""
    where = f"{path} line {line.number}"
    names = line.cells
    if len(names) == 1 and ";" in names[0]:
        raise BadInput(
            where, "columns are separated by semicolons", allowed="commas, 0.5 for a half"
        )
    for place, name in enumerate(names):
        if not name:
            problem = f"column {place + 1} has no name"
            raise BadInput(where, problem, allowed="a name of its own for each column")
        if name.casefold() in [other.casefold() for other in names[:place]]:
            problem = f"column {shown(name)} appears twice"
            raise BadInput(where, problem, allowed="a name of its own for each column")
