"""What to read before and after, and what is on no list."""

from hypothesis import given
from hypothesis import strategies as st

from fedkg.network.works import derivative_works, missing_classics, prior_works

from .graphs import GRAPHS, PAPERS, graph, named


def test_prior_works_are_cited_by_many_of_some():
    """What others cite does not count."""
    found = graph("a>d b>d b>e c>e")

    assert named(prior_works(found, [0, 1])) == {"d": 2, "e": 1}


def test_derivative_works_cite_many_of_some():
    """A survey cites all."""
    found = graph("c>a d>a d>b d>c")

    assert named(derivative_works(found, [0, 1])) == {"c": 1, "d": 2}


@given(GRAPHS, st.sets(PAPERS))
def test_derivative_works_are_prior_works_backwards(found, chosen):
    """Of any papers."""
    assert derivative_works(found, chosen) == prior_works(found.reversed(), chosen)


@given(GRAPHS, PAPERS)
def test_the_prior_works_of_one_paper_are_its_references(found, paper):
    """Each once."""
    assert prior_works(found, [paper]) == dict.fromkeys(found.cites[paper], 1)


def test_missing_classics_are_cited_and_not_listed():
    """By listed papers: what others cite does not count."""
    found = graph("a>c b>c a>d a>b e>d")

    assert named(missing_classics(found, {0, 1})) == {"c": 2, "d": 1}
