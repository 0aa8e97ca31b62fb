"""Errors that a program can act on: problem details for HTTP (RFC 9457)."""

import json
from dataclasses import dataclass
from http import HTTPStatus

_TYPES = "https://w3id.org/fedkg/problem/"


@dataclass(frozen=True, slots=True)
class Problem:
    """An error answer. `kind` ends its type IRI; `detail` says what the client can do."""

    kind: str
    status: HTTPStatus
    title: str
    detail: str

    def to_bytes(self) -> bytes:
        """Return the `application/problem+json` document."""
        members = {
            "type": f"{_TYPES}{self.kind}",
            "title": self.title,
            "status": int(self.status),
            "detail": self.detail,
        }
        return json.dumps(members, ensure_ascii=False).encode("utf-8", "replace")


def bad_request(kind: str, title: str, detail: str) -> Problem:
    """Return a 400: the request itself is wrong."""
    return Problem(kind, HTTPStatus.BAD_REQUEST, title, detail)


def not_found(path: str) -> Problem:
    """Return a 404 for a path."""
    detail = f"There is nothing at {path}: start from / or ask /sparql."
    return Problem("not-found", HTTPStatus.NOT_FOUND, "Not found", detail)


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
