"""Validation in shards: what a small graph is told whole, a large one is told piece by piece."""

import logging
import re
import sys
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from test_validate import EVERY_CASE, SHAPES, broken

from fedkg import resources
from fedkg.errors import InputError
from fedkg.validate import LARGE, Place, read_shapes, validate
from fedkg.validate.engines import engine_for
from fedkg.validate.partition import touching
from fedkg.validate.reach import Reach
from fedkg.validate.shards import validate_in_shards

PREFIXES = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <urn:x:> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
)
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return read_shapes(resources.shapes_file())


def turtle(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def copy_of(graph: Graph, number: int) -> list[str]:
    """Return the quads of a copy of a graph, whose names give away no owner, in two graphs."""
    text = graph.serialize(format="ox-ntriples")
    renamed = re.sub(r"<https://w3id.org/fedkg/(?!ontology#)", f"<urn:x:{number}-", text)
    lines = sorted(renamed.split("\n")[:-1])
    return [f"{line[:-2]} <urn:g:{at % 2}> .\n" for at, line in enumerate(lines)]


def in_shards(nquads: Path, shapes: Graph, *ontology: Path, engine="shacl-rust", shards=7):
    reach = Reach.of(shapes)
    assert reach is not None
    return validate_in_shards(nquads, shapes, reach, ontology, engine, shards)


@pytest.fixture
def written(tmp_path):
    """Write lines of N-Quads to a file."""

    def write(*lines: str) -> Path:
        path = tmp_path / "graph.nq"
        path.write_text("".join(lines), encoding="utf-8")
        return path

    return write


def test_in_shards_by_shacl_rust_the_report_is_what_pyshacl_says_of_the_whole(written, shapes):
    """Every rule is broken once, in a copy whose nodes share no shard with what they look at."""
    nquads = written(
        *(
            line
            for number, (_, _, changes) in enumerate(EVERY_CASE)
            for line in copy_of(broken(*changes), number)
        )
    )
    assert nquads.stat().st_size < LARGE, "raise LARGE here: validate must take the graph whole"
    whole = validate(nquads, resources.shapes_file())

    assert in_shards(nquads, shapes, shards=61) == whole
    assert {(v.shape.removeprefix(SHAPES), v.constraint) for v in whole.violations} == {
        (shape, constraint) for shape, constraint, _ in EVERY_CASE
    }


def test_in_shards_by_pyshacl_the_report_is_the_same_too(written, shapes):
    """Without shacl-rust a large graph takes longer, and is told the same."""
    changes = ("- <venue/kdd> skos:prefLabel *", "- <authorship/arxiv-2501.13604/3> fkg:author *")
    nquads = written(*copy_of(broken(*changes), 1))
    whole = validate(nquads, resources.shapes_file())

    assert in_shards(nquads, shapes, engine="pyshacl", shards=3) == whole
    assert not whole.conforms


def test_a_large_graph_is_validated_in_shards_that_are_gone_afterwards(tmp_path):
    """One wrong paper among ten megabytes is found, and its place named."""
    good, wrong = broken(), broken("- <paper/arxiv-2402.11505> dcterms:title *")
    copies = LARGE // sum(map(len, copy_of(good, 1000))) + 1
    nquads = tmp_path / "graph.nq"
    with nquads.open("w", encoding="utf-8") as file:
        for number in range(copies):
            file.writelines(copy_of(good, 1000 + number))
        file.writelines(copy_of(wrong, 77))
    report = validate(nquads, resources.shapes_file())

    assert [(v.focus, v.places) for v in report.violations] == [
        ("urn:x:77-paper/arxiv-2402.11505", (Place("fedllm-areas", 29, "FlexLoRA"),))
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq"]


def test_a_node_of_a_subclass_is_a_focus_and_a_fitting_value(written):
    """Both mean subclasses too, however far below, wherever the graph says so."""
    rules = turtle(
        "x:S a sh:NodeShape ; sh:targetClass x:Top ; sh:property x:p . "
        "x:p sh:path x:likes ; sh:class x:Top ; sh:minCount 1 ."
    )
    subclass = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
    nquads = written(
        f"<urn:x:Low> {subclass} <urn:x:Middle> <urn:g> .\n",
        f"<urn:x:Middle> {subclass} <urn:x:Top> <urn:g> .\n",
        f"<urn:x:a> {TYPE} <urn:x:Low> <urn:g> .\n",
        "<urn:x:a> <urn:x:likes> <urn:x:b> <urn:g> .\n",
        f"<urn:x:b> {TYPE} <urn:x:Low> <urn:g> .\n",
    )
    assert [(v.focus, v.constraint) for v in in_shards(nquads, rules).violations] == [
        ("urn:x:b", "MinCount")
    ]


def test_what_the_ontology_says_counts_in_every_shard(written, tmp_path):
    """Turtle files beside the graph are part of it."""
    rules = turtle("x:S a sh:NodeShape ; sh:targetClass x:Top ; sh:closed true .")
    ontology = tmp_path / "ontology.ttl"
    ontology.write_text(PREFIXES + "x:Low rdfs:subClassOf x:Top .")
    nquads = written(f"<urn:x:a> {TYPE} <urn:x:Low> <urn:g> .\n")

    assert [v.focus for v in in_shards(nquads, rules, ontology).violations] == ["urn:x:a"]


def test_a_literal_can_be_a_focus(written):
    """What a predicate points to is judged, even where it should have been an IRI."""
    rules = turtle(
        "x:S a sh:NodeShape ; sh:targetObjectsOf x:likes ; sh:property x:p . "
        "x:p sh:path [ sh:inversePath x:likes ] ; sh:maxCount 1 ."
    )
    nquads = written(*(f'<urn:x:{name}> <urn:x:likes> "tea" <urn:g> .\n' for name in "abc"))

    assert [v.focus for v in in_shards(nquads, rules).violations] == ["tea"]


def test_a_line_that_is_no_quad_is_one_sentence(written, shapes):
    """It names the file and the line; comments and empty lines are none."""
    nquads = written("# a comment\n", "\n", "<urn:a> <urn:b> <urn:c> .\n", "nonsense\n")
    with pytest.raises(InputError, match=r"graph\.nq is not valid RDF.*: line 4 is no N-Quad"):
        in_shards(nquads, shapes)


def test_a_blank_node_is_refused(written, shapes):
    """It could be no focus in a shard, and must not pass unseen."""
    nquads = written(f"_:a {TYPE} <https://w3id.org/fedkg/ontology#Paper> .\n")
    with pytest.raises(InputError, match=r"line 1 .* blank node"):
        in_shards(nquads, shapes)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("<no scheme>", id="no IRI"),
        pytest.param("<relative>", id="relative IRI"),
        pytest.param("<urn:x:a|b>", id="character that no IRI has"),
        pytest.param("<urn:x:\\n>", id="escape that no IRI has"),
        pytest.param('"a"@', id="no language"),
        pytest.param('"a"@en-', id="half a language"),
        pytest.param('"a"^^<no scheme>', id="no datatype"),
        pytest.param('"a\\x"', id="unknown escape"),
        pytest.param('"a"b"', id="quotation mark"),
        pytest.param('"a\r"', id="line end"),
        pytest.param("1", id="number as in Turtle"),
    ],
)
def test_what_is_no_term_is_an_error(written, shapes, value):
    """An engine that reads on regardless would take it for a graph that conforms."""
    with pytest.raises(InputError, match="line 1 is no N-Quad"):
        in_shards(written(f"<urn:x:s> <urn:x:p> {value} <urn:x:g> .\n"), shapes)


