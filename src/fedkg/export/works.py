"""Papers as works: what a bibliography, a table or another catalogue wants to know of each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bibtexparser.middlewares.names import parse_single_name_into_parts

from fedkg.export.source import Source
from fedkg.namespaces import CITO, DCTERMS, FABIO, FKG, PREAMBLE, PRISM

_AT_ONCE = 200
"""Papers that one query asks about."""
# A filter, not VALUES: with those, the engine begins with all papers that have the property.
_SAID = """SELECT ?paper ?p ?o WHERE {{
  VALUES ?paper {{ {papers} }}
  ?paper ?p ?o FILTER (?p IN ({properties}))
}}"""
_AUTHORS = """SELECT ?paper ?person ?name ?orcid WHERE {{
  VALUES ?paper {{ {papers} }}
  ?paper fkg:authorship ?role . ?role fkg:position ?position ; fkg:author ?person .
  ?person foaf:name ?name OPTIONAL {{ ?person fkg:orcid ?orcid }}
}} ORDER BY ?paper ?position"""
_PLACED = """SELECT ?paper ?kind ?venue ?name ?edition ?url WHERE {{
  VALUES ?paper {{ {papers} }}
  ?paper fkg:preferredVersion ?version .
  OPTIONAL {{ ?version a ?kind FILTER (STRSTARTS(STR(?kind), STR(fabio:))) }}
  OPTIONAL {{ ?version fkg:venue ?venue . ?venue skos:prefLabel ?name }}
  OPTIONAL {{ ?version fkg:publishedIn/rdfs:label ?edition }}
  OPTIONAL {{ ?version schema:url ?url }}
}} ORDER BY ?paper ?url"""
_LINKED = """SELECT ?paper ?url WHERE {{
  VALUES ?paper {{ {papers} }} ?paper fkg:version/schema:url ?url
}} ORDER BY ?paper ?url"""
_THINGS = """SELECT ?paper ?p ?thing ?name WHERE {{
  VALUES ?paper {{ {papers} }}
  ?paper ?p ?thing FILTER (?p IN (
    fkg:technique, fkg:usesDataset, fkg:usesModel, fkg:repository, cito:cites
  ))
  OPTIONAL {{ ?thing skos:prefLabel|schema:codeRepository ?name }}
}} ORDER BY ?paper ?p ?name ?thing"""
_PROPERTIES = {
    f"{DCTERMS}title": "title",
    f"{DCTERMS}issued": "issued",
    f"{FABIO}hasArXivId": "arxiv",
    f"{PRISM}doi": "doi",
    f"{FKG}aclAnthologyId": "acl",
    f"{FKG}openReviewId": "openreview",
    f"{FKG}ieeeDocumentId": "ieee",
    f"{FKG}referencesKnown": "references",
}
_NO_IDENTIFIERS = {"title", "issued", "references"}
_KINDS = {
    f"{FABIO}Preprint": "preprint",
    f"{FABIO}ConferencePaper": "conference",
    f"{FABIO}WorkshopPaper": "workshop",
    f"{FABIO}JournalArticle": "journal",
}
_BIBTEX_SIGNS = frozenset("{}~\\")


@dataclass(frozen=True, slots=True)
class Named:
    """A thing and what to call it."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Author:
    """An author: the IRI of the person, the whole name, the ORCID iD or ""."""

    iri: str
    name: str
    orcid: str = ""

    @property
    def parts(self) -> tuple[str, str]:
        """The given names and the family name, "von" and the like with it.

        As BibTeX parts them; a name of one word, or without blanks (何炳胜), is all family name. So
        is one with signs that mean something to BibTeX: it would part with them.
        """
        if _BIBTEX_SIGNS & set(self.name):
            return "", self.name
        found = parse_single_name_into_parts(self.name, strict=False)
        family = " ".join((*found.von, *found.last, *found.jr))
        return (" ".join(found.first), family) if found.first and family else ("", self.name)


