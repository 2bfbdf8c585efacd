"""What a process beside another one does: answer values that come on stdin, on stdout.

When whoever started it is gone, it ends at once.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import IO, Any

from experiments.beside import receive, send


def serve(prepare: Callable[[], Callable[[Any], Any]]) -> None:
    """Answer value after value by what ``prepare`` returns, until nobody asks any more.

    ``prepare`` is called once it is seen when who asks is gone: imports take a second. An exception
    is an answer too.
    """
    ignore_signals()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    requests: queue.Queue[Any] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    answer = prepare()
    while True:
        asked = requests.get()
        try:
            found: Any = answer(asked)
        except MemoryError:
            os._exit(137)  # as if the system had ended it: tried again alone
        except Exception as error:
            found = sendable(error)
        try:
            send(answers, found)
        except BrokenPipeError:
            os._exit(0)


def ignore_signals() -> None:
    """Leave signals for a whole group of processes to whoever started this one."""
    for name in ("SIGINT", "SIGUSR1", "SIGHUP"):
        if hasattr(signal, name):  # not all on every system
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def sendable(error: Exception) -> Exception:
    """Return an error that arrives as it is; one that cannot be sent would look like a death."""
    try:
        if str(pickle.loads(pickle.dumps(error))) == str(error):
            return error
    except Exception:  # whatever its own __reduce__ or __init__ raises
        pass
    return RuntimeError(f"{type(error).__name__}: {error}")


def _listen(stream: IO[bytes], requests: queue.Queue[Any]) -> None:
    """Put requests in a queue, and end the process when there is nobody to answer."""
    try:
        while True:
            requests.put(receive(stream))
    except (EOFError, OSError):
        os._exit(0)
    except BaseException:  # what cannot be read here: its sender would wait for an answer
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
