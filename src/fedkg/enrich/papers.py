"""The papers of a build as services are asked about them: identifiers, titles, what is missing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from fedkg.enrich.request import Wanted
from fedkg.enrich.service import Service
from fedkg.ids import SCHEMES, Identifier
from fedkg.model import Store
from fedkg.namespaces import FABIO, FKG, PREAMBLE, PRISM

_SCHEMES: Mapping[str, str] = {
    f"{FABIO}hasArXivId": "arxiv",
    f"{PRISM}doi": "doi",
    f"{FKG}aclAnthologyId": "acl",
    f"{FKG}openReviewId": "openreview",
    f"{FKG}ieeeDocumentId": "ieee",
}
_PAPERS = """SELECT ?paper ?title ?known (BOUND(?who) AS ?named) {
  ?paper fkg:listed true ; dcterms:title ?title ; fkg:referencesKnown ?known .
  OPTIONAL { SELECT DISTINCT ?paper ?who { ?paper fkg:authorship [] BIND(true AS ?who) } }
} ORDER BY ?paper"""
_IDENTIFIERS = """SELECT ?paper ?p ?value {
  VALUES ?p { fabio:hasArXivId prism:doi fkg:aclAnthologyId fkg:openReviewId fkg:ieeeDocumentId }
  ?paper fkg:listed true ; ?p ?value
}"""
_RECORDED = """SELECT DISTINCT ?paper ?value {
  ?record a fkg:Record ; fkg:describes ?paper ; fkg:statesIdentifier ?value
}"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper of a build: what to ask with, and whether authors and any references are known."""

    wanted: Wanted
    has_authors: bool
    has_references: bool


def listed_papers(store: Store, base: str) -> tuple[Listed, ...]:
    """Return the papers that a list names, by key.

    Their identifiers are their own, and those under which records of other sources say that they
    are published. Numbers of services stay out: with them a service would be asked anew for what
    it has answered.
    """
    root = f"{base}paper/"
    known = _identifiers(store)
    return tuple(
        Listed(
            Wanted(paper.removeprefix(root), tuple(_ranked(known.get(paper, ()))), title),
            has_authors=named == "true",
            has_references=references != f"{FKG}Unknown",
        )
        for paper, title, references, named in _rows(store, _PAPERS)
    )


def wanted_from(listed: Iterable[Listed], service: Service, *, missing: bool) -> list[Wanted]:
    """Return the papers to ask a service about: all, or those that lack what it may give."""
    return [
        one.wanted
        for one in listed
        if not missing
        or (service.gives_authors and not one.has_authors)
        or (service.gives_references and not one.has_references)
    ]


def _identifiers(store: Store) -> Mapping[str, set[Identifier]]:
    found: dict[str, set[Identifier]] = defaultdict(set)
    for paper, property_, value in _rows(store, _IDENTIFIERS):
        found[paper].add(Identifier(_SCHEMES[property_], value))
    for paper, words in _rows(store, _RECORDED):
        scheme, _, value = words.partition(":")
        if scheme in SCHEMES:
            found[paper].add(Identifier(scheme, value))
    return found


def _ranked(found: Collection[Identifier]) -> list[Identifier]:
    return sorted(found, key=lambda one: (one.rank, one))


def _rows(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    for row in store.select(PREAMBLE + query).rows:
        yield tuple("" if term is None else term.value for term in row)
