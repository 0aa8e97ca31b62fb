"""How much papers are cited, compared with networkx and igraph."""

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.network.graph import CitationGraph
from fedkg.network.rank import in_degrees, out_degrees, pagerank

from .graphs import GRAPHS, LINKS, graph


def test_degrees_are_counted():
    """Both ways."""
    found = graph("a>c b>c c>d")

    assert in_degrees(found) == [0, 0, 2, 1]
    assert out_degrees(found) == [1, 1, 1, 0]


@given(GRAPHS)
def test_degrees_are_those_of_networkx(found):
    """In any graph."""
    theirs = nx.DiGraph(found.links())

    assert in_degrees(found) == [theirs.in_degree[n] if n in theirs else 0 for n in range(8)]
    assert out_degrees(found) == [theirs.out_degree[n] if n in theirs else 0 for n in range(8)]


def test_two_papers_have_the_rank_that_one_can_write_down():
    """They solve x = (1 - d + d y) / 2 and y = x + d x, where y cites nothing and x + y = 1."""
    first, second = pagerank(graph("a>b"), [0, 1])

    assert first == pytest.approx(1 / 2.85)
    assert second == pytest.approx(1.85 / 2.85)


@given(GRAPHS)
def test_ranks_sum_to_one_and_are_those_of_igraph(found):
    """To eight digits."""
    ranks = pagerank(found, range(8))
    theirs = igraph.Graph(8, list(found.links()), directed=True).pagerank(damping=0.85)

    assert sum(ranks) == pytest.approx(1)
    assert ranks == pytest.approx(theirs, abs=1e-8)


@given(LINKS, st.randoms(use_true_random=False))
def test_ranks_do_not_hang_on_the_order_of_links(links, chance):
    """To the last bit."""
    shuffled = list(links)
    chance.shuffle(shuffled)
    one, other = CitationGraph.of(8, links), CitationGraph.of(8, shuffled)

    assert pagerank(one, range(8)) == pagerank(other, range(8))


def test_only_the_papers_at_hand_share_the_rank():
    """Whatever their numbers in the graph."""
    found = graph("b>d")

    assert pagerank(found, [1, 3]) == pagerank(graph("a>b"), [0, 1])
    assert pagerank(CitationGraph.of(0, []), []) == []
