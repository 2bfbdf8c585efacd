"""Serving a class on this machine's network: the socket, the addresses, the end."""

from __future__ import annotations

import errno
import ipaddress
import logging
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final, TextIO

import segno
import uvicorn

from experiments.classroom.game.decisions import Make
from experiments.classroom.server.app import make_app
from experiments.classroom.server.changes import Changes
from experiments.classroom.server.classes import Classes, Classroom
from experiments.classroom.server.offered import Offered
from experiments.classroom.server.page import served
from experiments.classroom.server.store import Store
from sim.errors import BadInput

RUNS: Final = 64
"""Runs of a class on which its results rest, unless its teacher asks for more."""


def own_address() -> str:
    """Return this machine's address on its network, or that of the machine itself without one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # a documentation address: nothing is sent
            return str(asking.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def is_loopback(host: str) -> bool:
    """Return whether only this machine itself can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        BadInput: the port is taken, not allowed, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With its protocol: asyncio sends small answers at once only where a socket says it is TCP.
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(128)
    except (OSError, OverflowError) as error:
        found.close()
        number = getattr(error, "errno", None)
        if number == errno.EADDRINUSE:
            problem, allowed = f"{port} is taken by another program", "a free one, or 0 for any"
            raise BadInput("--port", problem, allowed=allowed) from None
        if number == errno.EACCES:
            raise BadInput("--port", f"{port} is not allowed", allowed="1024 .. 65535") from None
        if isinstance(error, OverflowError):
            raise BadInput("--port", f"{port} is no port", allowed="0 .. 65535") from None
        problem = f"{host!r} is no address of this machine"
        raise BadInput("--host", problem, allowed=f"{own_address()} or 127.0.0.1") from None
    return found


class _Server(uvicorn.Server):
    """Ends the streams when it is told to end: they would keep it waiting."""

    def __init__(self, config: uvicorn.Config, changes: Changes) -> None:
        super().__init__(config)
        self._changes = changes

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._changes.end()


def address_of(bound: socket.socket) -> str:
    """Return the address that browsers use."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def greet(address: str, classes: Classes, out: TextIO) -> None:
    """Print addresses of the classes, their QR codes and the teacher's link."""
    for room in classes.by_code.values():
        _greet(address, room, out)
    print(f"For the teacher only: {address}#teacher={classes.teacher}", file=out)
    print(f"Decisions are kept in {classes.store.path}. Ctrl-C ends it.", file=out)
    out.flush()


def _greet(address: str, room: Classroom, out: TextIO) -> None:
    link = f"{address}#class={room.code}"
    print(f"\nClass {room.code} ({room.made['region']}, {room.made['regime']}): {link}", file=out)
    try:
        "\u2588\u2580".encode(out.encoding or "ascii")
    except UnicodeEncodeError:
        return
    segno.make(link, micro=False).terminal(out=out, compact=True)


def serve(
    make: Callable[[], tuple[Offered, bytes]],
    data: Path,
    host: str,
    port: int,
    out: TextIO = sys.stdout,
    warn: Callable[[str], None] = lambda text: print(text, file=sys.stderr),
) -> None:
    """Serve until Ctrl-C. Without a class in ``data``, one is made of the first on offer.

    Args:
        make: makes the lesson, once address and file are sure: what it offers, and its page.
        data: where classes are kept; made if it is not there.
        host: address to listen at.
        port: port, 0 for any that is free.
        out: where addresses are printed.
        warn: says that others can reach the page, where they can.

    Raises:
        BadInput: ``data`` is no file of classes, or the address cannot be had.
    """
    bound = listen(host, port)
    try:
        store = Store(data)
    except BaseException:
        bound.close()
        raise
    try:
        offered, lesson = make()
        page, classes = served(lesson), Classes(store, offered)
        if not classes.by_code:
            classes.make(Make(region=offered.regions[0], regime=offered.regimes[0], runs=RUNS))
        if not is_loopback(host):
            warn(
                "Whoever is on this network can open the page, and join a class whose code they"
                " know: nothing is encrypted, so no name or decision here should be secret."
            )
        greet(address_of(bound), classes, out)
        _run(classes, page, bound)
        print("Ended. The same command goes on with these classes.", file=out)
    finally:
        store.close()
        bound.close()


def _run(classes: Classes, page: bytes, bound: socket.socket) -> None:
    changes = Changes()
    config = uvicorn.Config(
        make_app(classes, page, changes),
        log_level=logging.WARNING,
        lifespan="off",
        timeout_graceful_shutdown=1,
        limit_concurrency=1000,
        server_header=False,
    )
    try:
        _Server(config, changes).run(sockets=[bound])
    except KeyboardInterrupt:
        pass  # the server has ended in order, and said again what ended it
