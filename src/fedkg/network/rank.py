"""How much a paper is cited: by number, and by who cites it."""

import math
from collections.abc import Sequence

from fedkg.network.graph import CitationGraph

_DAMPING = 0.85
"""The chance to follow a reference: the value of Brin and Page, and of most since."""
_CLOSE = 1e-12
"""The share of all ranks that a last round may have changed."""


def in_degrees(graph: CitationGraph) -> Sequence[int]:
    """Return how many papers of the graph cite each paper.

    The indegree of a directed graph: the citation count within the collection (Garfield, "Citation
    indexes for science", Science 122, 1955).
    """
    return [graph.cited_by.number(paper) for paper in range(graph.size)]


def out_degrees(graph: CitationGraph) -> Sequence[int]:
    """Return how many papers of the graph each paper cites: 0 too where nobody read its list."""
    return [graph.cites.number(paper) for paper in range(graph.size)]


def pagerank(graph: CitationGraph, papers: Sequence[int]) -> Sequence[float]:
    """Return the PageRank of each of some papers, in their order; the ranks sum to 1.

    A reader goes from a paper to one of its references, each as likely as the others, with a chance
    of 0.85, and else to any paper; the rank is how often they are at it (Brin and Page, "The
    anatomy of a large-scale hypertextual Web search engine", Computer Networks 30, 1998). From a
    paper without known references they go to any. `papers` must hold all ends of citations.

    Since all go anywhere alike, a rank is 1 and 0.85 of what comes from those that cite the paper,
    divided by the sum of all. Those that cite it come first (Gauss and Seidel's method), so that
    one round is enough where there is no circle.
    """
    ranks, shares = [0.0] * graph.size, [0.0] * graph.size
    numbers = out_degrees(graph)
    order = _newest_first(graph, papers)
    change = math.inf
    while change > _CLOSE * sum(ranks):
        change = 0.0
        for paper in order:
            rank = 1 + _DAMPING * sum(map(shares.__getitem__, graph.cited_by[paper]))
            change += abs(rank - ranks[paper])
            ranks[paper] = rank
            shares[paper] = rank / max(numbers[paper], 1)
    total = sum(ranks)
    return [ranks[paper] / total for paper in papers]


def _newest_first(graph: CitationGraph, papers: Sequence[int]) -> Sequence[int]:
    """Return papers after all that cite them, those in circles and behind them at the end."""
    wanted = frozenset(papers)
    order = [paper for paper in graph.reversed().oldest_first() if paper in wanted]
    return [*order, *sorted(wanted.difference(order))]
