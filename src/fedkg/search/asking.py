"""The contents of an index, asked of a store: for graphs that fedkg did not build."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from fedkg.model import Rows, Store
from fedkg.namespaces import PREAMBLE
from fedkg.queries import example_query
from fedkg.search.answers import Answer, answer
from fedkg.search.contents import Contents, ListRow, PaperRow, ThingRow

_PAPERS = """SELECT ?paper ?title ?issued (SAMPLE(?name) AS ?venue) WHERE {
  ?paper fkg:listed true ; dcterms:title ?title
  OPTIONAL { ?paper dcterms:issued ?issued } OPTIONAL { ?paper fkg:venue/skos:prefLabel ?name }
} GROUP BY ?paper ?title ?issued"""
_VALUES: Mapping[str, str] = {
    "technique": "?paper fkg:technique ?value",
    "venue": "?paper fkg:version/fkg:venue ?value",
    "edition": "?paper fkg:version/fkg:publishedIn ?value",
    "dataset": "?paper fkg:usesDataset ?value",
    "model": "?paper fkg:usesModel ?value",
    "list": "?entry fkg:describes ?paper ; fkg:inList ?value",
}
_KINDS: Mapping[str, str] = {
    "person": "fkg:Person",
    "dataset": "fkg:Dataset",
    "model": "fkg:Model",
    "family": "fkg:ModelFamily",
    "technique": "fkg:Technique",
    "venue": "fkg:Venue",
    "edition": "fkg:Edition",
    "list": "fkg:PaperList",
}
_NAME = "foaf:name|skos:prefLabel|rdfs:label|dcterms:title"
_LISTS = """SELECT ?list ?title ?source ?licence ?date WHERE {
  ?list a fkg:PaperList ; dcterms:title ?title
  OPTIONAL { ?list dcterms:source ?source } OPTIONAL { ?list dcterms:license ?licence }
  OPTIONAL { ?list dcterms:date ?date }
}"""
_ENTRIES = """SELECT ?list ?entry ?line (SAMPLE(?described) AS ?paper) WHERE {
  ?entry fkg:inList ?list ; fkg:line ?line OPTIONAL { ?entry fkg:describes ?described }
} GROUP BY ?list ?entry ?line"""
_FINDINGS = """SELECT ?list ?kind (COUNT(DISTINCT ?finding) AS ?number) WHERE {
  ?finding a fkg:Finding ; fkg:findingKind ?kind ; fkg:about ?about
  { ?about fkg:inList ?list } UNION { ?about a fkg:PaperList BIND (?about AS ?list) }
} GROUP BY ?list ?kind"""
_STATED = """SELECT DISTINCT ?paper ?list ?{name} WHERE {{
  ?entry fkg:describes ?paper ; fkg:inList ?list ; {property} ?{name}
}}"""
_SPDX = "https://spdx.org/licenses/"


class _Asked:
    """A store, asked for paths: those of IRIs under a base, and of no others."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._base = base

    def rows(self, query: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a query as texts: IRIs under the base as paths, unbound ones as ""."""
        yield from _paths(self._store.select(PREAMBLE + query), self._base)

    def several(self, pattern: str, subject: str, value: str) -> Mapping[str, tuple[str, ...]]:
        """Return what a pattern finds, sorted, by subject."""
        found: dict[str, set[str]] = defaultdict(set)
        for one, other in self.rows(f"SELECT DISTINCT ?{subject} ?{value} WHERE {{ {pattern} }}"):
            found[one].add(other)
        return defaultdict(tuple, {one: tuple(sorted(all_)) for one, all_ in found.items()})


def _paths(found: Rows, base: str) -> Iterator[tuple[str, ...]]:
    for row in found.rows:
        yield tuple("" if one is None else one.value.removeprefix(base) for one in row)


def contents_in(store: Store, base: str) -> Contents:
    """Return the contents of a graph whose things live under `base`.

    Raises QueryError, and what the store raises where a limit is met.
    """
    asked = _Asked(store, base)
    return Contents(tuple(_papers(asked)), tuple(_things(asked)), tuple(_lists(asked)))


def answer_in(store: Store, base: str, name: str) -> Answer:
    """Return the answer to one of `QUESTIONS`, which in a large graph may take long.

    Raises QueryError, and what the store raises where a limit is met.
    """
    found = store.select(example_query(name).text)
    rows = _paths(found, base)
    return answer(name, found.variables, tuple(rows))


def _papers(asked: _Asked) -> Iterator[PaperRow]:
    values = {facet: asked.several(pattern, "paper", "value") for facet, pattern in _VALUES.items()}
    others = asked.several("?paper dcterms:alternative ?name", "paper", "name")
    people = asked.several("?paper dcterms:creator ?person", "paper", "person")
    code = asked.several("?paper fkg:repository ?code", "paper", "code")
    years = _stated(asked, "fkg:statesYear")
    venues = _stated(asked, "fkg:statesVenue")
    for path, title, issued, venue in asked.rows(_PAPERS):
        yield PaperRow(
            path,
            title,
            others[path],
            issued,
            venue,
            {facet: found[path] for facet, found in values.items()},
            people[path],
            code[path],
            years[path],
            venues[path],
        )


def _stated(asked: _Asked, property_: str) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Return by paper and list what the entries state."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for paper, list_, value in asked.rows(_STATED.format(name="value", property=property_)):
        found[paper][list_].add(value)
    whole = {
        paper: {one: frozenset(values) for one, values in stated.items()}
        for paper, stated in found.items()
    }
    return defaultdict(dict, whole)


def _things(asked: _Asked) -> Iterator[ThingRow]:
    above = asked.several("?thing skos:broader|fkg:family ?above", "thing", "above")
    for kind, class_ in _KINDS.items():
        others = asked.several(f"?thing a {class_} ; skos:altLabel ?name", "thing", "name")
        names = asked.several(f"?thing a {class_} ; {_NAME} ?name", "thing", "name")
        for path, (name, *_) in names.items():
            yield ThingRow(path, kind, name, others[path], above[path])


def _lists(asked: _Asked) -> Iterator[ListRow]:
    entries: dict[str, list[tuple[int, str]]] = defaultdict(list)
    papers: dict[str, set[str]] = defaultdict(set)
    for path, entry, line, paper in asked.rows(_ENTRIES):
        entries[path].append((int(line), entry))
        papers[path].update(filter(None, [paper]))
    findings: dict[str, Counter[str]] = defaultdict(Counter)
    for path, kind, number in asked.rows(_FINDINGS):
        findings[path][kind] = int(number)
    for path, title, source, licence, day in asked.rows(_LISTS):
        ordered = tuple(entry for _, entry in sorted(entries[path]))
        plain, many = licence.removeprefix(_SPDX), len(papers[path])
        yield ListRow(path, title, source, plain, day, ordered, many, findings[path])
