"""A citation graph as arrays of numbers: a million citations take some megabytes."""

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The neighbours of each paper, sorted, one after the other in `ends`.

    Those of paper n stand from `starts[n]` up to `starts[n + 1]`.
    """

    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, size: int, keys: Iterable[int]) -> Self:
        """Return the neighbours that sorted keys say: paper * size + neighbour."""
        starts, ends = array("q", [0]), array("q")
        for key in keys:
            paper, end = divmod(key, size)
            while len(starts) <= paper:
                starts.append(len(ends))
            ends.append(end)
        starts.extend([len(ends)] * (size + 1 - len(starts)))
        return cls(starts, ends)

    def __getitem__(self, paper: int) -> Sequence[int]:
        return self.ends[self.starts[paper] : self.starts[paper + 1]]

    def __iter__(self) -> Iterator[Sequence[int]]:
        return (self.ends[start:end] for start, end in pairwise(self.starts))

    def number(self, paper: int) -> int:
        """Return how many neighbours a paper has."""
        return self.starts[paper + 1] - self.starts[paper]


@dataclass(frozen=True, slots=True)
class CitationGraph:
    """Papers, numbered from 0 to `size`, and which cites which; none cites itself."""

    size: int
    cites: Neighbours
    cited_by: Neighbours

    @classmethod
    def of(cls, size: int, links: Iterable[tuple[int, int]]) -> Self:
        """Return the graph of links from the citing to the cited, in any order, each once."""
        keys = {citing * size + cited for citing, cited in links if citing != cited}
        cites = Neighbours.of(size, sorted(keys))
        back = sorted(key % size * size + key // size for key in keys)
        return cls(size, cites, Neighbours.of(size, back))

    def __len__(self) -> int:
        """Return the number of citations."""
        return len(self.cites.ends)

    def links(self) -> Iterator[tuple[int, int]]:
        """Yield each citation as (citing, cited), sorted."""
        for citing, cited in enumerate(self.cites):
            for one in cited:
                yield citing, one

    def oldest_first(self) -> Iterator[int]:
        """Yield papers after all that they cite; those in a circle, or behind one, are left out.

        Topological sorting: Kahn, "Topological sorting of large networks", CACM 5(11), 1962.
        """
        left = [self.cites.number(paper) for paper in range(self.size)]
        ready = [paper for paper in range(self.size) if not left[paper]]
        for paper in ready:  # grows while it is read
            yield paper
            for citing in self.cited_by[paper]:
                left[citing] -= 1
                if not left[citing]:
                    ready.append(citing)

    def reversed(self) -> Self:
        """Return the graph in which the cited cite."""
        return type(self)(self.size, self.cited_by, self.cites)

    def citing_from(self, papers: Collection[int]) -> Self:
        """Return the graph in which only some papers cite, whatever they cite."""
        if len(papers) == self.size:
            return self
        return self.of(self.size, (link for link in self.links() if link[0] in papers))

    def among(self, papers: Collection[int]) -> Self:
        """Return the graph of the citations between some papers."""
        if len(papers) == self.size:
            return self
        links = (link for link in self.links() if link[0] in papers and link[1] in papers)
        return self.of(self.size, links)
