"""What the page of a person shows, asked of a store.

Every query begins with the person, or with the few things that were found: a page costs what the
person's own papers cost, however many papers the graph has.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from fedkg.ids import web_url
from fedkg.model import Store
from fedkg.namespaces import DCTERMS, FKG, FOAF, PREAMBLE, SCHEMA, SKOS
from fedkg.web.pages.drawing import MOST_DRAWN, Drawing, draw
from fedkg.web.pages.papers import Named
from fedkg.web.pages.tallies import (
    Ranking,
    Timeline,
    most_frequent,
    papers_of,
    ranking,
    timeline,
)

MOST_PAPERS = 100
"""Papers that a page lists, the newest first."""
MOST_CO_AUTHORS = 50
"""Co-authors that it lists, those with most papers together first."""
MOST_TECHNIQUES = 20
MOST_OF_A_KIND = 12
"""Venues, datasets and models that it names, the most frequent first."""

_HEAD = "SELECT ?p ?o WHERE {{ <{iri}> ?p ?o }}"
_DOUBTS = """SELECT ?finding ?said WHERE {{
  ?finding fkg:about <{iri}> ; fkg:findingKind "possible-homonym" ; rdfs:comment ?said
}} ORDER BY ?finding"""
_NAMESAKES = """SELECT DISTINCT ?other ?called WHERE {{
  <{iri}> foaf:name|skos:altLabel ?name . ?other foaf:name|skos:altLabel ?name ; foaf:name ?called
  FILTER (?other != <{iri}>)
}} ORDER BY ?other LIMIT 21"""
_PAPERS = """SELECT ?paper ?title ?year WHERE {{
  ?paper dcterms:creator <{iri}> ; fkg:listed true ; dcterms:title ?title
  OPTIONAL {{ ?paper fkg:year ?year }}
}}"""
_PLACES = """\
SELECT ?paper (MIN(?position) AS ?place) (COUNT(DISTINCT ?any) AS ?authors) WHERE {{
  ?own fkg:author <{iri}> ; fkg:position ?position . ?paper fkg:authorship ?own , ?any
}} GROUP BY ?paper"""
# A filter, not VALUES: with those, the engine begins with all papers and not with the person's own.
_STATED = """SELECT ?p ?paper ?thing WHERE {{
  ?paper dcterms:creator <{iri}> ; fkg:listed true ; ?p ?thing
  FILTER (?p IN (dcterms:creator, fkg:venue, fkg:technique, fkg:usesDataset, fkg:usesModel))
}}"""
# Whether a paper is listed is a filter for the same reason: it must not be where the engine begins.
_WRITTEN = """SELECT ?person ?paper WHERE {{
  VALUES ?person {{ {things} }} ?paper dcterms:creator ?person
  FILTER EXISTS {{ ?paper fkg:listed true }}
}}"""
_NAMES = """SELECT ?thing (SAMPLE(?one) AS ?name) WHERE {{
  VALUES ?thing {{ {things} }} ?thing foaf:name|skos:prefLabel ?one
}} GROUP BY ?thing"""
_BASES = {
    "ByName": "Known by name alone: papers of two people of this name would stand together here.",
    "ByCoAuthors": "Spelled in several ways, and held to be one person because co-authors agree.",
    "ByIdentifier": "Held to be one person because a source gives one identifier for all of them.",
    "Curated": "Somebody has decided, for a reason that is kept, which papers are this person's.",
}
_NO_BASIS = "On what grounds these papers are held to be one person's is not said."
_RANKED = {"venue": "Venues", "usesDataset": "Datasets", "usesModel": "Models"}
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")

_Stated = Mapping[str, Mapping[str, Set[str]]]


@dataclass(frozen=True, slots=True)
class Who:
    """Who a person is: names, identifiers, and how sure it is that this is one person.

    `doubts` are findings that the name may be several people's, with their sentences. One namesake
    more than a page names says that there are more.
    """

    iri: str
    name: str
    others: tuple[str, ...]
    orcid: str | None
    same_as: tuple[str, ...]
    basis: str
    doubts: tuple[Named, ...]
    namesakes: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A paper of a person, and the person's place ("2nd of 7") among its stated authors."""

    iri: str
    title: str
    year: int | None
    place: str
    venue: Named | None


@dataclass(frozen=True, slots=True)
class CoAuthor:
    """Somebody with papers together, and the first and the last year of these."""

    iri: str
    name: str
    papers: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Company:
    """The co-authors, `number` in all, on `shared` of the papers; the first of them drawn.

    `ties` names two of those drawn, and how many papers they have together.
    """

    number: int
    shared: int
    first: tuple[CoAuthor, ...]
    drawing: Drawing
    ties: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """All that the page of a person shows; the person has `number` papers in all."""

    who: Who
    papers: tuple[Written, ...]
    number: int
    company: Company
    techniques: Timeline
    rankings: tuple[tuple[str, Ranking], ...]


class _Asked:
    """The answers of a store about a person, as texts."""

    def __init__(self, store: Store, iri: str) -> None:
        self._store = store
        self.iri = iri

    def rows(self, query: str, things: Sequence[str] = ()) -> list[tuple[str, ...]]:
        """Return the rows of an answer; what is unbound in them is ""."""
        given = " ".join(f"<{thing}>" for thing in things)
        answer = self._store.select(PREAMBLE + query.format(iri=self.iri, things=given))
        return [tuple("" if one is None else one.value for one in row) for row in answer.rows]

    def names(self, things: Sequence[str]) -> Mapping[str, str]:
        """Return what things are called."""
        return {row[0]: row[1] for row in self.rows(_NAMES, things)} if things else {}


