"""Statements as whole files of RDF, written while they are read: memory does not grow with them."""

import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

import pyoxigraph as ox

from fedkg.namespaces import PREFIXES
from fedkg.store.engine import GRAPH_FORMATS, as_xml

_AT_ONCE = 2**18
_HEAD = 2**13
"""Bytes that hold all declarations of prefixes, which are some 1,500."""
_DECLARATIONS = (
    (re.compile(rb"\A(?:@prefix [^\n]*\n)+"), b"@prefix "),
    (re.compile(rb'(?<=<rdf:RDF)(?: xmlns:[\w-]+="[^"]*")+'), b" xmlns:"),
)
_WHOLE_DATASETS = {
    "application/trig": ox.RdfFormat.TRIG,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def serialise(parts: Iterable[bytes], media_type: str) -> Iterator[bytes]:
    """Yield a document of the statements in `parts`, each of which is whole lines of N-Quads.

    TriG and JSON-LD keep the named graphs; Turtle and RDF/XML have one, the union. A triple that
    stands in several graphs in successive lines is written once there. Raises what `parts` raises.
    """
    if media_type in _WHOLE_DATASETS:
        format_ = _WHOLE_DATASETS[media_type]
        statements: Iterable[ox.Quad] | Iterable[ox.Triple] = _quads(parts)
    else:
        format_ = GRAPH_FORMATS[media_type]
        statements = _triples(_quads(parts))

    def write(file: BinaryIO) -> None:
        ox.serialize(statements, file, format=format_, prefixes=PREFIXES)

    written = _with_prefixes_in_order(_read_from(write))
    return _as_xml(written) if format_ == ox.RdfFormat.RDF_XML else written


def _quads(parts: Iterable[bytes]) -> Iterator[ox.Quad]:
    for part in parts:
        yield from ox.parse(part, format=ox.RdfFormat.N_QUADS, lenient=True)


def _triples(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    before = None
    for quad in quads:
        triple = quad.triple
        if triple != before:
            yield triple
        before = triple


def _read_from(write: Callable[[BinaryIO], None]) -> Iterator[bytes]:
    """Yield what a function writes to a file, while it writes.

    It runs in a thread of its own, at the other end of a pipe: whoever reads slowly slows it down,
    and whoever stops reading ends it.
    """
    inlet, outlet = os.pipe()
    errors: list[BaseException] = []

    def run() -> None:
        try:
            with open(outlet, "wb", buffering=_AT_ONCE) as file:  # noqa: PTH123 - a pipe has no path
                write(file)
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        with open(inlet, "rb", buffering=0) as file:  # noqa: PTH123 - a pipe has no path
            while part := file.read(_AT_ONCE):
                yield part
    finally:
        thread.join()
    if errors:
        raise errors[0]


def _with_prefixes_in_order(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a document whose prefixes stand in order: the engine writes them in ever new ones."""
    head = b""
    for part in parts:
        head += part
        if len(head) >= _HEAD:
            break
    for declarations, mark in _DECLARATIONS:
        if found := declarations.search(head):
            in_order = b"".join(mark + one for one in sorted(found[0].split(mark)[1:]))
            head = head[: found.start()] + in_order + head[found.end() :]
    yield head
    yield from parts


def _as_xml(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a document without what XML forbids, cut behind tags: within no character."""
    rest = b""
    for part in parts:
        whole, bracket, rest = (rest + part).rpartition(b">")
        yield as_xml(whole + bracket)
    yield as_xml(rest)
