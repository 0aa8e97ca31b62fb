"""`/graph-store`: whole named graphs, for reading (SPARQL 1.1 Graph Store HTTP Protocol)."""

from contextlib import suppress
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from urllib.parse import parse_qsl

from fedkg.errors import QueryError
from fedkg.web import negotiation
from fedkg.web.coding import choose
from fedkg.web.negotiation import GRAPHS, RESULTS
from fedkg.web.pool.outcome import GoneError, UnansweredError
from fedkg.web.problem import Problem, bad_request, not_acceptable, wrong_query
from fedkg.web.protocol import Operation, Receive, Scope, client_of, departure, header
from fedkg.web.responding import Responder, Response, Send
from fedkg.web.sparql import Evaluate

_METHODS = "GET, HEAD, OPTIONS"
_IS_THERE = "ASK { ?s ?p ?o }"
_WHOLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class GraphStore:
    """An ASGI application over an `evaluate` function: section 5.2 of the protocol, GET."""

    def __init__(self, evaluate: Evaluate, responder: Responder, trusted_proxy: str = "") -> None:
        self._evaluate = evaluate
        self._responder = responder
        self._trusted_proxy = trusted_proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request, whole or not at all."""
        with suppress(GoneError):
            await self._responder.send(await self._respond(scope, receive), scope, send)

    async def _respond(self, scope: Scope, receive: Receive) -> Response | Problem:
        method = scope["method"]
        if method == "OPTIONS":
            return Response(HTTPStatus.NO_CONTENT, headers={"Allow": _METHODS})
        if method not in {"GET", "HEAD"}:
            detail = f"{method} is refused: graphs are only read here, with GET."
            status = HTTPStatus.METHOD_NOT_ALLOWED
            return Problem("method", status, "Method not allowed", detail, {"Allow": _METHODS})
        operation = _graph(scope.get("query_string", b""))
        if isinstance(operation, Problem):
            return operation
        wanted = negotiation.choose(header(scope, b"accept"), GRAPHS)
        if wanted is None:
            return not_acceptable(tuple(format_.sent_as for format_ in GRAPHS))
        client = client_of(scope, self._trusted_proxy)
        coding = choose(header(scope, b"accept-encoding") or "")
        try:
            there = await self._evaluate(operation, RESULTS[0].written_as, client=client)
            if b"true" not in there.body and operation.default_graphs:
                return _no_graph(operation.default_graphs[0])
            whole = replace(operation, query=_WHOLE)
            gone = partial(departure, receive)
            answer = await self._evaluate(
                whole, wanted.written_as, client=client, coding=coding, gone=gone
            )
        except QueryError as error:
            return wrong_query(str(error), error.detail)
        except UnansweredError as error:
            return error.problem
        headers = {"Content-Encoding": answer.coding} if answer.coding else {}
        return Response(HTTPStatus.OK, wanted.content_type, answer.body, headers)


def _graph(query_string: bytes) -> Operation | Problem:
    """Return the question whether the graph that a request names is there."""
    try:
        given = parse_qsl(query_string.decode(), keep_blank_values=True, errors="strict")
    except ValueError:
        return bad_request("request", "Not text", "The request is no UTF-8: encode it as that.")
    names = [value for key, value in given if key == "graph"]
    wants_default = any(key == "default" for key, _ in given)
    if len(names) + wants_default != 1:
        detail = "Name one graph: ?graph= with its IRI, or ?default."
        return bad_request("request", "No graph named", detail)
    if wants_default:
        return Operation(_IS_THERE, union=False)
    return Operation(_IS_THERE, default_graphs=(names[0],))


def _no_graph(name: str) -> Problem:
    detail = f"There is no graph {name}: ask /sparql for the graphs, or see its description."
    return Problem("not-found", HTTPStatus.NOT_FOUND, "Not found", detail)
