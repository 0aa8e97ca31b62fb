"""The graph itself: what cites what, in any order, each once."""

from hypothesis import given
from hypothesis import strategies as st

from fedkg.network.graph import CitationGraph

from .graphs import GRAPHS, LINKS, graph, numbers


@given(LINKS, st.randoms(use_true_random=False))
def test_the_order_of_links_says_nothing(links, chance):
    """Nor does it matter that one is there twice."""
    shuffled = links * 2
    chance.shuffle(shuffled)

    assert CitationGraph.of(8, shuffled) == CitationGraph.of(8, links)


@given(LINKS)
def test_links_are_those_that_were_given(links):
    """But for papers that cite themselves."""
    found = CitationGraph.of(8, links)

    assert list(found.links()) == sorted({link for link in links if link[0] != link[1]})
    assert len(found) == len(list(found.links()))
    for paper in range(8):
        assert list(found.cited_by[paper]) == [
            one for one, cited in found.links() if cited == paper
        ]
        assert found.cites.number(paper) == len(found.cites[paper])


@given(GRAPHS)
def test_reversed_twice_is_the_same(found):
    """And once, each link is the other way round."""
    assert found.reversed().reversed() == found
    assert sorted((cited, citing) for citing, cited in found.links()) == list(
        found.reversed().links()
    )


def test_some_papers_only():
    """Those that cite are chosen, or both ends are."""
    whole = graph("a>b a>c b>c c>d")

    assert list(whole.citing_from({0, 3}).links()) == [(0, 1), (0, 2)]
    assert list(whole.among({0, 2, 3}).links()) == [(0, 2), (2, 3)]
    assert whole.among(set(numbers("abcd"))) is whole


def test_no_papers_are_a_graph():
    """Without links."""
    assert list(CitationGraph.of(0, []).links()) == []
