"""From an HTTP request to a query operation (SPARQL 1.1 Protocol, section 2.1)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from fedkg.web.problem import Problem, bad_request, too_large, unsupported

MAX_QUERY = 2**20
"""Bytes of query text that are read."""
_MAX_FORM = 4 * MAX_QUERY
"""Bytes of a form that are read: percent-encoding makes three bytes of one."""
BODY_SECONDS = 10.0
"""How long a client may take to send its body."""

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_CHARSETS = {
    _FORM: frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1"}),
    _QUERY: frozenset({"utf-8", "utf8", "us-ascii", "ascii"}),  # section 2.1.3: UTF-8 alone
}
_MAX_FIELDS = 1000

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Operation:
    """A query and its dataset. `query` is None when the request holds none.

    `timeout` are the seconds that the client is ready to wait. Without a dataset, a query is about
    the `union` of all graphs, or else about the default graph itself.
    """

    query: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None
    example: str | None = None
    timeout: float | None = None
    union: bool = True


def header(scope: Scope, name: bytes) -> str | None:
    """Return a request header; several of one name are joined by commas (RFC 9110, 5.3)."""
    values = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
    return ", ".join(values) if values else None


def client_of(scope: Scope, trusted_proxy: str = "") -> str:
    """Return who asks: the peer's address, or the one that a trusted proxy says it speaks for.

    The last address of X-Forwarded-For is the one that the proxy itself has seen.
    """
    peer = str((scope.get("client") or ("",))[0])
    forwarded = header(scope, b"x-forwarded-for")
    if trusted_proxy and peer == trusted_proxy and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return peer


async def departure(receive: Receive) -> None:
    """Return when the client has gone away; call it once the whole request is read."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def read_operation(scope: Scope, receive: Receive) -> Operation | Problem:
    """Return the operation that a request asks for, or what is wrong with it.

    QUERY is read like POST (draft-ietf-httpbis-safe-method-w-body).
    """
    in_url = _parse(scope.get("query_string", b""))
    if isinstance(in_url, Problem) or scope["method"] not in {"POST", "QUERY"}:
        return in_url if isinstance(in_url, Problem) else _operation(in_url)
    media_type, charset = _content_type(header(scope, b"content-type") or "")
    problem = _check_type(scope, media_type, charset)
    if problem is not None:
        return problem
    body = await read_body(receive, MAX_QUERY if media_type == _QUERY else _MAX_FORM)
    if isinstance(body, Problem):
        return body
    if media_type == _QUERY:
        return _direct(body, charset, in_url)
    in_body = _parse(body, charset)
    return in_body if isinstance(in_body, Problem) else _operation([*in_url, *in_body])


def _direct(body: bytes, charset: str, in_url: Parameters) -> Operation | Problem:
    try:
        query = body.decode(charset)
    except UnicodeDecodeError:
        return _not_text(charset)
    return _operation([*in_url, ("query", query)])


def _operation(parameters: Parameters) -> Operation | Problem:
    def every(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    def first(name: str) -> str | None:
        return next(iter(every(name)), None)

    queries = every("query")
    if every("update"):
        detail = "Only queries are answered here: send a query parameter, not an update."
        return bad_request("update", "Updates are refused", detail)
    if len(queries) > 1:
        detail = f"There are {len(queries)} query parameters: send one."
        return bad_request("request", "More than one query", detail)
    if queries and len(queries[0].encode("utf-8", "replace")) > MAX_QUERY:
        return too_large("The query", MAX_QUERY)
    timeout = _seconds(first("timeout"))
    if isinstance(timeout, Problem):
        return timeout
    return Operation(
        query=first("query"),
        default_graphs=every("default-graph-uri"),
        named_graphs=every("named-graph-uri"),
        format=first("format"),
        example=first("example"),
        timeout=timeout,
    )


def _seconds(text: str | None) -> float | Problem | None:
    if text is None or text == "":
        return None
    if not text.isascii() or not text.replace(".", "", 1).isdigit() or float(text) <= 0:
        detail = f"timeout={text[:20]} is no number of seconds: send one such as 2.5."
        return bad_request("request", "No number of seconds", detail)
    return float(text)


def _parse(encoded: bytes, charset: str = "utf-8") -> Parameters | Problem:
    try:
        return parse_qsl(
            encoded.decode(charset),
            keep_blank_values=True,
            encoding=charset,
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except UnicodeDecodeError:
        return _not_text(charset)
    except ValueError:
        detail = f"The request has more than {_MAX_FIELDS} parameters: send fewer."
        return bad_request("request", "Too many parameters", detail)


def _not_text(charset: str) -> Problem:
    detail = f"The request is not {charset} text: encode it as UTF-8."
    return bad_request("request", "Not text", detail)


def _content_type(value: str) -> tuple[str, str]:
    media_type, *parameters = (part.strip() for part in value.split(";"))
    for parameter in parameters:
        name, _, charset = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media_type.lower(), charset.strip().strip('"').lower()
    return media_type.lower(), "utf-8"


def _check_type(scope: Scope, media_type: str, charset: str) -> Problem | None:
    encoding = header(scope, b"content-encoding")
    if encoding is not None and encoding.lower() != "identity":
        return unsupported(f"Bodies encoded as {encoding} are not read: send it as it is.")
    if media_type == _UPDATE:
        detail = f"Only queries are answered here: send {_QUERY}, not an update."
        return bad_request("update", "Updates are refused", detail)
    if media_type not in {_FORM, _QUERY}:
        found = media_type or "no Content-Type"
        return unsupported(f"The body has {found}: send {_QUERY} or {_FORM}.")
    if charset not in _CHARSETS[media_type]:
        return unsupported(f"The charset {charset} is not read: send UTF-8.")
    return None


async def read_body(receive: Receive, most: int) -> bytes | Problem:
    """Return the whole body, or the problem that it is too large, too slow or cut off."""
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return bad_request("request", "Cut off", "The body ended before its end.")
                chunk = message.get("body", b"")
                size += len(chunk)
                if size > most:
                    return too_large("The body", most)
                chunks.append(chunk)
                if not message.get("more_body", False):
                    return b"".join(chunks)
    except TimeoutError:
        detail = f"The body took longer than {BODY_SECONDS:g} seconds: send it at once."
        return Problem("slow-body", HTTPStatus.REQUEST_TIMEOUT, "Body too slow", detail)
