"""A process that runs batches for a sweep: ``python -m experiments.sweeps.worker``.

It reads requests from stdin and writes what it computed to stdout, as frames: eight bytes of
length, then the bytes. When whoever started it is gone, it ends at once.
"""

from __future__ import annotations

import signal

for _name in ("SIGINT", "SIGUSR1", "SIGHUP"):  # meant for whoever started it, who decides
    if hasattr(signal, _name):
        signal.signal(getattr(signal, _name), signal.SIG_IGN)

import os  # noqa: E402
import pickle  # noqa: E402
import queue  # noqa: E402
import struct  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
from typing import IO, Any  # noqa: E402

LENGTH = struct.Struct("<Q")


def send(stream: IO[bytes], value: Any) -> None:
    """Write one frame."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Return the value of the next frame.

    Raises:
        EOFError: the other side is gone.
    """
    head = _exactly(stream, LENGTH.size)
    return pickle.loads(_exactly(stream, LENGTH.unpack(head)[0]))


def _exactly(stream: IO[bytes], count: int) -> bytes:
    parts = []
    while count:
        part = stream.read(count)
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _listen(stream: IO[bytes], requests: queue.Queue[Any]) -> None:
    """Put requests in a queue, and end the process when there is nobody to answer."""
    try:
        while True:
            requests.put(receive(stream))
    except (EOFError, OSError):
        os._exit(0)


def main() -> None:
    """Take the plan, then batch after batch."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the frames
    requests: queue.Queue[Any] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    from experiments.sweeps.compute import compute

    plan = requests.get()
    send(answers, "ready")
    while True:
        number, dead = requests.get()
        try:
            answer: Any = compute(plan, number, dead)
        except MemoryError:
            os._exit(137)  # as if the system had ended it: tried again alone
        except Exception as error:
            answer = error
        try:
            send(answers, answer)
        except BrokenPipeError:
            os._exit(0)


if __name__ == "__main__":
    main()