@dataclass(frozen=True, slots=True)
class Work:
    """A paper, in the place and of the day of its preferred version; "" is what nothing states.

    `kind` is "preprint", "conference", "workshop", "journal" or ""; `issued` is "2024-05" or
    "2024"; `identifiers` are by scheme ("arxiv", "doi", "acl", "openreview", "ieee"), the first of
    each; `urls` are links to all versions, the preferred one's first; `references` is "whole",
    "partly" or "unknown", and `cites` the IRIs of those of them that are papers of the graph.
    """

    iri: str
    key: str
    title: str
    authors: tuple[Author, ...] = ()
    kind: str = ""
    issued: str = ""
    venue: Named | None = None
    edition: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    urls: tuple[str, ...] = ()
    techniques: tuple[Named, ...] = ()
    datasets: tuple[Named, ...] = ()
    models: tuple[Named, ...] = ()
    code: tuple[Named, ...] = ()
    references: str = ""
    cites: tuple[str, ...] = ()

    @property
    def year(self) -> str:
        """The year, or ""."""
        return self.issued[:4]

    @property
    def month(self) -> str:
        """The month as "05", or ""."""
        return self.issued[5:7]


def works(source: Source) -> Iterator[Work]:
    """Yield the works of the papers of a source, in their order; one that is none is left out.

    Raises QueryError, and what the store raises.
    """
    for part in source.parts(_AT_ONCE):
        found = _read(source, part)
        yield from (found[iri] for iri in part if iri in found)


def _read(source: Source, iris: Sequence[str]) -> Mapping[str, Work]:
    papers = " ".join(f"<{iri}>" for iri in iris)

    def asked(query: str, **more: str) -> list[tuple[str, ...]]:
        rows = source.store.select(PREAMBLE + query.format(papers=papers, **more)).rows
        return [tuple("" if one is None else one.value for one in row) for row in rows]

    said: dict[str, dict[str, str]] = defaultdict(dict)
    for paper, p, value in sorted(asked(_SAID, properties=_iris(_PROPERTIES))):
        said[paper].setdefault(_PROPERTIES[p], value)
    authors: dict[str, list[Author]] = defaultdict(list)
    for paper, person, name, orcid in asked(_AUTHORS):
        authors[paper].append(Author(person, name, orcid))
    placed = {paper: rest for paper, *rest in reversed(asked(_PLACED))}
    urls: dict[str, list[str]] = defaultdict(list)
    for paper, url in asked(_LINKED):
        urls[paper].append(url)
    things: dict[tuple[str, str], dict[str, Named]] = defaultdict(dict)
    for paper, p, thing, name in asked(_THINGS):
        things[paper, p].setdefault(thing, Named(thing, name or thing))
    return {
        paper: _work(
            source.base, paper, own, authors[paper], placed.get(paper), urls[paper], things
        )
        for paper, own in said.items()
        if "title" in own
    }


def _work(
    base: str,
    paper: str,
    own: Mapping[str, str],
    authors: Sequence[Author],
    placed: Sequence[str] | None,
    urls: Sequence[str],
    things: Mapping[tuple[str, str], Mapping[str, Named]],
) -> Work:
    kind, venue, name, edition, url = placed or ("",) * 5

    def of(property_: str) -> tuple[Named, ...]:
        return tuple(things.get((paper, property_), {}).values())

    return Work(
        paper,
        paper.removeprefix(f"{base}paper/"),
        own["title"],
        tuple(authors),
        _KINDS.get(kind, ""),
        own.get("issued", ""),
        Named(venue, name) if venue else None,
        edition,
        {scheme: value for scheme, value in own.items() if scheme not in _NO_IDENTIFIERS},
        tuple(dict.fromkeys(filter(None, [url, *urls]))),
        of(f"{FKG}technique"),
        of(f"{FKG}usesDataset"),
        of(f"{FKG}usesModel"),
        of(f"{FKG}repository"),
        own.get("references", "").removeprefix(FKG).lower(),
        tuple(cited.iri for cited in of(f"{CITO}cites")),
    )


def _iris(iris: Mapping[str, str]) -> str:
    return ", ".join(f"<{iri}>" for iri in iris)
