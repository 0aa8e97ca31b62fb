"""The one module that knows the engine, pyoxigraph.

A result object of the engine must not leave the thread that made it (the process aborts), so every
answer is turned into values or bytes before it is returned.
"""

import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from fedkg.config import DEFAULT_BASE
from fedkg.errors import AnswerTooLargeError, GraphDirectoryError, InputError, QueryError
from fedkg.model import Rows, Term
from fedkg.namespaces import PREFIXES
from fedkg.store.builds import Build, GraphDirectory
from fedkg.store.syntax import Outline, outline

_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
"""What a graph can be written as, by media type."""
_XML = {"application/rdf+xml", "application/sparql-results+xml"}
# XML 1.0 cannot hold these, escaped or not (section 2.2), and reads a bare return as a line end
# (2.11). The engine writes all as they are, and its own parser takes them; no other does.
_NOT_IN_XML = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_REPLACEMENT = "\ufffd".encode()
_EXTENSIONS = ("ttl", "nt", "nq", "trig", "jsonld", "json", "rdf", "xml")
_UNDECLARED = re.compile(r"(?<![\w:<?$\"'@/.-])([A-Za-z][\w.-]*+):")

_Output = IO[bytes]
_Result = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


class Engine:
    """A graph that answers SPARQL queries: `fedkg.model.Store` over pyoxigraph.

    Without a dataset of its own (`FROM`, or the protocol's), a query sees the union of all graphs.
    """

    def __init__(self, store: ox.Store, base: str = DEFAULT_BASE) -> None:
        """`base` is what relative IRIs in a query are relative to: `<paper/…>` is a paper."""
        self._store = store
        self._base = base

    def __len__(self) -> int:
        """Return the number of statements, each counted in every graph that it stands in."""
        return len(self._store)

    def select(self, query: str) -> Rows:
        """Return the rows of a SELECT; raises QueryError for any other query."""
        result = self._evaluate(query, (), ())
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("The query is not a SELECT: write one that returns rows.")
        variables = tuple(variable.value for variable in result.variables)
        return Rows(variables, tuple(_row(solution, len(variables)) for solution in result))

    def answer(
        self,
        query: str,
        media_type: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        union: bool = True,
        most: int | None = None,
        known: Outline | None = None,
    ) -> bytes:
        """Return the whole answer as `media_type`, one of SPARQL's result or RDF's graph formats.

        `default_graphs` and `named_graphs` are IRIs (SPARQL 1.1 Protocol, section 2.1.4); without
        `union`, a query without a dataset is about the default graph itself. `known` spares a
        second look at a query that was outlined already.
        Raises QueryError for a query that is refused or wrong, or has no answer in that format,
        AnswerTooLargeError for an answer of more than `most` bytes.
        """
        result = self._evaluate(query, default_graphs, named_graphs, union=union, known=known)
        answer = _Answer(most)
        try:
            _serialise(result, media_type, answer)
            return as_xml(answer.to_bytes()) if media_type in _XML else answer.to_bytes()
        except OSError as error:
            if answer.is_too_large:
                raise AnswerTooLargeError(f"The answer has more than {most} bytes.") from error
            raise QueryError(f"The query cannot be evaluated: {error}.", str(error)) from error

    def _evaluate(
        self,
        query: str,
        default_graphs: Sequence[str],
        named_graphs: Sequence[str],
        *,
        union: bool = True,
        known: Outline | None = None,
    ) -> _Result:
        if known is None:
            known = outline(query)
        if known.refusal is not None:
            raise QueryError(known.refusal.sentence)
        protocol_dataset = bool(default_graphs or named_graphs)
        default = _graph_names(default_graphs) if protocol_dataset else None
        named = _graph_names(named_graphs) if protocol_dataset else None
        try:
            return self._store.query(
                query,
                base_iri=self._base,
                use_default_graph_as_union=union
                and not protocol_dataset
                and not known.names_dataset,
                default_graph=[*default] if default is not None else None,
                named_graphs=[*named] if named is not None else None,
            )
        except SyntaxError as error:
            raise _syntax_error(query, error) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(f"The query cannot be evaluated: {error}.", str(error)) from error


def open_current(directory: GraphDirectory) -> tuple[Build, Engine]:
    """Open the build that a graph directory serves; raises GraphDirectoryError.

    Builds may be published meanwhile: when one is removed under our hands, the newer is opened.
    """
    while True:
        build = directory.current()
        if build is None:
            raise GraphDirectoryError(f"{directory.path} holds no graph yet: run fedkg build.")
        try:
            return build, open_build(build)
        except GraphDirectoryError:
            if directory.current() == build:
                raise


