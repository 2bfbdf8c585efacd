"""Two processes that want one folder at the same moment, and what the second is told."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from results.store import claims
from results.store.claims import FolderRefused, claimed, place_of
from tests.at_once import PAIRS, Pair, pair_of_processes
from tests.stopped import light

ROUNDS = 4


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with pair_of_processes(tmp_path_factory.mktemp("kept")) as pair, light():
        yield pair


@pytest.mark.skipif(sys.platform == "win32", reason="locks and links are POSIX")
@pytest.mark.parametrize("name", PAIRS)
def test_one_gets_the_folder_or_both_work_together(name: str, two: Pair, tmp_path: Path) -> None:
    told = [two.round(PAIRS[name], tmp_path / str(number)) for number in range(ROUNDS)]
    if name == "two shards":
        assert told == [["", ""]] * ROUNDS
    if name in ("two runs", "two experiments", "shards of two experiments"):
        assert all(any(pair) for pair in told)


def test_the_second_is_told_who_has_the_folder(tmp_path: Path) -> None:
    with claimed(tmp_path / "new", "a sweep"), pytest.raises(FolderRefused) as refused:
        with claimed(tmp_path / "new", "a run"):
            pass
    said = str(refused.value)
    assert (
        f"another process is at work on {tmp_path / 'new'} (a sweep: process {os.getpid()} on"
        in (said)
    )
    assert list(tmp_path.iterdir()) == []


def test_what_is_shared_is_shared_and_the_last_one_removes_the_file(tmp_path: Path) -> None:
    with claimed(tmp_path / "new", "shard 1", shared=True):
        with claimed(tmp_path / "new", "shard 2", shared=True):
            with pytest.raises(FolderRefused, match="another process"):
                claims.Claim(tmp_path / "new", "a merge").take()
        assert place_of(tmp_path / "new").is_file()
    assert list(tmp_path.iterdir()) == []


def _kill_a_holder(folder: Path, locks: bool) -> None:
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom results.store import claims\n"
        f"claims.fcntl = claims.fcntl if {locks} else None\n"
        "claims.Claim(Path(sys.argv[1]), 'a run').take()\nos._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(folder)], timeout=60, check=False)
    assert place_of(folder).is_file()


@pytest.mark.parametrize("locks", [True, False])
def test_the_claim_of_a_dead_process_is_none(
    tmp_path: Path, locks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not locks:
        monkeypatch.setattr(claims, "fcntl", None)
    _kill_a_holder(tmp_path / "new", locks)
    with claimed(tmp_path / "new", "a run"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_without_locks_the_file_is_the_claim(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    assert claims.fcntl is not None
    monkeypatch.setattr(claims.fcntl, "flock", none)
    with claimed(tmp_path / "new", "a sweep"):
        with pytest.raises(FolderRefused, match=r"a sweep: process \d+ .*remove .*claim"):
            claims.Claim(tmp_path / "new", "a run").take()
    assert list(tmp_path.iterdir()) == []
    place_of(tmp_path / "new").write_text('{"host": "elsewhere", "pid": 1}\n')
    with pytest.raises(FolderRefused, match="process 1 on elsewhere"):
        claims.Claim(tmp_path / "new", "a run").take()
