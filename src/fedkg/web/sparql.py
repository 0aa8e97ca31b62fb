"""`/sparql` as a native ASGI application: SPARQL 1.1 Protocol, query operations only."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Protocol

from fedkg.errors import QueryError
from fedkg.store.syntax import Fault, Form, Refusal, outline
from fedkg.web import negotiation
from fedkg.web.negotiation import GRAPHS, HTML, PROBLEM, RESULTS, TEXT, Format
from fedkg.web.pool.pool import Gone, GoneError, UnansweredError
from fedkg.web.problem import Problem, bad_request, not_acceptable, wrong_query
from fedkg.web.protocol import Operation, Receive, Scope, client_of, header, read_operation

Send = Callable[[Mapping[str, Any]], Awaitable[None]]


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


class Render(Protocol):
    """Renders pages of the endpoint as HTML."""

    def form(self, example: str | None) -> bytes:
        """Return the query form, filled with the example of that name."""
        ...

    def problem(self, told: Problem) -> bytes:
        """Return an error as a page."""
        ...


_METHODS = "GET, HEAD, POST, QUERY, OPTIONS"
_TITLES = {
    Fault.SERVICE: "SERVICE is refused",
    Fault.UPDATE: "Updates are refused",
    Fault.NESTING: "Nested too deep",
    Fault.AMBIGUOUS: "Ambiguous query",
}
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What a browser may do with any answer of this server: nothing that leaves it."""

SERVICE_DESCRIPTION = b"""\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .

<> a sd:Service ;
    sd:endpoint <> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML ,
        formats:SPARQL_Results_CSV , formats:SPARQL_Results_TSV ,
        formats:Turtle , formats:N-Triples , formats:JSON-LD , formats:RDF_XML .
"""


@dataclass(frozen=True, slots=True)
class Response:
    """A whole HTTP answer."""

    status: HTTPStatus
    content_type: str = ""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class SparqlEndpoint:
    """The endpoint over an `evaluate` function; knows HTTP and SPARQL's protocol, no engine."""

    def __init__(
        self, evaluate: Evaluate, render: Render, build_id: str, trusted_proxy: str = ""
    ) -> None:
        self._evaluate = evaluate
        self._render = render
        self._trusted_proxy = trusted_proxy
        self._headers = {
            **PAGE_HEADERS,
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "X-Fedkg-Build",
            "Vary": "Accept, Accept-Encoding",
            "X-Fedkg-Build": build_id,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request, whole or not at all."""
        try:
            response = await self._respond(scope, receive)
        except GoneError:
            return
        if isinstance(response, Problem):
            response = self._told(response, header(scope, b"accept"))
        headers = {**self._headers, **response.headers}
        if response.content_type:
            headers["Content-Type"] = response.content_type
        if response.status is not HTTPStatus.NO_CONTENT:
            headers["Content-Length"] = str(len(response.body))
        await send(
            {
                "type": "http.response.start",
                "status": int(response.status),
                "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in headers.items()],
            }
        )
        body = b"" if scope["method"] == "HEAD" else response.body
        await send({"type": "http.response.body", "body": body})

    async def _respond(self, scope: Scope, receive: Receive) -> Response | Problem:
        method = scope["method"]
        if method == "OPTIONS":
            return Response(HTTPStatus.NO_CONTENT, headers=_preflight())
        if method not in {"GET", "HEAD", "POST", "QUERY"}:
            return _not_allowed(method)
        operation = await read_operation(scope, receive)
        if isinstance(operation, Problem):
            return operation
        accept = header(scope, b"accept")
        if operation.query is not None:
            client = client_of(scope, self._trusted_proxy)
            return await self._answer(operation, operation.query, accept, client, receive)
        if method in {"POST", "QUERY"}:
            detail = "The request holds no query: send one in the body."
            return bad_request("request", "No query", detail)
        return self._describe(operation, accept)

    async def _answer(
        self,
        operation: Operation,
        query: str,
        accept: str | None,
        client: str,
        receive: Receive,
    ) -> Response | Problem:
        known = outline(query)
        if known.refusal is not None:
            return _refused(known.refusal)
        wanted = _wanted(known.form, operation.format, accept)
        if isinstance(wanted, Problem):
            return wanted

        async def gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        try:
            body = await self._evaluate(
                operation,
                wanted.written_as,
                client=client,
                seconds=operation.timeout,
                gone=gone,
            )
        except QueryError as error:
            return wrong_query(str(error), error.detail)
        except UnansweredError as error:
            return error.problem
        return Response(HTTPStatus.OK, wanted.content_type, body)

    def _describe(self, operation: Operation, accept: str | None) -> Response | Problem:
        wanted = negotiation.choose(accept, (*GRAPHS[:1], HTML))
        if wanted is None:
            return not_acceptable(("text/turtle", "text/html"))
        if wanted is HTML:
            body = self._render.form(operation.example)
            return Response(HTTPStatus.OK, wanted.content_type, body)
        return Response(HTTPStatus.OK, wanted.content_type, SERVICE_DESCRIPTION)

    def _told(self, told: Problem, accept: str | None) -> Response:
        """Return a problem in the form that the client likes best, JSON unless it says so."""
        wanted = negotiation.choose(accept, (PROBLEM, HTML, TEXT)) or PROBLEM
        closes = told.status in {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.REQUEST_TIMEOUT}
        headers = {**told.headers, **({"Connection": "close"} if closes else {})}
        if wanted is HTML:
            return Response(told.status, HTML.content_type, self._render.problem(told), headers)
        body = told.to_bytes() if wanted is PROBLEM else told.to_text().encode()
        return Response(told.status, wanted.content_type, body, headers)


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
