"""What to ask a service: a value that says all of a request, and does nothing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from fedkg.enrich.answer import Answer
from fedkg.ids import Identifier

JSON = "application/json"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper to ask about: its key, what it is known by, and a title for services that search."""

    key: str
    identifiers: tuple[Identifier, ...] = ()
    title: str = ""

    def values(self, scheme: str) -> list[str]:
        """Return its identifiers of one scheme, bare."""
        return [one.value for one in self.identifiers if one.scheme == scheme]

    def dois(self) -> list[str]:
        """Return its DOIs, and those under which arXiv registers it."""
        return self.values("doi") + [f"10.48550/arxiv.{one}" for one in self.values("arxiv")]


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `params` become the query of the address; a `body` is JSON.

    `media_types` are those in which the answer may come, and `keys` the papers that it is about,
    in the order in which they are asked for. With `may_be_absent`, status 404 means that the
    service does not have it.
    """

    url: str
    keys: tuple[str, ...]
    params: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    body: bytes | None = None
    media_types: tuple[str, ...] = (JSON,)
    may_be_absent: bool = False

    def with_params(self, **changed: str) -> "Request":
        """Return the same request with some parameters set to other values."""
        return replace(self, params=tuple({**dict(self.params), **changed}.items()))


def batched(things: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Yield the things in tuples of `size`; the last may be shorter."""
    rest = iter(things)
    while batch := tuple(islice(rest, size)):
        yield batch


def distinct(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the keys in their order, each once."""
    return tuple(dict.fromkeys(keys))


def no_next_page(_request: Request, _answer: Answer) -> None:
    """Return None: the services whose next page this is answer everything at once."""


def not_narrower(_request: Request) -> tuple[Request, ...]:
    """Return nothing: a request whose answers are small cannot be made smaller."""
    return ()


def search_words(title: str) -> str:
    """Return the words of a title without signs, which may be operators of a search language."""
    return " ".join(re.findall(r"\w+", title))
