"""What the program makes of where it is started: its streams, and variables meant for libraries."""

from __future__ import annotations

import codecs
import logging
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any

SHOWN = "regiosim-shown"
"""How text is encoded for a stream that does not know all of its letters."""
FAILED = 1
_lost: set[str] = set()


def started_well() -> None:
    """Start this program anew, once, where Python was started in a way that it cannot work in.

    Under some locales (``LC_ALL=C`` with Python's own remedies off, or an old one) names of files
    are not UTF-8 to Python, and it could not say the name of a folder that anybody else can; what
    it writes is encoded as before. With ``PYTHONOPTIMIZE`` it has no docstrings, which are what
    commands say of themselves, and its functions are others than those that were compiled.
    """
    program, *given = sys.orig_argv
    more: list[str] = []
    if sys.getfilesystemencoding() != "utf-8":
        if sys.stdout is not None:
            os.environ.setdefault("PYTHONIOENCODING", sys.stdout.encoding)
        os.environ["PYTHONUTF8"] = "1"  # for workers too
        more = ["-X", "utf8"]
    elif not sys.flags.optimize:
        return
    os.environ.pop("PYTHONOPTIMIZE", None)
    while given and given[0] in ("-O", "-OO"):
        del given[0]
    os.execv(sys.executable, [program, *more, *given])


def no_utf8(arguments: Sequence[str]) -> str | None:
    """Return the first argument, or the current folder, whose name is no UTF-8; None if none is.

    Tables cannot be written or read there, which would show after all the work is done.
    """
    with suppress(OSError):
        arguments = [*arguments, os.getcwd()]
    return next((one for one in arguments if any("\ud800" <= c <= "\udfff" for c in one)), None)


def settle() -> None:
    """Make streams that take any text, and leave aside what would change or break libraries."""
    codecs.register_error(SHOWN, _shown)
    stdout: Any = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # none where it was closed
    stdout.reconfigure(errors=SHOWN)
    sys.stdout = _Output(stdout)
    sys.stderr = _Unfailing(sys.stderr)
    # Figures are drawn into files, never into a window, and letters need no folder in a home.
    os.environ["MPLBACKEND"] = "agg"
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    # Kernels are compiled one way only: others would have other bits, or be kept for all.
    set_ = [name for name in os.environ if name.startswith("NUMBA_")]
    for name in set_:
        del os.environ[name]
    if "NUMBA_DISABLE_JIT" in set_:
        print(
            "regiosim: note: NUMBA_DISABLE_JIT does nothing here; --engine python runs the rules "
            "without compiling them",
            file=sys.stderr,
        )
    # Libraries warn of each other's changes to come; an answer is not lost over that.
    # The list is declared as a sequence that cannot be written to.
    warnings.filters[:] = [  # type: ignore[index]
        ("default" if action == "error" else action, *rest) for action, *rest in warnings.filters
    ]


def _shown(error: UnicodeError) -> tuple[str | bytes, int]:
    """Return bytes that Python took over from a path, and other letters as their code."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    try:
        return text.encode("ascii", "surrogateescape"), error.end
    except UnicodeEncodeError:
        _lost.add(error.encoding)
        return text.encode("ascii", "backslashreplace"), error.end


class _Unfailing:
    """A stream for messages that nobody need read: that it is gone stops nothing."""

    def __init__(self, stream: IO[str] | None) -> None:
        self._stream = stream or open(os.devnull, "w", encoding="utf-8")

    def write(self, text: str) -> int:
        """Write, if that can be done."""
        with suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, if that can be done."""
        with suppress(OSError, ValueError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class OutputGone(Exception):
    """Stdout takes no more. Not an ``OSError``: that would be taken for one of a file."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error

    def code(self, code: int) -> int:
        """Say what was lost, and return the exit code in the place of ``code``.

        A reader that has seen enough (``| head``) is no failure, and nothing is said.
        """
        with suppress(OSError, ValueError):  # what is left goes nowhere, and fails no second time
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.close(nowhere)
        if isinstance(self.error, BrokenPipeError):
            return code
        print(f"regiosim: stdout: {self.error.strerror}", file=sys.stderr)
        return code or FAILED


class _Output:
    """Stdout, whose failures can be told from those of files."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or raise ``OutputGone``."""
        try:
            return self._stream.write(text)
        except OSError as error:
            raise OutputGone(error) from None

    def flush(self) -> None:
        """Flush, or raise ``OutputGone``."""
        try:
            self._stream.flush()
        except OSError as error:
            raise OutputGone(error) from None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def finish_output(code: int) -> int:
    """Write what is left for stdout, and return the exit code: ``code``, or 1 if it was lost."""
    try:
        sys.stdout.flush()
    except OutputGone as gone:
        return gone.code(code)
    if _lost:
        print(
            f"regiosim: note: letters that {sys.stdout.encoding} does not have were written as a "
            "backslash and their code; PYTHONIOENCODING=utf-8 writes them as they are",
            file=sys.stderr,
        )
    return code
