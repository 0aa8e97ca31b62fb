"""The graph of the five lists, opened."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from fedkg.search.asking import contents_in
from fedkg.search.catalogue import Catalogue
from fedkg.search.write import write_index
from fedkg.store.builds import GraphDirectory
from fedkg.store.engine import Engine, open_build
from fedkg.web.pages.app import create_app

from .official import Schemas

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


@pytest.fixture(scope="session")
def catalogue(five_list_graph: Path) -> Catalogue:
    """What the build counted."""
    build = GraphDirectory(five_list_graph).current()
    assert build is not None
    return Catalogue(build.search)


@pytest.fixture(scope="session")
def pages_over(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], FlaskClient]:
    """Return the pages over a graph in Turtle, with its index."""

    def client_of(turtle: str) -> FlaskClient:
        store = ox.Store()
        store.load(turtle.encode(), ox.RdfFormat.TURTLE)
        engine, index = Engine(store), tmp_path_factory.mktemp("index") / "search.sqlite"
        write_index(contents_in(engine, BASE), index)
        return create_app(engine, search=index).test_client()

    return client_of


@pytest.fixture(scope="session")
def schemas(shared: Path) -> Schemas:
    return Schemas(shared / "reconciliation" / "0.2" / "schemas")


@pytest.fixture(scope="session")
def search(five_list_graph: Path) -> Path:
    build = GraphDirectory(five_list_graph).current()
    assert build is not None
    return build.search


@pytest.fixture(scope="session")
def client(store: Engine, search: Path) -> FlaskClient:
    return create_app(store, search=search).test_client()
