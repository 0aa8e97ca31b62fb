"""Tests for the engine: answers, formats, datasets, refusals, files."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from fedkg.errors import GraphDirectoryError, InputError, QueryError
from fedkg.model import Term
from fedkg.store.builds import Build, GraphDirectory, build_id_of
from fedkg.store.engine import Engine, load_files, open_build, open_current
from fedkg.store.indexing import index

CASES = Path(__file__).parent.parent / "cases"
GRAPH = CASES / "five-papers.trig"
PAPERS = "https://w3id.org/fedkg/graph/papers"
TECHNIQUES = "https://w3id.org/fedkg/graph/techniques"
SELECT_GSM8K = """
PREFIX fkg: <https://w3id.org/fedkg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?dataset ?label ?none { ?dataset a fkg:Dataset ; skos:prefLabel ?label .
  FILTER (?label = "GSM8K") }
"""
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_files([GRAPH])


def count(engine: Engine, query: str = COUNT, **datasets: list[str]) -> int:
    """Return the one number of a query's answer."""
    answer = json.loads(engine.answer(query, "application/sparql-results+json", **datasets))
    (row,) = answer["results"]["bindings"]
    return int(row["n"]["value"])


def quads_of(*paths: Path) -> set[str]:
    """Return the statements of RDF files as N-Quads lines."""
    return {str(quad) for path in paths for quad in ox.parse(path=path)}


def test_rows_hold_terms_and_none_where_unbound(engine: Engine) -> None:
    """IRIs, literals with their datatype, and unbound variables."""
    rows = engine.select(SELECT_GSM8K)
    assert rows.variables == ("dataset", "label", "none")
    assert rows.rows == (
        (
            Term("https://w3id.org/fedkg/dataset/gsm8k", "iri"),
            Term("GSM8K", "literal", "http://www.w3.org/2001/XMLSchema#string"),
            None,
        ),
    )


def test_languages_and_blank_nodes_are_kept(tmp_path: Path) -> None:
    """A language tag and a blank node arrive as such."""
    path = tmp_path / "x.ttl"
    path.write_text('[] <http://a/p> "Wort"@de .')
    (((subject, value)),) = load_files([path]).select("SELECT ?s ?o { ?s ?p ?o }").rows
    assert subject is not None
    assert subject.kind == "blank"
    assert value is not None
    assert (value.value, value.language) == ("Wort", "de")


def test_only_a_select_has_rows(engine: Engine) -> None:
    """ASK and CONSTRUCT are for `answer`."""
    with pytest.raises(QueryError, match="not a SELECT"):
        engine.select("ASK { ?s ?p ?o }")


def test_json_results_read_back(engine: Engine) -> None:
    """SPARQL 1.1 Query Results JSON Format."""
    answer = json.loads(engine.answer(SELECT_GSM8K, "application/sparql-results+json"))
    assert answer["head"]["vars"] == ["dataset", "label", "none"]
    assert answer["results"]["bindings"][0]["label"] == {"type": "literal", "value": "GSM8K"}


def test_xml_results_read_back(engine: Engine) -> None:
    """SPARQL Query Results XML Format."""
    root = ElementTree.fromstring(engine.answer(SELECT_GSM8K, "application/sparql-results+xml"))
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert [literal.text for literal in root.iter(f"{space}literal")] == ["GSM8K"]


def test_csv_and_tsv_results_read_back(engine: Engine) -> None:
    """SPARQL 1.1 Query Results CSV and TSV Formats."""
    rows = list(csv.reader(io.StringIO(engine.answer(SELECT_GSM8K, "text/csv").decode())))
    assert rows == [
        ["dataset", "label", "none"],
        ["https://w3id.org/fedkg/dataset/gsm8k", "GSM8K", ""],
    ]
    tsv = engine.answer(SELECT_GSM8K, "text/tab-separated-values").decode()
    header, row = tsv.splitlines()
    assert header == "?dataset\t?label\t?none"
    assert row == '<https://w3id.org/fedkg/dataset/gsm8k>\t"GSM8K"\t'


def test_ask_is_answered_in_json_and_xml(engine: Engine) -> None:
    """A boolean, in both of the formats that SPARQL gives it."""
    ask = "ASK { ?s ?p 'GSM8K' }"
    assert json.loads(engine.answer(ask, "application/sparql-results+json"))["boolean"] is True
    assert b"<boolean>true</boolean>" in engine.answer(ask, "application/sparql-results+xml")


