"""Rules in SPARQL that are asked of many nodes at once: nothing that is broken is missed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.namespace import SH

from fedkg import resources
from fedkg.validate import read_shapes
from fedkg.validate.questions import questions_in, without

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <urn:x:> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
x:o sh:declare [ sh:prefix "x" ; sh:namespace "urn:x:"^^xsd:anyURI ] .
"""


def shapes_with(query, more=""):
    rule = f'x:s sh:sparql [ sh:prefixes x:o ; sh:select """{query}""" ] . {more}'
    return Graph().parse(data=PREFIXES + rule, format="turtle")


def test_the_rules_of_the_shapes_are_asked_at_once():
    """All of them: one that is not makes large graphs slow, so write it in this form."""
    shapes = read_shapes(resources.shapes_file())
    questions = questions_in(shapes)
    assert {one.shape for one in questions} == {s.n3() for s in shapes.subjects(SH.sparql)}
    assert (None, SH.sparql, None) not in without(shapes, questions)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { $this x:a ?b }",
        "SELECT ?this ?value WHERE { ?value x:a ?this . FILTER(ISLITERAL(?value)) }",
        "SELECT $this WHERE { $this a x:C OPTIONAL { $this x:c ?d } FILTER(!BOUND(?d)) }",
        "SELECT $this WHERE { ?a x:b ?c . $this x:d [ x:e ?f ] }",
        "SELECT $this WHERE { $this <urn:x:a> ?b } GROUP BY $this HAVING (COUNT(?b) > 1)",
    ],
)
def test_a_query_that_binds_this_itself_is_asked_at_once(query):
    """Triples first, then what looks at them."""
    (question,) = questions_in(shapes_with(query))
    assert question.predicates


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("SELECT $this WHERE { FILTER(ISIRI($this)) }", id="nothing binds it"),
        pytest.param("SELECT $this WHERE { ?a x:b ?c FILTER(?a = $this) }", id="only compared"),
        pytest.param("SELECT $this WHERE { OPTIONAL { $this x:a ?b } }", id="optional"),
        pytest.param("SELECT $this WHERE { OPTIONAL {} $this x:a ?b }", id="optional first"),
        pytest.param(
            "SELECT $this WHERE { $this x:a ?b OPTIONAL { ?b x:c ?d FILTER(?d = $this) } }",
            id="compared inside",
        ),
        pytest.param("SELECT $this WHERE { $this ?p ?b }", id="any predicate"),
        pytest.param("SELECT $this WHERE { $this $PATH ?b }", id="a path to fill in"),
        pytest.param("SELECT $this WHERE { $this x:a* ?b }", id="path of no step"),
        pytest.param("SELECT $this WHERE { $this x:a/x:b ?c }", id="path of two steps"),
        pytest.param("SELECT $this WHERE { $this ^x:a ?b }", id="path backwards"),
        pytest.param("SELECT $this WHERE { $this !x:a ?b }", id="path of others"),
        pytest.param("SELECT $this WHERE { $this y:a ?b }", id="unknown prefix"),
        pytest.param(
            "SELECT $this WHERE { $this x:a ?b FILTER NOT EXISTS { ?b x:c ?d } }", id="exists"
        ),
        pytest.param("SELECT $this WHERE { { $this x:a 1 } UNION { $this x:a 2 } }", id="union"),
        pytest.param("SELECT $this WHERE { $this x:a ?b MINUS { ?b x:c ?d } }", id="minus"),
        pytest.param("SELECT $this WHERE { $this x:a ?b GRAPH ?g { ?b x:c ?d } }", id="graph"),
        pytest.param("SELECT $this WHERE { $this x:a ?b BIND(1 AS ?c) }", id="bind"),
        pytest.param("SELECT $this WHERE { $this x:a ?b { SELECT ?b {} } }", id="subquery"),
        pytest.param("SELECT $this WHERE { $this x:a ?b } VALUES ?b { 1 }", id="values"),
        pytest.param("SELECT $this WHERE { $this x:a ?b } LIMIT 1", id="limit"),
        pytest.param("SELECT $this FROM x:g WHERE { $this x:a ?b }", id="dataset"),
        pytest.param("SELECT * WHERE { $this x:a ?b }", id="all variables"),
        pytest.param("SELECT $this (1 AS ?value) WHERE { $this x:a ?b }", id="computed"),
        pytest.param("SELECT $this WHERE { $this x:a ?b } GROUP BY ?b", id="other groups"),
        pytest.param("SELECT $this WHERE { $this x:a ?b } HAVING (?b > 1)", id="one group"),
        pytest.param(
            "SELECT $this WHERE { $this x:a ?b FILTER(?b = $currentShape) }", id="the shape"
        ),
        pytest.param("SELECT $this WHERE {}", id="nothing"),
        pytest.param("SELECT $this WHERE", id="no SPARQL"),
        pytest.param("ASK { $this x:a ?b }", id="another form"),
    ],
)
def test_any_other_query_is_asked_of_each_node(query):
    """Pre-binding might change its answer."""
    assert questions_in(shapes_with(query)) == ()


def test_a_rule_inside_another_is_asked_of_each_node():
    """Whether it must hold is for the outer one to say."""
    shapes = shapes_with("SELECT $this WHERE { $this x:a ?b }", "x:t sh:not x:s .")
    assert questions_in(shapes) == ()


NODES = st.integers(0, 3).map(lambda number: URIRef(f"urn:x:n{number}"))
STEPS = st.sampled_from("ab").map(lambda name: URIRef(f"urn:x:{name}"))
QUERIES = (
    "SELECT $this WHERE { $this x:a ?b . ?b x:b $this }",
    "SELECT $this WHERE { ?b x:a $this OPTIONAL { $this x:b ?c } FILTER(!BOUND(?c)) }",
    "SELECT $this WHERE { $this x:a ?b } GROUP BY $this HAVING (COUNT(?b) != 2)",
)


@given(st.sets(st.tuples(NODES, STEPS, NODES)), st.sampled_from(QUERIES))
def test_the_answer_names_the_nodes_that_break_the_rule_when_each_is_asked(triples, query):
    """Never fewer; the engine is asked about the rest."""
    (question,) = questions_in(shapes_with(query))
    data = Graph(store="Oxigraph")
    for triple in triples:
        data.add(triple)
    for node in data.all_nodes():
        alone = data.query(query, initNs=question.prefixes, initBindings={"this": node})
        assert question.may_name({f"<{node}>"}, data) == bool(list(alone))


@pytest.mark.parametrize("node", ['"text"', "<urn:x:\\u0061>"])
def test_a_node_that_is_written_in_several_ways_is_left_to_the_engine(node):
    """It could be missed when names are compared as text."""
    (question,) = questions_in(shapes_with("SELECT $this WHERE { $this x:a ?b }"))
    assert question.may_name({node}, Graph(store="Oxigraph"))


def test_an_answer_that_does_not_say_of_whom_is_left_to_the_engine():
    """It could be about any node."""
    (question,) = questions_in(shapes_with("SELECT ?b WHERE { $this x:a ?b }"))
    data = Graph(store="Oxigraph").parse(data="<urn:x:1> <urn:x:a> 1 .", format="turtle")
    assert question.may_name({"<urn:x:2>"}, data)
