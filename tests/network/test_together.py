"""Co-citation and coupling, one of which is the other backwards."""

import igraph
import pytest
from hypothesis import given

from fedkg import pairs
from fedkg.errors import NetworkError
from fedkg.network.together import co_citation, co_citation_pairs, coupling, coupling_pairs

from .graphs import GRAPHS, PAPERS, graph, named


def test_papers_are_cited_together():
    """By a all three, by b two of them."""
    found = graph("a>c a>d a>e b>c b>d")

    assert named(co_citation(found, 2)) == {"d": 2, "e": 1}
    assert co_citation(found, 0) == {}
    assert co_citation_pairs(found) == [(2, 3, 2), (2, 4, 1), (3, 4, 1)]


def test_papers_share_references():
    """As many as both cite."""
    found = graph("a>c a>d a>e b>c b>d")

    assert named(coupling(found, 0)) == {"b": 2}
    assert coupling_pairs(found) == [(0, 1, 2)]


@given(GRAPHS, PAPERS, PAPERS)
def test_co_citation_is_symmetric(found, one, other):
    """As often the one with the other as the other with the one."""
    if one != other:
        assert co_citation(found, one)[other] == co_citation(found, other)[one]


@given(GRAPHS, PAPERS)
def test_coupling_is_co_citation_backwards(found, paper):
    """And the other way round."""
    assert coupling(found, paper) == co_citation(found.reversed(), paper)
    assert co_citation(found, paper) == coupling(found.reversed(), paper)


@given(GRAPHS)
def test_both_are_those_of_igraph(found):
    """Of every paper with every other."""
    theirs = igraph.Graph(8, list(found.links()), directed=True)
    rows = zip(theirs.cocitation(), theirs.bibcoupling(), strict=True)
    for paper, (together, shared) in enumerate(rows):
        assert [co_citation(found, paper)[n] for n in range(8)] == together
        assert [coupling(found, paper)[n] for n in range(8)] == shared


@given(GRAPHS)
def test_pairs_are_those_of_each_paper(found):
    """Each once."""
    counted = {(one, other): number for one, other, number in co_citation_pairs(found)}

    assert counted == {
        (one, other): number
        for one in range(8)
        for other, number in co_citation(found, one).items()
        if one < other
    }


def test_too_many_pairs_are_one_sentence(monkeypatch):
    """Rather than a machine without memory."""
    monkeypatch.setattr(pairs, "MOST_LINKS", 2)

    with pytest.raises(NetworkError, match="choose fewer papers"):
        co_citation_pairs(graph("a>b a>c a>d"))
