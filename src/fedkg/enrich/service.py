"""What a service is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from fedkg.enrich.answer import Answer
from fedkg.enrich.request import Request, Wanted, not_narrower


@dataclass(frozen=True, slots=True)
class Service:
    """A service: what it is called, what to ask it, how to go on, and what an answer says.

    `narrower` makes smaller requests of one whose answer is too large. `gives_authors` and
    `gives_references` say what it is asked for.
    """

    title: str
    requests_for: Callable[[Iterable[Wanted]], Iterator[Request]]
    next_request: Callable[[Request, Answer], Request | None]
    parse: Callable[[bytes], Answer]
    narrower: Callable[[Request], tuple[Request, ...]] = not_narrower
    gives_authors: bool = True
    gives_references: bool = False
