"""A graph and its shapes become a report that names the entry, list and line to mend.

A small graph is validated whole, a large one in shards. This is the only package that knows SHACL.
"""

from pathlib import Path

from rdflib import Graph

from fedkg.validate.engines import engine_for, new_graph, violations_in
from fedkg.validate.reach import Reach
from fedkg.validate.report import Place, Report, Violation, render
from fedkg.validate.shapes import load, read_shapes, unreadable
from fedkg.validate.shards import placed, validate_in_shards

__all__ = ["LARGE", "Place", "Report", "Violation", "check", "read_shapes", "render", "validate"]

LARGE = 10_000_000
"""From this many bytes of N-Quads on (about 500 papers), a graph is validated in shards."""


def validate(nquads: Path, shapes: Path, *ontology: Path) -> Report:
    """Return the report on the union of the graphs in an N-Quads file.

    `ontology` are Turtle files that the shapes need beside it, such as the scheme of techniques,
    unless they are among the graphs. Raises InputError for a file that cannot be read,
    ValidationError when a process that validates part of a large graph dies.
    """
    rules = read_shapes(shapes)
    reach = Reach.of(rules) if _size(nquads) >= LARGE else None
    if reach is not None:
        return validate_in_shards(nquads, rules, reach, ontology, engine_for(rules))
    data = new_graph()
    load(data, nquads, "ox-nquads")
    data.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }")
    for path in ontology:
        load(data, path, "ox-turtle")
    return check(data, rules)


def check(data: Graph, shapes: Graph) -> Report:
    """Return the report on one graph. Raises InputError when the shapes cannot be used."""
    return Report.of(placed(violations_in(data, shapes), lambda _nodes: data))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise unreadable(path, error) from error
