"""Ids of the model: what counts for them, where files are, and which Python reads them."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.runs.identity import _ALL_THE_SAME, _BY_NAME, _ONLY_USED, definitions, own_hash

ROOT = Path(__file__).resolve().parents[3]
GOVERNANCE = "agents/organisation/governance.py"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in ("agents", "sim"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    return tmp_path


@pytest.fixture(scope="module")
def own() -> bytes:
    return definitions().digest()


def _edit(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def _moved(old: str, new: str) -> Callable[[Path], None]:
    """Move modules of the model, and let all others import them from there."""

    def edit(root: Path) -> None:
        source, target = (root / name.replace(".", "/") for name in (old, new))
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            source.rename(target)
        else:
            source.with_suffix(".py").rename(target.with_suffix(".py"))
        for path in root.rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(f"{old} ", f"{new} ").replace(f"{old}.", f"{new}."))

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        _edit(GOVERNANCE, "from __future__", "# a comment\nfrom __future__"),
        _edit(GOVERNANCE, "Return the votes of others", "Return votes of others"),
        _edit("sim/measure/fit.py", "patients outside the largest", "patients out of the largest"),
        _moved("sim.common.worth", "sim.phases.worth"),
        _moved("sim.phases", "sim.steps"),
        _moved("agents.compiled.rule", "agents.rule"),
        _moved("agents.compiled.record", "agents.record"),
        _moved("agents.organisation.governance", "agents.governance"),
        _moved("sim.engines.model", "sim.model"),
        _moved("sim.engines.twin", "sim.twin"),
        _moved("sim.engines.compiled", "sim.engine"),
        _moved("sim.measure.fit", "sim.measure.matching"),
        _edit("sim/engines/model.py", "class CareModel", "X = 1\n\n\nclass CareModel"),
        _edit("sim/place/write.py", "def write_region", "X = 1\n\n\ndef write_region"),
    ],
)  # fmt: skip
def test_words_and_moves_change_no_id(edit: Callable[[Path], None], copy: Path, own: bytes) -> None:
    edit(copy)
    assert definitions(copy).digest() == own


@pytest.mark.parametrize(
    "edit",
    [
        _edit(GOVERNANCE, "Rights.ADVICE, Rights.NONE", "Rights.ADVICE, Rights.ADVICE"),
        _edit("agents/compiled/rule.py", '"boundscheck": True', '"boundscheck": False'),
        _edit("sim/measure/fit.py", "MISFIT = stock(", "MISFIT = flow("),
        _edit("agents/compiled/record.py", 'float: "f8"', 'float: "f4"'),
        _edit("agents/compiled/draws.py", "_SCALE = 2.0**-52", "_SCALE = 2.0**-53"),
        _edit("sim/place/partners.py", "def areas(", "@print\ndef areas("),
        _edit("sim/policy/regime.py", "def column(", "@print\ndef column("),
    ],
)
def test_what_moves_a_result_changes_the_id(
    edit: Callable[[Path], None], copy: Path, own: bytes
) -> None:
    edit(copy)
    assert definitions(copy).digest() != own


def test_nothing_that_moves_a_result_is_left_out() -> None:
    """What is told by name, or looked at only where it is used, holds no rules and no rows."""
    found = definitions()
    everything = {part for name in found.files for part in name.split(".")}
    assert everything >= _BY_NAME | _ONLY_USED | _ALL_THE_SAME  # no name that is no more there
    assert found.by_name <= {
        "BadInput", "DECLARED", "Declared", "Face", "Parameters", "general", "guard",
        "plausible_range", "swaps",
    }  # fmt: skip
    marks = {"rule", "kernel", "twin_of", "Record", "bundle"}
    hashed = {f"{module} {name}" for module, name in found.nodes}
    for module, path in found.files.items():
        if "parameters" in module.split("."):
            continue  # their names, kinds and values are content
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            used = [*node.decorator_list, *getattr(node, "bases", [])]
            names = {n.id for one in used for n in ast.walk(one) if isinstance(n, ast.Name)}
            if names & marks and node.name != "Face":
                assert f"{module} {node.name}" in hashed


PRINT = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
sys.modules["numba"] = None
from experiments.runs.definitions import Definitions
from experiments.runs.spelling import spelled
import ast
files = {p.stem: p for p in Path(sys.argv[1], "agents").glob("*.py") if p.stem != "__init__"}
print(*(spelled(ast.parse(p.read_text(encoding="utf-8"))) for _, p in sorted(files.items())))
print(spelled(ast.parse(r'''X = f"{1:>{2}}a{'b'}" "c" f"{1}" ; f"" ; f"{x:}"; f"{x!r:a}{{"'''  )))
"""


def test_every_python_spells_alike() -> None:
    """Pythons other than this one, where there are any: no package is needed."""
    found = []
    others = [shutil.which(f"python3.{n}") for n in range(11, 16)]
    installed = sorted(Path.home().glob(".pyenv/versions/3.1[1-9].*/bin/python"))
    for python in {sys.executable, *(o for o in others if o), *map(str, installed)}:
        command = [python, "-S", "-c", PRINT, str(ROOT)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0 or python == sys.executable:
            assert done.returncode == 0, done.stderr
            found.append(done.stdout)
    assert len(set(found)) == 1


def test_a_users_own_file_counts_by_what_it_says() -> None:
    text = (
        "from agents.compiled.draws import clip\n\n"
        "def give(x):\n    '''Words.'''\n    return clip(x)\n"
    )
    for same in (
        f"# mine\n{text}",
        text.replace("Words", "Other words"),
        text.replace("x)", " x )"),
    ):
        assert same != text and own_hash(same) == own_hash(text)
    for other in (
        text.replace("draws", "causes"),
        text.replace("(x)\n", "(x, 0)\n"),
        text + "X = 1\n",
    ):
        assert own_hash(other) != own_hash(text)
