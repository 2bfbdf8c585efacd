"""A process of this program beside this one: values go to and fro over pipes.

Eight bytes of length, then the bytes. What such a process does is in ``experiments.serving``.
"""

from __future__ import annotations

import pickle
import struct
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, Any, NamedTuple

from experiments.own_modules import command_of

LENGTH = struct.Struct("<Q")


def send(stream: IO[bytes], value: Any) -> None:
    """Write one value."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Return the next value.

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


class Begun(NamedTuple):
    """A process that answers one value by another, and what it says of errors."""

    process: subprocess.Popen[bytes]
    errors: IO[bytes]

    def exchange(self, value: Any) -> Any:
        """Send a value and return the answer.

        Raises:
            EOFError, OSError: the process is gone.
        """
        assert self.process.stdin is not None and self.process.stdout is not None
        send(self.process.stdin, value)
        return receive(self.process.stdout)

    def end(self) -> bytes:
        """Kill the process and return what it said of errors."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was not sent has nobody to go to
                    stream.close()
        with self.errors:
            self.errors.seek(0)
            return self.errors.read()


def begin(module: str, variables: Mapping[str, str] | None = None) -> Begun:
    """Start a module that serves, with an environment of its own or with this one."""
    errors = tempfile.TemporaryFile()
    process = subprocess.Popen(
        command_of(module),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=variables,
    )  # fmt: skip
    return Begun(process, errors)
