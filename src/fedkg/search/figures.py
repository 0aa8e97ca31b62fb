"""What a graph holds in a few figures, each with the number of papers that it rests on."""

from dataclasses import dataclass

from fedkg.search.catalogue import Catalogue, ListFigures

_NOUNS = {
    "person": "people",
    "venue": "venues",
    "dataset": "datasets",
    "model": "models",
    "technique": "techniques",
    "repository": "code repositories",
}


@dataclass(frozen=True, slots=True)
class Count:
    """`things` different ones ("42 datasets"), known for `papers` of the listed papers."""

    kind: str
    noun: str
    things: int
    papers: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the graph holds. `papers` are the listed ones, the denominator of every count."""

    papers: int
    counts: tuple[Count, ...]
    lists: tuple[ListFigures, ...]


def figures_of(catalogue: Catalogue) -> Figures:
    """Return the figures of a catalogue."""
    counts = tuple(Count(kind, noun, *catalogue.totals[kind]) for kind, noun in _NOUNS.items())
    return Figures(catalogue.size, counts, catalogue.lists)
