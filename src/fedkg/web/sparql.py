"""`/sparql` as a native ASGI application: SPARQL 1.1 Protocol, query operations only."""

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from importlib.metadata import version
from typing import Protocol

from fedkg.errors import QueryError
from fedkg.ids import digest
from fedkg.store.syntax import Fault, Form, Refusal, outline
from fedkg.web import negotiation
from fedkg.web.negotiation import GRAPHS, HTML, RESULTS, Format
from fedkg.web.pool.outcome import GoneError, UnansweredError
from fedkg.web.pool.pool import Gone
from fedkg.web.problem import Problem, bad_request, not_acceptable, wrong_query
from fedkg.web.protocol import (
    Operation,
    Receive,
    Scope,
    client_of,
    departure,
    header,
    read_operation,
)
from fedkg.web.responding import Responder, Response, Send


class Evaluate(Protocol):
    """Answers an operation, serialised as a media type of the engine.

    Raises QueryError, UnansweredError, GoneError; the arguments are those of `Pool.answer`.
    """

    async def __call__(
        self,
        operation: Operation,
        media_type: str,
        *,
        client: str = "",
        seconds: float | None = None,
        gone: Gone | None = None,
    ) -> bytes:
        """Return the whole answer."""
        ...


class RenderForm(Protocol):
    """Renders the query form as HTML."""

    def form(self, example: str | None) -> bytes:
        """Return the form, filled with the example of that name."""
        ...


Describe = Callable[[], Awaitable[bytes]]
"""Gives the service description as Turtle."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a request: HTTP status, seconds, bytes sent, digest of its query or ""."""

    status: int
    seconds: float
    size: int
    query: str


Note = Callable[[Answered], None]
"""Told of each request once it is answered."""

_GONE = 499  # as nginx writes it: the client went away before its answer
_CHANGING = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
_METHODS = "GET, HEAD, POST, QUERY, OPTIONS"
_TITLES = {
    Fault.SERVICE: "SERVICE is refused",
    Fault.UPDATE: "Updates are refused",
    Fault.NESTING: "Nested too deep",
    Fault.AMBIGUOUS: "Ambiguous query",
}


class SparqlEndpoint:
    """The endpoint over an `evaluate` function; knows HTTP and SPARQL's protocol, no engine."""

    def __init__(
        self,
        evaluate: Evaluate,
        render: RenderForm,
        responder: Responder,
        describe: Describe,
        trusted_proxy: str = "",
        note: Note = lambda _answered: None,
    ) -> None:
        self._evaluate = evaluate
        self._render = render
        self._responder = responder
        self._description = describe
        self._trusted_proxy = trusted_proxy
        self._note = note
        self._build_id = responder.build_id
        self._version = version("fedkg")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request, whole or not at all."""
        began = time.perf_counter()
        answer: Response | Problem | None = None
        operation = await self._operation(scope, receive)
        if isinstance(operation, Operation):
            with suppress(GoneError):
                answer = await self._respond(operation, scope, receive)
        else:
            answer = operation
        size = 0 if answer is None else await self._responder.send(answer, scope, send)
        status = _GONE if answer is None else int(answer.status)
        asked = operation.query if isinstance(operation, Operation) else None
        query = digest(asked) if asked is not None else ""
        self._note(Answered(status, time.perf_counter() - began, size, query))

    async def _operation(self, scope: Scope, receive: Receive) -> Operation | Response | Problem:
        method = scope["method"]
        if method == "OPTIONS":
            return Response(HTTPStatus.NO_CONTENT, headers=_preflight())
        if method not in {"GET", "HEAD", "POST", "QUERY"}:
            return _not_allowed(method)
        return await read_operation(scope, receive)

    async def _respond(
        self, operation: Operation, scope: Scope, receive: Receive
    ) -> Response | Problem:
        accept = header(scope, b"accept")
        if operation.query is None:
            if scope["method"] in {"POST", "QUERY"}:
                detail = "The request holds no query: send one in the body."
                return bad_request("request", "No query", detail)
            return await self._describe(operation, accept)
        known = outline(operation.query)
        if known.refusal is not None:
            return _refused(known.refusal)
        wanted = _wanted(known.form, operation.format, accept)
        if isinstance(wanted, Problem):
            return wanted
        tag = self._tag(operation, wanted) if scope["method"] in {"GET", "HEAD"} else None
        headers = {"ETag": tag, "Cache-Control": "no-cache"} if tag else {}
        if tag and tag in _known_tags(scope):
            return Response(HTTPStatus.NOT_MODIFIED, headers=headers)
        try:
            body = await self._evaluate(
                operation,
                wanted.written_as,
                client=client_of(scope, self._trusted_proxy),
                seconds=operation.timeout,
                gone=partial(departure, receive),
            )
        except QueryError as error:
            return wrong_query(str(error), error.detail)
        except UnansweredError as error:
            return error.problem
        return Response(HTTPStatus.OK, wanted.content_type, body, headers)

    def _tag(self, operation: Operation, wanted: Format) -> str | None:
        """Return the entity tag of an answer, which never changes as long as its build is served.

        None where there is no build, and for a query whose answer is new each time.
        """
        query = operation.query or ""
        if not self._build_id or _CHANGING.search(query):
            return None
        graphs = (
            "\x1e".join(graphs) for graphs in (operation.default_graphs, operation.named_graphs)
        )
        asked = digest(query, *graphs, self._build_id, self._version, length=32)
        return f'"{asked}-{wanted.name}"'

    async def _describe(self, operation: Operation, accept: str | None) -> Response | Problem:
        wanted = negotiation.choose(accept, (*GRAPHS[:1], HTML))
        if wanted is None:
            return not_acceptable(("text/turtle", "text/html"))
        if wanted is HTML:
            body = self._render.form(operation.example)
            return Response(HTTPStatus.OK, wanted.content_type, body)
        return Response(HTTPStatus.OK, wanted.content_type, await self._description())


def _known_tags(scope: Scope) -> set[str]:
    """Return the entity tags that the client has an answer of (RFC 9110, section 13.1.2)."""
    given = header(scope, b"if-none-match") or ""
    return {tag.strip().removeprefix("W/") for tag in given.split(",")}


def _wanted(form: Form | None, name: str | None, accept: str | None) -> Format | Problem:
    offered = GRAPHS if form is not None and form.gives_graph else RESULTS
    if name:
        found = negotiation.named(name, offered)
        return found or not_acceptable(tuple(dict.fromkeys(f.name for f in offered)))
    return negotiation.choose(accept, offered) or not_acceptable(tuple(f.sent_as for f in offered))


def _refused(refusal: Refusal) -> Problem:
    forbidden = refusal.fault is Fault.SERVICE
    status = HTTPStatus.FORBIDDEN if forbidden else HTTPStatus.BAD_REQUEST
    return Problem(refusal.fault, status, _TITLES[refusal.fault], refusal.sentence)


def _not_allowed(method: str) -> Problem:
    detail = f"{method} is not answered here: use GET or POST."
    status = HTTPStatus.METHOD_NOT_ALLOWED
    return Problem("method", status, "Method not allowed", detail, {"Allow": _METHODS})


def _preflight() -> Mapping[str, str]:
    return {
        "Allow": _METHODS,
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": "Accept, Content-Type",
        "Access-Control-Max-Age": "86400",
    }
