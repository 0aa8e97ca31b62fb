"""A graph and its shapes become a report that names the entry, list and line to mend.

SHACL (https://www.w3.org/TR/shacl/) by pyshacl, without inference, over the union of the graphs in
an oxrdflib store: SHACL-SPARQL is then twice as fast as over rdflib's own. This is the only module
that knows SHACL.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyshacl
from oxrdflib import OxigraphStore
from pyshacl.errors import ReportableRuntimeError
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from fedkg.errors import InputError
from fedkg.namespaces import CITO, DCTERMS, FKG, FRBR, PREFIXES, PRO

_ENTRY = URIRef(FKG + "Entry")
_PAPER_LIST = URIRef(FKG + "PaperList")
_TOWARDS_ENTRIES = tuple(
    URIRef(iri)
    for iri in (
        FKG + "fromEntry",
        FKG + "about",
        FKG + "describes",
        FKG + "ofPaper",
        FRBR + "realizationOf",
        PRO + "relatesToDocument",
        CITO + "hasCitingEntity",
        DCTERMS + "isReplacedBy",
    )
)
_FURTHEST = 3  # from a model family over its models and their papers to the entries
_TARGETS = {SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf}
_SEVERITIES: dict[Node, str] = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where to mend: an entry of a list, or (`line` 0) a list as a whole.

    `title` is the entry's title as listed, or the list's title.
    """

    list: str
    line: int
    title: str

    def __str__(self) -> str:
        where = f"{self.list}, line {self.line}" if self.line else f"the list {self.list}"
        return f"{where}: {self.title}" if self.title else where


