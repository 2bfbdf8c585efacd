"""Whatever others write is drawn as it stands, in either language, and moves no figure."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from made_figures import made_figure, made_figures
from matplotlib.figure import Figure
from matplotlib.text import Text

from results.figures.drawing import save
from results.figures.letters import BOX, fit, get_font, plain, width, wrap
from results.figures.style import DPI, SMALL, WIDTH, house_style
from results.words.figures import TEXTS, say

ODD = [
    "$5k to $10k", r"$\q$ \frac{", "a_b^c", "", " ", "x" * 300, "word " * 80, "日本語", "😀👩‍⚕️",
    "مرحبا بالعالم", "\x00\x07\x1b[31m", "\u202eevil\u202c", "a\nb\r\tc", "--> ]]> <b>&",
    "%s {name} {0}", "$", "\\", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "é",
]  # fmt: skip


def as_svg(figure: Figure) -> str:
    stream = io.StringIO()
    with house_style():
        figure.savefig(stream, format="svg", metadata={"Date": None})
    return stream.getvalue()


def letters(figure: Figure) -> set[str]:
    """Return every text of a figure, each measured as it would be drawn, but for no layout."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    found = set()
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        assert not text.get_parse_math() and not text.get_usetex()
        text.get_window_extent(renderer)
        found.add(text.get_text().replace("\n", " "))
    return found


@pytest.mark.parametrize("name", [" ".join(ODD), ODD[1]], ids=["all", "mathematics"])
def test_a_name_is_drawn_as_it_stands(name: str) -> None:
    with warnings.catch_warnings(), house_style():
        warnings.simplefilter("error")
        for kind, figure in made_figures(name, "en").items():
            assert any(plain(name)[:8] in text for text in letters(figure)), kind


def test_names_are_sound_in_svg(tmp_path: Path) -> None:
    figure = made_figure("organisations", "\x00--> ]]>\x1b $x_2$ \\q", "nl")
    ElementTree.fromstring(as_svg(figure))
    assert [file.suffix for file in save(figure, tmp_path, "odd")] == [".png", ".svg"]


# Each example draws all figures: to look for a shorter one takes minutes and tells no more.
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck),
          phases=(Phase.explicit, Phase.reuse, Phase.generate))  # fmt: skip
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_name_stops_a_figure(name: str) -> None:
    with warnings.catch_warnings(), house_style():
        warnings.simplefilter("error")
        for figure in made_figures(name, "nl").values():
            letters(figure)


def test_a_name_is_drawn_in_letters_that_were_looked_at() -> None:
    # Slanted ones are another font, with fewer letters: a municipality's name was drawn in them.
    with warnings.catch_warnings(), house_style():
        warnings.simplefilter("error")
        for kind, figure in made_figures("Uden \N{ARABIC QUESTION MARK}", "nl").items():
            texts = [text for text in figure.findobj(Text) if isinstance(text, Text)]
            assert {text.get_fontstyle() for text in texts} == {"normal"}, kind
            letters(figure)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_becomes_letters_that_the_font_has(name: str) -> None:
    said = plain(name)
    assert plain(said) == said
    for font in (get_font(), get_font(bold=True)):
        assert all(letter == " " or font.get_char_index(ord(letter)) for letter in said)


@settings(max_examples=500, deadline=None)
@given(st.text(st.characters()), st.floats(0.2, 5.0), st.integers(1, 4))
def test_names_keep_to_their_room(name: str, inches: float, lines: int) -> None:
    assert width(fit(name, inches, SMALL), SMALL) <= max(inches, width("…", SMALL))
    found = wrap(name, inches, SMALL, lines)
    assert 1 <= len(found) <= lines
    assert all(width(line, SMALL) <= max(inches, width("…", SMALL)) for line in found)


def test_letters_without_a_shape_are_boxes() -> None:
    assert plain("a\tb 日\x07é") == f"a b {BOX}{BOX}é"
    assert plain("\u202eab\u200d") == "ab"


# --- languages ----------------------------------------------------------------------------------


def test_each_text_has_both_languages_with_the_same_names_to_fill_in() -> None:
    for key, both in TEXTS.items():
        assert both.english and both.dutch, key
        filled = [sorted(set(re.findall(r"{(\w+)}", text))) for text in both]
        assert filled[0] == filled[1], key
    assert say("year", "nl") == "jaar" and say("year", "en") == "year"


def english_words(text: str) -> set[str]:
    """Return words that are English and no Dutch, among those of figures."""
    sides = [" ".join(both[place] for both in TEXTS.values()) for place in (0, 1)]
    own = [set(re.findall(r"[a-z]{3,}", side.lower())) for side in sides]
    more = {"share", "trust", "coverage", "insured", "practices", "per", "effective", "number"}
    return set(re.findall(r"[a-z]{3,}", text.lower())) & ((own[0] | more) - own[1] - {"per"})


def test_dutch_figures_hold_no_english() -> None:
    english, dutch = made_figures("Q", "en"), made_figures("Q", "nl")
    with house_style():
        for kind, figure in dutch.items():
            texts = letters(figure)
            for text in texts:
                said = text.replace("Q word", "").replace("Q number", "")
                assert not english_words(said), kind
                assert not re.fullmatch(r"[−-]?\d+\.\d{1,2}", text), kind
            assert texts != letters(english[kind]), kind


# --- what a reader needs ------------------------------------------------------------------------


def test_nothing_is_cut_off_and_print_is_large_enough_for_a_phone() -> None:
    """At 374 pixels, a phone of 390 with its margins, a point is a pixel."""
    assert WIDTH * 72 <= 375
    for kind, figure in made_figures("a name of some length", "nl").items():
        figure.set_dpi(DPI)
        figure.draw_without_rendering()
        box = figure.get_tightbbox()
        wide, tall = figure.get_size_inches()
        assert box.x0 > -0.02 and box.y0 > -0.02, kind
        assert box.x1 < wide + 0.02 and box.y1 < tall + 0.02, kind
        found = [text for text in figure.findobj(Text) if isinstance(text, Text)]
        assert min(float(text.get_fontsize()) for text in found) >= 9.0, kind
        assert wide == WIDTH, kind


def test_settings_of_others_change_no_byte(tmp_path: Path) -> None:
    figure = made_figure("organisations", "Q", "en")
    plain_files = save(figure, tmp_path / "plain", "one")
    with mpl.rc_context():
        odd: Any = {"text.usetex": True, "font.size": 30, "savefig.bbox": "tight"}
        mpl.rcParams.update(odd)
        again = save(made_figure("organisations", "Q", "en"), tmp_path / "odd", "one")
    assert [file.read_bytes() for file in again] == [file.read_bytes() for file in plain_files]


@pytest.mark.parametrize("backend", ["nonsense", "module://nowhere"])
def test_a_back_end_of_others_is_left_alone(backend: str, tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("text.usetex: True\nbackend: nonsense\nfont.size: 40\n")
    code = (
        "import results.figures.style as s, os, matplotlib as m\n"
        "from results.figures.drawing import save\n"
        f"assert os.environ['MPLBACKEND'] == {backend!r}\n"
        "with s.house_style():\n"
        "    f = s.finish(s.sheet(1.0), s.Heading('$x_$', '', '', 'en'))\n"
        "save(f, '.', 'one')\n"
    )
    root = str(Path(__file__).parents[3])
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": root, "MPLBACKEND": backend},
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "one.png").is_file()
