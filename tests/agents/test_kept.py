"""Compiled code on disk: what was damaged is never run, but compiled anew, with one note."""

from __future__ import annotations

import logging
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numba
import pytest

from agents.compiled import kept
from agents.compiled.kept import Kept, cache_root, checked, holds_sound_runs, make_folder, sealed


def doubled(x: int) -> int:
    return 2 * x


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a cache folder of this test's own."""
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "cache"))
    kept._say_once.cache_clear()
    kept._make_once.cache_clear()
    yield tmp_path / "cache"
    kept._say_once.cache_clear()


def compiled() -> tuple[Any, bool]:
    """Return what the function gives for 3, and whether its code was taken from disk."""
    dispatcher = numba.njit("i8(i8)", cache=True)(doubled)
    hits = sum(dispatcher.stats.cache_hits.values())
    return dispatcher(3), bool(hits)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flip(path: Path) -> None:
    found = bytearray(path.read_bytes())
    found[len(found) // 2] ^= 1
    path.write_bytes(found)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside").touch()


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="compilation is off")
@pytest.mark.parametrize("kind", ["nbi", "nbc"])
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: path.write_bytes(b""), True), (_cut, True), (_flip, True),
        (_folder, False), (Path.unlink, False),
    ],
)  # fmt: skip
def test_what_is_damaged_is_compiled_anew(
    kind: str, damage: Callable[[Path], object], said: bool, folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    assert compiled() == (6, False) and compiled() == (6, True)
    (path,) = folder.rglob(f"*.{kind}")
    damage(path)
    with caplog.at_level(logging.WARNING, "regiosim"):
        assert compiled() == (6, False) and compiled() == (6, True)
    assert len(caplog.records) == said
    assert {one.suffix for one in folder.rglob("*") if one.is_file()} == {".nbi", ".nbc"}


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="compilation is off")
def test_a_folder_that_takes_nothing_costs_time_only(folder: Path) -> None:
    folder.mkdir()
    (folder / "in the way").touch()
    shutil.rmtree(folder)
    folder.touch()
    assert compiled() == (6, False) and compiled() == (6, False)


def test_a_file_says_what_it_is(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept._say_once.cache_clear()
    path = tmp_path / "here" / "a.nbi"
    path.parent.mkdir()
    path.write_bytes(sealed("a.nbi", b"content"))
    assert checked(path) == b"content"
    other = path.rename(path.with_name("b.nbi"))
    assert checked(other) is None and not other.exists()
    assert checked(path) is None and len(caplog.records) == 1


def test_runs_are_there_only_whole(tmp_path: Path) -> None:
    assert not holds_sound_runs(tmp_path)
    (tmp_path / "engines").mkdir()
    for name in ("c.run_batch-1.nbi", "c.run_batch-1.1.nbc"):
        (tmp_path / "engines" / name).write_bytes(sealed(name, b"content"))
    assert holds_sound_runs(tmp_path)
    _flip(tmp_path / "engines" / "c.run_batch-1.1.nbc")
    assert not holds_sound_runs(tmp_path)


def test_without_a_home_it_is_a_folder_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(kept.Path, "home", nobody)
    for name in ("REGIOSIM_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(kept.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = cache_root()
    assert folder.parent == tmp_path and stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o777)
    with pytest.raises(PermissionError):
        cache_root()


def test_a_file_in_the_way_of_a_folder_goes(tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    make_folder(tmp_path / "cache")
    assert (tmp_path / "cache").is_dir()


def test_numba_asks_for_it() -> None:
    assert numba.core.dispatcher.FunctionCache(doubled).__class__ is Kept
