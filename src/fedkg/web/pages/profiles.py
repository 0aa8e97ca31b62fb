"""What the page of a person, a dataset, a venue and the like shows.

Its papers, and what goes with them; each figure with the number of papers that it rests on.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from fedkg.model import Store
from fedkg.namespaces import DCTERMS, FKG, PREAMBLE

MOST_PAPERS = 200
"""Papers that a page lists, the newest first."""
MOST_OF_A_KIND = 12
"""Things of a kind that a page names, the most frequent first."""

PATHS: Mapping[str, str] = {
    "person": "dcterms:creator",
    "dataset": "fkg:usesDataset",
    "model": "fkg:usesModel",
    "family": "fkg:usesModel/fkg:family/skos:broader*",
    "technique": "fkg:technique/skos:broader*",
    "venue": "fkg:version/fkg:venue",
    "edition": "fkg:version/fkg:publishedIn",
    "repository": "fkg:repository",
}
"""How a paper is connected with a thing of each kind; a narrower technique counts for a broader."""

FACETS: Mapping[str, str] = {
    f"{DCTERMS}creator": "People",
    f"{FKG}usesDataset": "Datasets",
    f"{FKG}usesModel": "Models",
    f"{FKG}technique": "Techniques",
    f"{FKG}venue": "Venues",
}
"""What is counted over the papers of a thing, by property."""

_PAPERS = """SELECT DISTINCT ?paper ?title ?year ?venue WHERE {{
  ?paper {path} <{iri}> ; fkg:listed true ; dcterms:title ?title
  OPTIONAL {{ ?paper fkg:year ?year }} OPTIONAL {{ ?paper fkg:venue/skos:prefLabel ?venue }}
}} ORDER BY DESC(?year) ?title LIMIT {most}"""
_YEARS = """SELECT ?year (COUNT(DISTINCT ?paper) AS ?papers) WHERE {{
  ?paper {path} <{iri}> ; fkg:listed true OPTIONAL {{ ?paper fkg:year ?year }}
}} GROUP BY ?year ORDER BY ?year"""
# A filter, not VALUES: with those, the engine begins with all papers and not with the thing's own.
_STATING = """SELECT ?p (COUNT(DISTINCT ?paper) AS ?papers) WHERE {{
  ?paper {path} <{iri}> ; fkg:listed true ; ?p ?thing FILTER (?p IN ({facets}))
}} GROUP BY ?p"""
_TALLY = """SELECT ?p ?thing (COUNT(DISTINCT ?paper) AS ?papers) WHERE {{
  ?paper {path} <{iri}> ; fkg:listed true ; ?p ?thing
  FILTER (?p IN ({facets}) && ?thing != <{iri}>)
}} GROUP BY ?p ?thing ORDER BY DESC(?papers) ?thing"""
_NAMES = """SELECT ?thing (SAMPLE(?one) AS ?name) WHERE {{
  VALUES ?thing {{ {things} }} ?thing foaf:name|skos:prefLabel ?one
}} GROUP BY ?thing"""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in a list."""

    iri: str
    title: str
    year: str | None
    venue: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """A thing and how many of the papers are connected with it."""

    iri: str
    name: str
    papers: int


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

    `undated` papers have no year.
    """

    papers: tuple[PaperLine, ...]
    number: int
    years: tuple[tuple[int, int], ...]
    undated: int
    facets: tuple[Facet, ...]


def read_profile(store: Store, iri: str, kind: str) -> Profile:
    """Return the profile of a thing of a kind that PATHS names."""
    given = {
        "iri": iri,
        "path": PATHS[kind],
        "facets": ", ".join(f"<{facet}>" for facet in FACETS),
        "most": MOST_PAPERS,
    }

    def rows(query: str, **more: str) -> list[tuple[str | None, ...]]:
        answer = store.select(PREAMBLE + query.format(**given, **more)).rows
        return [tuple(None if one is None else one.value for one in row) for row in answer]

    counted = [(year, int(papers or 0)) for year, papers in rows(_YEARS)]
    stating = {p: int(papers or 0) for p, papers in rows(_STATING)}
    counts: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for p, thing, papers in rows(_TALLY):
        if p and thing:
            counts[p].append((thing, int(papers or 0)))
    first = {p: tallied[:MOST_OF_A_KIND] for p, tallied in counts.items()}
    shown = " ".join(f"<{thing}>" for tallied in first.values() for thing, _ in tallied)
    found = rows(_NAMES, things=shown) if shown else []
    names = {thing: name for thing, name in found if thing and name}
    return Profile(
        tuple(
            PaperLine(paper, title, year, venue)
            for paper, title, year, venue in rows(_PAPERS)
            if paper and title
        ),
        sum(papers for _, papers in counted),
        tuple((int(year), papers) for year, papers in counted if year),
        sum(papers for year, papers in counted if not year),
        tuple(
            Facet(
                noun,
                stating.get(p, 0),
                len(counts[p]),
                tuple(Tally(thing, names.get(thing, thing), n) for thing, n in first[p]),
            )
            for p, noun in FACETS.items()
            if p in first
        ),
    )
