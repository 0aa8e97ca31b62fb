"""The graph in the formats of RDF: what is written says what the store holds."""

import gzip
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from fedkg.cli import main
from fedkg.export.rdf import without_graph
from fedkg.export.statements import of_graph, whole
from fedkg.namespaces import PREFIXES
from fedkg.store.serialising import serialise

DATASETS = {"nquads": "nquads", "trig": "trig", "jsonld": "json-ld"}
GRAPHS = {"ntriples": "nt", "turtle": "turtle", "rdfxml": "xml"}
ENGINE = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "turtle": ox.RdfFormat.TURTLE,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
PAPER = "https://w3id.org/fedkg/paper/arxiv-2312.06353"


def run(folder: Path, *arguments: str):
    """Run the command on a graph directory."""
    return CliRunner().invoke(main, ["export", "--dir", str(folder), *arguments])


def exported(folder: Path, *arguments: str) -> bytes:
    """Return what the command prints."""
    result = run(folder, *arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout_bytes


@pytest.fixture(scope="module")
def quads(five_list_graph: Path) -> set[ox.Quad]:
    """What the build holds."""
    return set(ox.parse(path=five_list_graph / "current" / "graph.nq"))


def _triples_of(graph: Iterable[tuple[rdflib.term.Node, ...]]) -> set[tuple[str, ...]]:
    return {tuple(term.n3() for term in triple) for triple in graph}


@pytest.mark.parametrize("name", [*DATASETS, *GRAPHS])
def test_the_whole_graph_is_read_back_by_the_engine(name, five_list_graph, quads) -> None:
    """Formats that hold named graphs keep them all, the others are their union."""
    written = exported(five_list_graph, "--format", name)
    found = list(ox.parse(written, format=ENGINE[name]))
    wanted = quads if name in DATASETS else {ox.Quad(*quad.triple) for quad in quads}
    assert set(found) == wanted
    assert len(found) == len(wanted), "nothing is there twice"


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # it warns of itself
@pytest.mark.parametrize("name", [*DATASETS, *GRAPHS])
def test_one_graph_is_read_back_by_rdflib(name, five_list_graph, quads) -> None:
    """Another implementation reads the same triples."""
    written = exported(five_list_graph, "--format", name, "--graph", "graph/list/fm-fl")
    read = rdflib.Dataset(default_union=True)
    read.parse(data=written.decode(), format={**DATASETS, **GRAPHS}[name])
    graph = ox.NamedNode("https://w3id.org/fedkg/graph/list/fm-fl")
    lines = ox.serialize(
        (quad.triple for quad in quads if quad.graph_name == graph), format=ox.RdfFormat.N_TRIPLES
    )
    wanted = rdflib.Graph().parse(data=lines.decode(), format="nt")
    assert _triples_of(read.triples((None, None, None))) == _triples_of(wanted)


@pytest.mark.parametrize("name", ["papers", "graph/papers", "https://w3id.org/fedkg/graph/papers"])
def test_a_graph_is_named_by_iri_path_or_name(name, five_list_graph, quads) -> None:
    """As long as it is there."""
    found = exported(five_list_graph, "--format", "nquads", "--graph", name).splitlines()
    graph = ox.NamedNode("https://w3id.org/fedkg/graph/papers")
    assert len(found) == sum(quad.graph_name == graph for quad in quads)


def test_a_graph_that_is_not_there_is_answered_with_those_that_are(five_list_graph) -> None:
    """In one sentence."""
    result = run(five_list_graph, "--format", "turtle", "--graph", "people")
    assert result.exit_code == 2
    assert result.stderr.startswith("fedkg: There is no graph people: there are graph/aliases, ")
    assert "graph/papers" in result.stderr


def test_n_quads_are_the_file_of_the_build(five_list_graph, tmp_path) -> None:
    """Byte for byte; a file's name says how it is compressed."""
    target = tmp_path / "graph.nq.gz"
    exported(five_list_graph, "--format", "nquads", "-o", str(target))
    graph = (five_list_graph / "current" / "graph.nq").read_bytes()
    assert gzip.decompress(target.read_bytes()) == graph


def test_prefixes_are_those_of_the_project_and_json_ld_needs_no_context(five_list_graph) -> None:
    """None is fetched from elsewhere."""
    turtle = exported(five_list_graph, "--format", "turtle", "--graph", "papers").decode()
    assert all(f"@prefix {prefix}: <{iri}> ." in turtle for prefix, iri in PREFIXES.items())
    assert b'"@context":"' not in exported(five_list_graph, "--format", "jsonld")


def test_a_paper_is_described_as_its_page_describes_it(five_list_graph) -> None:
    """With what points to it, and the names of its neighbours; several together, once each."""
    one = exported(five_list_graph, "--format", "ntriples", "--paper", "FedKSeed")
    both = exported(
        *(five_list_graph, "--format", "ntriples"),
        *("--paper", "FedKSeed", "--paper", "arxiv:2404.11536", "--paper", PAPER),
    )
    assert f"<{PAPER}> <http://purl.org/dc/terms/title>".encode() in one
    assert f" <{PAPER}> .".encode() in one
    assert b'prefLabel> "ICML" .' in one
    assert set(one.splitlines()) < set(both.splitlines())
    assert both.splitlines() == sorted(set(both.splitlines()))


def test_a_query_gives_statements(five_list_graph, tmp_path) -> None:
    """A CONSTRUCT or a DESCRIBE; rows are none."""
    query = tmp_path / "one.rq"
    query.write_text(f"DESCRIBE <{PAPER}>")
    found = exported(five_list_graph, "--format", "turtle", "--query", str(query))
    assert set(ox.parse(found, format=ox.RdfFormat.TURTLE))
    query.write_text("SELECT ?paper WHERE { ?paper ?p ?o }")
    result = run(five_list_graph, "--format", "turtle", "--query", str(query))
    assert result.exit_code == 2
    assert "write a CONSTRUCT or DESCRIBE" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("--list", "fm-fl", "--graph", "papers"), ("--paper", "FedKSeed", "--graph", "papers")],
)
def test_one_choice_at_a_time(arguments, five_list_graph) -> None:
    """Else nobody knows what was meant."""
    result = run(five_list_graph, "--format", "turtle", *arguments)
    assert (result.exit_code, "in one way" in result.stderr) == (2, True)


