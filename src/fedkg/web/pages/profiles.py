"""What the page of a dataset, a model, a technique, a venue and the like shows.

Its papers, and what goes with them; each figure with the number of papers that it rests on.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fedkg.model import Store
from fedkg.namespaces import PREAMBLE
from fedkg.search.catalogue import Catalogue, Tally, Team
from fedkg.search.matrix import Matrix, matrix_of
from fedkg.web.pages.addresses import Addresses
from fedkg.web.pages.rows import PaperRow, read_rows

KINDS = ("dataset", "model", "family", "technique", "venue", "edition", "repository")
"""The kinds of things that have such a page."""
MOST_PAPERS = 30
"""Papers that a page lists, the newest first."""
MOST_OF_A_KIND = 12
"""Things of a kind that a page names, the most frequent first."""
_MATRIX = (20, 12)
"""Rows and columns of the matrix of a technique."""

_FACETS: Mapping[str, str] = {
    "dataset": "Datasets",
    "model": "Models",
    "technique": "Techniques",
    "venue": "Venues",
}
_BELOW: Mapping[str, str] = {
    "technique": "Narrower techniques",
    "family": "Models and narrower families",
    "venue": "Editions",
}
_ABOVE: Mapping[str, str] = {
    "technique": "Broader techniques",
    "family": "Broader family",
    "model": "Family",
    "edition": "Venue",
}
_PAPERS = "SELECT DISTINCT ?paper WHERE {{ ?paper ?p <{iri}> ; fkg:listed true }}"
_RELATED = """SELECT ?above ?thing (SAMPLE(?one) AS ?name) WHERE {{
  {{ ?thing skos:broader|fkg:family|fkg:editionOf <{iri}> BIND (false AS ?above) }}
  UNION {{ <{iri}> skos:broader|fkg:family|fkg:editionOf ?thing BIND (true AS ?above) }}
  ?thing skos:prefLabel|rdfs:label ?one
}} GROUP BY ?above ?thing"""


@dataclass(frozen=True, slots=True)
class Facet:
    """Things of one kind over the papers; `stating` of them name any, `things` there are in all."""

    noun: str
    stating: int
    things: int
    first: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a page shows of a thing: its papers (`number` in all), by year, and what goes with them.

    `undated` papers have no year. `related` are broader and narrower things under a heading, each
    with its papers. `matrix` is that of a technique and its narrower ones by datasets.
    """

    papers: tuple[PaperRow, ...]
    number: int
    years: tuple[Tally, ...]
    undated: int
    team: Team
    facets: tuple[Facet, ...]
    related: Mapping[str, tuple[Tally, ...]]
    matrix: Matrix | None


def read_profile(store: Store, catalogue: Catalogue, addresses: Addresses, iri: str) -> Profile:
    """Return the profile of a thing; raises QueryError, and what the store raises."""
    path = addresses.path(iri) or ""
    kind = path.partition("/")[0]
    papers = catalogue.papers_of(path)
    if papers is None:
        papers = _papers(store, catalogue, addresses, iri)
    number = papers.bit_count()
    related = _related(store, catalogue, addresses, iri, kind)
    newest = catalogue.page(papers, "newest", 0, MOST_PAPERS)
    rows = read_rows(store, addresses, newest)
    return Profile(
        rows,
        number,
        catalogue.tally("year", papers),
        number - (papers & catalogue.stating("year")).bit_count(),
        catalogue.team(path) if kind != "repository" else _team(addresses, rows),
        tuple(_facets(catalogue, papers, path)),
        related,
        _matrix(catalogue, papers, path, related) if kind == "technique" else None,
    )


def _papers(store: Store, catalogue: Catalogue, addresses: Addresses, iri: str) -> int:
    rows = store.select(PREAMBLE + _PAPERS.format(iri=iri)).rows
    paths = (addresses.path(paper.value) for (paper,) in rows if paper is not None)
    positions = catalogue.positions(path for path in paths if path is not None)
    return sum(1 << position for position in positions)


def _team(addresses: Addresses, rows: Sequence[PaperRow]) -> Team:
    """Count the authors of the papers of a repository, which are few."""
    tally = Counter(person for row in rows for person in dict.fromkeys(row.authors))
    first = (
        Tally(addresses.path(person.iri) or "", person.name, papers)
        for person, papers in tally.most_common(MOST_OF_A_KIND)
    )
    return Team(len(tally), sum(bool(row.authors) for row in rows), tuple(first))


def _facets(catalogue: Catalogue, papers: int, path: str) -> list[Facet]:
    found = []
    for facet, noun in _FACETS.items():
        tally = tuple(one for one in catalogue.tally(facet, papers) if one.path != path)
        if tally:
            stating = (papers & catalogue.stating(facet)).bit_count()
            found.append(Facet(noun, stating, len(tally), tally[:MOST_OF_A_KIND]))
    return found


def _related(
    store: Store, catalogue: Catalogue, addresses: Addresses, iri: str, kind: str
) -> Mapping[str, tuple[Tally, ...]]:
    found: dict[str, list[Tally]] = defaultdict(list)
    for above, thing, name in store.select(PREAMBLE + _RELATED.format(iri=iri)).rows:
        heading = (_ABOVE if above and above.value == "true" else _BELOW).get(kind)
        path = addresses.path(thing.value) if thing else None
        if heading and path and name:
            number = (catalogue.papers_of(path) or 0).bit_count()
            found[heading].append(Tally(path, name.value, number))
    return {
        heading: tuple(sorted(things, key=lambda one: (-one.papers, one.name.casefold())))
        for heading, things in found.items()
    }


def _matrix(
    catalogue: Catalogue, papers: int, path: str, related: Mapping[str, tuple[Tally, ...]]
) -> Matrix | None:
    """Return a technique and its narrower ones by the datasets that they were tried on."""
    rows = [path, *(one.path for one in related.get(_BELOW["technique"], ()))]
    matrix = matrix_of(catalogue, "technique", "dataset", papers, _MATRIX, rows)
    return matrix if matrix.columns else None
