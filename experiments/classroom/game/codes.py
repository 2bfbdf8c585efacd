"""Short codes: what a group decided in a round, as twelve characters that can be read aloud.

A code is three groups of four in the alphabet of Crockford's base 32 (no I, L, O, U; what looks
like 0 or 1 is read as such): format, mark of the table (2), role with round, positions of the
role's levers (6), check (2). The check makes the code a word of a Reed-Solomon code over GF(32)
with distance three: any one or two mistyped characters are noticed, and any two that changed
places. ``class/codes.ts`` is the same; both are held to one file of examples.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from experiments.classroom.game.table import MOST_ROLES, Game, positions

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = {"O": "0", "I": "1", "L": "1"}
CHOSEN = 6
"""Characters that hold the positions of levers."""
CHECKS = 2
LENGTH = 1 + 2 + 1 + CHOSEN + CHECKS
GENERATOR = 0b100101
"""x^5 + x^2 + 1: products of characters are taken modulo this polynomial over GF(2)."""


class CodeRefused(ValueError):
    """A short code that cannot be read: ``reason`` is a key of ``game.said.SENTENCES``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Decided(NamedTuple):
    """What a code holds: role by name, round from 0, values of the levers that were turned."""

    role: str
    round: int
    levers: dict[str, float]


def multiply(a: int, b: int) -> int:
    """Return the product of two elements of GF(32)."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 32:
            a ^= GENERATOR
        b >>= 1
    return product


def _powers(count: int) -> list[int]:
    out = [1]
    while len(out) < count:
        out.append(multiply(out[-1], 2))
    return out


_POWERS = _powers(LENGTH)


def sums(digits: list[int]) -> tuple[int, int]:
    """Return the plain sum of digits and the sum weighted by powers of 2: 0 and 0 in a code."""
    plain = weighted = 0
    for digit, power in zip(digits, _POWERS, strict=True):
        plain ^= digit
        weighted ^= multiply(digit, power)
    return plain, weighted


def checked(digits: list[int]) -> list[int]:
    """Return the digits of a code with its two check digits behind them."""
    # Two unknowns in two equations: tried, as there are 1,024 pairs and one fits.
    for pair in range(1 << 10):
        word = [*digits, pair >> 5, pair & 31]
        if sums(word) == (0, 0):
            return word
    raise AssertionError("a code of this length always has its check digits")


def encode(game: Game, role: str, number: int, levers: Mapping[str, float]) -> str:
    """Return the code of a decision that ``decisions.check`` let pass.

    Raises:
        KeyError: a role or lever that the game does not know.
        ValueError: a value between two positions.
    """
    party = next(k for k, one in enumerate(game.roles) if one.name == role)
    chosen = 0
    for name in game.roles[party].levers:
        stands = positions(game.levers[name])
        place = stands.index(levers[name]) + 1 if name in levers else 0
        chosen = chosen * (len(stands) + 1) + place
    digits = [game.format, game.mark >> 5, game.mark & 31, number * MOST_ROLES + party]
    digits += [(chosen >> 5 * k) & 31 for k in reversed(range(CHOSEN))]
    text = "".join(ALPHABET[digit] for digit in checked(digits))
    return "-".join(text[k : k + 4] for k in range(0, LENGTH, 4))


def normal(text: str) -> str:
    """Return what was typed without spaces and hyphens, in capitals, lookalikes put right."""
    typed = "".join(c for c in text.upper() if not c.isspace() and c not in "-–_.")
    return "".join(LOOKALIKES.get(c, c) for c in typed)


def decode(game: Game, text: str) -> Decided:
    """Read a code.

    Raises:
        CodeRefused: ``code-length``, ``code-letter``, ``code-check``, ``code-format``,
            ``code-table`` or ``code-absurd``.
    """
    typed = normal(text[:200])
    if any(c not in ALPHABET for c in typed):
        raise CodeRefused("code-letter")
    if len(typed) != LENGTH:
        raise CodeRefused("code-length")
    digits = [ALPHABET.index(c) for c in typed]
    if sums(digits) != (0, 0):
        raise CodeRefused("code-check")
    if digits[0] != game.format:
        raise CodeRefused("code-format")
    if digits[1] * 32 + digits[2] != game.mark:
        raise CodeRefused("code-table")
    number, party = divmod(digits[3], MOST_ROLES)
    if number >= len(game.rounds) or party >= len(game.roles):
        raise CodeRefused("code-absurd")
    chosen = 0
    for digit in digits[4 : 4 + CHOSEN]:
        chosen = chosen * 32 + digit
    levers: dict[str, float] = {}
    role = game.roles[party]
    for name in reversed(role.levers):
        stands = positions(game.levers[name])
        chosen, place = divmod(chosen, len(stands) + 1)
        if place:
            levers[name] = stands[place - 1]
    if chosen:
        raise CodeRefused("code-absurd")
    return Decided(
        role.name, number, {name: levers[name] for name in role.levers if name in levers}
    )
