"""Networks as files: other programs read the same nodes, edges, weights and direction."""

import io
import json
from dataclasses import replace

import igraph
import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from fedkg.cli import main
from fedkg.export.formats import FORMATS
from fedkg.export.networks.kinds import KINDS, network
from fedkg.export.networks.model import plain, words
from fedkg.export.source import Options

from ..small import HOSTILE, Said, small

FILES = ("graphml", "gexf", "cytoscape", "vosviewer")
_ADDED = {"id", "name", "value"}
"""What Cytoscape has of each node beside its attributes."""


def chosen(source, kind):
    return replace(source, options=Options(network=kind))


def written(source, format_) -> bytes:
    return b"".join(FORMATS[format_].write(source))


def by_networkx(format_, content):
    """Return the nodes (by IRI) and the edges that networkx reads."""
    if format_ == "cytoscape":
        graph = nx.cytoscape_graph(json.loads(content), name="label")
    else:
        read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[format_]
        graph = read(io.BytesIO(content))
    iris = nx.get_node_attributes(graph, "iri")
    nodes = {
        iris[one]: {key: value for key, value in stated.items() if key not in _ADDED}
        for one, stated in graph.nodes(data=True)
    }
    edges = [(iris[one], iris[other], weight) for one, other, weight in graph.edges(data="weight")]
    return graph.is_directed(), nodes, edges


def sorted_edges(edges, directed):
    """Return edges so that two lists of them compare."""
    if directed:
        return sorted(edges)
    return sorted((min(one, other), max(one, other), weight) for one, other, weight in edges)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format_", ["graphml", "gexf", "cytoscape"])
def test_networkx_reads_the_same(format_, kind, five_lists):
    """Nodes with their attributes, edges with their weights, direction."""
    source = chosen(five_lists, kind)
    found = network(source)

    directed, nodes, edges = by_networkx(format_, written(source, format_))

    assert directed == found.directed
    assert nodes == {node.iri: node.attributes() for node in found.nodes}
    assert sorted_edges(edges, directed) == sorted(found.edges)


@pytest.mark.parametrize("kind", KINDS)
def test_igraph_reads_the_same(kind, five_lists, tmp_path):
    """From GraphML, by another library than the one that wrote it."""
    source = chosen(five_lists, kind)
    found = network(source)
    (tmp_path / "network.graphml").write_bytes(written(source, "graphml"))

    graph = igraph.Graph.Read_GraphML(str(tmp_path / "network.graphml"))

    iris = graph.vs["iri"]
    edges = [(iris[edge.source], iris[edge.target], edge["weight"]) for edge in graph.es]
    assert graph.is_directed() == found.directed
    assert dict(zip(iris, graph.vs["label"], strict=True)) == {
        node.iri: node.attributes()["label"] for node in found.nodes
    }
    assert sorted_edges(edges, found.directed) == sorted(found.edges)


@pytest.mark.parametrize("kind", KINDS)
def test_vosviewer_gets_each_link_once(kind, five_lists):
    """Items with numbers as ids, links without direction, no weight that nothing states."""
    source = chosen(five_lists, kind)
    found = network(source)

    content = json.loads(written(source, "vosviewer"))

    items = {item["id"]: item for item in content["network"]["items"]}
    links = [(one["source_id"], one["target_id"]) for one in content["network"]["links"]]
    assert [item["url"] for item in items.values()] == [node.iri for node in found.nodes]
    assert len({frozenset(link) for link in links}) == len(links) == len(found.edges)
    assert sum(one["strength"] for one in content["network"]["links"]) == sum(
        weight for *_, weight in found.edges
    )
    assert {end for link in links for end in link} <= items.keys()
    assert content["info"] == {"title": found.title, "description": found.description}


def test_two_papers_that_cite_each_other_are_one_link_for_vosviewer():
    """A paper that cites itself has none."""
    source = chosen(small([Said("One", cites=[0, 1]), Said("Two", cites=[0])]), "citations")
    content = json.loads(written(source, "vosviewer"))

    assert content["network"]["links"] == [{"source_id": 1, "target_id": 2, "strength": 2}]


@pytest.mark.parametrize("format_", FILES)
def test_hostile_words_are_written_and_read(format_):
    """Control characters are gone, line ends are blanks, all else is as it was."""
    papers = [Said(text, 2024, [text], [text]) for text in HOSTILE]
    content = written(chosen(small(papers), "datasets"), format_)

    if format_ in {"graphml", "gexf"}:
        etree.fromstring(content)
    if format_ == "vosviewer":
        labels = {item["label"] for item in json.loads(content)["network"]["items"]}
    else:
        _, nodes, _ = by_networkx(format_, content)
        labels = {stated["label"] for stated in nodes.values()}
    assert {words(text) for text in HOSTILE if text.strip()} <= labels
    assert "controls end" not in labels
    assert len([label for label in labels if label.startswith("https://")]) == 2  # of " "


@given(st.text())
def test_any_words_are_legal_in_xml(text):
    """Cleaning them twice changes nothing more."""
    found = words(text)
    element = etree.Element("label")
    element.text = found

    assert (etree.fromstring(etree.tostring(element)).text or "") == found
    assert words(found) == found


def test_lists_are_joined_and_what_is_empty_is_left_out():
    """The writers of networkx fail on both."""
    assert plain({"a": ("x", "y\x00"), "b": None, "c": 0, "d": (), "e": ""}) == {
        "a": "x; y",
        "c": 0,
    }


@pytest.mark.parametrize("format_", FILES)
def test_the_same_graph_gives_the_same_bytes(format_, five_lists):
    """Without a clock."""
    assert written(five_lists, format_) == written(five_lists, format_)
    assert b"lastmodifieddate" not in written(five_lists, format_)


@pytest.mark.parametrize("format_", FILES)
def test_no_papers_make_a_file_that_can_be_read(format_):
    """With no nodes."""
    content = written(small([]), format_)

    if format_ == "vosviewer":
        assert json.loads(content)["network"] == {"items": [], "links": []}
    else:
        assert by_networkx(format_, content) == (False, {}, [])


def test_the_command_writes_a_network(five_list_graph, tmp_path):
    """Of the papers of one list, of the kind that was asked for."""
    asked = ["export", "--format", "graphml", "--network", "datasets", "--list", "fm-fl"]
    target = tmp_path / "datasets.graphml"
    result = CliRunner().invoke(main, [*asked, "--dir", str(five_list_graph), "-o", str(target)])

    assert result.exit_code == 0, result.stderr
    assert "dataset" in {kind for _, kind in nx.read_graphml(target).nodes(data="kind")}
