"""Which statements are taken away, as parts that are whole lines of N-Quads (RDF 1.1 N-Quads)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from fedkg.errors import InputError
from fedkg.model import Store
from fedkg.model.describing import description_query

Serialise = Callable[[Iterable[bytes], str], Iterator[bytes]]
"""Turns parts of N-Quads into a document of a media type (`fedkg.store.serialising`)."""

_BYTES_AT_ONCE = 2**20
_LINES_AT_ONCE = 4096
_N_TRIPLES = "application/n-triples"


@dataclass(frozen=True, slots=True)
class Statements:
    """Parts of N-Quads, read once, and what turns them into other formats."""

    parts: Iterable[bytes]
    serialise: Serialise


def whole(quads: Path) -> Iterator[bytes]:
    """Yield a file of N-Quads."""
    with quads.open("rb") as file:
        while part := file.read(_BYTES_AT_ONCE):
            yield part + (b"" if part.endswith(b"\n") else file.readline())


def of_graph(quads: Path, graph: str) -> Iterator[bytes]:
    """Yield the lines of one named graph, by its IRI, of a file of canonical N-Quads."""
    end = f" <{graph}> .\n".encode()
    with quads.open("rb") as file:
        lines = (line for line in file if line.endswith(end))
        while part := b"".join(islice(lines, _LINES_AT_ONCE)):
            yield part


def of_query(store: Store, query: str) -> Iterator[bytes]:
    """Yield what a CONSTRUCT or DESCRIBE finds, sorted, each triple once. Raises QueryError."""
    yield _sorted(set(_lines(store, query)))


def of_papers(store: Store, papers: Iterable[str]) -> Iterator[bytes]:
    """Yield the descriptions of papers (IRIs) together, as their pages give them, sorted."""
    found: set[bytes] = set()
    for paper in papers:
        found.update(_lines(store, description_query(paper)))
    yield _sorted(found)


def graph_named(name: str, base: str, graphs: Iterable[str]) -> str:
    """Return the IRI of a graph that is named by IRI, by path (`graph/papers`) or by `papers`.

    Raises InputError, with all that there are, for another name.
    """
    known = sorted(graphs)
    for iri in (name, base + name, f"{base}graph/{name}"):
        if iri in known:
            return iri
    names = ", ".join(one.removeprefix(base) for one in known) or "none"
    raise InputError(f"There is no graph {name}: there are {names}.")


def _lines(store: Store, query: str) -> list[bytes]:
    return store.answer(query, _N_TRIPLES).splitlines(keepends=True)


def _sorted(lines: set[bytes]) -> bytes:
    return b"".join(sorted(lines))
