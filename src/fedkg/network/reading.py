"""Papers and their citations, read once from a store."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from fedkg.model import Store
from fedkg.namespaces import FKG, PREAMBLE
from fedkg.network.graph import CitationGraph

_PAPERS = """SELECT ?paper ?title ?year ?listed ?known WHERE {
  ?paper fkg:listed ?listed ; dcterms:title ?title
  OPTIONAL { ?paper fkg:year ?year }
  OPTIONAL { ?paper fkg:referencesKnown ?known }
} ORDER BY ?paper"""
_CITATIONS = "SELECT ?citing ?cited WHERE { ?citing cito:cites ?cited }"
_TECHNIQUES = """SELECT ?paper ?name WHERE {
  ?paper fkg:technique ?technique . ?technique skos:prefLabel ?name
} ORDER BY ?paper ?name"""
_KNOWN = {f"{FKG}Whole": "whole", f"{FKG}Partly": "partly"}
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. `known` says of how much of its reference list is: whole, partly, unknown."""

    iri: str
    title: str
    year: int | None
    is_listed: bool
    known: str


@dataclass(frozen=True, slots=True)
class Network:
    """The papers of a store, sorted by IRI, and the citations between them, by their places."""

    papers: Sequence[Paper]
    graph: CitationGraph

    def listed(self) -> frozenset[int]:
        """Return the papers that a list names."""
        return frozenset(at for at, paper in enumerate(self.papers) if paper.is_listed)

    def places(self, iris: Iterable[str]) -> Sequence[int]:
        """Return the places of some papers (IRIs), in their order; what is no paper has none."""
        places = {paper.iri: at for at, paper in enumerate(self.papers)}
        return [places[iri] for iri in iris if iri in places]


def read_network(store: Store) -> Network:
    """Return the papers of a store and what they cite; raises QueryError."""
    papers = tuple({paper.iri: paper for paper in _papers(store)}.values())
    # As text: a million rows of terms would take ten times the memory.
    answer = store.answer(PREAMBLE + _CITATIONS, "text/tab-separated-values")
    return Network(papers, CitationGraph.of(len(papers), _links(papers, answer)))


def read_techniques(store: Store, papers: Sequence[Paper]) -> Mapping[int, Sequence[str]]:
    """Return the names of the techniques of papers, by their places; raises QueryError."""
    places = {paper.iri: at for at, paper in enumerate(papers)}
    found: dict[int, list[str]] = defaultdict(list)
    for paper, name in store.select(PREAMBLE + _TECHNIQUES).rows:
        if paper is not None and name is not None and paper.value in places:
            found[places[paper.value]].append(name.value)
    return found


def _papers(store: Store) -> Iterator[Paper]:
    for row in store.select(PREAMBLE + _PAPERS).rows:
        iri, title, year, listed, known = ("" if one is None else one.value for one in row)
        yield Paper(
            iri,
            title,
            int(year) if year else None,
            listed == "true",
            _KNOWN.get(known, UNKNOWN),
        )


def _links(papers: Sequence[Paper], answer: bytes) -> Iterable[tuple[int, int]]:
    places = {f"<{paper.iri}>".encode(): at for at, paper in enumerate(papers)}
    lines = BytesIO(answer)
    next(lines)
    for line in lines:
        citing, _, cited = line.rstrip(b"\n").partition(b"\t")
        if citing in places and cited in places:
            yield places[citing], places[cited]
