"""What the page of a person, a dataset, a venue and the like shows.

Its papers, and what goes with them; each figure with the number of papers that it rests on.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from fedkg.model import Store
from fedkg.namespaces import DCTERMS, FKG, PREFIXES

MOST_PAPERS = 500
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

_PREAMBLE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
_PAPERS = """SELECT DISTINCT ?paper ?title ?year ?venue WHERE {{
  ?paper {path} <{iri}> ; fkg:listed true ; dcterms:title ?title
  OPTIONAL {{ ?paper fkg:year ?year }} OPTIONAL {{ ?paper fkg:venue/skos:prefLabel ?venue }}
}} ORDER BY DESC(?year) ?title LIMIT {most}"""
_YEARS = """SELECT ?year (COUNT(DISTINCT ?paper) AS ?papers) WHERE {{
  ?paper {path} <{iri}> ; fkg:listed true OPTIONAL {{ ?paper fkg:year ?year }}
}} GROUP BY ?year ORDER BY ?year"""
_STATING = """SELECT ?p (COUNT(DISTINCT ?paper) AS ?papers) WHERE {{
  VALUES ?p {{ {facets} }} ?paper {path} <{iri}> ; fkg:listed true ; ?p ?thing
}} GROUP BY ?p"""
_TALLY = """SELECT ?p ?thing ?name (COUNT(DISTINCT ?paper) AS ?papers) WHERE {{
  VALUES ?p {{ {facets} }} ?paper {path} <{iri}> ; fkg:listed true ; ?p ?thing
  FILTER (?thing != <{iri}>) ?thing foaf:name|skos:prefLabel ?name
}} GROUP BY ?p ?thing ?name ORDER BY DESC(?papers) ?name"""


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
        "facets": " ".join(f"<{facet}>" for facet in FACETS),
        "most": MOST_PAPERS,
    }

    def rows(query: str) -> list[tuple[str | None, ...]]:
        found = store.select(_PREAMBLE + query.format(**given)).rows
        return [tuple(None if one is None else one.value for one in row) for row in found]

    counted = [(year, int(papers or 0)) for year, papers in rows(_YEARS)]
    stating = {p: int(papers or 0) for p, papers in rows(_STATING)}
    tallies: dict[str, list[Tally]] = defaultdict(list)
    for p, thing, name, papers in rows(_TALLY):
        if p and thing and name:
            tallies[p].append(Tally(thing, name, int(papers or 0)))
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
            Facet(noun, stating.get(p, 0), len(tallies[p]), tuple(tallies[p][:MOST_OF_A_KIND]))
            for p, noun in FACETS.items()
            if tallies[p]
        ),
    )
