"""How much a paper is cited: by number, and by who cites it."""

from collections.abc import Sequence

from fedkg.network.graph import CitationGraph

_DAMPING = 0.85
"""The chance to follow a reference: the value of Brin and Page, and of most since."""
_CLOSE = 1e-10
_MOST_ROUNDS = 200
"""0.85 to the 142nd is below 1e-10: no graph needs more."""


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
    """
    places = {paper: place for place, paper in enumerate(papers)}
    citing = [[places[one] for one in graph.cited_by[paper]] for paper in papers]
    outward = [graph.cites.number(paper) for paper in papers]
    ranks = [1 / len(papers)] * len(papers) if papers else []
    for _ in range(_MOST_ROUNDS):
        shares = [
            rank / number if number else 0.0 for rank, number in zip(ranks, outward, strict=True)
        ]
        stuck = sum(rank for rank, number in zip(ranks, outward, strict=True) if not number)
        anywhere = (1 - _DAMPING + _DAMPING * stuck) / max(len(papers), 1)
        share = shares.__getitem__
        before, ranks = ranks, [anywhere + _DAMPING * sum(map(share, ends)) for ends in citing]
        if sum(abs(one - other) for one, other in zip(before, ranks, strict=True)) < _CLOSE:
            break
    return ranks