def read_person(store: Store, iri: str) -> PersonPage:
    """Return what the page of a person shows; raises QueryError, and what the store raises."""
    asked = _Asked(store, iri)
    who = _who(asked)
    papers = {paper: (title, year) for paper, title, year in asked.rows(_PAPERS)}
    years = {paper: int(year) if year else None for paper, (_, year) in papers.items()}
    stated = _stated(asked)
    names = asked.names(_shown(stated))
    return PersonPage(
        who,
        _written(asked, papers, stated[f"{FKG}venue"], names),
        len(papers),
        _company(asked, who.name, stated[f"{DCTERMS}creator"], names, years),
        timeline(stated[f"{FKG}technique"], names, years, MOST_TECHNIQUES),
        tuple(
            (noun, ranking(stated[FKG + name], names, MOST_OF_A_KIND))
            for name, noun in _RANKED.items()
        ),
    )


def ordinal(number: int) -> str:
    """Return a number as a place: 1st, 2nd, 11th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"


def _who(asked: _Asked) -> Who:
    said: dict[str, list[str]] = defaultdict(list)
    for p, o in sorted(asked.rows(_HEAD)):
        said[p].append(o)
    basis = next(iter(said[f"{FKG}identityBasis"]), "").removeprefix(FKG)
    orcids = filter(None, map(_ORCID.fullmatch, said[f"{FKG}orcid"]))
    return Who(
        asked.iri,
        next(iter(said[f"{FOAF}name"]), asked.iri),
        tuple(said[f"{SKOS}altLabel"]),
        next((found[1] for found in orcids), None),
        tuple(filter(None, map(web_url, said[f"{SCHEMA}sameAs"]))),
        _BASES.get(basis, _NO_BASIS),
        tuple(Named(finding, words) for finding, words in asked.rows(_DOUBTS)),
        tuple(Named(other, name) for other, name in asked.rows(_NAMESAKES)),
    )


def _stated(asked: _Asked) -> _Stated:
    """Return the things that the papers state, by property, each with the papers of it."""
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for p, paper, thing in asked.rows(_STATED):
        if thing != asked.iri:
            pairs[p].append((paper, thing))
    return defaultdict(dict, {p: papers_of(found) for p, found in pairs.items()})


def _shown(stated: _Stated) -> Sequence[str]:
    """Return the things whose names a page may need: all venues stand beside papers."""
    most = {
        f"{DCTERMS}creator": MOST_CO_AUTHORS,
        f"{FKG}technique": MOST_TECHNIQUES,
        f"{FKG}venue": None,
    }
    return [
        thing
        for p, papers in stated.items()
        for thing in most_frequent(papers)[: most.get(p, MOST_OF_A_KIND)]
    ]


def _written(
    asked: _Asked,
    papers: Mapping[str, tuple[str, str]],
    venues: Mapping[str, Set[str]],
    names: Mapping[str, str],
) -> tuple[Written, ...]:
    """Return the newest papers; those of one year by title, those without a year last."""
    places = {paper: (int(place), authors) for paper, place, authors in asked.rows(_PLACES)}
    venue_of = {paper: Named(one, names.get(one, one)) for one in venues for paper in venues[one]}

    def place_on(paper: str) -> str:
        place, authors = places.get(paper, (0, ""))
        return f"{ordinal(place)} of {authors}" if place else ""

    found = (
        Written(paper, title, int(year) if year else None, place_on(paper), venue_of.get(paper))
        for paper, (title, year) in papers.items()
    )
    newest = sorted(found, key=lambda one: (-(one.year or 0), one.title, one.iri))
    return tuple(newest[:MOST_PAPERS])


def _company(
    asked: _Asked,
    name: str,
    papers: Mapping[str, Set[str]],
    names: Mapping[str, str],
    years: Mapping[str, int | None],
) -> Company:
    ranked = ranking(papers, names, MOST_CO_AUTHORS)
    drawn = ranked.first[:MOST_DRAWN]
    ties = _ties(asked, [one.iri for one in drawn])
    return Company(
        ranked.things,
        ranked.stating,
        tuple(
            _co_author(one.iri, one.name, [years.get(paper) for paper in papers[one.iri]])
            for one in ranked.first
        ),
        draw(name, [(one.name, one.papers) for one in drawn], ties),
        tuple((drawn[one].name, drawn[other].name, n) for (one, other), n in ties.items()),
    )


def _co_author(iri: str, name: str, years: Sequence[int | None]) -> CoAuthor:
    known = [year for year in years if year is not None]
    return CoAuthor(iri, name, len(years), min(known, default=None), max(known, default=None))


def _ties(asked: _Asked, people: Sequence[str]) -> Mapping[tuple[int, int], int]:
    """Return how many papers each two of some people have together, with the person or without."""
    if not people:
        return {}
    written = papers_of((paper, person) for person, paper in asked.rows(_WRITTEN, people))
    counted = {
        (one, other): len(written[people[one]] & written[people[other]])
        for one, other in combinations(range(len(people)), 2)
    }
    return {pair: together for pair, together in counted.items() if together}
