"""Large files, sent as they are read (RFC 9110: ranges in section 14, conditions in section 13).

Each has a path of its own in the site, so that no path of a request is ever one of the disk. They
do not go through the pages, of which a few slow clients would take all threads.
"""

import asyncio
import base64
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from fedkg.export.dumps import Dump
from fedkg.web.problem import Problem, not_found
from fedkg.web.protocol import Receive, Scope, departure, header
from fedkg.web.responding import Responder, Response, Send

_METHODS = "GET, HEAD, OPTIONS"
_AT_ONCE = 2**18
_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Part:
    """Bytes of a file from `start` up to, but not including, `end`."""

    start: int
    end: int


class FileEndpoint:
    """An ASGI application that sends one file of a build, which never changes."""

    def __init__(self, dump: Dump, responder: Responder) -> None:
        self._dump = dump
        self._responder = responder
        self._tag = f'"{dump.sha256}"'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        method = scope["method"]
        if method == "OPTIONS":
            answer = Response(HTTPStatus.NO_CONTENT, headers={"Allow": _METHODS})
            await self._responder.send(answer, scope, send)
        elif method not in {"GET", "HEAD"}:
            await self._responder.send(_not_allowed(method), scope, send)
        elif _is_known(self._tag, scope):
            answer = Response(HTTPStatus.NOT_MODIFIED, headers=self._validators())
            await self._responder.send(answer, scope, send)
        else:
            await self._send_file(scope, receive, send)

    async def _send_file(self, scope: Scope, receive: Receive, send: Send) -> None:
        part = self._part(scope)
        if part is None:
            await self._responder.send(self._no_such_part(), scope, send)
            return
        try:
            handle = os.open(self._dump.path, os.O_RDONLY)
        except OSError:  # a newer build took its place this very moment
            await self._responder.send(not_found(scope["path"]), scope, send)
            return
        try:
            headers = self._headers(part)
            is_whole = part == _Part(0, self._dump.size)
            status = HTTPStatus.OK if is_whole else HTTPStatus.PARTIAL_CONTENT
            await self._responder.begin(status, headers, send)
            if scope["method"] == "HEAD":
                await send({"type": "http.response.body", "body": b""})
            else:
                await _send_part(handle, part, receive, send)
        finally:
            os.close(handle)

    def _part(self, scope: Scope) -> _Part | None:
        """Return what of the file is asked for; None where that lies behind its end.

        A range of another unit, of another state of the file, or several ranges: all of it, as a
        server may (14.2).
        """
        size = self._dump.size
        asked = _RANGE.fullmatch(header(scope, b"range") or "")
        condition = header(scope, b"if-range")
        if scope["method"] == "HEAD" or asked is None or condition not in {None, self._tag}:
            return _Part(0, size)
        first, last = asked[1], asked[2]
        if not first:
            if not last:
                return _Part(0, size)
            return _Part(max(0, size - int(last)), size) if int(last) else None
        if last and int(last) < int(first):
            return _Part(0, size)
        if int(first) >= size:
            return None
        return _Part(int(first), min(int(last) + 1, size) if last else size)

    def _validators(self) -> Mapping[str, str]:
        return {"ETag": self._tag, "Cache-Control": "no-cache", "Accept-Ranges": "bytes"}

    def _headers(self, part: _Part) -> Mapping[str, str]:
        digest = base64.b64encode(bytes.fromhex(self._dump.sha256)).decode()
        headers = {
            **self._validators(),
            "Content-Type": self._dump.compression or self._dump.media_type,
            "Content-Length": str(part.end - part.start),
            "Repr-Digest": f"sha-256=:{digest}:",  # RFC 9530
        }
        if part != _Part(0, self._dump.size):
            headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{self._dump.size}"
        return headers

    def _no_such_part(self) -> Problem:
        size = self._dump.size
        return Problem(
            "range",
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            "No such range",
            f"The file has {size} bytes: ask for some of these.",
            {"Content-Range": f"bytes */{size}"},
        )


async def _send_part(handle: int, part: _Part, receive: Receive, send: Send) -> None:
    """Send a part of a file, no faster than the client takes it, until it goes away."""
    gone = asyncio.ensure_future(departure(receive))
    try:
        at = part.start
        while at < part.end and not gone.done():
            size = min(_AT_ONCE, part.end - at)
            body = await asyncio.to_thread(os.pread, handle, size, at)
            if not body:
                raise OSError("the file has become shorter")
            at += len(body)
            await send({"type": "http.response.body", "body": body, "more_body": at < part.end})
    finally:
        gone.cancel()


def _is_known(tag: str, scope: Scope) -> bool:
    given = header(scope, b"if-none-match") or ""
    return any(one.strip().removeprefix("W/") in {tag, "*"} for one in given.split(","))


def _not_allowed(method: str) -> Problem:
    detail = f"{method} is refused: files are only read here, with GET."
    status = HTTPStatus.METHOD_NOT_ALLOWED
    return Problem("method", status, "Method not allowed", detail, {"Allow": _METHODS})
