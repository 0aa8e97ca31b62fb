"""Where triples are gathered into lines: one builder a named graph."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fedkg.graph.terms import curie, iri

_TYPE = curie("rdf:type")


@dataclass
class GraphBuilder:
    """The triples of one named graph, as N-Quads lines in the order they come.

    `base` is the IRI that all things live under; `name` is the graph's path below it
    ("graph/papers"). The same triple added twice stays one.
    """

    base: str
    name: str
    _lines: dict[str, None] = field(default_factory=dict)
    _graph: str = field(init=False)

    def __post_init__(self) -> None:
        """Make the term of the graph once, not for each line."""
        self._graph = iri(self.base + self.name)

    def thing(self, path: str) -> str:
        """Return the IRI of a thing: `paper/arxiv-2312.06353`."""
        return iri(self.base + path)

    def add(self, subject: str, predicate: str, value: str | None) -> None:
        """Add a triple of terms; the predicate is a prefixed name. None adds nothing."""
        if value is not None:
            line = f"{subject} {curie(predicate)} {value} {self._graph} .\n"
            self._lines[line] = None

    def add_all(self, subject: str, predicate: str, values: Iterable[str]) -> None:
        """Add one triple for each value."""
        for value in values:
            self.add(subject, predicate, value)

    def describe(self, subject: str, *classes: str) -> None:
        """Say which classes (prefixed names) a thing is of."""
        for name in classes:
            self.add(subject, "rdf:type", curie(name))

    def lines(self) -> Iterator[str]:
        """Yield the N-Quads lines."""
        return iter(self._lines)
