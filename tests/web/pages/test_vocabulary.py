"""What the data is written in: documentation to read, and data to load."""

import re

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, Graph

from fedkg import resources
from fedkg.namespaces import FKG

from ..conftest import Site
from .conftest import FORMS


def terms() -> set[str]:
    """Return the classes and properties of the ontology's file."""
    ontology = Graph().parse(resources.ontology_dir() / "fedkg.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    found = {str(term) for kind in kinds for term in ontology.subjects(RDF.type, kind)}
    return {term.removeprefix(FKG) for term in found if term.startswith(FKG)}


def test_every_term_is_documented_where_its_iri_leads(five: Site) -> None:
    """`ontology#Paper` is a place on the page that `/ontology` sends to."""
    sent = five.ask("/ontology", headers={"Accept": "text/html"})
    assert (sent.status, sent.headers["location"]) == (303, "/ontology.html")
    page = five.ask("/ontology.html").body.decode()
    places = re.findall(r'id="([A-Za-z0-9]+)"', page)
    assert len(places) == len(set(places))
    assert terms() <= set(places)
    assert set(re.findall(r'href="#([A-Za-z0-9]+)"', page)) <= set(places)
    assert "A piece of research as an intellectual work" in page


@pytest.mark.parametrize("name", FORMS)
def test_the_ontology_is_data_in_every_form(five: Site, name: str) -> None:
    """The same triples as those of its file."""
    media_type, form = FORMS[name]
    answer = five.ask(f"/ontology.{name}")
    assert (answer.status, answer.media_type) == (200, media_type)
    found = {quad.subject.value for quad in ox.parse(answer.body, form)}
    assert {FKG + term for term in terms()} <= found


def test_the_dataset_describes_itself(five: Site) -> None:
    """In VoID, where its specification looks for it (section 7.2)."""
    sent = five.ask("/.well-known/void")
    assert (sent.status, sent.headers["location"]) == (303, "/void.ttl")
    quads = ox.parse(five.ask("/void.ttl").body, ox.RdfFormat.TURTLE)
    assert "http://rdfs.org/ns/void#Dataset" in {quad.object.value for quad in quads}


def test_the_shapes_are_those_that_builds_are_held_to(five: Site) -> None:
    """Byte for byte."""
    answer = five.ask("/shapes")
    assert answer.media_type == "text/turtle"
    assert answer.body == resources.shapes_file().read_bytes()
