"""Valid inputs that are spoiled in one place: a value, a line, some bytes; for tests of readers."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from sim.errors import BadInput

MANY = settings(
    max_examples=1000, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
"""A thousand inputs for a reader, the same on every machine."""

NASTY = (
    "", " ", "0", "-1", "1", "0.5", "37", "1.5", "-0", "1_0", "0034", "+7", "٣", "１２", "100.000",
    "1.234", "1.234,5", "1,234", "1 234", "0,5", "1e3", "1e999", "-1e999", "1e-999", "inf", "nan",
    "9" * 30, "9" * 5000, "1" * 70, "0x10", "true", "TRUE", "null", "None", "all", "2019-01-01",
    "2019-02-30", "'", '"', "\\", "[", "]", "{}", "[[[[", "=", "#", ";", ",", "\n", "\r", "\t",
    "\0",
    "\ufeff", "\u200b", "é", "e\u0301", "\ud7ff", "../x", "SM00001", "SM00002", "Achmea", "share",
    "%", "1%", "+2", "x" * 300, "$\\frac$", "=1+1", "<b>", "__index_level_0__", "run_id", "unicum",
)  # fmt: skip
NESTED = tuple(open_ * 3000 for open_ in ("[", "{a=", "a."))

_TOKEN = re.compile(r'"[^"\n]*"|[A-Za-z0-9_.+-]+|[^\sA-Za-z0-9_.+-]')


def replace_token(text: str, at: int, new: str) -> str:
    """Return a text with one of its words, numbers, strings or signs replaced."""
    tokens = list(_TOKEN.finditer(text))
    found = tokens[at % len(tokens)]
    return text[: found.start()] + new + text[found.end() :]


def replace_inside(text: str, at: int, new: str) -> str:
    """Return a text with what stands in one of its words or strings replaced, quotes kept."""
    tokens = [one for one in _TOKEN.finditer(text) if one[0][:1] == '"' or one[0][:1].isalnum()]
    found = tokens[at % len(tokens)]
    quote = '"' if found[0].startswith('"') else ""
    return text[: found.start()] + quote + new + quote + text[found.end() :]


def replace_line(text: str, at: int, new: str) -> str:
    """Return a text with a line left out, doubled, or put in the place of another."""
    lines = text.split("\n")
    place = at % len(lines)
    other = lines[(at * 7 + 3) % len(lines)]
    return "\n".join([*lines[:place], *{"-": [], "+": [lines[place]] * 2}.get(new, [other]),
                      *lines[place + 1 :]])  # fmt: skip


def spoiled(text: str) -> st.SearchStrategy[bytes]:
    """Return a strategy of the bytes of a text that is spoiled in one or two places, or in none."""
    at = st.integers(0, 10_000)
    nasty = st.sampled_from((*NASTY, *NESTED)) | st.text(max_size=5) | st.floats().map(repr)

    def one(text: str) -> st.SearchStrategy[str]:
        return st.one_of(
            st.builds(lambda k, new: replace_token(text, k, new), at, nasty),
            st.builds(lambda k, new: replace_inside(text, k, new), at, nasty),
            st.builds(lambda k, new: replace_line(text, k, new), at, st.sampled_from("-+=")),
            st.builds(
                lambda k, new: text[: k % len(text)] + new + text[k % len(text) :], at, nasty
            ),
        )

    def in_bytes(raw: bytes) -> st.SearchStrategy[bytes]:
        flipped = st.builds(
            lambda k, new: raw[: k % len(raw)] + new + raw[k % len(raw) + len(new) :],
            at, st.binary(min_size=1, max_size=3),
        )  # fmt: skip
        others = (raw, b"\xef\xbb\xbf" + raw, raw.replace(b"\n", b"\r"), raw[: len(raw) // 2])
        return flipped | st.sampled_from(others)

    def encoded(text: str) -> bytes:
        return text.encode("utf-8", "surrogatepass")

    spoilt = one(text).map(encoded)
    twice = one(text).flatmap(lambda half: one(half or " x")).map(encoded)
    return st.one_of(spoilt, spoilt, twice, in_bytes(text.encode()), st.binary(max_size=60))


def is_one_message(error: BadInput, *names: Path | str) -> bool:
    """Return whether an error says in one line of bearable length which file or key is wrong."""
    text = str(error)
    return "\n" not in text and len(text) < 1200 and any(str(name) in text for name in names)
