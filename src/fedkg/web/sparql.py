"""`/sparql` as a native ASGI application: SPARQL 1.1 Protocol, query operations only."""

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from http import HTTPStatus
from importlib.metadata import version
from typing import Protocol

from fedkg.errors import QueryError
from fedkg.ids import digest
from fedkg.store.syntax import Fault, Form, Refusal, outline
from fedkg.web import negotiation
from fedkg.web.cache import Cache
from fedkg.web.coding import choose
from fedkg.web.negotiation import GRAPHS, HTML, RESULTS, Format
from fedkg.web.pool.outcome import Answer, GoneError, UnansweredError
from fedkg.web.pool.seat import Gone
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
        coding: str = "",
        seconds: float | None = None,
        gone: Gone | None = None,
    ) -> Answer:
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
    """What became of a request: HTTP status, and a word for it; seconds, and bytes sent.

    `query` is a digest of its text or "", `rows` are those of its answer where they are known.
    """

    status: int
    outcome: str
    seconds: float
    size: int
    rows: int | None
    query: str


Note = Callable[[Answered], None]
"""Told of each request once it is answered."""

_GONE = 499  # as nginx writes it: the client went away before its answer
_CHANGING = re.compile(r"\b(?:rand|now|uuid|struuid|bnode)\b")
_CHANGING_LETTERS = ("rand", "now", "uuid", "bnode")
"""Looked for first: an expression that may begin anywhere is twenty times as slow."""
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
        cache: Cache,
        trusted_proxy: str = "",
        note: Note = lambda _answered: None,
    ) -> None:
        self._evaluate = evaluate
        self._render = render
        self._responder = responder
        self._description = describe
        self._cache = cache
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
        asked = operation.query if isinstance(operation, Operation) else None
        self._note(
            Answered(
                _GONE if answer is None else int(answer.status),
                "gone" if answer is None else answer.kind,
                time.perf_counter() - began,
                size,
                answer.rows if isinstance(answer, Response) else None,
                digest(asked) if asked is not None else "",
            )
        )

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
        coding = choose(header(scope, b"accept-encoding") or "")
        key = self._key(operation, wanted, coding)
        headers = {}
        if key and self._build_id and scope["method"] in {"GET", "HEAD"}:
            tag = f'"{key}"'
            headers = {"ETag": tag, "Cache-Control": "no-cache"}
            if tag in _known_tags(scope):
                return Response(HTTPStatus.NOT_MODIFIED, headers=headers, kind="not-modified")
        kept = self._cache.get(key) if key else None
        if kept is not None:
            return _response(kept, wanted, headers, "kept")
        try:
            answer = await self._evaluate(
                replace(operation, union=False) if known.names_dataset else operation,
                wanted.written_as,
                client=client_of(scope, self._trusted_proxy),
                coding=coding,
                seconds=operation.timeout,
                gone=partial(departure, receive),
            )
        except QueryError as error:
            return wrong_query(str(error), error.detail)
        except UnansweredError as error:
            return error.problem
        if key:
            self._cache.put(key, answer)
        return _response(answer, wanted, headers)

    def _key(self, operation: Operation, wanted: Format, coding: str) -> str | None:
        """Return what tells an answer from all others of its build, for its entity tag.

        None for a query whose answer is new each time.
        """
        query = operation.query or ""
        lower = query.lower()
        if any(map(lower.__contains__, _CHANGING_LETTERS)) and _CHANGING.search(lower):
            return None
        graphs = (
            "\x1e".join(graphs) for graphs in (operation.default_graphs, operation.named_graphs)
        )
        asked = digest(query, *graphs, self._build_id, self._version, length=32)
        return f"{asked}-{wanted.name}-{coding}" if coding else f"{asked}-{wanted.name}"

    async def _describe(self, operation: Operation, accept: str | None) -> Response | Problem:
        wanted = negotiation.choose(accept, (*GRAPHS[:1], HTML))
        if wanted is None:
            return not_acceptable(("text/turtle", "text/html"))
        if wanted is HTML:
            body = self._render.form(operation.example)
            return Response(HTTPStatus.OK, wanted.content_type, body)
        return Response(HTTPStatus.OK, wanted.content_type, await self._description())


def _response(
    answer: Answer, wanted: Format, headers: Mapping[str, str], kind: str = "answered"
) -> Response:
    if answer.coding:
        headers = {**headers, "Content-Encoding": answer.coding}
    return Response(HTTPStatus.OK, wanted.content_type, answer.body, headers, kind, answer.rows)


def _known_tags(scope: Scope) -> set[str]:
    """Return the entity tags that the client has an answer of (RFC 9110, section 13.1.2)."""
    given = header(scope, b"if-none-match") or ""
    return {tag.strip().removeprefix("W/") for tag in given.split(",")}


@lru_cache(256)
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
