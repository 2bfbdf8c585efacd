"""The command line as the program of its own process: streams, signals, then the command."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

from experiments.cli.ends import WATCH, is_ending, numbers


def _quiet(hook: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return a hook for lost errors that says nothing of those that the end itself causes."""
    return lambda lost: None if is_ending() else hook(lost)


def _open_streams() -> None:
    """Open what the caller has closed of 0, 1 and 2: a table must not get one of these numbers."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)


def as_program() -> int:
    """Run the command line in this process, which is its own; return the exit code."""
    # Modules and rules stay: to search them for what can go took an eighth of a short run.
    gc.set_threshold(200_000, 20, 20)
    sys.unraisablehook = _quiet(sys.unraisablehook)
    threading.excepthook = _quiet(threading.excepthook)
    try:
        _open_streams()
        WATCH.listen()
        from experiments.cli.surroundings import finish_output, settle, started_well

        started_well()
        settle()
        from experiments.cli.app import main

        code = finish_output(main())
        WATCH.over.set()
        for number in numbers():  # all is done; while Python winds up it would count as a kill
            signal.signal(number, signal.SIG_IGN)
        gc.freeze()  # what is left goes with the process: nothing in it has to be found first
    except BaseException:  # whatever a library made of the signal
        if WATCH.ended is None:
            raise
    if WATCH.ended is not None:
        WATCH.leave(WATCH.ended)
    return code