@given(text=st.text())
def test_every_term_of_the_grammar_is_read_as_it_is(tmp_path_factory, text):
    """In the form in which the engine writes it: escapes, languages and datatypes included."""
    iri = ox.NamedNode("urn:x:" + quote(text))
    terms = (ox.Literal(text), ox.Literal(text, language="en-GB"), ox.Literal(text, datatype=iri))
    quads = [ox.Quad(iri, iri, term, iri) for term in (iri, *terms)]
    lines = tmp_path_factory.mktemp("terms") / "graph.nq"
    lines.write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS))
    found = b"".join(touching(lines, {str(iri).encode()}))
    assert found == b"".join(f"{quad.triple} .\n".encode() for quad in quads)


def test_every_rule_of_the_shapes_is_within_reach(shapes):
    """A path of three steps would make large graphs be validated whole, for hours."""
    assert Reach.of(shapes) is not None


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("x:p sh:path ( x:a x:b x:c ) .", id="three steps"),
        pytest.param("x:p sh:path ( x:a x:b ) ; sh:class x:C .", id="two steps and a class"),
        pytest.param("x:p sh:path ( x:a [ sh:inversePath x:b ] ) .", id="back at the second step"),
        pytest.param("x:p sh:path [ sh:zeroOrMorePath x:a ] .", id="no end"),
        pytest.param("x:p sh:path x:a ; sh:node x:S .", id="a shape for the value"),
        pytest.param(
            "x:p sh:path x:a ; sh:or ( x:q ) . x:q sh:path x:b .", id="a path from the value"
        ),
        pytest.param("x:S sh:target [ sh:select 'SELECT ?this {}' ] .", id="targets of its own"),
    ],
)
def test_shapes_that_look_further_have_no_reach(rule):
    """They are known as such, so that no shard is judged with too little in it."""
    assert Reach.of(turtle(rule)) is None


