"""What is asked, what is answered, and the two ways in which that can fail."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """A question to a service: GET an address, or POST a body to it.

    `types` are the media types that the caller can read. What is secret (keys in headers, or in the
    query of the address) is added when the request is sent, and stands in no log, error or cache.
    Where a thing `may_be_absent`, status 404 is an answer: an empty one, which is kept too.
    """

    url: str
    types: tuple[str, ...]
    body: bytes = b""
    body_type: str = ""
    secret_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secret_query: Mapping[str, str] = field(default_factory=dict, repr=False)
    may_be_absent: bool = False

    @property
    def method(self) -> str:
        """POST where there is a body, else GET."""
        return "POST" if self.body else "GET"

    @property
    def name(self) -> str:
        """The address without its query, for people to read."""
        parts = urlsplit(self.url)
        return f"{origin(self.url)}{parts.path}"

    @property
    def key(self) -> str:
        """A digest of all that decides on the answer, and of no secret."""
        asked = [self.method, self.url, self.body.hex(), self.body_type, *self.types]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole body of an answer, unpacked, its media type, and when it was given (UTC)."""

    body: bytes
    type: str
    at: datetime

    @property
    def is_absent(self) -> bool:
        """Whether what was asked for is not there; then the body and the type are empty."""
        return not self.type

    @property
    def day(self) -> str:
        """The day on which it was given, as 2026-11-22."""
        return self.at.date().isoformat()


class PassingError(Exception):
    """A failure that may be over at the next attempt; `wait` are the seconds that are asked for."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class LastingError(Exception):
    """A failure that another attempt would meet again; its text follows the name of the service.

    `is_of_size` says that a smaller question may be answered.
    """

    def __init__(self, reason: str, *, is_of_size: bool = False) -> None:
        super().__init__(reason)
        self.is_of_size = is_of_size


def origin(url: str) -> str:
    """Return the scheme, host and port of an address, without a user's name or password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()
