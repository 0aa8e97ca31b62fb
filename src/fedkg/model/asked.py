"""What is asked: the Protocol behind which an engine answers queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term of an answer."""

    value: str
    kind: Literal["iri", "literal", "blank"]
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT; unbound variables are None."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


class Store(Protocol):
    """A graph that answers SPARQL queries; the default graph is the union of the named ones.

    One whose queries have limits raises an error of its own where one is met.
    """

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT; raises QueryError."""
        ...

    def answer(
        self,
        query: str,
        media_type: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> bytes:
        """Return a whole answer serialised as `media_type`; raises QueryError."""
        ...
