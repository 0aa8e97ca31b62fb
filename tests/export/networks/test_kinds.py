"""Who is linked with whom, and how strongly."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from fedkg import pairs
from fedkg.cli import main
from fedkg.errors import NetworkError
from fedkg.export.networks.kinds import KINDS, network
from fedkg.export.source import Options

from ..small import Said, paper, small

PAPERS = (
    Said("One", 2023, ["Ann", "Bob", "Cyd"], ["GSM8K"], cites=[2, 3]),
    Said("Two", 2024, ["Bob", "Ann"], ["GSM8K", "SST-2"], cites=[2, 3, 0]),
    Said("Three", 2021, ["Dan"]),
    Said("Four"),
    Said("Five", 2025),
)


def of(kind: str, papers=PAPERS):
    return network(replace(small(papers), options=Options(network=kind)))


def links(kind: str) -> dict[tuple[str, str], int]:
    """Return the weights of a network by the labels of both ends."""
    found = of(kind)
    labels = {node.iri: node.label for node in found.nodes}
    return {(labels[one], labels[other]): weight for one, other, weight in found.edges}


def test_co_authors_are_linked_by_their_papers():
    """Someone who wrote alone is a node too: that nobody is beside them is known."""
    found = of("coauthors")

    assert links("coauthors") == {("Ann", "Bob"): 2, ("Ann", "Cyd"): 1, ("Bob", "Cyd"): 1}
    assert [(node.label, node.kind, node.papers, node.year) for node in found.nodes] == [
        ("Ann", "person", 2, 2023),
        ("Bob", "person", 2, 2023),
        ("Cyd", "person", 1, 2023),
        ("Dan", "person", 1, 2021),
    ]


def test_citations_lead_from_the_citing_to_the_cited():
    """A paper without any is no node: it need not be so in the world."""
    found = of("citations")

    assert found.directed
    assert links("citations") == {
        ("One", "Three"): 1,
        ("One", "Four"): 1,
        ("Two", "One"): 1,
        ("Two", "Three"): 1,
        ("Two", "Four"): 1,
    }
    assert {node.label: node.papers for node in found.nodes} == {
        "One": 1,
        "Two": 0,
        "Three": 2,
        "Four": 2,
    }


def test_papers_cited_together_are_linked_by_those_that_cite_both():
    """Co-citation."""
    assert links("co-citation") == {
        ("Three", "Four"): 2,
        ("One", "Three"): 1,
        ("One", "Four"): 1,
    }


def test_papers_that_cite_the_same_are_linked_by_how_much_that_is():
    """Bibliographic coupling."""
    assert links("coupling") == {("One", "Two"): 2}


def test_datasets_are_linked_with_the_papers_that_use_them():
    """Two kinds of nodes."""
    found = of("datasets")

    assert {frozenset(pair) for pair in links("datasets")} == {
        frozenset({"GSM8K", "One"}),
        frozenset({"GSM8K", "Two"}),
        frozenset({"SST-2", "Two"}),
    }
    assert [node.label for node in found.nodes if node.kind == "paper"] == ["One", "Two"]
    assert [node.papers for node in found.nodes if node.kind == "dataset"] == [2, 1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_network_says_of_how_many_papers_it_knows(kind, five_lists):
    """Absence is not zero."""
    found = network(replace(five_lists, options=Options(network=kind)))

    assert found.description.endswith("of 215 papers")
    assert found.nodes
    assert found.edges
    assert found.directed == (kind == "citations")
    ends = {end for one, other, _ in found.edges for end in (one, other)}
    assert ends <= {node.iri for node in found.nodes}


@pytest.mark.parametrize("kind", KINDS)
def test_no_papers_make_an_empty_network(kind):
    """Not an error."""
    found = of(kind, ())

    assert (found.nodes, found.edges) == ([], [])


def test_an_author_who_is_named_twice_is_no_co_author_of_themselves():
    """And the paper counts once."""
    assert of("coauthors", [Said("One", authors=["Ann", "Ann"])]).edges == []


@pytest.mark.parametrize("limit", ["MOST_LINKS", "MOST_PAIRS"])
def test_too_many_links_are_one_sentence(limit, monkeypatch):
    """Rather than a machine without memory."""
    monkeypatch.setattr(pairs, limit, 2)

    with pytest.raises(NetworkError, match=r"more links than fit .* choose fewer papers"):
        of("coauthors")


def test_only_chosen_papers_cite():
    """What they cite is there, whether it was chosen or not."""
    source = replace(small(PAPERS), papers=(paper(0),), options=Options(network="citations"))

    assert {edge[:2] for edge in network(source).edges} == {
        (paper(0), paper(2)),
        (paper(0), paper(3)),
    }


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["graphml", "--network", "friends"], "There is no network friends: there are coauthors,"),
        (["csv-papers", "--network", "datasets"], "--network says nothing to the format csv-pap"),
        (["graphml", "--safe"], "--safe says nothing to the format graphml: it is for csv-papers"),
    ],
)
def test_options_that_do_not_fit_are_refused(arguments, sentence, five_list_graph):
    """In one sentence."""
    asked = ["export", "--format", *arguments, "--dir", str(five_list_graph)]
    result = CliRunner().invoke(main, asked)

    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
