"""A file of rules that are no functions of their arguments is refused before it is executed."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from agents.compiled.errors import BadInput
from agents.compiled.purity import check_purity
from agents.compiled.rules_file import read_rules
from tests.own_rules import EXAMPLE, HEAD, NEVER

RULE = "from agents.compiled.rule import rule\n"

# The line, a part of the message, and the text.
TEXTS = [
    # What draws.
    (2, "uses np.random", HEAD + "    return np.random.normal(0.0, 1.0) < lot\n"),
    (1, "imports random", "import random\n" + NEVER),
    (1, "imports random", "import random as r\n" + NEVER),
    (1, "imports numpy.random", "import numpy.random as r\n" + NEVER),
    (1, "imports numpy.random", "from numpy import random as r\n" + NEVER),
    (1, "imports numpy.random", "from numpy.random import default_rng\n" + NEVER),
    (1, "imports secrets", "from secrets import randbelow\n" + NEVER),
    (1, "imports uuid", "import uuid\n" + NEVER),
    (2, "m.random", "import numpy as m\nX = m.random\n" + NEVER),
    (2, "passes on the module m", "import numpy as m\nn = m\n" + NEVER),
    (3, "np.empty", "import numpy as np\n" + HEAD + "    return np.empty(1)[0] > lot\n"),
    (2, "practice.random", HEAD + "    return practice.random.random() < lot\n"),
    (2, "practice.model", HEAD + "    return practice.model.rng.random() < lot\n"),
    (1, "where it is itself imported", "from agents.compiled.draws import np as m\n" + NEVER),
    (1, "imports hashlib from agents", "from agents.compiled.draws import hashlib\n" + NEVER),
    (1, "imports everything of agents", "from agents.practice import *\n" + NEVER),
    (1, "imports the module agents.compiled.rule", "from agents.compiled import rule\n" + NEVER),
    (1, "imports the module agents.words", "import agents.words as w\n" + NEVER),
    (1, "where there are no rules", "from agents.compiled.rules_file import Path\n" + NEVER),
    (1, "imports os from", "from agents.compiled.rule import os\n" + NEVER),
    (1, "imports typing.sys", "from typing import sys\n" + NEVER),
    (1, "imports typing.get_type_hints", "from typing import get_type_hints\n" + NEVER),
    # What keeps something.
    (3, "global", "N = 0\n" + HEAD + "    global N\n    N += 1\n    return N % 2 == 0\n"),
    (4, "nonlocal", "def _make():\n    n = 0\n    def _f():\n        nonlocal n\n        n += 1\n"
     "    return _f\n" + NEVER),
    (1, "keeps a list", "SEEN = []\n" + NEVER),
    (1, "keeps a list or a dictionary", "SEEN: dict = {}\n" + NEVER),
    (3, "changes SEEN[0]", "SEEN = tuple([0]),\n" + HEAD + "    SEEN[0] = 1\n    return False\n"),
    (5, "changes _f.n", "def _f(lot):\n    return lot\n_x = 1\n" + HEAD
     + "    _f.n = 1\n    return False\n"),
    (4, "passes on the function _f", "def _f(lot):\n    return lot\n" + HEAD
     + "    g = _f\n    g.n = 1\n    return False\n"),
    (1, "a default that is kept", "def _f(lot, box=[0]):\n    return lot\n" + NEVER),
    (1, "a default that is kept", "_f = lambda lot, box={}: lot\n" + NEVER),
    (1, "defines the class", "class Seen:\n    n = 0\n" + NEVER),
    (1, "imports itertools", "import itertools\n" + NEVER),
    (1, "imports functools", "from functools import lru_cache\n" + NEVER),
    (1, "keeps a list", "_numbers = (n for n in range(9))\n" + NEVER),
    # What reads a clock, files or the environment.
    (1, "imports time", "import time\n" + NEVER),
    (1, "imports datetime", "from datetime import date\n" + NEVER),
    (1, "imports os", "import os.path\n" + NEVER),
    (1, "imports ctypes", "import ctypes\n" + NEVER),
    (2, "imports os", HEAD + "    import os\n    return False\n"),
    (1, "uses open", "W = float(open('w').read())\n" + NEVER),
    (2, "uses with", HEAD + "    with objmode(x='float64'):\n        x = 1.0\n    return False\n"),
    (1, "imports numba.objmode", "from numba import objmode\n" + NEVER),
    (2, "numba.objmode", "import numba\nX = numba.objmode\n" + NEVER),
    (2, "np.fromfile", "import numpy as np\nW = np.fromfile('w')\n" + NEVER),
    (2, "np.lib", "import numpy as np\nW = np.lib.format.open_memmap('w')\n" + NEVER),
    # Ways around.
    (1, "uses getattr", "R = getattr(1, 're' + 'al')\n" + NEVER),
    (1, "uses __import__", "R = __import__('random')\n" + NEVER),
    (1, "uses eval", "R = eval('1')\n" + NEVER),
    (1, "uses exec", "exec('import random')\n" + NEVER),
    (1, "uses vars", "X = vars()\n" + NEVER),
    (1, "uses globals", "X = globals()\n" + NEVER),
    (2, "uses id", HEAD + "    return id(practice) % 2 == 0\n"),
    (2, "uses hash", HEAD + "    return hash('a') % 2 == 0\n"),
    (1, "__class__", "X = ().__class__.__base__.__subclasses__()\n" + NEVER),
    (1, "uses __builtins__", "X = __builtins__\n" + NEVER),
    (2, "py_func", HEAD + "    return find_counterpart.py_func.__globals__['os'] is None\n"),
    (1, "gi_frame", "X = (x for x in ()).gi_frame.f_builtins\n" + NEVER),
    (1, "format", "X = '{0.__globals__}'.format(1)\n" + NEVER),
    (2, "makes a set", HEAD + "    for one in {'a', 'b'}:\n        return one == 'a'\n"),
    (2, "setflags", "X = 1.0\nX.setflags(write=True)\n" + NEVER),
    (1, "imports the module", "import sim.engines.compiled\n" + NEVER),
]  # fmt: skip


@pytest.mark.parametrize(("line", "says", "text"), TEXTS)
def test_what_is_no_function_of_its_arguments_is_refused(
    line: int, says: str, text: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.py"
    path.write_text(text)
    with pytest.raises(BadInput) as refused:
        read_rules(path)
    said = str(refused.value)
    assert said.startswith(f"mine.py, line {line}: ") and says in said and "Allowed: " in said


FINE = [
    EXAMPLE.read_text(),
    RULE + "import math\nimport numpy as np\nfrom typing import Annotated\n"
    "TABLE = np.array([0.1, 0.2])\nSTEPS = (1, 2.5)\n"
    "@rule\ndef _f(lot: np.float64, id: int):\n    s = 0.0\n    for k in range(2):\n"
    "        s += TABLE[k] * STEPS[k] * math.sqrt(lot) + np.exp(-lot)\n    return s\n" + HEAD
    + "    time = 3\n    practice.trust[0] = 0.5\n    utility += _f(lot, time)\n"
    "    return lot < utility\n",
    "from agents.compiled.draws import draw, stream\nfrom agents.words import Group\n"
    "MINE = stream('words of mine')\n" + HEAD
    + "    return draw(1, MINE, practice.id, 0, 0) < lot and Group.OTHER > 0\n",
]  # fmt: skip


@pytest.mark.parametrize("text", FINE)
def test_what_is_one_is_taken(text: str, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(text)
    assert "give_mandate" in read_rules(tmp_path / "mine.py").functions


def test_every_rule_of_the_model_may_stand_in_a_file_as_it_is() -> None:
    from agents.compiled.constants import wrong_in
    from agents.compiled.rule import RULES
    from agents.compiled.swaps import HOME, _globals_of
    from experiments.runs.rules import rule_names

    for name, key in rule_names().items():
        plain = getattr(RULES[key], "py_func", RULES[key])
        text = inspect.getsource(plain)
        check_purity(name, ast.parse(text[text.index("def ") :]))
        seen = plain.__globals__
        for _, used in _globals_of(plain.__code__):
            assert not (used in seen and wrong_in(seen[used], HOME, RULES)), (name, used)
