"""What people write, made fit to be drawn: as it stands, in letters and room that there are.

Names come from files of others. None of their signs is mathematics (``style`` sees to that), and
here what has no shape in the font is drawn as a box, what would run out of its room is cut.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.ft2font import FT2Font

BOX = "□"
"""In place of a letter that the font does not have."""
LONGEST = 1000
"""Letters of a text that are looked at: more do not fit anywhere."""
_FILES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}


@lru_cache(maxsize=2)
def get_font(bold: bool = False) -> FT2Font:
    """Return the font of figures, at a size of 100."""
    font = FT2Font(str(Path(mpl.get_data_path()) / "fonts" / "ttf" / _FILES[bold]))
    font.set_size(100.0, 72.0)
    return font


@lru_cache(maxsize=4096)
def _drawn(letter: str) -> str:
    """Return what is drawn for a letter: itself, a space, a box or nothing."""
    if letter.isspace():
        return " "
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Me", "Cf"):  # accents that did not compose; marks that turn the direction
        return ""
    if kind in ("Cc", "Cs", "Co", "Cn"):
        return BOX
    # The bold letters are fewer, and a name may stand in a title.
    has_shape = all(get_font(bold).get_char_index(ord(letter)) for bold in (False, True))
    return letter if has_shape else BOX


def plain(text: object) -> str:
    """Return a text on one line, with a box for each letter that cannot be drawn."""
    said = unicodedata.normalize("NFC", str(text)[:LONGEST])
    return " ".join("".join(map(_drawn, said)).split())


@lru_cache(maxsize=4096)
def _advance(letter: str, bold: bool) -> float:
    """Return how wide a letter is, in parts of the size of the font."""
    return float(get_font(bold).load_char(ord(letter)).linearHoriAdvance) / 65536 / 100


def width(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a line of plain text is, in inches at a size in points.

    A little more than the font says: letters are put on whole pixels.
    """
    return 1.02 * sum(_advance(letter, bold) for letter in text) * size / 72


def fit(text: object, inches: float, size: float, bold: bool = False) -> str:
    """Return a text on one line of at most so many inches, cut with an ellipsis."""
    return _cut(plain(text), inches, size, bold)


def _cut(line: str, inches: float, size: float, bold: bool) -> str:
    if width(line, size, bold) <= inches:
        return line
    while line and width(line + "…", size, bold) > inches:
        line = line[:-1]
    return line.rstrip() + "…"


def wrap(text: object, inches: float, size: float, most: int = 2, bold: bool = False) -> list[str]:
    """Return a text in at most so many lines of so many inches; what is left is cut."""
    lines: list[str] = []
    line = ""
    for word in plain(text).split(" "):
        longer = f"{line} {word}" if line else word
        if line and width(longer, size, bold) > inches:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] = " ".join(lines[most - 1 :])
    return [_cut(one, inches, size, bold) for one in kept]
