"""The path that most of a history runs through."""

from collections import Counter
from itertools import pairwise

import networkx as nx
from hypothesis import given

from fedkg.network.main_path import main_path, search_path_counts, without_circles

from .graphs import ACYCLIC, GRAPHS, graph, numbers


def test_the_main_path_is_the_one_that_one_counts_by_hand():
    """Of the four paths from a or b to e or f, all lead over d>c, cited before citing."""
    found = graph("c>a c>b d>c e>d f>d")
    path = main_path(found)

    assert search_path_counts(found) == {(0, 2): 2, (1, 2): 2, (2, 3): 4, (3, 4): 2, (3, 5): 2}
    assert path.papers == numbers("acde")
    assert path.weights == [2, 4, 2]
    assert path.left_out == 0


def every_path(found):
    """Return all paths from a paper that cites none to one that is cited by none."""

    def on_from(path):
        citing = found.cited_by[path[-1]]
        if not citing:
            yield path
        for one in citing:
            yield from on_from([*path, one])

    for paper in range(found.size):
        if not found.cites[paper] and found.cited_by[paper]:
            yield from on_from([paper])


@given(ACYCLIC)
def test_counts_are_those_of_all_paths(found):
    """Walked one by one."""
    walked = Counter(link for path in every_path(found) for link in pairwise(path))

    assert search_path_counts(found) == walked


@given(ACYCLIC)
def test_the_main_path_is_the_heaviest_of_all(found):
    """From the beginning to the end."""
    counts = search_path_counts(found)
    path = main_path(found)
    sums = {tuple(one): sum(counts[link] for link in pairwise(one)) for one in every_path(found)}

    assert sum(path.weights) == max(sums.values(), default=0)
    assert not sums or tuple(path.papers) in sums


@given(GRAPHS)
def test_the_main_path_is_a_path_in_any_graph(found):
    """Each paper is cited by the next, and none is on it twice."""
    path = main_path(found)

    assert all(cited in found.cites[citing] for cited, citing in pairwise(path.papers))
    assert len(set(path.papers)) == len(path.papers)
    assert len(path.weights) == max(len(path.papers) - 1, 0)


@given(GRAPHS)
def test_without_circles_there_are_none_and_nothing_else_is_lost(found):
    """Compared with the strongly connected components of the whole."""
    whole = nx.DiGraph(found.links())
    component = {
        n: at for at, some in enumerate(nx.strongly_connected_components(whole)) for n in some
    }

    acyclic, left_out = without_circles(found)

    assert nx.is_directed_acyclic_graph(nx.DiGraph(acyclic.links()))
    assert list(acyclic.links()) == [
        (a, b) for a, b in found.links() if component[a] != component[b]
    ]
    assert left_out == len(found) - len(acyclic)


def test_papers_that_cite_each_other_are_no_step():
    """The citations between them are left out, and counted."""
    path = main_path(graph("a>b b>a c>a"))

    assert path.papers == numbers("ac")
    assert path.left_out == 2


def test_without_citations_there_is_no_path():
    """Not even of one paper."""
    assert main_path(graph("a>b b>a")).papers == ()
    assert main_path(graph("")).papers == ()
