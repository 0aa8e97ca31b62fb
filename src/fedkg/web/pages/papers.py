"""What the page of a paper shows, asked of a store."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fedkg.model import Store, Term
from fedkg.namespaces import DCTERMS, FABIO, FKG, PREAMBLE, compact
from fedkg.web.pages.citations import Citations, read_citations
from fedkg.web.pages.listings import Comparison, Finding, read_comparison, read_findings
from fedkg.why import IDENTIFIERS, NOUNS

_HEAD = "SELECT ?p ?o WHERE {{ <{iri}> ?p ?o FILTER (isLiteral(?o) || ?p = fkg:referencesKnown) }}"
_AUTHORS = """SELECT ?person ?name WHERE {{
  <{iri}> fkg:authorship ?authorship .
  ?authorship fkg:position ?position ; fkg:author ?person . ?person foaf:name ?name
}} ORDER BY ?position"""
_VERSIONS = """SELECT ?kind ?venue ?venueName ?edition ?editionName ?issued ?url ?first ?preferred
WHERE {{
  <{iri}> fkg:version ?version . ?version a ?kind FILTER (STRSTARTS(STR(?kind), STR(fabio:)))
  OPTIONAL {{ ?version fkg:venue ?venue . ?venue skos:prefLabel ?venueName }}
  OPTIONAL {{ ?version fkg:publishedIn ?edition . ?edition rdfs:label ?editionName }}
  OPTIONAL {{ ?version dcterms:issued ?issued }} OPTIONAL {{ ?version schema:url ?url }}
  OPTIONAL {{ <{iri}> fkg:firstIssued ?first FILTER (sameTerm(?first, ?issued)) }}
  OPTIONAL {{ <{iri}> fkg:preferredVersion ?preferred FILTER (?preferred = ?version) }}
}} ORDER BY ?issued ?venueName"""
_RELATED = """SELECT ?p ?thing (SAMPLE(?name) AS ?label) WHERE {{
  VALUES ?p {{ fkg:usesDataset fkg:usesModel fkg:technique fkg:repository }}
  <{iri}> ?p ?thing
  OPTIONAL {{ ?thing skos:prefLabel|schema:codeRepository ?name }}
}} GROUP BY ?p ?thing ORDER BY ?label ?thing"""
_KINDS = {
    f"{FABIO}Preprint": "preprint",
    f"{FABIO}ConferencePaper": "conference paper",
    f"{FABIO}WorkshopPaper": "workshop paper",
    f"{FABIO}JournalArticle": "journal article",
}
_KNOWN = {
    f"{FKG}Whole": "Its whole list of references is known.",
    f"{FKG}Partly": "Only part of its references is known.",
    f"{FKG}Unknown": "Its references are not known: that it cites none is not said.",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A thing and what to call it."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Version:
    """A place where a paper appeared.

    `placed` and `dated` are the properties by which the paper itself has its place and its date,
    "" where it has those of another version.
    """

    kind: str
    venue: Named | None
    edition: Named | None
    issued: str | None
    url: str | None
    placed: str = ""
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """An identifier of a paper: its property (prefixed name), what that is called, its value."""

    property: str
    noun: str
    value: str


@dataclass(frozen=True, slots=True)
class PaperPage:
    """All that the page of a paper shows. `references` says how much of its references is known."""

    iri: str
    title: str
    others: tuple[str, ...]
    year: str | None
    authors: tuple[Named, ...]
    versions: tuple[Version, ...]
    datasets: tuple[Named, ...]
    models: tuple[Named, ...]
    techniques: tuple[Named, ...]
    repositories: tuple[Named, ...]
    citations: Citations
    references: str
    identifiers: tuple[Known, ...]
    comparison: Comparison
    findings: tuple[Finding, ...]


def read_paper(store: Store, iri: str) -> PaperPage:
    """Return what the page of a paper shows; raises QueryError, and what the store raises."""
    said: dict[str, list[str]] = defaultdict(list)
    for p, o in _rows(store, _HEAD, iri):
        if p is not None and o is not None:
            said[p.value].append(o.value)
    related = _related(store, iri)
    years = said[f"{FKG}year"]
    known = said[f"{FKG}referencesKnown"] or [f"{FKG}Unknown"]
    return PaperPage(
        iri,
        next(iter(said[f"{DCTERMS}title"]), iri),
        tuple(sorted(said[f"{DCTERMS}alternative"])),
        years[0] if years else None,
        tuple(filter(None, (_named(person, name) for person, name in _rows(store, _AUTHORS, iri)))),
        tuple(_version(row) for row in _rows(store, _VERSIONS, iri)),
        datasets=related[f"{FKG}usesDataset"],
        models=related[f"{FKG}usesModel"],
        techniques=related[f"{FKG}technique"],
        repositories=related[f"{FKG}repository"],
        citations=read_citations(store, iri),
        references=_KNOWN.get(known[0], _KNOWN[f"{FKG}Unknown"]),
        identifiers=tuple(
            Known(compact(p), NOUNS[compact(p)], value)
            for p, values in sorted(said.items())
            if compact(p) in IDENTIFIERS
            for value in sorted(values)
        ),
        comparison=read_comparison(store, iri),
        findings=read_findings(store, iri),
    )


def _rows(store: Store, query: str, iri: str) -> Sequence[tuple[Term | None, ...]]:
    return store.select(PREAMBLE + query.format(iri=iri)).rows


def _named(thing: Term | None, name: Term | None) -> Named | None:
    if thing is None:
        return None
    return Named(thing.value, thing.value if name is None else name.value)


def _related(store: Store, iri: str) -> Mapping[str, tuple[Named, ...]]:
    found: dict[str, list[Named]] = defaultdict(list)
    for p, thing, name in _rows(store, _RELATED, iri):
        named = _named(thing, name)
        if p is not None and named is not None:
            found[p.value].append(named)
    return defaultdict(tuple, {p: tuple(things) for p, things in found.items()})


def _version(row: tuple[Term | None, ...]) -> Version:
    kind, venue, venue_name, edition, edition_name, issued, url, first, preferred = row
    placed = "fkg:publishedIn" if edition else "fkg:venue" if venue else ""
    dated = "dcterms:issued" if preferred else "fkg:firstIssued" if first else ""
    return Version(
        _KINDS.get(kind.value if kind else "", "version"),
        _named(venue, venue_name),
        _named(edition, edition_name),
        issued.value if issued else None,
        url.value if url else None,
        placed if preferred else "",
        dated if issued else "",
    )