def test_the_reach_names_what_a_shard_must_hold():
    """A path there, a path back, a class, and all that a rule in SPARQL names."""
    reach = Reach.of(
        turtle(
            "x:o sh:declare [ sh:prefix 'x' ; sh:namespace 'urn:x:' ] . "
            "x:S a sh:NodeShape ; sh:targetSubjectsOf x:t ; sh:property x:p , x:q , x:r ; "
            "sh:sparql [ sh:prefixes x:o ; sh:select 'SELECT $this { $this x:s <urn:x:u> }' ] . "
            "x:p sh:path ( x:a x:b ) . x:q sh:path [ sh:inversePath x:c ] . "
            "x:r sh:path x:d ; sh:or ( [ sh:class x:C ] [ sh:class x:D ] ) ."
        )
    )
    assert reach is not None
    assert reach.incoming == {"urn:x:c", "urn:x:s", "urn:x:u"}
    assert reach.outwards == {"urn:x:a", "urn:x:d", "urn:x:s", "urn:x:u"}
    assert reach.extract == {"urn:x:b", "urn:x:s", "urn:x:u", TYPE[1:-1]}
    assert reach.subject_targets == {"urn:x:t": ("urn:x:S",)}


def test_the_shapes_are_for_the_fast_engine_too(shapes):
    """A pattern that looks ahead would always hold there; so it must not be in the shapes."""
    assert engine_for(shapes) == "shacl-rust"


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("x:p sh:path x:a ; sh:pattern '^(?!b)' .", id="looks ahead"),
        pytest.param(r"x:p sh:path x:a ; sh:pattern '(.)\\1' .", id="looks back"),
        pytest.param("[] sh:path x:a ; sh:minCount 1 .", id="has no name"),
    ],
)
def test_shapes_beyond_the_fast_engine_are_left_to_pyshacl(rule):
    """It would misread them without a word."""
    assert engine_for(turtle(rule)) == "pyshacl"


def test_without_the_fast_engine_the_log_says_how_to_get_it(shapes, monkeypatch, caplog):
    """Once, where somebody waits for it."""
    monkeypatch.setitem(sys.modules, "shacl_rust", None)  # as if it were not installed
    with caplog.at_level(logging.INFO, "fedkg"):
        assert engine_for(shapes) == "pyshacl"
    assert "pip install fedkg[fast]" in caplog.text