def open_build(build: Build) -> Engine:
    """Open a build: a small graph in memory, a large one read-only from its files."""
    try:
        base = build.meta.get("base", DEFAULT_BASE)
        if build.index.is_dir():
            return Engine(ox.Store.read_only(os.fspath(build.index)), base)
        store = ox.Store()
        store.bulk_load(path=build.graph, format=ox.RdfFormat.N_QUADS)
    except (OSError, SyntaxError) as error:
        sentence = f"{build.path} cannot be opened ({error}): run fedkg build."
        raise GraphDirectoryError(sentence) from error
    return Engine(store, base)


def load_files(paths: Iterable[Path]) -> Engine:
    """Load RDF files into memory, their syntax known by extension; raises InputError."""
    store = ox.Store()
    for path in paths:
        _load_file(store, path)
    return Engine(store)


def _load_file(store: ox.Store, path: Path) -> None:
    extension = path.suffix.removeprefix(".").lower()
    if extension not in _EXTENSIONS:
        known = ", ".join(f".{name}" for name in _EXTENSIONS)
        raise InputError(f"{path} has no known RDF extension: name it with one of {known}.")
    try:
        store.load(
            path=path,
            format=ox.RdfFormat.from_extension(extension),
            base_iri=path.absolute().as_uri(),
        )
    except SyntaxError as error:
        raise InputError(f"{path} is not valid RDF: {error.msg}.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error}.") from error


def _graph_names(iris: Sequence[str]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryError(f"A graph's name is not an absolute IRI: {error}.") from error


class _Answer:
    """What the engine's writers write to, part by part."""

    __slots__ = ("_most", "_parts", "_size")

    def __init__(self, most: int | None) -> None:
        self._most = sys.maxsize if most is None else most
        self._parts: list[bytes] = []
        self._size = 0

    @property
    def is_too_large(self) -> bool:
        return self._size > self._most

    def write(self, part: bytes) -> int:
        """Take a part. Raises OSError when it is too much: the one error that writers pass on."""
        self._size += len(part)
        if self.is_too_large:
            raise OSError
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Do nothing: parts are kept as they come."""

    def to_bytes(self) -> bytes:
        """Return all parts."""
        return b"".join(self._parts)


def _serialise(result: _Result, media_type: str, answer: _Answer) -> None:
    """Serialise with the engine's own writers; graphs get the prefixes of the vocabulary."""
    output = cast(_Output, answer)
    if isinstance(result, ox.QueryTriples):
        if media_type not in GRAPH_FORMATS:
            known = "Turtle, N-Triples, JSON-LD or RDF/XML"
            raise QueryError(f"A graph cannot be written as {media_type}: choose {known}.")
        format_ = GRAPH_FORMATS[media_type]
        prefixes = None if format_ == ox.RdfFormat.N_TRIPLES else PREFIXES
        ox.serialize(result, output, format=format_, prefixes=prefixes)
        return
    if media_type not in _RESULTS:
        known = "CSV, TSV, JSON or XML"
        raise QueryError(f"Rows cannot be written as {media_type}: choose {known}.")
    result.serialize(output, format=_RESULTS[media_type])


def as_xml(written: bytes) -> bytes:
    """Return a document without what XML forbids; U+FFFD says that something was there."""
    return _NOT_IN_XML.sub(_REPLACEMENT, written).replace(b"\r", b"&#13;")


def _row(solution: ox.QuerySolution, width: int) -> tuple[Term | None, ...]:
    return tuple(_term(solution[i]) for i in range(width))


def _term(node: object) -> Term | None:
    if isinstance(node, ox.NamedNode):
        return Term(node.value, "iri")
    if isinstance(node, ox.BlankNode):
        return Term(node.value, "blank")
    if isinstance(node, ox.Literal):
        return Term(node.value, "literal", node.datatype.value, node.language)
    return None if node is None else Term(str(node), "literal")


def _syntax_error(query: str, error: SyntaxError) -> QueryError:
    """Explain a syntax error; the engine blames an undeclared prefix on the word after it."""
    detail = str(error.msg or error)
    if outline(query).form is None:
        sentence = "The text is no SPARQL query: start it with SELECT, ASK, CONSTRUCT or DESCRIBE"
        return QueryError(f"{sentence} ({_short(detail)}).", detail)
    hint = _prefix_hint(query)
    return QueryError(f"The query is not valid SPARQL: {_short(detail)}.{hint}", detail)


def _short(detail: str, most: int = 300) -> str:
    return detail if len(detail) <= most else f"{detail[:most].rstrip()} …"


def _prefix_hint(query: str) -> str:
    declared = set(re.findall(r"(?i:prefix)\s+([\w.-]*):", query))
    for name in _UNDECLARED.findall(query):
        if name in PREFIXES and name not in declared:
            return f" Perhaps a line is missing: PREFIX {name}: <{PREFIXES[name]}>"
    return ""
