"""How two papers are linked by citations."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from fedkg.network.graph import CitationGraph


def shortest_path(graph: CitationGraph, start: int, end: int) -> Sequence[int]:
    """Return a shortest chain of papers, each citing the next; empty where there is none.

    Found breadth first (Moore, "The shortest path through a maze", 1959). Of several, it is the one
    through the papers of the smallest numbers.
    """
    return _breadth_first(graph.cites.__getitem__, start, end)


def shortest_connection(graph: CitationGraph, start: int, end: int) -> Sequence[int]:
    """Return a shortest chain of papers, each citing the next or cited by it; empty without one."""

    def neighbours(paper: int) -> Iterable[int]:
        return chain(graph.cites[paper], graph.cited_by[paper])

    return _breadth_first(neighbours, start, end)


def _breadth_first(
    neighbours: Callable[[int], Iterable[int]], start: int, end: int
) -> Sequence[int]:
    before = {start: start}
    waiting = deque([start])
    while waiting and end not in before:
        paper = waiting.popleft()
        for other in neighbours(paper):
            if other not in before:
                before[other] = paper
                waiting.append(other)
    if end not in before:
        return ()
    found = [end]
    while found[-1] != start:
        found.append(before[found[-1]])
    return found[::-1]
