"""Answers over HTTP: one shape for all endpoints, errors in the form that a client likes best."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Protocol

from fedkg.web import negotiation
from fedkg.web.negotiation import HTML, PROBLEM, TEXT
from fedkg.web.problem import Problem
from fedkg.web.protocol import Scope, header

Send = Callable[[Mapping[str, Any]], Awaitable[None]]

PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What a browser may do with any answer of this server: nothing that leaves it."""


class RenderProblem(Protocol):
    """Renders errors as HTML."""

    def problem(self, told: Problem) -> bytes:
        """Return an error as a page."""
        ...


@dataclass(frozen=True, slots=True)
class Response:
    """A whole HTTP answer; `kind` is one word on it for the access log, and `rows` are too."""

    status: HTTPStatus
    content_type: str = ""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "answered"
    rows: int | None = None


class Responder:
    """Sends answers, with the headers that all have. `build_id` is "" where there is no build."""

    def __init__(self, render: RenderProblem, build_id: str) -> None:
        self._render = render
        self.build_id = build_id
        self._encoded = _encoded(
            {
                **PAGE_HEADERS,
                "Access-Control-Allow-Origin": "*",
                "Access-Control-Expose-Headers": "ETag, Retry-After, X-Fedkg-Build",
                "Vary": "Accept, Accept-Encoding",
                "X-Fedkg-Build": build_id,
            }
        )

    async def send(self, answer: Response | Problem, scope: Scope, send: Send) -> int:
        """Send an answer, without its body to HEAD; return the bytes of the body sent."""
        if isinstance(answer, Problem):
            answer = self._told(answer, header(scope, b"accept"))
        own = dict(answer.headers)
        if answer.content_type:
            own["Content-Type"] = answer.content_type
        if answer.status not in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}:
            own["Content-Length"] = str(len(answer.body))
        await self.begin(answer.status, own, send)
        body = b"" if scope["method"] == "HEAD" else answer.body
        await send({"type": "http.response.body", "body": body})
        return len(body)

    async def begin(self, status: HTTPStatus, headers: Mapping[str, str], send: Send) -> None:
        """Send the head of an answer: the caller sends its body."""
        every = self._encoded + _encoded(headers)
        await send({"type": "http.response.start", "status": int(status), "headers": every})

    def _told(self, told: Problem, accept: str | None) -> Response:
        """Return a problem in the form that the client likes best, JSON unless it says so."""
        wanted = negotiation.choose(accept, (PROBLEM, HTML, TEXT)) or PROBLEM
        closes = told.status in {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.REQUEST_TIMEOUT}
        headers = {**told.headers, **({"Connection": "close"} if closes else {})}
        if wanted is HTML:
            return Response(told.status, HTML.content_type, self._render.problem(told), headers)
        body = told.to_bytes() if wanted is PROBLEM else told.to_text().encode()
        return Response(told.status, wanted.content_type, body, headers)


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
