"""A collection → RDF, as sorted N-Quads: the only code that knows the vocabulary.

papers | lists | vocabulary | findings | schemes → write
"""

from collections.abc import Iterator
from pathlib import Path

from fedkg.graph.facts import citation_lines, fact_sources, record_lines
from fedkg.graph.findings import alias_lines, finding_lines
from fedkg.graph.lists import list_lines
from fedkg.graph.papers import paper_lines
from fedkg.graph.schemes import dataset_lines, turtle_lines
from fedkg.graph.vocabulary import vocabulary_lines
from fedkg.graph.write import GraphSizes, Taker, write_sorted
from fedkg.model import Collection

__all__ = ["GraphSizes", "Taker", "write_graph"]


def write_graph(
    collection: Collection,
    ontology_dir: Path,
    base: str,
    target: Path,
    taker: Taker = lambda _file, _lines: None,
) -> GraphSizes:
    """Write all named graphs of a collection to one sorted N-Quads file; return their sizes.

    `base` is the IRI that things live under; `taker` as in `write_sorted`. Raises
    InvalidGraphError, InputError.
    """
    return write_sorted(_lines(collection, ontology_dir, base), target, taker=taker)


def _lines(collection: Collection, ontology_dir: Path, base: str) -> Iterator[str]:
    yield from paper_lines(collection, base)
    yield from list_lines(collection, base)
    yield from record_lines(collection, base)
    yield from citation_lines(collection, base)
    yield from vocabulary_lines(collection, base)
    yield from finding_lines(collection, base)
    yield from alias_lines(collection, base)
    yield from turtle_lines(ontology_dir / "techniques.ttl", "graph/techniques", base)
    yield from turtle_lines(ontology_dir / "fedkg.ttl", "graph/ontology", base)
    slugs = [one.slug for one in collection.lists]
    yield from dataset_lines(slugs, fact_sources(collection), base)
