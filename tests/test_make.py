"""``make`` installs the checks of a commit in a clone, and leaves hooks of the user's own alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRE_COMMIT = Path(sys.executable).with_name("pre-commit")
OWN = "#!/bin/sh\necho mine\n"

pytestmark = pytest.mark.skipif(
    not (shutil.which("make") and shutil.which("git") and PRE_COMMIT.exists()),
    reason="needs make, git and pre-commit",
)


def nothing(hooks: Path) -> None:
    """A clone as git makes it."""


def own(hooks: Path) -> None:
    hooks.mkdir(exist_ok=True)
    (hooks / "pre-commit").write_text(OWN)


def refused(hooks: Path) -> None:
    """A place where no hook can be written, for whatever user."""
    shutil.rmtree(hooks, ignore_errors=True)
    hooks.write_text("")


def made(folder: Path, clone: bool, prepare: Callable[[Path], None] = nothing) -> str:
    """What ``make`` says where the environment must be renewed; installing itself is left out."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "MAKE"))}
    env |= {"PRE_COMMIT_HOME": str(folder / "log"), "GIT_CONFIG_GLOBAL": os.devnull}
    for name in ("Makefile", "pyproject.toml", ".pre-commit-config.yaml"):
        shutil.copy(ROOT / name, folder)
    if clone:
        subprocess.run(["git", "init", "-q", str(folder)], env=env, check=True)
        prepare(folder / ".git" / "hooks")
    tools = folder / ".venv" / "bin"
    tools.mkdir(parents=True)
    (tools / "python").write_text("#!/bin/sh\nexit 0\n")
    (tools / "python").chmod(0o755)
    (tools / "pre-commit").symlink_to(PRE_COMMIT)
    stamp = tools.parent / "complete"
    stamp.write_text(f"{folder}\n")
    os.utime(stamp, (0, 0))
    done = subprocess.run(
        ["make", ".venv/complete"], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert stamp.read_text() == f"{folder}\n"
    return done.stdout


def test_a_clone_gets_the_checks(tmp_path: Path) -> None:
    assert "Each commit is checked" in made(tmp_path, True)
    assert "pre-commit" in (tmp_path / ".git" / "hooks" / "pre-commit").read_text()


def test_a_copy_without_git_is_made_as_well(tmp_path: Path) -> None:
    assert "checked" not in made(tmp_path, False)


def test_a_hook_of_the_users_own_stays(tmp_path: Path) -> None:
    assert "checked" not in made(tmp_path, True, own)
    hooks = tmp_path / ".git" / "hooks"
    assert (hooks / "pre-commit").read_text() == OWN
    assert not (hooks / "pre-commit.legacy").exists()


def test_where_no_hook_can_be_written_make_says_so_and_goes_on(tmp_path: Path) -> None:
    assert "Commits are not checked" in made(tmp_path, True, refused)
