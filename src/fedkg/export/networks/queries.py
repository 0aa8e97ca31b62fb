"""What is asked of the graph for a network, of some papers or things at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fedkg.export.networks.model import Node
from fedkg.export.source import Source
from fedkg.model import Store
from fedkg.namespaces import PREAMBLE

_AT_ONCE = 1000
_LINKS = """SELECT ?paper ?thing ?year WHERE {{
  VALUES ?paper {{ {iris} }}
  ?paper {property} ?thing
  OPTIONAL {{ ?paper fkg:year ?year }}
}}"""
_NAMES = """SELECT ?thing ?name WHERE {{
  VALUES ?thing {{ {iris} }}
  ?thing {property} ?name
}} ORDER BY ?thing ?name"""
_PAPERS = """SELECT ?paper ?title ?year WHERE {{
  VALUES ?paper {{ {iris} }}
  ?paper dcterms:title ?title
  OPTIONAL {{ ?paper fkg:year ?year }}
}} ORDER BY ?paper ?title"""
_AUTHORS = """SELECT ?paper ?name WHERE {{
  VALUES ?paper {{ {iris} }}
  ?paper fkg:authorship ?role . ?role fkg:position ?position ; fkg:author ?person .
  ?person foaf:name ?name
}} ORDER BY ?paper ?position"""
_TECHNIQUES = """SELECT ?paper ?name WHERE {{
  VALUES ?paper {{ {iris} }}
  ?paper fkg:technique ?technique . ?technique skos:prefLabel ?name
}} ORDER BY ?paper ?name"""

_KNOWING = """SELECT DISTINCT ?paper WHERE {{
  VALUES ?paper {{ {iris} }}
  ?paper fkg:referencesKnown ?how FILTER (?how IN (fkg:Whole, fkg:Partly))
}}"""


@dataclass(frozen=True, slots=True)
class Links:
    """What papers are linked with by a property: by paper, and the year of each paper."""

    of_paper: Mapping[str, Sequence[str]]
    years: Mapping[str, int]

    def reversed(self) -> Mapping[str, Sequence[str]]:
        """Return the papers of each thing."""
        found = defaultdict(list)
        for paper, things in self.of_paper.items():
            for thing in things:
                found[thing].append(paper)
        return found


def links(source: Source, property_: str) -> Links:
    """Return the things that papers of a source have as a property (`dcterms:creator`), sorted."""
    of_paper: dict[str, list[str]] = {}
    years: dict[str, int] = {}
    for paper, thing, year in _asked(source.store, _LINKS, source.papers, property=property_):
        of_paper.setdefault(paper, []).append(thing)
        if year:
            years[paper] = int(year)
    return Links({paper: sorted(set(of_paper[paper])) for paper in sorted(of_paper)}, years)


def knowing_references(source: Source) -> int:
    """Return of how many papers of a source the references are known, wholly or partly."""
    return sum(1 for _ in _asked(source.store, _KNOWING, source.papers))


def names(source: Source, things: Iterable[str], property_: str) -> Mapping[str, str]:
    """Return what things are called, by a property such as `foaf:name`."""
    found: dict[str, str] = {}
    for thing, name in _asked(source.store, _NAMES, sorted(things), property=property_):
        found.setdefault(thing, name)
    return found


def paper_nodes(
    source: Source, papers: Iterable[str], citing: Mapping[str, int] | None = None
) -> Iterator[Node]:
    """Yield the nodes of papers, in their order, with how many papers cite each, if that counts."""
    wanted = sorted(papers)
    authors: dict[str, list[str]] = defaultdict(list)
    for paper, name in _asked(source.store, _AUTHORS, wanted):
        authors[paper].append(name)
    techniques: dict[str, list[str]] = defaultdict(list)
    for paper, name in _asked(source.store, _TECHNIQUES, wanted):
        techniques[paper].append(name)
    said: dict[str, tuple[str, str]] = {}
    for paper, title, year in _asked(source.store, _PAPERS, wanted):
        said.setdefault(paper, (title, year))
    for paper in wanted:
        title, year = said.get(paper, ("", ""))
        yield Node(
            paper,
            title,
            "paper",
            int(year) if year else None,
            None if citing is None else citing.get(paper, 0),
            tuple(authors.get(paper, ())),
            tuple(dict.fromkeys(techniques.get(paper, ()))),
        )


def _asked(store: Store, query: str, iris: Sequence[str], **more: str) -> Iterator[tuple[str, ...]]:
    for at in range(0, len(iris), _AT_ONCE):
        some = " ".join(f"<{iri}>" for iri in iris[at : at + _AT_ONCE])
        for row in store.select(PREAMBLE + query.format(iris=some, **more)).rows:
            yield tuple("" if one is None else one.value for one in row)
