"""The main path: the chain of citations that most of a field's history runs through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fedkg.network.graph import CitationGraph

Link = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MainPath:
    """Papers from the oldest to the newest, each cited by the next.

    `weights` are the search path counts of the links between them; `left_out` is how many citations
    run in a circle, and were left out.
    """

    papers: Sequence[int]
    weights: Sequence[int]
    left_out: int


def main_path(graph: CitationGraph) -> MainPath:
    """Return the path of the greatest sum of search path counts; of several, always the same one.

    Main path analysis: Hummon and Doreian, "Connectivity in a citation network", Social Networks
    11(1), 1989. The weight of a citation is its search path count: on how many of all paths from a
    paper that cites none to one that is cited by none it lies (Batagelj, "Efficient algorithms for
    citation network analysis", arXiv:cs/0309023, 2003). The path is the global one (Liu and Lu,
    JASIST 63(3), 2012), which does not hang on where a search begins.

    Paths can be counted only without circles. Citations between papers that cite each other,
    directly or through others, are left out.
    """
    acyclic, left_out = without_circles(graph)
    counts = search_path_counts(acyclic)
    best: list[tuple[int, int]] = [(0, -1)] * graph.size
    for paper in acyclic.oldest_first():
        for citing in acyclic.cited_by[paper]:
            sum_ = best[paper][0] + counts[paper, citing]
            if sum_ > best[citing][0]:
                best[citing] = (sum_, paper)
    if not counts:
        return MainPath((), (), left_out)
    found = [max(range(graph.size), key=lambda paper: (best[paper][0], -paper))]
    while best[found[-1]][1] >= 0:
        found.append(best[found[-1]][1])
    papers = found[::-1]
    weights = [counts[link] for link in pairwise(papers)]
    return MainPath(papers, weights, left_out)


def search_path_counts(graph: CitationGraph) -> Mapping[Link, int]:
    """Return the search path count of each (cited, citing) of a graph without circles."""
    order = list(graph.oldest_first())
    below = _paths(graph.cites.__getitem__, order)
    above = _paths(graph.cited_by.__getitem__, order[::-1])
    return {(cited, citing): below[cited] * above[citing] for citing, cited in graph.links()}


def without_circles(graph: CitationGraph) -> tuple[CitationGraph, int]:
    """Return a graph without the citations that run in a circle, and how many these are.

    They lie inside the strongly connected components, which are searched for only among the papers
    that are left when all that cite none, or are cited by none, are taken away again and again.
    """
    core = set(range(graph.size)) - set(graph.oldest_first())
    core -= set(graph.among(core).reversed().oldest_first())
    if not core:
        return graph, 0
    import networkx as nx

    circling = nx.DiGraph(graph.among(core).links())
    components = enumerate(nx.strongly_connected_components(circling))
    component = {paper: number for number, papers in components for paper in papers}

    def circles(citing: int, cited: int) -> bool:
        return citing in component and component[citing] == component.get(cited)

    kept = [link for link in graph.links() if not circles(*link)]
    return CitationGraph.of(graph.size, kept), len(graph) - len(kept)


def _paths(neighbours: Callable[[int], Sequence[int]], order: Sequence[int]) -> Mapping[int, int]:
    """Return how many paths end at each paper; `order` has neighbours before it."""
    found: dict[int, int] = {}
    for paper in order:
        found[paper] = sum(found[one] for one in neighbours(paper)) or 1
    return found