def test_a_graph_is_for_formats_of_rdf(five_list_graph) -> None:
    """The others take papers."""
    result = run(five_list_graph, "--format", "csl-json", "--graph", "papers")
    assert (result.exit_code, "formats of RDF" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    "triple",
    [
        b"<a:s> <a:p> <a:o>",
        b'<a:s> <a:p> "words <a:g> with <b"',
        b'<a:s> <a:p> "1 <a:b>"^^<a:t>',
        b'<a:s> <a:p> "a \\" <b> ."@en-GB',
        b"_:a <a:p> _:b",
        b'<a:s> <a:p> ""',
    ],
)
def test_only_a_graph_is_taken_off_a_line(triple) -> None:
    """Whatever the literal holds."""
    assert without_graph(triple + b" <a:g> .\n") == triple + b" .\n"
    assert without_graph(triple + b" .\n") == triple + b" .\n"


def test_text_that_xml_cannot_hold_is_replaced_wherever_parts_are_cut() -> None:
    """U+FFFD says that something was there; a character is never cut in two."""
    lines = [f'<a:s{n}> <a:p> "{"é" * n}\x01\uffff>\\r" .\n'.encode() for n in range(3000)]
    written = b"".join(serialise(lines, "application/rdf+xml"))
    read = rdflib.Graph().parse(data=written, format="xml")
    assert {str(value) for value in read.objects()} == {
        f"{'é' * n}\ufffd\ufffd>\r" for n in range(3000)
    }


def test_parts_are_whole_lines_and_a_graph_is_found_among_others(tmp_path) -> None:
    """Also of a file that is larger than a part."""
    file = tmp_path / "graph.nq"
    line = b'<a:s> <a:p> "%07d" <a:g%d> .\n'
    file.write_bytes(b"".join(line % (n, n % 2) for n in range(60_000)))
    parts = list(whole(file))
    assert len(parts) > 1
    assert all(part.endswith(b"\n") for part in parts)
    assert b"".join(parts) == file.read_bytes()
    assert b"".join(of_graph(file, "a:g1")).count(b"\n") == 30_000


def test_what_fails_while_it_is_read_fails_the_whole() -> None:
    """An error crosses to whoever reads; one who stops reading ends the writing."""

    def broken():
        yield b"<a:s> <a:p> <a:o> .\n"
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(serialise(broken(), "text/turtle"))
    endless = (b"<a:s> <a:p> <a:o%d> .\n" % n for n in iter(int, 1))
    document = serialise(endless, "application/trig")
    assert next(document)
    document.close()


def test_memory_does_not_grow_with_the_graph(tmp_path) -> None:
    """Ten times the statements take no more of it."""
    program = (
        "import resource, sys; from pathlib import Path;"
        "from fedkg.export.statements import whole;"
        "from fedkg.store.serialising import serialise;"
        "size = sum(map(len, serialise(whole(Path(sys.argv[1])), 'text/turtle')));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = []
    for n in (30_000, 300_000):
        file = tmp_path / f"{n}.nq"
        with file.open("w") as lines:
            lines.writelines(f'<a:s{i:06}> <a:p> "{i:040}" <a:g> .\n' for i in range(n))
        done = subprocess.run(
            [sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True
        )
        peaks.append(int(done.stdout))
    assert peaks[1] < 1.3 * peaks[0]
