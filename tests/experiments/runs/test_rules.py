"""Rules of a user's own: what they move, what is recorded, what is refused, and when.

Rules are swapped while the model is imported, so most of this runs in processes of its own, in
plain Python, which needs no compiling.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import numba
import pandas as pd
import pytest

from agents.compiled import swaps
from agents.compiled.errors import BadInput
from agents.compiled.rule import CACHE, RULES, source_hash
from agents.compiled.rules_file import VARIABLE, read_rules
from experiments import Scenario, run
from experiments.cli.app import BAD_INPUT, DONE, main
from experiments.compiling.apart import smallest
from experiments.compiling.kernels import is_warm, warm_up
from experiments.compiling.reuse import reached
from experiments.compiling.trying import argument_types
from experiments.runs.identity import definitions, rules_hash
from experiments.runs.rules import _FIXED, rule_names
from results.store.ids import IDENTITY
from results.store.reading import manifest, read

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "docs" / "examples" / "my_rules.py"
PLACE, REGIME = "synthetic:2:1", "historic-nl"
RUN = ("run", "--region", PLACE, "--regime", REGIME, "--from", "2006Q1", "--to", "2007Q4", "-q")

SAME = '''
"""What the model does, in other words."""
import math

from agents.compiled.draws import clip
from agents.practice import Practice
from agents.compiled.rule import rule
from sim.phases.hubs.hubs import run_hubs  # a file may import what it likes of the model

_SIGN = -1.0


@rule
def _chance(value):
    return 1.0 / (1.0 + math.exp(_SIGN * clip(value, -700.0, 700.0)))


@rule
def give_mandate(practice: Practice, utility: float, lot: float, refuse: bool) -> bool:
    if refuse:
        return False
    return lot < _chance(utility)


def worth__trust_of(tables, a, b, mutual):
    return original_worth__trust_of(tables, a, b, mutual)
'''

NEVER = "def give_mandate(practice, utility, lot, refuse):\n    return False\n"
HEAD = "def give_mandate(practice, utility, lot, refuse):\n"


def started(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, as if from a terminal of its own."""
    clean = {name: value for name, value in os.environ.items() if name != VARIABLE}
    return subprocess.run(
        [sys.executable, *command], cwd=cwd, capture_output=True, text=True, timeout=600,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def regiosim(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return started("-m", "experiments", *arguments, cwd=cwd)


def values(series: pd.DataFrame) -> pd.Series:
    return series.set_index(["tick", "scope", "outcome"])["value"].sort_index()


def mandated(folder: Path) -> float:
    series = read(folder, "series")
    chosen = (series["outcome"] == "mandate_share") & (series["scope"] == "all")
    return float(series[chosen]["value"].iloc[-1])


@pytest.fixture(scope="module")
def plain() -> pd.Series:
    """The model as it is: the compiled engine gives what the others give."""
    if not is_warm():
        warm_up()
    return values(run(Scenario(PLACE, REGIME, start="2006Q1", end="2007Q4")).series)


def test_the_same_rules_in_other_words_change_ids_and_nothing_else(
    tmp_path: Path, plain: pd.Series
) -> None:
    (tmp_path / "same.py").write_text(SAME)
    done = regiosim(*RUN, "--engine", "python", "--rules", "same.py", "--out", "a", cwd=tmp_path)
    assert done.returncode == DONE, done.stderr
    pd.testing.assert_series_equal(values(read(tmp_path / "a", "series")), plain, check_exact=True)
    about = manifest(tmp_path / "a")
    own = Scenario(PLACE, REGIME, start="2006Q1", end="2007Q4")
    assert about["content"] == own.content_hash
    assert about["id"] != own.id and about["rules"] != rules_hash()
    assert about["rules_file"] == {
        "file": "same.py",
        "sha256": hashlib.sha256(SAME.encode()).hexdigest(),
        "text": SAME,
        "replaced": ["agents.practice.give_mandate", "sim.common.worth.trust_of"],
    }


def test_a_rule_moves_what_it_is_about(tmp_path: Path, plain: pd.Series) -> None:
    (tmp_path / "never.py").write_text(NEVER)
    command = [*RUN[:-1], "--engine", "python", "--rules", "never.py"]
    done = regiosim(*command, "--out", "a", cwd=tmp_path)
    assert done.returncode == DONE, done.stderr
    assert "never.py in the place of agents.practice.give_mandate" in done.stdout
    assert plain[7, "all", "mandate_share"] > 0.1
    assert mandated(tmp_path / "a") == 0.0


def test_without_the_option_everything_is_as_it_was(tmp_path: Path) -> None:
    digest = hashlib.sha256(json.dumps(IDENTITY, sort_keys=True).encode())
    digest.update(definitions().digest().hex()[:32].encode())
    assert rules_hash() == digest.hexdigest()[:16]
    assert swaps.OWN is None and not swaps.SWAPPED
    assert "-" not in source_hash() and CACHE.name == source_hash()
    about = run(Scenario(PLACE, REGIME, start="2006Q1", end="2006Q1", engine="python")).manifest
    assert "rules_file" not in about


WHERE = """
import json, sys
from agents.compiled.rule import CACHE
from experiments.runs.identity import rules_hash
print(json.dumps([CACHE.name, rules_hash()]))
"""


def test_every_text_has_a_cache_and_ids_of_its_own(tmp_path: Path) -> None:
    found = []
    for text in (NEVER, NEVER.replace("False", "True")):
        (tmp_path / "mine.py").write_text(text)
        done = started("-c", WHERE, cwd=tmp_path, REGIOSIM_RULES="mine.py")
        found.append(json.loads(done.stdout))
    found.append([source_hash(), rules_hash()])
    assert len({cache for cache, _ in found}) == len({rules for _, rules in found}) == 3
    assert {cache.partition("-")[0] for cache, _ in found} == {source_hash()}


# Seen before anything heavy is imported: refused at once.
TEXTS = [
    ("def give_mandate(:\n", "mine.py, line 1: is not Python"),
    ("\0", "null byte"),
    ("", "replaces no rule"),
    ("x = 1\ndef _helper(lot):\n    return lot\n", "replaces no rule"),
    (NEVER + NEVER, "line 3: give_mandate is there twice"),
    ("import mine_too\n" + NEVER, "line 1: imports mine_too"),
    ("from . import others\n" + NEVER, "imports ."),
    ("import agents.words as v\nv.NONE = 3\n" + NEVER, "line 2: sets v.NONE"),
    ("import functools\n@functools.cache\n" + NEVER, "decorated with functools.cache"),
    ("async " + NEVER, "no plain function"),
    (HEAD + "    yield True\n", "no plain function"),
    (NEVER.replace("refuse)", "refuse=False)"), "without defaults"),
    (NEVER.replace("refuse)", "*refuse)"), "without defaults and stars"),
]


@pytest.mark.parametrize(("text", "says"), TEXTS)
def test_a_text_that_cannot_be_used_is_refused(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(text)
    with pytest.raises(BadInput) as refused:
        read_rules(path)
    assert says in str(refused.value) and "mine.py" in str(refused.value)


# What the files of the command line are: None is none, bytes are no text, True is a folder.
FILES: list[tuple[str | bytes | bool | None, str]] = [
    (None, "does not exist"),
    (b"\xff\xfe\x00", "byte 1 is not UTF-8"),
    (True, "is a folder"),
    ("def give_mandate(:\n", "line 1: is not Python"),
    ("def giv_mandate(lot):\n    return lot\n", "Did you mean 'give_mandate'?"),
    ("def trust_of(lot):\n    return lot\n", "criteria__trust_of, worth__trust_of"),
    ("def draw(seed, stream_number, agent, other, tick):\n    return 0.5\n", "cannot be replaced"),
    ("def give_mandate(practice, lot):\n    return lot\n",
     "Allowed: (practice, utility, lot, refuse)"),
    (NEVER + NEVER.replace("give_mandate", "practice__give_mandate"), "another function of this"),
    ("WEIGHT = 1.0 / 0.0\n" + NEVER, "line 1: running the file raises ZeroDivisionError"),
    ("from agents.practice import Practise\n" + NEVER, "raises ImportError"),
    ("exit(0)\n" + NEVER, "raises SystemExit"),
    (HEAD + "    return lot < logistik(1.0)\n", "Did you mean 'logistic'?"),
    ("def _half(lot):\n    return lot\n" + HEAD + "    return _half(lot) < 0.2\n",
     "line 4: give_mandate uses _half, which is not compiled"),
    ("import agents.compiled.draws as d\n" + HEAD + "    return d.clip(lot, 0.0, 1.0) < 0.5\n",
     "from agents.compiled.draws import ..."),
    ("renew = lambda practice: 1.0\n" + NEVER, "defined in a way that replaces no rule"),
    # What only a run tells: the twin names the line, too.
    (HEAD + "    return practice.trusty > lot\n", "line 2: AttributeError"),
]  # fmt: skip

UNCOMPILED: list[tuple[str | bytes | bool | None, str]] = [
    (HEAD + '    words = lot + "a"\n    return False\n', "mine.py, line 2: give_mandate does not"),
    (HEAD + "    return practice.trusty > lot\n", "there is no column 'trusty'"),
    (HEAD + "    return 1\n", "give_mandate returns int. Allowed: bool"),
    ("from agents.compiled.rule import rule\n@rule\ndef _text(lot):\n    return f'{lot:.2f}'\n"
     + HEAD + "    return _text(lot) == ''\n", "line 4: _text does not compile"),
]  # fmt: skip

COMMANDS = """
import json, os, sys
import mesa, numba, numpy, pandas, pydantic, pyarrow  # once for all of them: they take longest
from experiments.cli import main
command, folders = json.loads(sys.argv[1]), sys.argv[2:]
assert "agents.compiled.swaps" not in sys.modules
for folder in folders:
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(f"../{folder}.{name}", os.O_WRONLY | os.O_CREAT), number)
        os._exit(main(command))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def refuse_all(
    files: list[tuple[str | bytes | bool | None, str]], folder: Path, *command: str
) -> int:
    """Run a command on each of the files, compare what it says, and return how many it refused."""
    names = [f"case-{number}" for number in range(len(files))]
    for name, (content, _) in zip(names, files, strict=True):
        (folder / name).mkdir()
        path = folder / name / "mine.py"
        if content is True:
            path.mkdir()
        elif content is not None:
            path.write_bytes(content.encode() if isinstance(content, str) else bytes(content))
    whole = json.dumps([*command, "--rules", "mine.py"])
    done = started("-c", COMMANDS, whole, *names, cwd=folder, REGIOSIM_CACHE=str(folder / "cache"))
    codes = done.stdout.split()
    assert codes == [str(BAD_INPUT)] * len(files), (codes, done.stderr)
    for name, (content, says) in zip(names, files, strict=True):
        error = (folder / f"{name}.err").read_text()
        assert error.startswith("regiosim: ") and error.count("\n") == 1, error
        assert says in error and "mine.py" in error
        assert (folder / f"{name}.out").read_text() == ""
        left = [] if content is None else ["mine.py"]
        assert [path.name for path in (folder / name).iterdir()] == left
    return len(files)


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="POSIX")


@needs_fork
def test_bad_rules_are_one_message_and_leave_nothing(tmp_path: Path) -> None:
    assert refuse_all(FILES, tmp_path, *RUN, "--engine", "python") == len(FILES)


@needs_fork
@pytest.mark.slow
@pytest.mark.parametrize("command", [("warm", "-q"), (*RUN, "--engine", "mesa")])
def test_rules_that_do_not_compile_are_named_before_the_model_is_compiled(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    assert refuse_all(UNCOMPILED, tmp_path, *command) == len(UNCOMPILED)


@pytest.mark.slow
def test_three_engines_run_the_example_alike(tmp_path: Path, plain: pd.Series) -> None:
    series = {}
    for engine in ("compiled", "mesa", "python"):
        done = regiosim(
            *RUN, "--engine", engine, "--rules", str(EXAMPLE), "--out", engine, cwd=tmp_path
        )
        assert done.returncode == DONE, done.stderr
        series[engine] = values(read(tmp_path / engine, "series"))
    assert len({manifest(tmp_path / engine)["id"] for engine in series}) == 1
    bits = {engine: found.to_numpy().tobytes() for engine, found in series.items()}
    assert bits["compiled"] == bits["mesa"] == bits["python"]
    assert 0.0 < mandated(tmp_path / "compiled") < plain[7, "all", "mandate_share"]


def test_a_process_that_has_the_model_says_that_it_is_too_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.py").write_text(NEVER)
    monkeypatch.chdir(tmp_path)
    for command in (RUN, ("warm",)):
        assert main([*command, "--rules", "mine.py"]) == BAD_INPUT
        shown = capsys.readouterr()
        assert "imported the model already, with the rules as they are" in shown.err
        assert "Traceback" not in shown.err and not shown.out
    monkeypatch.setenv(VARIABLE, "mine.py")
    with pytest.raises(BadInput, match="already, with the rules as they are"):
        Scenario(PLACE, REGIME)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.py"]


NOTEBOOK = """
import os, pathlib
os.environ["REGIOSIM_RULES"] = "mine.py"
from experiments import Scenario
from experiments.runs.start import start_tables
from agents.practice import Practice
from sim.engines.model import CareModel
from sim.errors import BadInput
os.chdir("/")
scenario = Scenario("synthetic:2:1", "historic-nl", start="2006Q1", end="2007Q4")

class Loyal(Practice):
    def give_mandate(self, utility, lot, refuse):
        return not self.plain_rule("give_mandate")(self, utility, lot, refuse)

model = CareModel(start_tables(scenario), engine="python", classes={"practices": Loyal})
for _ in range(8):
    model.step()
assert model.outcome("mandate_share") > 0.0  # of the user's rule, which says never, the opposite
path = pathlib.Path(os.environ["REGIOSIM_RULES"])
assert path.is_absolute()
path.write_text(path.read_text() + "# edited")
try:
    Scenario("synthetic:2:1", "historic-nl")
except BadInput as problem:
    print(problem)
"""


def test_a_notebook_names_the_file_by_a_variable(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(NEVER)
    done = started("-c", NOTEBOOK, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "mine.py: has changed since this process imported the model" in done.stdout


def test_a_helping_process_refuses_another_text(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(NEVER)
    code = (
        "from experiments.sweeps.work.children import environment as e; "
        "print(e()['REGIOSIM_RULES_SHA256'])"
    )
    done = started("-c", code, cwd=tmp_path, REGIOSIM_RULES="mine.py")
    assert done.stdout.strip() == hashlib.sha256(NEVER.encode()).hexdigest()
    (tmp_path / "mine.py").write_text(NEVER + "# edited")
    done = started("-c", code, cwd=tmp_path, REGIOSIM_RULES="mine.py",
                   REGIOSIM_RULES_SHA256=done.stdout.strip())  # fmt: skip
    assert "mine.py: has changed since" in done.stderr.splitlines()[-1]


SWEEP = f"""
name = "few"
question = "Do workers have the rules?"

[runs]
regions = ["{PLACE}"]
regimes = ["{REGIME}"]
from = "2006Q1"
to = "2007Q4"
replicates = 2

[record]
outcomes = ["mandate_share"]

[levers."title.ros.rate"]
values = [0.5, 1.5]
"""


@pytest.mark.slow
def test_the_workers_of_a_sweep_have_the_rules(tmp_path: Path, plain: pd.Series) -> None:
    (tmp_path / "few.toml").write_text(SWEEP)
    command = ("sweep", "few.toml", "-q", "--workers", "2", "--out")
    for out, more in (("plain", ()), ("own", ("--rules", str(EXAMPLE)))):
        done = regiosim(*command, out, *more, cwd=tmp_path)
        assert done.returncode == DONE, done.stderr
    shares = [read(tmp_path / out, "series")["value"].mean() for out in ("plain", "own")]
    assert 0.0 < shares[1] < shares[0]
    abouts = [manifest(tmp_path / out) for out in ("plain", "own")]
    assert "rules_file" not in abouts[0] and abouts[1]["rules_file"]["file"] == EXAMPLE.name
    assert abouts[0]["id"] != abouts[1]["id"]


def test_all_rules_are_listed_by_the_name_that_replaces_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = rule_names()
    assert set(names.values()) == set(RULES) - set(_FIXED)
    for name, key in names.items():
        assert name in (key[1], swaps.long_name(*key)), name
        assert not name.startswith(("_", "original_"))
    assert {"give_mandate", "criteria__trust_of", "admission___admit", "run_quarter"} <= set(names)
    assert main(["rules", "give_mandate", "--json"]) == DONE
    (row,) = json.loads(capsys.readouterr().out)
    assert row["file"] == "agents/practice.py" and row["returns"] == "bool"
    assert row["takes"] == "practice: Practice, utility: float, lot: float, refuse: bool"
    assert main(["rules", "worth"]) == DONE
    shown = capsys.readouterr().out
    assert "worth__trust_of" in shown and "give_mandate" not in shown
    assert main(["rules", "giv_mandate"]) == BAD_INPUT
    assert "Did you mean 'give_mandate'?" in capsys.readouterr().err


def test_the_source_of_a_rule_is_a_file_to_start_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "give_mandate", "--source"]) == DONE
    path = tmp_path / "mine.py"
    path.write_text(capsys.readouterr().out)
    assert list(read_rules(path).functions) == ["give_mandate"]


def test_every_rule_can_be_compiled_by_itself() -> None:
    tables = numba.typeof(smallest())
    for key in rule_names().values():
        plain = getattr(RULES[key], "py_func", RULES[key])
        assert len(argument_types(plain, tables)) == plain.__code__.co_argcount


def test_only_what_calls_a_replaced_rule_is_compiled_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    key = ("agents.practice", "give_mandate")
    monkeypatch.setitem(swaps.SWAPPED, key, object())
    assert reached() == {
        key,
        ("sim.phases.choices.mandates", "review_mandate"),
        ("sim.phases.choices.choices", "practice_chooses"),
        ("sim.phases.choices.choices", "choose_all"),
        ("sim.quarter", "run_quarter"),
        ("sim.engines.compiled", "run_batch"),
    }
    monkeypatch.setitem(swaps.SWAPPED, ("agents.compiled.draws", "clip"), object())
    assert len(reached()) > 100


def test_the_guide_shows_the_example_as_it_is() -> None:
    guide = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in guide.split("```python\n")[1:]]
    shown = next(block for block in blocks if "def give_mandate" in block)
    tree = ast.parse(EXAMPLE.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef):
            texts = [
                isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant) for n in node.body
            ]
            node.body = [n for n, text in zip(node.body, texts, strict=True) if not text]
    assert ast.unparse(tree) == ast.unparse(ast.parse(shown))
