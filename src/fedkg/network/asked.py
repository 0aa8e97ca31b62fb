"""What is asked of a network: which papers count, which one it is about, and how many rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fedkg.network.answer import Cell, Known, Row
from fedkg.network.graph import CitationGraph
from fedkg.network.reading import Network, Paper

Techniques = Callable[[], Mapping[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A network with the places of the papers that were `chosen` in it, and those it is `about`.

    `top` rows are wanted at most. `techniques` reads what papers are about, when a measure names
    groups of them.
    """

    network: Network
    chosen: frozenset[int]
    about: Sequence[int] = ()
    top: int | None = None
    techniques: Techniques = field(default=dict)

    @property
    def papers(self) -> Sequence[Paper]:
        """All papers of the network, chosen or not."""
        return self.network.papers

    def among(self) -> CitationGraph:
        """Return the citations between chosen papers."""
        return self.network.graph.among(self.chosen)

    def known(self, papers: Iterable[int] | None = None) -> Known:
        """Return how much is known of what some papers cite: by default, of the chosen ones."""
        places = self.chosen if papers is None else papers
        return Known.of(self.papers[paper] for paper in places)

    def row(self, paper: int, **more: Cell) -> Row:
        """Return what every row says of a paper, and more."""
        one = self.papers[paper]
        return {"paper": one.iri, "title": one.title, "year": one.year, **more}

    def name(self, paper: int) -> str:
        """Return the title of a paper in quotation marks."""
        return f"“{self.papers[paper].title}”"

    def first(self, counts: Mapping[int, float], *next_: Mapping[int, float]) -> Sequence[int]:
        """Return the papers of the greatest counts, as many as are wanted.

        Of equal ones, those that are greater in the counts that come next, then the older ones
        (no year before any), then by title: the order of the example queries.
        """

        def order(paper: int) -> tuple[list[float], int, str, str]:
            one = self.papers[paper]
            numbers = [-found.get(paper, 0) for found in (counts, *next_)]
            return numbers, one.year or 0, one.title, one.iri

        return sorted(counts, key=order)[: self.top]
