"""The shortest way from paper to paper."""

from itertools import pairwise

import networkx as nx
from hypothesis import given

from fedkg.network.paths import shortest_connection, shortest_path

from .graphs import GRAPHS, PAPERS, graph, numbers


def test_the_shortest_of_several_is_found():
    """Of two as short, the one through smaller numbers."""
    found = graph("a>d a>c a>b b>e c>e d>e e>f")

    assert shortest_path(found, *numbers("af")) == numbers("abef")
    assert shortest_path(found, *numbers("aa")) == numbers("a")


def test_where_there_is_no_way_there_is_none():
    """A connection may go both ways."""
    found = graph("a>c b>c d>e")

    assert shortest_path(found, *numbers("ab")) == ()
    assert shortest_connection(found, *numbers("ab")) == numbers("acb")
    assert shortest_connection(found, *numbers("ad")) == ()


@given(GRAPHS, PAPERS, PAPERS)
def test_a_shortest_path_is_a_path_and_as_long_as_that_of_networkx(found, start, end):
    """Each paper cites the next."""
    theirs = nx.DiGraph(found.links())
    theirs.add_nodes_from(range(8))
    path = shortest_path(found, start, end)

    if nx.has_path(theirs, start, end):
        assert (path[0], path[-1]) == (start, end)
        assert all(cited in found.cites[citing] for citing, cited in pairwise(path))
        assert len(path) == nx.shortest_path_length(theirs, start, end) + 1
    else:
        assert path == ()


@given(GRAPHS, PAPERS, PAPERS)
def test_a_connection_is_as_long_from_both_ends(found, start, end):
    """Without direction."""
    there = shortest_connection(found, start, end)

    assert len(there) == len(shortest_connection(found, end, start))
    assert len(there) <= len(shortest_path(found, start, end)) or not shortest_path(
        found, start, end
    )
