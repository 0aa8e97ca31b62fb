"""Papers that belong together: cited by the same papers, or citing the same."""

from collections import Counter

from fedkg.network.graph import CitationGraph
from fedkg.pairs import counted_pairs


def co_citation(graph: CitationGraph, paper: int) -> Counter[int]:
    """Return how many papers cite both a paper and each other one: those that any does.

    Co-citation: Small, "Co-citation in the scientific literature", Journal of the American Society
    for Information Science 24(4), 1973.
    """
    found: Counter[int] = Counter()
    for citing in graph.cited_by[paper]:
        found.update(graph.cites[citing])
    found.pop(paper, None)
    return found


def coupling(graph: CitationGraph, paper: int) -> Counter[int]:
    """Return how many references a paper and each other one have in common, where any.

    Bibliographic coupling: Kessler, "Bibliographic coupling between scientific papers", American
    Documentation 14(1), 1963. It is the co-citation of the reversed graph.
    """
    return co_citation(graph.reversed(), paper)


def co_citation_pairs(graph: CitationGraph) -> list[tuple[int, int, int]]:
    """Return the co-citation of every two papers that any cites, sorted.

    Raises NetworkError for more than memory holds.
    """
    return counted_pairs(list(cited) for cited in graph.cites)


def coupling_pairs(graph: CitationGraph) -> list[tuple[int, int, int]]:
    """Return the coupling of every two papers that have any, sorted. Raises NetworkError."""
    return co_citation_pairs(graph.reversed())
