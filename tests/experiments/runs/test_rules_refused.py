"""Rules of a user's own that cannot be used are refused, in one message, and when."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from agents.compiled.errors import BadInput
from agents.compiled.rules_file import VARIABLE, read_rules
from experiments import Scenario
from experiments.cli.app import BAD_INPUT, main
from tests.own_rules import HEAD, NEVER, PLACE, REGIME, RUN, started

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
    ("import functools\n@functools.cache\n" + NEVER, "line 1: imports functools"),
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
    ("exit(0)\n" + NEVER, "line 1: uses exit"),
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
