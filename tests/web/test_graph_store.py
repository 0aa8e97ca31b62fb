"""Whole named graphs under /graph-store, for reading."""

from urllib.parse import quote

import pytest
from rdflib import Graph

from .conftest import Site

PAPERS = "https://w3id.org/fedkg/graph/papers"


def test_a_named_graph_is_given_whole(site: Site) -> None:
    """By its IRI, encoded or not, in the format that is asked for."""
    for name in (quote(PAPERS, safe=""), PAPERS):
        answer = site.ask(f"/graph-store?graph={name}", headers={"Accept": "text/turtle"})
        assert answer.status == 200
        assert answer.media_type == "text/turtle"
        counted = site.query(f"SELECT ?s ?p ?o {{ GRAPH <{PAPERS}> {{ ?s ?p ?o }} }}", "text/csv")
        rows = counted.body.count(b"\r\n") - 1
        assert len(Graph().parse(data=answer.body, format="turtle")) == rows


def test_the_default_graph_is_itself_and_no_union(site: Site) -> None:
    """All of this graph is in named graphs."""
    answer = site.ask("/graph-store?default", headers={"Accept": "application/n-triples"})
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_graph_that_is_not_there_is_not_found(site: Site, method: str) -> None:
    """For HEAD too; an empty graph and none are the same."""
    assert site.ask("/graph-store?graph=urn:none", method=method).status == 404


@pytest.mark.parametrize(
    "query", ["", "graph=", "graph=a&graph=b", "graph=urn:a&default", "graph=a b"]
)
def test_a_request_that_names_no_graph_is_refused(site: Site, query: str) -> None:
    """Or more than one, or what is no IRI."""
    assert site.ask(f"/graph-store?{quote(query, safe='=&')}").status == 400


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_writing_is_refused(site: Site, method: str) -> None:
    """With what is allowed instead."""
    answer = site.ask(f"/graph-store?graph={PAPERS}", method=method, body=b"")
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
