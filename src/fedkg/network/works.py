"""What many of some papers cite, and what cites many of them."""

from collections import Counter
from collections.abc import Collection, Iterable

from fedkg.network.graph import CitationGraph


def prior_works(graph: CitationGraph, chosen: Iterable[int]) -> Counter[int]:
    """Return how many of some papers cite each paper that any of them cites.

    What a field builds on: the "prior works" of Connected Papers (connectedpapers.com/about), and
    the citation counts of a reading list. For one paper, these are its references.
    """
    found: Counter[int] = Counter()
    for paper in chosen:
        found.update(graph.cites[paper])
    return found


def derivative_works(graph: CitationGraph, chosen: Iterable[int]) -> Counter[int]:
    """Return how many of some papers each paper cites that cites any of them.

    What came of a field, surveys first: the "derivative works" of Connected Papers.
    """
    return prior_works(graph.reversed(), chosen)


def missing_classics(graph: CitationGraph, listed: Collection[int]) -> Counter[int]:
    """Return how many listed papers cite each paper that is not listed.

    The prior works of the whole collection that no list has: what a maintainer may want to add.
    """
    found = prior_works(graph, listed)
    return Counter({paper: number for paper, number in found.items() if paper not in listed})
