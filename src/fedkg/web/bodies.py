"""Bodies of requests to the pages, read whole before a page is asked.

Pages run in a few threads: one that waited for a body which never comes would be lost to all.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fedkg.web.problem import Problem
from fedkg.web.protocol import Receive, Scope, read_body
from fedkg.web.responding import Responder, Send

_Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


class WholeBodies:
    """An ASGI application before another, which sees a request when all of it is there."""

    def __init__(self, pages: _Asgi, responder: Responder, most: int) -> None:
        self._pages = pages
        self._responder = responder
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request; one with a body of more than `most` bytes by a problem."""
        if scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._pages(scope, receive, send)
            return
        body = await read_body(receive, self._most)
        if isinstance(body, Problem):
            await self._responder.send(body, scope, send)
            return
        await self._pages(scope, _again(body, receive), send)


def _again(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives a body which was read, then what comes after it."""
    messages: list[Mapping[str, Any]] = [{"type": "http.request", "body": body}]

    async def next_message() -> Mapping[str, Any]:
        return messages.pop() if messages else await receive()

    return next_message
