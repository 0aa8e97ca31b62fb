"""Dumps: files of whole services, read with constant memory; what each record says, in order."""

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from fedkg.enrich import dblp, openalex, opencitations, semantic_scholar
from fedkg.enrich.answer import Answer
from fedkg.enrich.dumps.bounds import Bounds
from fedkg.enrich.dumps.lines import read_citations, read_lines
from fedkg.enrich.dumps.publications import read_publications

__all__ = ["DUMPS", "Bounds", "read_dump"]

Reader = Callable[[BinaryIO, Bounds], Iterator[Answer]]


def _works(file: BinaryIO, bounds: Bounds) -> Iterator[Answer]:
    return read_lines(file, openalex.SOURCE, openalex.parse_work, bounds)


def _papers(file: BinaryIO, bounds: Bounds) -> Iterator[Answer]:
    return read_lines(file, semantic_scholar.SOURCE, semantic_scholar.parse_line, bounds)


DUMPS: Mapping[str, Reader] = {
    openalex.SOURCE: _works,
    semantic_scholar.SOURCE: _papers,
    opencitations.SOURCE: read_citations,
    dblp.SOURCE: read_publications,
}
"""How the dump of a source is read: JSON lines, JSON lines, CSV, XML; also in gzip's format."""


def read_dump(source: str, file: BinaryIO, bounds: Bounds | None = None) -> Iterator[Answer]:
    """Yield what each record of a dump says; the source is a name of DUMPS.

    Never raises for what is in the file: an odd record is a failure with its line, and what makes
    reading on impossible is the last.
    """
    return DUMPS[source](file, bounds or Bounds())
