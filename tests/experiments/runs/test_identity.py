"""Hashes of definitions: what they say counts; words and places of files do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.runs.definitions import Definitions

Files = dict[str, str]

BASE: Files = {
    "constants": "LOW = 0.5\nFAR = 2\n",
    "one": '''"""Words."""
from constants import LOW

_STEP = 1


def _half(x: float) -> float:
    """Return half."""
    return x * LOW


def first(x: float) -> float:
    return _half(x) + _STEP
''',
    "two": """import constants
from one import first as begin


def _half(x):
    return x / 3.0


def second(x):
    return begin(x) + _half(constants.FAR)
""",
    "rows": """from typing import Annotated
from constants import FAR


class Row:
    size: Annotated[float, "people", "0..", "how large"]
    kind: Annotated[int, "code", "0..3", "what it is"]
    many: Annotated[list, FAR, "share", "0..1", "of each"]
""",
}


FIRST = "def first(x: float) -> float:\n    return _half(x) + _STEP\n"


def hashed(files: Files, tmp_path: Path, named: tuple[str, ...] = ()) -> bytes:
    paths = {}
    for name, text in files.items():
        paths[name] = tmp_path / f"{name}.py"
        paths[name].write_text(text, encoding="utf-8")
    return Definitions(paths, [name for name in files if name not in named], named).digest()


def edited(module: str, old: str, new: str) -> Files:
    assert old in BASE[module]
    return {**BASE, module: BASE[module].replace(old, new, 1)}


SAME = {
    "a comment": edited("one", "_STEP = 1", "_STEP = 1  # a step"),
    "a docstring": edited("one", "Return half.", "Return the half."),
    "no docstring": edited("one", '    """Return half."""\n', ""),
    "the words of a module": edited("one", '"""Words."""\n', ""),
    "formatting": edited("one", "x * LOW", "(x\n        * LOW)"),
    "annotations": edited("one", "(x: float) -> float", "(x) -> int"),
    "the kind of a constant said": edited("one", "_STEP = 1", "_STEP: int = 1"),
    "an import for types": edited(
        "one", "_STEP = 1",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from rows import Row\n_STEP = 1",
    ),
    "description": edited("rows", "how large", "the size"),
    "unit": edited("rows", '"people"', '"persons"'),
    "range": edited("rows", "0..3", "0..5"),
    "an alias": edited("two", "import constants", "import constants as c") | {},
    "order of functions": {
        **BASE,
        "two": BASE["two"].replace("def _half(x):\n    return x / 3.0\n\n\n", "")
        + "\n\ndef _half(x):\n    return x / 3.0\n",
    },
    "a function elsewhere": {
        **BASE,
        "one": BASE["one"].replace(FIRST, ""),
        "three": f"from one import _half, _STEP\n\n\n{FIRST}",
        "two": BASE["two"].replace("from one import", "from three import"),
    },
    "a file of another name": {
        **{name: text for name, text in BASE.items() if name != "constants"},
        **{
            name: BASE[name].replace("from constants", "from fixed").replace(
                "import constants", "import fixed as constants"
            )
            for name in ("one", "two", "rows")
        },
        "fixed": BASE["constants"],
    },
    "through another module": {
        **edited("two", "from one import", "from between import"),
        "between": "from one import first\n",
    },
}  # fmt: skip
SAME["an alias"]["two"] = SAME["an alias"]["two"].replace("constants.FAR", "c.FAR")

OTHER = {
    "a constant": edited("constants", "0.5", "0.25"),
    "a whole number for a broken one": edited("constants", "FAR = 2", "FAR = 2.0"),
    "an operator": edited("one", "x * LOW", "x / LOW"),
    "a body": edited("two", "begin(x) +", "-begin(x) +"),
    "a text": edited("one", "_STEP = 1", "_STEP = '1'"),
    "order of fields": {
        **BASE,
        "rows": BASE["rows"]
        .replace("size:", "SIZE:")
        .replace("kind:", "size:")
        .replace("SIZE:", "kind:"),
    },
    "kind of a field": edited("rows", "Annotated[float", "Annotated[int"),
    "width of a field": edited("rows", "FAR, ", "3, "),
    "name of a field": edited("rows", "size", "girth"),
    "one field less": edited(
        "rows", '    kind: Annotated[int, "code", "0..3", "what it is"]\n', ""
    ),
    "a decorator": edited("one", "def first", "@print\ndef first"),
    "a default": edited("one", "def first(x: float)", "def first(x=1.0)"),
    "which helper a module binds": {
        **BASE,
        "one": BASE["one"].replace("x * LOW", "x / 3.0"),
        "two": "from constants import LOW\n" + BASE["two"].replace("x / 3.0", "x * LOW"),
    },
    "which helper is imported": edited(
        "two", "from one import first as begin", "from one import first as begin, _half as half"
    ),
    "what maths is": edited("one", "from constants import LOW", "from math import e as LOW"),
    "one definition less": edited("one", "_STEP = 1\n", ""),
    "a loose statement": edited("one", "_STEP = 1\n", "_STEP = 1\nprint(_STEP)\n"),
}
OTHER["which helper is imported"]["two"] = (
    OTHER["which helper is imported"]["two"].replace("+ _half(", "+ half(")
)  # fmt: skip
OTHER["one definition less"]["one"] = OTHER["one definition less"]["one"].replace("_STEP", "1")


@pytest.mark.parametrize("what", SAME)
def test_what_says_the_same_has_one_hash(what: str, tmp_path: Path) -> None:
    assert SAME[what] != BASE
    assert hashed(SAME[what], tmp_path) == hashed(BASE, tmp_path)


@pytest.mark.parametrize("what", OTHER)
def test_what_says_something_else_has_another(what: str, tmp_path: Path) -> None:
    assert hashed(OTHER[what], tmp_path) != hashed(BASE, tmp_path)


def test_all_the_others_differ_from_each_other_too(tmp_path: Path) -> None:
    assert len({hashed(files, tmp_path) for files in OTHER.values()}) == len(OTHER)


LOOSE = "X = []\nX.append(1)\nY = len(X)\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": LOOSE}, {"a": "X = []\nY = len(X)\nX.append(1)\n"}),
        ({"a": "X = 1\nX += 1\n", "b": "X = 1\n"}, {"a": "X = 1\n", "b": "X = 1\nX += 2\n"}),
        # Of two that look alike, the one that is changed: told by who reads it.
        (
            {"a": "X = 1\nX += 1\n", "b": "X = 1\n", "c": "from a import X\nZ = X\n"},
            {"a": "X = 1\nX += 1\n", "b": "X = 1\n", "c": "from b import X\nZ = X\n"},
        ),
        ({"a": "def f():\n    return f() + 1\n"}, {"a": "def f():\n    return g() + 1\n"}),
        (
            {"a": "def f(): return g()\ndef g(): return f()\n"},
            {"a": "def f(): return f()\ndef g(): return g()\n"},
        ),
        ({"a": "class K:\n    A = 1\n    B = 2\n"}, {"a": "class K:\n    B = 2\n    A = 1\n"}),
        ({"a": "X = f'{1}a{2}'\n"}, {"a": "X = f'{1}{2}a'\n"}),
        ({"a": "X = f'{1!r}'\n"}, {"a": "X = f'{1!s}'\n"}),
        ({"a": "X = f'{1:>3}'\n"}, {"a": "X = f'{1:<3}'\n"}),
        ({"a": "X = {**{}}\n"}, {"a": "X = {None: {}}\n"}),
        ({"a": "X = True\n"}, {"a": "X = 1\n"}),
        ({"a": "X = [0.0]\n"}, {"a": "X = [-0.0]\n"}),
        ({"a": "X = b'x'\n"}, {"a": "X = 'x'\n"}),
        ({"a": "def f(a, /, b): pass\n"}, {"a": "def f(a, b, /): pass\n"}),
        ({"a": "def f(x):\n    return x\n"}, {"a": "def f(x):\n    x\n"}),
    ],
)
def test_order_and_small_things_that_matter(one: Files, other: Files, tmp_path: Path) -> None:
    assert hashed(one, tmp_path) != hashed(other, tmp_path)


@pytest.mark.parametrize(
    "text",
    ["from other import *\n", "from . import other\n", "from other import missing\nX = missing\n",
     "from other import A\nA = 1\n", "from other import A\nfrom other import B as A\n"],
)  # fmt: skip
def test_what_cannot_be_told_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"imports|has no|otherwise"):
        hashed({"a": text, "other": "A = 1\nB = 2\n"}, tmp_path)
