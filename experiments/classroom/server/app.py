"""The addresses of class mode: the page, and what groups and teacher send and ask.

``GET /`` the lesson; ``GET /api/classes/CODE`` the class as one may see it;
``GET .../changes`` a stream of its version number; ``POST .../join``, ``.../decide``;
``POST .../decide-for``, ``.../step`` and ``/api/classes`` with the teacher's token.
Tokens come as ``Authorization: Bearer``. Every refusal is a status with
``{"refused": KEY, "said": {"en": ..., "nl": ...}}``.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from experiments.classroom.game.decisions import Decide, DecideFor, Join, Make, Step, read
from experiments.classroom.game.said import Refused
from experiments.classroom.server.changes import Changes
from experiments.classroom.server.classes import Classes, Classroom
from experiments.classroom.server.limits import (
    MOST_BODY,
    MOST_DRAINED,
    MOST_STREAMS,
    Buckets,
)

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
FRESH = SAFE | {"Cache-Control": "no-store"}

B = TypeVar("B", Join, Decide, DecideFor, Make, Step)
Answer = Callable[[Request], Awaitable[Response]]


class Desk:
    """Where requests come in: the classes, who waits for changes, and how much each may send."""

    def __init__(self, classes: Classes, page: bytes, changes: Changes) -> None:
        self.classes, self.changes = classes, changes
        self._page = page
        self._packed = gzip.compress(page, 6, mtime=0)
        self._tag = f'"{hashlib.sha256(page).hexdigest()[:32]}"'
        self._of_device = Buckets(rate=1.0, burst=30)
        self._of_address = Buckets(rate=20.0, burst=400)

    async def page(self, request: Request) -> Response:
        """Answer with the lesson, packed where the browser can unpack it."""
        headers = SAFE | {"ETag": self._tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == self._tag:
            return Response(status_code=304, headers=headers)
        body = self._page
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers, body = headers | {"Content-Encoding": "gzip"}, self._packed
        return Response(body, media_type="text/html; charset=utf-8", headers=headers)

    async def state(self, request: Request) -> Response:
        """Answer with a class as the one who asks may see it."""
        room, token = self._room(request), _token(request)
        return _said(self._seen(room, token))

    async def stream(self, request: Request) -> Response:
        """Tell the version of a class, now and whenever it changes."""
        room = self._room(request)
        if self.changes.waiting >= MOST_STREAMS:
            raise Refused("busy")

        async def lines() -> AsyncIterator[str]:
            async for version in self.changes.of(room.code, lambda: room.entries):
                yield ": still here\n\n" if version is None else f"data: {version}\n\n"

        return StreamingResponse(lines(), media_type="text/event-stream", headers=FRESH)

    async def make(self, request: Request) -> Response:
        """Begin a class."""
        given = await self._posted(request, Make)
        self._teacher(request)
        room = self.classes.make(given)
        return _said(self._seen(room, _token(request)))

    async def join(self, request: Request) -> Response:
        """Let a device in."""
        given = await self._posted(request, Join)
        room = self._room(request)
        token = self.classes.join(room, given)
        self.changes.tell(room.code)
        return _said({"token": token, "class": self._seen(room, token)})

    async def decide(self, request: Request) -> Response:
        """Take a group's decision."""
        given = await self._posted(request, Decide)
        room, token = self._room(request), _token(request)
        role = room.members.get(token)
        if role is None:
            raise Refused("no-member")
        self.classes.decide(room, role, given)
        return self._changed(room, token)

    async def decide_for(self, request: Request) -> Response:
        """Take a decision that the teacher typed in."""
        given = await self._posted(request, DecideFor)
        self._teacher(request)
        room = self._room(request)
        self.classes.decide_for(room, given)
        return self._changed(room, _token(request))

    async def step(self, request: Request) -> Response:
        """Close, reveal, open, rewind, branch, or turn to another line."""
        given = await self._posted(request, Step)
        self._teacher(request)
        room = self._room(request)
        self.classes.step(room, given)
        return self._changed(room, _token(request))

    async def codes(self, request: Request) -> Response:
        """List the classes for the teacher."""
        self._teacher(request)
        rooms = self.classes.by_code.values()
        return _said({"classes": [{"code": room.code, **room.made} for room in rooms]})

    def _changed(self, room: Classroom, token: str) -> Response:
        self.changes.tell(room.code)
        return _said(self._seen(room, token))

    def _seen(self, room: Classroom, token: str) -> dict[str, Any]:
        return room.seen_by(room.members.get(token), self.classes.is_teacher(token))

    def _room(self, request: Request) -> Classroom:
        return self.classes.find(request.path_params["code"])

    def _teacher(self, request: Request) -> None:
        if not self.classes.is_teacher(_token(request)):
            raise Refused("no-teacher")

    async def _posted(self, request: Request, kind: type[B]) -> B:
        """Read a body of bounded size from one who has not sent too much."""
        address, token = request.client.host if request.client else "", _token(request)
        # A whole class may come from one address: who has joined is held to less than that.
        if not self._of_address.take(address) or (token and not self._of_device.take(token)):
            raise Refused("too-many")
        body, size = bytearray(), 0
        async for part in request.stream():
            size += len(part)
            if size <= MOST_BODY:
                body += part
            elif size > MOST_DRAINED:
                break
        if size > MOST_BODY:  # read to its end, or the answer would be lost with the connection
            raise Refused("too-large", most=f"{MOST_BODY // 1024} kB")
        return read(bytes(body), kind)


def _token(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token[:100] if kind == "Bearer" else ""


def _said(value: dict[str, Any], status: int = 200, **headers: str) -> JSONResponse:
    return JSONResponse(value, status, headers=FRESH | headers)


def _refusal(refused: Refused) -> Response:
    closing = {"Connection": "close"} if refused.key == "too-large" else {}
    return _said({"refused": refused.key, "said": refused.said()}, refused.status, **closing)


async def _on_refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _refusal(error)


async def _on_http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _refusal(Refused("no-method" if error.status_code == 405 else "no-page"))


async def _on_gone(_: Request, error: Exception) -> Response:
    return Response(status_code=400)  # nobody is there to read it


async def _on_error(_: Request, error: Exception) -> Response:
    logging.getLogger("regiosim.teach").error("%s: %s", type(error).__name__, error)
    return _refusal(Refused("inside"))


def make_app(classes: Classes, page: bytes, changes: Changes) -> Starlette:
    """Return the application that serves ``page`` and keeps ``classes``."""
    desk = Desk(classes, page, changes)
    one = "/api/classes/{code}"
    routes = [
        Route("/", desk.page, methods=["GET"]),
        Route("/api/classes", desk.codes, methods=["GET"]),
        Route("/api/classes", desk.make, methods=["POST"]),
        Route(one, desk.state, methods=["GET"]),
        Route(f"{one}/changes", desk.stream, methods=["GET"]),
        Route(f"{one}/join", desk.join, methods=["POST"]),
        Route(f"{one}/decide", desk.decide, methods=["POST"]),
        Route(f"{one}/decide-for", desk.decide_for, methods=["POST"]),
        Route(f"{one}/step", desk.step, methods=["POST"]),
    ]
    handlers: dict[Any, Any] = {
        Refused: _on_refused,
        ClientDisconnect: _on_gone,
        HTTPException: _on_http,
        Exception: _on_error,
    }
    return Starlette(routes=routes, exception_handlers=handlers)