@pytest.mark.parametrize(
    ("media_type", "rdf_format"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_a_graph_reads_back_in_every_format(
    engine: Engine, media_type: str, rdf_format: ox.RdfFormat
) -> None:
    """CONSTRUCT and DESCRIBE give the same triples whatever the syntax."""
    expected = {str(quad.triple) for quad in ox.parse(path=GRAPH)}
    answer = engine.answer("CONSTRUCT WHERE { ?s ?p ?o }", media_type)
    assert {str(quad.triple) for quad in ox.parse(answer, rdf_format)} == expected
    described = engine.answer("DESCRIBE <https://w3id.org/fedkg/dataset/gsm8k>", media_type)
    assert "GSM8K" in described.decode()


def test_turtle_uses_the_prefixes_of_the_vocabulary(engine: Engine) -> None:
    """Readable Turtle, not full IRIs."""
    answer = engine.answer("DESCRIBE <https://w3id.org/fedkg/dataset/gsm8k>", "text/turtle")
    assert b'skos:prefLabel "GSM8K"' in answer


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "ASK {}"])
def test_rows_have_no_turtle_and_graphs_no_csv(engine: Engine, query: str) -> None:
    """A format that does not fit the query's form is a sentence, not an empty answer."""
    with pytest.raises(QueryError, match="cannot be written as text/turtle"):
        engine.answer(query, "text/turtle")
    with pytest.raises(QueryError, match="cannot be written as text/csv"):
        engine.answer("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv")


def test_the_default_graph_is_the_union_of_all(engine: Engine) -> None:
    """Without a dataset, every statement of every graph is seen."""
    assert count(engine) == len(engine) == len(quads_of(GRAPH))


def test_the_dataset_of_a_query_is_honoured(engine: Engine) -> None:
    """FROM names the default graph; FROM NAMED alone leaves it empty."""
    from_papers = f"SELECT (COUNT(*) AS ?n) FROM <{PAPERS}> {{ ?s ?p ?o }}"
    named_only = f"SELECT (COUNT(*) AS ?n) FROM NAMED <{PAPERS}> {{ ?s ?p ?o }}"
    assert 0 < count(engine, from_papers) < count(engine)
    assert count(engine, named_only) == 0


def test_the_dataset_of_the_protocol_wins_over_the_query(engine: Engine) -> None:
    """SPARQL 1.1 Protocol, section 2.1.4."""
    from_papers = f"SELECT (COUNT(*) AS ?n) FROM <{PAPERS}> {{ ?s ?p ?o }}"
    in_techniques = count(engine, from_papers, default_graphs=[TECHNIQUES])
    assert in_techniques == count(engine, default_graphs=[TECHNIQUES]) == 10
    graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(engine, graphs) == 6
    assert count(engine, graphs, named_graphs=[PAPERS]) == 1
    assert count(engine, named_graphs=[PAPERS]) == 0


def test_a_graph_name_that_is_no_iri_is_refused(engine: Engine) -> None:
    """A relative name in the protocol's dataset is a sentence."""
    with pytest.raises(QueryError, match="not an absolute IRI"):
        engine.answer(COUNT, "text/csv", default_graphs=["papers"])


def test_a_syntax_error_keeps_the_parsers_words_and_place(engine: Engine) -> None:
    """`detail` holds all of them, the sentence at least their beginning."""
    with pytest.raises(QueryError, match="error at 2:") as caught:
        engine.select("SELECT * {\n ?s ?p }")
    assert caught.value.detail.startswith("error at 2:")


def test_a_missing_prefix_is_offered(engine: Engine) -> None:
    """The engine blames the word after it; we name the line that is missing."""
    with pytest.raises(QueryError, match=r"PREFIX fkg: <https://w3id.org/fedkg/ontology#>"):
        engine.select("SELECT * { ?s fkg:year ?o }")


def test_prose_is_no_query(engine: Engine) -> None:
    """A question in words is told what a query starts with."""
    with pytest.raises(QueryError, match="start it with SELECT"):
        engine.select("Which papers use LoRA?")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <http://a/s> <http://a/p> 1 }",
    ],
)
def test_nothing_is_fetched_and_nothing_is_written(engine: Engine, query: str) -> None:
    """SERVICE, LOAD and updates are refused before the engine sees them."""
    before = len(engine)
    with pytest.raises(QueryError, match="refused"):
        engine.answer(query, "application/sparql-results+json")
    assert len(engine) == before


