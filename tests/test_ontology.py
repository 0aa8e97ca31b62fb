"""The vocabulary: complete, aligned, and the same in ontology, context and shapes."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef

from fedkg import model, resources
from fedkg.namespaces import FKG, PREFIXES

ONTOLOGY = URIRef("https://w3id.org/fedkg/ontology")
SCHEMA = Namespace("https://schema.org/")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)
NOTHING_WIDER_IS_TRUE = {"basis", "identityBasis", "listed", "referencesKnown", "repaired"}
"""Properties that no well-known property implies; rdfs:seeAlso names a neighbour instead."""


@pytest.fixture(scope="module")
def ontology() -> Graph:
    path = resources.ontology_dir() / "fedkg.ttl"
    return Graph().parse(data=path.read_text(encoding="utf-8"), format="turtle")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    text = resources.shapes_file().read_text(encoding="utf-8")
    return Graph().parse(data=text, format="turtle")


@pytest.fixture(scope="module")
def context() -> dict:
    path = resources.ontology_dir() / "context.jsonld"
    return json.loads(path.read_text(encoding="utf-8"))["@context"]


def own(ontology: Graph, *kinds: URIRef) -> set[URIRef]:
    """Return the terms of the fkg: namespace of some kinds."""
    return {term for kind in kinds for term in ontology.subjects(RDF.type, kind)}


def local(term: URIRef) -> str:
    return str(term).removeprefix(FKG)


def test_every_subject_is_a_term_of_a_known_kind(ontology):
    """Nothing stands in the file but its header and fkg: classes, properties and individuals."""
    terms = own(ontology, *KINDS)
    assert set(ontology.subjects()) == terms | {ONTOLOGY}
    assert all(term.startswith(FKG) for term in terms)


def test_every_term_has_a_label_a_comment_and_a_home(ontology):
    """One English label, one English comment that is a sentence, and rdfs:isDefinedBy."""
    for term in own(ontology, *KINDS):
        (label,) = ontology.objects(term, RDFS.label)
        (comment,) = ontology.objects(term, RDFS.comment)
        assert isinstance(label, Literal)
        assert isinstance(comment, Literal)
        assert (label.language, comment.language) == ("en", "en"), term
        assert comment[0].isupper(), term
        assert comment.endswith("."), term
        assert set(ontology.objects(term, RDFS.isDefinedBy)) == {ONTOLOGY}


def test_every_class_is_a_subclass_of_a_well_known_one(ontology):
    """A consumer who knows only SPAR, schema.org, SKOS or PROV still knows what a thing is."""
    for term in own(ontology, OWL.Class):
        wider = set(ontology.objects(term, RDFS.subClassOf))
        assert any(not w.startswith(FKG) for w in wider), term


def test_every_property_is_aligned(ontology):
    """To a well-known property, directly or over an own one; else seeAlso names a neighbour."""
    unaligned = set()
    for term in own(ontology, OWL.ObjectProperty, OWL.DatatypeProperty):
        wider = set(ontology.transitive_objects(term, RDFS.subPropertyOf)) - {term}
        if not any(not w.startswith(FKG) for w in wider):
            unaligned.add(local(term))
            assert ontology.value(term, RDFS.seeAlso) is not None, term
    assert unaligned == NOTHING_WIDER_IS_TRUE


def test_alignments_stay_in_the_namespaces_that_we_declare(ontology):
    """A typo in a prefix would point into the void."""
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso):
        for wider in ontology.objects(None, predicate):
            assert any(wider.startswith(namespace) for namespace in PREFIXES.values()), wider


def test_every_property_says_where_it_is_used(ontology):
    """One class by rdfs:domain, several by schema:domainIncludes, never both: all of them own."""
    classes = own(ontology, OWL.Class)
    for term in own(ontology, OWL.ObjectProperty, OWL.DatatypeProperty):
        domains = set(ontology.objects(term, RDFS.domain))
        included = set(ontology.objects(term, SCHEMA.domainIncludes))
        assert (len(domains), len(included) > 1) in {(1, False), (0, True)}, term
        assert not (domains and included), term
        assert domains | included <= classes, term


def test_ranges_fit_the_kind_of_property(ontology):
    """An object property leads to an own class, a datatype property to an XSD type."""
    classes = own(ontology, OWL.Class)
    for term in own(ontology, OWL.ObjectProperty):
        assert set(ontology.objects(term, RDFS.range)) <= classes, term
    for term in own(ontology, OWL.DatatypeProperty):
        ranges = set(ontology.objects(term, RDFS.range))
        assert all(found.startswith(PREFIXES["xsd"]) for found in ranges), term


def test_every_individual_is_a_concept_of_an_own_class(ontology):
    """Fixed values carry the own class and the well-known one, as everything in the graph does."""
    classes = own(ontology, OWL.Class)
    for term in own(ontology, OWL.NamedIndividual):
        kinds = set(ontology.objects(term, RDF.type)) - {OWL.NamedIndividual, SKOS.Concept}
        assert len(kinds) == 1, term
        assert kinds <= classes, term
        assert (term, RDF.type, SKOS.Concept) in ontology


def test_the_ontology_has_no_blank_nodes(ontology):
    """It stands in the graph, and the graph has none."""
    assert not any(isinstance(term, BNode) for triple in ontology for term in triple)


def test_the_header_names_version_licence_and_prefix(ontology):
    """The version of the ontology is that of the package."""
    pyproject = Path(__file__).parents[1] / "pyproject.toml"
    version = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["version"]
    vann, dcterms = Namespace("http://purl.org/vocab/vann/"), Namespace(PREFIXES["dcterms"])
    assert ontology.value(ONTOLOGY, OWL.versionIRI) == ONTOLOGY + f"/{version}"
    assert str(ontology.value(ONTOLOGY, OWL.versionInfo)) == version
    assert "creativecommons.org/publicdomain/zero" in str(ontology.value(ONTOLOGY, dcterms.license))
    assert str(ontology.value(ONTOLOGY, vann.preferredNamespacePrefix)) == "fkg"
    assert str(ontology.value(ONTOLOGY, vann.preferredNamespaceUri)) == FKG


def test_the_values_of_the_model_are_individuals(ontology):
    """What the resolver calls a kind or a basis is a term of the ontology."""
    individuals = {local(term) for term in own(ontology, OWL.NamedIndividual)}
    assert {*model.VenueKind, *model.Basis} <= individuals


def test_the_shapes_speak_of_terms_that_exist(ontology, shapes):
    """Neither the shapes nor their SPARQL name a fkg: term that the ontology lacks."""
    named = {term for triple in shapes for term in triple if isinstance(term, URIRef)}
    used = {local(term) for term in named if term.startswith(FKG)} - {""}
    for text in shapes.objects(None, URIRef("http://www.w3.org/ns/shacl#select")):
        used |= set(re.findall(r"fkg:(\w+)", text))
    assert used <= {local(term) for term in own(ontology, *KINDS)}


def test_every_class_and_property_is_used_by_the_shapes(ontology, shapes):
    """A term that no shape looks at could be misused unseen. Fixed values have no shape."""
    named = {term for triple in shapes for term in triple if isinstance(term, URIRef)}
    enumerations = {
        kind
        for value in own(ontology, OWL.NamedIndividual)
        for kind in ontology.objects(value, RDF.type)
    }
    terms = own(ontology, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty) - enumerations
    assert terms <= named


def test_the_finding_kinds_of_the_shapes_hold_those_of_the_model(shapes):
    """A new kind of finding is added in both places."""
    allowed = {str(term) for term in shapes.objects() if isinstance(term, Literal)}
    assert set(model.FINDING_KINDS) <= allowed


def test_the_context_covers_every_term(ontology, context):
    """Each class, property and individual has a short name that means its own IRI."""
    for term in own(ontology, *KINDS):
        entry = context[local(term)]
        assert (entry["@id"] if isinstance(entry, dict) else entry) == f"fkg:{local(term)}"


def test_the_context_has_the_prefixes_of_the_graph(context):
    """One table of prefixes, in Python and in the context."""
    assert {name: context.get(name) for name in PREFIXES} == PREFIXES


def test_the_context_covers_every_well_known_property_of_the_shapes(shapes, context):
    """What the shapes look at, JSON-LD can say by a short name."""
    covered = {
        entry["@id"] if isinstance(entry, dict) else entry
        for entry in context.values()
        if entry != 1.1
    }
    shacl = "http://www.w3.org/ns/shacl#"
    paths = {
        term
        for predicate in ("path", "inversePath")
        for term in shapes.objects(None, URIRef(shacl + predicate))
        if isinstance(term, URIRef) and term != RDF.type
    }
    compact = {
        f"{prefix}:{term.removeprefix(namespace)}"
        for term in paths
        for prefix, namespace in PREFIXES.items()
        if term.startswith(namespace)
    }
    assert len(compact) == len(paths)
    assert compact <= covered


def test_the_context_coerces_values_to_their_types(ontology, context):
    """Object properties read IRIs or, for fixed values, short names; numbers keep their type."""
    for term in own(ontology, OWL.ObjectProperty):
        assert context[local(term)]["@type"] in {"@id", "@vocab"}, term
    for term in own(ontology, OWL.DatatypeProperty):
        wanted = ontology.value(term, RDFS.range)
        entry = context[local(term)]
        coerced = entry.get("@type") if isinstance(entry, dict) else None
        plain = wanted is None or wanted == URIRef(PREFIXES["xsd"] + "string")
        assert coerced == (None if plain else f"xsd:{wanted.rpartition('#')[2]}"), term


def test_json_that_uses_the_context_means_the_graph(context):
    """A paper, a venue and a person in JSON, read as RDF."""
    document = {
        "@context": context,
        "@graph": [
            {
                "id": "https://w3id.org/fedkg/paper/arxiv-2402.11505",
                "type": "Paper",
                "title": "FlexLoRA",
                "issued": {"@type": "xsd:gYear", "@value": "2024"},
                "year": 2024,
                "venue": "https://w3id.org/fedkg/venue/neurips",
                "listed": True,
                "arxivId": ["2402.11505"],
            },
            {"id": "https://w3id.org/fedkg/venue/neurips", "venueKind": "Conference"},
        ],
    }
    turtle = f"""
        @base <https://w3id.org/fedkg/> .
        @prefix dcterms: <{PREFIXES["dcterms"]}> . @prefix fabio: <{PREFIXES["fabio"]}> .
        @prefix fkg: <{FKG}> . @prefix xsd: <{PREFIXES["xsd"]}> .
        <paper/arxiv-2402.11505> a fkg:Paper ; dcterms:title "FlexLoRA" ; fkg:listed true ;
            dcterms:issued "2024"^^xsd:gYear ; fkg:year 2024 ; fabio:hasArXivId "2402.11505" ;
            fkg:venue <venue/neurips> .
        <venue/neurips> fkg:venueKind fkg:Conference .
    """
    read = Graph().parse(data=json.dumps(document), format="ox-json-ld")
    assert set(read) == set(Graph().parse(data=turtle, format="ox-ttl"))
