"""The graph of the five lists, opened."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from fedkg.store.builds import GraphDirectory
from fedkg.store.engine import Engine, open_build

BASE = "https://w3id.org/fedkg/"
PAPER = "paper/arxiv-2312.06353"
FORMS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
}


@pytest.fixture(scope="session")
def store(five_list_graph: Path) -> Engine:
    """The same graph, opened here."""
    build = GraphDirectory(five_list_graph).current()
    assert build is not None
    return open_build(build)