def test_files_of_several_syntaxes_are_loaded_together(tmp_path: Path) -> None:
    """The extension names the syntax; triples go to the default graph, quads to their own."""
    (tmp_path / "a.ttl").write_text("<#me> <http://a/p> 1 .")
    (tmp_path / "b.nt").write_text("<http://a/s> <http://a/p> <http://a/o> .\n")
    (tmp_path / "c.NQ").write_text("<http://a/s> <http://a/p> <http://a/o> <http://a/g> .\n")
    (tmp_path / "d.jsonld").write_text('{"@id": "http://a/d", "http://a/p": 1}')
    (tmp_path / "e.rdf").write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a/">'
        '<rdf:Description rdf:about="http://a/e"><a:p>1</a:p></rdf:Description></rdf:RDF>'
    )
    engine = load_files(sorted(tmp_path.iterdir()))
    assert len(engine) == count(engine) == 5


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("list.md", "# Papers", "no known RDF extension"),
        ("bad.ttl", "<http://a/s> <http://a/p>\n oops .", "line 2"),
        ("remote.jsonld", '{"@context": "http://127.0.0.1:9/"}', "is not valid RDF"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_one_sentence(
    tmp_path: Path, name: str, text: str, sentence: str
) -> None:
    """It names the file; a remote JSON-LD context is never fetched."""
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InputError, match=sentence) as caught:
        load_files([path])
    assert str(path) in str(caught.value)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    """A path that is not there cannot be read."""
    with pytest.raises(InputError, match="cannot be read"):
        load_files([tmp_path / "none.ttl"])


def make_build(folder: Path) -> Build:
    """Write the fixture as sorted N-Quads, as a build holds it."""
    folder.mkdir()
    lines = sorted(f"{quad} .\n" for quad in ox.parse(path=GRAPH))
    (folder / "graph.nq").write_text("".join(lines))
    return Build("0" * 64, folder, {})


def test_a_small_build_is_held_in_memory(tmp_path: Path) -> None:
    """Without an index, the N-Quads are loaded."""
    assert len(open_build(make_build(tmp_path / "b"))) == len(quads_of(GRAPH))


def test_a_build_with_an_index_is_opened_from_it(tmp_path: Path) -> None:
    """A large graph is served from the engine's files, which reading leaves as they are."""
    build = make_build(tmp_path / "b")
    with build.graph.open("rb") as lines:
        assert index([lines], build.index) == len(quads_of(GRAPH))
    build.graph.unlink()
    engine = open_build(build)
    assert count(engine) == len(quads_of(GRAPH))


def test_a_damaged_build_is_one_sentence(tmp_path: Path) -> None:
    """It says what to run."""
    build = make_build(tmp_path / "b")
    build.graph.write_text("no quads")
    with pytest.raises(GraphDirectoryError, match="run fedkg build"):
        open_build(build)


def test_the_current_build_is_opened_with_its_id(tmp_path: Path) -> None:
    """What `fedkg serve` does first; an empty directory says what to run."""
    directory = GraphDirectory(tmp_path / "g")
    with pytest.raises(GraphDirectoryError, match="no graph yet: run fedkg build"):
        open_current(directory)
    with directory.staging() as room:
        (room / "graph.nq").write_bytes(make_build(tmp_path / "b").graph.read_bytes())
        published = directory.publish(room, build_id_of(room / "graph.nq"))
    build, engine = open_current(directory)
    assert build.id == published.id
    assert len(engine) == len(quads_of(GRAPH))


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "application/rdf+xml"),
        ("SELECT ?o { ?s ?p ?o }", "application/sparql-results+xml"),
    ],
)
def test_xml_holds_nothing_that_xml_forbids(query, media_type):
    """A control character, which no list should hold but some do, makes no document unreadable."""
    store = ox.Store()
    text = ox.Literal("a\x07b\ufffec\r\nd\te <&>")
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p#p"), text))

    document = ElementTree.fromstring(Engine(store).answer(query, media_type))

    assert "a\ufffdb\ufffdc\r\nd\te <&>" in "".join(document.itertext())
