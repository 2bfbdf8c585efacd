"""A process that runs batches for a sweep: ``python -m experiments.sweeps.work.worker``.

It takes requests on stdin and answers on stdout (``pipes``). When whoever started it is gone, it
ends at once.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
from typing import IO, Any

from experiments.sweeps.work.pipes import receive, send


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


def main() -> None:
    """Take a plan, then batch after batch of it, or the next plan."""
    ignore_signals()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    requests: queue.Queue[Any] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    from experiments.sweeps.plan.plan import Plan
    from experiments.sweeps.work.compute import compute

    plan: Any = None
    while True:
        asked = requests.get()
        if isinstance(asked, Plan):
            plan = asked
            send(answers, "ready")
            continue
        number, dead = asked
        try:
            answer: Any = compute(plan, number, dead)
        except MemoryError:
            os._exit(137)  # as if the system had ended it: tried again alone
        except Exception as error:
            answer = sendable(error)
        try:
            send(answers, answer)
        except BrokenPipeError:
            os._exit(0)


if __name__ == "__main__":
    main()
