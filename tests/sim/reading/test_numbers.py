"""Texts as numbers: plain digits alone, what else a text may have meant, and no guesses."""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import BadInput
from sim.reading.numbers import as_percent, is_number, is_whole, number, number_in, whole, written

PLAIN = "0123456789+-.eE"
NASTY = PLAIN + "_,'  ٣５infa%x\0"


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12.0), ("-0.5", -0.5), (".5", 0.5), ("1.", 1.0), ("1e-05", 1e-5), (" 7 ", 7.0),
     ("0", 0.0), ("0.000", 0.0), ("0e5", 0.0)],
)  # fmt: skip
def test_a_number_is_read(text: str, value: float) -> None:
    assert number(text, "x", "any") == value and is_number(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1_0", "without marks between them"),
        ("٣", "the digits 0 to 9"),
        ("１2", "the digits 0 to 9"),
        ("1.234,5", "without marks of thousands: 1234.5"),
        ("100.000.000", "without marks of thousands: 100000000"),
        ("1,234", "may be 1234 or 1.234"),
        ("1,234,567.8", "without marks of thousands: 1234567.8"),
        ("1 234", "without marks of thousands: 1234"),
        ("1’234,5", "without marks of thousands: 1234.5"),
        ("0,5", "a decimal point, not a comma"),
        ("0034", "without zeros in front"),
        ("37%", "without the sign"),
        ("nan", "is not finite"),
        ("-Infinity", "is not finite"),
        ("1e999", "too large to be kept"),
        ("1e-999", "too small to be kept"),
        ("9" * 5000, "5,000 characters"),
        ("", "is not a number"),
        ("0x10", "is not a number"),
        ("1e", "is not a number"),
        ("--1", "is not a number"),
        ("+1", "is not a number"),
    ],
)
def test_what_is_no_plain_number_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        number(text, "--set x", "a number")
    assert said in str(caught.value) and str(caught.value).startswith("--set x: ")
    assert not is_number(text) and len(str(caught.value)) < 250


def test_a_mark_of_thousands_is_not_guessed() -> None:
    for text, low, high in (("100.000", 0, 1e6), ("1.234", 0, 2000), ("-12.500", -1e5, 0)):
        with pytest.raises(BadInput, match="may be") as caught:
            number_in(text, low, high, "x", "any")
        assert f"Allowed: {text}0 or {text.replace('.', '')}" in str(caught.value)
    assert number_in("52.102", -90, 90, "x", "any") == 52.102  # thousands of degrees there are none
    assert number_in("0.384", 0, 1e6, "x", "any") == 0.384
    assert number_in("100.0000", 0, 1e6, "x", "any") == 100.0


def test_a_share_in_percent_is_told() -> None:
    assert as_percent(37.0, 0.0, 1.0) == " (it looks like percent: 0.37)"
    assert as_percent(370.0, 0.0, 1.0) == as_percent(37.0, 0.0, 5.0) == ""


def strictly(text: str) -> Decimal | None:
    """Read a number independently: by hand, and by ``decimal``."""
    body = text.strip().removeprefix("-")
    whole_part = body.partition(".")[0].lower().partition("e")[0]
    if body[:1] in ("+", "-") or set(body) - set(PLAIN) or len(text.strip()) > 64:
        return None
    if len(whole_part) > 1 and whole_part[0] == "0":
        return None
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        return None


@settings(max_examples=2000, derandomize=True, deadline=None)
@given(st.one_of(st.text(PLAIN, max_size=12), st.text(NASTY, max_size=9), st.text(max_size=6)))
def test_a_text_is_read_as_strict_reading_gives_it_or_refused(text: str) -> None:
    expected = strictly(text)
    try:
        found = number(text, "x", "any")
    except BadInput:
        assert expected is None or not math.isfinite(float(expected)) or float(expected) == 0.0
        assert not is_number(text)
    else:
        assert expected is not None and found == float(expected) and is_number(text)
    try:
        assert whole(text, "x", "any") == expected and is_whole(text)
    except BadInput:
        assert not is_whole(text)


@settings(max_examples=1000, derandomize=True, deadline=None)
@given(
    st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(1, 999_999).map(lambda k: k / 1e3)
)
def test_what_is_written_is_read_back_to_the_bit_in_one_way(value: float) -> None:
    assert number_in(written(value), -math.inf, math.inf, "x", "any") == value