@dataclass(frozen=True, slots=True)
class Violation:
    """One result of validation.

    `focus` and `shape` are IRIs; `path` is written as in SPARQL with the graph's prefixes, None for
    a rule about the node as a whole; `value` is an IRI or a lexical form; `severity` is "error",
    "warning" or "info"; `constraint` is the kind of rule ("MinCount", "Pattern", "SPARQL", …).
    """

    focus: str
    path: str | None
    value: str | None
    message: str
    severity: str
    shape: str
    constraint: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found, errors first. Warnings alone leave `conforms` true."""

    conforms: bool
    violations: tuple[Violation, ...] = ()


class _CountedStore(OxigraphStore):
    """An Oxigraph store that counts its triples once.

    pyshacl asks for the size of the graph at each result, inner ones of sh:or included, and the
    answer is a scan: on 17,000 triples that was nine tenths of the time.
    """

    _size: int | None = None

    def __len__(self, context: Graph | None = None) -> int:
        if self._size is None:
            self._size = super().__len__(context)
        return self._size


def validate(nquads: Path, shapes: Path, *ontology: Path) -> Report:
    """Return the report on the union of the graphs in an N-Quads file.

    `ontology` are Turtle files that the shapes need beside it, such as the scheme of techniques,
    unless they are among the graphs. Raises InputError for a file that cannot be read.
    """
    data = Graph(store=_CountedStore(), identifier=DATASET_DEFAULT_GRAPH_ID)
    _load(data, nquads, "ox-nquads")
    data.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }")
    for path in ontology:
        _load(data, path, "ox-turtle")
    return check(data, read_shapes(shapes))


def read_shapes(path: Path) -> Graph:
    """Return the shapes in a Turtle file. Raises InputError when it cannot be read."""
    shapes = Graph()
    _load(shapes, path, "ox-turtle")
    return shapes


def check(data: Graph, shapes: Graph) -> Report:
    """Return the report on one graph. Raises InputError when the shapes cannot be used."""
    try:
        conforms, results, text = pyshacl.validate(
            data, shacl_graph=_spread(shapes), allow_warnings=True
        )
    except ReportableRuntimeError as error:
        raise InputError(f"The shapes cannot be used, mend them: {error}.") from error
    if not isinstance(results, Graph):
        raise InputError(f"The shapes cannot be used, mend them: {text}.")
    return Report(conforms, tuple(sorted(_violations(results, shapes, data), key=_sort_key)))


def render(report: Report) -> str:
    """Return the report in plain sentences, ending in a newline."""
    lines = [_summary(report)]
    for violation in report.violations:
        at = [f"<{violation.focus}>", violation.path, violation.value and f"“{violation.value}”"]
        lines += ["", f"{violation.severity}: {violation.message}"]
        lines.append("  at " + ", ".join(part for part in at if part))
        lines += [f"  mend {place}" for place in violation.places[:3]]
        if len(violation.places) > 3:
            lines.append(f"  and {len(violation.places) - 3} more entries")
        if not violation.places:
            lines.append("  no entry of a list stands behind it")
    return "\n".join(lines) + "\n"


def _load(graph: Graph, path: Path, form: str) -> None:
    try:
        with path.open("rb") as file:
            graph.parse(file, format=form, publicID=path.absolute().as_uri())
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): name another file.") from error
    except SyntaxError as error:
        raise InputError(f"{path} is not valid RDF, mend or rebuild it: {error}.") from error


def _spread(shapes: Graph) -> Graph:
    """Return the shapes with the targets of node shapes moved down to their property shapes.

    The results are the same, but pyshacl evaluates a property shape once for all its focus nodes
    instead of anew for each. Shapes that other shapes refer to stay whole, and so do closed ones.
    """
    spread = Graph() + shapes
    for node_shape, property_shape in shapes.subject_objects(SH.property):
        targets = [(p, o) for p, o in shapes.predicate_objects(node_shape) if p in _TARGETS]
        whole = (node_shape, SH.closed, None) in shapes or (None, None, node_shape) in shapes
        if targets and not whole:
            spread.remove((node_shape, SH.property, property_shape))
            for predicate, target in targets:
                spread.add((property_shape, predicate, target))
    return spread


def _violations(results: Graph, shapes: Graph, data: Graph) -> Iterator[Violation]:
    known: dict[Node, tuple[Place, ...]] = {}
    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus = _required(results, result, SH.focusNode)
        shape = _required(results, result, SH.sourceShape)
        if focus not in known:
            known[focus] = _places(data, focus)
        component = str(_required(results, result, SH.sourceConstraintComponent))
        path = shapes.value(shape, SH.path)
        value = results.value(result, SH.value)
        yield Violation(
            focus=str(focus),
            path=None if path is None else _path_text(shapes, path),
            value=None if value is None else str(value),
            message=" ".join(sorted(map(str, results.objects(result, SH.resultMessage)))),
            severity=_SEVERITIES.get(_required(results, result, SH.resultSeverity), "error"),
            shape=str(shape),
            constraint=component.removeprefix(str(SH)).removesuffix("ConstraintComponent"),
            places=known[focus],
        )


def _required(graph: Graph, node: Node, predicate: URIRef) -> Node:
    value = graph.value(node, predicate)
    assert value is not None, f"a validation result always has {predicate}"
    return value


def _sort_key(violation: Violation) -> tuple[int, str, str, str, str]:
    rank = list(_SEVERITIES.values()).index(violation.severity)
    value = violation.value or ""
    return (rank, violation.shape, violation.focus, violation.constraint, value)


def _summary(report: Report) -> str:
    found = [violation.severity for violation in report.violations]
    counts = [
        f"{found.count(word)} {word}{'s' if found.count(word) > 1 and word != 'info' else ''}"
        for word in _SEVERITIES.values()
        if word in found
    ]
    verdict = "conforms" if report.conforms else "does not conform"
    return f"The graph {verdict} to its shapes" + (f": {', '.join(counts)}." if counts else ".")


def _path_text(shapes: Graph, path: Node) -> str:
    if not isinstance(path, BNode):
        return _compact(str(path))
    inverse = shapes.value(path, SH.inversePath)
    if inverse is not None:
        return "^" + _path_text(shapes, inverse)
    choices = shapes.value(path, SH.alternativePath)
    steps = Collection(shapes, path if choices is None else choices)
    return ("/" if choices is None else "|").join(_path_text(shapes, step) for step in steps)


def _compact(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def _places(data: Graph, focus: Node) -> tuple[Place, ...]:
    """Return the entries nearest to a node: itself, else what points to it, else what points there.

    Provenance itself (an assignment, a finding, a citation) is followed to what it is about.
    """
    level, seen = {focus}, {focus}
    for _ in range(_FURTHEST + 1):
        found = {place for node in level for place in _place(data, node)}
        if found:
            return tuple(sorted(found))
        level = {near for node in level for near in _neighbours(data, node)} - seen
        seen |= level
    return ()


def _neighbours(data: Graph, node: Node) -> Iterator[Node]:
    if isinstance(node, Literal):
        return
    yield from data.subjects(None, node)
    for predicate in _TOWARDS_ENTRIES:
        yield from data.objects(node, predicate)


def _place(data: Graph, node: Node) -> Iterable[Place]:
    kinds = set() if isinstance(node, Literal) else set(data.objects(node, RDF.type))
    if _PAPER_LIST in kinds:
        yield Place(_slug(node), 0, str(data.value(node, URIRef(DCTERMS + "title")) or ""))
    if _ENTRY in kinds:
        line = data.value(node, URIRef(FKG + "line"))
        value = line.value if isinstance(line, Literal) else None
        title = data.value(node, URIRef(FKG + "titleAsListed"))
        folder = URIRef(str(node).rpartition("/")[0])  # entry/<list>: enough if inList is missing
        paper_list = data.value(node, URIRef(FKG + "inList")) or folder
        yield Place(_slug(paper_list), value if isinstance(value, int) else 0, str(title or ""))


def _slug(paper_list: Node) -> str:
    return str(paper_list).rstrip("/").rpartition("/")[2]
