"""A claim on a folder: whoever fills, finishes or reports one has it for itself meanwhile.

The claim is a file beside the folder, ``.NAME.claim``, that its holder keeps locked and that says
who that is. The system takes a lock back when its process ends, however it ends, so a file that
nobody locks is no claim, whatever it says. Where a file system has no locks the file is itself the
claim, made by whoever comes first; one of a process of this machine that is gone does not count.
"""

from __future__ import annotations

import errno
import json
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

try:
    import fcntl
except ImportError:  # not on every system: the file itself is the claim then
    fcntl = None  # type: ignore[assignment]

SIGNING = 0.5
"""Seconds that a holder gets to write its name into a claim that it has just taken."""


class FolderRefused(ValueError):
    """A folder cannot take a run. The text says what is wrong and what to do."""


class Claim:
    """A claim on one folder, to be taken and given back once.

    Args:
        folder: the folder, which need not exist; the one that it stands in has to.
        doing: what is done there, for the message to others: ``a sweep``.
        shared: others may hold it too, if they share it as well.
    """

    def __init__(self, folder: Path, doing: str, shared: bool = False) -> None:
        self.folder = folder
        self.doing = doing
        self.shared = shared
        self.path = place_of(folder)
        self._handle: int | None = None

    def take(self) -> None:
        """Take the claim.

        Raises:
            FolderRefused: another process has it; the text says which.
            OSError: the file cannot be made.
        """
        while self._handle is None:
            handle, made = self._open()
            try:
                self._handle = self._taken(handle, made)
            finally:
                if self._handle is None:
                    os.close(handle)

    def _open(self) -> tuple[int, bool]:
        """Open the file, and say whether it was made just now."""
        while True:
            with suppress(FileExistsError):
                return os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666), True
            with suppress(FileNotFoundError):  # given back meanwhile
                return os.open(self.path, os.O_RDWR), False

    def _taken(self, handle: int, made: bool) -> int | None:
        """Return the handle once the claim is ours, None to try again."""
        locked = _lock(handle, self.shared)
        if locked is None:
            return self._without_locks(handle, made)
        if not locked:
            raise FolderRefused(self._held(handle))
        if not _is_at(handle, self.path):  # its holder took it away before we had the lock
            return None
        self._sign(handle)
        return handle

    def _without_locks(self, handle: int, made: bool) -> int | None:
        if not made:
            owner = _owner(handle)
            if not _is_gone(owner):
                hint = f" If that process is gone, remove {self.path}."
                raise FolderRefused(self._held(handle) + hint)
            if _is_at(handle, self.path):
                self.path.unlink(missing_ok=True)
            return None
        self._sign(handle)
        return handle

    def _sign(self, handle: int) -> None:
        """Write who holds it: alone, or after the others who share it."""
        owner = {
            "host": platform.node(), "pid": os.getpid(), "began": _began(os.getpid()),
            "doing": self.doing, "since": time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime()),
        }  # fmt: skip
        if not self.shared:
            os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_END)
        os.write(handle, (json.dumps(owner) + "\n").encode())

    def _held(self, handle: int) -> str:
        """Return who holds it, in a sentence."""
        until = time.monotonic() + SIGNING
        owner = _owner(handle)
        while _is_gone(owner, empty=True) and time.monotonic() < until:  # it has yet to sign
            time.sleep(0.02)
            owner = _owner(handle)
        who = ""
        if owner and not _is_gone(owner):
            who = (
                f" ({owner.get('doing')}: process {owner.get('pid')} on {owner.get('host')}, "
                f"since {owner.get('since')})"
            )
        return f"another process is at work on {self.folder}{who}. Wait for it, or stop it."

    def release(self) -> None:
        """Give the claim back, and take its file away unless others share it."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        try:
            alone = not self.shared or _lock(handle, shared=False) is not False
            if alone and _is_at(handle, self.path):
                with suppress(OSError):  # a claim that nobody locks is none
                    self.path.unlink()
        finally:
            os.close(handle)


@contextmanager
def claimed(folder: Path, doing: str, shared: bool = False) -> Iterator[None]:
    """Hold a claim on ``folder`` meanwhile.

    Raises:
        FolderRefused: another process holds it, or it is in a place where nothing can be made.
        PermissionError: the place is one of others.
    """
    claim = Claim(folder, doing, shared)
    try:
        try:
            claim.take()
        except PermissionError:
            raise
        except OSError as error:
            raise FolderRefused(_unclaimed(folder, str(error.strerror))) from None
        yield
    finally:
        claim.release()


def _unclaimed(folder: Path, why: str) -> str:
    if folder.exists():
        return (
            f"{folder} cannot be worked on: beside it nothing can be written that keeps others "
            f"away ({why}). Copy it to another place."
        )
    return f"{folder} cannot be made ({why}). Name a folder in another place."


@contextmanager
def renewed(folder: Path) -> Iterator[None]:
    """Hold the folder of a run or a sweep while its report is written anew.

    What an earlier report that was stopped left half written goes.

    Raises:
        FolderRefused: another process is at work there.
    """
    if not folder.is_dir():  # nothing is made beside what is not there
        yield
        return
    with claimed(folder, "a report"):
        remove_asides(folder, True)
        yield


def place_of(folder: Path) -> Path:
    """Return the file of the claim on a folder: beside it, or inside where none can be beside."""
    whole = folder.resolve()
    if whole.name and os.access(whole.parent, os.W_OK | os.X_OK):
        return whole.parent / f".{whole.name}.claim"
    return whole / ".claim"


def lives(machine: str, pid: str) -> bool:
    """Return whether that process may still be writing (yes where we cannot tell)."""
    if not pid.isdecimal():
        return False
    if machine != platform.node():
        return True
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is another user's
        return True
    return True


def remove_asides(folder: Path, all_of_them: bool) -> None:
    """Remove files that stopped processes left half written in ``folder`` and below it.

    Args:
        folder: a folder that is claimed.
        all_of_them: nobody else can be writing there, so that no aside is anyone's; otherwise
            those of other processes that may live stay.
    """
    for path in folder.rglob(".*.partial-*"):
        if not path.is_file():
            continue
        machine, _, pid = path.name.rpartition(".partial-")[2].rpartition("-")
        own = pid == str(os.getpid())  # of an earlier process of this id: we have yet to write
        if all_of_them or own or not lives(machine, pid):
            path.unlink(missing_ok=True)


def _lock(handle: int, shared: bool) -> bool | None:
    """Lock a file, and return whether that went; None where files cannot be locked."""
    if fcntl is None:
        return None
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in (errno.EWOULDBLOCK, errno.EACCES) else None
    return True


def _is_at(handle: int, path: Path) -> bool:
    """Return whether ``path`` is still the file that is open."""
    try:
        there = os.stat(path)
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(handle), there)


def _owner(handle: int) -> dict[str, Any]:
    """Return who signed last; nothing where that cannot be read."""
    os.lseek(handle, 0, os.SEEK_SET)
    lines = os.read(handle, 2**16).decode(errors="replace").splitlines()
    with suppress(ValueError, IndexError):
        found = json.loads(lines[-1])
        if isinstance(found, dict):
            return found
    return {}


def _is_gone(owner: dict[str, Any], empty: bool = False) -> bool:
    """Return whether that owner is a process of this machine that has ended."""
    if not owner:
        return empty
    if owner.get("host") != platform.node():
        return False
    pid = str(owner.get("pid"))
    return not lives(platform.node(), pid) or owner.get("began") != _began(int(pid))


def _began(pid: int) -> str:
    """Return when a process began, by the system's count: ids of processes come back."""
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    return ""
