"""SHACL (https://www.w3.org/TR/shacl/) by pyshacl, and by shacl-rust where it is installed.

pyshacl works without inference over an oxrdflib store: SHACL-SPARQL is then twice as fast as over
rdflib's own. shacl-rust is about forty times as fast, young, and optional: `pip install
fedkg[fast]`. Both give the same violations, which tests compare for every rule of the shapes.
"""

import logging
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pyshacl
from oxrdflib import OxigraphStore
from pyshacl.errors import ReportableRuntimeError
from rdflib import BNode, Graph, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import RDF, SH
from rdflib.term import Node
from rdflib.util import from_n3

from fedkg.validate.report import SEVERITIES, Violation
from fedkg.validate.shapes import path_of, spread, unusable

Engine = Callable[[bytes, str], list[Violation]]
"""Takes a graph and shapes, both as N-Triples, and returns the violations, without their places.

Raises InputError when the shapes cannot be used.
"""

log = logging.getLogger(__name__)

_RUST = "shacl_rust"
_BEYOND_RUST = re.compile(r"\(\?(?!:)|\\[1-9]")  # its regular expressions never look around or back
_LEVELS: dict[Node, str] = dict(zip((SH.Violation, SH.Warning, SH.Info), SEVERITIES, strict=True))


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


def new_graph() -> Graph:
    """Return an empty graph of the kind that pyshacl is fast on: fill it before it is counted."""
    return Graph(store=_CountedStore(), identifier=DATASET_DEFAULT_GRAPH_ID)


def by_pyshacl(triples: bytes, shapes: str) -> list[Violation]:
    """Return the violations in N-Triples: an Engine."""
    data = new_graph()
    data.parse(data=triples, format="ox-ntriples")
    return violations_in(data, Graph().parse(data=shapes, format="ox-ntriples"))


def violations_in(data: Graph, shapes: Graph) -> list[Violation]:
    """Return the violations in a graph. Raises InputError when the shapes cannot be used."""
    try:
        _, results, text = pyshacl.validate(data, shacl_graph=spread(shapes))
    except ReportableRuntimeError as error:
        raise unusable(error) from error
    if not isinstance(results, Graph):
        raise unusable(text)
    return [
        _violation(results, result, shapes)
        for result in results.subjects(RDF.type, SH.ValidationResult)
    ]


def by_rust(triples: bytes, shapes: str) -> list[Violation]:
    """Return the violations in N-Triples, as pyshacl would, by shacl-rust: an Engine.

    Ask `engine_for` first.
    """
    rust: Any = import_module(_RUST)  # optional, and only processes that validate shards need it
    try:
        report = rust.validate(
            triples.decode(), shapes, data_format="nt", shapes_format="nt", experimental_index=True
        )
    except ValueError as error:
        raise unusable(error) from error
    if report["conforms"] and not report["results"]:
        return []
    rules = Graph().parse(data=shapes, format="ox-ntriples")
    return list(_rust_violations(report["results"], rules))


ENGINES: dict[str, Engine] = {"pyshacl": by_pyshacl, "shacl-rust": by_rust}


def engine_for(shapes: Graph) -> str:
    """Return the key of the fastest engine that is installed and understands the shapes.

    shacl-rust takes a pattern that it cannot read for one that always holds, and names a shape
    without an IRI by a label of its own.
    """
    if find_spec(_RUST) is None:
        log.info("validating with pyshacl: `pip install fedkg[fast]` makes it many times faster")
        return "pyshacl"
    patterns = map(str, shapes.objects(None, SH.pattern))
    unnamed = (isinstance(shape, BNode) for shape in shapes.subjects(SH.path))
    if any(map(_BEYOND_RUST.search, patterns)) or any(unnamed):
        log.info("validating with pyshacl: shacl-rust does not understand these shapes")
        return "pyshacl"
    return "shacl-rust"


def _violation(results: Graph, result: Node, shapes: Graph) -> Violation:
    shape = _required(results, result, SH.sourceShape)
    component = str(_required(results, result, SH.sourceConstraintComponent))
    value = results.value(result, SH.value)
    return Violation(
        focus=str(_required(results, result, SH.focusNode)),
        path=path_of(shapes, shape),
        value=None if value is None else str(value),
        message=" ".join(sorted(map(str, results.objects(result, SH.resultMessage)))),
        severity=_LEVELS.get(_required(results, result, SH.resultSeverity), "error"),
        shape=str(shape),
        constraint=_kind(component),
    )


def _required(graph: Graph, node: Node, predicate: URIRef) -> Node:
    value = graph.value(node, predicate)
    assert value is not None, f"a validation result always has {predicate}"
    return value


def _kind(component: str) -> str:
    return component.removeprefix(str(SH)).removesuffix("ConstraintComponent")


def _rust_violations(results: list[dict[str, Any]], shapes: Graph) -> Iterator[Violation]:
    """Yield results as pyshacl would give them.

    shacl-rust adds a message of its own to the shape's, and leaves out that the value of a rule
    in SPARQL about a node, without ?value, is the node (SHACL section 5.3.2).
    """
    for result in results:
        shape = _node(result["sourceShape"])
        constraint = _kind(str(_node(result["sourceConstraintComponent"])))
        focus = str(_node(result["focusNode"]))
        own = sorted(map(str, shapes.objects(shape, SH.message)))
        path = path_of(shapes, shape)
        value = str(_node(result["value"])) if result.get("value") else None
        if constraint == "SPARQL" and path is None and value is None:
            value = focus
        yield Violation(
            focus=focus,
            path=path,
            value=value,
            message=" ".join(own if own and constraint != "SPARQL" else result["messages"]),
            severity=_LEVELS.get(_node(result["severity"]), "error"),
            shape=str(shape),
            constraint=constraint,
        )


def _node(written: str) -> Node:
    node = from_n3(written)
    assert isinstance(node, Node), f"{written} is a node as in N-Triples"
    return node
