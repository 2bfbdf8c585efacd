"""Texts as numbers, one way for every reader: plain ASCII digits, and nothing is guessed.

A number is written as programs write it: a decimal point, no marks between digits, no zeros and no
plus in front, perhaps an exponent. A text in another form is not taken for the number that it looks
like: the message says what it may have meant.
"""

from __future__ import annotations

import math
import re

from sim.errors import BadInput

LONGEST = 64
"""Characters of a number; the longest that a program writes has some twenty."""

_NUMBER = re.compile(r"-?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_DUTCH = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_ENGLISH = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_SPACED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:[  '’][0-9]{3})+(?:[.,][0-9]+)?")
_NOT_FINITE = re.compile(r"[+-]?(?:inf|infinity|nan)", re.IGNORECASE)


def is_number(text: str) -> bool:
    """Return whether a text, without spaces around it, is a finite number in plain digits."""
    written = text.strip()
    if len(written) > LONGEST or not _NUMBER.fullmatch(written):
        return False
    return math.isfinite(float(written)) and not _vanishes(written)


def is_whole(text: str) -> bool:
    """Return whether a text, without spaces around it, is a whole number in plain digits."""
    written = text.strip()
    return len(written) <= LONGEST and _WHOLE.fullmatch(written) is not None


def number(text: str, where: str, allowed: str) -> float:
    """Return the number that a text says.

    Args:
        text: what was written.
        where: what to name in the message.
        allowed: what the message says can be written there.

    Raises:
        BadInput: it is no number in plain digits, or none that can be kept.
    """
    written = text.strip()
    if _NOT_FINITE.fullmatch(written):
        raise BadInput(where, f"{written!r} is not finite", allowed=allowed)
    if len(written) > LONGEST or not _NUMBER.fullmatch(written):
        raise BadInput(where, f"{shown(written)} is not a number{_hint(written)}", allowed=allowed)
    found = float(written)
    if not math.isfinite(found):
        raise BadInput(where, f"{written} is too large to be kept", allowed=allowed)
    if _vanishes(written):
        raise BadInput(where, f"{written} is too small to be kept", allowed=allowed)
    return found


def number_in(text: str, low: float, high: float, where: str, allowed: str) -> float:
    """Return the number that a text says, where it cannot be read as thousands as well.

    ``100.000`` is refused where a hundred thousand would do as well as a hundred. Whether the
    number lies in ``low`` to ``high`` is for the caller to say.

    Raises:
        BadInput: it is no number, or may be either of two.
    """
    found = number(text, where, allowed)
    written = text.strip()
    if is_ambiguous(written) and low <= 1000.0 * found <= high:
        raise BadInput(where, two_readings(written), allowed=two_spellings(written))
    return found


def whole(text: str, where: str, allowed: str) -> int:
    """Return the whole number that a text says.

    Raises:
        BadInput: it is no whole number in plain digits.
    """
    written = text.strip()
    if len(written) > LONGEST or not _WHOLE.fullmatch(written):
        problem = f"{shown(written)} is not a whole number{_hint(written)}"
        raise BadInput(where, problem, allowed=allowed)
    return int(written)


def is_ambiguous(text: str) -> bool:
    """Return whether a number may hold a Dutch mark of thousands: ``100.000``, ``1.234``."""
    return _THOUSANDS.fullmatch(text.strip()) is not None


def two_readings(text: str) -> str:
    """Return, for a message, both numbers that an ambiguous text may mean."""
    return f"{text} may be {float(text):g} or {text.replace('.', '')}"


def two_spellings(text: str) -> str:
    """Return, for a message, how either number of an ambiguous text is written."""
    return f"{text}0 or {text.replace('.', '')}"


def written(value: float) -> str:
    """Return a number to the last bit, in a text that can be read in one way only."""
    text = repr(value)
    return f"{text}0" if is_ambiguous(text) else text


def as_percent(value: float, low: float, high: float) -> str:
    """Return what a number looks like, in brackets, where a hundredth of it would be a share.

    Args:
        value: what was written for a share.
        low: smallest share taken.
        high: largest share taken.
    """
    if high == 1.0 and 1.0 < value <= 100.0 and low <= value / 100.0:
        return f" (it looks like percent: {value / 100.0:.10g})"
    return ""


def shown(text: str) -> str:
    """Return a text between quotes for a message, cut where it is long."""
    return repr(text if len(text) <= LONGEST else f"{text[:40]}...")


def _vanishes(text: str) -> bool:
    """Return whether a number that is not zero would be kept as zero."""
    digits = re.split("[eE]", text)[0]
    return float(text) == 0.0 and any(c in "123456789" for c in digits)


def _hint(text: str) -> str:
    """Return what a text that is no number may have meant, in brackets, or nothing."""
    if len(text) > LONGEST:
        return f" (it has {len(text):,} characters, at most {LONGEST} are read)"
    if any(c.isdigit() and not c.isascii() for c in text):
        return " (write the digits 0 to 9)"
    if _DUTCH.fullmatch(text):
        plain = text.replace(".", "").replace(",", ".")
        return f" (without marks of thousands: {plain})"
    if _ENGLISH.fullmatch(text):
        whole, point = text.replace(",", ""), text.replace(",", ".")
        if text.count(",") > 1 or "." in text:
            return f" (without marks of thousands: {whole})"
        return f" (it may be {whole} or {point})"
    if _SPACED.fullmatch(text):
        return f" (without marks of thousands: {re.sub(r'[^0-9.,+-]', '', text).replace(',', '.')})"
    if "," in text:
        return " (write a decimal point, not a comma)"
    if "_" in text:
        return " (write digits without marks between them)"
    if re.fullmatch(r"[+-]?0[0-9]+(\.[0-9]*)?", text):
        return " (write it without zeros in front)"
    if text.endswith("%"):
        return " (write it without the sign)"
    return ""
