"""Files of users: as text, TOML and CSV; everything that is wrong with one is one message."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import BadInput
from sim.reading.files import (
    LARGEST,
    LONGEST_LINE,
    check_header,
    parse_toml,
    read_lines,
    read_text,
    read_toml,
)
from sim.reading.names import composed, on_disk

CAFE = unicodedata.normalize("NFC", "café")
CAFE_APART = unicodedata.normalize("NFD", "café")
FAST = settings(
    max_examples=1000, derandomize=True, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.toml"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"a = \xe9", "is not text in UTF-8 (byte 5, line 1)"),
        (b"\xff\xfea\0", "is not text in UTF-8"),
        (b"a = 1\nb = \0", "holds a character NUL in line 2"),
        (b"a = " + b"[" * 3000, "is nested too deeply"),
        (b"a = 1\n" + b"b." * 3000 + b"c = 1", "is nested too deeply"),
        (b"a = " + b"{b=" * 30 + b"1" + b"}" * 30, "is nested too deeply"),
        (b"a = " + b"1" * 5000, "not valid TOML"),
        (b"a = 1e999", "a: '1e999' is too large"),
        (b"b = 1\na = [1e-999]", "a[1]: '1e-999' is too small"),
        (b"a = inf", "a: inf is not finite"),
        (b"a = [-nan]", "a[1]: -nan is not finite"),
        (b"a = 100.000", "a: 100.000 may be 100 or 100000. Allowed: 100 or 100000"),
        (b"a = 9223372036854775808", "is too large. Allowed: up to 2^63-1"),
        (b"a = 1\na = 2", "not valid TOML"),
        (b"a = 2021-02-31", "not valid TOML"),
        (b'a = "x\\u0000"', "holds a character that cannot be shown"),
        (b'"a\\u200b" = 1', "is no key"),
        (b"a = '" + b"x" * 200_000 + b"'", "characters in line 1. Allowed: up to 100,000"),
    ],
)
def test_a_bad_file_is_one_message(file: Path, raw: bytes, said: str) -> None:
    file.write_bytes(raw)
    with pytest.raises(BadInput) as caught:
        read_toml(file)
    assert str(caught.value).startswith(str(file)) and said in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as stream:
        stream.truncate(100 * LARGEST)
    with pytest.raises(BadInput, match="is too large. Allowed: up to 16 million bytes"):
        read_text(path)


@pytest.mark.parametrize("name", ["none", "a\0b", "x" * 5000, "."])
def test_a_file_that_cannot_be_there_is_one_message(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="missing|cannot be read"):
        read_text(tmp_path / name)


def test_marks_and_ends_of_lines_do_not_count(file: Path) -> None:
    for raw in (b"a = 1\nb = 2\n", b"\xef\xbb\xbfa = 1\r\nb = 2", b"a = 1\rb = 2\r"):
        file.write_bytes(raw)
        assert read_toml(file) == {"a": 1, "b": 2}
    assert parse_toml("a = 12.5\nb = 0.500\nc = 52.155", "x") == {"a": 12.5, "b": 0.5, "c": 52.155}


def test_accents_are_composed_in_one_way(file: Path, tmp_path: Path) -> None:
    file.write_text(f'name = "{CAFE_APART}"', encoding="utf-8")
    assert read_toml(file) == {"name": CAFE} and composed(CAFE_APART) == CAFE
    apart = tmp_path / CAFE_APART / "file"
    apart.parent.mkdir()
    apart.write_text("a")
    assert read_text(tmp_path / CAFE / "file") == "a"
    assert on_disk(tmp_path / "nö") == tmp_path / "nö"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('a,"b\nc"\n', "holds the end of a line or what cannot be shown"),
        ("a,b\n1,x\u200b2\n", "line 2: 'x\\u200b2' holds"),
        ('a,"b', "is not CSV"),
        (f"a,b\n{'x' * (LONGEST_LINE + 1)},1", "characters in line 2"),
    ],
)
def test_a_bad_table_is_one_message(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        list(read_lines(path))
    assert said in str(caught.value)


def test_columns_that_look_alike_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    for text, said in (("a,A\n", "'A' appears twice"), (f"{CAFE},{CAFE_APART}\n", "twice"),
                       ("a;b\n", "semicolons"), ("a,,b\n", "column 2 has no name")):  # fmt: skip
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadInput, match=said):
            check_header(path, next(read_lines(path)))


@FAST
@given(raw=st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)))
def test_any_bytes_are_text_or_one_message(file: Path, raw: bytes) -> None:
    file.write_bytes(raw)
    try:
        text = read_text(file)
    except BadInput as error:
        assert "\n" not in str(error) and str(file) in str(error)
    else:
        plain = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        assert text == unicodedata.normalize("NFC", plain)


VALUES = st.recursive(
    st.sampled_from(
        ["1", "-2.5", "1e999", "inf", "1_0", "100.000", "0.000", "'x'", '"\\u0007"', "true",
         "2019-01-01", "9" * 25, "+1", "0x1F", "'٣'", "07:32:00", "12.340", "1e-400"]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda many: f"[{', '.join(many)}]"),
        inner.map(lambda one: f"{{ k = {one} }}"),
    ),
    max_leaves=4,
)  # fmt: skip
KEYS = st.sampled_from(["a", '"b c"', "d.e", "a.b", '""', "'٣'", "f.g.h"])


@FAST
@given(
    lines=st.lists(st.tuples(KEYS, VALUES).map(" = ".join), max_size=4),
    spoilt=st.sampled_from(["", "=", "[", "\n[x]\n", "\0", '"""', "é"]), at=st.integers(0, 60),
)  # fmt: skip
def test_toml_is_what_the_standard_says_or_one_message(
    lines: list[str], spoilt: str, at: int
) -> None:
    text = "\n".join(lines)
    text = text[:at] + spoilt + text[at:]
    try:
        found = parse_toml(text, "file.toml")
    except BadInput as error:
        assert str(error).startswith("file.toml") and "\n" not in str(error)
    else:
        assert found == tomllib.loads(text)


@FAST
@given(text=st.text('ab1,"\r\n é;\t\0', max_size=60))
def test_a_table_is_cells_or_one_message(file: Path, text: str) -> None:
    file.write_bytes(text.encode())
    try:
        found = list(read_lines(file))
    except BadInput as error:
        assert str(file) in str(error) and "\n" not in str(error)
    else:
        assert all(any(line.cells) and "\n" not in "".join(line.cells) for line in found)
        if '"' not in text:
            plain = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            cells = [tuple(cell.strip() for cell in row.split(",")) for row in plain]
            assert [line.cells for line in found] == [row for row in cells if any(row)]
