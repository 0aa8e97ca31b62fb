"""Papers as the rows of a table: what every page that lists papers shows of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fedkg.model import Store
from fedkg.namespaces import FKG, PREAMBLE
from fedkg.web.pages.addresses import Addresses

_AT_ONCE = 200
"""Papers that one query asks about."""
_SAID = """SELECT ?paper ?title ?issued ?venue ?name WHERE {{
  VALUES ?paper {{ {papers} }}
  ?paper dcterms:title ?title
  OPTIONAL {{ ?paper dcterms:issued ?issued }}
  OPTIONAL {{ ?paper fkg:venue ?venue . ?venue skos:prefLabel ?name }}
}}"""
_AUTHORS = """SELECT ?paper ?person ?name WHERE {{
  VALUES ?paper {{ {papers} }}
  ?paper fkg:authorship ?role . ?role fkg:position ?position ; fkg:author ?person .
  ?person foaf:name ?name
}} ORDER BY ?paper ?position"""
_THINGS = """SELECT ?paper ?p ?thing ?name WHERE {{
  VALUES ?paper {{ {papers} }}
  ?paper ?p ?thing FILTER (?p IN (fkg:technique, fkg:usesDataset, fkg:usesModel, fkg:repository))
  OPTIONAL {{ ?thing skos:prefLabel|schema:codeRepository ?name }}
}} ORDER BY ?paper ?p ?name ?thing"""
_LISTS = """SELECT DISTINCT ?paper ?list ?title WHERE {{
  VALUES ?paper {{ {papers} }}
  ?entry fkg:describes ?paper ; fkg:inList ?list . ?list dcterms:title ?title
}} ORDER BY ?paper ?title ?list"""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing and what to call it."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper in a table. `issued` is "2024-05", "2024" or ""; authors are in their order."""

    iri: str
    title: str
    issued: str = ""
    venue: Named | None = None
    authors: tuple[Named, ...] = ()
    techniques: tuple[Named, ...] = ()
    datasets: tuple[Named, ...] = ()
    models: tuple[Named, ...] = ()
    code: tuple[Named, ...] = ()
    lists: tuple[Named, ...] = field(default=())

    @property
    def year(self) -> str:
        """The year, "" where no list states it."""
        return self.issued[:4]


def read_rows(store: Store, addresses: Addresses, paths: Sequence[str]) -> tuple[PaperRow, ...]:
    """Return the rows of the papers at some paths, in their order.

    Raises QueryError, and what the store raises.
    """
    iris = [f"{addresses.base}{path}" for path in paths]
    found: dict[str, PaperRow] = {}
    for at in range(0, len(iris), _AT_ONCE):
        found |= _rows(store, iris[at : at + _AT_ONCE])
    return tuple(found[iri] for iri in iris if iri in found)


def _rows(store: Store, iris: Sequence[str]) -> Mapping[str, PaperRow]:
    papers = " ".join(f"<{iri}>" for iri in iris)

    def asked(query: str) -> list[tuple[str, ...]]:
        rows = store.select(PREAMBLE + query.format(papers=papers)).rows
        return [tuple("" if one is None else one.value for one in row) for row in rows]

    authors: dict[str, list[Named]] = defaultdict(list)
    for paper, person, name in asked(_AUTHORS):
        authors[paper].append(Named(person, name))
    things: dict[tuple[str, str], dict[str, Named]] = defaultdict(dict)
    for paper, p, thing, name in asked(_THINGS):
        things[paper, p.removeprefix(FKG)].setdefault(thing, Named(thing, name or thing))
    lists: dict[str, list[Named]] = defaultdict(list)
    for paper, list_, title in asked(_LISTS):
        lists[paper].append(Named(list_, title))

    def of(paper: str, name: str) -> tuple[Named, ...]:
        return tuple(things[paper, name].values())

    return {
        paper: PaperRow(
            paper,
            title,
            issued,
            Named(venue, name) if venue else None,
            tuple(authors[paper]),
            of(paper, "technique"),
            of(paper, "usesDataset"),
            of(paper, "usesModel"),
            of(paper, "repository"),
            tuple(lists[paper]),
        )
        for paper, title, issued, venue, name in asked(_SAID)
    }
