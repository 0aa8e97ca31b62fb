"""Errors that a program can act on: problem details for HTTP (RFC 9457)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

_TYPES = "https://w3id.org/fedkg/problem/"
_PLACE = re.compile(r"\b(?:at|line) (\d+)(?::|, column )(\d+)")
_UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass(frozen=True, slots=True)
class Problem:
    """An error answer. `kind` ends its type IRI; `detail` says what the client can do.

    `headers` go with it, `members` beside the standard ones: `line` and `column` of a query.
    """

    kind: str
    status: HTTPStatus
    title: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, int] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Return the `application/problem+json` document."""
        members = {
            "type": f"{_TYPES}{self.kind}",
            "title": self.title,
            "status": int(self.status),
            "detail": self.detail,
            **self.members,
        }
        return json.dumps(members, ensure_ascii=False).encode("utf-8", "replace")

    def to_text(self) -> str:
        """Return it as two lines for a person."""
        return f"{int(self.status)} {self.title}\n{self.detail}\n"


def bad_request(kind: str, title: str, detail: str) -> Problem:
    """Return a 400: the request itself is wrong."""
    return Problem(kind, HTTPStatus.BAD_REQUEST, title, detail)


def wrong_query(sentence: str, detail: str) -> Problem:
    """Return a 400 for a query that the engine refuses; `detail` may hold line and column."""
    found = _PLACE.search(detail)
    place = {"line": int(found[1]), "column": int(found[2])} if found else {}
    return Problem("query", HTTPStatus.BAD_REQUEST, "The query is refused", sentence, members=place)


def not_found(path: str) -> Problem:
    """Return a 404 for a path."""
    detail = f"There is nothing at {path}: start from / or ask /sparql."
    return Problem("not-found", HTTPStatus.NOT_FOUND, "Not found", detail)


def unknown_name(sentence: str) -> Problem:
    """Return a 404 for a name that the graph does not know; the sentence says what there is."""
    return Problem("not-found", HTTPStatus.NOT_FOUND, "Not found", sentence)


def not_acceptable(offered: tuple[str, ...]) -> Problem:
    """Return a 406 that names what there is."""
    detail = f"The answer can be had as {', '.join(offered)}: ask for one in Accept or format=."
    return Problem("not-acceptable", HTTPStatus.NOT_ACCEPTABLE, "No such format", detail)


def too_large(what: str, most: int) -> Problem:
    """Return a 413 for a query or a body of more than `most` bytes."""
    detail = f"{what} is larger than {most} bytes: ask for less at a time."
    return Problem("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Request too large", detail)


def unsupported(detail: str) -> Problem:
    """Return a 415 for a body in a form that is not read."""
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    return Problem("unsupported-media-type", status, "Unsupported media type", detail)


def deadline(seconds: float) -> Problem:
    """Return a 504: the query was stopped."""
    detail = (
        f"The query was stopped after {seconds:g} seconds: ask for less, add a LIMIT, or have the "
        "operator raise --deadline."
    )
    return Problem("deadline", HTTPStatus.GATEWAY_TIMEOUT, "Deadline met", detail)


def answer_too_large(mib: int) -> Problem:
    """Return a 422: the answer was not sent, since it could not be sent whole."""
    detail = (
        f"The answer has more than {mib} MiB, so nothing of it was sent: add a LIMIT, fetch the "
        "dump, or have the operator raise --max-answer."
    )
    return Problem("answer-too-large", _UNPROCESSABLE, "Answer too large", detail)


def memory(mib: int) -> Problem:
    """Return a 422: the query was stopped for what it took."""
    detail = (
        f"The query took more than {mib} MiB of memory and was stopped: ask for less at a time, "
        "or have the operator raise --max-memory."
    )
    return Problem("memory", _UNPROCESSABLE, "Too much memory", detail)


def busy(reason: str) -> Problem:
    """Return a 503: the query was not the cause."""
    detail = f"{reason}: send the query again in a few seconds."
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return Problem("busy", status, "Server busy", detail, {"Retry-After": "5"})


def client_busy(most: int) -> Problem:
    """Return a 429: one client has as many slow queries as it may."""
    detail = f"You have {most} slow queries running, the most for one client: wait for them."
    status = HTTPStatus.TOO_MANY_REQUESTS
    return Problem("client-busy", status, "Too many slow queries", detail, {"Retry-After": "5"})


def search_too_slow() -> Problem:
    """Return a 503: a search was ended."""
    detail = "The search took too long and was ended: look for more or for longer words."
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return Problem("search-too-slow", status, "Search too slow", detail, {"Retry-After": "5"})


def stopping() -> Problem:
    """Return a 503: the server is being stopped."""
    detail = "The server is stopping: send the query again when it is back."
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return Problem("stopping", status, "Server stopping", detail, {"Retry-After": "30"})


def crashed() -> Problem:
    """Return a 500: the engine failed over the query; other queries go on."""
    detail = "The engine failed over this query: write it in another way, and tell us about it."
    return Problem("crashed", HTTPStatus.INTERNAL_SERVER_ERROR, "Engine failed", detail)
