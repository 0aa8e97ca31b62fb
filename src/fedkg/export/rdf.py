"""The formats of RDF: all statements as they are, written while they are read.

N-Quads, TriG and JSON-LD keep the named graphs; N-Triples, Turtle and RDF/XML are their union.
"""

from collections.abc import Callable, Iterator

from fedkg.errors import ExportError
from fedkg.export.source import Source
from fedkg.export.statements import Statements


def n_quads(source: Source) -> Iterator[bytes]:
    """Yield the statements as N-Quads."""
    yield from _statements(source).parts


def n_triples(source: Source) -> Iterator[bytes]:
    """Yield the statements as N-Triples: the lines without their graph, none twice running."""
    before = b""
    for part in _statements(source).parts:
        lines = []
        for line in part.splitlines(keepends=True):
            triple = without_graph(line)
            if triple != before:
                lines.append(triple)
            before = triple
        yield b"".join(lines)


def written_as(media_type: str) -> Callable[[Source], Iterator[bytes]]:
    """Return the function that yields the statements in a format that the engine writes."""

    def write(source: Source) -> Iterator[bytes]:
        statements = _statements(source)
        return statements.serialise(statements.parts, media_type)

    return write


def without_graph(line: bytes) -> bytes:
    """Return a line of canonical N-Quads as one of N-Triples.

    Only a term between blanks that is an IRI, and the fourth, is a graph: what a literal holds has
    a quotation mark behind it, and subject and property hold no blank.
    """
    triple, last, _ = line.rsplit(b" ", 2)
    is_graph = last.startswith(b"<") and b'"' not in last and triple.count(b" ") > 1
    return triple + b" .\n" if is_graph else line


def _statements(source: Source) -> Statements:
    if source.statements is None:
        raise ExportError("No statements were chosen: name a graph, a query or papers.")
    return source.statements
