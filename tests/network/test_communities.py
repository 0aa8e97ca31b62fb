"""Groups that cite each other, and what they are called."""

import igraph
import pytest
from hypothesis import given

from fedkg.network.communities import Label, communities, label
from fedkg.network.graph import CitationGraph

from .graphs import GRAPHS, graph, numbers

TWO = "a>b b>c a>c d>e e>f d>f g>f g>e a>d"


def test_two_groups_with_one_link_between_them_are_two():
    """The larger first."""
    assert communities(graph(TWO)) == [numbers("defg"), numbers("abc")]


@given(GRAPHS)
def test_the_same_graph_gives_the_same_groups(found):
    """Each paper that has a citation is in one of them."""
    groups = communities(found)

    assert communities(CitationGraph.of(8, list(found.links())[::-1])) == groups
    assert sorted(paper for group in groups for paper in group) == sorted(
        {end for link in found.links() for end in link}
    )
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)


def test_the_groups_are_as_good_as_those_of_igraph():
    """By modularity."""
    found = graph(TWO)
    theirs = igraph.Graph(7, list(found.links()))
    of = {paper: at for at, group in enumerate(communities(found)) for paper in group}
    best = theirs.community_multilevel().modularity

    assert theirs.modularity([of[n] for n in range(7)]) == pytest.approx(best)


def test_a_group_is_called_by_what_others_lack():
    """Not by what all have; only papers that state topics count."""
    topics = {0: ["FL", "LoRA"], 1: ["FL", "LoRA"], 2: ["FL"], 3: ["FL", "QA"], 4: ["FL"]}

    first, second, third = label([[0, 1, 2, 9], [3, 4], [5, 6]], topics)

    assert first == Label("LoRA", here=2, stating=3, elsewhere=0, others=2)
    assert second is None
    assert third is None
